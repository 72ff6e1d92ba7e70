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
    ///
    /// # Errors
    /// [`VaultError::NoSuchFile`] where that is no hash: what a stranger wrote into a database never becomes a path.
    pub fn file(&self, sha256: &str) -> Result<PathBuf> {
        let shelf = sha256.get(..2).filter(|_| is_hash(sha256)).ok_or_else(|| VaultError::NoSuchFile(sha256.to_owned()))?;
        Ok(self.files().join(shelf).join(sha256))
    }

    /// The note that the file with this hash is about to be named by a row.
    pub(crate) fn intent(&self, sha256: &str) -> Result<PathBuf> {
        if !is_hash(sha256) {
            return Err(VaultError::NoSuchFile(sha256.to_owned()));
        }
        Ok(self.incoming().join(format!("{sha256}.intent")))
    }

    /// Makes the folder, for its owner's eyes only, where there is none yet. One that is there keeps its permissions.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn make(&self) -> Result<()> {
        if self.0.is_dir() {
            return Ok(());
        }
        if let Some(parent) = self.0.parent() {
            fs::create_dir_all(parent).map_err(VaultError::io("create", parent))?;
        }
        let mut builder = fs::DirBuilder::new();
        // Another process may have made it meanwhile.
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(&self.0).map_err(VaultError::io("create", &self.0))
    }

    /// Makes the folder and what belongs in it.
    pub(crate) fn create(&self) -> Result<()> {
        self.make()?;
        for path in [self.backups(), self.incoming()] {
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

/// Whether a text is a SHA-256 as the vault writes it: 64 lower-case hexadecimal digits.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Waits until `path`, a file or a folder, is on the disk.
pub(crate) fn sync(path: &Path) -> Result<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(VaultError::io("write to disk", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_becomes_a_path() {
        let folder = Folder::at("vault");
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(folder.file(&hash).unwrap(), Path::new("vault/files/01").join(&hash));
        let long = "a".repeat(65);
        let upper = "A".repeat(64);
        let wide = format!("{}é", "a".repeat(62));
        let upwards = format!("../{}", "a".repeat(61));
        for wrong in ["", "ab", "../../../../etc/passwd", &long, &upper, &wide, &upwards] {
            assert!(matches!(folder.file(wrong), Err(VaultError::NoSuchFile(_))), "{wrong}");
            assert!(folder.intent(wrong).is_err(), "{wrong}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_fresh_vault_is_for_its_owner_and_an_old_folder_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path().join("data/cairn"));
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o700);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o755);
    }
}
