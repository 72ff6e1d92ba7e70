//! Status lists: the list as a document, its bits as they come compressed, and the entry that points to them.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cairn_fuzz::{now, object, read_with, seeds};
use cairn_proof::status::{self, Signed};
use cairn_proof::{Material, MaterialKind, Materials, Reason};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

fuzz_target!(init: seeds::write("status_list", seeds::status_list()), |bytes: &[u8]| {
    match object(bytes) {
        // The bytes are the list, and the credential asks it for every kind of entry.
        Some(list) => {
            let url = list.get("id").and_then(Value::as_str).unwrap_or(seeds::LIST).to_owned();
            let materials = at_hand(bytes.to_vec(), &url);
            for entry in [list.get("credentialStatus").cloned().unwrap_or_default(), seeds::entry("3", &url)] {
                ask(entry, &materials);
            }
            read_with("credential.json", &seeds::with_status("3", &url), &materials);
        }
        // The bytes are the bits.
        None => {
            let (size, packed) = bytes.split_first().map_or((1, bytes), |(size, packed)| (u64::from(*size), packed));
            for (size, index) in [(1, "0"), (size, "7"), (size, "18446744073709551615")] {
                let list = seeds::list(&format!("u{}", URL_SAFE_NO_PAD.encode(packed)));
                let mut entry = seeds::entry(index, seeds::LIST);
                entry["statusSize"] = size.into();
                ask(entry, &at_hand(list.to_string().into_bytes(), seeds::LIST));
            }
        }
    }
});

/// A list counts only when its signature holds; here it always does.
fn ask(entry: Value, materials: &Materials) {
    let credential: Map<String, Value> = Map::from_iter([("id".into(), json!("urn:uuid:1")), ("credentialStatus".into(), entry)]);
    let signed = |_: &[u8]| Signed { reason: Reason::CredentialIntact { issuer: seeds::ISSUER.into() }, used: Vec::new() };
    for found in status::check(&credential, (seeds::ISSUER, seeds::ISSUER), materials, &signed) {
        let _ = found.reason.sentence();
    }
}

fn at_hand(bytes: Vec<u8>, url: &str) -> Materials {
    let mut materials = Materials::new();
    materials.add(Material { kind: MaterialKind::StatusList, url: url.into(), bytes, seen: now() });
    materials
}
