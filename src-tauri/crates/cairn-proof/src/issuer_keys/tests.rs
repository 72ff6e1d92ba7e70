//! Whose key it is: the issuer's own, one they list, one they withdrew, and everybody else's.

use super::*;
use crate::{Material, SigningKey};
use chrono::TimeZone as _;
use serde_json::json;

const SCHOOL: &str = "did:web:school.example";
const PORTAL: &str = "https://school.example/issuers/1";

fn on(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap()
}

fn multikey(seed: u8) -> String {
    SigningKey::from_seed(&[seed; 32]).did().to_multikey()
}

fn key(seed: u8) -> PublicKey {
    PublicKey::from_multikey(&multikey(seed)).unwrap()
}

fn jwk(seed: u8, kid: &str) -> Value {
    let PublicKey::Ed25519(key) = key(seed) else { panic!() };
    json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(key.as_bytes()), "kid": kid})
}

fn method(owner: &str, name: &str, seed: u8) -> Value {
    json!({"id": format!("{owner}#{name}"), "type": "Multikey", "controller": owner, "publicKeyMultibase": multikey(seed)})
}

fn at_hand(documents: &[(&str, u32, Value)]) -> Materials {
    let mut materials = Materials::new();
    for (url, day, document) in documents {
        let bytes = document.to_string().into_bytes();
        materials.add(Material { kind: crate::MaterialKind::KeyDocument, url: (*url).into(), bytes, seen: on(*day) });
    }
    materials
}

fn keys(materials: &Materials, issuer: &str, method: &str) -> Result<Vec<PublicKey>, Reason> {
    Ok(find(materials, issuer, method, on(20))?.into_iter().map(|found| found.key).collect())
}

fn with(mut value: Value, member: &str, new: Value) -> Value {
    value[member] = new;
    value
}

#[test]
fn a_did_that_is_a_key_answers_for_itself_and_for_no_other() {
    let none = Materials::new();
    let (did, other) = (format!("did:key:{}", multikey(1)), format!("did:key:{}", multikey(2)));
    assert_eq!(keys(&none, &did, &format!("{did}#{}", multikey(1))), Ok(vec![key(1)]));
    assert!(matches!(keys(&none, &did, &format!("{did}#{}", multikey(2))), Err(Reason::BrokenKey { .. })), "key in the fragment");
    assert!(matches!(keys(&none, &did, &did), Err(Reason::BrokenKey { .. })), "no fragment");
    assert!(matches!(keys(&none, &did, &format!("{other}#{}", multikey(2))), Err(Reason::NotIssuersKey { .. })));
    let named = format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(jwk(3, "x").to_string()));
    assert_eq!(keys(&none, &named, &format!("{named}#0")), Ok(vec![key(3)]));
    assert!(matches!(keys(&none, &named, &format!("{named}#1")), Err(Reason::BrokenKey { .. })));
    // P-521: whoever knows it may find the signature in order.
    let p521 = crate::multibase::base58btc(&[&[0x82, 0x24, 2][..], &[1; 66]].concat());
    let unknown = keys(&none, &format!("did:key:{p521}"), &format!("did:key:{p521}#{p521}"));
    assert!(matches!(unknown, Err(Reason::UnsupportedSuite { .. })), "{unknown:?}");
    let p256 = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";
    assert!(keys(&none, &format!("did:key:{p256}"), &format!("did:key:{p256}#{p256}")).is_ok());
}

#[test]
fn an_issuer_on_the_web_needs_a_document_that_lists_the_key_for_claims() {
    let wanted = format!("{SCHOOL}#k");
    assert_eq!(keys(&Materials::new(), SCHOOL, &wanted), Err(Reason::UnknownKey { issuer: SCHOOL.into() }));
    let good = method(SCHOOL, "k", 1);
    let given = |document: Value| keys(&at_hand(&[(SCHOOL, 5, document)]), SCHOOL, &wanted);
    assert_eq!(given(json!({"id": SCHOOL, "assertionMethod": [good]})), Ok(vec![key(1)]), "embedded");
    let referenced = json!({"id": SCHOOL, "verificationMethod": [good], "assertionMethod": [wanted]});
    assert_eq!(given(referenced), Ok(vec![key(1)]));
    let relative = with(good.clone(), "id", json!("#k"));
    assert_eq!(given(json!({"id": SCHOOL, "verificationMethod": [relative], "assertionMethod": ["#k"]})), Ok(vec![key(1)]));
    for (purpose, document) in [
        ("none", json!({"id": SCHOOL, "verificationMethod": [good]})),
        ("logging in", json!({"id": SCHOOL, "verificationMethod": [good], "authentication": [wanted], "assertionMethod": []})),
    ] {
        assert!(matches!(given(document), Err(Reason::KeyNotListed { .. })), "{purpose}");
    }
    let foreign = with(good.clone(), "controller", json!("did:web:other.example"));
    assert!(matches!(given(json!({"id": SCHOOL, "assertionMethod": [foreign]})), Err(Reason::NotIssuersKey { .. })));
    let other = json!({"id": "did:web:other.example", "assertionMethod": [good]});
    assert!(matches!(given(other), Err(Reason::BrokenKeyDocument { .. })));
    let older = with(good.clone(), "type", json!("Ed25519VerificationKey2018"));
    assert!(matches!(given(json!({"id": SCHOOL, "assertionMethod": [older]})), Err(Reason::UnsupportedSuite { .. })));
    let other_curve = with(good.clone(), "type", json!("EcdsaSecp256r1VerificationKey2019"));
    assert!(matches!(given(json!({"id": SCHOOL, "assertionMethod": [other_curve]})), Err(Reason::BrokenKey { .. })));
    let secret = with(good, "secretKeyMultibase", json!("z1"));
    assert!(matches!(given(json!({"id": SCHOOL, "assertionMethod": [secret]})), Err(Reason::BrokenKey { .. })));
}

#[test]
fn a_key_that_was_withdrawn_before_the_signature_does_not_count_and_no_older_copy_brings_it_back() {
    let wanted = format!("{SCHOOL}#k");
    let document = |end: Option<(&str, u32)>| {
        let method = method(SCHOOL, "k", 1);
        let method = end.map_or(method.clone(), |(member, day)| with(method, member, date::format(on(day)).into()));
        json!({"id": SCHOOL, "assertionMethod": [method]})
    };
    let copies = |end| at_hand(&[(SCHOOL, 2, document(None)), (SCHOOL, 25, document(Some(end)))]);
    for member in ["revoked", "expires"] {
        assert!(matches!(keys(&copies((member, 19)), SCHOOL, &wanted), Err(Reason::KeyWithdrawn { .. })));
        assert_eq!(keys(&copies((member, 21)), SCHOOL, &wanted), Ok(vec![key(1)]));
    }
}

#[test]
fn an_older_copy_still_knows_a_key_that_the_newest_forgot_and_is_named() {
    let document = |name, seed| json!({"id": SCHOOL, "assertionMethod": [method(SCHOOL, name, seed)]});
    let materials = at_hand(&[(SCHOOL, 2, document("old", 1)), (SCHOOL, 9, document("new", 2))]);
    let found = find(&materials, SCHOOL, &format!("{SCHOOL}#old"), on(1)).unwrap();
    assert_eq!(found[0].used.as_ref().unwrap().seen, "2026-01-02T00:00:00Z");
    let never = keys(&materials, SCHOOL, &format!("{SCHOOL}#never"));
    assert!(matches!(never, Err(Reason::KeyNotListed { seen, .. }) if seen == "2026-01-09T00:00:00Z"));
    // One name, another key since: both are to be tried, the newest first.
    let renewed = at_hand(&[(SCHOOL, 2, document("k", 1)), (SCHOOL, 9, document("k", 2))]);
    assert_eq!(keys(&renewed, SCHOOL, &format!("{SCHOOL}#k")), Ok(vec![key(2), key(1)]));
}

#[test]
fn a_portal_lists_its_keys_in_a_profile_or_a_set() {
    let profile = json!({"id": PORTAL, "type": "Profile", "verificationMethod": [method(PORTAL, "k", 1)]});
    assert_eq!(keys(&at_hand(&[(PORTAL, 5, profile)]), PORTAL, &format!("{PORTAL}#k")), Ok(vec![key(1)]));
    let set = json!({"keys": [jwk(1, "a"), jwk(2, "b"), {"kty": "oct", "k": "AA", "kid": "c"}]});
    let materials = at_hand(&[(PORTAL, 5, set.clone())]);
    assert_eq!(keys(&materials, PORTAL, "b"), Ok(vec![key(2)]));
    assert_eq!(keys(&materials, PORTAL, &format!("{PORTAL}#b")), Ok(vec![key(2)]));
    assert!(matches!(keys(&materials, PORTAL, "d"), Err(Reason::KeyNotListed { .. })));
    assert_eq!(all(&materials, PORTAL, on(20)).unwrap().len(), 2);
    let own = format!("did:key:{}", multikey(7));
    let listed = json!({"id": PORTAL, "assertionMethod": [format!("{own}#{}", multikey(7))]});
    assert_eq!(keys(&at_hand(&[(PORTAL, 5, listed)]), PORTAL, &format!("{own}#{}", multikey(7))), Ok(vec![key(7)]));
}

#[test]
fn a_key_at_its_own_address_counts_at_the_issuers_origin_or_where_the_issuer_names_it() {
    let near = "https://school.example/keys/1";
    assert_eq!(keys(&at_hand(&[(near, 5, jwk(1, near))]), PORTAL, near), Ok(vec![key(1)]));
    let near_did = keys(&at_hand(&[(near, 5, jwk(1, near)), (SCHOOL, 5, json!({"id": SCHOOL}))]), SCHOOL, near);
    assert_eq!(near_did, Ok(vec![key(1)]));
    for far in [
        "https://evil.example/keys/1",
        "https://school.example.evil.example/k",
        "https://school.example@evil.example/k",
        "http://school.example/k",
    ] {
        let result = keys(&at_hand(&[(far, 5, jwk(1, far))]), PORTAL, far);
        assert_eq!(result, Err(Reason::UnknownKey { issuer: PORTAL.into() }), "{far}");
    }
    let far = "https://keys.example/jwks.json";
    let profile = json!({"id": PORTAL, "type": "Profile", "jwks_uri": far});
    let materials = at_hand(&[(PORTAL, 5, profile), (far, 5, json!({"keys": [jwk(4, "s")]}))]);
    assert_eq!(keys(&materials, PORTAL, &format!("{far}#s")), Ok(vec![key(4)]));
}

#[test]
fn a_document_that_cannot_be_read_hides_no_older_one() {
    let mut materials = at_hand(&[(SCHOOL, 2, json!({"id": SCHOOL, "assertionMethod": [method(SCHOOL, "k", 1)]}))]);
    let broken = br#"{"id": 1, "id": 2}"#.to_vec();
    materials.add(Material { kind: crate::MaterialKind::KeyDocument, url: SCHOOL.into(), bytes: broken, seen: on(9) });
    assert_eq!(keys(&materials, SCHOOL, &format!("{SCHOOL}#k")), Ok(vec![key(1)]));
    assert!(matches!(keys(&materials, SCHOOL, &format!("{SCHOOL}#other")), Err(Reason::BrokenKeyDocument { .. })));
}

#[test]
fn the_fixtures_dids_give_their_keys() {
    let Some(folder) = crate::vectors::folder("dcc-vc-test-fixtures/dids") else { return };
    for name in ["legacy", "oidf"] {
        let bytes = std::fs::read(folder.join(name).join("did.json")).unwrap();
        let mut materials = Materials::new();
        materials.add(Material::from_bytes(bytes, on(1)).unwrap());
        let did = format!("did:web:digitalcredentials.github.io:vc-test-fixtures:dids:{name}");
        let method = format!("{did}#z6MkjXe1vZvPRqFuc9nRBtZ3e1Y9XKDFSbjFAfzLfW2bD6cZ");
        assert_eq!(find(&materials, &did, &method, on(2)).unwrap().len(), 1);
    }
}
