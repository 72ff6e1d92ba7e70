//! Writes a sample packet for checks by other implementations: `write_packet OUT.cairn [WHAT=FILE]...`
//!
//! `WHAT` is `credential`, `self-issued` or `endorsement`, or `key-document:URL` or `status-list:URL`. Each credential becomes a
//! line of the résumé.

use cairn_proof::packet::{Attachment, Claims, Contents, Enclosed, EntryName, Line, PacketId, Provenance, Source, write};
use cairn_proof::{Material, MaterialKind, SigningKey};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::Path;
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name the file to write")?;
    let id = PacketId(Uuid::now_v7());
    let photo = EntryName::evidence(1, "Whiteboard – 設計 (final).png");
    let claims = Claims {
        id,
        title: Some("Ada Example: data analyst".into()),
        issuer_name: Some("Ada Example".into()),
        subject: subject(&id.resource(&photo)),
        valid_until: None,
    };
    let file = |name: EntryName, media_type: &str, bytes: &[u8]| Attachment {
        name,
        media_type: media_type.into(),
        source: Source::Bytes(bytes.to_vec()),
    };
    let attachments = vec![
        file(EntryName::resume_pdf(), "application/pdf", b"%PDF-1.7\n% a sample\n"),
        file(EntryName::resume_json(), "application/json", br#"{"basics":{"name":"Ada Example"}}"#),
        file(photo, "image/png", b"\x89PNG\r\n\x1a\n"),
    ];
    let mut contents = Contents { attachments, ..Contents::new(claims) };
    let now = Utc::now();
    for argument in arguments {
        let (what, file) = argument.rsplit_once('=').ok_or("say WHAT=FILE")?;
        enclose(&mut contents, what, Path::new(file), now)?;
    }
    let line = |text: &str, provenance| Line { text: text.into(), provenance, by: None, file: None };
    contents.lines.push(line("Halved the time of weekly reports", Provenance::SelfSigned));
    contents.lines.push(line("Likes mountains — يحب الجبال", Provenance::Unsigned));
    let key = SigningKey::generate()?;
    let mut out = File::create(&path)?;
    let written = write(contents, &key, now, &mut out, &mut |_| ControlFlow::Continue(()))?;
    println!("{path} with {} files, signed by {}", written.files.len(), written.signer);
    Ok(())
}

fn enclose(contents: &mut Contents<'_>, what: &str, file: &Path, seen: DateTime<Utc>) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(file)?;
    if let Some((kind, url)) = what.split_once(':') {
        let kind = if kind == "status-list" { MaterialKind::StatusList } else { MaterialKind::KeyDocument };
        contents.materials.push(Material { kind, url: url.into(), bytes, seen });
        return Ok(());
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let enclosed = Enclosed { name, bytes, verdicts: Vec::new() };
    let (list, name, provenance): (_, fn(usize, &Enclosed) -> EntryName, _) = match what {
        "self-issued" => (&mut contents.self_issued, EntryName::self_issued, Provenance::SelfSigned),
        "endorsement" => (&mut contents.endorsements, EntryName::endorsement, Provenance::IssuerSigned),
        _ => (&mut contents.credentials, EntryName::issued, Provenance::IssuerSigned),
    };
    let text = format!("Holds {}", enclosed.name);
    let name = name(list.len() + 1, &enclosed).to_string();
    // One line in its own words, and one in the owner's.
    let opened = cairn_proof::opened::open("it", &enclosed.bytes).ok();
    let title = opened.and_then(|opened| opened.items.into_iter().next()).map(|item| item.name);
    list.push(enclosed);
    for text in title.into_iter().chain([text]) {
        contents.lines.push(Line { text, provenance, by: Some("its issuer".into()), file: Some(name.clone()) });
    }
    Ok(())
}

/// Claims with something of every kind: text in several scripts, numbers, lists, links to a file.
fn subject(photo: &str) -> Map<String, Value> {
    let subject = json!({
        "type": "Person",
        "name": "Ada Example",
        "email": "ada@example.org",
        "url": "example.org/ada",
        "knowsLanguage": ["en", "日本語", "العربية"],
        "hasCredential": [{
            "type": "EducationalOccupationalCredential",
            "name": "Data Analysis",
            "recognizedBy": {"type": "Organization", "name": "Example University"},
            "dateCreated": "2026-03",
            "hours": 120.5,
            "provenance": "self-signed",
            "backedBy": [photo]
        }],
        "stories": [{
            "type": "Story",
            "name": "Reports in minutes",
            "situation": "Reports took two days.",
            "task": "Halve the time.",
            "action": "Rewrote the queries.",
            "result": "Reports take ten minutes. 🎉",
            "metric": {"type": "Metric", "name": "time", "before": 2880, "after": 10, "unit": "min"}
        }],
        "skills": [{"type": "Skill", "name": "SQL", "level": "advanced"}],
        "evidence": [{"type": "Evidence", "id": photo, "name": "Whiteboard", "file": photo}]
    });
    match subject {
        Value::Object(subject) => subject,
        _ => Map::new(),
    }
}
