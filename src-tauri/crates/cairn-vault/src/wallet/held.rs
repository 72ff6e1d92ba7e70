//! Received credentials: one row for each, however many came in one file.

use cairn_domain::RecordId;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::record::{Reader, Writer, key, time};
use crate::{Result, VaultError};

/// A credential that the learner holds, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its key.
    pub id: RecordId,
    /// The record it stands behind: a credential, or what the learner signed a claim about.
    pub record: RecordId,
    /// SHA-256 of the file it came in, which the vault keeps byte for byte.
    pub file: String,
    /// The file's size in bytes.
    pub file_size: u64,
    /// The file's name, safe to show and never a path.
    pub name: String,
    /// The file's media type (RFC 6838).
    pub media_type: String,
    /// SHA-256 of the credential's own bytes, which are the file's where it holds nothing else.
    pub item: String,
    /// Their size in bytes.
    pub item_size: u64,
    /// What it is, in kebab case.
    pub format: String,
    /// Where in the file it stood; empty where it is the file.
    pub place: String,
    /// What it came together in, as JSON in the caller's form; empty where it came alone.
    pub grouping: String,
    /// SHA-256 and size of its picture, where it has one that can be shown.
    pub picture: Option<(String, u64)>,
    /// The identifier that its issuer gave it; empty where it has none.
    pub credential_id: String,
    /// Who issued it: a DID or URL.
    pub issuer_id: String,
    /// The name beside that.
    pub issuer_name: String,
    /// Whom it is about.
    pub subject_id: String,
    /// A fingerprint of its proof, the same for every copy of one signature; empty where nobody signed it.
    pub proof: String,
    /// Whether the learner's own key signed it.
    pub own: bool,
    /// What it says of the record's fields, as JSON in the caller's form.
    pub filled: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
}

const COLUMNS: &str = "h.id, h.record_id, h.file, h.file_size, h.name, h.media_type, h.item, h.item_size, h.format, h.place, h.grouping, \
     h.picture, h.picture_size, h.credential_id, h.issuer_id, h.issuer_name, h.subject_id, h.proof, h.own, h.filled, h.received_at";

impl Reader<'_> {
    /// One received credential.
    ///
    /// # Errors
    /// [`VaultError::NotHeld`], or what SQLite says.
    pub fn held(&self, id: RecordId) -> Result<Held> {
        self.held_where("h.id = ?1", &[&id.to_string()])?.pop().ok_or(VaultError::NotHeld(id))
    }

    /// The received credentials behind a record, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held_of(&self, record: RecordId) -> Result<Vec<Held>> {
        self.held_where("h.record_id = ?1 ORDER BY h.received_at DESC, h.id DESC", &[&record.to_string()])
    }

    /// Those that say something of their records' fields in which this text stands, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held_filling(&self, text: &str) -> Result<Vec<Held>> {
        self.held_where("instr(h.filled, ?1) > 0 ORDER BY h.received_at, h.id", &[&text])
    }

    /// Every received credential, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held_all(&self) -> Result<Vec<Held>> {
        self.held_where("1 ORDER BY h.received_at, h.id", &[])
    }

    /// Those with the same bytes, or the same proof where there is one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held_alike(&self, item: &str, proof: &str) -> Result<Vec<Held>> {
        let same_bytes = self.held_where("h.item = ?1 ORDER BY h.received_at", &[&item])?;
        if !same_bytes.is_empty() || proof.is_empty() {
            return Ok(same_bytes);
        }
        self.held_where("h.proof = ?1 AND h.proof <> '' ORDER BY h.received_at", &[&proof])
    }

    /// Every issue of one credential: the same identifier from the same issuer, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held_issues(&self, credential_id: &str, issuer_id: &str) -> Result<Vec<Held>> {
        if credential_id.is_empty() {
            return Ok(Vec::new());
        }
        let filter = "h.credential_id = ?1 AND h.issuer_id = ?2 AND h.credential_id <> '' ORDER BY h.received_at DESC, h.id DESC";
        self.held_where(filter, &[&credential_id, &issuer_id])
    }

    /// Those that their issuers named so, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn held_named(&self, credential_id: &str) -> Result<Vec<Held>> {
        self.held_where("h.credential_id = ?1 AND h.credential_id <> '' ORDER BY h.received_at DESC, h.id DESC", &[&credential_id])
    }

    /// Whether a received credential has this picture.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn is_held_picture(&self, sha256: &str) -> Result<bool> {
        let mut statement = self.connection().prepare_cached("SELECT EXISTS (SELECT 1 FROM held WHERE picture = ?1)")?;
        Ok(statement.query_row([sha256], |row| row.get(0))?)
    }

    /// Received credentials by what comes after `WHERE`.
    pub(super) fn held_where(&self, filter: &str, values: &[&dyn ToSql]) -> Result<Vec<Held>> {
        let mut statement = self.connection().prepare_cached(&format!("SELECT {COLUMNS} FROM held h WHERE {filter}"))?;
        let rows = statement.query_map(values, held)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Lets a record be backed by a received credential, whose files have been [shelved](crate::Vault::shelve).
    ///
    /// # Errors
    /// What SQLite says; a record that is not there breaks a foreign key.
    pub fn hold(&self, held: &Held) -> Result<()> {
        self.connection()
            .prepare_cached(
                "INSERT INTO held (id, record_id, file, file_size, name, media_type, item, item_size, format, place, grouping, picture, \
                 picture_size, credential_id, issuer_id, issuer_name, subject_id, proof, own, filled, received_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
            )?
            .execute(params![
                held.id.to_string(),
                held.record.to_string(),
                held.file,
                held.file_size as i64,
                held.name,
                held.media_type,
                held.item,
                held.item_size as i64,
                held.format,
                held.place,
                held.grouping,
                held.picture.as_ref().map(|(sha256, _)| sha256),
                held.picture.as_ref().map_or(0, |(_, size)| *size as i64),
                held.credential_id,
                held.issuer_id,
                held.issuer_name,
                held.subject_id,
                held.proof,
                held.own,
                held.filled,
                held.received_at.timestamp_millis()
            ])?;
        Ok(())
    }

    /// Takes a received credential from its record. Its files stay as long as history can bring it back.
    ///
    /// # Errors
    /// [`VaultError::NotHeld`], or what SQLite says.
    pub fn let_go(&self, id: RecordId) -> Result<()> {
        match self.connection().prepare_cached("DELETE FROM held WHERE id = ?1")?.execute([id.to_string()])? {
            0 => Err(VaultError::NotHeld(id)),
            _ => Ok(()),
        }
    }
}

fn held(row: &Row<'_>) -> rusqlite::Result<Held> {
    let picture: Option<String> = row.get(11)?;
    let picture_size = row.get::<_, i64>(12)?.unsigned_abs();
    Ok(Held {
        id: key(row, 0)?,
        record: key(row, 1)?,
        file: row.get(2)?,
        file_size: row.get::<_, i64>(3)?.unsigned_abs(),
        name: row.get(4)?,
        media_type: row.get(5)?,
        item: row.get(6)?,
        item_size: row.get::<_, i64>(7)?.unsigned_abs(),
        format: row.get(8)?,
        place: row.get(9)?,
        grouping: row.get(10)?,
        picture: picture.map(|sha256| (sha256, picture_size)),
        credential_id: row.get(13)?,
        issuer_id: row.get(14)?,
        issuer_name: row.get(15)?,
        subject_id: row.get(16)?,
        proof: row.get(17)?,
        own: row.get(18)?,
        filled: row.get(19)?,
        received_at: time(row.get(20)?),
    })
}

/// Whether a database has the wallet's tables; one of an older schema has not.
fn has_wallet(connection: &Connection) -> rusqlite::Result<bool> {
    connection
        .query_row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'held'", [], |_| Ok(()))
        .optional()
        .map(|found| found.is_some())
}

/// The name of the file that a received credential came in, where one names this content.
pub(crate) fn name_of(connection: &Connection, sha256: &str) -> Result<Option<String>> {
    if !has_wallet(connection)? {
        return Ok(None);
    }
    let mut statement = connection.prepare_cached("SELECT name FROM held WHERE file = ?1 OR item = ?1 OR picture = ?1 LIMIT 1")?;
    Ok(statement.query_row([sha256], |row| row.get(0)).optional()?)
}

/// Every hash that a received credential names, with its size in bytes.
pub(crate) fn hashes(connection: &Connection) -> Result<Vec<(String, u64)>> {
    if !has_wallet(connection)? {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(
        "SELECT file, file_size FROM held UNION SELECT item, item_size FROM held \
         UNION SELECT picture, picture_size FROM held WHERE picture IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a received credential names this content.
pub(crate) fn knows(connection: &Connection, sha256: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM held WHERE file = ?1) OR EXISTS (SELECT 1 FROM held WHERE item = ?1) \
               OR EXISTS (SELECT 1 FROM held WHERE picture = ?1)";
    Ok(has_wallet(connection)? && connection.prepare_cached(sql)?.query_row([sha256], |row| row.get(0))?)
}
