//! What the fields of each kind of record take, asked of the types themselves: a value that fits nothing is held before every
//! field, and what its type wants instead is what it takes.

use serde::Serialize;
use serde_json::{Map, Value, json};
use ts_rs::{Config, TS};

use crate::read::Fault;
use crate::{AnyRecord, Kind, Rule};

/// What fits nothing but text.
const MISFIT: &str = "?";

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it says; empty for the fields of a part.
    pub about: String,
    /// The form of its value: "text", "a date like 2024, 2024-03 or 2024-03-09", "one of planned, kept".
    pub takes: String,
    /// The words it may be, where it is one of a few.
    pub choices: &'static [&'static str],
    /// Whether it must be given.
    pub required: bool,
    /// What it is where it is not given; nothing where that is empty.
    pub default: Option<Value>,
    /// The fields of the object that it is, or of each object in its list.
    pub fields: Vec<Field>,
}

/// What a kind of record is, in a line.
pub fn about(kind: Kind) -> String {
    documented(kind).0
}

/// The fields of a kind of record, in their order.
pub fn fields(kind: Kind) -> Vec<Field> {
    let (_, declaration) = documented(kind);
    let mut fields = within(kind, "", &|value| value);
    for field in &mut fields {
        field.about = comment(&declaration, field.name);
    }
    fields
}

/// The names of a kind's fields, in their order.
pub fn names(kind: Kind) -> &'static [&'static str] {
    named(kind, &|value| value)
}

/// The doc comment of a kind's record and its declaration in TypeScript, which carries the comments of its fields.
fn documented(kind: Kind) -> (String, String) {
    macro_rules! of_kind {
        ($(($variant:ident, $name:literal, $record:ty)),+ $(,)?) => {
            match kind { $(Kind::$variant => (<$record>::docs(), <$record>::decl(&Config::default()))),+ }
        };
    }
    let (docs, declaration) = crate::for_each_kind!(of_kind);
    (plain(&docs.unwrap_or_default()), declaration)
}

/// What the declaration says above a field.
fn comment(declaration: &str, name: &str) -> String {
    let commented = declaration.split("/**").skip(1).filter_map(|part| part.split_once("*/"));
    let mut of_field = commented.filter(|(_, after)| after.split(':').next().is_some_and(|field| field.trim().trim_matches('"') == name));
    of_field.next().map(|(comment, _)| plain(comment)).unwrap_or_default()
}

/// A comment without its asterisks.
fn plain(comment: &str) -> String {
    let bare = |line: &str| line.trim().trim_end_matches("*/").trim_start_matches("/**").trim_start_matches('*').trim().to_owned();
    let lines = comment.lines().map(bare);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where a value stands in a record: what makes a whole record of it.
type Place<'p> = &'p dyn Fn(Value) -> Value;

/// The names of the fields of the object at a place: a stranger among them is refused with them.
fn named(kind: Kind, place: Place<'_>) -> &'static [&'static str] {
    match AnyRecord::read(kind, place(json!({ MISFIT: null }))).map_err(|error| error.fault) {
        Err(Fault::NoSuchField { fields, .. }) => fields,
        _ => &[],
    }
}

/// The fields of the object at a place, whose pointer is `path`.
fn within(kind: Kind, path: &str, place: Place<'_>) -> Vec<Field> {
    let empty = AnyRecord::read(kind, place(json!({})));
    let given = empty.as_ref().map(|record| serde_json::to_value(record).unwrap_or_default()).unwrap_or_default();
    let required: Vec<String> = match &empty {
        Err(error) => match error.fault {
            Fault::Missing(name) => vec![format!("{path}/{name}")],
            _ => Vec::new(),
        },
        Ok(record) => {
            let problems = record.check().err().map(|problems| problems.0).unwrap_or_default();
            problems.into_iter().filter(|problem| problem.rule == Rule::Required).map(|problem| problem.path).collect()
        }
    };
    let field = |name: &&'static str| {
        let path = format!("{path}/{name}");
        let takes = taken(kind, &path, &|value| place(Value::Object(Map::from_iter([((*name).to_owned(), value)]))));
        Field {
            name,
            about: String::new(),
            required: required.contains(&path),
            default: given.pointer(&path).filter(|value| !is_empty(value)).cloned(),
            takes: takes.form,
            choices: takes.choices,
            fields: takes.fields,
        }
    };
    named(kind, place).iter().map(field).collect()
}

/// What a field takes.
#[derive(Default)]
struct Taken {
    form: String,
    choices: &'static [&'static str],
    fields: Vec<Field>,
}

/// What the value at a place must be.
fn taken(kind: Kind, path: &str, place: Place<'_>) -> Taken {
    let of = |form: &str| Taken { form: form.to_owned(), ..Taken::default() };
    let fault = match AnyRecord::read(kind, place(MISFIT.into())) {
        Err(error) => error.fault,
        Ok(record) => {
            // Any text can be read; a rule may still ask for more.
            let problems = record.check().err().map(|problems| problems.0).unwrap_or_default();
            let asked = problems.into_iter().find(|problem| problem.path == path && problem.rule != Rule::Required);
            let asked = asked.and_then(|problem| problem.rule.to_string().strip_prefix("is not ").map(of));
            return asked.unwrap_or_else(|| of("text"));
        }
    };
    match fault {
        Fault::NoneOf { choices, .. } => Taken { form: format!("one of {}", choices.join(", ")), choices, ..Taken::default() },
        Fault::Not { wanted, .. } if wanted == "a list" => {
            let item = taken(kind, &format!("{path}/0"), &|value| place(json!([value])));
            let form = if item.form == "text" { "a list of texts".into() } else { format!("a list, each {}", item.form) };
            Taken { form, ..item }
        }
        Fault::Not { wanted, .. } if wanted == "an object" => {
            // An item of a list stands at its beginning; whichever it is, the pointer leads to it.
            Taken { form: wanted, fields: within(kind, path, place), ..Taken::default() }
        }
        Fault::Not { wanted, .. } => of(&wanted),
        Fault::Said(words) => of(words.split_once(" is not ").map_or("text", |(_, form)| form)),
        // The value itself was taken.
        Fault::Missing(_) | Fault::NoSuchField { .. } => of("text"),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(is_empty),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: Kind, name: &str) -> Field {
        fields(kind).into_iter().find(|field| field.name == name).unwrap()
    }

    #[test]
    fn every_field_of_every_kind_says_what_it_is_and_what_it_takes() {
        for &kind in Kind::ALL {
            assert!(about(kind).ends_with('.'), "{kind}: {}", about(kind));
            let named = fields(kind);
            assert_eq!(named.iter().map(|field| field.name).collect::<Vec<_>>(), names(kind));
            let empty = serde_json::to_value(AnyRecord::read(kind, json!({})).unwrap()).unwrap();
            assert_eq!(named.len(), empty.as_object().unwrap().len(), "{kind}");
            for field in named {
                assert!(field.about.ends_with('.') && !field.about.contains('*'), "{kind}/{}: {}", field.name, field.about);
                assert!(!field.takes.is_empty() && !field.takes.contains("struct"), "{kind}/{}: {}", field.name, field.takes);
            }
        }
    }

    #[test]
    fn a_field_takes_what_its_type_reads() {
        for (kind, name, takes) in [
            (Kind::Credential, "title", "text"),
            (Kind::Credential, "issued", "a date like 2024, 2024-03 or 2024-03-09, in the years from 1900 to 2200"),
            (Kind::Credential, "hours", "a number"),
            (Kind::Credential, "status", "one of considering, planned, in-progress, earned, expired"),
            (Kind::Credential, "competencies", "a list of texts"),
            (Kind::Credential, "rubric", "a list, each an object"),
            (Kind::Deadline, "date", "a day like 2024-03-09"),
            (Kind::Deadline, "done", "true or false"),
            (Kind::BudgetLine, "planned", "an amount like 295.00"),
            (Kind::BudgetLine, "currency", "an ISO 4217 currency code"),
            (Kind::Evidence, "links", "a list, each an http, https or mailto address"),
            (Kind::Story, "metric", "an object"),
        ] {
            assert_eq!(field(kind, name).takes, takes, "{kind}/{name}");
        }
        assert!(field(Kind::Story, "skills").takes.starts_with("a list, each the id of a skill"));
        assert!(field(Kind::StudyBlock, "start").takes.starts_with("a day and time like 2024-03-09T18:30"));
    }

    #[test]
    fn what_must_be_given_and_what_stands_otherwise_is_said() {
        let required = |kind| fields(kind).into_iter().filter(|field| field.required).map(|field| field.name).collect::<Vec<_>>();
        assert_eq!(required(Kind::StudyBlock), ["title", "start"]);
        assert_eq!(required(Kind::ExpectedReturn), ["title", "credential"]);
        assert_eq!(required(Kind::Profile), Vec::<&str>::new());
        assert_eq!(field(Kind::StudyBlock, "minutes").default, Some(json!(50)));
        let within =
            |kind, name| field(kind, name).fields.into_iter().filter(|field| field.required).map(|field| field.name).collect::<Vec<_>>();
        assert_eq!(within(Kind::Credential, "rubric"), ["criterion"]);
        assert_eq!(within(Kind::Collection, "entries"), ["record"]);
        assert_eq!(within(Kind::Reflection, "metric"), ["what"]);
    }
}
