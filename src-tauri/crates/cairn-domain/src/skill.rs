//! Skills a learner has or wants.

use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::kind::{Heading, Kind, Record, name_of};

/// One skill. What backs it is seen from the credentials, evidence and stories that link to it.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Skill {
    /// What it is called.
    pub name: String,
    /// Which sort of skill it is.
    #[serde(rename = "type")]
    pub sort: SkillType,
    /// The level reached, in the learner's or a framework's words.
    pub level: String,
    /// When it was last used.
    pub last_used: Option<PartialDate>,
    /// What belongs to it.
    pub keywords: Vec<String>,
    /// The learner's own notes; never part of a document.
    pub notes: String,
}

/// Sorts of skill.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SkillType {
    /// Of a craft or field.
    #[default]
    Technical,
    /// Of working with people.
    Soft,
    /// Of getting things decided and done.
    Power,
}

impl Record for Skill {
    const KIND: Kind = Kind::Skill;

    fn check(&self, problems: &mut Problems) {
        problems.required("/name", &self.name);
        problems.line("/level", &self.level);
        problems.texts("/keywords", &self.keywords);
        problems.text("/notes", &self.notes);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.name.clone(),
            subtitle: self.level.clone(),
            status: String::new(),
            sort: name_of(&self.sort),
            date: self.last_used,
        }
    }
}
