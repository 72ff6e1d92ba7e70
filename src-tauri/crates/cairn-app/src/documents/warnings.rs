//! What the learner should know of a document before it goes out.

use cairn_document::Warning;
use cairn_document::view::Resume;
use cairn_domain::RecordId;
use serde::Serialize;
use serde_json::{Map, Value};

use super::kind::{DocumentKind, Format};
use super::resume_view::resume;
use super::words::Words;
use crate::curation::selection::{Extent, Selection};
use crate::{App, Result};

/// Something about a document that is not as the learner may expect.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct DocumentWarning {
    /// What, in kebab case: `no-name`, `nothing-chosen`, `many-pages`, `missing-characters`, `credential-not-held`,
    /// `credential-broken`, `credential-of-another`, `credential-without-outcome`, `story-without-result`, `language-not-worded`.
    pub code: &'static str,
    /// With what.
    #[ts(type = "Record<string, unknown>")]
    pub params: Map<String, Value>,
}

impl DocumentWarning {
    fn new(code: &'static str) -> DocumentWarning {
        DocumentWarning { code, params: Map::new() }
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> DocumentWarning {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// About a record. Two may have one title: only the key says which is meant.
    fn about(code: &'static str, record: RecordId, title: &str) -> DocumentWarning {
        DocumentWarning::new(code).with("record", record.to_string()).with("title", title)
    }
}

impl From<Warning> for DocumentWarning {
    fn from(warning: Warning) -> Self {
        match warning {
            Warning::MissingGlyphs { characters } => DocumentWarning::new("missing-characters").with("characters", characters),
            Warning::ManyPages { pages } => DocumentWarning::new("many-pages").with("pages", pages),
        }
    }
}

/// What the learner should know of what the résumé says.
pub(crate) fn warnings(selection: &Selection, view: &Resume) -> Vec<DocumentWarning> {
    let mut warnings = Vec::new();
    if selection.name().is_empty() {
        warnings.push(DocumentWarning::new("no-name"));
    }
    if view.sections.is_empty() {
        warnings.push(DocumentWarning::new("nothing-chosen"));
    }
    let language = &selection.collection.language;
    if !Words::know(language) {
        warnings.push(DocumentWarning::new("language-not-worded").with("language", language.as_str()));
    }
    warnings.extend(selection.not_held.iter().map(|(record, title)| DocumentWarning::about("credential-not-held", *record, title)));
    let entry = |id: RecordId| view.sections.iter().flat_map(|section| &section.entries).find(|entry| entry.id == id.to_string());
    let told = |id: RecordId| entry(id).is_some_and(|entry| !entry.highlights.is_empty());
    let untold = selection.credentials().filter(|(chosen, _)| chosen.wording.highlights.is_none() && !told(chosen.id));
    warnings.extend(untold.map(|(chosen, credential)| DocumentWarning::about("credential-without-outcome", chosen.id, &credential.title)));
    // A story that is told with its credential has no line of its own.
    let bare_title = |id: RecordId| entry(id).is_some_and(|entry| entry.highlights.iter().all(|line| line.trim().is_empty()));
    let unended = selection.stories().filter(|(chosen, _)| chosen.wording.highlights.is_none() && bare_title(chosen.id));
    warnings.extend(unended.map(|(chosen, story)| DocumentWarning::about("story-without-result", chosen.id, &story.title)));
    warnings
}

impl App {
    /// What the learner should know of a document before it goes out. Of a printed résumé also what shows once it is set.
    ///
    /// # Errors
    /// `not-found`, `document-failed`.
    pub fn document_warnings(&self, collection: Option<RecordId>, kind: DocumentKind, format: Format) -> Result<Vec<DocumentWarning>> {
        match (kind, format) {
            (DocumentKind::Calendar, _) => Ok(Vec::new()),
            (DocumentKind::ResumeWithPacket | DocumentKind::Packet, _) | (DocumentKind::Resume, Format::Pdf) => {
                Ok(self.preview(collection, None)?.warnings)
            }
            (DocumentKind::Resume, _) => {
                let selection = self.selection(collection, Extent::Resume)?;
                let said = warnings(&selection, &resume(&selection, self.day()));
                Ok(self.doubted(&selection)?.into_iter().chain(said).collect())
            }
            _ => self.doubted(&self.selection(collection, Extent::Resume)?),
        }
    }

    /// The credentials in a document that do not verify, or that were issued to somebody else.
    pub(super) fn doubted(&self, selection: &Selection) -> Result<Vec<DocumentWarning>> {
        let shown: Vec<(RecordId, &str)> = selection.credentials().map(|(chosen, it)| (chosen.id, it.title.as_str())).collect();
        let ids: Vec<RecordId> = shown.iter().map(|(id, _)| *id).collect();
        let mut doubted = Vec::new();
        for standing in self.held_standings(&ids)? {
            let code = match &standing {
                _ if standing.is_broken() => "credential-broken",
                _ if standing.of_another => "credential-of-another",
                _ => continue,
            };
            let title = shown.iter().find(|(id, _)| *id == standing.credential).map_or("", |(_, title)| title);
            doubted.push(DocumentWarning::about(code, standing.credential, title));
        }
        Ok(doubted)
    }
}
