//! What is exported comes back whole.

use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::json_resume::{Options, read, write};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::records::{fields, vault};

const EVERYTHING: Options = Options { include_private: true };

fn of_kind(records: &[(RecordId, AnyRecord)], kind: Kind) -> Vec<(RecordId, AnyRecord)> {
    records.iter().filter(|(_, record)| record.kind() == kind).cloned().collect()
}

fn back(text: &str) -> Vec<(RecordId, AnyRecord)> {
    let import = read(text.as_bytes()).unwrap();
    assert_eq!(import.skipped, []);
    import.records.into_iter().map(|incoming| (incoming.id.unwrap(), incoming.record)).collect()
}

#[test]
fn the_generator_fills_every_field_of_every_kind() {
    for &kind in Kind::ALL {
        let empty = serde_json::to_value(AnyRecord::deserialize(kind, json!({})).unwrap()).unwrap();
        let mut known: Vec<&str> = fields(kind).into_iter().map(|(name, _)| name).collect();
        let mut all: Vec<&String> = empty.as_object().unwrap().keys().collect();
        known.sort_unstable();
        all.sort_unstable();
        assert_eq!(known, all, "{kind}");
    }
}

#[test]
fn credentials_of_every_status_keep_their_order() {
    let statuses = ["planned", "earned", "considering", "expired", "earned", "in-progress"];
    let records: Vec<(RecordId, AnyRecord)> = statuses
        .iter()
        .enumerate()
        .map(|(index, status)| {
            let fields = json!({"title": format!("C{index}"), "status": status});
            (RecordId::new(uuid::Uuid::from_u128(index as u128)), AnyRecord::deserialize(Kind::Credential, fields).unwrap())
        })
        .collect();
    let written = write(&records, EVERYTHING);
    let document: Value = serde_json::from_str(&written.text).unwrap();
    assert_eq!(document["certificates"].as_array().unwrap().len(), 2, "only what is held is shown");
    assert_eq!(back(&written.text), records);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_record_comes_back_as_it_was_and_where_it_was(records in vault()) {
        let found = back(&write(&records, EVERYTHING).text);
        for &kind in Kind::ALL {
            prop_assert_eq!(of_kind(&found, kind), of_kind(&records, kind));
        }
    }

    #[test]
    fn the_same_records_give_the_same_text(records in vault()) {
        let text = write(&records, EVERYTHING).text;
        prop_assert_eq!(&text, &write(&records, EVERYTHING).text);
        let mut found = back(&text);
        found.sort_by_key(|(id, _)| *id);
        let mut sorted = records;
        sorted.sort_by_key(|(id, _)| *id);
        prop_assert_eq!(found, sorted);
    }

    #[test]
    fn a_document_for_others_holds_no_private_word(records in vault()) {
        let document: Value = serde_json::from_str(&write(&records, Options::default()).text).unwrap();
        let hidden = document["x-cairn"]["records"].as_array().cloned().unwrap_or_default();
        for record in &hidden {
            let kind = record["kind"].as_str().unwrap();
            prop_assert!(["credential", "evidence", "story", "profile"].contains(&kind), "{}", kind);
            prop_assert!(["notes", "purpose", "goal"].iter().all(|name| record["fields"].get(name).is_none()));
        }
        for row in document.as_object().unwrap().values().filter_map(Value::as_array).flatten() {
            prop_assert!(["notes", "purpose", "goal"].iter().all(|name| row["x-cairn"]["fields"].get(name).is_none()));
        }
    }
}
