//! The résumé beside its collection: pages as SVG, kept for the window to fetch.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use cairn_document::view::Resume;
use cairn_domain::collection::Collection;
use cairn_domain::{AnyRecord, RecordId};
use cairn_proof::digest::Digest;
use serde::Serialize;
use serde_json::Value;

use super::export::unset;
use super::resume_view::resume;
use super::warnings::{DocumentWarning, warnings};
use crate::curation;
use crate::curation::selection::{Extent, Selection};
use crate::records::{parse, to_json};
use crate::{App, AppError, Kind, Result};

/// Revisions that are kept: the one in sight, the one on its way, and those just undone.
const KEPT: usize = 4;

/// A résumé as it would print.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ResumePreview {
    /// What its pages are fetched by; the same résumé has the same revision.
    pub revision: String,
    /// How many pages it has.
    pub pages: u32,
    /// What each page's picture is: a page that has not changed keeps its mark, and need not be fetched again.
    pub marks: Vec<String>,
    /// What the learner should know of it.
    pub warnings: Vec<DocumentWarning>,
}

/// The last few revisions' pages.
#[derive(Debug, Default)]
pub(crate) struct Pages(Mutex<VecDeque<Kept>>);

#[derive(Debug)]
struct Kept {
    /// With what the typesetter warned of.
    preview: ResumePreview,
    pages: Vec<Arc<str>>,
}

impl App {
    /// Sets the résumé of a collection. `draft` holds fields the learner is typing, as a merge patch (RFC 7396) over the
    /// collection; they need not keep its rules yet.
    ///
    /// # Errors
    /// `not-found`, `record-unreadable` for a draft with a wrong type, `document-failed`.
    pub fn preview(&self, collection: Option<RecordId>, draft: Option<Value>) -> Result<ResumePreview> {
        let selection = self.drafted(collection, draft)?;
        let view = resume(&selection, self.day());
        let revision = revision(&view)?;
        let mut preview = match self.pages.get(&revision) {
            Some(preview) => preview,
            None => {
                let set = self.compiler().resume_svg_pages(&view).map_err(unset)?;
                let pages: Vec<Arc<str>> = set.pages.into_iter().map(Arc::from).collect();
                let warnings = set.warnings.into_iter().map(DocumentWarning::from).collect();
                let marks = pages.iter().map(|page| Digest::of(page.as_bytes()).to_multibase()).collect();
                let preview = ResumePreview { revision, pages: pages.len() as u32, marks, warnings };
                self.pages.put(Kept { preview: preview.clone(), pages });
                preview
            }
        };
        // The same page may be made of other records, or of credentials about which something else was found since.
        preview.warnings.splice(0..0, self.doubted(&selection)?.into_iter().chain(warnings(&selection, &view)));
        Ok(preview)
    }

    /// A page of a revision, from 0; `None` where it is no longer kept or never was.
    pub fn page(&self, revision: &str, index: usize) -> Option<Arc<str>> {
        let kept = self.pages.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|kept| kept.preview.revision == revision)?.pages.get(index).cloned()
    }

    fn drafted(&self, id: Option<RecordId>, draft: Option<Value>) -> Result<Selection> {
        let today = self.day();
        let Some(draft) = draft.filter(|draft| !draft.is_null()) else {
            return Ok(self.vault.read(|reader| Selection::read(reader, id, today, Extent::Resume))?);
        };
        let stored = match id {
            Some(id) => self.vault.read(|reader| curation::collection(reader, id))?,
            None => Collection::default(),
        };
        let mut fields = to_json(&stored.into())?;
        json_patch::merge(&mut fields, &draft);
        match parse(Kind::Collection, fields)? {
            AnyRecord::Collection(drafted) => Ok(self.vault.read(|reader| Selection::of(reader, drafted, Extent::Resume))?),
            _ => Err(AppError::new("record-unreadable", "A draft is a collection.")),
        }
    }
}

impl Pages {
    fn get(&self, revision: &str) -> Option<ResumePreview> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|kept| kept.preview.revision == revision).map(|kept| kept.preview.clone())
    }

    fn put(&self, new: Kept) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|old| old.preview.revision != new.preview.revision);
        kept.push_front(new);
        kept.truncate(KEPT);
    }
}

/// A name for exactly this résumé, safe in an address.
fn revision(view: &Resume) -> Result<String> {
    let said = serde_json::to_vec(view).map_err(|error| AppError::new("document-failed", format!("The résumé cannot be set: {error}.")))?;
    Ok(Digest::of(&said).to_multibase())
}
