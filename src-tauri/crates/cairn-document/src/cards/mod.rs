//! Sheets of credential cards to print, cut out and carry: ID-1 size (ISO/IEC 7810), ten on A4 and eight on Letter, with cut
//! marks.
//!
//! printpdf puts things exactly where they belong and knows nothing of text, so this module breaks, orders (Unicode
//! bidirectional algorithm), shapes and embeds it. Characters that the embedded fonts lack come from the machine's own
//! fonts; what none of them has is printed as a question mark and named by [`unprintable`].

mod face;
mod layout;
mod paragraph;
mod print;
mod shape;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use typst::text::is_default_ignorable;
use unicode_segmentation::UnicodeSegmentation;

use crate::prose;
use crate::view::Paper;
use face::{Faces, Style};
use print::Printer;

/// What one card says: plain text, already worded. What is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Card {
    /// What the credential is called.
    pub title: String,
    /// Who awarded it.
    pub issuer: String,
    /// Who holds it.
    pub holder: String,
    /// When, and until when ("Mar 2026 – Mar 2029").
    pub dates: String,
    /// The issuer's number for it, with its word ("No. 123").
    pub identifier: String,
    /// Where it can be seen or checked: printed without its scheme, and a link where it has one.
    pub url: String,
}

/// Why a sheet could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CardsError {
    /// There is nothing to print.
    #[error("there is no card to print")]
    NoCards,
    /// A font could not be read, or no part taken from it.
    #[error("the font {0} cannot be embedded")]
    Font(String),
    /// The PDF could not be written.
    #[error("the sheet could not be written as PDF: {0}")]
    Write(#[from] std::io::Error),
}

/// The cards as PDF on sheets of `paper`, made at `created`. The same cards give the same bytes on the same machine, and on any
/// where the embedded fonts have all their characters.
///
/// # Errors
/// [`CardsError::NoCards`] for no cards at all; the others do not depend on what the cards say.
pub fn sheet(cards: &[Card], paper: Paper, created: DateTime<Utc>) -> Result<Vec<u8>, CardsError> {
    let Some(first) = cards.first() else { return Err(CardsError::NoCards) };
    let mut faces = Faces::new()?;
    let laid_out: Vec<_> = cards.iter().map(|card| (card, layout::lay_out(&mut faces, card))).collect();
    let mut printer = Printer::new(&faces, paper);
    for page in laid_out.chunks(printer.per_page()) {
        printer.page(page);
    }
    printer.finish(&prose::line(&first.holder), created)
}

/// The characters of the cards that no font here can print, each once.
///
/// # Errors
/// [`CardsError::Font`].
pub fn unprintable(cards: &[Card]) -> Result<String, CardsError> {
    let mut faces = Faces::new()?;
    let mut lacking = BTreeSet::new();
    for card in cards {
        for text in [&card.title, &card.issuer, &card.holder, &card.dates, &card.identifier, &card.url] {
            for cluster in prose::line(text).graphemes(true).filter(|cluster| faces.of(Style::Plain, cluster).is_none()) {
                lacking.extend(cluster.chars().filter(|c| !is_default_ignorable(*c)));
            }
        }
    }
    Ok(lacking.into_iter().collect())
}

#[cfg(test)]
mod tests;
