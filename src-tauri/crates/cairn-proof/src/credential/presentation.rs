//! The signature of whoever presents credentials (VC Data Model 2.0 §4.13): a fact of its own. It says who put them together, not
//! whether they are true, and it soon ends; so what speaks against it counts, and what cannot be told of it does not.
//!
//! Holders are known by their `did:key` or `did:jwk`, as wallets make them. Of others Cairn has no documents to ask.

use super::proofs::MOST_PROOFS;
use super::{date_member, proofs, shape};
use crate::issuer_keys;
use crate::jwt;
use crate::materials::Materials;
use crate::reason::Reason;
use crate::suites::{self, ProofError, Suite, Unsecured};
use crate::text::shown;
use crate::{date, json};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// What is found about the proofs of a presentation; None where it has none.
pub(crate) fn presented(presentation: &Map<String, Value>, now: DateTime<Utc>) -> Option<Reason> {
    let document = Unsecured::of(presentation);
    let proofs = json::values(presentation.get("proof"));
    if proofs.len() > MOST_PROOFS {
        return Some(Reason::TooComplex { fault: format!("it has more than {MOST_PROOFS} proofs") });
    }
    let judge = |proof: &Value| match proof.as_object() {
        Some(proof) => judge(presentation, &document, proof, now).unwrap_or_else(|reason| reason),
        None => Reason::Malformed { fault: "its proof is not an object".into() },
    };
    proofs.into_iter().map(judge).reduce(Reason::graver)
}

/// Both ways out carry a reason.
fn judge(
    presentation: &Map<String, Value>,
    document: &Unsecured<'_>,
    proof: &Map<String, Value>,
    now: DateTime<Utc>,
) -> Result<Reason, Reason> {
    let text = |member: &str| proof.get(member).and_then(Value::as_str);
    if Suite::of(proof).is_none() || proof.contains_key("previousProof") {
        return Err(Reason::UnsupportedSuite { suite: shown(text("cryptosuite").or(text("type")).unwrap_or("an unnamed proof")) });
    }
    let purpose = text("proofPurpose").unwrap_or("nothing");
    if !matches!(purpose, "authentication" | "assertionMethod") {
        return Err(Reason::WrongPurpose { purpose: shown(purpose) });
    }
    let method = text("verificationMethod").ok_or(Reason::Malformed { fault: "its proof names no key".into() })?;
    let signer = method.split('#').next().unwrap_or(method);
    let holder = match presentation.get("holder") {
        None => signer,
        Some(holder) => shape::id_of(holder).ok_or(Reason::Malformed { fault: "it names no holder".into() })?,
    };
    let expires = date_member(proof, "expires")?;
    date_member(proof, "created")?;
    let broken = |error: ProofError| proofs::reason(&error, method);
    let Some(key) = issuer_keys::in_name(method) else {
        suites::readable(document, proof).map_err(broken)?;
        return Err(Reason::UnknownKey { issuer: shown(holder) });
    };
    suites::verify(document, proof, &key).map_err(broken)?;
    if signer != holder {
        let named = holder.starts_with("did:key:") || holder.starts_with("did:jwk:");
        let other = Reason::NotIssuersKey { issuer: shown(holder), verification_method: shown(method) };
        return Err(if named { other } else { Reason::UnknownKey { issuer: shown(holder) } });
    }
    match expires {
        Some(until) if until < now => Err(Reason::Expired { until: date::format(until) }),
        _ => Ok(Reason::ProofHolds { verification_method: shown(method) }),
    }
}

/// What is found about the signature of a presentation as token (VC-JOSE-COSE §3.1.2, VC Data Model 1.1 §6.3.1).
pub(crate) fn presented_token(token: &[u8], now: DateTime<Utc>) -> Reason {
    judge_token(token, now).unwrap_or_else(|reason| reason)
}

fn judge_token(token: &[u8], now: DateTime<Utc>) -> Result<Reason, Reason> {
    let token = jwt::parse(token).map_err(|error| Reason::UnreadableJson { fault: error.to_string() })?;
    let text = |member: &str| token.payload.get(member).and_then(Value::as_str);
    let presentation = token.payload.get("vp").and_then(Value::as_object).unwrap_or(&token.payload);
    let holder = text("iss").or(presentation.get("holder").and_then(shape::id_of));
    let holder = holder.ok_or(Reason::Malformed { fault: "it names no holder".into() })?;
    let kid = token.header.get("kid").and_then(Value::as_str);
    // A key that is at an address of its own says nothing of a holder who is a key, and the other way around.
    let found = jwt::verify(&token, holder, kid, &Materials::new(), now)?;
    jwt::dates(&token.payload, now)?;
    Ok(Reason::ProofHolds { verification_method: shown(&found.method) })
}
