//! A view as the template reads it: every text made fit to print, and the fonts that have its characters.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use typst_kit::fonts::FontStore;

use super::attached::Attached;
use super::fonts::Fonts;
use super::words::{self, Unset};
use crate::prose;
use crate::view::Resume;

/// The longest address a link leads to; viewers follow none longer.
const LONGEST_ADDRESS: usize = 2_000;

/// The longest title that stands at the foot of every page, in graphemes.
const LONGEST_RUNNING: usize = 80;

/// A résumé as data for the template, never markup, so that `#`, `$`, `*` and `\` in it mean themselves.
pub(super) struct Source<'a> {
    language: &'a str,
    view: Value,
    unset: Unset,
    /// The fonts it is set in.
    pub(super) fonts: &'a FontStore,
}

impl<'a> Source<'a> {
    /// # Errors
    /// Where the view is not JSON, which every view is.
    pub(super) fn of(resume: &'a Resume, fonts: &'a Fonts) -> Result<Self, serde_json::Error> {
        let mut view = serde_json::to_value(resume)?;
        if let Value::Object(fields) = &mut view {
            fields.remove("language");
        }
        shape(&mut view);
        let mut used = BTreeSet::new();
        each_text(&mut view, &mut |text| {
            *text = words::composed(text);
            used.extend(text.chars().filter(|character| words::shows(*character)));
        });
        let (fonts, missing) = fonts.covering(used);
        Ok(Self { language: &resume.language, view, unset: Unset::characters(missing), fonts })
    }

    /// Gives up what turned out to be in no font as a whole. Says whether that changes anything.
    pub(super) fn give_up(&mut self, graphemes: BTreeSet<String>) -> bool {
        self.unset.add(graphemes)
    }

    /// What cannot be set, each once.
    pub(super) fn missing(&self) -> String {
        self.unset.to_string()
    }

    /// What the template reads, with what it is to attach.
    pub(super) fn data(&self, attached: &[Attached]) -> String {
        let mut view = self.view.clone();
        each_text(&mut view, &mut |text| *text = self.unset.without(text));
        drop_empty(&mut view);
        let (lang, region) = words::language(self.language);
        // The PDF's own title and author are read by machines: no isolates.
        let own = |field: &str| view[field].as_str().unwrap_or_default().to_owned();
        let (name, headline) = (own("name"), own("headline"));
        // PDF/UA-1 asks for a title even where there is no name yet.
        let title = [name.as_str(), &headline].into_iter().find(|said| !said.is_empty()).unwrap_or("Résumé").to_owned();
        let page = words::direction(&lang);
        let running = words::isolated(&words::shortened(&title, LONGEST_RUNNING), &page);
        let attached: Vec<Value> = attached.iter().map(described).collect();
        view["name"] = json!(words::breakable(&name, words::LONGEST_RUN_IN_NAME));
        each_text(&mut view, &mut |text| *text = words::isolated(&words::breakable(text, words::LONGEST_RUN), &page));
        json!({
            "resume": view, "name": name, "headline": headline, "title": title, "running": running,
            "lang": lang, "region": region, "attached": attached
        })
        .to_string()
    }
}

fn described(file: &Attached) -> Value {
    json!({ "name": file.name, "type": file.media_type, "description": file.description, "relationship": file.relationship })
}

/// Summaries become paragraphs of lines, addresses such as a document may link to, every other text one line.
fn shape(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(shape),
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), &*field) {
                    ("summary", Value::String(text)) => *field = json!(prose::paragraphs(text)),
                    ("url", Value::String(text)) => {
                        *field = json!(prose::address(text).filter(|url| url.len() <= LONGEST_ADDRESS).unwrap_or_default())
                    }
                    _ => shape(field),
                }
            }
        }
        Value::String(text) => *text = prose::line(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Visits every text that is set: all but where links lead, what entries are called inside, and what the template tells sheets and
/// sections apart by.
fn each_text(value: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, visit)),
        Value::Object(fields) => {
            let set = fields.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "url" | "id" | "paper" | "kind"));
            set.for_each(|(_, field)| each_text(field, visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Lists lose items that say nothing.
fn drop_empty(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(drop_empty);
            items.retain(|item| *item != json!("") && *item != json!([]));
        }
        Value::Object(fields) => fields.values_mut().for_each(drop_empty),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Paper, Section, SectionKind};

    #[test]
    fn a_page_that_runs_from_right_to_left_keeps_its_sheet_and_the_kinds_of_its_sections() {
        let sections = vec![Section { title: "Licences".into(), kind: SectionKind::Credentials, ..Section::default() }];
        let resume = Resume { language: "ar".into(), paper: Paper::Letter, sections, ..Resume::default() };
        let data: Value = serde_json::from_str(&Source::of(&resume, &Fonts::shipped()).unwrap().data(&[])).unwrap();
        let section = &data["resume"]["sections"][0];
        assert_eq!(section["title"], "\u{2068}Licences\u{2069}");
        assert_eq!((&data["resume"]["paper"], &section["kind"]), (&json!("letter"), &json!("credentials")));
    }
}
