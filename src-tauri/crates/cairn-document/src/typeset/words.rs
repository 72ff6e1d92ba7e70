//! People's words made fit to print: what may be set, where lines may break, which way they run.

use std::collections::BTreeSet;
use std::fmt;

use typst::layout::Dir;
use typst::text::{Lang, is_default_ignorable};
use unicode_bidi::{Direction, get_base_direction};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::prose;

/// The longest run of characters without a space that is left whole in a paragraph. Longer ones would leave the page.
pub(super) const LONGEST_RUN: usize = 48;

/// The same for the name, which is set in large letters.
pub(super) const LONGEST_RUN_IN_NAME: usize = 24;

/// Composed characters (NFC), so that whoever reads the PDF finds one letter for one letter.
pub(super) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// What of a text cannot be set.
#[derive(Debug, Default)]
pub(super) struct Unset {
    /// Characters that no font has.
    characters: BTreeSet<char>,
    /// Graphemes of several characters that no font has as a whole, such as a digit in a keycap.
    graphemes: BTreeSet<String>,
}

impl Unset {
    pub(super) fn characters(characters: BTreeSet<char>) -> Self {
        Self { characters, graphemes: BTreeSet::new() }
    }

    /// Says whether there was anything new in it.
    pub(super) fn add(&mut self, graphemes: BTreeSet<String>) -> bool {
        let before = self.graphemes.len();
        self.graphemes.extend(graphemes);
        self.graphemes.len() > before
    }

    /// Of a grapheme that cannot be set its first character stays, without what modifies it. A letter that cannot be set
    /// leaves a question mark, any other character leaves nothing. What then shows nothing is nothing.
    pub(super) fn without(&self, text: &str) -> String {
        let mut set = String::with_capacity(text.len());
        for grapheme in text.graphemes(true) {
            let given_up = self.graphemes.contains(grapheme);
            let kept = if given_up { first(grapheme) } else { grapheme };
            let alone = given_up && kept == grapheme;
            set.extend(kept.chars().filter_map(|character| match alone || self.characters.contains(&character) {
                true if character.is_alphanumeric() => Some('?'),
                true => None,
                false => Some(character),
            }));
        }
        let set = prose::line(&set);
        if set.chars().any(shows) { set } else { String::new() }
    }
}

impl fmt::Display for Unset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.characters.iter().try_for_each(|character| write!(f, "{character}"))?;
        self.graphemes.iter().try_for_each(|grapheme| write!(f, "{grapheme}"))
    }
}

fn first(grapheme: &str) -> &str {
    let end = grapheme.chars().next().map_or(0, char::len_utf8);
    &grapheme[..end]
}

/// Whether a character is seen: neither white space nor a joiner, a mark of direction or another that has no glyph.
pub(super) fn shows(character: char) -> bool {
    !character.is_whitespace() && !is_default_ignorable(character)
}

/// Lets a run too long for a line break, at zero-width spaces; the template keeps them out of the PDF's text.
pub(super) fn breakable(text: &str, longest: usize) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        run = if character.is_whitespace() || character == '\u{200B}' { 0 } else { run + 1 };
        if run > longest {
            broken.push('\u{200B}');
            run = 1;
        }
        broken.push(character);
    }
    broken
}

/// A text of at most so many graphemes, with “…” where more stood.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.grapheme_indices(true).nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Keeps a text that runs against the page from drawing its neighbours' punctuation to the wrong side, and what starts with
/// `+` (a telephone number) from being turned around, by isolates (Unicode Standard Annex 9, 2.4); they print nothing.
pub(super) fn isolated(text: &str, page: &Direction) -> String {
    match get_base_direction(text) {
        Direction::Mixed if text.starts_with('+') => format!("\u{2066}{text}\u{2069}"),
        Direction::Mixed => text.to_owned(),
        own if own == *page => text.to_owned(),
        _ => format!("\u{2068}{text}\u{2069}"),
    }
}

/// Which way a page in this language runs.
pub(super) fn direction(lang: &str) -> Direction {
    match lang.parse::<Lang>().map(Lang::dir) {
        Ok(Dir::RTL) => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

/// Language and region of a BCP 47 tag as Typst takes them; English where there is none.
pub(super) fn language(tag: &str) -> (String, Option<String>) {
    let is_letters = |part: &&str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = tag.split(['-', '_']);
    let lang = parts.next().filter(|part| is_letters(part, &[2, 3])).unwrap_or("en").to_ascii_lowercase();
    (lang, parts.find(|part| is_letters(part, &[2])).map(str::to_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_give_a_language_and_a_region() {
        let of = |tag| {
            let (lang, region) = language(tag);
            format!("{lang} {}", region.unwrap_or_default())
        };
        assert_eq!(
            ["en", "pt-BR", "zh-Hant-tw", "sr_Latn_RS", "", "x", "english", "de-1996", "es-419"].map(of),
            ["en ", "pt BR", "zh TW", "sr RS", "en ", "en ", "en ", "de ", "es "]
        );
    }

    #[test]
    fn a_text_against_the_page_is_set_apart_from_its_neighbours() {
        assert_eq!(isolated("Helder Energy", &Direction::Rtl), "\u{2068}Helder Energy\u{2069}");
        assert_eq!(isolated("Helder Energy", &Direction::Ltr), "Helder Energy");
        assert_eq!(isolated("2013 – 2015", &Direction::Rtl), "2013 – 2015");
        assert_eq!(isolated("+962 6 555 0199", &Direction::Rtl), "\u{2066}+962 6 555 0199\u{2069}");
    }

    #[test]
    fn only_runs_too_long_for_a_line_may_break() {
        let word = "a".repeat(LONGEST_RUN);
        assert_eq!(breakable(&format!("{word} {word}"), LONGEST_RUN), format!("{word} {word}"));
        assert_eq!(breakable(&format!("{word}b"), LONGEST_RUN), format!("{word}\u{200B}b"));
    }

    #[test]
    fn a_letter_that_cannot_be_set_leaves_a_mark_and_a_symbol_nothing() {
        let unset = Unset::characters(['🚀', '日'].into());
        assert_eq!(unset.without("🚀 Launch 日"), "Launch ?");
        assert_eq!(unset.without("🚀"), "");
    }

    #[test]
    fn a_grapheme_that_cannot_be_set_keeps_its_first_character() {
        let mut unset = Unset::default();
        assert!(unset.add(["1\u{FE0F}\u{20E3}".to_owned()].into()));
        assert!(!unset.add(["1\u{FE0F}\u{20E3}".to_owned()].into()));
        assert_eq!(unset.without("1\u{FE0F}\u{20E3} of 11"), "1 of 11");
    }
}
