//! Verifying a packet: the manifest's signature, then every file against it, then every credential inside; what differs is
//! named.

use super::archive::{Archive, Entry, Refusal, is_damage};
use super::inside::Inside;
use super::manifest::{self, Bound};
use super::name::{EntryName, PacketId};
use super::{MANIFEST, Progress};
use crate::VerifyError;
use crate::credential::{self, Checked};
use crate::digest::{Digest, Digesting};
use crate::jcs;
use crate::materials::Materials;
use crate::reason::{Reason, Verdict};
use crate::report::{LineReport, Report};
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

/// Verifies a packet at the instant `now`. Streams every file, writes nothing. Other ZIPs are reported as such. `file` is the
/// name to report; `progress` stops the check with `Break`.
///
/// The packet's own verdict is on what its owner signed. Each credential inside has a verdict of its own in
/// [`Report::inside`], found with `materials` and, where those lack something, with the packet's own copies: one that
/// expired or was revoked leaves the packet intact.
pub fn verify<R: Read + Seek>(
    file: &str,
    reader: R,
    materials: &Materials,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Report, VerifyError> {
    match examine(reader, materials, now, progress) {
        Ok(Examined { checked, differences, inside, lines }) => {
            let mut report = Report::new(file, conclude(&checked, &differences), now);
            report.changed = differences.names();
            (report.issuer, report.proofs) = (checked.issuer, checked.proofs);
            (report.inside, report.lines) = (inside, lines);
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

/// Everything that was found.
struct Examined {
    checked: Checked,
    differences: Differences,
    inside: Vec<Report>,
    lines: Vec<LineReport>,
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
) -> Result<Examined, Refusal> {
    let mut archive = Archive::open(reader)?;
    let (manifest, manifest_bytes) = manifest::manifest(&mut archive)?;
    let mut checked = credential::check(&manifest, materials, now);
    let mut differences = Differences::default();
    let bound = manifest::bound(&manifest);
    let id = manifest.get("id").and_then(Value::as_str).and_then(PacketId::from_credential);
    // The one text that Cairn writes; another text with the same meaning would verify, and is still a change.
    let rewritten = jcs::canonicalize(&Value::Object(manifest)).ok().is_none_or(|canonical| canonical != manifest_bytes);
    if rewritten || checked.reason.verdict() == Verdict::Invalid {
        differences.changed.push(MANIFEST.into());
    }
    let (mut inside, mut lines) = (Vec::new(), Vec::new());
    match bound {
        Ok(bound) => {
            differences.bound = bound.len();
            compare(&mut archive, &bound, &mut differences, progress)?;
            let signer = checked.issuer.as_ref().map(|issuer| issuer.id.clone()).unwrap_or_default();
            let mut opened = Inside { archive: &mut archive, bound: &bound, id, now };
            let materials = opened.materials(materials)?;
            inside = opened.reports(&materials, progress)?;
            // A line's backing and an earlier verdict are the packet's word: they count for nothing where the packet was changed.
            if differences.names().is_empty() && checked.reason.verdict() == Verdict::Valid {
                lines = opened.lines(&signer, &inside)?;
                opened.recorded(&mut inside)?;
                opened.evidence(&mut inside);
            }
        }
        Err(fault) => checked.reason = checked.reason.graver(Reason::Malformed { fault: fault.into() }),
    }
    Ok(Examined { checked, differences, inside, lines })
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

/// Digests every file of the archive and notes what is not as bound.
fn compare<R: Read + Seek>(
    archive: &mut Archive<R>,
    bound: &Bound,
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
