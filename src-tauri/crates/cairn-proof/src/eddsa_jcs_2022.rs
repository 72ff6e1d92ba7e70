//! The cryptosuite `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0 §3.3): canonical JSON, SHA-256, Ed25519.

use crate::did_key::DidKey;
use crate::digest::Digest;
use crate::jcs::{self, JcsError};
use crate::keys::SigningKey;
use crate::multibase;
use serde_json::{Map, Value};

/// The suite's name in a proof.
pub const CRYPTOSUITE: &str = "eddsa-jcs-2022";

/// Why a proof could not be made or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The proof's `type` or `cryptosuite` is another one.
    #[error("the proof is not a DataIntegrityProof with {CRYPTOSUITE}")]
    OtherSuite,
    /// The document's `@context` is not the one that was signed.
    #[error("the @context is not the one that was signed")]
    Context,
    /// `proofValue` is missing, or not 64 bytes in base58btc.
    #[error("the proofValue is not an Ed25519 signature in base58btc")]
    ProofValue,
    /// The signature is not this key's over this document.
    #[error("the signature does not match the document")]
    Mismatch,
    /// The document has no canonical form.
    #[error(transparent)]
    Canonical(#[from] JcsError),
}

/// Signs a document (§3.3.1). `options` holds the proof's other members: `type`, `cryptosuite`, `verificationMethod`,
/// `proofPurpose`, `created`. Returns the proof, which belongs into the document's `proof`.
pub fn create_proof(document: &Map<String, Value>, options: Map<String, Value>, key: &SigningKey) -> Result<Value, ProofError> {
    let mut proof = options;
    if let Some(context) = document.get("@context") {
        proof.insert("@context".into(), context.clone());
    }
    let hashed = hash(&transform(document)?, &configure(&proof)?);
    proof.insert("proofValue".into(), multibase::base58btc(&key.sign(&hashed)).into());
    Ok(Value::Object(proof))
}

/// Verifies one proof over a document (§3.3.2), with a key that the caller found to be the issuer's.
///
/// Stricter than the text in one place: a document whose `@context` grew after signing is refused, because the added
/// entries could give signed terms another meaning.
pub fn verify_proof(secured: &Map<String, Value>, proof: &Map<String, Value>, key: &DidKey) -> Result<(), ProofError> {
    let mut document = secured.clone();
    document.remove("proof");
    let mut options = proof.clone();
    let value = options.remove("proofValue");
    if options.get("@context").is_some_and(|signed| Some(signed) != document.get("@context")) {
        return Err(ProofError::Context);
    }
    let hashed = hash(&transform(&document)?, &configure(&options)?);
    if key.verifies(&hashed, &signature(value.as_ref())?) { Ok(()) } else { Err(ProofError::Mismatch) }
}

/// The document's canonical bytes (§3.3.3).
fn transform(document: &Map<String, Value>) -> Result<Vec<u8>, ProofError> {
    Ok(jcs::canonicalize(&Value::Object(document.clone()))?)
}

/// The proof configuration's canonical bytes (§3.3.5).
fn configure(options: &Map<String, Value>) -> Result<Vec<u8>, ProofError> {
    let is = |member: &str, text: &str| options.get(member).and_then(Value::as_str) == Some(text);
    if !is("type", "DataIntegrityProof") || !is("cryptosuite", CRYPTOSUITE) {
        return Err(ProofError::OtherSuite);
    }
    Ok(jcs::canonicalize(&Value::Object(options.clone()))?)
}

/// What is signed (§3.3.4): the hash of the proof configuration, then the hash of the document.
fn hash(transformed: &[u8], configuration: &[u8]) -> [u8; 64] {
    let mut hashed = [0; 64];
    hashed[..32].copy_from_slice(Digest::of(configuration).as_bytes());
    hashed[32..].copy_from_slice(Digest::of(transformed).as_bytes());
    hashed
}

fn signature(value: Option<&Value>) -> Result<[u8; 64], ProofError> {
    let text = value.and_then(Value::as_str).filter(|text| text.starts_with('z')).ok_or(ProofError::ProofValue)?;
    let bytes = multibase::decode(text).map_err(|_| ProofError::ProofValue)?;
    bytes.try_into().map_err(|_| ProofError::ProofValue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors;
    use serde_json::json;
    use std::path::Path;

    fn object(path: &Path) -> Map<String, Value> {
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn every_step_of_the_w3c_vector_comes_out_byte_for_byte() {
        let Some(folder) = vectors::folder("w3c-vc-di-eddsa/TestVectors") else { return };
        let text = |name: &str| std::fs::read_to_string(folder.join("eddsa-jcs-2022").join(name)).unwrap();
        let pair = object(&folder.join("keyPair.json"));
        let key = SigningKey::from_secret_multikey(pair["privateKeyMultibase"].as_str().unwrap()).unwrap();
        assert_eq!(key.did().to_multikey(), pair["publicKeyMultibase"].as_str().unwrap());

        let document = object(&folder.join("unsigned.json"));
        let options = object(&folder.join("eddsa-jcs-2022/proofConfigJCS.json"));
        let (transformed, configuration) = (transform(&document).unwrap(), configure(&options).unwrap());
        assert_eq!(String::from_utf8(transformed.clone()).unwrap(), text("canonDocJCS.txt"));
        assert_eq!(String::from_utf8(configuration.clone()).unwrap(), text("proofCanonJCS.txt"));
        assert_eq!(hex(Digest::of(&transformed).as_bytes()), text("docHashJCS.txt"));
        assert_eq!(hex(Digest::of(&configuration).as_bytes()), text("proofHashJCS.txt"));
        let hashed = hash(&transformed, &configuration);
        assert_eq!(hex(&hashed), text("combinedHashJCS.txt"));
        assert_eq!(hex(&key.sign(&hashed)), text("sigHexJCS.txt"));

        let mut options = options;
        options.remove("@context");
        let proof = create_proof(&document, options, &key).unwrap();
        assert_eq!(proof["proofValue"].as_str().unwrap(), text("sigBTC58JCS.txt"));
        let mut secured = document;
        secured.insert("proof".into(), proof);
        let signed = object(&folder.join("eddsa-jcs-2022/signedJCS.json"));
        assert_eq!(secured, signed);
        assert_eq!(verify_proof(&signed, signed["proof"].as_object().unwrap(), &key.did()), Ok(()));
    }

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
