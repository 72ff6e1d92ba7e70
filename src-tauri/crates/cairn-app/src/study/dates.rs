//! What falls on the days of a week: deadlines, milestones, renewals.

use cairn_domain::study::Deadline;
use cairn_domain::{AnyRecord, Kind, PartialDate};
use cairn_vault::list::ListItem;
use cairn_vault::{Reader, Result};
use chrono::NaiveDate;

use super::{WeekDate, WeekReason};
use crate::standing::credits;

pub(super) fn deadlines(reader: &Reader<'_>, from: NaiveDate, last: NaiveDate) -> Result<Vec<WeekDate>> {
    let deadlines = reader.filed::<Deadline>(None, &from.to_string(), &last.to_string())?;
    Ok(deadlines
        .into_iter()
        .filter_map(|stored| {
            let Deadline { title, date, done, .. } = stored.record;
            Some(WeekDate { reason: WeekReason::Deadline, kind: Kind::Deadline, id: stored.id, title, date: date?, done })
        })
        .collect())
}

pub(super) fn milestones(reader: &Reader<'_>, from: NaiveDate, last: NaiveDate) -> Result<Vec<WeekDate>> {
    let due = reader.dated(Kind::Milestone, "due", &year(from), &last.to_string())?;
    Ok(within(due, from, last).map(|(item, date)| in_week(WeekReason::Milestone, Kind::Milestone, item, date)).collect())
}

pub(super) fn renewals(reader: &Reader<'_>, from: NaiveDate, last: NaiveDate) -> Result<Vec<WeekDate>> {
    let mut found = Vec::new();
    for (reason, column, status) in
        [(WeekReason::Renewal, "renewal", "earned"), (WeekReason::Expiry, "expires", "earned"), (WeekReason::Expiry, "expires", "expired")]
    {
        let dated = reader.credentials(column, status, &year(from), &last.to_string())?;
        found.extend(within(dated, from, last).map(|(item, date)| in_week(reason, Kind::Credential, item, date)));
    }
    for (item, date) in within(reader.credentials("cycle_end", "earned", &year(from), &last.to_string())?, from, last) {
        let stored = reader.get(Kind::Credential, item.id)?;
        if let AnyRecord::Credential(credential) = stored.record
            && let Some(progress) = credits(reader, item.id, &credential)?
        {
            let done = progress.missing <= 0.0;
            found.push(WeekDate { done, ..in_week(WeekReason::Credits, Kind::Credential, item, date) });
        }
    }
    found.sort_by_key(|found| (found.date, found.id));
    Ok(found)
}

/// As text a year stands before its days, so the year of the first day holds every date that can end in the week.
fn year(from: NaiveDate) -> String {
    from.format("%Y").to_string()
}

/// What ends in the week, by day: "2026-11" ends on the 30th.
fn within(dated: Vec<(ListItem, String)>, from: NaiveDate, last: NaiveDate) -> impl Iterator<Item = (ListItem, NaiveDate)> {
    let day = |date: &str| date.parse().ok().map(PartialDate::last_day);
    let mut ending: Vec<_> = dated.into_iter().filter_map(|(item, date)| Some((item, day(&date)?))).collect();
    ending.retain(|(_, date)| (from..=last).contains(date));
    ending.sort_by_key(|(item, date)| (*date, item.id));
    ending.into_iter()
}

fn in_week(reason: WeekReason, kind: Kind, item: ListItem, date: NaiveDate) -> WeekDate {
    let done = matches!(item.status.as_str(), "reached" | "expired");
    WeekDate { reason, kind, id: item.id, title: item.title, date, done }
}
