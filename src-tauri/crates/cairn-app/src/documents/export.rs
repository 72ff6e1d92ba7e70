//! Documents to bytes and files.

use std::io::{Cursor, Write};
use std::path::Path;

use cairn_document::{Attached, TypesetError, cards, markdown, text};
use cairn_domain::collection::Collection;
use cairn_domain::{Kind, RecordId};
use cairn_exchange::calendar;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::cards::wallet_cards;
use super::json::json_resume;
use super::kind::{DocumentKind, Format, TextFormat};
use super::linkedin;
use super::name::file_name;
use super::packet::Papers;
use super::resume_view::{paper, resume};
use super::write::{failed, whole};
use crate::curation::selection::{Extent, Selection};
use crate::work::{Progress, unwatched};
use crate::{App, AppError, Result};

/// The most evidence that a packet inside a PDF holds, in bytes; half of what is read of a PDF.
const LARGEST_IN_PDF: u64 = 128 << 20;

/// A document as text.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct DocumentText {
    /// The text.
    pub text: String,
    /// What other programs will not see in it, a sentence each.
    pub lost: Vec<String>,
}

/// A document that was written.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Exported {
    /// Where it lies.
    pub path: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What other programs will not see in it, a sentence each.
    pub lost: Vec<String>,
}

impl App {
    /// The résumé of a collection as text.
    ///
    /// # Errors
    /// `not-found`.
    pub fn document_text(&self, collection: Option<RecordId>, format: TextFormat) -> Result<DocumentText> {
        let selection = self.selection(collection, Extent::Resume)?;
        let view = || resume(&selection, self.day());
        Ok(match format {
            TextFormat::Text => DocumentText { text: text::resume(&view()), lost: Vec::new() },
            TextFormat::Markdown => DocumentText { text: markdown::resume(&view()), lost: Vec::new() },
            TextFormat::JsonResume => {
                let written = json_resume(&selection);
                DocumentText { text: written.text, lost: written.lost }
            }
        })
    }

    /// A document's bytes, and what other programs will not see in them. A packet is only ever written to a file.
    ///
    /// # Errors
    /// `no-such-format`, `not-found`, `document-failed`.
    pub fn document_bytes(&self, collection: Option<RecordId>, kind: DocumentKind, format: Format) -> Result<(Vec<u8>, Vec<String>)> {
        kind.comes_in(format)?;
        if kind == DocumentKind::Calendar {
            return Ok((self.calendar()?.into_bytes(), Vec::new()));
        }
        if kind == DocumentKind::Clr {
            return self.clr(collection);
        }
        let text = |format| self.document_text(collection, format).map(|written| (written.text.into_bytes(), written.lost));
        match (kind, format) {
            (DocumentKind::Resume, Format::Pdf) => Ok((self.resume_papers(&self.selection(collection, Extent::Resume)?)?.pdf, Vec::new())),
            (DocumentKind::Resume, Format::Markdown) => text(TextFormat::Markdown),
            (DocumentKind::Resume, Format::Text) => text(TextFormat::Text),
            (DocumentKind::Cards, _) => {
                let selection = self.selection(collection, Extent::Resume)?;
                let cards = wallet_cards(&selection);
                let lacking = cards::unprintable(&cards).map_err(no_cards)?;
                let lost =
                    if lacking.is_empty() { Vec::new() } else { vec![format!("No font on this computer has these characters: {lacking}")] };
                Ok((cards::sheet(&cards, paper(&selection.collection), self.last_changed()?).map_err(no_cards)?, lost))
            }
            (DocumentKind::LinkedIn, _) => Ok((linkedin::as_text(&self.linkedin(collection)?).into_bytes(), Vec::new())),
            (DocumentKind::ResumeWithPacket, _) => self.backed_resume(collection, Path::new("-"), &mut unwatched()),
            (DocumentKind::Packet, _) => {
                Err(AppError::new("no-such-format", "A packet is written to a file.").with("document", kind.name()))
            }
            _ => text(TextFormat::JsonResume),
        }
    }

    /// Writes a document to `to`, whole or not at all.
    ///
    /// # Errors
    /// As [`App::document_bytes`]; `disk-full`, `not-writable`, `folder-missing`, `not-a-file`, `file-failed`; for a packet
    /// also `file-damaged`, `key-…`, `packet-…` and `cancelled`.
    pub fn write_document(
        &self,
        collection: Option<RecordId>,
        kind: DocumentKind,
        format: Format,
        to: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<Exported> {
        kind.comes_in(format)?;
        let lost = if kind == DocumentKind::Packet {
            let selection = self.selection(collection, Extent::WithEvidence)?;
            let papers = self.resume_papers(&selection)?;
            whole(to, |file| self.write_packet(&selection, papers, file, to, progress))?
        } else {
            let (bytes, lost) = if kind == DocumentKind::ResumeWithPacket {
                self.backed_resume(collection, to, progress)?
            } else {
                self.document_bytes(collection, kind, format)?
            };
            whole(to, |file| file.write_all(&bytes).map_err(|error| failed(to, &error)))?;
            lost
        };
        let size = to.metadata().map_err(|error| failed(to, &error))?.len();
        Ok(Exported { path: to.display().to_string(), size, lost })
    }

    /// What an exported document is called when the learner does not say: the learner's name and the collection's title.
    ///
    /// # Errors
    /// `not-found`.
    pub fn document_name(&self, collection: Option<RecordId>, kind: DocumentKind, format: Format) -> Result<String> {
        let (learner, title) = self.vault.read(|reader| {
            let profile = reader.single(Kind::Profile)?.map(|id| reader.get(Kind::Profile, id)).transpose()?;
            let title = collection.map(|id| crate::curation::collection(reader, id)).transpose()?.map(|it: Collection| it.title);
            Ok((profile.map(|profile| profile.record.heading().title), title))
        })?;
        Ok(file_name(&learner.unwrap_or_default(), &title.unwrap_or_default(), kind, format))
    }

    pub(crate) fn selection(&self, collection: Option<RecordId>, extent: Extent) -> Result<Selection> {
        let today = self.day();
        Ok(self.vault.read(|reader| Selection::read(reader, collection, today, extent))?)
    }

    /// The résumé as PDF with its JSON Resume inside, and that JSON.
    fn resume_papers(&self, selection: &Selection) -> Result<Papers> {
        let json = json_resume(selection).text.into_bytes();
        let attached = [Attached::json_resume(json.clone())];
        let view = resume(selection, self.day());
        let pdf = self.compiler().resume_pdf(&view, &attached, self.last_changed()?).map_err(unset)?;
        Ok(Papers { pdf, json, view })
    }

    /// The résumé as PDF with its JSON Resume and the signed packet inside that backs its lines. The packet cannot bind the page
    /// that carries it; it holds the same page without it.
    fn backed_resume(&self, collection: Option<RecordId>, to: &Path, progress: &mut Progress<'_>) -> Result<(Vec<u8>, Vec<String>)> {
        // A PDF is made in memory: what a reader of packets in PDFs would refuse is not begun.
        let selection = self.selection(collection, Extent::WithEvidence)?;
        if self.evidence_bytes(&selection)? > LARGEST_IN_PDF {
            let message = "The evidence is too large to travel in a PDF. Export the packet as a file of its own, or choose less evidence.";
            return Err(AppError::new("packet-too-large", message));
        }
        let papers = self.resume_papers(&selection)?;
        let (view, json) = (papers.view.clone(), papers.json.clone());
        let mut packet = Cursor::new(Vec::new());
        let lost = self.write_packet(&selection, papers, &mut packet, to, progress)?;
        let attached = [Attached::json_resume(json), Attached::packet(packet.into_inner())];
        let pdf = self.compiler().resume_pdf(&view, &attached, self.vault.now()).map_err(unset)?;
        Ok((pdf, lost))
    }

    /// When what documents are made of was last changed, which is the date they bear: the same records give the same bytes.
    fn last_changed(&self) -> Result<DateTime<Utc>> {
        Ok(self.vault.read(|reader| reader.last_changed())?.unwrap_or_else(|| self.vault.now()))
    }

    /// Study blocks, deadlines, milestones, renewals and the credits they ask for, of the whole vault.
    fn calendar(&self) -> Result<String> {
        let mut records = Vec::new();
        for kind in [Kind::StudyBlock, Kind::Deadline, Kind::Milestone, Kind::Credential, Kind::RenewalActivity] {
            records.extend(self.vault.read(|reader| reader.all_of(kind))?.into_iter().map(|stored| (stored.id, stored.record)));
        }
        Ok(calendar::write(&records, self.last_changed()?))
    }
}

/// Why nothing was set.
pub(super) fn unset(error: TypesetError) -> AppError {
    AppError::new("document-failed", format!("Nothing was made: {error}.")).with("detail", error.to_string())
}

fn no_cards(error: cards::CardsError) -> AppError {
    match error {
        cards::CardsError::NoCards => {
            AppError::new("no-credentials", "The collection shows no credential that is held, so there is no card to print.")
        }
        other => AppError::new("document-failed", format!("Nothing was made: {other}.")).with("detail", other.to_string()),
    }
}
