//! How a record's fields lie in its subject's table: one declaration a kind, read by one mapper for all.

use cairn_domain::Kind;
use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{Row, ToSql};
use serde_json::{Map, Number, Value};

/// A kind's table.
#[derive(Debug)]
pub struct Table {
    /// The kind it holds.
    pub kind: Kind,
    /// Its name in SQL.
    pub name: &'static str,
    /// Its columns after `id`, in the order of its fields.
    pub columns: &'static [Column],
    /// Its fields that hold lists of other records; their rows lie in `link`.
    pub links: &'static [Link],
}

/// A column named like its field.
#[derive(Debug)]
pub struct Column {
    /// The field's name.
    pub field: &'static str,
    /// How it is stored.
    pub store: Store,
}

/// How a field is stored in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Text a learner wrote: searched.
    Prose,
    /// Text with a meaning of its own (a date, a state, an amount): not searched.
    Word,
    /// A whole number.
    Integer,
    /// A real number.
    Real,
    /// Yes or no, as 1 or 0.
    Flag,
    /// A list or object a learner wrote, as JSON text: searched.
    JsonProse,
    /// A list or object, as JSON text: not searched.
    Json,
    /// The key of another record, a foreign key in SQL.
    Reference(Kind),
}

/// A field that holds a list of other records.
#[derive(Debug)]
pub struct Link {
    /// The field's name.
    pub field: &'static str,
    /// The kind it links to, or any.
    pub target: Option<Kind>,
    /// Whether each item is an object with a `record` and more, or the bare key.
    pub detailed: bool,
}

macro_rules! columns {
    ($($name:ident: $store:expr, $what:literal;)+) => {$(
        #[doc = $what]
        pub const fn $name(field: &'static str) -> Column {
            Column { field, store: $store }
        }
    )+};
}

columns! {
    prose: Store::Prose, "A column of searched text.";
    word: Store::Word, "A column of text that is not searched.";
    integer: Store::Integer, "A column of whole numbers.";
    real: Store::Real, "A column of real numbers.";
    flag: Store::Flag, "A column of yes and no.";
    json_prose: Store::JsonProse, "A column of searched JSON.";
    json: Store::Json, "A column of JSON that is not searched.";
}

/// A column with the key of another record.
pub const fn reference(field: &'static str, kind: Kind) -> Column {
    Column { field, store: Store::Reference(kind) }
}

/// A list of links to one kind.
pub const fn link(field: &'static str, target: Kind) -> Link {
    Link { field, target: Some(target), detailed: false }
}

/// A field's value on its way into SQLite.
pub(crate) struct Bound<'v>(pub Store, pub Option<&'v Value>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let Some(value) = self.1 else { return Ok(ToSqlOutput::Owned(Sql::Null)) };
        Ok(match (self.0, value) {
            (Store::Json | Store::JsonProse, value) => ToSqlOutput::Owned(Sql::Text(value.to_string())),
            (_, Value::Null) => ToSqlOutput::Owned(Sql::Null),
            (_, Value::Bool(yes)) => ToSqlOutput::Owned(Sql::Integer((*yes).into())),
            (_, Value::String(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            (Store::Integer, Value::Number(number)) => ToSqlOutput::Owned(number.as_i64().map_or(Sql::Null, Sql::Integer)),
            (_, Value::Number(number)) => ToSqlOutput::Owned(number.as_f64().map_or(Sql::Null, Sql::Real)),
            (_, value) => ToSqlOutput::Owned(Sql::Text(value.to_string())),
        })
    }
}

impl Table {
    /// `INSERT` of a key and every column in order.
    pub(crate) fn insert(&self) -> String {
        let holes: Vec<String> = (2..self.columns.len() + 2).map(|n| format!("?{n}")).collect();
        format!("INSERT INTO {} (id, {}) VALUES (?1, {})", self.name, self.column_list(), holes.join(", "))
    }

    /// `UPDATE` of some of the columns, in order, by key.
    pub(crate) fn update(&self, columns: &[&Column]) -> String {
        let sets: Vec<String> = columns.iter().enumerate().map(|(n, column)| format!("\"{}\" = ?{}", column.field, n + 2)).collect();
        format!("UPDATE {} SET {} WHERE id = ?1", self.name, sets.join(", "))
    }

    fn column_list(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|column| format!("\"{}\"", column.field)).collect();
        quoted.join(", ")
    }

    /// The fields of a row whose columns start at `first`.
    pub(crate) fn fields(&self, row: &Row<'_>, first: usize) -> rusqlite::Result<Map<String, Value>> {
        let mut fields = Map::new();
        for (at, column) in self.columns.iter().enumerate() {
            fields.insert(column.field.to_owned(), read(column.store, row.get_ref(first + at)?)?);
        }
        Ok(fields)
    }

    /// All text of `fields` a search should find, a line each.
    pub(crate) fn search_text(&self, fields: &Map<String, Value>) -> String {
        let mut text = String::new();
        for column in self.columns.iter().filter(|column| matches!(column.store, Store::Prose | Store::JsonProse)) {
            if let Some(value) = fields.get(column.field) {
                collect(value, &mut text);
            }
        }
        text
    }
}

fn collect(value: &Value, text: &mut String) {
    match value {
        Value::String(words) if !words.is_empty() => {
            text.push_str(words);
            text.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, text)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, text)),
        _ => {}
    }
}

fn read(store: Store, value: ValueRef<'_>) -> rusqlite::Result<Value> {
    Ok(match (store, value) {
        (_, ValueRef::Null) => Value::Null,
        (Store::Flag, ValueRef::Integer(yes)) => Value::Bool(yes != 0),
        (_, ValueRef::Integer(number)) => Value::Number(number.into()),
        (_, ValueRef::Real(number)) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        (Store::Json | Store::JsonProse, ValueRef::Text(text)) => {
            serde_json::from_slice(text).map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, value.data_type(), error.into()))?
        }
        (_, ValueRef::Text(text)) => Value::String(String::from_utf8_lossy(text).into_owned()),
        (_, ValueRef::Blob(_)) => Value::Null,
    })
}
