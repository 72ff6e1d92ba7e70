//! Printing: results to standard output, words to standard error. Whatever people are shown is made safe for their terminal here.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use cairn_app::{AppError, Kind, shown_safely};
use serde::Serialize;
use serde_json::{Value, json};

/// Prints for people or for programs.
pub struct Printer {
    /// Whether results are printed as JSON, one value a line.
    pub json: bool,
    /// Why results could not be printed, where that was so.
    unprinted: RefCell<Option<std::io::Error>>,
}

impl Printer {
    /// A printer of results as JSON or in words.
    pub fn new(json: bool) -> Self {
        Printer { json, unprinted: RefCell::default() }
    }

    /// Bytes as they are, to standard output.
    ///
    /// # Errors
    /// `file-failed`.
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), AppError> {
        self.print(bytes);
        self.finish()
    }

    /// Sees to it that everything that was printed arrived. Whoever stops reading has read enough.
    ///
    /// # Errors
    /// `file-failed`.
    pub fn finish(&self) -> Result<(), AppError> {
        let flushed = self.unprinted.take().map_or_else(|| std::io::stdout().flush(), Err);
        flushed.or_else(|error| match error.kind() {
            std::io::ErrorKind::BrokenPipe => Ok(()),
            _ => Err(AppError::new("file-failed", format!("Could not write to standard output: {error}."))),
        })
    }

    fn print(&self, bytes: &[u8]) {
        if let Err(error) = std::io::stdout().write_all(bytes) {
            self.unprinted.borrow_mut().get_or_insert(error);
        }
    }

    /// Words for people. Silent failure is right: nobody is left to be told.
    pub fn words(&self, words: &str) {
        let _ = writeln!(std::io::stderr(), "{}", for_terminal(words));
    }

    /// Words for people where there is nothing to print; a program sees that by itself.
    pub fn nothing(&self, words: &str) {
        if !self.json {
            self.words(words);
        }
    }

    /// A result for programs.
    pub fn value(&self, value: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(value) {
            self.print((text + "\n").as_bytes());
        }
    }

    /// A result: as JSON where that was asked for, in `plain` words otherwise.
    pub fn result(&self, value: &impl Serialize, plain: impl FnOnce() -> String) {
        if self.json {
            self.value(value);
        } else {
            self.print((for_terminal(&plain()) + "\n").as_bytes());
        }
    }

    /// Why one of several files was refused.
    pub fn refused(&self, file: &Path, error: &AppError) {
        self.words(&error.message);
        if self.json {
            self.value(&json!({ "file": file.display().to_string(), "error": error }));
        }
    }
}

/// Text without what a terminal obeys: titles and names come from other people's files.
fn for_terminal(text: &str) -> String {
    text.lines().map(|line| shown_safely(&line.replace('\t', "    "))).collect::<Vec<_>>().join("\n")
}

/// A title or name in quotation marks, on one line.
pub fn quoted(title: &str) -> String {
    format!("“{}”", shown_safely(title))
}

/// `1 story`, `2 stories`.
pub fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The filled fields of a record for people, in their order: a line each, what they hold indented below them. `names` says how the
/// records are called that fields link to, by their ids.
pub fn fields(kind: Kind, fields: &Value, names: &HashMap<String, String>) -> String {
    let mut lines = Vec::new();
    cairn_app::fields::names(kind).iter().for_each(|name| field(name, &fields[name], 1, names, &mut lines));
    lines.join("\n")
}

fn field(name: &str, value: &Value, depth: usize, names: &HashMap<String, String>, lines: &mut Vec<String>) {
    let edge = "  ".repeat(depth);
    match value {
        empty if is_empty(empty) => {}
        Value::Object(fields) => {
            lines.push(format!("{edge}{name}:"));
            fields.iter().for_each(|(name, value)| field(name, value, depth + 1, names, lines));
        }
        Value::Array(items) => {
            lines.push(format!("{edge}{name}:"));
            items.iter().for_each(|value| item(value, depth + 1, names, lines));
        }
        value => lines.push(format!("{edge}{name}: {}", text(value, depth, names))),
    }
}

/// An item of a list: what it holds, with a dash before its first line.
fn item(value: &Value, depth: usize, names: &HashMap<String, String>, lines: &mut Vec<String>) {
    let first = lines.len();
    match value {
        empty if is_empty(empty) => {}
        Value::Object(fields) => fields.iter().for_each(|(name, value)| field(name, value, depth + 1, names, lines)),
        Value::Array(items) => items.iter().for_each(|value| item(value, depth + 1, names, lines)),
        value => lines.push(format!("{}{}", "  ".repeat(depth + 1), text(value, depth, names))),
    }
    if let Some(line) = lines.get_mut(first) {
        line.replace_range(2 * depth..2 * depth + 2, "- ");
    }
}

fn text(value: &Value, depth: usize, names: &HashMap<String, String>) -> String {
    match value {
        Value::String(text) => match names.get(text) {
            Some(name) => format!("{} {text}", quoted(name)),
            None => text.trim_end().replace('\n', &format!("\n{}", "  ".repeat(depth + 1))),
        },
        // 40, not 40.0: hours and credits are as often whole as not.
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string()),
        other => other.to_string(),
    }
}

/// Whether a value says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_and_lines_stay() {
        assert_eq!(for_terminal("a\u{1b}[31m\u{202e}b\u{9b}c\r\nd\te\n"), "a\u{fffd}[31m\u{fffd}b\u{fffd}c\nd    e");
        assert_eq!(quoted("one\ntwo"), "“one\u{fffd}two”");
    }

    #[test]
    fn nested_fields_are_indented_and_empty_ones_left_out() {
        let record = json!({
            "title": "CKA", "hours": 40.0, "issued": null, "notes": "first\nsecond", "skills": ["id-1", "id-2"],
            "assessed": {"holds": false, "reason": ""}, "portable": {"holds": null, "reason": ""},
            "rubric": [{"criterion": "Depth", "levels": ["low", "high"], "reached": ""}],
        });
        let names = HashMap::from([("id-1".to_owned(), "Rust".to_owned())]);
        let expected = "  title: CKA\n  hours: 40\n  rubric:\n    - criterion: Depth\n      levels:\n        - low\n        - high\n  \
            assessed:\n    holds: false\n  skills:\n    - “Rust” id-1\n    - id-2\n  notes: first\n    second";
        assert_eq!(fields(Kind::Credential, &record, &names), expected);
    }
}
