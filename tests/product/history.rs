//! What was done is told, taken back and done again.

use serde_json::{Value, json};

use crate::harness::Learner;

#[test]
fn history_says_what_was_done_newest_first() {
    let learner = Learner::new();
    let id = learner.add("skill", json!({"name": "Rust"}));
    learner.run_with(&["edit", "skill", &id], r#"{"level": "Good"}"#);
    learner.ok(&["remove", "skill", &id]);
    learner.ok(&["undo"]);
    let history = learner.ok(&["history"]);
    let actions: Vec<_> = history.iter().map(|step| (step["action"].as_str().unwrap(), step["undone"].as_bool().unwrap())).collect();
    assert_eq!(actions, [("remove", true), ("edit", false), ("add", false)]);
    assert!(history.iter().all(|step| step["title"] == "Rust" && step["kind"] == "skill"), "{history:?}");
}

#[test]
fn history_names_a_record_as_it_is_called_from_there_on() {
    let learner = Learner::new();
    let id = learner.add("skill", json!({"name": "Rusty"}));
    learner.run_with(&["edit", "skill", &id], r#"{"name": "Rust"}"#);
    assert_eq!(learner.ok(&["history"])[0]["title"], "Rust");
}

#[test]
fn history_names_the_fields_of_an_edit_and_tells_one_record_apart() {
    let learner = Learner::new();
    let id = learner.add("credential", json!({"title": "CKA", "issuer": "CNCF"}));
    learner.add("skill", json!({"name": "Rust"}));
    learner.run_with(&["edit", "credential", &id], r#"{"issuer": "Linux Foundation", "hours": 40, "title": "CKA"}"#);
    assert_eq!(learner.ok(&["history"])[0]["fields"], json!(["issuer", "hours"]));
    let told: Vec<_> = learner.ok(&["history", &id]).iter().map(|step| step["action"].clone()).collect();
    assert_eq!(told, ["edit", "add"]);
    let words = learner.plain(&["history", &id]);
    assert!(words.lines().next().unwrap().ends_with("  Edited credential “CKA”: issuer, hours"), "{words}");
    let taken_back = learner.ok(&["undo"]);
    assert_eq!((&taken_back[0]["action"], &taken_back[0]["step"]["fields"]), (&json!("undo"), &json!(["issuer", "hours"])));
    assert_eq!(learner.person(&["redo"], "").2, "Done again: editing credential “CKA” (issuer, hours).\n");
    let (_, printed, words) = learner.person(&["history", "019a0000-0000-7000-8000-000000000000"], "");
    assert_eq!((printed.as_str(), words.as_str()), ("", "Nothing that was done is known to have touched this.\n"));
}

#[test]
fn everything_done_can_be_taken_back_to_an_empty_vault_and_done_again() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let file = learner.file("report.txt", "text");
    learner.ok(&["attach", &evidence, &file]);
    let skill = learner.add("skill", json!({"name": "Rust"}));
    learner.run_with(&["edit", "evidence", &evidence], &json!({"skills": [skill]}).to_string());
    learner.ok(&["remove", "skill", &skill]);
    let at_the_end = learner.ok(&["show", "evidence", &evidence]);
    for _ in 0..5 {
        learner.ok(&["undo"]);
    }
    assert!(learner.titles("evidence").is_empty() && learner.titles("skill").is_empty());
    learner.refused(&["undo"], "nothing-to-undo");
    for _ in 0..5 {
        learner.ok(&["redo"]);
    }
    learner.refused(&["redo"], "nothing-to-redo");
    let again = learner.ok(&["show", "evidence", &evidence]);
    assert_eq!((&again[0]["fields"], &again[0]["files"]), (&at_the_end[0]["fields"], &at_the_end[0]["files"]));
    learner.is_sound();
}

#[test]
fn undo_redo_and_history_say_what_was_done() {
    let learner = Learner::new();
    let (_, _, words) = learner.person(&["history"], "");
    assert_eq!(words, "Nothing was done here yet.\n");
    learner.add("credential", json!({"title": "CKA"}));
    let profile = learner.add("profile", json!({}));
    let said = |arguments: &[&str]| learner.person(arguments, "").2;
    assert_eq!(said(&["undo"]), "Taken back: adding profile without a name. “cairn redo” does it again.\n");
    assert_eq!(said(&["undo"]), "Taken back: adding credential “CKA”. “cairn redo” does it again.\n");
    assert_eq!(said(&["redo"]), "Done again: adding credential “CKA”.\n");
    let history = learner.plain(&["history"]);
    let lines: Vec<&str> = history.lines().collect();
    assert!(lines[0].ends_with("  Added profile without a name  (taken back)"), "{history}");
    assert!(
        lines[1].ends_with("  Added credential “CKA”") && lines[1].len() == "2026-11-22 13:00:00  Added credential “CKA”".len(),
        "{history}"
    );
    learner.refused(&["show", "profile", &profile], "not-found");
}

#[test]
fn what_changes_nothing_does_not_say_that_it_did() {
    let learner = Learner::new();
    let id = learner.add("skill", json!({"name": "Rust"}));
    for (arguments, input) in [(&["edit", "skill", &id, "--before", &id][..], ""), (&["edit", "skill", &id], r#"{"name": "Rust"}"#)] {
        let (code, _, words) = learner.person(arguments, input);
        assert!(code == 0 && words.starts_with("Nothing was changed: skill “Rust” "), "{words}");
    }
    assert_eq!(learner.ok(&["history"]).len(), 1);
}

#[test]
fn every_edit_from_the_shell_is_a_step_and_one_that_changes_nothing_is_none() {
    let learner = Learner::new();
    let id = learner.add("credential", json!({"title": "CKA"}));
    let edit = |fields: Value| learner.run_with(&["edit", "credential", &id], &fields.to_string()).results.remove(0);
    for title in ["CKAD", "CKS"] {
        assert!(edit(json!({"title": title}))["history"].is_number());
    }
    assert_eq!(edit(json!({})), json!({"history": null, "action": "edit", "kind": "credential", "id": id, "title": "CKS", "touched": []}));
    edit(json!({"title": "CKS"}));
    learner.ok(&["undo"]);
    assert_eq!(learner.titles("credential"), ["CKAD"]);
    // What is to be done again stays so.
    edit(json!({}));
    learner.ok(&["redo"]);
    assert_eq!(learner.titles("credential"), ["CKS"]);
    learner.ok(&["undo"]);
    learner.ok(&["undo"]);
    assert_eq!(learner.titles("credential"), ["CKA"]);
}
