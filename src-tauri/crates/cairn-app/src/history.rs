//! What was done, undo and redo.

use cairn_domain::Kind;
use cairn_vault::history::Step;
use serde::Serialize;

use crate::records::Change;
use crate::{App, Result};

/// A page of history, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct HistoryPage {
    /// How many steps there are.
    pub total: u32,
    /// The steps of this page.
    pub items: Vec<HistoryEntry>,
    /// Whether there is a step to take back.
    pub can_undo: bool,
    /// Whether there is a step to do again.
    pub can_redo: bool,
}

/// One step of history.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct HistoryEntry {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// When (RFC 3339).
    pub at: String,
    /// What was done, in kebab case.
    pub action: String,
    /// The kind it was done to, where it was one.
    pub kind: Option<Kind>,
    /// The name of what it was done to, as it was then.
    pub title: String,
    /// How many records it touched.
    pub count: u32,
    /// Whether it has been taken back.
    pub undone: bool,
}

impl App {
    /// Takes the last step back, and no other than `only` where that is given; `None` where there is none.
    ///
    /// # Errors
    /// `history-conflict` where the vault no longer fits it, `not-the-last-step` where it is another one than `only`.
    pub fn undo(&self, only: Option<i64>) -> Result<Option<Change>> {
        Ok(self.vault.undo(only)?.map(|step| change("undo", step)))
    }

    /// Does the step again that was last taken back; `None` where there is none.
    ///
    /// # Errors
    /// `history-conflict` where the vault no longer fits it.
    pub fn redo(&self) -> Result<Option<Change>> {
        Ok(self.vault.redo()?.map(|step| change("redo", step)))
    }

    /// A page of history, newest first.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn history(&self, offset: u32, limit: u32) -> Result<HistoryPage> {
        let (steps, (total, undone)) = self.vault.read(|reader| Ok((reader.history(offset, limit.min(1_000))?, reader.history_size()?)))?;
        Ok(HistoryPage {
            total,
            items: steps.into_iter().map(HistoryEntry::from).collect(),
            can_undo: undone < total,
            can_redo: undone > 0,
        })
    }
}

impl From<Step> for HistoryEntry {
    fn from(step: Step) -> Self {
        HistoryEntry {
            id: step.id,
            at: step.at.to_rfc3339(),
            action: step.action,
            kind: step.kind,
            title: step.title,
            count: step.count,
            undone: step.undone,
        }
    }
}

fn change(action: &str, step: Step) -> Change {
    Change { history: Some(step.id), action: action.to_owned(), kind: step.kind, id: step.record, title: step.title, touched: step.touched }
}
