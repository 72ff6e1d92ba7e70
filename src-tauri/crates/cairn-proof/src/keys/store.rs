//! One signing key per vault: made on first use, kept in the keychain where one answers, else in a file.
//!
//! Which key is the vault's is said by one file alone: the last statement of `key.history.json`. A rotation puts the new
//! secret into its place first, then replaces the history, and only then forgets the old secret. Whoever is stopped on the
//! way leaves a vault with one usable key: the old one before the history was replaced, the new one after. What is left to
//! do then is done by the next who asks for the key ([`KeyStore::learner_key`]).
//!
//! A vault from before histories has none until its key is asked for; `key` or `key.did` names its key.

use super::history::History;
use super::{KeyError, SigningKey, file, keychain};
use crate::did_key::DidKey;
use chrono::{DateTime, Utc};
use std::io;
use std::path::{Path, PathBuf};

/// The environment variable that keeps the secret in the file whatever keychain answers: for tests and kiosks.
const FORCE_FILE: &str = "CAIRN_KEY_FILE";
/// Largest key history that is read, in bytes.
const LARGEST_HISTORY: u64 = 4 * 1024 * 1024;

/// What `key.did` says after the key's name of where its secret was last seen.
const IN_FILE: &str = "file";
const IN_KEYCHAIN: &str = "keychain";

/// Where a secret key is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyHome {
    /// In the operating system's keychain.
    Keychain,
    /// In this file, readable by its owner alone.
    File(PathBuf),
}

/// A vault's signing key and where it is kept.
#[derive(Debug, Clone)]
pub struct LearnerKey {
    /// The key.
    pub key: SigningKey,
    /// Where it is kept.
    pub home: KeyHome,
    /// Whether it was made just now.
    pub created: bool,
}

/// The place of one vault's signing key.
#[derive(Debug, Clone)]
pub struct KeyStore {
    folder: PathBuf,
    pub(super) keychain: bool,
}

impl KeyStore {
    /// The key of the vault in `vault_dir`. Touches nothing yet.
    pub fn open(vault_dir: &Path) -> Self {
        let forced = std::env::var_os(FORCE_FILE).is_some_and(|value| !value.is_empty() && value != "0");
        Self { folder: vault_dir.to_owned(), keychain: !forced }
    }

    /// The same, with the secret in the vault's `key` file whatever keychain answers.
    pub fn in_file(vault_dir: &Path) -> Self {
        Self { folder: vault_dir.to_owned(), keychain: false }
    }

    /// The names in a vault folder that hold keys, for backups to leave out.
    pub const FILE_NAMES: [&'static str; 5] = ["key", "key.did", "key.next", "key.lock", "key.aside"];

    /// The name in a vault folder of the public key history, for backups to take along.
    pub const HISTORY_NAME: &'static str = "key.history.json";

    /// The public name of the vault's key, or None before first use. Asks no keychain.
    pub fn did(&self) -> Result<Option<DidKey>, KeyError> {
        if let Some(did) = self.history()?.current() {
            return Ok(Some(did));
        }
        if let Some(key) = self.read_secret(&self.secret_file())? {
            return Ok(Some(key.did()));
        }
        let path = self.name_file();
        let Some(text) = file::read(&path).map_err(at(&path))? else { return Ok(None) };
        text.lines().next().unwrap_or_default().trim().parse().map(Some).map_err(|_| KeyError::Damaged(path))
    }

    /// The vault's key history, verified; empty before first use, and in a vault from before there were histories.
    pub fn history(&self) -> Result<History, KeyError> {
        let path = self.history_file();
        let Some(text) = file::read_up_to(&path, LARGEST_HISTORY).map_err(at(&path))? else { return Ok(History::default()) };
        History::parse(text.as_bytes()).map_err(|source| KeyError::History { path, source })
    }

    /// The vault's signing key; made on first use. May wait for the learner to unlock the keychain, and for another process
    /// that changes the key.
    pub fn learner_key(&self) -> Result<LearnerKey, KeyError> {
        // Two readings that agree need no lock: nothing is half done.
        let history = self.history()?;
        if let (Some(current), Some(key), false) = (history.current(), self.read_secret(&self.secret_file())?, self.next_file().exists())
            && key.did() == current
            && self.was_in_file(current)?
        {
            return Ok(LearnerKey { key, home: KeyHome::File(self.secret_file()), created: false });
        }
        let _locked = self.lock()?;
        self.locked_key()
    }

    /// The key as [`Self::learner_key`] gives it, for those who hold the lock.
    pub(super) fn locked_key(&self) -> Result<LearnerKey, KeyError> {
        self.settle()?;
        let Some(did) = self.did()? else { return self.create() };
        let held = match self.read_secret(&self.secret_file())? {
            Some(key) => LearnerKey { key, home: KeyHome::File(self.secret_file()), created: false },
            None => self.kept_in_keychain(did)?,
        };
        if held.key.did() != did {
            return Err(KeyError::OtherKey { expected: did.to_string(), found: held.key.did().to_string() });
        }
        if self.history()?.current().is_none() {
            self.write_history(&self.begun(&held.key, self.named_since())?)?;
        }
        Ok(held)
    }

    fn kept_in_keychain(&self, did: DidKey) -> Result<LearnerKey, KeyError> {
        if !self.keychain {
            return Err(KeyError::Lost(did.to_string()));
        }
        let account = did.to_string();
        let secret = match keychain::load(&account) {
            // No keychain had it: one that does not answer is not where to look.
            Err(_) if self.was_in_file(did)? => None,
            loaded => loaded.map_err(|source| KeyError::Keychain { did: account.clone(), source })?,
        };
        let key = secret.and_then(|secret| SigningKey::from_secret_multikey(secret.trim()).ok());
        let key = key.ok_or(KeyError::Lost(account))?;
        Ok(LearnerKey { key, home: KeyHome::Keychain, created: false })
    }

    fn create(&self) -> Result<LearnerKey, KeyError> {
        let key = SigningKey::generate().map_err(|_| KeyError::NoRandom)?;
        self.put_secret(&key)?;
        self.write_history(&self.begun(&key, Utc::now())?)?;
        let home = self.settle()?.unwrap_or(KeyHome::Keychain);
        Ok(LearnerKey { key, home, created: true })
    }

    /// Puts a secret where it can be found by its name and is not the vault's key yet: into the keychain, else into
    /// `key.next`.
    pub(super) fn put_secret(&self, key: &SigningKey) -> Result<(), KeyError> {
        let secret = key.to_secret_multikey();
        // Whatever the keychain's reason to refuse, the learner can sign: the file is there for that.
        if self.keychain && keychain::store(&key.did().to_string(), &secret).is_ok() {
            return Ok(());
        }
        let path = self.next_file();
        file::replace(&path, &secret).map_err(at(&path))
    }

    /// Finishes what an interrupted change left: brings the secret of the history's last key into its place and forgets any
    /// other. Returns the file that holds the secret; None where the keychain must have it, or there is no history.
    pub(super) fn settle(&self) -> Result<Option<KeyHome>, KeyError> {
        let (secret, next) = (self.secret_file(), self.next_file());
        let history = self.history()?;
        let Some(current) = history.current() else {
            // A first key that never got its history: nothing was signed with it.
            file::wipe(&next).map_err(at(&next))?;
            return Ok(None);
        };
        let is_current = |key: &Option<SigningKey>| key.as_ref().is_some_and(|key| key.did() == current);
        let (kept, coming) = (self.read_secret(&secret)?, self.read_secret(&next)?);
        let in_keychain = || self.keychain && keychain::holds(&current.to_string()) == Ok(true);
        let mut home = None;
        if is_current(&kept) {
            file::wipe(&next).map_err(at(&next))?;
            home = Some(KeyHome::File(secret));
        } else if is_current(&coming) {
            file::succeed(&next, &secret).map_err(at(&secret))?;
            home = Some(KeyHome::File(secret));
        } else if in_keychain() {
            file::wipe(&secret).map_err(at(&secret))?;
            file::wipe(&next).map_err(at(&next))?;
        }
        if let Some(previous) = history.links().last().and_then(|link| link.previous) {
            self.forget(previous);
        }
        let remembered = match &home {
            Some(_) => Some(IN_FILE),
            None if in_keychain() => Some(IN_KEYCHAIN),
            None => None,
        };
        self.write_name(current, remembered)?;
        Ok(home)
    }

    /// Moves a secret out of the way that is not the vault's key.
    pub(super) fn set_aside(&self) -> Result<(), KeyError> {
        let (path, aside) = (self.secret_file(), self.folder.join(Self::FILE_NAMES[4]));
        if path.exists() { std::fs::rename(&path, aside).map_err(at(&path)) } else { Ok(()) }
    }

    /// Makes a history the vault's: from here on its last key is the one in use.
    pub(super) fn write_history(&self, history: &History) -> Result<(), KeyError> {
        let path = self.history_file();
        let text = serde_json::to_string_pretty(&history.to_json()).unwrap_or_default();
        file::replace(&path, &format!("{text}\n")).map_err(at(&path))
    }

    /// Keeps the history of a key beside that another vault's key replaces; a backup's `key.history*.json` has it too.
    pub(super) fn keep_history_beside(&self, history: &History, of: DidKey) -> Result<(), KeyError> {
        let path = self.folder.join(format!("key.history.{}.json", of.to_multikey()));
        let text = serde_json::to_string_pretty(&history.to_json()).unwrap_or_default();
        file::replace(&path, &format!("{text}\n")).map_err(at(&path))
    }

    /// Forgets a key's secret in the keychain, where there is one; the file's is gone with its place.
    pub(super) fn forget(&self, did: DidKey) {
        if self.keychain && keychain::holds(&did.to_string()) == Ok(true) {
            // A keychain that refuses keeps it; the next use of the key tries again.
            let _ = keychain::forget(&did.to_string());
        }
    }

    /// Notes the public name of the vault's key, and where its secret is; where that cannot be told now, what was noted stays.
    fn write_name(&self, did: DidKey, home: Option<&str>) -> Result<(), KeyError> {
        let path = self.name_file();
        let noted = file::read(&path).map_err(at(&path))?;
        let text = match home {
            Some(home) => format!("{did}\n{home}\n"),
            None if noted.as_ref().and_then(|noted| noted.lines().next()) == Some(&did.to_string()) => return Ok(()),
            None => format!("{did}\n"),
        };
        match noted {
            Some(noted) if *noted == text => Ok(()),
            _ => file::replace(&path, &text).map_err(at(&path)),
        }
    }

    /// Whether the secret of this key was last seen in the vault's own file.
    pub(super) fn was_in_file(&self, did: DidKey) -> Result<bool, KeyError> {
        let path = self.name_file();
        let noted = file::read(&path).map_err(at(&path))?;
        Ok(noted.is_some_and(|noted| noted.lines().eq([did.to_string().as_str(), IN_FILE])))
    }

    fn begun(&self, key: &SigningKey, since: DateTime<Utc>) -> Result<History, KeyError> {
        History::begin(key, since).map_err(|source| KeyError::History { path: self.history_file(), source })
    }

    /// Since when a vault from before histories has had its key: since its file was written.
    fn named_since(&self) -> DateTime<Utc> {
        let written = |path: PathBuf| std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        written(self.name_file()).or_else(|| written(self.secret_file())).map_or_else(Utc::now, DateTime::from)
    }

    pub(super) fn read_secret(&self, path: &Path) -> Result<Option<SigningKey>, KeyError> {
        let Some(text) = file::read(path).map_err(at(path))? else { return Ok(None) };
        file::restrict(path).map_err(at(path))?;
        let key = SigningKey::from_secret_multikey(text.trim()).map_err(|_| KeyError::Damaged(path.to_owned()))?;
        Ok(Some(key))
    }

    /// Keeps other writers waiting until it is dropped.
    pub(super) fn lock(&self) -> Result<std::fs::File, KeyError> {
        let path = self.folder.join(Self::FILE_NAMES[3]);
        file::lock(&path).map_err(at(&path))
    }

    pub(super) fn secret_file(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAMES[0])
    }

    fn name_file(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAMES[1])
    }

    pub(super) fn next_file(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAMES[2])
    }

    pub(super) fn history_file(&self) -> PathBuf {
        self.folder.join(Self::HISTORY_NAME)
    }
}

/// An error with a file, named.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> KeyError {
    |source| KeyError::File { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_use_makes_a_key_and_later_ones_find_it() {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        assert_eq!(store.did().unwrap(), None);
        let first = store.learner_key().unwrap();
        assert!(first.created);
        assert_eq!(first.home, KeyHome::File(vault.path().join("key")));
        let again = KeyStore::in_file(vault.path()).learner_key().unwrap();
        assert!(!again.created);
        assert_eq!(again.key.did(), first.key.did());
        assert_eq!(store.did().unwrap(), Some(first.key.did()));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_readable_by_its_owner_alone_and_made_so_again() {
        use std::os::unix::fs::PermissionsExt as _;
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        store.learner_key().unwrap();
        let path = vault.path().join("key");
        let mode = || std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        store.learner_key().unwrap();
        assert_eq!(mode(), 0o600);
    }

    #[test]
    fn two_that_start_together_agree_on_one_key() {
        let vault = tempfile::tempdir().unwrap();
        let keys: Vec<DidKey> = std::thread::scope(|scope| {
            let starters: Vec<_> =
                (0..8).map(|_| scope.spawn(|| KeyStore::in_file(vault.path()).learner_key().unwrap().key.did())).collect();
            starters.into_iter().map(|starter| starter.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn a_damaged_file_is_an_error_and_never_a_new_key() {
        let vault = tempfile::tempdir().unwrap();
        std::fs::write(vault.path().join("key"), "z6Mk").unwrap();
        assert!(matches!(KeyStore::in_file(vault.path()).learner_key(), Err(KeyError::Damaged(_))));
    }

    #[test]
    fn a_vault_without_its_secret_says_whose_is_lost() {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        let did = store.learner_key().unwrap().key.did();
        std::fs::remove_file(vault.path().join("key")).unwrap();
        assert_eq!(store.did().unwrap(), Some(did));
        assert!(matches!(store.learner_key(), Err(KeyError::Lost(lost)) if lost == did.to_string()));
    }

    /// No keychain ever had it, so one that does not answer is no reason to wait for.
    #[test]
    fn a_secret_that_was_in_the_file_is_lost_with_the_file_whatever_keychain_answers() {
        let vault = tempfile::tempdir().unwrap();
        let did = KeyStore::in_file(vault.path()).learner_key().unwrap().key.did();
        std::fs::remove_file(vault.path().join("key")).unwrap();
        let store = KeyStore { folder: vault.path().to_owned(), keychain: true };
        assert!(matches!(store.learner_key(), Err(KeyError::Lost(lost)) if lost == did.to_string()));
        assert_eq!(store.state().unwrap().secret, crate::keys::SecretState::Lost);
    }

    #[test]
    fn a_vault_that_did_not_note_where_its_secret_is_notes_it_when_it_signs() {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        let did = store.learner_key().unwrap().key.did();
        std::fs::write(vault.path().join("key.did"), format!("{did}\n")).unwrap();
        assert_eq!(store.did().unwrap(), Some(did));
        store.learner_key().unwrap();
        assert_eq!(std::fs::read_to_string(vault.path().join("key.did")).unwrap(), format!("{did}\nfile\n"));
    }

    #[test]
    fn errors_and_debug_hold_no_secret() {
        let vault = tempfile::tempdir().unwrap();
        let held = KeyStore::in_file(vault.path()).learner_key().unwrap();
        let secret = held.key.to_secret_multikey();
        assert!(!format!("{held:?}").contains(secret.as_str()));
    }
}
