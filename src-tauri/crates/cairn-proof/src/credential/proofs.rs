//! The proofs of a credential: every one must hold, alone or in a chain (VC Data Integrity 1.0 §4.4, §4.5).

use super::chains::Chains;
use super::date_member;
use crate::date;
use crate::issuer_keys;
use crate::json;
use crate::jsonld::JsonLdError;
use crate::materials::Materials;
use crate::reason::Reason;
use crate::report::{ProofReport, Used};
use crate::suites::{self, Form, ProofError, Suite, Unsecured};
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Most proofs that a credential may have.
pub(super) const MOST_PROOFS: usize = 32;

/// What is found about each proof, and the documents that it rests on.
pub(super) fn check(
    credential: &Map<String, Value>,
    issuer: &str,
    materials: &Materials,
    now: DateTime<Utc>,
) -> (Vec<ProofReport>, Vec<Used>) {
    let proofs = json::values(credential.get("proof"));
    let chains = Chains::of(&proofs);
    let judging = Judging { credential, document: Unsecured::of(credential), chains, issuer, materials, now };
    let mut used = Vec::new();
    let mut reports: Vec<ProofReport> = proofs.iter().take(MOST_PROOFS).map(|proof| judging.report(proof, &mut used)).collect();
    if let Some(beyond) = proofs.get(MOST_PROOFS) {
        let reason = Reason::TooComplex { fault: format!("it has more than {MOST_PROOFS} proofs") };
        reports.push(ProofReport { reason, ..described(beyond) });
    }
    (reports, used)
}

/// Whether a proof of the credential is one over JSON.
pub(super) fn signs_json(credential: &Map<String, Value>) -> bool {
    let proofs = json::values(credential.get("proof")).into_iter().filter_map(Value::as_object);
    proofs.filter_map(Suite::of).any(|suite| suite.form() == Form::Json)
}

struct Judging<'a> {
    credential: &'a Map<String, Value>,
    document: Unsecured<'a>,
    chains: Chains<'a>,
    issuer: &'a str,
    materials: &'a Materials,
    now: DateTime<Utc>,
}

impl Judging<'_> {
    fn report(&self, proof: &Value, used: &mut Vec<Used>) -> ProofReport {
        let reason = match proof.as_object() {
            Some(proof) => self.judge(proof, used).unwrap_or_else(|reason| reason),
            None => Reason::Malformed { fault: "its proof is not an object".into() },
        };
        ProofReport { reason, ..described(proof) }
    }

    /// Both ways out carry a reason.
    fn judge(&self, proof: &Map<String, Value>, used: &mut Vec<Used>) -> Result<Reason, Reason> {
        let text = |member: &str| proof.get(member).and_then(Value::as_str);
        if Suite::of(proof).is_none() {
            return Err(Reason::UnsupportedSuite { suite: shown(text("cryptosuite").or(text("type")).unwrap_or("an unnamed proof")) });
        }
        if text("proofPurpose") != Some("assertionMethod") {
            return Err(Reason::WrongPurpose { purpose: shown(text("proofPurpose").unwrap_or("nothing")) });
        }
        let method = text("verificationMethod").ok_or(Reason::Malformed { fault: "its proof names no key".into() })?;
        let (created, expires) = (date_member(proof, "created")?, date_member(proof, "expires")?);
        if let (Some(created), Some(expires)) = (created, expires)
            && created > expires
        {
            return Err(Reason::Malformed { fault: "its signature was made after it had expired".into() });
        }
        let chained = self.chained(proof)?;
        let document = chained.as_ref().unwrap_or(&self.document);
        match issuer_keys::find(self.materials, self.issuer, method, created.unwrap_or(self.now)) {
            Ok(keys) => {
                let mut outcome = Err(ProofError::Mismatch);
                let holds = keys.iter().find(|found| {
                    outcome = suites::verify(document, proof, &found.key);
                    outcome.is_ok()
                });
                outcome.map_err(|error| reason(&error, method))?;
                used.extend(holds.and_then(|found| found.used.clone()));
            }
            Err(unknown) => {
                // The key says nothing about the issuer; a text that was changed is invalid all the same.
                let outcome = match issuer_keys::in_name(method) {
                    Some(key) => suites::verify(document, proof, &key),
                    None => suites::readable(document, proof),
                };
                return Err(outcome.err().map_or(unknown.clone(), |error| unknown.graver(reason(&error, method))));
            }
        }
        match expires {
            Some(until) if until < self.now => Err(Reason::Expired { until: date::format(until) }),
            _ => Ok(Reason::ProofHolds { verification_method: shown(method) }),
        }
    }

    /// The document with the proofs on which this one builds; None where it builds on none.
    fn chained(&self, proof: &Map<String, Value>) -> Result<Option<Unsecured<'static>>, Reason> {
        if !proof.contains_key("previousProof") {
            return Ok(None);
        }
        let previous = self.chains.before(proof)?.into_iter().map(|proof| Value::Object(proof.clone())).collect();
        Ok(Some(Unsecured::with_proofs(self.credential, previous)))
    }
}

/// A proof as a report names it; the reason is still to come.
fn described(proof: &Value) -> ProofReport {
    let text = |member: &str| proof.get(member).and_then(Value::as_str);
    ProofReport {
        suite: shown(text("cryptosuite").or(text("type")).unwrap_or("an unnamed proof")),
        verification_method: text("verificationMethod").map(shown),
        created: text("created").map(shown),
        reason: Reason::NoProof,
    }
}

/// Why a proof does not hold, for people.
pub(super) fn reason(error: &ProofError, method: &str) -> Reason {
    match error {
        ProofError::Mismatch => Reason::SignatureMismatch,
        ProofError::Context => Reason::ContextChanged,
        ProofError::ProofValue => Reason::BrokenProofValue,
        ProofError::OtherKey => Reason::BrokenKey { verification_method: shown(method), fault: error.to_string() },
        ProofError::JsonLd(JsonLdError::UnknownContext(url)) => Reason::UnknownContext { url: url.clone() },
        ProofError::JsonLd(error) if error.is_beyond() => Reason::TooComplex { fault: error.to_string() },
        ProofError::JsonLd(error) => Reason::NotCovered { fault: error.to_string() },
        ProofError::TooMuchWork(error) => Reason::TooComplex { fault: error.to_string() },
        ProofError::OtherSuite | ProofError::Canonical(_) => Reason::Malformed { fault: error.to_string() },
    }
}
