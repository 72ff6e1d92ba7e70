//! What falls on the days of a week: deadlines, milestones, renewals.

use cairn_domain::study::Deadline;
use cairn_domain::{Kind, PartialDate};
use cairn_vault::{Reader, Result};
use chrono::NaiveDate;

use super::{WeekDate, WeekReason};

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
    dated(reader, WeekReason::Milestone, Kind::Milestone, "due", &["open", "reached"], from, last)
}

pub(super) fn renewals(reader: &Reader<'_>, from: NaiveDate, last: NaiveDate) -> Result<Vec<WeekDate>> {
    let mut found = dated(reader, WeekReason::Renewal, Kind::Credential, "renewal", &["earned"], from, last)?;
    found.extend(dated(reader, WeekReason::Expiry, Kind::Credential, "expires", &["earned", "expired"], from, last)?);
    found.sort_by_key(|found| (found.date, found.id));
    Ok(found)
}

/// Records in one of some statuses whose date in `column` ends in the week: "2026-11" ends on the 30th.
fn dated(
    reader: &Reader<'_>,
    reason: WeekReason,
    kind: Kind,
    column: &'static str,
    statuses: &[&str],
    from: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<WeekDate>> {
    // As text a year stands before its days, so the year of the first day holds every date that can end in the week.
    let year = from.format("%Y").to_string();
    let mut found: Vec<WeekDate> = reader
        .dated(kind, column, &year, &last.to_string())?
        .into_iter()
        .filter(|(item, _)| statuses.contains(&item.status.as_str()))
        .filter_map(|(item, date)| {
            let date = date.parse::<PartialDate>().ok()?.last_day();
            let done = matches!(item.status.as_str(), "reached" | "expired");
            (from..=last).contains(&date).then_some(WeekDate { reason, kind, id: item.id, title: item.title, date, done })
        })
        .collect();
    found.sort_by_key(|found| (found.date, found.id));
    Ok(found)
}
