//! Thousands of changes to credentials that are valid: none is accepted, but for those that change nothing.

use crate::credentials::vectors;
use crate::sample::{key, now};
use cairn_proof::jsonld::{self, Source};
use cairn_proof::suites::eddsa_rdfc_2022;
use cairn_proof::{Materials, Verdict, rdfc, verify_bytes};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// A badge as Cairn signs it.
fn own() -> Value {
    let badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:2fe53dc9-b2ec-4939-9b2c-0d00f6663b6c",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Statistics",
        "issuer": {"id": key().did().to_string(), "type": ["Profile"], "name": "A school"},
        "validFrom": "2025-01-09T15:06:31Z",
        "credentialSubject": {"type": ["AchievementSubject"], "id": "did:example:ada", "achievement": {
            "id": "urn:uuid:bd6d9316-f7ae-4073-a1e5-2f7f5bd22922", "type": ["Achievement"], "name": "Statistics",
            "description": "Reads results.", "criteria": {"narrative": "Eight exercises."}}},
        "evidence": [{"type": ["Evidence"], "name": "The project"}, {"type": ["Evidence"], "name": "The talk"}]
    });
    let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2025-01-09T15:06:31Z",
        "verificationMethod": key().did().verification_method(), "proofPurpose": "assertionMethod"});
    let mut badge = badge.as_object().unwrap().clone();
    let proof = eddsa_rdfc_2022::create_proof(&badge, options.as_object().unwrap().clone(), &key()).unwrap();
    badge.insert("proof".into(), proof);
    badge.into()
}

fn valid() -> Vec<Value> {
    let mut all = vec![own(), serde_json::from_slice(include_bytes!("../fixtures/digitalbazaar-eddsa-rdfc-2022-tied.json")).unwrap()];
    let folder = vectors("dcc-vc-test-fixtures/verifiableCredentials").into_iter();
    let mut folders: Vec<PathBuf> = folder.collect();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(credential) = serde_json::from_slice(&std::fs::read(&path).unwrap())
                && verdict(&credential) == Verdict::Valid
            {
                all.push(credential);
            }
        }
    }
    all
}

fn verdict(credential: &Value) -> Verdict {
    verify_bytes("x", &serde_json::to_vec(credential).unwrap(), &Materials::new(), now()).verdict()
}

/// What a credential says, as its signature covers it.
fn says(credential: &Value) -> String {
    let source = Source { members: credential.as_object().unwrap(), without: &["proof"], context: None };
    rdfc::canonicalize(&jsonld::read(source).unwrap(), rdfc::Algorithm::Sha256).unwrap()
}

/// The way to every value of a document, the contexts apart.
fn places(value: &Value, place: &str, out: &mut Vec<String>) {
    let mut inner = |name: &str, value: &Value| {
        let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
        out.push(place.clone());
        places(value, &place, out);
    };
    match value {
        Value::Object(object) => object.iter().filter(|(name, _)| *name != "@context").for_each(|(name, value)| inner(name, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| inner(&at.to_string(), value)),
        _ => {}
    }
}

/// Changes what stands at a place; None where this change would be none.
fn change(credential: &Value, place: &str, way: usize) -> Option<Value> {
    let mut changed = credential.clone();
    let (parent, name) = place.rsplit_once('/').unwrap();
    let value = changed.pointer_mut(place).unwrap();
    match way {
        0 => match value {
            Value::String(text) => text.push('x'),
            Value::Object(object) => drop(object.insert("undefinedTerm".into(), "x".into())),
            Value::Array(items) => items.push("x".into()),
            Value::Number(_) | Value::Bool(_) => *value = json!("another"),
            Value::Null => return None,
        },
        1 => *value = Value::Null,
        2 => *value = json!({"@value": "another"}),
        3 => {
            let object = changed.pointer_mut(parent).unwrap().as_object_mut()?;
            let moved = object.remove(name)?;
            if moved == json!([]) {
                return None;
            }
        }
        4 => {
            let object = changed.pointer_mut(parent).unwrap().as_object_mut()?;
            let moved = object.remove(name)?;
            object.insert(format!("https://www.w3.org/2018/credentials#{name}"), moved);
        }
        5 => {
            let moved = value.take();
            changed.as_object_mut()?.insert("evidence".into(), json!({"type": "Evidence", "name": moved}));
        }
        6 => {
            let text = value.as_str()?.to_owned();
            let other = text.replace("z6Mk", "z6Mj").replace("2025", "2024").replace("https", "http");
            if other == text {
                return None;
            }
            *value = other.into();
        }
        _ => {
            let contexts = changed.get_mut("@context")?.as_array_mut()?;
            contexts.reverse();
        }
    }
    (changed != *credential).then_some(changed)
}

#[test]
fn no_change_at_any_place_of_a_valid_credential_is_accepted() {
    let (mut made, mut accepted) = (0, Vec::new());
    for credential in valid() {
        assert_eq!(verdict(&credential), Verdict::Valid);
        let mut all = Vec::new();
        places(&credential, "", &mut all);
        for (place, way) in all.iter().flat_map(|place| (0..8).map(move |way| (place, way))) {
            let Some(changed) = change(&credential, place, way) else { continue };
            made += 1;
            // What the document says in two places it still says without one of them.
            if verdict(&changed) == Verdict::Valid && says(&changed) != says(&credential) {
                accepted.push(format!("{place}, way {way}"));
            }
        }
    }
    assert!(accepted.is_empty(), "{} of {made}: {accepted:#?}", accepted.len());
    println!("{made} changes, none accepted");
    assert!(made > 250);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![any::<bool>().prop_map(Value::from), any::<i32>().prop_map(Value::from), "[@a-z:/#_]{0,8}".prop_map(Value::from)];
    let name = prop_oneof![
        "[@a-z:_]{0,6}",
        Just("@context".to_owned()),
        Just("type".to_owned()),
        Just("id".to_owned()),
        Just("@value".to_owned()),
        Just("@list".to_owned()),
        Just("name".to_owned()),
        Just("evidence".to_owned()),
        Just("@type".to_owned())
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..5).prop_map(|members| members.into_iter().collect::<Map<_, _>>().into())
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_added_to_a_valid_credential_it_gets_a_verdict_and_not_a_good_one(added in any_json(), own_context in any::<bool>()) {
        let mut credential = own();
        if own_context {
            credential["@context"].as_array_mut().unwrap().push(json!({"added": "https://example.org/added", "more": added}));
            credential["added"] = json!("x");
        } else {
            credential["credentialSubject"]["added"] = added;
        }
        prop_assert_ne!(verdict(&credential), Verdict::Valid);
    }
}
