//! What a JSON object is, told from its types and members.

use serde_json::{Map, Value};

/// What a JSON object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A verifiable credential (VC Data Model 1.1 and 2.0).
    Credential,
    /// A verifiable credential that holds others (CLR 2.0).
    Clr,
    /// A presentation of credentials (VC Data Model §4.13).
    Presentation,
    /// A credential or presentation as a `data:` address (VC Data Model 2.0 §4.12.2).
    Enveloped,
    /// An Open Badges 2.0 or 1.x assertion.
    Assertion,
    /// What an Open Badges 2.0 assertion points to: badge class, issuer, key, revocation list.
    BesideAssertion,
    /// Anything else.
    Other,
}

/// Tells what an object is.
pub(crate) fn shape(object: &Map<String, Value>) -> Shape {
    let types = types(object);
    let is = |name: &str| types.contains(&name);
    if is("VerifiableCredential") {
        return if is("ClrCredential") { Shape::Clr } else { Shape::Credential };
    }
    if is("VerifiablePresentation") {
        return Shape::Presentation;
    }
    if is("EnvelopedVerifiableCredential") || is("EnvelopedVerifiablePresentation") {
        return Shape::Enveloped;
    }
    // Open Badges 1.x assertions have no type.
    let untyped = types.is_empty() && object.contains_key("recipient") && object.contains_key("badge");
    if is("Assertion") || untyped {
        return Shape::Assertion;
    }
    let beside = ["BadgeClass", "Issuer", "CryptographicKey", "RevocationList"].into_iter().any(is);
    let profile = is("Profile") && context(object).contains("openbadges");
    if beside || profile { Shape::BesideAssertion } else { Shape::Other }
}

/// An object's types; Open Badges 1.1 may say `@type`.
fn types(object: &Map<String, Value>) -> Vec<&str> {
    match object.get("type").or_else(|| object.get("@type")) {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn context(object: &Map<String, Value>) -> &str {
    match object.get("@context") {
        Some(Value::String(context)) => context,
        Some(Value::Array(contexts)) => contexts.first().and_then(Value::as_str).unwrap_or_default(),
        _ => "",
    }
}
