//! Where things are read from and written to: files that are none, places that belong to a vault, a full disk behind `>`.

use std::fs;

use serde_json::json;

use crate::harness::{Learner, tool};

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_no_success_and_what_was_done_stays_done() {
    let learner = Learner::new();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = |arguments: &[&str], input: &str| {
        let mut command = learner.command();
        command.args(arguments).stdin(std::process::Stdio::piped()).stdout(full()).stderr(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, words) = run(&["add", "skill"], r#"{"name": "Rust"}"#);
    assert!(code == Some(1) && words.contains("Could not write to standard output") && !words.contains("Nothing was changed"), "{words}");
    assert_eq!(learner.titles("skill"), ["Rust"]);
    for arguments in [&["show", "skill"][..], &["history"], &["today"], &["fields"], &["doctor"]] {
        let (code, words) = run(arguments, "");
        assert!(code == Some(1) && words.contains("Could not write to standard output"), "{arguments:?}: {words}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_refused_and_never_waited_for() {
    let learner = Learner::new();
    let id = learner.add("skill", json!({"name": "Rust"}));
    tool("mkfifo", &[learner.path("pipe").to_str().unwrap()]);
    for arguments in [
        &["restore", "pipe"][..],
        &["add", "skill", "pipe"],
        &["edit", "skill", &id, "pipe"],
        &["endorse", "pipe", "--comment", "Good"],
        &["import", "pipe"],
        &["export", "resume", "--out", "pipe"],
    ] {
        learner.refused(arguments, "not-a-file");
    }
    assert!(std::os::unix::fs::FileTypeExt::is_fifo(&fs::metadata(learner.path("pipe")).unwrap().file_type()));
}

#[test]
fn no_document_takes_the_place_of_what_a_vault_keeps() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    let database = learner.vault().join("cairn.sqlite3");
    learner.refused(&["export", "resume", "--out", database.to_str().unwrap()], "inside-a-vault");
    assert_eq!(learner.ok(&["show", "profile"])[0]["fields"]["name"], "Ada");
}
