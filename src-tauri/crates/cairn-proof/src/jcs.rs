//! Canonical JSON (RFC 8785): one sequence of bytes for every text that means the same.

use serde_json::Value;

/// The value has no canonical form; only a number that is not finite can cause it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the JSON has no canonical form: {0}")]
pub struct JcsError(String);

/// The canonical bytes of a JSON value.
pub fn canonicalize(value: &Value) -> Result<Vec<u8>, JcsError> {
    serde_json_canonicalizer::to_vec(value).map_err(|error| JcsError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors;

    #[test]
    fn the_six_cyberphone_pairs_come_out_byte_for_byte() {
        let Some(folder) = vectors::folder("cyberphone-jcs/testdata") else { return };
        let names = ["arrays", "french", "structures", "unicode", "values", "weird"];
        for name in names {
            let input = std::fs::read(folder.join("input").join(format!("{name}.json"))).unwrap();
            let expected = std::fs::read(folder.join("output").join(format!("{name}.json"))).unwrap();
            let value: Value = serde_json::from_slice(&input).unwrap();
            assert_eq!(canonicalize(&value).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn numbers_are_doubles_whatever_other_crates_switch_on() {
        // With serde_json's `arbitrary_precision` the digits would be kept, and other implementations would disagree.
        let value: Value = serde_json::from_str(r#"{"b": 1E2, "a": 0.10}"#).unwrap();
        assert_eq!(canonicalize(&value).unwrap(), br#"{"a":0.1,"b":100}"#);
        assert!(matches!(crate::json::parse(b"1.5"), Ok(Value::Number(_))));
    }
}
