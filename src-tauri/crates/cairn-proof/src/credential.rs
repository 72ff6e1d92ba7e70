//! A credential as JSON (VC Data Model 2.0, and 1.1 where it differs in dates): issuer, dates, status and proofs.

use crate::date;
use crate::did_key::{DidKey, DidKeyError};
use crate::eddsa_jcs_2022::{self, ProofError};
use crate::materials::Materials;
use crate::reason::Reason;
use crate::report::{Check, Issuer, ProofReport, Report, Used};
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// The base contexts of VC Data Model 2.0 and 1.1; one of them comes first.
const BASE_CONTEXTS: [&str; 2] = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"];

/// What was found about a credential.
pub(crate) struct Checked {
    pub reason: Reason,
    pub issuer: Option<Issuer>,
    pub proofs: Vec<ProofReport>,
    pub checks: Vec<Check>,
    pub used: Vec<Used>,
}

impl Checked {
    fn only(reason: Reason) -> Self {
        Self { reason, issuer: None, proofs: Vec::new(), checks: Vec::new(), used: Vec::new() }
    }

    /// As the report on a file.
    pub fn report(self, file: &str, now: DateTime<Utc>) -> Report {
        let Self { reason, issuer, proofs, checks, used } = self;
        Report { issuer, proofs, checks, used, ..Report::new(file, reason, now) }
    }
}

/// Checks a JSON object that may be a credential, at the instant `now`.
pub(crate) fn check(credential: &Map<String, Value>, _materials: &Materials, now: DateTime<Utc>) -> Checked {
    if let Err(reason) = shape(credential) {
        return Checked::only(reason);
    }
    let Some(issuer) = issuer(credential) else {
        return Checked::only(Reason::Malformed { fault: "it names no issuer".into() });
    };
    let proofs: Vec<ProofReport> = proofs(credential).iter().map(|proof| check_proof(credential, proof, &issuer.id, now)).collect();
    let named = shown(issuer.name.as_deref().unwrap_or(&issuer.id));
    let reason = match proofs.iter().map(|proof| proof.reason.clone()).reduce(Reason::graver) {
        None => Reason::NoProof,
        Some(Reason::ProofHolds { .. }) => [dates(credential, now), status(credential)]
            .into_iter()
            .flatten()
            .fold(Reason::CredentialIntact { issuer: named }, Reason::graver),
        Some(failed) => failed,
    };
    Checked { issuer: Some(issuer), proofs, ..Checked::only(reason) }
}

/// What a type of JSON is when it is not a credential, or what a credential lacks.
pub(crate) fn shape(credential: &Map<String, Value>) -> Result<(), Reason> {
    let types = texts(credential.get("type"));
    if types.contains(&"VerifiablePresentation") {
        return Err(Reason::NotACredential { what: "a presentation of credentials".into() });
    }
    if !types.contains(&"VerifiableCredential") {
        let what = if types.contains(&"Assertion") { "an Open Badges 2.0 assertion" } else { "JSON of another kind" };
        return Err(Reason::NotACredential { what: what.into() });
    }
    let first = match credential.get("@context") {
        Some(Value::Array(contexts)) => contexts.first().and_then(Value::as_str),
        other => other.and_then(Value::as_str),
    };
    if !first.is_some_and(|context| BASE_CONTEXTS.contains(&context)) {
        return Err(Reason::Malformed { fault: "its @context does not begin with that of verifiable credentials".into() });
    }
    match credential.get("credentialSubject") {
        Some(Value::Object(_)) => Ok(()),
        Some(Value::Array(subjects)) if !subjects.is_empty() && subjects.iter().all(Value::is_object) => Ok(()),
        _ => Err(Reason::Malformed { fault: "it says nothing about anybody (credentialSubject)".into() }),
    }
}

/// The issuer, a text or an object with an `id` (§4.7).
pub(crate) fn issuer(credential: &Map<String, Value>) -> Option<Issuer> {
    match credential.get("issuer")? {
        Value::String(id) => Some(Issuer { id: shown(id), name: None }),
        Value::Object(issuer) => {
            let id = shown(issuer.get("id")?.as_str()?);
            let name = issuer.get("name").and_then(Value::as_str).map(shown);
            Some(Issuer { id, name })
        }
        _ => None,
    }
}

fn proofs(credential: &Map<String, Value>) -> Vec<&Value> {
    match credential.get("proof") {
        None => Vec::new(),
        Some(Value::Array(proofs)) => proofs.iter().collect(),
        Some(proof) => vec![proof],
    }
}

fn check_proof(credential: &Map<String, Value>, proof: &Value, issuer: &str, now: DateTime<Utc>) -> ProofReport {
    let text = |member: &str| proof.get(member).and_then(Value::as_str);
    let suite = shown(text("cryptosuite").or(text("type")).unwrap_or("an unnamed proof"));
    let verification_method = text("verificationMethod").map(shown);
    let created = text("created").map(shown);
    let reason = match proof.as_object() {
        Some(proof) => judge_proof(credential, proof, issuer, now).unwrap_or_else(|reason| reason),
        None => Reason::Malformed { fault: "its proof is not an object".into() },
    };
    ProofReport { suite, verification_method, created, reason }
}

/// The rules of VC Data Integrity 1.0 §4.4, then those of the suite. Both ways out carry a reason.
fn judge_proof(credential: &Map<String, Value>, proof: &Map<String, Value>, issuer: &str, now: DateTime<Utc>) -> Result<Reason, Reason> {
    let text = |member: &str| proof.get(member).and_then(Value::as_str);
    if text("type") != Some("DataIntegrityProof") || text("cryptosuite") != Some(eddsa_jcs_2022::CRYPTOSUITE) {
        let suite = text("cryptosuite").or(text("type")).unwrap_or("an unnamed proof");
        return Err(Reason::UnsupportedSuite { suite: shown(suite) });
    }
    if proof.contains_key("previousProof") {
        return Err(Reason::ProofChain);
    }
    if text("proofPurpose") != Some("assertionMethod") {
        return Err(Reason::WrongPurpose { purpose: shown(text("proofPurpose").unwrap_or("nothing")) });
    }
    let method = text("verificationMethod").ok_or(Reason::Malformed { fault: "its proof names no key".into() })?;
    let key = match DidKey::from_verification_method(method) {
        Ok(key) => key,
        Err(DidKeyError::Method) => return Err(Reason::UnknownKey { issuer: issuer.into() }),
        Err(fault) => return Err(Reason::BrokenKey { verification_method: shown(method), fault: fault.to_string() }),
    };
    if issuer.starts_with("did:key:") && issuer != key.to_string() {
        return Err(Reason::NotIssuersKey { issuer: issuer.into(), verification_method: shown(method) });
    }
    eddsa_jcs_2022::verify_proof(credential, proof, &key).map_err(|error| match error {
        ProofError::Mismatch => Reason::SignatureMismatch,
        ProofError::Context => Reason::ContextChanged,
        ProofError::ProofValue => Reason::BrokenProofValue,
        other => Reason::Malformed { fault: other.to_string() },
    })?;
    // The mathematics holds; whether the key speaks for an issuer of another method, only the issuer can say.
    if issuer != key.to_string() {
        return Err(Reason::UnknownKey { issuer: issuer.into() });
    }
    date_member(proof, "created")?;
    match date_member(proof, "expires")? {
        Some(until) if until < now => Err(Reason::Expired { until: date::format(until) }),
        _ => Ok(Reason::ProofHolds { verification_method: shown(method) }),
    }
}

/// The dates of VC Data Model 2.0 §4.9, or of 1.1 §4.6 and §4.7.
pub(crate) fn dates(credential: &Map<String, Value>, now: DateTime<Utc>) -> Option<Reason> {
    let read = || {
        let from = [date_member(credential, "validFrom")?, date_member(credential, "issuanceDate")?].into_iter().flatten().max();
        let until = [date_member(credential, "validUntil")?, date_member(credential, "expirationDate")?].into_iter().flatten().min();
        if let Some(until) = until.filter(|until| *until < now) {
            return Err(Reason::Expired { until: date::format(until) });
        }
        match from.filter(|from| *from > now) {
            Some(from) => Err(Reason::NotYetValid { from: date::format(from) }),
            None => Ok(()),
        }
    };
    read().err()
}

/// A status list is not at hand: what it says is unknown, never assumed.
fn status(credential: &Map<String, Value>) -> Option<Reason> {
    let status = match credential.get("credentialStatus")? {
        Value::Array(statuses) => statuses.first()?,
        status => status,
    };
    Some(Reason::UnknownStatus { kind: shown(texts(status.get("type")).first().unwrap_or(&"credentialStatus")) })
}

fn date_member(object: &Map<String, Value>, member: &str) -> Result<Option<DateTime<Utc>>, Reason> {
    let Some(value) = object.get(member) else { return Ok(None) };
    let date = value.as_str().and_then(date::parse);
    let broken = || Reason::BrokenDate { member: member.into(), text: shown(value.as_str().unwrap_or("not a text")) };
    date.map(Some).ok_or_else(broken)
}

/// A text, or the texts of an array.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
