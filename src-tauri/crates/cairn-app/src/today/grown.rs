//! What has come about this week, this month, this quarter.
//!
//! A thing counts for the period in which it happened, never for the one in which it was typed in: an imported résumé
//! is no growth. What has no date, or one too vague for the period, is not counted, because nobody knows.

use cairn_domain::Kind;
use cairn_domain::date::{PartialDate, Precision};
use cairn_domain::study::StudyBlock;
use cairn_vault::{Reader, Result};
use chrono::{Datelike, Days, NaiveDate};

use super::{Grown, GrownItem, Period, counted};

/// A period so far: from its beginning to the day asked about.
struct SoFar {
    period: Period,
    /// As text, the least date that lies in it: a month for a month, so that "2026-11" belongs to November.
    from: String,
    to: String,
    /// How well a date must be known to lie in it.
    known: Precision,
}

/// Everything that has grown in each period so far, seen from `day`.
pub(super) fn grown(reader: &Reader<'_>, day: NaiveDate) -> Result<Vec<GrownItem>> {
    let periods = periods(day);
    let earliest = periods.iter().map(|period| period.from.as_str()).min().unwrap_or_default();
    let to = day.to_string();
    let kept = reader.filed::<StudyBlock>(Some("kept"), earliest, &to)?;
    let awarded = reader.dated(Kind::Credential, "issued", earliest, &to)?;
    let mut grown = Vec::new();
    for span in &periods {
        let kept = kept.iter().filter(|stored| stored.record.start.is_some_and(|start| span.holds(&start.date().to_string())));
        let minutes = kept.clone().map(|stored| u64::from(stored.record.minutes)).sum::<u64>();
        let awarded = awarded.iter().filter(|(item, issued)| matches!(item.status.as_str(), "earned" | "expired") && span.holds(issued));
        let filed = |kind, status| reader.count_filed(kind, status, &span.from, &span.to, span.known);
        let counts = [
            (Grown::Credentials, counted(awarded.count())),
            (Grown::Evidence, counted(filed(Kind::Evidence, None)?)),
            (Grown::Stories, counted(filed(Kind::Story, None)?)),
            (Grown::BlocksKept, counted(kept.count())),
            (Grown::MinutesKept, counted(minutes)),
            (Grown::Milestones, counted(filed(Kind::Milestone, Some("reached"))?)),
            (Grown::Reflections, counted(filed(Kind::Reflection, None)?)),
        ];
        grown.extend(counts.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| GrownItem {
            what,
            count,
            period: span.period,
        }));
    }
    Ok(grown)
}

impl SoFar {
    /// Whether a date, as text, is known to lie in it.
    fn holds(&self, date: &str) -> bool {
        let known = date.parse::<PartialDate>().is_ok_and(|date| date.precision() >= self.known);
        known && date >= self.from.as_str() && date <= self.to.as_str()
    }
}

fn periods(day: NaiveDate) -> [SoFar; 3] {
    let monday = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day);
    let month = |month: u32| format!("{:04}-{month:02}", day.year());
    let to = day.to_string();
    [
        SoFar { period: Period::Week, from: monday.to_string(), to: to.clone(), known: Precision::Day },
        SoFar { period: Period::Month, from: month(day.month()), to: to.clone(), known: Precision::Month },
        SoFar { period: Period::Quarter, from: month(day.month0() / 3 * 3 + 1), to, known: Precision::Month },
    ]
}
