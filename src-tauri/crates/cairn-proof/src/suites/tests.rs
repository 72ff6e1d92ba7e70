//! The W3C's vectors, step by step, where they are at hand.

use super::*;
use crate::vectors;
use std::path::{Path, PathBuf};

fn object(path: &Path) -> Map<String, Value> {
    serde_json::from_slice(&std::fs::read(path).unwrap_or_else(|_| panic!("{}", path.display()))).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One suite's folder of steps, and what their files' names end in.
struct Vector {
    folder: PathBuf,
    ending: &'static str,
    unsigned: Map<String, Value>,
}

impl Vector {
    fn of(family: &str, folder: &str, ending: &'static str) -> Option<Self> {
        let family = vectors::folder(family)?;
        Some(Self { unsigned: object(&family.join("unsigned.json")), folder: family.join(folder), ending })
    }

    fn text(&self, step: &str) -> String {
        std::fs::read_to_string(self.folder.join(format!("{step}{}.txt", self.ending))).unwrap()
    }

    fn json(&self, step: &str) -> Map<String, Value> {
        object(&self.folder.join(format!("{step}{}.json", self.ending)))
    }

    /// Every step up to what is signed comes out byte for byte; the signed document verifies, and no changed one does.
    fn check(&self, key: &PublicKey) {
        let (signed, options) = (self.json("signed"), self.json("proofConfig"));
        let suite = Suite::of(&options).unwrap();
        let mut document = signed.clone();
        let proof = document.remove("proof").unwrap().as_object().unwrap().clone();
        let unsecured = Unsecured::of(&document);
        let (form, algorithm) = (suite.form(), key.algorithm());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert_eq!(text(unsecured.canonical(form, algorithm).unwrap()), self.text("canonDoc"));
        assert_eq!(text(unsecured::configuration(&unsecured, form, &options, algorithm).unwrap()), self.text("proofCanon"));
        let hashed = hex(&unsecured::hash(&unsecured, form, &options, algorithm).unwrap());
        assert_eq!(hashed, self.text("combinedHash"));
        assert_eq!(hashed, self.text("proofHash") + &self.text("docHash"));
        assert_eq!(proof["proofValue"].as_str().unwrap(), self.text("sigBTC58"));
        assert_eq!(verify(&Unsecured::of(&signed), &proof, key), Ok(()));
        let mut changed = signed;
        changed.insert("name".into(), "Another name".into());
        assert_eq!(verify(&Unsecured::of(&changed), &proof, key), Err(ProofError::Mismatch));
    }
}

fn public(proof: &Map<String, Value>) -> PublicKey {
    PublicKey::from_multikey(proof["verificationMethod"].as_str().unwrap().split_once('#').unwrap().1).unwrap()
}

#[test]
fn the_three_ed25519_suites_sign_the_w3c_vectors_byte_for_byte() {
    for (folder, ending) in [("eddsa-rdfc-2022", "DataInt"), ("eddsa-jcs-2022", "JCS"), ("Ed25519Signature2020", "EdSig")] {
        let Some(vector) = Vector::of("w3c-vc-di-eddsa/TestVectors", folder, ending) else { return };
        let pair = object(&vector.folder.join("../keyPair.json"));
        let key = SigningKey::from_secret_multikey(pair["privateKeyMultibase"].as_str().unwrap()).unwrap();
        let signed = vector.json("signed");
        let public = public(signed["proof"].as_object().unwrap());
        vector.check(&public);

        let mut document = vector.unsigned.clone();
        document.insert("@context".into(), signed["@context"].clone());
        let mut options = vector.json("proofConfig");
        options.remove("@context");
        let proof = match folder {
            "eddsa-rdfc-2022" => eddsa_rdfc_2022::create_proof(&document, options, &key),
            "eddsa-jcs-2022" => eddsa_jcs_2022::create_proof(&document, options, &key),
            _ => ed25519_signature_2020::create_proof(&document, options, &key),
        };
        let proof = proof.unwrap();
        let bytes = multibase::decode(proof["proofValue"].as_str().unwrap()).unwrap();
        assert_eq!(hex(&bytes), vector.text("sigHex"), "{folder}");
        document.insert("proof".into(), proof);
        assert_eq!(document, signed, "{folder}");
    }
}

#[test]
fn both_ecdsa_suites_verify_the_w3c_vectors_on_both_curves() {
    for (folder, ending) in [
        ("ecdsa-rdfc-2019-p256", "ECDSAP256"),
        ("ecdsa-rdfc-2019-p384", "ECDSAP384"),
        ("ecdsa-jcs-2019-p256", "JCSECDSAP256"),
        ("ecdsa-jcs-2019-p384", "JCSECDSAP384"),
    ] {
        let Some(vector) = Vector::of("w3c-vc-di-ecdsa/TestVectors", folder, ending) else { return };
        vector.check(&public(vector.json("signed")["proof"].as_object().unwrap()));
    }
}

#[test]
fn proofs_of_a_w3c_set_and_chain_hold_over_what_each_was_made_over() {
    let Some(folder) = vectors::folder("w3c-vc-di-eddsa/TestVectors/proof-set-chain") else { return };
    let set = object(&folder.join("signedProofSet2.json"));
    for proof in set["proof"].as_array().unwrap() {
        let proof = proof.as_object().unwrap();
        assert_eq!(verify(&Unsecured::of(&set), proof, &public(proof)), Ok(()));
    }
    let chain = object(&folder.join("signedProofChain2.json"));
    let proofs = chain["proof"].as_array().unwrap();
    let last = proofs[3].as_object().unwrap();
    let before = Unsecured::with_proofs(&chain, vec![proofs[2].clone()]);
    assert_eq!(verify(&before, last, &public(last)), Ok(()));
    assert_eq!(verify(&Unsecured::of(&chain), last, &public(last)), Err(ProofError::Mismatch));
}

#[test]
fn a_suite_takes_no_key_of_another_kind_and_no_signature_of_another_length() {
    let key = SigningKey::from_seed(&[7; 32]);
    let document = serde_json::json!({"@context": "https://www.w3.org/ns/credentials/v2", "name": "Ada"});
    let options = serde_json::json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"});
    let (document, options) = (document.as_object().unwrap(), options.as_object().unwrap());
    let mut proof = eddsa_rdfc_2022::create_proof(document, options.clone(), &key).unwrap().as_object().unwrap().clone();
    let p256 = PublicKey::from_multikey("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169").unwrap();
    assert_eq!(verify(&Unsecured::of(document), &proof, &p256), Err(ProofError::OtherKey));
    assert_eq!(eddsa_jcs_2022::create_proof(document, options.clone(), &key), Err(ProofError::OtherSuite));
    proof.insert("proofValue".into(), multibase::base58btc(&[1; 63]).into());
    let public = PublicKey::from_multikey(&key.did().to_multikey()).unwrap();
    assert_eq!(verify(&Unsecured::of(document), &proof, &public), Err(ProofError::ProofValue));
}
