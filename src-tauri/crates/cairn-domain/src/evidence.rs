//! Evidence: artifacts that show what a learner can do, with files kept in the vault.

use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::id::{CredentialId, SkillId, WorkId};
use crate::kind::{Heading, Kind, Record, name_of};

/// One artifact. Its files are attached to it in the vault, named by their SHA-256.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// What it is called.
    pub title: String,
    /// Which sort of artifact it is.
    #[serde(rename = "type")]
    pub sort: EvidenceType,
    /// Where it was made.
    pub setting: Option<Setting>,
    /// When it was made.
    pub date: Option<PartialDate>,
    /// What it is, in a few words.
    pub description: String,
    /// The situation it was made in.
    pub context: String,
    /// What limited the work: time, tools, rules.
    pub constraints: String,
    /// What came of it, measurably.
    pub result: String,
    /// What it proves, one claim each.
    pub claims: Vec<String>,
    /// Where it can be seen on the web.
    pub links: Vec<String>,
    /// The credentials it belongs to.
    pub credentials: Vec<CredentialId>,
    /// The skills it shows.
    pub skills: Vec<SkillId>,
    /// The positions it was made in.
    pub work: Vec<WorkId>,
}

/// Sorts of artifact.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceType {
    /// Source code.
    Code,
    /// An analysis.
    Analysis,
    /// A report.
    #[default]
    Report,
    /// A recording.
    Video,
    /// A design.
    Design,
    /// A plan for teaching or facilitating.
    FacilitationPlan,
    /// A simulation.
    Simulation,
    /// Something that lives elsewhere.
    Link,
}

/// Where an artifact was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// In the learner's job.
    OnTheJob,
    /// In a micro-internship.
    MicroInternship,
    /// In a simulation.
    Simulation,
    /// For a client.
    Client,
    /// As a volunteer.
    Volunteer,
    /// In a course.
    Course,
}

impl Record for Evidence {
    const KIND: Kind = Kind::Evidence;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        for (path, text) in [
            ("/description", &self.description),
            ("/context", &self.context),
            ("/constraints", &self.constraints),
            ("/result", &self.result),
        ] {
            problems.text(path, text);
        }
        problems.texts("/claims", &self.claims);
        for (index, link) in self.links.iter().enumerate() {
            problems.address(&format!("/links/{index}"), link);
        }
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: self.result.lines().next().unwrap_or_default().chars().take(160).collect(),
            status: self.setting.as_ref().map(name_of).unwrap_or_default(),
            sort: name_of(&self.sort),
            date: self.date,
        }
    }
}
