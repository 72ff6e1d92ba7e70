//! One window a vault: whoever comes second asks the first to come forward.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use cairn_app::keeping;

/// The outcome of asking for a vault's window.
pub enum Claim {
    /// This process shows the window as long as it holds the lock (`None` where the folder cannot be written).
    First(Option<File>),
    /// Another process does, and was asked to raise it.
    Raised,
}

/// Asks for the window of `vault`.
pub fn claim(vault: &Path) -> Claim {
    if keeping::make_folder(vault).is_err() {
        return Claim::First(None);
    }
    let Ok(lock) = OpenOptions::new().create(true).append(true).open(vault.join("window.lock")) else { return Claim::First(None) };
    match lock.try_lock() {
        Ok(()) => {
            let _ = fs::remove_file(request(vault));
            Claim::First(Some(lock))
        }
        Err(fs::TryLockError::WouldBlock) => {
            let _ = File::create(request(vault));
            Claim::Raised
        }
        Err(fs::TryLockError::Error(_)) => Claim::First(None),
    }
}

/// Whether somebody asked since the last time this was asked.
pub fn asked_to_raise(vault: &Path) -> bool {
    fs::remove_file(request(vault)).is_ok()
}

fn request(vault: &Path) -> PathBuf {
    vault.join("window.raise")
}
