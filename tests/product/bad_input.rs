//! Bad input: a clear sentence that says what and where, exit code 1, nothing written.

use std::fs::{self, File};
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Learner, PROGRAM, finish, sql};

/// Everything the vault holds, as far as a learner can tell.
fn state(learner: &Learner) -> (Value, Value) {
    let kinds = ["credential", "evidence", "work", "skill", "budget-line"].map(|kind| learner.ok(&["show", kind]));
    (json!(kinds), json!(learner.ok(&["history"])))
}

#[test]
fn broken_json_is_refused_with_its_place() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    let before = state(&learner);
    let file = learner.file("broken.json", "{\n  \"basics\": {\"name\": \"Ada\",\n}");
    let error = learner.refused(&["import", &file], "import-unreadable");
    assert!(error["message"].as_str().unwrap().contains("line 3"), "{error}");
    let error = learner.run_with(&["add", "credential"], "{\"title\": ").refused("not-json");
    assert_eq!(error["params"]["line"], 1);
    let error = learner.run_with(&["add", "credential"], r#"[{"title": "CKA"}, {"title": "CKS", "title": "CKAD"}]"#).refused("not-json");
    assert_eq!(error["params"]["path"], "/1/title");
    assert_eq!(state(&learner), before);
}

#[test]
fn a_wrong_type_in_json_resume_refuses_the_file_and_names_the_path() {
    let learner = Learner::new();
    let before = state(&learner);
    for (file, path) in [
        (json!({"work": [{"name": "Acme", "startDate": 2024}]}), "/work/0/startDate"),
        (json!({"basics": {"name": "Ada", "profiles": {"network": "x"}}}), "/basics/profiles"),
        (json!({"skills": [{"name": "Rust", "keywords": ["a", 7]}]}), "/skills/0/keywords/1"),
        (json!({"work": "none"}), "/work"),
    ] {
        let name = learner.file("wrong.json", file.to_string());
        let error = learner.refused(&["import", &name], "import-unreadable");
        assert!(error["message"].as_str().unwrap().contains(path), "{path}: {error}");
        assert_eq!(state(&learner), before);
    }
}

#[test]
fn a_record_that_breaks_a_rule_is_refused_with_the_field() {
    let learner = Learner::new();
    let before = state(&learner);
    for (kind, fields, path, rule) in [
        ("work", json!({"name": "Acme", "start": "2024", "end": "2023-12"}), "/end", "end-before-start"),
        ("credential", json!({"title": "CKA", "issued": "2026-03", "expires": "2025"}), "/expires", "end-before-start"),
        ("credential", json!({"title": ""}), "/title", "required"),
        ("credential", json!({"title": "CKA", "url": "javascript:alert(1)"}), "/url", "not-an-address"),
        ("credential", json!({"title": "CKA", "hours": -1}), "/hours", "out-of-range"),
        ("budget-line", json!({"title": "Fee", "planned": "-1"}), "/planned", "negative"),
        ("budget-line", json!({"title": "Fee", "planned": "1000000000001"}), "/planned", "out-of-range"),
        ("budget-line", json!({"title": "Fee", "planned": "1.001"}), "/planned", "too-precise"),
        ("budget-line", json!({"title": "Fee", "currency": "XXZ"}), "/currency", "unknown-currency"),
        ("story", json!({"title": "x".repeat(501)}), "/title", "too-long"),
        ("collection", json!({"title": "For Acme", "language": "no language"}), "/language", "not-a-language"),
    ] {
        let error = learner.run_with(&["add", kind], &fields.to_string()).refused("record-invalid");
        assert_eq!((&error["problems"][0]["path"], &error["problems"][0]["rule"]), (&json!(path), &json!(rule)), "{error}");
        assert!(error["message"].as_str().unwrap().contains(path), "{error}");
    }
    assert_eq!(state(&learner), before);
}

#[test]
fn a_record_that_cannot_be_read_is_refused_with_the_reason() {
    let learner = Learner::new();
    let before = state(&learner);
    for (kind, fields, named) in [
        ("credential", json!({"title": "CKA", "colour": "red"}), "colour"),
        ("credential", json!({"title": 7}), "title"),
        ("credential", json!({"title": "CKA", "status": "lost"}), "lost"),
        ("credential", json!({"title": "CKA", "issued": "2024-13"}), "2024-13"),
        ("budget-line", json!({"title": "Fee", "planned": "1e40"}), "planned"),
        ("budget-line", json!({"title": "Fee", "planned": "99999999999999999999999999999999999999"}), "planned"),
        ("credential", json!([["nested"]]), ""),
    ] {
        let error = learner.run_with(&["add", kind], &fields.to_string()).refused("record-unreadable");
        assert!(error.to_string().contains(named), "{named}: {error}");
    }
    let nowhere = "0197a000-0000-7000-8000-000000000000";
    let story = json!({"title": "A link into nowhere", "skills": [nowhere]});
    learner.run_with(&["add", "story"], &story.to_string()).refused("link-target");
    learner.refused(&["show", "credential", nowhere], "not-found");
    assert_eq!(state(&learner), before);
}

#[test]
fn a_refusal_says_what_was_given_what_is_wanted_where_and_in_which_file() {
    let learner = Learner::new();
    for (kind, fields, said) in [
        ("credential", json!({"status": "banana"}), "/status: “banana” is not one of considering, planned, in-progress, earned, expired."),
        ("sprint", json!({"weeks": -5}), "/weeks: -5 is not a whole number, 0 or more."),
        ("credential", json!({"title": 5}), "/title: 5 is not text."),
        ("story", json!({"skills": ["0197a000"]}), "/skills/0: “0197a000” is not the id of a skill, which looks like "),
        ("interest", json!({"nmae": "x"}), "/nmae: there is no field “nmae”; the fields are name, keywords."),
        ("credential", json!({"title": "CKA", "issued": "2026-03", "expires": "2025"}), "/expires: lies before /issued."),
        (
            "study-block",
            json!({"title": "Read", "start": "2024-02-20T10:00:00Z"}),
            "/start: “2024-02-20T10:00:00Z” is not a day and time like 2024-03-09T18:30",
        ),
        ("deadline", json!({"title": "Exam", "date": "soon"}), "/date: “soon” is not a day like 2024-03-09."),
    ] {
        let file = learner.file("record.json", fields.to_string());
        for (arguments, input) in [(&["add", kind][..], fields.to_string()), (&["add", kind, &file], String::new())] {
            let (code, printed, words) = learner.person(arguments, &input);
            assert_eq!((code, printed.as_str()), (1, ""), "{words}");
            assert!(words.contains(said) && words.ends_with(" Nothing was changed.\n"), "{said} is not in {words}");
            assert_eq!(words.starts_with(&file), arguments.len() == 3, "{words}");
        }
    }
    for (input, said) in
        [("", "Standard input is empty. "), ("{\"title\": ", "it ends too early, at line 1, column 10."), ("{,}", "at line 1, column 2.")]
    {
        let (code, _, words) = learner.person(&["add", "credential"], input);
        assert!(code == 1 && words.contains(said) && words.ends_with(" Nothing was changed.\n"), "{words}");
    }
    let (code, _, words) = learner.person(&["show", "skill", "0197a000"], "");
    assert!(code == 2 && words.contains("is not the id of a record, which looks like "), "{words}");
    let (_, _, words) = learner.person(&["export", "resume", "--format", "docx"], "");
    assert_eq!(words, "There is no format “docx”; there is pdf, text, markdown, json, cairn, ics.\n");
    assert!(learner.ok(&["history"]).is_empty());
}

#[test]
fn a_time_is_taken_as_people_write_it() {
    let learner = Learner::new();
    for start in ["2024-02-20T10:00", "2024-02-20 10:00", "2024-02-20T10:00:00"] {
        let id = learner.add("study-block", json!({"title": "Read", "start": start}));
        assert_eq!(learner.fields("study-block", &id)["start"], "2024-02-20T10:00:00");
    }
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    assert_eq!(learner.run(&["verify", "me.cairn", "--at", "2020-01-01"]).code, 1);
    learner.ok(&["verify", "me.cairn", "--at", "2100-01-01"]);
    learner.ok(&["verify", "me.cairn", "--at", "2100-01-01T12:00:00+01:00"]);
    let (code, _, words) = learner.person(&["verify", "me.cairn", "--at", "1.6.2025"], "");
    assert!(code == 2 && words.contains("2025-06-01T12:00:00Z"), "{words}");
}

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
fn the_doctor_says_what_it_found_what_it_did_and_what_to_do() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Load test"}));
    let file = learner.file("report.txt", "as it was");
    learner.ok(&["attach", &evidence, &file]);
    let kept = walk(&learner.vault().join("files")).remove(0);
    fs::remove_file(&kept).unwrap();
    let shelf = learner.vault().join("files/00");
    fs::create_dir_all(&shelf).unwrap();
    fs::write(shelf.join("0".repeat(64)), "nobody's").unwrap();
    let (code, printed, _) = learner.person(&["doctor"], "");
    assert_eq!(code, 1);
    let missing = "The file “report.txt” of the evidence “Load test” is missing. Attach or import the same file again";
    assert!(
        printed.contains(missing)
            && printed.contains("A file that no record, no history and no backup names was set aside: it lies in the vault as "),
        "{printed}"
    );
    learner.ok(&["attach", &evidence, &file]);
    assert_eq!(learner.plain(&["doctor"]), "The vault is sound.\n");
}

#[test]
fn an_attachment_that_cannot_be_kept_is_refused() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let before = state(&learner);
    learner.refused(&["attach", &evidence, "nowhere.pdf"], "file-missing");
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
    for entry in walk(&learner.vault().join("files")) {
        let name = entry.rsplit('/').next().unwrap();
        assert!(name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{entry}");
    }
    learner.is_sound();
}

#[test]
fn a_full_disk_refuses_the_change_and_keeps_the_vault() {
    let learner = Learner::new();
    let disk = learner.path("small");
    fs::create_dir(&disk).unwrap();
    let small = disk.to_str().unwrap();
    if !Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs", small]).status().is_ok_and(|status| status.success()) {
        println!("skipped: mounting a small disk takes root");
        return;
    }
    let vault = disk.join("vault");
    let mut outcome = learner.run(&["--vault", vault.to_str().unwrap(), "show", "skill"]);
    let evidence = json!({"title": "Report"}).to_string();
    let at = |arguments: &[&str], input: &str| learner.run_with(&[&["--vault", vault.to_str().unwrap()], arguments].concat(), input);
    if outcome.code == 0 {
        let id = at(&["add", "evidence"], &evidence).results[0]["id"].as_str().unwrap().to_owned();
        let big = learner.file("big.bin", vec![7; 5 << 20]);
        outcome = at(&["attach", &id, &big], "");
        outcome.refused("disk-full");
        fs::write(disk.join("filler"), vec![0; 5 << 20]).unwrap_err();
        let mut told = 0;
        for _ in 0..400 {
            outcome = at(&["add", "story"], &json!({"title": "Long", "situation": "s".repeat(19_000)}).to_string());
            if outcome.code != 0 {
                break;
            }
            told += 1;
        }
        outcome.refused("disk-full");
        // To the last byte, so that not even what connections share has room: everything that was told is read and brought out.
        let mut rest = fs::OpenOptions::new().append(true).open(disk.join("filler")).unwrap();
        while std::io::Write::write(&mut rest, &[0]).is_ok_and(|written| written > 0) {}
        drop(rest);
        let stories = at(&["show", "story"], "");
        assert_eq!((stories.code, stories.results.len()), (0, told), "{}", stories.words);
        assert_eq!(at(&["show", "evidence", &id], "").code, 0);
        let (out, whole) = (learner.path("out.json"), learner.path("whole.zip"));
        for arguments in [
            ["export", "json-resume", "--out", out.to_str().unwrap()].as_slice(),
            &["backup", "--to", whole.to_str().unwrap()],
            &["search", "long"],
        ] {
            let outcome = at(arguments, "");
            assert_eq!(outcome.code, 0, "{arguments:?}: {outcome:?}");
        }
        for (arguments, input) in [(["add", "skill"].as_slice(), r#"{"name": "Rust"}"#), (&["backup"], ""), (&["undo"], "")] {
            at(arguments, input).refused("disk-full");
        }
        let elsewhere = Learner::new();
        elsewhere.ok(&["restore", whole.to_str().unwrap()]);
        assert_eq!(elsewhere.titles("story").len(), told);
        fs::remove_file(disk.join("filler")).unwrap();
        let story = at(&["add", "story"], &json!({"title": "Room again"}).to_string());
        let sound = at(&["doctor"], "");
        assert_eq!((story.code, sound.code), (0, 0), "{story:?} {sound:?}");
        assert_eq!(at(&["show", "story"], "").results.len(), told + 1);
    }
    assert!(Command::new("umount").arg(small).status().unwrap().success());
}

#[test]
fn a_read_only_vault_can_be_read_and_refuses_changes() {
    let learner = Learner::new();
    let id = learner.add("skill", json!({"name": "Rust"}));
    let Some(mut nobody) = as_nobody(&learner) else { return };
    for entry in [learner.vault(), learner.database()] {
        set_mode(entry.to_str().unwrap(), if entry.is_dir() { 0o555 } else { 0o444 });
    }
    finish(nobody.args([PROGRAM, "--json", "add", "skill"]), r#"{"name": "Go"}"#).refused("vault-read-only");
    let Some(mut nobody) = as_nobody(&learner) else { return };
    let shown = finish(nobody.args([PROGRAM, "--json", "show", "skill", &id]), "");
    assert_eq!((shown.code, &shown.results[0]["fields"]["name"]), (0, &json!("Rust")), "{shown:?}");
}

#[test]
fn a_vault_that_cannot_be_there_is_named_with_its_cause() {
    let learner = Learner::new();
    let file = learner.file("a.txt", "words");
    for place in [file.clone(), format!("{file}/vault")] {
        let error = learner.refused(&["--vault", &place, "show", "skill"], "vault-not-a-folder");
        assert_eq!(error["params"]["path"], place);
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "words");
    let (closed, new) = (learner.path("closed"), learner.path("closed/new"));
    let Some(mut nobody) = as_nobody(&learner) else { return };
    fs::create_dir(&closed).unwrap();
    set_mode(closed.to_str().unwrap(), 0o000);
    let error =
        finish(nobody.args([PROGRAM, "--json", "--vault", closed.to_str().unwrap(), "show", "skill"]), "").refused("vault-no-access");
    assert!(error["message"].as_str().unwrap().contains(closed.to_str().unwrap()), "{error}");
    set_mode(closed.to_str().unwrap(), 0o555);
    let Some(mut nobody) = as_nobody(&learner) else { return };
    finish(nobody.args([PROGRAM, "--json", "--vault", new.to_str().unwrap(), "show", "skill"]), "").refused("vault-no-access");
    set_mode(closed.to_str().unwrap(), 0o755);
}

#[test]
fn where_nothing_can_be_written_the_place_is_called_as_the_learner_called_it() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    let closed = learner.path("closed");
    fs::create_dir(&closed).unwrap();
    let closed = closed.to_str().unwrap();
    let page = format!("{closed}/page.pdf");
    for arguments in [["export", "resume", "--out", &page].as_slice(), &["backup", "--to", closed]] {
        let Some(mut nobody) = as_nobody(&learner) else { return };
        set_mode(closed, 0o555);
        let outcome = finish(nobody.args([PROGRAM, "--json"]).args(arguments), "");
        set_mode(closed, 0o755);
        let error = outcome.refused("not-writable");
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(closed), "{message}");
        assert!([".part", ".sqlite3", ".cairn-"].iter().all(|inner| !message.contains(inner)), "{message}");
        assert!(fs::read_dir(closed).unwrap().next().is_none(), "{arguments:?} left something");
    }
}

#[test]
fn a_vault_that_lost_its_database_offers_its_newest_good_backup_and_keeps_its_files() {
    for gone in [false, true] {
        let learner = Learner::new();
        let evidence = learner.add("evidence", json!({"title": "Report"}));
        learner.ok(&["attach", &evidence, &learner.file("report.txt", "as it was")]);
        let backup = learner.ok(&["backup"])[0]["path"].as_str().unwrap().to_owned();
        let files = walk(&learner.vault().join("files"));
        if gone {
            fs::remove_file(learner.database()).unwrap()
        } else {
            fs::write(learner.database(), "").unwrap()
        }
        for arguments in [["show", "evidence"].as_slice(), &["doctor"], &["add", "skill"], &["backup"]] {
            let error = learner.refused(arguments, "vault-damaged");
            assert_eq!(error["params"]["backup"], backup, "{arguments:?}");
        }
        assert_eq!(walk(&learner.vault().join("files")), files);
        learner.ok(&["restore", &backup]);
        assert_eq!(learner.ok(&["show", "evidence", &evidence])[0]["files"][0]["name"], "report.txt");
        learner.is_sound();
    }
}

#[test]
fn a_vault_from_a_newer_cairn_is_left_untouched() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    sql(&learner.database(), "UPDATE meta SET value = 9999 WHERE key = 'oldest_reader'; PRAGMA user_version = 9999");
    let before = fs::read(learner.database()).unwrap();
    let error = learner.refused(&["show", "skill"], "vault-newer");
    assert_eq!(error["params"]["needed"], 9999);
    assert_eq!(fs::read(learner.database()).unwrap(), before);
}

#[test]
fn a_newer_schema_that_breaks_nothing_still_opens() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    sql(&learner.database(), "PRAGMA user_version = 9999");
    assert_eq!(learner.titles("skill"), ["Rust"]);
}

#[test]
fn a_damaged_vault_offers_its_newest_good_backup() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    let backup = learner.ok(&["backup"])[0]["path"].as_str().unwrap().to_owned();
    let mut bytes = fs::read(learner.database()).unwrap();
    bytes[..4096].fill(0x55);
    fs::write(learner.database(), bytes).unwrap();
    let error = learner.refused(&["show", "skill"], "vault-damaged");
    assert_eq!(error["params"]["backup"], backup);
    learner.refused(&["add", "skill"], "vault-damaged");
    learner.ok(&["restore", &backup]);
    assert_eq!(learner.titles("skill"), ["Rust"]);
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

/// A command prefix that runs as a user with no rights of root's; `None` (said) where that cannot be had.
fn as_nobody(learner: &Learner) -> Option<Command> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let mut command = Command::new(if root { "setpriv" } else { "env" });
    learner.at_home(&mut command);
    if root {
        // What the home holds must be this user's own, as it would be.
        let owned = Command::new("chown").args(["-R", "65534:65534"]).arg(learner.path("")).status().unwrap();
        assert!(owned.success());
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        let reachable = Command::new("setpriv").args(["--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM, "--version"]).output();
        if !reachable.is_ok_and(|output| output.status.success()) {
            println!("skipped: another user cannot run {PROGRAM} here");
            return None;
        }
    }
    Some(command)
}

fn set_mode(path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path.to_string_lossy().into_owned()) }
    }
    found
}

#[test]
fn a_rate_counts_once_for_the_currency_it_was_typed_for() {
    let learner = Learner::new();
    let rates = |rates: Value| json!({"rates": rates}).to_string();
    let id = learner.add("money-settings", json!({"home_currency": "EUR", "rates": [{"currency": "GBP", "rate": "1.15"}]}));
    let edit = |patch: String| learner.run_with(&["edit", "money-settings", &id], &patch);
    let twice = json!([{"currency": "USD", "rate": "1"}, {"currency": "USD", "rate": "2"}]);
    let error = edit(rates(twice)).refused("record-invalid");
    assert_eq!((&error["problems"][0]["path"], &error["problems"][0]["rule"]), (&json!("/rates/1/currency"), &json!("repeated")));
    let error = edit(rates(json!([{"currency": "USD", "rate": "0"}]))).refused("record-invalid");
    assert_eq!(error["problems"][0]["rule"], "not-positive");
    // Another home currency makes every rate wrong.
    learner.add("budget-line", json!({"title": "Fee", "planned": "100", "currency": "GBP"}));
    edit(json!({"home_currency": "JPY"}).to_string());
    assert_eq!(learner.fields("money-settings", &id)["rates"], json!([]));
    assert_eq!(learner.ok(&["money"])[0]["missing_rates"], json!(["GBP"]));
    learner.ok(&["undo"]);
    assert_eq!(learner.fields("money-settings", &id)["rates"][0]["rate"], "1.15");
}
