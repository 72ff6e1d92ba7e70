//! The week: blocks planned and kept, sprints, and what falls into it.
//!
//! Times are the learner's own clock, without a zone: a block at eight stays at eight wherever the machine is, and a
//! week has seven days also when one of them has 23 hours. Moving a block is an edit of its `start`.

mod dates;
#[cfg(test)]
mod tests;

use cairn_domain::study::{BlockStatus, Sprint, SprintStatus, StudyBlock};
use cairn_domain::{Kind, RecordId};
use cairn_vault::{Reader, Stored};
use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::{App, Result};

/// A sprint lasts at most this many weeks, as its record's rules say.
const LONGEST_SPRINT: u64 = 12;

/// Seven days of a study plan.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Week {
    /// The first day.
    #[ts(as = "String")]
    pub from: NaiveDate,
    /// The blocks that begin in it, by time.
    pub blocks: Vec<WeekBlock>,
    /// The sprints that run in it, by start.
    pub sprints: Vec<WeekSprint>,
    /// Deadlines in it, by date.
    pub deadlines: Vec<WeekDate>,
    /// Milestones due in it, by date.
    pub milestones: Vec<WeekDate>,
    /// Renewals and expiries of credentials in it, and the ends of renewal cycles that ask for credits, by date.
    pub renewals: Vec<WeekDate>,
    /// Minutes of all its blocks, whatever became of them.
    pub planned_minutes: u32,
    /// Minutes of the blocks that were kept.
    pub kept_minutes: u32,
}

/// A study block in a week.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct WeekBlock {
    /// The record.
    pub id: RecordId,
    /// What it is for.
    pub title: String,
    /// The goal of its sprint, or else the title of its credential.
    pub subtitle: String,
    /// When it begins (`2026-11-23T18:30:00`), on the learner's own clock.
    #[ts(as = "String")]
    pub start: NaiveDateTime,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    /// Whether it was kept.
    pub status: BlockStatus,
    /// The sprint it belongs to.
    pub sprint: Option<RecordId>,
    /// The credential it works towards.
    pub credential: Option<RecordId>,
}

/// A sprint that runs in a week, with the sums of all its days.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct WeekSprint {
    /// The record.
    pub id: RecordId,
    /// What shall be reached.
    pub goal: String,
    /// The title of the credential it works towards.
    pub subtitle: String,
    /// The credential it works towards.
    pub credential: Option<RecordId>,
    /// Its first day.
    #[ts(as = "String")]
    pub start: NaiveDate,
    /// Its last day.
    #[ts(as = "String")]
    pub end: NaiveDate,
    /// Where it stands.
    pub status: SprintStatus,
    /// Minutes of its blocks from its first to its last day, whatever became of them.
    pub planned_minutes: u32,
    /// Minutes of those that were kept.
    pub kept_minutes: u32,
}

/// A date that falls into a week.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct WeekDate {
    /// What happens.
    pub reason: WeekReason,
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// The day; of a date known less well, the last it can mean.
    #[ts(as = "String")]
    pub date: NaiveDate,
    /// Whether it is done, reached or over.
    pub done: bool,
}

/// What happens on a date of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum WeekReason {
    /// Something must be done.
    Deadline,
    /// A milestone is due.
    Milestone,
    /// The learner means to renew a credential.
    Renewal,
    /// The last day on which continuing-education credits count for the current cycle.
    Credits,
    /// A credential stops being valid.
    Expiry,
}

impl App {
    /// The seven days from `from` on.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn week(&self, from: NaiveDate) -> Result<Week> {
        Ok(self.vault.read(|reader| {
            let last = after(from, 6);
            let blocks = blocks(reader, from, last)?;
            let (planned_minutes, kept_minutes) = minutes(&blocks);
            Ok(Week {
                from,
                sprints: sprints(reader, from, last)?,
                deadlines: dates::deadlines(reader, from, last)?,
                milestones: dates::milestones(reader, from, last)?,
                renewals: dates::renewals(reader, from, last)?,
                blocks: blocks.into_iter().map(|stored| week_block(reader, stored)).collect::<Result<Vec<_>, _>>()?,
                planned_minutes,
                kept_minutes,
            })
        })?)
    }
}

/// The last day of a sprint; `None` where it has no start.
pub(crate) fn last_day(sprint: &Sprint) -> Option<NaiveDate> {
    let days = u64::from(sprint.weeks) * 7;
    sprint.start.map(|start| after(start, days.saturating_sub(1)))
}

/// The blocks that begin from `from` to `last`, by time.
fn blocks(reader: &Reader<'_>, from: NaiveDate, last: NaiveDate) -> cairn_vault::Result<Vec<Stored<StudyBlock>>> {
    let mut blocks = reader.filed::<StudyBlock>(None, &from.to_string(), &last.to_string())?;
    blocks.sort_by_key(|stored| (stored.record.start, stored.id));
    Ok(blocks)
}

fn week_block(reader: &Reader<'_>, stored: Stored<StudyBlock>) -> cairn_vault::Result<WeekBlock> {
    let StudyBlock { title, start, minutes, status, sprint, credential, .. } = stored.record;
    let (sprint, credential) = (sprint.map(RecordId::from), credential.map(RecordId::from));
    Ok(WeekBlock {
        id: stored.id,
        title,
        subtitle: title_of(reader, sprint.or(credential))?,
        start: start.unwrap_or_default(),
        minutes,
        status,
        sprint,
        credential,
    })
}

/// The sprints with a day from `from` to `last`.
fn sprints(reader: &Reader<'_>, from: NaiveDate, last: NaiveDate) -> cairn_vault::Result<Vec<WeekSprint>> {
    let earliest = from.checked_sub_days(Days::new(LONGEST_SPRINT * 7)).unwrap_or(from);
    let running = reader.filed::<Sprint>(None, &earliest.to_string(), &last.to_string())?;
    let mut sprints = Vec::new();
    for stored in running {
        let (Some(start), Some(end)) = (stored.record.start, last_day(&stored.record)) else { continue };
        if end < from {
            continue;
        }
        let mut its = blocks(reader, start, end)?;
        its.retain(|block| block.record.sprint.map(RecordId::from) == Some(stored.id));
        let (planned_minutes, kept_minutes) = minutes(&its);
        let Sprint { goal, credential, status, .. } = stored.record;
        let credential = credential.map(RecordId::from);
        let subtitle = title_of(reader, credential)?;
        sprints.push(WeekSprint { id: stored.id, goal, subtitle, credential, start, end, status, planned_minutes, kept_minutes });
    }
    Ok(sprints)
}

/// Minutes planned and kept.
fn minutes(blocks: &[Stored<StudyBlock>]) -> (u32, u32) {
    blocks.iter().map(|stored| &stored.record).fold((0, 0), |(planned, kept): (u32, u32), block| {
        let counts = if block.status == BlockStatus::Kept { block.minutes } else { 0 };
        (planned.saturating_add(block.minutes), kept.saturating_add(counts))
    })
}

fn title_of(reader: &Reader<'_>, id: Option<RecordId>) -> cairn_vault::Result<String> {
    let item = id.map(|id| reader.item(id)).transpose()?.flatten();
    Ok(item.map(|item| item.title).unwrap_or_default())
}

/// Days later; the calendar's last day where there is no later one.
pub(crate) fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}
