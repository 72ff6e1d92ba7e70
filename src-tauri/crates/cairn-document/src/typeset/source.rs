//! A view as the template reads it: every text made fit to print, and the fonts that have its characters.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use typst::layout::Dir;
use typst::text::{Lang, is_default_ignorable};
use typst_kit::fonts::FontStore;
use unicode_bidi::{Direction, get_base_direction};
use unicode_normalization::UnicodeNormalization;

use super::fonts::Fonts;
use crate::prose;
use crate::view::Resume;

/// The longest run of characters without a space that is left whole. Longer ones would leave the page.
const LONGEST_RUN: usize = 48;

/// The longest address a link leads to; viewers follow none longer.
const LONGEST_ADDRESS: usize = 2_000;

/// What the template is given: data, never markup, so that `#`, `$`, `*` and `\` in it mean themselves.
pub(super) struct Source<'a> {
    pub(super) json: Vec<u8>,
    pub(super) fonts: &'a FontStore,
    /// Characters that no font has, each once.
    pub(super) missing: String,
}

impl<'a> Source<'a> {
    pub(super) fn of(resume: &Resume, fonts: &'a Fonts, attached: bool) -> Result<Self, serde_json::Error> {
        let mut view = serde_json::to_value(resume)?;
        if let Value::Object(fields) = &mut view {
            fields.remove("language");
        }
        shape(&mut view);
        let mut used = BTreeSet::new();
        each_text(&mut view, &mut |text| {
            *text = clean(text);
            used.extend(text.chars().filter(|character| !character.is_whitespace() && !is_default_ignorable(*character)));
        });
        let (fonts, missing) = fonts.covering(used);
        each_text(&mut view, &mut |text| *text = without(text, &missing));
        let (lang, region) = language(&resume.language);
        let (name, headline) = (view["name"].clone(), view["headline"].clone());
        let page = direction(&lang);
        each_text(&mut view, &mut |text| *text = isolated(&breakable(text), &page));
        let data = json!({
            "resume": view,
            "name": name,
            "headline": headline,
            "lang": lang,
            "region": region,
            "attached": attached,
        });
        let json = serde_json::to_vec(&data)?;
        Ok(Self { json, fonts, missing })
    }
}

/// Summaries become paragraphs of lines, addresses such as a document may link to, every other text one line. Lists lose
/// what is empty.
fn shape(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(shape);
            items.retain(|item| item.as_str() != Some(""));
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), &*field) {
                    ("summary", Value::String(text)) => *field = json!(prose::paragraphs(text)),
                    ("url", Value::String(text)) => *field = json!(prose::address(text).filter(|url| url.len() <= LONGEST_ADDRESS).unwrap_or_default()),
                    _ => shape(field),
                }
            }
        }
        Value::String(text) => *text = prose::line(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Visits every text that is set: all but where links lead and what entries are called inside.
fn each_text(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, visit)),
        Value::Object(fields) => {
            let set = fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "url" | "id"));
            set.for_each(|(_, field)| each_text(field, visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Composed characters (NFC), so that whoever reads the PDF finds one letter for one letter; without soft hyphens,
/// byte-order marks and overrides of direction, which print nothing but change what is copied or seen.
fn clean(text: &str) -> String {
    text.nfc().filter(|character| !matches!(character, '\u{AD}' | '\u{FEFF}' | '\u{202D}' | '\u{202E}')).collect()
}

/// A letter that cannot be set leaves a question mark, any other character leaves nothing.
fn without(text: &str, missing: &str) -> String {
    if missing.is_empty() {
        return text.to_owned();
    }
    let set = text.chars().filter_map(|character| match missing.contains(character) {
        true if character.is_alphanumeric() => Some('?'),
        true => None,
        false => Some(character),
    });
    prose::line(&set.collect::<String>())
}

/// Lets a run too long for a line break, at zero-width spaces; they do not show in the PDF's text.
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

/// Keeps a text that runs against the page from drawing its neighbours' punctuation to the wrong side, and what starts with
/// `+` (a telephone number) from being turned around, by isolates (Unicode Standard Annex 9, 2.4); they print nothing.
fn isolated(text: &str, page: &Direction) -> String {
    match get_base_direction(text) {
        Direction::Mixed if text.starts_with('+') => format!("\u{2066}{text}\u{2069}"),
        Direction::Mixed => text.to_owned(),
        own if own == *page => text.to_owned(),
        _ => format!("\u{2068}{text}\u{2069}"),
    }
}

/// Which way a page in this language runs.
fn direction(lang: &str) -> Direction {
    match lang.parse::<Lang>().map(Lang::dir) {
        Ok(Dir::RTL) => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

/// Language and region of a BCP 47 tag as Typst takes them; English where there is none.
fn language(tag: &str) -> (String, Option<String>) {
    let is_letters = |part: &&str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = tag.split(['-', '_']);
    let lang = parts.next().filter(|part| is_letters(part, &[2, 3])).unwrap_or("en").to_ascii_lowercase();
    (lang, parts.find(|part| is_letters(part, &[2])).map(str::to_ascii_uppercase))
}
