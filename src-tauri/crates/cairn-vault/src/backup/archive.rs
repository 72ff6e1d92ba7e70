//! Whole backups: one archive with the database, its files and the key's history; written, opened and checked.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use zip::read::ZipFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::check;
use crate::doctor::{Ailment, Finding};
use crate::folder::{Folder, create_private};
use crate::{Result, VaultError, file, history};

const DATABASE_IN_ARCHIVE: &str = "cairn.sqlite3";
/// Which keys signed, in the folder and in the archive. It is public; the secret is in no backup.
const KEY_HISTORY: &str = "key.history.json";
/// What says that a vault has a key of its own.
const KEY_FILES: [&str; 3] = [KEY_HISTORY, "key", "key.did"];
/// The largest key history that is taken from a backup, in bytes.
const LARGEST_HISTORY: u64 = 4 << 20;

/// How many times its packed size an entry may unpack to, and up to how many bytes that does not matter. What Cairn packs
/// tighter than that it packs again without, so that its own backups always open.
const MAX_RATIO: u64 = 100;
const RATIO_FREE_BYTES: u64 = 16 << 20;

/// What goes into a whole backup.
pub(super) struct Contents<'a> {
    folder: &'a Folder,
    database: &'a Path,
    /// Files by hash and size in bytes.
    files: Vec<(String, u64)>,
    /// Those that only history knows; one of them missing is no loss to any record.
    undone: BTreeSet<String>,
}

impl<'a> Contents<'a> {
    pub(super) fn of(folder: &'a Folder, connection: &Connection, database: &'a Path) -> Result<Self> {
        let mut files = file::hashes(connection)?;
        let named: BTreeSet<String> = files.iter().map(|(sha256, _)| sha256.clone()).collect();
        let undone = history::hashes(connection)?.into_iter().filter(|(sha256, _)| !named.contains(sha256));
        let undone: Vec<_> = undone.filter(|(sha256, _)| folder.file(sha256).is_ok_and(|path| path.exists())).collect();
        files.extend(undone.iter().cloned());
        Ok(Contents { folder, database, files, undone: undone.into_iter().map(|(sha256, _)| sha256).collect() })
    }

    /// Writes all of it into a new archive at `part`, and says which files are not in it as they came.
    pub(super) fn write(
        &self,
        part: &Path,
        database_packed: CompressionMethod,
        progress: &mut impl FnMut(u64, u64) -> bool,
    ) -> Result<Vec<(Ailment, String)>> {
        let size = self.database.metadata().map_or(0, |data| data.len());
        let history = self.folder.path().join(KEY_HISTORY);
        let history_size = history.metadata().ok().map(|data| data.len());
        let all = self.files.iter().fold(size + history_size.unwrap_or(0), |all, (_, size)| all.saturating_add(*size));
        let mut archive =
            Archive { part, zip: ZipWriter::new(create_private(part).map_err(VaultError::io("create", part))?), done: 0, all };
        let opened = |path: &Path| File::open(path).map_err(VaultError::io("read", path));
        let mut lost = Vec::new();
        archive
            .add(DATABASE_IN_ARCHIVE, opened(self.database)?, database_packed, progress)?
            .map_err(VaultError::io("read", self.database))?;
        for (sha256, _) in &self.files {
            let written = match self.folder.file(sha256).and_then(|path| opened(&path)) {
                Ok(source) => match archive.add(&format!("files/{sha256}"), source, CompressionMethod::Stored, progress)? {
                    Ok(found) if found == *sha256 => None,
                    _ => Some(Ailment::FileDamaged),
                },
                Err(_) => Some(Ailment::FileMissing),
            };
            lost.extend(written.filter(|_| !self.undone.contains(sha256)).map(|what| (what, sha256.clone())));
        }
        if history_size.is_some() {
            archive
                .add(KEY_HISTORY, opened(&history)?, CompressionMethod::Deflated, progress)?
                .map_err(VaultError::io("read", &history))?;
        }
        let file = archive.zip.finish().map_err(|error| VaultError::io("write", part)(error.into()))?;
        file.sync_all().map_err(VaultError::io("write", part))?;
        Ok(lost)
    }
}

/// An archive being written.
struct Archive<'a> {
    part: &'a Path,
    zip: ZipWriter<File>,
    /// Bytes so far, and in all.
    done: u64,
    all: u64,
}

impl Archive<'_> {
    /// Adds an entry; returns the SHA-256 of what was read, or within why that could not be read to its end.
    fn add(
        &mut self,
        name: &str,
        source: File,
        packed: CompressionMethod,
        progress: &mut impl FnMut(u64, u64) -> bool,
    ) -> Result<io::Result<String>> {
        let options = SimpleFileOptions::default().compression_method(packed).large_file(true);
        self.zip.start_file(name, options).map_err(|error| VaultError::io("write", self.part)(error.into()))?;
        file::pour(source, |piece| {
            self.zip.write_all(piece).map_err(VaultError::io("write", self.part))?;
            self.done += piece.len() as u64;
            if progress(self.done, self.all) { Ok(()) } else { Err(VaultError::Cancelled) }
        })
    }
}

/// Whether the database of an archive at `path` stays within what a restore unpacks.
pub(super) fn opens(path: &Path) -> Result<bool> {
    let mut archive = ZipArchive::new(File::open(path).map_err(VaultError::io("read", path))?)
        .map_err(|error| VaultError::io("read", path)(error.into()))?;
    Ok(archive.by_name(DATABASE_IN_ARCHIVE).is_ok_and(|entry| is_bounded(&entry)))
}

/// Whether an entry unpacks to no more than it may.
fn is_bounded<R: Read>(entry: &ZipFile<'_, R>) -> bool {
    entry.size() <= RATIO_FREE_BYTES || entry.size() / MAX_RATIO <= entry.compressed_size()
}

/// A backup whose database has been opened and checked.
pub(super) struct CheckedBackup {
    pub(super) database: PathBuf,
    /// What `database` was unpacked from; it goes with this value then.
    archive: Option<PathBuf>,
}

impl CheckedBackup {
    pub(super) fn open(folder: &Folder, from: &Path) -> Result<Self> {
        let wrong = |detail: &str| VaultError::NotABackup { path: from.to_owned(), detail: detail.to_owned() };
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::Missing(from.to_owned()),
            _ => VaultError::io("read", from)(error),
        };
        // Before it is opened: a pipe that nobody writes to would be waited for.
        if !fs::metadata(from).map_err(unreadable)?.is_file() {
            return Err(VaultError::NotAFile(from.to_owned()));
        }
        let mut source = File::open(from).map_err(unreadable)?;
        let mut magic = [0; 4];
        let read = source.read(&mut magic).map_err(VaultError::io("read", from))?;
        if &magic[..read] != b"PK\x03\x04" {
            check(from)?;
            return Ok(CheckedBackup { database: from.to_owned(), archive: None });
        }
        let mut archive = ZipArchive::new(source).map_err(|error| wrong(&error.to_string()))?;
        let entry = archive.by_name(DATABASE_IN_ARCHIVE).map_err(|_| wrong("it holds no vault"))?;
        if !is_bounded(&entry) {
            return Err(wrong("it unpacks to far more than its size"));
        }
        let most = entry.size();
        let database = folder.incoming().join(format!("restore-{}.part", uuid::Uuid::now_v7()));
        let checked = CheckedBackup { database: database.clone(), archive: Some(from.to_owned()) };
        let mut to = create_private(&database).map_err(VaultError::io("create", &database))?;
        // An entry that is longer than the archive's directory says fails its own check of the sum.
        io::copy(&mut entry.take(most), &mut to).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => wrong(&error.to_string()),
            _ => VaultError::io("write", &database)(error),
        })?;
        drop(to);
        check(&database).map_err(|error| match error {
            VaultError::NotABackup { detail, .. } => wrong(&detail),
            other => other,
        })?;
        Ok(checked)
    }

    /// Puts the archive's files on the vault's shelves, each only where its content is what its name says, and returns those
    /// that the backup's records name and that are on no shelf afterwards.
    pub(super) fn take_files(&self, folder: &Folder) -> Result<Vec<Finding>> {
        let connection = Connection::open_with_flags(&self.database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let named = file::hashes(&connection)?;
        let mut findings = Vec::new();
        let Some(path) = &self.archive else {
            // The files never left the vault, or the doctor set them aside. Whether each is sound it says, too; that would take long
            // here.
            for (sha256, _) in history::hashes(&connection)? {
                back_from_unknown(folder, &sha256)?;
            }
            for (sha256, _) in named {
                if !folder.file(&sha256)?.exists() && !back_from_unknown(folder, &sha256)? {
                    findings.push(Finding::of_file(folder, &connection, &sha256)?);
                }
            }
            return Ok(findings);
        };
        let wrong = |detail: String| VaultError::NotABackup { path: path.clone(), detail };
        let mut archive =
            ZipArchive::new(File::open(path).map_err(VaultError::io("read", path))?).map_err(|error| wrong(error.to_string()))?;
        for (sha256, size) in named {
            if !take_file(folder, &mut archive, &sha256, size)? {
                findings.push(Finding::of_file(folder, &connection, &sha256)?);
            }
        }
        // What history can bring back is taken along where it is there.
        for (sha256, size) in history::hashes(&connection)? {
            take_file(folder, &mut archive, &sha256, size)?;
        }
        self.take_key_history(folder, &mut archive)?;
        Ok(findings)
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

/// Puts one file of an archive on its shelf, and says whether it is there as it came.
fn take_file(folder: &Folder, archive: &mut ZipArchive<File>, sha256: &str, size: u64) -> Result<bool> {
    if file::is_sound(folder, sha256)? {
        return Ok(true);
    }
    let Ok(entry) = archive.by_name(&format!("files/{sha256}")) else { return back_from_unknown(folder, sha256) };
    if size > file::LARGEST_FILE || !is_bounded(&entry) {
        return Ok(false);
    }
    let part = folder.incoming().join(format!("{sha256}.part"));
    let mut to = create_private(&part).map_err(VaultError::io("create", &part))?;
    // One byte more than promised tells a bomb from a file.
    let found = file::pour(entry.take(size + 1), |piece| to.write_all(piece).map_err(VaultError::io("write", &part)));
    let taken = match found {
        Ok(Ok(found)) if found == sha256 => {
            to.sync_all().map_err(VaultError::io("write", &part)).and_then(|()| file::settle_at(folder, &part, sha256)).map(|()| true)
        }
        Ok(_) => Ok(false),
        Err(error) => Err(error),
    };
    if !matches!(taken, Ok(true)) {
        let _ = fs::remove_file(&part);
    }
    taken
}

/// Puts a file that the doctor set aside, because nothing knew it, back on its shelf, and says whether it is there then.
fn back_from_unknown(folder: &Folder, sha256: &str) -> Result<bool> {
    let aside = folder.unknown().join(sha256);
    if folder.file(sha256)?.exists() || !file::hash_file(&aside).is_ok_and(|found| found == sha256) {
        return Ok(false);
    }
    file::settle_at(folder, &aside, sha256).map(|()| true)
}

impl Drop for CheckedBackup {
    fn drop(&mut self) {
        if self.archive.is_some() {
            let _ = fs::remove_file(&self.database);
        }
    }
}
