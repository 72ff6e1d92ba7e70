//! What can go wrong with a vault.

use std::io;
use std::path::{Path, PathBuf};

use cairn_domain::{Kind, RecordId};
use rusqlite::ErrorCode;

/// What went wrong, and with what.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// No such record.
    #[error("there is no {kind} {id}")]
    NotFound {
        /// The kind asked for.
        kind: Kind,
        /// The key asked for.
        id: RecordId,
    },
    /// A link names a record that is not there, or is of another kind.
    #[error("{field} names {id}, which is not a {wanted} in this vault")]
    LinkTarget {
        /// The field with the link.
        field: String,
        /// What it names.
        id: String,
        /// What it should name.
        wanted: String,
    },
    /// No such attached file.
    #[error("there is no attached file {0}")]
    NoSuchFile(String),
    /// No such received credential.
    #[error("there is no received credential {0}")]
    NotHeld(RecordId),
    /// The file to attach is not there.
    #[error("{0} does not exist")]
    Missing(PathBuf),
    /// The path to attach is a folder or a device.
    #[error("{0} is not a file")]
    NotAFile(PathBuf),
    /// The file is larger than a vault takes.
    #[error("{name} is larger than {most} bytes")]
    TooLarge {
        /// The file's name.
        name: String,
        /// The most a vault takes, in bytes.
        most: u64,
    },
    /// The vault's folder or database cannot be written.
    #[error("the vault cannot be written")]
    ReadOnly,
    /// Where the vault should lie is a file, or something below one.
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    /// The vault's folder or database may not be used by this user.
    #[error("{path} may not be used: {source}")]
    NoAccess {
        /// The folder or the database.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is a file already where a new one was to be written that takes no other's place.
    #[error("{0} is there already")]
    Exists(PathBuf),
    /// A file outside the vault cannot be written.
    #[error("could not write {path}: {source}")]
    Elsewhere {
        /// The file, as the learner named it.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// No space is left.
    #[error("the disk is full")]
    DiskFull,
    /// Another process kept the vault locked.
    #[error("another program keeps the vault locked")]
    Busy,
    /// A newer Cairn made a breaking change to this vault.
    #[error("the vault needs schema {needed}, this Cairn knows {known}")]
    Newer {
        /// The oldest schema version that may open it.
        needed: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The database is damaged, or no database of Cairn's.
    #[error("the vault's database is damaged: {detail}")]
    Damaged {
        /// What SQLite said.
        detail: String,
        /// The newest backup that opens and passes its check.
        backup: Option<PathBuf>,
    },
    /// A file is no backup that can be restored.
    #[error("{path} is no backup of Cairn's: {detail}")]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// Why not.
        detail: String,
    },
    /// A change can no longer be undone or redone, because the vault moved on in a way it does not know.
    #[error("this change no longer fits the vault")]
    HistoryConflict,
    /// A step was to be taken back that is not the last one that stands.
    #[error("another step was done since")]
    NotTheLastStep,
    /// The learner cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Reading or writing a file failed.
    #[error("could not {doing} {path}: {source}")]
    Io {
        /// What was being done, as a verb.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// A row holds what the program cannot read.
    #[error("the row of {kind} {id} cannot be read: {source}")]
    Row {
        /// The row's kind.
        kind: Kind,
        /// The row's key.
        id: RecordId,
        /// Why.
        source: serde_json::Error,
    },
    /// Anything else SQLite says.
    #[error("the database refused: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        // On a full disk the write-ahead log's index cannot grow, which SQLite reports as a failure of its own.
        let shm_cannot_grow = error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => VaultError::DiskFull,
            _ if shm_cannot_grow => VaultError::DiskFull,
            Some(ErrorCode::ReadOnly) => VaultError::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => VaultError::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => VaultError::Damaged { detail: error.to_string(), backup: None },
            _ => VaultError::Sqlite(error),
        }
    }
}

impl VaultError {
    /// Names what was being done to `path` when `source` came; a full disk and a read-only one have names of their own.
    pub(crate) fn io(doing: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> VaultError {
        let path = path.as_ref().to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => VaultError::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => VaultError::ReadOnly,
            _ => VaultError::Io { doing, path, source },
        }
    }
}
