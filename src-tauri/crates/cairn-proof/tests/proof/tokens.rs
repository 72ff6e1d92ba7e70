//! Thousands of changes to valid credentials as JWT and to valid Open Badges 2.0, hosted and signed: none is accepted.

use crate::sample::{key, now};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cairn_proof::public_key::PublicKey;
use cairn_proof::{Material, Materials, SigningKey, Verdict, jwt, verify_bytes};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Ed25519's group order, the least significant byte first (RFC 8032 §5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0x10,
];

/// How somebody signs who has not the key.
type Stranger<'a> = &'a dyn Fn(&str) -> Vec<u8>;

/// Changes to one thing that is valid, and those that were accepted all the same.
struct Trial {
    materials: Materials,
    tried: usize,
    accepted: Vec<String>,
}

impl Trial {
    fn of(valid: &str, materials: Materials) -> Self {
        let trial = Self { materials, tried: 0, accepted: Vec::new() };
        assert_eq!(trial.verdict(valid), Verdict::Valid, "{valid}");
        trial
    }

    fn verdict(&self, text: &str) -> Verdict {
        verify_bytes("x", text.as_bytes(), &self.materials, now()).verdict()
    }

    fn try_out(&mut self, text: &str) {
        self.tried += 1;
        if self.verdict(text) == Verdict::Valid {
            self.accepted.push(text.to_owned());
        }
    }

    /// Every letter as another one, and every letter left out.
    fn letters(&mut self, token: &str) {
        for (at, letter) in token.bytes().enumerate() {
            let place = ALPHABET.iter().position(|other| *other == letter).unwrap_or_default();
            for other in [1, 32].map(|step| ALPHABET[(place + step) % ALPHABET.len()]) {
                let mut changed = token.as_bytes().to_vec();
                changed[at] = other;
                self.try_out(&String::from_utf8(changed).unwrap());
            }
            self.try_out(&[&token[..at], &token[at + 1..]].concat());
        }
    }

    /// Every bit of the signature, and its length.
    fn signature(&mut self, token: &str) {
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for bit in 0..signature.len() * 8 {
            let mut changed = signature.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            self.try_out(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(changed)));
        }
        for changed in [vec![], vec![0; signature.len()], signature[1..].to_vec(), [&signature[..], &[0]].concat()] {
            self.try_out(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(changed)));
        }
    }

    /// Headers that a reader may be talked into, over the token's own payload: with its signature, with none, and with one that
    /// a stranger made with `stranger`.
    fn headers(&mut self, token: &str, stranger: Stranger<'_>) {
        let (header, rest) = token.split_once('.').unwrap();
        let (payload, signature) = rest.split_once('.').unwrap();
        let header = decoded(header);
        let forged = SigningKey::from_seed(&[66; 32]).did();
        let named = forged.to_string();
        let members = [
            (
                "alg",
                vec!["none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "ES256", "ES384", "ES512", "RS384", "PS256", "A128KW"],
            ),
            ("typ", vec!["kb+jwt", "at+jwt", "secevent+jwt", "application/json", ""]),
            ("cty", vec!["JWT"]),
            ("kid", vec!["", "#", "0", "../key", "did:key:z6Mk", "https://evil.example/key", &named]),
            ("zip", vec!["DEF"]),
            ("enc", vec!["A256GCM"]),
            ("jku", vec!["https://evil.example/keys"]),
            ("x5u", vec!["https://evil.example/certificate"]),
        ];
        let mut headers: Vec<Value> = members
            .iter()
            .flat_map(|(member, values)| values.iter().map(|value| with(&header, member, json!(value))))
            .chain(
                [("crit", json!(["exp"])), ("crit", json!([])), ("b64", json!(false)), ("alg", json!(["EdDSA"])), ("kid", json!(1))]
                    .map(|(member, value)| with(&header, member, value)),
            )
            .collect();
        let theirs = PublicKey::from_multikey(&forged.to_multikey()).unwrap();
        let PublicKey::Ed25519(theirs) = theirs else { panic!() };
        headers.push(with(&header, "jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(theirs.as_bytes())})));
        headers.extend(header.as_object().unwrap().keys().map(|member| without(&header, member)));
        for changed in headers.into_iter().filter(|changed| *changed != header) {
            let signed = format!("{}.{payload}", encoded(&changed));
            self.try_out(&format!("{signed}.{signature}"));
            self.try_out(&format!("{signed}."));
            self.try_out(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(stranger(&signed))));
        }
    }

    /// Payloads that say something else: with the token's signature, and with one that a stranger made.
    fn payloads(&mut self, token: &str, changes: &[(&str, Value)], stranger: Stranger<'_>) {
        let (header, rest) = token.split_once('.').unwrap();
        let (payload, signature) = rest.split_once('.').unwrap();
        let payload = decoded(payload);
        let changed = changes.iter().map(|(member, value)| with(&payload, member, value.clone()));
        let less = payload.as_object().unwrap().keys().map(|member| without(&payload, member));
        for changed in changed.chain(less).chain([payload.clone()]) {
            let signed = format!("{header}.{}", encoded(&changed));
            if changed != payload {
                self.try_out(&format!("{signed}.{signature}"));
            }
            self.try_out(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(stranger(&signed))));
        }
    }

    fn none_of(self, least: usize, what: &str) -> usize {
        assert!(self.accepted.is_empty(), "{what}: {} of {} accepted, the first {}", self.accepted.len(), self.tried, self.accepted[0]);
        assert!(self.tried >= least, "{what}: only {} tried", self.tried);
        self.tried
    }
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn with(value: &Value, member: &str, new: Value) -> Value {
    let mut value = value.clone();
    value[member] = new;
    value
}

fn without(value: &Value, member: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().unwrap().remove(member);
    value
}

/// HMAC-SHA-256 (RFC 2104) with what everybody knows as its secret: the attack on readers that take a public key for one.
fn hmac(secret: &[u8], text: &str) -> Vec<u8> {
    let mut block = [0; 64];
    let hashed = Sha256::digest(secret);
    let secret = if secret.len() > block.len() { &hashed[..] } else { secret };
    block[..secret.len()].copy_from_slice(secret);
    let pad = |with: u8, rest: &[u8]| Sha256::digest([&block.map(|byte| byte ^ with)[..], rest].concat()).to_vec();
    pad(0x5c, &pad(0x36, text.as_bytes()))
}

fn credential() -> Map<String, Value> {
    let credential = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:2fe53dc9-b2ec-4939-9b2c-0d00f6663b6c",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Statistics",
        "issuer": {"id": key().did().to_string(), "type": ["Profile"], "name": "A school"},
        "validFrom": "2025-01-09T15:06:31Z",
        "validUntil": "2030-01-09T15:06:31Z",
        "credentialSubject": {"type": ["AchievementSubject"], "id": "did:example:ada", "achievement": {
            "id": "urn:uuid:bd6d9316-f7ae-4073-a1e5-2f7f5bd22922", "type": ["Achievement"], "name": "Statistics",
            "description": "Reads results.", "criteria": {"narrative": "Eight exercises."}}}
    });
    credential.as_object().unwrap().clone()
}

#[test]
fn no_change_to_a_credential_as_jwt_is_accepted() {
    let token = jwt::sign(&credential(), &key()).unwrap();
    let mut trial = Trial::of(&token, Materials::new());
    trial.letters(&token);
    trial.signature(&token);
    let stranger = SigningKey::from_seed(&[66; 32]);
    let PublicKey::Ed25519(public) = PublicKey::from_multikey(&key().did().to_multikey()).unwrap() else { panic!() };
    let strangers: [Stranger<'_>; 3] =
        [&|text: &str| stranger.sign(text.as_bytes()).to_vec(), &|text: &str| hmac(public.as_bytes(), text), &|text: &str| {
            hmac(key().did().to_multikey().as_bytes(), text)
        }];
    let claims = [
        ("iss", json!(stranger.did().to_string())),
        ("iss", json!("did:example:other")),
        ("sub", json!("did:example:eve")),
        ("jti", json!("urn:uuid:1")),
        ("exp", json!(1_000_000_000)),
        ("exp", json!(4_000_000_000u32)),
        ("exp", json!("2030-01-09T15:06:31Z")),
        ("nbf", json!(4_000_000_000u32)),
        ("nbf", json!(0)),
        ("nbf", json!(-1)),
        ("iat", json!(4_000_000_000u32)),
        ("validUntil", json!("2040-01-09T15:06:31Z")),
        ("validFrom", json!("2020-01-09T15:06:31Z")),
        ("name", json!("Advanced statistics")),
        ("credentialSubject", json!({"type": ["AchievementSubject"], "id": "did:example:eve"})),
        ("vc", json!(credential())),
        ("proof", json!([])),
        ("credentialStatus", json!({"type": "1EdTechRevocationList", "id": "https://evil.example/none"})),
    ];
    for stranger in strangers {
        trial.headers(&token, stranger);
        trial.payloads(&token, &claims, stranger);
    }
    // A second signature of the same text: the scalar and the group's order (RFC 8032 §5.1.7 demands that it is refused).
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let mut signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = ((sum & 0xff) as u8, sum >> 8);
    }
    trial.try_out(&format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&signature)));
    trial.none_of(2_000, "JWT");
}

const AT: &str = "https://badges.example";

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": format!("{AT}/assertions/1"), "badge": format!("{AT}/classes/1"),
        "recipient": {"type": "email", "hashed": true, "salt": "deadsea", "identity": "sha256$c7ef86405ba71b85acd8e2e95166c4b111448089f2e1599f42fe1bba46e865c5"},
        "issuedOn": "2026-01-01T00:00:00+00:00", "expires": "2030-01-01T00:00:00+00:00", "verification": {"type": "HostedBadge"},
        "evidence": [{"id": format!("{AT}/evidence/1"), "narrative": "Forty loaves."}]
    })
}

fn class() -> Value {
    json!({"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": format!("{AT}/classes/1"), "name": "Bread",
        "issuer": format!("{AT}/issuer")})
}

fn profile() -> Value {
    json!({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": format!("{AT}/issuer"), "name": "School of Bread"})
}

fn at_hand(documents: &[Value]) -> Materials {
    let mut materials = Materials::new();
    for document in documents {
        materials.add(Material::from_bytes(document.to_string().into_bytes(), now()).unwrap());
    }
    materials
}

#[test]
fn no_change_to_a_hosted_badge_is_accepted() {
    let text = assertion().to_string();
    let mut trial = Trial::of(&text, at_hand(&[assertion(), class(), profile()]));
    for (at, byte) in text.bytes().enumerate() {
        for other in [byte ^ 1, byte ^ 4, byte.wrapping_add(1)] {
            let mut changed = text.as_bytes().to_vec();
            changed[at] = other;
            if let Ok(changed) = String::from_utf8(changed) {
                trial.try_out(&changed);
            }
        }
    }
    for member in assertion().as_object().unwrap().keys() {
        trial.try_out(&without(&assertion(), member).to_string());
        for other in [json!("x"), json!([]), json!({}), json!(1), json!(false)] {
            trial.try_out(&with(&assertion(), member, other).to_string());
        }
    }
    for (member, value) in [
        ("revoked", json!(true)),
        ("narrative", json!("More than that.")),
        ("expires", json!("2040-01-01T00:00:00+00:00")),
        ("recipient", json!({"type": "email", "hashed": false, "identity": "eve@example.org"})),
        ("badge", with(&class(), "name", json!("Cake"))),
        ("badge", json!("https://evil.example/classes/1")),
        ("id", json!("https://evil.example/assertions/1")),
    ] {
        trial.try_out(&with(&assertion(), member, value).to_string());
    }
    trial.none_of(1_500, "Open Badges 2.0, hosted");
}

/// The school's RSA key, which signs as most issuers of signed badges do.
fn rsa() -> ring::signature::RsaKeyPair {
    ring::signature::RsaKeyPair::from_pkcs8(include_bytes!("../fixtures/rsa-2048-for-tests.pk8")).unwrap()
}

fn pem() -> String {
    spki::der::pem::encode_string("RSA PUBLIC KEY", spki::der::pem::LineEnding::LF, rsa().public().as_ref()).unwrap()
}

#[test]
fn no_change_to_a_signed_badge_is_accepted() {
    let name = format!("{AT}/key/1");
    let public = json!({"@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey", "id": name, "owner": format!("{AT}/issuer"),
        "publicKeyPem": pem()});
    let badge = with(&with(&assertion(), "verification", json!({"type": "SignedBadge", "creator": name})), "badge", class());
    let signed = format!("{}.{}", encoded(&json!({"alg": "RS256"})), encoded(&badge));
    let mut signature = vec![0; rsa().public().modulus_len()];
    rsa().sign(&ring::signature::RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));

    let mut trial = Trial::of(&token, at_hand(&[with(&profile(), "publicKey", json!(name)), public]));
    trial.letters(&token);
    trial.signature(&token);
    let stranger = SigningKey::from_seed(&[66; 32]);
    let strangers: [Stranger<'_>; 2] = [&|text: &str| hmac(pem().as_bytes(), text), &|text: &str| stranger.sign(text.as_bytes()).to_vec()];
    let changes = [
        ("issuedOn", json!("2020-01-01T00:00:00Z")),
        ("expires", json!("2040-01-01T00:00:00Z")),
        ("recipient", json!({"type": "email", "hashed": false, "identity": "eve@example.org"})),
        ("badge", with(&class(), "name", json!("Cake"))),
        ("badge", with(&class(), "issuer", json!("https://evil.example/issuer"))),
        ("verification", json!({"type": "SignedBadge", "creator": "https://evil.example/key"})),
        ("verification", json!({"type": "HostedBadge"})),
        ("verification", json!({"type": "SignedBadge"})),
        ("id", json!("urn:uuid:2")),
    ];
    for stranger in strangers {
        trial.headers(&token, stranger);
        trial.payloads(&token, &changes, stranger);
    }
    trial.none_of(2_000, "Open Badges 2.0, signed");
}
