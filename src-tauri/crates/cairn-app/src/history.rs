//! What was done, undo and redo.

use cairn_domain::{Kind, RecordId};
use cairn_vault::history::Step;
use serde::Serialize;

use crate::records::Change;
use crate::{App, Result};

/// A page of history, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct HistoryPage {
    /// How many steps there are, all or of the record that was asked about.
    pub total: u32,
    /// The steps of this page.
    pub items: Vec<HistoryEntry>,
    /// Whether there is a step to take back, of whatever record.
    pub can_undo: bool,
    /// Whether there is a step to do again, of whatever record.
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
    /// Which of the record's fields an edit changed, as `cairn fields` names them; of a field that holds an object the
    /// members, `location/city`.
    pub fields: Vec<String>,
}

/// A step that was taken back or done again.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Retraced {
    /// What that did.
    #[serde(flatten)]
    pub change: Change,
    /// The step it was done to.
    pub step: HistoryEntry,
}

impl App {
    /// Takes the last step back, and no other than `only` where that is given; `None` where there is none.
    ///
    /// # Errors
    /// `history-conflict` where the vault no longer fits it, `not-the-last-step` where it is another one than `only`.
    pub fn undo(&self, only: Option<i64>) -> Result<Option<Retraced>> {
        Ok(self.vault.undo(only)?.map(|step| retraced("undo", step)))
    }

    /// Does the step again that was last taken back; `None` where there is none.
    ///
    /// # Errors
    /// `history-conflict` where the vault no longer fits it.
    pub fn redo(&self) -> Result<Option<Retraced>> {
        Ok(self.vault.redo()?.map(|step| retraced("redo", step)))
    }

    /// A page of history, newest first: of all that was done, or of what touched one record.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn history(&self, of: Option<RecordId>, offset: u32, limit: u32) -> Result<HistoryPage> {
        let page = self.vault.read(|reader| {
            let (steps, whole) = (reader.history(of, offset, limit.min(1_000))?, reader.history_size(None)?);
            let total = if of.is_some() { reader.history_size(of)?.0 } else { whole.0 };
            Ok((steps, total, whole))
        });
        let (steps, total, (all, undone)) = page?;
        Ok(HistoryPage { total, items: steps.into_iter().map(HistoryEntry::from).collect(), can_undo: undone < all, can_redo: undone > 0 })
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
            fields: step.fields,
        }
    }
}

fn retraced(action: &str, step: Step) -> Retraced {
    let change = Change {
        history: Some(step.id),
        action: action.to_owned(),
        kind: step.kind,
        id: step.record,
        title: step.title.clone(),
        touched: step.touched.clone(),
    };
    Retraced { change, step: step.into() }
}
