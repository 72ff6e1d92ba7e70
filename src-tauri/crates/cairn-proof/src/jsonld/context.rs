//! An active context (JSON-LD 1.1 API §4.1): what each term means at one place of a document.

use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A name that belongs to JSON-LD itself (JSON-LD 1.1 §1.7), as far as documents use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// `@context`
    Context,
    /// `@direction`
    Direction,
    /// `@graph`
    Graph,
    /// `@id`
    Id,
    /// `@included`
    Included,
    /// `@index`
    Index,
    /// `@language`
    Language,
    /// `@list`
    List,
    /// `@nest`
    Nest,
    /// `@reverse`
    Reverse,
    /// `@set`
    Set,
    /// `@type`
    Type,
    /// `@value`
    Value,
    /// One that stands in contexts alone.
    Other,
}

impl Keyword {
    /// The keyword that a text is.
    pub fn of(text: &str) -> Option<Self> {
        Some(match text.strip_prefix('@')? {
            "context" => Self::Context,
            "direction" => Self::Direction,
            "graph" => Self::Graph,
            "id" => Self::Id,
            "included" => Self::Included,
            "index" => Self::Index,
            "language" => Self::Language,
            "list" => Self::List,
            "nest" => Self::Nest,
            "reverse" => Self::Reverse,
            "set" => Self::Set,
            "type" => Self::Type,
            "value" => Self::Value,
            "base" | "container" | "default" | "import" | "json" | "none" | "prefix" | "propagate" | "protected" | "version" | "vocab" => {
                Self::Other
            }
            _ => return None,
        })
    }

    /// Whether a text has the form of a keyword; such texts are reserved, whether they are one or not.
    pub fn reserved(text: &str) -> bool {
        text.strip_prefix('@').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
    }
}

/// What a term, a compact IRI or an IRI means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A part of JSON-LD.
    Keyword(Keyword),
    /// An IRI, or a text that is none: [`is_absolute`] tells.
    Iri(Arc<str>),
    /// Nothing: a context says so, or the text is reserved.
    Nothing,
}

/// How a term's values are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coercion {
    /// `@id`: a text is an address.
    Id,
    /// `@vocab`: a text is a term or an address.
    Vocab,
    /// `@json`: the value is a JSON literal.
    Json,
    /// `@none`: no coercion.
    None,
    /// A datatype.
    Datatype(Arc<str>),
}

/// How a term's values are held together (`@container`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Container {
    /// `@graph`: each value is a graph of its own.
    pub graph: bool,
    /// `@id`: a map from addresses.
    pub id: bool,
    /// `@index`: a map whose keys mean nothing.
    pub index: bool,
    /// `@language`: a map from languages.
    pub language: bool,
    /// `@list`: the order counts.
    pub list: bool,
    /// `@set`: the order does not count.
    pub set: bool,
    /// `@type`: a map from types.
    pub kind: bool,
}

/// The context that holds inside a term's values, or inside nodes of a type.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Distinguishes the scope from every other, for the cache of contexts.
    pub id: u64,
    /// Whether it stands in a context that travels with Cairn.
    pub pinned: bool,
    /// The local context.
    pub context: Arc<Value>,
}

/// What a context says of a term (JSON-LD 1.1 §9.15.1).
#[derive(Debug, Clone)]
pub struct Definition {
    /// What the term means.
    pub meaning: Meaning,
    /// Whether compact IRIs may begin with it.
    pub prefix: bool,
    /// Whether no other context may redefine it.
    pub protected: bool,
    /// Whether a context that travels with Cairn gives it this meaning.
    pub pinned: bool,
    /// Whether it points from the value to the node.
    pub reverse: bool,
    /// How values are read.
    pub coercion: Option<Coercion>,
    /// How values are held together.
    pub container: Container,
    /// The language of texts: `Some(None)` for none at all.
    pub language: Option<Option<Arc<str>>>,
    /// The context inside.
    pub scope: Option<Scope>,
    /// The term under which it may be nested.
    pub nest: Option<Arc<str>>,
}

impl Definition {
    /// Whether two definitions say the same, apart from protection.
    pub fn same(&self, other: &Self) -> bool {
        let scope = |definition: &Self| definition.scope.as_ref().map(|scope| scope.context.clone());
        self.meaning == other.meaning
            && self.prefix == other.prefix
            && self.reverse == other.reverse
            && self.coercion == other.coercion
            && self.container == other.container
            && self.language == other.language
            && self.nest == other.nest
            && scope(self) == scope(other)
    }
}

/// What each term means at one place of a document.
#[derive(Debug, Clone)]
pub struct Context {
    /// Distinguishes the context from every other, for the cache of contexts.
    pub id: u64,
    /// Whether it comes of contexts that travel with Cairn alone, so that it may be kept for other documents.
    pub pinned: bool,
    /// The terms.
    pub terms: HashMap<Arc<str>, Arc<Definition>>,
    /// What terms without a definition begin with.
    pub vocab: Option<Arc<str>>,
    /// The language of texts, in lower case.
    pub language: Option<Arc<str>>,
    /// The context outside, which holds again in nodes below.
    pub previous: Option<Arc<Context>>,
}

impl Context {
    /// The context before any other.
    pub fn empty() -> Self {
        Self { id: next_id(), pinned: true, terms: HashMap::new(), vocab: None, language: None, previous: None }
    }

    /// What a key or value means (IRI Expansion, §5.2.2, without a base: documents have no address of their own).
    pub fn expand(&self, text: &str, vocab: bool) -> Meaning {
        if let Some(keyword) = Keyword::of(text) {
            return Meaning::Keyword(keyword);
        }
        if Keyword::reserved(text) {
            return Meaning::Nothing;
        }
        if let Some(definition) = self.terms.get(text)
            && (vocab || matches!(definition.meaning, Meaning::Keyword(_)))
        {
            return definition.meaning.clone();
        }
        if let Some((prefix, suffix)) = split_compact(text) {
            if prefix == "_" || suffix.starts_with("//") {
                return Meaning::Iri(text.into());
            }
            if let Some(definition) = self.terms.get(prefix)
                && definition.prefix
                && let Meaning::Iri(iri) = &definition.meaning
            {
                return Meaning::Iri(format!("{iri}{suffix}").into());
            }
            if is_absolute(text) {
                return Meaning::Iri(text.into());
            }
        }
        match &self.vocab {
            Some(start) if vocab => Meaning::Iri(format!("{start}{text}").into()),
            _ => Meaning::Iri(text.into()),
        }
    }
}

/// A compact IRI's two parts: the colon is not the first character.
pub fn split_compact(text: &str) -> Option<(&str, &str)> {
    text.split_once(':').filter(|(prefix, _)| !prefix.is_empty())
}

/// Whether a text is an IRI with a scheme (RFC 3987 §2.2) that N-Quads can carry (RDF 1.1 N-Quads §3).
pub fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut scheme = scheme.bytes();
    scheme.next().is_some_and(|first| first.is_ascii_alphabetic())
        && scheme.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.chars().any(|c| matches!(c, '<' | '>' | '"' | '\\') || c.is_whitespace() || c.is_control())
}

/// Whether a text is a blank node's name (`_:b0`).
pub fn is_blank(text: &str) -> bool {
    text.starts_with("_:")
}

/// Whether a text is a language tag (BCP 47 in outline, as JSON-LD processors check it).
pub fn is_language(tag: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.split('-').all(part) && tag.split('-').next().is_some_and(|first| first.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// A number that nothing else has.
pub fn next_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Whether an object of a context has a member that is true.
pub fn is_true(object: &Map<String, Value>, member: &str) -> Option<bool> {
    object.get(member).and_then(Value::as_bool)
}
