//! Which documents there are, and in which formats.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::AppError;

/// A document that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// The résumé.
    Resume,
    /// The résumé with the signed packet inside that backs it.
    ResumeWithPacket,
    /// What goes into LinkedIn, field by field.
    #[serde(rename = "linkedin")]
    LinkedIn,
    /// The résumé as JSON Resume.
    JsonResume,
    /// The signed claims with the résumé and the evidence.
    Packet,
    /// Credentials as cards for the wallet.
    Cards,
    /// Study blocks, deadlines, renewals and milestones of the whole vault.
    Calendar,
    /// Everything signed, as one Comprehensive Learner Record.
    Clr,
}

/// What an exported file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// PDF; the résumé as PDF/A-3a and PDF/UA-1 with its JSON Resume inside.
    Pdf,
    /// Plain text, UTF-8.
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// JSON.
    Json,
    /// Cairn's packet.
    Cairn,
    /// iCalendar (RFC 5545).
    Ics,
}

/// A résumé as text, to be read or copied in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TextFormat {
    /// Plain text.
    Text,
    /// Markdown (CommonMark).
    Markdown,
    /// JSON Resume.
    JsonResume,
}

impl DocumentKind {
    /// Every document.
    pub const ALL: &'static [DocumentKind] = &[
        DocumentKind::Resume,
        DocumentKind::ResumeWithPacket,
        DocumentKind::LinkedIn,
        DocumentKind::JsonResume,
        DocumentKind::Packet,
        DocumentKind::Cards,
        DocumentKind::Calendar,
        DocumentKind::Clr,
    ];

    /// The formats it comes in, the usual one first.
    pub const fn formats(self) -> &'static [Format] {
        match self {
            DocumentKind::Resume => &[Format::Pdf, Format::Text, Format::Markdown, Format::Json],
            DocumentKind::LinkedIn => &[Format::Text],
            DocumentKind::JsonResume | DocumentKind::Clr => &[Format::Json],
            DocumentKind::Packet => &[Format::Cairn],
            DocumentKind::Cards | DocumentKind::ResumeWithPacket => &[Format::Pdf],
            DocumentKind::Calendar => &[Format::Ics],
        }
    }

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentKind::Resume => "resume",
            DocumentKind::ResumeWithPacket => "resume-with-packet",
            DocumentKind::LinkedIn => "linkedin",
            DocumentKind::JsonResume => "json-resume",
            DocumentKind::Packet => "packet",
            DocumentKind::Cards => "cards",
            DocumentKind::Calendar => "calendar",
            DocumentKind::Clr => "clr",
        }
    }

    /// Refuses a format that it does not come in.
    pub(crate) fn comes_in(self, format: Format) -> Result<(), AppError> {
        if self.formats().contains(&format) {
            return Ok(());
        }
        let formats: Vec<&str> = self.formats().iter().map(|format| format.name()).collect();
        let message = format!("There is no {self} as {format}; it comes as {}.", formats.join(", "));
        Err(AppError::new("no-such-format", message).with("document", self.name()).with("format", format.name()).with("formats", formats))
    }
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Format] = &[Format::Pdf, Format::Text, Format::Markdown, Format::Json, Format::Cairn, Format::Ics];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Json => "json",
            Format::Cairn => "cairn",
            Format::Ics => "ics",
        }
    }

    /// How its files' names end.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Json => "json",
            Format::Cairn => "cairn",
            Format::Ics => "ics",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DocumentKind {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        let found = DocumentKind::ALL.iter().copied().find(|kind| kind.name() == text);
        found.ok_or_else(|| {
            let known: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.name()).collect();
            AppError::new("no-such-document", format!("There is no document “{text}”; there is {}.", known.join(", ")))
                .with("document", text)
        })
    }
}

impl FromStr for Format {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        let found = Format::ALL.iter().copied().find(|format| format.name() == text || format.extension() == text);
        found.ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            AppError::new("no-such-format", format!("There is no format “{text}”; there is {}.", known.join(", "))).with("format", text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_serde_and_come_back() {
        for kind in DocumentKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(kind.name().parse::<DocumentKind>().unwrap(), *kind);
        }
        for format in Format::ALL {
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
            assert_eq!(format.extension().parse::<Format>().unwrap(), *format);
        }
    }
}
