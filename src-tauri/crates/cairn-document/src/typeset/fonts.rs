//! The fonts documents are set in: a few that Cairn ships, and the machine's own for the scripts those lack.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst_kit::fonts::FontStore;

/// Source Sans 3, regular. These three hold Latin, Greek and Cyrillic; see `fonts/README.md`.
pub(crate) static SANS: &[u8] = include_bytes!("../../fonts/SourceSans3_400Regular.ttf");
/// Source Sans 3, semi-bold.
pub(crate) static SANS_STRONG: &[u8] = include_bytes!("../../fonts/SourceSans3_600SemiBold.ttf");
/// Source Serif 4, semi-bold.
pub(crate) static SERIF_STRONG: &[u8] = include_bytes!("../../fonts/SourceSerif4_600SemiBold.ttf");

/// In the weights the template uses.
static SHIPPED: [&[u8]; 3] = [SANS, SANS_STRONG, SERIF_STRONG];

/// Fonts by need: looking through the machine's takes longer than setting a résumé, so it happens once, and only for a
/// text that has to.
pub(super) struct Fonts {
    shipped: FontStore,
    all: OnceLock<FontStore>,
}

impl Fonts {
    pub(super) fn shipped() -> Self {
        Self { shipped: shipped(), all: OnceLock::new() }
    }

    /// Fonts for a text of these characters, and those of them that none has. The same text gets the same fonts whatever
    /// was set before it.
    pub(super) fn covering(&self, characters: impl IntoIterator<Item = char>) -> (&FontStore, BTreeSet<char>) {
        let lacking: Vec<char> = characters.into_iter().filter(|character| !has(self.shipped.book(), *character)).collect();
        if lacking.is_empty() {
            return (&self.shipped, BTreeSet::new());
        }
        let all = self.all.get_or_init(|| {
            let mut all = shipped();
            all.extend(typst_kit::fonts::system());
            all
        });
        let missing = lacking.into_iter().filter(|character| is_private(*character) || !has(all.book(), *character)).collect();
        (all, missing)
    }
}

fn shipped() -> FontStore {
    let mut store = FontStore::new();
    for font in SHIPPED.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)) {
        let info = font.info().clone();
        store.push((font, info));
    }
    store
}

fn has(book: &FontBook, character: char) -> bool {
    (0..).map_while(|index| book.info(index)).any(|info| info.coverage.contains(character.into()))
}

/// Characters of private use mean nothing outside the font they were made for, and PDF/A-3a has no place for them.
pub(crate) fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}
