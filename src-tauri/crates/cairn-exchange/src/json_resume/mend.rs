//! Taking from a row what keeps the rules, and naming what does not.

use std::collections::BTreeMap;

use cairn_domain::{AnyRecord, Rule};
use serde_json::{Map, Value};

use super::sections::Section;
use super::step;
use crate::incoming::Skipped;

/// Where each field of a record stood in the file: pointer in the record to pointer in the file.
pub(super) type Origins = BTreeMap<String, String>;

/// The record made of `given` and of what the section implies; `None` where it lacks what it must have. Values that break
/// a rule are taken out of `given` and named in `skipped`.
pub(super) fn mend(
    section: &Section,
    given: Map<String, Value>,
    pointer: &str,
    origins: &Origins,
    skipped: &mut Vec<Skipped>,
) -> Option<(AnyRecord, Map<String, Value>)> {
    let mut given = Value::Object(given);
    loop {
        let record = match AnyRecord::read(section.kind, with_implied(section, given.clone())) {
            Ok(record) => record,
            Err(error) => {
                skipped.push(Skipped { path: pointer.into(), reason: format!("was left out: {error}") });
                return None;
            }
        };
        let Err(problems) = record.check() else {
            let Value::Object(given) = given else { return None };
            return Some((record, given));
        };
        // From the last to the first, so that an item taken from a list does not move the ones still to go.
        for problem in problems.0.iter().rev() {
            if problem.rule == Rule::Required || !remove(&mut given, &problem.path) {
                let property = property_of(section, &problem.path);
                let reason = format!("was left out: {property} {}", problem.rule);
                skipped.push(Skipped { path: pointer.into(), reason });
                return None;
            }
            let in_file = |path: &str| origins.get(path).cloned().unwrap_or_else(|| format!("{pointer}{path}"));
            let rule = match &problem.rule {
                Rule::EndBeforeStart { start } => Rule::EndBeforeStart { start: in_file(start) },
                other => other.clone(),
            };
            skipped.push(Skipped { path: in_file(&problem.path), reason: rule.to_string() });
        }
    }
}

/// `fields` and what a row of the section says by being there.
pub(super) fn with_implied(section: &Section, mut fields: Value) -> Value {
    for (name, value) in section.implied {
        if let Value::Object(fields) = &mut fields {
            fields.entry(*name).or_insert_with(|| (*value).into());
        }
    }
    fields
}

/// The property that fills the record field at `path`, or the field's own name.
fn property_of(section: &Section, path: &str) -> String {
    let name = path.trim_start_matches('/');
    section.fields.iter().find(|field| step("", field.field) == path).map_or(name, |field| field.property).to_owned()
}

/// Takes away the value at a JSON pointer; says whether there was one.
fn remove(value: &mut Value, path: &str) -> bool {
    let Some((parent, name)) = path.rsplit_once('/') else { return false };
    match value.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(name).is_some(),
        Some(Value::Array(items)) => {
            let index = name.parse().ok().filter(|index| *index < items.len());
            index.map(|index: usize| items.remove(index)).is_some()
        }
        _ => false,
    }
}
