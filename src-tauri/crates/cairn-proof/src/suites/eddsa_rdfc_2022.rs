//! The cryptosuite `eddsa-rdfc-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0 §3.2): canonical RDF, SHA-256, Ed25519. What
//! Open Badges 3.0 are signed with, and what Cairn signs claims with.

use super::{ProofError, Suite, Unsecured};
use crate::keys::SigningKey;
use crate::public_key::PublicKey;
use serde_json::{Map, Value};

/// The suite's name in a proof.
pub const CRYPTOSUITE: &str = "eddsa-rdfc-2022";

/// Signs a document (§3.2.1). `options` holds the proof's other members: `type`, `cryptosuite`, `verificationMethod`,
/// `proofPurpose`, `created`. Returns the proof, which belongs into the document's `proof`.
///
/// # Errors
/// Where the document uses a term that its contexts do not define, or a context that does not travel with Cairn.
pub fn create_proof(document: &Map<String, Value>, options: Map<String, Value>, key: &SigningKey) -> Result<Value, ProofError> {
    if Suite::of(&options) != Some(Suite::EddsaRdfc2022) {
        return Err(ProofError::OtherSuite);
    }
    super::sign(document, options, key)
}

/// Verifies one proof over a document (§3.2.2), with a key that the caller found to be the issuer's.
///
/// # Errors
/// Where it does not hold, or the document is not what this suite can sign.
pub fn verify_proof(secured: &Map<String, Value>, proof: &Map<String, Value>, key: impl Into<PublicKey>) -> Result<(), ProofError> {
    if Suite::of(proof) != Some(Suite::EddsaRdfc2022) {
        return Err(ProofError::OtherSuite);
    }
    super::verify(&Unsecured::of(secured), proof, &key.into())
}
