//! A property's values by the form that its container gives them: lists, sets, graphs, maps of languages.

use super::{Property, RDF_FIRST, RDF_NIL, RDF_REST, Step, Walk, items};
use crate::jsonld::context::{Coercion, Context, Keyword, Meaning, is_language};
use crate::jsonld::dataset::{Quad, Term};
use crate::jsonld::error::JsonLdError;
use crate::jsonld::literal;
use serde_json::{Map, Value};
use std::sync::Arc;

impl<'d> Walk<'d> {
    /// A property's values by the form that its container gives them (steps 13.5 to 13.12).
    pub(super) fn values(
        &mut self,
        context: &Arc<Context>,
        property: Property<'_>,
        value: &'d Value,
        graph: Option<Term>,
        out: &mut Vec<Term>,
    ) -> Result<(), JsonLdError> {
        let container = property.container();
        if property.coercion() == Some(&Coercion::Json) {
            out.push(literal::json(&mut self.dataset, value).ok_or_else(|| self.value("it has no canonical JSON"))?);
            return Ok(());
        }
        match value {
            Value::Object(map) if container.language => return self.languages(map, out),
            Value::Object(_) if container.index || container.id || container.kind => {
                return Err(self.unsupported("a map of values by index, address or type"));
            }
            _ => {}
        }
        if container.list {
            let Some(list) = self.list_object(context, value) else {
                let mut heads = Vec::new();
                self.list(context, property, value, graph, &mut heads)?;
                out.append(&mut heads);
                return Ok(());
            };
            return self.items(context, property, list, graph, out);
        }
        if container.graph {
            return self.graphs(context, property, value, out);
        }
        self.items(context, property, value, graph, out)
    }

    /// The value itself where it is a list object already.
    pub(super) fn list_object(&self, context: &Context, value: &'d Value) -> Option<&'d Value> {
        let lists = |object: &Map<String, Value>| object.keys().any(|name| context.expand(name, true) == Meaning::Keyword(Keyword::List));
        value.as_object().filter(|object| lists(object)).map(|_| value)
    }

    /// The graphs of a property whose container is `@graph`: each value says something in a graph of its own.
    pub(super) fn graphs(
        &mut self,
        context: &Arc<Context>,
        property: Property<'_>,
        value: &'d Value,
        out: &mut Vec<Term>,
    ) -> Result<(), JsonLdError> {
        let mut pending: Vec<&Value> = vec![value];
        while let Some(value) = pending.pop() {
            if let Value::Array(items) = value {
                pending.extend(items);
                continue;
            }
            let graph = self.dataset.blank();
            let before = self.dataset.quads().len();
            self.items(context, property, value, Some(graph), &mut Vec::new())?;
            if self.dataset.quads().len() == before {
                return Err(self.uncovered("a graph that says nothing"));
            }
            out.push(graph);
        }
        Ok(())
    }

    /// A map from languages to texts.
    pub(super) fn languages(&mut self, map: &'d Map<String, Value>, out: &mut Vec<Term>) -> Result<(), JsonLdError> {
        for (tag, texts) in map {
            self.path.push(Step::Member(tag));
            let language = match tag.as_str() {
                "@none" => None,
                tag if is_language(tag) => Some(tag.to_ascii_lowercase()),
                _ => return Err(self.uncovered("a language that is none")),
            };
            for text in items(texts) {
                let Value::String(text) = text else { return Err(self.value("a language map holds texts")) };
                out.push(self.dataset.text(text, language.as_deref()));
            }
            self.path.pop();
        }
        Ok(())
    }

    /// Values, sets flattened.
    pub(super) fn items(
        &mut self,
        context: &Arc<Context>,
        property: Property<'_>,
        value: &'d Value,
        graph: Option<Term>,
        out: &mut Vec<Term>,
    ) -> Result<(), JsonLdError> {
        match value {
            Value::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    self.path.push(Step::Item(place));
                    if item.is_array() && property.in_list {
                        self.list(context, property, item, graph, out)?;
                    } else {
                        self.items(context, property, item, graph, out)?;
                    }
                    self.path.pop();
                }
                Ok(())
            }
            Value::Object(object) => self.object(context, property, object, graph, out),
            Value::Null => Err(self.uncovered("a null")),
            scalar => {
                let term = self.scalar(context, property, scalar)?;
                out.push(term);
                Ok(())
            }
        }
    }

    /// A list's quads; its head goes to `out` (§8.4).
    pub(super) fn list(
        &mut self,
        context: &Arc<Context>,
        property: Property<'_>,
        value: &'d Value,
        graph: Option<Term>,
        out: &mut Vec<Term>,
    ) -> Result<(), JsonLdError> {
        let mut values = Vec::new();
        self.items(context, Property { in_list: true, ..property }, value, graph, &mut values)?;
        let (first, rest) = (self.dataset.iri(RDF_FIRST), self.dataset.iri(RDF_REST));
        let mut head = self.dataset.iri(RDF_NIL);
        for object in values.into_iter().rev() {
            let subject = self.dataset.blank();
            self.dataset.insert(Quad { subject, predicate: first, object, graph })?;
            self.dataset.insert(Quad { subject, predicate: rest, object: head, graph })?;
            head = subject;
        }
        out.push(head);
        Ok(())
    }
}
