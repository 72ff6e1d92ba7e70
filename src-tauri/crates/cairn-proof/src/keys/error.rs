//! Why there is no key to sign with.

use super::history::HistoryError;
use super::keychain::KeychainError;
use std::io;
use std::path::PathBuf;

/// Why there is no key to sign with, or none was replaced.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A key file could not be read or written.
    #[error("the key file {path} cannot be used: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is there and holds no key.
    #[error("the file {0} does not hold a signing key")]
    Damaged(PathBuf),
    /// The key history is there and proves nothing.
    #[error("{path}: {source}")]
    History {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: HistoryError,
    },
    /// The vault's key is in a keychain that does not answer or is locked. A new key would be another signer.
    #[error("the key {did} is in the system's keychain: {source}")]
    Keychain {
        /// The vault's key.
        did: String,
        /// What the keychain said.
        source: KeychainError,
    },
    /// The vault's key is neither in the keychain nor in the vault: the vault was moved without it.
    #[error("the secret of {0} is neither in the keychain nor in the vault")]
    Lost(String),
    /// The key is not lost: its secret is there, and a rotation would be signed by it.
    #[error("the secret of {0} is at hand, so it can sign for the key that follows it")]
    NotLost(String),
    /// The secret that was found belongs to another key than the vault's.
    #[error("the vault signs with {expected}, and the kept secret is that of {found}")]
    OtherKey {
        /// The vault's key.
        expected: String,
        /// The key of the secret.
        found: String,
    },
    /// The operating system gave no random numbers.
    #[error("the system gave no random numbers for a new key")]
    NoRandom,
}
