//! Whether a credential's type, assessment and depth fit the goal it serves: plain rules, each with its reason.
//!
//! The rules say what can be said from the record alone. Where the record is silent they say that, and never guess.

use serde::Serialize;

use crate::credential::{Assessment, Credential, CredentialType, Purpose};

/// How well a credential fits its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// Everything recorded speaks for it.
    Fits,
    /// It serves the goal, but weakly.
    Partly,
    /// It does not serve the goal.
    Misses,
    /// Too little is recorded to say.
    Unknown,
}

/// One reason for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum FitReason {
    /// For learning itself, any credential will do.
    LearningNeedsNoProof,
    /// It shows attendance; the goal needs proof of doing.
    AttendanceOnly,
    /// A quiz shows recall.
    QuizOnly,
    /// An examination shows knowledge under supervision, not work.
    ExaminationNotWork,
    /// It was examined under supervision.
    Examined,
    /// Work was judged.
    WorkJudged,
    /// How it was assessed is not recorded.
    AssessmentUnknown,
    /// Its depth stops at recalling and understanding.
    DepthStopsAtRecall,
    /// Its depth reaches applying or beyond.
    DepthReachesDoing,
    /// Practising needs a licence, and it is none.
    NotALicence,
    /// It is a licence.
    IsALicence,
    /// It counts elsewhere.
    Portable,
    /// It does not count elsewhere.
    NotPortable,
    /// Whether it counts elsewhere is not recorded.
    PortableUnknown,
    /// It is a degree or diploma.
    IsADegree,
    /// It counts towards further study.
    CountsTowardsStudy,
    /// It does not count towards further study.
    NoCreditTowardsStudy,
    /// Whether it counts towards further study is not recorded.
    CreditUnknown,
    /// Its hours are recorded, as certifying bodies ask.
    HoursStated,
    /// Its hours are not recorded, and certifying bodies ask for them.
    HoursUnknown,
}

/// What can be said of a credential and its purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Fitting {
    /// The purpose.
    pub purpose: Purpose,
    /// How well it fits.
    pub fit: Fit,
    /// Why, what decides first.
    pub reasons: Vec<FitReason>,
}

/// What could make a credential that shows only attendance say more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Stronger {
    /// Evidence or a story that shows it in use.
    Evidence,
    /// The word of someone who saw the work.
    Endorsement,
    /// A credential on the same subject that judges work.
    AssessedCredential,
}

impl FitReason {
    /// What a reason makes of the fit by itself.
    fn weight(self) -> Fit {
        match self {
            FitReason::LearningNeedsNoProof
            | FitReason::Examined
            | FitReason::WorkJudged
            | FitReason::DepthReachesDoing
            | FitReason::IsALicence
            | FitReason::Portable
            | FitReason::IsADegree
            | FitReason::CountsTowardsStudy
            | FitReason::HoursStated => Fit::Fits,
            FitReason::QuizOnly | FitReason::ExaminationNotWork | FitReason::DepthStopsAtRecall => Fit::Partly,
            FitReason::AttendanceOnly | FitReason::NotALicence | FitReason::NotPortable | FitReason::NoCreditTowardsStudy => Fit::Misses,
            FitReason::AssessmentUnknown | FitReason::PortableUnknown | FitReason::CreditUnknown | FitReason::HoursUnknown => Fit::Unknown,
        }
    }
}

impl Credential {
    /// Whether it only shows that its holder was there: assessed by attendance, or a course completion of which nothing
    /// says that anything was assessed.
    pub fn attendance_only(&self) -> bool {
        match self.assessment {
            Some(assessment) => assessment == Assessment::Attendance,
            None => self.sort == CredentialType::CourseCompletion && self.assessed.holds != Some(true) && self.rubric.is_empty(),
        }
    }

    /// How well it fits the purpose it serves; `None` where no purpose is recorded.
    pub fn fitting(&self) -> Option<Fitting> {
        let purpose = self.purpose?;
        let mut reasons = match purpose {
            Purpose::Learn => vec![FitReason::LearningNeedsNoProof],
            Purpose::ShowSkill => self.shows_doing(),
            Purpose::NewRole => [vec![self.portability()], self.shows_knowledge()].concat(),
            Purpose::Practise if self.sort == CredentialType::Licence => vec![FitReason::IsALicence],
            Purpose::Practise => vec![FitReason::NotALicence],
            Purpose::FurtherStudy => vec![self.study_credit()],
            Purpose::StayCurrent if self.hours.is_some() => vec![FitReason::HoursStated],
            Purpose::StayCurrent => vec![FitReason::HoursUnknown],
        };
        // What decides comes first; among equals the order of the rules stays.
        reasons.sort_by_key(|reason| severity(reason.weight()));
        let fit = reasons.first().map_or(Fit::Unknown, |reason| reason.weight());
        Some(Fitting { purpose, fit, reasons })
    }

    /// For a goal that needs proof of doing.
    fn shows_doing(&self) -> Vec<FitReason> {
        let assessment = match self.assessment {
            _ if self.attendance_only() => FitReason::AttendanceOnly,
            Some(Assessment::Quiz) => FitReason::QuizOnly,
            Some(Assessment::ProctoredExam) if self.reaches_doing() == Some(true) => FitReason::Examined,
            Some(Assessment::ProctoredExam) => FitReason::ExaminationNotWork,
            Some(Assessment::RubricMarkedProject | Assessment::ExternallyJudgedWork) => FitReason::WorkJudged,
            Some(Assessment::Attendance) | None => FitReason::AssessmentUnknown,
        };
        [Some(assessment), self.depth()].into_iter().flatten().collect()
    }

    /// For a goal that others judge by what was examined.
    fn shows_knowledge(&self) -> Vec<FitReason> {
        let assessment = match self.assessment {
            _ if self.attendance_only() => FitReason::AttendanceOnly,
            Some(Assessment::Quiz) => FitReason::QuizOnly,
            Some(Assessment::ProctoredExam) => FitReason::Examined,
            Some(Assessment::RubricMarkedProject | Assessment::ExternallyJudgedWork) => FitReason::WorkJudged,
            Some(Assessment::Attendance) | None => FitReason::AssessmentUnknown,
        };
        [Some(assessment), self.depth()].into_iter().flatten().collect()
    }

    fn portability(&self) -> FitReason {
        match self.portable.holds {
            Some(true) => FitReason::Portable,
            Some(false) => FitReason::NotPortable,
            None => FitReason::PortableUnknown,
        }
    }

    fn study_credit(&self) -> FitReason {
        if matches!(self.sort, CredentialType::Degree | CredentialType::Diploma) {
            FitReason::IsADegree
        } else if !self.credit_transfer.is_empty() || self.stackable.holds == Some(true) {
            FitReason::CountsTowardsStudy
        } else if self.stackable.holds == Some(false) {
            FitReason::NoCreditTowardsStudy
        } else {
            FitReason::CreditUnknown
        }
    }

    fn depth(&self) -> Option<FitReason> {
        self.reaches_doing().map(|doing| if doing { FitReason::DepthReachesDoing } else { FitReason::DepthStopsAtRecall })
    }

    /// Whether its recorded depth reaches doing: Bloom's "apply", depth of knowledge 2 (which asks to use what is known),
    /// SFIA level 3 (the level named "apply"). The deepest of what is recorded decides; `None` where nothing is.
    fn reaches_doing(&self) -> Option<bool> {
        use crate::credential::{Bloom, DepthOfKnowledge, SfiaLevel};
        let recorded = [
            self.bloom.map(|bloom| bloom >= Bloom::Apply),
            self.dok.map(|dok| dok >= DepthOfKnowledge::SkillConcept),
            self.sfia.map(|sfia| sfia >= SfiaLevel::Apply),
        ];
        recorded.into_iter().flatten().reduce(|one, other| one || other)
    }

    /// What would make it say more than attendance, given what already backs it.
    pub fn stronger(&self, shown_in_use: bool, endorsed: bool) -> Vec<Stronger> {
        if !self.attendance_only() {
            return Vec::new();
        }
        let missing = [(Stronger::Evidence, !shown_in_use), (Stronger::Endorsement, !endorsed), (Stronger::AssessedCredential, true)];
        missing.into_iter().filter(|(_, missing)| *missing).map(|(stronger, _)| stronger).collect()
    }
}

/// The weightier first: what rules it out, what weakens it, what is not known, what speaks for it.
fn severity(fit: Fit) -> u8 {
    match fit {
        Fit::Misses => 0,
        Fit::Partly => 1,
        Fit::Unknown => 2,
        Fit::Fits => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{Bloom, CreditTransfer, SfiaLevel, Trait};

    fn fit(purpose: Purpose, change: impl FnOnce(&mut Credential)) -> (Fit, Vec<FitReason>) {
        let mut credential = Credential { purpose: Some(purpose), ..Credential::default() };
        change(&mut credential);
        let fitting = credential.fitting().unwrap();
        (fitting.fit, fitting.reasons)
    }

    #[test]
    fn attendance_is_no_proof_of_doing() {
        let by = |assessment| fit(Purpose::ShowSkill, |it| it.assessment = assessment);
        assert_eq!(by(Some(Assessment::Attendance)), (Fit::Misses, vec![FitReason::AttendanceOnly]));
        assert_eq!(by(Some(Assessment::Quiz)), (Fit::Partly, vec![FitReason::QuizOnly]));
        assert_eq!(by(Some(Assessment::ProctoredExam)), (Fit::Partly, vec![FitReason::ExaminationNotWork]));
        assert_eq!(by(Some(Assessment::ExternallyJudgedWork)), (Fit::Fits, vec![FitReason::WorkJudged]));
        assert_eq!(by(None), (Fit::Unknown, vec![FitReason::AssessmentUnknown]));
    }

    #[test]
    fn an_examination_that_asks_for_doing_shows_doing() {
        let practical = fit(Purpose::ShowSkill, |it| {
            it.assessment = Some(Assessment::ProctoredExam);
            it.bloom = Some(Bloom::Analyse);
        });
        assert_eq!(practical, (Fit::Fits, vec![FitReason::Examined, FitReason::DepthReachesDoing]));
        let shallow = fit(Purpose::ShowSkill, |it| {
            it.assessment = Some(Assessment::RubricMarkedProject);
            it.bloom = Some(Bloom::Understand);
            it.sfia = Some(SfiaLevel::Assist);
        });
        assert_eq!(shallow, (Fit::Partly, vec![FitReason::DepthStopsAtRecall, FitReason::WorkJudged]));
    }

    #[test]
    fn practising_needs_a_licence() {
        assert_eq!(fit(Purpose::Practise, |_| {}), (Fit::Misses, vec![FitReason::NotALicence]));
        assert_eq!(fit(Purpose::Practise, |it| it.sort = CredentialType::Licence), (Fit::Fits, vec![FitReason::IsALicence]));
    }

    #[test]
    fn a_new_role_asks_what_others_recognise() {
        let known = fit(Purpose::NewRole, |it| {
            it.portable = Trait { holds: Some(true), reason: String::new() };
            it.assessment = Some(Assessment::ProctoredExam);
        });
        assert_eq!(known, (Fit::Fits, vec![FitReason::Portable, FitReason::Examined]));
        let unknown = fit(Purpose::NewRole, |it| it.assessment = Some(Assessment::ProctoredExam));
        assert_eq!(unknown, (Fit::Unknown, vec![FitReason::PortableUnknown, FitReason::Examined]));
    }

    #[test]
    fn further_study_asks_for_credit_and_staying_current_for_hours() {
        let transfer = vec![CreditTransfer { accepted_by: "Escola Aberta".into(), ..CreditTransfer::default() }];
        assert_eq!(fit(Purpose::FurtherStudy, |it| it.credit_transfer = transfer).1, [FitReason::CountsTowardsStudy]);
        assert_eq!(fit(Purpose::FurtherStudy, |_| {}), (Fit::Unknown, vec![FitReason::CreditUnknown]));
        let current = |hours| fit(Purpose::StayCurrent, |it| (it.assessment, it.hours) = (Some(Assessment::Attendance), hours));
        assert_eq!(current(Some(6.0)), (Fit::Fits, vec![FitReason::HoursStated]));
        assert_eq!(current(None), (Fit::Unknown, vec![FitReason::HoursUnknown]));
    }

    #[test]
    fn nothing_is_said_of_a_credential_that_serves_no_recorded_goal() {
        assert_eq!(Credential::default().fitting(), None);
    }

    #[test]
    fn a_course_completion_shows_attendance_until_something_was_assessed() {
        let completion = Credential { sort: CredentialType::CourseCompletion, ..Credential::default() };
        assert!(completion.attendance_only());
        assert!(!Credential { assessment: Some(Assessment::Quiz), ..completion.clone() }.attendance_only());
        assert!(!Credential { assessed: Trait { holds: Some(true), reason: String::new() }, ..completion.clone() }.attendance_only());
        assert!(!Credential::default().attendance_only(), "a certificate of which nothing is known");
        assert_eq!(completion.stronger(true, false), [Stronger::Endorsement, Stronger::AssessedCredential]);
    }
}
