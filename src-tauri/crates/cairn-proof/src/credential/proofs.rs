//! The proofs of a credential: every one must hold, alone or in a chain (VC Data Integrity 1.0 §4.4, §4.5).
//!
//! Whoever issued it has to have signed it. Where they have, others may have signed the same text as well, as a witness or a
//! notary does: such a proof must hold too, by its own signer's key, and counts for nothing else. What it says of itself (when,
//! until when) is not the credential's.

use super::chains::Chains;
use super::date_member;
use crate::date;
use crate::issuer_keys;
use crate::json;
use crate::jsonld::JsonLdError;
use crate::materials::Materials;
use crate::reason::{Reason, Verdict};
use crate::report::{ProofReport, Used};
use crate::suites::{self, Form, ProofError, Suite, Unsecured};
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Most proofs that a credential may have.
pub(super) const MOST_PROOFS: usize = 32;

/// What is found about the proofs of a credential.
pub(super) struct Found {
    /// Each proof, the issuer's first.
    pub proofs: Vec<ProofReport>,
    /// What that makes of the credential.
    pub proven: Reason,
    /// What is found about those of others than the issuer.
    pub others: Vec<Reason>,
    /// The documents that the issuer's rest on.
    pub used: Vec<Used>,
}

/// What is found about each proof, and the documents that it rests on.
pub(super) fn check(credential: &Map<String, Value>, issuer: &str, materials: &Materials, now: DateTime<Utc>) -> Found {
    let proofs = json::values(credential.get("proof"));
    let chains = Chains::of(&proofs);
    let judging = Judging { credential, document: Unsecured::of(credential), chains, issuer, materials, now };
    let mut used = Vec::new();
    let mut reports: Vec<ProofReport> = proofs.iter().take(MOST_PROOFS).map(|proof| judging.report(proof, &mut used)).collect();
    if let Some(beyond) = proofs.get(MOST_PROOFS) {
        let reason = Reason::TooComplex { fault: format!("it has more than {MOST_PROOFS} proofs") };
        reports.push(ProofReport { reason, ..described(beyond) });
    }
    let mut others = Vec::new();
    if reports.iter().any(|report| stands(&report.reason)) {
        for (proof, report) in proofs.iter().zip(&mut reports) {
            if let Some(reason) = proof.as_object().and_then(|proof| judging.co_signer(proof, &report.reason)) {
                report.reason = reason;
            }
        }
        others = reports.iter().map(|report| report.reason.clone()).filter(is_of_another).collect();
    }
    let own = reports.iter().map(|report| &report.reason).filter(|reason| !is_of_another(reason)).cloned();
    let proven = own.reduce(Reason::graver).unwrap_or(Reason::NoProof);
    reports.sort_by_key(|report| is_of_another(&report.reason));
    Found { proofs: reports, proven, others, used }
}

/// Whether a proof is the issuer's and over this text, be it that its own time has passed.
fn stands(reason: &Reason) -> bool {
    matches!(reason, Reason::ProofHolds { .. } | Reason::Expired { .. })
}

/// Whether a proof is somebody else's, beside the issuer's.
fn is_of_another(reason: &Reason) -> bool {
    matches!(reason, Reason::CoSigned { .. } | Reason::CoSignerUnknown { .. })
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

    /// What is found about a proof that was refused for being another's than the issuer's, by that signer's own key; None where it
    /// was refused for anything else, is made over other proofs, or is by a key of the issuer's that the issuer does not list.
    fn co_signer(&self, proof: &Map<String, Value>, refused: &Reason) -> Option<Reason> {
        if !matches!(refused, Reason::NotIssuersKey { .. } | Reason::KeyNotListed { .. }) || proof.contains_key("previousProof") {
            return None;
        }
        let method = proof.get("verificationMethod").and_then(Value::as_str)?;
        let signer = method.split('#').next().filter(|signer| !signer.is_empty() && *signer != self.issuer)?;
        let created = date_member(proof, "created").ok()?;
        let unknown = || Reason::CoSignerUnknown { verification_method: shown(method) };
        Some(match issuer_keys::find(self.materials, signer, method, created.unwrap_or(self.now)) {
            Ok(keys) => match keys
                .iter()
                .map(|found| (found, suites::verify(&self.document, proof, &found.key)))
                .min_by_key(|(_, holds)| holds.is_err())
            {
                // Of a document that came along with the credential nobody knows whose it is.
                Some((found, Ok(()))) if found.used.as_ref().is_some_and(|used| used.enclosed) => unknown(),
                Some((_, Ok(()))) => Reason::CoSigned { verification_method: shown(method) },
                Some((_, Err(error))) => reason(&error, method),
                None => unknown(),
            },
            Err(fault) if fault.verdict() == Verdict::CannotCheck => match suites::readable(&self.document, proof) {
                Ok(()) => unknown(),
                Err(error) => reason(&error, method),
            },
            Err(fault) => fault,
        })
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
        ProofError::Disputed(_) => Reason::TooComplex { fault: error.to_string() },
        ProofError::JsonLd(JsonLdError::UnknownContext(url)) => Reason::UnknownContext { url: url.clone() },
        ProofError::JsonLd(error) if error.is_beyond() => Reason::TooComplex { fault: error.to_string() },
        ProofError::JsonLd(error) => Reason::NotCovered { fault: error.to_string() },
        ProofError::TooMuchWork(error) => Reason::TooComplex { fault: error.to_string() },
        ProofError::OtherSuite | ProofError::Canonical(_) => Reason::Malformed { fault: error.to_string() },
    }
}
