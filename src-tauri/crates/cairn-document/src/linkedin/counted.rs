//! A text beside how long it is and may be.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// A text with its lengths.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Counted {
    /// The text.
    pub text: String,
    /// Its length in characters as people count them (extended grapheme clusters, UAX 29).
    pub graphemes: usize,
    /// Its length in UTF-16 units, which is what a web form counts.
    pub utf16: usize,
    /// How many UTF-16 units the field takes.
    pub limit: usize,
}

impl Counted {
    /// Counts `text` against `limit` (UTF-16 units).
    pub fn new(text: impl Into<String>, limit: usize) -> Self {
        let text = text.into();
        Counted { graphemes: text.graphemes(true).count(), utf16: utf16(&text), limit, text }
    }

    /// Whether the field takes the whole text.
    pub fn fits(&self) -> bool {
        self.utf16 <= self.limit
    }
}

/// Length in UTF-16 units.
pub(crate) fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_web_forms_count_differently() {
        let family = Counted::new("👩‍👩‍👧 é", 9);
        assert_eq!((family.graphemes, family.utf16), (3, 10));
        assert!(!family.fits());
        assert!(Counted::new("", 0).fits());
    }
}
