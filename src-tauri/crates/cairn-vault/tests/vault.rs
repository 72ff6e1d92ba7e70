//! A vault as its callers see it: changes, history, links, lists, files, backups.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::sync::Arc;

use cairn_domain::credential::Credential;
use cairn_domain::date::Precision;
use cairn_domain::evidence::Evidence;
use cairn_domain::id::{CredentialId, SkillId};
use cairn_domain::money::{BudgetLine, ExpectedReturn};
use cairn_domain::skill::Skill;
use cairn_domain::story::{Metric, Story};
use cairn_domain::study::Deadline;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::file::{Arrived, Staged};
use cairn_vault::list::{ListQuery, Order};
use cairn_vault::{Change, Folder, Vault, VaultError};
use chrono::{DateTime, Utc};

struct Fixture {
    dir: tempfile::TempDir,
    vault: Arc<Vault>,
}

fn clock() -> DateTime<Utc> {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn arrived(staged: Staged, name: &str) -> Arrived {
    Arrived { staged, name: name.to_owned(), media_type: "text/plain" }
}

/// Another second whenever it is asked.
fn going_on() -> DateTime<Utc> {
    static ASKED: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
    clock() + chrono::TimeDelta::seconds(ASKED.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(Folder::at(dir.path().join("vault")), clock).unwrap();
    Fixture { dir, vault }
}

fn id() -> RecordId {
    RecordId::new(uuid::Uuid::now_v7())
}

fn add(vault: &Vault, record: impl Into<AnyRecord>) -> RecordId {
    let (id, record) = (id(), record.into());
    vault.change(&Change::of("add", record.kind(), id, record.heading().title), |writer| writer.insert(id, &record, false)).unwrap();
    id
}

fn skill(name: &str) -> Skill {
    Skill { name: name.into(), ..Skill::default() }
}

fn titles(vault: &Vault, kind: Kind, query: &ListQuery) -> Vec<String> {
    vault.read(|reader| reader.list(kind, query)).unwrap().items.into_iter().map(|item| item.title).collect()
}

#[test]
fn what_was_written_is_read_back_with_its_links_in_order() {
    let f = fixture();
    let (rust, sql) = (add(&f.vault, skill("Rust")), add(&f.vault, skill("SQL")));
    let credential = Credential {
        title: "CKA".into(),
        hours: Some(41.5),
        competencies: vec!["Runs clusters".into()],
        skills: vec![SkillId(sql), SkillId(rust)],
        issued: "2026-03".parse().ok(),
        ..Credential::default()
    };
    let id = add(&f.vault, credential.clone());
    let stored = f.vault.read(|reader| reader.get(Kind::Credential, id)).unwrap();
    assert_eq!(stored.record, AnyRecord::Credential(credential.clone()));
    assert_eq!(f.vault.read(|reader| reader.all::<Credential>()).unwrap()[0].record, credential);
    let backs: Vec<_> =
        f.vault.read(|reader| reader.links_to(rust)).unwrap().into_iter().map(|linked| (linked.field, linked.title)).collect();
    assert_eq!(backs, [("skills".to_owned(), "CKA".to_owned())]);
}

#[test]
fn a_link_into_nowhere_writes_nothing() {
    let f = fixture();
    let evidence = add(&f.vault, Evidence { title: "Report".into(), ..Evidence::default() });
    let wrong = AnyRecord::from(Credential { title: "CKA".into(), skills: vec![SkillId(evidence)], ..Credential::default() });
    let refused = f.vault.change(&Change::new("add"), |writer| writer.insert(id(), &wrong, false));
    assert!(matches!(refused, Err(VaultError::LinkTarget { .. })));
    assert_eq!(f.vault.read(|reader| reader.counts()).unwrap(), [(Kind::Evidence, 1)]);
}

#[test]
fn undo_brings_back_what_a_removal_took_along_and_redo_removes_it_again() {
    let f = fixture();
    let credential = CredentialId(add(&f.vault, Credential { title: "CKA".into(), ..Credential::default() }));
    let line = add(&f.vault, BudgetLine { title: "Exam".into(), credential: Some(credential), ..BudgetLine::default() });
    let gain = ExpectedReturn { title: "Raise".into(), credential: Some(credential), ..ExpectedReturn::default() };
    let gain_id = add(&f.vault, gain.clone());
    let evidence = add(&f.vault, Evidence { title: "Lab".into(), credentials: vec![credential], ..Evidence::default() });

    let hanging = f.vault.read(|reader| reader.hanging_on(credential.0)).unwrap();
    let removed: Vec<_> = hanging.iter().map(|hanging| (hanging.linked.kind, hanging.removed)).collect();
    assert_eq!(removed, [(Kind::Evidence, false), (Kind::BudgetLine, false), (Kind::ExpectedReturn, true)]);

    let change = Change::of("remove", Kind::Credential, credential.0, "CKA");
    let changed = f.vault.change(&change, |writer| writer.remove(Kind::Credential, credential.0)).unwrap();
    assert_eq!(changed.touched, [Kind::Credential, Kind::Evidence, Kind::BudgetLine, Kind::ExpectedReturn]);
    let loose = f.vault.read(|reader| reader.get(Kind::BudgetLine, line)).unwrap().record;
    assert_eq!(loose, AnyRecord::BudgetLine(BudgetLine { title: "Exam".into(), ..BudgetLine::default() }));

    assert_eq!(f.vault.undo(None).unwrap().unwrap().title, "CKA");
    assert_eq!(f.vault.read(|reader| reader.get(Kind::ExpectedReturn, gain_id)).unwrap().record, AnyRecord::ExpectedReturn(gain));
    let AnyRecord::Evidence(lab) = f.vault.read(|reader| reader.get(Kind::Evidence, evidence)).unwrap().record else { panic!() };
    assert_eq!(lab.credentials, [credential]);
    assert_eq!(f.vault.read(|reader| reader.search("cka", 9)).unwrap().len(), 1);

    assert!(f.vault.redo().unwrap().is_some());
    assert!(f.vault.read(|reader| reader.search("cka", 9)).unwrap().is_empty());
    assert!(f.vault.redo().unwrap().is_none());
    assert!(f.vault.examine(|_, _| true).unwrap().is_empty());
}

#[test]
fn undo_survives_a_restart_and_a_new_change_ends_redo() {
    let mut f = fixture();
    add(&f.vault, skill("Rust"));
    add(&f.vault, skill("Go"));
    let folder = f.vault.folder().clone();
    drop(f.vault);
    f.vault = Vault::open(folder, clock).unwrap();
    f.vault.undo(None).unwrap();
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["Rust"]);
    add(&f.vault, skill("Zig"));
    assert!(f.vault.redo().unwrap().is_none());
    let actions: Vec<_> =
        f.vault.read(|reader| reader.history(None, 0, 9)).unwrap().into_iter().map(|step| (step.action, step.title)).collect();
    assert_eq!(actions, [("add".into(), "Zig".into()), ("add".into(), "Rust".to_owned())]);
}

#[test]
fn a_step_that_is_named_is_taken_back_only_while_it_is_the_last() {
    let f = fixture();
    let change =
        |name: &str| f.vault.change(&Change::new("add"), |writer| writer.insert(id(), &skill(name).into(), false)).unwrap().history;
    let (first, second) = (change("Rust"), change("Go"));
    assert!(matches!(f.vault.undo(first), Err(VaultError::NotTheLastStep)));
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["Rust", "Go"]);
    assert!(f.vault.undo(second).unwrap().is_some());
    assert!(f.vault.undo(first).unwrap().is_some());
    assert!(f.vault.undo(first).unwrap().is_none());
}

#[test]
fn typing_into_one_field_is_one_step() {
    let f = fixture();
    let id = add(&f.vault, skill("R"));
    for name in ["Ru", "Rus", "Rust"] {
        let change = Change { field: "name".into(), ..Change::of("edit", Kind::Skill, id, name) };
        f.vault.change(&change, |writer| writer.replace(id, &skill(name).into())).unwrap();
    }
    assert_eq!(f.vault.read(|reader| reader.history_size(None)).unwrap(), (2, 0));
    f.vault.undo(None).unwrap();
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["R"]);
    f.vault.redo().unwrap();
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["Rust"]);
}

#[test]
fn a_step_names_the_fields_it_changed_and_a_record_its_own_steps() {
    let f = fixture();
    let rust = add(&f.vault, skill("Rust"));
    let metric = Metric { what: "errors".into(), ..Metric::default() };
    let before = Story { title: "Rollout".into(), metric: Some(metric.clone()), ..Story::default() };
    let story = add(&f.vault, before.clone());
    let metric = Some(Metric { after: Some(2.0), unit: "%".into(), ..metric });
    let after = Story { situation: "Slow".into(), metric, skills: vec![SkillId(rust)], ..before };
    f.vault.change(&Change::of("edit", Kind::Story, story, "Rollout"), |writer| writer.replace(story, &after.clone().into())).unwrap();
    // Several at once name no record.
    let both = f.vault.change(&Change::new("import"), |writer| {
        writer.insert(id(), &skill("Go").into(), false)?;
        writer.replace(story, &Story { result: "Fewer".into(), ..after }.into())
    });
    both.unwrap();
    let steps = |of| f.vault.read(|reader| Ok((reader.history(of, 0, 9)?, reader.history_size(of)?.0))).unwrap();
    let (of_the_story, size) = steps(Some(story));
    let told: Vec<_> = of_the_story.iter().map(|step| (step.action.as_str(), step.fields.join(" "))).collect();
    let edited = "situation metric/after metric/unit skills";
    assert_eq!(told, [("import", String::new()), ("edit", edited.to_owned()), ("add", String::new())]);
    assert_eq!((size, steps(Some(rust)).1, steps(None).1), (3, 1, 4));
    f.vault.undo(None).unwrap();
    assert_eq!(f.vault.undo(None).unwrap().unwrap().fields.join(" "), edited);
}

#[test]
fn words_are_found_in_any_writing_without_their_marks_and_without_spaces() {
    let f = fixture();
    for name in ["Ελληνικά", "Пётр ёлка", "云计算认证工程师", "ネットワークスペシャリスト", "한국어능력시험", "การคำนวณ"]
    {
        add(&f.vault, skill(name));
    }
    let found = |words: &str| {
        let hits = f.vault.read(|reader| reader.search(words, 9)).unwrap();
        assert!(hits.iter().all(|hit| !hit.snippet.contains(['\u{3}', '\u{4}'])), "{hits:?}");
        hits.into_iter().map(|hit| hit.title).collect::<Vec<_>>()
    };
    for (words, title) in [
        ("Ελληνικα", "Ελληνικά"),
        ("ΕΛΛΗΝΙΚΑ", "Ελληνικά"),
        ("елка петр", "Пётр ёлка"),
        ("Ёлка", "Пётр ёлка"),
        ("云", "云计算认证工程师"),
        ("认证", "云计算认证工程师"),
        ("计算认证工程师", "云计算认证工程师"),
        ("スペシャリスト", "ネットワークスペシャリスト"),
        ("시험", "한국어능력시험"),
        ("คำนวณ", "การคำนวณ"),
    ] {
        assert_eq!(found(words), [title], "{words}");
    }
    assert!(found("证认").is_empty() && found("λαδα").is_empty());
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    let f = fixture();
    let id = add(&f.vault, skill("Rust"));
    let changed = f.vault.change(&Change::of("edit", Kind::Skill, id, "Rust"), |writer| writer.replace(id, &skill("Rust").into())).unwrap();
    assert_eq!(changed.history, None);
}

#[test]
fn an_edit_to_the_same_values_has_no_time_and_leaves_redo_alone() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(Folder::at(dir.path().join("vault")), going_on).unwrap();
    let rust = SkillId(add(&vault, skill("Rust")));
    let credential = Credential { title: "CKA".into(), skills: vec![rust], ..Credential::default() };
    let id = add(&vault, credential.clone());
    let edit = |record: Credential| {
        let change = Change::of("edit", Kind::Credential, id, "CKA");
        vault.change(&change, |writer| writer.replace(id, &record.into())).unwrap().history
    };
    let before = vault.read(|reader| reader.get(Kind::Credential, id)).unwrap().updated_at;
    assert!(edit(Credential { issuer: "CNCF".into(), ..credential.clone() }).is_some());
    vault.undo(None).unwrap();
    assert_eq!(edit(credential.clone()), None);
    // Named twice, it is linked once, as it was.
    assert_eq!(edit(Credential { skills: vec![rust, rust], ..credential }), None);
    assert_eq!(vault.read(|reader| reader.get(Kind::Credential, id)).unwrap().updated_at, before);
    assert!(vault.redo().unwrap().is_some());
    let AnyRecord::Credential(stored) = vault.read(|reader| reader.get(Kind::Credential, id)).unwrap().record else { panic!() };
    assert_eq!(stored.issuer, "CNCF");
}

#[test]
fn records_keep_the_order_they_are_put_in_however_often_they_move() {
    let f = fixture();
    let ids: Vec<_> = (0..4).map(|n| add(&f.vault, skill(&n.to_string()))).collect();
    for round in 0..60 {
        let moved = ids[2 + round % 2];
        f.vault.change(&Change::new("move"), |writer| writer.move_before(Kind::Skill, moved, Some(ids[1]))).unwrap();
    }
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["0", "2", "3", "1"]);
    f.vault.change(&Change::new("move"), |writer| writer.move_before(Kind::Skill, ids[0], None)).unwrap();
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["2", "3", "1", "0"]);
}

#[test]
fn lists_filter_order_and_count() {
    let f = fixture();
    for (title, issued) in [("Éclair baking", "2024"), ("Azure", "2026"), ("eclipse", "2025")] {
        add(&f.vault, Credential { title: title.into(), issued: issued.parse().ok(), ..Credential::default() });
    }
    let query = ListQuery { order: Order::Title, ..ListQuery::default() };
    assert_eq!(titles(&f.vault, Kind::Credential, &query), ["Azure", "Éclair baking", "eclipse"]);
    let query = ListQuery { order: Order::Date, descending: true, limit: 2, ..ListQuery::default() };
    assert_eq!(titles(&f.vault, Kind::Credential, &query), ["Azure", "eclipse"]);
    let query = ListQuery { text: "ecl".into(), order: Order::Title, ..ListQuery::default() };
    assert_eq!(titles(&f.vault, Kind::Credential, &query), ["Éclair baking", "eclipse"]);
    let query = ListQuery { statuses: vec!["earned".into()], ..ListQuery::default() };
    let page = f.vault.read(|reader| reader.list(Kind::Credential, &query)).unwrap();
    assert_eq!((page.total, page.statuses), (0, vec![("planned".to_owned(), 3)]));
}

#[test]
fn search_folds_accents_and_finds_prefixes_in_any_field() {
    let f = fixture();
    add(&f.vault, Evidence { title: "Résumé parser".into(), result: "Errors fell by half".into(), ..Evidence::default() });
    add(&f.vault, Evidence { title: "Other".into(), context: "A resume of errors".into(), ..Evidence::default() });
    let found: Vec<_> = f.vault.read(|reader| reader.search("resu err", 9)).unwrap().into_iter().map(|hit| hit.title).collect();
    assert_eq!(found, ["Other", "Résumé parser"]);
    let found: Vec<_> = f.vault.read(|reader| reader.search("RESUM", 9)).unwrap().into_iter().map(|hit| hit.title).collect();
    assert_eq!(found, ["Résumé parser", "Other"]);
    for hostile in ["\"", "a* OR (", "title:", "^", "NEAR(", "{}"] {
        f.vault.read(|reader| reader.search(hostile, 9)).unwrap();
    }
}

#[test]
fn evidence_is_found_by_the_names_of_its_files() {
    let f = fixture();
    let evidence = add(&f.vault, Evidence { title: "Report".into(), ..Evidence::default() });
    let attach = |name: &str| {
        let mut incoming = f.vault.receive(name).unwrap();
        incoming.write(name.as_bytes()).unwrap();
        f.vault.attach(evidence, name, vec![arrived(incoming.finish().unwrap(), name)]).unwrap().value.remove(0).id
    };
    let file = attach("Übersicht Q3.pdf");
    attach("Übersicht Q4.pdf");
    let found =
        |words: &str| -> Vec<String> { f.vault.read(|reader| reader.search(words, 9)).unwrap().into_iter().map(|hit| hit.title).collect() };
    assert_eq!((found("ubersicht pdf"), found("q3")), (vec!["Report".to_owned()], vec!["Report".to_owned()]));
    assert!(found("docx").is_empty());
    f.vault.detach(file).unwrap();
    assert!(found("q3").is_empty());
    f.vault.undo(None).unwrap();
    assert_eq!(found("q3"), ["Report"]);
}

#[test]
fn a_file_comes_and_goes_and_comes_back() {
    let f = fixture();
    let evidence = add(&f.vault, Evidence { title: "Report".into(), ..Evidence::default() });
    let path = f.dir.path().join("..\u{202e}fdp.exe");
    fs::write(&path, b"content").unwrap();
    let staged = f.vault.receive_path(&path, |_, _| true).unwrap();
    let file = f.vault.attach(evidence, "fdp.exe", vec![arrived(staged, "../../\u{202e}fdp.exe")]).unwrap().value.remove(0);
    assert_eq!(file.name, "\u{fffd}fdp.exe");
    assert_eq!(fs::read(f.vault.folder().file(&file.sha256).unwrap()).unwrap(), b"content");
    f.vault.detach(file.id).unwrap();
    assert!(f.vault.read(|reader| reader.files(evidence)).unwrap().is_empty());
    f.vault.undo(None).unwrap();
    assert_eq!(f.vault.read(|reader| reader.files(evidence)).unwrap(), [file]);
    assert!(f.vault.examine(|_, _| true).unwrap().is_empty());
}

#[test]
fn files_that_came_together_are_one_step() {
    let f = fixture();
    let evidence = add(&f.vault, Evidence { title: "Report".into(), ..Evidence::default() });
    let file = |name: &str, content: &[u8]| {
        let mut incoming = f.vault.receive(name).unwrap();
        incoming.write(content).unwrap();
        arrived(incoming.finish().unwrap(), name)
    };
    let files = vec![file("a.txt", b"one"), file("b.txt", b"one"), file("c.txt", b"two"), file("d.txt", b"three")];
    f.vault.attach(evidence, "four files", files).unwrap();
    let names = || -> Vec<_> { f.vault.read(|reader| reader.files(evidence)).unwrap().into_iter().map(|file| file.name).collect() };
    assert_eq!(names(), ["a.txt", "b.txt", "c.txt", "d.txt"]);
    assert_eq!(f.vault.undo(None).unwrap().unwrap().title, "four files");
    assert!(names().is_empty());
    f.vault.redo().unwrap();
    assert_eq!(names().len(), 4);
    assert!(f.vault.examine(|_, _| true).unwrap().is_empty());
}

#[test]
fn a_refused_attachment_leaves_nothing_behind() {
    let f = fixture();
    let staged = |content: &[u8]| {
        let mut incoming = f.vault.receive("x").unwrap();
        incoming.write(content).unwrap();
        incoming.finish().unwrap()
    };
    assert!(matches!(
        f.vault.attach(id(), "x, y", vec![arrived(staged(b"a"), "x"), arrived(staged(b"c"), "y")]),
        Err(VaultError::NotFound { .. })
    ));
    drop(staged(b"b"));
    assert!(matches!(f.vault.receive_path(f.dir.path(), |_, _| true), Err(VaultError::NotAFile(_))));
    assert!(matches!(f.vault.receive_path(&f.dir.path().join("none"), |_, _| true), Err(VaultError::Missing(_))));
    let left: Vec<_> = walk(&f.vault.folder().files());
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_backup_for_elsewhere_brings_records_and_files() {
    let f = fixture();
    let evidence = add(&f.vault, Evidence { title: "Report".into(), ..Evidence::default() });
    let mut incoming = f.vault.receive("x").unwrap();
    incoming.write(b"content").unwrap();
    f.vault.attach(evidence, "x.txt", vec![arrived(incoming.finish().unwrap(), "x.txt")]).unwrap();
    let whole = f.dir.path().join("whole.zip");
    f.vault.back_up_whole(&whole, |_, _| true).unwrap();

    let other = Vault::open(Folder::at(f.dir.path().join("other")), clock).unwrap();
    add(&other, skill("Lost by restoring, kept in the backup"));
    other.restore(&whole).unwrap();
    assert_eq!(titles(&other, Kind::Evidence, &ListQuery::default()), ["Report"]);
    assert!(titles(&other, Kind::Skill, &ListQuery::default()).is_empty());
    assert!(other.examine(|_, _| true).unwrap().is_empty());
    let before = cairn_vault::backup::list(other.folder()).unwrap();
    other.restore(&before[0].path).unwrap();
    assert_eq!(titles(&other, Kind::Skill, &ListQuery::default()).len(), 1);

    fs::write(&whole, b"PK\x03\x04 no").unwrap();
    assert!(matches!(other.restore(&whole), Err(VaultError::NotABackup { .. })));
    assert_eq!(titles(&other, Kind::Skill, &ListQuery::default()).len(), 1);
}

#[test]
fn a_damaged_vault_names_its_newest_good_backup_and_can_be_restored_from_it() {
    let f = fixture();
    add(&f.vault, skill("Rust"));
    let good = f.vault.back_up_daily().unwrap().unwrap();
    assert_eq!(f.vault.back_up_daily().unwrap(), None);
    let folder = f.vault.folder().clone();
    drop(f.vault);
    fs::write(folder.backups().join("daily-2026-11-23.sqlite3"), b"not a database at all").unwrap();
    let mut bytes = fs::read(folder.database()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    fs::write(folder.database(), &bytes).unwrap();

    let Err(VaultError::Damaged { backup: Some(backup), .. }) = Vault::open(folder.clone(), clock) else { panic!("opened") };
    assert_eq!(backup, good.path);
    cairn_vault::backup::restore_damaged(&folder, &backup, clock()).unwrap();
    let vault = Vault::open(folder, clock).unwrap();
    assert_eq!(titles(&vault, Kind::Skill, &ListQuery::default()), ["Rust"]);
}

#[test]
fn a_second_process_sees_what_the_first_wrote() {
    let f = fixture();
    let second = Vault::open(f.vault.folder().clone(), clock).unwrap();
    let before = f.vault.data_version().unwrap();
    add(&second, skill("Rust"));
    assert_ne!(f.vault.data_version().unwrap(), before);
    assert_eq!(titles(&f.vault, Kind::Skill, &ListQuery::default()), ["Rust"]);
}

fn walk(path: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap().flatten() {
        if entry.path().is_dir() { found.extend(walk(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

#[test]
fn records_are_found_by_the_date_they_are_filed_under() {
    let f = fixture();
    for (title, date, done) in [("Enrol", "2026-11-22", true), ("Exam", "2026-11-22", false), ("Essay", "2026-12-01", false)] {
        add(&f.vault, Deadline { title: title.into(), date: date.parse().ok(), done, ..Deadline::default() });
    }
    let filed = |status, from: &str, to: &str| -> Vec<String> {
        let found = f.vault.read(|reader| reader.filed::<Deadline>(status, from, to)).unwrap();
        found.into_iter().map(|stored| stored.record.title).collect()
    };
    assert_eq!(filed(None, "2026-11-22", "2026-11-30"), ["Enrol", "Exam"]);
    assert_eq!(filed(Some("open"), "", "2026-12-01"), ["Exam", "Essay"]);
    let with_links = Credential { title: "CKA".into(), issued: "2026-11".parse().ok(), ..Credential::default() };
    let skill = SkillId(add(&f.vault, skill("Rust")));
    add(&f.vault, Credential { skills: vec![skill], ..with_links });
    let found = f.vault.read(|reader| reader.filed::<Credential>(None, "2026-11", "2026-12")).unwrap();
    assert_eq!(found[0].record.skills, [skill]);
    assert_eq!(f.vault.read(|reader| reader.item(skill.0)).unwrap().map(|item| item.title), Some("Rust".into()));
    assert_eq!(f.vault.read(|reader| reader.item(id())).unwrap(), None);
}

#[test]
fn a_date_counts_only_where_it_is_known_well_enough() {
    let f = fixture();
    for date in ["2026", "2026-12", "2026-12-01", "2026-11-30"] {
        add(&f.vault, Evidence { title: date.into(), date: date.parse().ok(), ..Evidence::default() });
    }
    let count = |from: &str, to: &str, known| f.vault.read(|reader| reader.count_filed(Kind::Evidence, None, from, to, known)).unwrap();
    assert_eq!(count("2026-11-30", "2026-12-06", Precision::Day), 2);
    assert_eq!(count("2026-12", "2026-12-06", Precision::Month), 2);
    assert_eq!(count("2026", "2026-12-31", Precision::Year), 4);
}

#[test]
fn only_what_costs_or_returns_something_is_priced() {
    let f = fixture();
    let competencies = vec!["Runs clusters".to_owned(), "Mends them".into()];
    let paid = add(&f.vault, Credential { title: "CKA".into(), competencies, ..Credential::default() });
    add(&f.vault, Credential { title: "Free".into(), ..Credential::default() });
    let hoped = add(&f.vault, Credential { title: "CKS".into(), ..Credential::default() });
    add(&f.vault, ExpectedReturn { title: "Raise".into(), credential: Some(CredentialId(hoped)), ..ExpectedReturn::default() });
    add(&f.vault, BudgetLine { title: "Exam".into(), credential: Some(CredentialId(paid)), ..BudgetLine::default() });
    add(&f.vault, BudgetLine { title: "Books".into(), ..BudgetLine::default() });
    let priced: Vec<_> = f.vault.read(|reader| reader.priced()).unwrap().into_iter().map(|it| (it.title, it.competencies)).collect();
    assert_eq!(priced, [("CKA".to_owned(), 2), ("CKS".into(), 0)]);
}

#[test]
fn every_order_and_filter_of_a_list_agrees_with_a_plain_sort() {
    let f = fixture();
    let statuses = ["considering", "planned", "earned"];
    let sorts = ["badge", "degree"];
    for n in 0..60usize {
        let fields = serde_json::json!({"title": format!("{:02}", (n * 37) % 60), "status": statuses[n % 3], "type": sorts[n % 2]});
        add(&f.vault, AnyRecord::deserialize(Kind::Credential, fields).unwrap());
    }
    let all = f.vault.read(|reader| reader.list(Kind::Credential, &ListQuery::default())).unwrap().items;
    for order in [Order::Position, Order::Title, Order::Date, Order::Updated, Order::Status, Order::Sort] {
        for wanted in [&[][..], &statuses[..1], &statuses[..2]] {
            for kinds in [&[][..], &sorts[..1], &sorts[..]] {
                let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
                let query = ListQuery { order, statuses: owned(wanted), sorts: owned(kinds), limit: 1_000, ..ListQuery::default() };
                let page = f.vault.read(|reader| reader.list(Kind::Credential, &query)).unwrap();
                let fits = |item: &&cairn_vault::list::ListItem| {
                    (wanted.is_empty() || wanted.contains(&item.status.as_str()))
                        && (kinds.is_empty() || kinds.contains(&item.sort.as_str()))
                };
                let expected = all.iter().filter(fits).count();
                assert_eq!((page.items.len(), page.total), (expected, expected as u64), "{order:?} {wanted:?} {kinds:?}");
                if order == Order::Title {
                    assert!(page.items.is_sorted_by_key(|item| item.title.clone()));
                }
            }
        }
    }
    f.vault.undo(None).unwrap();
    let page = f.vault.read(|reader| reader.list(Kind::Credential, &ListQuery::default())).unwrap();
    assert_eq!((page.total, page.statuses.iter().map(|(_, n)| n).sum::<u64>()), (59, 59));
}

#[test]
fn a_list_says_of_a_credential_what_the_credential_says_of_itself() {
    let f = fixture();
    let (mut expected, mut number) = (std::collections::BTreeMap::new(), 0);
    for sort in ["course-completion", "badge"] {
        for assessment in [serde_json::Value::Null, "attendance".into(), "quiz".into()] {
            for holds in [None, Some(true), Some(false)] {
                for rubric in [serde_json::json!([]), serde_json::json!([{"criterion": "Goals"}])] {
                    number += 1;
                    let fields = serde_json::json!({"title": format!("{number}"), "type": sort, "assessment": assessment,
                        "assessed": {"holds": holds}, "rubric": rubric});
                    let credential: Credential = serde_json::from_value(fields).unwrap();
                    expected.insert(credential.title.clone(), credential.attendance_only());
                    add(&f.vault, credential);
                }
            }
        }
    }
    let listed = f.vault.read(|reader| reader.list(Kind::Credential, &ListQuery::default())).unwrap().items;
    assert_eq!(listed.into_iter().map(|item| (item.title, item.attendance_only)).collect::<std::collections::BTreeMap<_, _>>(), expected);
    assert!(expected.values().any(|only| *only) && expected.values().any(|only| !only));
}
