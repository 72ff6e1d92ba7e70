//! Pages of lists: filtered, ordered, counted, from indexes alone, so that a hundred thousand rows cost no more than ten.

use cairn_domain::{Kind, PartialDate, RecordId};
use chrono::{DateTime, Utc};
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params, params_from_iter};

use crate::record::{Reader, key, time};
use crate::search::match_words;
use crate::{Result, subject};

/// Matches a text filter looks at; what lies beyond is not what anybody was looking for.
const MOST_MATCHES: u32 = 1_000;

/// The columns of a [`ListItem`], in order.
pub(crate) const ITEM: &str = "r.id, r.title, r.subtitle, r.status, r.sort, r.date, r.updated_at, r.sample";

/// Which rows of a kind, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Words the record must hold; prefixes match.
    pub text: String,
    /// Statuses to keep; empty for all.
    pub statuses: Vec<String>,
    /// Sorts to keep; empty for all.
    pub sorts: Vec<String>,
    /// By what to order.
    pub order: Order,
    /// Whether to turn the order around.
    pub descending: bool,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to return at most.
    pub limit: u32,
}

impl Default for ListQuery {
    fn default() -> Self {
        ListQuery {
            text: String::new(),
            statuses: Vec::new(),
            sorts: Vec::new(),
            order: Order::Position,
            descending: false,
            offset: 0,
            limit: 100,
        }
    }
}

/// By what a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The learner's own order.
    Position,
    /// By title, accents and case folded.
    Title,
    /// By date; undated last.
    Date,
    /// By last change.
    Updated,
    /// By status, then title.
    Status,
    /// By sort, then title.
    Sort,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// Rows that match, at most 1,000 where words filter.
    pub total: u64,
    /// The rows of this page.
    pub items: Vec<ListItem>,
    /// Records of the kind by status.
    pub statuses: Vec<(String, u64)>,
    /// Records of the kind by sort.
    pub sorts: Vec<(String, u64)>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// Its status.
    pub status: String,
    /// Its sort.
    pub sort: String,
    /// The date it is filed under.
    pub date: Option<PartialDate>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Whether it belongs to the sample learner.
    pub sample: bool,
}

impl Reader<'_> {
    /// A page of the list of `kind`.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn list(&self, kind: Kind, query: &ListQuery) -> Result<ListPage> {
        let words = match_words(&query.text);
        let mut filter = String::from("r.kind = ?");
        let mut values = vec![Sql::Text(kind.name().into())];
        for (column, wanted) in [("status", &query.statuses), ("sort", &query.sorts)] {
            if !wanted.is_empty() {
                filter.push_str(&format!(" AND r.{column} IN ({})", vec!["?"; wanted.len()].join(", ")));
                values.extend(wanted.iter().cloned().map(Sql::Text));
            }
        }
        let source = if words.is_empty() {
            "record r"
        } else {
            // Newest matches first, as many as anybody reads; the list's own order is made among those.
            values.insert(0, Sql::Text(format!("kind : \"{}\" AND ({words})", kind.name())));
            values.insert(1, Sql::Integer(MOST_MATCHES.into()));
            "(SELECT rowid AS hit FROM record_fts WHERE record_fts MATCH ? ORDER BY rowid DESC LIMIT ?) JOIN record r ON r.rowid = hit"
        };
        let total = self
            .connection()
            .prepare_cached(&format!("SELECT count(*) FROM {source} WHERE {filter}"))?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        values.push(Sql::Integer(query.limit.into()));
        values.push(Sql::Integer(query.offset.into()));
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {ITEM} FROM {source} WHERE {filter} \
             ORDER BY {} LIMIT ? OFFSET ?",
            order_by(query)
        ))?;
        let items = statement.query_map(params_from_iter(&values), item)?.collect::<Result<_, _>>()?;
        Ok(ListPage { total, items, statuses: self.count_by(kind, "status")?, sorts: self.count_by(kind, "sort")? })
    }

    /// The rows of a kind whose date column lies in a span of days, both ends included, oldest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn dated(&self, kind: Kind, column: &'static str, from: &str, to: &str) -> Result<Vec<(ListItem, String)>> {
        let table = subject::table(kind);
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {ITEM}, t.\"{column}\" \
             FROM {} t JOIN record r ON r.id = t.id WHERE t.\"{column}\" >= ?1 AND t.\"{column}\" <= ?2 ORDER BY t.\"{column}\", r.id",
            table.name
        ))?;
        let rows = statement.query_map([from, to], |row| Ok((item(row)?, row.get(8)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Rows of `kind` that lack something, newest first, and how many there are. Indexes alone find them.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn without(&self, kind: Kind, condition: Without, limit: u32) -> Result<(Vec<ListItem>, u64)> {
        let mut statement = self.connection().prepare_cached(&format!(
            "WITH lacking AS MATERIALIZED ({}) SELECT {ITEM}, (SELECT count(*) FROM lacking) \
             FROM (SELECT id FROM lacking ORDER BY id DESC LIMIT ?2) l JOIN record r ON r.id = l.id WHERE r.kind = ?1 ORDER BY r.id DESC",
            condition.lacking()
        ))?;
        let rows = statement.query_map(params![kind.name(), limit], |row| Ok((item(row)?, row.get(8)?)))?;
        let (mut items, mut total) = (Vec::new(), 0);
        for row in rows {
            let (item, all) = row?;
            items.push(item);
            total = all;
        }
        Ok((items, total))
    }

    fn count_by(&self, kind: Kind, column: &'static str) -> Result<Vec<(String, u64)>> {
        let mut statement = self
            .connection()
            .prepare_cached(&format!("SELECT {column}, count(*) FROM record WHERE kind = ?1 AND {column} <> '' GROUP BY {column}"))?;
        let rows = statement.query_map([kind.name()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// What a record lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// An earned credential nobody has reflected on.
    ReflectionOnCredential,
    /// A reached milestone nobody has reflected on.
    ReflectionOnMilestone,
    /// An earned credential with neither evidence nor story.
    Evidence,
    /// A story whose result has no figure.
    Metric,
    /// Evidence with neither file nor link.
    File,
    /// A skill that no credential, evidence, story or project names.
    Backing,
}

impl Without {
    /// A query for the ids of the records, most of them by kind and status.
    fn lacking(self) -> &'static str {
        match self {
            Without::ReflectionOnCredential => {
                "SELECT r.id FROM record r WHERE r.kind = ?1 AND r.status = 'earned' \
                 AND NOT EXISTS (SELECT 1 FROM reflection t WHERE t.credential = r.id)"
            }
            Without::ReflectionOnMilestone => {
                "SELECT r.id FROM record r WHERE r.kind = ?1 AND r.status = 'reached' \
                 AND NOT EXISTS (SELECT 1 FROM reflection t WHERE t.milestone = r.id)"
            }
            Without::Evidence => {
                "SELECT r.id FROM record r WHERE r.kind = ?1 AND r.status = 'earned' \
                 AND NOT EXISTS (SELECT 1 FROM link l WHERE l.target_id = r.id AND l.field = 'credentials')"
            }
            Without::Metric => "SELECT r.id FROM record r WHERE r.kind = ?1 AND r.status = 'unmeasured'",
            Without::File => {
                "SELECT t.id FROM evidence t WHERE t.links = '[]' \
                 AND NOT EXISTS (SELECT 1 FROM evidence_file f WHERE f.evidence_id = t.id)"
            }
            Without::Backing => {
                "SELECT r.id FROM record r WHERE r.kind = ?1 \
                 AND NOT EXISTS (SELECT 1 FROM link l WHERE l.target_id = r.id AND l.field = 'skills')"
            }
        }
    }
}

fn order_by(query: &ListQuery) -> String {
    let way = if query.descending { "DESC" } else { "ASC" };
    let columns: &[&str] = match query.order {
        Order::Position => &["r.position"],
        Order::Title => &["r.sort_title"],
        Order::Date => &["r.date"],
        Order::Updated => &["r.updated_at"],
        Order::Status => &["r.status", "r.sort_title"],
        Order::Sort => &["r.sort", "r.sort_title"],
    };
    let ordered: Vec<String> = columns.iter().map(|column| format!("{column} {way}")).collect();
    ordered.join(", ")
}

/// The columns [`ITEM`] at the start of a row.
pub(crate) fn item(row: &Row<'_>) -> rusqlite::Result<ListItem> {
    let date: Option<String> = row.get(5)?;
    Ok(ListItem {
        id: key(row, 0)?,
        title: row.get(1)?,
        subtitle: row.get(2)?,
        status: row.get(3)?,
        sort: row.get(4)?,
        date: date.and_then(|date| date.parse().ok()),
        updated_at: time(row.get(6)?),
        sample: row.get(7)?,
    })
}
