//! Packets in the hands of an implementation that is not Cairn's: `tests/interop/packet.mjs`.

use crate::sample::{PACKET, attachments, claims, with_file, write};
use cairn_proof::packet::{EntryName, terms, types};
use serde_json::{Map, Value};
use std::path::Path;
use std::process::Command;

/// One claim with every term and type that claims may use, so that none loses its meaning unnoticed.
fn every_term() -> Value {
    let photo = PACKET.resource(&EntryName::evidence(1, "photo.png"));
    let value = |term: &str| match term {
        "id" | "file" | "files" | "backedBy" | "partOf" => photo.clone().into(),
        "type" => types().collect(),
        other => Value::from(other),
    };
    terms().map(|term| (term.to_owned(), value(term))).collect::<Map<String, Value>>().into()
}

#[test]
fn digital_bazaars_libraries_accept_a_packet_with_every_term_and_refuse_changed_ones() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/interop");
    if !folder.join("node_modules/@digitalbazaar/vc").is_dir() {
        eprintln!("skipped: run `npm ci` in tests/interop to check packets with @digitalbazaar/vc");
        return;
    }
    let mut claims = claims();
    claims.subject.insert("claims".into(), every_term());
    let packet = write(claims, attachments()).unwrap().1;
    let accepts = |bytes: &[u8]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let ran = Command::new("node").arg(folder.join("packet.mjs")).arg(file.path()).output().unwrap();
        (ran.status.success(), String::from_utf8_lossy(&ran.stdout).into_owned())
    };
    let (accepted, said) = accepts(&packet);
    assert!(accepted, "{said}");
    for name in ["resume.pdf", "manifest.json"] {
        let changed = with_file(&packet, name, |content| {
            let position = content.iter().rposition(u8::is_ascii_lowercase).unwrap();
            content[position] = b'A';
        });
        let (accepted, said) = accepts(&changed);
        assert!(!accepted, "{name}: {said}");
    }
}
