//! Endorsements by others: asked for, answered and taken in.

use std::fs;

use serde_json::json;

use super::{text, told};
use crate::harness::Learner;

#[test]
fn an_answered_request_comes_back_as_an_endorsement() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.add("credential", json!({"title": "First aid", "issuer": "Red Cross"}));
    let own = learner.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-01-05"}));
    learner.ok(&["export", "endorsement-request", "--id", &own, "--out", "request.json"]);
    let yard = Learner::new();
    let request = learner.path("request.json").to_str().unwrap().to_owned();
    // Whoever takes the request for something else is told how it is answered, and by whom.
    let error = yard.refused(&["import", &request], "import-unknown");
    assert!(error.to_string().contains("cairn endorse"), "{error}");
    let asked = yard.run(&["verify", &request]);
    assert_eq!(asked.results[0]["detail"], json!({"code": "endorsement-requested", "params": {"name": "CKA"}}), "{asked:?}");
    let (_, printed, _) = learner.person(&["export", "endorsement-request", "--id", &own, "--out", "-"], "");
    assert!(printed.contains("CKA") && !learner.path("-").exists(), "{printed}");
    let (_, printed, words) = yard.person(&["endorse", &request, "--comment", "Seen it.", "--out", "-"], "");
    assert!(printed.contains("EndorsementCredential") && !yard.path("-").exists(), "{printed}");
    assert!(words.contains("You sign without a name") && !words.contains("your own record"), "{words}");
    let (_, _, words) = learner.person(&["endorse", &request, "--comment", "Seen it.", "--out", "own.json"], "");
    assert!(words.contains("It is about your own record") && !words.contains("without a name"), "{words}");
    yard.add("profile", json!({"name": "The Yard"}));
    yard.ok(&["endorse", &request, "--comment", "Seen it.", "--out", "endorsement.json"]);
    let answer = yard.path("endorsement.json");

    let report = learner.ok(&["import", answer.to_str().unwrap()]).remove(0);
    assert_eq!((&report["added"], &report["skipped"]), (&json!(1), &json!([])), "{report}");
    let came = &report["credentials"][0];
    assert_eq!((&came["verdict"], &came["credential"], &came["held"]), (&json!("valid"), &json!(own), &json!(null)), "{came}");
    let id = text(&came["endorsement"]).to_owned();
    let fields = learner.fields("endorsement", &id);
    assert_eq!((&fields["endorser"], &fields["text"], &fields["credential"]), (&json!("The Yard"), &json!("Seen it."), &json!(own)));
    assert!(fields["date"].is_string(), "{fields}");
    // The file is its evidence, byte for byte, and it is no credential of the learner's.
    let evidence = learner.ok(&["show", "evidence", text(&fields["evidence"])]).remove(0);
    assert_eq!((&evidence["fields"]["title"], &evidence["files"][0]["name"]), (&json!("Endorsement of CKA"), &json!("endorsement.json")));
    let hash = text(&evidence["files"][0]["sha256"]);
    assert_eq!(fs::read(learner.vault().join("files").join(&hash[..2]).join(hash)).unwrap(), fs::read(&answer).unwrap());
    assert_eq!(learner.titles("credential"), ["First aid", "CKA"]);
    // It travels in a packet with its verdict.
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let (verdicts, _) = told(&learner.ok(&["verify", "me.cairn"])[0]);
    let endorsed: Vec<_> =
        verdicts.iter().filter(|(file, _)| file.starts_with("endorsements/")).map(|(_, verdict)| verdict.as_str()).collect();
    assert_eq!(endorsed, ["valid"], "{verdicts:?}");
    // What somebody else wrote is nothing that the learner achieved.
    assert!(!verdicts.iter().any(|(file, _)| file.starts_with("self-issued/") && file.contains("Endorsement")), "{verdicts:?}");
    let record = learner.ok(&["export", "clr", "--out", "clr.json"]).remove(0);
    assert!(!fs::read_to_string(learner.path("clr.json")).unwrap().contains("Endorsement of"), "{record}");
    assert!(record["lost"].to_string().contains("a packet carries them"), "{record}");

    let again = learner.ok(&["import", answer.to_str().unwrap()]).remove(0);
    assert_eq!(
        (&again["unchanged"], &again["credentials"][0]["fate"], &again["change"]["history"]),
        (&json!(1), &json!("duplicate"), &json!(null))
    );
    assert_eq!(again["credentials"][0]["endorsement"], json!(id));
    learner.is_sound();
    learner.ok(&["undo"]);
    for kind in ["endorsement", "evidence"] {
        assert!(learner.titles(kind).is_empty(), "{kind}");
    }
    learner.ok(&["redo"]);
    assert_eq!(learner.titles("endorsement").len(), 1);
    learner.is_sound();

    // Whoever has no such credential has the endorsement all the same, and is told what it lacks.
    let stranger = Learner::new();
    let report = stranger.ok(&["import", answer.to_str().unwrap()]).remove(0);
    assert_eq!((&report["added"], &report["credentials"][0]["credential"]), (&json!(1), &json!(null)), "{report}");
    assert!(text(&report["skipped"][0]["reason"]).contains("no credential here"), "{report}");
    assert_eq!(stranger.ok(&["show", "endorsement"])[0]["fields"]["endorser"], "The Yard");
    stranger.is_sound();
}

#[test]
fn a_changed_endorsement_is_taken_in_and_called_what_it_is() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    let own = learner.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned"}));
    learner.ok(&["export", "endorsement-request", "--id", &own, "--out", "request.json"]);
    learner.ok(&["endorse", "request.json", "--comment", "Seen it.", "--out", "endorsement.json"]);
    let signed = fs::read_to_string(learner.path("endorsement.json")).unwrap();
    let changed = learner.file("changed.json", signed.replace("Seen it.", "The best ever."));
    let report = learner.ok(&["import", &changed]).remove(0);
    assert_eq!(
        (&report["credentials"][0]["verdict"], &report["credentials"][0]["credential"]),
        (&json!("invalid"), &json!(own)),
        "{report}"
    );
    assert!(learner.run(&["check"]).results.is_empty(), "it is no credential that is held");
}
