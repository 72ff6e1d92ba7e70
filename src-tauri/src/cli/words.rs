//! What was done, in words for people.

use cairn_app::Kind;
use cairn_app::history::HistoryEntry;
use chrono::{DateTime, Local};

use super::print::{counted, quoted};

/// A record by its kind and name; by its kind alone where it has no name.
pub fn what(kind: Kind, title: &str) -> String {
    if title.trim().is_empty() { format!("{kind} without a name") } else { format!("{kind} {}", quoted(title)) }
}

/// What was done, as the history tells it: "Edited credential “CKA”: issuer, hours".
pub fn done(step: &HistoryEntry) -> String {
    let fields = step.fields.join(", ");
    format!("{}{}{fields}", worded(step, |verb| verb.done), if fields.is_empty() { "" } else { ": " })
}

/// The same as something that is taken back or done again: "editing credential “CKA” (issuer, hours)".
pub fn doing(step: &HistoryEntry) -> String {
    let fields = if step.fields.is_empty() { String::new() } else { format!(" ({})", step.fields.join(", ")) };
    worded(step, |verb| verb.doing) + &fields
}

/// A moment on the learner's own clock, to the second.
pub fn local(rfc3339: &str) -> String {
    match DateTime::parse_from_rfc3339(rfc3339) {
        Ok(moment) => moment.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S").to_string(),
        Err(_) => rfc3339.to_owned(),
    }
}

/// What can be done, as it was and as it is.
struct Verb {
    done: &'static str,
    doing: &'static str,
    about: About,
}

/// What something is done to.
enum About {
    /// A record, named with its kind.
    Record,
    /// A file, by its name alone.
    File,
    /// All there is.
    Whole,
}

fn worded(step: &HistoryEntry, form: fn(&Verb) -> &'static str) -> String {
    let verb = |done, doing, about| Verb { done, doing, about };
    let verb = match step.action.as_str() {
        "add" => verb("Added", "adding", About::Record),
        "edit" => verb("Edited", "editing", About::Record),
        "remove" => verb("Removed", "removing", About::Record),
        "move" => verb("Moved", "moving", About::Record),
        "attach" => verb("Attached", "attaching", About::File),
        "detach" => verb("Took off its evidence", "taking off its evidence", About::File),
        "held-remove" => verb("Removed the received file", "removing the received file", About::File),
        "import" => verb("Imported", "importing", About::File),
        "sample-fill" => verb("Filled in the sample learner", "filling in the sample learner", About::Whole),
        "restore" => verb("Went back to a backup", "going back to a backup", About::Whole),
        "sample-remove" => verb("Removed the sample learner", "removing the sample learner", About::Whole),
        _ => verb("Changed", "changing", About::Record),
    };
    let title = step.title.as_str();
    let named = || if title.trim().is_empty() { counted(step.count, "record", "records") } else { quoted(title) };
    match (&verb.about, step.kind) {
        (About::Whole, _) => form(&verb).to_owned(),
        (About::Record, Some(kind)) => format!("{} {}", form(&verb), what(kind, title)),
        (About::Record, None) | (About::File, _) => format!("{} {}", form(&verb), named()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_named_without_empty_names() {
        let step = |action: &str, kind, title: &str, count| {
            let (action, title, at) = (action.to_owned(), title.to_owned(), "2026-11-22T09:00:00Z".to_owned());
            HistoryEntry { id: 1, at, action, kind, title, count, undone: false, fields: Vec::new() }
        };
        assert_eq!(done(&step("add", Some(Kind::Credential), "CKA", 1)), "Added credential “CKA”");
        assert_eq!(doing(&step("add", Some(Kind::Profile), "", 1)), "adding profile without a name");
        assert_eq!(doing(&step("sample-fill", None, "", 90)), "filling in the sample learner");
        assert_eq!(done(&step("import", None, "", 3)), "Imported 3 records");
        assert_eq!(done(&step("attach", Some(Kind::Evidence), "report.pdf", 1)), "Attached “report.pdf”");
        let edited = HistoryEntry { fields: vec!["issuer".into(), "hours".into()], ..step("edit", Some(Kind::Credential), "CKA", 1) };
        assert_eq!(done(&edited), "Edited credential “CKA”: issuer, hours");
        assert_eq!(doing(&edited), "editing credential “CKA” (issuer, hours)");
    }
}
