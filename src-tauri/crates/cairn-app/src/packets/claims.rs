//! What the owner of a packet claims, as lines to read: each claim with its name, and what it says under each of its terms.

use serde::Serialize;
use serde_json::{Map, Value};

/// Most claims that are shown.
const MOST: usize = 2_000;
/// Most characters of one text that are shown.
const LONGEST: usize = 20_000;

/// A claim, safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PacketClaim {
    /// The term under which it stands: `work`, `hasCredential`, `stories`.
    pub kind: String,
    /// What it is about.
    pub name: String,
    /// What it says, in the order of the terms' names.
    pub texts: Vec<ClaimText>,
    /// What backs it in the same packet, by name.
    pub backed_by: Vec<String>,
}

/// What a claim says under one term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct ClaimText {
    /// The term, as it is signed.
    pub term: String,
    /// What it says; a line each where it says several things.
    pub text: String,
}

/// The terms that hold claims, in the order in which a reader asks for them.
const KINDS: [&str; 13] = [
    "work",
    "hasCredential",
    "skills",
    "stories",
    "evidence",
    "projects",
    "education",
    "volunteering",
    "awards",
    "publications",
    "knowsLanguage",
    "interests",
    "references",
];

/// What the owner says about themselves.
pub(super) fn about(subject: &Map<String, Value>) -> Vec<ClaimText> {
    texts(subject, |term| term == "name" || KINDS.contains(&term))
}

/// Every claim.
pub(super) fn claims(subject: &Map<String, Value>) -> Vec<PacketClaim> {
    let of = |kind: &'static str| subject.get(kind).and_then(Value::as_array).into_iter().flatten().map(move |claim| (kind, claim));
    let all: Vec<(&str, &Map<String, Value>)> =
        KINDS.into_iter().flat_map(of).filter_map(|(kind, claim)| Some((kind, claim.as_object()?))).take(MOST).collect();
    let called =
        |id: &str| all.iter().find(|(_, claim)| claim.get("id").and_then(Value::as_str) == Some(id)).map(|(_, claim)| name(claim).1);
    let one = |(kind, claim): &(&str, &Map<String, Value>)| {
        let (term, name) = name(claim);
        let backing = claim.get("backedBy").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        PacketClaim {
            kind: (*kind).to_owned(),
            name,
            texts: texts(claim, |it| it == term),
            backed_by: backing.filter_map(called).collect(),
        }
    };
    all.iter().map(one).collect()
}

/// What a claim is called, and the term that says so.
fn name(claim: &Map<String, Value>) -> (&'static str, String) {
    let terms = ["name", "roleName", "worksFor", "memberOf", "provider", "author"];
    let found = terms.into_iter().find_map(|term| Some((term, said(claim.get(term)?)?)));
    found.unwrap_or(("name", String::new()))
}

fn texts(claim: &Map<String, Value>, skip: impl Fn(&str) -> bool) -> Vec<ClaimText> {
    let machines = ["@context", "id", "type", "provenance", "backedBy"];
    let said = |(term, value): (&String, &Value)| Some(ClaimText { term: cairn_proof::shown(term), text: said(value)? });
    claim.iter().filter(|(term, _)| !machines.contains(&term.as_str()) && !skip(term)).filter_map(said).collect()
}

/// A value as text: a line for each of several; of something with a name, the name and what stands beside it.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => legible(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().filter_map(said).collect::<Vec<_>>().join("\n"),
        // A file of evidence is shown among the files.
        Value::Object(object) if object.get("type").is_some_and(|kind| kind == "MediaObject") => String::new(),
        Value::Object(object) => {
            let order =
                ["name", "streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry", "before", "after", "unit"];
            let parts: Vec<String> = order.iter().filter_map(|term| said(object.get(*term)?)).collect();
            match (object.get("before"), object.get("after")) {
                (Some(before), Some(after)) => {
                    let of = |term: &str| object.get(term).and_then(said).unwrap_or_default();
                    format!("{}: {} → {} {}", of("name"), said(before)?, said(after)?, of("unit")).trim().to_owned()
                }
                _ => parts.join(", "),
            }
        }
        Value::Bool(_) | Value::Null => String::new(),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A whole text, with its lines, without what could turn or hide the text around it.
pub(super) fn legible(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(cairn_domain::text::shown_safely).collect();
    let text = lines.join("\n");
    text.trim().chars().take(LONGEST).collect()
}
