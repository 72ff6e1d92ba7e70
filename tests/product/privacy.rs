//! Nothing leaves the machine, and no log tells what a learner wrote.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Learner, PROGRAM, finish, foreign_resumes, tool};

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
        unconnected(&learner, arguments, 0);
    }
}

/// Nor does what has to do with issuers' credentials, where a look at the web would be near: only `refresh` may.
#[test]
fn credentials_come_in_are_checked_signed_and_go_out_without_a_connection() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada Lovelace", "email": "ada@example.org"}));
    let id = learner.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-01-05"}));
    let elsewhere = Learner::new();
    elsewhere.add("profile", json!({"name": "Grace Hopper"}));
    for format in ["json", "jwt", "png", "svg"] {
        let name = format!("badge.{format}");
        unconnected(&learner, &["export", "badge", "--id", &id, "--format", format, "--out", &name], 0);
        let file = elsewhere.file(&name, fs::read(learner.path(&name)).unwrap());
        unconnected(&elsewhere, &["verify", &file], 0);
        unconnected(&elsewhere, &["import", &file], 0);
    }
    unconnected(&learner, &["export", "clr", "--out", "record.json"], 0);
    unconnected(&learner, &["verify", "record.json"], 0);
    unconnected(&learner, &["export", "endorsement-request", "--id", &id, "--out", "request.json"], 0);
    let request = elsewhere.file("request.json", fs::read(learner.path("request.json")).unwrap());
    unconnected(&elsewhere, &["endorse", &request, "--comment", "Seen it.", "--out", "endorsement.json"], 0);
    let endorsement = learner.file("endorsement.json", fs::read(elsewhere.path("endorsement.json")).unwrap());
    unconnected(&learner, &["verify", &endorsement], 0);
    unconnected(&learner, &["key", "rotate"], 0);

    // Its keys and its status list are on the web, and its issuer's server is this machine.
    let issued = learner.path("issued");
    fs::create_dir(&issued).unwrap();
    tool("node", &["tests/interop/issuer.mjs", "9", issued.to_str().unwrap()]);
    let badge = issued.join("credential.json");
    unconnected(&learner, &["verify", badge.to_str().unwrap()], 3);
    unconnected(&learner, &["import", badge.to_str().unwrap()], 0);
    unconnected(&learner, &["check"], 3);
    let hosted = learner.file("hosted.json", hosted_badge().to_string());
    unconnected(&learner, &["verify", &hosted], 3);
    unconnected(&learner, &["import", &hosted], 0);
    unconnected(&learner, &["export", "packet", "--out", "me.cairn"], 0);
    unconnected(&learner, &["export", "resume", "--with-packet", "--out", "me.pdf"], 0);
    for name in ["me.cairn", "me.pdf"] {
        unconnected(&learner, &["verify", name], 0);
    }
}

/// An Open Badge 2.0 that is true while its address says so.
fn hosted_badge() -> Value {
    let at = |path: &str| format!("https://badges.example/{path}");
    json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": at("1"), "badge": at("class"),
        "issuedOn": "2026-01-01T00:00:00Z", "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"},
        "verification": {"type": "HostedBadge"}})
}

/// Runs the program, which must end with this code and open no connection.
fn unconnected(learner: &Learner, arguments: &[&str], code: i32) {
    let trace = learner.path("trace");
    let mut command = Command::new("strace");
    learner.at_home(&mut command);
    command.args(["-f", "-qq", "-e", "trace=%network", "-o"]).arg(&trace).args([PROGRAM, "--json"]).args(arguments);
    let outcome = finish(&mut command, "");
    assert_eq!(outcome.code, code, "{arguments:?}: {outcome:?}");
    let calls = fs::read_to_string(&trace).unwrap();
    let outside: Vec<&str> = calls.lines().filter(|call| call.contains("AF_INET") || call.contains("connect(")).collect();
    assert!(outside.is_empty(), "{arguments:?}: {outside:?}");
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
