//! RDF quads, as JSON-LD gives them and canonicalisation reads them (RDF 1.1 Concepts §3, §4).
//!
//! IRIs and literals are interned in the form that canonical N-Quads gives them (RDFC-1.0 §A), so that a quad is four small
//! numbers, and a text is escaped once however often it stands in the dataset.

use indexmap::IndexSet;

/// Most quads that a document may have.
pub const MAX_QUADS: usize = 100_000;

/// A node or literal of a [`Dataset`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// An IRI or a literal, by its place among the dataset's texts.
    Text(u32),
    /// A blank node, by its number.
    Blank(u32),
}

/// One statement, in the default graph or a named one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quad {
    /// What it is about: an IRI or a blank node.
    pub subject: Term,
    /// The property: always an IRI.
    pub predicate: Term,
    /// The value.
    pub object: Term,
    /// The graph it stands in; None for the default graph.
    pub graph: Option<Term>,
}

/// The dataset would have more than [`MAX_QUADS`] quads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document says more than {MAX_QUADS} things")]
pub struct TooManyQuads;

/// A set of quads.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    texts: IndexSet<String>,
    quads: Vec<Quad>,
    blanks: u32,
    buffer: String,
    /// The first text that programs in use write in different ways, and where it stands; see [`Dataset::disputed`].
    disputed: Option<String>,
}

impl Dataset {
    /// The IRI's term.
    pub fn iri(&mut self, iri: &str) -> Term {
        self.buffer.clear();
        self.push_iri(iri);
        self.intern()
    }

    /// The term of a literal of the datatype.
    pub fn typed(&mut self, lexical: &str, datatype: &str) -> Term {
        self.quote(lexical);
        if datatype != "http://www.w3.org/2001/XMLSchema#string" {
            self.buffer.push_str("^^");
            self.push_iri(datatype);
        }
        self.intern()
    }

    /// The term of a text, in a language where one is given.
    pub fn text(&mut self, text: &str, language: Option<&str>) -> Term {
        self.quote(text);
        if let Some(language) = language {
            self.buffer.push('@');
            self.buffer.push_str(language);
        }
        self.intern()
    }

    /// A blank node that no quad knows yet.
    pub fn blank(&mut self) -> Term {
        self.blanks += 1;
        Term::Blank(self.blanks - 1)
    }

    /// Adds a statement.
    pub fn insert(&mut self, quad: Quad) -> Result<(), TooManyQuads> {
        if self.quads.len() >= MAX_QUADS {
            return Err(TooManyQuads);
        }
        self.quads.push(quad);
        Ok(())
    }

    /// The statements, each once, in no order that means anything.
    pub fn into_distinct(mut self) -> Self {
        self.quads.sort_unstable();
        self.quads.dedup();
        self
    }

    /// The statements.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }

    /// What in it programs in use write in different ways, where there is such a thing: that a signature does not hold then says
    /// nothing of whether the text was changed.
    pub fn disputed(&self) -> Option<&str> {
        self.disputed.as_deref()
    }

    /// Notes such a thing, as half a sentence.
    pub(super) fn dispute(&mut self, what: impl FnOnce() -> String) {
        self.disputed.get_or_insert_with(what);
    }

    /// How many blank nodes there are; they are numbered from 0.
    pub fn blanks(&self) -> usize {
        self.blanks as usize
    }

    /// The canonical N-Quads form of an IRI or literal; empty for a blank node, which has none of its own.
    pub fn nquads(&self, term: Term) -> &str {
        match term {
            Term::Text(place) => self.texts.get_index(place as usize).map_or("", String::as_str),
            Term::Blank(_) => "",
        }
    }

    fn intern(&mut self) -> Term {
        let place = match self.texts.get_index_of(self.buffer.as_str()) {
            Some(place) => place,
            None => self.texts.insert_full(self.buffer.clone()).0,
        };
        Term::Text(place as u32)
    }

    /// Puts the address in angle brackets into the buffer. What the grammar of N-Quads has no place for is escaped (RDF 1.2
    /// N-Quads §3, canonical form); programs from before that wrote it as it is.
    fn push_iri(&mut self, iri: &str) {
        let odd = |c: char| matches!(c, '\0'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\');
        self.buffer.push('<');
        if iri.contains(odd) {
            self.dispute(|| format!("the address {} holds a character that programs sign in different ways", crate::text::shown(iri)));
            for c in iri.chars() {
                if odd(c) { self.buffer.push_str(&format!("\\u{:04X}", c as u32)) } else { self.buffer.push(c) }
            }
        } else {
            self.buffer.push_str(iri);
        }
        self.buffer.push('>');
    }

    /// Puts the text in quotation marks into the buffer, escaped as canonical N-Quads demands.
    fn quote(&mut self, text: &str) {
        self.buffer.clear();
        self.buffer.push('"');
        let mut plain = 0;
        for (place, c) in text.char_indices() {
            let escaped = match c {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\u{8}' => "\\b",
                '\u{c}' => "\\f",
                '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => "",
                _ => continue,
            };
            self.buffer.push_str(&text[plain..place]);
            if escaped.is_empty() {
                self.buffer.push_str(&format!("\\u{:04X}", c as u32));
            } else {
                self.buffer.push_str(escaped);
            }
            plain = place + c.len_utf8();
        }
        self.buffer.push_str(&text[plain..]);
        self.buffer.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_escaped_as_canonical_nquads_demands() {
        let mut dataset = Dataset::default();
        let term = dataset.text("a\"\\\n\t\u{1}\u{7f}é🙂", Some("en"));
        assert_eq!(dataset.nquads(term), "\"a\\\"\\\\\\n\\t\\u0001\\u007Fé🙂\"@en");
        let plain = dataset.typed("x", "http://www.w3.org/2001/XMLSchema#string");
        assert_eq!(dataset.nquads(plain), "\"x\"");
        assert_eq!(plain, dataset.text("x", None));
    }

    #[test]
    fn addresses_are_escaped_where_the_grammar_has_no_place_for_a_character() {
        let mut dataset = Dataset::default();
        let term = dataset.iri("urn:a{b}|c^d`é");
        assert_eq!(dataset.nquads(term), "<urn:a\\u007Bb\\u007D\\u007Cc\\u005Ed\\u0060é>");
        let typed = dataset.typed("x", "urn:t|");
        assert_eq!(dataset.nquads(typed), "\"x\"^^<urn:t\\u007C>");
        assert!(dataset.disputed().is_some_and(|what| what.contains("urn:a{b}|c^d`é")));
    }

    #[test]
    fn a_statement_made_twice_is_one() {
        let mut dataset = Dataset::default();
        let (subject, predicate) = (dataset.blank(), dataset.iri("urn:p"));
        for _ in 0..2 {
            dataset.insert(Quad { subject, predicate, object: subject, graph: None }).unwrap();
        }
        assert_eq!(dataset.into_distinct().quads().len(), 1);
    }
}
