//! Writing records of any kind, with their links and their places in the learner's order.

use std::collections::{HashMap, HashSet};

use cairn_domain::{AnyRecord, Kind, RecordId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde_json::{Map, Value};

use super::{Reader, Writer, fields_of, linked_once, sort_key, split_item};
use crate::search::indexed;
use crate::subject::table;
use crate::table::{Bound, Column, Store, Table};
use crate::{Result, VaultError};

/// The distance between neighbours in their order, so that one can be put between two others without moving them.
const GAP: i64 = 1 << 20;

impl<'c> Writer<'c> {
    pub(crate) fn new(connection: &'c Connection, now: DateTime<Utc>) -> Self {
        Writer { reader: Reader::new(connection), now }
    }

    /// The moment this change happens at.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Adds a record at the end of its kind under the key `id`.
    ///
    /// # Errors
    /// [`VaultError::LinkTarget`] for a link into nowhere, or what SQLite says.
    pub fn insert(&self, id: RecordId, record: &AnyRecord, sample: bool) -> Result<()> {
        let kind = record.kind();
        let table = table(kind);
        let fields = fields_of(record, id)?;
        let heading = record.heading();
        let now = self.now.timestamp_millis();
        self.connection
            .prepare_cached(
                "INSERT INTO record (id, kind, title, sort_title, subtitle, status, sort, date, body, position, created_at, updated_at, sample) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, \
                 (SELECT ifnull(max(position), 0) + ?10 FROM record WHERE kind = ?2), ?11, ?11, ?12)",
            )?
            .execute(params![
                id.to_string(),
                kind.name(),
                heading.title,
                sort_key(&heading.title),
                heading.subtitle,
                heading.status,
                heading.sort,
                heading.date.map(|date| date.to_string()),
                indexed(table.search_text(&fields)),
                GAP,
                now,
                sample
            ])?;
        self.check_references(table, &fields)?;
        self.write_row(&table.insert(), table.columns, id, &fields)?;
        self.write_links(table, id, &fields)
    }

    /// Puts `record` in the place of what stands under `id`. Where that says the same, nothing is touched: an edit to the same
    /// values is none, and has no time of its own.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::LinkTarget`], or what SQLite says.
    pub fn replace(&self, id: RecordId, record: &AnyRecord) -> Result<()> {
        let kind = record.kind();
        let table = table(kind);
        let fields = fields_of(record, id)?;
        // A row that cannot be read is written over.
        let before = match self.get(kind, id) {
            Ok(stored) => Some(fields_of(&stored.record, id)?),
            Err(_) => None,
        };
        if before.as_ref().is_some_and(|before| linked_once(table, before.clone()) == linked_once(table, fields.clone())) {
            return Ok(());
        }
        let heading = record.heading();
        let changed = self
            .connection
            .prepare_cached("UPDATE record SET title = ?2, subtitle = ?3, body = ?4, updated_at = ?5 WHERE id = ?1 AND kind = ?6")?
            .execute(params![
                id.to_string(),
                heading.title,
                heading.subtitle,
                indexed(table.search_text(&fields)),
                self.now.timestamp_millis(),
                kind.name()
            ])?;
        if changed == 0 {
            return Err(VaultError::NotFound { kind, id });
        }
        // SQLite rewrites every index of a column that is set, to whatever value: what lists go by is set where it differs, and so
        // is each field.
        self.connection
            .prepare_cached(
                "UPDATE record SET sort_title = ?2, status = ?3, sort = ?4, date = ?5 \
                 WHERE id = ?1 AND (sort_title, status, sort, date) IS NOT (?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                id.to_string(),
                sort_key(&heading.title),
                heading.status,
                heading.sort,
                heading.date.map(|date| date.to_string())
            ])?;
        self.check_references(table, &fields)?;
        let differs = |column: &&Column| before.as_ref().is_none_or(|before| before.get(column.field) != fields.get(column.field));
        let columns: Vec<&Column> = table.columns.iter().filter(differs).collect();
        if !columns.is_empty() {
            self.write_row(&table.update(&columns), columns, id, &fields)?;
        }
        self.write_links(table, id, &fields)
    }

    /// Removes a record. What requires it goes too; what only links to it loses the link.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], or what SQLite says.
    pub fn remove(&self, kind: Kind, id: RecordId) -> Result<()> {
        // A row that requires this one has a row in `record` too, which no cascade would reach.
        for hanging in self.hanging_on(id)? {
            if hanging.removed {
                self.remove(hanging.linked.kind, hanging.linked.id)?;
            }
        }
        let mut statement = self.connection.prepare_cached("DELETE FROM record WHERE id = ?1 AND kind = ?2")?;
        match statement.execute(params![id.to_string(), kind.name()])? {
            0 => Err(VaultError::NotFound { kind, id }),
            _ => Ok(()),
        }
    }

    /// Removes everything of the sample learner and says how many records that was.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn remove_sample(&self) -> Result<usize> {
        // What the learner logged and what requires something of the sample's goes with it, its row in `record` too.
        let requiring = "SELECT e.id FROM expected_return e JOIN record c ON c.id = e.credential WHERE c.sample = 1";
        let required = self.connection.execute(&format!("DELETE FROM record WHERE id IN ({requiring})"), [])?;
        Ok(required + self.connection.execute("DELETE FROM record WHERE sample = 1", [])?)
    }

    /// Puts a record before another of its kind, or at the end.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], or what SQLite says.
    pub fn move_before(&self, kind: Kind, id: RecordId, before: Option<RecordId>) -> Result<()> {
        if self.kind_of(id)? != Some(kind) {
            return Err(VaultError::NotFound { kind, id });
        }
        if before == Some(id) {
            return Ok(());
        }
        let position = match self.place_before(kind, id, before)? {
            Some(position) => position,
            None => {
                self.spread(kind)?;
                self.place_before(kind, id, before)?.unwrap_or(GAP)
            }
        };
        self.connection.prepare_cached("UPDATE record SET position = ?2 WHERE id = ?1")?.execute(params![id.to_string(), position])?;
        Ok(())
    }

    /// A free position before `before` (or at the end), where the gap there is not used up.
    fn place_before(&self, kind: Kind, id: RecordId, before: Option<RecordId>) -> Result<Option<i64>> {
        let others = "SELECT max(position) FROM record WHERE kind = ?1 AND id <> ?2";
        let Some(before) = before else {
            let last: Option<i64> = self.connection.query_row(others, params![kind.name(), id.to_string()], |row| row.get(0))?;
            return Ok(Some(last.unwrap_or(0) + GAP));
        };
        let next: Option<i64> = self
            .connection
            .query_row("SELECT position FROM record WHERE id = ?1 AND kind = ?2", params![before.to_string(), kind.name()], |row| {
                row.get(0)
            })
            .optional()?;
        let next = next.ok_or(VaultError::NotFound { kind, id: before })?;
        let previous: Option<i64> =
            self.connection
                .query_row(&format!("{others} AND position < ?3"), params![kind.name(), id.to_string(), next], |row| row.get(0))?;
        let previous = previous.unwrap_or(next - 2 * GAP);
        let middle = previous + (next - previous) / 2;
        Ok((middle > previous && middle < next).then_some(middle))
    }

    /// Gives every record of a kind its full gap again.
    fn spread(&self, kind: Kind) -> Result<()> {
        self.connection.execute(
            "UPDATE record SET position = n * ?2 FROM (SELECT id AS moved, row_number() OVER (ORDER BY position, id) AS n \
             FROM record WHERE kind = ?1) WHERE id = moved",
            params![kind.name(), GAP],
        )?;
        Ok(())
    }

    fn write_row<'t>(
        &self,
        sql: &str,
        columns: impl IntoIterator<Item = &'t Column>,
        id: RecordId,
        fields: &Map<String, Value>,
    ) -> Result<()> {
        let id = Value::String(id.to_string());
        let key = std::iter::once(Bound(Store::Word, Some(&id)));
        let values = key.chain(columns.into_iter().map(|column| Bound(column.store, fields.get(column.field))));
        self.connection.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(())
    }

    fn check_references(&self, table: &Table, fields: &Map<String, Value>) -> Result<()> {
        for column in table.columns {
            if let (Store::Reference(wanted), Some(Value::String(target))) = (column.store, fields.get(column.field)) {
                self.check_target(column.field, target, Some(wanted))?;
            }
        }
        Ok(())
    }

    fn check_target(&self, field: &str, target: &str, wanted: Option<Kind>) -> Result<()> {
        let found = match target.parse::<RecordId>() {
            Ok(id) => self.kind_of(id)?,
            Err(_) => None,
        };
        match (found, wanted) {
            (Some(found), Some(wanted)) if found == wanted => Ok(()),
            (Some(_), None) => Ok(()),
            _ => Err(VaultError::LinkTarget {
                field: field.to_owned(),
                id: target.to_owned(),
                wanted: wanted.map_or("record", Kind::name).to_owned(),
            }),
        }
    }

    /// Writes the link lists, touching only what differs, so that an edit of one field stays a small change.
    fn write_links(&self, table: &Table, id: RecordId, fields: &Map<String, Value>) -> Result<()> {
        for link in table.links {
            let wanted = fields.get(link.field).cloned().unwrap_or(Value::Array(Vec::new()));
            if self.link_field(id, link)? == wanted {
                continue;
            }
            let source = id.to_string();
            let mut there = self.link_rows(&source, link.field)?;
            let mut written = HashSet::new();
            for (position, item) in wanted.as_array().into_iter().flatten().enumerate() {
                let (target, detail) = split_item(item);
                let position = position as i64;
                // Named twice, it is linked once.
                if !written.insert(target.clone()) || there.remove(&target).is_some_and(|row| row == (position, detail.clone())) {
                    continue;
                }
                self.check_target(link.field, &target, link.target)?;
                self.connection
                    .prepare_cached(
                        "INSERT INTO link (source_id, field, target_id, position, detail) VALUES (?1, ?2, ?3, ?4, ?5) \
                         ON CONFLICT (source_id, field, target_id) DO UPDATE SET position = excluded.position, detail = excluded.detail",
                    )?
                    .execute(params![source, link.field, target, position, detail])?;
            }
            for target in there.keys() {
                self.connection
                    .prepare_cached("DELETE FROM link WHERE source_id = ?1 AND field = ?2 AND target_id = ?3")?
                    .execute(params![source, link.field, target])?;
            }
        }
        Ok(())
    }

    /// The places and details of a link list, by what it links to.
    fn link_rows(&self, source: &str, field: &str) -> Result<HashMap<String, (i64, String)>> {
        let mut statement =
            self.connection.prepare_cached("SELECT target_id, position, detail FROM link WHERE source_id = ?1 AND field = ?2")?;
        let rows = statement.query_map(params![source, field], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
