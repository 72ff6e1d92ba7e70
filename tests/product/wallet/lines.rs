//! Who signed for a line of a résumé.

use std::fs;

use serde_json::json;

use super::{Issuer, imported, said, signed, text};
use crate::harness::Learner;

#[test]
fn a_line_is_an_issuers_only_where_it_says_what_they_signed() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["import", &issuer.argument("did.json")]);
    let came = imported(&learner, &issuer.argument("renewed.json"));
    let id = text(&came["credential"]);
    assert_eq!(said(&learner, &came["credential"]).2, "issuer-signed");
    let retitled = json!({"title": "PhD in Physics, summa cum laude", "issued": "2010"}).to_string();
    assert_eq!(learner.run_with(&["edit", "credential", id], &retitled).code, 0);
    let source = learner.ok(&["show", "credential", id])[0]["source"].clone();
    assert_eq!((text(&source["kind"]), text(&source["by"][0]["title"])), ("unsigned", "First aid"), "{source}");
    assert_eq!(source["by"][0]["differs"], json!(["title", "issued"]));
    assert!(learner.plain(&["show", "credential", id]).contains("by “First aid”, signed by The Harbour School"));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let lines = learner.ok(&["verify", "me.cairn"])[0]["lines"].clone();
    let line = lines.as_array().unwrap().iter().find(|line| text(&line["text"]).contains("PhD")).unwrap().clone();
    assert_eq!(text(&line["provenance"]), "self-signed", "{line}");
    assert!(text(&line["file"]).starts_with("self-issued/"), "{line}");
}

#[test]
fn an_issuers_word_comes_to_the_record_that_the_learner_signed_before_and_speaks_for_it() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["import", &issuer.argument("did.json")]);
    let id = learner.add("credential", json!({"title": "First aid", "issuer": "The Harbour School", "status": "earned"}));
    learner.ok(&["export", "badge", "--id", &id, "--format", "json", "--out", "own.json"]);
    assert_eq!(text(&imported(&learner, "own.json")["fate"]), "kept");
    let came = imported(&learner, &issuer.argument("renewed.json"));
    assert_eq!((text(&came["fate"]), text(&came["credential"])), ("updated", id.as_str()), "{came}");
    // The learner signed it last.
    let page = learner.ok(&["show", "credential", &id])[0].clone();
    let speaks: Vec<_> = page["held"].as_array().unwrap().iter().map(|held| held["held"]["own"].clone()).collect();
    assert_eq!((speaks, text(&page["source"]["kind"])), (vec![json!(false), json!(true)], "issuer-signed"), "{page}");
    assert_eq!(learner.titles("credential"), ["First aid"]);
}

#[test]
fn a_skill_that_was_renamed_is_no_longer_what_a_credential_names() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    imported(&learner, &file);
    let skill = learner.ok(&["show", "skill"])[0]["id"].clone();
    let kind = || text(&learner.ok(&["show", "skill", text(&skill)])[0]["source"]["kind"]).to_owned();
    assert_eq!(kind(), "issuer-signed");
    assert_eq!(learner.run_with(&["edit", "skill", text(&skill)], r#"{"name": "Neurosurgery"}"#).code, 0);
    assert_eq!(kind(), "unsigned");
}

#[test]
fn nothing_is_signed_as_achieved_before_it_is() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    for status in ["considering", "planned", "in-progress"] {
        let id = learner.add("credential", json!({"title": format!("A {status} one"), "status": status}));
        let error = learner.refused(&["export", "badge", "--id", &id, "--out", "b.json"], "not-achieved");
        assert_eq!(error["params"]["title"], format!("A {status} one"));
    }
    let milestone = learner.add("milestone", json!({"title": "First service moved", "due": "2027-01"}));
    learner.refused(&["export", "badge", "--id", &milestone, "--out", "b.json"], "not-achieved");
    learner.refused(&["export", "endorsement-request", "--id", &milestone, "--out", "r.json"], "not-achieved");
    assert!(!learner.path("b.json").exists());
    learner.refused(&["export", "clr", "--out", "clr.json"], "nothing-to-sign");
    assert_eq!(learner.ok(&["key", "show"])[0]["secret"], "not-made", "a key was made for nothing");
    for status in ["earned", "expired"] {
        let id = learner.add("credential", json!({"title": format!("An {status} one"), "status": status}));
        learner.ok(&["export", "badge", "--id", &id, "--format", "json", "--out", "b.json"]);
    }
    assert_eq!(learner.run_with(&["edit", "milestone", &milestone], r#"{"reached": "2026-11-01"}"#).code, 0);
    learner.ok(&["export", "badge", "--id", &milestone, "--format", "json", "--out", "b.json"]);
    let outcome = learner.run(&["export", "clr", "--out", "clr.json"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let clr = fs::read_to_string(learner.path("clr.json")).unwrap();
    assert!(clr.contains("An earned one") && !clr.contains("in-progress one"));
    let verdict = learner.ok(&["verify", "clr.json"])[0].clone();
    assert_eq!(verdict["detail"], json!({"code": "record-intact", "params": {"signer": "Ada", "count": 1, "by_signer": 1}}));
    let lost = outcome.results[0]["lost"].as_array().unwrap();
    assert!(text(&lost[0]).starts_with("1 credential that is only planned or under way"), "{lost:?}");
}
