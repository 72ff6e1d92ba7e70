//! Backups: a snapshot of the database that was opened and checked before it counts, or the whole vault in one file.
//!
//! Automatic backups hold the database alone, beside the files they name, which stay as long as a backup knows them.
//! A backup for elsewhere holds the files too. A damaged vault makes no backup, so it never displaces a good one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::folder::{Folder, sync};
use crate::{Result, Vault, VaultError, doctor, file, schema};

/// Automatic backups kept: the newest of so many days, weeks and months.
const DAYS_KEPT: usize = 12;
const WEEKS_KEPT: usize = 10;
const MONTHS_KEPT: usize = 9;
const DATABASE_IN_ARCHIVE: &str = "cairn.sqlite3";
/// Which keys signed, in the folder and in the archive. It is public; the secret is in no backup.
const KEY_HISTORY: &str = "key.history.json";
/// What says that a vault has a key of its own.
const KEY_FILES: [&str; 3] = [KEY_HISTORY, "key", "key.did"];
/// The largest key history that is taken from a backup, in bytes.
const LARGEST_HISTORY: u64 = 4 << 20;

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
}

impl Vault {
    /// Makes today's automatic backup where there is none yet, and thins the older ones.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the vault is not fit to be backed up, or why it could not be written.
    pub fn back_up_daily(&self) -> Result<Option<Backup>> {
        let today = self.now().date_naive();
        if self.is_read_only()
            || list(self.folder())?.iter().any(|backup| backup.at.date_naive() == today && backup.name.starts_with("daily-"))
        {
            return Ok(None);
        }
        let backup = self.back_up(&format!("daily-{today}"))?;
        thin(self.folder())?;
        Ok(Some(backup))
    }

    /// Makes a backup of the database in the vault's own folder, named with the time.
    ///
    /// # Errors
    /// As [`Vault::back_up_daily`].
    pub fn back_up_now(&self) -> Result<Backup> {
        let name = format!("kept-{}", self.now().format("%Y-%m-%dT%H%M%S%.3fZ"));
        // A second one at the same moment never takes the place of the first, which may be what is being restored.
        let taken = |name: &String| self.folder().backups().join(format!("{name}.sqlite3")).exists();
        let free = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}"))).find(|name| !taken(name));
        self.back_up(&free.unwrap_or(name))
    }

    fn back_up(&self, name: &str) -> Result<Backup> {
        if self.is_read_only() {
            return Err(VaultError::ReadOnly);
        }
        self.read(|reader| {
            doctor::quick_check(reader.connection())?;
            let path = snapshot(reader.connection(), self.folder(), name)?;
            let size = path.metadata().map_or(0, |data| data.len());
            Ok(Backup { name: format!("{name}.sqlite3"), path, at: self.now(), size })
        })
    }

    /// Writes the whole vault, files included, into one new file at `to`. `progress` is told bytes done and in all, and
    /// says whether to go on.
    ///
    /// # Errors
    /// [`VaultError::Cancelled`], [`VaultError::Damaged`], or why it could not be written; nothing is left at `to` then.
    pub fn back_up_whole(&self, to: &Path, mut progress: impl FnMut(u64, u64) -> bool) -> Result<()> {
        let part = part_of(to);
        let written = self.read(|reader| {
            doctor::quick_check(reader.connection())?;
            let database = part.with_extension("sqlite3");
            copy_database(reader.connection(), &database)?;
            let result = write_archive(&part, &database, &self.folder().clone(), &reader.hashes()?, &mut progress);
            let _ = fs::remove_file(&database);
            result
        });
        let placed = written.and_then(|()| fs::rename(&part, to).map_err(VaultError::io("write", to)));
        if placed.is_err() {
            let _ = fs::remove_file(&part);
        }
        placed
    }

    /// Brings the vault to the state of a backup, after backing up the state it is in. History goes with it.
    ///
    /// # Errors
    /// [`VaultError::NotABackup`] where the file does not open and pass its check; nothing is changed then.
    pub fn restore(&self, from: &Path) -> Result<()> {
        let checked = CheckedBackup::open(self.folder(), from)?;
        self.back_up_now()?;
        checked.take_files(self.folder())?;
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
        if name.ends_with(".sqlite3") && metadata.is_file() {
            let at = metadata.modified().map(DateTime::<Utc>::from).unwrap_or(DateTime::UNIX_EPOCH);
            found.push(Backup { name, path: entry.path(), at, size: metadata.len() });
        }
    }
    found.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.name.cmp(&a.name)));
    Ok(found)
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
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| wrong(error.to_string()))?;
    schema::inspect(&connection).map_err(|error| wrong(error.to_string())).and_then(|state| match state {
        schema::State::Empty => Err(wrong("it is empty".into())),
        _ => Ok(()),
    })?;
    doctor::quick_check(&connection).map_err(|error| wrong(error.to_string()))
}

/// Puts a backup in the place of a vault that cannot be opened; the damaged database is kept beside it.
///
/// # Errors
/// [`VaultError::NotABackup`] where the file does not open and pass its check; nothing is changed then.
pub fn restore_damaged(folder: &Folder, from: &Path, now: DateTime<Utc>) -> Result<()> {
    folder.create()?;
    let checked = CheckedBackup::open(folder, from)?;
    checked.take_files(folder)?;
    let database = folder.database();
    let fresh = folder.path().join("restored.sqlite3");
    fs::copy(&checked.database, &fresh).map_err(VaultError::io("write", &fresh))?;
    sync(&fresh)?;
    if database.exists() {
        let aside = folder.path().join(format!("damaged-{}.sqlite3", now.format("%Y-%m-%dT%H%M%SZ")));
        fs::rename(&database, &aside).map_err(VaultError::io("move", &database))?;
    }
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(folder.path().join(format!("cairn.sqlite3{suffix}")));
    }
    fs::rename(&fresh, &database).map_err(VaultError::io("write", &database))?;
    sync(folder.path())
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

fn write_archive(
    part: &Path,
    database: &Path,
    folder: &Folder,
    hashes: &[(String, u64)],
    progress: &mut impl FnMut(u64, u64) -> bool,
) -> Result<()> {
    let size = database.metadata().map_or(0, |data| data.len());
    let history = folder.path().join(KEY_HISTORY);
    let history_size = history.metadata().ok().map(|data| data.len());
    let all = size + history_size.unwrap_or(0) + hashes.iter().map(|(_, size)| size).sum::<u64>();
    let mut done = 0;
    let mut archive = ZipWriter::new(File::create(part).map_err(VaultError::io("create", part))?);
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let sources = std::iter::once((DATABASE_IN_ARCHIVE.to_owned(), database.to_owned(), deflated))
        .chain(hashes.iter().map(|(sha256, _)| (format!("files/{sha256}"), folder.file(sha256), stored)))
        .chain(history_size.map(|_| (KEY_HISTORY.to_owned(), history, deflated)));
    for (name, path, options) in sources {
        archive.start_file(name, options).map_err(|error| VaultError::io("write", part)(error.into()))?;
        let mut source = File::open(&path).map_err(VaultError::io("read", &path))?;
        let mut piece = vec![0; 256 << 10];
        loop {
            let read = source.read(&mut piece).map_err(VaultError::io("read", &path))?;
            if read == 0 {
                break;
            }
            archive.write_all(&piece[..read]).map_err(VaultError::io("write", part))?;
            done += read as u64;
            if !progress(done, all) {
                return Err(VaultError::Cancelled);
            }
        }
    }
    let file = archive.finish().map_err(|error| VaultError::io("write", part)(error.into()))?;
    file.sync_all().map_err(VaultError::io("write", part))
}

/// A backup whose database has been opened and checked.
struct CheckedBackup {
    database: PathBuf,
    archive: Option<PathBuf>,
    /// Whether `database` was unpacked and goes with this value.
    unpacked: bool,
}

impl CheckedBackup {
    fn open(folder: &Folder, from: &Path) -> Result<Self> {
        let wrong = |detail: &str| VaultError::NotABackup { path: from.to_owned(), detail: detail.to_owned() };
        let mut source = File::open(from).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::Missing(from.to_owned()),
            _ => VaultError::io("read", from)(error),
        })?;
        let mut magic = [0; 4];
        let read = source.read(&mut magic).map_err(VaultError::io("read", from))?;
        if &magic[..read] != b"PK\x03\x04" {
            check(from)?;
            return Ok(CheckedBackup { database: from.to_owned(), archive: None, unpacked: false });
        }
        let mut archive = ZipArchive::new(source).map_err(|error| wrong(&error.to_string()))?;
        let mut entry = archive.by_name(DATABASE_IN_ARCHIVE).map_err(|_| wrong("it holds no vault"))?;
        let database = folder.incoming().join(format!("restore-{}.part", uuid::Uuid::now_v7()));
        let checked = CheckedBackup { database: database.clone(), archive: Some(from.to_owned()), unpacked: true };
        let mut to = File::create(&database).map_err(VaultError::io("create", &database))?;
        io::copy(&mut entry, &mut to).map_err(VaultError::io("write", &database))?;
        drop(to);
        check(&database).map_err(|error| match error {
            VaultError::NotABackup { detail, .. } => wrong(&detail),
            other => other,
        })?;
        Ok(checked)
    }

    /// Puts the archive's files on the vault's shelves, each only where its content is what its name says.
    fn take_files(&self, folder: &Folder) -> Result<()> {
        let Some(path) = &self.archive else { return Ok(()) };
        let wrong = |detail: String| VaultError::NotABackup { path: path.clone(), detail };
        let connection = Connection::open_with_flags(&self.database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let wanted = file::hashes(&connection)?;
        let mut archive =
            ZipArchive::new(File::open(path).map_err(VaultError::io("read", path))?).map_err(|error| wrong(error.to_string()))?;
        for (sha256, size) in wanted {
            let settled = folder.file(&sha256);
            if settled.exists() {
                continue;
            }
            let entry = archive.by_name(&format!("files/{sha256}")).map_err(|_| wrong(format!("the file {sha256} is missing")))?;
            let part = folder.incoming().join(format!("{sha256}.part"));
            let mut to = File::create(&part).map_err(VaultError::io("create", &part))?;
            // One byte more than promised tells a bomb from a file.
            io::copy(&mut entry.take(size + 1), &mut to).map_err(VaultError::io("write", &part))?;
            to.sync_all().map_err(VaultError::io("write", &part))?;
            if file::hash_file(&part)? != sha256 {
                let _ = fs::remove_file(&part);
                return Err(wrong(format!("the file {sha256} is damaged")));
            }
            if let Some(shelf) = settled.parent() {
                fs::create_dir_all(shelf).map_err(VaultError::io("create", shelf))?;
            }
            fs::rename(&part, &settled).map_err(VaultError::io("write", &settled))?;
        }
        self.take_key_history(folder, &mut archive)
    }

    /// Brings the key's history along where the vault has no key yet. Its secret may be in this computer's keychain; where it is
    /// not, the history says which key a recovery file must bring.
    fn take_key_history(&self, folder: &Folder, archive: &mut ZipArchive<File>) -> Result<()> {
        if KEY_FILES.iter().any(|name| folder.path().join(name).exists()) {
            return Ok(());
        }
        let Ok(entry) = archive.by_name(KEY_HISTORY) else { return Ok(()) };
        let (part, to) = (folder.incoming().join("key.history.part"), folder.path().join(KEY_HISTORY));
        let mut file = File::create(&part).map_err(VaultError::io("create", &part))?;
        io::copy(&mut entry.take(LARGEST_HISTORY), &mut file).map_err(VaultError::io("write", &part))?;
        file.sync_all().map_err(VaultError::io("write", &part))?;
        fs::rename(&part, &to).map_err(VaultError::io("write", &to))
    }
}

impl Drop for CheckedBackup {
    fn drop(&mut self) {
        if self.unpacked {
            let _ = fs::remove_file(&self.database);
        }
    }
}

/// Removes automatic backups that neither the last days, nor weeks, nor months need. What the learner made stays.
fn thin(folder: &Folder) -> Result<()> {
    let daily: Vec<Backup> = list(folder)?.into_iter().filter(|backup| backup.name.starts_with("daily-")).collect();
    let dates: Vec<_> =
        daily.iter().map(|backup| backup.name.trim_start_matches("daily-").trim_end_matches(".sqlite3").parse().ok()).collect();
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
