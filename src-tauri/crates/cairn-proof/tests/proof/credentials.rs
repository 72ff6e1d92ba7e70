//! Credentials as JSON, and everything else that a learner may take for one.

use crate::sample::{key, now};
use cairn_proof::eddsa_jcs_2022::create_proof;
use cairn_proof::{Materials, Reason, SigningKey, Verdict, jcs, multibase, verify_bytes};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;

/// Signed with npm `@digitalbazaar/vc` by `tests/interop/sign-credential.mjs`.
const FOREIGN: &[u8] = include_bytes!("../fixtures/digitalbazaar-eddsa-jcs-2022.json");

fn credential() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": key().did().to_string(),
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"name": "Ada"}
    })
}

fn options(signer: &SigningKey) -> Map<String, Value> {
    let options = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": signer.did().verification_method(),
        "proofPurpose": "assertionMethod",
        "created": "2026-01-01T00:00:00Z"
    });
    options.as_object().unwrap().clone()
}

/// The credential with members merged in, signed, and checked.
fn verdict_on(members: Value) -> Reason {
    signed_with(members, json!({}), &key())
}

fn signed_with(members: Value, proof_members: Value, signer: &SigningKey) -> Reason {
    let mut credential = credential().as_object().unwrap().clone();
    credential.extend(members.as_object().unwrap().clone());
    let mut options = options(signer);
    options.extend(proof_members.as_object().unwrap().clone());
    let proof = create_proof(&credential, options, signer).unwrap();
    credential.insert("proof".into(), proof);
    reason(&Value::Object(credential))
}

fn reason(credential: &Value) -> Reason {
    verify_bytes("credential.json", &serde_json::to_vec(credential).unwrap(), &Materials::new(), now()).reason
}

/// Signed with the same libraries by `tests/interop/sign-credential.mjs tied`: nodes of which the same is said, in named graphs.
const TIED: &[u8] = include_bytes!("../fixtures/digitalbazaar-eddsa-rdfc-2022-tied.json");

#[test]
fn tied_nodes_in_named_graphs_verify_as_another_implementation_signed_them() {
    let report = verify_bytes("tied.json", TIED, &Materials::new(), now());
    assert!(matches!(report.reason, Reason::CredentialIntact { .. }), "{report:?}");
    let changed = String::from_utf8(TIED.to_vec()).unwrap().replacen("_:b", "_:c", 1);
    assert_eq!(verify_bytes("x", changed.as_bytes(), &Materials::new(), now()).reason, Reason::SignatureMismatch);
}

#[test]
fn a_credential_signed_by_another_implementation_is_valid() {
    let report = verify_bytes("alumni.json", FOREIGN, &Materials::new(), now());
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
    assert_eq!(report.issuer.unwrap().name.as_deref(), Some("The School of Examples"));
    let text = std::str::from_utf8(FOREIGN).unwrap();
    for (from, to) in [("School of", "School 0f"), ("1.7", "1.8"), ("1e-7", "1e-8"), ("2033", "2034"), ("Alumni ", "Alumni")] {
        let changed = text.replacen(from, to, 1);
        assert_eq!(verify_bytes("x", changed.as_bytes(), &Materials::new(), now()).reason, Reason::SignatureMismatch, "{from}");
    }
}

#[test]
fn dates_decide_and_need_a_zone() {
    assert!(matches!(verdict_on(json!({})), Reason::CredentialIntact { .. }));
    assert!(matches!(verdict_on(json!({"validUntil": "2026-03-22T12:59:59+01:00"})), Reason::Expired { .. }));
    assert!(matches!(verdict_on(json!({"validUntil": "2026-03-22T12:00:00Z"})), Reason::CredentialIntact { .. }));
    assert!(matches!(verdict_on(json!({"validFrom": "2026-03-23T00:00:00Z"})), Reason::NotYetValid { .. }));
    assert!(matches!(verdict_on(json!({"expirationDate": "2025-01-01T00:00:00Z"})), Reason::Expired { .. }));
    for broken in [json!("2026-03-22T12:00:00"), json!("soon"), json!(2026)] {
        assert!(matches!(verdict_on(json!({"validUntil": broken})), Reason::BrokenDate { .. }));
    }
    let expired = signed_with(json!({}), json!({"expires": "2026-02-01T00:00:00Z"}), &key());
    assert!(matches!(expired, Reason::Expired { .. }));
}

#[test]
fn only_the_issuers_own_key_for_the_right_purpose_counts() {
    let stranger = SigningKey::from_seed(&[9; 32]);
    assert!(matches!(signed_with(json!({}), json!({}), &stranger), Reason::NotIssuersKey { .. }));
    let elsewhere = verdict_on(json!({"issuer": {"id": "did:web:school.example"}}));
    assert_eq!(elsewhere, Reason::UnknownKey { issuer: "did:web:school.example".into() });
    let wrong = signed_with(json!({}), json!({"proofPurpose": "authentication"}), &key());
    assert_eq!(wrong, Reason::WrongPurpose { purpose: "authentication".into() });
    let fragment = format!("{}#{}", key().did(), stranger.did().to_multikey());
    let fragment = signed_with(json!({}), json!({"verificationMethod": fragment}), &key());
    assert!(matches!(fragment, Reason::BrokenKey { .. }));
    let web = signed_with(json!({}), json!({"verificationMethod": "did:web:a.example#key"}), &key());
    assert!(matches!(web, Reason::NotIssuersKey { .. }));
}

#[test]
fn a_status_that_is_not_at_hand_is_unknown_and_never_assumed_good() {
    let status = json!({"credentialStatus": {"type": "BitstringStatusListEntry", "statusListIndex": "7"}});
    assert!(matches!(verdict_on(status), Reason::UnusableStatus { .. }), "it names no list");
    let list = "https://school.example/status/1";
    let status = json!({"type": "BitstringStatusListEntry", "statusListIndex": "7", "statusListCredential": list});
    assert_eq!(verdict_on(json!({"credentialStatus": status})), Reason::MissingStatusList { url: list.into() });
    let other = json!({"credentialStatus": {"type": "SomethingElse"}});
    assert_eq!(verdict_on(other), Reason::UnknownStatus { kind: "SomethingElse".into() });
}

/// Each list takes a signature and an inflation to read; twenty thousand entries for one list took seconds.
#[test]
fn more_status_entries_than_anybody_needs_are_not_looked_up() {
    let entry = |number: usize| json!({"type": "1EdTechRevocationList", "id": format!("https://school.example/revoked/{number}")});
    let named = |count: usize| verdict_on(json!({"credentialStatus": (0..count).map(entry).collect::<Vec<_>>()}));
    assert_eq!(named(32), Reason::MissingStatusList { url: "https://school.example/revoked/0".into() });
    assert!(matches!(named(33), Reason::TooComplex { .. }));
}

#[test]
fn every_proof_of_a_set_must_hold() {
    let first = credential().as_object().unwrap().clone();
    let proof = create_proof(&first, options(&key()), &key()).unwrap();
    let with = |proofs: Value| {
        let mut credential = first.clone();
        credential.insert("proof".into(), proofs);
        reason(&Value::Object(credential))
    };
    assert!(matches!(with(json!([proof, proof])), Reason::CredentialIntact { .. }));
    let mut broken = proof.clone();
    broken["created"] = "2026-01-02T00:00:00Z".into();
    assert_eq!(with(json!([proof, broken])), Reason::SignatureMismatch);
    let other = json!({"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023"});
    assert_eq!(with(json!([proof, other])), Reason::UnsupportedSuite { suite: "ecdsa-sd-2023".into() });
    assert_eq!(with(json!([])), Reason::NoProof);
    assert!(matches!(with(json!("signed")), Reason::UnsupportedSuite { .. } | Reason::Malformed { .. }));
    let mut chained = proof.clone();
    chained["previousProof"] = "urn:uuid:1".into();
    assert!(matches!(with(chained), Reason::BrokenChain { .. }));
}

#[test]
fn proofs_that_build_on_each_other_in_every_way_there_is_are_looked_at_in_bounded_time() {
    let key = key();
    let first = credential().as_object().unwrap().clone();
    let proof = create_proof(&first, options(&key), &key).unwrap();
    let linked = |before: fn(usize) -> std::ops::Range<usize>| {
        let link = |at: usize| {
            let mut proof = proof.clone();
            proof["id"] = format!("urn:x:{at}").into();
            proof["previousProof"] = before(at).map(|at| Value::from(format!("urn:x:{at}"))).collect();
            proof
        };
        let mut credential = first.clone();
        credential.insert("proof".into(), (0..32).map(link).collect());
        reason(&Value::Object(credential))
    };
    // Over two thousand million ways, none of which was signed.
    assert_eq!(linked(|at| 0..at), Reason::SignatureMismatch);
    assert!(matches!(linked(|_| 0..32), Reason::BrokenChain { .. }));
}

/// The signatures hold, each over what it was made over; whose keys they are, only the school could say.
#[test]
fn the_w3c_sets_and_chains_hold_and_a_broken_chain_is_named() {
    let Some(folder) = vectors("w3c-vc-di-eddsa/TestVectors/proof-set-chain") else { return };
    let unknown = Reason::UnknownKey { issuer: "https://vc.example/issuers/5678".into() };
    let check = |credential: &Value| verify_bytes("x", credential.to_string().as_bytes(), &Materials::new(), now());
    for (name, proofs) in [("signedProofSet1", 1), ("signedProofSet2", 2), ("signedProofChain1", 3), ("signedProofChain2", 4)] {
        let bytes = std::fs::read(folder.join(format!("{name}.json"))).unwrap();
        let signed: Value = serde_json::from_slice(&bytes).unwrap();
        let report = check(&signed);
        assert_eq!(report.proofs.len(), proofs, "{name}");
        assert!(report.proofs.iter().all(|proof| proof.reason == unknown), "{name}: {report:?}");
        let mut changed = signed;
        changed["name"] = "Another".into();
        assert!(check(&changed).proofs.iter().all(|proof| proof.reason == Reason::SignatureMismatch), "{name}");
    }
    let mut chain: Value = serde_json::from_slice(&std::fs::read(folder.join("signedProofChain1.json")).unwrap()).unwrap();
    let mut without_first = chain.clone();
    without_first["proof"].as_array_mut().unwrap().remove(0);
    assert!(matches!(check(&without_first).reason, Reason::BrokenChain { .. }));
    let (first, last) = (chain["proof"][0]["id"].clone(), chain["proof"][2]["id"].clone());
    chain["proof"][0]["previousProof"] = last;
    assert!(matches!(check(&chain).reason, Reason::BrokenChain { .. }), "a circle through {first}");
}

/// Over JSON the order of earlier signatures is signed: it is that of the credential's list, not that of the names.
#[test]
fn a_chain_is_checked_in_the_order_in_which_its_proofs_stand() {
    let document = credential().as_object().unwrap().clone();
    let made = |over: &[&Value], members: Value| {
        let mut document = document.clone();
        if !over.is_empty() {
            document.insert("proof".into(), json!(over));
        }
        let mut options = options(&key());
        options.extend(members.as_object().unwrap().clone());
        options.insert("@context".into(), document["@context"].clone());
        let hash = |object: &Map<String, Value>| Sha256::digest(jcs::canonicalize(&Value::Object(object.clone())).unwrap());
        let signature = key().sign(&[hash(&options), hash(&document)].concat());
        options.insert("proofValue".into(), multibase::base58btc(&signature).into());
        Value::Object(options)
    };
    let (first, second) = (made(&[], json!({"id": "urn:1"})), made(&[], json!({"id": "urn:2"})));
    let names = json!({"previousProof": ["urn:2", "urn:1"]});
    for (order, verdict) in [([&first, &second], Verdict::Valid), ([&second, &first], Verdict::Invalid)] {
        let mut signed = document.clone();
        signed.insert("proof".into(), json!([first, second, made(&order, names.clone())]));
        let report = verify_bytes("x", Value::Object(signed).to_string().as_bytes(), &Materials::new(), now());
        assert_eq!(report.verdict(), verdict, "{report:?}");
    }
}

#[test]
fn json_that_could_be_read_in_two_ways_is_invalid() {
    let twice = br#"{"type": "VerifiableCredential", "issuer": "a", "issuer": "b"}"#;
    assert_eq!(
        verify_bytes("x", twice, &Materials::new(), now()).reason,
        Reason::AmbiguousJson { fault: "the member issuer stands twice".into() }
    );
    let mut with_null = credential();
    with_null["credentialSubject"]["grade"] = Value::Null;
    assert_eq!(reason(&with_null), Reason::AmbiguousJson { fault: "the member credentialSubject.grade is null".into() });
}

#[test]
fn what_a_credential_lacks_is_named() {
    let without = |member: &str| {
        let mut credential = credential();
        credential.as_object_mut().unwrap().remove(member);
        reason(&credential)
    };
    assert_eq!(without("proof"), Reason::NoProof);
    for member in ["@context", "issuer", "credentialSubject"] {
        assert!(matches!(without(member), Reason::Malformed { .. }), "{member}");
    }
    assert!(matches!(without("type"), Reason::NotACredential { .. }));
}

/// The musts of VC Data Model 2.0 that a signature over JSON would not notice; each is signed as it stands.
#[test]
fn what_the_data_model_demands_is_asked_of_whatever_is_signed() {
    let fault = |members: Value| match verdict_on(members.clone()) {
        Reason::Malformed { fault } => fault,
        other => panic!("{members}: {other:?}"),
    };
    let related = "https://school.example/file";
    let digest = json!({"id": related, "digestMultibase": "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VA"});
    for (part, members) in [
        ("credentialSubject", json!({"credentialSubject": [{"id": "did:example:a"}, {}]})),
        ("credentialSubject", json!({"credentialSubject": [{}]})),
        ("evidence", json!({"evidence": [{"type": "Evidence"}, {"id": "https://school.example/e"}]})),
        ("termsOfUse", json!({"termsOfUse": {"id": "https://school.example/t"}})),
        ("refreshService", json!({"refreshService": {"id": "https://school.example/r"}})),
        ("credentialSchema", json!({"credentialSchema": {"id": "https://school.example/s"}})),
        ("credentialSchema", json!({"credentialSchema": {"type": "JsonSchema"}})),
        ("relatedResource", json!({"relatedResource": [{"id": related}]})),
        ("relatedResource", json!({"relatedResource": [digest, digest]})),
        ("relatedResource", json!({"relatedResource": [{"digestSRI": "sha256-x"}]})),
        ("name", json!({"name": 7})),
        ("name", json!({"name": {"id": "https://school.example/name"}})),
        ("description", json!({"issuer": {"id": key().did().to_string(), "description": ["A", 7]}})),
        ("type", json!({"type": ["VerifiableCredential", 7]})),
        ("id", json!({"id": "urn:a b"})),
        ("subject", json!({"credentialSubject": {"id": "ada", "name": "Ada"}})),
        ("subject", json!({"credentialSubject": {"id": 5, "name": "Ada"}})),
        ("issuer", json!({"issuer": "did:example:a b"})),
        ("protected", json!({"@context": ["https://www.w3.org/ns/credentials/v2", {"VerifiableCredential": "https://evil.example/#Bad"}]})),
    ] {
        assert!(fault(members).contains(part), "{part}");
    }
    for sound in [
        json!({"name": {"@value": "Statistics", "@language": "en"}, "description": [{"@value": "A"}, {"@value": "B", "@language": "de"}]}),
        json!({"relatedResource": [digest, {"id": "https://school.example/other", "digestSRI": "sha256-x"}]}),
        json!({"credentialSchema": {"id": "https://school.example/s", "type": "JsonSchema"}, "evidence": [{"type": ["Evidence"]}]}),
        json!({"@context": ["https://www.w3.org/ns/credentials/v2", "https://school.example/unknown", {"hours": "urn:hours"}]}),
    ] {
        assert!(matches!(verdict_on(sound.clone()), Reason::CredentialIntact { .. }), "{sound}");
    }
}

#[test]
fn a_signature_made_after_it_had_ended_was_never_one() {
    let dates = json!({"created": "2030-01-02T00:00:00Z", "expires": "2030-01-01T00:00:00Z"});
    assert!(matches!(signed_with(json!({}), dates, &key()), Reason::Malformed { .. }));
}

#[test]
fn files_of_other_kinds_are_called_by_their_name() {
    let what = |bytes: &[u8]| match verify_bytes("x", bytes, &Materials::new(), now()).reason {
        Reason::NotACredential { what } => what,
        other => panic!("{other:?}"),
    };
    assert_eq!(what(b"%PDF-1.7"), "a PDF document");
    assert_eq!(what(b"\x89PNG\r\n\x1a\n...."), "a damaged picture (it is cut short)");
    assert_eq!(what(b" <svg/>"), "an SVG picture without a badge in it");
    assert_eq!(what(b"eyJhbGciOiJFZERTQSJ9.e30.c2ln"), "a token that holds no credential");
    assert_eq!(what(b""), "an empty file");
    assert_eq!(what(b"hello"), "a file of unknown kind");
    assert_eq!(what(b"[1]"), "JSON of another kind");
    assert_eq!(what(br#"{"basics": {}}"#), "JSON of another kind");
    assert!(matches!(verify_bytes("x", b"{\"a\":", &Materials::new(), now()).reason, Reason::UnreadableJson { .. }));
}

/// The signature holds, and only the school could say that the key is its own.
#[test]
fn the_w3c_vector_names_the_issuer_whose_key_is_not_at_hand() {
    let Some(folder) = vectors("w3c-vc-di-eddsa/TestVectors/eddsa-jcs-2022") else { return };
    let signed = std::fs::read(folder.join("signedJCS.json")).unwrap();
    let unknown = Reason::UnknownKey { issuer: "https://vc.example/issuers/5678".into() };
    assert_eq!(verify_bytes("signedJCS.json", &signed, &Materials::new(), now()).reason, unknown);
    let changed = String::from_utf8(signed).unwrap().replace("Alumni", "Alumnus");
    assert_eq!(verify_bytes("x", changed.as_bytes(), &Materials::new(), now()).reason, Reason::SignatureMismatch);
}

pub fn vectors(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/vectors").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the shared vectors {name} are not here");
    None
}
