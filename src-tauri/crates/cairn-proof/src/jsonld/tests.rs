//! What JSON-LD allows, what safe mode refuses, and the same quads as another implementation gives.

use super::*;
use crate::rdfc::{Algorithm, canonicalize};
use crate::{json, vectors};
use serde_json::{Map, Value, json};
use std::path::Path;

const V2: &str = "https://www.w3.org/ns/credentials/v2";

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn canonical(document: &Map<String, Value>) -> Result<String, JsonLdError> {
    read(Source { members: document, without: &[], context: None }).map(|dataset| canonicalize(&dataset, Algorithm::Sha256).unwrap())
}

/// The quads of a document whose context is given, without the prefix `urn:`.
fn quads(context: Value, members: Value) -> Result<String, JsonLdError> {
    let mut document = object(members);
    document.insert("@context".into(), context);
    canonical(&document).map(|text| text.replace("urn:", "").replace("http://www.w3.org/2001/XMLSchema#", "xsd:"))
}

#[test]
fn the_w3c_documents_come_out_byte_for_byte() {
    let Some(folder) = vectors::folder("") else { return };
    let pairs = [
        ("w3c-vc-di-eddsa/TestVectors/unsigned.json", "w3c-vc-di-eddsa/TestVectors/eddsa-rdfc-2022/canonDocDataInt.txt"),
        (
            "w3c-vc-di-eddsa/TestVectors/eddsa-rdfc-2022/proofConfigDataInt.json",
            "w3c-vc-di-eddsa/TestVectors/eddsa-rdfc-2022/proofCanonDataInt.txt",
        ),
        (
            "w3c-vc-di-eddsa/TestVectors/Ed25519Signature2020/proofConfigEdSig.json",
            "w3c-vc-di-eddsa/TestVectors/Ed25519Signature2020/proofCanonEdSig.txt",
        ),
    ];
    for (document, expected) in pairs {
        let document: Value = serde_json::from_slice(&std::fs::read(folder.join(document)).unwrap()).unwrap();
        assert_eq!(canonical(&object(document)).unwrap(), std::fs::read_to_string(folder.join(expected)).unwrap(), "{expected}");
    }
}

/// Contexts for oxjsonld, which asks for them by address.
fn with_oxjsonld(document: &[u8]) -> String {
    let loader = |url: &str, _: &oxjsonld::JsonLdLoadDocumentOptions| {
        let context = pinned::context(url).ok_or("unknown context")?;
        Ok(oxjsonld::JsonLdRemoteDocument { document: json!({"@context": context}).to_string().into_bytes(), document_url: url.to_owned() })
    };
    let parser = oxjsonld::JsonLdParser::new().for_slice(document).with_load_document_callback(loader);
    let nquads: String = parser.map(|quad| format!("{} .\n", quad.unwrap())).collect();
    canonicalize(&crate::rdfc::nquads::read(&nquads), Algorithm::Sha256).unwrap()
}

#[test]
fn every_credential_at_hand_gives_the_quads_that_oxjsonld_gives() {
    let Some(folder) = vectors::folder("") else { return };
    let mut compared = 0;
    let mut folders = vec![folder.join("dcc-vc-test-fixtures"), folder.join("w3c-vc-di-eddsa"), folder.join("w3c-vc-di-ecdsa")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(Value::Object(document)) = json::parse(&std::fs::read(&path).unwrap()) {
                compared += usize::from(compare(&path, &document));
            }
        }
    }
    assert!(compared > 150, "{compared}");
}

fn compare(path: &Path, document: &Map<String, Value>) -> bool {
    match canonical(document) {
        Ok(ours) => {
            assert_eq!(ours, with_oxjsonld(&serde_json::to_vec(document).unwrap()), "{}", path.display());
            true
        }
        Err(error) => {
            println!("{}: {error}", path.display());
            false
        }
    }
}
