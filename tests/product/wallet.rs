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
    assert!(issuer.asked().is_empty());
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
