//! Nothing leaves the machine, and no log tells what a learner wrote.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::harness::{Learner, PROGRAM, finish, foreign_resumes};

#[test]
fn nothing_opens_a_connection_to_anywhere() {
    let learner = Learner::new();
    let resume = foreign_resumes().remove(0);
    let runs: [&[&str]; 8] = [
        &["import", resume.to_str().unwrap()],
        &["show", "profile"],
        &["search", "a"],
        &["export", "resume", "--out", "resume.pdf"],
        &["export", "linkedin", "--out", "linkedin.txt"],
        &["export", "packet", "--out", "me.cairn"],
        &["verify", "me.cairn"],
        &["doctor"],
    ];
    for arguments in runs {
        let trace = learner.path("trace");
        let mut command = Command::new("strace");
        learner.at_home(&mut command);
        command.args(["-f", "-qq", "-e", "trace=%network", "-o"]).arg(&trace).args([PROGRAM, "--json"]).args(arguments);
        let outcome = finish(&mut command, "");
        assert_eq!(outcome.code, 0, "{arguments:?}: {outcome:?}");
        let calls = fs::read_to_string(&trace).unwrap();
        let outside: Vec<&str> = calls.lines().filter(|call| call.contains("AF_INET") || call.contains("connect(")).collect();
        assert!(outside.is_empty(), "{arguments:?}: {outside:?}");
    }
}

#[test]
fn no_log_holds_what_a_learner_wrote() {
    let learner = Learner::new();
    let secret = "Xyzzyplugh";
    learner.add("profile", json!({"name": secret}));
    let id = learner.add("evidence", json!({"title": secret}));
    let file = learner.file(&format!("{secret}.txt"), secret);
    learner.ok(&["attach", &id, &file]);
    learner.ok(&["search", secret]);
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    learner.run(&["edit", "evidence", &id]);
    for entry in fs::read_dir(learner.vault()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.ends_with("logs") {
            assert!(!told(&path).contains(secret), "{}", path.display());
        }
    }
}

#[test]
fn private_notes_stay_out_of_every_document() {
    let learner = Learner::new();
    let secret = "Xyzzyplugh";
    learner.add("profile", json!({"name": "Ada Lovelace"}));
    learner.add("credential", json!({"title": "CKA", "status": "earned", "notes": secret}));
    let skill = learner.add("skill", json!({"name": "Rust", "notes": secret}));
    learner.add("evidence", json!({"title": "Report", "skills": [skill]}));
    for (document, format) in [("resume", "text"), ("resume", "markdown"), ("linkedin", "text")] {
        learner.ok(&["export", document, "--format", format, "--out", "document"]);
        assert!(!fs::read_to_string(learner.path("document")).unwrap().contains(secret), "{document} as {format}");
    }
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let mut packet = zip::ZipArchive::new(fs::File::open(learner.path("me.cairn")).unwrap()).unwrap();
    for index in 0..packet.len() {
        let mut entry = packet.by_index(index).unwrap();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains(secret), "{}", entry.name().unwrap());
    }
}

#[test]
fn a_key_that_lies_in_the_vault_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada Lovelace"}));
    learner.add("credential", json!({"title": "CKA", "status": "earned"}));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let keys: Vec<_> = fs::read_dir(learner.vault())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.file_name().is_some_and(|name| name.to_string_lossy().contains("key")))
        .collect();
    assert!(!keys.is_empty(), "without a keychain the key is a file in the vault");
    for key in keys {
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600, "{}", key.display());
    }
}

/// All text below a folder.
fn told(folder: &Path) -> String {
    fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap_or_default()).collect()
}
