//! `did:key` for Ed25519 (did:key §3, Multikey in Controlled Identifiers 1.0 §2.2.2): the public key is its own name.

use crate::multibase::{self, MultibaseError};
use crate::public_key::PublicKey;
use ed25519_dalek::{Signature, VerifyingKey};
use std::fmt;
use std::str::FromStr;

/// Multicodec code of an Ed25519 public key, as a varint.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];

/// An Ed25519 public key under its `did:key` name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DidKey(VerifyingKey);

/// Why a text does not name an Ed25519 key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DidKeyError {
    /// The text does not begin with `did:key:`.
    #[error("not a did:key")]
    Method,
    /// The key is not in multibase, or not in base58btc as did:key demands.
    #[error("the key is not in base58btc: {0}")]
    Multibase(#[from] MultibaseError),
    /// The key is of another kind, such as P-256.
    #[error("the key is not an Ed25519 public key")]
    NotEd25519,
    /// The 32 bytes are not a point on the curve, or one so weak that anybody can sign for it.
    #[error("the Ed25519 key is not a usable point on its curve")]
    WeakPoint,
    /// The verification method's fragment names another key than the DID before it.
    #[error("the verification method names another key than its own did:key")]
    Fragment,
}

impl DidKey {
    /// The name of a public key.
    pub fn from_public_key(key: VerifyingKey) -> Self {
        Self(key)
    }

    /// Reads a Multikey text, `z6Mk…`.
    pub fn from_multikey(text: &str) -> Result<Self, DidKeyError> {
        if !text.starts_with('z') {
            return Err(MultibaseError::Prefix.into());
        }
        let bytes = multibase::decode(text)?;
        let point = bytes.strip_prefix(&ED25519_PUB).ok_or(DidKeyError::NotEd25519)?;
        let point: [u8; 32] = point.try_into().map_err(|_| DidKeyError::NotEd25519)?;
        let key = VerifyingKey::from_bytes(&point).map_err(|_| DidKeyError::WeakPoint)?;
        if key.is_weak() {
            return Err(DidKeyError::WeakPoint);
        }
        Ok(Self(key))
    }

    /// Reads a verification method, `did:key:z6Mk…#z6Mk…`, whose fragment must name the same key.
    pub fn from_verification_method(url: &str) -> Result<Self, DidKeyError> {
        let (did, fragment) = url.split_once('#').ok_or(DidKeyError::Fragment)?;
        let key: Self = did.parse()?;
        if key.to_multikey() == fragment { Ok(key) } else { Err(DidKeyError::Fragment) }
    }

    /// The Multikey text, `z6Mk…`.
    pub fn to_multikey(self) -> String {
        let mut bytes = ED25519_PUB.to_vec();
        bytes.extend_from_slice(self.0.as_bytes());
        multibase::base58btc(&bytes)
    }

    /// The verification method that proofs name, `did:key:z6Mk…#z6Mk…`.
    pub fn verification_method(self) -> String {
        format!("{self}#{}", self.to_multikey())
    }

    /// Whether the signature is this key's over the message, by the strict rules of RFC 8032 §8.4: no malleable signature
    /// and no weak point passes.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl FromStr for DidKey {
    type Err = DidKeyError;

    fn from_str(did: &str) -> Result<Self, DidKeyError> {
        Self::from_multikey(did.strip_prefix("did:key:").ok_or(DidKeyError::Method)?)
    }
}

impl fmt::Display for DidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "did:key:{}", self.to_multikey())
    }
}

impl From<&DidKey> for PublicKey {
    fn from(key: &DidKey) -> Self {
        Self::Ed25519(key.0)
    }
}

impl fmt::Debug for DidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DidKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public key of W3C vc-di-eddsa's test vectors, and of did:key §7's first example.
    const KEY: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    #[test]
    fn a_did_key_reads_back_as_it_was_written() {
        let key = DidKey::from_multikey(KEY).unwrap();
        assert_eq!(key.to_string(), format!("did:key:{KEY}"));
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_eq!(DidKey::from_verification_method(&key.verification_method()), Ok(key));
    }

    #[test]
    fn a_fragment_cannot_bring_another_key() {
        let other = "z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7";
        assert_eq!(DidKey::from_verification_method(&format!("did:key:{KEY}#{other}")), Err(DidKeyError::Fragment));
        assert_eq!(DidKey::from_verification_method(&format!("did:key:{KEY}")), Err(DidKeyError::Fragment));
    }

    #[test]
    fn other_methods_kinds_and_weak_points_are_refused() {
        assert_eq!("did:web:example.org".parse::<DidKey>(), Err(DidKeyError::Method));
        // did:key §7: a P-256 key.
        let p256 = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";
        assert_eq!(p256.parse::<DidKey>(), Err(DidKeyError::NotEd25519));
        let mut identity = ED25519_PUB.to_vec();
        identity.extend([&[1u8][..], &[0; 31]].concat());
        assert_eq!(DidKey::from_multikey(&multibase::base58btc(&identity)), Err(DidKeyError::WeakPoint));
    }
}
