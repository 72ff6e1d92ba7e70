//! Credentials that more than one party signed: the issuer has to be among them, and nobody else's signature says anything for them.

use crate::sample::now;
use cairn_proof::eddsa_jcs_2022::create_proof;
use cairn_proof::{Material, MaterialKind, Materials, Part, Reason, Report, SigningKey, Verdict, verify_bytes};
use serde_json::{Map, Value, json};

fn issuer() -> SigningKey {
    SigningKey::from_seed(&[1; 32])
}

fn other() -> SigningKey {
    SigningKey::from_seed(&[2; 32])
}

fn unsigned(issuer: &str) -> Map<String, Value> {
    let credential = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": {"id": issuer, "name": "School"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada"}
    });
    credential.as_object().unwrap().clone()
}

/// A proof over a credential by a key under a name, with members of its own.
fn proof(credential: &Map<String, Value>, key: &SigningKey, method: &str, members: Value) -> Value {
    let mut options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
        "verificationMethod": method, "created": "2026-01-01T00:00:00Z"});
    options.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    create_proof(credential, options.as_object().unwrap().clone(), key).unwrap()
}

fn by(credential: &Map<String, Value>, key: &SigningKey) -> Value {
    proof(credential, key, &key.did().verification_method(), json!({}))
}

fn check(mut credential: Map<String, Value>, proofs: Vec<Value>, materials: &Materials) -> Report {
    credential.insert("proof".into(), proofs.into());
    verify_bytes("x", &serde_json::to_vec(&credential).unwrap(), materials, now())
}

fn of_school(proofs: impl FnOnce(&Map<String, Value>) -> Vec<Value>) -> Report {
    let credential = unsigned(&issuer().did().to_string());
    let proofs = proofs(&credential);
    check(credential, proofs, &Materials::new())
}

fn witnesses(report: &Report) -> Vec<&Reason> {
    report.checks.iter().filter(|check| check.part == Part::CoSignature).map(|check| &check.reason).collect()
}

#[test]
fn what_the_issuer_and_somebody_else_signed_is_the_issuers() {
    for issuer_first in [true, false] {
        let report =
            of_school(
                |it| if issuer_first { vec![by(it, &issuer()), by(it, &other())] } else { vec![by(it, &other()), by(it, &issuer())] },
            );
        assert_eq!(report.reason, Reason::CredentialIntact { issuer: "School".into() });
        let method = other().did().verification_method();
        assert_eq!(witnesses(&report), [&Reason::CoSigned { verification_method: method.clone() }]);
        // Whoever goes by the first proof goes by the issuer's.
        assert_eq!(report.proofs[0].verification_method, Some(issuer().did().verification_method()));
        assert_eq!(report.proofs[1].verification_method, Some(method));
        assert!(report.checks.iter().any(|check| check.part == Part::Key && matches!(check.reason, Reason::KeyListed { .. })));
    }
}

#[test]
fn nobody_signs_for_an_issuer_who_did_not() {
    let alone = of_school(|it| vec![by(it, &other())]);
    assert!(matches!(alone.reason, Reason::NotIssuersKey { .. }), "{:?}", alone.reason);
    let elsewhere = |it: &Map<String, Value>| {
        let mut it = it.clone();
        it.insert("name".into(), "Another".into());
        it
    };
    // The issuer's signature is over another text, and somebody else's over this one.
    let stolen = of_school(|it| vec![by(&elsewhere(it), &issuer()), by(it, &other())]);
    assert_eq!(stolen.verdict(), Verdict::Invalid);
    assert!(witnesses(&stolen).is_empty());
    // A signature that was made to log in asserts nothing.
    let login = of_school(|it| {
        vec![proof(it, &issuer(), &issuer().did().verification_method(), json!({"proofPurpose": "authentication"})), by(it, &other())]
    });
    assert_eq!(login.verdict(), Verdict::Invalid);
    let two = of_school(|it| vec![by(it, &other()), by(it, &SigningKey::from_seed(&[3; 32]))]);
    assert_eq!(two.verdict(), Verdict::Invalid);
}

#[test]
fn a_second_signature_that_does_not_hold_is_refused() {
    let broken = of_school(|it| {
        let mut changed = it.clone();
        changed.insert("name".into(), "Another".into());
        vec![by(it, &issuer()), by(&changed, &other())]
    });
    assert_eq!(broken.reason, Reason::SignatureMismatch);
    let named_after = of_school(|it| {
        vec![by(it, &issuer()), proof(it, &SigningKey::from_seed(&[3; 32]), &other().did().verification_method(), json!({}))]
    });
    assert_eq!(named_after.reason, Reason::SignatureMismatch);
    let built_on = of_school(|it| {
        let first = proof(it, &issuer(), &issuer().did().verification_method(), json!({"id": "urn:uuid:1"}));
        vec![first, proof(it, &other(), &other().did().verification_method(), json!({"previousProof": "urn:uuid:1"}))]
    });
    assert!(matches!(built_on.verdict(), Verdict::Invalid), "{:?}", built_on.reason);
}

#[test]
fn a_second_signer_decides_nothing_about_the_credential() {
    // Neither by a time of their own, nor by a key that nobody here has.
    let ended = json!({"created": "2025-01-01T00:00:00Z", "expires": "2025-02-01T00:00:00Z"});
    let report = of_school(|it| vec![proof(it, &other(), &other().did().verification_method(), ended), by(it, &issuer())]);
    assert_eq!(report.verdict(), Verdict::Valid);
    assert_eq!(report.proofs[0].created.as_deref(), Some("2026-01-01T00:00:00Z"));
    let report = of_school(|it| vec![by(it, &issuer()), proof(it, &other(), "did:web:guild.example#1", json!({}))]);
    assert_eq!(report.reason, Reason::CredentialIntact { issuer: "School".into() });
    assert_eq!(witnesses(&report), [&Reason::CoSignerUnknown { verification_method: "did:web:guild.example#1".into() }]);
}

/// A key that the issuer took out of its document could be in anybody's hands.
#[test]
fn a_key_of_the_issuers_own_that_it_does_not_list_is_no_second_signer() {
    let school = "did:web:school.example";
    let method =
        json!({"id": format!("{school}#1"), "type": "Multikey", "controller": school, "publicKeyMultibase": issuer().did().to_multikey()});
    let document = json!({"id": school, "verificationMethod": [method], "assertionMethod": [format!("{school}#1")]});
    let mut materials = Materials::new();
    materials.add(Material { kind: MaterialKind::KeyDocument, url: school.into(), bytes: document.to_string().into_bytes(), seen: now() });
    let credential = unsigned(school);
    let genuine = proof(&credential, &issuer(), &format!("{school}#1"), json!({}));
    let gone = proof(&credential, &other(), &format!("{school}#2"), json!({}));
    let report = check(credential.clone(), vec![genuine.clone(), gone], &materials);
    assert!(matches!(report.reason, Reason::KeyNotListed { .. }), "{:?}", report.reason);
    let witnessed = check(credential.clone(), vec![genuine, by(&credential, &other())], &materials);
    assert_eq!(witnessed.verdict(), Verdict::Valid, "{:?}", witnessed.reason);
}
