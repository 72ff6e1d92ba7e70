//! Credentials in a ZIP, and those that a packet carries.

use super::gather::Gather;
use super::{Kind, OpenError, Packet, open_into};
use crate::json;
use crate::packet::archive::{Archive, Named, Refusal};
use crate::packet::{EntryName, MANIFEST, NameError, PACKET_TYPE};
use crate::reason::Reason;
use crate::text::misleads;
use serde_json::Value;
use std::io::{Cursor, Read, Seek};

/// How deep archives (and documents with attachments) may lie in one another.
pub const MAX_NESTING: usize = 2;
/// Most bytes that are unpacked of one file, all that lies in one another together.
pub const MAX_INFLATED: u64 = 256 * 1024 * 1024;
/// Largest file in an archive that is looked into.
const MAX_ENTRY: u64 = 16 * 1024 * 1024;
/// Longest name of a file in an archive, in bytes.
const LONGEST_NAME: usize = 1024;
/// Where a packet keeps the credentials of others.
const CREDENTIALS: &str = "credentials/";

/// A name in somebody's archive. Nothing is ever written under it, so that only names that mislead are refused.
#[derive(Debug, Clone)]
struct LooseName(String);

impl Named for LooseName {
    fn named(name: &str) -> Result<Self, NameError> {
        if name.is_empty() || name.len() > LONGEST_NAME {
            return Err(NameError::Length);
        }
        if name.starts_with('/') || name.split(['/', '\\']).any(|part| part == "..") || name.contains(":\\") {
            return Err(NameError::Path);
        }
        if name.chars().any(misleads) { Err(NameError::Character) } else { Ok(Self(name.to_owned())) }
    }
}

/// Whether a file begins as an archive does.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Whether an archive is a packet, or was one before its manifest was taken out.
pub(crate) fn holds_packet<R: Read + Seek>(reader: R) -> Result<bool, Reason> {
    let mut archive = Archive::<_, LooseName>::open(reader).map_err(refused)?;
    Ok(is_packet(&mut archive) || stripped(&archive))
}

/// The résumé's two forms stand at the top of no other archive.
fn stripped<R>(archive: &Archive<R, LooseName>) -> bool {
    [EntryName::resume_pdf(), EntryName::resume_json()].iter().all(|name| archive.entries.iter().any(|entry| entry.name.0 == name.as_str()))
}

fn is_packet<R: Read + Seek>(archive: &mut Archive<R, LooseName>) -> bool {
    let Some(at) = archive.entries.iter().position(|entry| entry.name.0 == MANIFEST) else { return false };
    let Ok(Some(manifest)) = content(archive, at) else { return true };
    match json::parse_unsigned(&manifest) {
        Ok(Value::Object(manifest)) => {
            manifest.get("type").and_then(Value::as_array).is_some_and(|types| types.iter().any(|name| name == PACKET_TYPE))
        }
        _ => stripped(archive),
    }
}

/// Opens an archive's files into what has been gathered.
pub(super) fn open(gather: &mut Gather, bytes: &[u8], nesting: usize) -> Result<Kind, OpenError> {
    if nesting >= MAX_NESTING {
        return Err(OpenError::Archive(Reason::HostileArchive { fault: "archives lie too deep in one another".into() }));
    }
    let mut archive = Archive::<_, LooseName>::open(Cursor::new(bytes)).map_err(|refusal| OpenError::Archive(refused(refusal)))?;
    let packet = is_packet(&mut archive);
    if packet && nesting > 0 {
        // Its files will be read to be checked. Stored ones are no more bytes than it has itself.
        let unpacked: u64 = archive.entries.iter().map(|entry| entry.size).fold(0, u64::saturating_add);
        let more = unpacked.saturating_sub(bytes.len() as u64);
        gather.left = gather.left.checked_sub(more).ok_or(OpenError::TooLarge(256))?;
        gather.packets.push(Packet { place: gather.within().to_owned(), bytes: bytes.to_vec() });
        return Ok(Kind::Packet);
    }
    for at in 0..archive.entries.len() {
        let (name, size) = (archive.entries[at].name.0.clone(), archive.entries[at].size);
        if (packet && !name.starts_with(CREDENTIALS)) || is_litter(&name) || size == 0 {
            continue;
        }
        if size <= MAX_ENTRY {
            gather.left = gather.left.saturating_sub(size);
        }
        gather.inside(&name, |gather| match content(&mut archive, at) {
            _ if gather.left == 0 => Err(OpenError::TooLarge(256)),
            Ok(Some(bytes)) => open_into(gather, &bytes, nesting + 1),
            Ok(None) if looks_relevant(&name) => Err(OpenError::TooLarge(16)),
            Ok(None) => Err(OpenError::Foreign("a large file")),
            Err(reason) => Err(OpenError::Archive(reason)),
        })?;
        if gather.left == 0 {
            break;
        }
    }
    Ok(if packet { Kind::Packet } else { Kind::Archive })
}

/// A file's bytes; None where it is too large to be looked into.
fn content<R: Read + Seek>(archive: &mut Archive<R, LooseName>, at: usize) -> Result<Option<Vec<u8>>, Reason> {
    let Some(entry) = archive.entries.get(at).cloned() else { return Ok(None) };
    if entry.size > MAX_ENTRY {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let damaged = |error: std::io::Error| Reason::DamagedArchive { fault: crate::text::shown(&error.to_string()) };
    archive.content(&entry).and_then(|mut content| content.read_to_end(&mut bytes)).map_err(damaged)?;
    if bytes.len() as u64 == entry.size {
        return Ok(Some(bytes));
    }
    Err(Reason::HostileArchive { fault: "a file in it unpacks to another size than it says".into() })
}

/// What systems leave in archives beside the files of their owner.
fn is_litter(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|last| last.starts_with('.'))
}

fn looks_relevant(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ["json", "jsonld", "jwt", "png", "svg", "zip", "cairn", "txt"].contains(&ending.as_str())
}

fn refused(refusal: Refusal) -> Reason {
    match refusal {
        Refusal::Because(reason) => reason,
        Refusal::Failed(error) => Reason::DamagedArchive { fault: crate::text::shown(&error.to_string()) },
    }
}
