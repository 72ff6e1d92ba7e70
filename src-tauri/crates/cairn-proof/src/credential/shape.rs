//! The form of a credential: what the W3C's data model demands of every one, and what 1EdTech asks of its kinds.

use crate::json;
use crate::reason::Reason;
use crate::text::shown;
use serde_json::{Map, Value};

/// The base contexts of VC Data Model 2.0 and 1.1; one of them comes first.
const V2: &str = "https://www.w3.org/ns/credentials/v2";
const V1: &str = "https://www.w3.org/2018/credentials/v1";

/// An issuer as a credential names it.
pub(super) struct Named<'c> {
    /// The DID or URL, whole.
    pub id: &'c str,
    /// The name, which anybody can write.
    pub name: Option<&'c str>,
}

/// What a type of JSON is when it is not a credential, or what a credential lacks (VC Data Model 2.0 §4, 1.1 §4).
pub(super) fn credential(credential: &Map<String, Value>) -> Result<(), Reason> {
    let types = json::texts(credential.get("type"));
    if types.contains(&"VerifiablePresentation") {
        return Err(Reason::NotACredential { what: "a presentation of credentials".into() });
    }
    if !types.contains(&"VerifiableCredential") {
        let what = if types.contains(&"Assertion") { "an Open Badges 2.0 assertion" } else { "JSON of another kind" };
        return Err(Reason::NotACredential { what: what.into() });
    }
    let malformed = |fault: &str| Err(Reason::Malformed { fault: fault.into() });
    let first = json::values(credential.get("@context")).first().and_then(|first| first.as_str());
    let first = first.filter(|first| [V1, V2].contains(first));
    match first {
        None => return malformed("its @context does not begin with that of verifiable credentials"),
        Some(V1) if !credential.contains_key("issuanceDate") => return malformed("it does not say when it was issued (issuanceDate)"),
        Some(_) => {}
    }
    match credential.get("id") {
        None => {}
        Some(Value::String(id)) if id.contains(':') => {}
        Some(_) => return malformed("its id is not a whole address"),
    }
    match credential.get("credentialSubject") {
        Some(Value::Object(subject)) if !subject.is_empty() => Ok(()),
        Some(Value::Array(subjects)) if !subjects.is_empty() && subjects.iter().all(Value::is_object) => Ok(()),
        _ => malformed("it says nothing about anybody (credentialSubject)"),
    }
}

/// The issuer, a text or an object with an `id` (VC Data Model 2.0 §4.7).
pub(super) fn issuer(credential: &Map<String, Value>) -> Result<Named<'_>, Reason> {
    let named = match credential.get("issuer") {
        Some(Value::String(id)) => Some(Named { id, name: None }),
        Some(Value::Object(issuer)) => {
            let name = issuer.get("name").and_then(Value::as_str);
            issuer.get("id").and_then(Value::as_str).map(|id| Named { id, name })
        }
        _ => None,
    };
    let named = named.ok_or_else(|| Reason::Malformed { fault: "it names no issuer".into() })?;
    if named.id.contains(':') { Ok(named) } else { Err(Reason::Malformed { fault: "its issuer is not a whole address".into() }) }
}

/// What 1EdTech's kinds ask for beyond that (Open Badges 3.0 §B.1, CLR 2.0 §B.1), by the members that people look at. A badge
/// that leaves one out is signed all the same: the reason says so and takes nothing from the verdict.
pub(super) fn open_badge(credential: &Map<String, Value>) -> Reason {
    let types = json::texts(credential.get("type"));
    let is = |name: &str| types.contains(&name);
    let faults = if is("OpenBadgeCredential") || is("AchievementCredential") {
        subjects(credential, achievement)
    } else if is("EndorsementCredential") {
        subjects(credential, |subject| missing(subject, &["id", "type"], "credentialSubject"))
    } else if is("ClrCredential") {
        subjects(credential, |subject| missing(subject, &["type", "verifiableCredential"], "credentialSubject"))
    } else {
        Vec::new()
    };
    if faults.is_empty() { Reason::WellFormed } else { Reason::Incomplete { missing: faults } }
}

fn subjects(credential: &Map<String, Value>, look: impl Fn(&Map<String, Value>) -> Vec<String>) -> Vec<String> {
    json::values(credential.get("credentialSubject")).into_iter().filter_map(Value::as_object).flat_map(look).collect()
}

fn achievement(subject: &Map<String, Value>) -> Vec<String> {
    let mut faults = missing(subject, &["type", "achievement"], "credentialSubject");
    for achievement in json::values(subject.get("achievement")) {
        match achievement.as_object() {
            Some(achievement) => {
                faults.extend(missing(achievement, &["id", "type", "name", "description", "criteria"], "achievement"));
            }
            None => faults.push("achievement".into()),
        }
    }
    faults
}

fn missing(object: &Map<String, Value>, members: &[&str], place: &str) -> Vec<String> {
    members.iter().filter(|member| !object.contains_key(**member)).map(|member| shown(&format!("{place}.{member}"))).collect()
}
