//! The cryptosuite `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0 §3.3): canonical JSON, SHA-256, Ed25519.

pub use super::ProofError;
use super::{Suite, Unsecured};
use crate::keys::SigningKey;
use crate::public_key::PublicKey;
use serde_json::{Map, Value};

/// The suite's name in a proof.
pub const CRYPTOSUITE: &str = "eddsa-jcs-2022";

/// Signs a document (§3.3.1). `options` holds the proof's other members: `type`, `cryptosuite`, `verificationMethod`,
/// `proofPurpose`, `created`. Returns the proof, which belongs into the document's `proof`.
///
/// # Errors
/// Where the document has no canonical form, or the options are another suite's.
pub fn create_proof(document: &Map<String, Value>, options: Map<String, Value>, key: &SigningKey) -> Result<Value, ProofError> {
    if Suite::of(&options) != Some(Suite::EddsaJcs2022) {
        return Err(ProofError::OtherSuite);
    }
    let mut options = options;
    if let Some(context) = document.get("@context") {
        options.insert("@context".into(), context.clone());
    }
    super::sign(document, options, key)
}

/// Verifies one proof over a document (§3.3.2), with a key that the caller found to be the issuer's.
///
/// Stricter than the text in one place: a document whose `@context` grew after signing is refused, because the added
/// entries could give signed terms another meaning.
///
/// # Errors
/// Where it does not hold.
pub fn verify_proof(secured: &Map<String, Value>, proof: &Map<String, Value>, key: impl Into<PublicKey>) -> Result<(), ProofError> {
    if Suite::of(proof) != Some(Suite::EddsaJcs2022) {
        return Err(ProofError::OtherSuite);
    }
    super::verify(&Unsecured::of(secured), proof, &key.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::did_key::DidKey;
    use crate::multibase;
    use serde_json::json;

    fn signed() -> (Map<String, Value>, Map<String, Value>, DidKey) {
        let key = SigningKey::from_seed(&[7; 32]);
        let document = json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "name": "Ada"});
        let document = document.as_object().unwrap().clone();
        let options = json!({"type": "DataIntegrityProof", "cryptosuite": CRYPTOSUITE, "proofPurpose": "assertionMethod"});
        let proof = create_proof(&document, options.as_object().unwrap().clone(), &key).unwrap();
        (document, proof.as_object().unwrap().clone(), key.did())
    }

    #[test]
    fn a_changed_document_proof_or_key_does_not_verify() {
        let (document, proof, key) = signed();
        assert_eq!(verify_proof(&document, &proof, &key), Ok(()));
        let mut changed = document.clone();
        changed.insert("name".into(), "Eve".into());
        assert_eq!(verify_proof(&changed, &proof, &key), Err(ProofError::Mismatch));
        let mut changed = proof.clone();
        changed.insert("proofPurpose".into(), "authentication".into());
        assert_eq!(verify_proof(&document, &changed, &key), Err(ProofError::Mismatch));
        let stranger = SigningKey::from_seed(&[8; 32]).did();
        assert_eq!(verify_proof(&document, &proof, &stranger), Err(ProofError::Mismatch));
    }

    #[test]
    fn a_context_added_after_signing_is_refused() {
        let (mut document, proof, key) = signed();
        document.insert("@context".into(), json!(["https://www.w3.org/ns/credentials/v2", {"name": "https://evil.example/"}]));
        assert_eq!(verify_proof(&document, &proof, &key), Err(ProofError::Context));
    }

    #[test]
    fn a_proof_value_in_another_form_is_refused() {
        let (document, mut proof, key) = signed();
        let bytes = multibase::decode(proof["proofValue"].as_str().unwrap()).unwrap();
        for value in [multibase::base64url(&bytes), multibase::base58btc(&bytes[1..]), "z".into(), String::new()] {
            proof.insert("proofValue".into(), value.into());
            assert_eq!(verify_proof(&document, &proof, &key), Err(ProofError::ProofValue));
        }
        proof.remove("proofValue");
        assert_eq!(verify_proof(&document, &proof, &key), Err(ProofError::ProofValue));
    }
}
