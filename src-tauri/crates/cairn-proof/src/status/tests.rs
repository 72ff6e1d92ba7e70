//! Lists made here, and those of the fixtures: what counts, and what does not.

use super::*;
use crate::{Material, MaterialKind, Verdict};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{TimeZone as _, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::Write as _;

const ISSUER: &str = "did:web:school.example";
const LIST: &str = "https://school.example/status/1";

fn packed(bytes: &[u8]) -> String {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    URL_SAFE_NO_PAD.encode(gzip.finish().unwrap())
}

/// A list of 16 KiB with these bits set, counted from the first byte's most significant one.
fn list(set: &[usize]) -> Value {
    let mut bytes = vec![0u8; 16 * 1024];
    for bit in set {
        bytes[bit / 8] |= 0x80 >> (bit % 8);
    }
    let subject = json!({"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": format!("u{}", packed(&bytes))});
    json!({"id": LIST, "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": ISSUER, "credentialSubject": subject})
}

fn entry(index: &str) -> Value {
    json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": LIST})
}

fn material(list: &Value, day: u32) -> Material {
    let seen = Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap();
    Material { kind: MaterialKind::StatusList, url: list["id"].as_str().unwrap_or(LIST).into(), bytes: list.to_string().into_bytes(), seen }
}

fn good(_: &[u8]) -> Signed {
    Signed { reason: Reason::CredentialIntact { issuer: ISSUER.into() }, used: Vec::new() }
}

fn asked(entries: Value, materials: &Materials) -> Vec<Reason> {
    let credential = json!({"id": "urn:uuid:1", "credentialStatus": entries});
    check(credential.as_object().unwrap(), (ISSUER, ISSUER), materials, &good).into_iter().map(|status| status.reason).collect()
}

fn ask(entry: Value, list: &Value) -> Reason {
    let mut materials = Materials::new();
    materials.add(material(list, 2));
    asked(entry, &materials).remove(0)
}

fn fault(reason: Reason) -> String {
    match reason {
        Reason::UnusableStatus { fault, .. } => fault,
        other => format!("{other:?}"),
    }
}

#[test]
fn bits_are_counted_from_the_most_significant_one() {
    let list = list(&[0, 9, 131_071]);
    for (index, revoked) in [("0", true), ("1", false), ("7", false), ("8", false), ("9", true), ("14", false), ("131071", true)] {
        let expected = if revoked { Verdict::Revoked } else { Verdict::Valid };
        assert_eq!(ask(entry(index), &list).verdict(), expected, "{index}");
    }
    assert_eq!(fault(ask(entry("131072"), &list)), "the credential's place lies behind its end");
    for index in ["-1", "+1", "1.5", "", "99999999999999999999999"] {
        assert_eq!(fault(ask(entry(index), &list)), "the credential's place in it is no whole number", "{index}");
    }
}

#[test]
fn a_list_that_is_not_at_hand_leaves_the_status_unknown() {
    let reasons = asked(entry("1"), &Materials::new());
    assert_eq!(reasons, [Reason::MissingStatusList { url: LIST.into() }]);
    assert_eq!(reasons[0].verdict(), Verdict::CannotCheck);
    assert!(asked(json!([]), &Materials::new()).is_empty());
    let unknown = asked(json!({"type": "RevocationBitmap2022", "id": "did:x#1"}), &Materials::new());
    assert_eq!(unknown, [Reason::UnknownStatus { kind: "RevocationBitmap2022".into() }]);
}

#[test]
fn a_list_that_does_not_hold_up_is_not_asked() {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut list = list(&[]);
        change(&mut list);
        fault(ask(entry("1"), &list))
    };
    assert_eq!(changed(&|list| list["type"] = json!(["VerifiableCredential"])), "it is not of the type BitstringStatusListCredential");
    assert_eq!(changed(&|list| list["credentialSubject"]["statusPurpose"] = json!("suspension")), "it is not a list of revocation");
    assert_eq!(
        changed(&|list| list["credentialSubject"]["encodedList"] = json!(packed(&[0; 16384]))),
        "its bits are not in multibase base64url"
    );
    assert_eq!(changed(&|list| list["credentialSubject"]["encodedList"] = json!("uH4sIAAA-THIS")), "its bits cannot be inflated");
    let bomb = json!(format!("u{}", packed(&vec![0; 1024 * 1024 + 1])));
    assert_eq!(changed(&|list| list["credentialSubject"]["encodedList"] = bomb.clone()), "it inflates to more than 1 MiB");
    let both = list(&[]);
    let mut twice = both.clone();
    twice["credentialSubject"]["statusPurpose"] = json!(["suspension", "revocation"]);
    assert_eq!(ask(entry("1"), &twice).verdict(), Verdict::Valid, "one of several purposes");
    assert_eq!(fault(ask(json!({"type": "BitstringStatusListEntry"}), &both)), "its status entry names no list");
}

#[test]
fn a_list_whose_signature_or_dates_fail_says_nothing() {
    let mut materials = Materials::new();
    materials.add(material(&list(&[]), 2));
    let credential = json!({"credentialStatus": entry("1")});
    let bad = |_: &[u8]| Signed { reason: Reason::SignatureMismatch, used: Vec::new() };
    let found = check(credential.as_object().unwrap(), (ISSUER, ISSUER), &materials, &bad).remove(0);
    assert_eq!(fault(found.reason), "the text was changed after it was signed");
}

#[test]
fn the_newest_copy_decides_and_every_entry_is_looked_at() {
    let mut materials = Materials::new();
    materials.add(material(&list(&[5]), 9));
    materials.add(material(&list(&[]), 2));
    assert_eq!(asked(entry("5"), &materials)[0].verdict(), Verdict::Revoked);
    let verdicts: Vec<_> = asked(json!([entry("4"), entry("5")]), &materials).iter().map(Reason::verdict).collect();
    assert_eq!(verdicts, [Verdict::Valid, Verdict::Revoked]);
    let suspended = |purpose: &str| {
        let (mut entry, mut list) = (entry("5"), list(&[5]));
        entry["statusPurpose"] = json!(purpose);
        list["credentialSubject"]["statusPurpose"] = json!(purpose);
        ask(entry, &list)
    };
    assert_eq!(suspended("suspension"), Reason::Suspended { issuer: ISSUER.into(), why: None });
    assert!(matches!(suspended("refresh"), Reason::StatusMessage { .. }));
    assert!(fault(suspended("spin")).contains("“spin”"));
}

#[test]
fn a_message_of_several_bits_is_put_into_the_issuers_words() {
    // Entry 2 of three bits: bits 6, 7 and 8.
    let mut list = list(&[6, 8]);
    list["credentialSubject"]["statusPurpose"] = json!("message");
    let mut bytes = vec![0u8; 3 * 16 * 1024];
    (bytes[0], bytes[1]) = (0b0000_0010, 0b1000_0000);
    list["credentialSubject"]["encodedList"] = json!(format!("u{}", packed(&bytes)));
    let mut entry = entry("2");
    entry["statusPurpose"] = json!("message");
    entry["statusSize"] = json!(3);
    entry["statusMessage"] = json!([{"status": "0x0", "message": "pending"}, {"status": "0x5", "message": "under review"}]);
    assert_eq!(ask(entry.clone(), &list), Reason::StatusMessage { message: "under review".into() });
    entry["statusSize"] = json!(0);
    assert!(fault(ask(entry, &list)).contains("between 1 and 32"));
}

#[test]
fn a_list_kept_by_another_is_named_and_counts_only_where_somebody_vouches_for_it() {
    let mut foreign = list(&[5]);
    foreign["issuer"] = json!("did:web:lists.example");
    let keeper = |reason| matches!(reason, Reason::StatusClear { keeper: Some(keeper), .. } if keeper == "did:web:lists.example");
    assert!(keeper(ask(entry("4"), &foreign)));
    let mut materials = Materials::new();
    materials.add_enclosed(material(&foreign, 2));
    let reasons = asked(json!([entry("4"), entry("5")]), &materials);
    assert_eq!(reasons.iter().map(Reason::verdict).collect::<Vec<_>>(), [Verdict::CannotCheck, Verdict::Revoked]);
    let mut own = Materials::new();
    own.add_enclosed(material(&list(&[5]), 2));
    assert_eq!(asked(entry("4"), &own)[0].verdict(), Verdict::Valid);
}

#[test]
fn a_list_that_moved_is_known_by_its_long_name_alone() {
    let moved = |name: &str| {
        let (mut entry, mut list) = (entry("4"), list(&[]));
        entry["statusListCredential"] = json!(format!("https://old.example/{name}"));
        list["id"] = json!(format!("https://new.example/lists/{name}"));
        ask(entry, &list).verdict()
    };
    assert_eq!(moved("e5WK8CbZ1GjycuPombrj"), Verdict::Valid);
    assert_eq!(moved("3"), Verdict::CannotCheck);
}

#[test]
fn the_older_standard_and_1edtechs_list_are_read() {
    let mut list = list(&[3]);
    list["type"] = json!(["VerifiableCredential", "StatusList2021Credential"]);
    list["credentialSubject"]["type"] = json!("StatusList2021");
    let bits = list["credentialSubject"]["encodedList"].as_str().unwrap()[1..].to_owned();
    list["credentialSubject"]["encodedList"] = json!(bits);
    let mut entry = entry("3");
    entry["type"] = json!("StatusList2021Entry");
    assert_eq!(ask(entry.clone(), &list).verdict(), Verdict::Revoked);
    // In the standard's other alphabet: this one is written with `_` or `-` in the first.
    let mut bytes: Vec<u8> = (0u32..16 * 1024).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    bytes[0] |= 0x10;
    let url_safe = packed(&bytes);
    assert!(url_safe.contains(['_', '-']));
    list["credentialSubject"]["encodedList"] = json!(format!("{}==", url_safe.replace('_', "/").replace('-', "+")));
    assert_eq!(ask(entry, &list).verdict(), Verdict::Revoked);

    let entry = json!({"id": LIST, "type": "1EdTechRevocationList"});
    let revoked = |id: &str| json!({"id": LIST, "issuer": ISSUER, "revokedCredential": [{"id": id, "revoked": true}]});
    assert_eq!(ask(entry.clone(), &revoked("urn:uuid:1")).verdict(), Verdict::Revoked);
    assert_eq!(ask(entry.clone(), &revoked("urn:uuid:2")).verdict(), Verdict::Valid);
    let empty = json!({"id": LIST, "issuer": ISSUER});
    assert_eq!(ask(entry.clone(), &empty).verdict(), Verdict::Valid, "nobody was taken back");
    let mut nameless = Materials::new();
    let bytes = json!({"issuer": ISSUER}).to_string().into_bytes();
    nameless.add(Material { bytes, ..material(&empty, 2) });
    assert!(fault(asked(entry.clone(), &nameless).remove(0)).contains("lists nothing"));
    let mut foreign = revoked("urn:uuid:2");
    foreign["issuer"] = json!("did:web:evil.example");
    assert!(fault(ask(entry, &foreign)).contains("not by the issuer"));
}

#[test]
fn the_fixtures_lists_hold_the_bits_that_were_measured() {
    let Some(folder) = crate::vectors::folder("dcc-vc-test-fixtures/statusLists/didkey-ed25519Signature2020") else { return };
    let look = |name: &str, index: &str| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let mut materials = Materials::new();
        let material = Material::from_bytes(bytes, Utc::now()).unwrap();
        let mut entry = entry(index);
        entry["statusListCredential"] = json!(material.url);
        materials.add(material);
        asked(entry, &materials).remove(0)
    };
    assert_eq!(look("e5WK8CbZ1GjycuPombrj", "7").verdict(), Verdict::Valid);
    assert_eq!(look("e5WK8CbZ1GjycuPombrj", "6").verdict(), Verdict::Revoked);
    assert_eq!(look("e5WK8CbZ1GjycuPombrj", "8").verdict(), Verdict::Revoked);
    assert_eq!(look("missingBitStringType", "7").verdict(), Verdict::CannotCheck);
    assert_eq!(look("tampered", "7").verdict(), Verdict::CannotCheck);
}
