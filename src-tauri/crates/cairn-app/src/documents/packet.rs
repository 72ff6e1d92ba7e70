//! The packet: a collection's claims, signed, with the credentials that back them, its résumé and the files of its evidence.

use std::collections::{BTreeMap, HashMap};
use std::io::{Seek, Write};
use std::ops::ControlFlow;
use std::path::Path;

use cairn_document::view::Resume;
use cairn_domain::RecordId;
use cairn_domain::profile::Profile;
use cairn_proof::KeyStore;
use cairn_proof::digest::Digest;
use cairn_proof::packet::{Attachment, Claims, Contents, EntryName, PacketError, PacketId, Source, write};
use cairn_vault::file::Attached;

use super::claims::{PackedFile, subject};
use super::write::failed;
use crate::curation::selection::Selection;
use crate::work::Progress;
use crate::{App, AppError, Result};

/// What goes into a packet beside the claims.
pub(crate) struct Papers {
    /// The résumé as PDF.
    pub pdf: Vec<u8>,
    /// The résumé as JSON Resume.
    pub json: Vec<u8>,
    /// What the résumé says.
    pub view: Resume,
}

/// A file of evidence on its way into a packet.
struct Packed {
    name: EntryName,
    file: Attached,
    digest: Digest,
}

/// Which of the packed files belong to each piece of evidence.
type Places = BTreeMap<RecordId, Vec<usize>>;

impl App {
    /// Writes the packet of `selection`, signed now, into `out`, which will stand at `to`; returns what could not go in. Files
    /// are streamed. The same vault at the same time gives the same bytes.
    pub(crate) fn write_packet(
        &self,
        selection: &Selection,
        papers: Papers,
        out: impl Write + Seek,
        to: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<String>> {
        let unnamed = selection.profile.as_ref().is_none_or(|(_, profile)| *profile == Profile::default());
        if unnamed && selection.records().next().is_none() {
            let message = "There is nothing to put into a packet: neither your profile nor any record is shown. Nothing was written.";
            return Err(AppError::new("nothing-to-sign", message));
        }
        let key = self.learner_key()?.key;
        let now = self.vault.now();
        let signed = self.enclosed(selection, &key)?;
        let lines = signed.backing.lines(&papers.view, selection);
        let (packed, of_evidence) = self.pack(selection)?;
        let evidence = packed.iter().map(|packed| packed.file.sha256.as_bytes());
        let did = key.did().to_string();
        let instant = now.to_rfc3339();
        let made = [papers.json.as_slice(), &papers.pdf, did.as_bytes(), instant.as_bytes()];
        let enclosed = signed.all().map(|enclosed| enclosed.bytes.as_slice());
        let id = identity(made.into_iter().chain(evidence).chain(enclosed));
        let files = of_evidence.into_iter().map(|(evidence, places)| {
            let file = |place: usize| described(&packed[place], id);
            (evidence, places.into_iter().map(file).collect())
        });
        let claims = Claims {
            id,
            title: Some(selection.collection.title.clone()),
            issuer_name: Some(selection.name().to_owned()),
            subject: subject(selection, &files.collect()),
            valid_until: None,
        };
        let evidence = packed.iter().map(|packed| {
            Ok(Attachment {
                name: packed.name.clone(),
                media_type: packed.file.media_type.clone(),
                source: Source::Path(self.vault.folder().file(&packed.file.sha256)?),
            })
        });
        let evidence: Vec<Attachment> = evidence.collect::<Result<_>>()?;
        let paper = |name, media_type: &str, bytes| Attachment { name, media_type: media_type.into(), source: Source::Bytes(bytes) };
        let papers = [
            paper(EntryName::resume_pdf(), "application/pdf", papers.pdf),
            paper(EntryName::resume_json(), "application/json", papers.json),
        ];
        let mut step = |now: cairn_proof::packet::Progress<'_>| {
            if progress(now.done, now.total.unwrap_or(0)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let history = KeyStore::open(self.vault.folder().path()).history()?;
        let key_history = (!history.links().is_empty()).then(|| history.to_json().to_string().into_bytes());
        let contents = Contents {
            credentials: signed.credentials,
            self_issued: signed.self_issued,
            endorsements: signed.endorsements,
            materials: signed.materials,
            key_history,
            lines,
            attachments: papers.into_iter().chain(evidence).collect(),
            ..Contents::new(claims)
        };
        let written = write(contents, &key, now, out, &mut step).map_err(|error| refused(error, to))?;
        // A file that rotted in the vault is not signed as if it were the one that was attached.
        let digests: HashMap<&EntryName, &Digest> = written.files.iter().map(|(name, digest, _)| (name, digest)).collect();
        match packed.iter().find(|packed| digests.get(&packed.name) != Some(&&packed.digest)) {
            Some(damaged) => Err(damaged_file(&damaged.file.name)),
            None => Ok(signed.lost),
        }
    }

    /// What the files of the evidence take, in bytes.
    pub(crate) fn evidence_bytes(&self, selection: &Selection) -> Result<u64> {
        Ok(self.pack(selection)?.0.iter().map(|packed| packed.file.size).sum())
    }

    /// The files of the evidence, each content once, and which of them belong to which evidence.
    fn pack(&self, selection: &Selection) -> Result<(Vec<Packed>, Places)> {
        let evidence: Vec<RecordId> = selection.evidence().map(|(chosen, _)| chosen.id).collect();
        let files: Vec<_> = self.vault.read(|reader| evidence.iter().map(|id| Ok((*id, reader.files(*id)?))).collect())?;
        let (mut packed, mut places, mut of_evidence) = (Vec::new(), HashMap::new(), BTreeMap::new());
        for (evidence, files) in files {
            for file in files {
                let digest = digest(&file.sha256).ok_or_else(|| damaged_file(&file.name))?;
                let place = *places.entry(file.sha256.clone()).or_insert_with(|| {
                    packed.push(Packed { name: EntryName::evidence(packed.len() + 1, &file.name), file, digest });
                    packed.len() - 1
                });
                of_evidence.entry(evidence).or_insert_with(Vec::new).push(place);
            }
        }
        Ok((packed, of_evidence))
    }
}

fn described(packed: &Packed, id: PacketId) -> PackedFile {
    PackedFile {
        address: id.resource(&packed.name),
        name: packed.file.name.clone(),
        media_type: packed.file.media_type.clone(),
        digest: packed.digest.to_multibase(),
    }
}

/// A packet's identity from what makes it this one: a UUID of version 8 (RFC 9562, section 5.8) over its parts.
fn identity<'p>(parts: impl Iterator<Item = &'p [u8]>) -> PacketId {
    let all: Vec<u8> = parts.flat_map(|part| *Digest::of(part).as_bytes()).collect();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Digest::of(&all).as_bytes()[..16]);
    PacketId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// A digest from its 64 hexadecimal digits.
pub(crate) fn digest(sha256: &str) -> Option<Digest> {
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(sha256.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(Digest::from_bytes(bytes))
}

fn damaged_file(name: &str) -> AppError {
    let message = format!(
        "The attached file {name} is missing or damaged in the vault, so no packet was written. Run cairn doctor, then attach it again."
    );
    AppError::new("file-damaged", message).with("name", name)
}

/// Why there is no packet.
fn refused(error: PacketError, to: &Path) -> AppError {
    match error {
        PacketError::Output(source) => failed(to, &source),
        PacketError::Cancelled => AppError::new("cancelled", "Cancelled. Nothing was written."),
        PacketError::Attachment { name, .. } => damaged_file(name.as_str()),
        PacketError::TooManyFiles | PacketError::TooLarge(_) | PacketError::ClaimsTooLarge => {
            AppError::new("packet-too-large", format!("No packet was written: {error}. Choose fewer records or files."))
                .with("detail", error.to_string())
        }
        other => AppError::new("packet-failed", format!("No packet was written: {other}.")).with("detail", other.to_string()),
    }
}
