//! The fonts cards are set in: the embedded ones, and the machine's own for characters those lack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInfo, FontInstance, FontVariant, FontVariations, FontWeight, is_default_ignorable};
use typst_kit::fonts::FontStore;

use super::CardsError;
use crate::typeset::fonts;

/// How a text of a card looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// The credential's name.
    Title,
    /// The holder's name.
    Strong,
    /// Everything else.
    Plain,
}

/// In the order of [`Style`].
static EMBEDDED: [(&str, &[u8]); 3] =
    [("Source Serif 4 SemiBold", fonts::SERIF_STRONG), ("Source Sans 3 SemiBold", fonts::SANS_STRONG), ("Source Sans 3", fonts::SANS)];

/// The machine's fonts, looked for once and only when a card needs them: that takes a while.
static SYSTEM: LazyLock<FontStore> = LazyLock::new(|| {
    let mut store = FontStore::new();
    store.extend(typst_kit::fonts::system());
    store
});

/// The faces of one sheet, named by their place in it.
pub(super) struct Faces {
    faces: Vec<FontInstance>,
    /// The face of a cluster that the embedded ones lack; `None` where no font has it.
    found: BTreeMap<(Style, String), Option<usize>>,
}

impl Faces {
    pub(super) fn new() -> Result<Self, CardsError> {
        let face = |(name, bytes): &(&str, &'static [u8])| {
            let font = Font::new(Bytes::new(*bytes), 0).ok_or_else(|| CardsError::Font((*name).to_owned()))?;
            Ok(instance(font, FontVariant::default()))
        };
        Ok(Faces { faces: EMBEDDED.iter().map(face).collect::<Result<_, CardsError>>()?, found: BTreeMap::new() })
    }

    /// The face for one extended grapheme cluster, or `None` where no font has an outline for each of its characters.
    pub(super) fn of(&mut self, style: Style, cluster: &str) -> Option<usize> {
        let own = [style as usize, Style::Plain as usize];
        if let Some(face) = own.into_iter().find(|face| has(self.faces[*face].font(), cluster)) {
            return Some(face);
        }
        let key = (style, cluster.to_owned());
        if let Some(found) = self.found.get(&key) {
            return *found;
        }
        let like = self.faces[style as usize].font().info();
        let found = fallback(like, style, cluster).map(|font| {
            self.faces.iter().position(|face| *face.font() == font).unwrap_or_else(|| {
                self.faces.push(instance(font, variant(style)));
                self.faces.len() - 1
            })
        });
        self.found.insert(key, found);
        found
    }

    pub(super) fn get(&self, face: usize) -> &FontInstance {
        &self.faces[face]
    }

    pub(super) fn len(&self) -> usize {
        self.faces.len()
    }
}

/// A system font with outlines for all of `cluster`: the one nearest to `like` and in weight, else any. Characters of
/// private use mean nothing outside the font they were made for: no font is taken to have them.
fn fallback(like: &FontInfo, style: Style, cluster: &str) -> Option<Font> {
    if cluster.chars().any(fonts::is_private) {
        return None;
    }
    let book = SYSTEM.book();
    let best = book.select_fallback(Some(like), variant(style), cluster);
    let covering = (0..).map_while(|index| book.info(index)).enumerate().filter(|(_, info)| covers(|c| info.coverage.contains(c), cluster));
    let others = covering.map(|(index, _)| index);
    best.into_iter().chain(others).filter_map(|index| SYSTEM.font(index)).find(|font| outlined(font) && has(font, cluster))
}

fn instance(font: Font, variant: FontVariant) -> FontInstance {
    font.instantiate(variant, Abs::pt(9.0), &FontVariations::default())
}

fn variant(style: Style) -> FontVariant {
    let weight = if style == Style::Plain { FontWeight::REGULAR } else { FontWeight::SEMIBOLD };
    FontVariant { weight, ..FontVariant::default() }
}

/// Whether the font draws with outlines. Pictures, as most emoji fonts have, cannot be embedded as a font in a PDF.
fn outlined(font: &Font) -> bool {
    let face = instance(font.clone(), FontVariant::default());
    let tables = face.ttf().tables();
    tables.glyf.is_some() || tables.cff.is_some()
}

fn has(font: &Font, cluster: &str) -> bool {
    covers(|c| font.info().coverage.contains(c), cluster)
}

fn covers(has: impl Fn(u32) -> bool, cluster: &str) -> bool {
    cluster.chars().all(|c| c.is_control() || is_default_ignorable(c) || has(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_greek_and_cyrillic_need_no_other_font() {
        let mut faces = Faces::new().unwrap();
        for cluster in ["a", "é", "e\u{301}", "Ω", "ж", "€", "→", "–", "\u{200f}"] {
            assert!(faces.of(Style::Title, cluster).is_some_and(|face| face < EMBEDDED.len()), "{cluster:?}");
        }
        assert_eq!(faces.len(), EMBEDDED.len());
    }

    #[test]
    fn what_no_font_has_is_said() {
        let mut faces = Faces::new().unwrap();
        assert!(["\u{10fffd}", "\u{e000}", "\u{378}"].iter().all(|cluster| faces.of(Style::Plain, cluster).is_none()));
    }
}
