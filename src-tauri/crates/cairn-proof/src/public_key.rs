//! The public keys that issuers sign with: Ed25519, P-256, P-384 and RSA, from every form in which they are published.
//!
//! Forms: Multikey (Controlled Identifiers 1.0 §2.2.2), JSON Web Key (RFC 7517, 7518 §6, 8037) and PEM (RFC 7468). A key that
//! anybody could sign for (a point of small order, a short modulus) is no key, whatever document lists it.

use crate::multibase::{self, MultibaseError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey as Ed25519;
use p256::ecdsa::signature::Verifier as _;
use serde_json::{Map, Value};
use spki::der::asn1::{ObjectIdentifier, UintRef};
use spki::der::{Decode as _, Reader as _, SliceReader};
use std::fmt;

/// Multicodec codes of public keys, as varints.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];
const P256_PUB: [u8; 2] = [0x80, 0x24];
const P384_PUB: [u8; 2] = [0x81, 0x24];
const RSA_PUB: [u8; 2] = [0x85, 0x24];

/// What RFC 3279, 5480 and 8410 name a key's kind in its SubjectPublicKeyInfo.
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const PRIME256V1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ID_ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A public key that signatures can be checked with.
#[derive(Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Ed25519 (RFC 8032).
    Ed25519(Ed25519),
    /// NIST P-256.
    P256(p256::ecdsa::VerifyingKey),
    /// NIST P-384.
    P384(p384::ecdsa::VerifyingKey),
    /// RSA of 2048 to 8192 bits.
    Rsa(RsaKey),
}

/// An RSA public key: modulus and exponent, big-endian without leading zeros.
#[derive(Clone, PartialEq, Eq)]
pub struct RsaKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

/// How a signature was made (RFC 7518 §3.1, RFC 8037 §3.1). Each fits one kind of key and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// Ed25519, 64 bytes.
    EdDsa,
    /// ECDSA over P-256 with SHA-256, r and s of 32 bytes each.
    Es256,
    /// ECDSA over P-384 with SHA-384, r and s of 48 bytes each.
    Es384,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
}

impl Algorithm {
    /// The algorithm of a JOSE `alg`. `none`, the HMAC family and everything else give None.
    pub fn from_jose(alg: &str) -> Option<Self> {
        match alg {
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "ES256" => Some(Self::Es256),
            "ES384" => Some(Self::Es384),
            "RS256" => Some(Self::Rs256),
            _ => None,
        }
    }
}

/// Why a key cannot be used, as half a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The text is not multibase, or not base58btc as Multikey demands.
    #[error("it is not in base58btc: {0}")]
    Multibase(#[from] MultibaseError),
    /// A kind of key that Cairn does not check signatures with.
    #[error("it is of the kind {0}, which this Cairn does not know")]
    Kind(String),
    /// The bytes are too few, too many or no point on the curve.
    #[error("its bytes are no usable point on its curve")]
    Point,
    /// The RSA modulus is too short, too long, or its exponent is unfit.
    #[error("its RSA numbers are not of 2048 to 8192 bits with an odd exponent of at least 3")]
    Rsa,
    /// A member of the JWK or of the verification method is missing or in another form.
    #[error("its member {0} is missing or not in the form that the standard demands")]
    Member(&'static str),
    /// The JWK is for encryption, or for something other than checking signatures.
    #[error("it is published for another use than checking signatures")]
    Use,
    /// The document gives away the secret key, so that anybody could have signed.
    #[error("its secret half is published with it, so that anybody could sign with it")]
    Secret,
    /// Neither PEM nor a public key in it.
    #[error("it is not a public key in PEM")]
    Pem,
}

impl PublicKey {
    /// Reads a Multikey text such as `z6Mk…` (Ed25519), `zDn…` (P-256) or `z82…` (P-384), whose points are compressed, or the
    /// `z4MX…` or `zgg…` of RSA, which is PKCS #1.
    pub fn from_multikey(text: &str) -> Result<Self, KeyError> {
        if !text.starts_with('z') {
            return Err(MultibaseError::Prefix.into());
        }
        let bytes = multibase::decode(text)?;
        let (code, point) = bytes.split_at_checked(2).ok_or(KeyError::Point)?;
        match <[u8; 2]>::try_from(code) {
            Ok(ED25519_PUB) => Self::ed25519(point),
            Ok(P256_PUB) if point.len() == 33 => Self::p256(point),
            Ok(P384_PUB) if point.len() == 49 => Self::p384(point),
            Ok(P256_PUB | P384_PUB) => Err(KeyError::Point),
            Ok(RSA_PUB) => Self::from_pkcs1(point).map_err(|_| KeyError::Rsa),
            _ => Err(KeyError::Kind(format!("{:#04x}{:02x} in multicodec", code[0], code[1]))),
        }
    }

    /// Reads a JSON Web Key: `OKP` with Ed25519, `EC` with P-256 or P-384, `RSA`. A JWK with a secret member is refused.
    pub fn from_jwk(jwk: &Map<String, Value>) -> Result<Self, KeyError> {
        let text = |member: &'static str| jwk.get(member).and_then(Value::as_str).ok_or(KeyError::Member(member));
        let bytes = |member: &'static str| URL_SAFE_NO_PAD.decode(text(member)?).map_err(|_| KeyError::Member(member));
        if ["d", "p", "q", "k"].iter().any(|member| jwk.contains_key(*member)) {
            return Err(KeyError::Secret);
        }
        let verifies = |ops: &Value| ops.as_array().is_some_and(|ops| ops.iter().any(|op| op == "verify"));
        if jwk.get("use").is_some_and(|usage| usage != "sig") || jwk.get("key_ops").is_some_and(|ops| !verifies(ops)) {
            return Err(KeyError::Use);
        }
        let key = match (text("kty")?, jwk.get("crv").and_then(Value::as_str)) {
            ("OKP", Some("Ed25519")) => Self::ed25519(&bytes("x")?)?,
            ("EC", Some("P-256")) => Self::p256(&uncompressed(&bytes("x")?, &bytes("y")?, 32)?)?,
            ("EC", Some("P-384")) => Self::p384(&uncompressed(&bytes("x")?, &bytes("y")?, 48)?)?,
            ("RSA", _) => Self::rsa(&bytes("n")?, &bytes("e")?)?,
            (kty, crv) => return Err(KeyError::Kind(crate::text::shown(&[kty, crv.unwrap_or("")].join(" ")))),
        };
        match jwk.get("alg") {
            Some(alg) if alg.as_str().and_then(Algorithm::from_jose) != Some(key.algorithm()) => Err(KeyError::Use),
            _ => Ok(key),
        }
    }

    /// Reads a public key in PEM: `PUBLIC KEY` (RFC 5280 SubjectPublicKeyInfo), or `RSA PUBLIC KEY` (PKCS #1).
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let (label, der) = spki::der::pem::decode_vec(text.trim().as_bytes()).map_err(|_| KeyError::Pem)?;
        match label {
            "PUBLIC KEY" => Self::from_spki(&der),
            "RSA PUBLIC KEY" => Self::from_pkcs1(&der),
            _ => Err(KeyError::Pem),
        }
    }

    fn from_spki(der: &[u8]) -> Result<Self, KeyError> {
        let info = spki::SubjectPublicKeyInfoRef::from_der(der).map_err(|_| KeyError::Pem)?;
        let bits = info.subject_public_key.as_bytes().ok_or(KeyError::Pem)?;
        let curve = || info.algorithm.parameters_oid().map_err(|_| KeyError::Pem);
        match info.algorithm.oid {
            RSA_ENCRYPTION => Self::from_pkcs1(bits),
            ID_ED25519 => Self::ed25519(bits),
            EC_PUBLIC_KEY if curve()? == PRIME256V1 => Self::p256(bits),
            EC_PUBLIC_KEY if curve()? == SECP384R1 => Self::p384(bits),
            other => Err(KeyError::Kind(other.to_string())),
        }
    }

    fn from_pkcs1(der: &[u8]) -> Result<Self, KeyError> {
        let numbers = |der: &[u8]| -> spki::der::Result<(Vec<u8>, Vec<u8>)> {
            let mut reader = SliceReader::new(der)?;
            let numbers = reader.sequence(|inner| {
                let modulus: UintRef<'_> = inner.decode()?;
                let exponent: UintRef<'_> = inner.decode()?;
                Ok::<_, spki::der::Error>((modulus.as_bytes().to_vec(), exponent.as_bytes().to_vec()))
            })?;
            reader.finish()?;
            Ok(numbers)
        };
        let (modulus, exponent) = numbers(der).map_err(|_| KeyError::Pem)?;
        Self::rsa(&modulus, &exponent)
    }

    fn ed25519(point: &[u8]) -> Result<Self, KeyError> {
        let point: [u8; 32] = point.try_into().map_err(|_| KeyError::Point)?;
        let key = Ed25519::from_bytes(&point).map_err(|_| KeyError::Point)?;
        // A second spelling of a point would give one key two names.
        let canonical = key.to_edwards().compress().to_bytes() == point;
        if key.is_weak() || !canonical { Err(KeyError::Point) } else { Ok(Self::Ed25519(key)) }
    }

    fn p256(sec1: &[u8]) -> Result<Self, KeyError> {
        p256::ecdsa::VerifyingKey::from_sec1_bytes(sec1).map(Self::P256).map_err(|_| KeyError::Point)
    }

    fn p384(sec1: &[u8]) -> Result<Self, KeyError> {
        p384::ecdsa::VerifyingKey::from_sec1_bytes(sec1).map(Self::P384).map_err(|_| KeyError::Point)
    }

    fn rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let bare = |number: &[u8]| number.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
        let (modulus, exponent) = (bare(modulus), bare(exponent));
        let bits = modulus.len() * 8 - modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        let odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
        let fit = (2048..=8192).contains(&bits) && odd(&modulus) && odd(&exponent) && exponent != [1] && exponent.len() <= 4;
        if fit { Ok(Self::Rsa(RsaKey { modulus, exponent })) } else { Err(KeyError::Rsa) }
    }

    /// The one algorithm that signatures by this key are checked with.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519(_) => Algorithm::EdDsa,
            Self::P256(_) => Algorithm::Es256,
            Self::P384(_) => Algorithm::Es384,
            Self::Rsa(_) => Algorithm::Rs256,
        }
    }

    /// Whether the signature is this key's over the message, made with `algorithm`; false for an algorithm of another kind of
    /// key. Ed25519 by the strict rules of RFC 8032 §8.4, ECDSA as r‖s of fixed length (RFC 7518 §3.4), RSA as PKCS #1 v1.5.
    pub fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match (self, algorithm) {
            (Self::Ed25519(key), Algorithm::EdDsa) => {
                ed25519_dalek::Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
            }
            (Self::P256(key), Algorithm::Es256) => {
                p256::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            (Self::P384(key), Algorithm::Es384) => {
                p384::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            (Self::Rsa(RsaKey { modulus: n, exponent: e }), Algorithm::Rs256) => ring::signature::RsaPublicKeyComponents { n, e }
                .verify(&ring::signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            _ => false,
        }
    }

    /// The Multikey text; None for RSA, which Multikey does not name.
    pub fn to_multikey(&self) -> Option<String> {
        let (code, point) = match self {
            Self::Ed25519(key) => (ED25519_PUB, key.as_bytes().to_vec()),
            Self::P256(key) => (P256_PUB, key.to_sec1_point(true).as_bytes().to_vec()),
            Self::P384(key) => (P384_PUB, key.to_sec1_point(true).as_bytes().to_vec()),
            Self::Rsa(_) => return None,
        };
        Some(multibase::base58btc(&[code.to_vec(), point].concat()))
    }
}

/// The point of a JWK's coordinates as SEC 1 §2.3.3 writes it; each coordinate has its full length (RFC 7518 §6.2.1.2).
fn uncompressed(x: &[u8], y: &[u8], length: usize) -> Result<Vec<u8>, KeyError> {
    if x.len() != length || y.len() != length { Err(KeyError::Point) } else { Ok([&[4], x, y].concat()) }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.to_multikey(), self) {
            (Some(text), _) => write!(f, "PublicKey({text})"),
            (None, Self::Rsa(key)) => write!(f, "PublicKey(RSA, {} bytes)", key.modulus.len()),
            (None, _) => f.write_str("PublicKey"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Signer as _;
    use serde_json::json;

    /// From did:key §7 and §A, published there.
    const ED25519: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    const P256: &str = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";
    const P384: &str = "z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54";

    fn jwk(value: Value) -> Result<PublicKey, KeyError> {
        PublicKey::from_jwk(value.as_object().unwrap())
    }

    #[test]
    fn the_three_curves_read_back_as_multikeys() {
        for text in [ED25519, P256, P384] {
            assert_eq!(PublicKey::from_multikey(text).unwrap().to_multikey().unwrap(), text);
        }
    }

    #[test]
    fn a_jwk_and_a_multikey_of_one_key_are_one() {
        // RFC 8037 A.2.
        let ed = jwk(json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})).unwrap();
        assert_eq!(ed.to_multikey().unwrap(), "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");
        let secret = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let point = secret.verifying_key().to_sec1_point(false);
        let encode = |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(&point.as_bytes()[range]);
        let key = jwk(json!({"kty": "EC", "crv": "P-256", "x": encode(1..33), "y": encode(33..65), "use": "sig"})).unwrap();
        assert_eq!(PublicKey::from_multikey(&key.to_multikey().unwrap()), Ok(key));
    }

    #[test]
    fn weak_points_and_second_spellings_are_no_keys() {
        let multikey = |point: &[u8]| PublicKey::from_multikey(&multibase::base58btc(&[&ED25519_PUB[..], point].concat()));
        let mut point = [0; 32];
        assert_eq!(multikey(&point), Err(KeyError::Point));
        point[0] = 1;
        assert_eq!(multikey(&point), Err(KeyError::Point), "the identity");
        let mut spelled_twice = [0xff; 32];
        (spelled_twice[0], spelled_twice[31]) = (0xf0, 0x7f);
        assert_eq!(multikey(&spelled_twice), Err(KeyError::Point), "y = p + 3");
        assert_eq!(multikey(&[1; 31]), Err(KeyError::Point));
        let p256 = |point: &[u8]| PublicKey::from_multikey(&multibase::base58btc(&[&P256_PUB[..], point].concat()));
        assert_eq!(p256(&[0]), Err(KeyError::Point), "the point at infinity");
        let uncompressed = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap().verifying_key().to_sec1_point(false);
        assert_eq!(p256(uncompressed.as_bytes()), Err(KeyError::Point), "Multikey demands the compressed form");
    }

    #[test]
    fn other_kinds_uses_and_forms_are_named() {
        assert!(
            matches!(PublicKey::from_multikey("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"), Err(KeyError::Kind(_))),
            "secp256k1"
        );
        assert!(matches!(PublicKey::from_multikey("uAA"), Err(KeyError::Multibase(_))));
        let good = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        let with = |member: &str, value: Value| {
            let mut changed = good.clone();
            changed[member] = value;
            jwk(changed)
        };
        assert!(jwk(good.clone()).is_ok());
        assert_eq!(with("use", json!("enc")), Err(KeyError::Use));
        assert_eq!(with("key_ops", json!(["sign"])), Err(KeyError::Use));
        assert_eq!(with("alg", json!("ES256")), Err(KeyError::Use));
        assert_eq!(with("d", json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")), Err(KeyError::Secret));
        assert_eq!(with("x", json!("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=")), Err(KeyError::Member("x")));
        assert!(matches!(with("crv", json!("X25519")), Err(KeyError::Kind(_))));
        assert_eq!(jwk(json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode([0xffu8; 128]), "e": "AQAB"})), Err(KeyError::Rsa), "1024 bits");
        assert_eq!(jwk(json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode([0xffu8; 256]), "e": "AQ"})), Err(KeyError::Rsa), "exponent 1");
        assert!(jwk(json!({"kty": "RSA", "n": URL_SAFE_NO_PAD.encode([0xffu8; 256]), "e": "AQAB", "alg": "RS256"})).is_ok());
    }

    #[test]
    fn a_signature_holds_for_its_message_key_and_algorithm_alone() {
        let secret = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
        let signature: p256::ecdsa::Signature = secret.sign(b"badge");
        let key = PublicKey::P256(*secret.verifying_key());
        let bytes = signature.to_bytes();
        assert!(key.verifies(Algorithm::Es256, b"badge", &bytes));
        assert!(!key.verifies(Algorithm::Es256, b"budge", &bytes));
        assert!(!key.verifies(Algorithm::Es384, b"badge", &bytes));
        assert!(!key.verifies(Algorithm::EdDsa, b"badge", &bytes));
        assert!(!key.verifies(Algorithm::Es256, b"badge", signature.to_der().as_bytes()), "DER is another form");
        assert!(!key.verifies(Algorithm::Es256, b"badge", &[0; 64]), "the signature that once passed everywhere");
        let secret = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
        let signature: p384::ecdsa::Signature = secret.sign(b"badge");
        let key = PublicKey::P384(*secret.verifying_key());
        assert!(key.verifies(Algorithm::Es384, b"badge", &signature.to_bytes()));
        assert!(!key.verifies(Algorithm::Es384, b"badge", &signature.to_bytes()[1..]));
    }

    #[test]
    fn an_rsa_key_is_one_in_pem_and_jwk_and_checks_pkcs1_with_sha256() {
        let pair = ring::signature::RsaKeyPair::from_pkcs8(include_bytes!("../tests/fixtures/rsa-2048-for-tests.pk8")).unwrap();
        let mut signature = vec![0; pair.public().modulus_len()];
        let random = ring::rand::SystemRandom::new();
        pair.sign(&ring::signature::RSA_PKCS1_SHA256, &random, b"badge", &mut signature).unwrap();
        let pkcs1 = spki::der::pem::encode_string("RSA PUBLIC KEY", spki::der::pem::LineEnding::LF, pair.public().as_ref()).unwrap();
        let key = PublicKey::from_pem(&pkcs1).unwrap();
        let parts = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(pair.public());
        let (n, e) = (URL_SAFE_NO_PAD.encode(&parts.n), URL_SAFE_NO_PAD.encode(&parts.e));
        assert_eq!(jwk(json!({"kty": "RSA", "n": n, "e": e, "kid": "1"})), Ok(key.clone()));
        assert!(key.verifies(Algorithm::Rs256, b"badge", &signature));
        assert!(!key.verifies(Algorithm::Rs256, b"budge", &signature));
        assert!(!key.verifies(Algorithm::Es256, b"badge", &signature));
        assert!(!key.verifies(Algorithm::Rs256, b"badge", &signature[1..]));
    }

    #[test]
    fn keys_in_pem_are_read_whatever_they_are() {
        // Made with OpenSSL 3.
        let ed = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
        assert_eq!(PublicKey::from_pem(ed).map(|key| key.algorithm()), Ok(Algorithm::EdDsa));
        for broken in [
            "",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        ] {
            assert_eq!(PublicKey::from_pem(broken), Err(KeyError::Pem));
        }
    }
}
