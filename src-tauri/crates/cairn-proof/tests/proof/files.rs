//! The same credential in every kind of file: one verdict, whatever it travels in.

use crate::sample::{key, now, pack, packet};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cairn_proof::bake::{Generation, png, svg};
use cairn_proof::eddsa_jcs_2022::create_proof;
use cairn_proof::{Materials, Reason, Report, Verdict, jwt, opened, verify_bytes};
use serde_json::{Map, Value, json};
use zip::CompressionMethod;

fn unsigned(name: &str) -> Map<String, Value> {
    let credential = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": key().did().to_string(),
        "validFrom": "2026-01-01T00:00:00Z",
        "name": name,
        "credentialSubject": {"id": "did:example:ada", "name": "Ada ® 👩🏽‍🎓"}
    });
    credential.as_object().unwrap().clone()
}

fn signed(name: &str) -> String {
    let mut credential = unsigned(name);
    let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod",
        "verificationMethod": key().did().verification_method(), "created": "2026-01-01T00:00:00Z"});
    let proof = create_proof(&credential, options.as_object().unwrap().clone(), &key()).unwrap();
    credential.insert("proof".into(), proof);
    serde_json::to_string_pretty(&credential).unwrap()
}

fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    ::png::Encoder::new(&mut bytes, 1, 1).write_header().unwrap().write_image_data(&[7]).unwrap();
    bytes
}

fn check(bytes: &[u8]) -> Report {
    verify_bytes("file", bytes, &Materials::new(), now())
}

/// The credential in everything that can carry it.
fn carriers(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let presentation = format!("{{\"type\":\"VerifiablePresentation\",\"verifiableCredential\":{text}}}");
    vec![
        ("JSON", text.as_bytes().to_vec()),
        ("JSON with a byte order mark", format!("\u{feff}{text}\n").into_bytes()),
        ("PNG", png::write(&picture(), text, Generation::OpenBadges3).unwrap()),
        ("SVG", svg::write(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", text, Generation::OpenBadges3).unwrap()),
        ("presentation", presentation.into_bytes()),
        ("array", format!("[{text}]").into_bytes()),
        ("ZIP", pack(&[("a/b.json".into(), text.as_bytes().to_vec()), ("readme".into(), b"x".to_vec())], CompressionMethod::Deflated)),
        ("PDF", format!("%PDF-1.7\n1 0 obj<</Type /EmbeddedFile /Length {}>>\nstream\n{text}\nendstream", text.len()).into_bytes()),
    ]
}

#[test]
fn a_credential_has_the_same_verdict_in_every_file() {
    let text = signed("A");
    for (carrier, bytes) in carriers(&text) {
        let report = check(&bytes);
        assert!(matches!(report.reason, Reason::CredentialIntact { .. }), "{carrier}: {report:?}");
    }
    for (carrier, bytes) in carriers(&text.replace("2026-01-01", "2026-01-02")) {
        assert_eq!(check(&bytes).reason, Reason::SignatureMismatch, "{carrier}");
    }
}

#[test]
fn a_token_is_checked_wherever_it_stands() {
    let token = jwt::sign(&unsigned("A"), &key()).unwrap();
    let text = format!("\"{token}\"");
    let baked = png::write(&picture(), &token, Generation::OpenBadges3).unwrap();
    let drawn = svg::write(b"<svg/>", &token, Generation::OpenBadges3).unwrap();
    let files = carriers(&text).into_iter().filter(|(carrier, _)| ["presentation", "array"].contains(carrier)).map(|(_, bytes)| bytes);
    for bytes in files.chain([token.clone().into_bytes(), format!("{token}\r\n").into_bytes(), baked, drawn]) {
        let report = check(&bytes);
        assert!(matches!(report.reason, Reason::CredentialIntact { .. }), "{report:?}");
    }
    let (rest, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = rest.split_once('.').unwrap();
    let forged = format!("{header}.{}.{signature}", claims.replacen('a', "b", 1));
    assert_ne!(check(forged.as_bytes()).verdict(), Verdict::Valid);
}

#[test]
fn a_file_with_several_has_the_gravest_verdict_and_a_report_on_each() {
    let (one, two) = (signed("one"), signed("two"));
    let all = |two: &str| format!("{{\"type\":\"VerifiablePresentation\",\"verifiableCredential\":[{one},{two}]}}");
    let report = check(all(&two).as_bytes());
    assert_eq!((report.reason.clone(), report.inside.len()), (Reason::AllIntact { count: 2 }, 2));
    assert_eq!(report.inside[1].file, "/verifiableCredential/1");
    let report = check(all(&two.replace("two", "2")).as_bytes());
    assert_eq!(report.reason, Reason::SignatureMismatch);
    assert_eq!(report.inside[0].verdict(), Verdict::Valid);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!((json["verdict"].as_str(), json["inside"][0]["verdict"].as_str()), (Some("invalid"), Some("valid")));
    let with_null = all("{\"type\":\"VerifiableCredential\",\"x\":null}");
    assert!(matches!(check(with_null.as_bytes()).reason, Reason::AmbiguousJson { .. }));
    let broken = pack(&[("a.json".into(), one.clone().into_bytes()), ("b.json".into(), b"{".to_vec())], CompressionMethod::Stored);
    let report = check(&broken);
    assert_eq!((report.verdict(), report.inside.len()), (Verdict::CannotCheck, 2));
    assert_eq!(report.inside[1].file, "b.json");
}

#[test]
fn a_packet_in_a_document_or_archive_is_checked_as_a_packet() {
    let packet = packet();
    let archive = pack(&[("ada.cairn".into(), packet.clone())], CompressionMethod::Stored);
    let head = format!("%PDF-1.7\n1 0 obj<</Type /EmbeddedFile /Length {}>>\nstream\n", packet.len());
    let document = [head.as_bytes(), &packet, b"\nendstream"].concat();
    let report = check(&archive);
    assert!(matches!(report.reason, Reason::PacketIntact { .. }), "{report:?}");
    // The page around a packet is not signed, and that is said.
    let report = check(&document);
    assert!(matches!(report.reason, Reason::PacketInside { .. }), "{report:?}");
}

#[test]
fn what_is_kept_of_each_credential_verifies_by_itself() {
    let (one, two) = (signed("one"), signed("two"));
    let text = format!("{{\"wallet\": [ {one} , {two} ]}}");
    let items = opened::open("backup.json", text.as_bytes()).unwrap().items;
    assert_eq!(items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    for item in items {
        assert_eq!(check(&item.bytes).verdict(), Verdict::Valid);
        assert_eq!(item.view().subject.name.as_deref(), Some("Ada ® 👩🏽‍🎓"));
    }
}

#[test]
fn a_badge_that_only_names_its_address_says_what_to_do() {
    let badge = png::write(&picture(), "https://a.example/badges/1", Generation::OpenBadges2).unwrap();
    let report = check(&badge);
    assert_eq!(report.reason, Reason::KeptElsewhere { url: "https://a.example/badges/1".into() });
    assert_eq!(report.verdict(), Verdict::CannotCheck);
}

#[test]
fn a_badge_that_is_only_an_address_is_checked_by_the_copies_at_hand() {
    let (badge, class, issuer) = ("https://a.example/1", "https://a.example/class", "https://a.example/issuer");
    let context = "https://w3id.org/openbadges/v2";
    let image = png::write(&picture(), badge, Generation::OpenBadges2).unwrap();
    assert!(matches!(check(&image).reason, Reason::KeptElsewhere { .. }));
    let mut materials = Materials::new();
    for document in [
        json!({"@context": context, "type": "Assertion", "id": badge, "badge": class, "issuedOn": "2026-01-01T00:00:00Z",
            "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"}, "verification": {"type": "hosted"}}),
        json!({"@context": context, "type": "BadgeClass", "id": class, "name": "Bread", "issuer": issuer}),
        json!({"@context": context, "type": "Issuer", "id": issuer, "name": "School of Bread"}),
    ] {
        materials.add(cairn_proof::Material::from_bytes(document.to_string().into_bytes(), now()).unwrap());
    }
    let report = verify_bytes("badge.png", &image, &materials, now());
    assert!(matches!(report.reason, Reason::HostedAsSeen { .. }), "{report:?}");
}

/// Whoever presents credentials signs for having put them together: a check of its own.
#[test]
fn the_signature_around_presented_credentials_is_checked_on_its_own() {
    let holder = cairn_proof::SigningKey::from_seed(&[21; 32]);
    let credential: Value = serde_json::from_str(&signed("Presented")).unwrap();
    let presentation = json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "holder": holder.did().to_string(), "verifiableCredential": [credential]});
    let secured = |purpose: &str, expires: &str| {
        let mut presentation = presentation.as_object().unwrap().clone();
        let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": purpose, "challenge": "c",
            "verificationMethod": holder.did().verification_method(), "created": "2026-01-01T00:00:00Z", "expires": expires});
        let proof = create_proof(&presentation, options.as_object().unwrap().clone(), &holder).unwrap();
        presentation.insert("proof".into(), proof);
        Value::Object(presentation)
    };
    let found = |presentation: &Value| {
        let report = check(presentation.to_string().as_bytes());
        (report.verdict(), report.checks.last().unwrap().reason.clone())
    };
    let good = secured("authentication", "2030-01-01T00:00:00Z");
    assert_eq!(found(&good), (Verdict::Valid, Reason::ProofHolds { verification_method: holder.did().verification_method() }));
    let mut changed = good.clone();
    changed["verifiableCredential"] = json!([credential, credential]);
    assert_eq!(found(&changed), (Verdict::Invalid, Reason::SignatureMismatch));
    let mut stolen = good.clone();
    stolen["holder"] = json!(key().did().to_string());
    assert_eq!(found(&stolen).0, Verdict::Invalid);
    assert!(matches!(found(&secured("keyAgreement", "2030-01-01T00:00:00Z")), (Verdict::Invalid, Reason::WrongPurpose { .. })));
    // It ends, and the credentials in it do not end with it.
    assert!(matches!(found(&secured("authentication", "2026-01-02T00:00:00Z")), (Verdict::Valid, Reason::Expired { .. })));
    assert_eq!(check(presentation.to_string().as_bytes()).verdict(), Verdict::Valid, "nobody has to sign a presentation");

    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let token = |claims: Value| {
        let head = encode(&json!({"alg": "EdDSA", "typ": "vp+jwt", "kid": holder.did().verification_method()}));
        let signed = format!("{head}.{}", encode(&claims));
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(holder.sign(signed.as_bytes())))
    };
    let with = |member: &str, value: Value| {
        let mut claims = presentation.clone();
        claims[member] = value;
        token(claims)
    };
    let found = |token: &str| {
        let report = check(token.as_bytes());
        (report.verdict(), report.checks.last().unwrap().reason.clone())
    };
    let good = with("nonce", json!("n"));
    assert!(matches!(found(&good), (Verdict::Valid, Reason::ProofHolds { .. })), "{:?}", found(&good));
    let (text, _) = good.rsplit_once('.').unwrap();
    let other = with("nonce", json!("m"));
    let forged = format!("{text}.{}", other.rsplit_once('.').unwrap().1);
    assert_eq!(found(&forged), (Verdict::Invalid, Reason::SignatureMismatch));
    assert!(matches!(found(&with("exp", json!(1_767_225_600))), (Verdict::Valid, Reason::Expired { .. })));
    assert!(matches!(found(&with("iss", json!(key().did().to_string()))), (Verdict::Invalid, Reason::NotIssuersKey { .. })));
    assert!(matches!(found(&with("holder", json!("did:web:ada.example"))), (Verdict::Valid, Reason::UnknownKey { .. })));
}
