//! A view as the template reads it: every text made fit to print, and the fonts that have its characters.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use typst::text::is_default_ignorable;
use typst_kit::fonts::FontStore;
use unicode_normalization::UnicodeNormalization;

use super::fonts::Fonts;
use crate::view::Resume;

/// Stands for a character that no font has.
const REPLACEMENT: char = '\u{FFFD}';

/// The longest run of characters that is left whole. Longer ones get places to break, or they would leave the page.
const LONGEST_RUN: usize = 48;

/// What the template is given, as JSON: data, never markup, so that nothing in it is obeyed.
pub(super) struct Source<'a> {
    pub(super) json: Vec<u8>,
    pub(super) fonts: &'a FontStore,
    pub(super) missing: Vec<char>,
}

impl<'a> Source<'a> {
    pub(super) fn of(resume: &Resume, fonts: &'a Fonts, attached: bool) -> Result<Self, serde_json::Error> {
        let mut view = serde_json::to_value(resume)?;
        each_text(&mut view, &mut |text| *text = clean(text));
        let mut used = BTreeSet::new();
        each_text(&mut view, &mut |text| used.extend(text.chars().filter(|character| needs_glyph(*character))));
        let (fonts, missing) = fonts.covering(&used.into_iter().collect::<Vec<_>>());
        if !missing.is_empty() {
            each_text(&mut view, &mut |text| *text = text.replace(missing.as_slice(), &REPLACEMENT.to_string()));
        }
        each_text(&mut view, &mut |text| *text = breakable(text));
        let (lang, region) = language(&resume.language);
        let json = serde_json::to_vec(&json!({ "resume": view, "lang": lang, "region": region, "attached": attached }))?;
        Ok(Self { json, fonts, missing })
    }
}

/// Visits every string there is, except where links lead.
fn each_text(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, visit)),
        Value::Object(fields) => fields.iter_mut().filter(|(name, _)| *name != "url").for_each(|(_, field)| each_text(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Composed characters (NFC), so that one letter is one character to whoever reads the PDF, without those that print
/// nothing but confuse: controls, soft hyphens, byte-order marks, overrides of direction.
fn clean(text: &str) -> String {
    let kept = text.nfc().filter_map(|character| match character {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{A0}' => Some(' '),
        '\u{AD}' | '\u{FEFF}' | '\u{202D}' | '\u{202E}' => None,
        control if control.is_control() => None,
        other => Some(other),
    });
    kept.collect::<String>().trim().to_owned()
}

fn needs_glyph(character: char) -> bool {
    !character.is_whitespace() && !is_default_ignorable(character)
}

/// Lets a run too long for a line break, by zero-width spaces, which are not written to the PDF.
fn breakable(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        run = if character.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_RUN {
            broken.push('\u{200B}');
            run = 1;
        }
        broken.push(character);
    }
    broken
}

/// Language and region of a BCP 47 tag, as Typst takes them.
fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split(['-', '_']);
    let letters = |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let lang = parts.next().filter(|part| letters(part, &[2, 3])).unwrap_or("en").to_ascii_lowercase();
    (lang, parts.find(|part| letters(part, &[2])).map(str::to_ascii_uppercase))
}
