//! The operating system's keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.

use zeroize::Zeroizing;

/// The name under which every key stands; the account is the key's `did:key`.
#[cfg_attr(not(any(target_os = "linux", target_os = "macos", target_os = "windows")), expect(dead_code))]
const SERVICE: &str = "app.cairn.signing-key";

/// Why the keychain gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain runs on this system or session.
    #[error("no keychain answers")]
    Absent,
    /// The keychain is there and refuses: locked, a dismissed prompt, a failure of its own. Holds the keychain's words.
    #[error("the keychain refuses: {0}")]
    Refused(String),
}

/// Keeps a secret text under an account.
pub fn store(account: &str, secret: &str) -> Result<(), KeychainError> {
    system::store(account, secret)
}

/// The secret text of an account, or None where the keychain holds none.
pub fn load(account: &str) -> Result<Option<Zeroizing<String>>, KeychainError> {
    let Some(bytes) = system::load(account)? else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).map_err(|_| KeychainError::Refused("the kept secret is not text".into()))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

/// Whether the keychain holds a secret for an account. Asks the learner nothing, and unlocks nothing.
pub fn holds(account: &str) -> Result<bool, KeychainError> {
    system::holds(account)
}

/// Forgets the secret of an account; nothing happens where there is none.
pub fn forget(account: &str) -> Result<(), KeychainError> {
    system::forget(account)
}

#[cfg(target_os = "linux")]
mod system {
    use super::{KeychainError, SERVICE, Zeroizing};
    use dbus_secret_service::{EncryptionType, Error, SecretService};
    use std::collections::HashMap;

    /// How long a prompt to unlock the keychain may stand open, in seconds.
    const PROMPT_SECONDS: u64 = 30;

    pub fn store(account: &str, secret: &str) -> Result<(), KeychainError> {
        let service = connect()?;
        let collection = service.get_default_collection().map_err(refused)?;
        collection.ensure_unlocked().map_err(refused)?;
        let label = "Cairn signing key";
        collection.create_item(label, attributes(account), secret.as_bytes(), true, "text/plain").map_err(refused)?;
        Ok(())
    }

    pub fn load(account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let service = connect()?;
        let found = service.search_items(attributes(account)).map_err(refused)?;
        let Some(item) = found.unlocked.first().or(found.locked.first()) else { return Ok(None) };
        item.ensure_unlocked().map_err(refused)?;
        Ok(Some(Zeroizing::new(item.get_secret().map_err(refused)?)))
    }

    pub fn holds(account: &str) -> Result<bool, KeychainError> {
        let service = connect()?;
        let found = service.search_items(attributes(account)).map_err(refused)?;
        Ok(!found.unlocked.is_empty() || !found.locked.is_empty())
    }

    pub fn forget(account: &str) -> Result<(), KeychainError> {
        let found = connect()?;
        let items = found.search_items(attributes(account)).map_err(refused)?;
        for item in items.unlocked.iter().chain(&items.locked) {
            item.delete().map_err(refused)?;
        }
        Ok(())
    }

    /// The secret service, if one answers. Without an address for the session bus none is asked: libdbus would start a bus
    /// of its own, which outlives the program and holds no keychain.
    fn connect() -> Result<SecretService, KeychainError> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let runtime_bus = set("XDG_RUNTIME_DIR").is_some_and(|folder| std::path::Path::new(&folder).join("bus").exists());
        if set("DBUS_SESSION_BUS_ADDRESS").is_none() && !runtime_bus {
            return Err(KeychainError::Absent);
        }
        SecretService::connect_with_max_prompt_timeout(EncryptionType::Plain, PROMPT_SECONDS).map_err(|_| KeychainError::Absent)
    }

    fn attributes(account: &str) -> HashMap<&str, &str> {
        HashMap::from([("service", SERVICE), ("username", account)])
    }

    fn refused(error: Error) -> KeychainError {
        match error {
            // No default collection: the service runs, and nobody ever set a keychain up.
            Error::NoResult => KeychainError::Absent,
            other => KeychainError::Refused(other.to_string()),
        }
    }
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
mod system {
    use super::{KeychainError, SERVICE, Zeroizing};
    #[cfg(target_os = "macos")]
    use apple_native_keyring_store::keychain::Store;
    use keyring_core::api::CredentialStoreApi as _;
    use keyring_core::{Entry, Error};
    #[cfg(target_os = "windows")]
    use windows_native_keyring_store::Store;

    pub fn store(account: &str, secret: &str) -> Result<(), KeychainError> {
        entry(account)?.set_secret(secret.as_bytes()).map_err(refused)
    }

    pub fn load(account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match entry(account)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(error)),
        }
    }

    pub fn holds(account: &str) -> Result<bool, KeychainError> {
        match entry(account)?.get_attributes() {
            Ok(_) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(refused(error)),
        }
    }

    pub fn forget(account: &str) -> Result<(), KeychainError> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(error)),
        }
    }

    fn entry(account: &str) -> Result<Entry, KeychainError> {
        let store = Store::new().map_err(|_| KeychainError::Absent)?;
        store.build(SERVICE, account, None).map_err(refused)
    }

    fn refused(error: Error) -> KeychainError {
        KeychainError::Refused(error.to_string())
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
mod system {
    use super::{KeychainError, Zeroizing};

    pub fn store(_account: &str, _secret: &str) -> Result<(), KeychainError> {
        Err(KeychainError::Absent)
    }

    pub fn load(_account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Err(KeychainError::Absent)
    }

    pub fn holds(_account: &str) -> Result<bool, KeychainError> {
        Err(KeychainError::Absent)
    }

    pub fn forget(_account: &str) -> Result<(), KeychainError> {
        Err(KeychainError::Absent)
    }
}
