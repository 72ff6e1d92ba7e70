//! What Typst sees of the world: the template, the résumé, the attached files, fonts. No disk, no clock, no package.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;

const TEMPLATE: &str = include_str!("../../templates/resume.typ");

/// What every compilation shares.
pub(super) struct Base {
    library: LazyHash<Library>,
    template: Source,
}

/// What one compilation is given.
pub(super) struct Papers<'a> {
    pub(super) base: &'a Base,
    pub(super) fonts: &'a FontStore,
    /// `view.json`: what the résumé says.
    pub(super) data: Bytes,
    /// What goes into the PDF beside it, by name.
    pub(super) files: Vec<(&'a str, &'a Bytes)>,
}

impl Base {
    pub(super) fn new() -> Self {
        Self { library: LazyHash::new(Library::default()), template: Source::detached(TEMPLATE) }
    }
}

impl World for Papers<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.base.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.base.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.base.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id.vpath().get_without_slash() {
            "view.json" => Ok(self.data.clone()),
            wanted => match self.files.iter().find(|(name, _)| *name == wanted) {
                Some((_, bytes)) => Ok((*bytes).clone()),
                None => Err(FileError::AccessDenied),
            },
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
