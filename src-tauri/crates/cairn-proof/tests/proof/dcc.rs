//! The Digital Credentials Consortium's fixtures, offline, with its DID documents and status lists given as files.

use crate::credentials::vectors;
use cairn_proof::{Material, Materials, Reason, Report, Verdict, verify_bytes};
use chrono::{DateTime, TimeZone as _, Utc};
use serde_json::Value;
use std::path::Path;

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
}

fn materials(folder: &Path) -> Materials {
    let mut materials = Materials::new();
    let lists = std::fs::read_dir(folder.join("dcc-vc-test-fixtures/statusLists/didkey-ed25519Signature2020")).unwrap();
    let lists = lists.map(|entry| entry.unwrap().path());
    let documents = ["legacy", "oidf"].map(|name| folder.join("dcc-vc-test-fixtures/dids").join(name).join("did.json"));
    for path in documents.into_iter().chain(lists) {
        // The tampered list is no JSON that says what it is for; a credential that needs it finds nothing.
        if let Ok(material) = Material::from_bytes(std::fs::read(&path).unwrap(), at()) {
            materials.add(material);
        }
    }
    materials
}

/// What is wrong with a report, by what others found.
fn fault(expected: &Value, report: &Report) -> Option<String> {
    let file = expected["file"].as_str().unwrap();
    let signature = expected["signature"].as_str().unwrap_or_default();
    let bits = expected["status"].as_array().map_or(&[][..], Vec::as_slice);
    let sound = |list: &Value| list["list"].as_str().unwrap().ends_with("e5WK8CbZ1GjycuPombrj");
    let verdict = match () {
        () if expected["parse"] == "not JSON" || file.ends_with("badDidWeb.json") => Verdict::CannotCheck,
        () if signature.contains("FAIL") => Verdict::Invalid,
        () if expected["expired"] == true => Verdict::Expired,
        () if expected["not_yet_valid"] == true => Verdict::NotYetValid,
        () if bits.iter().any(|list| list["bit"] == 1) => Verdict::Revoked,
        () if bits.iter().all(sound) => Verdict::Valid,
        () => Verdict::CannotCheck,
    };
    let holds = report.proofs.iter().all(|proof| matches!(proof.reason, Reason::ProofHolds { .. }));
    let all_hold = holds && report.proofs.len() == signature.split(';').count();
    let agrees = report.verdict() == verdict && (all_hold || matches!(verdict, Verdict::Invalid | Verdict::CannotCheck));
    (!agrees).then(|| format!("{file}: {verdict:?} expected, not {:?}", report.reason))
}

#[test]
fn all_91_fixtures_get_the_verdict_that_others_found() {
    let Some(folder) = vectors("") else { return };
    let expected: Value = serde_json::from_slice(&std::fs::read(folder.join("dcc-expected.json")).unwrap()).unwrap();
    let expected = expected["credentials"].as_array().unwrap();
    let materials = materials(&folder);
    let check = |expected: &Value| {
        let bytes = std::fs::read(folder.join(expected["file"].as_str().unwrap())).unwrap();
        fault(expected, &verify_bytes("x", &bytes, &materials, at()))
    };
    let faults: Vec<String> = expected.iter().filter_map(check).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), expected.len(), faults.join("\n"));
    assert_eq!(expected.len(), 91);
}
