//! Tokens made here with each algorithm and form, and the ways in which tokens have been forged.

use super::*;
use crate::{Material, MaterialKind, Materials, Reason, SigningKey, Verdict};
use chrono::{DateTime, TimeZone as _, Utc};
use p256::ecdsa::signature::Signer;
use serde_json::json;

const SCHOOL: &str = "did:web:school.example";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 22, 12, 0, 0).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[42; 32])
}

fn credential(issuer: &str) -> Map<String, Value> {
    let value = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": issuer, "type": "Profile"},
        "validFrom": "2026-01-01T00:00:00Z", "validUntil": "2027-01-01T00:00:00.5Z", "credentialSubject": {"id": "did:key:z6MkAda", "name": "Ada"}
    });
    value.as_object().unwrap().clone()
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn token(header: Value, payload: Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let signed = format!("{}.{}", encode(&header), encode(&payload));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(sign(signed.as_bytes())))
}

fn eddsa(header: Value, payload: Value) -> String {
    token(header, payload, |message| key().sign(message).to_vec())
}

fn reason(token: &str, materials: &Materials) -> Reason {
    open(token.as_bytes(), materials, now()).map_or_else(|reason| reason, |opened| opened.proof.reason)
}

fn verdict(token: &str) -> Verdict {
    reason(token, &Materials::new()).verdict()
}

fn own_header() -> Value {
    json!({"alg": "EdDSA", "kid": key().did().verification_method(), "typ": "JWT"})
}

fn school(methods: Value) -> Materials {
    let bytes = json!({"id": SCHOOL, "assertionMethod": methods}).to_string().into_bytes();
    let mut materials = Materials::new();
    materials.add(Material { kind: MaterialKind::KeyDocument, url: SCHOOL.into(), bytes, seen: now() });
    materials
}

fn jwk_method(jwk: Value) -> Value {
    json!({"id": format!("{SCHOOL}#k"), "type": "JsonWebKey", "controller": SCHOOL, "publicKeyJwk": jwk})
}

#[test]
fn what_is_signed_here_opens_again_as_the_same_credential() {
    let badge = credential(&key().did().to_string());
    let token = sign(&badge, &key()).unwrap();
    assert_eq!(sign(&badge, &key()).unwrap(), token, "the same credential gives the same token");
    let opened = open(token.as_bytes(), &Materials::new(), now()).unwrap();
    assert_eq!(opened.credential, badge);
    assert_eq!(opened.proof.reason, Reason::ProofHolds { verification_method: key().did().verification_method() });
    assert_eq!(opened.proof.suite, "JWT, EdDSA");
    let claims = payload(token.as_bytes()).unwrap();
    assert_eq!(
        (&claims["iss"], &claims["jti"], &claims["sub"]),
        (&json!(key().did().to_string()), &json!("urn:uuid:1"), &json!("did:key:z6MkAda"))
    );
    assert_eq!((&claims["nbf"], &claims["exp"]), (&json!(1_767_225_600), &json!(1_798_761_600)));
    assert_eq!(sign(&credential("did:key:z6MkOther"), &key()), Err(JwtError::NotTheSigner));
}

#[test]
fn the_claim_vc_gives_what_the_credential_leaves_out() {
    let issuer = key().did().to_string();
    let vc = json!({"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"], "credentialSubject": {"name": "Ada"}});
    let payload =
        json!({"iss": issuer, "jti": "urn:uuid:7", "sub": "did:key:z6MkAda", "nbf": 1_767_225_600, "exp": 1_798_761_600, "vc": vc});
    let opened = open(eddsa(own_header(), payload).as_bytes(), &Materials::new(), now()).unwrap();
    assert_eq!(opened.proof.reason.verdict(), Verdict::Valid);
    let credential = Value::Object(opened.credential);
    assert_eq!((&credential["issuer"], &credential["id"]), (&json!(issuer), &json!("urn:uuid:7")));
    assert_eq!(credential["credentialSubject"], json!({"id": "did:key:z6MkAda", "name": "Ada"}));
    assert_eq!(
        (&credential["issuanceDate"], &credential["expirationDate"]),
        (&json!("2026-01-01T00:00:00Z"), &json!("2027-01-01T00:00:00Z"))
    );
}

#[test]
fn claims_that_disagree_with_the_credential_are_refused() {
    let issuer = key().did().to_string();
    let claims = [
        ("iss", json!("did:key:z6MkOther")),
        ("jti", json!("urn:uuid:2")),
        ("sub", json!("did:key:z6MkEve")),
        ("nbf", json!(1)),
        ("exp", json!("soon")),
    ];
    for (claim, value) in claims {
        for wrapped in [true, false] {
            let credential = Value::Object(credential(&issuer));
            let mut payload = if wrapped { json!({"vc": credential}) } else { credential };
            payload[claim] = value.clone();
            assert_eq!(verdict(&eddsa(own_header(), payload)), Verdict::Invalid, "{claim}");
        }
    }
    let mut two = Value::Object(credential(&issuer));
    two["vc"] = Value::Object(credential(&issuer));
    assert!(matches!(reason(&eddsa(own_header(), two), &Materials::new()), Reason::Malformed { .. }));
}

/// VC-JOSE-COSE §3.1.3: such a token's dates are those of the signature.
#[test]
fn a_signature_may_end_before_or_after_the_credential() {
    let issuer = key().did().to_string();
    let made = |typ: &str, claim: &str, seconds: i64| {
        let mut payload = Value::Object(credential(&issuer));
        payload[claim] = json!(seconds);
        eddsa(json!({"alg": "EdDSA", "kid": key().did().verification_method(), "typ": typ}), payload)
    };
    let found = |typ: &str, claim: &str, seconds: i64| reason(&made(typ, claim, seconds), &Materials::new());
    let (past, future) = (now().timestamp() - 60, now().timestamp() + 60);
    for typ in ["vc+jwt", "application/vc+jwt", "VC+LD+JWT", "vc-ld+jwt"] {
        assert_eq!(found(typ, "exp", future).verdict(), Verdict::Valid, "{typ}");
        assert_eq!(found(typ, "nbf", past).verdict(), Verdict::Valid, "{typ}");
        assert!(matches!(found(typ, "exp", past), Reason::Expired { .. }), "{typ}");
        assert!(matches!(found(typ, "nbf", future), Reason::NotYetValid { .. }), "{typ}");
    }
    let opened = open(made("vc+jwt", "exp", future).as_bytes(), &Materials::new(), now()).unwrap();
    assert_eq!(opened.credential, credential(&issuer), "the credential's own dates stay");
    let broken = eddsa(json!({"alg": "EdDSA", "kid": key().did().verification_method(), "typ": "vc+jwt"}), {
        let mut payload = Value::Object(credential(&issuer));
        payload["exp"] = json!("soon");
        payload
    });
    assert_eq!(verdict(&broken), Verdict::Invalid);
    assert!(matches!(found("JWT", "exp", future), Reason::Malformed { .. }), "Open Badges 3.0 asks for the same dates");
}

#[test]
fn unsigned_and_shared_secret_tokens_are_refused_by_name() {
    let payload = Value::Object(credential(&key().did().to_string()));
    for alg in ["none", "None", "HS256", "hs512"] {
        let forged = token(json!({"alg": alg, "kid": key().did().verification_method()}), payload.clone(), |_| Vec::new());
        assert_eq!(reason(&forged, &Materials::new()), Reason::UnsafeAlgorithm { algorithm: alg.into() });
    }
    for (header, why) in [
        (json!({"alg": "PS256"}), "PS256"),
        (json!({"alg": "EdDSA", "crit": ["b64"], "b64": false}), "crit"),
        (json!({"alg": "EdDSA", "typ": "kb+jwt"}), "kb+jwt"),
    ] {
        let refused = reason(&eddsa(header, payload.clone()), &Materials::new());
        assert!(matches!(&refused, Reason::UnsupportedSuite { suite } if suite.contains(why)), "{refused:?}");
    }
}

#[test]
fn a_key_in_the_header_or_of_another_proves_nothing() {
    let stranger = SigningKey::from_seed(&[1; 32]);
    let by_stranger = |header: Value| {
        let payload = Value::Object(credential(&key().did().to_string()));
        verdict(&token(header, payload, |message| stranger.sign(message).to_vec()))
    };
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(&crate::multibase::decode(&stranger.did().to_multikey()).unwrap()[2..])});
    assert_eq!(by_stranger(json!({"alg": "EdDSA", "jwk": jwk})), Verdict::Invalid);
    assert_eq!(by_stranger(json!({"alg": "EdDSA", "kid": stranger.did().verification_method()})), Verdict::Invalid);
    let spliced = format!("{}#{}", key().did(), stranger.did().to_multikey());
    assert_eq!(by_stranger(json!({"alg": "EdDSA", "kid": spliced})), Verdict::Invalid);
    // The same headers on an honest token: what is in them does no harm either.
    let payload = Value::Object(credential(&key().did().to_string()));
    assert_eq!(verdict(&eddsa(json!({"alg": "EdDSA", "jwk": jwk}), payload.clone())), Verdict::Valid);
    assert_eq!(verdict(&eddsa(json!({"alg": "EdDSA", "kid": key().did().to_multikey()}), payload)), Verdict::Valid);
}

#[test]
fn every_algorithm_holds_with_its_own_kind_of_key_alone() {
    let p256 = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let p384 = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
    let rsa = ring::signature::RsaKeyPair::from_pkcs8(include_bytes!("../../tests/fixtures/rsa-2048-for-tests.pk8")).unwrap();
    let part = |bytes: &[u8]| json!(URL_SAFE_NO_PAD.encode(bytes));
    let point = p256.verifying_key().to_sec1_point(false);
    let ec256 = json!({"kty": "EC", "crv": "P-256", "x": part(&point.as_bytes()[1..33]), "y": part(&point.as_bytes()[33..])});
    let point = p384.verifying_key().to_sec1_point(false);
    let ec384 = json!({"kty": "EC", "crv": "P-384", "x": part(&point.as_bytes()[1..49]), "y": part(&point.as_bytes()[49..])});
    let numbers = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(rsa.public());
    let rsa_jwk = json!({"kty": "RSA", "n": part(&numbers.n), "e": part(&numbers.e)});
    type Sign<'a> = Box<dyn Fn(&[u8]) -> Vec<u8> + 'a>;
    let signers: [(&str, Value, Sign<'_>); 3] = [
        ("ES256", ec256, Box::new(|message| Signer::<p256::ecdsa::Signature>::sign(&p256, message).to_bytes().to_vec())),
        ("ES384", ec384, Box::new(|message| Signer::<p384::ecdsa::Signature>::sign(&p384, message).to_bytes().to_vec())),
        (
            "RS256",
            rsa_jwk,
            Box::new(|message| {
                let mut signature = vec![0; rsa.public().modulus_len()];
                rsa.sign(&ring::signature::RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), message, &mut signature).unwrap();
                signature
            }),
        ),
    ];
    let named = crate::multibase::base58btc(&[&[0x85, 0x24], rsa.public().as_ref()].concat());
    let (own, kid) = (credential(&format!("did:key:{named}")), format!("did:key:{named}#{named}"));
    let own = token(json!({"alg": "RS256", "kid": kid}), Value::Object(own), &signers[2].2);
    assert_eq!(verdict(&own), Verdict::Valid, "did:key, RS256");
    for (alg, jwk, sign) in &signers {
        let materials = school(json!([jwk_method(jwk.clone())]));
        let payload = Value::Object(credential(SCHOOL));
        for kid in [
            json!({"alg": alg, "kid": format!("{SCHOOL}#k")}),
            json!({"alg": alg, "kid": "#k"}),
            json!({"alg": alg, "kid": "k"}),
            json!({"alg": alg}),
        ] {
            assert_eq!(reason(&token(kid, payload.clone(), sign), &materials).verdict(), Verdict::Valid, "{alg}");
        }
        let other = signers.iter().find(|(other, _, _)| other != alg).unwrap().0;
        let confused = token(json!({"alg": other, "kid": "k"}), payload.clone(), sign);
        assert_eq!(reason(&confused, &materials).verdict(), Verdict::Invalid, "{alg} called {other}");
        let named = format!("did:jwk:{}", encode(jwk));
        let own = token(json!({"alg": alg, "kid": format!("{named}#0")}), Value::Object(credential(&named)), sign);
        assert_eq!(verdict(&own), Verdict::Valid, "did:jwk, {alg}");
        assert!(matches!(reason(&token(json!({"alg": alg, "kid": "k"}), payload, sign), &Materials::new()), Reason::UnknownKey { .. }));
    }
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let token = sign(&credential(&key().did().to_string()), &key()).unwrap();
    assert_eq!(verdict(&token), Verdict::Valid);
    for at in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert_ne!(verdict(&changed), Verdict::Valid, "byte {at}");
    }
}

#[test]
fn a_text_in_another_form_is_no_token() {
    let token = sign(&credential(&key().did().to_string()), &key()).unwrap();
    assert!(parse(format!("\n{token}\r\n").as_bytes()).is_ok());
    for broken in [
        format!("{token}="),
        format!("{token}.AAAA"),
        token.replace('.', ".."),
        format!("{} {}", &token[..20], &token[20..]),
        String::new(),
        "e.y.".into(),
    ] {
        assert!(parse(broken.as_bytes()).is_err(), "{broken}");
    }
    let twice = format!("{}.{}.AA", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","alg":"EdDSA"}"#), encode(&json!({})));
    assert!(matches!(parse(twice.as_bytes()), Err(JwtError::Json { part: "header", .. })));
    assert!(matches!(reason(&eddsa(own_header(), json!({"vp": {}})), &Materials::new()), Reason::NotACredential { .. }));
    let null = format!("{}.{}.AA", encode(&own_header()), encode(&json!({"vc": {"a": null}})));
    assert!(matches!(reason(&null, &Materials::new()), Reason::AmbiguousJson { .. }));
}

#[test]
fn a_whole_file_gets_its_verdict_from_signature_dates_and_status() {
    let badge = |change: &dyn Fn(&mut Value)| {
        let mut badge = Value::Object(credential(&key().did().to_string()));
        change(&mut badge);
        sign(badge.as_object().unwrap(), &key()).unwrap()
    };
    let verdict = |token: &str, materials: &Materials| crate::verify_bytes("badge.jwt", token.as_bytes(), materials, now()).verdict();
    let none = Materials::new();
    assert_eq!(verdict(&badge(&|_| {}), &none), Verdict::Valid);
    assert_eq!(verdict(&badge(&|badge| badge["validUntil"] = json!("2026-02-01T00:00:00Z")), &none), Verdict::Expired);
    assert_eq!(verdict(&badge(&|badge| badge["validFrom"] = json!("2026-04-01T00:00:00Z")), &none), Verdict::NotYetValid);
    let url = "https://school.example/status/1";
    let entry =
        json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "9", "statusListCredential": url});
    let listed = badge(&|badge| badge["credentialStatus"] = entry.clone());
    assert_eq!(verdict(&listed, &none), Verdict::CannotCheck);
    // The list as JWT too: signed, changed, expired.
    let list = |set: u8, until: &str| {
        let mut bits = vec![0u8; 16 * 1024];
        bits[1] = set;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut gzip, &bits).unwrap();
        let encoded = format!("u{}", URL_SAFE_NO_PAD.encode(gzip.finish().unwrap()));
        let list = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "id": url, "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": key().did().to_string(), "validFrom": "2026-01-01T00:00:00Z", "validUntil": until,
            "credentialSubject": {"id": format!("{url}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encoded}
        });
        sign(list.as_object().unwrap(), &key()).unwrap()
    };
    let given = |list: String| {
        let mut materials = Materials::new();
        materials.add(Material::from_bytes(list.into_bytes(), now()).unwrap());
        materials
    };
    let good = "2027-01-01T00:00:00Z";
    assert_eq!(verdict(&listed, &given(list(0, good))), Verdict::Valid);
    assert_eq!(verdict(&listed, &given(list(0b0100_0000, good))), Verdict::Revoked);
    assert_eq!(verdict(&listed, &given(list(0, "2026-03-01T00:00:00Z"))), Verdict::CannotCheck);
    let forged = format!("{}{}", &list(0, good).rsplit_once('.').unwrap().0, &list(1, good)[list(1, good).rfind('.').unwrap()..]);
    assert_eq!(verdict(&listed, &given(forged)), Verdict::CannotCheck);
    let report = crate::verify_bytes("badge.jwt", listed.as_bytes(), &given(list(0, good)), now());
    assert_eq!(report.used[0].url, url);
    // A bad signature stays invalid whatever the list says.
    let broken = format!("{}AAAA", &listed[..listed.len() - 4]);
    assert_eq!(verdict(&broken, &given(list(0b0100_0000, good))), Verdict::Invalid);
}
