//! What can be logged: the kinds of record, and the fields of each, as the types themselves tell.

use cairn_app::Kind;
use cairn_app::fields::{Field, about, fields};
use serde_json::{Value, json};

use super::Ended;
use super::print::Printer;

pub fn told(kind: Option<Kind>, printer: &Printer) -> Result<(), Ended> {
    let Some(kind) = kind else {
        let widest = Kind::ALL.iter().map(|kind| kind.name().len()).max().unwrap_or(0);
        for &kind in Kind::ALL {
            let about = about(kind);
            printer.result(&json!({ "kind": kind, "about": about }), || format!("{:<widest$}  {about}", kind.name()));
        }
        return Ok(());
    };
    for field in fields(kind) {
        printer.result(&field, || lines(&field, "").join("\n"));
    }
    Ok(())
}

/// A field and, below it, those of the object that it is.
fn lines(field: &Field, edge: &str) -> Vec<String> {
    let required = if field.required { ", required" } else { "" };
    let default = match &field.default {
        Some(Value::String(text)) => format!(", otherwise {text}"),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => format!(", otherwise {value}"),
        _ => String::new(),
    };
    let mut lines = vec![format!("{edge}{}: {}{required}{default}", field.name, field.takes)];
    if !field.about.is_empty() {
        lines.push(format!("{edge}    {}", field.about));
    }
    lines.extend(field.fields.iter().flat_map(|inner| self::lines(inner, &format!("{edge}    "))));
    lines
}
