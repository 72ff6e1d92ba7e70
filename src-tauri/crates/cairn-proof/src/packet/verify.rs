//! Verifying a packet: the manifest's signature, then every file against it; what differs is named.

use super::archive::{Archive, Entry, Refusal, is_damage};
use super::name::{EntryName, PacketId};
use super::{MANIFEST, MAX_FILES, PACKET_TYPE, Progress};
use crate::VerifyError;
use crate::credential::{self, Checked};
use crate::digest::{Digest, Digesting};
use crate::materials::Materials;
use crate::reason::{Reason, Verdict};
use crate::report::Report;
use crate::text::shown;
use crate::{jcs, json};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

/// Verifies a packet at the instant `now`. Streams every file once, writes nothing. Other ZIPs are reported as such. `file`
/// is the name to report; `progress` stops the check with `Break`.
pub fn verify<R: Read + Seek>(
    file: &str,
    reader: R,
    materials: &Materials,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Report, VerifyError> {
    match examine(reader, materials, now, progress) {
        Ok((checked, differences)) => {
            let mut report = Report::new(file, conclude(&checked, &differences), now);
            report.changed = differences.names();
            (report.issuer, report.proofs) = (checked.issuer, checked.proofs);
            Ok(report)
        }
        Err(Refusal::Because(reason)) => {
            let mut report = Report::new(file, reason, now);
            if let Reason::ContentsDiffer { changed, missing, .. } = &report.reason {
                report.changed = changed.iter().chain(missing).cloned().collect();
            }
            Ok(report)
        }
        Err(Refusal::Failed(error)) => Err(error),
    }
}

/// Names of what is not as signed, safe to show.
#[derive(Debug, Default, Clone)]
struct Differences {
    changed: Vec<String>,
    missing: Vec<String>,
    added: Vec<String>,
    /// How many files the manifest binds.
    bound: usize,
}

impl Differences {
    fn names(&self) -> Vec<String> {
        [&self.changed, &self.missing, &self.added].into_iter().flatten().cloned().collect()
    }

    fn reason(&self) -> Reason {
        let Self { changed, missing, added, .. } = self.clone();
        Reason::ContentsDiffer { changed, missing, added }
    }
}

fn examine<R: Read + Seek>(
    reader: R,
    materials: &Materials,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<(Checked, Differences), Refusal> {
    let mut archive = Archive::open(reader)?;
    let manifest_bytes = manifest_bytes(&mut archive)?;
    let Ok(Value::Object(manifest)) = json::parse(&manifest_bytes) else { return Err(Refusal::Because(manifest_changed())) };
    if !names_packet(&manifest) {
        let what = "a ZIP archive whose manifest.json is not a packet's".into();
        return Err(Refusal::Because(Reason::NotACredential { what }));
    }
    let mut checked = credential::check(&manifest, materials, now);
    let mut differences = Differences::default();
    let bound = bound(&manifest);
    // The one text that Cairn writes; another text with the same meaning would verify, and is still a change.
    let rewritten = jcs::canonicalize(&Value::Object(manifest)).ok().is_none_or(|canonical| canonical != manifest_bytes);
    if rewritten || checked.reason.verdict() == Verdict::Invalid {
        differences.changed.push(MANIFEST.into());
    }
    match bound {
        Ok(bound) => {
            differences.bound = bound.len();
            compare(&mut archive, &bound, &mut differences, progress)?;
        }
        Err(fault) => checked.reason = checked.reason.graver(Reason::Malformed { fault: fault.into() }),
    }
    Ok((checked, differences))
}

/// One reason out of what was found, the gravest and most telling.
fn conclude(checked: &Checked, differences: &Differences) -> Reason {
    match &checked.reason {
        // A packet is always signed: the proof was taken out.
        Reason::NoProof => Reason::Malformed { fault: "its manifest.json is not signed".into() },
        Reason::SignatureMismatch | Reason::ContextChanged | Reason::BrokenProofValue => differences.reason(),
        reason if reason.verdict() == Verdict::Invalid => reason.clone(),
        _ if !differences.names().is_empty() => differences.reason(),
        Reason::CredentialIntact { .. } => {
            let issuer = checked.issuer.as_ref();
            let did = issuer.map(|issuer| issuer.id.clone()).unwrap_or_default();
            let signer = issuer.and_then(|issuer| issuer.name.clone()).unwrap_or_else(|| "the holder of the key".into());
            let signed_on = checked.proofs.first().and_then(|proof| proof.created.clone()).unwrap_or_default();
            Reason::PacketIntact { signer, did, files: differences.bound, signed_on }
        }
        reason => reason.clone(),
    }
}

fn manifest_bytes<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Vec<u8>, Refusal> {
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
        Err(error) if is_damage(&error) => Err(Refusal::Because(manifest_changed())),
        Err(error) => Err(Refusal::Failed(error.into())),
    }
}

fn manifest_changed() -> Reason {
    Reason::ContentsDiffer { changed: vec![MANIFEST.into()], missing: Vec::new(), added: Vec::new() }
}

fn names_packet(manifest: &Map<String, Value>) -> bool {
    let types = manifest.get("type").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|name| name == PACKET_TYPE))
}

/// The files that a manifest binds, by name (VC Data Model 2.0 §5.3), or what is wrong with its list.
fn bound(manifest: &Map<String, Value>) -> Result<BTreeMap<EntryName, Digest>, &'static str> {
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

/// Digests every file of the archive and notes what is not as bound.
fn compare<R: Read + Seek>(
    archive: &mut Archive<R>,
    bound: &BTreeMap<EntryName, Digest>,
    differences: &mut Differences,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<(), Refusal> {
    let entries: Vec<Entry> = archive.entries.iter().filter(|entry| entry.name.as_str() != MANIFEST).cloned().collect();
    let total = Some(entries.iter().map(|entry| entry.size).sum());
    let mut done = 0;
    for entry in &entries {
        let name = shown(entry.name.as_str());
        match bound.get(&entry.name) {
            None => differences.added.push(name),
            Some(digest) => {
                let base = done;
                let mut on_bytes = |read| progress(Progress { name: entry.name.as_str(), done: base + read, total });
                if content_digest(archive, entry, &mut on_bytes)? != Some(*digest) {
                    differences.changed.push(name);
                }
            }
        }
        done += entry.size;
    }
    let there = |name: &EntryName| entries.iter().any(|entry| entry.name == *name);
    differences.missing.extend(bound.keys().filter(|name| !there(name)).map(|name| shown(name.as_str())));
    Ok(())
}

/// The digest of an entry, or None where the archive's own bytes are broken there.
fn content_digest<R: Read + Seek>(
    archive: &mut Archive<R>,
    entry: &Entry,
    on_bytes: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<Digest>, VerifyError> {
    let damaged = |error: io::Error| if is_damage(&error) { Ok(None) } else { Err(VerifyError::Read(error)) };
    let content = match archive.content(entry) {
        Ok(content) => content,
        Err(error) => return damaged(error),
    };
    let mut content = Digesting::new(content);
    let (mut buffer, mut read_so_far) = (vec![0; 128 * 1024], 0);
    loop {
        match content.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read_so_far += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return damaged(error),
        }
        if on_bytes(read_so_far).is_break() {
            return Err(VerifyError::Cancelled);
        }
    }
    let (digest, size) = content.finish();
    Ok((size == entry.size).then_some(digest))
}
