//! Hosted and signed badges made here, and what is done to them.

use super::*;
use crate::{Material, Verdict};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeZone as _;
use serde_json::json;

const ASSERTION: &str = "https://badges.example/assertions/1";
const CLASS: &str = "https://badges.example/classes/1";
const ISSUER: &str = "https://badges.example/issuer";
const KEY: &str = "https://badges.example/key/1";
const REVOKED: &str = "https://badges.example/revoked";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 22, 12, 0, 0).unwrap()
}

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION, "badge": CLASS,
        "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"},
        "issuedOn": "2026-01-01T00:00:00+00:00", "verification": {"type": "hosted"}
    })
}

fn class() -> Value {
    json!({"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": CLASS, "name": "Bread", "issuer": ISSUER})
}

fn profile() -> Value {
    json!({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": ISSUER, "name": "School of Bread"})
}

fn at_hand(documents: &[Value]) -> Materials {
    let mut materials = Materials::new();
    for document in documents {
        materials.add(Material::from_bytes(document.to_string().into_bytes(), now()).unwrap());
    }
    materials
}

fn with(mut value: Value, member: &str, new: Value) -> Value {
    value[member] = new;
    value
}

fn hosted(assertion: &Value, documents: &[Value]) -> Reason {
    check(None, assertion.as_object().unwrap(), &at_hand(documents), now()).reason
}

#[test]
fn a_hosted_badge_is_what_its_address_said() {
    let seen = [assertion(), class(), profile()];
    let reason = hosted(&assertion(), &seen);
    let expected = Reason::HostedAsSeen { url: ASSERTION.into(), issuer: "School of Bread".into(), seen: "2026-03-22T12:00:00Z".into() };
    assert_eq!((reason.verdict(), reason), (Verdict::Valid, expected));
    let nulls = with(assertion(), "narrative", Value::Null);
    assert_eq!(hosted(&nulls, &seen).verdict(), Verdict::Valid, "null says nothing");
    let embedded = with(assertion(), "badge", with(class(), "issuer", profile()));
    assert_eq!(hosted(&embedded, &[embedded.clone(), profile()]).verdict(), Verdict::Valid);
}

#[test]
fn a_hosted_badge_without_a_copy_of_what_its_address_said_cannot_be_checked() {
    for (missing, given) in
        [(ASSERTION, vec![class(), profile()]), (CLASS, vec![assertion(), profile()]), (ISSUER, vec![assertion(), class()])]
    {
        assert_eq!(hosted(&assertion(), &given), Reason::HostedUnseen { url: missing.into() });
    }
    // All that somebody embeds in a badge of their own making vouches for nobody.
    let embedded = with(assertion(), "badge", with(class(), "issuer", profile()));
    assert_eq!(hosted(&embedded, &[]), Reason::HostedUnseen { url: ASSERTION.into() });
    let mut enclosed = Materials::new();
    for document in [assertion(), class(), profile()] {
        enclosed.add_enclosed(Material::from_bytes(document.to_string().into_bytes(), now()).unwrap());
    }
    let badge = assertion();
    assert_eq!(check(None, badge.as_object().unwrap(), &enclosed, now()).reason.verdict(), Verdict::CannotCheck);
}

#[test]
fn a_changed_revoked_expired_or_early_hosted_badge_is_told_apart() {
    let seen = [assertion(), class(), profile()];
    let changed = with(assertion(), "recipient", json!({"type": "email", "hashed": false, "identity": "eve@example.org"}));
    assert_eq!(hosted(&changed, &seen), Reason::HostedDiffers { url: ASSERTION.into(), seen: "2026-03-22T12:00:00Z".into() });
    let revoked = json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION, "revoked": true});
    assert_eq!(hosted(&assertion(), &[revoked, class(), profile()]).verdict(), Verdict::Revoked);
    let verdict = |member: &str, date: &str| {
        let badge = with(assertion(), member, json!(date));
        hosted(&badge, &[badge.clone(), class(), profile()]).verdict()
    };
    assert_eq!(verdict("expires", "2026-03-22T11:59:59Z"), Verdict::Expired);
    assert_eq!(verdict("expires", "2026-03-22"), Verdict::Valid, "the whole of its last day");
    assert_eq!(verdict("issuedOn", "2026-03-23"), Verdict::NotYetValid);
    assert_eq!(verdict("expires", "soon"), Verdict::Invalid);
}

#[test]
fn a_badge_may_embed_what_its_address_names() {
    let seen = [assertion(), class(), profile()];
    let embedded = |class: Value| hosted(&with(assertion(), "badge", class), &seen);
    let mut part = class();
    part.as_object_mut().unwrap().remove("@context");
    for class in [class(), part, with(class(), "issuer", profile())] {
        assert_eq!(embedded(class.clone()).verdict(), Verdict::Valid, "{class}");
    }
    for changed in [with(class(), "name", json!("Cake")), with(class(), "issuer", with(profile(), "name", json!("School of Cake")))] {
        assert!(matches!(embedded(changed), Reason::HostedDiffers { .. }));
    }
    let other = with(class(), "id", json!("https://badges.example/classes/2"));
    assert!(matches!(embedded(other), Reason::HostedDiffers { .. }));
    let unseen = hosted(&with(assertion(), "badge", class()), &[assertion(), profile()]);
    assert_eq!(unseen, Reason::HostedUnseen { url: CLASS.into() });
    let nulls = with(assertion(), "evidence", json!([{"id": "https://badges.example/1.png", "name": null}]));
    let without = with(assertion(), "evidence", json!([{"id": "https://badges.example/1.png"}]));
    assert_eq!(hosted(&nulls, &[without, class(), profile()]).verdict(), Verdict::Valid, "null says nothing in an array either");
}

#[test]
fn plain_http_is_a_place_of_its_own() {
    let plain = |value: Value| serde_json::from_str::<Value>(&value.to_string().replace("https://badges", "http://badges")).unwrap();
    let badge = plain(assertion());
    assert_eq!(hosted(&badge, &[badge.clone(), plain(class()), plain(profile())]).verdict(), Verdict::Valid);
    let named = with(badge.clone(), "badge", with(class(), "issuer", json!(ISSUER)));
    assert!(matches!(hosted(&named, &[named.clone(), profile()]), Reason::HostedElsewhere { .. }), "the issuer publishes over https");
}

#[test]
fn an_address_alone_is_checked_by_what_was_seen_there() {
    let seen = at_hand(&[assertion(), class(), profile()]);
    let found = check_link(ASSERTION, &seen, now()).unwrap();
    assert!(matches!(found.reason, Reason::HostedAsSeen { .. }), "{:?}", found.reason);
    assert!(check_link(CLASS, &seen, now()).is_none(), "not an assertion");
    assert!(check_link(ASSERTION, &at_hand(&[class()]), now()).is_none());
    let mut enclosed = Materials::new();
    enclosed.add_enclosed(Material::from_bytes(assertion().to_string().into_bytes(), now()).unwrap());
    assert!(check_link(ASSERTION, &enclosed, now()).is_none(), "nobody vouches for it");
}

#[test]
fn an_address_that_the_issuer_does_not_answer_for_counts_for_nothing() {
    let evil = "https://badges.example.evil.example/1";
    let forged = with(with(assertion(), "id", json!(evil)), "badge", with(class(), "issuer", json!(ISSUER)));
    let given = |profile: Value| hosted(&forged, &[forged.clone(), profile]);
    assert_eq!(given(profile()), Reason::HostedElsewhere { url: evil.into(), issuer: ISSUER.into() });
    let rules = |rules: Value| given(with(profile(), "verification", rules)).verdict();
    assert_eq!(rules(json!({"startsWith": "https://badges.example"})), Verdict::Invalid);
    assert_eq!(rules(json!({"allowedOrigins": "badges.example"})), Verdict::Invalid);
    assert_eq!(rules(json!({"allowedOrigins": ["https://badges.example.evil.example"]})), Verdict::Valid);
    assert_eq!(rules(json!({"startsWith": ["https://badges.example.evil.example/"]})), Verdict::Valid);
}

fn rsa() -> ring::signature::RsaKeyPair {
    ring::signature::RsaKeyPair::from_pkcs8(include_bytes!("../../tests/fixtures/rsa-2048-for-tests.pk8")).unwrap()
}

fn key() -> Value {
    let pem = spki::der::pem::encode_string("RSA PUBLIC KEY", spki::der::pem::LineEnding::LF, rsa().public().as_ref()).unwrap();
    json!({"@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": pem})
}

fn signed_assertion() -> Value {
    let verification = json!({"type": "SignedBadge", "creator": KEY});
    with(with(with(assertion(), "verification", verification), "id", json!("urn:uuid:1")), "badge", class())
}

fn token(assertion: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&json!({"alg": "RS256"})), encode(assertion));
    let mut signature = vec![0; rsa().public().modulus_len()];
    rsa().sign(&ring::signature::RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn signer(key: Value) -> Value {
    with(profile(), "publicKey", key)
}

fn signed(assertion: &Value, documents: &[Value]) -> Reason {
    check(Some(&token(assertion)), assertion.as_object().unwrap(), &at_hand(documents), now()).reason
}

#[test]
fn a_signed_badge_holds_with_the_key_that_its_issuer_lists() {
    let badge = signed_assertion();
    let intact = Reason::CredentialIntact { issuer: "School of Bread".into() };
    assert_eq!(signed(&badge, &[signer(json!(KEY)), key()]), intact, "the key at its own address");
    assert_eq!(signed(&badge, &[signer(json!([key()]))]), intact, "the key in the profile");
    assert_eq!(signed(&badge, &[signer(json!(KEY))]).verdict(), Verdict::Invalid, "listed, but nowhere to be seen");
    assert_eq!(signed(&badge, &[key()]), Reason::UnknownKey { issuer: ISSUER.into() });
    assert!(matches!(signed(&badge, &[profile(), key()]), Reason::NotIssuersKey { .. }), "not listed");
    let stolen = with(key(), "owner", json!("https://other.example/issuer"));
    assert!(matches!(signed(&badge, &[signer(json!(KEY)), stolen]), Reason::NotIssuersKey { .. }));
    let changed = with(badge.clone(), "issuedOn", json!("2025-01-01T00:00:00Z"));
    let other = check(Some(&token(&badge)), changed.as_object().unwrap(), &at_hand(&[signer(json!(KEY)), key()]), now());
    assert_eq!(other.reason.verdict(), Verdict::Invalid);
    let (text, end) = (token(&badge), token(&changed).rsplit('.').next().unwrap().to_owned());
    let forged = format!("{}.{end}", text.rsplit_once('.').unwrap().0);
    let mismatch = check(Some(&forged), badge.as_object().unwrap(), &at_hand(&[signer(json!(KEY)), key()]), now());
    assert_eq!(mismatch.reason, Reason::SignatureMismatch);
    assert_eq!(mismatch.proofs[0].suite, "Open Badges 2.0, RS256");
}

#[test]
fn the_issuers_revocation_list_is_asked() {
    let badge = signed_assertion();
    let profile = with(signer(json!(KEY)), "revocationList", json!(REVOKED));
    let list = |revoked: Value| json!({"type": "RevocationList", "id": REVOKED, "issuer": ISSUER, "revokedAssertions": revoked});
    let given = |list: Value| signed(&badge, &[profile.clone(), key(), list]);
    assert_eq!(signed(&badge, &[profile.clone(), key()]), Reason::MissingStatusList { url: REVOKED.into() });
    assert_eq!(given(list(json!([]))).verdict(), Verdict::Valid);
    let cheated = || Some("Cheated".to_owned());
    for (entry, why) in [(json!("urn:uuid:1"), None), (json!({"id": "urn:uuid:1", "revocationReason": "Cheated"}), cheated())] {
        assert_eq!(given(list(json!([entry]))), Reason::Revoked { issuer: "School of Bread".into(), why });
    }
    let mut empty = list(json!([]));
    empty.as_object_mut().unwrap().remove("revokedAssertions");
    assert_eq!(given(empty.clone()).verdict(), Verdict::Valid, "nobody was taken back");
    let mut other = at_hand(&[profile.clone(), key()]);
    let bytes = with(empty, "type", json!("Other")).to_string().into_bytes();
    other.add(Material { kind: crate::MaterialKind::StatusList, url: REVOKED.into(), bytes, seen: now() });
    let found = check(Some(&token(&badge)), badge.as_object().unwrap(), &other, now());
    assert!(matches!(found.reason, Reason::UnusableStatus { .. }), "{:?}", found.reason);
    let foreign = with(list(json!([])), "issuer", json!("https://other.example/issuer"));
    assert!(matches!(given(foreign), Reason::UnusableStatus { .. }));
}
