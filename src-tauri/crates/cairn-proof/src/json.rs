//! JSON from strangers: no duplicate members, no nulls, no numbers that lose digits, limited in size and depth.
//!
//! A signature covers what JSON *means*. Where two texts could mean the same to one reader and differ to another, a
//! change could hide; such texts are refused before any signature is looked at.

use crate::jcs;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::fmt;

/// Largest JSON text that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Deepest nesting of objects and arrays.
pub const MAX_DEPTH: usize = 64;
/// Up to here every JSON reader holds every integer exactly (RFC 7493 §2.2).
const MAX_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Why a JSON text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Larger than [`MAX_BYTES`].
    #[error("the JSON is larger than 16 MiB")]
    TooLarge,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("the JSON is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// Not JSON.
    #[error("the text is not JSON at line {line}, column {column}")]
    Syntax {
        /// Line of the first fault, from 1.
        line: usize,
        /// Column of the first fault, from 1.
        column: usize,
    },
    /// An object has a member twice.
    #[error("the member {0} stands twice")]
    Duplicate(String),
    /// A value is null.
    #[error("the member {0} is null")]
    Null(String),
    /// A number is large, and not written as a double would be: another number could stand there unnoticed.
    #[error("the number at {0} is too large to be read exactly")]
    Number(String),
}

/// Reads one JSON value under the rules of this module.
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    read(bytes, false)
}

/// Reads one JSON value that no signature covers, such as a key document: as [`parse`], but nulls may stand.
pub fn parse_unsigned(bytes: &[u8]) -> Result<Value, JsonError> {
    read(bytes, true)
}

fn read(bytes: &[u8], nulls: bool) -> Result<Value, JsonError> {
    if bytes.len() > MAX_BYTES {
        return Err(JsonError::TooLarge);
    }
    let numbers = RefCell::new(Numbers { text: bytes, next: 0 });
    let reading = Reading { path: RefCell::default(), fault: RefCell::default(), nulls, met: Cell::new(0), numbers };
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let parsed = Node(&reading).deserialize(&mut source).and_then(|value| source.end().map(|()| value));
    parsed.map_err(|error| reading.fault.take().unwrap_or(JsonError::Syntax { line: error.line(), column: error.column() }))
}

/// Whether a number means the same to every reader, as it is written once it has been read; see [`is_exactly`].
pub(crate) fn is_exact(number: &Number) -> bool {
    is_small(number) || is_exactly(number, number.to_string().as_bytes())
}

/// Whether every integer of its size is held exactly.
fn is_small(number: &Number) -> bool {
    number.as_f64().is_some_and(|value| value.abs() <= MAX_INTEGER)
}

/// Whether a large number is written with the digits that RFC 8785 (§3.2.2.3) gives the double it becomes. With others, the
/// text could be changed and its canonical form not.
fn is_exactly(number: &Number, written: &[u8]) -> bool {
    let canonical = jcs::canonicalize(&Value::Number(number.clone())).ok();
    canonical.is_some_and(|canonical| decimal(&canonical).is_some_and(|canonical| decimal(written) == Some(canonical)))
}

/// A number as its sign, its digits without zeros at either end, and the place of its point before the first of them: the same
/// for `1E3`, `1e+3`, `1000` and `1000.0`.
fn decimal(text: &[u8]) -> Option<(bool, Vec<u8>, i64)> {
    let text = std::str::from_utf8(text).ok()?;
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let start = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    let end = digits.iter().rposition(|digit| *digit != b'0').map_or(start, |last| last + 1);
    let point = i64::try_from(whole.len()).ok()?.checked_sub(i64::try_from(start).ok()?)?;
    Some((negative, digits[start..end].to_vec(), point.checked_add(exponent.parse().ok()?)?))
}

/// The numbers of a text that was read as JSON as far as they are asked for, as they are written.
struct Numbers<'t> {
    text: &'t [u8],
    /// How many were passed.
    next: usize,
}

impl<'t> Numbers<'t> {
    /// The number at a place, counted from the beginning of the text; it only goes forward.
    fn at(&mut self, place: usize) -> Option<&'t [u8]> {
        loop {
            let number = self.pass()?;
            self.next += 1;
            if self.next == place + 1 {
                return Some(number);
            }
        }
    }

    fn pass(&mut self) -> Option<&'t [u8]> {
        loop {
            match *self.text.first()? {
                b'"' => {
                    let mut escaped = false;
                    let end = self.text[1..].iter().position(|byte| {
                        let ends = *byte == b'"' && !escaped;
                        escaped = *byte == b'\\' && !escaped;
                        ends
                    })?;
                    self.text = &self.text[end + 2..];
                }
                b'-' | b'0'..=b'9' => {
                    let end = self.text.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
                    let (number, rest) = self.text.split_at(end.unwrap_or(self.text.len()));
                    self.text = rest;
                    return Some(number);
                }
                _ => self.text = &self.text[1..],
            }
        }
    }
}

/// A text, or the texts of an array: how JSON-LD writes what may stand once or several times.
pub(crate) fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The words of a value: a text, a text with its language, or of texts in several languages the English one, else the first
/// (VC Data Model 2.0 §11.1).
pub(crate) fn words(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("@value").and_then(Value::as_str),
        Value::Array(items) if in_languages(items) => {
            let english = |item: &&Value| item.get("@language").and_then(Value::as_str).is_some_and(is_english);
            items.iter().find(english).or(items.first()).and_then(words)
        }
        _ => None,
    }
}

/// Whether values are one text in several languages, and not several texts.
pub(crate) fn in_languages(items: &[Value]) -> bool {
    items.len() == 1
        || (items.iter().any(Value::is_object)
            && items.iter().all(|item| item.is_string() || item.get("@value").is_some_and(Value::is_string)))
}

fn is_english(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// A value, or the values of an array.
pub(crate) fn values(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(value) => vec![value],
    }
}

/// Where the reader stands, and the first fault that is not one of syntax.
struct Reading<'t> {
    path: RefCell<Vec<String>>,
    fault: RefCell<Option<JsonError>>,
    nulls: bool,
    /// How many numbers were met.
    met: Cell<usize>,
    /// The numbers as they are written, looked for where one is too large to be told by its value.
    numbers: RefCell<Numbers<'t>>,
}

impl Reading<'_> {
    fn refuse<E: serde::de::Error>(&self, fault: impl FnOnce(String) -> JsonError) -> E {
        let path = self.path.borrow().join(".");
        *self.fault.borrow_mut() = Some(fault(crate::text::shown(&path)));
        E::custom("refused")
    }

    fn inside<T, E: serde::de::Error>(&self, step: String, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.path.borrow_mut().push(step);
        if self.path.borrow().len() > MAX_DEPTH {
            return Err(self.refuse(|_| JsonError::TooDeep));
        }
        let value = read()?;
        self.path.borrow_mut().pop();
        Ok(value)
    }

    fn number<E: serde::de::Error>(&self, number: Number) -> Result<Value, E> {
        let place = self.met.replace(self.met.get() + 1);
        let written = || self.numbers.borrow_mut().at(place);
        if is_small(&number) || written().is_some_and(|written| is_exactly(&number, written)) {
            Ok(Value::Number(number))
        } else {
            Err(self.refuse(JsonError::Number))
        }
    }
}

struct Node<'a, 't>(&'a Reading<'t>);

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.0.number(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.0.number(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map_or_else(|| Err(self.0.refuse(JsonError::Number)), |number| self.0.number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        if self.0.nulls { Ok(Value::Null) } else { Err(self.0.refuse(JsonError::Null)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = self.0.inside(array.len().to_string(), || items.next_element_seed(Node(self.0)))? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return self.0.inside(name, || Err(self.0.refuse(JsonError::Duplicate)));
            }
            let value = self.0.inside(name.clone(), || members.next_value_seed(Node(self.0)))?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plain_json_is_read_as_it_is() {
        let text = br#"{"a": [1, -2.5, true, "x\u00e9", {}], "b": {"c": 9007199254740991}}"#;
        assert_eq!(parse(text).unwrap(), json!({"a": [1, -2.5, true, "xé", {}], "b": {"c": 9007199254740991u64}}));
    }

    #[test]
    fn a_repeated_member_is_named_even_when_it_is_escaped() {
        assert_eq!(parse(br#"{"a": {"b": 1, "\u0062": 2}}"#), Err(JsonError::Duplicate("a.b".into())));
    }

    #[test]
    fn nulls_and_numbers_that_lose_digits_are_named() {
        assert_eq!(parse(br#"{"a": [1, null]}"#), Err(JsonError::Null("a.1".into())));
        assert_eq!(parse_unsigned(br#"{"a": [1, null]}"#), Ok(json!({"a": [1, null]})));
        assert_eq!(parse(br#"{"n": 9007199254740993}"#), Err(JsonError::Number("n".into())));
        for exact in
            ["9007199254740992", "9223372036854776000", "-1e19", "0.1", "1E30", "1.0e+21", "-10000000000000000000", "9007199254740992.0"]
        {
            assert!(parse(exact.as_bytes()).is_ok(), "{exact}");
        }
        for lossy in [
            "9223372036854775808",
            "-9223372036854775808",
            "123456789012345678901234567890",
            "-10000000000000000001",
            "17000000000000000001",
            "9007199254740993.0",
            "1.0000000000000000001e18",
            "100000000000000000000001e-3",
        ] {
            assert!(matches!(parse(lossy.as_bytes()), Err(JsonError::Number(_))), "{lossy}");
        }
        let among = br#"{"1": [2, "3\\\"4", -5e0, 1E30], "6": {"7\"": [true, 9007199254740993]}}"#;
        assert_eq!(parse(among), Err(JsonError::Number("6.7\".1".into())));
        assert_eq!(parse(br#"{"n": -1e400}"#), Err(JsonError::Syntax { line: 1, column: 12 }));
    }

    #[test]
    fn depth_and_size_have_limits() {
        let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(nested(MAX_DEPTH).as_bytes()).is_ok());
        assert_eq!(parse(nested(MAX_DEPTH + 1).as_bytes()), Err(JsonError::TooDeep));
        assert_eq!(parse(nested(200_000).as_bytes()), Err(JsonError::TooDeep));
        assert_eq!(parse(&vec![b' '; MAX_BYTES + 1]), Err(JsonError::TooLarge));
    }

    #[test]
    fn broken_json_is_located() {
        assert_eq!(parse(b"{\n  \"a\": }"), Err(JsonError::Syntax { line: 2, column: 8 }));
        assert!(matches!(parse(b"{} {}"), Err(JsonError::Syntax { .. })));
        assert!(matches!(parse(b"\"\xff\""), Err(JsonError::Syntax { .. })));
    }
}
