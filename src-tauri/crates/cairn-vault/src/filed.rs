//! Records by the date they are filed under, from an index: a week costs the same in a small vault and a full one.

use cairn_domain::date::Precision;
use cairn_domain::{AnyRecord, Kind, Record, RecordId};
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde_json::Value;

use crate::list::{ITEM, ListItem, item};
use crate::record::{Reader, Stored, about, key, prefixed};
use crate::{Result, VaultError, subject};

impl Reader<'_> {
    /// The records of a kind filed under a date in a span of days, in one status or in any, oldest first. Dates compare
    /// as text: both ends belong to the span, and a month or a year stands before its first day.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn filed<R: Record>(&self, status: Option<&str>, from: &str, to: &str) -> Result<Vec<Stored<R>>>
    where
        AnyRecord: From<R>,
    {
        let table = subject::table(R::KIND);
        let (filter, values) = in_status(R::KIND, status, from, to);
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT r.created_at, r.updated_at, r.sample, r.id, {} FROM record r JOIN {} t ON t.id = r.id WHERE {filter} ORDER BY r.date, r.id",
            prefixed(table),
            table.name
        ))?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok((about(row)?, key(row, 3)?, table.fields(row, 4)?)))?;
        let mut filed = Vec::new();
        for row in rows {
            let ((created_at, updated_at, sample), id, mut fields) = row?;
            for link in table.links {
                fields.insert(link.field.to_owned(), self.link_field(id, link)?);
            }
            let record = serde_json::from_value(Value::Object(fields)).map_err(|source| VaultError::Row { kind: R::KIND, id, source })?;
            filed.push(Stored { id, created_at, updated_at, sample, record });
        }
        Ok(filed)
    }

    /// How many records of a kind are filed under a date in a span of days, in one status or in any. A date counts only
    /// where it is known at least as well as `known`: "2026" lies in no particular week.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn count_filed(&self, kind: Kind, status: Option<&str>, from: &str, to: &str, known: Precision) -> Result<u64> {
        let characters = match known {
            Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day => 10,
        };
        let (filter, values) = in_status(kind, status, from, to);
        let mut statement = self
            .connection()
            .prepare_cached(&format!("SELECT count(*) FROM record r WHERE {filter} AND length(r.date) >= {characters}"))?;
        Ok(statement.query_row(params_from_iter(values), |row| row.get(0))?)
    }

    /// A record as lists show it, where there is one of this key.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn item(&self, id: RecordId) -> Result<Option<ListItem>> {
        let mut statement = self.connection().prepare_cached(&format!("SELECT {ITEM} FROM record r WHERE r.id = ?1"))?;
        Ok(statement.query_row(params![id.to_string()], item).optional()?)
    }
}

/// The condition and its values: one SQL text with a status and one without, so that each has its index.
fn in_status<'v>(kind: Kind, status: Option<&'v str>, from: &'v str, to: &'v str) -> (&'static str, Vec<&'v str>) {
    match status {
        Some(status) => ("r.kind = ?1 AND r.status = ?2 AND r.date >= ?3 AND r.date <= ?4", vec![kind.name(), status, from, to]),
        None => ("r.kind = ?1 AND r.date >= ?2 AND r.date <= ?3", vec![kind.name(), from, to]),
    }
}
