//! The verdict on a packet or credential from anywhere. Nothing is fetched and nothing is written.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use cairn_domain::text::shown_safely;
use cairn_proof::packet::Provenance;
use cairn_proof::{Material, Materials, Reason, VerifyError};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wallet::sources::SourceKind;
use crate::work::Progress;
use crate::{App, AppError, Result};

/// The largest key document or status list, in bytes.
const LARGEST_MATERIAL: u64 = 16 << 20;

/// Why a bare key is no use, as half a sentence.
pub(crate) const NAMELESS: &str = "it does not say whose keys it holds: ask the issuer for the document that names its own address";

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

/// Documents given for a check: issuers' key documents and status lists.
#[derive(Debug, Default)]
pub struct Given(pub(crate) Materials);

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

impl Given {
    /// Adds the key document of an issuer (a DID document, or the issuer's own profile) from a file.
    ///
    /// # Errors
    /// `file-missing`, `not-a-file`, `file-failed`, `material-too-large`; `not-a-material` for any other file, and for keys that
    /// do not say whose they are.
    pub fn key_document(&mut self, path: &Path) -> Result<()> {
        self.add(path)
    }

    /// Adds a status list from a file.
    ///
    /// # Errors
    /// As [`Given::key_document`].
    pub fn status_list(&mut self, path: &Path) -> Result<()> {
        self.add(path)
    }

    /// What a file is and what it answers for stands in the document itself.
    fn add(&mut self, path: &Path) -> Result<()> {
        let mut bytes = Vec::new();
        let (file, seen) = readable(path)?;
        file.take(LARGEST_MATERIAL + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
        if bytes.len() as u64 > LARGEST_MATERIAL {
            let told = path.display().to_string();
            let message = format!("{told} is larger than {} MiB, the most a key document or status list may have.", LARGEST_MATERIAL >> 20);
            return Err(AppError::new("material-too-large", message).with("path", told).with("most", LARGEST_MATERIAL));
        }
        let refused = |detail: &str| {
            let told = path.display().to_string();
            let message = format!("{told} cannot be checked with: {detail}. Nothing was checked.");
            Err(AppError::new("not-a-material", message).with("path", told).with("detail", detail))
        };
        match Material::from_bytes(bytes, seen) {
            Err(error) => refused(&error.to_string()),
            Ok(material) if material.url.is_empty() => refused(NAMELESS),
            Ok(material) => {
                self.0.add(material);
                Ok(())
            }
        }
    }
}

/// The verdict on the file at `path`, read as a stream. Dates are compared with `at`. It needs no vault: issuers' keys and
/// status lists are those `given`.
///
/// # Errors
/// `file-missing`, `not-a-file`, `file-failed`, or `cancelled`. A file that is not as it should be is no error: that
/// is what the report says.
pub fn verify_file(path: &Path, given: &Given, at: DateTime<Utc>, progress: &mut Progress<'_>) -> Result<Report> {
    let (file, _) = readable(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    judge(&name, BufReader::new(file), &given.0, at, progress).map_err(|error| refused(error, |error| unreadable(path, &error)))
}

/// The verdict on bytes at hand, as [`verify_file`].
///
/// # Errors
/// As [`verify_file`].
pub fn verify_bytes(name: &str, bytes: &[u8], given: &Given, at: DateTime<Utc>) -> Result<Report> {
    let unreadable =
        |error: io::Error| AppError::new("file-failed", format!("Could not read it: {error}.")).with("detail", error.to_string());
    judge(name, Cursor::new(bytes), &given.0, at, &mut crate::work::unwatched()).map_err(|error| refused(error, unreadable))
}

impl App {
    /// The key documents and status lists that the vault keeps, to check a file from elsewhere with.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn kept_materials(&self) -> Result<Given> {
        Ok(Given(self.at_hand(None)?.materials))
    }
}

/// A file opened for reading, and when it was last written.
pub(crate) fn readable(path: &Path) -> Result<(File, DateTime<Utc>)> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_file() {
        return Err(cairn_vault::VaultError::NotAFile(path.to_owned()).into());
    }
    let written = metadata.modified().map_or_else(|_| Utc::now(), DateTime::<Utc>::from);
    Ok((File::open(path).map_err(|error| unreadable(path, &error))?, written))
}

pub(crate) fn unreadable(path: &Path, error: &io::Error) -> AppError {
    let told = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound => AppError::new("file-missing", format!("{told} does not exist.")).with("path", told),
        _ => AppError::new("file-failed", format!("Could not read {told}: {error}."))
            .with("doing", "read")
            .with("path", told)
            .with("detail", error.to_string()),
    }
}

fn judge(
    name: &str,
    source: impl Read + Seek,
    given: &Materials,
    at: DateTime<Utc>,
    progress: &mut Progress<'_>,
) -> Result<Report, VerifyError> {
    let mut step = |now: cairn_proof::packet::Progress<'_>| {
        if progress(now.done, now.total.unwrap_or(0)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    Ok(Report::from(cairn_proof::verify(&shown_safely(name), source, given, at, &mut step)?))
}

fn refused(error: VerifyError, unreadable: impl FnOnce(io::Error) -> AppError) -> AppError {
    match error {
        VerifyError::Read(error) => unreadable(error),
        VerifyError::Cancelled => AppError::new("cancelled", "Cancelled. Nothing was changed."),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_key_document_or_status_list_is_refused_by_name() {
        let home = tempfile::tempdir().unwrap();
        let given = |text: &str| {
            let path = home.path().join("given.json");
            fs::write(&path, text).unwrap();
            (Given::default().key_document(&path), Given::default().status_list(&path))
        };
        for (text, why) in [
            ("{\"hello\":1}", "it holds no keys, no list"),
            ("keys", "not JSON"),
            ("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"1\"}]}", "does not say whose keys it holds"),
        ] {
            let (keys, list) = given(text);
            for error in [keys.unwrap_err(), list.unwrap_err()] {
                assert_eq!(error.code, "not-a-material");
                assert!(error.message.contains(why) && error.message.contains("given.json"), "{}", error.message);
            }
        }
        assert!(given("{\"id\":\"did:web:a.example\",\"assertionMethod\":[]}").0.is_ok());
    }

    /// The words that documents put around dates and skills say nothing of what was signed; the verifier has to know them all.
    #[test]
    fn every_language_of_a_document_is_known_to_whoever_checks_its_lines() {
        let known: Value = serde_json::from_str(include_str!("../../../cairn-proof/verify-page/src/line-words.json")).unwrap();
        let has = |list: &str, words: &str| known[list].as_array().unwrap().iter().any(|known| known == words.replace("{}", "").trim());
        for words in crate::documents::words::Words::all() {
            assert!([words.present, words.expired, words.valid_until].iter().all(|text| has("dates", text)), "{}", words.language);
            assert!(words.skill_sorts.iter().all(|text| has("labels", text)), "{}", words.language);
        }
    }

    #[test]
    fn names_and_sentences_hide_the_same_characters() {
        for c in ('\0'..=char::MAX).filter(|c| !matches!(c, '\u{200c}' | '\u{200d}')) {
            let text = c.to_string();
            assert_eq!(shown_safely(&text), cairn_proof::shown(&text), "U+{:04X}", u32::from(c));
        }
    }
}
