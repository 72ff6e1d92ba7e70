//! A collection's own words put into a copy of the record, so that everything made from the copy says the same.

use cairn_domain::collection::CollectionEntry;
use cairn_domain::{AnyRecord, Kind};
use serde_json::{Map, Value};

/// Where a kind of record keeps what an entry can reword.
struct Places {
    /// The field of the title.
    title: &'static str,
    /// The field of the summary.
    summary: Option<&'static str>,
    /// The field of the bullets.
    highlights: Option<&'static str>,
}

fn places(kind: Kind) -> Option<Places> {
    let of = |title, summary, highlights| Some(Places { title, summary, highlights });
    match kind {
        Kind::Work | Kind::Volunteering => of("position", Some("summary"), Some("highlights")),
        Kind::Project => of("name", Some("description"), Some("highlights")),
        Kind::Education => of("area", None, Some("courses")),
        Kind::Award => of("title", Some("summary"), None),
        Kind::Publication => of("name", Some("summary"), None),
        Kind::Reference => of("name", Some("reference"), None),
        Kind::Language => of("language", Some("fluency"), None),
        Kind::Interest | Kind::Skill => of("name", None, Some("keywords")),
        Kind::Credential => of("title", Some("scope"), Some("competencies")),
        Kind::Story => of("title", Some("result"), None),
        Kind::Evidence => of("title", Some("description"), Some("claims")),
        _ => None,
    }
}

/// `record` as `entry` words it. Private notes are gone from it.
pub(super) fn reword(record: &AnyRecord, entry: &CollectionEntry) -> AnyRecord {
    let kind = record.kind();
    let (Some(places), Ok(Value::Object(mut fields))) = (places(kind), serde_json::to_value(record)) else { return record.clone() };
    let mut put = |field: &str, value: Value| {
        fields.insert(field.to_owned(), value);
    };
    if !entry.title.trim().is_empty() {
        put(places.title, entry.title.clone().into());
        if kind == Kind::Education {
            // The title of a course of study is made of two fields; the learner's words replace both.
            put("study_type", "".into());
        }
    }
    if let (Some(field), false) = (places.summary, entry.summary.trim().is_empty()) {
        put(field, entry.summary.clone().into());
    }
    if let Some(bullets) = &entry.highlights {
        match places.highlights {
            Some(field) => put(field, bullets.clone().into()),
            // A story's bullets are its result, told in lines; its figure is told in them or not at all.
            None if kind == Kind::Story => {
                put("result", bullets.join("\n").into());
                put("metric", Value::Null);
            }
            None => {}
        }
    }
    forget_notes(&mut fields);
    AnyRecord::deserialize(kind, Value::Object(fields)).unwrap_or_else(|_| record.clone())
}

fn forget_notes(fields: &mut Map<String, Value>) {
    if let Some(notes) = fields.get_mut("notes") {
        *notes = "".into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curation::{SECTIONS, unworded};
    use cairn_domain::RecordId;

    fn id() -> RecordId {
        RecordId::new(uuid::Uuid::nil())
    }

    #[test]
    fn an_entry_without_words_leaves_every_kind_as_it_is() {
        for &kind in SECTIONS {
            let record = AnyRecord::deserialize(kind, serde_json::json!({})).unwrap();
            assert_eq!(reword(&record, &unworded(id())), record);
        }
    }

    #[test]
    fn every_kind_takes_a_title() {
        for &kind in SECTIONS.iter().filter(|kind| **kind != Kind::Profile) {
            let record = AnyRecord::deserialize(kind, serde_json::json!({})).unwrap();
            let entry = CollectionEntry {
                title: "Other words".into(),
                summary: "More".into(),
                highlights: Some(vec!["One".into()]),
                ..unworded(id())
            };
            assert_eq!(reword(&record, &entry).heading().title, "Other words", "{kind}");
        }
    }

    #[test]
    fn private_notes_stay_behind() {
        let record = AnyRecord::deserialize(Kind::Skill, serde_json::json!({"name": "Go", "notes": "mine"})).unwrap();
        let AnyRecord::Skill(skill) = reword(&record, &unworded(id())) else { panic!("another kind") };
        assert_eq!((skill.name.as_str(), skill.notes.as_str()), ("Go", ""));
    }
}
