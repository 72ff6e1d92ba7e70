//! Where things lie in a vault's folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::{Result, VaultError};

/// A vault's folder on disk.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at `path`, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Folder(path.into())
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("cairn.sqlite3")
    }

    /// The write-ahead log, which SQLite removes when the last connection closes in order.
    pub(crate) fn wal(&self) -> PathBuf {
        self.0.join("cairn.sqlite3-wal")
    }

    /// Held shared by every process that has the vault open.
    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("vault.lock")
    }

    /// Automatic backups.
    pub fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// Attached files by hash.
    pub fn files(&self) -> PathBuf {
        self.0.join("files")
    }

    /// Files on their way in.
    pub(crate) fn incoming(&self) -> PathBuf {
        self.0.join("files").join("incoming")
    }

    /// The attached file with this hash (64 lower-case hexadecimal digits).
    pub fn file(&self, sha256: &str) -> PathBuf {
        self.files().join(sha256.get(..2).unwrap_or("xx")).join(sha256)
    }

    /// Makes the folder and what belongs in it.
    pub(crate) fn create(&self) -> Result<()> {
        for path in [self.0.clone(), self.backups(), self.incoming()] {
            fs::create_dir_all(&path).map_err(VaultError::io("create", &path))?;
        }
        Ok(())
    }

    /// Whether files can be made in the folder.
    pub(crate) fn is_writable(&self) -> bool {
        let probe = self.0.join(format!(".write-probe-{}", std::process::id()));
        let made = File::create(&probe).is_ok();
        let _ = fs::remove_file(&probe);
        made
    }
}

/// Waits until `path`, a file or a folder, is on the disk.
pub(crate) fn sync(path: &Path) -> Result<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(VaultError::io("write to disk", path))
}
