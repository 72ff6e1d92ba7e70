//! The cryptosuites of W3C Data Integrity: from a document and a proof to whether the signature holds, and back.
//!
//! They differ in three things alone: the canonical form (RDF or JSON), the hash, and the kind of key. What is signed is always
//! the hash of the canonical proof without its value, then the hash of the canonical document without its proofs (Data Integrity
//! EdDSA Cryptosuites 1.0 §3.2.4, ECDSA Cryptosuites 1.0 §3.2.4).
//!
//! To add a suite, give it a file with its tests and an arm in [`Suite`].

pub mod ecdsa;
pub mod ed25519_signature_2020;
pub mod eddsa_jcs_2022;
pub mod eddsa_rdfc_2022;
mod unsecured;

use crate::jcs::JcsError;
use crate::jsonld::JsonLdError;
use crate::keys::SigningKey;
use crate::multibase;
use crate::public_key::{Algorithm, PublicKey};
use crate::rdfc::TooMuchWork;
use serde_json::{Map, Value};
pub use unsecured::Unsecured;

/// Why a proof could not be made or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The proof's `type` or `cryptosuite` is another one.
    #[error("the proof is not of the suite that was asked for")]
    OtherSuite,
    /// The key is of a kind that the suite does not sign with.
    #[error("the key is of another kind than the suite signs with")]
    OtherKey,
    /// The document's `@context` is not the one that was signed.
    #[error("the @context is not the one that was signed")]
    Context,
    /// `proofValue` is missing, or not of the suite's length in base58btc.
    #[error("the proofValue is not a signature of this suite in base58btc")]
    ProofValue,
    /// The signature is not this key's over this document.
    #[error("the signature does not match the document")]
    Mismatch,
    /// The signature does not match, and holds something that programs write in different ways before they sign it: the issuer's
    /// may have written it in another.
    #[error("{0}, so whether the text was changed cannot be told")]
    Disputed(String),
    /// The document has no canonical JSON.
    #[error(transparent)]
    Canonical(#[from] JcsError),
    /// The document is not JSON-LD that a signature could cover.
    #[error(transparent)]
    JsonLd(#[from] JsonLdError),
    /// The document's canonical form would take too long to find.
    #[error(transparent)]
    TooMuchWork(#[from] TooMuchWork),
}

/// How a document becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// As RDF, canonicalised.
    Rdf,
    /// As canonical JSON.
    Json,
}

/// A cryptosuite that Cairn checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// `eddsa-rdfc-2022`
    EddsaRdfc2022,
    /// `eddsa-jcs-2022`
    EddsaJcs2022,
    /// `ecdsa-rdfc-2019`, P-256 and P-384
    EcdsaRdfc2019,
    /// `ecdsa-jcs-2019`, P-256 and P-384
    EcdsaJcs2019,
    /// `Ed25519Signature2020`
    Ed25519Signature2020,
}

impl Suite {
    /// The suite of a proof, by its `type` and `cryptosuite`.
    pub fn of(proof: &Map<String, Value>) -> Option<Self> {
        let text = |member: &str| proof.get(member).map(Value::as_str);
        match (text("type")?, text("cryptosuite")) {
            (Some("DataIntegrityProof"), Some(Some(eddsa_rdfc_2022::CRYPTOSUITE))) => Some(Self::EddsaRdfc2022),
            (Some("DataIntegrityProof"), Some(Some(eddsa_jcs_2022::CRYPTOSUITE))) => Some(Self::EddsaJcs2022),
            (Some("DataIntegrityProof"), Some(Some(ecdsa::RDFC))) => Some(Self::EcdsaRdfc2019),
            (Some("DataIntegrityProof"), Some(Some(ecdsa::JCS))) => Some(Self::EcdsaJcs2019),
            (Some(ed25519_signature_2020::TYPE), None) => Some(Self::Ed25519Signature2020),
            _ => None,
        }
    }

    /// The form that the suite signs.
    pub fn form(self) -> Form {
        match self {
            Self::EddsaRdfc2022 | Self::EcdsaRdfc2019 | Self::Ed25519Signature2020 => Form::Rdf,
            Self::EddsaJcs2022 | Self::EcdsaJcs2019 => Form::Json,
        }
    }

    /// Whether the suite signs with such keys.
    fn takes(self, algorithm: Algorithm) -> bool {
        match self {
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 | Self::Ed25519Signature2020 => algorithm == Algorithm::EdDsa,
            Self::EcdsaRdfc2019 | Self::EcdsaJcs2019 => matches!(algorithm, Algorithm::Es256 | Algorithm::Es384),
        }
    }
}

/// Verifies one proof over a document with a key that the caller found to be the issuer's. Neither dates nor purpose are
/// looked at here.
pub fn verify(document: &Unsecured<'_>, proof: &Map<String, Value>, key: &PublicKey) -> Result<(), ProofError> {
    let suite = Suite::of(proof).ok_or(ProofError::OtherSuite)?;
    let algorithm = key.algorithm();
    if !suite.takes(algorithm) {
        return Err(ProofError::OtherKey);
    }
    let signature = signature(proof.get("proofValue"), algorithm)?;
    let hashed = unsecured::hash(document, suite.form(), proof, algorithm)?;
    if key.verifies(algorithm, &hashed, &signature) {
        return Ok(());
    }
    let disputed = if suite.form() == Form::Rdf { document.disputed() } else { None };
    Err(disputed.map_or(ProofError::Mismatch, ProofError::Disputed))
}

/// Whether document and proof have the form that the suite signs, for a proof whose key is not at hand.
///
/// # Errors
/// Where they have not; never [`ProofError::Mismatch`].
pub fn readable(document: &Unsecured<'_>, proof: &Map<String, Value>) -> Result<(), ProofError> {
    let suite = Suite::of(proof).ok_or(ProofError::OtherSuite)?;
    unsecured::hash(document, suite.form(), proof, Algorithm::Es256).map(drop)
}

/// Signs a document with Ed25519. `options` holds the proof's members but its value; returns the proof.
fn sign(document: &Map<String, Value>, options: Map<String, Value>, key: &SigningKey) -> Result<Value, ProofError> {
    let suite = Suite::of(&options).filter(|suite| suite.takes(Algorithm::EdDsa)).ok_or(ProofError::OtherSuite)?;
    let hashed = unsecured::hash(&Unsecured::of(document), suite.form(), &options, Algorithm::EdDsa)?;
    let mut proof = options;
    proof.insert("proofValue".into(), multibase::base58btc(&key.sign(&hashed)).into());
    Ok(Value::Object(proof))
}

/// The signature of a `proofValue`: base58btc in multibase, of the algorithm's length.
fn signature(value: Option<&Value>, algorithm: Algorithm) -> Result<Vec<u8>, ProofError> {
    let text = value.and_then(Value::as_str).filter(|text| text.starts_with('z')).ok_or(ProofError::ProofValue)?;
    let bytes = multibase::decode(text).map_err(|_| ProofError::ProofValue)?;
    let length = if algorithm == Algorithm::Es384 { 96 } else { 64 };
    if bytes.len() == length { Ok(bytes) } else { Err(ProofError::ProofValue) }
}

#[cfg(test)]
mod tests;
