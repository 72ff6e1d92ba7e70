//! What was found about a file, as the window and the command line tell it.

use cairn_proof::Reason;
use cairn_proof::packet::Provenance;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wallet::sources::SourceKind;

/// The verdict on one file with everything it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Report {
    /// The file's name, safe to show.
    pub file: String,
    /// What the credential calls itself, safe to show.
    pub name: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// What to do next, in one English sentence.
    pub next: String,
    /// The reason as a code with parameters, for whoever words it in another language.
    pub detail: Detail,
    /// Who signed it, as far as the file says.
    pub issuer: Option<Signer>,
    /// Each proof.
    pub proofs: Vec<Proof>,
    /// The names of what was changed, is missing or was added, safe to show.
    pub changed: Vec<String>,
    /// Each part of the check, for whoever wants to see it.
    pub checks: Vec<PartCheck>,
    /// The same on each credential within, where it holds several.
    pub inside: Vec<Report>,
    /// The documents that the verdict rests on.
    pub used: Vec<UsedMaterial>,
    /// Each line of the résumé with what backs it, where a packet carries one and holds itself.
    pub lines: Vec<BackedLine>,
    /// What the packet around it says was found about it earlier: the word of whoever made the packet.
    pub recorded: Option<RecordedVerdict>,
    /// The instant that dates were compared with (RFC 3339, UTC).
    pub checked_at: String,
}

impl Report {
    /// How many credentials within do not hold, at any depth: what is around them may be as it was signed all the same.
    pub fn broken_inside(&self) -> usize {
        let broken = |one: &Report| usize::from(matches!(one.verdict, Verdict::Invalid | Verdict::Revoked)) + one.broken_inside();
        self.inside.iter().map(broken).sum()
    }
}

/// What was once found about a credential, as the packet that carries it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct RecordedVerdict {
    /// What was found.
    pub verdict: Verdict,
    /// When (RFC 3339, UTC).
    pub checked_at: String,
}

/// A line of a résumé and what backs it, safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct BackedLine {
    /// What the line says.
    pub text: String,
    /// Who signed for it.
    pub provenance: SourceKind,
    /// Who that is, where somebody else or a credential says so.
    pub by: Option<String>,
    /// The credential in the packet that backs it; nothing where the packet's own signature is all there is.
    pub file: Option<String>,
    /// What that credential itself calls what backs the line, where somebody else issued it.
    pub signed: Option<String>,
    /// The parts of the line that the credential does not say: the learner's own words.
    pub own: Vec<String>,
    /// The verdict on what backs it; nothing where nobody signed.
    pub verdict: Option<Verdict>,
    /// Whether that verdict rests on a copy of the issuer's keys that only the packet brought.
    pub by_copy: bool,
}

/// One part of a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PartCheck {
    /// Which part: `proof`, `co-signature`, `key`, `dates`, `status`, `schema`, `identity`, `evidence`.
    pub part: String,
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// What to do next, in one English sentence.
    pub next: String,
    /// The reason as a code with parameters.
    pub detail: Detail,
}

/// A document that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct UsedMaterial {
    /// What it is, in kebab case.
    pub kind: String,
    /// The URL or DID it answers for.
    pub url: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whether it came along with what was checked, in a packet: whoever made that chose it.
    #[serde(default)]
    pub enclosed: bool,
}

/// What verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every check passed.
    Valid,
    /// Something was changed, or was never right.
    Invalid,
    /// The dates have passed.
    Expired,
    /// The issuer took it back.
    Revoked,
    /// The dates begin later.
    NotYetValid,
    /// Some check cannot be made here; nothing failed.
    CannotCheck,
}

/// A reason as a code with parameters.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Detail {
    /// The reason, in kebab case.
    pub code: String,
    /// With what.
    #[ts(type = "Record<string, unknown>")]
    pub params: Value,
}

/// Who signed, as the file says; anybody can write any name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Signer {
    /// A DID or URL.
    pub id: String,
    /// The name beside it.
    pub name: Option<String>,
}

/// What was found about one proof.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Proof {
    /// The cryptosuite, or the proof's type where it has none.
    pub suite: String,
    /// The key that the proof names.
    pub verification_method: Option<String>,
    /// When the proof says it was made.
    pub created: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
}

impl From<cairn_proof::Report> for Report {
    fn from(report: cairn_proof::Report) -> Self {
        let proof = |proof: cairn_proof::ProofReport| Proof {
            suite: proof.suite,
            verification_method: proof.verification_method,
            created: proof.created,
            verdict: proof.reason.verdict().into(),
            reason: proof.reason.sentence(),
        };
        Report {
            verdict: report.verdict().into(),
            reason: report.reason.sentence(),
            next: report.reason.next().to_owned(),
            detail: Detail::of(&report.reason),
            file: report.file,
            name: report.name,
            issuer: report.issuer.map(|issuer| Signer { id: issuer.id, name: issuer.name }),
            proofs: report.proofs.into_iter().map(proof).collect(),
            changed: report.changed,
            checks: report.checks.into_iter().map(PartCheck::from).collect(),
            inside: report.inside.into_iter().map(Report::from).collect(),
            used: report.used.into_iter().map(UsedMaterial::from).collect(),
            lines: report.lines.into_iter().map(BackedLine::from).collect(),
            recorded: report.recorded.map(|it| RecordedVerdict { verdict: it.verdict.into(), checked_at: it.checked_at }),
            checked_at: report.checked_at,
        }
    }
}

impl From<cairn_proof::LineReport> for BackedLine {
    fn from(line: cairn_proof::LineReport) -> Self {
        let provenance = match line.provenance {
            Provenance::IssuerSigned => SourceKind::IssuerSigned,
            Provenance::SelfSigned => SourceKind::SelfSigned,
            Provenance::Unsigned => SourceKind::Unsigned,
        };
        BackedLine {
            text: line.text,
            provenance,
            by: line.by,
            file: line.file,
            signed: line.signed,
            own: line.own,
            verdict: line.verdict.map(Verdict::from),
            by_copy: line.by_copy,
        }
    }
}

impl From<cairn_proof::Check> for PartCheck {
    fn from(check: cairn_proof::Check) -> Self {
        PartCheck {
            part: kebab(&check.part),
            verdict: check.reason.verdict().into(),
            reason: check.reason.sentence(),
            next: check.reason.next().to_owned(),
            detail: Detail::of(&check.reason),
        }
    }
}

impl From<cairn_proof::Used> for UsedMaterial {
    fn from(used: cairn_proof::Used) -> Self {
        UsedMaterial { kind: kebab(&used.kind), url: used.url, sha256: used.sha256, enclosed: used.enclosed }
    }
}

/// The kebab-case name that serde gives a unit variant.
pub(crate) fn kebab(variant: &impl Serialize) -> String {
    serde_json::to_value(variant).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Verdict {
    /// Every verdict.
    const ALL: [Verdict; 6] =
        [Verdict::Valid, Verdict::Invalid, Verdict::Expired, Verdict::Revoked, Verdict::NotYetValid, Verdict::CannotCheck];

    /// Its name in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Valid => "valid",
            Verdict::Invalid => "invalid",
            Verdict::Expired => "expired",
            Verdict::Revoked => "revoked",
            Verdict::NotYetValid => "not-yet-valid",
            Verdict::CannotCheck => "cannot-check",
        }
    }

    /// The verdict with this name.
    pub fn named(name: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

impl Detail {
    fn of(reason: &Reason) -> Detail {
        let told = serde_json::to_value(reason).unwrap_or_default();
        let code = told.get("code").and_then(Value::as_str).unwrap_or_default().to_owned();
        let params = told.get("params").filter(|params| params.is_object()).cloned().unwrap_or_else(|| Value::Object(Default::default()));
        Detail { code, params }
    }
}

impl From<Verdict> for cairn_proof::Verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Valid => Self::Valid,
            Verdict::Invalid => Self::Invalid,
            Verdict::Expired => Self::Expired,
            Verdict::Revoked => Self::Revoked,
            Verdict::NotYetValid => Self::NotYetValid,
            Verdict::CannotCheck => Self::CannotCheck,
        }
    }
}

impl From<cairn_proof::Verdict> for Verdict {
    fn from(verdict: cairn_proof::Verdict) -> Self {
        match verdict {
            cairn_proof::Verdict::Valid => Verdict::Valid,
            cairn_proof::Verdict::Invalid => Verdict::Invalid,
            cairn_proof::Verdict::Expired => Verdict::Expired,
            cairn_proof::Verdict::Revoked => Verdict::Revoked,
            cairn_proof::Verdict::NotYetValid => Verdict::NotYetValid,
            cairn_proof::Verdict::CannotCheck => Verdict::CannotCheck,
        }
    }
}
