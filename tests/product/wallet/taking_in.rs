//! Bringing in what issuers send: byte for byte, once, without overwriting what the learner wrote.

use std::fs;
use std::io::Write;

use serde_json::{Value, json};

use super::{Issuer, imported, signed, text};
use crate::harness::{Learner, project};

#[test]
fn what_is_no_credential_is_refused_and_changes_nothing() {
    let learner = Learner::new();
    let picture = learner.file("plain.png", fs::read(project().join("icons/128x128.png")).unwrap());
    learner.refused(&["import", &picture], "import-unknown");
    let broken = learner.file("broken.json", br#"{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "#);
    let outcome = learner.run(&["import", &broken]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(learner.ok(&["history"]).is_empty());
    learner.is_sound();
}

#[test]
fn every_kind_of_file_comes_in_and_comes_out_byte_for_byte() {
    for format in ["json", "jwt", "png", "svg"] {
        let (_issuer, file) = signed(format);
        let learner = Learner::new();
        let came = imported(&learner, &file);
        assert_eq!((text(&came["fate"]), text(&came["verdict"])), ("added", "valid"), "{format}: {came}");
        let fields = learner.fields("credential", text(&came["credential"]));
        assert_eq!((text(&fields["title"]), text(&fields["status"])), ("Compiler building", "earned"), "{format}");
        learner.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
        assert_eq!(fs::read(learner.path("out")).unwrap(), fs::read(&file).unwrap(), "{format}");
        learner.is_sound();
    }
}

#[test]
fn the_same_credential_twice_is_one() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let first = imported(&learner, &file);
    let again = imported(&learner, &file);
    assert_eq!((text(&again["fate"]), &again["credential"], &again["held"]), ("duplicate", &first["credential"], &first["held"]));
    // The same signature in another spelling of the same JSON.
    let spaced: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let spaced = learner.file("spaced.json", serde_json::to_string_pretty(&spaced).unwrap() + "\n\n");
    assert_eq!(imported(&learner, &spaced)["fate"], "duplicate");
    assert_eq!(learner.titles("credential"), ["Compiler building"]);
}

#[test]
fn a_learner_record_tells_how_its_parts_belong_together_and_keeps_that() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["import", &issuer.argument("did.json")]);
    let report = learner.ok(&["import", &issuer.argument("record.json")])[0].clone();
    let came = report["credentials"].as_array().unwrap();
    assert_eq!(came.iter().map(|it| text(&it["verdict"])).collect::<Vec<_>>(), ["valid", "valid", "valid"], "{report}");
    let part = json!([{"kind": "isPartOf", "source": "Arc", "target": "Welding"}]);
    for one in came {
        let page = learner.ok(&["show", "credential", text(&one["credential"])])[0].clone();
        assert_eq!(page["held"][0]["relations"], part, "{}", one["title"]);
    }
    assert!(learner.plain(&["show", "credential", text(&came[1]["credential"])]).contains("“Arc” is a part of “Welding”"));
    // The record is none of its achievements.
    let fields = learner.fields("credential", text(&came[0]["credential"]));
    assert_eq!((text(&fields["title"]), text(&fields["scope"]), text(&fields["url"])), ("Transcript", "", ""));
    assert_eq!(fields["rubric"].as_array().map(Vec::len), Some(1));
    learner.ok(&["export", "clr", "--out", "mine.json"]);
    let mine: Value = serde_json::from_slice(&fs::read(learner.path("mine.json")).unwrap()).unwrap();
    assert_eq!(mine["credentialSubject"]["association"][0]["associationType"], "isPartOf", "{mine}");
    assert_ne!(learner.run(&["verify", "mine.json"]).results[0]["verdict"], "invalid");
}

#[test]
fn what_the_learner_signed_of_their_own_comes_back_to_what_it_is_about() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada", "email": "ada@example.org"}));
    let rigging = learner.add("skill", json!({"name": "Rigging"}));
    learner.add("story", json!({"title": "The stuck climber", "result": "Down in six minutes", "skills": [rigging]}));
    let rope = json!({"title": "Rope access", "issuer": "IRATA", "identifier": "R-7", "status": "earned", "issued": "2026-01-05", "expires": "2029-03"});
    let rope = learner.add("credential", rope);
    learner.ok(&["export", "clr", "--out", "mine.json"]);
    let report = learner.ok(&["import", "mine.json"])[0].clone();
    assert_eq!((&report["added"], &report["updated"], &report["unchanged"]), (&json!(0), &json!(0), &json!(4)), "{report}");
    assert_eq!(learner.titles("credential"), ["Rope access"]);
    let page = learner.ok(&["show", "credential", &rope])[0].clone();
    assert_eq!((text(&page["fields"]["issuer"]), text(&page["source"]["kind"])), ("IRATA", "self-signed"), "{page}");
    assert_eq!(page["source"]["by"][0]["differs"], json!([]));
    assert_eq!(learner.ok(&["import", "mine.json"])[0]["credentials"].as_array().map(Vec::len), Some(4));
    assert_eq!(learner.ok(&["show", "credential", &rope])[0]["held"].as_array().map(Vec::len), Some(1), "it is held once");
    learner.is_sound();
    // Where nothing of it is known, what it holds comes in, and the record itself is none of that.
    let elsewhere = Learner::new();
    let report = elsewhere.ok(&["import", learner.path("mine.json").to_str().unwrap()])[0].clone();
    assert!(text(&report["skipped"][0]["reason"]).contains("what is in it was taken in"), "{report}");
    assert_eq!(elsewhere.titles("credential"), ["Rope access", "Rigging", "The stuck climber"], "{report}");
}

#[test]
fn importing_again_mends_what_was_damaged() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    let hash = learner.ok(&["show", "credential", text(&came["credential"])])[0]["held"][0]["held"]["sha256"].clone();
    fs::write(learner.vault().join("files").join(&text(&hash)[..2]).join(text(&hash)), "rotten").unwrap();
    learner.refused(&["export", "original", "--id", text(&came["held"]), "--out", "out"], "file-damaged");
    assert_eq!(imported(&learner, &file)["fate"], "duplicate");
    learner.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
    learner.is_sound();
}

#[test]
fn a_credential_comes_in_whatever_became_of_the_learners_own_key() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Compilers"}));
    fs::write(learner.vault().join("key.history.json"), "not a history").unwrap();
    assert_eq!(imported(&learner, &file)["verdict"], "valid");
    // The skill was there, and stays one.
    assert_eq!(learner.titles("skill"), ["Compilers"]);
}

#[test]
fn a_received_credential_is_taken_from_its_record_by_its_own_id() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    let found = learner.ok(&["check", text(&came["credential"]), "--history"]);
    assert_eq!((found.len(), &found[0]["id"], &found[0]["verdict"]), (1, &came["held"], &json!("valid")));
    learner.ok(&["remove", "credential", text(&came["held"])]);
    let page = &learner.ok(&["show", "credential", text(&came["credential"])])[0];
    assert!(page["held"].is_null(), "{page}");
    learner.ok(&["undo"]);
    assert_eq!(learner.ok(&["show", "credential", text(&came["credential"])])[0]["held"].as_array().unwrap().len(), 1);
}

#[test]
fn what_the_learner_wrote_stays_and_what_is_empty_is_filled() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    let id = text(&came["credential"]).to_owned();
    learner.run_with(&["edit", "credential", &id], &json!({"title": "Mine", "notes": "proud"}).to_string());
    imported(&learner, &file);
    let page = &learner.ok(&["show", "credential", &id])[0];
    assert_eq!((text(&page["fields"]["title"]), text(&page["fields"]["notes"])), ("Mine", "proud"));
    let filled = page["held"][0]["filled"].as_array().unwrap();
    let title = filled.iter().find(|it| it["field"] == "title").unwrap();
    assert_eq!((text(&title["value"]), &title["kept"]), ("Compiler building", &json!(false)));
}

#[test]
fn one_undo_takes_an_import_back_and_redo_brings_it() {
    let (_issuer, file) = signed("png");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    learner.ok(&["undo"]);
    assert!(learner.titles("credential").is_empty() && learner.titles("skill").is_empty());
    assert_eq!(learner.run(&["export", "original", "--id", text(&came["held"])]).code, 1);
    learner.ok(&["redo"]);
    learner.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
    assert_eq!(fs::read(learner.path("out")).unwrap(), fs::read(&file).unwrap());
    learner.ok(&["check"]);
    learner.ok(&["undo"]);
    learner.is_sound();
}

#[test]
fn an_archive_brings_each_credential_and_names_what_it_could_not_read() {
    let (_issuer, file) = signed("json");
    let (_other, png) = signed("png");
    let learner = Learner::new();
    let path = learner.path("badges.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for (name, bytes) in [("a.json", fs::read(&file).unwrap()), ("b/c.png", fs::read(&png).unwrap()), ("note.txt", b"hello".to_vec())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    let report = &learner.ok(&["import", path.to_str().unwrap()])[0];
    assert_eq!((&report["format"], &report["added"]), (&json!("credentials"), &json!(2)), "{report}");
    for came in report["credentials"].as_array().unwrap() {
        assert_eq!(came["verdict"], "valid", "{came}");
    }
    learner.ok(&["undo"]);
    assert!(learner.titles("credential").is_empty());
    learner.is_sound();
}

#[test]
fn a_backup_carries_what_was_received_elsewhere() {
    let (_issuer, file) = signed("svg");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    learner.ok(&["backup", "--to", "whole.zip"]);
    let other = Learner::new();
    other.ok(&["restore", learner.path("whole.zip").to_str().unwrap()]);
    other.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
    assert_eq!(fs::read(other.path("out")).unwrap(), fs::read(&file).unwrap());
    assert_eq!(other.ok(&["check"])[0]["verdict"], "valid");
    other.is_sound();
}
