//! What a vault does where something is damaged, missing or meant to do harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cairn_domain::evidence::Evidence;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::doctor::Ailment;
use cairn_vault::file::{Arrived, Attached};
use cairn_vault::list::ListQuery;
use cairn_vault::{Change, Folder, Vault, VaultError, backup};
use chrono::{DateTime, Utc};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn clock() -> DateTime<Utc> {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn next_day() -> DateTime<Utc> {
    "2026-11-23T00:10:00Z".parse().unwrap()
}

fn open(home: &Path, name: &str) -> Arc<Vault> {
    Vault::open(Folder::at(home.join(name)), clock).unwrap()
}

fn evidence(vault: &Vault, title: &str, result: &str) -> RecordId {
    let id = RecordId::new(uuid::Uuid::now_v7());
    let record = AnyRecord::from(Evidence { title: title.into(), result: result.into(), ..Evidence::default() });
    vault.change(&Change::of("add", Kind::Evidence, id, title), |writer| writer.insert(id, &record, false)).unwrap();
    id
}

fn attach(vault: &Vault, evidence: RecordId, name: &str, content: &str) -> Attached {
    let mut incoming = vault.receive(name).unwrap();
    incoming.write(content.as_bytes()).unwrap();
    let file = Arrived { staged: incoming.finish().unwrap(), name: name.to_owned(), media_type: "text/plain" };
    vault.attach(evidence, name, vec![file]).unwrap().value.remove(0)
}

fn at(vault: &Vault, file: &Attached) -> PathBuf {
    vault.folder().file(&file.sha256).unwrap()
}

fn titles(vault: &Vault) -> Vec<String> {
    let page = vault.read(|reader| reader.list(Kind::Evidence, &ListQuery::default())).unwrap();
    page.items.into_iter().map(|item| item.title).collect()
}

fn found(vault: &Vault) -> Vec<(Ailment, String)> {
    vault.examine(|_, _| true).unwrap().into_iter().map(|finding| (finding.what, finding.detail)).collect()
}

/// A vault too large to be checked whole at every opening, with one backup, closed, and with pages in its middle overwritten.
fn damaged_within(home: &Path) -> Folder {
    let vault = open(home, "vault");
    for n in 0..600 {
        evidence(&vault, &format!("Report {n}"), &format!("number {n} ").repeat(250));
    }
    vault.back_up_daily().unwrap().unwrap();
    let folder = vault.folder().clone();
    drop(vault);
    let mut bytes = fs::read(folder.database()).unwrap();
    assert!(bytes.len() > 3 << 20);
    let middle = bytes.len() / 8 * 5;
    bytes[middle..middle + 40_000].fill(0xaa);
    fs::write(folder.database(), bytes).unwrap();
    folder
}

#[test]
fn the_name_of_a_kind_is_no_word_of_a_record() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    evidence(&vault, "Report", "");
    evidence(&vault, "Evidence of reading", "");
    let words = |text: &str| ListQuery { text: text.into(), ..ListQuery::default() };
    let listed = vault.read(|reader| reader.list(Kind::Evidence, &words("evid"))).unwrap();
    assert_eq!((listed.total, listed.items[0].title.as_str()), (1, "Evidence of reading"));
    let hits = vault.read(|reader| reader.search("evidence", 9)).unwrap();
    assert_eq!(hits.len(), 1);
}

#[test]
fn attaching_a_damaged_file_again_mends_it() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    fs::write(at(&vault, &file), "as it is not").unwrap();
    assert_eq!(found(&vault), [(Ailment::FileDamaged, "report.txt".to_owned())]);
    attach(&vault, report, "report.txt", "as it was");
    assert!(found(&vault).is_empty());
    assert_eq!(fs::read(at(&vault, &file)).unwrap(), b"as it was");
}

#[test]
fn a_lost_file_stands_neither_in_the_way_of_a_whole_backup_nor_of_its_restore() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let report = evidence(&vault, "Report", "");
    let [sound, changed, gone] =
        ["sound.txt", "changed.txt", "gone.txt"].map(|name| attach(&vault, report, name, &format!("this is {name}")));
    fs::write(at(&vault, &changed), "something else").unwrap();
    fs::remove_file(at(&vault, &gone)).unwrap();
    let whole = home.path().join("whole.zip");
    let mut lost: Vec<_> =
        vault.back_up_whole(&whole, |_, _| true).unwrap().into_iter().map(|finding| (finding.what.name(), finding.detail)).collect();
    lost.sort();
    assert_eq!(lost, [("file-damaged", "changed.txt".to_owned()), ("file-missing", "gone.txt".to_owned())]);

    let other = open(home.path(), "other");
    let mut findings: Vec<_> = other.restore(&whole).unwrap().findings.into_iter().map(|finding| finding.detail).collect();
    findings.sort();
    assert_eq!(findings, ["changed.txt", "gone.txt"]);
    assert_eq!(titles(&other), ["Report"]);
    assert_eq!(fs::read(at(&other, &sound)).unwrap(), b"this is sound.txt");
    // What is sound here is not taken from a backup that has it damaged; what is damaged here is mended by one that has it.
    fs::write(at(&vault, &changed), "this is changed.txt").unwrap();
    assert!(matches!(vault.back_up_whole(&whole, |_, _| true), Err(VaultError::Exists(_))));
    fs::remove_file(&whole).unwrap();
    vault.back_up_whole(&whole, |_, _| true).unwrap();
    fs::write(at(&other, &sound), "rotten").unwrap();
    let findings: Vec<_> = other.restore(&whole).unwrap().findings.into_iter().map(|finding| finding.detail).collect();
    assert_eq!(findings, ["gone.txt"]);
    assert_eq!(fs::read(at(&other, &sound)).unwrap(), b"this is sound.txt");
}

#[test]
fn what_was_taken_off_comes_back_after_a_restore_elsewhere() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    vault.detach(file.id).unwrap();
    let whole = home.path().join("whole.zip");
    assert!(vault.back_up_whole(&whole, |_, _| true).unwrap().is_empty());
    let other = open(home.path(), "other");
    assert!(other.restore(&whole).unwrap().findings.is_empty());
    other.undo(None).unwrap().unwrap();
    assert_eq!(fs::read(at(&other, &file)).unwrap(), b"as it was");
    assert!(found(&other).is_empty());
}

#[test]
fn the_doctor_leaves_what_only_the_history_of_a_backup_knows() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let before = vault.back_up_now().unwrap();
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    vault.detach(file.id).unwrap();
    let after = vault.back_up_now().unwrap();
    vault.restore(&before.path).unwrap();
    assert!(found(&vault).is_empty());
    vault.restore(&after.path).unwrap();
    vault.undo(None).unwrap().unwrap();
    assert!(found(&vault).is_empty());
}

#[test]
fn a_backup_that_names_files_by_paths_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    let made = vault.back_up_now().unwrap();
    let hostile = home.path().join("hostile.sqlite3");
    fs::copy(&made.path, &hostile).unwrap();
    let path = format!("../../{}", "x".repeat(58));
    let connection = rusqlite::Connection::open(&hostile).unwrap();
    connection.execute("UPDATE evidence_file SET sha256 = ?1 WHERE sha256 = ?2", [&path, &file.sha256]).unwrap();
    drop(connection);
    let mut archive = ZipWriter::new(fs::File::create(home.path().join("hostile.zip")).unwrap());
    archive.start_file("cairn.sqlite3", SimpleFileOptions::default()).unwrap();
    archive.write_all(&fs::read(&hostile).unwrap()).unwrap();
    archive.start_file(format!("files/{path}"), SimpleFileOptions::default()).unwrap();
    archive.write_all(b"harm").unwrap();
    archive.finish().unwrap();
    for name in ["hostile.sqlite3", "hostile.zip"] {
        assert!(matches!(vault.restore(&home.path().join(name)), Err(VaultError::NotABackup { .. })), "{name}");
    }
    assert_eq!(titles(&vault), ["Report"]);
    assert!(found(&vault).is_empty());
}

#[test]
fn a_backup_that_is_a_bomb_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let bomb = home.path().join("bomb.zip");
    let mut archive = ZipWriter::new(fs::File::create(&bomb).unwrap());
    archive.start_file("cairn.sqlite3", SimpleFileOptions::default()).unwrap();
    for _ in 0..40 {
        archive.write_all(&vec![0; 1 << 20]).unwrap();
    }
    archive.finish().unwrap();
    let Err(VaultError::NotABackup { detail, .. }) = vault.restore(&bomb) else { panic!("unpacked") };
    assert!(detail.contains("far more"), "{detail}");
}

#[test]
fn a_vault_that_opened_damaged_names_a_backup_and_can_be_restored() {
    let home = tempfile::tempdir().unwrap();
    let folder = damaged_within(home.path());
    let vault = Vault::open(folder.clone(), clock).unwrap();
    let Err(VaultError::Damaged { backup: Some(backup), .. }) = vault.back_up_now() else { panic!("backed up") };
    let damaged = fs::read(folder.database()).unwrap();
    let restored = vault.restore(&backup).unwrap();
    assert_eq!(restored.before, None);
    // The damaged database is kept as it was.
    assert_eq!(fs::read(restored.aside.unwrap()).unwrap(), damaged);
    assert_eq!(titles(&vault).len(), 100);
    assert_eq!(vault.read(|reader| reader.counts()).unwrap(), [(Kind::Evidence, 600)]);
    assert!(found(&vault).is_empty());
    drop(vault);
    assert!(found(&Vault::open(folder, clock).unwrap()).is_empty());
}

#[test]
fn a_restore_in_place_of_a_damaged_database_keeps_its_log_and_waits_for_nobody() {
    let home = tempfile::tempdir().unwrap();
    let folder = damaged_within(home.path());
    let good = backup::newest_good(&folder).unwrap();
    let log = folder.path().join("cairn.sqlite3-wal");
    let holder = Vault::open(folder.clone(), clock).unwrap();
    assert!(matches!(backup::restore_damaged(&folder, &good, clock()), Err(VaultError::Busy)));
    drop(holder);
    fs::write(&log, "the last edits").unwrap();
    let damaged = fs::read(folder.database()).unwrap();
    let aside = backup::restore_damaged(&folder, &good, clock()).unwrap().aside.unwrap();
    assert_eq!(fs::read(&aside).unwrap(), damaged);
    assert_eq!(fs::read_to_string(format!("{}-wal", aside.display())).unwrap(), "the last edits");
    assert!(!log.exists());
    assert_eq!(titles(&Vault::open(folder, clock).unwrap()).len(), 100);
}

#[test]
fn the_backup_of_the_day_goes_by_its_name() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let first = vault.back_up_daily().unwrap().unwrap();
    let folder = vault.folder().clone();
    drop(vault);
    // Copied to a new computer on the next day: the file says it was written then.
    let written = fs::File::options().write(true).open(&first.path).unwrap();
    written.set_modified(next_day().into()).unwrap();
    let vault = Vault::open(folder.clone(), next_day).unwrap();
    let second = vault.back_up_daily().unwrap().expect("a backup of the next day");
    assert_eq!(second.name, "daily-2026-11-23.sqlite3");
    let names: Vec<_> = backup::list(&folder).unwrap().into_iter().map(|backup| backup.name).collect();
    assert_eq!(names, ["daily-2026-11-23.sqlite3", "daily-2026-11-22.sqlite3"]);
}

#[test]
fn a_vault_that_lost_its_database_is_damaged_and_loses_nothing_more() {
    type Lose = fn(&Folder);
    let losses: [Lose; 3] = [
        |folder| fs::write(folder.database(), "").unwrap(),
        |folder| fs::remove_file(folder.database()).unwrap(),
        // A database without a table, as SQLite leaves one that was only given its log mode.
        |folder| {
            fs::remove_file(folder.database()).unwrap();
            let empty = rusqlite::Connection::open(folder.database()).unwrap();
            empty.pragma_update(None, "journal_mode", "WAL").unwrap();
        },
    ];
    for lose in losses {
        let home = tempfile::tempdir().unwrap();
        let vault = open(home.path(), "vault");
        let report = evidence(&vault, "Report", "");
        let file = attach(&vault, report, "report.txt", "as it was");
        let folder = vault.folder().clone();
        drop(vault);
        lose(&folder);
        let Err(VaultError::Damaged { backup: None, .. }) = Vault::open(folder.clone(), clock) else { panic!("opened") };
        // With a backup that one is named, and brings everything back.
        let other = open(home.path(), "other");
        let made = other.back_up_now().unwrap();
        fs::create_dir_all(folder.backups()).unwrap();
        fs::copy(&made.path, folder.backups().join(&made.name)).unwrap();
        let Err(VaultError::Damaged { backup: Some(backup), .. }) = Vault::open(folder.clone(), clock) else { panic!("opened") };
        backup::restore_damaged(&folder, &backup, clock()).unwrap();
        let vault = Vault::open(folder, clock).unwrap();
        assert_eq!(fs::read(at(&vault, &file)).unwrap(), b"as it was");
    }
}

#[test]
fn a_log_without_its_database_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    evidence(&vault, "Report", "");
    let made = vault.back_up_now().unwrap();
    let folder = vault.folder().clone();
    drop(vault);
    fs::remove_file(folder.database()).unwrap();
    fs::write(folder.path().join("cairn.sqlite3-wal"), "the last edits").unwrap();
    assert!(matches!(Vault::open(folder.clone(), clock), Err(VaultError::Damaged { backup: Some(_), .. })));
    assert_eq!(fs::read_to_string(folder.path().join("cairn.sqlite3-wal")).unwrap(), "the last edits");
    let aside = backup::restore_damaged(&folder, &made.path, clock()).unwrap().aside.unwrap();
    assert_eq!(fs::read_to_string(format!("{}-wal", aside.display())).unwrap(), "the last edits");
    assert_eq!(titles(&Vault::open(folder, clock).unwrap()), ["Report"]);
}

#[test]
fn a_folder_in_which_nothing_was_ever_kept_is_a_new_vault() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::at(home.path().join("vault"));
    // What a crash before the first table leaves.
    fs::create_dir_all(folder.files().join("incoming")).unwrap();
    fs::create_dir_all(folder.backups()).unwrap();
    for name in ["vault.lock", "cairn.sqlite3"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    assert!(found(&Vault::open(folder, clock).unwrap()).is_empty());
}

#[test]
fn what_nothing_knows_is_set_aside_and_comes_back_with_the_database_that_knew_it() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    let elsewhere = home.path().join("elsewhere.sqlite3");
    fs::rename(vault.back_up_now().unwrap().path, &elsewhere).unwrap();
    let folder = vault.folder().clone();
    drop(vault);
    // Another database comes to lie beside the files, which knows none of them.
    let made = open(home.path(), "other").back_up_now().unwrap();
    fs::copy(&made.path, folder.database()).unwrap();
    let vault = Vault::open(folder.clone(), clock).unwrap();
    assert_eq!(found(&vault), [(Ailment::FileUnknown, format!("unknown/{}", file.sha256))]);
    assert!(found(&vault).is_empty());
    assert!(!at(&vault, &file).exists());
    assert!(vault.restore(&elsewhere).unwrap().findings.is_empty());
    assert_eq!(fs::read(at(&vault, &file)).unwrap(), b"as it was");
    assert!(found(&vault).is_empty());
}

#[test]
fn what_is_no_file_of_the_vaults_is_named_and_keeps_the_doctor_from_nothing() {
    let home = tempfile::tempdir().unwrap();
    let vault = open(home.path(), "vault");
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    let files = vault.folder().files();
    let shelf = at(&vault, &file).parent().unwrap().to_owned();
    for stray in [files.join("zz"), files.join("notes.txt"), shelf.join("zz")] {
        fs::write(stray, "stray").unwrap();
    }
    fs::create_dir_all(files.join("a folder/within")).unwrap();
    fs::create_dir_all(shelf.join("b".repeat(64))).unwrap();
    let mut names: Vec<String> = found(&vault)
        .into_iter()
        .map(|(what, name)| {
            assert_eq!(what, Ailment::FileUnknown);
            name
        })
        .collect();
    names.sort();
    let folder = format!("unknown/{}", "b".repeat(64));
    assert_eq!(names, ["unknown/a folder", &folder, "unknown/notes.txt", "unknown/zz", "unknown/zz-2"]);
    assert!(found(&vault).is_empty());
    assert_eq!(fs::read(at(&vault, &file)).unwrap(), b"as it was");
}

#[cfg(unix)]
#[test]
fn what_the_vault_writes_is_its_owners_alone_also_in_an_older_folder() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let set = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = Folder::at(home.path().join("vault"));
    fs::create_dir(folder.path()).unwrap();
    set(folder.path(), 0o755);
    let vault = Vault::open(folder.clone(), clock).unwrap();
    let report = evidence(&vault, "Report", "");
    let file = attach(&vault, report, "report.txt", "as it was");
    let made = vault.back_up_now().unwrap();
    let whole = home.path().join("whole.zip");
    vault.back_up_whole(&whole, |_, _| true).unwrap();
    for path in [&folder.database(), &folder.path().join("cairn.sqlite3-wal"), &made.path, &whole, &at(&vault, &file)] {
        assert_eq!(mode(path), 0o600, "{}", path.display());
    }
    // The folder was the learner's to open, and stays so; what an earlier version wrote in it does not.
    assert_eq!(mode(folder.path()), 0o755);
    drop(vault);
    set(&folder.database(), 0o644);
    drop(Vault::open(folder.clone(), clock).unwrap());
    assert_eq!(mode(&folder.database()), 0o600);
    fs::write(folder.database(), vec![1; 5000]).unwrap();
    let aside = backup::restore_damaged(&folder, &made.path, clock()).unwrap().aside.unwrap();
    assert_eq!((mode(&folder.database()), mode(&aside)), (0o600, 0o600));
}

#[test]
fn a_disk_on_which_no_file_can_be_made_is_read_and_called_full() {
    let home = tempfile::tempdir().unwrap();
    let disk = home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m,nr_inodes=40", "tmpfs"]).arg(&disk).status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!("skipped: mounting a small disk takes root");
        return;
    }
    let vault = open(&disk, "vault");
    evidence(&vault, "Report", "");
    let folder = vault.folder().clone();
    drop(vault);
    let made = (0..).take_while(|n| fs::File::create(disk.join(n.to_string())).is_ok()).count();
    let vault = Vault::open(folder.clone(), clock).unwrap();
    assert_eq!((vault.is_read_only(), titles(&vault)), (true, vec!["Report".to_owned()]));
    assert!(matches!(vault.back_up_now(), Err(VaultError::DiskFull)));
    vault.back_up_whole(&home.path().join("whole.zip"), |_, _| true).unwrap();
    drop(vault);
    (0..made).for_each(|n| fs::remove_file(disk.join(n.to_string())).unwrap());
    let vault = Vault::open(folder, clock).unwrap();
    evidence(&vault, "Room again", "");
    assert!(found(&vault).is_empty());
    drop(vault);
    assert!(std::process::Command::new("umount").arg(&disk).status().unwrap().success());
}
