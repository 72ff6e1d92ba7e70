//! What is due: study blocks, deadlines, milestones, sprints, renewals.

use cairn_domain::credential::Credential;
use cairn_domain::date::PartialDate;
use cairn_domain::reflection::Milestone;
use cairn_domain::study::{Deadline, Sprint, StudyBlock};
use cairn_domain::{Kind, Record, RecordId};
use cairn_vault::{Reader, Result};
use chrono::{Days, NaiveDate};

use super::{DueItem, DueReason, counted};

/// How far ahead a learner looks, in days.
const AHEAD: u64 = 14;
/// How far ahead a renewal needs to be known, in days: it takes courses, forms and money.
const RENEWAL_AHEAD: u64 = 90;
/// Overdue things listed at most; whoever has more needs no longer list.
const MOST_OVERDUE: usize = 50;

/// A due thing, and the record whose title goes below its own.
struct Found {
    item: DueItem,
    belongs_to: Option<RecordId>,
}

/// What is due on `day`, overdue first, and how many overdue things are left out.
pub(super) fn due(reader: &Reader<'_>, day: NaiveDate) -> Result<(Vec<DueItem>, u32)> {
    let mut found = blocks(reader, day)?;
    found.extend(deadlines(reader, day)?);
    found.extend(milestones(reader, day)?);
    found.extend(sprints(reader, day)?);
    found.extend(renewals(reader, day)?);
    found.sort_by(|a, b| order(&a.item).cmp(&order(&b.item)));
    let overdue = found.iter().filter(|found| found.item.overdue).count();
    let hidden = overdue.saturating_sub(MOST_OVERDUE);
    found.drain(..hidden);
    for Found { item, belongs_to } in &mut found {
        if let Some(owner) = belongs_to.take() {
            item.subtitle = reader.item(owner)?.map(|owner| owner.title).unwrap_or_default();
        }
    }
    Ok((found.into_iter().map(|found| found.item).collect(), counted(hidden)))
}

fn order(item: &DueItem) -> (NaiveDate, Option<&str>, &str, RecordId) {
    (item.date, item.time.as_deref(), &item.title, item.id)
}

/// The study blocks planned for the day. Those of other days stand in the week.
fn blocks(reader: &Reader<'_>, day: NaiveDate) -> Result<Vec<Found>> {
    let text = day.to_string();
    let blocks = reader.filed::<StudyBlock>(Some("planned"), &text, &text)?;
    Ok(blocks
        .into_iter()
        .map(|stored| {
            let block = stored.record;
            let time = block.start.map(|start| start.format("%H:%M").to_string());
            let belongs_to = block.sprint.map(RecordId::from).or(block.credential.map(RecordId::from));
            let mut found = item(DueReason::Block, StudyBlock::KIND, stored.id, block.title, day, day, belongs_to);
            found.item.time = time;
            found
        })
        .collect())
}

fn deadlines(reader: &Reader<'_>, day: NaiveDate) -> Result<Vec<Found>> {
    let deadlines = reader.filed::<Deadline>(Some("open"), "", &after(day, AHEAD).to_string())?;
    Ok(deadlines
        .into_iter()
        .filter_map(|stored| {
            let Deadline { title, date, credential, .. } = stored.record;
            Some(item(DueReason::Deadline, Deadline::KIND, stored.id, title, date?, day, credential.map(RecordId::from)))
        })
        .collect())
}

fn milestones(reader: &Reader<'_>, day: NaiveDate) -> Result<Vec<Found>> {
    let limit = after(day, AHEAD);
    let milestones = reader.filed::<Milestone>(Some("open"), "", &limit.to_string())?;
    Ok(milestones
        .into_iter()
        .filter_map(|stored| {
            let Milestone { title, due, credential, .. } = stored.record;
            let due = due.map(PartialDate::last_day).filter(|due| *due <= limit)?;
            Some(item(DueReason::Milestone, Milestone::KIND, stored.id, title, due, day, credential.map(RecordId::from)))
        })
        .collect())
}

fn sprints(reader: &Reader<'_>, day: NaiveDate) -> Result<Vec<Found>> {
    let limit = after(day, AHEAD);
    let sprints = reader.filed::<Sprint>(Some("planned"), "", &limit.to_string())?;
    Ok(sprints
        .into_iter()
        .filter_map(|stored| {
            let end = crate::study::last_day(&stored.record).filter(|end| *end <= limit)?;
            let Sprint { goal, credential, .. } = stored.record;
            Some(item(DueReason::Sprint, Sprint::KIND, stored.id, goal, end, day, credential.map(RecordId::from)))
        })
        .collect())
}

fn renewals(reader: &Reader<'_>, day: NaiveDate) -> Result<Vec<Found>> {
    let limit = after(day, RENEWAL_AHEAD);
    let mut found = Vec::new();
    for (reason, column) in [(DueReason::Renewal, "renewal"), (DueReason::Expiry, "expires")] {
        for (credential, date) in reader.dated(Kind::Credential, column, "", &limit.to_string())? {
            let date = date.parse::<PartialDate>().ok().map(PartialDate::last_day).filter(|date| *date <= limit);
            if let (Some(date), "earned") = (date, credential.status.as_str()) {
                let mut due = item(reason, Credential::KIND, credential.id, credential.title, date, day, None);
                due.item.subtitle = credential.subtitle;
                found.push(due);
            }
        }
    }
    Ok(found)
}

fn item(
    reason: DueReason,
    kind: Kind,
    id: RecordId,
    title: String,
    date: NaiveDate,
    day: NaiveDate,
    belongs_to: Option<RecordId>,
) -> Found {
    let item = DueItem { reason, kind, id, title, subtitle: String::new(), date, time: None, overdue: date < day };
    Found { item, belongs_to }
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
