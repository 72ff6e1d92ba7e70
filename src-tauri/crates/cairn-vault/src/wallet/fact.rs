//! Facts: what was found about a credential's bytes, when, and which documents that rested on.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::record::{Reader, time};
use crate::{Result, Vault, file};

/// A document that verification rested on, as it was seen at its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its number.
    pub id: i64,
    /// What it is, in kebab case.
    pub kind: String,
    /// The URL or DID it answers for.
    pub url: String,
    /// When these bytes were first seen there.
    pub seen_at: DateTime<Utc>,
    /// When they were last seen there.
    pub confirmed_at: DateTime<Utc>,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was found about a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its number.
    pub id: i64,
    /// SHA-256 of the credential's bytes.
    pub item: String,
    /// Since when it has been found so.
    pub since: DateTime<Utc>,
    /// When it was last found so.
    pub at: DateTime<Utc>,
    /// The verdict, in kebab case.
    pub verdict: String,
    /// Why, as JSON in the caller's form.
    pub report: String,
}

/// Writes facts. They are no edits: they stand outside history, and undo neither knows nor needs them.
pub struct Noter<'c> {
    connection: &'c Connection,
    now: DateTime<Utc>,
}

impl Vault {
    /// Notes facts in one transaction.
    ///
    /// # Errors
    /// What the closure or SQLite says; [`VaultError::ReadOnly`](crate::VaultError::ReadOnly) where the vault cannot be written.
    pub fn note<T>(&self, write: impl FnOnce(&Noter<'_>) -> Result<T>) -> Result<T> {
        let now = self.now();
        self.write(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = write(&Noter { connection: &transaction, now })?;
            transaction.commit()?;
            Ok(value)
        })
    }
}

impl Noter<'_> {
    /// Keeps a document as it was seen just now, and returns its number. The bytes that were last seen there are not kept twice;
    /// what was seen before stays whatever comes after.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn saw(&self, kind: &str, url: &str, bytes: &[u8]) -> Result<i64> {
        let (now, sha256) = (self.now.timestamp_millis(), file::hex(&Sha256::digest(bytes)));
        let last: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT id, sha256 FROM material WHERE kind = ?1 AND url = ?2 ORDER BY seen_at DESC, id DESC LIMIT 1")?
            .query_row([kind, url], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, _)) = last.filter(|(_, last)| *last == sha256) {
            self.connection.prepare_cached("UPDATE material SET confirmed_at = ?2 WHERE id = ?1")?.execute([id, now])?;
            return Ok(id);
        }
        self.connection
            .prepare_cached("INSERT INTO material (kind, url, seen_at, confirmed_at, sha256, bytes) VALUES (?1, ?2, ?3, ?3, ?4, ?5)")?
            .execute(params![kind, url, now, sha256, bytes])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Keeps a copy of a document that somebody has kept since `seen`, and returns its number and whether it is new. Bytes that
    /// are kept already are not kept twice, whenever they were seen; of several of one moment, the one brought last is the newest.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn brought(&self, kind: &str, url: &str, bytes: &[u8], seen: DateTime<Utc>) -> Result<(i64, bool)> {
        let sha256 = file::hex(&Sha256::digest(bytes));
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM material WHERE kind = ?1 AND url = ?2 AND sha256 = ?3 ORDER BY id LIMIT 1")?
            .query_row([kind, url, &sha256], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok((id, false));
        }
        let mut seen = seen.min(self.now).timestamp_millis();
        let mut taken = self.connection.prepare_cached("SELECT 1 FROM material WHERE kind = ?1 AND url = ?2 AND confirmed_at = ?3")?;
        while taken.exists(params![kind, url, seen])? {
            seen += 1;
        }
        self.connection
            .prepare_cached("INSERT INTO material (kind, url, seen_at, confirmed_at, sha256, bytes) VALUES (?1, ?2, ?3, ?3, ?4, ?5)")?
            .execute(params![kind, url, seen, sha256, bytes])?;
        Ok((self.connection.last_insert_rowid(), true))
    }

    /// Keeps what was found just now about the credential with the bytes `item`, and the materials that it rests on. Where that is
    /// what was found last time, only the date moves.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn found(&self, item: &str, verdict: &str, report: &str, materials: &[i64]) -> Result<()> {
        let now = self.now.timestamp_millis();
        let last: Option<(i64, String)> = self
            .connection
            .prepare_cached("SELECT id, report FROM verdict WHERE item = ?1 AND latest = 1")?
            .query_row([item], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, last)) = &last
            && last == report
            && self.rests_on(*id)? == sorted(materials)
        {
            self.connection.prepare_cached("UPDATE verdict SET at = ?2 WHERE id = ?1")?.execute([*id, now])?;
            return Ok(());
        }
        self.connection.prepare_cached("UPDATE verdict SET latest = 0 WHERE item = ?1 AND latest = 1")?.execute([item])?;
        self.connection
            .prepare_cached("INSERT INTO verdict (item, since, at, verdict, report, latest) VALUES (?1, ?2, ?2, ?3, ?4, 1)")?
            .execute(params![item, now, verdict, report])?;
        let id = self.connection.last_insert_rowid();
        let mut link =
            self.connection.prepare_cached("INSERT OR IGNORE INTO verdict_material (verdict_id, material_id) VALUES (?1, ?2)")?;
        for material in materials {
            link.execute([id, *material])?;
        }
        Ok(())
    }

    fn rests_on(&self, verdict: i64) -> Result<Vec<i64>> {
        let mut statement =
            self.connection.prepare_cached("SELECT material_id FROM verdict_material WHERE verdict_id = ?1 ORDER BY material_id")?;
        let rows = statement.query_map([verdict], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Reader<'_> {
    /// Every snapshot, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn materials(&self) -> Result<Vec<Snapshot>> {
        self.snapshots("1 ORDER BY m.seen_at, m.id", [])
    }

    /// The snapshots of what answers for `url`, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn materials_for(&self, kind: &str, url: &str) -> Result<Vec<Snapshot>> {
        self.snapshots("m.kind = ?1 AND m.url = ?2 ORDER BY m.seen_at, m.id", [kind, url])
    }

    /// The snapshots that a finding rests on.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn materials_of(&self, finding: i64) -> Result<Vec<Snapshot>> {
        let used = "m.id IN (SELECT material_id FROM verdict_material WHERE verdict_id = ?1) ORDER BY m.id";
        self.snapshots(used, [finding])
    }

    /// What was found about a credential, latest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn findings(&self, item: &str) -> Result<Vec<Finding>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!("SELECT {FINDING} FROM verdict v WHERE v.item = ?1 ORDER BY v.at DESC, v.id DESC"))?;
        let rows = statement.query_map([item], finding)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was last found about a credential; nothing where it has never been checked.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn latest_finding(&self, item: &str) -> Result<Option<Finding>> {
        let mut statement =
            self.connection().prepare_cached(&format!("SELECT {FINDING} FROM verdict v WHERE v.item = ?1 AND v.latest = 1"))?;
        Ok(statement.query_row([item], finding).optional()?)
    }

    /// How many held credentials were last found to be what, in kebab case; an empty name for those never checked.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn standing(&self) -> Result<Vec<(String, u64)>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT ifnull(v.verdict, ''), count(*) FROM held h LEFT JOIN verdict v ON v.item = h.item AND v.latest = 1 GROUP BY 1 ORDER BY 1",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn snapshots(&self, filter: &str, values: impl rusqlite::Params) -> Result<Vec<Snapshot>> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT m.id, m.kind, m.url, m.seen_at, m.confirmed_at, m.sha256, m.bytes FROM material m WHERE {filter}"
        ))?;
        let rows = statement.query_map(values, |row| {
            Ok(Snapshot {
                id: row.get(0)?,
                kind: row.get(1)?,
                url: row.get(2)?,
                seen_at: time(row.get(3)?),
                confirmed_at: time(row.get(4)?),
                sha256: row.get(5)?,
                bytes: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

const FINDING: &str = "v.id, v.item, v.since, v.at, v.verdict, v.report";

fn finding(row: &Row<'_>) -> rusqlite::Result<Finding> {
    Ok(Finding {
        id: row.get(0)?,
        item: row.get(1)?,
        since: time(row.get(2)?),
        at: time(row.get(3)?),
        verdict: row.get(4)?,
        report: row.get(5)?,
    })
}

fn sorted(numbers: &[i64]) -> Vec<i64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}
