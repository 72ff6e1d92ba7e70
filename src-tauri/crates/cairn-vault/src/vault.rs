//! Opening a vault, reading it, and the one door for every change.

use std::fs::{File, OpenOptions};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cairn_domain::{Kind, RecordId};
use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::session::Session;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::folder::Folder;
use crate::record::{Reader, Writer};
use crate::{Result, VaultError, backup, changeset, doctor, file, history, schema};

/// Where the time comes from; handed in, so that tests own it.
pub type Clock = fn() -> DateTime<Utc>;

/// The database is checked whole at every opening up to this size (bytes); a larger one only after an unclean exit.
const ALWAYS_CHECKED: u64 = 2 << 20;

/// An open vault. Share it behind an `Arc`: reading and writing take `&self`.
#[derive(Debug)]
pub struct Vault {
    folder: Folder,
    clock: Clock,
    access: Access,
    readers: Mutex<Vec<Connection>>,
    /// Whether anything was written through this value.
    written: AtomicBool,
    /// Held as long as the vault is open; tells an unclean exit from another process at work.
    _lock: Option<File>,
}

/// How a vault is reached.
#[derive(Debug)]
enum Access {
    /// By one connection that writes, and by readers beside it.
    Writable(Mutex<Connection>),
    /// By readers of a medium that cannot be written.
    ReadOnly,
    /// By one connection that reads, because the disk has no room for what several share.
    Full(Mutex<Connection>),
}

/// What the learner did, as history will say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was done, in kebab case: `add`, `edit`, `import`.
    pub action: &'static str,
    /// The kind it was done to, where it was one.
    pub kind: Option<Kind>,
    /// The record it was done to, where it was one.
    pub id: Option<RecordId>,
    /// The name of what it was done to.
    pub title: String,
    /// The field being typed into: edits to the same field in quick succession become one step of history. Empty where each is a
    /// step of its own.
    pub field: String,
}

/// What a change left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<T> {
    /// What the closure returned.
    pub value: T,
    /// The step of history; `None` where nothing changed.
    pub history: Option<i64>,
    /// The kinds of the records that were touched.
    pub touched: Vec<Kind>,
}

impl Change {
    /// A change named `action`, about nothing in particular yet.
    pub fn new(action: &'static str) -> Self {
        Change { action, kind: None, id: None, title: String::new(), field: String::new() }
    }

    /// About one record.
    pub fn of(action: &'static str, kind: Kind, id: RecordId, title: impl Into<String>) -> Self {
        Change { action, kind: Some(kind), id: Some(id), title: title.into(), field: String::new() }
    }
}

impl Vault {
    /// Opens the vault in `folder`, making it where there is none, bringing an older schema forward after a verified
    /// snapshot, and clearing what a crash left behind.
    ///
    /// # Errors
    /// [`VaultError::Newer`] and [`VaultError::Damaged`] leave everything untouched; the latter names the newest good
    /// backup. [`VaultError::NotAFolder`], [`VaultError::NoAccess`], [`VaultError::ReadOnly`] or [`VaultError::DiskFull`] where
    /// there is no vault that could at least be read.
    pub fn open(folder: Folder, clock: Clock) -> Result<Arc<Vault>> {
        let opened = Vault::open_checked(&folder, clock).or_else(|error| match error {
            // What is there can be read, and brought to another disk.
            VaultError::DiskFull => Vault::open_full(&folder, clock),
            other => Err(other),
        });
        opened.map(Arc::new).map_err(|error| match error {
            VaultError::Damaged { detail, .. } => VaultError::Damaged { detail, backup: backup::newest_good(&folder) },
            other => other,
        })
    }

    fn open_checked(folder: &Folder, clock: Clock) -> Result<Vault> {
        // Before SQLite sees it, which would remove the log of a database without bytes.
        if folder.has_lost_database() {
            return Err(lost_database());
        }
        let existed = folder.database().exists();
        match folder.create().and_then(|()| folder.probe()) {
            Ok(()) => {}
            Err(VaultError::DiskFull) => return Err(VaultError::DiskFull),
            Err(error) => return Vault::open_read_only(folder, clock, error),
        }
        let lock = OpenOptions::new().create(true).append(true).open(folder.lock()).map_err(VaultError::io("open", folder.lock()))?;
        let alone = lock.try_lock().is_ok();
        if !alone {
            // Whoever makes this vault now, or brings it forward, holds the lock alone: SQLite refuses the second of two that set
            // the log's mode, and waits for neither.
            lock.lock_shared().map_err(VaultError::io("lock", folder.lock()))?;
        }
        let unclean = alone && folder.wal().exists();

        folder.keep_database_private()?;
        let mut connection = connect(folder)?;
        let size = folder.database().metadata().map_or(0, |data| data.len());
        if existed && (unclean || size <= ALWAYS_CHECKED) {
            doctor::quick_check(&connection)?;
        }
        // Asked before the tables are looked for: another process that makes this vault now makes them before it keeps anything.
        let keeps_anything = folder.keeps_anything();
        match schema::inspect(&connection)? {
            schema::State::Fits => {}
            schema::State::Empty if keeps_anything => return Err(lost_database()),
            schema::State::Empty => {
                prepare(&connection)?;
                schema::migrate(&mut connection)?;
            }
            schema::State::Older(version) => {
                backup::snapshot(&connection, folder, &format!("before-schema-{}-from-{version}", schema::known()))?;
                prepare(&connection)?;
                schema::migrate(&mut connection)?;
            }
        }
        prepare(&connection)?;
        if alone {
            file::clear_incoming(folder, &connection)?;
        }
        // Shared from here on: others may come, and none of them will take our log for a crash.
        if alone {
            lock.unlock().and_then(|()| lock.lock_shared()).map_err(VaultError::io("lock", folder.lock()))?;
        }
        Ok(Vault {
            folder: folder.clone(),
            clock,
            access: Access::Writable(Mutex::new(connection)),
            readers: Mutex::new(Vec::new()),
            written: AtomicBool::new(false),
            _lock: Some(lock),
        })
    }

    /// A vault on a medium that cannot be written: readable as it stands. `why` nothing can be written is said where there is
    /// nothing to read either.
    fn open_read_only(folder: &Folder, clock: Clock, why: VaultError) -> Result<Vault> {
        if let Err(error) = File::open(folder.database()) {
            return Err(match (error.kind(), why) {
                (io::ErrorKind::PermissionDenied, _) => VaultError::NoAccess { path: folder.database(), source: error },
                (_, VaultError::Io { source, .. }) => match source.kind() {
                    io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => VaultError::NotAFolder(folder.path().to_owned()),
                    _ => VaultError::NoAccess { path: folder.path().to_owned(), source },
                },
                (_, why) => why,
            });
        }
        let vault = Vault {
            folder: folder.clone(),
            clock,
            access: Access::ReadOnly,
            readers: Mutex::new(Vec::new()),
            written: AtomicBool::new(false),
            _lock: None,
        };
        vault.read(|reader| match schema::inspect(reader.connection())? {
            schema::State::Fits => Ok(()),
            schema::State::Empty | schema::State::Older(_) => Err(VaultError::ReadOnly),
        })?;
        Ok(vault)
    }

    /// A vault on a full disk: readable, its log included, without the file in which connections share where the log's pages
    /// are. Whoever has the database alone keeps that in memory, so there is one connection, and no other process beside it.
    fn open_full(folder: &Folder, clock: Clock) -> Result<Vault> {
        if !folder.database().exists() {
            return Err(VaultError::DiskFull);
        }
        let connection = if folder.wal().metadata().is_ok_and(|log| log.len() > 0) {
            let connection =
                Connection::open_with_flags(folder.database(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            // Before anything is read, or the shared file would be wanted first.
            connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
            connection
        } else {
            // Where there may be no room for an empty log either.
            connect_immutable(folder)?
        };
        configure(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        match schema::inspect(&connection)? {
            schema::State::Fits => {}
            schema::State::Empty | schema::State::Older(_) => return Err(VaultError::DiskFull),
        }
        doctor::quick_check(&connection)?;
        Ok(Vault {
            folder: folder.clone(),
            clock,
            access: Access::Full(Mutex::new(connection)),
            readers: Mutex::new(Vec::new()),
            written: AtomicBool::new(false),
            _lock: None,
        })
    }

    /// Where it lies.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Whether it can only be read.
    pub fn is_read_only(&self) -> bool {
        self.writer().is_err()
    }

    /// Whether anything was written through this value since it was opened.
    pub fn has_written(&self) -> bool {
        self.written.load(Ordering::Relaxed)
    }

    /// The one connection that may write.
    ///
    /// # Errors
    /// [`VaultError::ReadOnly`] or [`VaultError::DiskFull`] where there is none.
    pub(crate) fn writer(&self) -> Result<&Mutex<Connection>> {
        match &self.access {
            Access::Writable(writer) => Ok(writer),
            Access::ReadOnly => Err(VaultError::ReadOnly),
            Access::Full(_) => Err(VaultError::DiskFull),
        }
    }

    /// The time, as the vault was told to tell it.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Reads in one consistent view of the vault, beside any writer.
    ///
    /// # Errors
    /// What the closure or SQLite says.
    pub fn read<T>(&self, look: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        let found = if let Access::Full(connection) = &self.access {
            looked(&mut held(connection), look)
        } else {
            let pooled = held(&self.readers).pop();
            let mut connection = match pooled {
                Some(connection) => connection,
                None => self.connect_reader()?,
            };
            let found = looked(&mut connection, look);
            // A connection that failed is closed, not handed to the next reader.
            if found.is_ok() {
                held(&self.readers).push(connection);
            }
            found
        };
        found.map_err(|error| self.with_backup(error))
    }

    /// Damage found in an open vault names the newest good backup, as at the opening.
    fn with_backup(&self, error: VaultError) -> VaultError {
        match error {
            VaultError::Damaged { detail, backup: None } => VaultError::Damaged { detail, backup: backup::newest_good(&self.folder) },
            other => other,
        }
    }

    fn connect_reader(&self) -> Result<Connection> {
        let connection = if self.is_read_only() {
            connect_immutable(&self.folder)?
        } else {
            Connection::open_with_flags(self.folder.database(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?
        };
        configure(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }

    /// Changes the vault in one transaction and records it in history. Nothing is written where the closure fails.
    ///
    /// # Errors
    /// What the closure or SQLite says; [`VaultError::ReadOnly`] or [`VaultError::DiskFull`] where the vault cannot be written.
    pub fn change<T>(&self, change: &Change, edit: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<Changed<T>> {
        let now = self.now();
        self.write(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (value, changeset) = {
                let mut session = Session::new(&transaction)?;
                for table in schema::undoable() {
                    session.attach(Some(table))?;
                }
                let value = edit(&Writer::new(&transaction, now))?;
                let mut changeset = Vec::new();
                session.changeset_strm(&mut changeset)?;
                (value, changeset)
            };
            if changeset.is_empty() {
                return Ok(Changed { value, history: None, touched: Vec::new() });
            }
            let touched = changeset::kinds_in(&transaction, &changeset)?;
            let history = history::append(&transaction, change, now, &touched, changeset)?;
            transaction.commit()?;
            Ok(Changed { value, history: Some(history), touched })
        })
    }

    /// Runs `work` on the one connection that may write.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let writer = self.writer()?;
        let done = work(&mut held(writer)).map_err(|error| self.with_backup(error))?;
        self.written.store(true, Ordering::Relaxed);
        Ok(done)
    }

    /// A number that changes whenever another connection or process has committed.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn data_version(&self) -> Result<i64> {
        match &self.access {
            Access::Writable(writer) => Ok(held(writer).pragma_query_value(None, "data_version", |row| row.get(0))?),
            Access::ReadOnly | Access::Full(_) => Ok(0),
        }
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        // Readers first: the last connection to close folds the log into the database and removes it.
        held(&self.readers).clear();
        if let Access::Writable(writer) = &self.access {
            let _ = held(writer).execute_batch("PRAGMA optimize");
        }
    }
}

/// A lock whose holder panicked guards nothing that a rolled-back transaction has not restored.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The database of a folder in which something is kept that only a database can have named.
fn lost_database() -> VaultError {
    VaultError::Damaged { detail: "it is missing or empty, and what it named is still there".into(), backup: None }
}

/// Looks in one consistent view.
fn looked<T>(connection: &mut Connection, look: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    look(&Reader::new(&transaction))
}

fn connect(folder: &Folder) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        folder.database(),
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    configure(&connection)?;
    Ok(connection)
}

/// A connection to a database that nobody writes, its log included, which is not looked for.
fn connect_immutable(folder: &Folder) -> Result<Connection> {
    let path = folder.database().to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Ok(Connection::open_with_flags(
        format!("file:{path}?immutable=1"),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?)
}

/// What every connection needs; changes nothing in the file.
pub(crate) fn configure(connection: &Connection) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.pragma_update(None, "trusted_schema", false)?;
    // Without this guarantee SQLite, built with STAT4 as it is here, plans a kept statement anew for most values bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    Ok(())
}

/// What the writer needs; the log mode is a property of the file.
fn prepare(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "journal_size_limit", 8 << 20)?;
    Ok(())
}
