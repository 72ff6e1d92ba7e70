//! The names that the contexts which travel with Cairn give to what they define: by those, and no others, Cairn reads.
//!
//! Two names may stand for one address: in Open Badges 3.0, `Achievement` is a class and `achievement` the property that leads to
//! it. A property then takes the name that begins with a small letter, a class the other.

use super::Walk;
use crate::jsonld::context::{Context, Keyword, Meaning};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// Most contexts whose names are kept; each holds some hundred addresses.
const MOST: usize = 1024;

/// What a context has a usual name for.
pub(super) struct Names {
    /// Addresses with a name that begins with a small letter.
    small: HashSet<Arc<str>>,
    /// Addresses with another name.
    other: HashSet<Arc<str>>,
}

impl Names {
    fn of(context: &Context) -> Self {
        let mut names = Self { small: HashSet::new(), other: HashSet::new() };
        for (name, definition) in &context.terms {
            if let (true, Meaning::Iri(iri)) = (definition.pinned && !definition.reverse, &definition.meaning) {
                if is_small(name) { &mut names.small } else { &mut names.other }.insert(iri.clone());
            }
        }
        names
    }
}

impl Walk<'_> {
    /// Whether a property would be looked for under another name.
    pub(super) fn is_renamed_property(&mut self, context: &Context, name: &str, iri: &str) -> bool {
        let usual = is_usual(context, name, iri);
        if self.unread > 0 || (usual && is_small(name)) {
            return false;
        }
        let names = self.names(context);
        names.small.contains(iri) || (!usual && names.other.contains(iri))
    }

    /// Whether a class would be looked for under another name.
    pub(super) fn is_renamed_class(&mut self, context: &Context, name: &str, iri: &str) -> bool {
        let usual = is_usual(context, name, iri);
        if self.unread > 0 || (usual && !is_small(name)) {
            return false;
        }
        let names = self.names(context);
        names.other.contains(iri) || (!usual && names.small.contains(iri))
    }

    /// Whether a node's `@id` or `@type` stands under another name than `id` and `type`, where these are defined. A value's stands
    /// as it is: `{"@value": …, "@type": …}`.
    pub(super) fn is_renamed_keyword(&self, context: &Context, object: &Map<String, Value>, name: &str, keyword: Keyword) -> bool {
        let usual = match keyword {
            Keyword::Id => "id",
            Keyword::Type => "type",
            _ => return false,
        };
        let meaning = Meaning::Keyword(keyword);
        let defined = || context.terms.get(usual).is_some_and(|definition| definition.pinned && definition.meaning == meaning);
        let is_value = || object.keys().any(|name| context.expand(name, true) == Meaning::Keyword(Keyword::Value));
        self.unread == 0 && name != usual && defined() && !is_value()
    }

    fn names(&mut self, context: &Context) -> &Names {
        if self.names.len() >= MOST && !self.names.contains_key(&context.id) {
            self.names.clear();
        }
        self.names.entry(context.id).or_insert_with(|| Names::of(context))
    }
}

/// Whether a context that travels with Cairn gives the address this name.
fn is_usual(context: &Context, name: &str, iri: &str) -> bool {
    let means = |meaning: &Meaning| matches!(meaning, Meaning::Iri(meant) if **meant == *iri);
    context.terms.get(name).is_some_and(|definition| definition.pinned && means(&definition.meaning))
}

fn is_small(name: &str) -> bool {
    name.starts_with(char::is_lowercase)
}
