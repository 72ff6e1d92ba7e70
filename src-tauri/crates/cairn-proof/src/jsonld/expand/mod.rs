//! Expansion straight to quads (JSON-LD 1.1 API §5.1.2, §7.2 and §8.1.2 in one walk), in *safe mode*: whatever a signature
//! could not cover is refused by its name and place, never dropped.
//!
//! A second rule guards what verifiers *read*. They read JSON by its usual names, and a signature over RDF covers meanings alone:
//! under an added context, or as a whole address, `validUntil` could go by another name and be overlooked. What the vocabularies
//! of credentials and of proofs define must therefore stand under its usual name (`usual`), in one place, and what could
//! move it elsewhere (`@nest`, `@reverse`, `@included`, `@graph`, `@set`) is refused. Whatever else a context that travels with
//! Cairn has a name for, at that place, must stand under that name too (`names`). Below a property that none of them knows, nobody
//! looks for anything.
//!
//! One walk does for three algorithms because nothing between them is needed: a node's quads are known as soon as its members'
//! meanings are, and a set of quads has no order. The walk is the standard's otherwise, step by step.

mod container;
mod names;
mod usual;
mod value;

use crate::json::MAX_DEPTH;
use crate::jsonld::cache::root;
use crate::jsonld::context::{Coercion, Container, Context, Definition, Keyword, Meaning, is_absolute, is_blank};
use crate::jsonld::dataset::{Dataset, Quad, Term};
use crate::jsonld::error::JsonLdError;
use crate::jsonld::process::{Contexts, Way};
use crate::text::shown;
use names::Names;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;
use usual::usual_name;

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const RDF_FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const RDF_REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
const RDF_NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";

/// A document to read, or part of one.
#[derive(Debug, Clone, Copy)]
pub struct Source<'d> {
    /// Its members.
    pub members: &'d Map<String, Value>,
    /// Those at its top that are passed over.
    pub without: &'d [&'d str],
    /// The `@context` where it has none of its own.
    pub context: Option<&'d Value>,
}

/// The quads of a document.
///
/// # Errors
/// Where a signature could not cover all of it; see [`JsonLdError`].
pub fn read(source: Source<'_>) -> Result<Dataset, JsonLdError> {
    let mut walk = Walk {
        dataset: Dataset::default(),
        contexts: Contexts::default(),
        blanks: HashMap::new(),
        path: Vec::new(),
        source,
        subject: None,
        names: HashMap::new(),
        unread: 0,
    };
    walk.document()?;
    Ok(walk.dataset.into_distinct())
}

/// One step of the way to a value, for messages.
#[derive(Clone, Copy)]
enum Step<'d> {
    Member(&'d str),
    Item(usize),
}

/// The property whose values are being read.
#[derive(Clone, Copy)]
struct Property<'p> {
    definition: Option<&'p Arc<Definition>>,
    /// The value stands in a list.
    in_list: bool,
}

impl Property<'_> {
    const NONE: Self = Self { definition: None, in_list: false };

    fn container(&self) -> Container {
        self.definition.map_or_else(Container::default, |definition| definition.container)
    }

    fn coercion(&self) -> Option<&Coercion> {
        self.definition.and_then(|definition| definition.coercion.as_ref())
    }
}

/// A member of an object, with what it means.
struct Member<'d> {
    name: &'d str,
    meaning: Meaning,
    definition: Option<Arc<Definition>>,
    value: &'d Value,
}

struct Walk<'d> {
    dataset: Dataset,
    contexts: Contexts,
    blanks: HashMap<String, Term>,
    path: Vec<Step<'d>>,
    source: Source<'d>,
    /// The node that the document is about.
    subject: Option<Term>,
    /// What contexts have names for, by the context, where it was asked.
    names: HashMap<u64, Names>,
    /// How many properties lie around that no context which travels with Cairn knows.
    unread: usize,
}

impl<'d> Walk<'d> {
    fn document(&mut self) -> Result<(), JsonLdError> {
        let (context, members) = self.open(&root(), self.source.members, Property::NONE)?;
        let named = |keyword| members.iter().filter(move |member| member.meaning == Meaning::Keyword(keyword));
        if named(Keyword::Value).chain(named(Keyword::List)).chain(named(Keyword::Set)).next().is_some() {
            return Err(self.uncovered("a document is a node, not a value"));
        }
        self.node(&context, &members, None)?;
        if self.dataset.quads().is_empty() { Err(self.uncovered("it says nothing")) } else { Ok(()) }
    }

    /// The context that holds inside an object (steps 7 to 11), and its members with their meanings.
    fn open(
        &mut self,
        active: &Arc<Context>,
        object: &'d Map<String, Value>,
        property: Property<'_>,
    ) -> Result<(Arc<Context>, Vec<Member<'d>>), JsonLdError> {
        if self.path.len() > 2 * MAX_DEPTH {
            return Err(JsonLdError::Limit(format!("it is nested deeper than {MAX_DEPTH} levels")));
        }
        let mut context = active.clone();
        if let Some(previous) = &active.previous {
            let is = |name: &str, keyword| active.expand(name, true) == Meaning::Keyword(keyword);
            let value = object.keys().any(|name| is(name, Keyword::Value));
            let reference = object.len() == 1 && object.keys().all(|name| is(name, Keyword::Id));
            if !value && !reference {
                context = previous.clone();
            }
        }
        if let Some(scope) = property.definition.and_then(|definition| definition.scope.as_ref()) {
            context = self.contexts.scoped(&context, scope, Way::Property)?;
        }
        let outermost = self.path.is_empty();
        if let Some(local) = object.get("@context").or_else(|| self.source.context.filter(|_| outermost)) {
            context = self.contexts.embedded(&context, local)?;
        }
        let outer = context.clone();
        for (name, value) in object {
            if name != "@context" && outer.expand(name, true) == Meaning::Keyword(Keyword::Type) {
                let mut types: Vec<&str> = items(value).iter().filter_map(Value::as_str).collect();
                types.sort_unstable();
                for name in types {
                    if let Some(scope) = outer.terms.get(name).and_then(|definition| definition.scope.as_ref()) {
                        context = self.contexts.scoped(&context, scope, Way::Type)?;
                    }
                }
            }
        }
        let mut members = Vec::with_capacity(object.len());
        self.members(&context, object, &mut members)?;
        Ok((context, members))
    }

    /// The members of an object.
    fn members(&mut self, context: &Context, object: &'d Map<String, Value>, members: &mut Vec<Member<'d>>) -> Result<(), JsonLdError> {
        for (name, value) in object {
            if name == "@context" || (self.path.is_empty() && self.source.without.contains(&name.as_str())) {
                continue;
            }
            let meaning = context.expand(name, true);
            self.path.push(Step::Member(name));
            match &meaning {
                Meaning::Keyword(Keyword::Context | Keyword::Other) => return Err(self.value("a name that belongs to contexts")),
                Meaning::Keyword(Keyword::Nest | Keyword::Reverse | Keyword::Included | Keyword::Graph) => {
                    return Err(self.unsupported("@nest, @reverse, @included or @graph"));
                }
                Meaning::Keyword(Keyword::Index) => return Err(self.unsupported("@index")),
                Meaning::Keyword(keyword) => {
                    if self.is_renamed_keyword(context, object, name, *keyword) {
                        return Err(self.renamed());
                    }
                    if *keyword != Keyword::Type && members.iter().any(|member| member.meaning == meaning) {
                        return Err(self.value("it stands twice, under two names"));
                    }
                }
                Meaning::Iri(iri) if is_blank(iri) => return Err(self.unsupported("a blank node as a property")),
                Meaning::Iri(iri) if !is_absolute(iri) => return Err(self.undefined()),
                Meaning::Nothing => return Err(self.undefined()),
                Meaning::Iri(iri) if usual_name(iri).is_some_and(|usual| usual != name) => return Err(self.disguised()),
                Meaning::Iri(iri) if self.is_renamed_property(context, name, iri) => return Err(self.renamed()),
                Meaning::Iri(_) => {}
            }
            let definition = context.terms.get(name.as_str()).cloned();
            members.push(Member { name, meaning, definition, value });
            self.path.pop();
        }
        Ok(())
    }

    /// A node's quads, and its term.
    fn node(&mut self, context: &Arc<Context>, members: &[Member<'d>], graph: Option<Term>) -> Result<Term, JsonLdError> {
        let id = members.iter().find(|member| member.meaning == Meaning::Keyword(Keyword::Id));
        let subject = match id {
            None => self.dataset.blank(),
            Some(id) => self.at(id.name, |walk| match id.value {
                Value::String(text) => walk.reference(context, text, false),
                _ => Err(walk.value("an id is a text")),
            })?,
        };
        let elsewhere = *self.subject.get_or_insert(subject) == subject && !self.path.is_empty();
        for member in members {
            self.path.push(Step::Member(member.name));
            match &member.meaning {
                Meaning::Keyword(Keyword::Id) => {}
                Meaning::Keyword(Keyword::Type) => self.types(context, member.value, subject, graph)?,
                Meaning::Iri(iri) if elsewhere && usual_name(iri).is_some() => return Err(self.disguised()),
                Meaning::Iri(iri) => self.property(context, iri, member, (subject, graph))?,
                Meaning::Keyword(_) | Meaning::Nothing => return Err(self.value("a name that does not belong to a node")),
            }
            self.path.pop();
        }
        Ok(subject)
    }

    fn types(&mut self, context: &Context, types: &Value, subject: Term, graph: Option<Term>) -> Result<(), JsonLdError> {
        let predicate = self.dataset.iri(RDF_TYPE);
        for item in items(types) {
            let Value::String(name) = item else { return Err(self.value("a type is a text")) };
            let object = self.class(context, name)?;
            self.dataset.insert(Quad { subject, predicate, object, graph })?;
        }
        Ok(())
    }

    fn class(&mut self, context: &Context, name: &str) -> Result<Term, JsonLdError> {
        match context.expand(name, true) {
            Meaning::Iri(iri) if is_blank(&iri) => Ok(self.named_blank(&iri)),
            Meaning::Iri(iri) if self.is_renamed_class(context, name, &iri) => Err(self.renamed()),
            Meaning::Iri(iri) if is_absolute(&iri) => Ok(self.dataset.iri(&iri)),
            _ => Err(JsonLdError::UndefinedType { name: shown(name), place: self.place() }),
        }
    }

    /// A property's quads.
    fn property(
        &mut self,
        context: &Arc<Context>,
        iri: &str,
        member: &Member<'d>,
        (subject, graph): (Term, Option<Term>),
    ) -> Result<(), JsonLdError> {
        let mut objects = Vec::new();
        let property = Property { definition: member.definition.as_ref(), ..Property::NONE };
        let backwards = property.definition.is_some_and(|definition| definition.reverse);
        if backwards && usual_name(iri).is_some() {
            return Err(self.disguised());
        }
        let unread = usize::from(!property.definition.is_some_and(|definition| definition.pinned));
        self.unread += unread;
        self.values(context, property, member.value, graph, &mut objects)?;
        self.unread -= unread;
        let predicate = self.dataset.iri(iri);
        for object in objects {
            if !backwards {
                self.dataset.insert(Quad { subject, predicate, object, graph })?;
            } else if self.dataset.nquads(object).starts_with('"') || property.container().list {
                return Err(self.value("a reverse property points from a value"));
            } else {
                self.dataset.insert(Quad { subject: object, predicate, object: subject, graph })?;
            }
        }
        Ok(())
    }

    /// An object that is a value, a list, a set or a node.
    fn object(
        &mut self,
        active: &Arc<Context>,
        property: Property<'_>,
        object: &'d Map<String, Value>,
        graph: Option<Term>,
        out: &mut Vec<Term>,
    ) -> Result<(), JsonLdError> {
        let (context, members) = self.open(active, object, property)?;
        let has = |keyword| members.iter().find(|member| member.meaning == Meaning::Keyword(keyword));
        if has(Keyword::Value).is_some() {
            out.push(self.value_object(&context, &members)?);
            return Ok(());
        }
        for (keyword, is_list) in [(Keyword::List, true), (Keyword::Set, false)] {
            let Some(member) = has(keyword) else { continue };
            if members.len() > 1 {
                return Err(if has(Keyword::Index).is_some() {
                    self.unsupported("@index")
                } else {
                    self.value("a list or set has no other members")
                });
            }
            if !is_list && self.unread == 0 {
                return Err(self.unsupported("@set"));
            }
            return if is_list {
                self.list(&context, property, member.value, graph, out)
            } else {
                self.items(&context, property, member.value, graph, out)
            };
        }
        if has(Keyword::Language).is_some() || has(Keyword::Direction).is_some() {
            return Err(self.uncovered("a language without a text"));
        }
        out.push(self.node(&context, &members, graph)?);
        Ok(())
    }

    fn named_blank(&mut self, name: &str) -> Term {
        if let Some(known) = self.blanks.get(name) {
            return *known;
        }
        let blank = self.dataset.blank();
        self.blanks.insert(name.to_owned(), blank);
        blank
    }

    fn at<T>(&mut self, name: &'d str, read: impl FnOnce(&mut Self) -> Result<T, JsonLdError>) -> Result<T, JsonLdError> {
        self.path.push(Step::Member(name));
        let read = read(self)?;
        self.path.pop();
        Ok(read)
    }

    fn place(&self) -> String {
        let steps = self.path.iter().map(|step| match step {
            Step::Member(name) => (*name).to_owned(),
            Step::Item(place) => place.to_string(),
        });
        shown(&steps.collect::<Vec<_>>().join("."))
    }

    fn undefined(&self) -> JsonLdError {
        JsonLdError::UndefinedTerm { place: self.place() }
    }

    fn disguised(&self) -> JsonLdError {
        JsonLdError::Disguised { place: self.place() }
    }

    fn renamed(&self) -> JsonLdError {
        JsonLdError::Renamed { place: self.place() }
    }

    fn uncovered(&self, fault: &'static str) -> JsonLdError {
        JsonLdError::Uncovered { place: self.place(), fault }
    }

    fn value(&self, fault: &'static str) -> JsonLdError {
        JsonLdError::Value { place: self.place(), fault }
    }

    fn unsupported(&self, feature: &str) -> JsonLdError {
        JsonLdError::Unsupported { feature: feature.into(), place: self.place() }
    }
}

/// The items of an array, or the one value that is none.
fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}
