//! What Typst sees: the template, the data, the attachment, the fonts. No clock, no other file, no package.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;

const TEMPLATE: &str = include_str!("../../templates/resume.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<Option<FileId>> = LazyLock::new(|| id("main.typ"));
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| id("resume-view.json"));
static ATTACHED: LazyLock<Option<FileId>> = LazyLock::new(|| id("resume.json"));

/// One compilation's world.
pub struct ResumeWorld<'f> {
    fonts: &'f Fonts,
    main: Source,
    data: Bytes,
    attachment: Option<Bytes>,
}

impl<'f> ResumeWorld<'f> {
    pub fn new(fonts: &'f Fonts, data: Vec<u8>, attachment: Option<&[u8]>) -> Self {
        let attach = if attachment.is_some() { "true" } else { "false" };
        let main = Source::new(main_id(), format!("{TEMPLATE}\n#show: resume.with(json(\"resume-view.json\"), attach: {attach})\n"));
        ResumeWorld { fonts, main, data: Bytes::new(data), attachment: attachment.map(|bytes| Bytes::new(bytes.to_vec())) }
    }
}

impl World for ResumeWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == *DATA {
            return Ok(self.data.clone());
        }
        match &self.attachment {
            Some(attachment) if Some(id) == *ATTACHED => Ok(attachment.clone()),
            _ => Err(absent(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn id(path: &str) -> Option<FileId> {
    VirtualPath::new(path).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

fn main_id() -> FileId {
    // A plain name is always a path; the detached source's id stands in where that ever changed.
    MAIN.unwrap_or_else(|| Source::detached("").id())
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
