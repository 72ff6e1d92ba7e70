//! What was done, and taking it back: SQLite changesets (session extension) with names.

use std::collections::BTreeMap;

use cairn_domain::{Kind, RecordId};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::session::{ConflictAction, concat_strm, invert_strm};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use crate::changeset::{each, fields_in, records_in, value};
use crate::folder::is_hash;
use crate::record::{Reader, key, kind, time};
use crate::{Change, Result, Vault, VaultError};

/// Steps kept; older ones are forgotten, and the files only they knew become free.
const STEPS_KEPT: i64 = 10_000;
/// Typing into one field becomes one step as long as the pauses stay under this.
const TYPING_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// What a step is called by which a backup took the vault's place. Its title is the backup of the state before, and it has no
/// changeset: the database of that state is what undoing it brings.
pub(crate) const RESTORE: &str = "restore";

/// One step of history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub id: i64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What was done, in kebab case.
    pub action: String,
    /// The kind it was done to, where it was one.
    pub kind: Option<Kind>,
    /// The record it was done to, where it was one.
    pub record: Option<RecordId>,
    /// The name of what it was done to, as it was then.
    pub title: String,
    /// How many records it touched.
    pub count: u32,
    /// Whether it has been taken back.
    pub undone: bool,
    /// The kinds of the records it touched.
    pub touched: Vec<Kind>,
    /// Which of the record's fields an edit changed, as the record names them; of a field that holds an object the members,
    /// `location/city`.
    pub fields: Vec<String>,
}

impl Vault {
    /// Takes the last step back, and no other than `only` where that is given; `None` where there is none.
    ///
    /// # Errors
    /// [`VaultError::HistoryConflict`] where the vault no longer fits the step, [`VaultError::NotTheLastStep`] where another
    /// one than `only` is the last, [`VaultError::Missing`] where that went back to a backup and the one of the state before is
    /// gone; nothing is changed then.
    pub fn undo(&self, only: Option<i64>) -> Result<Option<Step>> {
        const LAST: &str = "SELECT id FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1";
        let last = self.read(|reader| {
            let last = reader.connection().query_row(&format!("SELECT {COLUMNS} FROM history WHERE id = ({LAST})"), [], step);
            Ok(last.optional()?)
        })?;
        match last.filter(|last| last.action == RESTORE && only.is_none_or(|only| only == last.id)) {
            Some(restore) => self.return_to(&restore.title).map(|()| Some(Step { undone: true, ..restore })),
            None => self.step(LAST, true, only),
        }
    }

    /// Does the step again that was last taken back; `None` where there is none.
    ///
    /// # Errors
    /// [`VaultError::HistoryConflict`] where the vault no longer fits the step; nothing is changed then.
    pub fn redo(&self) -> Result<Option<Step>> {
        self.step("SELECT id FROM history WHERE undone = 1 ORDER BY id LIMIT 1", false, None)
    }

    fn step(&self, which: &str, back: bool, only: Option<i64>) -> Result<Option<Step>> {
        self.write(|connection| {
            // A changeset holds what cascades did, row by row; enforcing them again would do it twice. Whether every
            // key still leads somewhere is checked before the commit.
            connection.pragma_update(None, "foreign_keys", false)?;
            let done = apply_step(connection, which, back, only);
            connection.pragma_update(None, "foreign_keys", true)?;
            done
        })
    }
}

fn apply_step(connection: &mut Connection, which: &str, back: bool, only: Option<i64>) -> Result<Option<Step>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(id) = transaction.query_row(which, [], |row| row.get::<_, i64>(0)).optional()? else {
        return Ok(None);
    };
    if only.is_some_and(|only| only != id) {
        return Err(VaultError::NotTheLastStep);
    }
    let (step, edited, changeset) =
        transaction.query_row(&format!("SELECT {COLUMNS}, changeset FROM history WHERE id = ?1"), [id], |row| {
            Ok((step(row)?, row.get::<_, Option<Vec<u8>>>(AFTER_STEP)?, row.get::<_, Vec<u8>>(AFTER_STEP + 1)?))
        })?;
    let mut step = with_fields(&transaction, step, edited.as_deref())?;
    let changeset = if back { inverted(&changeset)? } else { changeset };
    transaction.apply_strm(&mut changeset.as_slice(), None::<fn(&str) -> bool>, |_, _| ConflictAction::SQLITE_CHANGESET_ABORT).map_err(
        |error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationAborted) => VaultError::HistoryConflict,
            _ => error.into(),
        },
    )?;
    let broken: bool = transaction.query_row("SELECT EXISTS (SELECT 1 FROM pragma_foreign_key_check)", [], |row| row.get(0))?;
    if broken {
        return Err(VaultError::HistoryConflict);
    }
    transaction.execute("UPDATE history SET undone = ?2 WHERE id = ?1", params![id, back])?;
    transaction.commit()?;
    step.undone = back;
    Ok(Some(step))
}

fn inverted(changeset: &[u8]) -> Result<Vec<u8>> {
    let mut inverse = Vec::new();
    invert_strm(&mut &changeset[..], &mut inverse)?;
    Ok(inverse)
}

impl Reader<'_> {
    /// Steps of history, newest first: all, or those that touched one record.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn history(&self, of: Option<RecordId>, offset: u32, limit: u32) -> Result<Vec<Step>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!("SELECT {COLUMNS} FROM history WHERE {ABOUT} ORDER BY id DESC LIMIT ?2 OFFSET ?3"))?;
        let rows = statement.query_map(params![of.map(|id| id.to_string()), limit, offset], |row| {
            Ok((step(row)?, row.get::<_, Option<Vec<u8>>>(AFTER_STEP)?))
        })?;
        rows.map(|row| {
            let (step, edited) = row?;
            with_fields(self.connection(), step, edited.as_deref())
        })
        .collect()
    }

    /// How many steps there are, all or of one record, and how many of them have been taken back.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn history_size(&self, of: Option<RecordId>) -> Result<(u32, u32)> {
        let mut statement =
            self.connection().prepare_cached(&format!("SELECT count(*), ifnull(sum(undone), 0) FROM history WHERE {ABOUT}"))?;
        Ok(statement.query_row([of.map(|id| id.to_string())], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// When the step was done that led to the present state; `None` where nothing was done yet, or all of it was taken back.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn last_changed(&self) -> Result<Option<DateTime<Utc>>> {
        let mut statement = self.connection().prepare_cached("SELECT at FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1")?;
        Ok(statement.query_row([], |row| Ok(time(row.get(0)?))).optional()?)
    }
}

/// The columns of a step, and after them what an edit changed.
const COLUMNS: &str = "id, at, action, kind, record_id, title, count, undone, touched, CASE action WHEN 'edit' THEN changeset END";
const AFTER_STEP: usize = 9;
/// Whether a step touched the record `?1`, where there is one. What was done to several names none, but its rows do.
const ABOUT: &str = "(?1 IS NULL OR record_id = ?1 OR record_id IS NULL AND instr(changeset, CAST(?1 AS BLOB)) > 0)";

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    let touched: String = row.get(8)?;
    Ok(Step {
        id: row.get(0)?,
        at: time(row.get(1)?),
        action: row.get(2)?,
        kind: if row.get_ref(3)? == ValueRef::Null { None } else { Some(kind(row, 3)?) },
        record: if row.get_ref(4)? == ValueRef::Null { None } else { Some(key(row, 4)?) },
        title: row.get(5)?,
        count: row.get(6)?,
        undone: row.get(7)?,
        touched: serde_json::from_str(&touched).unwrap_or_default(),
        fields: Vec::new(),
    })
}

/// The step with the fields it changed, where it edited one record.
fn with_fields(connection: &Connection, mut step: Step, edited: Option<&[u8]>) -> Result<Step> {
    if let (Some(kind), Some(id), Some(changeset)) = (step.kind, step.record, edited) {
        step.fields = fields_in(connection, kind, id, changeset)?;
    }
    Ok(step)
}

/// Writes a step and forgets what can no longer be redone. Returns its number.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    change: &Change,
    now: DateTime<Utc>,
    touched: &[Kind],
    changeset: Vec<u8>,
) -> Result<i64> {
    transaction.prepare_cached("DELETE FROM history WHERE undone = 1")?.execute([])?;
    if let Some(id) = continue_typing(transaction, change, now, &changeset)? {
        return Ok(id);
    }
    let names = serde_json::to_string(touched).unwrap_or_else(|_| "[]".into());
    transaction
        .prepare_cached(
            "INSERT INTO history (at, action, kind, record_id, title, count, touched, field, changeset) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            now.timestamp_millis(),
            change.action,
            change.kind.map(Kind::name),
            change.id.map(|id| id.to_string()),
            change.title,
            records_in(&changeset)?,
            names,
            change.field,
            changeset
        ])?;
    let id = transaction.last_insert_rowid();
    transaction.prepare_cached("DELETE FROM history WHERE id <= ?1")?.execute([id - STEPS_KEPT])?;
    Ok(id)
}

/// Folds an edit into the step before it where that is the same learner typing into the same field.
fn continue_typing(transaction: &Transaction<'_>, change: &Change, now: DateTime<Utc>, changeset: &[u8]) -> Result<Option<i64>> {
    let (Some(id), false) = (change.id, change.field.is_empty()) else { return Ok(None) };
    let last = transaction
        .prepare_cached(
            "SELECT id, changeset FROM history WHERE id = (SELECT max(id) FROM history) \
             AND action = ?1 AND record_id = ?2 AND field = ?3 AND at > ?4",
        )?
        .query_row(params![change.action, id.to_string(), change.field, (now - TYPING_PAUSE).timestamp_millis()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    let Some((step, before)) = last else { return Ok(None) };
    let mut both = Vec::new();
    concat_strm(&mut before.as_slice(), &mut &changeset[..], &mut both)?;
    transaction.prepare_cached("UPDATE history SET at = ?2, title = ?3, changeset = ?4 WHERE id = ?1")?.execute(params![
        step,
        now.timestamp_millis(),
        change.title,
        both
    ])?;
    Ok(Some(step))
}

/// Every hash that a step of this database's history can bring back, with its size in bytes.
pub(crate) fn hashes(connection: &Connection) -> Result<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    // Only steps that came by one of the two tables are read; a changeset names its tables.
    let mut statement = connection.prepare(
        "SELECT changeset FROM history WHERE instr(changeset, CAST('evidence_file' AS BLOB)) > 0 OR instr(changeset, CAST('held' AS BLOB)) > 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let changeset: Vec<u8> = row.get(0)?;
        each(&changeset, |name, code, item| {
            for (hash, size) in files_named(name) {
                let (hash, size) = (value(code, item, *hash)?, value(code, item, *size)?);
                let hash = hash.as_ref().and_then(|hash| hash.as_str().ok()).filter(|hash| is_hash(hash));
                let size = size.as_ref().and_then(|size| size.as_i64().ok()).unwrap_or_default();
                found.extend(hash.map(|hash| (hash.to_owned(), size.unsigned_abs())));
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The columns of a table that name files, each with the one of its size in bytes.
fn files_named(table: &str) -> &'static [(usize, usize)] {
    match table {
        "evidence_file" => &[(2, 5)],
        "held" => &[(2, 3), (6, 7), (11, 12)],
        _ => &[],
    }
}
