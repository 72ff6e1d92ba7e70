//! JSON Resume to records.

use cairn_domain::AnyRecord;
use cairn_domain::date::NotADate;
use serde_json::{Map, Value};

use super::dates::{self, Said};
use super::extension::{self, Extension};
use super::mend::{self, Origins};
use super::sections::{Field, SECTIONS, START, Section, Shape};
use super::{EXTENSION, step};
use crate::incoming::{Import, Incoming, NaturalKey, Skipped};
use crate::json::{self, JsonError};

/// Why a file is refused. Nothing of it is imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is no JSON document, or not one of one meaning.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A value has another JSON type than JSON Resume gives it.
    #[error("{}: expected {expected}, found {found}", if path.is_empty() { "the file" } else { path })]
    WrongType {
        /// JSON pointer to the value; empty for the document.
        path: String,
        /// What JSON Resume asks for: `text`, `list`, `object`.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A newer Cairn wrote it in a way this one does not understand.
    #[error("the file was written by a newer Cairn (x-cairn version {version}; this one reads version {known})")]
    Newer {
        /// The version it was written in.
        version: u64,
        /// The newest this Cairn reads.
        known: u64,
    },
}

/// Reads a JSON Resume. An empty document gives an empty import; whether a file *is* one is [`crate::detect()`]'s to say.
///
/// # Errors
/// [`ReadError`] where the file is no JSON, breaks a limit, or has a wrong JSON type; then nothing may be imported.
pub fn read(bytes: &[u8]) -> Result<Import, ReadError> {
    let mut document = object(json::parse(bytes)?, "")?;
    document.remove("$schema");
    let hidden = extension::of_document(document.remove(EXTENSION))?;
    let mut import = Import::default();
    for section in SECTIONS {
        let pointer = step("", section.property);
        match document.remove(section.property).unwrap_or_default() {
            Value::Null => {}
            row if section.single => read_row(section, row, pointer, &mut import)?,
            rows => {
                for (index, row) in list(rows, &pointer)?.into_iter().enumerate() {
                    read_row(section, row, step(&pointer, &index.to_string()), &mut import)?;
                }
            }
        }
    }
    if document.remove("meta").is_some_and(says_something) {
        import.skipped.push(Skipped { path: "/meta".into(), reason: "is about the file, not about you".into() });
    }
    leave_behind(document, "", &mut import.skipped);
    extension::place(hidden, &mut import)?;
    // An id that stands twice (a row copied by hand) belongs to the first.
    let mut seen = std::collections::HashSet::new();
    for incoming in &mut import.records {
        incoming.id = incoming.id.filter(|id| seen.insert(*id));
    }
    Ok(import)
}

fn read_row(section: &Section, row: Value, pointer: String, import: &mut Import) -> Result<(), ReadError> {
    let mut row = object(row, &pointer)?;
    let extension = extension::of_row(row.remove(EXTENSION), &step(&pointer, EXTENSION), &mut import.skipped)?;
    let mut origins = Origins::default();
    let fields =
        read_fields(section.fields, row, &Place { file: pointer.clone(), record: String::new() }, &mut origins, &mut import.skipped)?;
    if let Some(incoming) = take(section, fields, extension, pointer, origins, &mut import.skipped) {
        import.records.push(incoming);
    }
    Ok(())
}

/// Makes a record of what a row says, without what breaks a rule.
fn take(
    section: &Section,
    mut fields: Map<String, Value>,
    extension: Extension,
    pointer: String,
    mut origins: Origins,
    skipped: &mut Vec<Skipped>,
) -> Option<Incoming> {
    if fields.is_empty() && extension.id.is_none() {
        return None;
    }
    extension::overlay(section.kind, &mut fields, extension.fields, &step(&step(&pointer, EXTENSION), "fields"), &mut origins, skipped);
    let (record, given) = mend::mend(section, fields, &pointer, &origins, skipped)?;
    Some(Incoming { key: NaturalKey::of(&record), id: extension.id, pointer, record, given })
}

/// A place in the file and the field of the record it becomes, as JSON pointers.
struct Place {
    file: String,
    record: String,
}

/// The record fields that a row of the file fills: what reading makes of it, before any rule is asked.
fn read_fields(
    fields: &[Field],
    mut row: Map<String, Value>,
    place: &Place,
    origins: &mut Origins,
    skipped: &mut Vec<Skipped>,
) -> Result<Map<String, Value>, ReadError> {
    let mut found = Map::new();
    let mut unended = false;
    for field in fields {
        // The older name counts only where the present one is missing; beside it, it is listed with the unknown ones.
        let property = if row.contains_key(field.property) || field.older.is_empty() { field.property } else { field.older };
        let Some(value) = row.remove(property).filter(|value| !value.is_null()) else { continue };
        let place = Place { file: step(&place.file, property), record: step(&place.record, field.field) };
        let so_far = skipped.len();
        if let Some(value) = read_value(&field.shape, value, &place, origins, skipped)? {
            origins.insert(place.record, place.file);
            found.insert(field.field.to_owned(), value);
        }
        unended |= matches!(field.shape, Shape::End) && skipped.len() > so_far;
    }
    // Without an end a start says that this still runs, which the file does not.
    if unended && let Some(start) = found.remove(START.field) {
        let reason = format!("{} was left out, because the end cannot be read", mend::shown(&start));
        skipped.push(Skipped { path: step(&place.file, START.property), reason });
    }
    leave_behind(row, &place.file, skipped);
    Ok(found)
}

/// The field value that one property gives; `None` where it says nothing.
fn read_value(
    shape: &Shape,
    value: Value,
    place: &Place,
    origins: &mut Origins,
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Value>, ReadError> {
    Ok(match shape {
        Shape::Text | Shape::Address | Shape::Email => Some(text(value, &place.file)?).filter(|text| !text.is_empty()).map(Value::from),
        Shape::Date | Shape::End => {
            let written = text(value, &place.file)?;
            match dates::read(&written) {
                Said::Date(date) => Some(date.to_string().into()),
                Said::Open if matches!(shape, Shape::End) => None,
                _ if written.trim().is_empty() => None,
                _ => {
                    let shown: String = cairn_domain::text::shown_safely(&written).chars().take(40).collect();
                    let reason = NotADate(shown).to_string();
                    skipped.push(Skipped { path: place.file.clone(), reason });
                    None
                }
            }
        }
        Shape::Lines => {
            let mut lines = Vec::new();
            for (index, line) in list(value, &place.file)?.into_iter().enumerate() {
                let file = step(&place.file, &index.to_string());
                let line = text(line, &file)?;
                if !line.is_empty() {
                    origins.insert(step(&place.record, &lines.len().to_string()), file);
                    lines.push(Value::from(line));
                }
            }
            Some(lines).filter(|lines| !lines.is_empty()).map(Value::from)
        }
        Shape::Group(fields) => {
            let group = read_fields(fields, object(value, &place.file)?, place, origins, skipped)?;
            Some(group).filter(|group| !group.is_empty()).map(Value::from)
        }
        Shape::Rows(fields) => {
            let mut rows = Vec::new();
            for (index, row) in list(value, &place.file)?.into_iter().enumerate() {
                let place = Place { file: step(&place.file, &index.to_string()), record: step(&place.record, &rows.len().to_string()) };
                let row = read_fields(fields, object(row, &place.file)?, &place, origins, skipped)?;
                if !row.is_empty() {
                    rows.push(Value::from(row));
                }
            }
            Some(rows).filter(|rows| !rows.is_empty()).map(Value::from)
        }
    })
}

/// The record that reading `row` would give, whatever rules it may break; what the writer must not repeat.
pub(super) fn read_back(section: &Section, row: Map<String, Value>) -> Option<AnyRecord> {
    let place = Place { file: String::new(), record: String::new() };
    let fields = read_fields(section.fields, row, &place, &mut Origins::default(), &mut Vec::new()).ok()?;
    AnyRecord::deserialize(section.kind, mend::with_implied(section, fields.into())).ok()
}

/// Lists properties that have no field.
fn leave_behind(rest: Map<String, Value>, pointer: &str, skipped: &mut Vec<Skipped>) {
    for (name, value) in rest {
        if says_something(value) {
            skipped.push(Skipped { path: step(pointer, &name), reason: "has no place in Cairn".into() });
        }
    }
}

fn says_something(value: Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

pub(super) fn text(value: Value, path: &str) -> Result<String, ReadError> {
    if let Value::String(text) = value { Ok(text) } else { Err(wrong_type(path, "text", &value)) }
}

pub(super) fn list(value: Value, path: &str) -> Result<Vec<Value>, ReadError> {
    if let Value::Array(items) = value { Ok(items) } else { Err(wrong_type(path, "list", &value)) }
}

pub(super) fn object(value: Value, path: &str) -> Result<Map<String, Value>, ReadError> {
    if let Value::Object(fields) = value { Ok(fields) } else { Err(wrong_type(path, "object", &value)) }
}

pub(super) fn wrong_type(path: &str, expected: &'static str, value: &Value) -> ReadError {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    ReadError::WrongType { path: path.to_owned(), expected, found }
}
