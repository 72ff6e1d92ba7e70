//! STAR stories: situation, task, action, result.

use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::id::{CredentialId, EvidenceId, SkillId, WorkId};
use crate::kind::{Heading, Kind, Record};

/// One STAR story.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Story {
    /// What it is called.
    pub title: String,
    /// When it happened.
    pub date: Option<PartialDate>,
    /// The situation.
    pub situation: String,
    /// What had to be done.
    pub task: String,
    /// What the learner did.
    pub action: String,
    /// What came of it.
    pub result: String,
    /// The result as a figure.
    pub metric: Option<Metric>,
    /// The credentials it shows in use.
    pub credentials: Vec<CredentialId>,
    /// The evidence behind it.
    pub evidence: Vec<EvidenceId>,
    /// The skills it shows.
    pub skills: Vec<SkillId>,
    /// The positions it happened in.
    pub work: Vec<WorkId>,
}

/// A figure before and after.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Metric {
    /// What was measured.
    pub what: String,
    /// The value before.
    pub before: Option<f64>,
    /// The value after.
    pub after: Option<f64>,
    /// What both are counted in.
    pub unit: String,
}

impl Metric {
    /// Notes what is wrong with it under `path`.
    pub(crate) fn check(&self, path: &str, problems: &mut Problems) {
        problems.required(&format!("{path}/what"), &self.what);
        problems.line(&format!("{path}/unit"), &self.unit);
        for (name, value) in [("before", self.before), ("after", self.after)] {
            if let Some(value) = value {
                problems.range(&format!("{path}/{name}"), value, -1e15, 1e15);
            }
        }
    }

    /// Whether it says how something changed.
    pub fn is_measured(&self) -> bool {
        self.after.is_some() && !self.what.trim().is_empty()
    }

    /// The change in per cent of the value before; `None` where that is unknown or zero.
    pub fn change_percent(&self) -> Option<f64> {
        let before = self.before.filter(|before| *before != 0.0)?;
        Some((self.after? - before) / before.abs() * 100.0)
    }
}

impl Record for Story {
    const KIND: Kind = Kind::Story;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        for (path, text) in [("/situation", &self.situation), ("/task", &self.task), ("/action", &self.action), ("/result", &self.result)] {
            problems.text(path, text);
        }
        if let Some(metric) = &self.metric {
            metric.check("/metric", problems);
        }
    }

    fn heading(&self) -> Heading {
        let measured = self.metric.as_ref().is_some_and(Metric::is_measured);
        Heading {
            title: self.title.clone(),
            subtitle: self.result.lines().next().unwrap_or_default().chars().take(160).collect(),
            status: if measured { "measured" } else { "unmeasured" }.into(),
            sort: String::new(),
            date: self.date,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_is_relative_to_before() {
        let metric = |before, after| Metric { what: "lead time".into(), before, after, unit: "h".into() };
        assert_eq!(metric(Some(40.0), Some(10.0)).change_percent(), Some(-75.0));
        assert_eq!(metric(Some(-10.0), Some(-5.0)).change_percent(), Some(50.0));
        assert_eq!(metric(Some(0.0), Some(10.0)).change_percent(), None);
        assert_eq!(metric(None, Some(10.0)).change_percent(), None);
    }
}
