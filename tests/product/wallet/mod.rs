//! The wallet from outside: what issuers send is kept byte for byte, judged offline, and checked again from what was kept.

mod copies;
mod endorsements;
mod hosted;
mod lines;
mod taking_in;
mod verdicts;

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::harness::{Learner, tool};

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

/// The fields, and who stands behind them.
fn said(learner: &Learner, id: &Value) -> (String, Value, String) {
    let page = learner.ok(&["show", "credential", text(id)])[0].clone();
    (text(&page["fields"]["title"]).to_owned(), page["fields"]["expires"].clone(), text(&page["source"]["kind"]).to_owned())
}

/// What a report says of each credential inside, and of each line.
fn told(report: &Value) -> (Vec<(String, String)>, Vec<Value>) {
    let inside = report["inside"].as_array().unwrap().iter();
    let verdicts = inside.map(|it| (text(&it["file"]).to_owned(), text(&it["verdict"]).to_owned())).collect();
    (verdicts, report["lines"].as_array().unwrap().clone())
}
