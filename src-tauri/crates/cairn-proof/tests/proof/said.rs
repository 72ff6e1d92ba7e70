//! What a report says of whom: an issuer signed what their credential says, and neither what a learner wrote about it nor what
//! rests on keys that nobody here knows.

use crate::sample::{check, claims, key, now};
use cairn_proof::digest::Digest;
use cairn_proof::eddsa_jcs_2022::create_proof;
use cairn_proof::packet::{self, Contents, Enclosed, EntryName, Line, Provenance};
use cairn_proof::{Material, MaterialKind, Materials, Part, Reason, Report, SigningKey, Verdict, verify_bytes};
use serde_json::{Value, json};
use std::io::Cursor;
use std::ops::ControlFlow;

const SCHOOL: &str = "did:web:school.example";

fn school() -> SigningKey {
    SigningKey::from_seed(&[3; 32])
}

/// A badge of the school, known by its document, with members of its own.
fn badge(name: &str, members: Value) -> Value {
    let mut badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:00000000-0000-0000-0000-000000000007",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": SCHOOL, "type": ["Profile"], "name": "Harbour School"},
        "validFrom": "2024-01-15T00:00:00Z",
        "validUntil": "2027-01-15T00:00:00Z",
        "name": name,
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
            "id": "urn:uuid:00000000-0000-0000-0000-000000000008", "type": ["Achievement"], "name": name, "description": "Joins steel.",
            "criteria": {"narrative": "Joined."}, "tag": ["welding"],
            "alignment": [{"type": ["Alignment"], "targetName": "Weld steel", "targetUrl": "https://skills.example/1"}]
        }}
    });
    let object = badge.as_object_mut().unwrap();
    object.extend(members.as_object().unwrap().clone());
    let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
        "verificationMethod": format!("{SCHOOL}#1"), "created": "2024-01-15T00:00:00Z"});
    let proof = create_proof(object, options.as_object().unwrap().clone(), &school()).unwrap();
    object.insert("proof".into(), proof);
    badge
}

/// A learner record of the school with these in it.
fn record(name: &str, inside: &[Value]) -> Value {
    let types = json!(["VerifiableCredential", "ClrCredential"]);
    badge(
        name,
        json!({"id": "urn:uuid:00000000-0000-0000-0000-000000000009", "type": types,
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": inside}}),
    )
}

fn document() -> Material {
    let method =
        json!({"id": format!("{SCHOOL}#1"), "type": "Multikey", "controller": SCHOOL, "publicKeyMultibase": school().did().to_multikey()});
    let document = json!({"id": SCHOOL, "verificationMethod": [method], "assertionMethod": [format!("{SCHOOL}#1")]});
    Material { kind: MaterialKind::KeyDocument, url: SCHOOL.into(), bytes: document.to_string().into_bytes(), seen: now() }
}

fn at_hand() -> Materials {
    let mut materials = Materials::new();
    materials.add(document());
    materials
}

/// A packet with one credential, the school's document and the lines that claim to rest on it.
fn packed(credential: &Value, lines: &[&str]) -> Report {
    let enclosed = Enclosed { name: "One".into(), bytes: credential.to_string().into_bytes(), verdicts: vec![] };
    let line = |text: &&str| Line {
        text: (*text).to_owned(),
        provenance: Provenance::IssuerSigned,
        by: Some("Somebody".into()),
        file: Some("credentials/01-One.json".into()),
    };
    let contents = Contents {
        credentials: vec![enclosed],
        materials: vec![document()],
        lines: lines.iter().map(line).collect(),
        ..Contents::new(claims())
    };
    let contents = Contents { attachments: crate::sample::attachments(), ..contents };
    let mut out = Cursor::new(Vec::new());
    packet::write(contents, &key(), now(), &mut out, &mut |_| ControlFlow::Continue(())).unwrap();
    let report = check(&out.into_inner());
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
    report
}

#[test]
fn a_record_of_credentials_known_only_by_the_packets_copy_says_so() {
    let report = packed(&record("Transcript", &[badge("PhD in Physics", json!({}))]), &["Transcript", "PhD in Physics · Harbour School"]);
    assert_eq!(report.inside[0].reason, Reason::AllByCopy { count: 2, by_copy: 2 });
    assert!(report.inside[0].reason.sentence().contains("by a copy of the issuer's keys that came in this packet"));
    assert!(report.lines.iter().all(|line| line.by_copy), "{:?}", report.lines);
    assert_eq!(report.lines[1].signed.as_deref(), Some("PhD in Physics"));
    let known = verify_bytes("x", record("Transcript", &[badge("PhD", json!({}))]).to_string().as_bytes(), &at_hand(), now());
    assert_eq!(known.reason, Reason::RecordIntact { signer: "Harbour School".into(), count: 1, by_signer: 1 });
    assert_eq!(known.used.len(), 1, "what its parts rest on, it rests on");
}

#[test]
fn a_presentation_with_one_of_them_says_how_many() {
    let own = key();
    let did = own.did().to_string();
    let mut by_name = badge("Cooking", json!({"issuer": {"id": did, "type": ["Profile"], "name": "Cook"}}));
    let object = by_name.as_object_mut().unwrap();
    object.remove("proof");
    let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
        "verificationMethod": own.did().verification_method(), "created": "2024-01-15T00:00:00Z"});
    let proof = create_proof(object, options.as_object().unwrap().clone(), &own).unwrap();
    object.insert("proof".into(), proof);
    let presentation = json!({"type": "VerifiablePresentation", "verifiableCredential": [badge("PhD", json!({})), by_name]});
    let report = packed(&presentation, &["PhD"]);
    assert_eq!(report.inside[0].reason, Reason::AllByCopy { count: 2, by_copy: 1 });
    assert!(report.lines[0].by_copy);
}

#[test]
fn a_line_that_says_what_was_signed_is_the_issuers() {
    let lines = [
        "TIG Welding · Harbour School · Jan 2024 · ID urn:uuid:00000000-0000-0000-0000-000000000007 · valid until Jan 2027",
        "TIG welding",
        "Technical: Weld steel",
    ];
    let report = packed(&badge("TIG Welding", json!({})), &lines);
    for line in &report.lines {
        assert_eq!((line.provenance, line.by.as_deref()), (Provenance::IssuerSigned, Some("Harbour School")), "{line:?}");
        assert!(line.own.is_empty(), "{line:?}");
    }
    let signed: Vec<_> = report.lines.iter().map(|line| line.signed.as_deref().unwrap()).collect();
    assert_eq!(signed, ["TIG Welding", "TIG Welding", "Weld steel"]);
}

/// The credential is genuine, and the record that it stands behind was given another title and date.
#[test]
fn what_the_learner_wrote_is_never_said_to_be_signed_by_the_issuer() {
    let lines = [
        "PhD in Physics, summa cum laude · Harbour School · Jan 2010 · Doctorate · valid until Jan 2027",
        "Neurosurgery (Expert)",
        "TIG Welding · Jan 2010",
    ];
    let report = packed(&badge("TIG Welding", json!({})), &lines);
    let [degree, skill, earlier] = report.lines.as_slice() else { panic!("{:?}", report.lines) };
    for line in [degree, skill] {
        assert_eq!(line.provenance, Provenance::SelfSigned, "{line:?}");
        assert_eq!((line.signed.as_deref(), line.by.as_deref()), (Some("TIG Welding"), Some("Harbour School")));
    }
    assert_eq!(degree.own, ["PhD in Physics, summa cum laude", "Jan 2010", "Doctorate"]);
    assert_eq!(skill.own, ["Neurosurgery (Expert)"]);
    assert_eq!((earlier.provenance, earlier.own.as_slice()), (Provenance::IssuerSigned, &["Jan 2010".to_owned()][..]));
}

#[test]
fn every_credential_of_several_has_its_name_and_its_place() {
    let record = record("Transcript", &[badge("Physics", json!({})), badge("Chemistry", json!({}))]);
    let report = verify_bytes("clr.json", record.to_string().as_bytes(), &at_hand(), now());
    let told: Vec<_> = report.inside.iter().map(|one| (one.name.as_deref().unwrap(), one.file.as_str())).collect();
    let place = |at: usize| format!("/credentialSubject/verifiableCredential/{at}");
    assert_eq!(told, [("Transcript", "clr.json"), ("Physics", place(0).as_str()), ("Chemistry", place(1).as_str())]);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!((&json["name"], &json["inside"][2]["name"]), (&json!("Transcript"), &json!("Chemistry")));
}

#[test]
fn a_name_in_several_languages_is_said_in_english_or_else_in_the_first() {
    let said = |languages: Value| {
        let badge =
            badge("x", json!({"name": languages, "issuer": {"id": SCHOOL, "name": [{"@value": "Hafenschule", "@language": "de"}]}}));
        let report = verify_bytes("badge.json", badge.to_string().as_bytes(), &at_hand(), now());
        assert_eq!(report.reason, Reason::CredentialIntact { issuer: "Hafenschule".into() });
        let opened = cairn_proof::opened::open("badge.json", badge.to_string().as_bytes()).unwrap();
        (report.name.unwrap(), opened.items[0].name.clone(), opened.items[0].view())
    };
    let german = json!({"@value": "Schweißen", "@language": "de"});
    let english = json!({"@value": "Welding", "@language": "en-GB"});
    let french = json!({"@value": "Soudage", "@language": "fr"});
    let (name, item, view) = said(json!([german, english]));
    assert_eq!((name.as_str(), item.as_str(), view.name.as_deref()), ("Welding", "Welding", Some("Welding")));
    assert!(view.extra.iter().any(|extra| extra.path == "name" && extra.text.contains("Schweißen")), "{:?}", view.extra);
    assert_eq!(said(json!([german, french])).0, "Schweißen");
    assert_eq!(said(german.clone()).1, "Schweißen");
}

#[test]
fn evidence_in_a_packet_is_compared_with_its_digest() {
    let photo = crate::sample::PACKET.resource(&EntryName::evidence(1, "photo.png"));
    let evidence = |id: &str, digest: Option<Digest>| {
        let mut evidence = json!({"id": id, "type": ["Evidence"], "name": "Photo"});
        if let Some(digest) = digest {
            evidence["digestMultibase"] = digest.to_multibase().into();
        }
        evidence
    };
    let found = |evidence: Value| {
        let report = packed(&badge("TIG Welding", json!({"evidence": [evidence]})), &[]);
        let checks = &report.inside[0].checks;
        checks.iter().find(|check| check.part == Part::Evidence).unwrap().reason.clone()
    };
    let name = || "Photo".to_owned();
    assert_eq!(found(evidence(&photo, Some(Digest::of(&[0x5a; 700])))), Reason::EvidenceUnchanged { name: name() });
    assert_eq!(found(evidence(&photo, Some(Digest::of(b"other")))), Reason::EvidenceChanged { name: name() });
    assert_eq!(found(evidence("https://a.example/1", Some(Digest::of(b"other")))), Reason::EvidenceNotAtHand { name: name() });
    assert_eq!(found(evidence("https://a.example/1", None)), Reason::EvidenceUnbound { name: name() });
}

#[test]
fn who_took_it_back_is_named_and_why() {
    let url = "https://school.example/revoked";
    let badge = badge("Bread", json!({"credentialStatus": {"id": url, "type": "1EdTechRevocationList"}}));
    let entry = json!({"id": "urn:uuid:00000000-0000-0000-0000-000000000007", "revoked": true, "revocationReason": "Issued twice"});
    let list = json!({"id": url, "type": "1EdTechRevocationList", "issuer": SCHOOL, "revokedCredentials": [entry]});
    let list = Material { kind: MaterialKind::StatusList, url: url.into(), bytes: list.to_string().into_bytes(), seen: now() };
    let mut materials = at_hand();
    materials.add(list.clone());
    let report = verify_bytes("x", badge.to_string().as_bytes(), &materials, now());
    assert_eq!(report.reason, Reason::Revoked { issuer: "Harbour School".into(), why: Some("Issued twice".into()) });
    assert_eq!(report.reason.sentence(), "Harbour School took the credential back, saying “Issued twice”.");
    // Where the key is not at hand, anybody could have written the name.
    let mut materials = Materials::new();
    materials.add(list);
    let report = verify_bytes("x", badge.to_string().as_bytes(), &materials, now());
    let status = report.checks.iter().find(|check| check.part == Part::Status).unwrap();
    assert!(matches!(&status.reason, Reason::Revoked { issuer, .. } if issuer == "Harbour School (did:web:school.example)"), "{status:?}");
}

#[test]
fn a_credential_of_digital_bazaars_with_an_odd_address_is_genuine() {
    let bytes = include_bytes!("../fixtures/digitalbazaar-eddsa-rdfc-2022-odd-address.json");
    let report = verify_bytes("x", bytes, &Materials::new(), now());
    assert!(matches!(report.reason, Reason::CredentialIntact { .. }), "{:?}", report.reason);
}

/// jsonld.js signs a number without a point below a millionth as a whole one; nobody changed it.
#[test]
fn a_number_that_is_signed_in_different_ways_accuses_nobody() {
    let text = include_str!("../fixtures/digitalbazaar-eddsa-rdfc-2022-small-number.json");
    let report = verify_bytes("x", text.as_bytes(), &Materials::new(), now());
    assert!(matches!(&report.reason, Reason::TooComplex { fault } if fault.contains("the number at q")), "{:?}", report.reason);
    let plain = verify_bytes("x", text.replace("1e-10", "0.5").as_bytes(), &Materials::new(), now());
    assert_eq!(plain.reason, Reason::SignatureMismatch);
}

#[test]
fn open_badges_1_is_not_checked_by_name_and_accused_of_nothing() {
    let badge = json!({"uid": "123", "recipient": {"type": "email", "hashed": false, "identity": "a@example.org"},
        "badge": "https://a.example/class", "issuedOn": 1_400_000_000, "verify": {"type": "hosted", "url": "https://a.example/1"}});
    let told = |bytes: &[u8]| verify_bytes("x", bytes, &Materials::new(), now()).reason;
    assert_eq!(told(badge.to_string().as_bytes()), Reason::UnsupportedStandard { standard: "Open Badges 1.0".into() });
    // An even older one in a picture says no more than where to look.
    let older = json!({"uid": "1", "badge": "https://a.example/class", "verify": {"type": "hosted", "url": "https://a.example/1"}});
    let picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"http://openbadges.org\">\
        <openbadges:assertion verify=\"https://a.example/1\"><![CDATA[{older}]]></openbadges:assertion></svg>"
    );
    assert_eq!(told(picture.as_bytes()), Reason::KeptElsewhere { url: "https://a.example/1".into() });
}

#[test]
fn what_stands_in_place_of_a_date_and_a_null_in_a_context_are_named_for_what_they_are() {
    let numbered = badge("A", json!({"validFrom": 1_400_000_000}));
    let report = verify_bytes("x", numbered.to_string().as_bytes(), &at_hand(), now());
    assert_eq!(report.reason, Reason::BrokenDate { member: "validFrom".into(), text: "1400000000".into() });
    let told = |members: Value| {
        let mut badge = badge("A", json!({}));
        badge.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        verify_bytes("x", badge.to_string().as_bytes(), &at_hand(), now()).reason
    };
    let undone = told(json!({"@context": ["https://www.w3.org/ns/credentials/v2", {"term": null}]}));
    assert!(matches!(&undone, Reason::TooComplex { fault } if fault.contains("@context.1.term")), "{undone:?}");
    assert!(matches!(told(json!({"term": null})), Reason::AmbiguousJson { .. }));
}
