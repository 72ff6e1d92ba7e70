//! Documents as the learner gets them, over a vault on disk with a clock that stands still.

mod inside;
mod packet;
mod resume;
mod secrets;

use std::path::PathBuf;

use cairn_domain::{Kind, RecordId};
use cairn_proof::KeyStore;
use serde_json::{Value, json};

use crate::App;
use crate::documents::{DocumentKind, Exported, Format, TextFormat};
use crate::work::unwatched;

/// A vault with a profile and a key of its own.
struct Fixture {
    dir: tempfile::TempDir,
    app: App,
}

fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("vault");
    let app = App::open_at(&folder, || "2026-11-22T09:00:00Z".parse().unwrap()).unwrap();
    // No test asks the keychain of the machine it runs on.
    KeyStore::in_file(&folder).learner_key().unwrap();
    let profile =
        json!({"name": "Ada Example", "headline": "Platform engineer", "email": "ada@example.org", "summary": "Builds platforms."});
    app.edit_single(Kind::Profile, profile).unwrap();
    Fixture { dir, app }
}

impl Fixture {
    fn add(&self, kind: Kind, fields: Value) -> RecordId {
        self.app.add(kind, fields).unwrap().id.unwrap()
    }

    fn collection(&self) -> RecordId {
        self.app.add(Kind::Collection, json!({"title": "Platform roles"})).unwrap().id.unwrap()
    }

    fn word(&self, collection: RecordId, record: RecordId, words: Value) {
        let mut entries = self.app.show(Kind::Collection, collection).unwrap().fields["entries"].clone();
        let entry = entries.as_array_mut().unwrap().iter_mut().find(|entry| entry["record"] == record.to_string()).unwrap();
        json_patch::merge(entry, &words);
        self.app.edit(Kind::Collection, collection, json!({"entries": entries})).unwrap();
    }

    fn attach(&self, evidence: RecordId, name: &str, content: &[u8]) {
        let path = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        self.app.attach(evidence, &[path], &mut unwatched()).unwrap();
    }

    /// The résumé as text, with plain spaces where figures are kept together.
    fn text(&self, collection: RecordId) -> String {
        self.app.document_text(Some(collection), TextFormat::Text).unwrap().text.replace('\u{a0}', " ")
    }

    fn json(&self, collection: RecordId) -> Value {
        serde_json::from_str(&self.app.document_text(Some(collection), TextFormat::JsonResume).unwrap().text).unwrap()
    }

    fn export(&self, collection: RecordId, kind: DocumentKind, format: Format, name: &str) -> (PathBuf, Exported) {
        let to = self.dir.path().join(name);
        let exported = self.app.write_document(Some(collection), kind, format, &to, &mut unwatched()).unwrap();
        (to, exported)
    }

    fn packet(&self, collection: RecordId, name: &str) -> (PathBuf, Value) {
        let (path, _) = self.export(collection, DocumentKind::Packet, Format::Cairn, name);
        let manifest = manifest(&std::fs::read(&path).unwrap());
        (path, manifest)
    }
}

/// The manifest of a packet, whose entries are stored as they are.
fn manifest(packet: &[u8]) -> Value {
    let name = b"manifest.json{";
    let at = packet.windows(name.len()).rposition(|window| window == name).expect("a packet has a manifest");
    serde_json::Deserializer::from_slice(&packet[at + name.len() - 1..]).into_iter::<Value>().next().unwrap().unwrap()
}

/// What a PDF says, where poppler is installed.
fn pdf_text(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    match std::process::Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(file.path()).arg("-").output() {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(_) => {
            eprintln!("skipped: pdftotext is not installed");
            None
        }
    }
}
