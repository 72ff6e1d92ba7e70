//! Taking from a row what keeps the rules, and naming what does not.

use std::collections::BTreeMap;

use cairn_domain::text::shown_safely;
use cairn_domain::{AnyRecord, Rule};
use serde_json::{Map, Value};

use super::sections::{START, Section};
use super::step;
use crate::incoming::Skipped;

/// How much of a value is repeated to whoever gave it, in characters.
const REPEATED: usize = 40;

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
            let value = given.pointer(&problem.path).map(shown).unwrap_or_default();
            let reason = match &problem.rule {
                Rule::EndBeforeStart { start } => {
                    let before = given.pointer(start).map(shown).unwrap_or_default();
                    // Without an end that start says that this still runs, which the file does not.
                    let both = start == step("", START.field).as_str() && remove(&mut given, start);
                    format!("{value} lies before {before}{}", if both { ", when it began, so both were left out" } else { "" })
                }
                other => format!("{value} {other}"),
            };
            if problem.rule == Rule::Required || !remove(&mut given, &problem.path) {
                let property = property_of(section, &problem.path);
                let reason = format!("was left out: {property} {}", problem.rule);
                skipped.push(Skipped { path: pointer.into(), reason });
                return None;
            }
            let path = origins.get(&problem.path).cloned().unwrap_or_else(|| format!("{pointer}{}", problem.path));
            skipped.push(Skipped { path, reason });
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

/// A value as it is repeated to whoever gave it.
pub(super) fn shown(value: &Value) -> String {
    let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let safe = shown_safely(&written);
    let cut: String = safe.chars().take(REPEATED).collect();
    format!("“{cut}{}”", if cut.len() < safe.len() { "…" } else { "" })
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
