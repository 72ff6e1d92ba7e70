//! Setting a résumé with Typst: accessible PDF, and SVG pages from the very same template.
//!
//! `source` makes what people wrote fit to print (by `words`) and picks the `fonts`, `world` hands it to the template as
//! data, `templates/resume.typ` lays it out, and `boxes` looks for what no font could show.

mod attached;
mod boxes;
mod flatten;
pub(crate) mod fonts;
mod source;
mod words;
mod world;

use chrono::{DateTime, Datelike, Timelike, Utc};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use crate::view::Resume;
pub use attached::{Attached, Relationship};
use fonts::Fonts;
use source::Source;
use world::{Base, Papers};

/// Pages a résumé should not pass: readers stop there.
const FEW_PAGES: usize = 2;

/// Compilations after which what Typst remembers is forgotten unless it was used again. A keystroke changes little from
/// one compilation to the next, and undo comes back to the last few.
const REMEMBERED: usize = 8;

/// Sets résumés. Make one and keep it: it holds the fonts, and what one compilation learnt speeds up the next.
pub struct Compiler {
    fonts: Fonts,
    base: Base,
}

/// Pages as pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// One SVG document a page. Text is outlines, so any viewer shows it alike; nothing runs and nothing is fetched.
    pub pages: Vec<String>,
    /// What the learner should know.
    pub warnings: Vec<Warning>,
}

/// Something about a document that its maker should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Neither Cairn nor this machine has a font with these characters. A letter is set as `?`, a symbol is left out.
    MissingGlyphs {
        /// The characters, each once.
        characters: String,
    },
    /// It runs longer than readers like.
    ManyPages {
        /// How many pages it has.
        pages: usize,
    },
}

/// A document could not be set. No text a learner can write brings this about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The view could not be handed to the template.
    #[error("the document's data could not be written: {0}")]
    Data(String),
    /// Typst refused.
    #[error("the document could not be set: {0}")]
    Typst(String),
}

/// A laid-out résumé and what there is to say of it.
struct Laid {
    document: PagedDocument,
    warnings: Vec<Warning>,
}

impl Default for Compiler {
    fn default() -> Self {
        Self::new()
    }
}

impl Compiler {
    /// A compiler with the fonts Cairn ships. The machine's own are looked at when a document first needs one.
    pub fn new() -> Self {
        Self { fonts: Fonts::shipped(), base: Base::new() }
    }

    /// The résumé as PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once, with the `attached` files inside.
    /// `created` is the only time in it: the same arguments give the same bytes.
    ///
    /// # Errors
    /// [`TypesetError`], which no text a learner can write brings about.
    pub fn resume_pdf(&self, resume: &Resume, attached: &[Attached], created: DateTime<Utc>) -> Result<Vec<u8>, TypesetError> {
        let Laid { document, .. } = self.lay(resume, attached)?;
        let standards =
            PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|error| TypesetError::Typst(error.message().to_string()))?;
        let options = PdfOptions {
            creator: Smart::Custom(Some("Cairn".to_owned())),
            timestamp: timestamp(created),
            standards,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors))
    }

    /// The résumé's pages as pictures.
    ///
    /// # Errors
    /// As [`Compiler::resume_pdf`].
    pub fn resume_svg_pages(&self, resume: &Resume) -> Result<Pages, TypesetError> {
        let Laid { document, warnings } = self.lay(resume, &[])?;
        let picture = |page: &Page| flatten::flattened(&typst_svg::svg(page, &SvgOptions::default()));
        let pages = std::thread::scope(|scope| {
            let drawing: Vec<_> = document.pages().iter().map(|page| scope.spawn(move || picture(page))).collect();
            drawing.into_iter().map(|page| page.join()).collect::<Result<_, _>>()
        });
        let pages = pages.map_err(|_| TypesetError::Typst("a page could not be drawn".to_owned()))?;
        Ok(Pages { pages, warnings })
    }

    fn lay(&self, resume: &Resume, attached: &[Attached]) -> Result<Laid, TypesetError> {
        let mut source = Source::of(resume, &self.fonts).map_err(|error| TypesetError::Data(error.to_string()))?;
        let files: Vec<Bytes> = attached.iter().map(|file| Bytes::new(file.bytes.clone())).collect();
        let mut document = self.compile(&source, attached, &files)?;
        // Each round gives up something that was there, so this ends; one round is rare, more are not known.
        while source.give_up(boxes::in_pages(document.pages())) {
            document = self.compile(&source, attached, &files)?;
        }
        typst::comemo::evict(REMEMBERED);
        let (pages, characters) = (document.pages().len(), source.missing());
        let missing = (!characters.is_empty()).then_some(Warning::MissingGlyphs { characters });
        let long = (pages > FEW_PAGES).then_some(Warning::ManyPages { pages });
        Ok(Laid { document, warnings: missing.into_iter().chain(long).collect() })
    }

    fn compile(&self, source: &Source<'_>, attached: &[Attached], files: &[Bytes]) -> Result<PagedDocument, TypesetError> {
        let data = Bytes::from_string(source.data(attached));
        let files = attached.iter().map(|file| file.name.as_str()).zip(files).collect();
        let papers = Papers { base: &self.base, fonts: source.fonts, data, files };
        typst::compile::<PagedDocument>(&papers).output.map_err(|errors| refused(&errors))
    }
}

fn refused(errors: &[SourceDiagnostic]) -> TypesetError {
    let told: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    TypesetError::Typst(told.join("; "))
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let byte = |number: u32| u8::try_from(number).ok();
    let date =
        Datetime::from_ymd_hms(at.year(), byte(at.month())?, byte(at.day())?, byte(at.hour())?, byte(at.minute())?, byte(at.second())?)?;
    Some(Timestamp::new_utc(date))
}
