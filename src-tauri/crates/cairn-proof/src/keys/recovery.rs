//! The recovery file: the secret key with its history, encrypted with a passphrase in the age format (C2SP age v1, scrypt).
//!
//! Any program that reads age opens it; inside is JSON with the secret Multikey, its `did:key` and the key history.

use super::history::History;
use super::{KeyError, KeyStore, SigningKey};
use age::scrypt;
use age::secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, Read as _};
use zeroize::Zeroizing;

/// Fewest characters of a passphrase for a new recovery file.
pub const SHORTEST_PASSPHRASE: usize = 10;
/// Largest recovery file that is read, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;
/// The work of a new file, 2¹⁸ rounds as the age program takes: about a second, and 256 MiB of memory.
const WORK: u8 = 18;
/// The most work that a file may ask for, 2¹⁹ rounds: what others' programs write on fast machines.
const MOST_WORK: u8 = 19;
const TYPE: &str = "CairnKeyRecovery";

/// Why no recovery file was written or nothing was brought back from one. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// The passphrase is shorter than [`SHORTEST_PASSPHRASE`] characters.
    #[error("a passphrase for a key has at least {SHORTEST_PASSPHRASE} characters; several words that come to nobody's mind are good")]
    WeakPassphrase,
    /// The passphrase does not open the file.
    #[error("the passphrase does not open this recovery file")]
    WrongPassphrase,
    /// The file asks for more work than a passphrase needs: opening it could take hours.
    #[error("the recovery file asks for 2^{required} rounds of work, more than any that Cairn writes")]
    ExcessiveWork {
        /// The base-2 logarithm of what it asks for.
        required: u8,
    },
    /// Not an age file with a passphrase, cut short, or changed.
    #[error("the file is not a recovery file, or it is damaged")]
    Damaged,
    /// It opens, and what is inside is not a key of Cairn's.
    #[error("the file opens, and there is no signing key inside that fits its name and history")]
    NotAKey,
    /// The vault signs with another key; nothing was changed.
    #[error("the recovery file holds {offered}, and this vault signs with {current}")]
    OtherVault {
        /// The key in the file.
        offered: String,
        /// The vault's key.
        current: String,
    },
    /// The file is older than the vault: its key was replaced since; nothing was changed.
    #[error("the recovery file holds {offered}, which this vault has since replaced by {current}")]
    Older {
        /// The key in the file.
        offered: String,
        /// The vault's key.
        current: String,
    },
    /// The key could not be read or put into its place.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The file could not be written.
    #[error("the recovery file could not be made: {0}")]
    Write(String),
}

/// Whether a recovery file may take the place of another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// Only an empty vault, or the same vault's key.
    No,
    /// Whatever key the vault has. Its history is kept beside, as `key.history.<key>.json`; its secret is forgotten.
    Yes,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// The vault had no key, or had lost this one.
    Restored,
    /// The vault had this key already.
    AlreadyHere,
    /// The vault had another key, which this one replaced.
    Replaced,
}

#[derive(Serialize)]
struct Written<'a> {
    r#type: &'a str,
    did: &'a str,
    secret: &'a str,
    history: &'a [Value],
}

#[derive(Deserialize)]
struct Opened<'a> {
    r#type: &'a str,
    did: &'a str,
    secret: &'a str,
    history: Vec<Value>,
}

impl KeyStore {
    /// The vault's key and its history as an encrypted recovery file, ASCII-armoured. Takes about a second.
    ///
    /// # Errors
    /// A passphrase that is too short, or a key that is not there; none is made.
    pub fn export_recovery(&self, passphrase: &str) -> Result<Vec<u8>, RecoveryError> {
        self.export_with_work(passphrase, WORK)
    }

    fn export_with_work(&self, passphrase: &str, work: u8) -> Result<Vec<u8>, RecoveryError> {
        if passphrase.chars().count() < SHORTEST_PASSPHRASE {
            return Err(RecoveryError::WeakPassphrase);
        }
        let key = self.learner_key()?.key;
        let history = self.history()?;
        let (did, secret) = (key.did().to_string(), key.to_secret_multikey());
        let content = Written { r#type: TYPE, did: &did, secret: &secret, history: history.statements() };
        // Room for everything at once: a buffer that grew would leave a copy of the secret behind.
        let mut plain = Zeroizing::new(Vec::with_capacity(4096 + 2048 * history.links().len()));
        serde_json::to_writer(&mut *plain, &content).map_err(|error| RecoveryError::Write(error.to_string()))?;
        let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        recipient.set_work_factor(work);
        let file = age::encrypt_and_armor(&recipient, &plain).map_err(|error| RecoveryError::Write(error.to_string()))?;
        Ok(file.into_bytes())
    }

    /// Brings the key of a recovery file into this vault: into the keychain where one answers, else into the file.
    ///
    /// # Errors
    /// [`RecoveryError`] says which; on any error the vault's key is as it was.
    pub fn import_recovery(&self, file: &[u8], passphrase: &str, replace: Replace) -> Result<Imported, RecoveryError> {
        let (key, offered) = open(file, passphrase)?;
        let _locked = self.lock()?;
        let current = self.did()?;
        let history = self.history()?;
        let Some(current) = current else {
            self.bring(&key, &offered)?;
            return Ok(Imported::Restored);
        };
        let named = |current: String| (key.did().to_string(), current);
        if current == key.did() {
            return match self.locked_key() {
                Ok(_) => Ok(Imported::AlreadyHere),
                Err(KeyError::Lost(_) | KeyError::Keychain { .. }) => self.restore(&key, &offered, &history),
                Err(KeyError::OtherKey { .. } | KeyError::Damaged(_)) => {
                    self.set_aside()?;
                    self.restore(&key, &offered, &history)
                }
                Err(error) => Err(error.into()),
            };
        }
        if !history.links().is_empty() && offered.continues(&history) {
            // The vault came from a backup that is older than the recovery file.
            self.bring(&key, &offered)?;
            return Ok(Imported::Restored);
        }
        if replace == Replace::No {
            let (offered_key, current) = named(current.to_string());
            let older = history.links().iter().any(|link| link.previous == Some(key.did()));
            let error = if older {
                RecoveryError::Older { offered: offered_key, current }
            } else {
                RecoveryError::OtherVault { offered: offered_key, current }
            };
            return Err(error);
        }
        self.keep_history_beside(&history, current)?;
        self.bring(&key, &offered)?;
        self.forget(current);
        Ok(Imported::Replaced)
    }

    /// The same key again: the longer of two histories that agree is the truer one.
    fn restore(&self, key: &SigningKey, offered: &History, own: &History) -> Result<Imported, RecoveryError> {
        self.bring(key, if own.links().is_empty() { offered } else { own })?;
        Ok(Imported::Restored)
    }

    fn bring(&self, key: &SigningKey, history: &History) -> Result<(), RecoveryError> {
        self.install(key, history, &|_| Ok(()))?;
        self.locked_key()?;
        Ok(())
    }
}

/// Opens a recovery file: its key, and a history that ends with it.
fn open(file: &[u8], passphrase: &str) -> Result<(SigningKey, History), RecoveryError> {
    if file.len() > LARGEST {
        return Err(RecoveryError::Damaged);
    }
    let plain = decrypt(file, passphrase)?;
    let opened: Opened = serde_json::from_slice(&plain).map_err(|_| RecoveryError::NotAKey)?;
    let key = SigningKey::from_secret_multikey(opened.secret).map_err(|_| RecoveryError::NotAKey)?;
    let history = History::from_statements(&opened.history).map_err(|_| RecoveryError::NotAKey)?;
    let fits = opened.r#type == TYPE && opened.did == key.did().to_string() && history.current() == Some(key.did());
    if fits { Ok((key, history)) } else { Err(RecoveryError::NotAKey) }
}

fn decrypt(file: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, RecoveryError> {
    let wrong = |error| match error {
        age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => RecoveryError::WrongPassphrase,
        age::DecryptError::ExcessiveWork { required, .. } => RecoveryError::ExcessiveWork { required },
        _ => RecoveryError::Damaged,
    };
    let decryptor = age::Decryptor::new_buffered(age::armor::ArmoredReader::new(file)).map_err(|_| RecoveryError::Damaged)?;
    if !decryptor.is_scrypt() {
        return Err(RecoveryError::Damaged);
    }
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).map_err(wrong)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(file.len()));
    reader.read_to_end(&mut plain).map_err(|_: io::Error| RecoveryError::Damaged)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use std::path::Path;
    use std::process::Command;

    const PASSPHRASE: &str = "six brown hens under rain";
    /// Little work: these tests are about what is inside.
    const LITTLE: u8 = 10;

    fn now() -> DateTime<Utc> {
        crate::date::parse("2027-03-01T09:00:00Z").unwrap()
    }

    fn vault() -> (tempfile::TempDir, KeyStore) {
        let vault = tempfile::tempdir().unwrap();
        let store = KeyStore::in_file(vault.path());
        store.learner_key().unwrap();
        (vault, store)
    }

    fn did(store: &KeyStore) -> String {
        store.learner_key().unwrap().key.did().to_string()
    }

    fn exported(store: &KeyStore) -> Vec<u8> {
        store.export_with_work(PASSPHRASE, LITTLE).unwrap()
    }

    #[test]
    fn a_key_comes_back_on_another_machine_with_its_history() {
        let (_vault, store) = vault();
        store.rotate(now()).unwrap();
        let file = exported(&store);
        assert!(file.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----"));
        let elsewhere = tempfile::tempdir().unwrap();
        let other = KeyStore::in_file(elsewhere.path());
        assert_eq!(other.import_recovery(&file, PASSPHRASE, Replace::No).unwrap(), Imported::Restored);
        assert_eq!(did(&other), did(&store));
        assert_eq!(other.history().unwrap(), store.history().unwrap());
        assert_eq!(other.import_recovery(&file, PASSPHRASE, Replace::No).unwrap(), Imported::AlreadyHere);
    }

    #[test]
    fn a_lost_key_and_a_damaged_one_come_back_into_their_own_vault() {
        let (vault, store) = vault();
        let (file, was) = (exported(&store), did(&store));
        std::fs::remove_file(vault.path().join("key")).unwrap();
        assert_eq!(store.import_recovery(&file, PASSPHRASE, Replace::No).unwrap(), Imported::Restored);
        assert_eq!(did(&store), was);
        std::fs::write(vault.path().join("key"), "torn").unwrap();
        assert_eq!(store.import_recovery(&file, PASSPHRASE, Replace::No).unwrap(), Imported::Restored);
        assert_eq!(did(&store), was);
    }

    #[test]
    fn another_vaults_key_is_refused_until_the_learner_says_replace() {
        let ((_one, store), (folder, other)) = (vault(), vault());
        let (file, own) = (exported(&store), did(&other));
        let refused = other.import_recovery(&file, PASSPHRASE, Replace::No).unwrap_err();
        assert!(matches!(refused, RecoveryError::OtherVault { ref current, .. } if *current == own), "{refused}");
        assert_eq!(did(&other), own);
        assert_eq!(other.import_recovery(&file, PASSPHRASE, Replace::Yes).unwrap(), Imported::Replaced);
        assert_eq!(did(&other), did(&store));
        let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let beside: Vec<String> = names.filter(|name| name.starts_with("key.history.z6Mk")).collect();
        assert_eq!(beside.len(), 1, "the replaced key's history stays");
        let kept = History::parse(&std::fs::read(folder.path().join(&beside[0])).unwrap()).unwrap();
        assert_eq!(kept.current().unwrap().to_string(), own);
    }

    #[test]
    fn a_file_from_before_a_rotation_is_called_older_and_one_from_after_brings_an_old_backup_up_to_date() {
        let (vault, store) = vault();
        let before = exported(&store);
        let history = std::fs::read(vault.path().join(KeyStore::HISTORY_NAME)).unwrap();
        store.rotate(now()).unwrap();
        let after = exported(&store);
        let refused = store.import_recovery(&before, PASSPHRASE, Replace::No).unwrap_err();
        assert!(matches!(refused, RecoveryError::Older { .. }), "{refused}");
        let restored = tempfile::tempdir().unwrap();
        std::fs::write(restored.path().join(KeyStore::HISTORY_NAME), history).unwrap();
        let old = KeyStore::in_file(restored.path());
        assert_eq!(old.import_recovery(&after, PASSPHRASE, Replace::No).unwrap(), Imported::Restored);
        assert_eq!(did(&old), did(&store));
    }

    #[test]
    fn a_wrong_or_weak_passphrase_and_a_damaged_file_are_told_apart() {
        let (_vault, store) = vault();
        assert!(matches!(store.export_recovery("short"), Err(RecoveryError::WeakPassphrase)));
        let file = exported(&store);
        let elsewhere = tempfile::tempdir().unwrap();
        let other = KeyStore::in_file(elsewhere.path());
        let import = |file: &[u8], passphrase: &str| other.import_recovery(file, passphrase, Replace::No).unwrap_err();
        assert!(matches!(import(&file, "six brown hens under sun"), RecoveryError::WrongPassphrase));
        assert!(matches!(import(&file[..file.len() / 2], PASSPHRASE), RecoveryError::Damaged));
        assert!(matches!(import(b"hello", PASSPHRASE), RecoveryError::Damaged));
        let mut flipped = file.clone();
        let near_the_end = flipped.len() - 80;
        flipped[near_the_end] = if flipped[near_the_end] == b'A' { b'B' } else { b'A' };
        assert!(matches!(import(&flipped, PASSPHRASE), RecoveryError::Damaged));
        assert_eq!(other.did().unwrap(), None, "a refused file leaves nothing");
    }

    #[test]
    fn a_file_that_asks_for_hours_of_work_is_refused_at_once() {
        let (_vault, store) = vault();
        let mut recipient = scrypt::Recipient::new(SecretString::from(PASSPHRASE.to_owned()));
        recipient.set_work_factor(LITTLE);
        let file = String::from_utf8(age::encrypt(&recipient, b"x").unwrap().into_iter().map(|b| b & 0x7f).collect()).unwrap();
        let header = file.split("\n---").next().unwrap().replacen(" 10\n", " 30\n", 1);
        let asking = format!("{header}\n--- {}\n{}", "A".repeat(43), "x".repeat(64));
        let refused = store.import_recovery(asking.as_bytes(), PASSPHRASE, Replace::No).unwrap_err();
        assert!(matches!(refused, RecoveryError::ExcessiveWork { required: 30 }), "{refused}");
    }

    #[test]
    fn age_files_with_something_else_inside_are_refused() {
        let (_vault, store) = vault();
        let mut recipient = scrypt::Recipient::new(SecretString::from(PASSPHRASE.to_owned()));
        recipient.set_work_factor(LITTLE);
        let stranger = SigningKey::from_seed(&[7; 32]);
        let history = store.history().unwrap();
        let (did, secret) = (stranger.did().to_string(), stranger.to_secret_multikey());
        let foreign = Written { r#type: TYPE, did: &did, secret: &secret, history: history.statements() };
        for content in [b"[]".to_vec(), b"{}".to_vec(), serde_json::to_vec(&foreign).unwrap()] {
            let file = age::encrypt(&recipient, &content).unwrap();
            assert!(matches!(store.import_recovery(&file, PASSPHRASE, Replace::Yes), Err(RecoveryError::NotAKey)));
        }
    }

    #[test]
    fn errors_hold_no_secret() {
        let (_vault, store) = vault();
        let secret = store.learner_key().unwrap().key.to_secret_multikey();
        let file = exported(&store);
        assert!(!String::from_utf8_lossy(&file).contains(&secret[4..]));
        let refused = KeyStore::in_file(Path::new("/nonexistent")).import_recovery(&file, PASSPHRASE, Replace::No).unwrap_err();
        let words = format!("{refused} {refused:?}");
        assert!(!words.contains(&secret[4..]) && !words.contains(PASSPHRASE), "{words}");
    }

    /// Debian's `age`, which asks for its passphrase on a terminal; Python's pty gives it one.
    #[test]
    fn the_age_program_opens_what_cairn_writes_and_cairn_what_it_writes() {
        let present = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|ran| ran.status.success());
        if !present("age") || !present("python3") {
            eprintln!("skipped: age or python3 is not installed (apt-get install age)");
            return;
        }
        let (_vault, store) = vault();
        let folder = tempfile::tempdir().unwrap();
        let (ours, plain, theirs) = (folder.path().join("ours.age"), folder.path().join("plain"), folder.path().join("theirs.age"));
        std::fs::write(&ours, exported(&store)).unwrap();
        let typed = |arguments: &[&Path], flags: &[&str]| {
            let script = "import os, pty, sys, time\n\
                pid, terminal = pty.fork()\n\
                if pid == 0: os.execvp('age', sys.argv[2:])\n\
                answered = b''\n\
                while True:\n    try: said = os.read(terminal, 1024)\n    except OSError: break\n    if not said: break\n    answered += said\n    if said.rstrip().endswith(b':'): os.write(terminal, sys.argv[1].encode() + b'\\n')\n\
                sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))";
            let ran = Command::new("python3").args(["-c", script, PASSPHRASE, "age"]).args(flags).args(arguments).output().unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        };
        typed(&[&plain, &ours], &["-d", "-o"]);
        let inside: Value = serde_json::from_slice(&std::fs::read(&plain).unwrap()).unwrap();
        assert_eq!(inside["did"], did(&store));
        typed(&[&theirs, &plain], &["-p", "-a", "-o"]);
        let elsewhere = tempfile::tempdir().unwrap();
        let other = KeyStore::in_file(elsewhere.path());
        other.import_recovery(&std::fs::read(&theirs).unwrap(), PASSPHRASE, Replace::No).unwrap();
        assert_eq!(did(&other), did(&store));
    }
}
