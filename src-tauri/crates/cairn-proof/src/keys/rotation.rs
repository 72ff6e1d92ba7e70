//! Replacing the key: by its holder's own signature, or, after a loss, without.
//!
//! The old secret is forgotten at once, in the file and in the keychain: nothing needs it any more, and whoever copied it
//! cannot be told from its holder. Old exports keep verifying, because a `did:key` is its own key.

use super::history::{History, HistoryError, Link};
use super::store::LearnerKey;
use super::{KeyError, KeyStore, SigningKey, keychain};
use crate::did_key::DidKey;
use chrono::{DateTime, Utc};

/// A key that was replaced.
#[derive(Debug, Clone)]
pub struct Rotated {
    /// The key that signed until now.
    pub previous: DidKey,
    /// The key that signs from here on.
    pub key: LearnerKey,
    /// The statement that the history grew by.
    pub link: Link,
    /// Whether the old secret is gone from this machine. A keychain may refuse; the next use of the key tries again.
    pub old_forgotten: bool,
}

/// Where a change of keys can be interrupted, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The new secret is in its place, and no file names it.
    SecretPut,
    /// The history names the new key: from here on it is the vault's.
    HistoryWritten,
}

/// What is asked after each step; tests stop there, as a crash would.
pub(super) type Stop<'a> = &'a dyn Fn(Step) -> Result<(), KeyError>;

impl KeyStore {
    /// Makes a new key and signs with the old one that it follows. `now` dates the statement.
    ///
    /// # Errors
    /// [`KeyError::Lost`] where the old secret is gone: see [`Self::replace_lost`]. On any error the vault's key is as it was.
    pub fn rotate(&self, now: DateTime<Utc>) -> Result<Rotated, KeyError> {
        self.rotate_in_steps(now, &|_| Ok(()))
    }

    pub(super) fn rotate_in_steps(&self, now: DateTime<Utc>, stop: Stop) -> Result<Rotated, KeyError> {
        let _locked = self.lock()?;
        let old = self.locked_key()?.key;
        let new = SigningKey::generate().map_err(|_| KeyError::NoRandom)?;
        let history = self.history()?.followed(Some(&old), &new, now);
        self.switch(new, history, stop)
    }

    /// Makes a new key in the place of one that is lost. The history says so, and that nobody but the new key vouches for it;
    /// no record and no earlier export changes.
    ///
    /// # Errors
    /// [`KeyError::NotLost`] where the secret is at hand, [`KeyError::Keychain`] where a keychain is locked that may hold it.
    pub fn replace_lost(&self, now: DateTime<Utc>) -> Result<Rotated, KeyError> {
        let _locked = self.lock()?;
        match self.locked_key() {
            Ok(held) => return Err(KeyError::NotLost(held.key.did().to_string())),
            Err(KeyError::Lost(_)) => {}
            // Whatever secret lies there, it is not the vault's key; somebody may know what it is.
            Err(KeyError::OtherKey { .. } | KeyError::Damaged(_)) => self.set_aside()?,
            // Moved to a machine without a keychain: what is in the other's is out of reach.
            Err(KeyError::Keychain { source: keychain::KeychainError::Absent, .. }) => {}
            Err(error) => return Err(error),
        }
        let new = SigningKey::generate().map_err(|_| KeyError::NoRandom)?;
        let history = self.history()?;
        let history = match (history.current(), self.did()?) {
            (None, Some(lost)) => History::after_loss(lost, &new, now),
            _ => history.followed(None, &new, now),
        };
        self.switch(new, history, &|_| Ok(()))
    }

    /// Puts a key that a history names last into use. The caller holds the lock.
    pub(super) fn switch(&self, new: SigningKey, history: Result<History, HistoryError>, stop: Stop) -> Result<Rotated, KeyError> {
        let history = history.map_err(|source| KeyError::History { path: self.history_file(), source })?;
        let Some((link, previous)) = history.links().last().and_then(|link| Some((link.clone(), link.previous?))) else {
            return Err(KeyError::History { path: self.history_file(), source: HistoryError::Malformed });
        };
        self.install(&new, &history, stop)?;
        let key = self.locked_key()?;
        let old_forgotten =
            !self.keychain || matches!(keychain::holds(&previous.to_string()), Ok(false) | Err(keychain::KeychainError::Absent));
        Ok(Rotated { previous, key, link, old_forgotten })
    }

    /// Secret first, then the history that names it: the order that a crash cannot hurt.
    pub(super) fn install(&self, key: &SigningKey, history: &History, stop: Stop) -> Result<(), KeyError> {
        self.put_secret(key)?;
        stop(Step::SecretPut)?;
        self.write_history(history)?;
        stop(Step::HistoryWritten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date;
    use crate::keys::KeyHome;

    fn now() -> DateTime<Utc> {
        date::parse("2027-03-01T09:00:00Z").unwrap()
    }

    fn vault() -> (tempfile::TempDir, KeyStore, SigningKey) {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        let key = store.learner_key().unwrap().key;
        (vault, store, key)
    }

    #[test]
    fn a_rotated_key_is_signed_for_by_the_old_one_which_is_forgotten() {
        let (vault, store, old) = vault();
        let rotated = store.rotate(now()).unwrap();
        assert_eq!(rotated.previous, old.did());
        assert_ne!(rotated.key.key.did(), old.did());
        assert_eq!(rotated.key.home, KeyHome::File(vault.path().join("key")));
        assert!(rotated.old_forgotten && !rotated.link.lost);
        assert_eq!(store.learner_key().unwrap().key.did(), rotated.key.key.did());
        let history = store.history().unwrap();
        assert_eq!(history.replaced(&old.did()).unwrap().next, rotated.key.key.did());
        assert!(history.same_holder(&old.did(), &rotated.key.key.did()));
        let secret = old.to_secret_multikey();
        for entry in std::fs::read_dir(vault.path()).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(!text.contains(&secret[4..]), "the old secret is nowhere in the vault");
        }
    }

    #[test]
    fn whoever_is_stopped_on_the_way_leaves_one_usable_key() {
        let crash = || KeyError::NoRandom;
        for (step, rotated) in [(Step::SecretPut, false), (Step::HistoryWritten, true)] {
            let (vault, store, old) = vault();
            let stopped = store.rotate_in_steps(now(), &|at| if at == step { Err(crash()) } else { Ok(()) });
            assert!(stopped.is_err());
            let held = KeyStore::in_file(vault.path()).learner_key().unwrap();
            assert_eq!(held.key.did() != old.did(), rotated, "{step:?}");
            assert_eq!(store.history().unwrap().current(), Some(held.key.did()));
            assert_eq!(store.did().unwrap(), Some(held.key.did()));
            assert!(!vault.path().join("key.next").exists());
            let named = std::fs::read_to_string(vault.path().join("key.did")).unwrap();
            assert_eq!(named, format!("{}\nfile\n", held.key.did()));
            assert_eq!(store.rotate(now()).unwrap().previous, held.key.did());
        }
    }

    #[test]
    fn several_that_rotate_together_make_one_chain() {
        let (_vault, store, first) = vault();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| store.rotate(now()).unwrap());
                scope.spawn(|| store.learner_key().unwrap());
            }
        });
        let history = store.history().unwrap();
        assert_eq!(history.links().len(), 7);
        assert!(history.same_holder(&first.did(), &store.learner_key().unwrap().key.did()));
    }

    #[test]
    fn a_lost_key_is_replaced_and_the_history_says_that_it_was_lost() {
        let (vault, store, old) = vault();
        assert!(matches!(store.replace_lost(now()), Err(KeyError::NotLost(_))));
        std::fs::remove_file(vault.path().join("key")).unwrap();
        assert!(matches!(store.rotate(now()), Err(KeyError::Lost(_))));
        let rotated = store.replace_lost(now()).unwrap();
        assert!(rotated.link.lost && rotated.previous == old.did());
        let history = store.history().unwrap();
        assert!(history.replaced(&old.did()).unwrap().lost);
        assert!(!history.same_holder(&old.did(), &rotated.key.key.did()));
        assert_eq!(store.learner_key().unwrap().key.did(), rotated.key.key.did());
    }

    #[test]
    fn a_damaged_key_is_set_aside_and_replaced() {
        let (vault, store, old) = vault();
        std::fs::write(vault.path().join("key"), "z3u2 torn").unwrap();
        assert!(matches!(store.learner_key(), Err(KeyError::Damaged(_))));
        let rotated = store.replace_lost(now()).unwrap();
        assert_eq!(rotated.previous, old.did());
        assert_eq!(std::fs::read_to_string(vault.path().join("key.aside")).unwrap(), "z3u2 torn");
    }

    #[test]
    fn a_vault_from_before_histories_gets_one_and_can_lose_its_key_too() {
        let (vault, store, old) = vault();
        std::fs::remove_file(vault.path().join("key.history.json")).unwrap();
        assert_eq!(store.did().unwrap(), Some(old.did()));
        assert_eq!(store.rotate(now()).unwrap().previous, old.did());
        let (vault, store, old) = {
            drop(vault);
            self::vault()
        };
        std::fs::remove_file(vault.path().join("key.history.json")).unwrap();
        std::fs::remove_file(vault.path().join("key")).unwrap();
        let rotated = store.replace_lost(now()).unwrap();
        assert_eq!((rotated.previous, rotated.link.lost), (old.did(), true));
        assert_eq!(store.learner_key().unwrap().key.did(), rotated.key.key.did());
    }

    #[test]
    fn a_backup_that_brings_only_the_history_knows_whose_key_is_missing() {
        let (vault, _store, old) = vault();
        let restored = tempfile::tempdir().unwrap();
        std::fs::copy(vault.path().join("key.history.json"), restored.path().join("key.history.json")).unwrap();
        let store = KeyStore::in_file(restored.path());
        assert_eq!(store.did().unwrap(), Some(old.did()));
        assert!(matches!(store.learner_key(), Err(KeyError::Lost(lost)) if lost == old.did().to_string()));
    }

    #[test]
    fn a_damaged_history_is_an_error_and_never_a_new_key() {
        let (vault, store, _old) = vault();
        std::fs::write(vault.path().join("key.history.json"), "{").unwrap();
        assert!(matches!(store.learner_key(), Err(KeyError::History { .. })));
        assert!(matches!(store.rotate(now()), Err(KeyError::History { .. })));
    }
}
