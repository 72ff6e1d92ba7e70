//! Any file to a report: what it is by its first bytes, then the check that fits.

use crate::json::{self, JsonError};
use crate::packet::{self, Progress};
use crate::reason::Reason;
use crate::report::Report;
use crate::{VerifyError, credential};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Verifies a file of any kind at the instant `now`: a packet, a credential as JSON, or a report that says what else it is.
/// Reads as a stream, writes nothing, touches no network. `file` is the name to report.
pub fn verify<R: Read + Seek>(
    file: &str,
    mut reader: R,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Report, VerifyError> {
    let mut head = Vec::with_capacity(512);
    reader.seek(SeekFrom::Start(0))?;
    reader.by_ref().take(512).read_to_end(&mut head)?;
    reader.seek(SeekFrom::Start(0))?;
    if head.starts_with(b"PK") {
        return packet::verify(file, reader, now, progress);
    }
    if let Some(what) = foreign(&head) {
        return Ok(Report::new(file, Reason::NotACredential { what: what.into() }, now));
    }
    let mut bytes = Vec::new();
    reader.take(json::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(verify_json(file, &bytes, now))
}

/// Verifies bytes at hand; as [`verify`].
pub fn verify_bytes(file: &str, bytes: &[u8], now: DateTime<Utc>) -> Report {
    let never = |error: VerifyError| Report::new(file, Reason::DamagedArchive { fault: error.to_string() }, now);
    verify(file, Cursor::new(bytes), now, &mut |_| ControlFlow::Continue(())).unwrap_or_else(never)
}

fn verify_json(file: &str, bytes: &[u8], now: DateTime<Utc>) -> Report {
    let value = match json::parse(bytes) {
        Ok(value) => value,
        Err(error) => return Report::new(file, unreadable(&error, bytes), now),
    };
    let Value::Object(object) = value else {
        return Report::new(file, Reason::NotACredential { what: "JSON of another kind".into() }, now);
    };
    let checked = credential::check(&object, now);
    let mut report = Report::new(file, checked.reason, now);
    (report.issuer, report.proofs) = (checked.issuer, checked.proofs);
    report
}

/// Why JSON was refused: by what could hide a change, or merely as unreadable.
pub(crate) fn unreadable(error: &JsonError, bytes: &[u8]) -> Reason {
    let fault = error.to_string();
    match error {
        JsonError::Duplicate(_) | JsonError::Null(_) => Reason::AmbiguousJson { fault },
        JsonError::Syntax { .. } if !bytes.trim_ascii_start().starts_with(b"{") => {
            Reason::NotACredential { what: "a file of unknown kind".into() }
        }
        JsonError::Syntax { .. } | JsonError::TooLarge | JsonError::TooDeep | JsonError::Number(_) => Reason::UnreadableJson { fault },
    }
}

/// The kind of a file that is neither an archive nor JSON, by its first bytes.
fn foreign(head: &[u8]) -> Option<&'static str> {
    let text = head.trim_ascii_start();
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let jwt = |head: &[u8]| head.starts_with(b"eyJ") && head.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~=\r\n".contains(byte));
    match text {
        b"" => Some("an empty file"),
        _ if text.starts_with(b"\x89PNG\r\n\x1a\n") => Some("a PNG picture, perhaps a baked badge"),
        _ if text.starts_with(b"%PDF-") => Some("a PDF document"),
        _ if text.starts_with(b"<") => Some("an XML or SVG document, perhaps a baked badge"),
        _ if jwt(text) => Some("a credential as JWT"),
        _ => None,
    }
}
