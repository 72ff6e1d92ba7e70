//! Credentials as JSON: as they come, signed as RDF (so that what only a signature opens is reached), and against the schemas.
#![no_main]

use cairn_fuzz::{key, object, read, seeds};
use cairn_proof::issue::schema;
use cairn_proof::suites::{eddsa_jcs_2022, eddsa_rdfc_2022};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

fuzz_target!(init: seeds::write("json", seeds::json()), |bytes: &[u8]| {
    read("credential.json", bytes);
    let Some(mut credential) = object(bytes) else { return };
    let _ = schema::check(&Value::Object(credential.clone()));
    credential.remove("proof");
    let key = key();
    for (suite, create) in [
        (eddsa_rdfc_2022::CRYPTOSUITE, eddsa_rdfc_2022::create_proof as fn(_, _, _) -> _),
        (eddsa_jcs_2022::CRYPTOSUITE, eddsa_jcs_2022::create_proof),
    ] {
        if let Ok(proof) = create(&credential, options(suite), &key) {
            let mut signed = credential.clone();
            signed.insert("proof".into(), proof);
            read("signed.json", &serde_json::to_vec(&signed).unwrap_or_default());
        }
    }
});

fn options(suite: &str) -> Map<String, Value> {
    let options = json!({
        "type": "DataIntegrityProof", "cryptosuite": suite, "created": "2026-01-01T00:00:00Z",
        "verificationMethod": key().did().verification_method(), "proofPurpose": "assertionMethod"
    });
    options.as_object().cloned().unwrap_or_default()
}
