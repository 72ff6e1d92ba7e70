//! Collections as the learner curates them.

use std::sync::atomic::{AtomicI64, Ordering};

use cairn_domain::{Kind, RecordId};
use chrono::DateTime;
use serde_json::{Value, json};

use crate::App;
use crate::curation::OutlineEntry;

fn app() -> (tempfile::TempDir, App) {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open_at(dir.path().join("vault"), || "2026-11-22T09:00:00Z".parse().unwrap()).unwrap();
    (dir, app)
}

fn add(app: &App, kind: Kind, fields: Value) -> RecordId {
    app.add(kind, fields).unwrap().id.unwrap()
}

fn entries(app: &App, collection: RecordId, kind: Kind) -> Vec<OutlineEntry> {
    app.outline(collection).unwrap().sections.into_iter().find(|section| section.kind == kind).unwrap().entries
}

fn titles(entries: &[OutlineEntry]) -> Vec<(&str, bool, bool)> {
    entries.iter().map(|entry| (entry.title.as_str(), entry.in_collection, entry.shown)).collect()
}

#[test]
fn a_new_collection_holds_what_a_document_can_show_and_leaves_the_lapsed_to_choose() {
    let (_dir, app) = app();
    add(&app, Kind::Credential, json!({"title": "Held", "status": "earned"}));
    add(&app, Kind::Credential, json!({"title": "Under way", "status": "in-progress"}));
    add(&app, Kind::Credential, json!({"title": "Lapsed", "status": "earned", "expires": "2025"}));
    add(&app, Kind::Credential, json!({"title": "A plan", "status": "planned"}));
    add(&app, Kind::Work, json!({"name": "Acme"}));
    add(&app, Kind::BudgetLine, json!({"title": "Exam"}));
    let collection = app.add(Kind::Collection, json!({"title": "For Acme"})).unwrap().id.unwrap();
    let credentials = entries(&app, collection, Kind::Credential);
    assert_eq!(titles(&credentials), [("Held", true, true), ("Under way", true, true), ("Lapsed", false, false)]);
    let outlined = app.outline(collection).unwrap().sections;
    let left_out: Vec<(Kind, u32)> = outlined.iter().map(|section| (section.kind, section.left_out)).filter(|(_, n)| *n > 0).collect();
    assert_eq!(left_out, [(Kind::Credential, 1)]);
    let sections: Vec<Kind> = app.outline(collection).unwrap().sections.iter().map(|section| section.kind).collect();
    assert_eq!(sections, crate::curation::SECTIONS);
    assert_eq!(app.add(Kind::Collection, json!({"title": " "})).unwrap_err().code, "record-invalid");
}

#[test]
fn what_came_later_would_stand_where_the_learners_own_order_has_it() {
    static MINUTE: AtomicI64 = AtomicI64::new(0);
    let going_on = || DateTime::from_timestamp(1_763_800_000 + 60 * MINUTE.fetch_add(1, Ordering::Relaxed), 0).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let app = App::open_at(dir.path().join("vault"), going_on).unwrap();
    let [newest, oldest] = ["2024", "2012"].map(|start| add(&app, Kind::Work, json!({"name": start, "start": start})));
    let collection = app.add(Kind::Collection, json!({"title": "All"})).unwrap().id.unwrap();
    let between = add(&app, Kind::Work, json!({"name": "2018", "start": "2018"}));
    let last = add(&app, Kind::Work, json!({"name": "2001", "start": "2001"}));
    let told = |entry: OutlineEntry| (entry.record, entry.undecided, entry.before);
    let before: Vec<_> = entries(&app, collection, Kind::Work).into_iter().map(told).collect();
    assert_eq!(before, [(newest, false, None), (oldest, false, None), (between, true, Some(oldest)), (last, true, None)]);
}

#[test]
fn choosing_shows_again_and_leaving_out_forgets() {
    let (_dir, app) = app();
    let first = add(&app, Kind::Work, json!({"name": "First"}));
    let collection = app.add(Kind::Collection, json!({"title": "All"})).unwrap().id.unwrap();
    let second = add(&app, Kind::Work, json!({"name": "Second"}));
    assert_eq!(titles(&entries(&app, collection, Kind::Work)), [("First", true, true), ("Second", false, false)]);
    app.edit(Kind::Collection, collection, json!({"entries": [{"record": first, "shown": false}]})).unwrap();
    app.choose(collection, &[second, first]).unwrap();
    assert_eq!(titles(&entries(&app, collection, Kind::Work)), [("First", true, true), ("Second", true, true)]);
    let again = app.choose(collection, &[first]).unwrap();
    assert_eq!(again.history, None, "nothing to choose is nothing to undo");
    app.leave_out(collection, &[first]).unwrap();
    assert_eq!(titles(&entries(&app, collection, Kind::Work)), [("Second", true, true), ("First", false, false)]);
    let budget = add(&app, Kind::BudgetLine, json!({"title": "Exam"}));
    assert_eq!(app.choose(collection, &[budget]).unwrap_err().code, "not-for-collections");
    assert_eq!(app.choose(collection, &[collection]).unwrap_err().code, "not-for-collections");
}

#[test]
fn curating_leaves_the_records_as_they_are() {
    let (_dir, app) = app();
    let work = add(&app, Kind::Work, json!({"name": "Acme", "position": "Engineer", "highlights": ["Built it"]}));
    let collection = app.add(Kind::Collection, json!({"title": "All"})).unwrap().id.unwrap();
    let before = app.show(Kind::Work, work).unwrap();
    let wording = json!({"record": work, "title": "Architect", "summary": "Led", "highlights": []});
    app.edit(Kind::Collection, collection, json!({"entries": [wording], "headline": "Other", "summary": "Other"})).unwrap();
    app.leave_out(collection, &[work]).unwrap();
    let after = app.show(Kind::Work, work).unwrap();
    assert_eq!((after.fields, after.updated_at), (before.fields, before.updated_at));
}

#[test]
fn evidence_comes_along_with_what_it_backs_unless_it_is_told_to_stay() {
    let (_dir, app) = app();
    let credential = add(&app, Kind::Credential, json!({"title": "CKA", "status": "earned"}));
    let collection = app.add(Kind::Collection, json!({"title": "All"})).unwrap().id.unwrap();
    let lab = add(&app, Kind::Evidence, json!({"title": "Lab", "credentials": [credential]}));
    let told = add(&app, Kind::Evidence, json!({"title": "Told"}));
    let story = add(&app, Kind::Story, json!({"title": "Story", "evidence": [told]}));
    add(&app, Kind::Evidence, json!({"title": "Loose"}));
    app.choose(collection, &[story]).unwrap();
    let evidence = entries(&app, collection, Kind::Evidence);
    assert_eq!(titles(&evidence), [("Lab", false, true), ("Told", false, true), ("Loose", false, false)]);
    let entry = |id: RecordId, shown: bool| json!({"record": id, "shown": shown});
    app.edit(Kind::Collection, collection, json!({"entries": [entry(credential, true), entry(story, false), entry(lab, false)]})).unwrap();
    let evidence = entries(&app, collection, Kind::Evidence);
    assert_eq!(titles(&evidence), [("Lab", true, false), ("Told", false, false), ("Loose", false, false)]);
}

#[test]
fn skills_stand_under_the_certifications_where_they_follow_them() {
    let (_dir, app) = app();
    add(&app, Kind::Credential, json!({"title": "CKA", "status": "earned"}));
    add(&app, Kind::Skill, json!({"name": "Go"}));
    let collection = app.add(Kind::Collection, json!({"title": "All"})).unwrap().id.unwrap();
    let usual = |kind| app.outline(collection).unwrap().sections.into_iter().find(|section| section.kind == kind).unwrap().usual_title;
    assert_eq!(usual(Kind::Credential), "Relevant skills & certifications");
    let sections = json!([{"kind": "skill"}, {"kind": "credential"}]);
    app.edit(Kind::Collection, collection, json!({"sections": sections})).unwrap();
    assert_eq!(usual(Kind::Credential), "Certifications");
    app.edit(Kind::Collection, collection, json!({"language": "de"})).unwrap();
    assert_eq!(usual(Kind::Credential), "Zertifikate");
}

#[test]
fn a_collection_is_found_by_id_or_title() {
    let (_dir, app) = app();
    let id = app.add(Kind::Collection, json!({"title": "For Acme"})).unwrap().id.unwrap();
    for name in ["For Acme", "for acme", &id.to_string()] {
        assert_eq!(app.find_collection(name).unwrap(), id);
    }
    let error = app.find_collection("Acme").unwrap_err();
    assert_eq!(error.to_string(), "There is no collection “Acme”. There are: “For Acme”.");
}

#[test]
fn what_a_resume_would_show_bare_is_said_of_the_record() {
    let (_dir, app) = app();
    add(&app, Kind::Story, json!({"title": "Told", "result": "Nine minutes"}));
    let bare = add(&app, Kind::Story, json!({"title": "Begun"}));
    let untold = add(&app, Kind::Credential, json!({"title": "CKA", "status": "earned"}));
    let collection = app.add(Kind::Collection, json!({"title": "All"})).unwrap().id.unwrap();
    let said = || -> Vec<(&'static str, Value)> {
        let warnings = app.preview(Some(collection), None).unwrap().warnings;
        warnings.into_iter().map(|warning| (warning.code, warning.params.get("record").cloned().unwrap_or_default())).collect()
    };
    let told_nothing = [("no-name", Value::Null), ("credential-without-outcome", json!(untold))];
    assert_eq!(said(), [&told_nothing[..], &[("story-without-result", json!(bare))]].concat());
    app.edit(Kind::Story, bare, json!({"result": "Done"})).unwrap();
    assert_eq!(said(), told_nothing);
}
