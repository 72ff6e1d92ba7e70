//! The form of a credential: what the W3C's data model demands of every one, and what 1EdTech asks of its kinds.
//!
//! A signature over RDF refuses some of it too; one over JSON or a token does not, so all of it is asked here, of every form.

use crate::json;
use crate::jsonld::{self, is_absolute};
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
    typed(credential, "it")?;
    let first = json::values(credential.get("@context")).first().and_then(|first| first.as_str());
    let first = first.filter(|first| [V1, V2].contains(first));
    match first {
        None => return malformed("its @context does not begin with that of verifiable credentials"),
        Some(V1) if !credential.contains_key("issuanceDate") => return malformed("it does not say when it was issued (issuanceDate)"),
        Some(_) => {}
    }
    identified(credential, "its id")?;
    let subjects = json::values(credential.get("credentialSubject"));
    if subjects.is_empty() {
        return malformed("it says nothing about anybody (credentialSubject)");
    }
    for subject in subjects {
        match subject.as_object() {
            Some(subject) if !subject.is_empty() => identified(subject, "the id of its subject")?,
            _ => return malformed("it says nothing about anybody (credentialSubject)"),
        }
    }
    if first == Some(V2) { parts(credential) } else { Ok(()) }
}

/// Whether the contexts of a credential of VC Data Model 2.0 leave the terms alone that it protects. What is signed as JSON is
/// read by its names, and they have to mean what they mean.
pub(super) fn contexts(credential: &Map<String, Value>) -> Result<(), Reason> {
    match credential.get("@context") {
        Some(contexts) if json::values(Some(contexts)).first().and_then(|first| first.as_str()) == Some(V2) => {
            jsonld::agree(contexts).map_err(|error| Reason::Malformed { fault: error.to_string() })
        }
        _ => Ok(()),
    }
}

/// What VC Data Model 2.0 demands of the parts of a credential, beyond 1.1.
fn parts(credential: &Map<String, Value>) -> Result<(), Reason> {
    // §4.5: whatever a verifier has to tell apart names its type; §4.11 asks schemas for their address.
    for member in ["evidence", "termsOfUse", "refreshService", "credentialSchema"] {
        for part in json::values(credential.get(member)).into_iter().filter_map(Value::as_object) {
            typed(part, &format!("one of its {member}"))?;
            identified(part, &format!("the id of one of its {member}"))?;
            if member == "credentialSchema" && !part.contains_key("id") {
                return malformed("its credentialSchema has no id");
            }
        }
    }
    // §5.3
    let mut related = std::collections::HashSet::new();
    for resource in json::values(credential.get("relatedResource")) {
        let id = resource.get("id").and_then(Value::as_str).filter(|id| is_absolute(id));
        match id {
            None => return malformed("one of its relatedResource has no id"),
            Some(id) if !related.insert(id) => return malformed("two of its relatedResource have one id"),
            Some(_) if ["digestSRI", "digestMultibase"].iter().any(|digest| resource.get(*digest).is_some()) => {}
            Some(_) => return malformed("one of its relatedResource has no digest"),
        }
    }
    // §4.6
    let issuer = credential.get("issuer").and_then(Value::as_object);
    for object in [Some(credential), issuer].into_iter().flatten() {
        for member in ["name", "description"] {
            if !json::values(object.get(member)).into_iter().all(is_words) {
                return malformed(&format!("its {member} is not a text"));
            }
        }
    }
    Ok(())
}

/// A text, or a text with its language (VC Data Model 2.0 §11.1).
fn is_words(value: &Value) -> bool {
    value.is_string() || value.as_object().is_some_and(|value| value.get("@value").is_some_and(Value::is_string))
}

/// Whether an object says what it is: texts, at least one.
fn typed(object: &Map<String, Value>, what: &str) -> Result<(), Reason> {
    let types = json::values(object.get("type"));
    let texts = types.iter().all(|name| name.as_str().is_some_and(|name| !name.is_empty()));
    if texts && !types.is_empty() { Ok(()) } else { malformed(&format!("{what} has no type, or one that is not a text")) }
}

/// Whether an object's `id`, where it has one, is an address (VC Data Model 2.0 §4.4, 1.1 §4.2).
fn identified(object: &Map<String, Value>, what: &str) -> Result<(), Reason> {
    match object.get("id") {
        None => Ok(()),
        Some(Value::String(id)) if is_absolute(id) => Ok(()),
        Some(_) => malformed(&format!("{what} is not a whole address")),
    }
}

fn malformed<T>(fault: &str) -> Result<T, Reason> {
    Err(Reason::Malformed { fault: fault.into() })
}

/// The issuer, a text or an object with an `id` (VC Data Model 2.0 §4.7).
pub(super) fn issuer(credential: &Map<String, Value>) -> Result<Named<'_>, Reason> {
    let named = match credential.get("issuer") {
        Some(Value::String(id)) => Some(Named { id, name: None }),
        Some(Value::Object(issuer)) => {
            let name = issuer.get("name").and_then(json::words);
            issuer.get("id").and_then(Value::as_str).map(|id| Named { id, name })
        }
        _ => None,
    };
    let named = named.ok_or_else(|| Reason::Malformed { fault: "it names no issuer".into() })?;
    if is_absolute(named.id) { Ok(named) } else { Err(Reason::Malformed { fault: "its issuer is not a whole address".into() }) }
}

/// An identifier, or that of an object.
pub(super) fn id_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("id").and_then(Value::as_str))
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
