//! Vaults that are damaged or of another time, and places where nothing can be written.

use std::fs;
use std::process::Command;

use serde_json::json;

use super::{as_nobody, set_mode};
use crate::harness::{Learner, PROGRAM, finish, sql};

#[test]
fn the_doctor_says_what_it_found_what_it_did_and_what_to_do() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Load test"}));
    let file = learner.file("report.txt", "as it was");
    learner.ok(&["attach", &evidence, &file]);
    let kept = learner.kept_files().remove(0);
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
        let files = learner.kept_files();
        if gone {
            fs::remove_file(learner.database()).unwrap()
        } else {
            fs::write(learner.database(), "").unwrap()
        }
        for arguments in [["show", "evidence"].as_slice(), &["doctor"], &["add", "skill"], &["backup"]] {
            let error = learner.refused(arguments, "vault-damaged");
            assert_eq!(error["params"]["backup"], backup, "{arguments:?}");
        }
        assert_eq!(learner.kept_files(), files);
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
