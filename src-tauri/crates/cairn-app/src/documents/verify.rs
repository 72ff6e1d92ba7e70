//! The verdict on a packet or credential from anywhere. Nothing is fetched and nothing is written.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use cairn_domain::text::shown_safely;
use cairn_proof::{Materials, Reason, VerifyError};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::work::Progress;
use crate::{AppError, Result};

/// The verdict on one file with everything it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Report {
    /// The file's name, safe to show.
    pub file: String,
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
    /// The instant that dates were compared with (RFC 3339, UTC).
    pub checked_at: String,
}

/// What verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
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
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Detail {
    /// The reason, in kebab case.
    pub code: String,
    /// With what.
    #[ts(type = "Record<string, unknown>")]
    pub params: Value,
}

/// Who signed, as the file says; anybody can write any name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
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

/// The verdict on the file at `path`, read as a stream. Dates are compared with `at`. It needs no vault.
///
/// # Errors
/// `file-missing`, `not-a-file`, `file-failed`, or `cancelled`. A file that is not as it should be is no error: that
/// is what the report says.
pub fn verify_file(path: &Path, at: DateTime<Utc>, progress: &mut Progress<'_>) -> Result<Report> {
    let told = path.display().to_string();
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => AppError::new("file-missing", format!("{told} does not exist.")).with("path", told.clone()),
        _ => AppError::new("file-failed", format!("Could not read {told}: {error}."))
            .with("doing", "read")
            .with("path", told.clone())
            .with("detail", error.to_string()),
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(AppError::new("not-a-file", format!("{told} is a folder or a device, not a file.")).with("path", told));
    }
    let file = BufReader::new(File::open(path).map_err(unreadable)?);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    judge(&name, file, at, progress).map_err(|error| refused(error, unreadable))
}

/// The verdict on bytes at hand, as [`verify_file`].
///
/// # Errors
/// As [`verify_file`].
pub fn verify_bytes(name: &str, bytes: &[u8], at: DateTime<Utc>) -> Result<Report> {
    let unreadable =
        |error: io::Error| AppError::new("file-failed", format!("Could not read it: {error}.")).with("detail", error.to_string());
    judge(name, Cursor::new(bytes), at, &mut crate::work::unwatched()).map_err(|error| refused(error, unreadable))
}

fn judge(name: &str, source: impl Read + Seek, at: DateTime<Utc>, progress: &mut Progress<'_>) -> Result<Report, VerifyError> {
    let mut step = |now: cairn_proof::packet::Progress<'_>| {
        if progress(now.done, now.total.unwrap_or(0)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    Ok(Report::from(cairn_proof::verify(&shown_safely(name), source, &Materials::new(), at, &mut step)?))
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
            issuer: report.issuer.map(|issuer| Signer { id: issuer.id, name: issuer.name }),
            proofs: report.proofs.into_iter().map(proof).collect(),
            changed: report.changed,
            checked_at: report.checked_at,
        }
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
