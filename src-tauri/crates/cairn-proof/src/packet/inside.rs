//! The credentials inside a packet, each checked on its own with the copies of keys and status lists that the packet carries.
//!
//! The packet's owner chose those copies. They make a verdict repeatable anywhere and years later; that an issuer really
//! published such a key, only the issuer can say, so the verdict names the copy. Where nothing but the copy would speak for a
//! credential (an unsigned badge), it cannot be checked here, and what the owner once found stands beside it. What the caller
//! has at hand goes before what the packet brings.

use super::Progress;
use super::archive::{Archive, Entry, is_damage};
use super::contents::{CREDENTIALS, ENDORSEMENTS, LINES, Line, MATERIALS, Provenance, SELF_ISSUED, VERDICTS};
use super::manifest::Bound;
use super::name::{EntryName, PacketId};
use crate::digest::Digest;
use crate::evidence::AtHand;
use crate::materials::{Material, MaterialKind, Materials};
use crate::reason::{Reason, Verdict};
use crate::report::{LineReport, Recorded, Report};
use crate::said::Parts;
use crate::text::shown;
use crate::{VerifyError, date, detect, evidence, json};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::HashSet;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::thread;

/// Most lines of a résumé that are reported.
const MAX_LINES: usize = 2_000;
/// Most bytes of copies that are kept in memory at once.
const MAX_MATERIALS: usize = 64 * 1024 * 1024;
/// Most credentials that are read before they are checked together, and most bytes but for the last of them.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// The intact files of a packet, read again one by one.
pub(super) struct Inside<'p, R> {
    pub archive: &'p mut Archive<R>,
    pub bound: &'p Bound,
    pub id: Option<PacketId>,
    pub now: DateTime<Utc>,
}

impl<R: Read + Seek> Inside<'_, R> {
    /// The packet's copies, and those at hand before them.
    pub fn materials(&mut self, at_hand: &Materials) -> Result<Materials, VerifyError> {
        let mut all = at_hand.clone();
        let mut left = MAX_MATERIALS;
        for row in self.rows(MATERIALS)? {
            let text = |member: &str| row.get(member).and_then(Value::as_str);
            let kind = row.get("kind").and_then(|kind| serde_json::from_value::<MaterialKind>(kind.clone()).ok());
            let (Some(kind), Some(url), Some(seen), Some(name)) = (kind, text("url"), text("seen").and_then(date::parse), text("file"))
            else {
                continue;
            };
            let known =
                if kind == MaterialKind::StatusList { at_hand.status_list(url).is_some() } else { at_hand.key_document(url).is_some() };
            let Some(bytes) = self.file(name)?.filter(|bytes| !known && bytes.len() <= left) else { continue };
            left -= bytes.len();
            all.add_enclosed(Material { kind, url: url.to_owned(), bytes, seen });
        }
        Ok(all)
    }

    /// A report on each credential, in the order of their names.
    pub fn reports(
        &mut self,
        materials: &Materials,
        progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
    ) -> Result<Vec<Report>, VerifyError> {
        let is_credential = |entry: &&Entry| place(entry.name.as_str()).is_some();
        let mut entries: Vec<Entry> = self.archive.entries.iter().filter(is_credential).cloned().collect();
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        let total: u64 = self.archive.entries.iter().map(|entry| entry.size).sum();
        let mut reports = Vec::with_capacity(entries.len());
        let mut entries = entries.into_iter().peekable();
        while entries.peek().is_some() {
            let (mut batch, mut size) = (Vec::new(), 0);
            while let Some(entry) = entries.next_if(|_| batch.len() < BATCH && size < BATCH_BYTES) {
                let name = entry.name.as_str();
                if progress(Progress { name, done: total, total: Some(total) }).is_break() {
                    return Err(VerifyError::Cancelled);
                }
                let content = self.file(name)?.ok_or_else(|| self.refused(&entry));
                size += content.as_ref().map_or(0, Vec::len);
                batch.push((name.to_owned(), content));
            }
            reports.extend(judged(&batch, materials, self.now));
        }
        Ok(reports)
    }

    /// Compares the evidence that credentials name with the packet's own files, which are all as they were signed.
    pub fn evidence(&self, reports: &mut [Report]) {
        let digests: HashSet<Digest> = self.bound.values().copied().collect();
        let own = |url: &str| self.id.as_ref().is_some_and(|id| self.bound.keys().any(|name| id.resource(name) == url));
        for report in reports {
            let found = evidence::checks(&report.said.evidence, |one, digest| match &one.url {
                _ if digests.contains(&digest) => AtHand::Same,
                Some(url) if own(url) => AtHand::Other,
                _ => AtHand::Nothing,
            });
            report.checks.extend(found);
        }
    }

    /// Puts beside each report what the packet says was found earlier, the latest.
    pub fn recorded(&mut self, reports: &mut [Report]) -> Result<(), VerifyError> {
        for row in self.rows(VERDICTS)? {
            let text = |member: &str| row.get(member).and_then(Value::as_str);
            let verdict = row.get("verdict").and_then(|verdict| serde_json::from_value(verdict.clone()).ok());
            let (Some(verdict), Some(on), Some(file)) = (verdict, text("checked_at").and_then(date::parse), text("file")) else { continue };
            if let Some(report) = reports.iter_mut().find(|report| report.file == file) {
                report.recorded = Some(Recorded { verdict, checked_at: date::format(on) });
            }
        }
        Ok(())
    }

    /// The lines of the résumé. One that claims an issuer's signature has it only where that issuer's credential is inside.
    pub fn lines(&mut self, signer: &str, reports: &[Report]) -> Result<Vec<LineReport>, VerifyError> {
        let rows = self.rows(LINES)?.into_iter().take(MAX_LINES);
        let lines = rows.filter_map(|row| serde_json::from_value::<Line>(row).ok());
        Ok(lines.map(|line| backed(line, signer, reports)).collect())
    }

    /// The rows of one of the packet's own lists; none where it is not there or not a list.
    fn rows(&mut self, name: &str) -> Result<Vec<Value>, VerifyError> {
        let parsed = self.file(name)?.and_then(|bytes| json::parse(&bytes).ok());
        Ok(match parsed {
            Some(Value::Array(rows)) => rows,
            _ => Vec::new(),
        })
    }

    /// Why a file was not read.
    fn refused(&self, entry: &Entry) -> Reason {
        let name = vec![shown(entry.name.as_str())];
        if !self.bound.contains_key(&entry.name) {
            Reason::ContentsDiffer { changed: Vec::new(), missing: Vec::new(), added: name }
        } else if entry.size > json::MAX_BYTES as u64 {
            Reason::UnreadableJson { fault: "it is larger than 16 MiB".into() }
        } else {
            Reason::ContentsDiffer { changed: name, missing: Vec::new(), added: Vec::new() }
        }
    }

    /// The bytes of a small file, if they are still the signed ones.
    fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, VerifyError> {
        let bound = EntryName::new(name).ok().and_then(|name| self.bound.get(&name).copied());
        let entry = self.archive.entries.iter().find(|entry| entry.name.as_str() == name && entry.size <= json::MAX_BYTES as u64).cloned();
        let (Some(bound), Some(entry)) = (bound, entry) else { return Ok(None) };
        let mut bytes = Vec::new();
        match self.archive.content(&entry).and_then(|mut content| content.read_to_end(&mut bytes)) {
            Ok(_) => Ok(Some(bytes).filter(|bytes| Digest::of(bytes) == bound)),
            Err(error) if is_damage(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A credential's name with its bytes, or with why they were not read.
type Content = (String, Result<Vec<u8>, Reason>);

/// A report on each of some credentials, in their order, made on all cores.
fn judged(batch: &[Content], materials: &Materials, now: DateTime<Utc>) -> Vec<Report> {
    let judge = |(name, content): &Content| match content {
        // One archive inside another could go on for ever.
        Ok(bytes) if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF-") => {
            Report::new(name, Reason::NotACredential { what: "an archive or a document".into() }, now)
        }
        Ok(bytes) => detect::verify_bytes(name, bytes, materials, now),
        Err(reason) => Report::new(name, reason.clone(), now),
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(batch.len()).max(1);
    let share = batch.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts = batch.chunks(share).map(|part| scope.spawn(move || part.iter().map(judge).collect::<Vec<_>>()));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// The folder of a name, if it is one that holds credentials.
fn place(name: &str) -> Option<&'static str> {
    let folder = name.split_once('/')?.0;
    [CREDENTIALS, SELF_ISSUED, ENDORSEMENTS].into_iter().find(|place| *place == folder)
}

fn backed(line: Line, signer: &str, reports: &[Report]) -> LineReport {
    let Line { text, provenance, by, file } = line;
    let text = legible(&text);
    let proof = file.as_deref().and_then(|file| reports.iter().find(|report| report.file == file));
    // In a learner record the credential that says so counts, not the record around it.
    let said = proof.map(|proof| std::iter::once(proof).chain(&proof.inside).map(|one| (one, one.said.parts(&text))));
    let best = said.and_then(|mut said| {
        let first = said.next();
        if first.as_ref().is_some_and(|(_, parts)| parts.signed.is_some()) {
            first
        } else {
            said.find(|(_, parts)| parts.signed.is_some()).or(first)
        }
    });
    let issuer = best.as_ref().and_then(|(one, _)| one.issuer.as_ref());
    let issued = matches!(proof.and_then(|report| place(&report.file)), Some(CREDENTIALS | ENDORSEMENTS))
        && issuer.is_some_and(|issuer| issuer.id != signer);
    let verdict = match (provenance, proof) {
        (Provenance::Unsigned, _) => None,
        // The packet's own signature stands for it.
        (Provenance::SelfSigned, None) if file.is_none() => Some(Verdict::Valid),
        (Provenance::SelfSigned, Some(proof)) => Some(proof.verdict()),
        (Provenance::IssuerSigned, Some(proof)) if issued => Some(proof.verdict()),
        _ => Some(Verdict::CannotCheck),
    };
    // Who the credential says issued it goes before what the line says.
    let by = issuer.map(|issuer| issuer.name.clone().unwrap_or_else(|| issuer.id.clone())).or(by.map(|by| shown(&by)));
    let by_copy = proof.is_some_and(|report| report.reason.is_by_copy());
    let told = LineReport { text, provenance, by, file: file.map(|file| shown(&file)), signed: None, own: Vec::new(), verdict, by_copy };
    match best {
        Some((one, Parts { signed, own })) if provenance == Provenance::IssuerSigned && issued => {
            // What the issuer did not say is signed by nobody but the packet's owner.
            let provenance = if signed.is_some() { provenance } else { Provenance::SelfSigned };
            let signed = signed.as_deref().map(shown).or(one.name.clone());
            LineReport { provenance, signed, own: own.iter().map(|part| shown(part)).collect(), ..told }
        }
        _ => told,
    }
}

/// A line's whole text, without what could turn or hide the text around it.
fn legible(text: &str) -> String {
    text.chars().take(600).map(|c| if crate::text::misleads(c) { ' ' } else { c }).collect()
}
