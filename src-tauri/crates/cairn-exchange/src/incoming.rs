//! What a file brings: records, where each stood, and what could not be taken.

use std::fmt;

use cairn_domain::{AnyRecord, Kind, RecordId};
use serde::Serialize;
use serde_json::{Map, Value};

/// Everything read from one file. Within a kind, records stand in the order they should have.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Import {
    /// The records.
    pub records: Vec<Incoming>,
    /// What was left behind, and why.
    pub skipped: Vec<Skipped>,
}

/// A record from a file. It keeps every rule of its kind; links may still name records the vault does not have
/// (see [`crate::links`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// JSON pointer (RFC 6901) to its place in the file.
    pub pointer: String,
    /// The id it had where it was exported; `None` where the file gives none.
    pub id: Option<RecordId>,
    /// The record, with defaults where the file is silent.
    pub record: AnyRecord,
    /// What the file says of it, as far as it keeps the rules: only this may change a record that already exists.
    pub given: Map<String, Value>,
    /// What makes it the same record as one in the vault.
    pub key: NaturalKey,
}

impl Incoming {
    /// What the file says as a merge patch (RFC 7396), for a record that already exists. It takes nothing away: where the
    /// file is silent, or what it says was skipped, the record keeps what it has.
    pub fn patch(&self) -> Value {
        only(&self.given, fields_of(&self.record)).into()
    }
}

/// Those of `fields` that `given` speaks of, also within objects. Lists are one thing and stay whole.
fn only(given: &Map<String, Value>, mut fields: Map<String, Value>) -> Map<String, Value> {
    fields.retain(|name, _| given.contains_key(name));
    for (name, value) in &mut fields {
        if let (Some(Value::Object(given)), Value::Object(inner)) = (given.get(name), value) {
            *inner = only(given, std::mem::take(inner));
        }
    }
    fields
}

/// A place in a file that did not become part of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// JSON pointer (RFC 6901) to the place.
    pub path: String,
    /// Why, in a few words that follow the path: "is not an http, https or mailto address".
    pub reason: String,
}

/// By what two records of different origin are taken for the same: the kind, and names and start without regard to
/// case, punctuation and spacing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NaturalKey {
    kind: Kind,
    words: String,
}

impl NaturalKey {
    /// The key of `record`.
    pub fn of(record: &AnyRecord) -> Self {
        let date = |date: &Option<cairn_domain::PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let parts: Vec<String> = match record {
            // One a vault.
            AnyRecord::Profile(_) | AnyRecord::MoneySettings(_) => Vec::new(),
            AnyRecord::Work(it) => vec![it.name.clone(), it.position.clone(), date(&it.start)],
            AnyRecord::Education(it) => vec![it.institution.clone(), it.area.clone(), it.study_type.clone(), date(&it.start)],
            AnyRecord::Project(it) => vec![it.name.clone(), it.entity.clone(), date(&it.start)],
            AnyRecord::Volunteering(it) => vec![it.organization.clone(), it.position.clone(), date(&it.start)],
            AnyRecord::Award(it) => vec![it.title.clone(), it.awarder.clone(), date(&it.date)],
            AnyRecord::Publication(it) => vec![it.name.clone(), it.publisher.clone()],
            AnyRecord::Language(it) => vec![it.language.clone()],
            AnyRecord::Interest(it) => vec![it.name.clone()],
            AnyRecord::Reference(it) => vec![it.name.clone(), it.reference.clone()],
            AnyRecord::Skill(it) => vec![it.name.clone()],
            AnyRecord::Credential(it) => vec![it.title.clone(), it.issuer.clone(), date(&it.issued)],
            other => {
                let heading = other.heading();
                vec![heading.title, heading.sort, date(&heading.date)]
            }
        };
        NaturalKey { kind: record.kind(), words: parts.iter().map(|part| normalised(part)).collect::<Vec<_>>().join("\n") }
    }

    /// The kind of record it belongs to.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl fmt::Display for NaturalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.words.replace('\n', " / "))
    }
}

/// Letters and digits in lower case, one space between words.
fn normalised(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric() && c != '+' && c != '#').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The fields of a record, by name.
pub(crate) fn fields_of(record: &AnyRecord) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        // Records are structs with text keys: serde_json can always write them.
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_domain::credential::Credential;
    use cairn_domain::skill::Skill;

    fn skill(name: &str) -> NaturalKey {
        NaturalKey::of(&Skill { name: name.into(), ..Skill::default() }.into())
    }

    #[test]
    fn case_spacing_and_punctuation_do_not_tell_records_apart() {
        assert_eq!(skill("Web  Development"), skill("web-development "));
        assert_ne!(skill("C"), skill("C++"));
        assert_ne!(skill("C#"), skill("C++"));
    }

    #[test]
    fn the_same_credential_awarded_again_is_another_one() {
        let of =
            |issued: &str| NaturalKey::of(&Credential { title: "CKA".into(), issued: issued.parse().ok(), ..Credential::default() }.into());
        assert_ne!(of("2021"), of("2024"));
    }

    #[test]
    fn a_patch_holds_only_what_the_file_speaks_of() {
        let record: AnyRecord = Skill { name: "Go".into(), notes: "mine".into(), ..Skill::default() }.into();
        let given = Map::from_iter([("name".to_owned(), "Go".into())]);
        let incoming = Incoming { pointer: "/skills/0".into(), id: None, key: NaturalKey::of(&record), record, given };
        assert_eq!(incoming.patch(), serde_json::json!({"name": "Go"}));
    }
}
