//! Files attached to evidence, and those credentials came in, kept by the SHA-256 of their content.
//!
//! The order that survives a crash at any point: hash into a temporary file, sync it, note the intent, rename, sync the
//! folder, and only then let a row name it. A file whose row never came is found by its intent at the next opening.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use cairn_domain::text::{base_name, shown_safely};
use cairn_domain::{Kind, RecordId};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::folder::{Folder, create_private, is_hash, make_private_folder, sync};
use crate::record::{Reader, Writer, key};
use crate::wallet::held;
use crate::{Change, Changed, Result, Vault, VaultError};

/// The largest file a vault takes, in bytes.
pub const LARGEST_FILE: u64 = 2 << 30;

const CHUNK: usize = 256 << 10;

/// A staged file that is to be attached.
#[derive(Debug)]
pub struct Arrived {
    /// Its content.
    pub staged: Staged,
    /// Its name, of which only the last component is kept.
    pub name: String,
    /// What it is.
    pub media_type: &'static str,
}

/// A file attached to evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its key.
    pub id: RecordId,
    /// The evidence it belongs to.
    pub evidence: RecordId,
    /// SHA-256 of its content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its name, safe to show and never a path.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A file that has been taken in and hashed, but belongs to nothing yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its first bytes, enough to tell what it is.
    pub head: Vec<u8>,
}

/// A file that lies where its hash says, but that no row names yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// SHA-256 of its content.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A file being taken in, piece by piece.
#[derive(Debug)]
pub struct Incoming {
    path: PathBuf,
    file: File,
    hash: Sha256,
    size: u64,
    head: Vec<u8>,
    name: String,
}

impl Incoming {
    /// Takes in the next piece.
    ///
    /// # Errors
    /// [`VaultError::TooLarge`], [`VaultError::DiskFull`], or why it could not be written.
    pub fn write(&mut self, piece: &[u8]) -> Result<()> {
        self.size += piece.len() as u64;
        if self.size > LARGEST_FILE {
            return Err(VaultError::TooLarge { name: self.name.clone(), most: LARGEST_FILE });
        }
        self.hash.update(piece);
        let wanted = 8192usize.saturating_sub(self.head.len());
        self.head.extend(piece.iter().take(wanted));
        self.file.write_all(piece).map_err(VaultError::io("write", &self.path))
    }

    /// Brings what was taken in to the disk.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn finish(mut self) -> Result<Staged> {
        self.file.sync_all().map_err(VaultError::io("write", &self.path))?;
        Ok(Staged {
            path: std::mem::take(&mut self.path),
            sha256: hex(&std::mem::take(&mut self.hash).finalize()),
            size: self.size,
            head: std::mem::take(&mut self.head),
        })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Vault {
    /// Begins to take in a file that is called `name`.
    ///
    /// # Errors
    /// [`VaultError::ReadOnly`], [`VaultError::DiskFull`], or why nothing can be written.
    pub fn receive(&self, name: &str) -> Result<Incoming> {
        self.writer()?;
        let path = self.folder().incoming().join(format!("{}.part", uuid::Uuid::now_v7()));
        let file = create_private(&path).map_err(VaultError::io("create", &path))?;
        Ok(Incoming { path, file, hash: Sha256::new(), size: 0, head: Vec::new(), name: shown_safely(base_name(name)) })
    }

    /// Takes in the file at `path`. `progress` is told the bytes so far and says whether to go on.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::NotAFile`], [`VaultError::TooLarge`], [`VaultError::Cancelled`], or why it
    /// could not be read or written.
    pub fn receive_path(&self, path: &Path, mut progress: impl FnMut(u64, u64) -> bool) -> Result<Staged> {
        let metadata = fs::metadata(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::Missing(path.to_owned()),
            _ => VaultError::io("read", path)(error),
        })?;
        if !metadata.is_file() {
            return Err(VaultError::NotAFile(path.to_owned()));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if metadata.len() > LARGEST_FILE {
            return Err(VaultError::TooLarge { name: shown_safely(&name), most: LARGEST_FILE });
        }
        let mut source = File::open(path).map_err(VaultError::io("read", path))?;
        let mut incoming = self.receive(&name)?;
        let mut piece = vec![0; CHUNK];
        loop {
            let read = source.read(&mut piece).map_err(VaultError::io("read", path))?;
            if read == 0 {
                return incoming.finish();
            }
            incoming.write(&piece[..read])?;
            if !progress(incoming.size, metadata.len()) {
                return Err(VaultError::Cancelled);
            }
        }
    }

    /// Attaches staged files to evidence in one step, which history calls `title`: all, or none.
    ///
    /// # Errors
    /// [`VaultError::NotFound`] where there is no such evidence, or why one could not be written.
    pub fn attach(&self, evidence: RecordId, title: &str, files: Vec<Arrived>) -> Result<Changed<Vec<Attached>>> {
        let change = Change::of("attach", Kind::Evidence, evidence, title);
        let mut shelved: Vec<(Shelved, String, &'static str)> = Vec::with_capacity(files.len());
        let all = files.into_iter().try_for_each(|file| {
            shelved.push((self.shelve(file.staged)?, file.name, file.media_type));
            Ok(())
        });
        let changed = all.and_then(|()| {
            self.change(&change, |writer| {
                shelved.iter().map(|(file, name, media_type)| writer.attach(evidence, file, name, media_type)).collect()
            })
        });
        shelved.iter().for_each(|(file, ..)| self.settle(file));
        changed
    }

    /// Puts a staged file where its hash says, for a [`Writer::attach`] to name it. [`Vault::settle`] follows, whether
    /// that came about or not.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn shelve(&self, mut staged: Staged) -> Result<Shelved> {
        let folder = self.folder();
        let intent = folder.intent(&staged.sha256)?;
        File::create(&intent).and_then(|file| file.sync_all()).map_err(VaultError::io("write", &intent))?;
        let shelved = Shelved { sha256: staged.sha256.clone(), size: staged.size };
        place(folder, &mut staged)?;
        Ok(shelved)
    }

    /// Ends what [`Vault::shelve`] began: a file that no row came to name is gone. Whether the change went through is decided by
    /// then; what cannot be ended now the next opening of the vault ends.
    pub fn settle(&self, shelved: &Shelved) {
        if self.read(|reader| settle_intent(self.folder(), reader.connection(), &shelved.sha256)).is_err() {
            tracing::warn!("a file that came in is settled at the next opening");
        }
    }

    /// Hands the content kept under a hash to `take`, piece by piece, and says whether all of it is what its hash says.
    ///
    /// # Errors
    /// What `take` says; [`VaultError::NoSuchFile`], [`VaultError::Missing`], or why it could not be read.
    pub fn pour<E: From<VaultError>>(&self, sha256: &str, take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<bool, E> {
        let path = self.folder().file(sha256)?;
        let source = File::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::Missing(path.clone()),
            _ => VaultError::io("read", &path)(error),
        })?;
        Ok(pour(source, take)?.map_err(VaultError::io("read", &path))? == sha256)
    }

    /// Takes an attached file from its evidence. The content stays as long as history can bring it back.
    ///
    /// # Errors
    /// [`VaultError::NoSuchFile`], or what SQLite says.
    pub fn detach(&self, file: RecordId) -> Result<Changed<Attached>> {
        let attached = self.read(|reader| reader.file(file))?;
        let change = Change::of("detach", Kind::Evidence, attached.evidence, attached.name.clone());
        self.change(&change, |writer| {
            writer.connection().execute("DELETE FROM evidence_file WHERE id = ?1", [file.to_string()])?;
            Ok(attached)
        })
    }
}

impl Writer<'_> {
    /// Lets a shelved file belong to evidence under `name`, of which only the last component is kept.
    ///
    /// # Errors
    /// [`VaultError::NotFound`] where there is no such evidence.
    pub fn attach(&self, evidence: RecordId, shelved: &Shelved, name: &str, media_type: &str) -> Result<Attached> {
        if self.kind_of(evidence)? != Some(Kind::Evidence) {
            return Err(VaultError::NotFound { kind: Kind::Evidence, id: evidence });
        }
        let attached = Attached {
            id: RecordId::new(uuid::Uuid::now_v7()),
            evidence,
            sha256: shelved.sha256.clone(),
            name: shown_safely(base_name(name)),
            media_type: media_type.to_owned(),
            size: shelved.size,
        };
        self.connection()
            .prepare_cached(
                "INSERT INTO evidence_file (id, evidence_id, sha256, name, media_type, size, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                attached.id.to_string(),
                evidence.to_string(),
                attached.sha256,
                attached.name,
                attached.media_type,
                attached.size as i64,
                self.now().timestamp_millis()
            ])?;
        Ok(attached)
    }
}

impl Reader<'_> {
    /// One attached file.
    ///
    /// # Errors
    /// [`VaultError::NoSuchFile`], or what SQLite says.
    pub fn file(&self, id: RecordId) -> Result<Attached> {
        self.connection()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM evidence_file WHERE id = ?1"))?
            .query_row([id.to_string()], attached)
            .optional()?
            .ok_or_else(|| VaultError::NoSuchFile(id.to_string()))
    }

    /// The attached file with this content, whichever evidence it belongs to.
    ///
    /// # Errors
    /// [`VaultError::NoSuchFile`], or what SQLite says.
    pub fn file_by_hash(&self, sha256: &str) -> Result<Attached> {
        self.connection()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM evidence_file WHERE sha256 = ?1 LIMIT 1"))?
            .query_row([sha256], attached)
            .optional()?
            .ok_or_else(|| VaultError::NoSuchFile(sha256.to_owned()))
    }

    /// The evidence that a file with this content is attached to, in the order it was.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn evidence_with(&self, sha256: &str) -> Result<Vec<RecordId>> {
        let mut statement =
            self.connection().prepare_cached("SELECT evidence_id FROM evidence_file WHERE sha256 = ?1 ORDER BY added_at, id")?;
        let rows = statement.query_map([sha256], |row| key(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The files of a piece of evidence, in the order they were attached.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn files(&self, evidence: RecordId) -> Result<Vec<Attached>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM evidence_file WHERE evidence_id = ?1 ORDER BY added_at, id"))?;
        let rows = statement.query_map([evidence.to_string()], attached)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every hash that a row names, with its size in bytes, each once.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn hashes(&self) -> Result<Vec<(String, u64)>> {
        hashes(self.connection())
    }

    /// What the files that rows name take together, in bytes, each content counted once.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn bytes_of_files(&self) -> Result<u64> {
        let mut statement = self.connection().prepare_cached(
            "SELECT CAST(total(size) AS INTEGER) FROM (SELECT max(size) AS size FROM (\
             SELECT sha256, size FROM evidence_file UNION ALL SELECT file, file_size FROM held \
             UNION ALL SELECT item, item_size FROM held UNION ALL SELECT picture, picture_size FROM held WHERE picture IS NOT NULL\
             ) GROUP BY sha256)",
        )?;
        Ok(statement.query_row([], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}

const COLUMNS: &str = "id, evidence_id, sha256, name, media_type, size";

fn attached(row: &Row<'_>) -> rusqlite::Result<Attached> {
    Ok(Attached {
        id: key(row, 0)?,
        evidence: key(row, 1)?,
        sha256: row.get(2)?,
        name: row.get(3)?,
        media_type: row.get(4)?,
        size: row.get::<_, i64>(5)?.unsigned_abs(),
    })
}

/// Every hash that a row of this database names, with its size in bytes.
pub(crate) fn hashes(connection: &Connection) -> Result<Vec<(String, u64)>> {
    let mut statement = connection.prepare("SELECT sha256, max(size) FROM evidence_file GROUP BY sha256")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    let mut hashes: BTreeMap<String, u64> = rows.collect::<Result<_, _>>()?;
    hashes.extend(held::hashes(connection)?);
    Ok(hashes.into_iter().collect())
}

/// What a file is called that a row of this database names; its hash where none does.
pub(crate) fn name_of(connection: &Connection, sha256: &str) -> Result<String> {
    let attached = connection
        .prepare_cached("SELECT name FROM evidence_file WHERE sha256 = ?1 LIMIT 1")?
        .query_row([sha256], |row| row.get(0))
        .optional()?;
    let name = match attached {
        Some(name) => Some(name),
        None => held::name_of(connection, sha256)?,
    };
    Ok(name.unwrap_or_else(|| sha256.to_owned()))
}

/// Hands all of `source` to `take`, piece by piece, and returns its SHA-256, or within why it could not be read.
pub(crate) fn pour<E>(mut source: impl Read, mut take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<io::Result<String>, E> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; CHUNK];
    loop {
        match source.read(&mut piece) {
            Ok(0) => return Ok(Ok(hex(&hash.finalize()))),
            Ok(read) => {
                hash.update(&piece[..read]);
                take(&piece[..read])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// SHA-256 of a file, as hexadecimal digits.
pub(crate) fn hash_file(path: &Path) -> Result<String> {
    let file = File::open(path).map_err(VaultError::io("read", path))?;
    pour(file, |_| Ok::<_, VaultError>(()))?.map_err(VaultError::io("read", path))
}

/// Whether the vault holds this content, unharmed.
pub(crate) fn is_sound(folder: &Folder, sha256: &str) -> Result<bool> {
    let path = folder.file(sha256)?;
    // One that cannot be read is as good as damaged: what comes takes its place.
    Ok(path.exists() && hash_file(&path).is_ok_and(|found| found == sha256))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Moves a staged file to where its hash says, unless that content is there already. What was damaged there is mended so.
fn place(folder: &Folder, staged: &mut Staged) -> Result<()> {
    if is_sound(folder, &staged.sha256)? {
        return Ok(());
    }
    settle_at(folder, &staged.path, &staged.sha256)?;
    staged.path = PathBuf::new();
    Ok(())
}

/// Moves a file that is on the disk to where its hash says.
pub(crate) fn settle_at(folder: &Folder, from: &Path, sha256: &str) -> Result<()> {
    let settled = folder.file(sha256)?;
    let shelf = settled.parent().map(Path::to_owned).unwrap_or_else(|| folder.files());
    make_private_folder(&shelf)?;
    fs::rename(from, &settled).map_err(VaultError::io("write", &settled))?;
    sync(&shelf)?;
    sync(&folder.files())
}

/// Whether any row, or any step of history, knows this content.
pub(crate) fn is_known(connection: &Connection, sha256: &str) -> Result<bool> {
    Ok(held::knows(connection, sha256)? || connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM evidence_file WHERE sha256 = ?1) OR EXISTS (SELECT 1 FROM history WHERE instr(changeset, CAST(?1 AS BLOB)) > 0)",
        [sha256],
        |row| row.get(0),
    )?)
}

/// Ends what an attachment began: its file goes where nothing came to know it.
fn settle_intent(folder: &Folder, connection: &Connection, sha256: &str) -> Result<()> {
    if !is_known(connection, sha256)? {
        let _ = fs::remove_file(folder.file(sha256)?);
    }
    let intent = folder.intent(sha256)?;
    match fs::remove_file(&intent) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(VaultError::io("remove", &intent)(error)),
        _ => Ok(()),
    }
}

/// Clears what a crash left among the incoming files. Only for a process that is alone with the vault.
pub(crate) fn clear_incoming(folder: &Folder, connection: &Connection) -> Result<()> {
    let incoming = folder.incoming();
    for entry in fs::read_dir(&incoming).map_err(VaultError::io("read", &incoming))? {
        let path = entry.map_err(VaultError::io("read", &incoming))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match name.strip_suffix(".intent") {
            Some(sha256) if is_hash(sha256) => settle_intent(folder, connection, sha256)?,
            _ => fs::remove_file(&path).map_err(VaultError::io("remove", &path))?,
        }
    }
    Ok(())
}
