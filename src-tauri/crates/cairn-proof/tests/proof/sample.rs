//! A small packet to work on, and ways to take it apart.

use cairn_proof::packet::{self, Attachment, Claims, Contents, EntryName, PacketError, PacketId, Source, Written};
use cairn_proof::{Materials, Report, SigningKey, verify};
use chrono::{DateTime, TimeZone as _, Utc};
use serde_json::{Map, Value, json};
use std::io::{Cursor, Read as _, Write as _};
use std::ops::{ControlFlow, Range};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub const PACKET: PacketId = PacketId(Uuid::from_u128(0x0193_5000_7000_8000_8000_0000_0000_0001));

/// The instant of every test.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 22, 12, 0, 0).unwrap()
}

pub fn key() -> SigningKey {
    SigningKey::from_seed(&[42; 32])
}

pub fn claims() -> Claims {
    let photo = PACKET.resource(&EntryName::evidence(1, "photo.png"));
    let subject = json!({"type": "Person", "name": "Ada", "evidence": [{"type": "Evidence", "id": photo, "hours": 12.5}]});
    Claims {
        id: PACKET,
        title: Some("Ada's packet".into()),
        issuer_name: Some("Ada Example".into()),
        subject: subject.as_object().unwrap().clone(),
        valid_until: None,
    }
}

pub fn attachment(name: EntryName, media_type: &str, bytes: &[u8]) -> Attachment<'static> {
    Attachment { name, media_type: media_type.into(), source: Source::Bytes(bytes.to_vec()) }
}

pub fn attachments() -> Vec<Attachment<'static>> {
    vec![
        attachment(EntryName::resume_pdf(), "application/pdf", b"%PDF-1.7 a very short document"),
        attachment(EntryName::resume_json(), "application/json", br#"{"basics":{"name":"Ada"}}"#),
        attachment(EntryName::evidence(1, "photo.png"), "image/png", &[0x5a; 700]),
        attachment(EntryName::evidence(2, "empty.txt"), "text/plain", b""),
    ]
}

/// The claims and files, without the page.
pub fn contents<'a>(claims: Claims, attachments: Vec<Attachment<'a>>) -> Contents<'a> {
    Contents { attachments, page: false, ..Contents::new(claims) }
}

pub fn write(claims: Claims, attachments: Vec<Attachment<'_>>) -> Result<(Written, Vec<u8>), PacketError> {
    let mut out = Cursor::new(Vec::new());
    let written = packet::write(contents(claims, attachments), &key(), now(), &mut out, &mut |_| ControlFlow::Continue(()))?;
    Ok((written, out.into_inner()))
}

pub fn packet() -> Vec<u8> {
    write(claims(), attachments()).unwrap().1
}

pub fn check(bytes: &[u8]) -> Report {
    verify("ada.cairn", Cursor::new(bytes), &Materials::new(), now(), &mut |_| ControlFlow::Continue(())).unwrap()
}

/// Each file's name and bytes.
pub fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// An archive as another tool would write it.
pub fn pack(files: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The packet with one file's bytes replaced, packed again.
pub fn with_file(bytes: &[u8], name: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut files = unpack(bytes);
    change(&mut files.iter_mut().find(|(other, _)| other == name).unwrap().1);
    pack(&files, CompressionMethod::Deflated)
}

/// The packet with its manifest changed as JSON, packed again.
pub fn with_manifest(bytes: &[u8], change: impl FnOnce(&mut Map<String, Value>)) -> Vec<u8> {
    with_file(bytes, "manifest.json", |content| {
        let mut manifest: Value = serde_json::from_slice(content).unwrap();
        change(manifest.as_object_mut().unwrap());
        *content = cairn_proof::jcs::canonicalize(&manifest).unwrap();
    })
}

/// Where each file's bytes lie in the archive.
pub fn ranges(bytes: &[u8]) -> Vec<(String, Range<usize>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let file = archive.by_index(index).unwrap();
            let start = file.data_start().unwrap() as usize;
            (file.name().unwrap().into_owned(), start..start + file.compressed_size() as usize)
        })
        .collect()
}
