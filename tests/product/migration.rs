//! Vaults of every schema there ever was still open, with everything in them.
//!
//! `tests/product/vaults/schema-N.zip` is a whole vault as `cairn demo` of that time made it and `cairn backup --to` wrote it,
//! `schema-N.json` what its records said. When the schema grows to N, keep the vault of N - 1 here with:
//! `CAIRN_KEEP_VAULT=schema-(N-1) cargo test --release --test product keeps_a_vault`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::harness::{Learner, project, sql};

/// What the sample learner has, and what therefore stands in every kept vault.
const KINDS: [&str; 26] = [
    "profile",
    "work",
    "education",
    "project",
    "volunteering",
    "award",
    "publication",
    "language",
    "interest",
    "reference",
    "credential",
    "endorsement",
    "renewal-activity",
    "evidence",
    "story",
    "skill",
    "budget-line",
    "funding",
    "expected-return",
    "money-settings",
    "sprint",
    "study-block",
    "deadline",
    "milestone",
    "reflection",
    "collection",
];

#[test]
fn a_vault_of_any_older_schema_opens_whole() {
    let mut seen = 0;
    for entry in fs::read_dir(vaults()).unwrap() {
        let archive = entry.unwrap().path();
        if archive.extension().is_none_or(|extension| extension != "zip") {
            continue;
        }
        seen += 1;
        let learner = Learner::new();
        unpack(&archive, &learner);
        let before = version(&learner);
        let expected: Value = serde_json::from_slice(&fs::read(archive.with_extension("json")).unwrap()).unwrap();
        for (kind, records) in expected.as_object().unwrap() {
            let actual = told(&learner, kind);
            for (key, fields) in records.as_object().unwrap() {
                for (field, value) in fields.as_object().unwrap() {
                    assert_eq!(&actual[key][field], value, "{}: {kind} {key} {field}", archive.display());
                }
            }
        }
        // A vault that had to be brought up to date was copied first.
        let copied = fs::read_dir(learner.vault().join("backups"))
            .is_ok_and(|mut backups| backups.any(|backup| backup.unwrap().file_name().to_string_lossy().starts_with("before-schema-")));
        assert_eq!(copied, version(&learner) > before, "{}", archive.display());
        learner.add("skill", json!({"name": "Still writable"}));
        learner.ok(&["undo"]);
        assert_eq!(learner.run(&["doctor"]).results[0]["healthy"], true);
    }
    assert!(seen > 0, "no vault is kept in {}", vaults().display());
}

#[test]
fn keeps_a_vault() {
    let Some(name) = std::env::var("CAIRN_KEEP_VAULT").ok() else { return };
    let learner = Learner::new();
    learner.ok(&["demo", "--out", "demo"]);
    let vault = learner.path("demo/vault");
    let vault = vault.to_str().unwrap();
    let to = vaults().join(format!("{name}.zip"));
    fs::create_dir_all(vaults()).unwrap();
    learner.ok(&["--vault", vault, "backup", "--to", to.to_str().unwrap()]);
    fs::rename(vault, learner.vault()).unwrap();
    let records: Map<String, Value> = KINDS.iter().map(|kind| ((*kind).to_owned(), told(&learner, kind))).collect();
    fs::write(to.with_extension("json"), serde_json::to_string(&records).unwrap() + "\n").unwrap();
}

/// Lays a kept vault where a learner's lies.
pub fn unpack(archive: &Path, learner: &Learner) {
    zip::ZipArchive::new(File::open(archive).unwrap()).unwrap().extract(learner.vault()).unwrap();
    // In a backup the files lie side by side, in a vault below the first two letters of their hash.
    let files = learner.vault().join("files");
    for file in fs::read_dir(&files).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>() {
        fs::create_dir_all(files.join(&file[..2])).unwrap();
        fs::rename(files.join(&file), files.join(&file[..2]).join(&file)).unwrap();
    }
}

/// The fields of every record of a kind, by id.
fn told(learner: &Learner, kind: &str) -> Value {
    let records = learner.ok(&["show", kind]);
    records
        .iter()
        .map(|record| (record["id"].as_str().unwrap_or("only").to_owned(), record["fields"].clone()))
        .collect::<Map<_, _>>()
        .into()
}

fn version(learner: &Learner) -> u64 {
    sql(&learner.database(), "PRAGMA user_version")[0][0].as_u64().unwrap()
}

/// Where vaults of older schemas are kept.
pub fn vaults() -> PathBuf {
    project().join("tests/product/vaults")
}
