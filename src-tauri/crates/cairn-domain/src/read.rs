//! Reading a record from JSON with words for what does not fit: where it stands, what was given, what is wanted.

use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

/// How much of a text is repeated to whoever gave it, in characters.
const REPEATED: usize = 40;

/// What stands in the way of reading a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {fault}", if path.is_empty() { "/" } else { path })]
pub struct Unreadable {
    /// JSON pointer (RFC 6901) to the value; empty for the record itself.
    pub path: String,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no such field.
    NoSuchField {
        /// Its name.
        name: String,
        /// The fields that there are.
        fields: &'static [&'static str],
    },
    /// None of the words that may stand here.
    NoneOf {
        /// What was given.
        given: String,
        /// The words.
        choices: &'static [&'static str],
    },
    /// A value of another form.
    Not {
        /// What was given.
        given: String,
        /// The form that is wanted: "a list", "a whole number".
        wanted: String,
    },
    /// A field that must be given is not.
    Missing(&'static str),
    /// What the field's own type says of the value.
    Said(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoSuchField { name, fields } => write!(f, "there is no field “{name}”; the fields are {}", fields.join(", ")),
            Fault::NoneOf { given, choices } => write!(f, "{given} is not one of {}", choices.join(", ")),
            Fault::Not { given, wanted } => write!(f, "{given} is not {wanted}"),
            Fault::Missing(name) => write!(f, "“{name}” is missing"),
            Fault::Said(words) => f.write_str(words),
        }
    }
}

impl Unreadable {
    fn of(fault: Fault) -> Self {
        Unreadable { path: String::new(), fault }
    }

    /// The same, seen from one level up.
    fn within(mut self, name: &str) -> Self {
        self.path.insert_str(0, &format!("/{}", name.replace('~', "~0").replace('/', "~1")));
        self
    }
}

impl Error for Unreadable {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Unreadable::of(Fault::Said(words.to_string()))
    }

    fn invalid_type(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Unreadable::of(Fault::Not { given: unexpected(given), wanted: form(&wanted.to_string()) })
    }

    fn invalid_value(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Error::invalid_type(given, wanted)
    }

    fn unknown_variant(given: &str, choices: &'static [&'static str]) -> Self {
        Unreadable::of(Fault::NoneOf { given: quoted(given), choices })
    }

    fn unknown_field(name: &str, fields: &'static [&'static str]) -> Self {
        Unreadable::of(Fault::NoSuchField { name: name.chars().take(REPEATED).collect(), fields })
    }

    fn missing_field(name: &'static str) -> Self {
        Unreadable::of(Fault::Missing(name))
    }
}

/// A JSON value to read from.
pub(crate) struct Given(pub Value);

impl<'de> Deserializer<'de> for Given {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (_, Some(value)) => visitor.visit_i64(value),
                _ => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter().enumerate())),
            Value::Object(fields) => visitor.visit_map(Fields { rest: fields.into_iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Unreadable> {
        // serde would also take a list of the fields in their order, which nobody can read.
        if self.0.is_object() {
            return self.deserialize_any(visitor);
        }
        Err(Unreadable::of(Fault::Not { given: given(&self.0), wanted: form("struct") }))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(IntoDeserializer::<Unreadable>::into_deserializer(name)),
            other => Err(Unreadable::of(Fault::NoneOf { given: given(&other), choices })),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// The items of a list.
struct Items(std::iter::Enumerate<std::vec::IntoIter<Value>>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unreadable> {
        let Some((place, item)) = self.0.next() else { return Ok(None) };
        seed.deserialize(Given(item)).map(Some).map_err(|error| error.within(&place.to_string()))
    }
}

/// The fields of an object.
struct Fields {
    rest: <Map<String, Value> as IntoIterator>::IntoIter,
    /// The field whose name was read last.
    value: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unreadable;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Unreadable> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        let key: StringDeserializer<Unreadable> = name.clone().into_deserializer();
        let key = seed.deserialize(key).map_err(|error| error.within(&name))?;
        self.value = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unreadable> {
        let (name, value) = self.value.take().ok_or_else(|| Unreadable::custom("a value without a name"))?;
        seed.deserialize(Given(value)).map_err(|error| error.within(&name))
    }
}

/// What was given, as it is repeated to whoever gave it.
fn given(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
        other => other.to_string(),
    }
}

fn unexpected(given: Unexpected<'_>) -> String {
    match given {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Float(value) => value.to_string(),
        Unexpected::Str(text) => quoted(text),
        Unexpected::Unit | Unexpected::Option => "null".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "an object".into(),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    match text.char_indices().nth(REPEATED) {
        Some((cut, _)) => format!("“{}…”", &text[..cut]),
        None => format!("“{text}”"),
    }
}

/// What serde calls a form of value, in words for people.
fn form(wanted: &str) -> String {
    match wanted {
        "a string" => "text".into(),
        "a boolean" => "true or false".into(),
        "a sequence" => "a list".into(),
        "f32" | "f64" => "a number".into(),
        "u32" => "a whole number, 0 or more".to_owned(),
        amount if amount.starts_with("a Decimal") => "an amount like 295.00".into(),
        object if object.starts_with("struct") => "an object".into(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{AnyRecord, Kind};

    fn refused(kind: Kind, fields: Value) -> String {
        AnyRecord::read(kind, fields).unwrap_err().to_string()
    }

    #[test]
    fn it_reads_what_serde_json_reads() {
        for &kind in Kind::ALL {
            let empty = serde_json::to_value(AnyRecord::read(kind, json!({})).unwrap()).unwrap();
            assert_eq!(AnyRecord::read(kind, empty.clone()).unwrap(), AnyRecord::deserialize(kind, empty).unwrap());
        }
        let fields = json!({"title": "CKA", "hours": 40, "ce_credits": 1.5, "rubric": [{"criterion": "c", "levels": ["a", "b"]}], "issued": null,
            "assessed": {"holds": true}, "bloom": "apply", "skills": ["0197a000-1111-7222-8333-444444444444"]});
        let read = AnyRecord::read(Kind::Credential, fields.clone()).unwrap();
        assert_eq!(read, AnyRecord::deserialize(Kind::Credential, fields).unwrap());
        for amount in [json!("295.00"), json!(295), json!(295.5)] {
            let fields = json!({"title": "Fee", "planned": amount});
            assert_eq!(
                AnyRecord::read(Kind::BudgetLine, fields.clone()).unwrap(),
                AnyRecord::deserialize(Kind::BudgetLine, fields).unwrap()
            );
        }
    }

    #[test]
    fn a_refusal_says_where_what_was_given_and_what_is_wanted() {
        for (kind, fields, said) in [
            (Kind::Sprint, json!({"status": "banana"}), "/status: “banana” is not one of planned, reached, missed"),
            (Kind::Sprint, json!({"status": 5}), "/status: 5 is not one of planned, reached, missed"),
            (Kind::Sprint, json!({"weeks": -5}), "/weeks: -5 is not a whole number, 0 or more"),
            (Kind::Sprint, json!({"weeks": 1.5}), "/weeks: 1.5 is not a whole number, 0 or more"),
            (Kind::Sprint, json!({"goal": 5}), "/goal: 5 is not text"),
            (Kind::Sprint, json!({"goal": ["a"]}), "/goal: a list is not text"),
            (Kind::Sprint, json!({"start": "soon"}), "/start: “soon” is not a day like 2024-03-09"),
            (Kind::Deadline, json!({"done": "yes"}), "/done: “yes” is not true or false"),
            (Kind::Credential, json!({"hours": "40"}), "/hours: “40” is not a number"),
            (Kind::Credential, json!({"assessed": [true]}), "/assessed: a list is not an object"),
            (Kind::Credential, json!({"competencies": "one"}), "/competencies: “one” is not a list"),
            (Kind::Credential, json!({"rubric": [{}, {"levels": [1]}]}), "/rubric/1/levels/0: 1 is not text"),
            (Kind::BudgetLine, json!({"planned": "much"}), "/planned: “much” is not an amount like 295.00"),
            (Kind::Collection, json!({"entries": [{}]}), "/entries/0: “record” is missing"),
            (Kind::Interest, json!({"nam/e": 1}), "/nam~1e: there is no field “nam/e”; the fields are name, keywords"),
            (Kind::Interest, json!([]), "/: a list is not an object"),
        ] {
            assert_eq!(refused(kind, fields), said);
        }
        let id = refused(Kind::Credential, json!({"skills": ["0197a000"]}));
        assert!(id.starts_with("/skills/0: “0197a000” is not the id of a skill, which looks like "), "{id}");
        assert!(refused(Kind::Skill, json!({"name": {}, "type": "x".repeat(50)})).len() < 100);
    }
}
