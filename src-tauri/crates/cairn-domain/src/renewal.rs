//! Renewal: the continuing-education credits a credential asks for in each cycle, and the activities that earn them.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::check::{Problems, Rule};
use crate::credential::Credential;
use crate::date::PartialDate;
use crate::id::{CredentialId, EvidenceId};
use crate::kind::{Heading, Kind, Record, name_of};

/// Something that earns continuing-education credits (CE, CEU, CPD, CPE, PDU: each body has its word) towards keeping a
/// credential.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct RenewalActivity {
    /// What it was.
    pub title: String,
    /// Which sort of activity it is.
    #[serde(rename = "type")]
    pub sort: ActivityType,
    /// Where it stands.
    pub status: ActivityStatus,
    /// When it took place or will.
    pub date: Option<PartialDate>,
    /// The credits it earns, in the credential's own unit.
    pub credits: Option<f64>,
    /// Who offered it.
    pub provider: String,
    /// The credential it counts towards.
    pub credential: Option<CredentialId>,
    /// What proves it.
    pub evidence: Option<EvidenceId>,
    /// The learner's own notes.
    pub notes: String,
}

/// Sorts of activity, as certifying bodies tell them apart.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityType {
    /// A course or training.
    #[default]
    Course,
    /// A webinar or talk.
    Webinar,
    /// A conference or meeting.
    Conference,
    /// Teaching, speaking or mentoring.
    Teaching,
    /// Writing or publishing.
    Publication,
    /// Service to the profession: committees, standards, volunteering.
    Service,
    /// Reading and learning by oneself.
    SelfStudy,
    /// Practice at work.
    Practice,
    /// Anything else.
    Other,
}

/// Where an activity stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityStatus {
    /// Ahead.
    Planned,
    /// Done, and not yet reported to the issuer.
    #[default]
    Done,
    /// Reported to the issuer.
    Reported,
}

impl Record for RenewalActivity {
    const KIND: Kind = Kind::RenewalActivity;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.line("/provider", &self.provider);
        problems.text("/notes", &self.notes);
        if self.date.is_none() {
            problems.add("/date", Rule::Required);
        }
        if let Some(credits) = self.credits {
            problems.range("/credits", credits, 0.0, MOST_CREDITS);
        }
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: self.provider.clone(),
            status: name_of(&self.status),
            sort: name_of(&self.sort),
            date: self.date,
        }
    }
}

/// More credits than any body asks for.
pub const MOST_CREDITS: f64 = 10_000.0;

/// A renewal cycle that asks for credits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// Its first day; `None` where everything so far counts.
    pub start: Option<PartialDate>,
    /// Its last day; `None` where there is no end.
    pub end: Option<PartialDate>,
    /// The credits it asks for; more than none.
    pub required: f64,
}

/// How far a cycle has come, in credits.
#[derive(Debug, Default, Clone, Copy, PartialEq, Serialize, ts_rs::TS)]
pub struct CreditProgress {
    /// What the cycle asks for.
    pub required: f64,
    /// What was earned in it.
    pub earned: f64,
    /// Of those, what was reported to the issuer.
    pub reported: f64,
    /// What planned activities in it would add.
    pub planned: f64,
    /// What is still to be earned.
    pub missing: f64,
}

/// The dates of a credential after it was renewed: each moved on by the length of its cycle.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ts_rs::TS)]
pub struct NextCycle {
    /// The first day of the next cycle.
    pub cycle_start: PartialDate,
    /// The last day of the next cycle.
    pub cycle_end: PartialDate,
    /// When the credential then stops being valid.
    pub expires: Option<PartialDate>,
    /// When the learner then means to renew it.
    pub renewal: Option<PartialDate>,
}

impl Credential {
    /// The current renewal cycle, where the credential asks for credits.
    pub fn cycle(&self) -> Option<Cycle> {
        let required = self.ce_credits.filter(|credits| *credits > 0.0)?;
        Some(Cycle { start: self.cycle_start, end: self.cycle_end, required })
    }

    /// What renewing makes of its dates; `None` where the cycle's first or last day is not known.
    pub fn next_cycle(&self) -> Option<NextCycle> {
        let (start, end) = (self.cycle_start?, self.cycle_end?);
        let next_start = end.last_day().succ_opt()?;
        let length = Length::between(start.first_day(), next_start)?;
        let moved = |date: PartialDate| Some(PartialDate::within(length.after(date.first_day())?, date.precision()));
        let last_day = length.after(next_start)?.pred_opt()?;
        Some(NextCycle {
            cycle_start: PartialDate::within(next_start, start.precision()),
            cycle_end: PartialDate::within(last_day, end.precision()),
            expires: self.expires.and_then(moved),
            renewal: self.renewal.and_then(moved),
        })
    }
}

impl Cycle {
    /// Whether a date can lie in it: one known less well than to the day counts where any of its days does.
    pub fn holds(&self, date: PartialDate) -> bool {
        self.start.is_none_or(|start| start.first_day() <= date.last_day()) && self.end.is_none_or(|end| date.first_day() <= end.last_day())
    }

    /// How far it has come by `activities`, of which only those in it count.
    pub fn progress<'a>(&self, activities: impl IntoIterator<Item = &'a RenewalActivity>) -> CreditProgress {
        let mut progress = CreditProgress { required: self.required, ..CreditProgress::default() };
        for activity in activities {
            let Some(credits) = activity.credits.filter(|_| activity.date.is_some_and(|date| self.holds(date))) else { continue };
            match activity.status {
                ActivityStatus::Planned => progress.planned += credits,
                ActivityStatus::Done => progress.earned += credits,
                ActivityStatus::Reported => {
                    progress.earned += credits;
                    progress.reported += credits;
                }
            }
        }
        for sum in [&mut progress.earned, &mut progress.reported, &mut progress.planned] {
            *sum = to_hundredths(*sum);
        }
        progress.missing = to_hundredths((progress.required - progress.earned).max(0.0));
        progress
    }
}

/// Credits come in halves, quarters and tenths; sums of tenths shall not show what binary fractions make of them.
fn to_hundredths(credits: f64) -> f64 {
    (credits * 100.0).round() / 100.0
}

/// The length of a cycle: whole months where it is that, days otherwise.
enum Length {
    Months(u32),
    Days(u64),
}

impl Length {
    fn between(start: NaiveDate, after: NaiveDate) -> Option<Length> {
        let days = u64::try_from((after - start).num_days()).ok().filter(|days| *days > 0)?;
        let months = (0..).take_while(|months| *months <= 1200).find(|months| start + Months::new(*months) >= after)?;
        Some(if start + Months::new(months) == after { Length::Months(months) } else { Length::Days(days) })
    }

    fn after(&self, day: NaiveDate) -> Option<NaiveDate> {
        match *self {
            Length::Months(months) => day.checked_add_months(Months::new(months)),
            Length::Days(days) => day.checked_add_days(Days::new(days)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn on(date: &str, credits: f64, status: ActivityStatus) -> RenewalActivity {
        RenewalActivity { title: "Course".into(), date: date.parse().ok(), credits: Some(credits), status, ..RenewalActivity::default() }
    }

    fn credential(start: &str, end: &str) -> Credential {
        Credential { cycle_start: start.parse().ok(), cycle_end: end.parse().ok(), ce_credits: Some(30.0), ..Credential::default() }
    }

    #[test]
    fn only_what_was_done_within_the_cycle_counts() {
        let cycle = credential("2024-04-01", "2027-03").cycle().unwrap();
        let activities = [
            on("2024-03-31", 8.0, ActivityStatus::Reported),
            on("2024-04-01", 5.0, ActivityStatus::Reported),
            on("2026-02", 7.1, ActivityStatus::Done),
            on("2027-03-31", 0.2, ActivityStatus::Done),
            on("2027-02-01", 4.0, ActivityStatus::Planned),
            on("2027-04-01", 9.0, ActivityStatus::Planned),
        ];
        let expected = CreditProgress { required: 30.0, earned: 12.3, reported: 5.0, planned: 4.0, missing: 17.7 };
        assert_eq!(cycle.progress(&activities), expected);
    }

    #[test]
    fn more_than_enough_leaves_nothing_missing() {
        let cycle = credential("2024", "2026").cycle().unwrap();
        assert_eq!(cycle.progress(&[on("2025", 31.0, ActivityStatus::Done)]).missing, 0.0);
    }

    #[test]
    fn a_credential_that_asks_for_no_credits_has_no_cycle() {
        assert_eq!(Credential { ce_credits: Some(0.0), ..credential("2024", "2026") }.cycle(), None);
        assert_eq!(Credential { ce_credits: None, ..credential("2024", "2026") }.cycle(), None);
    }

    #[test]
    fn renewing_moves_every_date_on_by_the_cycle() {
        let mut it = credential("2024-04-01", "2027-03-31");
        it.expires = "2027-03".parse().ok();
        it.renewal = "2027-01-15".parse().ok();
        let next = it.next_cycle().unwrap();
        let text = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!((next.cycle_start.to_string(), next.cycle_end.to_string()), ("2027-04-01".into(), "2030-03-31".into()));
        assert_eq!((text(next.expires), text(next.renewal)), ("2030-03".into(), "2030-01-15".into()));

        let odd = credential("2026-01-10", "2026-02-28").next_cycle().unwrap();
        assert_eq!((odd.cycle_start.to_string(), odd.cycle_end.to_string()), ("2026-03-01".into(), "2026-04-19".into()));
        assert_eq!(Credential { cycle_start: None, ..it }.next_cycle(), None);
    }

    #[test]
    fn an_activity_has_a_date_because_only_a_date_makes_it_count() {
        let mut problems = Problems::default();
        RenewalActivity { title: "Course".into(), credits: Some(-1.0), ..RenewalActivity::default() }.check(&mut problems);
        assert_eq!(problems.to_string(), "/date: must not be empty; /credits: must lie between 0 and 10000");
    }

    proptest! {
        #[test]
        fn the_next_cycle_begins_the_day_after_this_one(days in 0u64..60_000, length in 0u64..4_000) {
            let start = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(days);
            let it = credential(&start.to_string(), &(start + Days::new(length)).to_string());
            let next = it.next_cycle().unwrap();
            prop_assert_eq!(next.cycle_start.first_day(), start + Days::new(length + 1));
            prop_assert!(next.cycle_end.last_day() >= next.cycle_start.first_day());
        }
    }
}
