//! Checking a vault whole, and mending what can be mended without loss.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use cairn_domain::text::shown_safely;
use rusqlite::{Connection, OpenFlags};

use crate::folder::make_private_folder;
use crate::{Folder, Result, Vault, VaultError, backup, file, history, is_hash};

/// Something the doctor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub what: Ailment,
    /// What it concerns: a file's name, its hash where nothing names it, or where in the vault it lies now; otherwise in SQLite's
    /// words.
    pub detail: String,
    /// Whether it has been mended.
    pub mended: bool,
}

impl Finding {
    /// About a file that a row names and that is not there as it came.
    pub(crate) fn of_file(folder: &Folder, connection: &Connection, sha256: &str) -> Result<Self> {
        let there = folder.file(sha256).is_ok_and(|path| path.exists());
        let what = if there { Ailment::FileDamaged } else { Ailment::FileMissing };
        Ok(Finding { what, detail: file::name_of(connection, sha256)?, mended: false })
    }
}

/// What can ail a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ailment {
    /// The database's pages or indexes do not agree.
    Integrity,
    /// A key leads nowhere.
    ForeignKey,
    /// The search index disagrees with the records.
    SearchIndex,
    /// A file that a row names is not there.
    FileMissing,
    /// A file's content is not what its name says.
    FileDamaged,
    /// A file that nothing knows: no row, no history, no backup. Or something among the files that is none of the vault's.
    FileUnknown,
    /// A backup that does not pass its check.
    BackupDamaged,
}

impl Ailment {
    /// Its name in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Ailment::Integrity => "integrity",
            Ailment::ForeignKey => "foreign-key",
            Ailment::SearchIndex => "search-index",
            Ailment::FileMissing => "file-missing",
            Ailment::FileDamaged => "file-damaged",
            Ailment::FileUnknown => "file-unknown",
            Ailment::BackupDamaged => "backup-damaged",
        }
    }
}

/// Fails with [`VaultError::Damaged`] where SQLite finds the database unsound (`PRAGMA quick_check`).
pub(crate) fn quick_check(connection: &Connection) -> Result<()> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(VaultError::Damaged { detail: verdict, backup: None }) }
}

impl Vault {
    /// Checks the database, every key, the search index, every file's hash and every backup; rebuilds the search index
    /// and sets unknown files aside. `progress` is told bytes hashed and in all, and says whether to go on.
    ///
    /// # Errors
    /// [`VaultError::Cancelled`], or what SQLite says.
    pub fn examine(&self, mut progress: impl FnMut(u64, u64) -> bool) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        self.read(|reader| {
            check_database(reader.connection(), &mut findings)?;
            // What only undo or redo would bring back is missed as well.
            let mut hashes = history::hashes(reader.connection())?;
            hashes.extend(reader.hashes()?);
            let all = hashes.values().fold(0, |all, size| size.saturating_add(all));
            let mut done = 0u64;
            for (sha256, size) in &hashes {
                if !file::is_sound(self.folder(), sha256).unwrap_or(false) {
                    findings.push(Finding::of_file(self.folder(), reader.connection(), sha256)?);
                }
                done = done.saturating_add(*size);
                if !progress(done, all) {
                    return Err(VaultError::Cancelled);
                }
            }
            Ok(())
        })?;
        self.mend_search(&mut findings)?;
        self.set_unknown_aside(&mut findings)?;
        for backup in backup::list(self.folder())? {
            if backup::check(&backup.path).is_err() {
                findings.push(Finding { what: Ailment::BackupDamaged, detail: backup.name, mended: false });
            }
        }
        Ok(findings)
    }

    fn mend_search(&self, findings: &mut Vec<Finding>) -> Result<()> {
        if self.is_read_only() {
            return Ok(());
        }
        self.write(|connection| {
            // The check compares index and content only when asked to with rank 1 (FTS5, "integrity-check").
            let sound = connection.execute("INSERT INTO record_fts (record_fts, rank) VALUES ('integrity-check', 1)", []);
            if sound.is_err() {
                connection.execute("INSERT INTO record_fts (record_fts) VALUES ('rebuild')", [])?;
                findings.push(Finding { what: Ailment::SearchIndex, detail: String::new(), mended: true });
            }
            Ok(())
        })
    }

    /// Moves files that no row, no step of history and no backup knows out of the way, and whatever else lies among them. What
    /// a database does not know another one may, such as the one that was here before it was lost: so none is ever deleted, and a
    /// restore takes what it needs back.
    fn set_unknown_aside(&self, findings: &mut Vec<Finding>) -> Result<()> {
        if self.is_read_only() {
            return Ok(());
        }
        let in_backups = known_to_backups(self.folder())?;
        let files = self.folder().files();
        // Inside a write, so that no attachment is between its file and its row.
        self.write(|connection| {
            let is_known = |sha256: &str| -> Result<bool> {
                // What a damaged backup knows cannot be told.
                let Some(in_backups) = &in_backups else { return Ok(true) };
                Ok(self.folder().intent(sha256)?.exists() || in_backups.contains(sha256) || file::is_known(connection, sha256)?)
            };
            for shelf in fs::read_dir(&files).map_err(VaultError::io("read", &files))?.flatten() {
                let name = shelf.file_name();
                if shelf.path() == self.folder().incoming() {
                    continue;
                }
                let is_shelf = name.len() == 2 && shelf.file_type().is_ok_and(|kind| kind.is_dir());
                if !is_shelf {
                    findings.push(self.set_aside(&shelf.path())?);
                    continue;
                }
                for entry in fs::read_dir(shelf.path()).map_err(VaultError::io("read", shelf.path()))?.flatten() {
                    let kept = entry.file_type().is_ok_and(|kind| kind.is_file());
                    let sha256 = entry.file_name().to_str().filter(|sha256| kept && is_hash(sha256)).map(str::to_owned);
                    if !sha256.map(|sha256| is_known(&sha256)).transpose()?.unwrap_or(false) {
                        findings.push(self.set_aside(&entry.path())?);
                    }
                }
            }
            Ok(())
        })
    }

    /// Moves what lies at `path` among the unknown files, and says so. What cannot be moved is named all the same.
    fn set_aside(&self, path: &Path) -> Result<Finding> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unknown = self.folder().unknown();
        make_private_folder(&unknown)?;
        let names = std::iter::once(name.to_string()).chain((2..).map(|n| format!("{name}-{n}")));
        // A copy that lies there already takes nothing from this one.
        let free = names.map(|name| unknown.join(name)).find(|to| !to.exists()).unwrap_or_else(|| unknown.join(name.as_ref()));
        let moved = fs::rename(path, &free);
        let lies = if moved.is_ok() { &free } else { path };
        let detail = lies.strip_prefix(self.folder().path()).unwrap_or(lies).display().to_string();
        Ok(Finding { what: Ailment::FileUnknown, detail: shown_safely(&detail), mended: moved.is_ok() })
    }
}

/// The files that backups know, also what their history can bring back after a restore; `None` where one cannot be read.
fn known_to_backups(folder: &Folder) -> Result<Option<HashSet<String>>> {
    let mut known = HashSet::new();
    for backup in backup::list(folder)? {
        let named = Connection::open_with_flags(&backup.path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(VaultError::from)
            .and_then(|connection| Ok((file::hashes(&connection)?, history::hashes(&connection)?)));
        let Ok((named, undone)) = named else { return Ok(None) };
        known.extend(named.into_iter().chain(undone).map(|(sha256, _)| sha256));
    }
    Ok(Some(known))
}

fn check_database(connection: &Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    for line in statement.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            findings.push(Finding { what: Ailment::Integrity, detail: line, mended: false });
        }
    }
    let mut statement = connection.prepare("SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")?;
    for line in statement
        .query_map([], |row| Ok(format!("{} → {} ({})", row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?)))?
    {
        findings.push(Finding { what: Ailment::ForeignKey, detail: line?, mended: false });
    }
    Ok(())
}
