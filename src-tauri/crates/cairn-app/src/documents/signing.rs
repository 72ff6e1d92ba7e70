//! The learner's signing key, as settings show it and packets use it.

use cairn_proof::keys::{KeyError, KeyState, SecretState};
use cairn_proof::{KeyHome, KeyStore, LearnerKey};
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
    /// Whether the secret is there to sign with.
    pub secret: KeySecret,
    /// Since when this key signs (RFC 3339); `None` before the first packet.
    pub since: Option<String>,
    /// Every key of this vault, the newest first.
    pub history: Vec<KeyEvent>,
}

/// Where a secret key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPlace {
    /// In the operating system's keychain.
    Keychain,
    /// In a file of the vault, readable by its owner alone.
    File,
    /// Nowhere: there is none yet, or it is lost.
    None,
}

/// Whether a secret key is there to sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeySecret {
    /// There is no key yet.
    NotMade,
    /// It is there.
    Present,
    /// It is neither in the keychain nor in the vault: bring it back from a recovery file, or replace the key.
    Lost,
    /// Its file holds something else.
    Damaged,
    /// The keychain that has it does not answer.
    OutOfReach,
}

/// A key of this vault, now or before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct KeyEvent {
    /// The public key as a did:key.
    pub did: String,
    /// Since when it signed (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339); nothing for the key in use.
    pub until: Option<String>,
    /// Whether it was lost, so that it could not sign for the next.
    pub lost: bool,
}

impl App {
    /// What there is of a signing key. Makes none, and unlocks no keychain.
    ///
    /// # Errors
    /// `key-file-failed`, `key-history-damaged`.
    pub fn signing_key(&self) -> Result<KeyView> {
        Ok(KeyStore::open(self.vault.folder().path()).state()?.into())
    }

    /// The key itself, made on first use.
    pub(crate) fn learner_key(&self) -> Result<LearnerKey> {
        Ok(KeyStore::open(self.vault.folder().path()).learner_key()?)
    }

    /// The names of the learner's own keys, now and before.
    pub(crate) fn own_names(&self) -> Result<Vec<String>> {
        // Neither asks the keychain for the secret.
        let store = KeyStore::open(self.vault.folder().path());
        let before = store.history()?.links().iter().map(|link| link.next.to_string()).collect::<Vec<_>>();
        Ok(before.into_iter().chain(store.did()?.map(|did| did.to_string())).collect())
    }
}

impl From<KeyState> for KeyView {
    fn from(state: KeyState) -> Self {
        let (home, path) = match state.home {
            Some(KeyHome::Keychain) => (KeyPlace::Keychain, None),
            Some(KeyHome::File(path)) => (KeyPlace::File, Some(path.display().to_string())),
            None => (KeyPlace::None, None),
        };
        let secret = match state.secret {
            SecretState::NotMade => KeySecret::NotMade,
            SecretState::Present => KeySecret::Present,
            SecretState::Lost => KeySecret::Lost,
            SecretState::Damaged => KeySecret::Damaged,
            SecretState::OutOfReach(_) => KeySecret::OutOfReach,
        };
        let links = state.history.links();
        let event = |(at, link): (usize, &cairn_proof::keys::Link)| {
            let next = links.get(at + 1);
            KeyEvent {
                did: link.next.to_string(),
                from: link.at.to_rfc3339(),
                until: next.map(|next| next.at.to_rfc3339()),
                lost: next.is_some_and(|next| next.lost),
            }
        };
        KeyView {
            home,
            path,
            did: state.did.map(|did| did.to_string()),
            secret,
            since: state.since.map(|since| since.to_rfc3339()),
            history: links.iter().enumerate().map(event).rev().collect(),
        }
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
                    "{} does not hold a signing key. Bring it back from a copy, or from a recovery file with “cairn key import-recovery FILE”; a new key would be another signer.",
                    path.display()
                ),
            )
            .with("path", path.display().to_string()),
            KeyError::Keychain { did, source } => AppError::new(
                "key-locked",
                format!("The signing key {did} is in the system's keychain, which did not give it: {source}. Unlock it and try again; where that keychain is gone, bring the key back with “cairn key import-recovery”, or replace it with “cairn key rotate --lost”."),
            )
            .with("did", did)
            .with("detail", source.to_string()),
            KeyError::Lost(did) => {
                AppError::new("key-lost", format!("The secret of {did} is neither in the keychain nor in the vault. Nothing was signed. Bring it back from a recovery file (“cairn key import-recovery”), or replace the key as lost (“cairn key rotate --lost”)."))
                    .with("did", did)
            }
            KeyError::OtherKey { expected, found } => AppError::new(
                "key-mismatch",
                format!("The vault signs with {expected}, and the secret that was found belongs to {found}. Nothing was signed. “cairn key import-recovery FILE” brings the right one back from a recovery file."),
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
