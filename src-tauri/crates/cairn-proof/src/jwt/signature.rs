//! Whether a token is signed with a key of its issuer (RFC 7515 §5.2, RFC 8725).

use super::{JwtError, Token, claims, parse};
use crate::date;
use crate::issuer_keys::{self, IssuerKey};
use crate::materials::Materials;
use crate::public_key::Algorithm;
use crate::reason::Reason;
use crate::report::{ProofReport, Used};
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// The media types of credentials, in `typ`; others say that the token is something else.
const TYPES: [&str; 5] = ["jwt", "vc+jwt", "vc+ld+jwt", "vc-ld+jwt", "vc+ld+json+jwt"];

/// A token whose signature was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The credential in it, with what the claims alone say filled in.
    pub credential: Map<String, Value>,
    /// Whether the signature holds, as a proof among others.
    pub proof: ProofReport,
    /// The key documents that the signature rests on.
    pub used: Vec<Used>,
}

/// Checks the signature of a credential as JWT, and takes the credential out. An error says what the file is, or why there is
/// no credential in it; whether the signature holds, the proof's reason says.
pub fn open(bytes: &[u8], materials: &Materials, now: DateTime<Utc>) -> Result<Opened, Reason> {
    let token = parse(bytes).map_err(|error| unreadable(&error))?;
    let own_dates = dates_the_signature(&token);
    let credential = claims::credential(&token.payload, own_dates)?;
    let issuer = issuer_of(&credential).ok_or(Reason::Malformed { fault: "it names no issuer".into() })?;
    let (mut proof, used) = judge(&token, issuer, materials, now);
    if own_dates && let Err(reason) = claims::dates(&token.payload, now) {
        proof.reason = proof.reason.graver(reason);
    }
    Ok(Opened { credential, proof, used })
}

/// Whether a token's dates are those of its signature and not the credential's: the payload is a credential of VC Data Model 2.0,
/// and the type is that of VC-JOSE-COSE §3.1.1 or of its drafts. A plain `JWT` is one of Open Badges 3.0 §8.2.
fn dates_the_signature(token: &Token<'_>) -> bool {
    let typed = token.header.get("typ").and_then(Value::as_str).map(media_type);
    let of_credentials = typed.is_some_and(|name| name != "jwt" && TYPES.contains(&name.as_str()));
    of_credentials && !token.payload.contains_key("vc") && claims::is_newer(&token.payload)
}

/// A `typ` in lower case, without the prefix that may be left out (RFC 7515 §4.1.9).
fn media_type(typ: &str) -> String {
    let name = typ.to_ascii_lowercase();
    name.strip_prefix("application/").map(str::to_owned).unwrap_or(name)
}

/// The issuer's identifier, as it stands.
pub(super) fn issuer_of(credential: &Map<String, Value>) -> Option<&str> {
    match credential.get("issuer")? {
        Value::String(id) => Some(id),
        Value::Object(issuer) => issuer.get("id")?.as_str(),
        _ => None,
    }
}

/// What is found about a token's signature, with the issuer that its payload names.
fn judge(token: &Token<'_>, issuer: &str, materials: &Materials, now: DateTime<Utc>) -> (ProofReport, Vec<Used>) {
    let text = |member: &str| token.header.get(member).and_then(Value::as_str);
    let made = ["iat", "nbf"].iter().find_map(|claim| claims::seconds(&token.payload, claim).ok().flatten());
    let signer = || verify(token, issuer, kid(token)?.as_deref(), materials, made.unwrap_or(now));
    let found = typed(&token.header).and_then(|()| signer());
    let (reason, method, used) = match found {
        Ok(key) => (Reason::ProofHolds { verification_method: shown(&key.method) }, Some(shown(&key.method)), key.used),
        Err(reason) => (reason, text("kid").map(shown), None),
    };
    let suite = format!("JWT, {}", shown(text("alg").unwrap_or("no algorithm")));
    (ProofReport { suite, verification_method: method, created: made.map(date::format), reason }, used.into_iter().collect())
}

/// The name that a token's header gives its key, which may be the issuer's own word for it.
fn kid(token: &Token<'_>) -> Result<Option<String>, Reason> {
    match token.header.get("kid") {
        None => Ok(None),
        Some(Value::String(kid)) => Ok(Some(kid.clone())),
        Some(_) => Err(Reason::Malformed { fault: "its kid is not a text".into() }),
    }
}

/// The issuer's key that signed a token, asked of the issuer's documents under the name `kid`, or each of them without one.
/// Also for Open Badges 2.0, whose tokens hold no credential.
pub fn verify(token: &Token<'_>, issuer: &str, kid: Option<&str>, materials: &Materials, at: DateTime<Utc>) -> Result<IssuerKey, Reason> {
    let algorithm = algorithm(&token.header)?;
    let holds = |key: &IssuerKey| key.key.verifies(algorithm, token.signed.as_bytes(), &token.signature);
    let keys = match keys(materials, issuer, kid, at) {
        Ok(keys) => keys,
        Err(reason) => {
            // Whose key it is stays open; that the text was changed can be told all the same.
            let own = kid.and_then(issuer_keys::in_name);
            let changed = own.is_some_and(|key| !key.verifies(algorithm, token.signed.as_bytes(), &token.signature));
            return Err(if changed && matches!(reason, Reason::UnknownKey { .. }) { Reason::SignatureMismatch } else { reason });
        }
    };
    let fits = keys.iter().any(|key| key.key.algorithm() == algorithm);
    let name = keys.first().map(|key| shown(&key.method)).unwrap_or_default();
    match keys.into_iter().find(holds) {
        Some(key) => Ok(key),
        None if fits => Err(Reason::SignatureMismatch),
        None => Err(Reason::BrokenKey { verification_method: name, fault: "it is of another kind than the signature".into() }),
    }
}

fn keys(materials: &Materials, issuer: &str, kid: Option<&str>, at: DateTime<Utc>) -> Result<Vec<IssuerKey>, Reason> {
    let is_own_key = issuer.starts_with("did:key:") || issuer.starts_with("did:jwk:");
    match kid {
        // A bare name says nothing more than that the issuer knows which key it is.
        Some(kid) if kid == issuer || (is_own_key && !kid.contains(':') && !kid.starts_with('#')) => {
            issuer_keys::all(materials, issuer, at)
        }
        Some(kid) => issuer_keys::find(materials, issuer, kid, at),
        None => issuer_keys::all(materials, issuer, at),
    }
}

/// The algorithm, where it is one that proves something.
fn algorithm(header: &Map<String, Value>) -> Result<Algorithm, Reason> {
    let named = header.get("alg").and_then(Value::as_str);
    let alg = named.ok_or(Reason::Malformed { fault: "its header names no algorithm".into() })?;
    if alg.eq_ignore_ascii_case("none") || alg.to_ascii_uppercase().starts_with("HS") {
        return Err(Reason::UnsafeAlgorithm { algorithm: shown(alg) });
    }
    if let Some(demand) = ["crit", "zip", "b64", "enc"].iter().find(|member| header.contains_key(**member)) {
        return Err(Reason::UnsupportedSuite { suite: format!("a JWT that demands more than a signature ({demand})") });
    }
    Algorithm::from_jose(alg).ok_or_else(|| Reason::UnsupportedSuite { suite: format!("a JWT with {}", shown(alg)) })
}

/// Whether `typ` lets the token be a credential.
fn typed(header: &Map<String, Value>) -> Result<(), Reason> {
    let Some(typ) = header.get("typ") else { return Ok(()) };
    if TYPES.contains(&media_type(typ.as_str().unwrap_or_default()).as_str()) {
        return Ok(());
    }
    Err(Reason::UnsupportedSuite { suite: format!("a token of the type {}", shown(&typ.to_string())) })
}

/// Why a token cannot be read.
pub(super) fn unreadable(error: &JwtError) -> Reason {
    let fault = error.to_string();
    match error {
        JwtError::Json { error: error @ crate::json::JsonError::Null(_), .. } => crate::opened::OpenError::Json(error.clone()).reason(),
        JwtError::Json { error: crate::json::JsonError::Duplicate(_), .. } => Reason::AmbiguousJson { fault },
        _ => Reason::UnreadableJson { fault },
    }
}
