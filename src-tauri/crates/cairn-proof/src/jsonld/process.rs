//! Context Processing and Create Term Definition (JSON-LD 1.1 API §4.1.2, §4.2.2).
//!
//! Two steps of the standard are refused by name, because no context in use takes them and a reader that skipped them would
//! misread: `@import`, and a document's own `@base`. Contexts are loaded from those that travel with Cairn, or not at all.

use super::cache::Cache;
use super::context::{
    Coercion, Container, Context, Definition, Keyword, Meaning, Scope, is_absolute, is_blank, is_language, is_true, next_id, split_compact,
};
use super::error::JsonLdError;
use super::pinned;
use crate::text::shown;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Most contexts that contexts may load in turn.
const MAX_LOADS: usize = 10;
/// Most terms that hold at one place of a document.
const MAX_TERMS: usize = 10_000;
/// Most terms that a document's own contexts may define in all, counted again wherever one is applied.
const MAX_DEFINITIONS: usize = 100_000;
/// The same of the contexts that travel with Cairn, which a document can name in ever new orders.
const MAX_PINNED_DEFINITIONS: usize = 400_000;
/// Most terms that are copied in all, since each context begins as a copy of the one around it.
const MAX_COPIES: usize = 10_000_000;
/// Most contexts in one `@context`.
const MAX_LOCALS: usize = 64;
/// Most terms that are defined by each other in a row.
const MAX_DEPTH: usize = 32;

/// How a context is applied to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// Written in the document: protected terms stay as they are.
    Embedded,
    /// A type's: as written in the document, and it does not hold in nodes below.
    Type,
    /// A property's: it may redefine protected terms.
    Property,
}

/// Applies contexts, and keeps what came of it.
#[derive(Default)]
pub(super) struct Contexts {
    cache: Cache,
    defined: usize,
    defined_pinned: usize,
    copied: usize,
}

impl Contexts {
    /// The context that holds inside an object with this `@context`.
    pub fn embedded(&mut self, active: &Arc<Context>, local: &Value) -> Result<Arc<Context>, JsonLdError> {
        let locals = local.as_array().map_or(std::slice::from_ref(local), Vec::as_slice);
        if locals.len() > MAX_LOCALS {
            return Err(JsonLdError::Limit(format!("one of its contexts is made of more than {MAX_LOCALS} others")));
        }
        let urls = locals.iter().take_while(|local| local.is_string()).count();
        let names: Vec<&str> = locals[..urls].iter().filter_map(Value::as_str).collect();
        let mut result = active.clone();
        if !names.is_empty() {
            let sequence = names.join("\n");
            result = match self.cache.sequence(active, &sequence) {
                Some(known) => known,
                None => {
                    let made = names.iter().try_fold(active.clone(), |result, name| self.load(&result, name))?;
                    self.cache.keep_sequence(active, sequence, &made);
                    made
                }
            };
        }
        let says_something = |local: &&Value| local.as_object().is_none_or(|local| !local.is_empty());
        for local in locals[urls..].iter().filter(says_something) {
            result = Arc::new(self.apply(&result, local, Way::Embedded, false)?);
        }
        Ok(result)
    }

    /// The context that holds inside a term's scope.
    pub fn scoped(&mut self, active: &Arc<Context>, scope: &Scope, way: Way) -> Result<Arc<Context>, JsonLdError> {
        if let Some(known) = self.cache.scoped(active, scope.id, way) {
            return Ok(known);
        }
        let made = Arc::new(self.apply(active, &scope.context, way, scope.pinned)?);
        self.cache.keep_scoped(active, scope.id, way, &made);
        Ok(made)
    }

    fn load(&mut self, active: &Arc<Context>, url: &str) -> Result<Arc<Context>, JsonLdError> {
        Ok(Arc::new(self.apply(active, &Value::String(url.into()), Way::Embedded, true)?))
    }

    fn apply(&mut self, active: &Arc<Context>, local: &Value, way: Way, pinned: bool) -> Result<Context, JsonLdError> {
        self.copied += active.terms.len();
        if self.copied > MAX_COPIES {
            return Err(JsonLdError::Limit("it gives its words their meaning anew in too many places".into()));
        }
        let propagate = local.as_object().and_then(|local| is_true(local, "@propagate")).unwrap_or(way != Way::Type);
        let mut result = Context { id: next_id(), pinned: pinned && active.pinned, ..(**active).clone() };
        if !propagate && result.previous.is_none() {
            result.previous = Some(active.clone());
        }
        let mut applying = Applying { result, contexts: self, overrides: way == Way::Property, loads: 0, pinned: usize::from(pinned) };
        applying.all(local)?;
        Ok(applying.result)
    }
}

/// One application of a local context.
struct Applying<'c> {
    result: Context,
    contexts: &'c mut Contexts,
    overrides: bool,
    loads: usize,
    /// How many pinned contexts this one stands in.
    pinned: usize,
}

impl Applying<'_> {
    fn all(&mut self, local: &Value) -> Result<(), JsonLdError> {
        let locals = local.as_array().map_or(std::slice::from_ref(local), Vec::as_slice);
        for local in locals {
            match local {
                Value::Null => self.clear()?,
                Value::String(url) => {
                    self.loads += 1;
                    if self.loads > MAX_LOADS {
                        return Err(JsonLdError::Limit(format!("its contexts name more than {MAX_LOADS} others")));
                    }
                    let loaded = pinned::context(url).ok_or_else(|| JsonLdError::UnknownContext(shown(url)))?;
                    self.pinned += 1;
                    self.all(loaded)?;
                    self.pinned -= 1;
                }
                Value::Object(local) => self.one(local)?,
                _ => return Err(JsonLdError::Context("it holds something other than addresses and objects".into())),
            }
        }
        Ok(())
    }

    /// A null context forgets every term, but for protected ones in the document's own words.
    fn clear(&mut self) -> Result<(), JsonLdError> {
        if !self.overrides && self.result.terms.values().any(|definition| definition.protected) {
            return Err(JsonLdError::Context("it forgets protected terms".into()));
        }
        let Context { id, pinned, .. } = self.result;
        self.result = Context { id, pinned, previous: self.result.previous.take(), ..Context::empty() };
        Ok(())
    }

    fn one(&mut self, local: &Map<String, Value>) -> Result<(), JsonLdError> {
        let unsupported = |feature: &str| JsonLdError::Unsupported { feature: feature.into(), place: "@context".into() };
        if local.contains_key("@import") {
            return Err(unsupported("@import"));
        }
        if local.contains_key("@base") && self.loads == 0 {
            return Err(unsupported("@base"));
        }
        if local.contains_key("@direction") {
            return Err(unsupported("@direction"));
        }
        if local.get("@version").is_some_and(|version| version.as_f64() != Some(1.1)) {
            return Err(JsonLdError::Context("its @version is not 1.1".into()));
        }
        match local.get("@vocab") {
            None => {}
            Some(Value::Null) => self.result.vocab = None,
            Some(vocab) => self.result.vocab = Some(self.vocab(vocab)?),
        }
        match local.get("@language") {
            None => {}
            Some(language) => self.result.language = read_language(language)?,
        }
        let protected = flag(local, "@protected")?.unwrap_or(false);
        flag(local, "@propagate")?;
        let mut defining = Defining { applying: self, local, protected, done: HashMap::new(), depth: 0 };
        for term in local.keys() {
            if !matches!(term.as_str(), "@base" | "@language" | "@propagate" | "@protected" | "@version" | "@vocab") {
                defining.term(term)?;
            }
        }
        Ok(())
    }

    fn vocab(&self, vocab: &Value) -> Result<Arc<str>, JsonLdError> {
        let text = vocab.as_str().ok_or_else(|| JsonLdError::Context("its @vocab is not a text".into()))?;
        match self.result.expand(text, true) {
            Meaning::Iri(iri) if is_absolute(&iri) => Ok(iri),
            _ => Err(JsonLdError::Context(format!("its @vocab “{}” is not a whole address", shown(text)))),
        }
    }
}

/// The definitions of one local context, which may name each other in any order.
struct Defining<'a, 'c> {
    applying: &'a mut Applying<'c>,
    local: &'a Map<String, Value>,
    protected: bool,
    /// The terms that are defined, and those that are being defined.
    done: HashMap<String, bool>,
    /// How many terms are being defined, each for the sake of the one before.
    depth: usize,
}

impl Defining<'_, '_> {
    /// Create Term Definition, where one definition may ask for others.
    fn term(&mut self, term: &str) -> Result<(), JsonLdError> {
        if self.depth >= MAX_DEPTH {
            return Err(JsonLdError::Limit(format!("its contexts define more than {MAX_DEPTH} terms by each other")));
        }
        self.depth += 1;
        let defined = self.define(term);
        self.depth -= 1;
        defined
    }

    fn define(&mut self, term: &str) -> Result<(), JsonLdError> {
        match self.done.get(term) {
            Some(true) => return Ok(()),
            Some(false) => return Err(fault(term, "is defined by itself")),
            None => {}
        }
        let (contexts, result) = (&mut *self.applying.contexts, &self.applying.result);
        let (count, most) =
            if result.pinned { (&mut contexts.defined_pinned, MAX_PINNED_DEFINITIONS) } else { (&mut contexts.defined, MAX_DEFINITIONS) };
        *count += 1;
        if *count > most || result.terms.len() > MAX_TERMS {
            return Err(JsonLdError::Limit("its contexts define too many terms".into()));
        }
        if term.is_empty() {
            return Err(fault(term, "has no name"));
        }
        if Keyword::reserved(term) {
            return Err(fault(term, "has a name that belongs to JSON-LD"));
        }
        self.done.insert(term.to_owned(), false);
        let local = self.local;
        let before = self.applying.result.terms.remove(term);
        let pinned_before = before.as_ref().filter(|before| before.pinned).map(|before| before.meaning.clone());
        let empty = Map::new();
        let mut definition = match local.get(term) {
            Some(Value::Null) => self.definition(term, &empty, Some(&Value::Null), false)?,
            Some(id @ Value::String(_)) => self.definition(term, &empty, Some(id), true)?,
            Some(Value::Object(object)) => self.definition(term, object, object.get("@id"), false)?,
            _ => return Err(fault(term, "is neither an address nor an object")),
        };
        if let Some(before) = before.filter(|before| before.protected && !self.applying.overrides) {
            if !before.same(&definition) {
                return Err(fault(term, "is protected, and is given another meaning"));
            }
            definition.protected = true;
            definition.scope.clone_from(&before.scope);
        }
        match pinned_before {
            None => {}
            Some(before) if before == definition.meaning => definition.pinned = true,
            Some(_) if definition.pinned => {}
            Some(_) => return Err(fault(term, "has a meaning that the document's own context would change")),
        }
        self.applying.result.terms.insert(term.into(), Arc::new(definition));
        self.done.insert(term.to_owned(), true);
        Ok(())
    }

    fn definition(&mut self, term: &str, object: &Map<String, Value>, id: Option<&Value>, simple: bool) -> Result<Definition, JsonLdError> {
        for member in object.keys() {
            match member.as_str() {
                "@id" | "@reverse" | "@container" | "@context" | "@language" | "@nest" | "@prefix" | "@protected" | "@type" => {}
                "@direction" | "@index" => return Err(unsupported(member)),
                _ => return Err(fault(term, "is defined with a member that JSON-LD does not know")),
            }
        }
        let mut definition = Definition {
            meaning: Meaning::Nothing,
            prefix: false,
            protected: flag(object, "@protected")?.unwrap_or(self.protected),
            pinned: self.applying.pinned > 0,
            reverse: false,
            coercion: object.get("@type").map(|kind| self.coercion(term, kind)).transpose()?,
            container: object.get("@container").map_or(Ok(Container::default()), |container| read_container(term, container))?,
            language: object.get("@language").map(read_language).transpose()?,
            scope: object.get("@context").map(|context| Scope {
                id: next_id(),
                pinned: self.applying.pinned > 0,
                context: Arc::new(context.clone()),
            }),
            nest: None,
        };
        if let Some(reverse) = object.get("@reverse") {
            if id.is_some() || object.contains_key("@nest") || definition.container.list {
                return Err(fault(term, "is reverse, and something that cannot be"));
            }
            let reverse = reverse.as_str().ok_or_else(|| fault(term, "has a @reverse that is not a text"))?;
            definition.meaning = self.address(term, reverse)?;
            definition.reverse = true;
            return Ok(definition);
        }
        definition.meaning = self.meaning(term, id)?;
        let plain = !term.contains([':', '/']);
        if let Meaning::Iri(iri) = &definition.meaning {
            definition.prefix = simple && plain && (iri.ends_with([':', '/', '?', '#', '[', ']', '@']) || is_blank(iri));
        }
        match object.get("@nest").map(Value::as_str) {
            None => {}
            Some(Some(nest)) if nest == "@nest" || Keyword::of(nest).is_none() => definition.nest = Some(nest.into()),
            Some(_) => return Err(fault(term, "has a @nest that is not a term")),
        }
        if let Some(prefix) = flag(object, "@prefix")? {
            if !plain || (prefix && matches!(definition.meaning, Meaning::Keyword(_))) {
                return Err(fault(term, "cannot be a prefix"));
            }
            definition.prefix = prefix;
        }
        Ok(definition)
    }

    /// What the term means (steps 14 to 18).
    fn meaning(&mut self, term: &str, id: Option<&Value>) -> Result<Meaning, JsonLdError> {
        let colon = term.char_indices().any(|(place, c)| c == ':' && place > 0 && place + 1 < term.len());
        match id {
            Some(Value::Null) => return Ok(Meaning::Nothing),
            Some(Value::String(id)) if id != term => {
                let meaning = match self.expand(id)? {
                    Meaning::Keyword(Keyword::Context) => return Err(fault(term, "cannot be another name for @context")),
                    Meaning::Keyword(keyword) => Meaning::Keyword(keyword),
                    _ => self.address(term, id)?,
                };
                if colon || term.contains('/') {
                    self.done.insert(term.to_owned(), true);
                    if self.expand(term)? != meaning {
                        return Err(fault(term, "means one thing by its form and another by its definition"));
                    }
                }
                return Ok(meaning);
            }
            Some(Value::String(_)) | None => {}
            Some(_) => return Err(fault(term, "has an @id that is not a text")),
        }
        if let Some((prefix, suffix)) = split_compact(term) {
            if self.local.contains_key(prefix) {
                self.term(prefix)?;
            }
            if let Some(Meaning::Iri(iri)) = self.applying.result.terms.get(prefix).map(|definition| &definition.meaning) {
                return Ok(Meaning::Iri(format!("{iri}{suffix}").into()));
            }
            return if is_absolute(term) { Ok(Meaning::Iri(term.into())) } else { Err(fault(term, "means nothing")) };
        }
        match &self.applying.result.vocab {
            Some(vocab) => Ok(Meaning::Iri(format!("{vocab}{term}").into())),
            None => Err(fault(term, "means nothing")),
        }
    }

    /// An address that a definition names.
    fn address(&mut self, term: &str, text: &str) -> Result<Meaning, JsonLdError> {
        match self.expand(text)? {
            Meaning::Iri(iri) if is_absolute(&iri) => Ok(Meaning::Iri(iri)),
            Meaning::Iri(iri) if is_blank(&iri) => Err(unsupported("a blank node as a property")),
            _ => Err(fault(term, "does not mean a whole address")),
        }
    }

    /// IRI Expansion with the terms of this context, defined or not yet.
    fn expand(&mut self, text: &str) -> Result<Meaning, JsonLdError> {
        if Keyword::of(text).is_none() {
            if self.local.contains_key(text) {
                self.term(text)?;
            }
            if let Some((prefix, suffix)) = split_compact(text)
                && !suffix.starts_with("//")
                && self.local.contains_key(prefix)
            {
                self.term(prefix)?;
            }
        }
        Ok(self.applying.result.expand(text, true))
    }

    fn coercion(&mut self, term: &str, kind: &Value) -> Result<Coercion, JsonLdError> {
        match kind.as_str() {
            Some("@id") => Ok(Coercion::Id),
            Some("@vocab") => Ok(Coercion::Vocab),
            Some("@json") => Ok(Coercion::Json),
            Some("@none") => Ok(Coercion::None),
            Some(kind) => match self.expand(kind)? {
                Meaning::Iri(iri) if is_absolute(&iri) => Ok(Coercion::Datatype(iri)),
                _ => Err(fault(term, "has a type that means nothing")),
            },
            None => Err(fault(term, "has a type that is not a text")),
        }
    }
}

fn read_container(term: &str, container: &Value) -> Result<Container, JsonLdError> {
    let mut read = Container::default();
    for name in container.as_array().map_or(std::slice::from_ref(container), Vec::as_slice) {
        let slot = match name.as_str() {
            Some("@graph") => &mut read.graph,
            Some("@id") => &mut read.id,
            Some("@index") => &mut read.index,
            Some("@language") => &mut read.language,
            Some("@list") => &mut read.list,
            Some("@set") => &mut read.set,
            Some("@type") => &mut read.kind,
            _ => return Err(fault(term, "has a @container that JSON-LD does not know")),
        };
        *slot = true;
    }
    let maps = [read.id, read.index, read.language, read.kind].into_iter().filter(|kind| *kind).count();
    if maps > 1 || (read.list && (maps > 0 || read.graph || read.set)) || (read.graph && (read.language || read.kind)) {
        return Err(fault(term, "has a @container that cannot be"));
    }
    Ok(read)
}

/// A language in lower case, as processors agree on; None for a null.
fn read_language(language: &Value) -> Result<Option<Arc<str>>, JsonLdError> {
    match language {
        Value::Null => Ok(None),
        Value::String(tag) if is_language(tag) => Ok(Some(tag.to_ascii_lowercase().into())),
        _ => Err(JsonLdError::Context("its @language is not a language tag".into())),
    }
}

fn flag(object: &Map<String, Value>, member: &'static str) -> Result<Option<bool>, JsonLdError> {
    match object.get(member) {
        None => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(JsonLdError::Context(format!("its {member} is neither true nor false"))),
    }
}

fn unsupported(feature: &str) -> JsonLdError {
    JsonLdError::Unsupported { feature: feature.into(), place: "@context".into() }
}

fn fault(term: &str, fault: &str) -> JsonLdError {
    JsonLdError::Context(format!("the term “{}” {fault}", shown(term)))
}
