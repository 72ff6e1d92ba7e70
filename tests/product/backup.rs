//! Backups: made, checked, thinned by nobody here, and brought back whole.

use std::fs;

use serde_json::json;

use crate::harness::Learner;

#[test]
fn going_back_to_a_backup_is_undone_as_any_other_step() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    let backup = learner.ok(&["backup"])[0]["path"].as_str().unwrap().to_owned();
    learner.add("skill", json!({"name": "Go"}));
    let restored = learner.ok(&["restore", &backup])[0].clone();
    assert_eq!(learner.titles("skill"), ["Rust"]);
    let last = |learner: &Learner| learner.ok(&["history"])[0].clone();
    assert_eq!((&last(&learner)["action"], &last(&learner)["title"]), (&json!("restore"), &restored["before"]));
    // Its number is none that the state before knows.
    assert_eq!((&restored["step"], &last(&learner)["id"]), (&json!(3), &json!(3)));
    assert_eq!(learner.ok(&["undo"])[0]["step"]["action"], "restore");
    assert_eq!(learner.titles("skill"), ["Rust", "Go"]);
    // Further back it goes in the history of the state that it returned to.
    assert_eq!(last(&learner)["title"], "Go");
    learner.ok(&["undo"]);
    assert_eq!(learner.titles("skill"), ["Rust"]);
    // Without the state before, nothing is taken back, and nothing of the restored vault in its place.
    let restored = learner.ok(&["restore", &backup])[0].clone();
    fs::remove_file(learner.vault().join("backups").join(restored["before"].as_str().unwrap())).unwrap();
    learner.refused(&["undo"], "file-missing");
    assert_eq!(learner.titles("skill"), ["Rust"]);
    learner.is_sound();
}

#[test]
fn a_backup_brings_the_vault_back_and_keeps_the_state_before() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let file = learner.file("report.txt", "as it was");
    learner.ok(&["attach", &evidence, &file]);
    let backup = learner.ok(&["backup"])[0]["path"].as_str().unwrap().to_owned();
    learner.ok(&["remove", "evidence", &evidence]);
    learner.add("skill", json!({"name": "Later"}));
    learner.ok(&["restore", &backup]);
    assert_eq!(learner.titles("evidence"), ["Report"]);
    assert!(learner.titles("skill").is_empty());
    assert_eq!(learner.ok(&["show", "evidence", &evidence])[0]["files"].as_array().unwrap().len(), 1);
    learner.is_sound();
    // The state before the restore is a backup itself.
    let backups = learner.vault().join("backups");
    let newest = fs::read_dir(backups)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .max_by_key(|path| path.metadata().unwrap().modified().unwrap())
        .unwrap();
    learner.ok(&["restore", newest.to_str().unwrap()]);
    assert_eq!(learner.titles("skill"), ["Later"]);
    learner.is_sound();
}

#[test]
fn a_backup_elsewhere_holds_the_files_and_opens_in_an_empty_home() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let file = learner.file("report.txt", "as it was");
    learner.ok(&["attach", &evidence, &file]);
    let to = learner.path("elsewhere");
    fs::create_dir(&to).unwrap();
    let written = learner.ok(&["backup", "--to", to.to_str().unwrap()])[0]["path"].as_str().unwrap().to_owned();
    let other = Learner::new();
    other.ok(&["restore", &written]);
    let page = other.ok(&["show", "evidence", &evidence]).remove(0);
    assert_eq!(page["files"][0]["name"], "report.txt");
    other.is_sound();
}

#[test]
fn backups_of_one_second_lie_side_by_side_and_none_takes_another_files_place() {
    let (one, other) = (Learner::new(), Learner::new());
    let shelf = one.path("shelf");
    fs::create_dir(&shelf).unwrap();
    let mut written = Vec::new();
    for learner in [&one, &other, &one, &other] {
        learner.add("skill", json!({"name": "Rust"}));
        written.push(learner.ok(&["backup", "--to", shelf.to_str().unwrap()])[0]["path"].as_str().unwrap().to_owned());
    }
    let mut names: Vec<_> = fs::read_dir(&shelf).unwrap().map(|entry| entry.unwrap().path().to_str().unwrap().to_owned()).collect();
    names.sort();
    written.sort();
    assert_eq!(names, written);
    // Each holds what its own vault had then.
    let counts = written.iter().map(|file| {
        let elsewhere = Learner::new();
        elsewhere.ok(&["restore", file]);
        elsewhere.titles("skill").len()
    });
    let mut counts: Vec<usize> = counts.collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 1, 2, 2]);
    let precious = one.file("precious.zip", "somebody's own");
    one.refused(&["backup", "--to", &precious], "file-exists");
    assert_eq!(fs::read_to_string(precious).unwrap(), "somebody's own");
}

#[cfg(unix)]
#[test]
fn a_backup_elsewhere_is_for_its_owners_eyes_only() {
    use std::os::unix::fs::PermissionsExt;
    let learner = Learner::new();
    fs::create_dir(learner.vault()).unwrap();
    fs::set_permissions(learner.vault(), fs::Permissions::from_mode(0o755)).unwrap();
    learner.add("skill", json!({"name": "Rust"}));
    learner.ok(&["backup", "--to", "whole.zip"]);
    for path in [learner.path("whole.zip"), learner.database()] {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn the_first_change_of_a_day_makes_its_backup() {
    let learner = Learner::new();
    let daily = || {
        let names = fs::read_dir(learner.vault().join("backups")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("daily-")).collect::<Vec<_>>()
    };
    learner.ok(&["show", "skill"]);
    assert!(daily().is_empty());
    learner.add("skill", json!({"name": "Rust"}));
    let first = daily();
    assert!((1..=2).contains(&first.len()), "{first:?}");
    let backup = learner.vault().join("backups").join(&first[0]);
    let written = fs::metadata(&backup).unwrap().modified().unwrap();
    learner.add("skill", json!({"name": "Go"}));
    assert_eq!(fs::metadata(&backup).unwrap().modified().unwrap(), written, "one a day");
    // It holds what the change left.
    learner.ok(&["restore", backup.to_str().unwrap()]);
    assert_eq!(learner.titles("skill"), ["Rust"]);
    learner.is_sound();
}

#[test]
fn what_is_no_backup_is_refused_and_changes_nothing() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    let garbage = learner.file("garbage.sqlite3", vec![1; 10_000]);
    learner.refused(&["restore", &garbage], "not-a-backup");
    // Nothing is wrong with the vault, and nothing else is said.
    let error = learner.refused(&["restore", &learner.file("a.txt", "words")], "not-a-backup");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("a.txt") && message.contains("not a backup") && !message.contains("the vault's database"), "{message}");
    learner.refused(&["restore", "."], "not-a-file");
    let outcome = learner.run(&["restore", "nowhere"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert_eq!(learner.titles("skill"), ["Rust"]);
    learner.is_sound();
}

#[test]
fn a_backup_that_was_damaged_is_refused() {
    let learner = Learner::new();
    for n in 0..50 {
        learner.add("story", json!({"title": format!("Story {n}"), "situation": "words ".repeat(500)}));
    }
    let backup = learner.ok(&["backup"])[0]["path"].as_str().unwrap().to_owned();
    let mut bytes = fs::read(&backup).unwrap();
    let length = bytes.len();
    bytes[length / 3..length / 3 + 20_000].fill(0xaa);
    fs::write(&backup, bytes).unwrap();
    learner.refused(&["restore", &backup], "not-a-backup");
    assert_eq!(learner.titles("story").len(), 50);
}

#[test]
fn the_doctor_reports_a_missing_and_a_damaged_file() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let (gone, changed) = (learner.file("gone.txt", "gone"), learner.file("changed.txt", "changed"));
    learner.ok(&["attach", &evidence, &gone, &changed]);
    let page = learner.ok(&["show", "evidence", &evidence]).remove(0);
    let at = |name: &str| {
        let file = page["files"].as_array().unwrap().iter().find(|file| file["name"] == name).unwrap();
        let hash = file["sha256"].as_str().unwrap();
        learner.vault().join("files").join(&hash[..2]).join(hash)
    };
    fs::remove_file(at("gone.txt")).unwrap();
    let mut permissions = fs::metadata(at("changed.txt")).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "a test's own temporary file")]
    permissions.set_readonly(false);
    fs::set_permissions(at("changed.txt"), permissions).unwrap();
    fs::write(at("changed.txt"), "CHANGED").unwrap();
    let outcome = learner.run(&["doctor"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    let mut codes: Vec<_> =
        outcome.results[0]["findings"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    assert_eq!(codes, ["file-damaged", "file-missing"]);
}

#[test]
fn the_doctor_sets_aside_what_nothing_knows() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Rust"}));
    let stray = "ab".repeat(32);
    fs::create_dir_all(learner.vault().join("files/ab")).unwrap();
    fs::write(learner.vault().join("files/ab").join(&stray), "stray").unwrap();
    let report = learner.ok(&["doctor"]).remove(0);
    assert_eq!((&report["findings"][0]["code"], &report["findings"][0]["mended"]), (&json!("file-unknown"), &json!(true)));
    assert_eq!(report["findings"][0]["detail"], format!("unknown/{stray}"));
    assert_eq!(fs::read_to_string(learner.vault().join("unknown").join(stray)).unwrap(), "stray");
    learner.is_sound();
}

#[test]
fn a_backup_says_which_key_signed_and_never_holds_its_secret() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    learner.ok(&["backup", "--to", "whole.zip"]);
    let secret = fs::read(learner.vault().join("key")).unwrap();
    let whole = fs::read(learner.path("whole.zip")).unwrap();
    assert!(!whole.windows(secret.len()).any(|window| window == secret));
    let did = learner.ok(&["key", "show"])[0]["did"].clone();
    let other = Learner::new();
    other.ok(&["restore", learner.path("whole.zip").to_str().unwrap()]);
    let key = &other.ok(&["key", "show"])[0];
    // It may be in a keychain, and here there is none to ask.
    assert_eq!((&key["did"], &key["secret"]), (&did, &json!("out-of-reach")), "{key}");
    other.refused(&["export", "packet", "--out", "me.cairn"], "key-locked");
    // No record is lost with it: another key takes its place once the learner says so.
    other.ok(&["key", "rotate", "--lost"]);
    other.ok(&["export", "packet", "--out", "me.cairn"]);
    assert_eq!(other.ok(&["verify", "me.cairn"])[0]["verdict"], "valid");
}
