//! From a token's claims to the credential they make (VC Data Model 1.1 §6.3.1, Open Badges 3.0 §8.2).
//!
//! What a claim and a member of the credential both say must be the same; what the claim alone says goes into the member. But in a
//! token of VC-JOSE-COSE, whose payload is the credential and whose type says so, `exp` and `nbf` are the signature's own dates
//! (§3.1.3): they say nothing of the credential's.

use crate::date;
use crate::reason::Reason;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// The claims that RFC 7519 §4.1 registers, with those of proof of possession: about the token, no part of the credential.
const ABOUT_THE_TOKEN: [&str; 9] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf", "nonce"];

/// The credential in a token's payload, complete. `own_dates`: the token's dates are those of its signature alone.
pub(super) fn credential(payload: &Map<String, Value>, own_dates: bool) -> Result<Map<String, Value>, Reason> {
    let malformed = |fault: &str| Reason::Malformed { fault: fault.into() };
    if payload.contains_key("vp") {
        return Err(Reason::NotACredential { what: "a presentation of credentials as JWT".into() });
    }
    let mut credential = match payload.get("vc") {
        Some(_) if ["@context", "credentialSubject"].iter().any(|member| payload.contains_key(*member)) => {
            return Err(malformed("it holds one credential in its claim vc and another beside it"));
        }
        Some(Value::Object(credential)) => credential.clone(),
        Some(_) => return Err(malformed("its claim vc is not a credential")),
        None => payload.iter().filter(|(name, _)| !ABOUT_THE_TOKEN.contains(&name.as_str())).map(|(n, v)| (n.clone(), v.clone())).collect(),
    };
    text(payload, "iss")?.map_or(Ok(()), |issuer| agree_id(&mut credential, "issuer", issuer, "iss"))?;
    if let Some(id) = text(payload, "jti")? {
        match credential.get("id").and_then(Value::as_str) {
            Some(own) if own != id => return Err(disagree("jti", "id")),
            Some(_) => {}
            // An identifier that is no URL is no identifier of a credential.
            None if id.contains(':') => drop(credential.insert("id".into(), id.into())),
            None => {}
        }
    }
    if let Some(subject) = text(payload, "sub")? {
        match credential.get("credentialSubject") {
            Some(Value::Array(subjects)) if subjects.iter().any(|one| one.get("id").and_then(Value::as_str) == Some(subject)) => {}
            Some(Value::Object(_)) => agree_id(&mut credential, "credentialSubject", subject, "sub")?,
            _ => return Err(disagree("sub", "credentialSubject.id")),
        }
    }
    if own_dates {
        return Ok(credential);
    }
    let (from, until) = if is_newer(&credential) { ("validFrom", "validUntil") } else { ("issuanceDate", "expirationDate") };
    agree_date(&mut credential, payload, "nbf", ["validFrom", "issuanceDate"], from)?;
    agree_date(&mut credential, payload, "exp", ["validUntil", "expirationDate"], until)?;
    Ok(credential)
}

/// Whether a credential is of VC Data Model 2.0.
pub(super) fn is_newer(credential: &Map<String, Value>) -> bool {
    let first = match credential.get("@context") {
        Some(Value::Array(contexts)) => contexts.first().and_then(Value::as_str),
        other => other.and_then(Value::as_str),
    };
    first == Some("https://www.w3.org/ns/credentials/v2")
}

/// What the dates of a token say of its signature at the instant `now`: whether it has ended, or is still to begin.
pub(crate) fn dates(payload: &Map<String, Value>, now: DateTime<Utc>) -> Result<(), Reason> {
    match (seconds(payload, "nbf")?, seconds(payload, "exp")?) {
        // RFC 7519 §4.1.4: on or after that instant it counts for nothing.
        (_, Some(until)) if until <= now => Err(Reason::Expired { until: date::format(until) }),
        (Some(from), _) if from > now => Err(Reason::NotYetValid { from: date::format(from) }),
        _ => Ok(()),
    }
}

/// A claim that counts seconds since 1970 (RFC 7519 §2 NumericDate), to the second.
pub(super) fn seconds(payload: &Map<String, Value>, claim: &str) -> Result<Option<DateTime<Utc>>, Reason> {
    let Some(value) = payload.get(claim) else { return Ok(None) };
    let broken = || Reason::BrokenDate { member: claim.into(), text: crate::text::shown(&value.to_string()) };
    let whole = value.as_f64().map(f64::floor).filter(|seconds| seconds.abs() < 1e12).ok_or_else(broken)?;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and far below 2^53")]
    DateTime::from_timestamp(whole as i64, 0).map(Some).ok_or_else(broken)
}

/// A claim that is a text.
pub(super) fn text<'a>(payload: &'a Map<String, Value>, claim: &str) -> Result<Option<&'a str>, Reason> {
    match payload.get(claim) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Reason::Malformed { fault: format!("its claim {claim} is not a text") }),
    }
}

fn disagree(claim: &str, member: &str) -> Reason {
    Reason::Malformed { fault: format!("its claim {claim} says something else than the {member} of the credential in it") }
}

/// A member that is an identifier, or an object with one.
fn agree_id(credential: &mut Map<String, Value>, member: &'static str, id: &str, claim: &str) -> Result<(), Reason> {
    match credential.get_mut(member) {
        None => drop(credential.insert(member.into(), id.into())),
        Some(Value::String(own)) if own == id => {}
        Some(Value::Object(object)) => match object.get("id").and_then(Value::as_str) {
            Some(own) if own != id => return Err(disagree(claim, member)),
            Some(_) => {}
            None => drop(object.insert("id".into(), id.into())),
        },
        Some(_) => return Err(disagree(claim, member)),
    }
    Ok(())
}

fn agree_date(
    credential: &mut Map<String, Value>,
    payload: &Map<String, Value>,
    claim: &str,
    members: [&str; 2],
    missing: &str,
) -> Result<(), Reason> {
    let Some(claimed) = seconds(payload, claim)? else { return Ok(()) };
    let own: Vec<(&str, &Value)> = members.into_iter().filter_map(|member| credential.get(member).map(|value| (member, value))).collect();
    for (member, value) in &own {
        match value.as_str().and_then(date::parse) {
            Some(date) if date.timestamp() == claimed.timestamp() => {}
            Some(_) => return Err(disagree(claim, member)),
            None => {
                return Err(Reason::BrokenDate { member: (*member).into(), text: date::as_written(value) });
            }
        }
    }
    if own.is_empty() {
        credential.insert(missing.into(), date::format(claimed).into());
    }
    Ok(())
}
