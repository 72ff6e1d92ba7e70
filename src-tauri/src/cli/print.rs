//! Printing: results to standard output, words to standard error.

use std::io::Write;
use std::path::Path;

use cairn_app::AppError;
use serde::Serialize;
use serde_json::{Value, json};

/// Prints for people or for programs.
pub struct Printer {
    /// Whether results are printed as JSON, one value a line.
    pub json: bool,
}

impl Printer {
    /// Words for people. Silent failure is right: nobody is left to be told.
    pub fn words(&self, words: &str) {
        let _ = writeln!(std::io::stderr(), "{words}");
    }

    /// A result for programs.
    pub fn value(&self, value: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(value) {
            let _ = writeln!(std::io::stdout(), "{text}");
        }
    }

    /// A result: as JSON where that was asked for, in `plain` words otherwise.
    pub fn result(&self, value: &impl Serialize, plain: impl FnOnce() -> String) {
        if self.json {
            self.value(value);
        } else {
            let _ = writeln!(std::io::stdout(), "{}", plain());
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

/// The filled fields of a record, a line each, for people.
pub fn fields(fields: &Value) -> String {
    let mut lines = Vec::new();
    for (name, value) in fields.as_object().into_iter().flatten() {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Array(items) if items.iter().all(Value::is_string) => {
                items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
            }
            other => other.to_string(),
        };
        if !text.is_empty() {
            lines.push(format!("  {name}: {}", text.replace('\n', "\n    ")));
        }
    }
    lines.join("\n")
}
