//! Real files of npm `@jsonresume/schema`, and what is written judged by that package. Both need
//! `npm ci --prefix tests/interop`; without it they say that they skip.

use std::path::{Path, PathBuf};
use std::process::Command;

use cairn_domain::{AnyRecord, RecordId};
use cairn_exchange::json_resume::{Options, read, write};
use cairn_exchange::{Format, detect};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use uuid::Uuid;

fn interop() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/interop")
}

/// The published résumés: name and bytes.
fn published() -> Vec<(String, Vec<u8>)> {
    let package = interop().join("node_modules/@jsonresume/schema");
    if !package.is_dir() {
        println!("SKIP: tests/interop has no node_modules (npm ci --prefix tests/interop)");
        return Vec::new();
    }
    let examples = std::fs::read_dir(package.join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = examples.chain([package.join("sample.resume.json")]).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// Gives records without an id one.
fn with_ids(records: Vec<cairn_exchange::Incoming>) -> Vec<(RecordId, AnyRecord)> {
    let ids = (1..).map(|number| RecordId::new(Uuid::from_u128(number)));
    ids.zip(records).map(|(id, incoming)| (incoming.id.unwrap_or(id), incoming.record)).collect()
}

/// `value` without the properties that say nothing, as a writer leaves them out.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields
                .into_iter()
                .filter(|(name, value)| name != "x-cairn" && *value != "")
                .map(|(name, value)| (name, without_empty(value)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.into_iter().map(without_empty).collect(),
        other => other,
    }
}

#[test]
fn every_published_resume_comes_in_whole_and_goes_out_as_it_was() {
    for (name, bytes) in published() {
        assert_eq!(detect(&name, &bytes), Format::JsonResume);
        let import = read(&bytes).unwrap();
        let skipped: Vec<&str> = import.skipped.iter().map(|skipped| skipped.path.as_str()).collect();
        println!("{name}: {} records, skipped {skipped:?}", import.records.len());
        assert_eq!(skipped, ["/meta"], "{name}");

        let written = write(&with_ids(import.records), Options::default());
        assert_eq!(written.lost, [""; 0], "{name}");
        let mut original: Value = serde_json::from_slice(&bytes).unwrap();
        original.as_object_mut().unwrap().remove("meta");
        assert_eq!(without_empty(serde_json::from_str(&written.text).unwrap()), without_empty(original), "{name}");
    }
}

#[test]
fn what_is_written_is_valid_against_the_published_schema() {
    if published().is_empty() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::deterministic();
    let vault = crate::records::vault();
    for number in 0..60 {
        let records = vault.new_tree(&mut runner).unwrap().current();
        let options = Options { include_private: number % 2 == 0 };
        std::fs::write(folder.path().join(format!("{number}.json")), write(&records, options).text).unwrap();
    }
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let judged = Command::new("node").arg(interop().join("json-resume.mjs")).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&judged.stdout);
    assert!(judged.status.success(), "{said}");
    assert_eq!(said.lines().count(), 60);
}
