//! What is reported about a file: the verdict, what it rests on, who signed.

use crate::materials::MaterialKind;
use crate::packet::Provenance;
use crate::reason::{Reason, Verdict};
use crate::said::Said;
use crate::text::shown;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

/// Who signed, as the file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issuer {
    /// The issuer's identifier: a DID or URL.
    pub id: String,
    /// The name that the file gives the issuer; anybody can write any name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A part of a check, for the view that goes through them one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The signature over the text.
    Proof,
    /// A signature by somebody other than the issuer, on which no verdict rests.
    CoSignature,
    /// Whose key signed.
    Key,
    /// When it is valid.
    Dates,
    /// Whether the issuer took it back.
    Status,
    /// The form that its standard demands.
    Schema,
    /// Whom it is about.
    Identity,
    /// The files that it binds.
    Evidence,
}

/// What was found about one part; a part that passed has a reason whose verdict is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub part: Part,
    /// What was found, and why.
    pub reason: Reason,
}

/// A document from outside the credential that the verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Used {
    /// What it is.
    pub kind: MaterialKind,
    /// The DID or URL that it answers for.
    pub url: String,
    /// SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
    /// When it was seen, RFC 3339 in UTC.
    pub seen: String,
    /// Whether it came along with what was checked, in a packet: whoever made that chose it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub enclosed: bool,
}

/// What was found about one proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofReport {
    /// The cryptosuite, or the proof's type where it has none.
    pub suite: String,
    /// The key that the proof names.
    pub verification_method: Option<String>,
    /// When the proof says it was made.
    pub created: Option<String>,
    /// Why it holds or not.
    pub reason: Reason,
}

/// The verdict on one file with everything it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file's name as given, or where in a file it stands.
    pub file: String,
    /// What the credential calls itself, safe to show.
    pub name: Option<String>,
    /// Why the verdict is what it is.
    pub reason: Reason,
    /// Who signed it, as far as the file says.
    pub issuer: Option<Issuer>,
    /// Each proof.
    pub proofs: Vec<ProofReport>,
    /// The names of what was changed, is missing or was added, safe to show.
    pub changed: Vec<String>,
    /// The instant that dates were compared with, RFC 3339 in UTC.
    pub checked_at: String,
    /// What was found about each part.
    pub checks: Vec<Check>,
    /// The reports on each of several credentials in the file.
    pub inside: Vec<Report>,
    /// The documents from outside that the verdict rests on.
    pub used: Vec<Used>,
    /// Each line of the résumé with what backs it, where a packet carries one and is valid itself.
    pub lines: Vec<LineReport>,
    /// What the packet around it says was found about it earlier: the word of whoever made the packet.
    pub recorded: Option<Recorded>,
    /// What the credential says, to compare lines with that rest on it.
    pub(crate) said: Said,
}

/// What was once found about a credential, as the packet that carries it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// What was found.
    pub verdict: Verdict,
    /// When, RFC 3339 in UTC.
    pub checked_at: String,
}

/// A line of a résumé and what backs it, safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineReport {
    /// What the line says.
    pub text: String,
    /// Who signed for it. Where the packet names an issuer's credential for a line that says something else than that does, it is
    /// the learner's own.
    pub provenance: Provenance,
    /// Who that is: the issuer as the credential names it, or as the packet says where none is inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The credential in the packet that backs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What that credential itself calls what backs the line, where somebody else issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
    /// The parts of the line that the credential does not say: the learner's own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<String>,
    /// The verdict on what backs it; none where nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Whether that verdict rests on a copy of the issuer's keys that only the packet brought.
    pub by_copy: bool,
}

impl Report {
    /// The verdict on the file.
    pub fn verdict(&self) -> Verdict {
        self.reason.verdict()
    }

    pub(crate) fn new(file: &str, reason: Reason, now: chrono::DateTime<chrono::Utc>) -> Self {
        let checked_at = crate::date::format(now);
        Self {
            file: shown(file),
            name: None,
            reason,
            issuer: None,
            proofs: Vec::new(),
            changed: Vec::new(),
            checked_at,
            checks: Vec::new(),
            inside: Vec::new(),
            used: Vec::new(),
            lines: Vec::new(),
            recorded: None,
            said: Said::default(),
        }
    }
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut check = serializer.serialize_struct("Check", 5)?;
        check.serialize_field("part", &self.part)?;
        check.serialize_field("verdict", &self.reason.verdict())?;
        check.serialize_field("reason", &self.reason.sentence())?;
        check.serialize_field("next", self.reason.next())?;
        check.serialize_field("detail", &self.reason)?;
        check.end()
    }
}

impl Serialize for ProofReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut proof = serializer.serialize_struct("ProofReport", 6)?;
        proof.serialize_field("suite", &self.suite)?;
        proof.serialize_field("verification_method", &self.verification_method)?;
        proof.serialize_field("created", &self.created)?;
        proof.serialize_field("verdict", &self.reason.verdict())?;
        proof.serialize_field("reason", &self.reason.sentence())?;
        proof.serialize_field("detail", &self.reason)?;
        proof.end()
    }
}

/// `file, name, verdict, reason, next, issuer, proofs, changed, checked_at`, `detail` with the reason's code and parameters for
/// programs that word it themselves, `checks` with each part, `inside` with the same of each credential where there are
/// several, `used` with what the verdict rests on, and `recorded` with what a packet says was found earlier.
impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 15)?;
        report.serialize_field("file", &self.file)?;
        report.serialize_field("name", &self.name)?;
        report.serialize_field("verdict", &self.verdict())?;
        report.serialize_field("reason", &self.reason.sentence())?;
        report.serialize_field("next", self.reason.next())?;
        report.serialize_field("issuer", &self.issuer)?;
        report.serialize_field("proofs", &self.proofs)?;
        report.serialize_field("changed", &self.changed)?;
        report.serialize_field("checked_at", &self.checked_at)?;
        report.serialize_field("detail", &self.reason)?;
        report.serialize_field("checks", &self.checks)?;
        report.serialize_field("inside", &self.inside)?;
        report.serialize_field("used", &self.used)?;
        report.serialize_field("lines", &self.lines)?;
        report.serialize_field("recorded", &self.recorded)?;
        report.end()
    }
}
