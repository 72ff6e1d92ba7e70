//! Names inside a packet, and the addresses that claims use for them.

use super::MANIFEST;
use crate::text::misleads;
use std::fmt;
use uuid::Uuid;

/// Longest name in a packet, in bytes.
const LONGEST: usize = 240;
/// Longest stem that is kept of a learner's file name, in characters; what is shortened keeps its extension.
const LONGEST_KEPT: usize = 60;

/// A name in a packet: relative, with `/` between folders, and harmless on every system that unpacks it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryName(String);

/// Why a name may not stand in a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, or longer than 240 bytes.
    #[error("the name is empty or too long")]
    Length,
    /// Absolute, with `..`, or with an empty part.
    #[error("the name leads out of its folder")]
    Path,
    /// A character that some system cannot store or that misleads the reader.
    #[error("the name holds a character that is not safe in file names")]
    Character,
}

impl EntryName {
    /// Checks a name.
    pub fn new(name: &str) -> Result<Self, NameError> {
        if name.is_empty() || name.len() > LONGEST {
            return Err(NameError::Length);
        }
        if name.chars().any(|c| misleads(c) || "\\:*?\"<>|".contains(c)) {
            return Err(NameError::Character);
        }
        if name.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(NameError::Path);
        }
        Ok(Self(name.to_owned()))
    }

    /// The résumé as PDF.
    pub fn resume_pdf() -> Self {
        Self("resume.pdf".into())
    }

    /// The résumé as JSON Resume.
    pub fn resume_json() -> Self {
        Self("resume.json".into())
    }

    /// The page that checks the packet in a browser.
    pub fn verify_page() -> Self {
        Self("verify.html".into())
    }

    /// `evidence/<number>-<safe name>`: letters, digits, dots, dashes and underscores of the learner's own file name.
    pub fn evidence(number: usize, file_name: &str) -> Self {
        Self::numbered("evidence", &number.to_string(), file_name)
    }

    /// A name of the packet's own making.
    pub(super) fn fixed(name: &str) -> Self {
        Self(name.into())
    }

    /// `<folder>/<number>-<safe name>`.
    pub(super) fn numbered(folder: &str, number: &str, file_name: &str) -> Self {
        let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut safe = String::new();
        for c in last.chars().take(10 * LONGEST_KEPT) {
            match c {
                c if c.is_alphanumeric() || c == '_' || c == '.' => safe.push(c),
                _ if safe.ends_with('-') => {}
                _ => safe.push('-'),
            }
        }
        let safe = safe.trim_matches(['-', '.']);
        let (stem, extension) = safe.rsplit_once('.').unwrap_or((safe, ""));
        let stem = if stem.is_empty() { "file" } else { stem };
        let stem: String = stem.chars().take(LONGEST_KEPT).collect();
        let extension: String = extension.chars().take(12).collect();
        let dot = if extension.is_empty() { "" } else { "." };
        let mut name = format!("{folder}/{number}-{stem}{dot}{extension}");
        while name.len() > LONGEST {
            name.pop();
        }
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn is_manifest(&self) -> bool {
        // Systems that ignore case would let one overwrite the other when unpacked.
        self.0.eq_ignore_ascii_case(MANIFEST)
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identity of a packet, from which its credential's and its files' identifiers follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PacketId(pub Uuid);

impl PacketId {
    /// The credential's `id`, `urn:uuid:…` (RFC 9562 §4).
    pub fn credential(&self) -> String {
        format!("urn:uuid:{}", self.0)
    }

    /// Reads a credential's `id`.
    pub fn from_credential(id: &str) -> Option<Self> {
        let uuid = Uuid::parse_str(id.strip_prefix("urn:uuid:")?).ok()?;
        Some(Self(uuid)).filter(|packet| packet.credential() == id)
    }

    /// The identifier of a file in the packet, `arcp://uuid,…/evidence/1-photo.png`, for claims that point to it.
    pub fn resource(&self, name: &EntryName) -> String {
        let mut id = format!("arcp://uuid,{}/", self.0);
        for byte in name.as_str().bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => id.push(char::from(byte)),
                other => id.push_str(&format!("%{other:02X}")),
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_lead_out_or_mislead_are_refused() {
        for name in ["../x", "/etc/passwd", "a/../b", "a//b", "./a", "a/"] {
            assert_eq!(EntryName::new(name), Err(NameError::Path), "{name}");
        }
        for name in ["..\\x", "C:x", "a\nb", "a\u{202e}fdp.exe", "a\0"] {
            assert_eq!(EntryName::new(name), Err(NameError::Character), "{name:?}");
        }
        assert_eq!(EntryName::new(""), Err(NameError::Length));
        assert_eq!(EntryName::new(&"x".repeat(241)), Err(NameError::Length));
    }

    #[test]
    fn a_learners_file_name_is_kept_as_far_as_it_is_safe() {
        let name = |file: &str| EntryName::evidence(3, file).to_string();
        assert_eq!(name("Design review (final).pdf"), "evidence/3-Design-review-final-.pdf");
        assert_eq!(name("../../x"), "evidence/3-x");
        assert_eq!(name("C:\\Users\\a\\Zeugnis für Ada.PNG"), "evidence/3-Zeugnis-für-Ada.PNG");
        assert_eq!(name("証明書.pdf"), "evidence/3-証明書.pdf");
        assert_eq!(name("\u{202e}"), "evidence/3-file");
        assert_eq!(name(".gitignore"), "evidence/3-gitignore");
    }

    #[test]
    fn files_are_addressed_inside_their_packet() {
        let packet = PacketId(Uuid::nil());
        assert_eq!(PacketId::from_credential(&packet.credential()), Some(packet));
        let name = EntryName::new("evidence/1-ö b.png").unwrap();
        assert_eq!(packet.resource(&name), "arcp://uuid,00000000-0000-0000-0000-000000000000/evidence/1-%C3%B6%20b.png");
    }

    proptest! {
        #[test]
        fn every_evidence_name_is_one_that_packets_accept(file in any::<String>(), number in 0usize..100_000) {
            let name = EntryName::evidence(number, &file);
            prop_assert_eq!(EntryName::new(name.as_str()), Ok(name.clone()));
        }
    }
}
