//! What a changeset of SQLite's session extension says: the rows it brings, changes and takes.

use std::collections::BTreeSet;

use cairn_domain::{Kind, RecordId};
use rusqlite::Connection;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::hooks::Action;
use rusqlite::session::{ChangesetItem, ChangesetIter};
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use crate::Result;
use crate::record::Reader;
use crate::subject::table;
use crate::table::{Column, Store, Table};

/// The kinds of the records a changeset touches.
pub(crate) fn kinds_in(connection: &Connection, changeset: &[u8]) -> Result<Vec<Kind>> {
    let mut kinds = BTreeSet::new();
    let reader = Reader::new(connection);
    each(changeset, |name, code, item| {
        if let Some(&kind) = Kind::ALL.iter().find(|kind| table(**kind).name == name) {
            kinds.insert(kind);
        } else if name == "evidence_file" {
            kinds.insert(Kind::Evidence);
        } else if name == "held" {
            // Its second column names the record it stands behind.
            kinds.extend(column(code, item, 1)?.map(|id| reader.kind_of(id)).transpose()?.flatten());
        } else if let Some(id) = column(code, item, 0)? {
            // `record` on its own (a move) or `link`: the kind is that of the record named first.
            kinds.extend(reader.kind_of(id)?);
        }
        Ok(())
    })?;
    Ok(kinds.into_iter().collect())
}

/// The fields of a record that a changeset changed, as the record names them: first those of its own table, then its lists of
/// other records. Of a field that holds an object, the members that differ: `location/city`.
pub(crate) fn fields_in(connection: &Connection, kind: Kind, id: RecordId, changeset: &[u8]) -> Result<Vec<String>> {
    let table = table(kind);
    let columns: Vec<String> = {
        // By their place in the database, which an added column never moves.
        let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let names = statement.query_map([table.name], |row| row.get(0))?;
        names.collect::<rusqlite::Result<_>>()?
    };
    let id = id.to_string();
    let is_own = |item: &ChangesetItem| old_or_new(item, 0).is_some_and(|own| own == id);
    let (mut own, mut lists) = (Vec::new(), Vec::new());
    each(changeset, |name, code, item| {
        if name == table.name && code == Action::SQLITE_UPDATE && is_own(item) {
            for (at, column) in columns.iter().enumerate().skip(1) {
                // A column that stayed as it was has no value here.
                if let (Ok(old), Ok(new)) = (item.old_value(at), item.new_value(at)) {
                    own.extend(differing(table, column, old, new));
                }
            }
        } else if name == "link" && is_own(item) {
            lists.extend(old_or_new(item, 1).filter(|field| !lists.iter().any(|known| known == field)).map(str::to_owned));
        }
        Ok(())
    })?;
    own.extend(lists);
    Ok(own)
}

/// The name of a column, or where it holds an object before and after, of the members that differ.
fn differing(table: &Table, column: &str, old: ValueRef<'_>, new: ValueRef<'_>) -> Vec<String> {
    let is_json = |it: &&Column| it.field == column && matches!(it.store, Store::Json | Store::JsonProse);
    let object = |value: ValueRef<'_>| value.as_str().ok().and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok());
    match table.columns.iter().find(is_json).and_then(|_| Some((object(old)?, object(new)?))) {
        Some((old, new)) => {
            let members: BTreeSet<&String> = old.keys().chain(new.keys()).filter(|key| old.get(*key) != new.get(*key)).collect();
            members.into_iter().map(|member| format!("{column}/{member}")).collect()
        }
        None => vec![column.to_owned()],
    }
}

/// A column of a row's key, which is there whatever became of the row.
fn old_or_new(item: &ChangesetItem, at: usize) -> Option<&str> {
    item.old_value(at).or_else(|_| item.new_value(at)).ok()?.as_str().ok()
}

/// How many records a changeset touches, at least one.
pub(crate) fn records_in(changeset: &[u8]) -> Result<u32> {
    let mut count = 0;
    each(changeset, |name, _, _| {
        count += u32::from(name == "record");
        Ok(())
    })?;
    Ok(count.max(1))
}

/// Looks at every row of a changeset: its table, what became of it, and its columns.
pub(crate) fn each(changeset: &[u8], mut look: impl FnMut(&str, Action, &ChangesetItem) -> Result<()>) -> Result<()> {
    let input: &mut dyn std::io::Read = &mut &changeset[..];
    let mut items = ChangesetIter::start_strm(&input)?;
    while let Some(item) = items.next()? {
        let operation = item.op()?;
        look(operation.table_name(), operation.code(), item)?;
    }
    Ok(())
}

/// The key of a record in a column of a row that came or went.
fn column(code: Action, item: &ChangesetItem, at: usize) -> Result<Option<RecordId>> {
    Ok(value(code, item, at)?.and_then(|value| value.as_str().ok().and_then(|text| text.parse().ok())))
}

/// What stands in a column of a row that came or went; of a row that changed, only the first column is certain.
pub(crate) fn value(code: Action, item: &ChangesetItem, at: usize) -> Result<Option<ValueRef<'_>>> {
    if code == Action::SQLITE_UPDATE && at > 0 {
        return Ok(None);
    }
    Ok(Some(if code == Action::SQLITE_INSERT { item.new_value(at)? } else { item.old_value(at)? }))
}
