//! The names under which every verifier looks for what its verdict rests on.

/// The vocabulary of credentials (VC Data Model 2.0 §B.1).
const CREDENTIALS: &str = "https://www.w3.org/2018/credentials#";
/// The vocabulary of proofs and keys (Data Integrity 1.0 §B.1).
const SECURITY: &str = "https://w3id.org/security#";

/// The name under which every verifier looks for a property; None for one that no verdict rests on.
pub(super) fn usual_name(iri: &str) -> Option<&str> {
    match iri.strip_prefix(SECURITY) {
        Some("expiration") => Some("expires"),
        Some("signingAlgorithm") => Some("signatureAlgorithm"),
        Some(name) => Some(name),
        None => iri.strip_prefix(CREDENTIALS),
    }
}

/// Whether a purpose of a proof is what its name says.
pub(super) fn reads_as(iri: &str, text: &str) -> bool {
    iri.strip_prefix(SECURITY).is_none_or(|name| text == iri || name == text || name.strip_suffix("Method") == Some(text))
}
