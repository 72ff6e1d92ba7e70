//! What is due: study blocks, deadlines, milestones, sprints, renewals.

use cairn_domain::date::PartialDate;
use cairn_domain::reflection::Milestone;
use cairn_domain::study::{Deadline, Sprint, StudyBlock};
use cairn_domain::{AnyRecord, Kind, Record, RecordId};
use cairn_vault::{Reader, Result};
use chrono::{Datelike, Days, NaiveDate};

use super::{CreditsDue, DueItem, DueReason, counted};
use crate::standing::credits;
use crate::study::{after, last_day};

/// How far ahead a learner looks, in days.
const AHEAD: u64 = 14;
/// How far ahead a renewal needs to be known, in days: it takes courses, forms and money.
const RENEWAL_AHEAD: u64 = 90;
/// How far ahead missing continuing-education credits need to be known, in days: courses and conferences are booked.
const CREDITS_AHEAD: u64 = 180;
/// How far ahead a study block is seen, in days: later ones stand in the week's plan.
const BLOCKS_AHEAD: u64 = 3;
/// How far back a block waits for a word on whether it was kept: what is older is no plan any more.
const BLOCKS_BEHIND: Days = Days::new(7);
/// Overdue things listed at most; whoever has more needs no longer list.
const MOST_OVERDUE: u32 = 50;

/// What is due on `day`, overdue first, and how many overdue things are left out.
pub(super) fn due(reader: &Reader<'_>, day: NaiveDate) -> Result<(Vec<DueItem>, u32)> {
    let mut gathering = Gathering { reader, day, year: format!("{:04}", day.year()), found: Vec::new(), unread: 0 };
    gathering.blocks()?;
    gathering.filed(DueReason::Deadline, "open", |deadline: Deadline| {
        Some((deadline.title, deadline.date?, deadline.credential.map(RecordId::from)))
    })?;
    gathering.filed(DueReason::Milestone, "open", |milestone: Milestone| {
        Some((milestone.title, milestone.due?.last_day(), milestone.credential.map(RecordId::from)))
    })?;
    gathering.filed(DueReason::Sprint, "planned", |sprint: Sprint| {
        let end = last_day(&sprint)?;
        Some((sprint.goal, end, sprint.credential.map(RecordId::from)))
    })?;
    gathering.credentials(DueReason::Renewal, "renewal", RENEWAL_AHEAD)?;
    gathering.credentials(DueReason::Expiry, "expires", RENEWAL_AHEAD)?;
    gathering.credentials(DueReason::Credits, "cycle_end", CREDITS_AHEAD)?;
    gathering.count_credits()?;
    gathering.into_list()
}

/// What is due on a day, on its way.
struct Gathering<'r> {
    reader: &'r Reader<'r>,
    day: NaiveDate,
    /// The year of the day as text. What is dated before it is past; from it on, a vague date needs a look.
    year: String,
    found: Vec<Found>,
    /// Overdue things that were counted and not read.
    unread: u64,
}

/// A due thing, and the record whose title goes below its own.
struct Found {
    item: DueItem,
    belongs_to: Option<RecordId>,
}

impl Gathering<'_> {
    /// The study blocks planned for the day and the next few, and those of the week before of which nobody said whether they
    /// were kept.
    fn blocks(&mut self) -> Result<()> {
        let since = self.day.checked_sub_days(BLOCKS_BEHIND).unwrap_or(self.day);
        let until = after(self.day, BLOCKS_AHEAD);
        for stored in self.reader.filed::<StudyBlock>(Some("planned"), &since.to_string(), &until.to_string())? {
            let StudyBlock { title, start, sprint, credential, .. } = stored.record;
            let belongs_to = sprint.map(RecordId::from).or(credential.map(RecordId::from));
            let day = start.map_or(self.day, |start| start.date());
            let item = self.item(DueReason::Block, Kind::StudyBlock, stored.id, title, day);
            let time = start.map(|start| start.format("%H:%M").to_string());
            self.found.push(Found { item: DueItem { time, ..item }, belongs_to });
        }
        Ok(())
    }

    /// Records of a kind in the status that asks for something; `read` takes title, day and owner out of one.
    fn filed<R: Record>(
        &mut self,
        reason: DueReason,
        status: &str,
        read: impl Fn(R) -> Option<(String, NaiveDate, Option<RecordId>)>,
    ) -> Result<()>
    where
        AnyRecord: From<R>,
    {
        let limit = after(self.day, AHEAD);
        let (past, total) = self.reader.filed_before::<R>(status, &self.year, MOST_OVERDUE)?;
        self.unread += total - past.len() as u64;
        let near = self.reader.filed::<R>(Some(status), &self.year, &limit.to_string())?;
        for stored in past.into_iter().chain(near) {
            if let Some((title, date, belongs_to)) = read(stored.record)
                && date <= limit
            {
                let item = self.item(reason, R::KIND, stored.id, title, date);
                self.found.push(Found { item, belongs_to });
            }
        }
        Ok(())
    }

    /// Earned credentials by one of their dates.
    fn credentials(&mut self, reason: DueReason, column: &'static str, ahead: u64) -> Result<()> {
        let limit = after(self.day, ahead);
        let (past, total) = self.reader.credentials_before(column, "earned", &self.year, MOST_OVERDUE)?;
        self.unread += total - past.len() as u64;
        let near = self.reader.credentials(column, "earned", &self.year, &limit.to_string())?;
        for (credential, date) in past.into_iter().chain(near) {
            if let Some(date) = date.parse().ok().map(PartialDate::last_day).filter(|date| *date <= limit) {
                let item = self.item(reason, Kind::Credential, credential.id, credential.title, date);
                self.found.push(Found { item: DueItem { subtitle: credential.subtitle, ..item }, belongs_to: None });
            }
        }
        Ok(())
    }

    /// Says how far the credits of each ending cycle have come, and leaves out the cycles that ask for no more.
    fn count_credits(&mut self) -> Result<()> {
        let found = std::mem::take(&mut self.found).into_iter();
        let (ending, others): (Vec<Found>, Vec<Found>) = found.partition(|found| found.item.reason == DueReason::Credits);
        self.found = others;
        for Found { mut item, belongs_to } in ending {
            let stored = self.reader.get(Kind::Credential, item.id)?;
            if let AnyRecord::Credential(credential) = stored.record
                && let Some(progress) = credits(self.reader, item.id, &credential)?
                && progress.missing > 0.0
            {
                item.credits = Some(CreditsDue { earned: progress.earned, required: progress.required, unit: credential.ce_unit });
                self.found.push(Found { item, belongs_to });
            }
        }
        Ok(())
    }

    fn item(&self, reason: DueReason, kind: Kind, id: RecordId, title: String, date: NaiveDate) -> DueItem {
        DueItem { reason, kind, id, title, subtitle: String::new(), date, time: None, overdue: date < self.day, credits: None }
    }

    /// Everything in order; of what is overdue, the latest.
    fn into_list(mut self) -> Result<(Vec<DueItem>, u32)> {
        self.found.sort_by(|a, b| order(&a.item).cmp(&order(&b.item)));
        let overdue = self.found.iter().filter(|found| found.item.overdue).count();
        let hidden = overdue.saturating_sub(MOST_OVERDUE as usize);
        self.found.drain(..hidden);
        let mut due = Vec::with_capacity(self.found.len());
        for Found { mut item, belongs_to } in self.found {
            if let Some(owner) = belongs_to {
                item.subtitle = self.reader.item(owner)?.map(|owner| owner.title).unwrap_or_default();
            }
            due.push(item);
        }
        Ok((due, counted(self.unread + hidden as u64)))
    }
}

fn order(item: &DueItem) -> (NaiveDate, Option<&str>, &str, RecordId) {
    (item.date, item.time.as_deref(), &item.title, item.id)
}
