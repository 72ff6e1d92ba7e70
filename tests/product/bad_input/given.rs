//! Records and résumés that say what cannot be.

use serde_json::{Value, json};

use super::state;
use crate::harness::Learner;

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
        ("collection", json!({"title": "For Acme", "language": "German"}), "/language", "not-a-language"),
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
