//! The suite `Ed25519Signature2020` (W3C Data Integrity EdDSA Cryptosuites 1.0, appendix on it): canonical RDF, SHA-256 and
//! Ed25519 under a type of its own, whose terms a context of its own defines. Issuers of VC Data Model 1.1 use it.

use super::{ProofError, Suite};
use crate::keys::SigningKey;
use serde_json::{Map, Value};

/// The proof's type.
pub const TYPE: &str = "Ed25519Signature2020";

/// Signs a document, whose `@context` must define the suite's terms. `options` as in
/// [`create_proof`](super::eddsa_rdfc_2022::create_proof), without `cryptosuite`.
///
/// # Errors
/// Where a term has no definition.
pub fn create_proof(document: &Map<String, Value>, options: Map<String, Value>, key: &SigningKey) -> Result<Value, ProofError> {
    if Suite::of(&options) != Some(Suite::Ed25519Signature2020) {
        return Err(ProofError::OtherSuite);
    }
    super::sign(document, options, key)
}
