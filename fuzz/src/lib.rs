//! What every target does with its bytes, and what they start from.

pub mod mend;
pub mod seeds;

use cairn_proof::{Material, Materials, SigningKey, needed, opened, verify_bytes};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Everything that reads a stranger's file: opening it, showing it, checking it, and what a refresh would ask for.
pub fn read(name: &str, bytes: &[u8]) {
    read_with(name, bytes, &Materials::new());
}

/// As [`read`], with materials at hand.
pub fn read_with(name: &str, bytes: &[u8], materials: &Materials) {
    if let Ok(opened) = opened::open(name, bytes) {
        for item in &opened.items {
            let _ = serde_json::to_string(&item.view());
        }
    }
    let report = verify_bytes(name, bytes, materials, now());
    let _ = (report.verdict(), report.reason.sentence());
    let _ = needed(bytes);
    let _ = Material::from_bytes(bytes.to_vec(), now());
}

/// The object in some JSON.
pub fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// The instant of every check. The clock has no part in a finding.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap_or_default()
}

/// The key that signs what bytes alone would never sign.
pub fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}
