//! What a learner signs, and what Cairn itself then says of it.

use cairn_proof::issue::{
    About, Achievement, Clr, Endorsement, Evidence, Identity, IssueError, Member, Outcome, Signer, WhyLeftOut, schema,
};
use cairn_proof::suites::eddsa_rdfc_2022::create_proof;
use cairn_proof::{Materials, Part, Reason, Report, SigningKey, Verdict, digest::Digest, verify_bytes};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[5; 32])
}

fn signer() -> Signer {
    Signer { name: Some("Ada Example".into()), url: None, email: None }
}

fn achievement() -> Achievement {
    Achievement {
        id: Uuid::from_u128(1),
        achievement_id: Uuid::from_u128(2),
        kind: Some("Certificate".into()),
        name: "Incident lead".into(),
        description: "Leads the response to outages.".into(),
        criteria: "Three incidents led to their end.".into(),
        criteria_url: None,
        narrative: Some("In 2025, on call.".into()),
        tags: vec!["on call".into(), "on call".into()],
        alignments: Vec::new(),
        measures: Vec::new(),
        outcomes: Vec::new(),
        evidence: vec![Evidence { name: Some("Report".into()), digest: Some(Digest::of(b"report")), ..Evidence::default() }],
        identities: vec![Identity { email: "ada@example.org".into(), salt: "salt".into() }],
        credits_available: None,
        credits_earned: Some(1.5),
        awarded: None,
        valid_from: now(),
        valid_until: None,
        image: None,
        image_caption: None,
    }
}

fn signed() -> Vec<u8> {
    achievement().document(&signer(), key().did()).unwrap().sign(&key(), now()).unwrap()
}

fn check(bytes: &[u8]) -> Report {
    verify_bytes("badge", bytes, &Materials::new(), now())
}

#[test]
fn a_claim_becomes_a_badge_that_verifies_and_says_that_it_is_self_signed() {
    let bytes = signed();
    let report = check(&bytes);
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
    let badge: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(badge["issuer"]["id"], badge["credentialSubject"]["id"]);
    assert!(badge["description"].as_str().unwrap().starts_with("Self-signed: Ada Example"));
    assert_eq!(badge["proof"]["cryptosuite"], "eddsa-rdfc-2022");
    assert_eq!(badge["credentialSubject"]["achievement"]["tag"], json!(["on call"]));
    assert_eq!(badge["evidence"][0]["digestMultibase"], Digest::of(b"report").to_multibase());
    assert!(!String::from_utf8(bytes).unwrap().contains("ada@example.org"), "an address is hashed before it is written");
    assert_eq!(signed(), signed(), "the same claim, key and instant give the same bytes");
}

#[test]
fn a_changed_evidence_digest_is_found() {
    let mut badge: Value = serde_json::from_slice(&signed()).unwrap();
    badge["evidence"][0]["digestMultibase"] = Digest::of(b"another").to_multibase().into();
    assert_eq!(check(badge.to_string().as_bytes()).verdict(), Verdict::Invalid);
}

#[test]
fn the_same_badge_verifies_as_jwt() {
    let jwt = achievement().document(&signer(), key().did()).unwrap().sign_jwt(&key()).unwrap();
    let report = check(jwt.as_bytes());
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
}

#[test]
fn what_is_missing_or_wrong_is_named_before_anything_is_signed() {
    let refused = |change: &dyn Fn(&mut Achievement)| {
        let mut changed = achievement();
        change(&mut changed);
        changed.document(&signer(), key().did()).unwrap_err()
    };
    assert_eq!(refused(&|claim| claim.name = " ".into()), IssueError::Missing("the name"));
    assert_eq!(refused(&|claim| claim.valid_until = Some(now() - Duration::days(1))), IssueError::EndsBeforeItBegins);
    let address = refused(&|claim| claim.criteria_url = Some("example.org".into()));
    assert!(matches!(address, IssueError::NotAnAddress { .. }), "{address}");
    let level = refused(&|claim| claim.outcomes = vec![Outcome { measure: Some(Uuid::from_u128(9)), ..Outcome::default() }]);
    assert!(matches!(level, IssueError::UnknownLevel(_)), "{level}");
    let kind = refused(&|claim| claim.kind = Some("Wizardry".into()));
    assert!(matches!(kind, IssueError::Schema(ref error) if error.place.contains("achievementType")), "{kind}");
    let other = achievement().document(&signer(), key().did()).unwrap().sign(&SigningKey::from_seed(&[6; 32]), now());
    assert!(matches!(other, Err(IssueError::OtherKey { .. })));
}

#[test]
fn an_endorsement_verifies_and_names_what_it_vouches_for() {
    let endorser = SigningKey::from_seed(&[6; 32]);
    let endorsement = Endorsement {
        id: Uuid::from_u128(3),
        about: About { id: Uuid::from_u128(1).urn().to_string(), name: "Incident lead".into() },
        comment: "I was there. 👍".into(),
        valid_from: now(),
        valid_until: None,
    };
    let bytes = endorsement.document(&signer(), endorser.did()).unwrap().sign(&endorser, now()).unwrap();
    assert_eq!(check(&bytes).verdict(), Verdict::Valid);
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["credentialSubject"]["id"], "urn:uuid:00000000-0000-0000-0000-000000000001");
}

/// Each is checked on its own, and its verdict stands under the place where the view shows it.
#[test]
fn the_endorsements_in_a_badge_have_verdicts_of_their_own() {
    let endorser = SigningKey::from_seed(&[6; 32]);
    let endorsement = Endorsement {
        id: Uuid::from_u128(3),
        about: About { id: Uuid::from_u128(1).urn().to_string(), name: "Incident lead".into() },
        comment: "I was there.".into(),
        valid_from: now(),
        valid_until: None,
    };
    let document = endorsement.document(&Signer { name: Some("Grace".into()), url: None, email: None }, endorser.did()).unwrap();
    let good: Value = serde_json::from_slice(&document.sign(&endorser, now()).unwrap()).unwrap();
    let mut changed = good.clone();
    changed["credentialSubject"]["endorsementComment"] = "I led it with her.".into();
    let token = document.sign_jwt(&endorser).unwrap();

    let mut badge: Value = serde_json::from_slice(&signed()).unwrap();
    badge.as_object_mut().unwrap().remove("proof");
    badge["endorsement"] = json!([good, changed]);
    badge["credentialSubject"]["achievement"]["endorsementJwt"] = json!([token]);
    badge["issuer"]["endorsement"] = json!([good]);
    let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-06-01T12:00:00Z",
        "verificationMethod": key().did().verification_method(), "proofPurpose": "assertionMethod"});
    let proof = create_proof(badge.as_object().unwrap(), options.as_object().unwrap().clone(), &key()).unwrap();
    badge["proof"] = proof;
    let bytes = badge.to_string().into_bytes();

    let report = check(&bytes);
    assert_eq!(report.verdict(), Verdict::Valid, "a broken endorsement takes nothing from the badge: {report:?}");
    let opened = cairn_proof::opened::open("badge.json", &bytes).unwrap();
    let told: Vec<_> = opened.items[0]
        .view()
        .endorsements
        .into_iter()
        .map(|view| {
            let found = report.inside.iter().find(|inside| inside.file == view.place).unwrap();
            (view.comment.unwrap(), found.verdict(), found.issuer.as_ref().unwrap().name.clone().unwrap())
        })
        .collect();
    let said = |comment: &str, verdict| (comment.to_owned(), verdict, "Grace".to_owned());
    let expected = [
        said("I was there.", Verdict::Valid),
        said("I led it with her.", Verdict::Invalid),
        said("I was there.", Verdict::Valid),
        said("I was there.", Verdict::Valid),
    ];
    assert_eq!(told, expected, "{:?}", report.inside);
}

#[test]
fn a_form_that_the_schema_refuses_is_named_and_no_verdict_rests_on_it() {
    let form = |bytes: &[u8]| check(bytes).checks.into_iter().find(|check| check.part == Part::Schema).unwrap().reason;
    assert_eq!(form(&signed()), Reason::WellFormed);
    let mut badge: Value = serde_json::from_slice(&signed()).unwrap();
    badge["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("criteria");
    assert!(matches!(form(badge.to_string().as_bytes()), Reason::OffSchema { place, .. } if place == "credentialSubject.achievement"));
}

#[test]
fn a_record_holds_credentials_as_they_were_signed_and_lists_what_it_cannot_hold() {
    let jwt = achievement().document(&signer(), key().did()).unwrap().sign_jwt(&key()).unwrap();
    let member = |name: &str, bytes: &[u8]| Member { name: name.into(), bytes: bytes.to_vec() };
    let older = json!({"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"]});
    let unknown = json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "Nobody"],
        "issuer": "did:key:z6Mk", "credentialSubject": {"wizardry": 9}});
    let clr = Clr {
        id: Uuid::from_u128(4),
        name: "Everything".into(),
        partial: false,
        members: vec![
            member("good", &signed()),
            member("jwt", jwt.as_bytes()),
            member("ob2", br#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion"}"#),
            member("older", older.to_string().as_bytes()),
            member("unknown", unknown.to_string().as_bytes()),
            member("text", b"hello"),
        ],
        associations: Vec::new(),
        valid_from: now(),
        valid_until: None,
    };
    let (document, left_out) = clr.document(&signer(), key().did()).unwrap();
    let why: Vec<_> = left_out.iter().map(|left| (left.name.as_str(), left.why)).collect();
    let expected = [
        ("jwt", WhyLeftOut::Jwt),
        ("ob2", WhyLeftOut::OpenBadges2),
        ("older", WhyLeftOut::Older),
        ("unknown", WhyLeftOut::Terms),
        ("text", WhyLeftOut::NotACredential),
    ];
    assert_eq!(why, expected);
    let bytes = document.sign(&key(), now()).unwrap();
    let record: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(record["partial"], true, "what is left out makes it partial");
    let inside = &record["credentialSubject"]["verifiableCredential"][0];
    assert_eq!(*inside, serde_json::from_slice::<Value>(&signed()).unwrap());
    assert_eq!(check(inside.to_string().as_bytes()).verdict(), Verdict::Valid);
    assert_eq!(schema::check(&record), Some(Ok(())));
    let report = check(&bytes);
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
}
