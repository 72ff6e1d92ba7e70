//! The W3C's cases for RDFC-1.0, where they are at hand, and what this implementation adds.

use super::nquads::read;
use super::*;
use crate::vectors;
use serde_json::Value;
use std::time::{Duration, Instant};

#[test]
fn every_w3c_case_comes_out_byte_for_byte_and_the_poison_is_stopped() {
    let Some(folder) = vectors::folder("w3c-rdf-canon/tests") else { return };
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let manifest: Value = serde_json::from_str(&text("manifest.jsonld")).unwrap();
    let (mut sha256, mut sha384, mut stopped) = (0, 0, 0);
    for entry in manifest["entries"].as_array().unwrap() {
        let algorithm = if entry["hashAlgorithm"] == "SHA384" { Algorithm::Sha384 } else { Algorithm::Sha256 };
        let dataset = read(&text(entry["action"].as_str().unwrap()));
        let started = Instant::now();
        let canonical = canonicalize(&dataset, algorithm);
        match entry["type"].as_str().unwrap() {
            "rdfc:RDFC10EvalTest" => {
                assert_eq!(canonical.unwrap(), text(entry["result"].as_str().unwrap()), "{}", entry["id"]);
                if algorithm == Algorithm::Sha256 { sha256 += 1 } else { sha384 += 1 }
            }
            "rdfc:RDFC10NegativeEvalTest" => {
                assert_eq!(canonical, Err(TooMuchWork), "{}", entry["id"]);
                assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
                stopped += 1;
            }
            _ => {}
        }
    }
    assert_eq!((sha256, sha384, stopped), (63, 1, 1));
}

/// Whatever the W3C's cases take is far from the limit.
#[test]
fn the_limit_on_work_leaves_room() {
    let Some(folder) = vectors::folder("w3c-rdf-canon/tests/rdfc10") else { return };
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        if !name.ends_with("-in.nq") || name.starts_with("test074") {
            continue;
        }
        let dataset = read(&std::fs::read_to_string(entry.path()).unwrap());
        let mut canon = Canon::new(&dataset, Algorithm::Sha256);
        canon.name_all().unwrap();
        println!("{name}: {}", canon.steps);
        assert!(canon.steps < MAX_STEPS / 4, "{name}: {}", canon.steps);
    }
}

#[test]
fn a_long_ring_of_nodes_that_look_alike_is_stopped_in_time() {
    let ring: String = (0..50_000).map(|n| format!("_:b{n} <urn:next> _:b{} .\n", (n + 1) % 50_000)).collect();
    let dataset = read(&ring);
    let started = Instant::now();
    assert_eq!(canonicalize(&dataset, Algorithm::Sha256), Err(TooMuchWork));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn names_of_blank_nodes_and_order_of_statements_make_no_difference() {
    let one = "_:x <urn:p> _:y .\n_:y <urn:p> _:x .\n_:x <urn:q> \"1\" _:g .\n_:y <urn:q> \"1\" _:g .\n";
    let other = "_:k <urn:q> \"1\" _:a .\n_:z <urn:p> _:k .\n_:z <urn:q> \"1\" _:a .\n_:k <urn:p> _:z .\n";
    let canonical = |text: &str| canonicalize(&read(text), Algorithm::Sha256).unwrap();
    assert_eq!(canonical(one), canonical(other));
}
