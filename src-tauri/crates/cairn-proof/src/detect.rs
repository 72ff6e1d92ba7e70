//! Any file to a report: what is in it, then the check that fits each.

use crate::issue::EndorsementRequest;
use crate::materials::Materials;
use crate::opened::{self, Item, Kind, OpenError, Opened, Payload, Presentation};
use crate::packet::{self, Progress};
use crate::reason::{Reason, Verdict};
use crate::report::{Check, Part, Report};
use crate::said::Said;
use crate::{VerifyError, bake, credential, json, open_badges_2};
use chrono::{DateTime, Utc};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// Verifies a file of any kind at the instant `now`: a packet, a credential in any of its forms, a file that holds several, or
/// a report that says what else it is. `materials` is what is at hand to check with. Writes nothing, touches no network. `file` is the name to report.
///
/// # Errors
/// Where the file cannot be read, or the caller stops it. Whatever is wrong with the file's contents is in the report.
pub fn verify<R: Read + Seek>(
    file: &str,
    mut reader: R,
    materials: &Materials,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Report, VerifyError> {
    let mut head = Vec::with_capacity(512);
    reader.seek(SeekFrom::Start(0))?;
    reader.by_ref().take(512).read_to_end(&mut head)?;
    reader.seek(SeekFrom::Start(0))?;
    if opened::is_zip(&head) {
        // Packets hold evidence of any size and are streamed; only other archives are read whole.
        let packet = opened::holds_packet(&mut reader);
        reader.seek(SeekFrom::Start(0))?;
        match packet {
            Ok(true) => return packet::verify(file, reader, materials, now, progress),
            Ok(false) => {}
            Err(reason) => return Ok(Report::new(file, reason, now)),
        }
    }
    let limit = most_bytes(&head);
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Ok(Report::new(file, OpenError::TooLarge(limit / (1024 * 1024)).reason(), now));
    }
    match opened::open(file, &bytes) {
        Err(error) => {
            let asked = EndorsementRequest::parse(&bytes).ok().filter(|_| error.is_foreign());
            let reason = asked.map(|asked| Reason::EndorsementRequested { name: crate::shown(&asked.about.name) });
            Ok(Report::new(file, reason.unwrap_or_else(|| error.reason()), now))
        }
        Ok(opened) => {
            let mut report = report(file, &opened, materials, now, progress)?;
            presented(&mut report, &opened.presentations, now);
            Ok(report)
        }
    }
}

/// What is found about whoever signed the presentations around the credentials: a check of its own. Only what speaks against it
/// weighs; a presentation that has ended, or whose holder is unknown, takes nothing from the credentials in it.
fn presented(report: &mut Report, presentations: &[Presentation], now: DateTime<Utc>) {
    for presentation in presentations {
        let reason = match presentation {
            Presentation::Json(presentation) => credential::presented(presentation, now),
            Presentation::Jwt(token) => Some(credential::presented_token(token.as_bytes(), now)),
        };
        let Some(reason) = reason else { continue };
        if reason.verdict() == Verdict::Invalid {
            report.reason = report.reason.clone().graver(reason.clone());
        }
        report.checks.push(Check { part: Part::Proof, reason });
    }
}

/// Verifies bytes at hand; as [`verify`].
pub fn verify_bytes(file: &str, bytes: &[u8], materials: &Materials, now: DateTime<Utc>) -> Report {
    let never = |error: VerifyError| Report::new(file, Reason::DamagedArchive { fault: error.to_string() }, now);
    verify(file, Cursor::new(bytes), materials, now, &mut |_| ControlFlow::Continue(())).unwrap_or_else(never)
}

/// Most bytes that are read of a file that begins so.
fn most_bytes(head: &[u8]) -> usize {
    match head {
        head if head.starts_with(b"%PDF-") => opened::MAX_PDF_BYTES,
        head if opened::is_zip(head) => opened::MAX_PDF_BYTES,
        head if head.starts_with(bake::png::SIGNATURE) => bake::MAX_BYTES,
        _ => json::MAX_BYTES,
    }
}

/// One report out of what was found: that of the one credential, or of several with the gravest reason.
fn report(
    file: &str,
    opened: &Opened,
    materials: &Materials,
    now: DateTime<Utc>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Report, VerifyError> {
    if let ([item], [], []) = (opened.items.as_slice(), opened.packets.as_slice(), opened.faults.as_slice()) {
        return Ok(verify_item(file, item, materials, now));
    }
    let mut inside = Vec::with_capacity(opened.items.len());
    for (done, item) in opened.items.iter().enumerate() {
        let place = if item.place.is_empty() { file } else { &item.place };
        inside.push(verify_item(place, item, materials, now));
        let step = Progress { name: &item.name, done: done as u64 + 1, total: Some(opened.items.len() as u64) };
        if progress(step).is_break() {
            return Err(VerifyError::Cancelled);
        }
    }
    for packet in &opened.packets {
        inside.push(packet::verify(&packet.place, Cursor::new(&packet.bytes), materials, now, progress)?);
    }
    inside.extend(opened.faults.iter().map(|fault| Report::new(&fault.place, fault.reason.clone(), now)));
    let mut report = Report::new(file, of_all(&inside), now);
    if let (Kind::Clr, Some((record, members))) = (opened.kind, inside.split_first()) {
        (report.issuer, report.proofs) = (record.issuer.clone(), record.proofs.clone());
        (report.name, report.said) = (record.name.clone(), record.said.clone());
        if let (Reason::AllIntact { .. }, Some(signer)) = (&report.reason, &record.issuer) {
            let by_signer = members.iter().filter(|member| member.issuer.as_ref().is_some_and(|it| it.id == signer.id)).count();
            let signer = crate::shown(signer.name.as_ref().unwrap_or(&signer.id));
            report.reason = Reason::RecordIntact { signer, count: members.len(), by_signer };
        }
    }
    // What each of them rests on, the whole rests on.
    for used in inside.iter().flat_map(|report| &report.used) {
        if !report.used.contains(used) {
            report.used.push(used.clone());
        }
    }
    report.inside = inside;
    if opened.kind == Kind::Pdf {
        speak_for_packet(&mut report);
    }
    Ok(report)
}

/// A document whose one attachment is an intact packet: the packet's signer and lines are told for it. Its page is not bound.
fn speak_for_packet(report: &mut Report) {
    let [packet] = report.inside.as_slice() else { return };
    if let Reason::PacketIntact { signer, did, files, signed_on } = packet.reason.clone() {
        report.reason = Reason::PacketInside { signer, did, files, signed_on };
        (report.issuer, report.proofs) = (packet.issuer.clone(), packet.proofs.clone());
        report.lines = packet.lines.clone();
    }
}

/// The one reason for all of several: the gravest, and where all are valid whether any is so by a packet's own copy alone.
fn of_all(inside: &[Report]) -> Reason {
    let gravest = inside.iter().map(|report| report.reason.clone()).reduce(Reason::graver);
    let by_copy = inside.iter().filter(|report| report.reason.is_by_copy()).count();
    match gravest {
        Some(gravest) if gravest.verdict() != Verdict::Valid || inside.len() == 1 => gravest,
        _ if by_copy > 0 => Reason::AllByCopy { count: inside.len(), by_copy },
        _ => Reason::AllIntact { count: inside.len() },
    }
}

/// Verifies one credential that was opened; `file` is the name to report.
pub fn verify_item(file: &str, item: &Item, materials: &Materials, now: DateTime<Utc>) -> Report {
    if let Some(fault) = &item.fault {
        return Report::new(file, OpenError::Json(fault.clone()).reason(), now);
    }
    let mut report = match &item.payload {
        Payload::Json(credential) => credential::check(credential, materials, now).report(file, now),
        Payload::Jwt { token, .. } => credential::check_token(token.as_bytes(), materials, now).report(file, now),
        Payload::OpenBadges2 { token, assertion, .. } => {
            open_badges_2::check(token.as_deref(), assertion, materials, now).report(file, now)
        }
        Payload::Link { url } => match open_badges_2::check_link(url, materials, now) {
            Some(checked) => checked.report(file, now),
            None => Report::new(file, Reason::KeptElsewhere { url: crate::shown(url) }, now),
        },
    };
    report.said = Said::by(item, materials);
    report.name = report.said.name().map(crate::shown);
    report
}
