//! Collections: records chosen, ordered and reworded for one audience. The records themselves stay as they are.

use serde::{Deserialize, Serialize};

use crate::check::{Problems, Rule};
use crate::id::RecordId;
use crate::kind::{Heading, Kind, Record};

/// A curated selection for one audience.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Collection {
    /// What it is called.
    pub title: String,
    /// Whom it is for.
    pub audience: String,
    /// The language of its documents (BCP 47).
    pub language: String,
    /// The paper of its documents.
    pub paper: Paper,
    /// A headline in place of the profile's.
    pub headline: String,
    /// A summary in place of the profile's.
    pub summary: String,
    /// The sections of the résumé, in order. A section that is not named follows the named ones.
    pub sections: Vec<SectionChoice>,
    /// The records in it, in order within their section. A new collection that leaves this out begins with every record that a
    /// document can show.
    pub entries: Vec<CollectionEntry>,
}

impl Default for Collection {
    fn default() -> Self {
        Collection {
            title: String::new(),
            audience: String::new(),
            language: "en".into(),
            paper: Paper::A4,
            headline: String::new(),
            summary: String::new(),
            sections: Vec::new(),
            entries: Vec::new(),
        }
    }
}

/// Paper sizes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 × 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// A section of a résumé and what the learner decided about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct SectionChoice {
    /// The kind of record it lists.
    pub kind: Kind,
    /// Whether it appears.
    #[serde(default = "yes")]
    pub shown: bool,
    /// A title in place of the usual one.
    #[serde(default)]
    pub title: String,
}

/// A record in a collection, with words of its own where they differ from the record's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct CollectionEntry {
    /// The record.
    pub record: RecordId,
    /// Whether it appears.
    #[serde(default = "yes")]
    pub shown: bool,
    /// A title in place of the record's; empty for the record's own.
    #[serde(default)]
    pub title: String,
    /// A summary in place of the record's; empty for the record's own.
    #[serde(default)]
    pub summary: String,
    /// Bullets in place of the record's; `None` for the record's own.
    #[serde(default)]
    pub highlights: Option<Vec<String>>,
}

fn yes() -> bool {
    true
}

impl Record for Collection {
    const KIND: Kind = Kind::Collection;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.line("/audience", &self.audience);
        problems.line("/headline", &self.headline);
        problems.text("/summary", &self.summary);
        if !is_language_tag(&self.language) {
            problems.add("/language", Rule::NotALanguage);
        }
        for (index, section) in self.sections.iter().enumerate() {
            problems.line(&format!("/sections/{index}/title"), &section.title);
        }
        for (index, entry) in self.entries.iter().enumerate() {
            problems.line(&format!("/entries/{index}/title"), &entry.title);
            problems.text(&format!("/entries/{index}/summary"), &entry.summary);
            problems.texts(&format!("/entries/{index}/highlights"), entry.highlights.as_deref().unwrap_or_default());
        }
    }

    fn heading(&self) -> Heading {
        Heading { title: self.title.clone(), subtitle: self.audience.clone(), ..Heading::default() }
    }
}

/// Whether a text has the form of a language tag (RFC 5646, section 2.1). The language itself is a code of ISO 639, of two letters or
/// three: longer ones are reserved, and a language's name is none.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let coded = parts.next().is_some_and(|code| (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphabetic()));
    coded && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
