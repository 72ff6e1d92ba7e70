//! Replacing the learner's signing key, and carrying it elsewhere in a recovery file.

use std::io::Write as _;
use std::path::Path;

use cairn_proof::KeyStore;
use cairn_proof::keys::{Imported, RecoveryError, Replace};
use serde::Serialize;

use super::signing::KeyView;
use super::write::{failed, whole_private};
use crate::{App, AppError, Result};

/// The largest recovery file that is read, in bytes.
const LARGEST_RECOVERY: u64 = 8 << 20;

/// What came of a recovery file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct KeyRecovered {
    /// What it did.
    pub outcome: Recovery,
    /// The key that signs from here on.
    pub key: KeyView,
}

/// What a recovery file did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Recovery {
    /// The vault had no key, or had lost this one.
    Restored,
    /// The vault had this key already.
    AlreadyHere,
    /// The vault had another key, which this one replaced.
    Replaced,
}

impl App {
    /// Makes a new signing key. The old one signs that it is followed; what it signed keeps verifying. Where the old one is
    /// `lost`, the history says so, and no record is lost with it.
    ///
    /// # Errors
    /// `key-lost` where the old one is lost and that was not said, `key-not-lost` where it is not, `key-locked`, `key-…`.
    pub fn key_rotate(&self, lost: bool) -> Result<KeyView> {
        let (store, now) = (KeyStore::open(self.vault.folder().path()), self.vault.now());
        if lost {
            store.replace_lost(now)?;
        } else {
            // The first one is made by the first thing that is signed; there is nothing to follow yet.
            if store.did()?.is_none() {
                return Err(no_key());
            }
            store.rotate(now)?;
        }
        self.signing_key()
    }

    /// Writes the signing key into a recovery file at `to`, encrypted with a passphrase (age). Takes about a second.
    ///
    /// # Errors
    /// `weak-passphrase`, `no-key`, `key-lost`, `key-locked`, and why the file could not be written.
    pub fn key_export_recovery(&self, to: &Path, passphrase: &str) -> Result<()> {
        let store = KeyStore::open(self.vault.folder().path());
        if store.did()?.is_none() {
            return Err(no_key());
        }
        let bytes = store.export_recovery(passphrase)?;
        whole_private(to, |file| file.write_all(&bytes).map_err(|error| failed(to, &error)))
    }

    /// What a recovery file is called when the learner does not say.
    pub fn recovery_name(&self) -> String {
        format!("cairn-key-{}.age", self.day())
    }

    /// Brings the signing key of a recovery file into this vault. Another key gives way only where `replace` says so.
    ///
    /// # Errors
    /// `wrong-passphrase`, `not-a-recovery-file`, `other-key` (with both names), `key-…`; the vault's key is as it was then.
    pub fn key_import_recovery(&self, from: &Path, passphrase: &str, replace: bool) -> Result<KeyRecovered> {
        let read = |error: &std::io::Error| crate::files::failed("read", from, error);
        if std::fs::metadata(from).map_err(|error| read(&error))?.len() > LARGEST_RECOVERY {
            return Err(RecoveryError::Damaged.into());
        }
        let bytes = std::fs::read(from).map_err(|error| read(&error))?;
        let replace = if replace { Replace::Yes } else { Replace::No };
        let outcome = match KeyStore::open(self.vault.folder().path()).import_recovery(&bytes, passphrase, replace)? {
            Imported::Restored => Recovery::Restored,
            Imported::AlreadyHere => Recovery::AlreadyHere,
            Imported::Replaced => Recovery::Replaced,
        };
        Ok(KeyRecovered { outcome, key: self.signing_key()? })
    }
}

fn no_key() -> AppError {
    AppError::new("no-key", "There is no signing key yet: the first packet or badge that you export makes it.")
}

impl From<RecoveryError> for AppError {
    fn from(error: RecoveryError) -> Self {
        let told = error.to_string();
        let said = |code, next: &str| AppError::new(code, format!("{}. {next}", capital(&told))).with("detail", told.clone());
        match error {
            RecoveryError::Key(error) => error.into(),
            RecoveryError::WeakPassphrase => said("weak-passphrase", "Nothing was written."),
            RecoveryError::WrongPassphrase => said("wrong-passphrase", "Try again; the key here is as it was."),
            RecoveryError::ExcessiveWork { .. } | RecoveryError::Damaged | RecoveryError::NotAKey => {
                said("not-a-recovery-file", "Choose the file that Cairn wrote; the key here is as it was.")
            }
            RecoveryError::OtherVault { offered, current } | RecoveryError::Older { offered, current } => {
                let message = format!(
                    "{}. It gives way only where you say so (--replace): its secret is then gone from this computer.",
                    capital(&told)
                );
                AppError::new("other-key", message).with("offered", offered).with("current", current)
            }
            RecoveryError::Write(_) => said("recovery-failed", "Nothing was written."),
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
