//! What a file is, by what is in it; its name counts only where the content leaves it open.

use std::fmt;

use crate::json_resume::{EXTENSION, SECTION_NAMES};

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// A JSON Resume: [`crate::json_resume::read`] imports it, or says what is wrong with it.
    JsonResume,
    /// A `.cairn` packet.
    Packet,
    /// A verifiable credential or badge: W3C Verifiable Credential, Open Badge, or a JWT that may hold one.
    VerifiableCredential,
    /// LinkedIn's archive of one's own data.
    LinkedInArchive,
    /// Something else; the sentence says what it looks like.
    Unknown(String),
}

impl Format {
    /// Its name in kebab case.
    pub fn name(&self) -> &'static str {
        match self {
            Format::JsonResume => "json-resume",
            Format::Packet => "packet",
            Format::VerifiableCredential => "verifiable-credential",
            Format::LinkedInArchive => "linkedin-archive",
            Format::Unknown(_) => "unknown",
        }
    }

    /// Why it cannot be imported, in a sentence or two; `None` where it can.
    pub fn refusal(&self) -> Option<String> {
        Some(match self {
            Format::JsonResume => return None,
            Format::Packet => "This is a Cairn packet: it is checked with “verify”, not imported.".into(),
            Format::VerifiableCredential => {
                format!("This calls itself linked data or a token, but there is no credential in it. {IMPORTS}")
            }
            Format::LinkedInArchive => format!("This is a LinkedIn archive, which Cairn cannot read. {IMPORTS}"),
            Format::Unknown(what) => what.clone(),
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What can be imported, as every refusal ends.
const IMPORTS: &str =
    "Cairn imports JSON Resume, credentials and badges (JSON, JWT, baked PNG and SVG, ZIP), and issuers' key documents and status lists.";

/// The type of a request for an endorsement, as “Ask for an endorsement” writes it (`cairn_proof::issue`).
const ENDORSEMENT_REQUEST: &str = "CairnEndorsementRequest";

/// How much of an archive's end is searched for the names in it (the central directory stands there).
const DIRECTORY_BYTES: usize = 1024 * 1024;

/// How much of a text's start is searched for what it calls itself.
const HEAD_BYTES: usize = 64 * 1024;

/// Says what `bytes`, from a file called `name`, are.
pub fn detect(name: &str, bytes: &[u8]) -> Format {
    let unknown = |what: &str| Format::Unknown(format!("{what} {IMPORTS}"));
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match start {
        [] => unknown("The file is empty."),
        [b'P', b'K', 3, 4, ..] => archive(name, bytes),
        [b'{' | b'[', ..] => json(bytes),
        [b'%', b'P', b'D', b'F', ..] => unknown("This is a PDF, which cannot be read back reliably."),
        [0x89, b'P', b'N', b'G', ..] => unknown("This is a picture without a badge in it."),
        [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => unknown("This is a picture of a kind that holds no badge."),
        _ if start.starts_with(b"eyJ") && start.iter().filter(|byte| **byte == b'.').count() >= 2 => Format::VerifiableCredential,
        _ if contains(&start[..start.len().min(HEAD_BYTES)], b"europass") => unknown("This is a Europass CV."),
        [b'<', ..] => unknown("This is HTML, XML or SVG without a badge in it."),
        _ if std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) => Format::JsonResume,
        _ => unknown("This is none of the formats Cairn knows."),
    }
}

fn json(bytes: &[u8]) -> Format {
    // What is not even JSON is for the reader to refuse: it names line and column.
    let Ok(value) = crate::json::parse(bytes) else { return Format::JsonResume };
    if value.get("@context").is_some() {
        return Format::VerifiableCredential;
    }
    if value.get("type").is_some_and(|kind| kind == ENDORSEMENT_REQUEST) {
        let how = "answer it in Settings, under “Signing key”, or with “cairn endorse”.";
        return Format::Unknown(format!("This asks you for an endorsement: {how}"));
    }
    let has = |name: &str| value.get(name).is_some();
    let schema = value.get("$schema").and_then(|schema| schema.as_str()).is_some_and(|schema| schema.contains("resume"));
    if schema || has(EXTENSION) || SECTION_NAMES.iter().any(|name| has(name)) {
        Format::JsonResume
    } else {
        Format::Unknown(format!(
            "This is JSON, but no credential and none of the sections of a JSON Resume (basics, work, education and so on). {IMPORTS}"
        ))
    }
}

fn archive(name: &str, bytes: &[u8]) -> Format {
    let directory = &bytes[bytes.len().saturating_sub(DIRECTORY_BYTES)..];
    let holds = |name: &str| contains(directory, name.as_bytes());
    if holds("manifest.json") && (holds("resume.json") || name.to_lowercase().ends_with(".cairn")) {
        Format::Packet
    } else if ["Profile.csv", "Positions.csv", "Connections.csv"].iter().any(|table| holds(table)) {
        Format::LinkedInArchive
    } else if holds("word/document.xml") {
        Format::Unknown(format!("This is a Word document, which cannot be read back reliably. {IMPORTS}"))
    } else {
        Format::Unknown(format!("This is an archive without a credential in it. {IMPORTS}"))
    }
}

/// Whether `needle` stands in `hay`, whatever the case of ASCII letters.
fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(name: &str, bytes: &[u8]) -> &'static str {
        detect(name, bytes).name()
    }

    #[test]
    fn content_counts_before_the_name() {
        assert_eq!(name_of("x.txt", br#"{"basics": {}}"#), "json-resume");
        assert_eq!(name_of("resume.json", br#"{"@context": ["https://www.w3.org/ns/credentials/v2"]}"#), "verifiable-credential");
        assert_eq!(name_of("x", b"eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2ln"), "verifiable-credential");
        assert_eq!(name_of("resume.json", b"PK\x03\x04....Profile.csv"), "linkedin-archive");
        assert_eq!(name_of("x.cairn", b"PK\x03\x04....manifest.json"), "packet");
        assert_eq!(name_of("resume.json", b"%PDF-1.7"), "unknown");
    }

    #[test]
    fn broken_json_is_left_to_the_reader_that_can_say_where() {
        assert_eq!(name_of("resume.json", b"{\"basics\": "), "json-resume");
        assert_eq!(name_of("resume.json", b"basics: name"), "json-resume");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(name in ".{0,8}", bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..64)) {
            let _ = detect(&name, &bytes);
        }
    }

    #[test]
    fn every_refusal_says_what_it_is_and_what_would_do() {
        for bytes in [&b""[..], b"PK\x03\x04", b"%PDF", b"<html>", b"[1]", b"hello", b"\x89PNG"] {
            let refusal = detect("file", bytes).refusal().unwrap();
            assert!(refusal.contains("JSON Resume") && refusal.contains("badges") && refusal.ends_with('.'), "{refusal}");
        }
        assert_eq!(detect("file", b"{\"work\": []}").refusal(), None);
    }
}
