//! Signing a document, and putting what was signed into a picture.

use super::{Document, IssueError};
use crate::bake::{self, Generation};
use crate::date;
use crate::keys::SigningKey;
use crate::suites::eddsa_rdfc_2022::{CRYPTOSUITE, create_proof};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

impl Document {
    /// The credential as JSON with an `eddsa-rdfc-2022` proof (W3C Data Integrity EdDSA Cryptosuites 1.0 §3.2). The same
    /// document, key and instant give the same bytes.
    ///
    /// # Errors
    /// Another key than the issuer's, or content without a meaning that could be signed.
    pub fn sign(&self, key: &SigningKey, now: DateTime<Utc>) -> Result<Vec<u8>, IssueError> {
        self.belongs_to(key)?;
        let options = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": CRYPTOSUITE,
            "created": date::format(now),
            "verificationMethod": key.did().verification_method(),
            "proofPurpose": "assertionMethod",
        });
        let Value::Object(options) = options else { return Err(IssueError::Missing("the proof")) };
        let proof = create_proof(&self.content, options, key).map_err(|error| IssueError::Unsignable(error.to_string()))?;
        let mut signed = self.content.clone();
        signed.insert("proof".into(), proof);
        let mut bytes = serde_json::to_vec_pretty(&signed).map_err(|error| IssueError::Unsignable(error.to_string()))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The credential as a compact VC-JWT with EdDSA (Open Badges 3.0 §8.2).
    ///
    /// # Errors
    /// Another key than the issuer's, or content without a meaning that could be signed.
    pub fn sign_jwt(&self, key: &SigningKey) -> Result<String, IssueError> {
        self.belongs_to(key)?;
        crate::jwt::sign(&self.content, key).map_err(|error| IssueError::Unsignable(error.to_string()))
    }

    fn belongs_to(&self, key: &SigningKey) -> Result<(), IssueError> {
        let found = key.did();
        if found == self.issuer {
            return Ok(());
        }
        Err(IssueError::OtherKey { expected: self.issuer.to_string(), found: found.to_string() })
    }
}

/// A badge in a PNG picture: the signed JSON or JWT goes into it (Open Badges 3.0 §5.3.1).
///
/// # Errors
/// A picture that is none.
pub fn bake_png(picture: &[u8], signed: &str) -> Result<Vec<u8>, IssueError> {
    bake::png::write(picture, signed, Generation::OpenBadges3).map_err(|error| IssueError::Picture(error.to_string()))
}

/// A badge in an SVG picture (Open Badges 3.0 §5.3.2).
///
/// # Errors
/// A picture that is none.
pub fn bake_svg(picture: &[u8], signed: &str) -> Result<Vec<u8>, IssueError> {
    bake::svg::write(picture, signed, Generation::OpenBadges3).map_err(|error| IssueError::Picture(error.to_string()))
}
