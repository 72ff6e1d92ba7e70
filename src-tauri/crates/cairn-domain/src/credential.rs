//! Credentials: badges, certificates, licences, degrees; thought about, planned, under way or earned.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::id::SkillId;
use crate::kind::{Heading, Kind, Record, name_of};

/// One credential.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Credential {
    /// What it is called.
    pub title: String,
    /// Which sort of credential it is.
    #[serde(rename = "type")]
    pub sort: CredentialType,
    /// Who awards it.
    pub issuer: String,
    /// Where it stands.
    pub status: CredentialStatus,
    /// When it was awarded.
    pub issued: Option<PartialDate>,
    /// When it stops being valid.
    pub expires: Option<PartialDate>,
    /// When the learner means to renew it.
    pub renewal: Option<PartialDate>,
    /// The issuer's number for it.
    pub identifier: String,
    /// Where it can be seen.
    pub url: String,
    /// What it covers.
    pub scope: String,
    /// What its holder can do: one statement each.
    pub competencies: Vec<String>,
    /// Workload in hours of learning.
    pub hours: Option<f64>,
    /// Its level in the issuer's or a framework's words (EQF 5, Intermediate).
    pub level: String,
    /// How it was assessed.
    pub assessment: Option<Assessment>,
    /// What the assessment was.
    pub assessment_note: String,
    /// The rubric it was judged by.
    pub rubric: Vec<RubricCriterion>,
    /// Whether what was learned was assessed, and why one can say so.
    pub assessed: Trait,
    /// Whether it counts elsewhere, and why.
    pub portable: Trait,
    /// Whether it builds towards a larger credential, and why.
    pub stackable: Trait,
    /// What it is meant to be good for.
    pub purpose: Option<Purpose>,
    /// The goal it serves, in the learner's own words.
    pub goal: String,
    /// What its assessment asks of the mind.
    pub bloom: Option<Bloom>,
    /// How deep its tasks go.
    pub dok: Option<DepthOfKnowledge>,
    /// The level of responsibility it prepares for.
    pub sfia: Option<SfiaLevel>,
    /// What one must have or know before it: one each.
    pub prerequisites: Vec<String>,
    /// Its progression rules: what it leads to, and on which terms.
    pub progression: String,
    /// Where it counts as credit.
    pub credit_transfer: Vec<CreditTransfer>,
    /// The version of the issuer's policy or examination it was earned under.
    pub policy_version: String,
    /// What becomes of it if its programme or provider ends: until when one can finish, who keeps the records.
    pub teach_out: String,
    /// The first day of the current renewal cycle.
    pub cycle_start: Option<PartialDate>,
    /// The last day of the current renewal cycle.
    pub cycle_end: Option<PartialDate>,
    /// The continuing-education credits a cycle asks for.
    pub ce_credits: Option<f64>,
    /// What the issuer calls those credits (CPE, PDU, CPD hours).
    pub ce_unit: String,
    /// The skills it backs.
    pub skills: Vec<SkillId>,
    /// The learner's own notes; never part of a document.
    pub notes: String,
}

/// Sorts of credential.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialType {
    /// A digital badge.
    Badge,
    /// A certificate.
    #[default]
    Certificate,
    /// A certificate for a profession, by a professional body or vendor.
    ProfessionalCertificate,
    /// A nanodegree or comparable short programme.
    Nanodegree,
    /// A licence to practise.
    Licence,
    /// A diploma.
    Diploma,
    /// An academic degree.
    Degree,
    /// Proof of having completed a course.
    CourseCompletion,
}

/// Where a credential stands for the learner.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialStatus {
    /// A candidate among others.
    Considering,
    /// Decided for.
    #[default]
    Planned,
    /// Being worked on.
    InProgress,
    /// Awarded.
    Earned,
    /// Awarded, and no longer valid.
    Expired,
}

/// How a credential was assessed, from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Assessment {
    /// Being there was enough.
    Attendance,
    /// A quiz.
    Quiz,
    /// A supervised examination.
    ProctoredExam,
    /// A project marked against a rubric.
    RubricMarkedProject,
    /// Authentic work judged by people outside the provider.
    ExternallyJudgedWork,
}

/// What a credential is meant to be good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To learn something.
    Learn,
    /// To show that one can do it.
    ShowSkill,
    /// To be hired or promoted.
    NewRole,
    /// To be allowed to practise.
    Practise,
    /// To be admitted to further study, or credited there.
    FurtherStudy,
    /// To keep another credential current.
    StayCurrent,
}

/// The six cognitive processes of Bloom's taxonomy as revised in 2001, from shallow to deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Bloom {
    /// Recall facts.
    Remember,
    /// Explain ideas.
    Understand,
    /// Use what was learned in a new situation.
    Apply,
    /// Take apart and relate.
    Analyse,
    /// Judge by criteria.
    Evaluate,
    /// Make something new.
    Create,
}

/// Webb's depth of knowledge (1997), levels 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DepthOfKnowledge {
    /// Level 1: recall and reproduction.
    Recall,
    /// Level 2: skills and concepts.
    SkillConcept,
    /// Level 3: strategic thinking.
    StrategicThinking,
    /// Level 4: extended thinking.
    ExtendedThinking,
}

/// The seven levels of responsibility of the Skills Framework for the Information Age (SFIA).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SfiaLevel {
    /// Level 1.
    Follow,
    /// Level 2.
    Assist,
    /// Level 3.
    Apply,
    /// Level 4.
    Enable,
    /// Level 5: ensure, advise.
    EnsureAdvise,
    /// Level 6: initiate, influence.
    InitiateInfluence,
    /// Level 7: set strategy, inspire, mobilise.
    SetStrategy,
}

/// A place where a credential counts as credit.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct CreditTransfer {
    /// Who accepts it: an institution or a programme.
    pub accepted_by: String,
    /// As how much: 6 ECTS, one module.
    pub credits: String,
    /// Where the agreement can be read.
    pub url: String,
}

/// One criterion of a rubric.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct RubricCriterion {
    /// What was judged.
    pub criterion: String,
    /// The levels it could reach, lowest first.
    pub levels: Vec<String>,
    /// The level it reached.
    pub reached: String,
}

/// A property a credential has or not, with the reason.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Trait {
    /// Whether it holds; unknown where the learner has not said.
    pub holds: Option<bool>,
    /// Why.
    pub reason: String,
}

impl Record for Credential {
    const KIND: Kind = Kind::Credential;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.line("/issuer", &self.issuer);
        problems.line("/identifier", &self.identifier);
        problems.line("/level", &self.level);
        problems.address("/url", &self.url);
        problems.text("/scope", &self.scope);
        problems.text("/notes", &self.notes);
        problems.text("/assessment_note", &self.assessment_note);
        problems.texts("/competencies", &self.competencies);
        problems.span(("/issued", self.issued), ("/expires", self.expires));
        for (path, line) in [("/goal", &self.goal), ("/policy_version", &self.policy_version), ("/ce_unit", &self.ce_unit)] {
            problems.line(path, line);
        }
        problems.texts("/prerequisites", &self.prerequisites);
        problems.text("/progression", &self.progression);
        problems.text("/teach_out", &self.teach_out);
        problems.span(("/cycle_start", self.cycle_start), ("/cycle_end", self.cycle_end));
        if let Some(credits) = self.ce_credits {
            problems.range("/ce_credits", credits, 0.0, crate::renewal::MOST_CREDITS);
        }
        for (index, row) in self.credit_transfer.iter().enumerate() {
            problems.required(&format!("/credit_transfer/{index}/accepted_by"), &row.accepted_by);
            problems.line(&format!("/credit_transfer/{index}/credits"), &row.credits);
            problems.address(&format!("/credit_transfer/{index}/url"), &row.url);
        }
        if let Some(hours) = self.hours {
            problems.range("/hours", hours, 0.0, 100_000.0);
        }
        for (index, row) in self.rubric.iter().enumerate() {
            problems.required(&format!("/rubric/{index}/criterion"), &row.criterion);
            problems.texts(&format!("/rubric/{index}/levels"), &row.levels);
            problems.line(&format!("/rubric/{index}/reached"), &row.reached);
        }
        for (name, held) in [("assessed", &self.assessed), ("portable", &self.portable), ("stackable", &self.stackable)] {
            problems.text(&format!("/{name}/reason"), &held.reason);
        }
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: self.issuer.clone(),
            status: name_of(&self.status),
            sort: name_of(&self.sort),
            date: self.issued.or(self.expires),
        }
    }
}

impl Credential {
    /// The number that people tell it by; nothing where it has but a name for programs: a URN (RFC 8141) or an address.
    pub fn number(&self) -> &str {
        let identifier = self.identifier.trim();
        let is_urn = identifier.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn:"));
        if is_urn || identifier.contains("://") { "" } else { identifier }
    }

    /// Whether the learner holds it, valid or not.
    pub fn held(&self) -> bool {
        matches!(self.status, CredentialStatus::Earned | CredentialStatus::Expired)
    }

    /// Whether it says that it was issued by `day` and yet that it is still to be earned. Documents go by the status, so it would
    /// be missing from them.
    pub fn issued_unearned(&self, day: NaiveDate) -> bool {
        !self.held() && self.issued.is_some_and(|issued| issued.first_day() <= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_may_not_expire_before_it_was_issued() {
        let credential: Credential =
            serde_json::from_value(serde_json::json!({"title": "CKA", "issued": "2026-03", "expires": "2025"})).unwrap();
        let mut problems = Problems::default();
        credential.check(&mut problems);
        assert_eq!(problems.to_string(), "/expires: lies before /issued");
    }

    #[test]
    fn a_past_issue_date_contradicts_a_plan() {
        let day = "2026-11-23".parse().unwrap();
        let with = |status: &str, issued: Option<&str>| -> bool {
            let credential: Credential =
                serde_json::from_value(serde_json::json!({"title": "CKA", "status": status, "issued": issued})).unwrap();
            credential.issued_unearned(day)
        };
        for past in ["2024", "2026-11", "2026-11-23"] {
            assert!(with("planned", Some(past)) && with("in-progress", Some(past)), "{past}");
            assert!(!with("earned", Some(past)) && !with("expired", Some(past)), "{past}");
        }
        assert!(!with("planned", Some("2026-11-24")) && !with("planned", Some("2027")) && !with("planned", None));
    }
}
