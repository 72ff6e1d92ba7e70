//! The wallet from outside: what issuers send is kept byte for byte, judged offline, and checked again from what was kept.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::harness::{Learner, PROGRAM, finish, project, tool};

/// An issuer with a web server on this machine: the same that an issuer's own would be, without TLS.
struct Issuer {
    folder: tempfile::TempDir,
    pages: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
    port: u16,
}

impl Issuer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        tool("node", &["tests/interop/issuer.mjs", &port.to_string(), folder.path().to_str().unwrap()]);
        let (pages, asked) = (Arc::new(Mutex::new(HashMap::new())), Arc::new(Mutex::new(Vec::new())));
        let (shown, heard) = (Arc::clone(&pages), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &shown, &heard);
            }
        });
        Issuer { folder, pages, asked, port }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn argument(&self, name: &str) -> String {
        self.file(name).to_str().unwrap().to_owned()
    }

    /// Puts a file online.
    fn publish(&self, path: &str, name: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), fs::read(self.file(name)).unwrap());
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn answer(mut stream: TcpStream, pages: &Mutex<HashMap<String, Vec<u8>>>, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let Some(path) = first.split(' ').nth(1).filter(|path| path.starts_with('/')).map(str::to_owned) else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    asked.lock().unwrap().push(path.clone());
    let page = pages.lock().unwrap().get(&path).cloned();
    let (status, body) = page.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(&body);
}

/// The one credential of an import.
fn imported(learner: &Learner, file: &str) -> Value {
    let report = &learner.ok(&["import", file])[0];
    assert_eq!(report["credentials"].as_array().map(Vec::len), Some(1), "{report}");
    report["credentials"][0].clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

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
fn what_is_no_credential_is_refused_and_changes_nothing() {
    let learner = Learner::new();
    let picture = learner.file("plain.png", fs::read(project().join("icons/128x128.png")).unwrap());
    learner.refused(&["import", &picture], "import-unknown");
    let broken = learner.file("broken.json", br#"{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "#);
    let outcome = learner.run(&["import", &broken]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(learner.ok(&["history"]).is_empty());
    learner.is_sound();
}

/// A learner who has signed a badge about a credential of their own, and the badge in a format.
fn signed(format: &str) -> (Learner, String) {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Grace Hopper", "email": "grace@example.org"}));
    let rust = learner.add("skill", json!({"name": "Compilers"}));
    let id = learner.add(
        "credential",
        json!({"title": "Compiler building", "issuer": "Navy", "status": "earned", "issued": "2026-01-05", "scope": "Wrote A-0 ⚓", "skills": [rust]}),
    );
    let name = format!("badge.{format}");
    learner.ok(&["export", "badge", "--id", &id, "--format", format, "--out", &name]);
    let path = learner.path(&name).to_str().unwrap().to_owned();
    (learner, path)
}

#[test]
fn every_kind_of_file_comes_in_and_comes_out_byte_for_byte() {
    for format in ["json", "jwt", "png", "svg"] {
        let (_issuer, file) = signed(format);
        let learner = Learner::new();
        let came = imported(&learner, &file);
        assert_eq!((text(&came["fate"]), text(&came["verdict"])), ("added", "valid"), "{format}: {came}");
        let fields = learner.fields("credential", text(&came["credential"]));
        assert_eq!((text(&fields["title"]), text(&fields["status"])), ("Compiler building", "earned"), "{format}");
        learner.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
        assert_eq!(fs::read(learner.path("out")).unwrap(), fs::read(&file).unwrap(), "{format}");
        learner.is_sound();
    }
}

#[test]
fn the_same_credential_twice_is_one() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let first = imported(&learner, &file);
    let again = imported(&learner, &file);
    assert_eq!((text(&again["fate"]), &again["credential"], &again["held"]), ("duplicate", &first["credential"], &first["held"]));
    // The same signature in another spelling of the same JSON.
    let spaced: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let spaced = learner.file("spaced.json", serde_json::to_string_pretty(&spaced).unwrap() + "\n\n");
    assert_eq!(imported(&learner, &spaced)["fate"], "duplicate");
    assert_eq!(learner.titles("credential"), ["Compiler building"]);
}

#[test]
fn a_doctored_copy_that_came_first_does_not_keep_the_genuine_one_out() {
    let (_issuer, file) = signed("json");
    let genuine = fs::read_to_string(&file).unwrap();
    let learner = Learner::new();
    let doctored = learner.file("doctored.json", genuine.replace("Compiler building", "Castle building"));
    let first = imported(&learner, &doctored);
    assert_eq!((text(&first["fate"]), text(&first["verdict"])), ("added", "invalid"));
    let second = imported(&learner, &file);
    assert_eq!((text(&second["fate"]), text(&second["verdict"])), ("updated", "valid"));
    assert_eq!(learner.titles("credential"), ["Compiler building"]);
    // And what holds is not pushed aside by a copy that does not.
    assert_eq!(imported(&learner, &doctored)["fate"], "duplicate");
    let held = learner.ok(&["show", "credential", text(&second["credential"])])[0]["held"].clone();
    assert_eq!(held.as_array().unwrap().len(), 2, "{held}");
    learner.is_sound();
}

#[test]
fn a_doctored_copy_is_told_by_its_own_words_and_changes_nothing() {
    for format in ["json", "jwt"] {
        let (_issuer, file) = signed(format);
        let genuine = fs::read_to_string(&file).unwrap();
        let learner = Learner::new();
        let first = imported(&learner, &file);
        let doctored = match format {
            "json" => genuine.replace("Compiler building", "Castle building"),
            _ => rewritten(&genuine, "Compiler building", "Castle building"),
        };
        let doctored = learner.file("doctored", doctored);
        let second = imported(&learner, &doctored);
        assert_eq!((text(&second["fate"]), text(&second["verdict"]), text(&second["title"])), ("kept", "invalid", "Castle building"));
        assert_eq!(second["credential"], first["credential"], "{format}: it lies beside what it was made from");
        // Under another identifier it is a credential of its own, and no less doctored.
        let id: Value = match format {
            "json" => serde_json::from_str(&genuine).unwrap(),
            _ => serde_json::from_str(&claims(&genuine)).unwrap(),
        };
        let renamed = [text(&id["id"]), "urn:uuid:0192c0de-0000-7000-8000-0000000000ff"];
        let renamed = match format {
            "json" => genuine.replace(renamed[0], renamed[1]),
            _ => rewritten(&genuine, renamed[0], renamed[1]),
        };
        let third = imported(&learner, &learner.file("renamed", renamed));
        assert_eq!((text(&third["fate"]), text(&third["verdict"])), ("added", "invalid"), "{format}");
        let page = &learner.ok(&["show", "credential", text(&first["credential"])])[0];
        assert_eq!((text(&page["fields"]["title"]), text(&page["source"]["kind"])), ("Compiler building", "issuer-signed"), "{format}");
        assert_eq!(page["held"][0]["held"]["verdict"], "valid", "what holds speaks: {page}");
        let today = &learner.ok(&["today"])[0];
        let broken: Vec<_> = today["unfinished"].as_array().unwrap().iter().filter(|it| it["reason"] == "broken-credential").collect();
        assert!(broken.iter().all(|it| it["id"] != first["credential"]), "{today}");
        learner.is_sound();
    }
}

/// A token's claims.
fn claims(token: &str) -> String {
    tool("node", &["-e", "console.log(Buffer.from(process.argv[1].split('.')[1], 'base64url').toString())", token])
}

/// A token with the same signature over other claims.
fn rewritten(token: &str, was: &str, is: &str) -> String {
    let parts: Vec<&str> = token.trim().split('.').collect();
    let encoded = tool(
        "node",
        &["-e", "console.log(Buffer.from(process.argv[1]).toString('base64url'))", claims(token).trim().replace(was, is).as_str()],
    );
    format!("{}.{}.{}", parts[0], encoded.trim(), parts[2])
}

/// The fields, and who stands behind them.
fn said(learner: &Learner, id: &Value) -> (String, Value, String) {
    let page = learner.ok(&["show", "credential", text(id)])[0].clone();
    (text(&page["fields"]["title"]).to_owned(), page["fields"]["expires"].clone(), text(&page["source"]["kind"]).to_owned())
}

#[test]
fn what_nobody_signed_never_takes_the_place_of_what_holds() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.ok(&["import", &issuer.argument("did.json")]);
    let first = imported(&learner, &issuer.argument("renewed.json"));
    assert_eq!(first["verdict"], "valid", "{first}");
    let genuine: Value = serde_json::from_slice(&fs::read(issuer.file("renewed.json")).unwrap()).unwrap();
    let mut forged = genuine.clone();
    forged["name"] = json!("Chief Surgeon");
    forged["validFrom"] = json!("2026-01-01T00:00:00Z");
    forged["validUntil"] = json!("2099-01-01T00:00:00Z");
    let mut unsigned = forged.clone();
    unsigned.as_object_mut().unwrap().remove("proof");
    let stands = ("First aid".to_owned(), json!("2090-01-01"), "issuer-signed".to_owned());
    for (forgery, verdict) in [(&forged, "invalid"), (&unsigned, "cannot-check")] {
        let came = imported(&learner, &learner.file("forged.json", forgery.to_string()));
        assert_eq!((text(&came["fate"]), text(&came["verdict"]), text(&came["title"])), ("kept", verdict, "Chief Surgeon"));
        assert_eq!(came["credential"], first["credential"]);
        assert_eq!(said(&learner, &first["credential"]), stands);
    }
    let held = learner.ok(&["show", "credential", text(&first["credential"])])[0]["held"].clone();
    assert_eq!(held.as_array().unwrap().len(), 3, "what came is kept");
    learner.is_sound();
}

#[test]
fn a_key_that_comes_later_and_the_genuine_file_give_a_record_its_words_back() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    let genuine: Value = serde_json::from_slice(&fs::read(issuer.file("renewed.json")).unwrap()).unwrap();
    let mut forged = genuine.clone();
    forged["name"] = json!("Chief Surgeon");
    // Nobody can say yet which of the two the issuer signed: what was there first stands.
    let came = imported(&learner, &learner.file("forged.json", forged.to_string()));
    assert_eq!((text(&came["fate"]), text(&came["verdict"])), ("added", "cannot-check"));
    assert_eq!(imported(&learner, &issuer.argument("renewed.json"))["fate"], "kept");
    assert_eq!(learner.titles("credential"), ["Chief Surgeon"]);
    learner.ok(&["import", &issuer.argument("did.json")]);
    assert_eq!(said(&learner, &came["credential"]).0, "First aid");
    learner.ok(&["undo"]);
    assert_eq!(learner.titles("credential"), ["Chief Surgeon"]);
    // As an older Cairn may have left it, too.
    assert_eq!(imported(&learner, &issuer.argument("renewed.json"))["fate"], "updated");
    assert_eq!(said(&learner, &came["credential"]), ("First aid".to_owned(), json!("2090-01-01"), "issuer-signed".to_owned()));
    learner.is_sound();
}

#[test]
fn the_newest_issue_is_the_one_that_was_issued_last() {
    for order in [["renewed.json", "expired.json"], ["expired.json", "renewed.json"]] {
        let issuer = Issuer::new();
        let learner = Learner::new();
        learner.ok(&["import", &issuer.argument("did.json")]);
        let came: Vec<Value> = order.iter().map(|name| imported(&learner, &issuer.argument(name))).collect();
        assert_eq!(came[0]["credential"], came[1]["credential"]);
        let page = learner.ok(&["show", "credential", text(&came[0]["credential"])])[0].clone();
        assert_eq!((text(&page["fields"]["expires"]), text(&page["fields"]["status"])), ("2090-01-01", "earned"), "{order:?}");
        let held: Vec<_> = page["held"].as_array().unwrap().iter().map(|it| (text(&it["held"]["name"]), &it["held"]["replaced"])).collect();
        assert_eq!(held, [("renewed.json", &json!(false)), ("expired.json", &json!(true))], "{order:?}");
        assert_eq!(page["source"]["by"][0]["verdict"], "valid", "{order:?}");
    }
}

#[test]
fn a_line_is_an_issuers_only_where_it_says_what_they_signed() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["import", &issuer.argument("did.json")]);
    let came = imported(&learner, &issuer.argument("renewed.json"));
    let id = text(&came["credential"]);
    assert_eq!(said(&learner, &came["credential"]).2, "issuer-signed");
    let retitled = json!({"title": "PhD in Physics, summa cum laude", "issued": "2010"}).to_string();
    assert_eq!(learner.run_with(&["edit", "credential", id], &retitled).code, 0);
    let source = learner.ok(&["show", "credential", id])[0]["source"].clone();
    assert_eq!((text(&source["kind"]), text(&source["by"][0]["title"])), ("unsigned", "First aid"), "{source}");
    assert_eq!(source["by"][0]["differs"], json!(["title", "issued"]));
    assert!(learner.plain(&["show", "credential", id]).contains("by “First aid”, signed by The Harbour School"));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let lines = learner.ok(&["verify", "me.cairn"])[0]["lines"].clone();
    let line = lines.as_array().unwrap().iter().find(|line| text(&line["text"]).contains("PhD")).unwrap().clone();
    assert_eq!(text(&line["provenance"]), "self-signed", "{line}");
    assert!(text(&line["file"]).starts_with("self-issued/"), "{line}");
}

#[test]
fn a_skill_that_was_renamed_is_no_longer_what_a_credential_names() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    imported(&learner, &file);
    let skill = learner.ok(&["show", "skill"])[0]["id"].clone();
    let kind = || text(&learner.ok(&["show", "skill", text(&skill)])[0]["source"]["kind"]).to_owned();
    assert_eq!(kind(), "issuer-signed");
    assert_eq!(learner.run_with(&["edit", "skill", text(&skill)], r#"{"name": "Neurosurgery"}"#).code, 0);
    assert_eq!(kind(), "unsigned");
}

#[test]
fn nothing_is_signed_as_achieved_before_it_is() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    for status in ["considering", "planned", "in-progress"] {
        let id = learner.add("credential", json!({"title": format!("A {status} one"), "status": status}));
        let error = learner.refused(&["export", "badge", "--id", &id, "--out", "b.json"], "not-achieved");
        assert_eq!(error["params"]["title"], format!("A {status} one"));
    }
    let milestone = learner.add("milestone", json!({"title": "First service moved", "due": "2027-01"}));
    learner.refused(&["export", "badge", "--id", &milestone, "--out", "b.json"], "not-achieved");
    learner.refused(&["export", "endorsement-request", "--id", &milestone, "--out", "r.json"], "not-achieved");
    assert!(!learner.path("b.json").exists());
    learner.refused(&["export", "clr", "--out", "clr.json"], "nothing-to-sign");
    for status in ["earned", "expired"] {
        let id = learner.add("credential", json!({"title": format!("An {status} one"), "status": status}));
        learner.ok(&["export", "badge", "--id", &id, "--format", "json", "--out", "b.json"]);
    }
    assert_eq!(learner.run_with(&["edit", "milestone", &milestone], r#"{"reached": "2026-11-01"}"#).code, 0);
    learner.ok(&["export", "badge", "--id", &milestone, "--format", "json", "--out", "b.json"]);
    let outcome = learner.run(&["export", "clr", "--out", "clr.json"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let clr = fs::read_to_string(learner.path("clr.json")).unwrap();
    assert!(clr.contains("An earned one") && !clr.contains("in-progress one"));
    let lost = outcome.results[0]["lost"].as_array().unwrap();
    assert!(text(&lost[0]).starts_with("1 credential that is only planned or under way"), "{lost:?}");
}

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

#[test]
fn a_learner_record_tells_how_its_parts_belong_together_and_keeps_that() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.ok(&["import", &issuer.argument("did.json")]);
    let report = learner.ok(&["import", &issuer.argument("record.json")])[0].clone();
    let came = report["credentials"].as_array().unwrap();
    assert_eq!(came.iter().map(|it| text(&it["verdict"])).collect::<Vec<_>>(), ["valid", "valid", "valid"], "{report}");
    let part = json!([{"kind": "isPartOf", "source": "Arc", "target": "Welding"}]);
    for one in came {
        let page = learner.ok(&["show", "credential", text(&one["credential"])])[0].clone();
        assert_eq!(page["held"][0]["relations"], part, "{}", one["title"]);
    }
    assert!(learner.plain(&["show", "credential", text(&came[1]["credential"])]).contains("“Arc” is a part of “Welding”"));
    // The record is none of its achievements.
    let fields = learner.fields("credential", text(&came[0]["credential"]));
    assert_eq!((text(&fields["title"]), text(&fields["scope"]), text(&fields["url"])), ("Transcript", "", ""));
    assert_eq!(fields["rubric"].as_array().map(Vec::len), Some(1));
    learner.ok(&["export", "clr", "--out", "mine.json"]);
    let mine: Value = serde_json::from_slice(&fs::read(learner.path("mine.json")).unwrap()).unwrap();
    assert_eq!(mine["credentialSubject"]["association"][0]["associationType"], "isPartOf", "{mine}");
    assert_ne!(learner.run(&["verify", "mine.json"]).results[0]["verdict"], "invalid");
}

#[test]
fn importing_again_mends_what_was_damaged() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    let hash = learner.ok(&["show", "credential", text(&came["credential"])])[0]["held"][0]["held"]["sha256"].clone();
    fs::write(learner.vault().join("files").join(&text(&hash)[..2]).join(text(&hash)), "rotten").unwrap();
    learner.refused(&["export", "original", "--id", text(&came["held"]), "--out", "out"], "file-damaged");
    assert_eq!(imported(&learner, &file)["fate"], "duplicate");
    learner.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
    learner.is_sound();
}

#[test]
fn a_credential_comes_in_whatever_became_of_the_learners_own_key() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    learner.add("skill", json!({"name": "Compilers"}));
    fs::write(learner.vault().join("key.history.json"), "not a history").unwrap();
    assert_eq!(imported(&learner, &file)["verdict"], "valid");
    // The skill was there, and stays one.
    assert_eq!(learner.titles("skill"), ["Compilers"]);
}

#[test]
fn a_received_credential_is_taken_from_its_record_by_its_own_id() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    let found = learner.ok(&["check", text(&came["credential"]), "--history"]);
    assert_eq!((found.len(), &found[0]["id"], &found[0]["verdict"]), (1, &came["held"], &json!("valid")));
    learner.ok(&["remove", "credential", text(&came["held"])]);
    let page = &learner.ok(&["show", "credential", text(&came["credential"])])[0];
    assert!(page["held"].is_null(), "{page}");
    learner.ok(&["undo"]);
    assert_eq!(learner.ok(&["show", "credential", text(&came["credential"])])[0]["held"].as_array().unwrap().len(), 1);
}

#[test]
fn what_the_learner_wrote_stays_and_what_is_empty_is_filled() {
    let (_issuer, file) = signed("json");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    let id = text(&came["credential"]).to_owned();
    learner.run_with(&["edit", "credential", &id], &json!({"title": "Mine", "notes": "proud"}).to_string());
    imported(&learner, &file);
    let page = &learner.ok(&["show", "credential", &id])[0];
    assert_eq!((text(&page["fields"]["title"]), text(&page["fields"]["notes"])), ("Mine", "proud"));
    let filled = page["held"][0]["filled"].as_array().unwrap();
    let title = filled.iter().find(|it| it["field"] == "title").unwrap();
    assert_eq!((text(&title["value"]), &title["kept"]), ("Compiler building", &json!(false)));
}

#[test]
fn one_undo_takes_an_import_back_and_redo_brings_it() {
    let (_issuer, file) = signed("png");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    learner.ok(&["undo"]);
    assert!(learner.titles("credential").is_empty() && learner.titles("skill").is_empty());
    assert_eq!(learner.run(&["export", "original", "--id", text(&came["held"])]).code, 1);
    learner.ok(&["redo"]);
    learner.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
    assert_eq!(fs::read(learner.path("out")).unwrap(), fs::read(&file).unwrap());
    learner.ok(&["check"]);
    learner.ok(&["undo"]);
    learner.is_sound();
}

#[test]
fn an_archive_brings_each_credential_and_names_what_it_could_not_read() {
    let (_issuer, file) = signed("json");
    let (_other, png) = signed("png");
    let learner = Learner::new();
    let path = learner.path("badges.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for (name, bytes) in [("a.json", fs::read(&file).unwrap()), ("b/c.png", fs::read(&png).unwrap()), ("note.txt", b"hello".to_vec())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    let report = &learner.ok(&["import", path.to_str().unwrap()])[0];
    assert_eq!((&report["format"], &report["added"]), (&json!("credentials"), &json!(2)), "{report}");
    for came in report["credentials"].as_array().unwrap() {
        assert_eq!(came["verdict"], "valid", "{came}");
    }
    learner.ok(&["undo"]);
    assert!(learner.titles("credential").is_empty());
    learner.is_sound();
}

#[test]
fn a_backup_carries_what_was_received_elsewhere() {
    let (_issuer, file) = signed("svg");
    let learner = Learner::new();
    let came = imported(&learner, &file);
    learner.ok(&["backup", "--to", "whole.zip"]);
    let other = Learner::new();
    other.ok(&["restore", learner.path("whole.zip").to_str().unwrap()]);
    other.ok(&["export", "original", "--id", text(&came["held"]), "--out", "out"]);
    assert_eq!(fs::read(other.path("out")).unwrap(), fs::read(&file).unwrap());
    assert_eq!(other.ok(&["check"])[0]["verdict"], "valid");
    other.is_sound();
}

/// What a report says of each credential inside, and of each line.
fn told(report: &Value) -> (Vec<(String, String)>, Vec<Value>) {
    let inside = report["inside"].as_array().unwrap().iter();
    let verdicts = inside.map(|it| (text(&it["file"]).to_owned(), text(&it["verdict"]).to_owned())).collect();
    (verdicts, report["lines"].as_array().unwrap().clone())
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

#[test]
fn an_answered_request_comes_back_as_an_endorsement() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    learner.add("credential", json!({"title": "First aid", "issuer": "Red Cross"}));
    let own = learner.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-01-05"}));
    learner.ok(&["export", "endorsement-request", "--id", &own, "--out", "request.json"]);
    let yard = Learner::new();
    yard.add("profile", json!({"name": "The Yard"}));
    yard.ok(&["endorse", learner.path("request.json").to_str().unwrap(), "--comment", "Seen it.", "--out", "endorsement.json"]);
    let answer = yard.path("endorsement.json");

    let report = learner.ok(&["import", answer.to_str().unwrap()]).remove(0);
    assert_eq!((&report["added"], &report["skipped"]), (&json!(1), &json!([])), "{report}");
    let came = &report["credentials"][0];
    assert_eq!((&came["verdict"], &came["credential"], &came["held"]), (&json!("valid"), &json!(own), &json!(null)), "{came}");
    let id = text(&came["endorsement"]).to_owned();
    let fields = learner.fields("endorsement", &id);
    assert_eq!((&fields["endorser"], &fields["text"], &fields["credential"]), (&json!("The Yard"), &json!("Seen it."), &json!(own)));
    assert!(fields["date"].is_string(), "{fields}");
    // The file is its evidence, byte for byte, and it is no credential of the learner's.
    let evidence = learner.ok(&["show", "evidence", text(&fields["evidence"])]).remove(0);
    assert_eq!((&evidence["fields"]["title"], &evidence["files"][0]["name"]), (&json!("Endorsement of CKA"), &json!("endorsement.json")));
    let hash = text(&evidence["files"][0]["sha256"]);
    assert_eq!(fs::read(learner.vault().join("files").join(&hash[..2]).join(hash)).unwrap(), fs::read(&answer).unwrap());
    assert_eq!(learner.titles("credential"), ["First aid", "CKA"]);
    // It travels in a packet with its verdict.
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let (verdicts, _) = told(&learner.ok(&["verify", "me.cairn"])[0]);
    let endorsed: Vec<_> =
        verdicts.iter().filter(|(file, _)| file.starts_with("endorsements/")).map(|(_, verdict)| verdict.as_str()).collect();
    assert_eq!(endorsed, ["valid"], "{verdicts:?}");

    let again = learner.ok(&["import", answer.to_str().unwrap()]).remove(0);
    assert_eq!(
        (&again["unchanged"], &again["credentials"][0]["fate"], &again["change"]["history"]),
        (&json!(1), &json!("duplicate"), &json!(null))
    );
    assert_eq!(again["credentials"][0]["endorsement"], json!(id));
    learner.is_sound();
    learner.ok(&["undo"]);
    for kind in ["endorsement", "evidence"] {
        assert!(learner.titles(kind).is_empty(), "{kind}");
    }
    learner.ok(&["redo"]);
    assert_eq!(learner.titles("endorsement").len(), 1);
    learner.is_sound();

    // Whoever has no such credential has the endorsement all the same, and is told what it lacks.
    let stranger = Learner::new();
    let report = stranger.ok(&["import", answer.to_str().unwrap()]).remove(0);
    assert_eq!((&report["added"], &report["credentials"][0]["credential"]), (&json!(1), &json!(null)), "{report}");
    assert!(text(&report["skipped"][0]["reason"]).contains("no credential here"), "{report}");
    assert_eq!(stranger.ok(&["show", "endorsement"])[0]["fields"]["endorser"], "The Yard");
    stranger.is_sound();
}

#[test]
fn a_changed_endorsement_is_taken_in_and_called_what_it_is() {
    let learner = Learner::new();
    learner.add("profile", json!({"name": "Ada"}));
    let own = learner.add("credential", json!({"title": "CKA", "issuer": "CNCF", "status": "earned"}));
    learner.ok(&["export", "endorsement-request", "--id", &own, "--out", "request.json"]);
    learner.ok(&["endorse", "request.json", "--comment", "Seen it.", "--out", "endorsement.json"]);
    let signed = fs::read_to_string(learner.path("endorsement.json")).unwrap();
    let changed = learner.file("changed.json", signed.replace("Seen it.", "The best ever."));
    let report = learner.ok(&["import", &changed]).remove(0);
    assert_eq!(
        (&report["credentials"][0]["verdict"], &report["credentials"][0]["credential"]),
        (&json!("invalid"), &json!(own)),
        "{report}"
    );
    assert!(learner.run(&["check"]).results.is_empty(), "it is no credential that is held");
}
