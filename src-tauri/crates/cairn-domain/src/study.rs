//! Study: weekly sprints, blocks in a week, deadlines.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::check::{Problems, Rule};
use crate::date::PartialDate;
use crate::id::{CredentialId, SprintId};
use crate::kind::{Heading, Kind, Record, name_of};

/// A week (or a few) with one goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Sprint {
    /// What shall be reached.
    pub goal: String,
    /// The credential it works towards.
    pub credential: Option<CredentialId>,
    /// Its first day.
    #[serde(deserialize_with = "crate::date::read_day")]
    #[ts(as = "Option<String>")]
    pub start: Option<NaiveDate>,
    /// How many weeks it lasts, from 1 to 12.
    pub weeks: u32,
    /// Where it stands.
    pub status: SprintStatus,
    /// What came of it.
    pub outcome: String,
}

impl Default for Sprint {
    fn default() -> Self {
        Sprint { goal: String::new(), credential: None, start: None, weeks: 1, status: SprintStatus::Planned, outcome: String::new() }
    }
}

/// Where a sprint stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SprintStatus {
    /// Ahead or under way.
    #[default]
    Planned,
    /// Its goal was reached.
    Reached,
    /// Over, its goal not reached.
    Missed,
}

/// A block of study in the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct StudyBlock {
    /// What it is for.
    pub title: String,
    /// When it begins, on the learner's own clock (RFC 5545 "floating" time).
    #[serde(deserialize_with = "crate::date::read_time")]
    #[ts(as = "Option<String>")]
    pub start: Option<NaiveDateTime>,
    /// How long it lasts, in minutes, from 5 to 480; 45 to 60 is usual.
    pub minutes: u32,
    /// Whether it was kept.
    pub status: BlockStatus,
    /// The sprint it belongs to.
    pub sprint: Option<SprintId>,
    /// The credential it works towards.
    pub credential: Option<CredentialId>,
    /// The learner's own notes.
    pub notes: String,
}

impl Default for StudyBlock {
    fn default() -> Self {
        StudyBlock {
            title: String::new(),
            start: None,
            minutes: 50,
            status: BlockStatus::Planned,
            sprint: None,
            credential: None,
            notes: String::new(),
        }
    }
}

/// Whether a block was kept.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum BlockStatus {
    /// Not yet, or not said.
    #[default]
    Planned,
    /// Kept.
    Kept,
    /// Not kept.
    Missed,
}

/// A day by which something must be done.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Deadline {
    /// What must be done.
    pub title: String,
    /// Which sort of deadline it is.
    #[serde(rename = "type")]
    pub sort: DeadlineType,
    /// By when.
    #[serde(deserialize_with = "crate::date::read_day")]
    #[ts(as = "Option<String>")]
    pub date: Option<NaiveDate>,
    /// The credential it belongs to.
    pub credential: Option<CredentialId>,
    /// Whether it is done.
    pub done: bool,
    /// The learner's own notes.
    pub notes: String,
}

/// Sorts of deadline.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineType {
    /// Something to hand in.
    #[default]
    Submission,
    /// An examination or assessment.
    Assessment,
    /// An application or enrolment.
    Enrolment,
    /// A payment.
    Payment,
    /// Anything else.
    Other,
}

impl Record for Sprint {
    const KIND: Kind = Kind::Sprint;

    fn check(&self, problems: &mut Problems) {
        problems.required("/goal", &self.goal);
        problems.text("/outcome", &self.outcome);
        problems.range("/weeks", f64::from(self.weeks), 1.0, 12.0);
        must_be_known("/start", self.start, problems);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.goal.clone(), status: name_of(&self.status), date: self.start.map(PartialDate::day), ..Heading::default() }
    }
}

impl Record for StudyBlock {
    const KIND: Kind = Kind::StudyBlock;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.text("/notes", &self.notes);
        problems.range("/minutes", f64::from(self.minutes), 5.0, 480.0);
        must_be_known("/start", self.start.map(|start| start.date()), problems);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: self.start.map(|start| start.format("%H:%M").to_string()).unwrap_or_default(),
            status: name_of(&self.status),
            date: self.start.map(|start| PartialDate::day(start.date())),
            ..Heading::default()
        }
    }
}

impl Record for Deadline {
    const KIND: Kind = Kind::Deadline;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.text("/notes", &self.notes);
        must_be_known("/date", self.date, problems);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            status: if self.done { "done" } else { "open" }.into(),
            sort: name_of(&self.sort),
            date: self.date.map(PartialDate::day),
            ..Heading::default()
        }
    }
}

/// A calendar day that must be given and lie within a human life of today's calendars.
fn must_be_known(path: &str, day: Option<NaiveDate>, problems: &mut Problems) {
    match day {
        None => problems.add(path, Rule::Required),
        Some(day) => problems.range(path, f64::from(chrono::Datelike::year(&day)), 1900.0, 2200.0),
    }
}
