//! Pages of lists: filtered, ordered, counted, from indexes alone, so that a hundred thousand rows cost no more than ten.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cairn_domain::{Kind, PartialDate, RecordId};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params, params_from_iter};

use crate::record::{Reader, key, time};
use crate::search::{WORDS, match_words};
use crate::{Result, subject};

/// Matches a text filter looks at; what lies beyond is not what anybody was looking for.
const MOST_MATCHES: u32 = 1_000;

/// The columns of a [`ListItem`], in order. The last says of a credential what `Credential::attendance_only` says; a test
/// compares the two.
pub(crate) const ITEM: &str = "r.id, r.title, r.subtitle, r.status, r.sort, r.date, r.updated_at, r.sample, \
     r.kind = 'credential' AND EXISTS (SELECT 1 FROM credential c WHERE c.id = r.id AND (c.assessment = 'attendance' OR \
     (c.assessment IS NULL AND c.type = 'course-completion' AND c.rubric = '[]' AND json_extract(c.assessed, '$.holds') IS NOT 1)))";

/// The column after those of [`ITEM`].
pub(crate) const AFTER_ITEM: usize = 9;

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
    /// Whether it is a credential that only shows attendance.
    pub attendance_only: bool,
}

impl Reader<'_> {
    /// A page of the list of `kind`.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn list(&self, kind: Kind, query: &ListQuery) -> Result<ListPage> {
        let counts = self.count_list(kind)?;
        let words = match_words(&query.text);
        let (items, total) = if words.is_empty() {
            let shown = |count: &&ListCount| {
                let wanted = |wanted: &[String], value| wanted.is_empty() || wanted.contains(value);
                wanted(&query.statuses, &count.status) && wanted(&query.sorts, &count.sort)
            };
            (self.list_all(kind, query)?, counts.iter().filter(shown).map(|count| count.n).sum())
        } else {
            self.list_matching(kind, query, &words)?
        };
        Ok(ListPage { total, items, statuses: by(&counts, |count| &count.status), sorts: by(&counts, |count| &count.sort) })
    }

    /// A page in order from one index, which is named: what SQLite's planner would guess depends on statistics, and the
    /// wrong guess sorts the whole kind.
    fn list_all(&self, kind: Kind, query: &ListQuery) -> Result<Vec<ListItem>> {
        let (filter, mut values) = filter(kind, query);
        values.push(Sql::Integer(query.limit.into()));
        values.push(Sql::Integer(query.offset.into()));
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {ITEM} FROM record r INDEXED BY {} WHERE {filter} ORDER BY {} LIMIT ? OFFSET ?",
            index_for(query),
            order_by(query)
        ))?;
        let rows = statement.query_map(params_from_iter(&values), item)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A page of the newest matches, as many as anybody reads; the list's own order is made among those.
    fn list_matching(&self, kind: Kind, query: &ListQuery, words: &str) -> Result<(Vec<ListItem>, u64)> {
        let (filter, rest) = filter(kind, query);
        let mut values = vec![Sql::Text(format!("kind : \"{}\" AND {WORDS} : ({words})", kind.name())), Sql::Integer(MOST_MATCHES.into())];
        values.extend(rest);
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {ITEM} FROM (SELECT rowid AS hit FROM record_fts WHERE record_fts MATCH ? ORDER BY rowid DESC LIMIT ?) \
             CROSS JOIN record r ON r.rowid = hit WHERE {filter} ORDER BY {}",
            order_by(query)
        ))?;
        let all: Vec<ListItem> = statement.query_map(params_from_iter(&values), item)?.collect::<Result<_, _>>()?;
        let total = all.len() as u64;
        Ok((all.into_iter().skip(query.offset as usize).take(query.limit as usize).collect(), total))
    }

    fn count_list(&self, kind: Kind) -> Result<Vec<ListCount>> {
        let mut statement = self.connection().prepare_cached("SELECT status, sort, n FROM record_count WHERE kind = ?1 AND n > 0")?;
        let rows = statement.query_map([kind.name()], |row| Ok(ListCount { status: row.get(0)?, sort: row.get(1)?, n: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
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
        let rows = statement.query_map([from, to], |row| Ok((item(row)?, row.get(AFTER_ITEM)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Rows of `kind` that lack something, newest first, and how many there are. Indexes alone find them.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn without(&self, kind: Kind, condition: Without, limit: u32) -> Result<(Vec<ListItem>, u64)> {
        // CROSS keeps the order: from the few that are shown to their rows.
        let mut statement = self.connection().prepare_cached(&format!(
            "WITH lacking AS MATERIALIZED ({}) SELECT {ITEM}, (SELECT count(*) FROM lacking) \
             FROM (SELECT id FROM lacking ORDER BY id DESC LIMIT ?2) l CROSS JOIN record r ON r.id = l.id WHERE r.kind = ?1 ORDER BY l.id DESC",
            condition.lacking()
        ))?;
        let rows = statement.query_map(params![kind.name(), limit], |row| Ok((item(row)?, row.get(AFTER_ITEM)?)))?;
        let (mut items, mut total) = (Vec::new(), 0);
        for row in rows {
            let (item, all) = row?;
            items.push(item);
            total = all;
        }
        Ok((items, total))
    }
}

/// How many records of a kind have a status and a sort.
struct ListCount {
    status: String,
    sort: String,
    n: u64,
}

/// Records by one of their values, without those that have none.
fn by(counts: &[ListCount], value: impl Fn(&ListCount) -> &String) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for count in counts.iter().filter(|count| !value(count).is_empty()) {
        *sums.entry(value(count)).or_default() += count.n;
    }
    sums.into_iter().map(|(value, n)| (value.to_owned(), n)).collect()
}

/// The condition of a list and the values for its holes.
fn filter(kind: Kind, query: &ListQuery) -> (String, Vec<Sql>) {
    let mut filter = String::from("r.kind = ?");
    let mut values = vec![Sql::Text(kind.name().into())];
    for (column, wanted) in [("status", &query.statuses), ("sort", &query.sorts)] {
        match wanted.as_slice() {
            [] => continue,
            [_] => filter.push_str(&format!(" AND r.{column} = ?")),
            // The plus keeps SQLite from looking up each value on its own, which would lose the index's order.
            several => filter.push_str(&format!(" AND +r.{column} IN ({})", vec!["?"; several.len()].join(", "))),
        }
        values.extend(wanted.iter().cloned().map(Sql::Text));
    }
    (filter, values)
}

/// The index that holds a list's rows in its order, after the one status or sort it asks for where there is such an index.
fn index_for(query: &ListQuery) -> &'static str {
    let (one_status, one_sort) = (query.statuses.len() == 1, query.sorts.len() == 1);
    match query.order {
        Order::Position => "list_position",
        Order::Updated => "list_updated",
        Order::Title if one_status => "list_status_title",
        Order::Title if one_sort => "list_sort_title",
        Order::Title => "list_title",
        Order::Date if one_status => "list_status_date",
        Order::Date if one_sort => "list_sort_date",
        Order::Date => "list_date",
        Order::Status => "list_status_title",
        Order::Sort => "list_sort_title",
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
    /// A credential whose issuer took it back, or whose file does not hold.
    Standing,
    /// A credential issued by this day whose status says that it is still to be earned.
    Award(NaiveDate),
}

impl Without {
    /// A query for the ids of the records, most of them by kind and status.
    fn lacking(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            // The few that are not earned yet, and then their rows. Vague dates sort before the days they may mean.
            Without::Award(day) => {
                return Cow::Owned(format!(
                    "SELECT r.id FROM record r CROSS JOIN credential t ON t.id = r.id WHERE r.kind = ?1 \
                     AND r.status IN ('considering', 'planned', 'in-progress') AND r.date <= '{day}' AND t.issued <= '{day}'"
                ));
            }
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
            Without::Standing => {
                "SELECT DISTINCT h.record_id AS id FROM verdict v JOIN held h ON h.item = v.item \
                 WHERE v.latest = 1 AND v.verdict IN ('invalid', 'revoked') \
                 AND NOT EXISTS (SELECT 1 FROM held n LEFT JOIN verdict w ON w.item = n.item AND w.latest = 1 \
                     WHERE n.record_id = h.record_id AND ifnull(w.verdict, '') <> 'invalid' AND n.id <> h.id \
                     AND (v.verdict = 'invalid' OR n.received_at > h.received_at))"
            }
        })
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
        attendance_only: row.get(8)?,
    })
}
