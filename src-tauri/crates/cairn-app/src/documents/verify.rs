//! The verdict on a packet or credential from anywhere. Nothing is fetched and nothing is written.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use cairn_domain::text::shown_safely;
use cairn_proof::{Material, Materials, VerifyError};
use chrono::{DateTime, Utc};

use super::report::Report;
use crate::work::Progress;
use crate::{App, AppError, Result};

/// The largest key document or status list, in bytes.
const LARGEST_MATERIAL: u64 = 16 << 20;

/// Why a bare key is no use, as half a sentence.
pub(crate) const NAMELESS: &str = "it does not say whose keys it holds: ask the issuer for the document that names its own address";

/// Documents given for a check: issuers' key documents and status lists.
#[derive(Debug, Default)]
pub struct Given(pub(crate) Materials);

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
        let known: serde_json::Value = serde_json::from_str(include_str!("../../../cairn-proof/verify-page/src/line-words.json")).unwrap();
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
