//! A packet with everything in it: credentials of others, copies of keys, verdicts, lines. Each part has its own verdict,
//! the same on every machine.

use crate::sample::{PACKET, attachments, check, claims, key, now, unpack, with_file, with_manifest};
use cairn_proof::eddsa_jcs_2022::create_proof;
use cairn_proof::packet::{self, Contents, DatedVerdict, Enclosed, EntryName, Line, PacketError, Provenance, ReadError, VERIFY_PAGE};
use cairn_proof::{Material, MaterialKind, Materials, Part, Reason, Recorded, Report, SigningKey, Verdict, verify, verify_bytes};
use chrono::{Duration, TimeZone as _, Utc};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};
use std::ops::ControlFlow;

const SCHOOL: &str = "did:web:school.example";

/// A credential by `issuer`, signed with `signer`'s key under `method`.
fn credential(issuer: &str, method: &str, signer: &SigningKey, members: Value) -> Vec<u8> {
    let mut credential = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": {"id": issuer, "name": "Example School"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "urn:uuid:00000000-0000-0000-0000-000000000001"}
    });
    let object = credential.as_object_mut().unwrap();
    object.extend(members.as_object().unwrap().clone());
    let options = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
        "created": "2026-01-01T00:00:00Z"
    });
    let proof = create_proof(object, options.as_object().unwrap().clone(), signer).unwrap();
    object.insert("proof".into(), proof);
    serde_json::to_vec_pretty(&credential).unwrap()
}

fn school() -> SigningKey {
    SigningKey::from_seed(&[3; 32])
}

fn by_key(members: Value) -> Vec<u8> {
    let did = school().did();
    credential(&did.to_string(), &did.verification_method(), &school(), members)
}

fn by_web() -> Vec<u8> {
    credential(SCHOOL, &format!("{SCHOOL}#key-1"), &school(), json!({}))
}

/// The school's DID document with `key` in it.
fn document(key: &SigningKey) -> Material {
    let method =
        json!({"id": format!("{SCHOOL}#key-1"), "type": "Multikey", "controller": SCHOOL, "publicKeyMultibase": key.did().to_multikey()});
    let document = json!({"@context": ["https://www.w3.org/ns/did/v1"], "id": SCHOOL, "verificationMethod": [method], "assertionMethod": [format!("{SCHOOL}#key-1")]});
    let seen = Utc.with_ymd_and_hms(2026, 2, 1, 8, 0, 0).unwrap();
    Material { kind: MaterialKind::KeyDocument, url: SCHOOL.into(), bytes: serde_json::to_vec(&document).unwrap(), seen }
}

fn enclosed(name: &str, bytes: Vec<u8>) -> Enclosed {
    Enclosed { name: name.into(), bytes, verdicts: Vec::new() }
}

fn line(text: &str, provenance: Provenance, file: Option<&str>) -> Line {
    Line { text: text.into(), provenance, by: Some("Somebody".into()), file: file.map(str::to_owned) }
}

fn complete() -> Contents<'static> {
    let mut first = enclosed("Data analysis.json", by_key(json!({})));
    first.verdicts.push(DatedVerdict::from(&verify_bytes("x", &first.bytes, &Materials::new(), now())));
    let expired = by_key(json!({"validUntil": "2026-02-01T00:00:00Z"}));
    let own = credential(&key().did().to_string(), &key().did().verification_method(), &key(), json!({}));
    Contents {
        credentials: vec![first, enclosed("First aid", expired), enclosed("Statistik für alle", by_web())],
        self_issued: vec![enclosed("SQL", own.clone())],
        endorsements: vec![enclosed("By a colleague", by_key(json!({"name": "Reliable"})))],
        materials: vec![document(&school())],
        key_history: Some(b"[]".to_vec()),
        lines: vec![
            line("Data analysis", Provenance::IssuerSigned, Some("credentials/01-Data-analysis.json")),
            line("First aid", Provenance::IssuerSigned, Some("credentials/02-First-aid.json")),
            line("SQL, signed by myself", Provenance::IssuerSigned, Some("self-issued/01-SQL.json")),
            line("SQL", Provenance::SelfSigned, Some("self-issued/01-SQL.json")),
            line("Led a team", Provenance::SelfSigned, None),
            line("Made up", Provenance::IssuerSigned, Some("credentials/99-none.json")),
            line("Likes\u{202e} hills", Provenance::Unsigned, None),
        ],
        attachments: attachments(),
        ..Contents::new(claims())
    }
}

fn written(contents: Contents<'_>) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    packet::write(contents, &key(), now(), &mut out, &mut |_| ControlFlow::Continue(())).unwrap();
    out.into_inner()
}

fn verdicts(report: &Report) -> Vec<(&str, Verdict)> {
    report.inside.iter().map(|inside| (inside.file.as_str(), inside.verdict())).collect()
}

#[test]
fn everything_stands_in_its_place_byte_for_byte() {
    let files = unpack(&written(complete()));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "credentials/01-Data-analysis.json",
            "credentials/02-First-aid.json",
            "credentials/03-Statistik-für-alle.json",
            "endorsements/01-By-a-colleague.json",
            "evidence/1-photo.png",
            "evidence/2-empty.txt",
            "key-history.json",
            "lines.json",
            "materials/index.json",
            "materials/keys/01.json",
            "resume.json",
            "resume.pdf",
            "self-issued/01-SQL.json",
            "verdicts.json",
            "verify.html",
            "manifest.json",
        ]
    );
    let content = |name: &str| files.iter().find(|(other, _)| other == name).unwrap().1.clone();
    assert_eq!(content("credentials/01-Data-analysis.json"), by_key(json!({})));
    assert_eq!(content("verify.html"), VERIFY_PAGE.as_bytes());
    let index: Value = serde_json::from_slice(&content("materials/index.json")).unwrap();
    let row = json!({"kind": "key-document", "url": SCHOOL, "seen": "2026-02-01T08:00:00Z", "file": "materials/keys/01.json"});
    assert_eq!(index, json!([row]));
    let verdicts: Value = serde_json::from_slice(&content("verdicts.json")).unwrap();
    assert_eq!(verdicts[0]["file"], "credentials/01-Data-analysis.json");
    assert_eq!(verdicts[0]["verdict"], "valid");
    assert_eq!(verdicts[0]["checked_at"], "2026-03-22T12:00:00Z");
}

#[test]
fn the_same_contents_give_the_same_bytes_in_whatever_order_copies_were_collected() {
    let other = |seen: i64| {
        let mut copy = document(&school());
        copy.seen += Duration::days(seen);
        copy
    };
    let with = |materials: Vec<Material>| written(Contents { materials, ..complete() });
    assert!(with(vec![other(0), other(1), other(2)]) == with(vec![other(2), other(0), other(1), other(0)]));
}

#[test]
fn each_credential_inside_has_its_own_verdict_and_the_packet_stays_intact() {
    let report = check(&written(complete()));
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
    assert_eq!(
        verdicts(&report),
        [
            ("credentials/01-Data-analysis.json", Verdict::Valid),
            ("credentials/02-First-aid.json", Verdict::Expired),
            ("credentials/03-Statistik-für-alle.json", Verdict::Valid),
            ("endorsements/01-By-a-colleague.json", Verdict::Valid),
            ("self-issued/01-SQL.json", Verdict::Valid),
        ]
    );
    let by_copy = &report.inside[2];
    assert_eq!(by_copy.used.len(), 1, "{by_copy:?}");
    assert_eq!((by_copy.used[0].url.as_str(), by_copy.used[0].seen.as_str()), (SCHOOL, "2026-02-01T08:00:00Z"));
    let recorded = Recorded { verdict: Verdict::Valid, checked_at: "2026-03-22T12:00:00Z".into() };
    assert_eq!((&report.inside[0].recorded, &report.inside[1].recorded), (&Some(recorded), &None));
}

/// Anybody can make a key, write a document that gives it to a school, and pack both.
#[test]
fn a_key_document_that_only_the_packet_brings_never_shows_a_credential_as_plainly_proven() {
    let lines = vec![
        line("Statistics", Provenance::IssuerSigned, Some("credentials/03-Statistik-für-alle.json")),
        line("Data analysis", Provenance::IssuerSigned, Some("credentials/01-Data-analysis.json")),
    ];
    let bytes = written(Contents { lines, ..complete() });
    let forged = check(&bytes);
    let by_copy = Reason::CredentialByCopy { issuer: "Example School".into(), id: SCHOOL.into(), seen: "2026-02-01T08:00:00Z".into() };
    assert_eq!(forged.inside[2].reason, by_copy);
    assert!(by_copy.sentence().contains("by the copy of did:web:school.example's keys that came in this packet"));
    assert!(forged.inside[2].used[0].enclosed);
    let key = forged.inside[2].checks.iter().find(|check| check.part == Part::Key).unwrap();
    assert!(matches!(key.reason, Reason::KeyListed { enclosed: true, .. }), "{key:?}");
    assert!(matches!(forged.inside[0].reason, Reason::CredentialIntact { .. }), "a key that is its own name needs no copy");
    assert_eq!(forged.lines.iter().map(|line| line.by_copy).collect::<Vec<_>>(), [true, false]);

    // With a document that the verifier has from the issuer, the same is plainly proven.
    let mut at_hand = Materials::new();
    at_hand.add(document(&school()));
    let known = verify("x", Cursor::new(&bytes), &at_hand, now(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(matches!(known.inside[2].reason, Reason::CredentialIntact { .. }));
    assert_eq!((known.inside[2].used[0].enclosed, known.lines[0].by_copy), (false, false));
}

/// Nothing in a hosted badge is signed: whoever packs it could write all of its documents.
#[test]
fn a_hosted_badge_with_documents_that_only_the_packet_brings_is_not_valid() {
    let at = |path: &str| format!("https://badges.school.example/{path}");
    let context = "https://w3id.org/openbadges/v2";
    let profile =
        json!({"@context": context, "type": "Issuer", "id": at("issuer"), "name": "School", "url": at(""), "email": "a@school.example"});
    let class = json!({"@context": context, "type": "BadgeClass", "id": at("class"), "name": "Bread", "description": "Bakes.",
        "image": at("1.png"), "criteria": {"narrative": "Baked."}, "issuer": at("issuer")});
    let assertion = json!({"@context": context, "type": "Assertion", "id": at("1"), "badge": at("class"), "issuedOn": "2026-01-01T00:00:00Z",
        "recipient": {"type": "email", "hashed": false, "identity": "eve@example.org"}, "verification": {"type": "HostedBadge"}});
    let seen = Utc.with_ymd_and_hms(2026, 2, 1, 8, 0, 0).unwrap();
    let material = |document: &Value| Material::from_bytes(document.to_string().into_bytes(), seen).unwrap();
    let materials: Vec<Material> = [&assertion, &class, &profile].map(material).into();
    let mut badge = enclosed("Bread", assertion.to_string().into_bytes());
    let mut at_hand = Materials::new();
    materials.iter().for_each(|material| at_hand.add(material.clone()));
    badge.verdicts.push(DatedVerdict::from(&verify_bytes("x", &badge.bytes, &at_hand, now())));
    assert_eq!(badge.verdicts[0].verdict, Verdict::Valid);

    let lines = vec![line("Bread", Provenance::IssuerSigned, Some("credentials/01-Bread.json"))];
    let bytes = written(Contents { credentials: vec![badge], materials, lines, ..Contents::new(claims()) });
    let report = check(&bytes);
    assert_eq!(report.inside[0].reason, Reason::HostedUnseen { url: at("1") });
    assert_eq!(report.lines[0].verdict, Some(Verdict::CannotCheck));
    let recorded = Recorded { verdict: Verdict::Valid, checked_at: "2026-03-22T12:00:00Z".into() };
    assert_eq!(report.inside[0].recorded, Some(recorded), "what the owner found stands beside it");
    let known = verify("x", Cursor::new(&bytes), &at_hand, now(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(known.inside[0].verdict(), Verdict::Valid, "{:?}", known.inside[0]);
}

/// The list of an issuer is as good as its signature; a plain one could be anybody's.
#[test]
fn a_status_list_that_only_the_packet_brings_counts_where_its_issuer_signed_it() {
    let url = "https://school.example/revoked";
    let status = json!({"id": "urn:uuid:7", "credentialStatus": {"id": url, "type": "1EdTechRevocationList"}});
    let did = school().did().to_string();
    let listing = |revoked: &str| json!({"id": url, "type": "1EdTechRevocationList", "issuer": did, "revokedCredentials": [{"id": revoked, "revoked": true}]});
    let verdict = |list: Value| {
        let material = Material { kind: MaterialKind::StatusList, url: url.into(), bytes: list.to_string().into_bytes(), seen: now() };
        let credentials = vec![enclosed("Bread", by_key(status.clone()))];
        check(&written(Contents { credentials, materials: vec![material], ..Contents::new(claims()) })).inside[0].reason.clone()
    };
    assert!(matches!(verdict(listing("urn:uuid:8")), Reason::UnusableStatus { fault, .. } if fault.contains("nobody signed it")));
    assert_eq!(verdict(listing("urn:uuid:7")).verdict(), Verdict::Revoked, "nobody forges a list against themselves");
}

#[test]
fn a_changed_credential_makes_the_packet_invalid_and_has_no_verdict_to_mislead() {
    let bytes = with_file(&written(complete()), "credentials/01-Data-analysis.json", |content| content.push(b' '));
    let report = check(&bytes);
    assert_eq!((report.verdict(), report.changed.as_slice()), (Verdict::Invalid, &["credentials/01-Data-analysis.json".to_owned()][..]));
    assert_eq!(report.inside[0].verdict(), Verdict::Invalid);
    assert!(report.lines.is_empty());
    let bytes = with_file(&written(complete()), "materials/keys/01.json", |content| content.push(b' '));
    let report = check(&bytes);
    assert_eq!(report.changed, ["materials/keys/01.json"]);
    assert_eq!(report.inside[2].verdict(), Verdict::CannotCheck, "a copy that was changed counts for nothing");
}

#[test]
fn a_line_is_backed_only_by_what_really_backs_it() {
    let report = check(&written(complete()));
    let told: Vec<_> = report.lines.iter().map(|line| (line.text.as_str(), line.by.as_deref(), line.verdict)).collect();
    assert_eq!(
        told,
        [
            ("Data analysis", Some("Example School"), Some(Verdict::Valid)),
            ("First aid", Some("Example School"), Some(Verdict::Expired)),
            ("SQL, signed by myself", Some("Example School"), Some(Verdict::CannotCheck)),
            ("SQL", Some("Example School"), Some(Verdict::Valid)),
            ("Led a team", Some("Somebody"), Some(Verdict::Valid)),
            ("Made up", Some("Somebody"), Some(Verdict::CannotCheck)),
            ("Likes  hills", Some("Somebody"), None),
        ]
    );
    let changed = with_manifest(&written(complete()), |manifest| drop(manifest.insert("name".into(), "x".into())));
    assert!(check(&changed).lines.is_empty());
}

#[test]
fn an_own_credential_among_those_of_others_backs_no_issuers_line() {
    let own = credential(&key().did().to_string(), &key().did().verification_method(), &key(), json!({}));
    let lines = vec![line("Degree", Provenance::IssuerSigned, Some("credentials/01-Degree.json"))];
    let report = check(&written(Contents { credentials: vec![enclosed("Degree", own)], lines, ..Contents::new(claims()) }));
    assert_eq!(report.inside[0].verdict(), Verdict::Valid);
    assert_eq!(report.lines[0].verdict, Some(Verdict::CannotCheck));
}

#[test]
fn what_the_verifier_has_at_hand_goes_before_what_the_packet_brings() {
    let bytes = written(complete());
    let mut at_hand = Materials::new();
    at_hand.add(document(&SigningKey::from_seed(&[4; 32])));
    let report = verify("x", Cursor::new(&bytes), &at_hand, now(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(report.verdict(), Verdict::Valid);
    assert_eq!(report.inside[2].verdict(), Verdict::Invalid, "the owner's copy names another key: {:?}", report.inside[2]);
}

#[test]
fn an_archive_among_the_credentials_is_not_opened() {
    let packet = written(Contents::new(claims()));
    let report = check(&written(Contents { credentials: vec![enclosed("Another", packet)], ..Contents::new(claims()) }));
    assert_eq!((report.verdict(), report.inside[0].verdict()), (Verdict::Valid, Verdict::CannotCheck));
}

#[test]
fn a_name_that_the_packet_takes_for_itself_is_refused() {
    let clash = crate::sample::attachment(EntryName::new("Verify.HTML").unwrap(), "text/html", b"x");
    let contents = Contents { attachments: vec![clash], ..Contents::new(claims()) };
    let refused = packet::write(contents, &key(), now(), Cursor::new(Vec::new()), &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(PacketError::DuplicateName(_))));
}

#[test]
fn a_packet_opens_read_only_and_gives_each_file_as_it_was_signed() {
    let bytes = written(complete());
    let mut opened = packet::read(Cursor::new(&bytes)).unwrap();
    assert_eq!(opened.manifest()["id"], PACKET.credential());
    assert_eq!(opened.files().len(), 15);
    let name = EntryName::new("resume.json").unwrap();
    let mut text = String::new();
    opened.file(&name).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, r#"{"basics":{"name":"Ada"}}"#);
    assert!(matches!(opened.file(&EntryName::new("other").unwrap()).err(), Some(ReadError::NotBound(_))));

    let bytes = with_file(&bytes, "resume.json", |content| content[0] = b'[');
    let mut opened = packet::read(Cursor::new(&bytes)).unwrap();
    let failed = opened.file(&name).unwrap().read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(failed.kind(), std::io::ErrorKind::InvalidData);
    assert!(matches!(packet::read(Cursor::new(b"PK")).err(), Some(ReadError::Refused(_))));
}

/// A document with files attached, as typesetters write them.
fn pdf(attachments: &[&[u8]]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n".to_vec();
    for (number, bytes) in attachments.iter().enumerate() {
        let head = format!("{} 0 obj\n<</Type /EmbeddedFile /Length {}>>\nstream\n", number + 2, bytes.len());
        pdf.extend([head.as_bytes(), bytes, b"\nendstream\nendobj\n"].concat());
    }
    pdf
}

#[test]
fn a_resume_says_who_signed_the_packet_it_carries_and_that_its_own_page_is_not_signed() {
    let bytes = written(Contents { page: false, ..complete() });
    let report = check(&pdf(&[br#"{"basics":{"name":"Ada"}}"#, &bytes]));
    assert!(matches!(report.reason, Reason::PacketInside { .. }), "{:?}", report.reason);
    assert!(report.reason.sentence().ends_with("The page around the packet is not itself signed."));
    assert_eq!((report.issuer.unwrap().id, report.lines.len()), (key().did().to_string(), 7));
    assert_eq!(report.inside[0].inside.len(), 5);

    let changed = with_file(&bytes, "resume.json", |content| content.push(b' '));
    let report = check(&pdf(&[&changed]));
    assert_eq!((report.verdict(), report.lines.len()), (Verdict::Invalid, 0));
}
