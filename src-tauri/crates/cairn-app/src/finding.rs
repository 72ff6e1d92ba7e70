//! Lists and search.

use cairn_domain::{Kind, PartialDate, RecordId};
use cairn_vault::list;
use serde::{Deserialize, Serialize};

use crate::{App, Result};

/// Which rows of a list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
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
    /// Rows to return at most, up to 1,000.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// The learner's own order.
    Position,
    /// By title, accents and case folded.
    Title,
    /// By date.
    Date,
    /// By last change.
    Updated,
    /// By status, then title.
    Status,
    /// By sort, then title.
    Sort,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ListPage {
    /// Rows that match; where words filter, at most 1,000 are counted.
    #[ts(type = "number")]
    pub total: u64,
    /// The rows of this page.
    pub items: Vec<ListItem>,
    /// Records of the kind by status.
    pub statuses: Vec<Count>,
    /// Records of the kind by sort.
    pub sorts: Vec<Count>,
}

/// How many records have a value.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Count {
    /// The value.
    pub value: String,
    /// How many have it.
    #[ts(type = "number")]
    pub count: u64,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ListItem {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
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
    /// When it was last changed (RFC 3339).
    pub updated_at: String,
    /// Whether it belongs to the sample learner.
    pub sample: bool,
    /// Whether it is a credential that only shows attendance.
    pub attendance_only: bool,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct SearchHit {
    /// Its kind.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// Words around the match, the match between U+0001 and U+0002.
    pub snippet: String,
}

impl App {
    /// A page of the list of `kind`.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn list(&self, kind: Kind, query: ListQuery) -> Result<ListPage> {
        let query = list::ListQuery {
            text: query.text,
            statuses: query.statuses,
            sorts: query.sorts,
            order: match query.order {
                Order::Position => list::Order::Position,
                Order::Title => list::Order::Title,
                Order::Date => list::Order::Date,
                Order::Updated => list::Order::Updated,
                Order::Status => list::Order::Status,
                Order::Sort => list::Order::Sort,
            },
            descending: query.descending,
            offset: query.offset,
            limit: query.limit.min(1_000),
        };
        let page = self.vault.read(|reader| reader.list(kind, &query))?;
        let counts = |counted: Vec<(String, u64)>| counted.into_iter().map(|(value, count)| Count { value, count }).collect();
        Ok(ListPage {
            total: page.total,
            items: page.items.into_iter().map(|item| ListItem::of(kind, item)).collect(),
            statuses: counts(page.statuses),
            sorts: counts(page.sorts),
        })
    }

    /// Records that hold every word, each as the start of one of theirs; titles first, newest first.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn search(&self, words: &str, limit: u32) -> Result<Vec<SearchHit>> {
        let hits = self.vault.read(|reader| reader.search(words, limit.min(200)))?;
        Ok(hits
            .into_iter()
            .map(|hit| SearchHit { kind: hit.kind, id: hit.id, title: hit.title, subtitle: hit.subtitle, snippet: hit.snippet })
            .collect())
    }
}

impl ListItem {
    /// A row of the list of `kind`.
    pub(crate) fn of(kind: Kind, item: list::ListItem) -> Self {
        ListItem {
            id: item.id,
            kind,
            title: item.title,
            subtitle: item.subtitle,
            status: item.status,
            sort: item.sort,
            date: item.date,
            updated_at: item.updated_at.to_rfc3339(),
            sample: item.sample,
            attendance_only: item.attendance_only,
        }
    }
}
