//! Records of any kind: reading them here, writing them in `write`.

mod write;

use std::collections::{HashMap, HashSet};

use cairn_domain::{AnyRecord, Kind, Record, RecordId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::subject::table;
use crate::table::{Link, Store, Table};
use crate::{Result, VaultError};

/// Looks at a vault; everything seen through one reader belongs to one moment.
pub struct Reader<'c> {
    connection: &'c Connection,
}

/// Changes a vault within one transaction. It can read, too.
pub struct Writer<'c> {
    reader: Reader<'c>,
    now: DateTime<Utc>,
}

/// A record with what the vault knows about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<R = AnyRecord> {
    /// Its key.
    pub id: RecordId,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether it belongs to the sample learner.
    pub sample: bool,
    /// The record itself.
    pub record: R,
}

/// A record at one end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The field that holds the link.
    pub field: String,
    /// The record at the other end.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// Its status.
    pub status: String,
}

/// A record that hangs on another, and what becomes of it when that one goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    /// The record.
    pub linked: Linked,
    /// Whether it goes too; otherwise it only loses its link.
    pub removed: bool,
}

/// How many records of a kind link to one record through a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backing {
    /// The record linked to.
    pub target: RecordId,
    /// The kind of those that link to it.
    pub kind: Kind,
    /// How many they are.
    pub count: u32,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Reader { connection }
    }

    pub(crate) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// One record.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], or what SQLite says.
    pub fn get(&self, kind: Kind, id: RecordId) -> Result<Stored> {
        let table = table(kind);
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT r.created_at, r.updated_at, r.sample, {} FROM record r JOIN {} t ON t.id = r.id WHERE r.id = ?1",
            prefixed(table),
            table.name
        ))?;
        let row = statement.query_row([id.to_string()], |row| Ok((about(row)?, table.fields(row, 3)?))).optional()?;
        let ((created_at, updated_at, sample), mut fields) = row.ok_or(VaultError::NotFound { kind, id })?;
        for link in table.links {
            fields.insert(link.field.to_owned(), self.link_field(id, link)?);
        }
        Ok(Stored { id, created_at, updated_at, sample, record: parse(kind, id, fields)? })
    }

    /// Every record of a kind, in the learner's order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn all<R: Record>(&self) -> Result<Vec<Stored<R>>>
    where
        AnyRecord: From<R>,
    {
        let table = table(R::KIND);
        let mut links = self.link_fields_of(table)?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT r.created_at, r.updated_at, r.sample, r.id, {} FROM record r JOIN {} t ON t.id = r.id WHERE r.kind = ?1 ORDER BY r.position, r.id",
            prefixed(table),
            table.name
        ))?;
        let rows = statement.query_map([R::KIND.name()], |row| Ok((about(row)?, key(row, 3)?, table.fields(row, 4)?)))?;
        let mut all = Vec::new();
        for row in rows {
            let ((created_at, updated_at, sample), id, mut fields) = row?;
            let mut linked = links.remove(&id).unwrap_or_default();
            for link in table.links {
                fields.insert(link.field.to_owned(), Value::Array(linked.remove(link.field).unwrap_or_default()));
            }
            let record = serde_json::from_value(Value::Object(fields)).map_err(|source| VaultError::Row { kind: R::KIND, id, source })?;
            all.push(Stored { id, created_at, updated_at, sample, record });
        }
        Ok(all)
    }

    /// Every record of a kind, whichever that is, in the learner's order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn all_of(&self, kind: Kind) -> Result<Vec<Stored>> {
        macro_rules! dispatch {
            ($(($variant:ident, $name:literal, $record:ty)),+ $(,)?) => {
                match kind {
                    $(Kind::$variant => Ok(self.all::<$record>()?.into_iter().map(|stored| Stored {
                        id: stored.id,
                        created_at: stored.created_at,
                        updated_at: stored.updated_at,
                        sample: stored.sample,
                        record: AnyRecord::$variant(stored.record),
                    }).collect()),)+
                }
            };
        }
        cairn_domain::for_each_kind!(dispatch)
    }

    /// The key of the one record of a kind that has only one.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn single(&self, kind: Kind) -> Result<Option<RecordId>> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM record WHERE kind = ?1 ORDER BY position LIMIT 1")?;
        Ok(statement.query_row([kind.name()], |row| key(row, 0)).optional()?)
    }

    /// The keys of every record of a kind.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn keys_of(&self, kind: Kind) -> Result<Vec<RecordId>> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM record WHERE kind = ?1")?;
        let rows = statement.query_map([kind.name()], |row| key(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The records of a kind with this title, case and accents folded, in the learner's order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn titled(&self, kind: Kind, title: &str) -> Result<Vec<RecordId>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM record INDEXED BY list_title WHERE kind = ?1 AND sort_title = ?2 ORDER BY position, id")?;
        let rows = statement.query_map(params![kind.name(), sort_key(title)], |row| key(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Those of a record's links that lead nowhere, or to a record of another kind than their field wants.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn astray(&self, record: &AnyRecord, id: RecordId) -> Result<Vec<RecordId>> {
        let (table, fields) = (table(record.kind()), fields_of(record, id)?);
        let mut wanted: Vec<(String, Option<Kind>)> = Vec::new();
        for column in table.columns {
            if let (Store::Reference(kind), Some(Value::String(target))) = (column.store, fields.get(column.field)) {
                wanted.push((target.clone(), Some(kind)));
            }
        }
        for link in table.links {
            let items = fields.get(link.field).and_then(Value::as_array).into_iter().flatten();
            wanted.extend(items.map(|item| (split_item(item).0, link.target)));
        }
        let mut astray = Vec::new();
        for (target, wanted) in wanted {
            let Ok(target) = target.parse() else { continue };
            let fits = match (self.kind_of(target)?, wanted) {
                (Some(found), Some(wanted)) => found == wanted,
                (found, None) => found.is_some(),
                (None, Some(_)) => false,
            };
            if !fits {
                astray.push(target);
            }
        }
        Ok(astray)
    }

    /// The kind of a record, where there is one of this key.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn kind_of(&self, id: RecordId) -> Result<Option<Kind>> {
        let mut statement = self.connection.prepare_cached("SELECT kind FROM record WHERE id = ?1")?;
        Ok(statement.query_row([id.to_string()], |row| kind(row, 0)).optional()?)
    }

    /// How many records there are of each kind that has any.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn counts(&self) -> Result<Vec<(Kind, u64)>> {
        let mut statement = self.connection.prepare_cached("SELECT kind, sum(n) FROM record_count GROUP BY kind HAVING sum(n) > 0")?;
        let rows = statement.query_map([], |row| Ok((kind(row, 0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether anything of the sample learner is left.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn has_sample(&self) -> Result<bool> {
        let mut statement = self.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM record WHERE sample = 1)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The records that `id` links to, in order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn links_from(&self, kind: Kind, id: RecordId) -> Result<Vec<Linked>> {
        let mut found = self.linked(
            "SELECT l.field, r.id, r.kind, r.title, r.subtitle, r.status FROM link l JOIN record r ON r.id = l.target_id \
             WHERE l.source_id = ?1 ORDER BY l.field, l.position",
            id,
        )?;
        let table = table(kind);
        for column in references(table) {
            found.extend(self.linked(
                &format!(
                    "SELECT '{column}', r.id, r.kind, r.title, r.subtitle, r.status FROM {} t JOIN record r ON r.id = t.\"{column}\" WHERE t.id = ?1",
                    table.name
                ),
                id,
            )?);
        }
        Ok(found)
    }

    /// The records that link to `id`, newest first within a kind.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn links_to(&self, id: RecordId) -> Result<Vec<Linked>> {
        Ok(self.hanging_on(id)?.into_iter().map(|hanging| hanging.linked).collect())
    }

    /// The records of one kind that link to `id`, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn linked_by(&self, id: RecordId, kind: Kind) -> Result<Vec<Linked>> {
        let mut found = self.linked(
            &format!(
                "SELECT l.field, r.id, r.kind, r.title, r.subtitle, r.status FROM link l JOIN record r ON r.id = l.source_id \
                 WHERE l.target_id = ?1 AND r.kind = '{}' ORDER BY r.id DESC",
                kind.name()
            ),
            id,
        )?;
        for column in references(table(kind)) {
            found.extend(self.linked(&referring(kind, column), id)?);
        }
        Ok(found)
    }

    /// What hangs on a record, and what becomes of it when that record goes: a required link takes its owner along.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn hanging_on(&self, id: RecordId) -> Result<Vec<Hanging>> {
        let mut found: Vec<Hanging> = self
            .linked(
                "SELECT l.field, r.id, r.kind, r.title, r.subtitle, r.status FROM link l JOIN record r ON r.id = l.source_id \
                 WHERE l.target_id = ?1 ORDER BY r.kind, r.id DESC",
                id,
            )?
            .into_iter()
            .map(|linked| Hanging { linked, removed: false })
            .collect();
        for &kind in Kind::ALL {
            for column in references(table(kind)) {
                let linked = self.linked(&referring(kind, column), id)?;
                found.extend(linked.into_iter().map(|linked| Hanging { linked, removed: kind == Kind::ExpectedReturn }));
            }
        }
        Ok(found)
    }

    /// How many records of each kind link to each record of kind `target` through a list.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn backing(&self, target: Kind) -> Result<Vec<Backing>> {
        let mut statement = self.connection.prepare_cached(
            // CROSS keeps the order: from the targets outwards, by indexes that hold all that is wanted of the wide rows.
            "SELECT l.target_id, s.kind, count(*) FROM record t CROSS JOIN link l ON l.target_id = t.id \
             CROSS JOIN record s ON s.id = l.source_id WHERE t.kind = ?1 GROUP BY l.target_id, s.kind",
        )?;
        let rows =
            statement.query_map([target.name()], |row| Ok(Backing { target: key(row, 0)?, kind: kind(row, 1)?, count: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn linked(&self, sql: &str, id: RecordId) -> Result<Vec<Linked>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id.to_string()], |row| {
            Ok(Linked {
                field: row.get(0)?,
                id: key(row, 1)?,
                kind: kind(row, 2)?,
                title: row.get(3)?,
                subtitle: row.get(4)?,
                status: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a link field of one record holds.
    pub(crate) fn link_field(&self, source: RecordId, link: &Link) -> Result<Value> {
        let mut statement =
            self.connection.prepare_cached("SELECT target_id, detail FROM link WHERE source_id = ?1 AND field = ?2 ORDER BY position")?;
        let rows =
            statement.query_map(params![source.to_string(), link.field], |row| link_item(link, row.get(0)?, row.get_ref(1)?.as_str()?))?;
        Ok(Value::Array(rows.collect::<Result<_, _>>()?))
    }

    /// The link fields of every record of a kind at once: two queries instead of one a record.
    fn link_fields_of(&self, table: &Table) -> Result<HashMap<RecordId, HashMap<&'static str, Vec<Value>>>> {
        let mut all: HashMap<RecordId, HashMap<&'static str, Vec<Value>>> = HashMap::new();
        if table.links.is_empty() {
            return Ok(all);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT l.source_id, l.field, l.target_id, l.detail FROM link l JOIN record r ON r.id = l.source_id \
             WHERE r.kind = ?1 ORDER BY l.source_id, l.field, l.position",
        )?;
        let mut rows = statement.query([table.kind.name()])?;
        while let Some(row) = rows.next()? {
            let field = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if let Some(link) = table.links.iter().find(|link| link.field == field) {
                let item = link_item(link, row.get(2)?, row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?;
                all.entry(key(row, 0)?).or_default().entry(link.field).or_default().push(item);
            }
        }
        Ok(all)
    }
}

impl<'c> std::ops::Deref for Writer<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

/// Reads the records of a kind that name one of key `?1` in a column.
fn referring(kind: Kind, column: &str) -> String {
    format!(
        "SELECT '{column}', r.id, r.kind, r.title, r.subtitle, r.status FROM {} t JOIN record r ON r.id = t.id \
         WHERE t.\"{column}\" = ?1 ORDER BY r.id DESC",
        table(kind).name
    )
}

/// Columns that hold keys of other records.
fn references(table: &Table) -> impl Iterator<Item = &'static str> + use<> {
    let columns: &'static [crate::table::Column] = table.columns;
    columns.iter().filter(|column| matches!(column.store, Store::Reference(_))).map(|column| column.field)
}

/// The columns of a table, under the name `t`.
pub(crate) fn prefixed(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| format!("t.\"{}\"", column.field)).collect();
    columns.join(", ")
}

fn fields_of(record: &AnyRecord, id: RecordId) -> Result<Map<String, Value>> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(source) => Err(VaultError::Row { kind: record.kind(), id, source }),
    }
}

/// Fields as they will be stored: what a list links to twice is linked once.
fn linked_once(table: &Table, mut fields: Map<String, Value>) -> Map<String, Value> {
    for link in table.links {
        let mut seen = HashSet::new();
        if let Some(Value::Array(items)) = fields.get_mut(link.field) {
            items.retain(|item| seen.insert(split_item(item).0));
        }
    }
    fields
}

fn parse(kind: Kind, id: RecordId, fields: Map<String, Value>) -> Result<AnyRecord> {
    AnyRecord::deserialize(kind, Value::Object(fields)).map_err(|source| VaultError::Row { kind, id, source })
}

fn link_item(link: &Link, target: String, detail: &str) -> rusqlite::Result<Value> {
    if !link.detailed {
        return Ok(Value::String(target));
    }
    let mut item: Map<String, Value> = serde_json::from_str(detail)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into()))?;
    item.insert("record".into(), Value::String(target));
    Ok(Value::Object(item))
}

/// A link item as its target and the JSON text of the rest.
fn split_item(item: &Value) -> (String, String) {
    match item {
        Value::Object(fields) => {
            let mut rest = fields.clone();
            let target = rest.remove("record").and_then(|record| record.as_str().map(str::to_owned)).unwrap_or_default();
            (target, Value::Object(rest).to_string())
        }
        other => (other.as_str().unwrap_or_default().to_owned(), "{}".into()),
    }
}

/// `title` as lists sort it: case and accents folded (Unicode NFKD without marks), so that Émile stands by Emil.
pub(crate) fn sort_key(title: &str) -> String {
    title.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The columns `created_at, updated_at, sample` at the start of a row.
pub(crate) fn about(row: &Row<'_>) -> rusqlite::Result<(DateTime<Utc>, DateTime<Utc>, bool)> {
    Ok((time(row.get(0)?), time(row.get(1)?), row.get(2)?))
}

/// A time stored as milliseconds since 1970.
pub(crate) fn time(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
}

/// A record's key in column `at`.
pub(crate) fn key(row: &Row<'_>, at: usize) -> rusqlite::Result<RecordId> {
    let text = row.get_ref(at)?.as_str()?;
    text.parse().map_err(|error: <RecordId as std::str::FromStr>::Err| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, error.to_string().into())
    })
}

/// A kind in column `at`.
pub(crate) fn kind(row: &Row<'_>, at: usize) -> rusqlite::Result<Kind> {
    let text = row.get_ref(at)?.as_str()?;
    text.parse().map_err(|error: cairn_domain::kind::UnknownKind| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, error.into())
    })
}
