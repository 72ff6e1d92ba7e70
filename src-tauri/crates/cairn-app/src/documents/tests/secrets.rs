//! What stays out of documents stays out of all of them.

use super::*;

/// Everything a collection gives away, as text, by what gives it.
fn given_away(f: &Fixture, collection: RecordId) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for &kind in DocumentKind::ALL.iter().filter(|kind| **kind != DocumentKind::Calendar) {
        for &format in kind.formats() {
            let bytes = std::fs::read(f.export(collection, kind, format, "out").0).unwrap();
            if format == Format::Pdf {
                all.extend(pdf_text(&bytes).map(|text| (format!("{kind} as {format}, read"), text)));
            }
            all.push((format!("{kind} as {format}"), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    all
}

#[test]
fn what_is_hidden_is_hidden_everywhere() {
    let f = fixture();
    let shown = f.add(Kind::Work, json!({"name": "Seen Ltd", "position": "Engineer"}));
    let hidden = f.add(Kind::Work, json!({"name": "Unseen-Work", "position": "Unseen-Role"}));
    f.add(Kind::Reference, json!({"name": "Unseen-Referee", "reference": "Unseen-Praise"}));
    let skill = f.add(Kind::Skill, json!({"name": "Unseen-Skill"}));
    let credential = f.add(Kind::Credential, json!({"title": "CKA", "status": "earned", "skills": [skill]}));
    let story = f.add(
        Kind::Story,
        json!({"title": "Unseen-Story", "result": "Unseen-Result", "credentials": [credential],
        "metric": {"what": "Unseen-Metric", "after": 3.0}}),
    );
    let lab = f.add(Kind::Evidence, json!({"title": "Unseen-Evidence", "credentials": [credential], "work": [shown]}));
    f.attach(lab, "unseen-file.txt", b"Unseen-Bytes");
    let collection = f.collection();
    for record in [hidden, skill, story, lab] {
        f.word(collection, record, json!({"shown": false}));
    }
    let mut sections = f.app.show(Kind::Collection, collection).unwrap().fields["sections"].clone();
    for section in sections.as_array_mut().unwrap() {
        if section["kind"] == "reference" || section["kind"] == "profile" {
            section["shown"] = false.into();
        }
    }
    f.app.edit(Kind::Collection, collection, json!({"sections": sections})).unwrap();
    for (form, text) in given_away(&f, collection) {
        assert!(!text.to_lowercase().contains("unseen-"), "{form}: {text}");
        assert!(!text.contains("Builds platforms."), "{form}: a hidden summary");
        for id in [hidden, skill, story, lab] {
            assert!(!text.contains(&id.to_string()), "{form}: {id}");
        }
    }
    assert!(f.text(collection).contains("Seen Ltd"));
}

#[test]
fn private_notes_money_and_plans_belong_to_no_document() {
    let f = fixture();
    f.app.edit_single(Kind::Profile, json!({"other_emails": ["Secret-address@example.org"]})).unwrap();
    let credential = f.add(Kind::Credential, json!({"title": "CKA", "status": "earned", "notes": "Secret-note"}));
    f.add(Kind::Skill, json!({"name": "Go", "notes": "Secret-note"}));
    f.add(Kind::Credential, json!({"title": "Secret-plan", "status": "considering"}));
    f.add(Kind::BudgetLine, json!({"title": "Secret-cost", "credential": credential}));
    f.add(Kind::Reflection, json!({"title": "Secret-thought", "credential": credential}));
    f.add(Kind::Milestone, json!({"title": "Secret-milestone", "notes": "Secret-note"}));
    let collection = f.collection();
    for (form, text) in given_away(&f, collection) {
        assert!(!text.contains("Secret-"), "{form}: {text}");
    }
}

#[test]
fn the_json_inside_the_pdf_is_that_of_the_collection() {
    let f = fixture();
    f.add(Kind::Work, json!({"name": "Acme", "position": "Engineer"}));
    let collection = f.collection();
    let (pdf, _) = f.export(collection, DocumentKind::Resume, Format::Pdf, "resume.pdf");
    let out = f.dir.path().join("attached");
    std::fs::create_dir(&out).unwrap();
    let Ok(status) = std::process::Command::new("pdfdetach").arg("-saveall").arg("-o").arg(&out).arg(&pdf).status() else {
        eprintln!("skipped: pdfdetach is not installed");
        return;
    };
    assert!(status.success());
    let attached = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    let attached: Value = serde_json::from_slice(&std::fs::read(attached).unwrap()).unwrap();
    assert_eq!(attached, f.json(collection));
}
