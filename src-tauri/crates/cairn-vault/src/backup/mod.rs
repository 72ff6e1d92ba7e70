//! Backups: a snapshot of the database that was opened and checked before it counts, or the whole vault in one file.
//!
//! Automatic backups hold the database alone, beside the files they name, which stay as long as a backup knows them.
//! A backup for elsewhere holds the files too. A damaged vault makes no backup, so it never displaces a good one.

mod archive;

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cairn_domain::Kind;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior};
use zip::CompressionMethod;

use archive::{CheckedBackup, Contents, opens};

use crate::doctor::Finding;
use crate::folder::{Folder, create_private, is_backup, is_hash, private_file, sync};
use crate::record::Reader;
use crate::{Change, Result, Vault, VaultError, doctor, file, history, schema};

/// Automatic backups kept: the newest of so many days, weeks and months.
const DAYS_KEPT: usize = 12;
const WEEKS_KEPT: usize = 10;
const MONTHS_KEPT: usize = 9;
/// How every SQLite database begins.
const DATABASE_MAGIC: &[u8] = b"SQLite format 3\0";
/// Names of backups, before their date or time, by why they were made.
const DAILY: &str = "daily-";
const KEPT: &str = "kept-";
const BEFORE_RESTORE: &str = "before-restore-";
/// As for [`DAILY`]; what follows names two versions of the schema, and no time.
const BEFORE_SCHEMA: &str = "before-schema-";
const KEPT_TIME: &str = "%Y-%m-%dT%H%M%S%.3fZ";

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The state before, where it was fit to be a backup.
    pub before: Option<Backup>,
    /// The damaged database, put aside as it was.
    pub aside: Option<PathBuf>,
    /// Files that the backup's records name and that are missing or damaged.
    pub findings: Vec<Finding>,
    /// The step of history that going back is, where there is a state before to return to.
    pub step: Option<i64>,
}

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The first of the day.
    Daily,
    /// Somebody asked for it.
    Asked,
    /// Another took the vault's place.
    Restore,
    /// A newer Cairn brought the vault forward.
    Update,
}

/// A backup in the vault's own folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its file name.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Its size in bytes.
    pub size: u64,
    /// Why it was made.
    pub occasion: Occasion,
}

impl Vault {
    /// Makes today's automatic backup where there is none yet, and thins the older ones.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the vault is not fit to be backed up, or why it could not be written.
    pub fn back_up_daily(&self) -> Result<Option<Backup>> {
        let name = format!("{DAILY}{}", self.now().date_naive());
        // By its name: when a file was written says nothing after it has been copied.
        if self.folder().backups().join(format!("{name}.sqlite3")).exists() || matches!(self.writer(), Err(VaultError::ReadOnly)) {
            return Ok(None);
        }
        let backup = self.back_up(&name)?;
        thin(self.folder())?;
        Ok(Some(backup))
    }

    /// Makes a backup of the database in the vault's own folder, named with the time.
    ///
    /// # Errors
    /// As [`Vault::back_up_daily`].
    pub fn back_up_now(&self) -> Result<Backup> {
        self.back_up_at(KEPT)
    }

    /// Makes a backup named with why and when.
    fn back_up_at(&self, why: &str) -> Result<Backup> {
        let name = format!("{why}{}", self.now().format(KEPT_TIME));
        // A second one at the same moment never takes the place of the first, which may be what is being restored.
        let taken = |name: &String| self.folder().backups().join(format!("{name}.sqlite3")).exists();
        let free = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}"))).find(|name| !taken(name));
        self.back_up(&free.unwrap_or(name))
    }

    fn back_up(&self, name: &str) -> Result<Backup> {
        self.writer()?;
        self.read(|reader| {
            doctor::quick_check(reader.connection())?;
            let path = snapshot(reader.connection(), self.folder(), name)?;
            let size = path.metadata().map_or(0, |data| data.len());
            Ok(Backup { occasion: occasion(name), name: format!("{name}.sqlite3"), path, at: self.now(), size })
        })
    }

    /// Writes the whole vault, files included, into one new file at `to`, also what only history can bring back. `progress`
    /// is told bytes done and in all, and says whether to go on. Files that are missing or damaged in the vault do not stand in
    /// the way of the rest; they are returned.
    ///
    /// # Errors
    /// [`VaultError::Exists`] where there is a file at `to`, [`VaultError::Elsewhere`] where none can be written there;
    /// [`VaultError::Cancelled`], [`VaultError::Damaged`], or why the vault could not be read. Nothing is left at `to` then.
    pub fn back_up_whole(&self, to: &Path, mut progress: impl FnMut(u64, u64) -> bool) -> Result<Vec<Finding>> {
        let elsewhere = |source: io::Error| VaultError::Elsewhere { path: to.to_owned(), source };
        // Its name is taken first, so that nothing that comes at the same moment takes it too.
        private_file().create_new(true).open(to).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => VaultError::Exists(to.to_owned()),
            _ => elsewhere(error),
        })?;
        let part = part_of(to);
        let database = part.with_extension("sqlite3");
        let written = self.read(|reader| {
            doctor::quick_check(reader.connection())?;
            let result = copy_database(reader.connection(), &database).and_then(|()| {
                let contents = Contents::of(self.folder(), reader.connection(), &database)?;
                let lost = contents.write(&part, CompressionMethod::Deflated, &mut progress)?;
                // Nothing a learner writes packs as tightly as a bomb; if it ever did, the backup must open all the same.
                if opens(&part)? { Ok(lost) } else { contents.write(&part, CompressionMethod::Stored, &mut progress) }
            });
            let _ = fs::remove_file(&database);
            let lost = result?;
            lost.into_iter()
                .map(|(what, sha256)| Ok(Finding { what, detail: file::name_of(reader.connection(), &sha256)?, mended: false }))
                .collect()
        });
        let placed = written.and_then(|lost| fs::rename(&part, to).map(|()| lost).map_err(VaultError::io("write", &part)));
        if placed.is_err() {
            let _ = fs::remove_file(&part);
            let _ = fs::remove_file(to);
        }
        // The vault is only read here: what cannot be written is what is named by `to`.
        placed.map_err(|error| match error {
            VaultError::Io { path, source, .. } if path == part || path == database => elsewhere(source),
            VaultError::DiskFull => elsewhere(io::ErrorKind::StorageFull.into()),
            VaultError::ReadOnly => elsewhere(io::ErrorKind::ReadOnlyFilesystem.into()),
            other => other,
        })
    }

    /// Brings the vault to the state of a backup, after backing up the state it is in, or putting it aside where it is too
    /// damaged for that. History goes with it; its last step is then that it went back, and undoing that returns to the state before.
    ///
    /// # Errors
    /// [`VaultError::NotABackup`] where the file does not open and pass its check; nothing is changed then.
    pub fn restore(&self, from: &Path) -> Result<Restored> {
        let last =
            |reader: &Reader<'_>| Ok(reader.connection().query_row("SELECT ifnull(max(id), 0) FROM history", [], |row| row.get(0))?);
        let last_before: i64 = self.read(last).unwrap_or_default();
        let restored = self.bring_back(from)?;
        let Some(before) = &restored.before else { return Ok(restored) };
        let change = Change { title: before.name.clone(), ..Change::new(history::RESTORE) };
        let step = self.write(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let appended = history::append(&transaction, &change, self.now(), Kind::ALL, Vec::new())?;
            // No step of the state before has its number: who offers to take this one back must not take back that.
            let step = appended.max(last_before + 1);
            transaction.execute("UPDATE history SET id = ?2 WHERE id = ?1", [appended, step])?;
            transaction.commit()?;
            Ok(step)
        })?;
        Ok(Restored { step: Some(step), ..restored })
    }

    /// Returns to the state before a restore: the backup with this name.
    ///
    /// # Errors
    /// [`VaultError::Missing`] where it is gone, and as [`Vault::restore`]; nothing is changed then.
    pub(crate) fn return_to(&self, before: &str) -> Result<()> {
        let found = list(self.folder())?.into_iter().find(|backup| backup.name == before);
        let gone = || VaultError::Missing(self.folder().backups().join(before));
        self.bring_back(&found.ok_or_else(gone)?.path).map(drop)
    }

    fn bring_back(&self, from: &Path) -> Result<Restored> {
        let checked = CheckedBackup::open(self.folder(), from)?;
        let (before, aside) = match self.back_up_at(BEFORE_RESTORE) {
            Ok(before) => (Some(before), None),
            Err(VaultError::Damaged { .. }) => (None, Some(self.put_aside()?)),
            Err(error) => return Err(error),
        };
        let findings = checked.take_files(self.folder())?;
        self.write(|connection| {
            let source = Connection::open_with_flags(&checked.database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            let copy = rusqlite::backup::Backup::new(&source, connection)?;
            copy.run_to_completion(1 << 20, std::time::Duration::ZERO, None)?;
            drop(copy);
            // A backup of an older schema is brought forward as an older vault is.
            match schema::inspect(connection)? {
                schema::State::Older(_) => schema::migrate(connection),
                schema::State::Empty | schema::State::Fits => Ok(()),
            }
        })?;
        Ok(Restored { before, aside, findings, step: None })
    }

    /// Copies a damaged database and its log aside, as they are.
    fn put_aside(&self) -> Result<PathBuf> {
        self.write(|connection| {
            // Holds others off writing while both are copied. A database too damaged even for that is written by nobody.
            let held = connection.execute_batch("BEGIN IMMEDIATE").is_ok();
            let copied = aside(self.folder(), self.now());
            if held {
                connection.execute_batch("ROLLBACK")?;
            }
            copied
        })
    }
}

/// The backups in a vault's folder, newest first.
///
/// # Errors
/// Why the folder cannot be read.
pub fn list(folder: &Folder) -> Result<Vec<Backup>> {
    let path = folder.backups();
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(&path).map_err(VaultError::io("read", &path))? {
        let entry = entry.map_err(VaultError::io("read", &path))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let metadata = entry.metadata().map_err(VaultError::io("read", entry.path()))?;
        if is_backup(&name) && metadata.is_file() {
            let written = metadata.modified().map(DateTime::<Utc>::from).unwrap_or(DateTime::UNIX_EPOCH);
            let at = named_time(&name, written).unwrap_or(written);
            found.push(Backup { occasion: occasion(&name), name, path: entry.path(), at, size: metadata.len() });
        }
    }
    found.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.name.cmp(&a.name)));
    Ok(found)
}

/// When a backup was made, by its name: a file that was copied says when that was. One of the day knows no hour but that of its
/// writing.
fn named_time(name: &str, written: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if let Some(day) = day_of(name) {
        let time = if written.date_naive() == day { written.time() } else { NaiveTime::MIN };
        return Some(day.and_time(time).and_utc());
    }
    let (time, _) = [KEPT, BEFORE_RESTORE]
        .iter()
        .find_map(|why| name.strip_prefix(why))
        .and_then(|time| NaiveDateTime::parse_and_remainder(time, KEPT_TIME).ok())?;
    Some(time.and_utc())
}

/// Why a backup was made, by its name; what somebody called otherwise is theirs.
fn occasion(name: &str) -> Occasion {
    let occasions = [(DAILY, Occasion::Daily), (BEFORE_RESTORE, Occasion::Restore), (BEFORE_SCHEMA, Occasion::Update)];
    occasions.into_iter().find(|(why, _)| name.starts_with(why)).map_or(Occasion::Asked, |(_, occasion)| occasion)
}

/// The day of an automatic backup.
fn day_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix(DAILY)?.strip_suffix(".sqlite3")?.parse().ok()
}

/// The newest backup that opens and passes its check.
pub fn newest_good(folder: &Folder) -> Option<PathBuf> {
    list(folder).ok()?.into_iter().map(|backup| backup.path).find(|path| check(path).is_ok())
}

/// Opens a backup's database and checks it whole.
///
/// # Errors
/// [`VaultError::NotABackup`] with what is wrong.
pub fn check(path: &Path) -> Result<()> {
    let wrong = |detail: String| VaultError::NotABackup { path: path.to_owned(), detail };
    // SQLite calls any other file a damaged database, which would be the wrong cause.
    let mut magic = Vec::new();
    File::open(path)
        .and_then(|file| file.take(DATABASE_MAGIC.len() as u64).read_to_end(&mut magic))
        .map_err(VaultError::io("read", path))?;
    if !magic.is_empty() && magic != DATABASE_MAGIC {
        return Err(wrong("it is not a backup of Cairn's, or its beginning is damaged".into()));
    }
    // Of a backup that is damaged the detail is said, not that this is the vault's own database.
    let why = |error: VaultError| match error {
        VaultError::Damaged { detail, .. } => wrong(detail),
        other => wrong(other.to_string()),
    };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| wrong(error.to_string()))?;
    if schema::inspect(&connection).map_err(why)? == schema::State::Empty {
        return Err(wrong("it is empty".into()));
    }
    doctor::quick_check(&connection).map_err(why)?;
    // A database from elsewhere may say anything where a hash belongs, and hashes become paths.
    let named = file::hashes(&connection).map_err(why)?;
    if named.iter().all(|(sha256, _)| is_hash(sha256)) { Ok(()) } else { Err(wrong("it names a file by what is no hash".into())) }
}

/// Puts a backup in the place of a vault that cannot be opened; the damaged database and its log are kept beside it.
///
/// # Errors
/// [`VaultError::NotABackup`] where the file does not open and pass its check, [`VaultError::Busy`] where another process has
/// the vault open; nothing is changed then.
pub fn restore_damaged(folder: &Folder, from: &Path, now: DateTime<Utc>) -> Result<Restored> {
    folder.create()?;
    let lock = OpenOptions::new().create(true).append(true).open(folder.lock()).map_err(VaultError::io("open", folder.lock()))?;
    lock.try_lock().map_err(|error| match error {
        fs::TryLockError::WouldBlock => VaultError::Busy,
        fs::TryLockError::Error(error) => VaultError::io("lock", folder.lock())(error),
    })?;
    let checked = CheckedBackup::open(folder, from)?;
    let findings = checked.take_files(folder)?;
    let database = folder.database();
    let fresh = folder.path().join("restored.sqlite3");
    copy_private(&checked.database, &fresh).map_err(VaultError::io("write", &fresh))?;
    sync(&fresh)?;
    // A log without its database is all that is left of the last changes.
    let aside = if database.exists() || folder.wal().exists() { Some(aside(folder, now)?) } else { None };
    // The old log first: it must never meet the new database. The damaged one stands until the new takes its place.
    for log in ["-wal", "-shm"].map(|suffix| with_suffix(&database, suffix)) {
        match fs::remove_file(&log) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(VaultError::io("remove", &log)(error)),
            _ => {}
        }
    }
    sync(folder.path())?;
    fs::rename(&fresh, &database).map_err(VaultError::io("write", &database))?;
    sync(folder.path())?;
    Ok(Restored { before: None, aside, findings, step: None })
}

/// Copies the database and its log, as they are, beside them under names that belong together. Returns the database's.
fn aside(folder: &Folder, now: DateTime<Utc>) -> Result<PathBuf> {
    let database = folder.database();
    let named = |end: &str| folder.path().join(format!("damaged-{}{end}.sqlite3", now.format("%Y-%m-%dT%H%M%SZ")));
    let free = std::iter::once(named("")).chain((2..).map(|n| named(&format!("-{n}")))).find(|path| !path.exists());
    let to = free.unwrap_or_else(|| named(""));
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (with_suffix(&database, suffix), with_suffix(&to, suffix));
        match copy_private(&from, &to) {
            Ok(()) => sync(&to)?,
            // Without a log, or with one whose index or database is gone.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(VaultError::io("write", &to)(error)),
        }
    }
    sync(folder.path())?;
    Ok(to)
}

/// A copy that only its owner may read.
fn copy_private(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    io::copy(&mut source, &mut create_private(to)?).map(drop)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(suffix);
    PathBuf::from(name)
}

/// A verified copy of the database in the backups folder, under `name`.
pub(crate) fn snapshot(connection: &Connection, folder: &Folder, name: &str) -> Result<PathBuf> {
    let to = folder.backups().join(format!("{name}.sqlite3"));
    let part = part_of(&to);
    let made = copy_database(connection, &part).and_then(|()| check(&part));
    if let Err(error) = made {
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    sync(&part)?;
    fs::rename(&part, &to).map_err(VaultError::io("write", &to))?;
    sync(&folder.backups())?;
    Ok(to)
}

fn copy_database(connection: &Connection, to: &Path) -> Result<()> {
    create_private(to).map_err(VaultError::io("write", to))?;
    connection.backup(MAIN_DB, to, None::<fn(rusqlite::backup::Progress)>)?;
    // A backup is one file: it needs no log of its own.
    let copy = Connection::open(to)?;
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// Removes automatic backups that neither the last days, nor weeks, nor months need. What the learner made stays.
fn thin(folder: &Folder) -> Result<()> {
    let daily: Vec<Backup> = list(folder)?.into_iter().filter(|backup| backup.name.starts_with(DAILY)).collect();
    let dates: Vec<_> = daily.iter().map(|backup| day_of(&backup.name)).collect();
    for (backup, keep) in daily.iter().zip(kept(&dates)) {
        if !keep {
            fs::remove_file(&backup.path).map_err(VaultError::io("remove", &backup.path))?;
        }
    }
    Ok(())
}

/// Which of these dates, newest first, are kept: the newest days, the newest of each of the newest weeks, and of the
/// newest months. What is no date is kept.
fn kept(dates: &[Option<NaiveDate>]) -> Vec<bool> {
    let (mut days, mut weeks, mut months) = (0, BTreeSet::new(), BTreeSet::new());
    dates
        .iter()
        .map(|date| {
            let Some(date) = date else { return true };
            days += 1;
            let first_of_week = weeks.insert((date.iso_week().year(), date.iso_week().week()));
            let first_of_month = months.insert((date.year(), date.month()));
            days <= DAYS_KEPT || (first_of_week && weeks.len() <= WEEKS_KEPT) || (first_of_month && months.len() <= MONTHS_KEPT)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_years_of_days_thin_to_days_weeks_and_months() {
        let last = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let dates: Vec<_> = (0..730).map(|n| Some(last - chrono::Days::new(n))).collect();
        let keep = kept(&dates);
        assert!(keep[..DAYS_KEPT].iter().all(|keep| *keep));
        let total = keep.iter().filter(|keep| **keep).count();
        assert!((DAYS_KEPT + 8..=DAYS_KEPT + WEEKS_KEPT + MONTHS_KEPT).contains(&total), "{total}");
        let oldest = dates.iter().zip(&keep).filter(|(_, keep)| **keep).filter_map(|(date, _)| *date).min().unwrap();
        assert_eq!(oldest, NaiveDate::from_ymd_opt(2026, 3, 31).unwrap());
    }
}
