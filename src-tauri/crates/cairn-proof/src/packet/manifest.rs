//! The manifest as it is read back: what makes it a packet's, and which files it binds.

use super::archive::{Archive, Refusal, is_damage};
use super::name::{EntryName, PacketId};
use super::{MANIFEST, MAX_FILES, PACKET_TYPE};
use crate::digest::Digest;
use crate::json;
use crate::reason::Reason;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// The files that a manifest binds, by name.
pub(super) type Bound = BTreeMap<EntryName, Digest>;

/// The manifest of an archive that is a packet, and its bytes.
pub(super) fn manifest<R: Read + Seek>(archive: &mut Archive<R>) -> Result<(Map<String, Value>, Vec<u8>), Refusal> {
    let bytes = bytes(archive)?;
    let Ok(Value::Object(manifest)) = json::parse(&bytes) else { return Err(Refusal::Because(changed())) };
    let types = manifest.get("type").and_then(Value::as_array);
    if types.is_some_and(|types| types.iter().any(|name| name == PACKET_TYPE)) {
        return Ok((manifest, bytes));
    }
    let what = "a ZIP archive whose manifest.json is not a packet's".into();
    Err(Refusal::Because(Reason::NotACredential { what }))
}

fn bytes<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Vec<u8>, Refusal> {
    let Some(entry) = archive.entries.iter().find(|entry| entry.name.as_str() == MANIFEST).cloned() else {
        // The résumé's two forms stand at the top of no other archive.
        let is_packet =
            [EntryName::resume_pdf(), EntryName::resume_json()].iter().all(|name| archive.entries.iter().any(|e| e.name == *name));
        return Err(Refusal::Because(if is_packet {
            Reason::ContentsDiffer { changed: Vec::new(), missing: vec![MANIFEST.into()], added: Vec::new() }
        } else {
            Reason::NotACredential { what: "a ZIP archive without a packet's manifest.json".into() }
        }));
    };
    if entry.size > json::MAX_BYTES as u64 {
        return Err(Refusal::Because(Reason::HostileArchive { fault: "its manifest.json is larger than 16 MiB".into() }));
    }
    let mut bytes = Vec::new();
    match archive.content(&entry).and_then(|mut content| content.read_to_end(&mut bytes)) {
        Ok(_) => Ok(bytes),
        Err(error) if is_damage(&error) => Err(Refusal::Because(changed())),
        Err(error) => Err(Refusal::Failed(error.into())),
    }
}

fn changed() -> Reason {
    Reason::ContentsDiffer { changed: vec![MANIFEST.into()], missing: Vec::new(), added: Vec::new() }
}

/// The files that a manifest binds (VC Data Model 2.0 §5.3), or what is wrong with its list.
pub(super) fn bound(manifest: &Map<String, Value>) -> Result<Bound, &'static str> {
    let id = manifest.get("id").and_then(Value::as_str).and_then(PacketId::from_credential);
    let id = id.ok_or("its id is not a urn:uuid")?;
    let related = manifest.get("relatedResource").and_then(Value::as_array).ok_or("it binds no files (relatedResource)")?;
    if related.len() > MAX_FILES {
        return Err("it binds too many files");
    }
    let mut bound = BTreeMap::new();
    for resource in related {
        let text = |member: &str| resource.get(member).and_then(Value::as_str);
        let name = text("name").and_then(|name| EntryName::new(name).ok()).ok_or("it binds a file without a usable name")?;
        if text("id") != Some(&id.resource(&name)) {
            return Err("it binds a file under an address that is not in the packet");
        }
        let digest = text("digestMultibase").and_then(|text| Digest::from_multibase(text).ok());
        if bound.insert(name, digest.ok_or("it binds a file without a SHA-256 digestMultibase")?).is_some() {
            return Err("it binds a file twice");
        }
    }
    Ok(bound)
}
