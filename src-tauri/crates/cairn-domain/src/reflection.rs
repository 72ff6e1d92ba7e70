//! Milestones and the reflections after them.

use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::id::{CredentialId, EvidenceId, MilestoneId};
use crate::kind::{Heading, Kind, Record};
use crate::story::Metric;

/// A point on the way that can be shown.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Milestone {
    /// What will be there to show.
    pub title: String,
    /// By when.
    pub due: Option<PartialDate>,
    /// When it was reached.
    pub reached: Option<PartialDate>,
    /// The artifact that shows it.
    pub evidence: Option<EvidenceId>,
    /// The credential it leads to.
    pub credential: Option<CredentialId>,
    /// The learner's own notes.
    pub notes: String,
}

/// What a learner makes of a credential or a milestone.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Reflection {
    /// What it is about.
    pub title: String,
    /// When it was written.
    pub date: Option<PartialDate>,
    /// The credential it looks back on.
    pub credential: Option<CredentialId>,
    /// The milestone it looks back on.
    pub milestone: Option<MilestoneId>,
    /// What I can do now.
    pub can_do: String,
    /// Where I used it.
    pub used_where: String,
    /// What changed.
    pub changed: String,
    /// What changed, as a figure.
    pub metric: Option<Metric>,
    /// What comes next.
    pub next: String,
}

impl Record for Milestone {
    const KIND: Kind = Kind::Milestone;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.text("/notes", &self.notes);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            status: if self.reached.is_some() { "reached" } else { "open" }.into(),
            date: self.reached.or(self.due),
            ..Heading::default()
        }
    }
}

impl Record for Reflection {
    const KIND: Kind = Kind::Reflection;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        for (path, text) in
            [("/can_do", &self.can_do), ("/used_where", &self.used_where), ("/changed", &self.changed), ("/next", &self.next)]
        {
            problems.text(path, text);
        }
        if let Some(metric) = &self.metric {
            metric.check("/metric", problems);
        }
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: self.can_do.lines().next().unwrap_or_default().chars().take(160).collect(),
            date: self.date,
            ..Heading::default()
        }
    }
}
