use serde_json::{Value, json};

use super::BadgeFormat;
use crate::documents::{Given, Verdict, verify_bytes};
use crate::finding::ListQuery;
use crate::{App, Kind, RecordId};

fn learner() -> (tempfile::TempDir, App) {
    let folder = tempfile::tempdir().unwrap();
    // No keychain in a test: the file is the key's home.
    let vault = folder.path().join("vault");
    std::fs::create_dir(&vault).unwrap();
    cairn_proof::KeyStore::in_file(&vault).learner_key().unwrap();
    let app = App::open(&vault).unwrap();
    app.edit_single(Kind::Profile, json!({"name": "Ada Example", "email": "ada@example.org"})).unwrap();
    (folder, app)
}

fn add(app: &App, kind: Kind, fields: Value) -> RecordId {
    app.add(kind, fields).unwrap().id.unwrap()
}

fn verdict(name: &str, bytes: &[u8]) -> Verdict {
    let report = verify_bytes(name, bytes, &Given::default(), chrono::Utc::now()).unwrap();
    assert!(report.verdict == Verdict::Valid || report.reason.contains("changed"), "{name}: {}", report.reason);
    report.verdict
}

#[test]
fn every_kind_that_claims_something_leaves_in_every_form_and_verifies() {
    let (_folder, app) = learner();
    let skill = add(&app, Kind::Skill, json!({"name": "Rigging 🧗", "level": "Level 2", "keywords": ["anchors"]}));
    let evidence = add(&app, Kind::Evidence, json!({"title": "Log book", "links": ["https://example.org/log"], "skills": [skill]}));
    let rubric = json!([{"criterion": "Rescue", "levels": ["Begun", "Sound"], "reached": "Sound"}]);
    let credential = json!({"title": "Rope access", "issuer": "The School", "status": "earned", "issued": "2025-05", "rubric": rubric, "skills": [skill]});
    let credential = add(&app, Kind::Credential, credential);
    let metric = json!({"what": "Time to rescue", "before": 14, "after": 6, "unit": "min"});
    let story = add(
        &app,
        Kind::Story,
        json!({"title": "The stuck climber", "result": "Down in six minutes", "metric": metric, "evidence": [evidence]}),
    );
    let milestone = add(&app, Kind::Milestone, json!({"title": "First rescue", "reached": "2025-06-01", "evidence": evidence}));
    for record in [skill, evidence, credential, story, milestone] {
        for format in BadgeFormat::ALL {
            let bytes = app.badge(record, format).unwrap();
            assert_eq!(verdict(&format!("badge.{}", format.name()), &bytes), Verdict::Valid);
        }
    }
    let badge: Value = serde_json::from_slice(&app.badge(credential, BadgeFormat::Json).unwrap()).unwrap();
    assert_eq!(
        badge["credentialSubject"]["result"][0]["achievedLevel"],
        badge["credentialSubject"]["achievement"]["resultDescription"][0]["rubricCriterionLevel"][1]["id"]
    );
    assert!(!badge.to_string().contains("ada@example.org"), "the address is hashed");
}

#[test]
fn a_badge_issued_to_an_address_of_earlier_days_is_still_the_learners() {
    let (_folder, app) = learner();
    let credential = add(&app, Kind::Credential, json!({"title": "Rigging", "status": "earned"}));
    let badge = app.badge(credential, BadgeFormat::Json).unwrap();
    app.edit_single(Kind::Profile, json!({"email": "ada@new.example"})).unwrap();
    let report = app.import_bytes("badge.json", &badge, crate::import::Origin::Anywhere, &mut crate::work::unwatched()).unwrap();
    let identity = || app.held(report.credentials[0].held.unwrap()).unwrap().identity.unwrap();
    assert!(!identity().matches);
    app.edit_single(Kind::Profile, json!({"other_emails": ["ada@other.example", "ada@example.org"]})).unwrap();
    assert_eq!(identity().identity.as_deref(), Some("ada@example.org"));
    // What is not an address does not come in.
    assert_eq!(app.edit_single(Kind::Profile, json!({"other_emails": ["ada"]})).unwrap_err().code, "record-invalid");
}

#[test]
fn a_file_of_evidence_is_bound_by_its_digest() {
    let (folder, app) = learner();
    let evidence = add(&app, Kind::Evidence, json!({"title": "Log book"}));
    let file = folder.path().join("log.txt");
    std::fs::write(&file, "six minutes").unwrap();
    app.attach(evidence, &[file], &mut crate::work::unwatched()).unwrap();
    let badge: Value = serde_json::from_slice(&app.badge(evidence, BadgeFormat::Json).unwrap()).unwrap();
    let digest = cairn_proof::digest::Digest::of(b"six minutes").to_multibase();
    assert_eq!(badge["evidence"][0]["digestMultibase"], json!(digest));
}

#[test]
fn a_record_of_everything_holds_what_was_received_and_what_is_claimed() {
    let (folder, app) = learner();
    add(&app, Kind::Skill, json!({"name": "Rigging"}));
    let (_other, issuer) = learner();
    let theirs = add(&issuer, Kind::Skill, json!({"name": "Ropes"}));
    // It came baked into a picture; the record holds what the picture carried.
    let badge = issuer.badge(theirs, BadgeFormat::Png).unwrap();
    app.import_bytes("badge.png", &badge, crate::import::Origin::Anywhere, &mut crate::work::unwatched()).unwrap();
    let (clr, lost) = app.clr(None).unwrap();
    assert_eq!(lost, Vec::<String>::new());
    assert_eq!(verdict("clr.json", &clr), Verdict::Valid);
    let clr: Value = serde_json::from_slice(&clr).unwrap();
    assert!(clr["credentialSubject"]["verifiableCredential"].as_array().unwrap().len() >= 2);
    drop(folder);
}

#[test]
fn a_badge_carries_the_alignments_that_the_records_know() {
    let (_folder, app) = learner();
    let (_other, issuer) = learner();
    let url = "https://framework.example/rigging";
    let competencies = json!([format!("Rigging ({url})"), "Ties loads"]);
    let theirs = add(&issuer, Kind::Credential, json!({"title": "Rope access", "status": "earned", "competencies": competencies}));
    let badge = issuer.badge(theirs, BadgeFormat::Json).unwrap();
    let alignment = |badge: &[u8]| {
        let badge: Value = serde_json::from_slice(badge).unwrap();
        badge["credentialSubject"]["achievement"]["alignment"].clone()
    };
    let expected = json!([{"type": ["Alignment"], "targetName": "Rigging", "targetUrl": url}]);
    assert_eq!(alignment(&badge), expected, "what the learner wrote");
    assert_eq!(verdict("badge.json", &badge), Verdict::Valid);
    let came = app.import_bytes("badge.json", &badge, crate::import::Origin::Anywhere, &mut crate::work::unwatched()).unwrap();
    let skill = app.skill_backing().unwrap().remove(0);
    assert_eq!(skill.name, "Rigging");
    let story = add(&app, Kind::Story, json!({"title": "The stuck climber", "result": "Down", "skills": [skill.id]}));
    for record in [came.credentials[0].credential.unwrap(), skill.id, story] {
        let own = app.badge(record, BadgeFormat::Json).unwrap();
        assert_eq!(alignment(&own), expected, "what an issuer signed");
        assert_eq!(verdict("badge.json", &own), Verdict::Valid);
    }
    // A forgery says nothing.
    app.held_remove(came.credentials[0].held.unwrap()).unwrap();
    let forged = String::from_utf8(badge).unwrap().replace("rigging", "surgery");
    app.import_bytes("forged.json", forged.as_bytes(), crate::import::Origin::Anywhere, &mut crate::work::unwatched()).unwrap();
    assert!(alignment(&app.badge(skill.id, BadgeFormat::Json).unwrap()).is_null());
}

#[test]
fn an_endorsement_answers_a_request_in_the_endorsers_own_words() {
    let (folder, app) = learner();
    let skill = add(&app, Kind::Skill, json!({"name": "Rigging"}));
    let request = folder.path().join("request.json");
    app.write_endorsement_request(skill, "Dear Grace", &request).unwrap();
    let (other, grace) = learner();
    assert_eq!(grace.read_endorsement_request(&request).unwrap().name, "Rigging");
    let answer = other.path().join("answer.json");
    grace.endorse(&request, "I saw it.", &answer).unwrap();
    let bytes = std::fs::read(&answer).unwrap();
    assert_eq!(verdict("answer.json", &bytes), Verdict::Valid);
    assert!(String::from_utf8(bytes).unwrap().contains("I saw it."));
    assert_eq!(grace.endorse(&request, " ", &answer).unwrap_err().code, "issue-failed");
    assert_eq!(grace.read_endorsement_request(&answer).unwrap_err().code, "not-a-request");
}

#[test]
fn a_badge_in_all_its_forms_is_one_credential_with_its_own_dates_at_whoever_receives_it() {
    let (_folder, app) = learner();
    let fields = json!({"title": "Rope access", "status": "earned", "issued": "2025-05", "expires": "2099-04"});
    let credential = add(&app, Kind::Credential, fields);
    let (_other, stranger) = learner();
    for format in BadgeFormat::ALL {
        let (name, bytes) = (format!("badge.{}", format.name()), app.badge(credential, format).unwrap());
        stranger.import_bytes(&name, &bytes, crate::import::Origin::Anywhere, &mut crate::work::unwatched()).unwrap();
    }
    let there = stranger.list(Kind::Credential, ListQuery::default()).unwrap().items;
    assert_eq!(there.len(), 1, "{there:?}");
    assert_eq!(stranger.show(Kind::Credential, there[0].id).unwrap().fields["expires"], "2099-04-30");
}

#[test]
fn what_claims_nothing_is_told_so() {
    let (_folder, app) = learner();
    let deadline = add(&app, Kind::Deadline, json!({"title": "Exam", "date": "2026-12-01"}));
    assert_eq!(app.badge(deadline, BadgeFormat::Json).unwrap_err().code, "not-claimed");
}
