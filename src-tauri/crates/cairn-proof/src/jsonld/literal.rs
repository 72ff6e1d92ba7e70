//! JSON values as RDF literals (JSON-LD 1.1 API §8.2.2 and §8.6).

use super::dataset::{Dataset, Term};
use crate::jcs;
use serde_json::{Number, Value};

/// The datatype of JSON literals.
const JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";

/// The namespace of XML Schema's datatypes.
macro_rules! xsd {
    ($name:literal) => {
        concat!("http://www.w3.org/2001/XMLSchema#", $name)
    };
}

/// The literal of a text, a number or a boolean, of a datatype where one is given; None for anything else.
pub(super) fn scalar(dataset: &mut Dataset, value: &Value, datatype: Option<&str>) -> Option<Term> {
    Some(match value {
        Value::String(text) => dataset.typed(text, datatype.unwrap_or(xsd!("string"))),
        Value::Bool(value) => dataset.typed(if *value { "true" } else { "false" }, datatype.unwrap_or(xsd!("boolean"))),
        Value::Number(number) => {
            let (lexical, natural) = lexical(number, datatype == Some(xsd!("double")))?;
            dataset.typed(&lexical, datatype.unwrap_or(natural))
        }
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}

/// Whether programs in use give a value another literal than the standard does, as jsonld.js, with which most issuers sign: a
/// number without a point below 10⁻⁶ becomes a whole one there, and a text of the type `xsd:double` is written anew.
pub(super) fn is_disputed(value: &Value, datatype: Option<&str>) -> bool {
    let double = datatype == Some(xsd!("double"));
    match value {
        Value::Number(number) if !double => {
            let written = || jcs::canonicalize(value).is_ok_and(|text| !text.contains(&b'.'));
            number.as_f64().is_some_and(|value| value.fract() != 0.0) && written()
        }
        Value::String(text) if double => text.parse().map(canonical_double).as_ref() != Ok(text),
        _ => false,
    }
}

/// The literal of any JSON value, in canonical form (RFC 8785).
pub(super) fn json(dataset: &mut Dataset, value: &Value) -> Option<Term> {
    let canonical = String::from_utf8(jcs::canonicalize(value).ok()?).ok()?;
    Some(dataset.typed(&canonical, JSON))
}

/// A number's text and its datatype: whole numbers below 10²¹ are integers, others doubles.
fn lexical(number: &Number, double: bool) -> Option<(String, &'static str)> {
    let value = number.as_f64()?;
    if double || value.fract() != 0.0 || value.abs() >= 1e21 {
        return Some((canonical_double(value), xsd!("double")));
    }
    // Adding zero makes minus zero zero.
    Some((format!("{:.0}", value + 0.0), xsd!("integer")))
}

/// A double in XML Schema's canonical form, from 16 significant digits: `1.25E1`.
fn canonical_double(value: f64) -> String {
    // More digits than are kept, to round a tie away from zero as every other implementation does (ECMA-262, toExponential).
    let exact = format!("{:.40e}", value.abs());
    let (digits, exponent) = exact.split_once('e').unwrap_or((&exact, "0"));
    let mut exponent: i32 = exponent.parse().unwrap_or(0);
    let kept: u64 = digits.bytes().filter(u8::is_ascii_digit).take(16).fold(0, |kept, digit| kept * 10 + u64::from(digit - b'0'));
    let next = digits.bytes().filter(u8::is_ascii_digit).nth(16).unwrap_or(b'0');
    let mut kept = kept + u64::from(next >= b'5');
    if kept == 10_u64.pow(16) {
        (kept, exponent) = (kept / 10, exponent + 1);
    }
    let digits = format!("{kept:016}");
    let fraction = digits[1..].trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}.{}E{exponent}", &digits[..1], if fraction.is_empty() { "0" } else { fraction })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str, datatype: Option<&str>) -> String {
        let mut dataset = Dataset::default();
        let term = scalar(&mut dataset, &serde_json::from_str(json).unwrap(), datatype).unwrap();
        dataset.nquads(term).replace("http://www.w3.org/2001/XMLSchema#", "xsd:")
    }

    #[test]
    fn numbers_take_the_form_that_the_standard_gives_them() {
        for (json, expected) in [
            ("0", "\"0\"^^<xsd:integer>"),
            ("-0.0", "\"0\"^^<xsd:integer>"),
            ("3.0", "\"3\"^^<xsd:integer>"),
            ("-12", "\"-12\"^^<xsd:integer>"),
            ("9007199254740991", "\"9007199254740991\"^^<xsd:integer>"),
            ("123456789012345680000", "\"123456789012345683968\"^^<xsd:integer>"),
            ("0.1", "\"1.0E-1\"^^<xsd:double>"),
            ("12.5", "\"1.25E1\"^^<xsd:double>"),
            ("-3.14", "\"-3.14E0\"^^<xsd:double>"),
            ("5e-7", "\"5.0E-7\"^^<xsd:double>"),
            ("1e21", "\"1.0E21\"^^<xsd:double>"),
            ("1000000000000000.5", "\"1.000000000000001E15\"^^<xsd:double>"),
            ("0.3333333333333333", "\"3.333333333333333E-1\"^^<xsd:double>"),
        ] {
            assert_eq!(text(json, None), expected, "{json}");
        }
        assert_eq!(text("3", Some(xsd!("double"))), "\"3.0E0\"^^<xsd:double>");
        assert_eq!(text("3", Some(xsd!("float"))), "\"3\"^^<xsd:float>");
        assert_eq!(text("true", None), "\"true\"^^<xsd:boolean>");
        assert_eq!(text("\"x\"", Some(xsd!("dateTime"))), "\"x\"^^<xsd:dateTime>");
    }

    #[test]
    fn what_programs_write_in_different_ways_is_known() {
        let disputed = |json: &str, datatype| is_disputed(&serde_json::from_str(json).unwrap(), datatype);
        for number in ["5e-7", "-1e-10", "5e-324"] {
            assert!(disputed(number, None), "{number}");
            assert!(!disputed(number, Some(xsd!("double"))), "{number}");
        }
        for number in ["1.5e-7", "0.000001", "0.5", "0", "7", "1e21", "\"5e-7\""] {
            assert!(!disputed(number, None), "{number}");
        }
        assert!(disputed("\"12.5\"", Some(xsd!("double"))));
        assert!(!disputed("\"1.25E1\"", Some(xsd!("double"))));
        assert!(!disputed("\"12.5\"", Some(xsd!("decimal"))));
    }

    #[test]
    fn a_json_literal_is_canonical_json() {
        let mut dataset = Dataset::default();
        let term = json(&mut dataset, &serde_json::json!({"b": [1.0, "é"], "a": true})).unwrap();
        assert_eq!(dataset.nquads(term), format!("\"{{\\\"a\\\":true,\\\"b\\\":[1,\\\"é\\\"]}}\"^^<{JSON}>"));
    }
}
