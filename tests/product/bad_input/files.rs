//! Files that cannot be taken in, and names that would do harm.

use std::fs::{self, File};

use serde_json::json;

use super::{as_nobody, set_mode, state};
use crate::harness::{Learner, PROGRAM, finish};

#[test]
fn nothing_from_a_file_steers_the_terminal() {
    let learner = Learner::new();
    let name = "Ada\u{1b}[31m\u{202e}evol\u{9b}2J\r\nLovelace";
    let resume = json!({"basics": {"name": name, "email": "no\u{1b}]0;x\u{7}"}, "awards": [{"title": name, "date": "20\u{1b}[5m"}],
        "skills": [{"name": name}], "x-cairn": {"version": 1, "records": [{"kind": "story", "fields": {"title": name, "colour\u{1b}[1m": 1}}]}});
    let file = learner.file("resume\u{1b}[31m.json", resume.to_string());
    let stranger = learner.file("stranger\u{1b}[31m.txt", "hello");
    let skill = || learner.ok(&["show", "skill"])[0]["id"].as_str().unwrap().to_owned();
    let mut seen = vec![learner.person(&["import", &file, &stranger], "")];
    let evidence = learner.add("evidence", json!({"title": name}));
    for arguments in [
        &["show", "profile"][..],
        &["show", "skill"],
        &["show", "award"],
        &["history"],
        &["search", "ada"],
        &["today"],
        &["verify", &stranger],
        &["attach", &evidence, &stranger],
        &["show", "evidence", &evidence],
        &["remove", "skill", &skill()],
        &["undo"],
        &["doctor"],
    ] {
        seen.push(learner.person(arguments, ""));
    }
    seen.push(learner.person(&["add", "skill"], &json!({"name": name}).to_string()));
    let texts = seen.iter().flat_map(|(_, printed, words)| [printed, words]);
    for text in texts.clone() {
        assert!(!text.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'), "{text:?}");
    }
    // It was there to be seen, and programs get it whole.
    assert!(texts.filter(|text| text.contains("Ada\u{fffd}[31m\u{fffd}evol")).count() > 6, "{seen:?}");
    assert_eq!(learner.ok(&["show", "skill"])[0]["fields"]["name"], name);
}

#[test]
fn what_cannot_be_imported_hears_what_can() {
    let learner = Learner::new();
    let png = [&b"\x89PNG\r\n\x1a\n"[..], b"\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde", b"\0\0\0\0IEND\xaeB`\x82"].concat();
    for (name, bytes, said) in [
        ("picture.png", &png[..], "a picture without a badge in it"),
        ("picture.gif", b"GIF89a", "a picture of a kind that holds no badge"),
        ("page.html", b"<html></html>", "without a badge"),
        ("letter.pdf", b"%PDF-1.7", "a PDF"),
        ("words.txt", b"hello", "none of the formats"),
    ] {
        let file = learner.file(name, bytes);
        let error = learner.refused(&["import", &file], "import-unknown");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(said) && message.contains("badges (JSON, JWT, baked PNG and SVG, ZIP)"), "{message}");
    }
    // The whole of standard input is one file.
    let report = learner.run_with(&["import", "-"], &json!({"skills": [{"name": "Rust"}]}).to_string());
    assert_eq!((report.code, report.results[0]["added"].as_u64()), (0, Some(1)), "{report:?}");
    learner.run_with(&["import", "-"], "").refused("import-unknown");
}

#[test]
fn an_attachment_that_cannot_be_kept_is_refused() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let before = state(&learner);
    learner.refused(&["attach", &evidence, "nowhere.pdf"], "file-missing");
    let there = learner.file("there.txt", "one of two");
    learner.refused(&["attach", &evidence, &there, "nowhere.pdf"], "file-missing");
    fs::create_dir(learner.path("folder")).unwrap();
    learner.refused(&["attach", &evidence, "folder"], "not-a-file");
    learner.refused(&["attach", &evidence, "/dev/zero"], "not-a-file");
    // Sparse: 2 GiB and a byte that take no room.
    File::create(learner.path("huge.bin")).unwrap().set_len((2 << 30) + 1).unwrap();
    learner.refused(&["attach", &evidence, "huge.bin"], "file-too-large");
    assert_eq!(state(&learner), before);
    assert!(learner.ok(&["show", "evidence", &evidence])[0]["files"].as_array().unwrap().is_empty());
    learner.is_sound();
}

#[test]
fn an_unreadable_attachment_is_refused() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    if let Some(mut nobody) = as_nobody(&learner) {
        let secret = learner.file("secret.txt", "no");
        set_mode(&secret, 0o000);
        finish(nobody.args([PROGRAM, "--json", "attach", &evidence, &secret]), "").refused("file-failed");
    }
}

#[test]
fn names_are_shown_safely_and_never_become_paths() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let tricky = learner.file("photo\u{202e}gpj.exe\n", "x");
    learner.ok(&["attach", &evidence, &tricky]);
    let page = learner.ok(&["show", "evidence", &evidence]).remove(0);
    assert_eq!(page["files"][0]["name"], "photo\u{fffd}gpj.exe\u{fffd}");
    let below = learner.path("below");
    fs::create_dir(&below).unwrap();
    learner.file("x", "outside");
    learner.ok(&["attach", &evidence, "below/../x"]);
    let page = learner.ok(&["show", "evidence", &evidence]).remove(0);
    assert!(page["files"].as_array().unwrap().iter().any(|file| file["name"] == "x"), "{page}");
    // What the vault keeps is named by hash alone.
    for entry in learner.kept_files() {
        let name = entry.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
    }
    learner.is_sound();
}

#[test]
fn one_bad_file_keeps_no_good_one_out() {
    let learner = Learner::new();
    let good = learner.file("good.json", json!({"skills": [{"name": "Rust"}]}).to_string());
    let bad = learner.file("bad.json", "{");
    let outcome = learner.run(&["import", &bad, &good, "nowhere.json"]);
    assert_eq!((outcome.code, learner.titles("skill")), (1, vec!["Rust".to_owned()]), "{outcome:?}");
}
