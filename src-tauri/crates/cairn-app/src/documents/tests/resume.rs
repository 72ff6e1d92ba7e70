//! What a résumé says, in every form it takes.

use super::*;
use crate::import::Origin;
use crate::issuing::BadgeFormat;

fn story(credential: RecordId) -> Value {
    json!({
        "title": "Releases without fear", "result": "Releases became routine.", "credentials": [credential],
        "metric": {"what": "Deploy time", "before": 40.0, "after": 10.0, "unit": "min"},
    })
}

#[test]
fn a_credential_has_one_outcome_and_a_story_is_told_once() {
    let f = fixture();
    let cka = f.add(
        Kind::Credential,
        json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-03-09", "expires": "2029-03",
        "identifier": "LF-1", "competencies": ["Runs clusters", "Mends them"]}),
    );
    f.add(Kind::Credential, json!({"title": "CKAD", "status": "earned", "competencies": ["Ships services", "And more"]}));
    f.add(Kind::Story, story(cka));
    let text = f.text(f.collection());
    for said in ["CKA", "CNCF", "Mar 2026", "ID LF-1", "valid until Mar 2029", "Ships services"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(text.matches("Releases became routine. Deploy time 40 → 10 min (−75 %)").count(), 1, "{text}");
    for unsaid in ["Runs clusters", "And more", "Releases without fear", "Selected achievements"] {
        assert!(!text.contains(unsaid), "{unsaid}: {text}");
    }
}

#[test]
fn a_story_whose_section_comes_first_is_told_there() {
    let f = fixture();
    let cka = f.add(Kind::Credential, json!({"title": "CKA", "status": "earned", "competencies": ["Runs clusters"]}));
    f.add(Kind::Story, story(cka));
    let collection = f.collection();
    f.app.edit(Kind::Collection, collection, json!({"sections": [{"kind": "story", "title": "Results"}]})).unwrap();
    let text = f.text(collection);
    let places =
        ["Results", "Releases without fear", "Deploy time 40 → 10 min", "CKA", "Runs clusters"].map(|said| text.find(said).unwrap());
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn a_credential_says_where_it_stands() {
    let f = fixture();
    f.add(Kind::Credential, json!({"title": "Soon", "status": "in-progress", "issued": "2027"}));
    f.add(Kind::Credential, json!({"title": "Open", "status": "in-progress"}));
    let lapsed = f.add(Kind::Credential, json!({"title": "Old", "status": "earned", "issued": "2020-02", "expires": "2023-02"}));
    let collection = f.collection();
    let text = f.text(collection);
    assert!(text.contains("expected 2027") && text.contains("in progress") && !text.contains("Old"), "{text}");
    f.app.choose(collection, &[lapsed]).unwrap();
    assert!(f.text(collection).contains("Feb 2020 – Feb 2023 (expired)"));
    let plan = f.add(Kind::Credential, json!({"title": "Someday", "status": "planned"}));
    f.app.choose(collection, &[plan]).unwrap();
    assert!(!f.text(collection).contains("Someday"));
    let warnings = f.app.preview(Some(collection), None).unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.code == "credential-not-held" && warning.params["title"] == "Someday"), "{warnings:?}");
}

#[test]
fn skills_are_listed_by_sort_and_those_that_gather_others_by_name() {
    let f = fixture();
    f.add(Kind::Skill, json!({"name": "Go", "level": "advanced"}));
    f.add(Kind::Skill, json!({"name": "Coaching", "type": "soft"}));
    f.add(Kind::Skill, json!({"name": "SQL"}));
    f.add(Kind::Skill, json!({"name": "Web", "keywords": ["HTML", "CSS"]}));
    let text = f.text(f.collection());
    for line in ["Technical: Go (advanced), SQL", "Interpersonal: Coaching", "Web: HTML, CSS"] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn the_collections_words_are_said_everywhere_and_the_records_keep_theirs() {
    let f = fixture();
    let work = f.add(Kind::Work, json!({"name": "Acme", "position": "Engineer", "summary": "Ran it", "highlights": ["Plain words"]}));
    let collection = f.collection();
    let before = f.app.show(Kind::Work, work).unwrap().fields;
    f.word(collection, work, json!({"title": "Platform lead", "summary": "Led it", "highlights": ["Better words"]}));
    f.app.edit(Kind::Collection, collection, json!({"headline": "Platform lead for hire", "summary": "Leads platforms."})).unwrap();
    let (_, claims) = f.packet(collection, "a.cairn");
    let pdf = f.app.document_bytes(Some(collection), DocumentKind::Resume, Format::Pdf).unwrap().0;
    let forms = [Some(f.text(collection)), Some(f.json(collection).to_string()), Some(claims.to_string()), pdf_text(&pdf)];
    for form in forms.into_iter().flatten() {
        for said in ["Platform lead", "Led it", "Better words", "Platform lead for hire", "Leads platforms."] {
            assert!(form.contains(said), "{said}: {form}");
        }
        for unsaid in ["Engineer", "Ran it", "Plain words", "Platform engineer", "Builds platforms."] {
            assert!(!form.contains(unsaid), "{unsaid}: {form}");
        }
    }
    assert_eq!(f.app.show(Kind::Work, work).unwrap().fields, before);
}

#[test]
fn headings_and_dates_speak_the_collections_language() {
    let f = fixture();
    f.add(Kind::Work, json!({"name": "Acme", "position": "Leitung", "start": "2024-03"}));
    let collection = f.collection();
    f.app.edit(Kind::Collection, collection, json!({"language": "de-AT"})).unwrap();
    let text = f.text(collection);
    assert!(text.contains("03/2024 – heute") && text.to_lowercase().contains("berufserfahrung"), "{text}");
    f.app.edit(Kind::Collection, collection, json!({"language": "tlh"})).unwrap();
    let warnings = f.app.preview(Some(collection), None).unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.code == "language-not-worded"), "{warnings:?}");
}

#[test]
fn the_preview_follows_a_draft_that_is_not_saved() {
    let f = fixture();
    f.add(Kind::Work, json!({"name": "Acme", "position": "Engineer"}));
    let collection = f.collection();
    let saved = f.app.preview(Some(collection), None).unwrap();
    let drafted = f.app.preview(Some(collection), Some(json!({"headline": "Typing", "title": ""}))).unwrap();
    assert_ne!(saved.revision, drafted.revision);
    assert_eq!(f.app.preview(Some(collection), None).unwrap(), saved);
    for preview in [&saved, &drafted] {
        assert!(f.app.page(&preview.revision, 0).unwrap().starts_with("<svg"));
        assert_eq!(f.app.page(&preview.revision, preview.pages as usize), None);
    }
    assert_eq!(f.app.page("nothing", 0), None);
    assert_eq!(f.app.preview(Some(collection), Some(json!({"paper": 7}))).unwrap_err().code, "record-unreadable");
    assert_eq!(f.app.show(Kind::Collection, collection).unwrap().fields["headline"], "");
}

#[test]
fn without_a_collection_everything_is_said() {
    let f = fixture();
    f.add(Kind::Work, json!({"name": "Acme", "position": "Engineer"}));
    let text = f.app.document_text(None, TextFormat::Text).unwrap().text;
    assert!(text.contains("Acme") && text.contains("Ada Example"));
    assert_eq!(f.app.document_name(None, DocumentKind::Resume, Format::Pdf).unwrap(), "Ada Example.pdf");
    let collection = f.collection();
    assert_eq!(
        f.app.document_name(Some(collection), DocumentKind::Cards, Format::Pdf).unwrap(),
        "Ada Example - Platform roles - cards.pdf"
    );
}

#[test]
fn the_same_vault_at_the_same_time_gives_the_same_bytes() {
    let f = fixture();
    let cka = f.add(Kind::Credential, json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-03"}));
    f.add(Kind::Story, story(cka));
    f.add(Kind::Deadline, json!({"title": "Book", "date": "2026-12-01"}));
    let lab = f.add(Kind::Evidence, json!({"title": "Lab", "credentials": [cka]}));
    f.attach(lab, "lab.txt", b"lab");
    let collection = f.collection();
    for &kind in DocumentKind::ALL {
        for &format in kind.formats() {
            let [first, second] = ["one", "two"].map(|name| std::fs::read(f.export(collection, kind, format, name).0).unwrap());
            assert!(!first.is_empty() && first == second, "{kind} as {format}");
        }
    }
}

#[test]
fn hostile_words_are_words() {
    let f = fixture();
    let hostile = ["#panic(\"x\") $x$ @ref *b* _i_ `c` \\ <script>", "\u{202e}gpj.exe \u{0}\u{7}", &"long".repeat(120), "🙂 سيرة 履歴書"];
    for (at, words) in hostile.iter().enumerate() {
        let fields = json!({"name": words, "position": words, "highlights": [words], "summary": words, "location": words});
        f.add(Kind::Work, fields);
        f.add(Kind::Skill, json!({"name": format!("{at}{words}")}));
        f.add(Kind::Credential, json!({"title": words, "issuer": words, "identifier": words, "status": "earned", "competencies": [words]}));
    }
    let collection = f.collection();
    for &kind in DocumentKind::ALL {
        for &format in kind.formats() {
            f.export(collection, kind, format, "hostile");
        }
    }
    assert!(f.text(collection).contains("#panic(\"x\") $x$"));
    assert!(f.app.preview(Some(collection), None).unwrap().pages > 0);
}

#[test]
fn linkedin_gets_what_is_held_with_counters_and_a_link() {
    let f = fixture();
    let (shown, hidden) = (f.add(Kind::Skill, json!({"name": "Go"})), f.add(Kind::Skill, json!({"name": "Secret"})));
    f.add(
        Kind::Credential,
        json!({"title": "CKA & more", "issuer": "CNCF", "status": "earned", "issued": "2026-03-09", "skills": [hidden, shown]}),
    );
    f.add(Kind::Credential, json!({"title": "CKS", "status": "in-progress"}));
    let collection = f.collection();
    f.word(collection, hidden, json!({"shown": false}));
    let linkedin = f.app.linkedin(Some(collection)).unwrap();
    assert_eq!((linkedin.headline.text.as_str(), linkedin.headline.limit), ("Platform engineer", 220));
    let [cka] = linkedin.certifications.as_slice() else { panic!("{linkedin:?}") };
    assert_eq!((cka.issued.unwrap().to_string().as_str(), cka.expires, &cka.skills), ("2026-03", None, &vec!["Go".to_owned()]));
    assert!(cka.add_url.ends_with("&name=CKA%20%26%20more&organizationName=CNCF&issueYear=2026&issueMonth=3"), "{}", cka.add_url);
}

#[test]
fn a_credential_that_does_not_hold_is_said_before_it_goes_out() {
    let signer = fixture();
    let crane = json!({"title": "Crane licence", "issuer": "Port", "status": "earned", "issued": "2026-01-05"});
    let id = signer.add(Kind::Credential, crane);
    let genuine = signer.app.badge(id, BadgeFormat::Json).unwrap();
    let doctored = String::from_utf8(genuine.clone()).unwrap().replace("Crane licence", "Pilot licence");
    let learner = fixture();
    let take_in = |bytes: &[u8]| learner.app.import_bytes("badge.json", bytes, Origin::Anywhere, &mut unwatched()).unwrap().credentials;
    let came = take_in(doctored.as_bytes());
    assert!(!came[0].of_another, "both are ada@example.org");
    let collection = learner.collection();
    let said = || -> Vec<&'static str> {
        let warnings = learner.app.preview(Some(collection), None).unwrap().warnings;
        let about = warnings.iter().filter(|warning| warning.params.get("record") == came[0].credential.map(|id| json!(id)).as_ref());
        about.map(|warning| warning.code).filter(|code| *code != "credential-without-outcome").collect()
    };
    assert_eq!(said(), ["credential-broken"]);
    assert!(!learner.text(collection).contains("urn:uuid:"), "a name for programs is no number");
    learner.app.edit(Kind::Credential, came[0].credential.unwrap(), json!({"title": "Crane licence"})).unwrap();
    let genuine = take_in(&genuine);
    assert_eq!((genuine[0].credential, said()), (came[0].credential, Vec::new()), "what holds speaks, though the page is the same");
    learner.app.edit_single(Kind::Profile, json!({"email": "bob@example.org"})).unwrap();
    assert_eq!(said(), ["credential-of-another"]);
    learner.app.edit_single(Kind::Profile, json!({"other_emails": ["ada@example.org"]})).unwrap();
    assert_eq!(said(), Vec::<&str>::new());
}
