//! What a document tells others, and what it says it does not.

use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::json_resume::{Options, write};
use serde_json::{Value, json};

fn some() -> Vec<(RecordId, AnyRecord)> {
    let records = [
        (Kind::Profile, json!({"name": "Ines", "email": "ines@localhost"})),
        (Kind::Credential, json!({"title": "CKA", "status": "earned", "hours": 80.0, "notes": "cost me a summer"})),
        (Kind::Credential, json!({"title": "CKS", "status": "in-progress"})),
        (Kind::Credential, json!({"title": "A secret wish", "status": "considering"})),
        (Kind::Story, json!({"title": "The long night"})),
        (Kind::BudgetLine, json!({"title": "Exam", "planned": "395.00"})),
        (Kind::Reflection, json!({"title": "After the exam"})),
    ];
    let record = |(kind, fields)| AnyRecord::deserialize(kind, fields).unwrap();
    (1..).map(|number| RecordId::new(uuid::Uuid::from_u128(number))).zip(records.into_iter().map(record)).collect()
}

#[test]
fn a_document_says_what_others_will_not_see() {
    assert_eq!(
        write(&some(), Options::default()).lost,
        [
            "JSON Resume has no section for these; only Cairn reads them: credential in progress (1), story (1).",
            "JSON Resume has no place for these in basics; only Cairn reads them: email.",
            "JSON Resume has no place for these in certificates; only Cairn reads them: hours.",
            "These are private and left out: budget-line (1), planned credential (1), reflection (1).",
            "Private notes are left out: 1.",
        ]
    );
}

#[test]
fn private_words_travel_only_when_asked() {
    let (shared, own) = (write(&some(), Options::default()).text, write(&some(), Options { include_private: true }).text);
    for secret in ["cost me a summer", "395.00", "After the exam", "A secret wish"] {
        assert!(!shared.contains(secret) && own.contains(secret), "{secret}");
    }
    let plain: Value = serde_json::from_str(&own).unwrap();
    assert_eq!(plain["certificates"][0]["notes"], Value::Null, "only under x-cairn");
}
