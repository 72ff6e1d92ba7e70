//! Values that are no nodes: texts, numbers, value objects, and the nodes that a text names.

use super::usual::reads_as;
use super::{Member, Property, Walk};
use crate::jsonld::context::{Coercion, Context, Keyword, Meaning, is_absolute, is_blank, is_language};
use crate::jsonld::dataset::Term;
use crate::jsonld::error::JsonLdError;
use crate::jsonld::literal;
use crate::jsonld::process::Way;
use crate::text::shown;
use serde_json::Value;
use std::sync::Arc;

impl<'d> Walk<'d> {
    /// An object with `@value` (step 14).
    pub(super) fn value_object(&mut self, context: &Context, members: &[Member<'d>]) -> Result<Term, JsonLdError> {
        let (mut value, mut kind, mut language, mut direction) = (&Value::Null, None, None, None);
        for member in members {
            match member.meaning {
                Meaning::Keyword(Keyword::Value) => value = member.value,
                Meaning::Keyword(Keyword::Type) => kind = Some(member.value),
                Meaning::Keyword(Keyword::Language) => language = Some(member.value),
                Meaning::Keyword(Keyword::Direction) => direction = Some(member.value),
                Meaning::Keyword(Keyword::Index) => return Err(self.unsupported("@index")),
                _ => return Err(self.value("a value has members that belong to nodes")),
            }
        }
        if let Some(direction) = direction {
            return self.directed(value, language, direction.as_str(), kind.is_some());
        }
        match (kind, language) {
            (Some(_), Some(_)) => Err(self.value("a value has a type and a language")),
            (Some(Value::String(kind)), None) if kind == "@json" || context.expand(kind, true) == Meaning::Keyword(Keyword::Other) => {
                literal::json(&mut self.dataset, value).ok_or_else(|| self.value("it has no canonical JSON"))
            }
            (Some(Value::String(kind)), None) => match context.expand(kind, true) {
                Meaning::Iri(iri) if is_absolute(&iri) => {
                    self.literal(value, Some(&iri)).ok_or_else(|| self.value("a value is a text, a number or true or false"))
                }
                _ => Err(JsonLdError::UndefinedType { name: shown(kind), place: self.place() }),
            },
            (Some(_), None) => Err(self.value("a value's type is a text")),
            (None, Some(Value::String(tag))) if is_language(tag) => match value {
                Value::String(text) => Ok(self.dataset.text(text, Some(&tag.to_ascii_lowercase()))),
                _ => Err(self.value("a value with a language is a text")),
            },
            (None, Some(_)) => Err(self.uncovered("a language that is none")),
            (None, None) => self.literal(value, None).ok_or_else(|| self.value("a value is a text, a number or true or false")),
        }
    }

    /// A text with a direction, as a datatype of its own (`i18n-datatype`, §8.6): what issuers' suites sign.
    pub(super) fn directed(
        &mut self,
        value: &Value,
        language: Option<&Value>,
        direction: Option<&str>,
        typed: bool,
    ) -> Result<Term, JsonLdError> {
        let language = match language.map(Value::as_str) {
            None => "",
            Some(Some(tag)) if is_language(tag) => tag,
            Some(_) => return Err(self.uncovered("a language that is none")),
        };
        match (value, direction) {
            (Value::String(text), Some(direction @ ("ltr" | "rtl"))) if !typed => {
                Ok(self.dataset.typed(text, &format!("https://www.w3.org/ns/i18n#{}_{direction}", language.to_ascii_lowercase())))
            }
            _ => Err(self.value("a direction is ltr or rtl, of a text without a type")),
        }
    }

    /// Value Expansion (§5.3.2) of a text, number or boolean.
    pub(super) fn scalar(&mut self, active: &Arc<Context>, property: Property<'_>, value: &Value) -> Result<Term, JsonLdError> {
        let mut context = active.clone();
        if let Some(scope) = property.definition.and_then(|definition| definition.scope.as_ref()) {
            context = self.contexts.scoped(active, scope, Way::Property)?;
        }
        let text = value.as_str();
        match (property.coercion(), text) {
            (Some(Coercion::Id), Some(text)) => self.reference(&context, text, false),
            (Some(Coercion::Vocab), Some(text)) => self.reference(&context, text, true),
            (Some(Coercion::Datatype(datatype)), _) => {
                let term = self.literal(value, Some(datatype));
                term.ok_or_else(|| self.value("a value is a text, a number or true or false"))
            }
            (_, Some(text)) => {
                let own = property.definition.and_then(|definition| definition.language.clone());
                let language = own.unwrap_or_else(|| context.language.clone());
                Ok(self.dataset.text(text, language.as_deref()))
            }
            (_, None) => {
                let term = self.literal(value, None);
                term.ok_or_else(|| self.value("a value is a text, a number or true or false"))
            }
        }
    }

    /// The literal of a text, a number or a boolean; that programs write it in different ways is noted.
    fn literal(&mut self, value: &Value, datatype: Option<&str>) -> Option<Term> {
        if literal::is_disputed(value, datatype) {
            let place = self.place();
            self.dataset.dispute(|| format!("the number at {place} is one that programs sign in different ways"));
        }
        literal::scalar(&mut self.dataset, value, datatype)
    }

    /// The node that a text names.
    pub(super) fn reference(&mut self, context: &Context, text: &str, vocab: bool) -> Result<Term, JsonLdError> {
        match context.expand(text, vocab) {
            Meaning::Iri(iri) if is_blank(&iri) => Ok(self.named_blank(&iri)),
            Meaning::Iri(iri) if vocab && !reads_as(&iri, text) => Err(self.disguised()),
            Meaning::Iri(iri) if is_absolute(&iri) => Ok(self.dataset.iri(&iri)),
            _ => Err(JsonLdError::RelativeId { id: shown(text), place: self.place() }),
        }
    }
}
