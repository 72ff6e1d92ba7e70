//! One signing key per vault: made on first use, kept in the keychain where one answers, else in a file.
//!
//! The vault folder holds `key.did`, the public name of its key. With the secret in the keychain that is all it holds;
//! without a keychain a file `key` (mode 0600) holds the secret. Neither belongs into a backup.

use super::keychain::{self, KeychainError};
use super::{SigningKey, file};
use crate::did_key::DidKey;
use std::io;
use std::path::{Path, PathBuf};

/// The environment variable that keeps the secret in the file whatever keychain answers: for tests and kiosks.
const FORCE_FILE: &str = "CAIRN_KEY_FILE";

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

/// Why there is no key to sign with.
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

/// The place of one vault's signing key.
#[derive(Debug, Clone)]
pub struct KeyStore {
    folder: PathBuf,
    keychain: bool,
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
    pub const FILE_NAMES: [&'static str; 2] = ["key", "key.did"];

    /// The public name of the vault's key, or None before first use. Asks no keychain.
    pub fn did(&self) -> Result<Option<DidKey>, KeyError> {
        if let Some(key) = self.read_secret_file()? {
            return Ok(Some(key.did()));
        }
        let path = self.name_file();
        let Some(text) = file::read(&path).map_err(|source| KeyError::File { path: path.clone(), source })? else { return Ok(None) };
        text.trim().parse().map(Some).map_err(|_| KeyError::Damaged(path))
    }

    /// The vault's signing key; made on first use. May wait for the learner to unlock the keychain.
    pub fn learner_key(&self) -> Result<LearnerKey, KeyError> {
        if let Some(key) = self.read_secret_file()? {
            return Ok(LearnerKey { key, home: KeyHome::File(self.secret_file()), created: false });
        }
        match self.did()? {
            Some(did) => self.load(did),
            None => self.create(),
        }
    }

    fn load(&self, did: DidKey) -> Result<LearnerKey, KeyError> {
        if !self.keychain {
            return Err(KeyError::Lost(did.to_string()));
        }
        let account = did.to_string();
        let secret = keychain::load(&account).map_err(|source| KeyError::Keychain { did: account.clone(), source })?;
        let key = secret.and_then(|secret| SigningKey::from_secret_multikey(secret.trim()).ok());
        let key = key.ok_or_else(|| KeyError::Lost(account.clone()))?;
        if key.did() != did {
            return Err(KeyError::OtherKey { expected: account, found: key.did().to_string() });
        }
        Ok(LearnerKey { key, home: KeyHome::Keychain, created: false })
    }

    fn create(&self) -> Result<LearnerKey, KeyError> {
        let key = SigningKey::generate().map_err(|_| KeyError::NoRandom)?;
        let account = key.did().to_string();
        let secret = key.to_secret_multikey();
        // Whatever the keychain's reason to refuse, the learner can sign: the file is there for that.
        let in_keychain = self.keychain && keychain::store(&account, &secret).is_ok();
        let (path, text, home) = if in_keychain {
            (self.name_file(), account.as_str(), KeyHome::Keychain)
        } else {
            (self.secret_file(), secret.as_str(), KeyHome::File(self.secret_file()))
        };
        match file::create(&path, &format!("{text}\n")) {
            Ok(()) => {
                if !in_keychain {
                    // Says who signs here even when the secret is kept elsewhere one day.
                    let name = self.name_file();
                    file::create(&name, &format!("{account}\n")).map_err(|source| KeyError::File { path: name, source })?;
                }
                Ok(LearnerKey { key, home, created: true })
            }
            Err(error) => {
                if in_keychain {
                    // A secret that no vault names must not stay behind; if it does, it is harmless.
                    let _ = keychain::forget(&account);
                }
                // Another process was first: its key is the vault's.
                let theirs = error.kind() == io::ErrorKind::AlreadyExists;
                if theirs { self.learner_key() } else { Err(KeyError::File { path, source: error }) }
            }
        }
    }

    fn read_secret_file(&self) -> Result<Option<SigningKey>, KeyError> {
        let path = self.secret_file();
        let failed = |source| KeyError::File { path: path.clone(), source };
        let Some(text) = file::read(&path).map_err(failed)? else { return Ok(None) };
        file::restrict(&path).map_err(failed)?;
        let key = SigningKey::from_secret_multikey(text.trim()).map_err(|_| KeyError::Damaged(path.clone()))?;
        Ok(Some(key))
    }

    fn secret_file(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAMES[0])
    }

    fn name_file(&self) -> PathBuf {
        self.folder.join(Self::FILE_NAMES[1])
    }
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

    #[test]
    fn errors_and_debug_hold_no_secret() {
        let vault = tempfile::tempdir().unwrap();
        let held = KeyStore::in_file(vault.path()).learner_key().unwrap();
        let secret = held.key.to_secret_multikey();
        assert!(!format!("{held:?}").contains(secret.as_str()));
    }
}
