//! A JSON object that is taken apart member by member, and texts from strangers made safe to show at length.

use super::{ExtraView, ImageView};
use crate::json;
use crate::text::misleads;
use serde_json::{Map, Value};

/// Longest text that is shown, in characters; a criteria narrative or a learner's story fits.
const LONGEST: usize = 20_000;
/// Longest picture that is kept in a view, in bytes of its `data:` address.
const LONGEST_IMAGE: usize = 4 * 1024 * 1024;
/// Most entries of a list that are shown.
const MOST: usize = 1_000;
/// Types that say no more than the member in which they stand.
const PLAIN_TYPES: [&str; 22] = [
    "Achievement",
    "AchievementSubject",
    "Address",
    "Alignment",
    "AlignmentObject",
    "Assertion",
    "BadgeClass",
    "ClrSubject",
    "Criteria",
    "EndorsementSubject",
    "Evidence",
    "IdentifierEntry",
    "IdentityObject",
    "Image",
    "Issuer",
    "Person",
    "Profile",
    "Related",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "VerifiableCredential",
];

/// A text over any number of lines.
pub(super) fn prose(text: &str) -> String {
    cut(text.replace("\r\n", "\n").chars().map(|c| if c == '\n' || c == '\t' { c } else { safe(c) }))
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    cut(text.trim().chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { safe(c) }))
}

/// Joiners make words in Persian and families in emoji; whatever else hides or turns the text around is replaced.
fn safe(c: char) -> char {
    if misleads(c) && !matches!(c, '\u{200c}' | '\u{200d}') { '\u{fffd}' } else { c }
}

fn cut(chars: impl Iterator<Item = char>) -> String {
    let mut chars = chars;
    let mut text: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        text.push('…');
    }
    text
}

/// A value as text: also a number, and a text with its language (JSON-LD 1.1 §4.2.4).
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(prose(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Object(object) => object.get("@value").and_then(as_text),
        Value::Array(values) if values.len() == 1 => values.first().and_then(as_text),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

/// Takes the text that is shown out of those in several languages.
fn items_text(items: &mut Vec<Value>) -> Option<String> {
    let chosen = json::words(&Value::Array(items.clone()))?.to_owned();
    let place = items.iter().position(|item| json::words(item) == Some(&chosen))?;
    as_text(&items.remove(place))
}

/// An object, and where it stands in the credential.
pub(super) struct Node {
    members: Map<String, Value>,
    path: String,
}

impl Node {
    pub fn new(mut members: Map<String, Value>, path: &str) -> Self {
        members.remove("@context");
        Self { members, path: path.to_owned() }
    }

    /// The text of a member.
    pub fn text(&mut self, name: &str) -> Option<String> {
        if let Some(Value::Array(items)) = self.members.get_mut(name).filter(|value| value.as_array().is_some_and(|items| items.len() > 1))
        {
            // In several languages: one is the text, and the others stay to be shown as what else is said.
            let text = if json::in_languages(items) { items_text(items) } else { None };
            return text;
        }
        let text = as_text(self.members.get(name)?)?;
        self.members.remove(name);
        Some(text)
    }

    /// The text of the first of several members that is there.
    pub fn text_of(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// Every text of a member.
    pub fn texts(&mut self, name: &str) -> Vec<String> {
        match self.members.get(name) {
            Some(Value::Array(values)) if values.iter().all(|value| as_text(value).is_some()) => {
                let texts = values.iter().filter_map(as_text).take(MOST).collect();
                self.members.remove(name);
                texts
            }
            _ => self.text(name).into_iter().collect(),
        }
    }

    /// The objects and the texts of a member that may hold both, in their order, each with its place.
    pub fn each(&mut self, name: &str) -> Vec<(String, Result<Node, String>)> {
        let path = self.step(name);
        let (values, is_list) = match self.members.remove(name) {
            Some(Value::Array(values)) => (values, true),
            other => (other.into_iter().collect(), false),
        };
        let (mut found, mut rest) = (Vec::new(), Vec::new());
        for (number, value) in values.into_iter().enumerate() {
            let place = if is_list { format!("{path}/{number}") } else { path.clone() };
            match value {
                Value::Object(members) if found.len() < MOST => found.push((place.clone(), Ok(Node::new(members, &place)))),
                Value::String(text) if found.len() < MOST => found.push((place, Err(text))),
                other => rest.push(other),
            }
        }
        if !rest.is_empty() {
            self.members.insert(name.to_owned(), Value::Array(rest));
        }
        found
    }

    /// The objects of a member; an address that stands for one becomes an object with that `id`.
    pub fn children(&mut self, name: &str) -> Vec<Node> {
        let path = self.step(name);
        let object = |value: Value, path: &str| match value {
            Value::Object(members) => Ok(Node::new(members, path)),
            Value::String(id) => Ok(Node::new(Map::from_iter([("id".to_owned(), Value::String(id))]), path)),
            other => Err(other),
        };
        match self.members.remove(name) {
            Some(Value::Array(values)) => {
                let mut rest = Vec::new();
                let mut children = Vec::new();
                for (number, value) in values.into_iter().enumerate() {
                    match object(value, &format!("{path}/{number}")) {
                        Ok(child) if children.len() < MOST => children.push(child),
                        Ok(child) => rest.push(Value::Object(child.members)),
                        Err(other) => rest.push(other),
                    }
                }
                if !rest.is_empty() {
                    self.members.insert(name.to_owned(), Value::Array(rest));
                }
                children
            }
            Some(value) => match object(value, &path) {
                Ok(child) => vec![child],
                Err(other) => {
                    self.members.insert(name.to_owned(), other);
                    Vec::new()
                }
            },
            None => Vec::new(),
        }
    }

    /// The object of a member, or the first of several; the others stay.
    pub fn child(&mut self, name: &str) -> Option<Node> {
        let mut children = self.children(name).into_iter();
        let first = children.next();
        let mut others: Vec<Value> = children.map(|child| Value::Object(child.members)).collect();
        if !others.is_empty() {
            if let Some(Value::Array(rest)) = self.members.remove(name) {
                others.extend(rest);
            }
            self.members.insert(name.to_owned(), Value::Array(others));
        }
        first
    }

    /// A picture: an address, or an object with one.
    pub fn image(&mut self, name: &str, extra: &mut Vec<ExtraView>) -> Option<ImageView> {
        let mut node = self.child(name)?;
        let url = match node.members.get("id").or_else(|| node.members.get("url")) {
            Some(Value::String(url)) if url.len() <= LONGEST_IMAGE && url.starts_with("data:image/") => url.clone(),
            Some(Value::String(url)) => line(url),
            _ => {
                node.rest(extra);
                return None;
            }
        };
        node.drop(&["id", "url"]);
        let caption = node.text("caption");
        node.rest(extra);
        Some(ImageView { url, caption })
    }

    /// The types that say more than the place does; the others are dropped.
    pub fn types(&mut self) -> Vec<String> {
        [self.texts("type"), self.texts("@type")].concat()
    }

    /// Takes out what is shown elsewhere, or says nothing to people.
    pub fn drop(&mut self, names: &[&str]) {
        for name in names {
            self.members.remove(*name);
        }
    }

    /// The address that stands for an object elsewhere.
    pub fn only_id(&self) -> Option<&str> {
        self.members.get("id").filter(|_| self.members.len() == 1)?.as_str()
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// Everything that is left goes to what else the credential says.
    pub fn rest(mut self, extra: &mut Vec<ExtraView>) {
        let told: Vec<String> = self.types().into_iter().filter(|name| !PLAIN_TYPES.contains(&name.as_str())).collect();
        if !told.is_empty() {
            push(extra, &self.step("type"), told.join(", "));
        }
        for (name, value) in &self.members {
            flatten(extra, &self.step(name), value);
        }
    }

    fn step(&self, name: &str) -> String {
        let name = line(name);
        if self.path.is_empty() { name } else { format!("{}/{name}", self.path) }
    }
}

fn flatten(extra: &mut Vec<ExtraView>, path: &str, value: &Value) {
    if extra.len() > MOST {
        return;
    }
    match value {
        Value::Object(members) if members.contains_key("@value") && members.len() <= 3 => {
            push(extra, path, as_text(value).unwrap_or_default());
        }
        Value::Object(members) => members.iter().for_each(|(name, value)| flatten(extra, &format!("{path}/{}", line(name)), value)),
        Value::Array(values) if values.iter().all(|value| as_text(value).is_some()) => {
            push(extra, path, line(&values.iter().filter_map(as_text).collect::<Vec<_>>().join(", ")));
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(number, value)| flatten(extra, &format!("{path}/{number}"), value));
        }
        Value::Null => push(extra, path, "null".into()),
        value => push(extra, path, as_text(value).unwrap_or_default()),
    }
}

fn push(extra: &mut Vec<ExtraView>, path: &str, text: String) {
    match extra.len() {
        fewer if fewer < MOST => extra.push(ExtraView { path: path.to_owned(), text }),
        // The last line says that there is more, so that nobody takes the list for all of it.
        MOST => extra.push(ExtraView { path: "…".into(), text: "…".into() }),
        _ => {}
    }
}
