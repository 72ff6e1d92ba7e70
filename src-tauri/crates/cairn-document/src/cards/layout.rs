//! One card: where each of its texts stands.
//!
//! The name of the credential begins at the top, who holds it and how to find it end at the bottom, so that a short card
//! and a full one look alike. A card whose title runs from right to left is its mirror image.

use super::Card;
use super::face::{Faces, Style};
use super::paragraph::{Fit, Paragraph, set};
use super::shape::direction;
use crate::prose;

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;
/// Width and height of a card in points: ID-1 (ISO/IEC 7810), which is 85.60 × 53.98 mm, to a tenth of a millimetre.
pub(super) const SIZE: (f32, f32) = (85.6 * MM, 54.0 * MM);
/// What stays free inside the edge, for printers and scissors that are a little off.
const INSET: f32 = 5.0 * MM;
const WIDTH: f32 = SIZE.0 - 2.0 * INSET;
/// From one line to the next, in em.
const LEADING: f32 = 1.2;
/// The bar over the title: width and height.
pub(super) const BAR: (f32, f32) = (9.0 * MM, 0.9 * MM);

/// What a text is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// What is read first.
    Dark,
    /// What is looked up.
    Quiet,
}

/// A line of glyphs on a card.
#[derive(Debug)]
pub(super) struct Row {
    /// Left end and baseline, in points from the card's lower left corner.
    pub(super) origin: (f32, f32),
    /// Size in points.
    pub(super) size: f32,
    /// Width in points.
    pub(super) width: f32,
    pub(super) glyphs: Vec<super::shape::Glyph>,
    pub(super) ink: Ink,
    /// Whether it is part of the address.
    pub(super) link: bool,
}

/// A card laid out.
#[derive(Debug)]
pub(super) struct Layout {
    /// Lower left corner of the bar, in points.
    pub(super) bar: (f32, f32),
    pub(super) rows: Vec<Row>,
}

/// Lays out a card.
pub(super) fn lay_out(faces: &mut Faces, card: &Card) -> Layout {
    let title = prose::line(&card.title);
    let rtl = direction(&title).is_rtl();
    let mut column = Column { rtl, rows: Vec::new() };
    let fit = |style, size, smallest, lines| Fit { style, size, smallest, width: WIDTH, lines };

    let top = SIZE.1 - INSET - BAR.1;
    let bar = (if rtl { SIZE.0 - INSET - BAR.0 } else { INSET }, top);
    let title = set(faces, &title, fit(Style::Title, 12.5, 9.0, 3));
    let issuer = set(faces, &prose::line(&card.issuer), fit(Style::Plain, 9.5, 7.5, 2));
    let below = column.down(title, top - 1.6 * MM, Ink::Dark);
    column.down(issuer, below - 0.6 * MM, Ink::Quiet);

    let url = set(faces, prose::bare(&prose::line(&card.url)), fit(Style::Plain, 7.0, 5.0, 2));
    let identifier = set(faces, &prose::line(&card.identifier), fit(Style::Plain, 8.0, 6.0, 1));
    let dates = set(faces, &prose::line(&card.dates), fit(Style::Plain, 8.0, 6.0, 1));
    let holder = set(faces, &prose::line(&card.holder), fit(Style::Strong, 10.0, 7.0, 1));
    let from = column.rows.len();
    let mut above = column.up(url, INSET, Ink::Quiet);
    for row in &mut column.rows[from..] {
        row.link = true;
    }
    for (text, ink) in [(identifier, Ink::Quiet), (dates, Ink::Quiet), (holder, Ink::Dark)] {
        above = column.up(text, above, ink);
    }
    // Read, and so copied, in the order in which it is seen.
    column.rows.sort_by(|one, other| other.origin.1.total_cmp(&one.origin.1));
    Layout { bar, rows: column.rows }
}

/// Lines under one another.
struct Column {
    rtl: bool,
    rows: Vec<Row>,
}

impl Column {
    /// Sets a text below `top`; returns where it ends.
    fn down(&mut self, text: Paragraph, top: f32, ink: Ink) -> f32 {
        let height = LEADING * text.size;
        let count = text.lines.len();
        self.place(text, top - 0.95 * height, height, ink);
        top - height * count as f32
    }

    /// Sets a text above `bottom`; returns where it begins.
    fn up(&mut self, text: Paragraph, bottom: f32, ink: Ink) -> f32 {
        let height = LEADING * text.size;
        let count = text.lines.len() as f32;
        self.place(text, bottom + height * (count - 1.0) + 0.05 * height, height, ink);
        bottom + height * count
    }

    fn place(&mut self, text: Paragraph, first: f32, height: f32, ink: Ink) {
        for (index, (glyphs, em)) in text.lines.into_iter().enumerate() {
            let width = em * text.size;
            let x = if self.rtl { SIZE.0 - INSET - width } else { INSET };
            self.rows.push(Row { origin: (x, first - height * index as f32), size: text.size, width, glyphs, ink, link: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Card {
        let long = |word: &str| format!("{word} ").repeat(60);
        Card {
            title: long("Certified"),
            issuer: long("Institute"),
            holder: long("Ada"),
            dates: long("2026"),
            identifier: long("No."),
            url: format!("https://example.org/{}", "a".repeat(400)),
        }
    }

    #[test]
    fn a_full_card_stays_inside_its_edges_and_nothing_overlaps() {
        let layout = lay_out(&mut Faces::new().unwrap(), &full());
        assert_eq!(layout.rows.len(), 3 + 2 + 1 + 1 + 1 + 2);
        for row in &layout.rows {
            let (x, y) = row.origin;
            assert!(x >= INSET - 0.1 && x + row.width <= SIZE.0 - INSET + 0.5, "{x} {}", row.width);
            assert!(y >= INSET && y + 0.75 * row.size <= SIZE.1 - INSET, "{y}");
        }
        assert!(layout.rows.windows(2).all(|pair| pair[0].origin.1 - pair[1].origin.1 > 0.95 * pair[1].size));
    }

    #[test]
    fn what_is_empty_takes_no_place() {
        let card = Card { title: "CKA".into(), url: "https://example.org".into(), ..Card::default() };
        let layout = lay_out(&mut Faces::new().unwrap(), &card);
        assert_eq!(layout.rows.iter().map(|row| row.link).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_card_from_right_to_left_is_set_from_the_right() {
        let layout = lay_out(&mut Faces::new().unwrap(), &Card { title: "אבג".into(), holder: "Ada".into(), ..Card::default() });
        for row in &layout.rows {
            assert!((row.origin.0 + row.width - (SIZE.0 - INSET)).abs() < 0.1);
        }
        assert!(layout.bar.0 > SIZE.0 / 2.0);
    }
}
