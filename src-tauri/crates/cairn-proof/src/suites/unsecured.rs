//! A document without its proofs, and the hashes that suites ask of it: each is found once, however many proofs there are.

use super::{Form, ProofError};
use crate::jcs;
use crate::jsonld::{self, Source};
use crate::public_key::Algorithm;
use crate::rdfc;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384};
use std::borrow::Cow;
use std::cell::OnceCell;

/// A document without its proofs.
pub struct Unsecured<'d> {
    document: Cow<'d, Map<String, Value>>,
    /// Whether the member `proof` is to be passed over.
    without_proof: bool,
    hashes: [OnceCell<Result<Vec<u8>, ProofError>>; 4],
}

impl<'d> Unsecured<'d> {
    /// The document, whether it carries proofs or not.
    pub fn of(document: &'d Map<String, Value>) -> Self {
        Self { document: Cow::Borrowed(document), without_proof: true, hashes: Default::default() }
    }

    /// The document with those of its proofs on which another one builds (`previousProof`, Data Integrity 1.0 §4.5).
    pub fn with_proofs(document: &Map<String, Value>, proofs: Vec<Value>) -> Self {
        let mut document = document.clone();
        document.insert("proof".into(), Value::Array(proofs));
        Self { document: Cow::Owned(document), without_proof: false, hashes: Default::default() }
    }

    fn context(&self) -> Option<&Value> {
        self.document.get("@context")
    }

    /// The hash of the canonical document.
    fn hash(&self, form: Form, algorithm: Algorithm) -> Result<Vec<u8>, ProofError> {
        let place = usize::from(form == Form::Rdf) * 2 + usize::from(algorithm == Algorithm::Es384);
        let found = self.hashes[place].get_or_init(|| Ok(digest(&self.canonical(form, algorithm)?, algorithm)));
        found.clone()
    }

    /// What in the document programs write in different ways as RDF, as half a sentence.
    pub(super) fn disputed(&self) -> Option<String> {
        let without: &[&str] = if self.without_proof { &["proof"] } else { &[] };
        let read = jsonld::read(Source { members: &self.document, without, context: None }).ok()?;
        read.disputed().map(str::to_owned)
    }

    /// The canonical document (§3.2.3 and §3.3.3 of both specifications).
    pub(super) fn canonical(&self, form: Form, algorithm: Algorithm) -> Result<Vec<u8>, ProofError> {
        let without: &[&str] = if self.without_proof { &["proof"] } else { &[] };
        match form {
            Form::Rdf => rdf(Source { members: &self.document, without, context: None }, algorithm),
            Form::Json if !self.without_proof => json(&self.document),
            Form::Json => {
                let mut document = self.document.clone().into_owned();
                document.remove("proof");
                json(&document)
            }
        }
    }
}

/// What is signed: the hash of the proof, then the hash of the document.
pub(super) fn hash(document: &Unsecured<'_>, form: Form, proof: &Map<String, Value>, algorithm: Algorithm) -> Result<Vec<u8>, ProofError> {
    let mut hashed = digest(&configuration(document, form, proof, algorithm)?, algorithm);
    hashed.extend(document.hash(form, algorithm)?);
    Ok(hashed)
}

/// The canonical proof without its value (§3.2.5 and §3.3.5 of both specifications).
///
/// As RDF it is read with the document's context where it has none of its own. As JSON it is taken as it stands; where it
/// carries a context, that must be the document's, because entries added after signing could give terms another meaning.
pub(super) fn configuration(
    document: &Unsecured<'_>,
    form: Form,
    proof: &Map<String, Value>,
    algorithm: Algorithm,
) -> Result<Vec<u8>, ProofError> {
    match form {
        Form::Rdf => rdf(Source { members: proof, without: &["proofValue"], context: document.context() }, algorithm),
        Form::Json => {
            if proof.get("@context").is_some_and(|signed| Some(signed) != document.context()) {
                return Err(ProofError::Context);
            }
            let mut options = proof.clone();
            options.remove("proofValue");
            json(&options)
        }
    }
}

fn rdf(source: Source<'_>, algorithm: Algorithm) -> Result<Vec<u8>, ProofError> {
    let hash = if algorithm == Algorithm::Es384 { rdfc::Algorithm::Sha384 } else { rdfc::Algorithm::Sha256 };
    Ok(rdfc::canonicalize(&jsonld::read(source)?, hash)?.into_bytes())
}

fn json(members: &Map<String, Value>) -> Result<Vec<u8>, ProofError> {
    Ok(jcs::canonicalize(&Value::Object(members.clone()))?)
}

/// The hash that goes with the key: SHA-384 with P-384, else SHA-256.
fn digest(bytes: &[u8], algorithm: Algorithm) -> Vec<u8> {
    if algorithm == Algorithm::Es384 { Sha384::digest(bytes).to_vec() } else { Sha256::digest(bytes).to_vec() }
}
