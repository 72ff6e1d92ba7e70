//! Documents as other programs read them: poppler for the text and the structure, PyPI's pdfua for accessibility.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Learner, foreign_resumes, project, tool};

#[test]
fn every_foreign_resume_becomes_an_accessible_pdf() {
    for resume in foreign_resumes() {
        let learner = Learner::new();
        learner.ok(&["import", resume.to_str().unwrap()]);
        learner.ok(&["export", "resume", "--out", "resume.pdf"]);
        accessible(&learner, "resume.pdf");
        let pdf = learner.path("resume.pdf");
        let text = tool("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
        assert!(!text.chars().any(unreadable), "{text}");
        let given: Value = serde_json::from_slice(&fs::read(&resume).unwrap()).unwrap();
        for (section, field) in [("work", "name"), ("work", "position"), ("education", "institution"), ("skills", "name")] {
            for value in given[section].as_array().into_iter().flatten().filter_map(|entry| entry[field].as_str()) {
                assert!(squeezed(&text).contains(&squeezed(value)), "{section}/{field} “{value}” is not in {text}");
            }
        }
        // The same résumé travels inside, for programs.
        let inside = tool("pdfdetach", &["-list", pdf.to_str().unwrap()]);
        assert!(inside.contains(".json"), "{inside}");
    }
}

#[test]
fn scripts_that_people_write_in_come_without_boxes() {
    let learner = Learner::new();
    learner.add(
        "profile",
        json!({"name": "Ελένη Παπαδοπούλου", "headline": "Инженер по надёжности", "summary": "Zażółć gęślą jaźń. Ünïcödé — “quoted”."}),
    );
    learner.add("work", json!({"name": "Рога и копыта", "position": "Μηχανικός", "start": "2021", "highlights": ["#panic() $x$ *no* @here \\ {curly} <b>"]}));
    learner.ok(&["export", "resume", "--out", "resume.pdf"]);
    accessible(&learner, "resume.pdf");
    let text = tool("pdftotext", &["-raw", learner.path("resume.pdf").to_str().unwrap(), "-"]);
    for words in
        ["Ελένη Παπαδοπούλου", "Инженер по надёжности", "Рога и копыта", "Zażółć gęślą jaźń", "#panic() $x$ *no* @here \\ {curly} <b>"]
    {
        assert!(squeezed(&text).contains(&squeezed(words)), "“{words}” is not in {text}");
    }
}

#[test]
fn the_same_vault_makes_the_same_bytes() {
    let learner = Learner::new();
    learner.ok(&["import", foreign_resumes()[0].to_str().unwrap()]);
    let exported = |document: &str| {
        learner.ok(&["export", document, "--out", "document"]);
        fs::read(learner.path("document")).unwrap()
    };
    let all = || ["resume", "linkedin", "json-resume", "calendar"].map(exported);
    let first = all();
    // Into another second: a document bears the time of the last change, not of its export.
    thread::sleep(Duration::from_millis(1_100));
    assert!(all() == first);
    let skill = learner.add("skill", json!({ "name": "Juggling" }));
    assert!(exported("resume") != first[0]);
    learner.ok(&["undo"]);
    assert!(all() == first, "also once a change was taken back: {skill}");
}

#[test]
fn text_and_markdown_tell_what_the_pdf_tells() {
    let learner = Learner::new();
    learner.ok(&["import", foreign_resumes()[0].to_str().unwrap()]);
    let name = learner.ok(&["show", "profile"])[0]["fields"]["name"].as_str().unwrap().to_owned();
    for (format, file) in [("text", "resume.txt"), ("markdown", "resume.md")] {
        learner.ok(&["export", "resume", "--format", format, "--out", file]);
        let text = fs::read_to_string(learner.path(file)).unwrap();
        assert!(text.contains(&name) && text.lines().count() > 20, "{text}");
    }
    learner.refused(&["export", "resume", "--format", "ics"], "no-such-format");
}

#[test]
fn a_name_that_runs_against_the_page_leaves_its_numbers_in_order() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "محمد Al-Sayed عبد الرحمن"}));
    let highlights: Vec<String> = (0..60).map(|n| format!("Outcome {n}")).collect();
    learner.add("work", json!({"name": "Acme", "position": "Engineer", "start": "2021", "highlights": highlights}));
    learner.ok(&["export", "resume", "--out", "resume.pdf"]);
    let boxes = tool("pdftotext", &["-bbox", "-l", "1", learner.path("resume.pdf").to_str().unwrap(), "-"]);
    // The last words of the page, by where they stand on its last line.
    let left = |word: &str| -> f64 {
        let row = boxes.lines().rev().find(|row| row.contains(&format!(">{word}</word>"))).expect(word);
        row.split("xMin=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!(left("1") < left("/") && left("/") < left("2"), "{boxes}");
}

#[test]
fn what_has_lapsed_goes_by_the_day_where_the_learner_is() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada Lovelace"}));
    // The first of these zones is 26 hours ahead of the second: what ended yesterday there has a day to go here.
    let ahead = chrono::Utc::now() + chrono::TimeDelta::hours(14);
    let yesterday = (ahead.date_naive() - chrono::TimeDelta::days(1)).to_string();
    learner.add("credential", json!({"title": "First Aid", "status": "earned", "issued": "2024-03", "expires": yesterday}));
    let told = |zone: &str| {
        let mut command = learner.command();
        let done = command.env("TZ", zone).args(["export", "resume", "--format", "text", "--out", "resume.txt"]).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        fs::read_to_string(learner.path("resume.txt")).unwrap()
    };
    // Where no collection chooses it, what has lapsed is left out.
    assert!(!told("<+14>-14").contains("First Aid"));
    assert!(told("<-12>12").contains("First Aid"));
}

#[test]
fn a_collection_chooses_and_rewords_without_changing_records() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada Lovelace", "headline": "Mathematician"}));
    let shown = learner.add("work", json!({"name": "Analytical Engines", "position": "Programmer", "start": "1942"}));
    let hidden = learner.add("work", json!({"name": "Hidden Looms", "position": "Weaver", "start": "1940"}));
    let entries = json!([{"record": shown, "summary": "Wrote the first program."}, {"record": hidden, "shown": false}]);
    learner.add("collection", json!({"title": "For Babbage", "headline": "Programmer of engines", "entries": entries}));
    learner.ok(&["export", "resume", "--collection", "For Babbage", "--format", "text", "--out", "resume.txt"]);
    let text = fs::read_to_string(learner.path("resume.txt")).unwrap();
    assert!(
        text.contains("Programmer of engines") && text.contains("Wrote the first program.") && text.contains("Analytical Engines"),
        "{text}"
    );
    assert!(!text.contains("Hidden Looms"), "{text}");
    assert_eq!(learner.fields("work", &shown)["summary"], "");
    learner.refused(&["export", "resume", "--collection", "For nobody"], "no-such-collection");

    let other = learner.add("collection", json!({"title": "For Babbage"}));
    let error = learner.refused(&["export", "resume", "--collection", "for babbage"], "several-collections");
    assert!(error["params"]["ids"].as_array().unwrap().contains(&json!(other)), "{error}");
    // Whoever does not say what is in it begins with everything, as in the window.
    learner.ok(&["export", "resume", "--collection", &other, "--format", "text", "--out", "other.txt"]);
    assert!(fs::read_to_string(learner.path("other.txt")).unwrap().contains("Hidden Looms"));
    let bare = learner.add("collection", json!({"title": "Bare", "entries": []}));
    assert_eq!(learner.fields("collection", &bare)["entries"], json!([]));
}

#[test]
fn cards_are_a_pdf_and_the_calendar_is_one() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada Lovelace"}));
    learner.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-03", "renewal": "2029-03-01"}));
    learner.add("study-block", json!({"title": "Read, then think; \"twice\"", "start": "2026-11-24T18:00:00", "minutes": 50}));
    learner.add("deadline", json!({"title": "Exam", "date": "2026-12-01"}));
    learner.ok(&["export", "cards", "--out", "cards.pdf"]);
    let text = tool("pdftotext", &["-raw", learner.path("cards.pdf").to_str().unwrap(), "-"]);
    assert!(text.contains("CKA") && text.contains("CNCF"), "{text}");
    learner.ok(&["export", "calendar", "--out", "plan.ics"]);
    let calendar = fs::read_to_string(learner.path("plan.ics")).unwrap();
    for line in ["BEGIN:VCALENDAR\r\n", "BEGIN:VEVENT\r\n", "DTSTART:20261124T180000\r\n", "END:VCALENDAR"] {
        assert!(calendar.contains(line), "{line:?} is not in {calendar}");
    }
    assert!(calendar.contains(r"Read\, then think\;"), "{calendar}");
}

#[test]
fn a_packet_of_nothing_at_all_is_refused() {
    let learner = Learner::new();
    learner.refused(&["export", "packet", "--out", "me.cairn"], "nothing-to-sign");
    learner.refused(&["export", "resume", "--with-packet", "--out", "me.pdf"], "nothing-to-sign");
    assert!(!learner.path("me.cairn").exists() && !learner.path("me.pdf").exists());
    assert_eq!(learner.ok(&["key", "show"])[0]["did"], Value::Null);
    learner.add("language", json!({"language": "Portuguese"}));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
}

#[test]
fn what_is_signed_and_checked_is_named_to_people() {
    let issuer = Learner::new();
    let credential = issuer.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-03"}));
    issuer.ok(&["export", "badge", "--id", &credential, "--out", "badge.json"]);
    issuer.ok(&["export", "endorsement-request", "--id", &credential, "--out", "request.json"]);
    let learner = Learner::new();
    let path = |name: &str| issuer.path(name).to_str().unwrap().to_owned();
    learner.ok(&["import", &path("badge.json")]);
    for arguments in [&["check"][..], &["check", "--history"]] {
        let (_, printed, _) = learner.person(arguments, "");
        assert!(printed.starts_with("“CKA” "), "{printed}");
    }
    let (_, _, words) = learner.person(&["endorse", &path("request.json"), "--comment", "I was there."], "");
    assert!(words.starts_with("Somebody who gives no name asks you to endorse “CKA”.\n"), "{words}");
    // A key that is no longer one says what brings it back.
    let key = issuer.ok(&["key", "show"])[0]["path"].as_str().unwrap().to_owned();
    fs::write(key, "no key").unwrap();
    let error = issuer.refused(&["export", "badge", "--id", &credential, "--out", "again.json"], "key-damaged");
    assert!(error["message"].as_str().unwrap().contains("cairn key import-recovery FILE"), "{error}");
    let backup = learner.ok(&["backup"])[0]["path"].as_str().unwrap().to_owned();
    let (code, printed, words) = learner.person(&["restore", &backup], "");
    assert_eq!((code, printed.as_str(), words.lines().count()), (0, "", 1), "{words}");
}

/// Tagged, PDF/A-3a, every font embedded with its characters, and nothing that pdfua finds.
fn accessible(learner: &Learner, name: &str) {
    let pdf = learner.path(name);
    let pdf = pdf.to_str().unwrap();
    let info = tool("pdfinfo", &[pdf]);
    assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{info}");
    assert!(info.lines().any(|line| line.starts_with("Title:") && line.len() > 20), "{info}");
    let metadata = tool("pdfinfo", &["-meta", pdf]);
    assert!(metadata.contains("pdfuaid:part") && metadata.contains("pdfaid:part"), "{metadata}");
    for font in tool("pdffonts", &[pdf]).lines().skip(2) {
        let columns: Vec<&str> = font.split_whitespace().collect();
        let flags = &columns[columns.len() - 5..columns.len() - 2];
        assert_eq!(flags, ["yes", "yes", "yes"], "embedded, a subset, with Unicode: {font}");
    }
    tool(project().join("target/python/bin/pdfua"), &["check", "--min-severity", "warning", pdf]);
}

/// A character that a résumé's text must not hold: from the private use area, a ligature, a replacement.
fn unreadable(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fb00}'..='\u{fb06}' | '\u{fffd}')
}

/// Text without its spaces and line ends, which a page breaks where it must.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').collect()
}
