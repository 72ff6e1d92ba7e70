//! The signing key from outside: shown, replaced without losing what it signed, carried elsewhere, and brought back.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Learner, finish};

/// A learner with something to sign, and a packet that is signed.
fn signer() -> Learner {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada Lovelace"}));
    learner.add("credential", json!({"title": "CKA", "status": "earned"}));
    learner.ok(&["export", "packet", "--out", "before.cairn"]);
    learner
}

fn key(learner: &Learner) -> Value {
    learner.ok(&["key", "show"])[0].clone()
}

#[test]
fn a_key_is_made_when_it_is_needed_and_said_to_be_a_file() {
    let learner = Learner::new();
    assert_eq!((&key(&learner)["did"], &key(&learner)["secret"]), (&json!(null), &json!("not-made")));
    learner.run(&["key", "rotate"]).refused("no-key");
    let key = key(&signer());
    assert_eq!((&key["home"], &key["secret"], key["history"].as_array().unwrap().len()), (&json!("file"), &json!("present"), 1));
}

#[test]
fn what_an_old_key_signed_still_verifies_after_a_new_one() {
    let learner = signer();
    let old = key(&learner)["did"].clone();
    let rotated = learner.ok(&["key", "rotate"])[0].clone();
    assert_ne!(rotated["did"], old);
    assert_eq!((&rotated["history"][1]["did"], &rotated["history"][1]["lost"]), (&old, &json!(false)));
    learner.ok(&["verify", "before.cairn"]);
    learner.ok(&["export", "packet", "--out", "after.cairn"]);
    assert_eq!(learner.ok(&["verify", "after.cairn"])[0]["issuer"]["id"], rotated["did"]);
}

#[test]
fn a_recovery_file_brings_the_key_to_another_machine() {
    let learner = signer();
    let passphrase = learner.file("passphrase", "seven stones upon a hill\n");
    learner.ok(&["key", "export-recovery", "key.age", "--passphrase-file", &passphrase]);
    let file = learner.path("key.age");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
    let file = file.to_str().unwrap();

    let other = Learner::new();
    let wrong = other.file("wrong", "seven stones under a hill");
    other.run(&["key", "import-recovery", file, "--passphrase-file", &wrong]).refused("wrong-passphrase");
    let came = other.ok(&["key", "import-recovery", file, "--passphrase-file", &passphrase])[0].clone();
    assert_eq!((&came["outcome"], &came["key"]["did"]), (&json!("restored"), &key(&learner)["did"]));
    assert_eq!(other.ok(&["key", "import-recovery", file, "--passphrase-file", &passphrase])[0]["outcome"], "already-here");

    // Another vault's key gives way only when told to.
    let third = signer();
    let error = third.run(&["key", "import-recovery", file, "--passphrase-file", &passphrase]).refused("other-key");
    assert_eq!(error["params"]["offered"], key(&learner)["did"]);
    third.ok(&["key", "import-recovery", file, "--passphrase-file", &passphrase, "--replace"]);
    assert_eq!(key(&third)["did"], key(&learner)["did"]);
}

#[test]
fn a_weak_passphrase_and_a_file_that_is_none_are_refused() {
    let learner = signer();
    let weak = learner.file("weak", "short");
    learner.run(&["key", "export-recovery", "key.age", "--passphrase-file", &weak]).refused("weak-passphrase");
    assert!(!learner.path("key.age").exists());
    let good = learner.file("good", "seven stones upon a hill");
    let none = learner.file("none.age", "hello");
    learner.run(&["key", "import-recovery", &none, "--passphrase-file", &good]).refused("not-a-recovery-file");
    learner.run(&["key", "export-recovery", "key.age"]).refused("passphrase-needed");
}

#[test]
fn a_lost_key_is_explained_and_replaced_without_losing_a_record() {
    let learner = signer();
    let lost = key(&learner)["did"].clone();
    fs::remove_file(learner.vault().join("key")).unwrap();
    // Without a keychain to ask, Cairn cannot know that the key is in none; this variable says that there is none.
    let alone = |arguments: &[&str]| finish(learner.command().env("CAIRN_KEY_FILE", "1").args(arguments), "");
    assert_eq!(alone(&["key", "show"]).results[0]["secret"], "lost");
    alone(&["export", "packet", "--out", "after.cairn"]).refused("key-lost");
    alone(&["key", "rotate"]).refused("key-lost");
    let fresh = alone(&["key", "rotate", "--lost"]).results[0].clone();
    assert_eq!((&fresh["history"][1]["did"], &fresh["history"][1]["lost"]), (&lost, &json!(true)));
    assert_eq!(learner.titles("credential"), ["CKA"]);
    learner.ok(&["export", "packet", "--out", "after.cairn"]);
    learner.ok(&["verify", "before.cairn", "after.cairn"]);
}

#[test]
fn no_backup_holds_the_secret() {
    let learner = signer();
    let secret = fs::read_to_string(learner.vault().join("key")).unwrap();
    learner.ok(&["backup", "--to", "whole.zip"]);
    let mut archive = zip::ZipArchive::new(fs::File::open(learner.path("whole.zip")).unwrap()).unwrap();
    for index in 0..archive.len() {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(index).unwrap(), &mut bytes).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(secret.trim()));
    }
}
