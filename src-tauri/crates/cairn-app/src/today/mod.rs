//! What is due, what is unfinished, what has grown: the first thing a learner sees.
//!
//! Everything comes from indexes, so that the page opens as fast in a vault of ten years as in a new one.

mod due;
mod grown;
#[cfg(test)]
mod tests;
mod unfinished;

use cairn_domain::{Kind, RecordId};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::{App, Result};

/// The state of things on one day.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Today {
    /// What is due, overdue first, by date and time.
    pub due: Vec<DueItem>,
    /// How many overdue things are not listed: those beyond the 50 latest.
    pub overdue_hidden: u32,
    /// What is not whole yet, with the way to make it so; at most five of each reason.
    pub unfinished: Vec<UnfinishedItem>,
    /// What has come about; only what is more than nothing.
    pub grown: Vec<GrownItem>,
    /// Whether there is nothing to say at all.
    pub empty: bool,
}

/// Something that is due, or was.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct DueItem {
    /// Why it is here.
    pub reason: DueReason,
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// What it belongs to: the credential it works towards, the issuer of a credential.
    pub subtitle: String,
    /// The day; of a date known less well, the last it can mean.
    #[ts(as = "String")]
    pub date: NaiveDate,
    /// The time of day (`18:30`) on the learner's own clock, where it has one.
    pub time: Option<String>,
    /// Whether the day has passed.
    pub overdue: bool,
    /// How far the continuing-education credits have come, where they are what is due.
    pub credits: Option<CreditsDue>,
}

/// Continuing-education credits that are due.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct CreditsDue {
    /// What was earned in the cycle.
    pub earned: f64,
    /// What the cycle asks for.
    pub required: f64,
    /// What the issuer calls them; empty where the learner has not said.
    pub unit: String,
}

/// Why something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DueReason {
    /// A study block planned for the day or the three after it, or for the week before and neither kept nor missed.
    Block,
    /// An open deadline within 14 days, or past.
    Deadline,
    /// An earned credential the learner means to renew within 90 days, or meant to.
    Renewal,
    /// An earned credential that stops being valid within 90 days, or has.
    Expiry,
    /// An earned credential whose renewal cycle ends within 180 days, or has, with continuing-education credits missing.
    Credits,
    /// A milestone not reached, due within 14 days, or past.
    Milestone,
    /// A sprint that ends within 14 days, or ended without a word on what came of it.
    Sprint,
}

/// Something that is not whole yet.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct UnfinishedItem {
    /// What is missing.
    pub reason: UnfinishedReason,
    /// The kind of the record that misses it.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// The kind of the record that would mend it; nothing where the record itself is to be edited.
    pub fix_kind: Option<Kind>,
    /// The fields of that record, filled in so far as they are known; it can be added as it is.
    #[ts(type = "Record<string, unknown> | null")]
    pub fix_fields: Option<Value>,
    /// How many records there are with the same reason, this one included.
    pub count: u32,
}

/// What a record can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum UnfinishedReason {
    /// A received credential that its issuer took back, or whose file does not hold.
    BrokenCredential,
    /// A credential with an issue date that is past, and a status that says it is still to be earned: documents leave it out.
    CredentialIssuedUnearned,
    /// An earned credential nobody has reflected on.
    CredentialWithoutReflection,
    /// A reached milestone nobody has reflected on.
    MilestoneWithoutReflection,
    /// An earned credential, with all it claims, that neither evidence nor story shows in use.
    ClaimWithoutEvidence,
    /// A story whose result has no figure.
    StoryWithoutMetric,
    /// Evidence with neither file nor link.
    EvidenceWithoutFile,
    /// A skill that no credential, evidence, story or project names.
    SkillWithoutBacking,
}

/// How much of something came about lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct GrownItem {
    /// Of what.
    pub what: Grown,
    /// How much.
    pub count: u32,
    /// Since the beginning of which period; the day itself included.
    pub period: Period,
}

/// What can grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Grown {
    /// Credentials awarded.
    Credentials,
    /// Evidence made.
    Evidence,
    /// Stories that happened.
    Stories,
    /// Study blocks kept.
    BlocksKept,
    /// Minutes of those blocks.
    MinutesKept,
    /// Milestones reached.
    Milestones,
    /// Reflections written.
    Reflections,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// From Monday on (ISO 8601).
    Week,
    /// From the first of the month on.
    Month,
    /// From the first of January, April, July or October on.
    Quarter,
}

impl App {
    /// What is due, unfinished and grown on `day`, the learner's own date.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn today(&self, day: NaiveDate) -> Result<Today> {
        let ((due, overdue_hidden), lacking, grown) =
            self.vault.read(|reader| Ok((due::due(reader, day)?, unfinished::lacking(reader, day)?, grown::grown(reader, day)?)))?;
        let unfinished = lacking.into_iter().map(|lacking| lacking.with_fix(day)).collect::<Result<Vec<_>>>()?;
        let empty = due.is_empty() && unfinished.is_empty() && grown.is_empty();
        Ok(Today { due, overdue_hidden, unfinished, grown, empty })
    }
}

/// A count as the window takes it.
fn counted(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
