//! Writes a sample packet for checks by other implementations: `cargo run --example write_packet -- OUT.cairn`.

use cairn_proof::SigningKey;
use cairn_proof::packet::{Attachment, Claims, EntryName, PacketId, Source, write};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::fs::File;
use std::ops::ControlFlow;
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("name the file to write")?;
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
    let attachments = [
        file(EntryName::resume_pdf(), "application/pdf", b"%PDF-1.7\n% a sample\n"),
        file(EntryName::resume_json(), "application/json", br#"{"basics":{"name":"Ada Example"}}"#),
        file(photo, "image/png", b"\x89PNG\r\n\x1a\n"),
    ];
    let key = SigningKey::generate()?;
    let mut out = File::create(&path)?;
    let written = write(claims, attachments, &key, chrono::Utc::now(), &mut out, &mut |_| ControlFlow::Continue(()))?;
    println!("{} with {} files, signed by {}", path.display(), written.files.len(), written.signer);
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
