//! What a credential is worth: judged by what its issuer publishes, and by nothing else.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::{Issuer, imported, text, told};
use crate::harness::{Learner, PROGRAM, finish};

#[test]
fn a_verdict_rests_on_what_the_issuer_publishes_and_is_repeated_offline() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada", "email": "ada@example.org"}));
    let came = imported(&learner, &issuer.argument("credential.json"));
    assert_eq!(came["verdict"], "cannot-check", "no key at hand: {came}");
    assert_eq!(issuer.asked(), Vec::<String>::new(), "nothing is asked by itself");

    // Nobody agreed: nothing is asked.
    let refused = learner.run(&["refresh"]).refused("not-agreed");
    assert_eq!(refused["params"]["hosts"], json!([format!("localhost:{}", issuer.port)]));
    assert_eq!(issuer.asked(), Vec::<String>::new());

    issuer.publish("/.well-known/did.json", "did.json");
    issuer.publish("/status", "status-clean.json");
    let outcome = learner.run(&["refresh", "--yes"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert_eq!(outcome.results.last().unwrap()["verdict"], "valid");
    let asked = issuer.asked();
    assert!(asked.contains(&"/.well-known/did.json".to_owned()) && asked.contains(&"/status".to_owned()), "{asked:?}");

    // From here on without a network: the verdict is repeated from what was kept.
    let mut alone = Command::new("unshare");
    learner.at_home(&mut alone);
    let outcome = finish(alone.args(["-rn", PROGRAM, "--json", "check"]), "");
    assert_eq!((outcome.code, text(&outcome.results[0]["verdict"])), (0, "valid"), "{outcome:?}");

    // The issuer takes it back.
    issuer.publish("/status", "status-revoked.json");
    let outcome = learner.run(&["refresh", "--yes"]);
    assert_eq!((outcome.code, text(&outcome.results.last().unwrap()["verdict"])), (1, "revoked"), "{outcome:?}");
    let letter = &learner.ok(&["letter", text(&came["credential"])])[0];
    assert!(text(&letter["subject"]).contains("withdrawn") && text(&letter["body"]).contains("The Harbour School"), "{letter}");
    assert!(!text(&letter["body"]).contains("cryptosuite"));

    // The issuer goes offline: what was seen stays.
    issuer.pages.lock().unwrap().clear();
    let outcome = learner.run(&["refresh", "--yes"]);
    let host = &outcome.results.iter().find(|it| it.get("host").is_some()).unwrap()["host"];
    assert_eq!((text(&host["code"]), &host["got"]), ("refused", &json!(0)));
    assert_eq!(outcome.results.last().unwrap()["verdict"], "revoked");

    let today = &learner.ok(&["today"])[0];
    assert!(today["unfinished"].as_array().unwrap().iter().any(|it| it["reason"] == "broken-credential"), "{today}");
    learner.is_sound();
}

#[test]
fn given_documents_decide_on_the_command_line() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    let [credential, key, clean, revoked] =
        ["credential.json", "did.json", "status-clean.json", "status-revoked.json"].map(|name| issuer.argument(name));
    for (arguments, code, verdict) in [
        (vec![], 3, "cannot-check"),
        (vec!["--key-document", &key], 3, "cannot-check"),
        (vec!["--key-document", &key, "--status-list", &clean], 0, "valid"),
        (vec!["--key-document", &key, "--status-list", &revoked], 1, "revoked"),
        (vec!["--key-document", &key, "--status-list", &clean, "--at", "2023-01-01T00:00:00Z"], 1, "not-yet-valid"),
    ] {
        let outcome = learner.run(&[vec!["verify", &credential], arguments.clone()].concat());
        assert_eq!((outcome.code, text(&outcome.results[0]["verdict"])), (code, verdict), "{arguments:?}: {outcome:?}");
        assert!(!text(&outcome.results[0]["reason"]).is_empty() && !text(&outcome.results[0]["checked_at"]).is_empty());
    }
    let tampered = fs::read_to_string(&credential).unwrap().replace("Crane operator", "Chief surgeon");
    let tampered = learner.file("tampered.json", tampered);
    let outcome = learner.run(&["verify", &credential, &tampered, "--key-document", &key, "--status-list", &clean]);
    let verdicts: Vec<&str> = outcome.results.iter().map(|it| text(&it["verdict"])).collect();
    assert_eq!((outcome.code, verdicts), (1, vec!["valid", "invalid"]));
    // What is no such document is refused, and does not leave the verdict asking for one.
    let nameless = learner.file("jwks.json", r#"{"keys": [{"kty": "EC", "kid": "1"}]}"#);
    for (option, file) in [("--key-document", &credential), ("--status-list", &credential), ("--key-document", &nameless)] {
        let refused = learner.run(&["verify", &credential, option, file]).refused("not-a-material");
        assert!(text(&refused["message"]).contains("cannot be checked with"), "{refused}");
    }
    assert!(issuer.asked().is_empty());
}

#[test]
fn key_documents_and_status_lists_are_brought_in_as_files() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    let [credential, key, clean, revoked] =
        ["credential.json", "did.json", "status-clean.json", "status-revoked.json"].map(|name| issuer.argument(name));
    assert_eq!(imported(&learner, &credential)["verdict"], "cannot-check");
    let told = |file: &str| learner.ok(&["import", file])[0]["material"].clone();
    let keys = told(&key);
    assert_eq!((text(&keys["kind"]), &keys["judged"]), ("key-document", &json!(1)), "{keys}");
    let list = told(&clean);
    assert_eq!((text(&list["kind"]), &list["judged"], &list["changed"]), ("status-list", &json!(1), &json!(1)), "{list}");
    let verdict = || learner.run(&["check"]).results[0]["verdict"].clone();
    assert_eq!(verdict(), "valid");
    assert_eq!(told(&revoked)["changed"], 1);
    assert_eq!(verdict(), "revoked");
    // The older list, brought again, does not give it back.
    assert_eq!(told(&clean)["changed"], 0);
    assert_eq!(verdict(), "revoked");
    assert!(issuer.asked().is_empty());
    // No record came of any of them, and nothing of it is undone.
    assert_eq!(learner.ok(&["show", "credential"]).len(), 1);
}

#[test]
fn a_credential_is_compared_with_the_learners_addresses_and_files_whenever_it_is_shown() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    let profile = learner.add("profile", json!({"name": "Ada", "email": "ada@example.org"}));
    let came = imported(&learner, &issuer.argument("credential.json"));
    let found = |id: &str, part: &str| {
        let shown = learner.ok(&["show", "credential", id])[0].clone();
        let checks = shown["held"][0]["verdict"]["checks"].as_array().unwrap().clone();
        checks.iter().find(|check| check["part"] == part).map(|check| check["detail"]["code"].clone()).unwrap_or_default()
    };
    let crane = text(&came["credential"]);
    assert_eq!(found(crane, "identity"), "identity-matches");
    learner.run_with(&["edit", "profile", &profile], r#"{"email": "bob@example.org"}"#);
    assert_eq!(found(crane, "identity"), "identity-differs", "the verdict was not made anew");
    let (_, _, words) = learner.person(&["export", "linkedin", "--out", "me.txt"], "");
    assert!(words.contains("Issued to an address that is not in your profile, and shown all the same"), "{words}");

    let own = learner.add("credential", json!({"title": "Rope access", "issuer": "IRATA", "status": "earned", "issued": "2026-01-05"}));
    let evidence = learner.add("evidence", json!({"title": "Logbook", "credentials": [own]}));
    let file = learner.file("logbook.txt", "120 hours");
    learner.ok(&["attach", &evidence, &file]);
    learner.ok(&["export", "badge", "--id", &own, "--out", "rope.json"]);
    let badge = imported(&learner, "rope.json");
    let rope = text(&badge["credential"]);
    assert_eq!(found(rope, "evidence"), "evidence-unchanged", "{badge}");
    let digest = &learner.ok(&["show", "evidence", &evidence])[0]["files"][0]["sha256"];
    let kept = learner.vault().join("files").join(&text(digest)[..2]).join(text(digest));
    fs::write(&kept, "9000 hours").unwrap();
    assert_eq!(found(rope, "evidence"), "evidence-changed");
}

#[test]
fn a_packet_has_the_same_verdicts_where_there_is_no_vault_and_no_network() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada", "email": "ada@example.org"}));
    learner.ok(&["import", &issuer.argument("credential.json"), &issuer.argument("expired.json")]);
    let own = learner.add("credential", json!({"title": "Rope access", "issuer": "IRATA", "status": "earned", "issued": "2026-01-05"}));
    let endorsed = learner.add("evidence", json!({"title": "Letter of the yard"}));
    learner.add("endorsement", json!({"endorser": "The Yard", "credential": own, "evidence": endorsed}));
    issuer.publish("/.well-known/did.json", "did.json");
    issuer.publish("/status", "status-clean.json");
    learner.run(&["refresh", "--yes"]);
    // Somebody else answers the learner's request, and the answer is what the endorsement came as.
    learner.ok(&["export", "endorsement-request", "--id", &own, "--out", "request.json"]);
    let yard = Learner::new();
    yard.add("profile", json!({"name": "The Yard"}));
    yard.ok(&["endorse", learner.path("request.json").to_str().unwrap(), "--comment", "Seen it.", "--out", "endorsement.json"]);
    learner.ok(&["attach", &endorsed, yard.path("endorsement.json").to_str().unwrap()]);

    // What has expired is shown where the learner chooses it.
    let chosen: Vec<Value> = learner.ok(&["show", "credential"]).iter().map(|it| json!({"record": it["id"], "shown": true})).collect();
    assert_eq!(chosen.len(), 3);
    learner.add("collection", json!({"title": "All of it", "entries": chosen}));
    learner.ok(&["export", "packet", "--collection", "All of it", "--out", "me.cairn"]);
    let here = &learner.ok(&["verify", "me.cairn"])[0];
    let (verdicts, lines) = told(here);
    let stems: Vec<(&str, &str)> = verdicts.iter().map(|(file, verdict)| (file.split('/').next().unwrap(), verdict.as_str())).collect();
    let expected = [("credentials", "valid"), ("credentials", "expired"), ("endorsements", "valid"), ("self-issued", "valid")];
    assert!(expected.iter().all(|one| stems.contains(one)), "{verdicts:?}");
    let line = |said: &str| lines.iter().find(|line| text(&line["text"]).contains(said)).unwrap();
    for (said, provenance, verdict) in
        [("Crane operator", "issuer-signed", "valid"), ("First aid", "issuer-signed", "expired"), ("Rope access", "self-signed", "valid")]
    {
        assert_eq!((text(&line(said)["provenance"]), text(&line(said)["verdict"])), (provenance, verdict), "{lines:?}");
    }
    assert_eq!(line("Crane operator")["by"], "The Harbour School");
    assert_eq!(line("Crane operator")["by_copy"], true, "its keys are known by the packet's own copy alone");
    let crane = here["inside"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["verdict"] == "valid" && !it["used"].as_array().unwrap().is_empty())
        .unwrap();
    assert_eq!(crane["detail"]["code"], "credential-by-copy");
    assert!(text(&crane["reason"]).contains("came in this packet"), "{crane}");
    assert_eq!(crane["recorded"]["verdict"], "valid", "what the learner found stands beside it");

    assert_eq!(line("Crane operator")["signed"], "Crane operator – κινητός γερανός 🏗️");

    // What came is in it byte for byte.
    let mut archive = zip::ZipArchive::new(fs::File::open(learner.path("me.cairn")).unwrap()).unwrap();
    let mut inside = Vec::new();
    for (file, _) in verdicts.iter().filter(|(file, _)| file.starts_with("credentials/")) {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_name(file).unwrap(), &mut bytes).unwrap();
        inside.push(bytes);
    }
    for name in ["credential.json", "expired.json"] {
        assert!(inside.contains(&fs::read(issuer.file(name)).unwrap()), "{name}");
    }

    // A résumé that carries it says the same of its lines.
    learner.ok(&["export", "resume", "--with-packet", "--collection", "All of it", "--out", "me.pdf"]);
    for name in ["me.cairn", "me.pdf"] {
        let elsewhere = Learner::new();
        let copy = elsewhere.file(name, fs::read(learner.path(name)).unwrap());
        let mut alone = Command::new("unshare");
        elsewhere.at_home(&mut alone);
        let outcome = finish(alone.args(["-rn", PROGRAM, "--json", "verify", &copy]), "");
        assert_eq!((outcome.code, text(&outcome.results[0]["verdict"])), (0, "valid"), "{outcome:?}");
        assert_eq!(outcome.results[0]["lines"].as_array().unwrap(), &lines, "{name}");
        if name == "me.cairn" {
            assert_eq!(told(&outcome.results[0]).0, verdicts);
        }
        assert!(!elsewhere.vault().exists());
    }
    learner.is_sound();
}
