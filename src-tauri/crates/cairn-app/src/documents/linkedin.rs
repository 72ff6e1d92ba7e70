//! What goes into LinkedIn, field by field.

use cairn_document::linkedin as fields;
use cairn_document::linkedin::Limits;
use cairn_domain::{PartialDate, RecordId};
use serde::Serialize;

use super::resume_view::resume;
use crate::curation::selection::{Extent, Selection};
use crate::{App, Result};

/// Everything that goes into LinkedIn, each text beside its length.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LinkedIn {
    /// The line under the name.
    pub headline: Counted,
    /// The About text.
    pub about: Counted,
    /// Licences and certifications that are held, in the collection's order.
    pub certifications: Vec<LinkedInCertification>,
}

/// A text beside how long it is and may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Counted {
    /// The text.
    pub text: String,
    /// Its length in characters as people count them (extended grapheme clusters, UAX 29).
    pub graphemes: u32,
    /// Its length in UTF-16 units, which is what a web form counts.
    pub utf16: u32,
    /// How many UTF-16 units the field takes.
    pub limit: u32,
}

/// A credential as LinkedIn's form takes it.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct LinkedInCertification {
    /// The credential.
    pub id: RecordId,
    /// Name.
    pub name: Counted,
    /// Issuing organization.
    pub organisation: Counted,
    /// Issue date: a year, or a month of it.
    pub issued: Option<PartialDate>,
    /// Expiration date: a year, or a month of it.
    pub expires: Option<PartialDate>,
    /// Credential ID.
    pub credential_id: Counted,
    /// Credential URL.
    pub url: Counted,
    /// Skills.
    pub skills: Vec<String>,
    /// Opens LinkedIn's form with these fields.
    pub add_url: String,
}

impl App {
    /// What a collection puts into LinkedIn.
    ///
    /// # Errors
    /// `not-found`.
    pub fn linkedin(&self, collection: Option<RecordId>) -> Result<LinkedIn> {
        let selection = self.selection(collection, Extent::Resume)?;
        let view = resume(&selection, self.day());
        let limits = Limits::default();
        Ok(LinkedIn {
            headline: fields::headline(&view, &limits).into(),
            about: fields::about(&view, &limits).into(),
            certifications: certifications(&selection, &limits),
        })
    }
}

/// The credentials that are held, with the names of those skills that the collection shows.
fn certifications(selection: &Selection, limits: &Limits) -> Vec<LinkedInCertification> {
    let held = selection.credentials().filter(|(_, credential)| credential.held());
    let filled = held.map(|(chosen, credential)| {
        let backed = |id: RecordId| credential.skills.iter().any(|skill| skill.0 == id);
        let skills = selection.skills().filter(|(skill, _)| backed(skill.id)).map(|(_, skill)| skill.name.clone());
        let it = fields::Certification {
            id: chosen.id.to_string(),
            name: credential.title.clone(),
            organisation: credential.issuer.clone(),
            issued: credential.issued.map(month),
            expires: credential.expires.map(month),
            credential_id: credential.number().to_owned(),
            url: credential.url.clone(),
            skills: skills.collect(),
        };
        let filled = fields::certification(&it, limits);
        LinkedInCertification {
            id: chosen.id,
            name: filled.name.into(),
            organisation: filled.organisation.into(),
            issued: filled.issued.and_then(date),
            expires: filled.expires.and_then(date),
            credential_id: filled.credential_id.into(),
            url: filled.url.into(),
            skills: filled.skills,
            add_url: filled.add_url,
        }
    });
    filled.collect()
}

fn month(date: PartialDate) -> fields::YearMonth {
    fields::YearMonth { year: date.year(), month: date.month().and_then(|month| u8::try_from(month).ok()) }
}

fn date(at: fields::YearMonth) -> Option<PartialDate> {
    let text = at.month.map_or_else(|| at.year.to_string(), |month| format!("{}-{month:02}", at.year));
    text.parse().ok()
}

impl From<fields::Counted> for Counted {
    fn from(counted: fields::Counted) -> Self {
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Counted { graphemes: whole(counted.graphemes), utf16: whole(counted.utf16), limit: whole(counted.limit), text: counted.text }
    }
}

/// All fields one below the other, to copy from.
pub(super) fn as_text(linkedin: &LinkedIn) -> String {
    let mut text = String::new();
    for (name, field) in [("Headline", &linkedin.headline), ("About", &linkedin.about)] {
        text.push_str(&format!("{name} ({} of {})\n\n{}\n\n", field.utf16, field.limit, field.text));
    }
    if !linkedin.certifications.is_empty() {
        text.push_str("Licenses & certifications\n");
    }
    for it in &linkedin.certifications {
        let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let fields = [
            ("Name", it.name.text.clone()),
            ("Issuing organization", it.organisation.text.clone()),
            ("Issue date", date(it.issued)),
            ("Expiration date", date(it.expires)),
            ("Credential ID", it.credential_id.text.clone()),
            ("Credential URL", it.url.text.clone()),
            ("Skills", it.skills.join(", ")),
            ("Add to profile", it.add_url.clone()),
        ];
        text.push('\n');
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    text
}
