//! Backups, the doctor, and what the vault is.

use std::path::Path;
use std::sync::PoisonError;

use cairn_domain::Kind;
use cairn_vault::{Folder, VaultError, backup};
use chrono::Utc;
use serde::Serialize;

use crate::work::Progress;
use crate::{App, AppError, Result};

/// What the vault is and holds.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct VaultInfo {
    /// Its folder.
    pub path: String,
    /// Whether nobody has logged anything yet.
    pub empty: bool,
    /// Whether the sample learner is in it.
    pub has_sample: bool,
    /// How many records there are of each kind that has any.
    pub counts: Vec<KindCount>,
    /// Its backups, newest first.
    pub backups: Vec<BackupInfo>,
    /// Cairn's version.
    pub version: String,
    /// Why the last automatic backup could not be made; nothing where it was.
    pub backup_problem: Option<AppError>,
    /// Whether it can only be read.
    pub read_only: bool,
    /// What the database and the files take on disk, in bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// How many records there are of a kind.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// A backup in the vault's folder.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct BackupInfo {
    /// Its file name.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// When it was made (RFC 3339).
    pub at: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Why it was made.
    pub occasion: Occasion,
}

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// The first of the day.
    Daily,
    /// The learner asked for it.
    Asked,
    /// Another took the vault's place.
    Restore,
    /// A newer Cairn brought the vault forward.
    Update,
}

/// A backup of the whole vault elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct WholeBackup {
    /// Where it lies.
    pub path: String,
    /// Files that are missing or damaged in the vault, and so are not in it as they came.
    pub findings: Vec<Finding>,
}

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Restored {
    /// The backup of the state before, by its file name, where that state was fit to be one.
    pub before: Option<String>,
    /// Where the database before lies that was too damaged for that.
    pub aside: Option<String>,
    /// Files that the records name now and that are missing or damaged.
    pub findings: Vec<Finding>,
    /// The step of history, so that undo returns to the state before; nothing where that was too damaged.
    #[ts(type = "number | null")]
    pub step: Option<i64>,
}

/// What the doctor says.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct DoctorReport {
    /// Whether nothing is left to mend.
    pub healthy: bool,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// Something the doctor found.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Finding {
    /// What it is, in kebab case: `integrity`, `foreign-key`, `search-index`, `file-missing`, `file-damaged`,
    /// `file-unknown`, `backup-damaged`.
    pub code: String,
    /// What it concerns: a file's name, where in the vault it lies now, or words of the database.
    pub detail: String,
    /// Whether it has been mended.
    pub mended: bool,
}

impl App {
    /// What the vault is and holds.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn vault_info(&self) -> Result<VaultInfo> {
        let folder = self.vault.folder();
        let (counts, has_sample, files) =
            self.vault.read(|reader| Ok((reader.counts()?, reader.has_sample()?, reader.bytes_of_files()?)))?;
        Ok(VaultInfo {
            path: folder.path().display().to_string(),
            empty: counts.is_empty(),
            has_sample,
            counts: counts.into_iter().map(|(kind, count)| KindCount { kind, count }).collect(),
            backups: backup::list(folder)?.into_iter().map(BackupInfo::from).collect(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            backup_problem: self.backup_problem.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            read_only: self.vault.is_read_only(),
            bytes: folder.bytes_of_database().saturating_add(files),
        })
    }

    /// The vault's folder.
    pub fn folder(&self) -> &Path {
        self.vault.folder().path()
    }

    /// Makes today's automatic backup where there is none yet. What stands in the way is remembered for [`App::vault_info`].
    ///
    /// # Errors
    /// `vault-damaged`, `disk-full`.
    pub fn back_up_daily(&self) -> Result<Option<BackupInfo>> {
        let made = self.vault.back_up_daily().map_err(AppError::from);
        *self.backup_problem.lock().unwrap_or_else(PoisonError::into_inner) = made.as_ref().err().cloned();
        Ok(made?.map(BackupInfo::from))
    }

    /// Makes a backup of the database in the vault's own folder.
    ///
    /// # Errors
    /// `vault-damaged`, `vault-read-only`, `disk-full`.
    pub fn back_up_now(&self) -> Result<BackupInfo> {
        Ok(self.vault.back_up_now()?.into())
    }

    /// As [`App::back_up_daily`], where anything was written through this value: for a program that ends with what it was asked
    /// for, and that watches no day go by.
    ///
    /// # Errors
    /// As [`App::back_up_daily`].
    pub fn back_up_after_writing(&self) -> Result<Option<BackupInfo>> {
        if self.vault.has_written() { self.back_up_daily() } else { Ok(None) }
    }

    /// Writes the whole vault, files included, into one new file: `to`, or one in the folder `to`, named with the time. Files that
    /// the vault has lost do not stand in the way; they are named.
    ///
    /// # Errors
    /// `file-exists`, `not-writable`, `folder-missing`, `disk-full`, `vault-damaged`, `cancelled`, `file-failed`.
    pub fn back_up_to(&self, to: &Path, progress: &mut Progress<'_>) -> Result<WholeBackup> {
        let into = to.is_dir();
        let named = |again: u32| {
            if !into {
                return to.to_owned();
            }
            let again = if again > 1 { format!("-{again}") } else { String::new() };
            to.join(format!("cairn-backup-{}{again}.zip", self.vault.now().format("%Y-%m-%dT%H%M%SZ")))
        };
        let mut again = 1;
        loop {
            let path = named(again);
            match self.vault.back_up_whole(&path, &mut *progress) {
                // Another one of the same second, perhaps of another vault.
                Err(VaultError::Exists(_)) if into => again += 1,
                findings => {
                    let findings = findings?.into_iter().map(Finding::from).collect();
                    return Ok(WholeBackup { path: path.display().to_string(), findings });
                }
            }
        }
    }

    /// Brings the vault to the state of a backup, after backing up the state it is in; where that is too damaged to be a backup,
    /// it is put aside. Undo returns to the state before.
    ///
    /// # Errors
    /// `not-a-backup`, `file-missing`, `disk-full`.
    pub fn restore(&self, from: &Path) -> Result<Restored> {
        Ok(self.vault.restore(from)?.into())
    }

    /// Brings the vault to the state of the backup with this name in its own folder.
    ///
    /// # Errors
    /// `not-a-backup`, `file-missing`.
    pub fn restore_named(&self, name: &str) -> Result<Restored> {
        let found = backup::list(self.vault.folder())?.into_iter().find(|backup| backup.name == name);
        let backup = found.ok_or_else(|| AppError::new("file-missing", format!("There is no backup {name}.")).with("path", name))?;
        self.restore(&backup.path)
    }

    /// Checks the whole vault and mends what can be mended without loss.
    ///
    /// # Errors
    /// `cancelled`, or why it cannot be read.
    pub fn doctor(&self, progress: &mut Progress<'_>) -> Result<DoctorReport> {
        let findings: Vec<Finding> = self.vault.examine(progress)?.into_iter().map(Finding::from).collect();
        Ok(DoctorReport { healthy: findings.iter().all(|finding| finding.mended), findings })
    }
}

/// Puts a backup in the place of a vault that cannot be opened. The damaged database is kept beside it.
///
/// # Errors
/// `not-a-backup`, `file-missing`, `disk-full`, `vault-busy` where another program has the vault open.
pub fn restore_damaged(folder: &Path, from: &Path) -> Result<Restored> {
    Ok(backup::restore_damaged(&Folder::at(folder), from, Utc::now())?.into())
}

/// Makes a vault's folder, for its owner's eyes only, where there is none yet.
///
/// # Errors
/// `file-failed`, `disk-full`, `vault-read-only`.
pub fn make_folder(folder: &Path) -> Result<()> {
    Ok(Folder::at(folder).make()?)
}

impl From<backup::Restored> for Restored {
    fn from(restored: backup::Restored) -> Self {
        Restored {
            before: restored.before.map(|backup| backup.name),
            aside: restored.aside.map(|path| path.display().to_string()),
            findings: restored.findings.into_iter().map(Finding::from).collect(),
            step: restored.step,
        }
    }
}

impl From<cairn_vault::doctor::Finding> for Finding {
    fn from(finding: cairn_vault::doctor::Finding) -> Self {
        Finding { code: finding.what.name().to_owned(), detail: finding.detail, mended: finding.mended }
    }
}

impl From<backup::Backup> for BackupInfo {
    fn from(backup: backup::Backup) -> Self {
        let occasion = match backup.occasion {
            backup::Occasion::Daily => Occasion::Daily,
            backup::Occasion::Asked => Occasion::Asked,
            backup::Occasion::Restore => Occasion::Restore,
            backup::Occasion::Update => Occasion::Update,
        };
        BackupInfo { name: backup.name, path: backup.path.display().to_string(), at: backup.at.to_rfc3339(), size: backup.size, occasion }
    }
}
