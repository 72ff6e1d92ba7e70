//! The learner's signing key, as settings show it and packets use it.

use cairn_proof::keys::KeyError;
use cairn_proof::{KeyStore, LearnerKey};
use serde::Serialize;

use crate::{App, AppError, Result};

/// Where the signing key is and what it is called. The secret is never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct KeyView {
    /// Where the secret is kept.
    pub home: KeyPlace,
    /// The file with the secret, where it is kept in one.
    pub path: Option<String>,
    /// The public key as a did:key; `None` before the first packet.
    pub did: Option<String>,
}

/// Where a secret key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPlace {
    /// In the operating system's keychain.
    Keychain,
    /// In a file of the vault, readable by its owner alone.
    File,
    /// Nowhere: there is none yet.
    None,
}

impl App {
    /// What there is of a signing key. Makes none, and asks no keychain.
    ///
    /// # Errors
    /// `key-damaged` or `key-file-failed`.
    pub fn signing_key(&self) -> Result<KeyView> {
        let folder = self.vault.folder().path();
        let did = KeyStore::open(folder).did()?.map(|did| did.to_string());
        let file = folder.join(KeyStore::FILE_NAMES[0]);
        Ok(match &did {
            None => KeyView { home: KeyPlace::None, path: None, did },
            Some(_) if file.exists() => KeyView { home: KeyPlace::File, path: Some(file.display().to_string()), did },
            Some(_) => KeyView { home: KeyPlace::Keychain, path: None, did },
        })
    }

    /// The key itself, made on first use.
    pub(crate) fn learner_key(&self) -> Result<LearnerKey> {
        Ok(KeyStore::open(self.vault.folder().path()).learner_key()?)
    }
}

impl From<KeyError> for AppError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::File { path, source } => {
                AppError::new("key-file-failed", format!("The key file {} cannot be used: {source}. Nothing was signed.", path.display()))
                    .with("path", path.display().to_string())
                    .with("detail", source.to_string())
            }
            KeyError::Damaged(path) => AppError::new(
                "key-damaged",
                format!(
                    "{} does not hold a signing key. Bring it back from a copy; without it, a new key would be another signer.",
                    path.display()
                ),
            )
            .with("path", path.display().to_string()),
            KeyError::Keychain { did, source } => AppError::new(
                "key-locked",
                format!("The signing key {did} is in the system's keychain, which did not give it: {source}. Unlock it and try again."),
            )
            .with("did", did)
            .with("detail", source.to_string()),
            KeyError::Lost(did) => {
                AppError::new("key-lost", format!("The secret of {did} is neither in the keychain nor in the vault. Nothing was signed."))
                    .with("did", did)
            }
            KeyError::OtherKey { expected, found } => AppError::new(
                "key-mismatch",
                format!("The vault signs with {expected}, and the secret that was found belongs to {found}. Nothing was signed."),
            )
            .with("expected", expected)
            .with("found", found),
            KeyError::History { path, source } => AppError::new(
                "key-history-damaged",
                format!("{}: {source}. Bring the file back from a backup. Nothing was signed.", path.display()),
            )
            .with("path", path.display().to_string())
            .with("detail", source.to_string()),
            KeyError::NotLost(did) => AppError::new(
                "key-not-lost",
                format!("The secret of {did} is here: replace the key by rotating it, so that it signs for the next."),
            )
            .with("did", did),
            KeyError::NoRandom => AppError::new("key-no-random", "The system gave no random numbers for a new key. Nothing was signed."),
        }
    }
}
