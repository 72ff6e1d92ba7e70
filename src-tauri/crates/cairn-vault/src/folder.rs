//! Where things lie in a vault's folder.

use std::fs::{self, File, OpenOptions};
use std::io;
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

    /// What the database takes on disk, in bytes, with what still stands in its log alone.
    pub fn bytes_of_database(&self) -> u64 {
        [self.database(), self.wal()].iter().filter_map(|path| fs::metadata(path).ok()).map(|data| data.len()).sum()
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

    /// What the doctor found among the files and nothing knew: set aside, never deleted.
    pub fn unknown(&self) -> PathBuf {
        self.0.join("unknown")
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
        make_private_folder(&self.0)
    }

    /// Makes the folder and what belongs in it.
    pub(crate) fn create(&self) -> Result<()> {
        self.make()?;
        for path in [self.backups(), self.files(), self.incoming()] {
            make_private_folder(&path)?;
        }
        Ok(())
    }

    /// Makes the database, empty and for its owner's eyes only, where there is none; one that others may read loses that. SQLite
    /// gives its log the permissions of the database.
    pub(crate) fn keep_database_private(&self) -> Result<()> {
        let database = self.database();
        match private_file().create_new(true).open(&database) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt;
                    let mode = database.metadata().map_or(0, |data| data.permissions().mode());
                    if mode & 0o077 != 0 {
                        // Where it is somebody else's, that is for them to say.
                        let _ = fs::set_permissions(&database, fs::Permissions::from_mode(mode & 0o700));
                    }
                }
                Ok(())
            }
            Err(error) => Err(VaultError::io("create", &database)(error)),
        }
    }

    /// Asks whether files can be made in the folder.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn probe(&self) -> Result<()> {
        let probe = self.0.join(format!(".write-probe-{}", std::process::id()));
        let made = File::create(&probe).map(drop);
        let _ = fs::remove_file(&probe);
        made.map_err(VaultError::io("write in", &self.0))
    }

    /// Whether it has lost its database: that is missing or has no bytes, and something lies here that only a database can have
    /// named. A folder in which nothing was ever kept has lost nothing.
    pub(crate) fn has_lost_database(&self) -> bool {
        let size = |path: PathBuf| match path.metadata() {
            Ok(data) => data.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            // What cannot be looked at may well be there.
            Err(_) => u64::MAX,
        };
        // Asked first: another process that makes this vault now makes its tables before it keeps anything.
        let kept = self.keeps_anything() || (1..u64::MAX).contains(&size(self.wal()));
        kept && size(self.database()) == 0
    }

    /// Whether a file of evidence or a backup lies in the folder.
    pub(crate) fn keeps_anything(&self) -> bool {
        let names = |path: PathBuf| fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
        let is = |path: &Path, fits: fn(&str) -> bool| path.file_name().and_then(|name| name.to_str()).is_some_and(fits);
        names(self.files()).flat_map(names).any(|path| is(&path, is_hash)) || names(self.backups()).any(|path| is(&path, is_backup))
    }
}

/// Whether a file among the backups is called as a backup is.
pub(crate) fn is_backup(name: &str) -> bool {
    name.ends_with(".sqlite3")
}

/// How a file is opened for writing that only its owner may read.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a file anew that only its owner may read.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    private_file().create(true).truncate(true).open(path)
}

/// Makes a folder, for its owner's eyes only, where there is none yet.
pub(crate) fn make_private_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    // Another process may have made it meanwhile.
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(VaultError::io("create", path))
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
        for path in [folder.path(), &folder.backups(), &folder.files()] {
            assert_eq!(mode(path), 0o700, "{}", path.display());
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o755);
    }
}
