//! Files that travel inside a PDF (PDF/A-3, ISO 19005-3 §6.8), each with what it is to the page.

use serde::Serialize;

/// A file inside a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its file name, such as `resume.json`. Each name stands once, and `view.json` is the page's own.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// What it is, for whoever lists the files.
    pub description: String,
    /// What it is to the page.
    pub relationship: Relationship,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What an attached file is to the page (`AFRelationship`, ISO 32000-2 §7.11.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relationship {
    /// The page was made from it.
    Source,
    /// What the page's claims rest on.
    Data,
    /// The same in another form.
    Alternative,
    /// More than the page says.
    Supplement,
}

impl Attached {
    /// The résumé as JSON Resume, from which the page was made.
    pub fn json_resume(bytes: Vec<u8>) -> Self {
        Self {
            name: "resume.json".into(),
            media_type: "application/json".into(),
            description: "JSON Resume".into(),
            relationship: Relationship::Source,
            bytes,
        }
    }

    /// The signed packet that backs the page. It cannot bind the PDF that carries it; it holds the page without it.
    pub fn packet(bytes: Vec<u8>) -> Self {
        Self {
            name: "packet.cairn".into(),
            media_type: "application/zip".into(),
            description: "Signed packet".into(),
            relationship: Relationship::Supplement,
            bytes,
        }
    }
}
