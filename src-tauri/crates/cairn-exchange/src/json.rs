//! JSON that a learner gives, read with limits: no name twice in one object, no deeper than a résumé or a record can be (RFC 8259;
//! I-JSON, RFC 7493).
//!
//! What is signed is read in `cairn-proof`, under rules of its own: there a null or an inexact number is refused too, and nobody needs
//! to be told line, column and place to mend it.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// The deepest nesting that is read. JSON Resume itself needs five levels.
pub const MOST_DEPTH: usize = 64;

/// Why a document is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// It is larger than [`MOST_BYTES`].
    #[error("the file is larger than {most_mib} MiB")]
    TooLarge {
        /// The largest allowed, in MiB.
        most_mib: usize,
    },
    /// It is not UTF-8 (RFC 8259, section 8.1).
    #[error("the file is not UTF-8 text (byte {at})")]
    NotText {
        /// The first byte that is not, counted from zero.
        at: usize,
    },
    /// It breaks the grammar of JSON.
    #[error("line {line}, column {column}: not JSON: {reason}")]
    NotJson {
        /// Line, counted from one.
        line: usize,
        /// Column in bytes, counted from one.
        column: usize,
        /// What the parser expected.
        reason: String,
    },
    /// It is nested deeper than [`MOST_DEPTH`].
    #[error("the file is nested more than {most} levels deep")]
    TooDeep {
        /// The deepest allowed.
        most: usize,
    },
    /// An object holds the same name twice, so that it says two things at once.
    #[error("{path}: stands twice in the same object")]
    Duplicate {
        /// JSON pointer to the second one.
        path: String,
    },
}

/// `pointer` with one more step, escaped as RFC 6901 asks.
pub(crate) fn step(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Reads one JSON document, of a résumé or of records that a learner gives.
///
/// # Errors
/// [`JsonError`] where it is no JSON, says a name twice in one object, or breaks a limit.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    if bytes.len() > MOST_BYTES {
        return Err(JsonError::TooLarge { most_mib: MOST_BYTES / 1024 / 1024 });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| JsonError::NotText { at: error.valid_up_to() })?;
    let refusal = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = At { parent: None, name: Name::Item(0), depth: 0, refusal: &refusal }.deserialize(&mut reader);
    value.and_then(|value| reader.end().map(|()| value)).map_err(|error| refusal.take().unwrap_or_else(|| not_json(&error)))
}

fn not_json(error: &serde_json::Error) -> JsonError {
    let words = error.to_string();
    let reason = if error.is_eof() { "it ends too early" } else { words.split(" at line ").next().unwrap_or_default() }.to_owned();
    JsonError::NotJson { line: error.line(), column: error.column(), reason }
}

/// The place a value is read at, and where to say what was refused there. It knows its parent, and becomes a pointer only
/// when something is refused: a long name around a long list must not be copied for every item.
struct At<'a> {
    parent: Option<&'a At<'a>>,
    name: Name<'a>,
    depth: usize,
    refusal: &'a RefCell<Option<JsonError>>,
}

/// How a value is named within its parent.
enum Name<'a> {
    Field(&'a str),
    Item(usize),
}

impl At<'_> {
    fn inner<'a>(&'a self, name: Name<'a>) -> At<'a> {
        At { parent: Some(self), name, depth: self.depth + 1, refusal: self.refusal }
    }

    fn pointer(&self) -> String {
        self.parent.map_or_else(String::new, |parent| match self.name {
            Name::Field(name) => step(&parent.pointer(), name),
            Name::Item(index) => step(&parent.pointer(), &index.to_string()),
        })
    }

    fn refuse<E: serde::de::Error>(&self, why: JsonError) -> E {
        let error = E::custom(&why);
        self.refusal.replace(Some(why));
        error
    }

    fn may_open<E: serde::de::Error>(&self) -> Result<(), E> {
        if self.depth < MOST_DEPTH { Ok(()) } else { Err(self.refuse(JsonError::TooDeep { most: MOST_DEPTH })) }
    }
}

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.may_open()?;
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self.inner(Name::Item(values.len())))? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.may_open()?;
        let mut values = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let inner = self.inner(Name::Field(&name));
            if values.contains_key(&name) {
                return Err(inner.refuse(JsonError::Duplicate { path: inner.pointer() }));
            }
            let value = entries.next_value_seed(inner)?;
            values.insert(name, value);
        }
        Ok(values.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> String {
        parse(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_name_given_twice_is_refused_with_its_path() {
        assert_eq!(refused(r#"{"work":[{"name":"a","name":"b"}]}"#), "/work/0/name: stands twice in the same object");
    }

    #[test]
    fn depth_ends_at_the_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(nested(MOST_DEPTH).as_bytes()).is_ok());
        assert_eq!(refused(&nested(MOST_DEPTH + 1)), "the file is nested more than 64 levels deep");
        assert_eq!(refused(&nested(100_000)), "the file is nested more than 64 levels deep");
    }

    #[test]
    fn broken_json_names_the_place() {
        assert_eq!(refused("{\n  \"a\": 1,\n}"), "line 3, column 1: not JSON: trailing comma");
        assert!(refused("{} {}").starts_with("line 1, column 4: not JSON"));
        assert_eq!(refused("{\"a\": "), "line 1, column 6: not JSON: it ends too early");
        assert!(refused("").contains("not JSON"));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_and_other_encodings_are_named() {
        assert!(parse(b"\xef\xbb\xbf{}").is_ok());
        assert_eq!(parse(b"{\"a\":\"\xe9\"}").unwrap_err().to_string(), "the file is not UTF-8 text (byte 6)");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn it_reads_what_serde_json_reads(text in r#"[\[\]{}:,"a0-9. \\u-]{0,40}"#) {
            if let Ok(value) = parse(text.as_bytes()) {
                prop_assert_eq!(value, serde_json::from_str::<Value>(&text).unwrap());
            }
        }
    }
}
