//! What a résumé says: plain data, already selected, worded and formatted. Formats only lay it out.
//!
//! Every string is text, never markup: `#`, `*`, `<` and `\` mean themselves in every format. A line break in a
//! paragraph is kept; a blank line starts a new paragraph. Empty strings and lists are left out of the document, with
//! their punctuation.

use serde::{Deserialize, Serialize};

/// A résumé for one audience.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Resume {
    /// The language it is written in (BCP 47, such as `en`, `pt-BR`, `ar`). Empty means English. It sets the
    /// direction of the page and what screen readers speak.
    pub language: String,
    /// The sheet.
    pub paper: Paper,
    /// Full name: the first heading and the document's title.
    pub name: String,
    /// What the person is, in a line.
    pub headline: String,
    /// Place, telephone, mail and links, in reading order.
    pub contacts: Vec<Contact>,
    /// Heading over the summary, such as "Summary"; empty for none.
    pub summary_title: String,
    /// Who the person is, in a paragraph or two.
    pub summary: String,
    /// The body, in reading order.
    pub sections: Vec<Section>,
}

/// Sheet sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 × 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
}

/// One way to reach the person.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Word before the text, such as "GitHub"; empty for none.
    pub label: String,
    /// What is read: an address, a number, a name.
    pub text: String,
    /// Where it leads (`mailto:`, `tel:`, `https:`); empty for none.
    pub url: String,
}

/// A part of the body under one heading: entries first, then lines.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// What it holds, which decides how it is laid out.
    pub kind: SectionKind,
    /// What is told one by one.
    pub entries: Vec<Entry>,
    /// What is listed: skills, languages, interests.
    pub lines: Vec<Line>,
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Positions held.
    Work,
    /// Courses of study.
    Education,
    /// Projects.
    Projects,
    /// Unpaid work.
    Volunteering,
    /// Badges, certificates, licences.
    Credentials,
    /// Awards.
    Awards,
    /// Publications.
    Publications,
    /// STAR stories and other achievements.
    Stories,
    /// Skills, as lines.
    Skills,
    /// Languages, as lines.
    Languages,
    /// Interests, as lines.
    Interests,
    /// People who speak for the person.
    References,
    /// Anything else.
    #[default]
    Other,
}

impl SectionKind {
    /// Whether an entry keeps title, organisation and dates on one line: what people list rather than tell.
    pub fn compact(self) -> bool {
        matches!(self, Self::Credentials | Self::Awards | Self::Publications)
    }
}

/// One thing told: a position, a course, a credential.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// The record behind it, so that a place on the page leads back to it; never printed.
    pub id: String,
    /// Position, degree, name.
    pub title: String,
    /// Where the title leads; empty for none.
    pub url: String,
    /// Employer, school, issuer.
    pub organisation: String,
    /// Where.
    pub place: String,
    /// When, in words of the résumé's language ("Mar 2021 – present").
    pub dates: String,
    /// What it was, in a paragraph or two.
    pub summary: String,
    /// What came of it, a line each.
    pub highlights: Vec<String>,
    /// What it used or covers, in a row under it.
    pub tags: Vec<String>,
    /// Small print: a credential's number, how a line is backed.
    pub note: String,
}

/// One listed row: `label: item, item, item`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// The record behind it; never printed.
    pub id: String,
    /// What the items have in common; empty for none. Rows without a label run on in one row.
    pub label: String,
    /// The items, each already whole ("Greek (native)").
    pub items: Vec<String>,
}
