//! The résumé beside its collection: pages as SVG, kept for the window to fetch.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use cairn_document::Warning;
use cairn_document::view::Resume;
use cairn_domain::collection::Collection;
use cairn_domain::{AnyRecord, RecordId};
use cairn_proof::digest::Digest;
use serde::Serialize;
use serde_json::{Map, Value};

use super::export::unset;
use super::resume_view::resume;
use super::words::Words;
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

/// Something about a document that is not as the learner may expect.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct DocumentWarning {
    /// What, in kebab case: `no-name`, `nothing-chosen`, `many-pages`, `missing-characters`, `credential-not-held`,
    /// `credential-without-outcome`, `story-without-result`, `language-not-worded`.
    pub code: &'static str,
    /// With what.
    #[ts(type = "Record<string, unknown>")]
    pub params: Map<String, Value>,
}

/// The last few revisions' pages.
#[derive(Debug, Default)]
pub(crate) struct Pages(Mutex<VecDeque<Kept>>);

#[derive(Debug)]
struct Kept {
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
        if let Some(preview) = self.pages.get(&revision) {
            return Ok(preview);
        }
        let set = self.compiler().resume_svg_pages(&view).map_err(unset)?;
        let mut warnings = warnings(&selection, &view);
        let pages: Vec<Arc<str>> = set.pages.into_iter().map(Arc::from).collect();
        warnings.extend(set.warnings.into_iter().map(DocumentWarning::from));
        let marks = pages.iter().map(|page| Digest::of(page.as_bytes()).to_multibase()).collect();
        let preview = ResumePreview { revision, pages: pages.len() as u32, marks, warnings };
        self.pages.put(Kept { preview: preview.clone(), pages });
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

impl From<Warning> for DocumentWarning {
    fn from(warning: Warning) -> Self {
        let (code, name, value) = match warning {
            Warning::MissingGlyphs { characters } => ("missing-characters", "characters", Value::from(characters)),
            Warning::ManyPages { pages } => ("many-pages", "pages", pages.into()),
        };
        DocumentWarning { code, params: Map::from_iter([(name.to_owned(), value)]) }
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

/// What the learner should know of what the résumé says.
pub(crate) fn warnings(selection: &Selection, view: &Resume) -> Vec<DocumentWarning> {
    let warn = |code, name: &str, value: Value| DocumentWarning { code, params: Map::from_iter([(name.to_owned(), value)]) };
    let bare = |code| DocumentWarning { code, params: Map::new() };
    let mut warnings = Vec::new();
    if selection.name().is_empty() {
        warnings.push(bare("no-name"));
    }
    if view.sections.is_empty() {
        warnings.push(bare("nothing-chosen"));
    }
    let language = &selection.collection.language;
    if !Words::know(language) {
        warnings.push(warn("language-not-worded", "language", language.as_str().into()));
    }
    // Two credentials may have one title: only the key says which is meant.
    let about = |code, record: RecordId, title: &str| {
        let params = [("record", record.to_string()), ("title", title.to_owned())];
        DocumentWarning { code, params: params.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect() }
    };
    warnings.extend(selection.not_held.iter().map(|(record, title)| about("credential-not-held", *record, title)));
    let entry = |id: RecordId| view.sections.iter().flat_map(|section| &section.entries).find(|entry| entry.id == id.to_string());
    let told = |id: RecordId| entry(id).is_some_and(|entry| !entry.highlights.is_empty());
    let untold = selection.credentials().filter(|(chosen, _)| chosen.wording.highlights.is_none() && !told(chosen.id));
    warnings.extend(untold.map(|(chosen, credential)| about("credential-without-outcome", chosen.id, &credential.title)));
    // A story that is told with its credential has no line of its own.
    let bare_title = |id: RecordId| entry(id).is_some_and(|entry| entry.highlights.iter().all(|line| line.trim().is_empty()));
    let unended = selection.stories().filter(|(chosen, _)| chosen.wording.highlights.is_none() && bare_title(chosen.id));
    warnings.extend(unended.map(|(chosen, story)| about("story-without-result", chosen.id, &story.title)));
    warnings
}
