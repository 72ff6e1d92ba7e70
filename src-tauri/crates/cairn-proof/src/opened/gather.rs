//! Taking JSON apart into the credentials in it, each with the exact slice of the text that it is.

use super::archive::MAX_INFLATED;
use super::grouping::{Grouping, GroupingKind};
use super::shape::{Shape, shape};
use super::token::{self, Holds};
use super::{Fault, Format, Item, Kind, MAX_ITEMS, MAX_PRESENTATIONS, OpenError, Opened, Packet, Payload, Presentation};
use crate::json::{self, JsonError};
use crate::text::shown;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// How many objects and arrays deep credentials are looked for in JSON of another kind.
const MAX_SEARCH: usize = 8;
/// Most badge classes, issuers, keys and lists that are kept beside one assertion.
const MAX_BESIDE: usize = 16;

/// What has been found so far.
pub(super) struct Gather {
    file: String,
    /// The name in an archive of the file at hand, or nothing.
    within: String,
    pub items: Vec<Item>,
    pub packets: Vec<Packet>,
    presentations: Vec<Presentation>,
    pub faults: Vec<Fault>,
    /// How many bytes may still be unpacked, over every archive and document in one another.
    pub left: u64,
    /// Open Badges 2.0 objects that stand for themselves, for the assertions that point to them.
    beside: Vec<Map<String, Value>>,
}

/// The text at hand.
struct Source<'t> {
    /// The file as received, and what kind it is: what is kept of a credential that is the whole text.
    whole: &'t [u8],
    format: Format,
    /// Whether every part of the text means the same to every reader.
    exact: bool,
}

/// A value, its text, and where it stands.
struct At<'t> {
    value: Value,
    raw: &'t str,
    pointer: String,
    depth: usize,
}

impl Gather {
    pub fn new(file: &str) -> Self {
        Self {
            file: shown(file),
            within: String::new(),
            items: vec![],
            packets: vec![],
            presentations: vec![],
            faults: vec![],
            left: MAX_INFLATED,
            beside: vec![],
        }
    }

    /// Looks into a file of an archive; an error there is a fault of this file alone, and files of other kinds are passed over.
    pub fn inside(&mut self, name: &str, look: impl FnOnce(&mut Self) -> Result<Kind, OpenError>) -> Result<(), OpenError> {
        let name = shown(name);
        let within = if self.within.is_empty() { name } else { format!("{}/{name}", self.within) };
        let outer = std::mem::replace(&mut self.within, within);
        let looked = look(self);
        let place = std::mem::replace(&mut self.within, outer);
        match looked {
            Err(OpenError::TooMany) => Err(OpenError::TooMany),
            Err(error) if !error.is_foreign() => {
                self.faults.push(Fault { place, reason: error.reason() });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The name in an archive of the file at hand, or nothing.
    pub fn within(&self) -> &str {
        &self.within
    }

    /// Ends the search: assertions get what they point to.
    pub fn finish(mut self, kind: Kind) -> Result<Opened, OpenError> {
        let by_id: HashMap<String, Arc<Map<String, Value>>> =
            self.beside.drain(..).filter_map(|object| Some((object.get("id")?.as_str()?.to_owned(), Arc::new(object)))).collect();
        for item in &mut self.items {
            if let Payload::OpenBadges2 { assertion, beside, .. } = &mut item.payload {
                *beside = pointed_to(assertion, &by_id);
                if let Some(name) = beside.iter().find_map(|object| title(object).filter(|_| item.name == self.file)) {
                    item.name = name;
                }
            }
        }
        if self.items.is_empty() && self.packets.is_empty() && self.faults.is_empty() {
            return Err(OpenError::Foreign(match kind {
                Kind::Archive => "a ZIP archive without credentials",
                Kind::Pdf => "a PDF document",
                Kind::Presentation => "a presentation without credentials",
                _ if by_id.is_empty() => "JSON of another kind",
                _ => "a part of an Open Badges 2.0 badge, without its assertion",
            }));
        }
        Ok(Opened { kind, items: self.items, packets: self.packets, presentations: self.presentations, faults: self.faults })
    }

    /// JSON: `text` in the file `whole`.
    pub fn json(&mut self, whole: &[u8], text: &[u8], format: Format) -> Result<Kind, OpenError> {
        let (value, exact) = match json::parse(text) {
            Ok(value) => (value, true),
            // Open Badges 2.0 exports are full of nulls, and are not signed; whatever is signed is refused for them later.
            Err(JsonError::Null(_)) => (json::parse_unsigned(text)?, false),
            Err(error) => return Err(error.into()),
        };
        let raw = std::str::from_utf8(text).map_err(|_| OpenError::Foreign("a file of unknown kind"))?;
        let kind = kind_of(&value);
        let at = At { value, raw, pointer: String::new(), depth: 0 };
        self.walk(&Source { whole, format, exact }, at, None)?;
        Ok(kind)
    }

    /// A token: `text` in the file `whole`.
    pub fn token(&mut self, whole: &[u8], text: &[u8], format: Format) -> Result<Kind, OpenError> {
        let token = std::str::from_utf8(text).map_err(|_| OpenError::Token("its token is not text"))?;
        let source = Source { whole, format, exact: true };
        self.read_token(&source, token, String::new(), None)?.ok_or(OpenError::Foreign("a token that holds no credential"))
    }

    /// The address of a hosted assertion.
    pub fn link(&mut self, whole: &[u8], url: &str, format: Format) -> Result<Kind, OpenError> {
        let source = Source { whole, format, exact: true };
        self.push(&source, whole, String::new(), Payload::Link { url: url.to_owned() }, None)?;
        Ok(Kind::Json)
    }

    fn walk(&mut self, source: &Source<'_>, at: At<'_>, grouping: Option<&Arc<Grouping>>) -> Result<(), OpenError> {
        let At { value, raw, pointer, depth } = at;
        match value {
            Value::Object(object) => match shape(&object) {
                Shape::Credential => self.push(source, raw.as_bytes(), pointer, Payload::Json(object), grouping),
                Shape::Clr => self.clr(source, object, raw, pointer, grouping),
                Shape::Presentation => {
                    let grouping = Grouping::of(GroupingKind::Presentation, &object);
                    self.member(source, &object, raw, &pointer, "verifiableCredential", &grouping)?;
                    if object.contains_key("proof") {
                        self.presented(Presentation::Json(object));
                    }
                    Ok(())
                }
                Shape::Enveloped => self.enveloped(source, &object, pointer, grouping),
                Shape::Assertion => {
                    let payload = Payload::OpenBadges2 { token: None, assertion: object, beside: vec![] };
                    self.push(source, raw.as_bytes(), pointer, payload, grouping)
                }
                Shape::BesideAssertion => {
                    self.beside.push(object);
                    if self.beside.len() > MAX_ITEMS { Err(OpenError::TooMany) } else { Ok(()) }
                }
                Shape::Other if depth < MAX_SEARCH => {
                    let slices: BTreeMap<String, &RawValue> = serde_json::from_str(raw).unwrap_or_default();
                    for (name, value) in object {
                        let Some(raw) = slices.get(&name) else { continue };
                        let pointer = step(&pointer, &name);
                        self.walk(source, At { value, raw: raw.get(), pointer, depth: depth + 1 }, grouping)?;
                    }
                    Ok(())
                }
                Shape::Other => Ok(()),
            },
            Value::Array(values) if depth < MAX_SEARCH => {
                let slices: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
                for (index, (value, raw)) in values.into_iter().zip(slices).enumerate() {
                    let pointer = step(&pointer, &index.to_string());
                    self.walk(source, At { value, raw: raw.get(), pointer, depth: depth + 1 }, grouping)?;
                }
                Ok(())
            }
            Value::String(text) => self.string(source, text.trim(), pointer, grouping),
            _ => Ok(()),
        }
    }

    /// The learner record itself, then the credentials in it.
    fn clr(
        &mut self,
        source: &Source<'_>,
        clr: Map<String, Value>,
        raw: &str,
        pointer: String,
        grouping: Option<&Arc<Grouping>>,
    ) -> Result<(), OpenError> {
        let own = Grouping::of(GroupingKind::Clr, &clr);
        self.push(source, raw.as_bytes(), pointer.clone(), Payload::Json(clr.clone()), grouping)?;
        self.inside_clr(source, &clr, raw, &pointer, &own)
    }

    fn inside_clr(
        &mut self,
        source: &Source<'_>,
        clr: &Map<String, Value>,
        raw: &str,
        pointer: &str,
        grouping: &Arc<Grouping>,
    ) -> Result<(), OpenError> {
        let Some(Value::Object(subject)) = clr.get("credentialSubject") else { return Ok(()) };
        let slices: BTreeMap<String, &RawValue> = serde_json::from_str(raw).unwrap_or_default();
        let Some(raw) = slices.get("credentialSubject") else { return Ok(()) };
        self.member(source, subject, raw.get(), &step(pointer, "credentialSubject"), "verifiableCredential", grouping)
    }

    /// The credentials in one member of an object.
    fn member(
        &mut self,
        source: &Source<'_>,
        object: &Map<String, Value>,
        raw: &str,
        pointer: &str,
        name: &str,
        grouping: &Arc<Grouping>,
    ) -> Result<(), OpenError> {
        let slices: BTreeMap<String, &RawValue> = serde_json::from_str(raw).unwrap_or_default();
        let (Some(value), Some(raw)) = (object.get(name), slices.get(name)) else { return Ok(()) };
        let at = At { value: value.clone(), raw: raw.get(), pointer: step(pointer, name), depth: MAX_SEARCH - 2 };
        self.walk(source, at, Some(grouping))
    }

    fn presented(&mut self, presentation: Presentation) {
        if self.presentations.len() < MAX_PRESENTATIONS {
            self.presentations.push(presentation);
        }
    }

    /// A text in JSON: a token, or a credential that was saved as text.
    fn string(&mut self, source: &Source<'_>, text: &str, pointer: String, grouping: Option<&Arc<Grouping>>) -> Result<(), OpenError> {
        if token::looks_like_one(text.as_bytes()) {
            // Other texts may look like tokens; only inside a presentation or record must this one hold a credential.
            let read = self.read_token(source, text, pointer.clone(), grouping);
            let error = match read.and_then(|kind| kind.ok_or(OpenError::Foreign("a token that holds no credential"))) {
                Err(OpenError::TooMany) => return Err(OpenError::TooMany),
                Err(error) if grouping.is_some() => error,
                _ => return Ok(()),
            };
            self.faults.push(Fault { place: self.place(&pointer), reason: error.reason() });
            return Ok(());
        }
        let Some(Ok(Value::Object(object))) = text.starts_with('{').then(|| json::parse(text.as_bytes())) else { return Ok(()) };
        match shape(&object) {
            Shape::Other | Shape::BesideAssertion => Ok(()),
            _ => self.walk(source, At { value: Value::Object(object), raw: text, pointer, depth: MAX_SEARCH }, grouping),
        }
    }

    fn enveloped(
        &mut self,
        source: &Source<'_>,
        object: &Map<String, Value>,
        pointer: String,
        grouping: Option<&Arc<Grouping>>,
    ) -> Result<(), OpenError> {
        let data = object.get("id").and_then(Value::as_str).and_then(|id| id.strip_prefix("data:")).and_then(|id| id.split_once(','));
        match data {
            Some((kind, text)) if kind.contains("jwt") && !kind.ends_with(";base64") => {
                let grouping = grouping.cloned().unwrap_or_else(|| Grouping::of(GroupingKind::Presentation, object));
                self.string(source, text, pointer, Some(&grouping))
            }
            _ => {
                let reason = OpenError::Unsupported("an envelope of an unknown kind").reason();
                self.faults.push(Fault { place: self.place(&pointer), reason });
                Ok(())
            }
        }
    }

    /// What a token holds; None where that is no credential.
    fn read_token(
        &mut self,
        source: &Source<'_>,
        token: &str,
        pointer: String,
        grouping: Option<&Arc<Grouping>>,
    ) -> Result<Option<Kind>, OpenError> {
        let text = token::claims(token)?;
        let claims = match json::parse(&text) {
            Ok(Value::Object(claims)) => claims,
            Ok(_) => return Ok(None),
            Err(JsonError::Syntax { .. }) => return Err(OpenError::Token("the middle part of its token is not JSON")),
            Err(error) => return Err(error.into()),
        };
        let raw = std::str::from_utf8(&text).map_err(|_| OpenError::Token("the middle part of its token is not JSON"))?;
        let slices: BTreeMap<String, &RawValue> = serde_json::from_str(raw).unwrap_or_default();
        let token_bytes = token.as_bytes();
        let held = |member: Option<&str>| match member {
            None => Some((claims.clone(), raw)),
            Some(name) => Some((claims.get(name)?.as_object()?.clone(), slices.get(name)?.get())),
        };
        match token::holds(&claims) {
            Holds::Nothing => Ok(None),
            Holds::Assertion => {
                let payload = Payload::OpenBadges2 { token: Some(token.to_owned()), assertion: claims, beside: vec![] };
                self.push(source, token_bytes, pointer, payload, grouping)?;
                Ok(Some(Kind::Jwt))
            }
            Holds::Presentation { member } => {
                let Some((presentation, raw)) = held(member) else { return Ok(None) };
                let grouping = Grouping::of(GroupingKind::Presentation, &presentation);
                let inside = Source { whole: source.whole, format: source.format, exact: source.exact };
                self.member(&inside, &presentation, raw, &step(&pointer, member.unwrap_or("payload")), "verifiableCredential", &grouping)?;
                self.presented(Presentation::Jwt(token.to_owned()));
                Ok(Some(Kind::Presentation))
            }
            Holds::Credential { member } => {
                let Some((credential, raw)) = held(member) else { return Ok(None) };
                let payload = Payload::Jwt { token: token.to_owned(), payload: claims.clone() };
                self.push(source, token_bytes, pointer.clone(), payload, grouping)?;
                if shape(&credential) != Shape::Clr {
                    return Ok(Some(Kind::Jwt));
                }
                let grouping = Grouping::of(GroupingKind::Clr, &credential);
                self.inside_clr(source, &credential, raw, &step(&pointer, member.unwrap_or("payload")), &grouping)?;
                Ok(Some(Kind::Clr))
            }
        }
    }

    fn push(
        &mut self,
        source: &Source<'_>,
        slice: &[u8],
        pointer: String,
        payload: Payload,
        grouping: Option<&Arc<Grouping>>,
    ) -> Result<(), OpenError> {
        if self.items.len() >= MAX_ITEMS {
            return Err(OpenError::TooMany);
        }
        let is_token = matches!(payload, Payload::Jwt { .. } | Payload::OpenBadges2 { token: Some(_), .. });
        let (bytes, format) = match (pointer.is_empty(), is_token) {
            (true, _) => (source.whole, source.format),
            (false, true) => (slice, Format::Jwt),
            (false, false) => (slice, Format::Json),
        };
        let fault = match payload {
            Payload::Json(_) if !source.exact => json::parse(slice).err(),
            _ => None,
        };
        let named = match &payload {
            Payload::Json(credential) => title(credential),
            Payload::Jwt { payload, .. } => title(payload.get("vc").and_then(Value::as_object).unwrap_or(payload)),
            Payload::OpenBadges2 { assertion, .. } => assertion.get("badge").and_then(Value::as_object).and_then(title),
            Payload::Link { .. } => None,
        };
        let name = named.unwrap_or_else(|| self.file.clone());
        let place = self.place(&pointer);
        self.items.push(Item { name, bytes: bytes.to_vec(), format, payload, place, grouping: grouping.cloned(), fault });
        Ok(())
    }

    /// The name in the archive, the pointer, or both.
    fn place(&self, pointer: &str) -> String {
        match (self.within.as_str(), pointer) {
            (within, "") => within.to_owned(),
            ("", pointer) => pointer.to_owned(),
            (within, pointer) => format!("{within}#{pointer}"),
        }
    }
}

/// What a file of JSON is as a whole.
fn kind_of(value: &Value) -> Kind {
    match value.as_object().map(shape) {
        Some(Shape::Credential | Shape::Assertion) => Kind::Json,
        Some(Shape::Clr) => Kind::Clr,
        Some(Shape::Presentation | Shape::Enveloped) => Kind::Presentation,
        Some(Shape::Other | Shape::BesideAssertion) | None => Kind::Collection,
    }
}

/// A credential's, badge class's or achievement's own name.
fn title(object: &Map<String, Value>) -> Option<String> {
    let subject = object.get("credentialSubject");
    let achievement = subject.and_then(|subject| subject.get("achievement")).and_then(|achievement| achievement.get("name"));
    let name = [object.get("name"), achievement].into_iter().flatten().find_map(json::words)?.trim();
    (!name.is_empty()).then(|| shown(name))
}

/// A step further down a JSON pointer (RFC 6901 §3), safe to show.
fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", shown(&name.replace('~', "~0").replace('/', "~1")))
}

/// The objects that an assertion points to, straight or through one another.
fn pointed_to(assertion: &Map<String, Value>, by_id: &HashMap<String, Arc<Map<String, Value>>>) -> Vec<Arc<Map<String, Value>>> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut open = links(assertion);
    while let Some(id) = open.pop() {
        if found.len() >= MAX_BESIDE {
            break;
        }
        if let Some(object) = by_id.get(&id).filter(|_| seen.insert(id.clone())) {
            open.extend(links(object));
            found.push(Arc::clone(object));
        }
    }
    found
}

/// The addresses in an Open Badges 2.0 object that lead to others.
fn links(object: &Map<String, Value>) -> Vec<String> {
    let verification = object.get("verification").or_else(|| object.get("verify"));
    let creator = verification.and_then(|verification| verification.get("creator").or_else(|| verification.get("url")));
    let members = ["badge", "issuer", "publicKey", "revocationList", "owner"].into_iter().filter_map(|name| object.get(name));
    let mut links = Vec::new();
    for value in members.chain(creator) {
        match value {
            Value::String(id) => links.push(id.clone()),
            Value::Array(ids) => links.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned)),
            Value::Object(embedded) => links.extend(self::links(embedded)),
            _ => {}
        }
    }
    links
}
