//! Records by their dates, from indexes: a week costs the same in a small vault and a full one.
//!
//! Dates compare as text, so a year or a month stands before its first day, and both ends belong to a span.

use cairn_domain::date::Precision;
use cairn_domain::{AnyRecord, Kind, Record, RecordId};
use rusqlite::{OptionalExtension, ToSql, params};
use serde_json::Value;

use crate::list::{AFTER_ITEM, ITEM, ListItem, item};
use crate::record::{Reader, Stored, about, key, prefixed};
use crate::{Result, VaultError, subject};

impl Reader<'_> {
    /// The records of a kind filed under a date in a span of days, in one status or in any, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn filed<R: Record>(&self, status: Option<&str>, from: &str, to: &str) -> Result<Vec<Stored<R>>>
    where
        AnyRecord: From<R>,
    {
        let kind = R::KIND.name();
        // One SQL text with a status and one without, so that each has its index.
        match status {
            Some(status) => self.records(
                "r.kind = ?1 AND r.status = ?2 AND r.date >= ?3 AND r.date <= ?4 ORDER BY r.date, r.id",
                &[&kind, &status, &from, &to],
            ),
            None => self.records("r.kind = ?1 AND r.date >= ?2 AND r.date <= ?3 ORDER BY r.date, r.id", &[&kind, &from, &to]),
        }
    }

    /// The latest records of a kind and status filed under a date before `end`, and how many there are in all.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn filed_before<R: Record>(&self, status: &str, end: &str, limit: u32) -> Result<(Vec<Stored<R>>, u64)>
    where
        AnyRecord: From<R>,
    {
        let kind = R::KIND.name();
        let filter = "r.kind = ?1 AND r.status = ?2 AND r.date < ?3";
        let total = self
            .connection()
            .prepare_cached(&format!("SELECT count(*) FROM record r WHERE {filter}"))?
            .query_row([kind, status, end], |row| row.get(0))?;
        let latest = self.records(&format!("{filter} ORDER BY r.date DESC, r.id LIMIT ?4"), &[&kind, &status, &end, &limit])?;
        Ok((latest, total))
    }

    /// The credentials of a status with a date of their own (`expires`, `renewal`) in a span of days, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn credentials(&self, column: &'static str, status: &str, from: &str, to: &str) -> Result<Vec<(ListItem, String)>> {
        let filter = format!("t.status = ?1 AND t.\"{column}\" >= ?2 AND t.\"{column}\" <= ?3");
        self.dated_credentials(column, &format!("{filter} ORDER BY t.\"{column}\", t.id"), &[&status, &from, &to])
    }

    /// The credentials of a status whose own date came last before `end`, and how many there are in all.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn credentials_before(&self, column: &'static str, status: &str, end: &str, limit: u32) -> Result<(Vec<(ListItem, String)>, u64)> {
        let filter = format!("t.status = ?1 AND t.\"{column}\" < ?2");
        let total = self
            .connection()
            .prepare_cached(&format!("SELECT count(*) FROM credential t WHERE {filter}"))?
            .query_row([status, end], |row| row.get(0))?;
        let latest = format!("{filter} ORDER BY t.\"{column}\" DESC, t.id LIMIT ?3");
        Ok((self.dated_credentials(column, &latest, &[&status, &end, &limit])?, total))
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
        let in_span = format!("r.date >= ?2 AND r.date <= ?3 AND length(r.date) >= {characters}");
        Ok(match status {
            Some(status) => self
                .connection()
                .prepare_cached(&format!("SELECT count(*) FROM record r WHERE r.kind = ?1 AND r.status = ?4 AND {in_span}"))?
                .query_row([kind.name(), from, to, status], |row| row.get(0))?,
            None => self
                .connection()
                .prepare_cached(&format!("SELECT count(*) FROM record r WHERE r.kind = ?1 AND {in_span}"))?
                .query_row([kind.name(), from, to], |row| row.get(0))?,
        })
    }

    /// A record as lists show it, where there is one of this key.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn item(&self, id: RecordId) -> Result<Option<ListItem>> {
        let mut statement = self.connection().prepare_cached(&format!("SELECT {ITEM} FROM record r WHERE r.id = ?1"))?;
        Ok(statement.query_row(params![id.to_string()], item).optional()?)
    }

    /// Whole records by what comes after `WHERE`.
    pub(crate) fn records<R: Record>(&self, filter: &str, values: &[&dyn ToSql]) -> Result<Vec<Stored<R>>>
    where
        AnyRecord: From<R>,
    {
        let table = subject::table(R::KIND);
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT r.created_at, r.updated_at, r.sample, r.id, {} FROM record r JOIN {} t ON t.id = r.id WHERE {filter}",
            prefixed(table),
            table.name
        ))?;
        let rows = statement.query_map(values, |row| Ok((about(row)?, key(row, 3)?, table.fields(row, 4)?)))?;
        let mut records = Vec::new();
        for row in rows {
            let ((created_at, updated_at, sample), id, mut fields) = row?;
            for link in table.links {
                fields.insert(link.field.to_owned(), self.link_field(id, link)?);
            }
            let record = serde_json::from_value(Value::Object(fields)).map_err(|source| VaultError::Row { kind: R::KIND, id, source })?;
            records.push(Stored { id, created_at, updated_at, sample, record });
        }
        Ok(records)
    }

    /// Credentials with one of their dates by what comes after `WHERE`.
    fn dated_credentials(&self, column: &str, filter: &str, values: &[&dyn ToSql]) -> Result<Vec<(ListItem, String)>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!("SELECT {ITEM}, t.\"{column}\" FROM credential t JOIN record r ON r.id = t.id WHERE {filter}"))?;
        let rows = statement.query_map(values, |row| Ok((item(row)?, row.get(AFTER_ITEM)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
