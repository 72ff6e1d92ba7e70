//! Everything a person wants to see of a credential, as plain data: Open Badges 3.0 and 2.0, CLR 2.0, endorsements, any other
//! verifiable credential, from JSON and tokens alike.
//!
//! Each reader *takes* what it shows out of the credential; whatever is left at the end stands in [`CredentialView::extra`], so
//! that nothing signed is hidden. Texts are as the issuer wrote them, without the characters that hide or reorder others, and
//! cut where they have no end; Markdown and HTML stay text. Addresses stay text too: nothing is fetched.

mod achievement;
mod credential;
mod node;
mod open_badges_2;
mod people;
#[cfg(test)]
mod tests;

use crate::opened::{Item, Payload};
use serde::Serialize;

/// A credential as a person sees it. What the file does not say is None or empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct CredentialView {
    /// What it is.
    pub kind: ViewKind,
    /// Its identifier.
    pub id: Option<String>,
    /// Its types, as the file names them.
    pub types: Vec<String>,
    /// Its name, else that of the achievement.
    pub name: Option<String>,
    /// Its description, else that of the achievement.
    pub description: Option<String>,
    /// Its picture, else that of the achievement.
    pub image: Option<ImageView>,
    /// Who issued it.
    pub issuer: ProfileView,
    /// Its dates.
    pub dates: DatesView,
    /// Whom it is about, and what it says of them.
    pub subject: SubjectView,
    /// What was achieved: one in a badge, any number in a learner record.
    pub achievements: Vec<AchievementView>,
    /// Results that were reached.
    pub results: Vec<ResultView>,
    /// Evidence of it.
    pub evidence: Vec<EvidenceView>,
    /// What others say of it, of the achievement, or of the issuer.
    pub endorsements: Vec<EndorsementView>,
    /// What an endorsement says.
    pub endorsement_comment: Option<String>,
    /// The names of the credentials in a learner record.
    pub contains: Vec<String>,
    /// Where the issuer keeps its status.
    pub status: Vec<StatusView>,
    /// The schemas that it says it follows.
    pub schemas: Vec<RefView>,
    /// Where the issuer keeps the badge (Open Badges 2.0).
    pub address: Option<String>,
    /// What else it says.
    pub extra: Vec<ExtraView>,
}

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ViewKind {
    /// An Open Badges 3.0 achievement.
    Badge,
    /// An Open Badges 2.0 badge.
    OpenBadge2,
    /// A Comprehensive Learner Record.
    Clr,
    /// An endorsement.
    Endorsement,
    /// Any other verifiable credential.
    #[default]
    Credential,
    /// Only the address of a badge.
    Link,
}

/// A picture: a `data:` address with its bytes, or an address that nothing fetches.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct ImageView {
    /// The address.
    pub url: String,
    /// What it shows, in words.
    pub caption: Option<String>,
}

/// A person or organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct ProfileView {
    /// A DID or URL.
    pub id: Option<String>,
    /// Its name; anybody can write any name.
    pub name: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// Its picture.
    pub image: Option<ImageView>,
}

/// Dates, as the file writes them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct DatesView {
    /// When it was awarded (Open Badges 3.0) or issued (Open Badges 2.0).
    pub awarded: Option<String>,
    /// From when it is valid.
    pub valid_from: Option<String>,
    /// Until when it is valid.
    pub valid_until: Option<String>,
}

/// Whom a credential is about, and what it says of their part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct SubjectView {
    /// A DID or URL.
    pub id: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Other identifiers: e-mail addresses, plain or hashed, student numbers.
    pub identities: Vec<IdentityView>,
    /// What they did, in words.
    pub narrative: Option<String>,
    /// Their role.
    pub role: Option<String>,
    /// The number of their licence.
    pub licence_number: Option<String>,
    /// The academic term.
    pub term: Option<String>,
    /// Credits that they earned.
    pub credits_earned: Option<String>,
    /// When their activity began.
    pub activity_start: Option<String>,
    /// When their activity ended.
    pub activity_end: Option<String>,
    /// Who assessed them, where that was not the issuer.
    pub source: Option<ProfileView>,
    /// A picture of what they made.
    pub image: Option<ImageView>,
}

/// An identifier of the learner (Open Badges 3.0 IdentityObject, Open Badges 2.0 recipient).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct IdentityView {
    /// `emailAddress`, `email`, `sourcedId`, …
    pub kind: String,
    /// The identifier, or its hash.
    pub value: String,
    /// Whether it is a hash.
    pub hashed: bool,
    /// What was added before hashing.
    pub salt: Option<String>,
}

/// What can be achieved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct AchievementView {
    /// Its identifier.
    pub id: Option<String>,
    /// `Badge`, `Certificate`, `Course`, `License`, …
    pub kind: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// Its picture.
    pub image: Option<ImageView>,
    /// The address of its criteria.
    pub criteria_url: Option<String>,
    /// Its criteria in words (Markdown).
    pub criteria: Option<String>,
    /// Who made it, where that is not the issuer.
    pub creator: Option<ProfileView>,
    /// A code that people use for it, such as a course number.
    pub code: Option<String>,
    /// The field of study.
    pub field_of_study: Option<String>,
    /// The specialisation.
    pub specialization: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Credits that it can give.
    pub credits_available: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Skills, competencies and standards that it stands for.
    pub alignments: Vec<AlignmentView>,
    /// Results that can be reached.
    pub result_descriptions: Vec<ResultDescriptionView>,
    /// Related achievements.
    pub related: Vec<RefView>,
    /// Other identifiers, as `kind: identifier`.
    pub other_identifiers: Vec<String>,
}

/// A skill, competency or standard in a framework.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct AlignmentView {
    /// Its name.
    pub name: Option<String>,
    /// The framework.
    pub framework: Option<String>,
    /// Its code in the framework.
    pub code: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its type, such as `CTDL` or `ceasn:Competency`.
    pub kind: Option<String>,
    /// Its description.
    pub description: Option<String>,
}

/// A result that can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct ResultDescriptionView {
    /// Its identifier.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// `GradePointAverage`, `LetterGrade`, `RubricCriterionLevel`, …
    pub kind: Option<String>,
    /// Values that it can have, worst first.
    pub allowed: Vec<String>,
    /// The value to pass with.
    pub required_value: Option<String>,
    /// The name of the level to pass with.
    pub required_level: Option<String>,
    /// Smallest value.
    pub min: Option<String>,
    /// Largest value.
    pub max: Option<String>,
    /// The levels of its rubric.
    pub levels: Vec<LevelView>,
    /// Skills that it stands for.
    pub alignments: Vec<AlignmentView>,
}

/// A level of a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct LevelView {
    /// Its identifier.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its grade among the others.
    pub level: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// Its points.
    pub points: Option<String>,
}

/// A result that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct ResultView {
    /// The identifier of the result description that it answers.
    pub description: Option<String>,
    /// What was assessed, by the name that the achievement gives it.
    pub name: Option<String>,
    /// `LetterGrade`, `RubricCriterionLevel`, …
    pub kind: Option<String>,
    /// The value.
    pub value: Option<String>,
    /// `Completed`, `Enrolled`, `InProgress`, …
    pub status: Option<String>,
    /// The level that was reached, by name.
    pub level: Option<String>,
    /// The level or value to pass with.
    pub required: Option<String>,
    /// Largest value that can be reached.
    pub max: Option<String>,
    /// Skills that it stands for.
    pub alignments: Vec<AlignmentView>,
}

/// Evidence of an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct EvidenceView {
    /// Its address.
    pub url: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// How it came about, in words (Markdown).
    pub narrative: Option<String>,
    /// Its genre, such as `Film` or `Code`.
    pub genre: Option<String>,
    /// For whom it was made.
    pub audience: Option<String>,
    /// The digest that binds the file to the credential (multibase, multihash).
    pub digest: Option<String>,
}

/// What somebody else says of a credential, an achievement or an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct EndorsementView {
    /// Where it stands: the members that lead there, with `/` between. The verdict on it is found under the same place.
    pub place: String,
    /// What it is about.
    pub of: EndorsedPart,
    /// Who says it.
    pub by: ProfileView,
    /// What they say.
    pub comment: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its dates.
    pub dates: DatesView,
    /// Whether it carries a signature of its own; whether that holds, a check of its own says.
    pub signed: bool,
}

/// What an endorsement inside a credential is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum EndorsedPart {
    /// The credential as a whole.
    #[default]
    Credential,
    /// What was achieved.
    Achievement,
    /// Who issued or made it.
    Profile,
}

/// Where the issuer keeps a credential's status.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct StatusView {
    /// The entry's identifier.
    pub id: Option<String>,
    /// The kind of entry.
    pub kind: Option<String>,
    /// `revocation`, `suspension`, …
    pub purpose: Option<String>,
    /// The address of the list.
    pub list: Option<String>,
    /// Where in the list.
    pub index: Option<String>,
}

/// A reference to something elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct RefView {
    /// The address.
    pub url: Option<String>,
    /// What is there: its name, or its type.
    pub name: Option<String>,
}

/// Something else that the credential says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, ts_rs::TS)]
pub struct ExtraView {
    /// The members that lead there, with `/` between.
    pub path: String,
    /// What stands there.
    pub text: String,
}

impl Item {
    /// The credential as a person sees it.
    pub fn view(&self) -> CredentialView {
        view(&self.payload)
    }
}

/// A credential as a person sees it.
pub fn view(payload: &Payload) -> CredentialView {
    match payload {
        Payload::Json(credential) => credential::view(credential.clone()),
        Payload::Jwt { payload, .. } => credential::view_of_claims(payload.clone()),
        Payload::OpenBadges2 { assertion, beside, .. } => open_badges_2::view(assertion.clone(), beside),
        Payload::Link { url } => CredentialView { kind: ViewKind::Link, address: Some(node::line(url)), ..CredentialView::default() },
    }
}
