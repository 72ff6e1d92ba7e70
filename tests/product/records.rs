//! Every kind of record: added, shown, edited, found and removed.

use serde_json::{Value, json};

use crate::harness::Learner;

/// A record of each kind that holds text, with the word that finds it, and an edit.
fn each_kind(learner: &Learner) -> Vec<(&'static str, Value, Value)> {
    let credential = learner.add("credential", json!({"title": "Anchor"}));
    vec![
        (
            "profile",
            json!({"name": "Zephyr Lovelace", "email": "ada@example.org", "links": [{"network": "Git", "url": "https://example.org"}]}),
            json!({"headline": "Engineer"}),
        ),
        (
            "work",
            json!({"name": "Zephyr Works", "position": "Engineer", "start": "2021-02", "highlights": ["Cut costs"]}),
            json!({"end": "2024-03-09"}),
        ),
        (
            "education",
            json!({"institution": "Zephyr University", "area": "Physics", "start": "2010", "end": "2014"}),
            json!({"score": "1.3"}),
        ),
        ("project", json!({"name": "Zephyr", "type": "application", "keywords": ["wind"]}), json!({"description": "A wind map"})),
        ("volunteering", json!({"organization": "Zephyr Aid", "position": "Driver"}), json!({"summary": "Weekly"})),
        ("award", json!({"title": "Zephyr prize", "date": "2020"}), json!({"awarder": "The town"})),
        ("publication", json!({"name": "On zephyrs", "release_date": "2019-05"}), json!({"publisher": "Press"})),
        ("language", json!({"language": "Zephyrian"}), json!({"fluency": "B2"})),
        ("interest", json!({"name": "Zephyr kites"}), json!({"keywords": ["wind"]})),
        ("reference", json!({"name": "Zephyr Jones", "reference": "Good."}), json!({"reference": "Very good."})),
        (
            "credential",
            json!({"title": "Zephyr badge", "type": "badge", "status": "in-progress", "hours": 40}),
            json!({"status": "earned", "issued": "2026-03"}),
        ),
        (
            "endorsement",
            json!({"endorser": "Zephyr Hopper", "role": "Examiner", "date": "2026-03", "text": "She did the work.", "credential": credential}),
            json!({"role": "Chief examiner"}),
        ),
        (
            "renewal-activity",
            json!({"title": "Zephyr conference", "type": "conference", "date": "2026-03-04", "credits": 6.5, "credential": credential}),
            json!({"status": "reported"}),
        ),
        ("evidence", json!({"title": "Zephyr report", "type": "analysis", "claims": ["Measured"]}), json!({"result": "Halved"})),
        (
            "story",
            json!({"title": "Zephyr outage", "metric": {"what": "minutes", "before": 90, "after": 10}}),
            json!({"action": "Rolled back"}),
        ),
        ("skill", json!({"name": "Zephyr RTOS", "type": "technical"}), json!({"level": "Expert"})),
        ("budget-line", json!({"title": "Zephyr fee", "planned": "395.00", "currency": "USD"}), json!({"actual": "395.00"})),
        ("funding", json!({"title": "Zephyr grant", "type": "grant", "planned": "100", "conditions": "Finish"}), json!({"actual": "100"})),
        (
            "expected-return",
            json!({"title": "Zephyr rise", "credential": credential, "monthly_gain": "200", "probability": 60.0}),
            json!({"months": 24}),
        ),
        ("money-settings", json!({"home_currency": "CHF"}), json!({"discount_rate": 3.5})),
        ("sprint", json!({"goal": "Zephyr chapter", "start": "2026-11-23"}), json!({"status": "reached"})),
        ("study-block", json!({"title": "Zephyr reading", "start": "2026-11-24T18:00:00", "minutes": 50}), json!({"status": "kept"})),
        ("deadline", json!({"title": "Zephyr exam", "date": "2026-12-01"}), json!({"done": true})),
        ("milestone", json!({"title": "Zephyr shipped", "due": "2026-12"}), json!({"reached": "2026-12-03"})),
        ("reflection", json!({"title": "After Zephyr", "can_do": "Sail"}), json!({"next": "Race"})),
        ("collection", json!({"title": "For Zephyr Inc", "audience": "Hiring"}), json!({"headline": "Sailor"})),
    ]
}

#[test]
fn every_kind_can_be_added_shown_edited_found_removed_and_taken_back() {
    let learner = Learner::new();
    for (kind, fields, patch) in each_kind(&learner) {
        let id = learner.add(kind, fields.clone());
        let added = learner.fields(kind, &id);
        holds(&added, &fields, kind);

        let outcome = learner.run_with(&["edit", kind, &id], &patch.to_string());
        assert_eq!(outcome.code, 0, "{kind}: {outcome:?}");
        let edited = learner.fields(kind, &id);
        holds(&edited, &patch, kind);
        assert_ne!(edited, added, "{kind}");

        learner.ok(&["undo"]);
        assert_eq!(learner.fields(kind, &id), added, "{kind} after undo");
        learner.ok(&["redo"]);
        assert_eq!(learner.fields(kind, &id), edited, "{kind} after redo");

        if kind != "money-settings" {
            let found = learner.ok(&["search", "zéph"]);
            assert!(found.iter().any(|hit| hit["id"] == id.as_str()), "{kind} is not among {found:?}");
        }
        learner.ok(&["remove", kind, &id]);
        learner.refused(&["show", kind, &id], "not-found");
        assert!(learner.ok(&["search", "zephyr"]).iter().all(|hit| hit["id"] != id.as_str()), "{kind} is found though removed");
        learner.ok(&["undo"]);
        assert_eq!(learner.fields(kind, &id), edited, "{kind} after undoing its removal");
        learner.ok(&["redo"]);
        learner.refused(&["show", kind, &id], "not-found");
    }
    learner.is_sound();
}

#[test]
fn records_are_put_in_order_by_command() {
    let learner = Learner::new();
    let [rust, _go, sql] = ["Rust", "Go", "SQL"].map(|name| learner.add("skill", json!({"name": name})));
    learner.ok(&["edit", "skill", &sql, "--before", &rust]);
    assert_eq!(learner.titles("skill"), ["SQL", "Rust", "Go"]);
    learner.ok(&["edit", "skill", &rust, "--last"]);
    assert_eq!(learner.titles("skill"), ["SQL", "Go", "Rust"]);
}

#[test]
fn the_records_of_a_kind_are_filtered_and_ordered_by_command() {
    let learner = Learner::new();
    for fields in [
        json!({"title": "Bridge design", "status": "earned", "issued": "2024-02", "type": "licence"}),
        json!({"title": "Acoustics", "status": "earned", "issued": "2025"}),
        json!({"title": "Cranes", "status": "planned", "issuer": "Bridge yard"}),
    ] {
        learner.add("credential", fields);
    }
    let titles = |options: &[&str]| -> Vec<String> {
        let shown = learner.ok(&[&["show", "credential"], options].concat());
        shown.iter().map(|one| one["fields"]["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&["--by", "title"]), ["Acoustics", "Bridge design", "Cranes"]);
    assert_eq!(titles(&["--status", "earned", "--by", "date"]), ["Bridge design", "Acoustics"]);
    assert_eq!(titles(&["--status", "earned", "--status", "planned", "--by", "title", "--reverse"]).first().unwrap(), "Cranes");
    assert_eq!(titles(&["--type", "licence"]), ["Bridge design"]);
    assert_eq!(titles(&["--words", "bridge"]), ["Bridge design", "Cranes"]);
    assert!(titles(&["--status", "lost"]).is_empty());
    let (_, _, words) = learner.person(&["show", "credential", "--status", "lost"], "");
    assert!(words.contains("Statuses here: earned, planned."), "{words}");
    assert_eq!(learner.run(&["show", "credential", "--by", "colour"]).code, 2);
}

#[test]
fn several_records_come_in_together_or_not_at_all() {
    let learner = Learner::new();
    let error = learner.run_with(&["add", "skill"], r#"[{"name": "Rust"}, {"name": "Go"}, {"name": ""}]"#).refused("record-invalid");
    assert_eq!(error["problems"][0]["path"], "/2/name");
    let error = learner.run_with(&["add", "skill"], r#"[{"name": "Rust"}, {"name": 7}]"#).refused("record-unreadable");
    assert_eq!(error["params"]["path"], "/1/name");
    let nowhere = json!([{"title": "A"}, {"title": "B", "skills": ["019a0000-0000-7000-8000-000000000000"]}]);
    let error = learner.run_with(&["add", "credential"], &nowhere.to_string()).refused("link-target");
    assert_eq!(error["params"]["field"], "1/skills");
    assert!(learner.titles("skill").is_empty() && learner.titles("credential").is_empty());
    learner.run_with(&["add", "profile"], r#"[{"name": "Ada"}, {"name": "Bob"}]"#).refused("only-one");

    let outcome = learner.run_with(&["add", "skill"], r#"[{"name": "Rust"}, {"name": "Go"}]"#);
    let added: Vec<_> = outcome.results.iter().map(|change| (change["title"].clone(), change["id"].is_string())).collect();
    assert_eq!(added, [(json!("Rust"), true), (json!("Go"), true)]);
    assert_eq!(learner.ok(&["history"])[0]["title"], "Rust, Go");
    learner.ok(&["undo"]);
    assert!(learner.titles("skill").is_empty());
    learner.is_sound();
}

#[test]
fn files_are_attached_together_or_not_at_all_and_one_can_be_taken_off_again() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let (first, last) = (learner.file("first.txt", "1"), learner.file("last.txt", "2"));
    learner.refused(&["attach", &evidence, &first, "nowhere.txt", &last], "file-missing");
    assert_eq!(learner.ok(&["history"])[0]["action"], "add");
    let change = &learner.ok(&["attach", &evidence, &first, &last])[0];
    assert_eq!(change["title"], "first.txt, last.txt");
    let files = |learner: &Learner| learner.ok(&["show", "evidence", &evidence])[0]["files"].as_array().unwrap().clone();
    let attached = files(&learner);
    assert_eq!(attached.len(), 2);
    learner.ok(&["detach", attached[0]["id"].as_str().unwrap()]);
    assert_eq!(files(&learner), attached[1..]);
    learner.ok(&["undo"]);
    assert_eq!(files(&learner), attached);
    learner.refused(&["detach", &evidence], "no-such-file");
}

#[test]
fn removing_says_what_hangs_on_it() {
    let learner = Learner::new();
    let credential = learner.add("credential", json!({"title": "CKA"}));
    let story = learner.add("story", json!({"title": "Rollout", "credentials": [credential]}));
    let expected = learner.add("expected-return", json!({"title": "Rise", "credential": credential, "monthly_gain": "100"}));
    let outcome = learner.run(&["remove", "credential", &credential]);
    assert!(outcome.words.contains("Rollout") && outcome.words.contains("Rise"), "{outcome:?}");
    assert_eq!(learner.fields("story", &story)["credentials"], json!([]));
    learner.refused(&["show", "expected-return", &expected], "not-found");
    learner.ok(&["undo"]);
    assert_eq!(learner.fields("story", &story)["credentials"], json!([credential]));
    assert_eq!(learner.fields("expected-return", &expected)["credential"], credential.as_str());
}

#[test]
fn search_folds_accents_and_case_and_matches_prefixes() {
    let learner = Learner::new();
    let id = learner.add("story", json!({"title": "Größere Änderung", "situation": "Kubernetes-Cluster in Sète, Žďár, Łódź, Hauptstraße"}));
    for words in [
        &["größ"][..],
        &["GRÖSSE", "x"],
        &["grö"],
        &["ANDERUNG"],
        &["kubern"],
        &["kubernetes", "sete"],
        &["zdar", "cluster"],
        &["lodz"],
        &["HAUPTSTRASSE"],
        &["hauptstraße"],
    ] {
        let found = learner.ok(&[&["search"], words].concat()).iter().any(|hit| hit["id"] == id.as_str());
        assert_eq!(found, !words.contains(&"x"), "{words:?}");
    }
    assert!(learner.ok(&["search", "kubernetes", "unrelated"]).is_empty());
    for hostile in ["\"", "a OR", "NEAR(", "*", "-x", "title:x", "'; DROP TABLE record; --"] {
        assert_eq!(learner.run(&["search", "--", hostile]).code, 0, "{hostile}");
    }
}

#[test]
fn a_second_profile_is_refused() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.run_with(&["add", "profile"], r#"{"name": "Bob"}"#).refused("only-one");
}

#[test]
fn a_credential_says_whether_it_fits_its_goal_and_how_its_renewal_stands() {
    let learner = Learner::new();
    let id = learner.add(
        "credential",
        json!({"title": "Platform day", "type": "course-completion", "assessment": "attendance", "purpose": "show-skill", "status": "earned",
            "bloom": "understand", "dok": "recall", "sfia": "assist", "prerequisites": ["A laptop"], "progression": "The second day",
            "credit_transfer": [{"accepted_by": "Escola Aberta", "credits": "1 ECTS"}], "policy_version": "2026.1",
            "teach_out": "Records stay with the provider until 2030",
            "cycle_start": "2024-04-01", "cycle_end": "2027-03-31", "ce_credits": 30, "ce_unit": "CPD hours"}),
    );
    for (title, date, credits) in [("Before", "2024-03-31", 9.0), ("Course", "2025-05", 7.5), ("Talk", "2026-11-22", 4.5)] {
        learner.add("renewal-activity", json!({"title": title, "date": date, "credits": credits, "credential": id}));
    }
    let page = &learner.ok(&["show", "credential", &id])[0];
    assert_eq!(page["standing"]["attendance_only"], true);
    assert_eq!(page["standing"]["stronger"], json!(["evidence", "endorsement", "assessed-credential"]));
    assert_eq!(page["standing"]["fitting"]["fit"], "misses");
    let progress = &page["standing"]["renewal"]["progress"];
    assert_eq!((progress["earned"].as_f64(), progress["missing"].as_f64()), (Some(12.0), Some(18.0)));

    learner.add("endorsement", json!({"endorser": "Grace Hopper", "credential": id}));
    assert_eq!(learner.ok(&["show", "credential", &id])[0]["standing"]["stronger"], json!(["evidence", "assessed-credential"]));
    assert_eq!(learner.ok(&["show", "credential"])[0]["attendance_only"], true);
    let words = learner.plain(&["show", "credential", &id]);
    for said in ["it only shows attendance", "to show that you can do it: does not fit", "12 of 30 CPD hours by 2027-03-31"] {
        assert!(words.contains(said), "{said:?} is not in {words}");
    }
    learner.run_with(&["add", "renewal-activity"], r#"{"title": "Undated", "credits": 1}"#).refused("record-invalid");
}

#[test]
fn what_can_be_logged_is_told_by_the_program() {
    let learner = Learner::new();
    let kinds = learner.ok(&["fields"]);
    assert_eq!(kinds.len(), 26);
    let help = learner.plain(&["add", "--help"]);
    for kind in &kinds {
        let name = kind["kind"].as_str().unwrap();
        assert!(help.contains(name), "{name} is not in {help}");
        // What is said to be required is enough, and nothing else is.
        let fields = learner.ok(&["fields", name]);
        let given: serde_json::Map<_, _> = fields
            .iter()
            .filter(|field| field["required"] == true)
            .map(|field| {
                let value = match field["takes"].as_str().unwrap() {
                    takes if takes.starts_with("a day and time") => json!("2026-11-24T18:30"),
                    takes if takes.starts_with("a d") => json!("2026-11-24"),
                    takes if takes.starts_with("the id of a credential") => json!(learner.add("credential", json!({"title": "CKA"}))),
                    takes => {
                        assert_eq!(takes, "text", "{name}: {field}");
                        json!("Words")
                    }
                };
                (field["name"].as_str().unwrap().to_owned(), value)
            })
            .collect();
        for left_out in given.keys() {
            let mut less = given.clone();
            less.remove(left_out);
            let outcome = learner.run_with(&["add", name], &json!(less).to_string());
            assert_eq!(outcome.code, 1, "{name} without {left_out}: {outcome:?}");
        }
        learner.add(name, json!(given));
    }
    let credential = learner.plain(&["fields", "credential"]);
    for said in [
        "title: text, required",
        "status: one of considering, planned, in-progress, earned, expired, otherwise planned",
        "criterion: text, required",
    ] {
        assert!(credential.contains(said), "{said:?} is not in {credential}");
    }
    let (code, _, words) = learner.person(&["add", "credentail"], "");
    assert!(code == 2 && words.contains("a similar value exists: 'credential'"), "{words}");
}

#[test]
fn money_names_what_has_no_rate_and_says_what_a_credential_returns() {
    let learner = Learner::new();
    let credential = learner.add("credential", json!({"title": "CKA", "competencies": ["Runs clusters", "Mends clusters"]}));
    learner.add("budget-line", json!({"title": "Exam", "planned": "300.00", "actual": "290.00", "credential": credential}));
    learner.add("budget-line", json!({"title": "Evenings", "category": "overtime", "planned": "40", "credential": credential}));
    learner.add("funding", json!({"title": "Employer", "planned": "100", "credential": credential}));
    learner.add("expected-return", json!({"title": "Rise", "monthly_gain": "100", "months": 12, "credential": credential}));
    learner.add("budget-line", json!({"title": "Travel", "planned": "80.00", "currency": "USD"}));
    let words = learner.plain(&["money"]);
    let line = |start: &str| {
        words.lines().find(|line| line.trim_start().starts_with(start)).unwrap_or_else(|| panic!("{start} is not in {words}")).to_owned()
    };
    let amounts = |start: &str| line(start).split_whitespace().rev().take(5).map(str::to_owned).collect::<Vec<_>>();
    // Net, received, promised, spent, planned. What is paid counts as paid, the rest as planned.
    assert_eq!(amounts("All, in EUR"), ["230.00", "0.00", "100.00", "290.00", "300.00"]);
    assert_eq!(amounts("CKA"), ["230.00", "0.00", "100.00", "290.00", "300.00"]);
    assert_eq!(amounts("USD"), ["88.00", "0.00", "0.00", "0.00", "80.00"]);
    assert!(line("returns:").contains("paid back in 3 months; net present value "), "{words}");
    assert_eq!(line("cost per competency").trim(), "cost per competency: 115.00");
    assert!(line("opportunity costs").contains("40.00 planned, 0.00 so far"), "{words}");
    assert!(words.contains("Not in what is in EUR: USD, for want of a rate"), "{words}");
    // The command that it names works once the rate is put in.
    let command = words.lines().find(|line| line.trim_start().starts_with("echo")).unwrap();
    let patch = command.split('\'').nth(1).unwrap().replace("RATE", "0.50");
    let arguments: Vec<&str> = command.rsplit("cairn ").next().unwrap().split_whitespace().collect();
    assert_eq!(learner.run_with(&arguments, &patch).code, 0, "{command}");
    let words = learner.plain(&["money"]);
    assert!(!words.contains("rate"), "{words}");
    assert_eq!(learner.ok(&["money"])[0]["totals"]["planned"], "340.00");
}

#[test]
fn what_finds_nothing_says_so_to_people_alone() {
    let learner = Learner::new();
    for arguments in
        [&["search", "zzz"][..], &["check"], &["check", "--history"], &["today"], &["history"], &["money"], &["show", "credential"]]
    {
        let (code, printed, words) = learner.person(arguments, "");
        assert_eq!((code, printed.as_str()), (0, ""), "{arguments:?}");
        assert!(words.trim_end().ends_with('.') && words.lines().count() == 1, "{arguments:?}: {words}");
        assert_eq!(learner.run(arguments).words, "", "{arguments:?}");
    }
}

#[test]
fn a_credential_that_was_issued_and_is_not_earned_is_said_to_be_left_out() {
    let learner = Learner::new();
    let (code, id, words) = learner.person(&["add", "credential"], r#"{"title": "CKA", "issued": "2024-03"}"#);
    assert!(code == 0 && words.contains("Note: it was issued, and its status is not “earned”"), "{words}");
    assert!(learner.plain(&["show", "credential", id.trim()]).contains("note: it was issued"));
    assert!(learner.plain(&["today"]).contains("1 credential with an issue date and not marked as earned"));
    let (code, _, words) = learner.person(&["edit", "credential", id.trim()], r#"{"status": "earned"}"#);
    assert!(code == 0 && !words.contains("Note:"), "{words}");
    assert!(!learner.plain(&["today"]).contains("not marked as earned"));
}

#[test]
fn today_says_what_each_thing_is_and_what_has_grown() {
    let learner = Learner::new();
    let today = chrono::Local::now().date_naive().to_string();
    let credential = learner.add("credential", json!({"title": "CKA", "status": "earned", "issued": today}));
    learner.add("deadline", json!({"title": "Exam", "date": today, "credential": credential}));
    learner.add("deadline", json!({"title": "Essay", "date": "2020-01-01"}));
    learner.add("skill", json!({"name": "Rust"}));
    let words = learner.plain(&["today"]);
    for said in [
        "What is next\n  2020-01-01  Deadline: “Essay”, overdue\n".to_owned(),
        format!("  {today}  Deadline: “Exam” (CKA)\n"),
        "What is unfinished\n  1 credential without a reflection\n    credential “CKA” ".to_owned(),
        "  1 skill that nothing backs\n    skill “Rust” ".to_owned(),
        "What has grown\n  This week: 1 credential earned\n".to_owned(),
    ] {
        assert!(words.contains(&said), "{said:?} is not in {words}");
    }
}

#[test]
fn what_a_record_holds_is_shown_readably() {
    let learner = Learner::new();
    let skill = learner.add("skill", json!({"name": "Kubernetes"}));
    let fields = json!({"title": "CKA", "hours": 40, "competencies": ["Runs clusters", "Mends them"], "assessed": {"holds": true, "reason": "Proctored"},
        "rubric": [{"criterion": "Depth", "levels": ["low", "high"]}], "skills": [skill], "notes": "one\ntwo"});
    let credential = learner.add("credential", fields);
    let words = learner.plain(&["show", "credential", &credential]);
    for said in [
        "  title: CKA\n  type: certificate\n  status: planned\n  competencies:\n    - Runs clusters\n    - Mends them\n  hours: 40\n",
        "  rubric:\n    - criterion: Depth\n      levels:\n        - low\n        - high\n  assessed:\n    holds: true\n    reason: Proctored\n",
        "  notes: one\n    two",
    ] {
        assert!(words.contains(said), "{said:?} is not in {words}");
    }
    assert!(words.contains(&format!("    - “Kubernetes” {skill}")), "{words}");
    assert!(!words.contains(['{', '[']) && !words.contains("portable"), "{words}");
}

/// Every field of `part` stands in `whole` with its value; figures compare by value, objects part by part.
fn holds(whole: &Value, part: &Value, what: &str) {
    match part {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| holds(&whole[name], value, &format!("{what}/{name}"))),
        Value::Array(items) => {
            assert_eq!(whole.as_array().map(Vec::len), Some(items.len()), "{what}: {whole}");
            items.iter().enumerate().for_each(|(index, value)| holds(&whole[index], value, &format!("{what}/{index}")));
        }
        Value::Number(number) => assert_eq!(whole.as_f64(), number.as_f64(), "{what}"),
        other => assert_eq!(whole, other, "{what}"),
    }
}
