//! Reading the `x-cairn` objects.

use std::collections::{HashMap, HashSet};

use cairn_domain::{AnyRecord, Kind, RecordId};
use serde_json::{Map, Value};

use super::mend::{self, Origins};
use super::read::{ReadError, list, object, text, wrong_type};
use super::sections::Section;
use super::{EXTENSION, step};
use crate::incoming::{Import, Incoming, NaturalKey, Skipped};

/// The version of the extension that is written, and the newest that is read.
pub(super) const VERSION: u64 = 1;

/// What stands beside a row.
#[derive(Default)]
pub(super) struct Extension {
    /// The id of the record the row is.
    pub id: Option<RecordId>,
    /// Fields the row does not tell.
    pub fields: Map<String, Value>,
}

/// Reads the extension beside a row.
pub(super) fn of_row(value: Option<Value>, pointer: &str, skipped: &mut Vec<Skipped>) -> Result<Extension, ReadError> {
    let mut object = match value {
        None | Some(Value::Null) => return Ok(Extension::default()),
        Some(value) => object(value, pointer)?,
    };
    let id = id(object.remove("id"), &step(pointer, "id"), skipped)?;
    let fields = fields(object.remove("fields"), pointer)?;
    Ok(Extension { id, fields })
}

/// Reads the records that the document's own extension holds.
pub(super) fn of_document(value: Option<Value>) -> Result<Vec<Value>, ReadError> {
    let pointer = step("", EXTENSION);
    let mut object = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(value) => object(value, &pointer)?,
    };
    let version = object.remove("version").unwrap_or_else(|| VERSION.into());
    let version = version.as_u64().ok_or_else(|| wrong_type(&step(&pointer, "version"), "whole number", &version))?;
    if version > VERSION {
        return Err(ReadError::Newer { version, known: VERSION });
    }
    list(object.remove("records").unwrap_or_else(|| Vec::<Value>::new().into()), &step(&pointer, "records"))
}

/// Adds the document's own records to `import`, each before the row it names, otherwise at the end.
pub(super) fn place(records: Vec<Value>, import: &mut Import) -> Result<(), ReadError> {
    let pointer = step(&step("", EXTENSION), "records");
    let mut waiting: HashMap<RecordId, Vec<Incoming>> = HashMap::new();
    let mut last = Vec::new();
    let rows: HashSet<RecordId> = import.records.iter().filter_map(|incoming| incoming.id).collect();
    for (index, record) in records.into_iter().enumerate() {
        if let Some((incoming, before)) = read_record(record, step(&pointer, &index.to_string()), &mut import.skipped)? {
            match before.filter(|before| rows.contains(before)) {
                Some(before) => waiting.entry(before).or_default().push(incoming),
                None => last.push(incoming),
            }
        }
    }
    for row in std::mem::take(&mut import.records) {
        import.records.extend(row.id.and_then(|id| waiting.remove(&id)).into_iter().flatten());
        import.records.push(row);
    }
    import.records.extend(last);
    Ok(())
}

/// One of the document's own records, and the id of the row it stands before.
fn read_record(value: Value, pointer: String, skipped: &mut Vec<Skipped>) -> Result<Option<(Incoming, Option<RecordId>)>, ReadError> {
    let mut object = object(value, &pointer)?;
    let kind = text(object.remove("kind").unwrap_or_default(), &step(&pointer, "kind"))?;
    let Ok(kind) = kind.parse::<Kind>() else {
        skipped.push(Skipped { path: pointer, reason: "is of a kind this Cairn does not know".into() });
        return Ok(None);
    };
    let id = id(object.remove("id"), &step(&pointer, "id"), skipped)?;
    let before = self::id(object.remove("before"), &step(&pointer, "before"), skipped)?;
    let told = fields(object.remove("fields"), &pointer)?;
    let (mut fields, mut origins) = (Map::new(), Origins::default());
    overlay(kind, &mut fields, told, &step(&pointer, "fields"), &mut origins, skipped);
    let whole = Section { property: EXTENSION, kind, single: false, fields: &[], implied: &[] };
    let mended = mend::mend(&whole, fields, &pointer, &origins, skipped);
    Ok(mended.map(|(record, given)| (Incoming { key: NaturalKey::of(&record), pointer, id, record, given }, before)))
}

/// Lays the fields of an extension over those the row told. A field this Cairn does not know, or a value it cannot
/// hold, is named in `skipped`: a newer Cairn may have written it.
pub(super) fn overlay(
    kind: Kind,
    fields: &mut Map<String, Value>,
    told: Map<String, Value>,
    pointer: &str,
    origins: &mut Origins,
    skipped: &mut Vec<Skipped>,
) {
    for (name, value) in told {
        let path = step(pointer, &name);
        let mut alone = Map::new();
        alone.insert(name.clone(), value.clone());
        match AnyRecord::read(kind, Value::Object(alone)) {
            Ok(_) => {
                origins.retain(|field, _| !(field == &step("", &name) || field.starts_with(&format!("/{name}/"))));
                origins.insert(step("", &name), path);
                fields.insert(name, value);
            }
            Err(error) => {
                // The refusal's own pointer begins with the field.
                let path = format!("{pointer}{}", error.path);
                skipped.push(Skipped { path, reason: format!("does not fit this Cairn: {}", error.fault) });
            }
        }
    }
}

fn fields(value: Option<Value>, pointer: &str) -> Result<Map<String, Value>, ReadError> {
    value.map_or_else(|| Ok(Map::new()), |value| object(value, &step(pointer, "fields")))
}

fn id(value: Option<Value>, pointer: &str, skipped: &mut Vec<Skipped>) -> Result<Option<RecordId>, ReadError> {
    let Some(value) = value else { return Ok(None) };
    let id = text(value, pointer)?.parse().ok();
    if id.is_none() {
        skipped.push(Skipped { path: pointer.into(), reason: "is not a record's id (UUID)".into() });
    }
    Ok(id)
}
