//! What there is of a key, for settings and `key show`: never the secret.

use super::history::History;
use super::keychain::{self, KeychainError};
use super::{KeyError, KeyHome, KeyStore};
use crate::did_key::DidKey;
use chrono::{DateTime, Utc};

/// What there is of a vault's signing key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyState {
    /// The key's public name; None before first use.
    pub did: Option<DidKey>,
    /// Where the secret is kept; None where it is not.
    pub home: Option<KeyHome>,
    /// Since when this key signs; None before first use, and in a vault whose key was last asked for before histories.
    pub since: Option<DateTime<Utc>>,
    /// Whether the secret is there.
    pub secret: SecretState,
    /// Every key of the vault.
    pub history: History,
}

/// Whether a secret is there to sign with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretState {
    /// There is no key yet; the first signature makes it.
    NotMade,
    /// It is there. A keychain may still ask the learner to unlock it.
    Present,
    /// It is neither in the keychain nor in the vault: bring it back from a recovery file, or replace the key.
    Lost,
    /// The file holds something else than the vault's key.
    Damaged,
    /// The keychain that must have it does not answer, in its words.
    OutOfReach(String),
}

impl KeyStore {
    /// What there is of a key. Makes none, unlocks nothing and asks the learner nothing.
    ///
    /// # Errors
    /// A file that cannot be read, or a key history that proves nothing.
    pub fn state(&self) -> Result<KeyState, KeyError> {
        let history = self.history()?;
        let file = KeyHome::File(self.secret_file());
        let damaged = |history| KeyState { did: None, home: Some(file.clone()), since: None, secret: SecretState::Damaged, history };
        let did = match self.did() {
            Ok(None) => return Ok(KeyState { did: None, home: None, since: None, secret: SecretState::NotMade, history }),
            Ok(Some(did)) => did,
            Err(KeyError::Damaged(_)) => return Ok(damaged(history)),
            Err(error) => return Err(error),
        };
        let (home, secret) = match self.kept(did) {
            Ok(true) => (Some(file), SecretState::Present),
            Err(KeyError::Damaged(_) | KeyError::OtherKey { .. }) => (Some(file), SecretState::Damaged),
            Err(error) => return Err(error),
            Ok(false) if !self.keychain => (None, SecretState::Lost),
            Ok(false) => match keychain::holds(&did.to_string()) {
                Ok(true) => (Some(KeyHome::Keychain), SecretState::Present),
                Ok(false) => (None, SecretState::Lost),
                Err(_) if self.was_in_file(did)? => (None, SecretState::Lost),
                Err(KeychainError::Absent) => (None, SecretState::OutOfReach(KeychainError::Absent.to_string())),
                Err(error) => (Some(KeyHome::Keychain), SecretState::OutOfReach(error.to_string())),
            },
        };
        Ok(KeyState { did: Some(did), home, since: history.since(), secret, history })
    }

    /// Whether a file of the vault holds the secret of a key, be it only about to take its place.
    fn kept(&self, did: DidKey) -> Result<bool, KeyError> {
        let held = self.read_secret(&self.secret_file())?;
        if held.as_ref().is_some_and(|key| key.did() == did) {
            return Ok(true);
        }
        if self.read_secret(&self.next_file())?.is_some_and(|key| key.did() == did) {
            return Ok(true);
        }
        let in_keychain = || self.keychain && keychain::holds(&did.to_string()) == Ok(true);
        match held {
            Some(other) if !in_keychain() => Err(KeyError::OtherKey { expected: did.to_string(), found: other.did().to_string() }),
            _ => Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_described_before_it_is_made_while_it_is_there_and_when_it_is_lost() {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        assert_eq!(store.state().unwrap().secret, SecretState::NotMade);
        assert_eq!(std::fs::read_dir(vault.path()).unwrap().count(), 0, "looking makes nothing");
        let held = store.learner_key().unwrap();
        let state = store.state().unwrap();
        assert_eq!((state.did, state.home), (Some(held.key.did()), Some(held.home)));
        assert_eq!(state.secret, SecretState::Present);
        assert!(state.since.is_some());
        assert_eq!(state.history.links().len(), 1);
        std::fs::remove_file(vault.path().join("key")).unwrap();
        let state = store.state().unwrap();
        assert_eq!((state.did, state.home, state.secret), (Some(held.key.did()), None, SecretState::Lost));
    }

    #[test]
    fn another_secret_in_the_file_is_called_damaged() {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        store.learner_key().unwrap();
        let other = crate::SigningKey::from_seed(&[9; 32]).to_secret_multikey();
        std::fs::write(vault.path().join("key"), other.as_str()).unwrap();
        assert_eq!(store.state().unwrap().secret, SecretState::Damaged);
        assert!(matches!(store.learner_key(), Err(KeyError::OtherKey { .. })));
    }
}
