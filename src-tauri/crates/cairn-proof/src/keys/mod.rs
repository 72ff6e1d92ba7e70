//! The learner's signing key: where it is kept, how it is replaced, and how it is brought back.
//!
//! | file in the vault folder | holds | into backups |
//! |---|---|---|
//! | `key` | the secret, where no keychain answers (mode 0600) | never |
//! | `key.next` | the secret to come, for the moment of a rotation (mode 0600) | never |
//! | `key.did` | the key's public name, and whether a file or a keychain had its secret | no need: the history says it |
//! | `key.history.json` | the [`History`], public | yes |
//! | `key.lock` | nothing; orders those who write the others | no |

mod error;
mod file;
pub mod history;
mod keychain;
pub mod recovery;
mod rotation;
mod state;
mod store;

pub use error::KeyError;
pub use history::{History, HistoryError, Link};
pub use recovery::{Imported, RecoveryError, Replace};
pub use rotation::Rotated;
pub use state::{KeyState, SecretState};
pub use store::{KeyHome, KeyStore, LearnerKey};

use crate::did_key::DidKey;
use crate::multibase;
use ed25519_dalek::Signer as _;
use std::fmt;
use zeroize::{Zeroize as _, Zeroizing};

/// Multicodec code of an Ed25519 secret key, as a varint.
const ED25519_PRIV: [u8; 2] = [0x80, 0x26];

/// An Ed25519 secret key. Its memory is wiped when dropped, and `Debug` shows the public key alone.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

/// The text is not an Ed25519 secret key in Multikey form; says nothing of the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not an Ed25519 secret key")]
pub struct NotASecretKey;

impl SigningKey {
    /// A new key from the operating system's random numbers.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice())?;
        Ok(Self::from_seed(&seed))
    }

    /// The key of a 32-byte seed (RFC 8032 §5.1.5).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// Reads a secret Multikey, `z3u2…` (Controlled Identifiers 1.0 §2.2.2).
    pub fn from_secret_multikey(text: &str) -> Result<Self, NotASecretKey> {
        let bytes = Zeroizing::new(multibase::decode(text).map_err(|_| NotASecretKey)?);
        let seed = bytes.strip_prefix(&ED25519_PRIV).ok_or(NotASecretKey)?;
        let mut seed: [u8; 32] = seed.try_into().map_err(|_| NotASecretKey)?;
        let key = Self::from_seed(&seed);
        seed.zeroize();
        Ok(key)
    }

    /// The secret Multikey, for the places that keep keys; wiped when dropped.
    pub fn to_secret_multikey(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(ED25519_PRIV.to_vec());
        bytes.reserve_exact(32);
        bytes.extend_from_slice(self.0.as_bytes());
        Zeroizing::new(multibase::base58btc(&bytes))
    }

    /// The public key.
    pub fn did(&self) -> DidKey {
        DidKey::from_public_key(self.0.verifying_key())
    }

    /// The Ed25519 signature over a message; the same message gives the same signature.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.did())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_as_rfc_8032_says() {
        // RFC 8032 §7.1, test 1: the empty message.
        let key = SigningKey::from_seed(&[
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b,
            0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
        ]);
        assert_eq!(key.sign(b"")[..4], [0xe5, 0x56, 0x43, 0x00]);
        assert!(key.did().verifies(b"", &key.sign(b"")));
    }

    #[test]
    fn a_secret_reads_back_and_never_shows_in_debug() {
        let key = SigningKey::generate().unwrap();
        let secret = key.to_secret_multikey();
        assert_eq!(SigningKey::from_secret_multikey(&secret).unwrap().did(), key.did());
        assert!(!format!("{key:?}").contains(&secret[8..]));
        assert!(SigningKey::from_secret_multikey(&key.did().to_multikey()).is_err());
    }
}
