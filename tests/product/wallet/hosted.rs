//! Open Badges 2.0 that are shown at an address instead of signed.

use serde_json::{Value, json};

use super::{imported, signed, text};
use crate::harness::Learner;

/// A hosted badge with its class and its issuer, as their addresses show them.
fn hosted() -> [Value; 3] {
    let context = "https://w3id.org/openbadges/v2";
    let at = |name: &str| format!("https://badges.example/{name}.json");
    let recipient = json!({"type": "email", "hashed": false, "identity": "ada@example.org"});
    [
        json!({"@context": context, "type": "Assertion", "id": at("assertion"), "badge": at("class"), "recipient": recipient,
            "issuedOn": "2026-01-01T00:00:00Z", "verification": {"type": "hosted"}}),
        json!({"@context": context, "type": "BadgeClass", "id": at("class"), "name": "Robotics", "description": "For awesome things.",
            "criteria": {"narrative": "Build one."}, "issuer": at("issuer"), "image": null,
            "alignment": [{"targetName": "Soldering", "targetUrl": "https://framework.example/1"}]}),
        json!({"@context": context, "type": "Issuer", "id": at("issuer"), "name": "Badge House", "url": "https://badges.example"}),
    ]
}

#[test]
fn a_hosted_badge_is_checked_by_what_was_saved_from_its_addresses_and_filled_from_it() {
    let learner = Learner::new();
    let [assertion, class, issuer] = hosted().map(|part| part.to_string());
    let badge = learner.file("hosted.json", &assertion);
    let came = imported(&learner, &badge);
    assert_eq!((text(&came["fate"]), text(&came["verdict"]), text(&came["title"])), ("added", "cannot-check", "hosted.json"));
    for part in [("class.json", &class), ("issuer.json", &issuer)] {
        let report = &learner.ok(&["import", &learner.file(part.0, part.1)])[0];
        assert_eq!(report["material"]["kind"], "hosted-document", "{report}");
    }
    // What it is about is known now; that it is what its address says, not yet.
    let fields = learner.fields("credential", text(&came["credential"]));
    assert_eq!((text(&fields["title"]), text(&fields["issuer"])), ("Robotics", "Badge House"));
    assert_eq!((text(&fields["scope"]), text(&fields["assessment_note"])), ("For awesome things.", "Build one."));
    assert_eq!(learner.titles("skill"), ["Soldering"]);
    assert_eq!(learner.run(&["check"]).results[0]["verdict"], "cannot-check");
    let page = learner.ok(&["show", "credential", text(&came["credential"])])[0]["held"][0].clone();
    assert_eq!((text(&page["view"]["name"]), text(&page["held"]["issuer"]["name"])), ("Robotics", "Badge House"));

    // The same again, from anywhere, proves nothing.
    let again = imported(&learner, &learner.file("again.json", &assertion));
    assert_eq!((text(&again["fate"]), text(&again["verdict"])), ("duplicate", "cannot-check"));
    assert_eq!(learner.run(&["check"]).results[0]["verdict"], "cannot-check");
    // Saved from its address, as its next step says.
    let (_, words, _) = learner.person(&["import", &badge], "");
    assert!(words.contains("0 added"), "{words}");
    let saved = learner.file("saved.json", &assertion);
    let report = &learner.ok(&["import", "--published", &saved])[0];
    assert_eq!((&report["unchanged"], text(&report["material"]["kind"])), (&json!(1), "hosted-document"), "{report}");
    assert_eq!((text(&report["credentials"][0]["fate"]), text(&report["credentials"][0]["verdict"])), ("duplicate", "valid"));
    let outcome = learner.run(&["check"]);
    assert_eq!((outcome.code, text(&outcome.results[0]["verdict"])), (0, "valid"), "{outcome:?}");
    assert_eq!(learner.titles("credential").len(), 1);
    // And what its address said later: taken back.
    let revoked = json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://badges.example/assertion.json",
        "revoked": true, "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"}, "badge": "https://badges.example/class.json"});
    learner.ok(&["import", "--published", &learner.file("later.json", revoked.to_string())]);
    assert_eq!(learner.run(&["check"]).results[0]["verdict"], "revoked");
    learner.is_sound();
}

#[test]
fn only_a_hosted_badge_is_imported_as_published() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    learner.refused(&["import", "--published", &file], "not-published");
    learner.refused(&["import", "--published", &learner.file("note.json", "{}")], "not-published");
    // A file that is broken is called that, not something else.
    learner.refused(&["import", "--published", &learner.file("broken.json", r#"{"type": "Assertion", "#)], "import-unreadable");
    assert_eq!((learner.titles("credential").len(), learner.ok(&["history"]).len()), (0, 0));
}

#[test]
fn a_hosted_badge_is_filled_from_parts_that_are_kept() {
    let learner = Learner::new();
    let [assertion, class, issuer] = hosted().map(|part| part.to_string());
    for part in [("class.json", &class), ("issuer.json", &issuer)] {
        learner.ok(&["import", &learner.file(part.0, part.1)]);
    }
    let came = imported(&learner, &learner.file("hosted.json", assertion));
    assert_eq!(text(&came["title"]), "Robotics");
    assert_eq!(learner.fields("credential", text(&came["credential"]))["issuer"], "Badge House");
}
