//! The fonts documents are set in: a few embedded ones for Latin, Greek and Cyrillic, the system's for everything else.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use crate::view::Resume;

const EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../../fonts/SourceSans3_400Regular.ttf"),
    include_bytes!("../../fonts/SourceSans3_400Regular_Italic.ttf"),
    include_bytes!("../../fonts/SourceSans3_600SemiBold.ttf"),
    include_bytes!("../../fonts/SourceSerif4_600SemiBold.ttf"),
];

/// Fonts by need.
pub struct Fonts {
    embedded: FontStore,
    regular: Option<Font>,
    /// The embedded fonts and the system's; scanned once, when a document has a character the embedded ones lack.
    all: OnceLock<FontStore>,
    wanted: std::sync::atomic::AtomicBool,
}

impl Fonts {
    /// The embedded fonts.
    pub fn new() -> Self {
        let embedded = embedded();
        let regular = embedded.font(0);
        Fonts { embedded, regular, all: OnceLock::new(), wanted: std::sync::atomic::AtomicBool::new(false) }
    }

    /// Makes sure that every character of `resume` has a font where any font has it. Returns those that none has.
    pub fn cover(&self, resume: &Resume) -> String {
        let Some(regular) = &self.regular else { return String::new() };
        let text = serde_json::to_value(resume).map(|value| letters(&value)).unwrap_or_default();
        let lacking: BTreeSet<char> = text.into_iter().filter(|c| !c.is_control() && !is_invisible(*c) && !has(regular, *c)).collect();
        if lacking.is_empty() {
            return String::new();
        }
        self.wanted.store(true, std::sync::atomic::Ordering::Relaxed);
        let book = self.store().book();
        lacking.into_iter().filter(|c| !covered(book, *c)).collect()
    }

    pub fn book(&self) -> &LazyHash<FontBook> {
        self.store().book()
    }

    pub fn font(&self, index: usize) -> Option<Font> {
        self.store().font(index)
    }

    fn store(&self) -> &FontStore {
        if !self.wanted.load(std::sync::atomic::Ordering::Relaxed) {
            return &self.embedded;
        }
        self.all.get_or_init(|| {
            let mut store = embedded();
            store.extend(typst_kit::fonts::system());
            store
        })
    }
}

fn embedded() -> FontStore {
    let mut store = FontStore::new();
    for font in EMBEDDED.iter().filter_map(|bytes| Font::new(Bytes::new(*bytes), 0)) {
        let info = font.info().clone();
        store.push((font, info));
    }
    store
}

fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(c as u32)
}

fn covered(book: &FontBook, c: char) -> bool {
    (0..).map_while(|index| book.info(index)).any(|info| info.coverage.contains(c as u32))
}

/// Joiners, marks of direction and variation selectors: shown by no glyph of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn letters(value: &serde_json::Value) -> BTreeSet<char> {
    match value {
        serde_json::Value::String(text) => text.chars().collect(),
        serde_json::Value::Array(items) => items.iter().flat_map(letters).collect(),
        serde_json::Value::Object(fields) => fields.values().flat_map(letters).collect(),
        _ => BTreeSet::new(),
    }
}
