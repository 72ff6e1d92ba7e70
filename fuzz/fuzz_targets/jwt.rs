//! Credentials as tokens: as they come, and JSON as the payload of a token whose signature holds.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cairn_fuzz::{key, object, read, seeds};
use cairn_proof::jwt;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(init: seeds::write("jwt", seeds::jwt()), |bytes: &[u8]| {
    if bytes.first() != Some(&b'{') {
        return read("credential.jwt", bytes);
    }
    // The payload as it stands, under a header that names the key: both forms of VC-JWT, and Open Badges 2.0.
    let header = json!({"alg": "EdDSA", "kid": key().did().verification_method(), "typ": "JWT"});
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(bytes));
    let signature = URL_SAFE_NO_PAD.encode(key().sign(signed.as_bytes()));
    read("signed.jwt", format!("{signed}.{signature}").as_bytes());
    // A header of the stranger's own.
    read("header.jwt", format!("{}.{}.{signature}", URL_SAFE_NO_PAD.encode(bytes), URL_SAFE_NO_PAD.encode("{}")).as_bytes());
    if let Some(token) = object(bytes).and_then(|credential| jwt::sign(&credential, &key()).ok()) {
        read("made.jwt", token.as_bytes());
    }
});
