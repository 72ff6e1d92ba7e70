//! The whole path on real input: a résumé nobody here wrote, evidence added, documents out, a packet that verifies.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::harness::{Learner, foreign_resumes, project, tool};

#[test]
fn a_foreign_resume_becomes_a_pdf_and_a_packet_that_verifies() {
    let resumes = foreign_resumes();
    assert_eq!(resumes.len(), 4);
    for resume in resumes {
        let learner = Learner::new();
        let report = &learner.ok(&["import", resume.to_str().unwrap()])[0];
        assert!(report["added"].as_u64().unwrap() > 5, "{report}");
        let skill = learner.ok(&["show", "skill"])[0]["id"].clone();
        let evidence = learner.add("evidence", json!({"title": "Latency report", "result": "p95 from 900 to 300 ms", "skills": [skill]}));
        learner.add(
            "story",
            json!({"title": "Cut latency", "evidence": [evidence], "metric": {"what": "p95", "before": 900, "after": 300, "unit": "ms"}}),
        );
        let report = learner.file("report.csv", "day,p95\n1,900\n2,300\n");
        learner.ok(&["attach", &evidence, &report]);

        learner.ok(&["export", "resume", "--out", "resume.pdf"]);
        let name = learner.ok(&["show", "profile"])[0]["fields"]["name"].as_str().unwrap().to_owned();
        let text = tool("pdftotext", &["-layout", learner.path("resume.pdf").to_str().unwrap(), "-"]);
        assert!(text.contains(&name), "{name} in {text}");

        learner.ok(&["export", "packet", "--out", "me.cairn"]);
        let verdict = &learner.ok(&["verify", "me.cairn"])[0];
        assert_eq!(verdict["verdict"], "valid", "{verdict}");
        for field in ["file", "reason", "issuer", "proofs", "checked_at"] {
            assert!(!verdict[field].is_null(), "{field} in {verdict}");
        }

        // What others' programs say of the same files.
        learner.ok(&["export", "json-resume", "--out", "resume.json"]);
        tool("node", &["tests/interop/packet.mjs", learner.path("me.cairn").to_str().unwrap()]);
        tool("node", &["tests/interop/json-resume.mjs", learner.path("resume.json").to_str().unwrap()]);
        learner.is_sound();
    }
}

#[test]
fn whatever_is_changed_in_a_packet_is_named() {
    let learner = packed();
    let entries = tampered(&learner.path("me.cairn"), &learner.path("same.cairn"), "", |_| {});
    let verdict = &learner.ok(&["verify", "same.cairn"])[0];
    assert_eq!(verdict["verdict"], "valid", "writing it anew changes nothing: {verdict}");
    assert!(entries.len() >= 4, "{entries:?}");
    for entry in entries {
        tampered(&learner.path("me.cairn"), &learner.path("changed.cairn"), &entry, |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        });
        let outcome = learner.run(&["verify", "changed.cairn"]);
        assert_eq!(outcome.code, 1, "{entry}: {outcome:?}");
        let verdict = &outcome.results[0];
        assert_eq!(verdict["verdict"], "invalid", "{entry}: {verdict}");
        if !entry.starts_with("manifest") {
            let short = entry.rsplit('/').next().unwrap();
            assert!(verdict["changed"].to_string().contains(short), "{entry}: {verdict}");
        }
    }
}

#[test]
fn a_file_added_to_a_packet_is_found() {
    let learner = packed();
    let mut source = zip::ZipArchive::new(File::open(learner.path("me.cairn")).unwrap()).unwrap();
    let mut target = zip::ZipWriter::new(File::create(learner.path("more.cairn")).unwrap());
    for index in 0..source.len() {
        target.raw_copy_file(source.by_index_raw(index).unwrap()).unwrap();
    }
    target.start_file("evidence/forged.txt", SimpleFileOptions::default()).unwrap();
    target.write_all(b"forged").unwrap();
    target.finish().unwrap();
    let outcome = learner.run(&["verify", "more.cairn"]);
    assert_eq!((outcome.code, &outcome.results[0]["verdict"]), (1, &json!("invalid")), "{outcome:?}");
}

#[test]
fn importing_twice_changes_nothing() {
    let learner = Learner::new();
    let resume = foreign_resumes().remove(0);
    let first = learner.ok(&["import", resume.to_str().unwrap()]).remove(0);
    let second = learner.ok(&["import", resume.to_str().unwrap()]).remove(0);
    assert_eq!((&second["added"], &second["updated"]), (&json!(0), &json!(0)), "{second}");
    assert_eq!(second["unchanged"], first["added"]);
}

#[test]
fn json_resume_carries_a_whole_vault_into_an_empty_one() {
    let learner = Learner::new();
    learner.ok(&["import", foreign_resumes()[1].to_str().unwrap()]);
    learner.add(
        "credential",
        json!({"title": "CKA", "type": "badge", "status": "earned", "issued": "2026-03", "competencies": ["Run a cluster"], "hours": 60.5}),
    );
    learner.ok(&["export", "json-resume", "--out", "all.json"]);
    let other = Learner::new();
    other.ok(&["import", learner.path("all.json").to_str().unwrap()]);
    for kind in ["work", "education", "project", "skill", "language", "credential"] {
        assert_eq!(other.titles(kind), learner.titles(kind), "{kind}");
    }
    let of = |learner: &Learner| learner.ok(&["show", "credential"]).iter().map(|record| record["fields"].clone()).collect::<Vec<_>>();
    assert_eq!(of(&other), of(&learner));
}

#[test]
fn a_link_to_what_does_not_belong_there_is_left_behind_and_the_rest_comes_in() {
    let learner = Learner::new();
    let skill = learner.add("skill", json!({"name": "Rust"}));
    learner.add("credential", json!({"title": "CKA", "status": "earned", "skills": [skill]}));
    learner.ok(&["export", "json-resume", "--out", "all.json"]);
    // Elsewhere the same key is a story's, and the file no longer holds the skill.
    let text = std::fs::read_to_string(learner.path("all.json")).unwrap();
    let mut resume: Value = serde_json::from_str(&text).unwrap();
    resume["skills"] = json!([]);
    let other = Learner::new();
    let story = other.add("story", json!({"title": "Launch"}));
    let resume = other.file("all.json", resume.to_string().replace(&skill, &story));
    let report = &other.ok(&["import", &resume])[0];
    let left: Vec<_> = report["skipped"].as_array().unwrap().iter().map(|part| part["reason"].as_str().unwrap()).collect();
    assert!(left.iter().any(|reason| reason.contains("not what belongs there")), "{report}");
    assert_eq!(other.titles("credential"), ["CKA"]);
}

#[test]
fn the_demo_writes_every_document_and_a_valid_packet() {
    let learner = Learner::new();
    let results = learner.ok(&["demo", "--out", "demo"]);
    for (document, formats) in [("resume", 4), ("linkedin", 1), ("packet", 1), ("cards", 1), ("calendar", 1)] {
        let written: Vec<_> = results.iter().filter(|result| result["document"] == document).collect();
        assert!(written.len() >= formats, "{document}: {written:?}");
        for result in written {
            let size = learner.path(result["path"].as_str().unwrap()).metadata().unwrap().len();
            assert!(size > 100 && result["size"] == size, "{result}");
            assert!(document != "packet" || result["verdict"] == "valid", "{result}");
        }
    }
    learner.refused(&["demo", "--out", "demo"], "folder-not-empty");
}

#[test]
fn a_templates_name_that_does_not_exist_is_refused_with_those_that_do() {
    let error = Learner::new().refused(&["export", "resume", "--template", "baroque"], "no-such-template");
    assert!(error["message"].as_str().unwrap().contains("classic"));
}

#[test]
fn an_option_that_would_do_nothing_is_refused_before_anything_is_written() {
    let learner = Learner::new();
    learner.add("credential", json!({ "title": "CKA", "status": "earned" }));
    for options in [
        &["resume", "--id", "0197a000-1111-7222-8333-444444444444"][..],
        &["calendar", "--collection", "Acme"],
        &["linkedin", "--template", "classic"],
        &["packet", "--with-packet"],
        &["badge", "--message", "Hello"],
        &["original", "--format", "json"],
    ] {
        let error = learner.refused(&[&["export", "--out", "out"], options].concat(), "option-unused");
        assert!(error["message"].as_str().unwrap().contains(options[1]), "{error}");
    }
    assert!(!learner.path("out").exists());
}

#[test]
fn what_is_no_packet_cannot_be_checked_and_wrong_usage_says_so() {
    let learner = Learner::new();
    let file = learner.file("note.txt", "hello");
    let outcome = learner.run(&["verify", &file]);
    assert!([1, 3].contains(&outcome.code), "{outcome:?}");
    assert_ne!(outcome.results[0]["verdict"], "valid");
    assert_eq!(learner.run(&["verify"]).code, 2);
    assert_eq!(learner.run(&["add", "unicorn"]).code, 2);
    assert!(project().join("tests").is_dir() && !learner.vault().exists(), "verifying makes no vault");
}

/// A learner with a packet of a sample vault called `me.cairn`.
fn packed() -> Learner {
    let learner = Learner::new();
    learner.ok(&["import", foreign_resumes()[0].to_str().unwrap()]);
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let report = learner.file("report.csv", "a,b\n1,2\n");
    learner.ok(&["attach", &evidence, &report]);
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    learner
}

/// Copies a packet, changing one entry, and returns the names of its entries.
fn tampered(from: &Path, to: &Path, entry: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<String> {
    let mut source = zip::ZipArchive::new(File::open(from).unwrap()).unwrap();
    let mut target = zip::ZipWriter::new(File::create(to).unwrap());
    let mut names = Vec::new();
    for index in 0..source.len() {
        let mut read = source.by_index(index).unwrap();
        let (name, mut bytes) = (read.name().unwrap().into_owned(), Vec::new());
        read.read_to_end(&mut bytes).unwrap();
        if name == entry {
            change(&mut bytes);
        }
        target.start_file(&name, SimpleFileOptions::default().compression_method(read.compression())).unwrap();
        target.write_all(&bytes).unwrap();
        names.push(name);
    }
    target.finish().unwrap();
    names
}
