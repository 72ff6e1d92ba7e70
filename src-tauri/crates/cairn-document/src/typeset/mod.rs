//! Setting a résumé with Typst: accessible PDF, and SVG pages of the very same compilation.
//!
//! What people wrote reaches the template as data (`json()` of a virtual file), never as markup, so `#`, `$`, `*` and
//! `\` in it mean themselves. Typst gets no clock, no files and no packages.

mod fonts;
mod world;

use std::sync::Mutex;

use chrono::{DateTime, Datelike, Timelike, Utc};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use crate::view::Resume;
use fonts::Fonts;
use world::ResumeWorld;

/// Compilations after which cached pieces that were not used again are forgotten.
const CACHE_AGE: usize = 8;

/// Sets documents. Holds the fonts; make one and keep it.
pub struct Compiler {
    fonts: Fonts,
    /// One compilation at a time: they share Typst's global cache, and a preview outrun by the next is not worth a core.
    turn: Mutex<()>,
}

/// Pages as pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// One SVG document a page; text is outlines, so any viewer shows it alike.
    pub pages: Vec<String>,
    /// What the learner should know.
    pub warnings: Vec<Warning>,
}

/// Something about a document that its maker should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// No font has these characters.
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

/// A document could not be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The view could not be handed to the template.
    #[error("the document's data could not be written: {0}")]
    Data(String),
    /// Typst refused.
    #[error("the document could not be set: {0}")]
    Typst(String),
}

impl Default for Compiler {
    fn default() -> Self {
        Compiler::new()
    }
}

impl Compiler {
    /// A compiler with the embedded fonts; the system's are looked at only when a document needs them.
    pub fn new() -> Self {
        Compiler { fonts: Fonts::new(), turn: Mutex::new(()) }
    }

    /// The résumé as PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once, with `attachment`, its JSON Resume,
    /// inside. The same arguments give the same bytes.
    ///
    /// # Errors
    /// [`TypesetError`], which no text a learner can write brings about.
    pub fn resume_pdf(&self, resume: &Resume, attachment: &[u8], created: DateTime<Utc>) -> Result<Vec<u8>, TypesetError> {
        let (document, _) = self.compile(resume, Some(attachment))?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("cairn-resume-{}-{}", resume.name, created.timestamp())),
            creator: Smart::Custom(Some("Cairn".into())),
            timestamp: timestamp(created),
            standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|error| TypesetError::Typst(error.message().to_string()))?,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors));
        typst::comemo::evict(CACHE_AGE);
        bytes
    }

    /// The résumé's pages as pictures.
    ///
    /// # Errors
    /// As [`Compiler::resume_pdf`].
    pub fn resume_svg_pages(&self, resume: &Resume) -> Result<Pages, TypesetError> {
        let (document, warnings) = self.compile(resume, None)?;
        let pages = document.pages().iter().map(|page| typst_svg::svg(page, &SvgOptions::default())).collect();
        typst::comemo::evict(CACHE_AGE);
        Ok(Pages { pages, warnings })
    }

    fn compile(&self, resume: &Resume, attachment: Option<&[u8]>) -> Result<(PagedDocument, Vec<Warning>), TypesetError> {
        let data = serde_json::to_vec(resume).map_err(|error| TypesetError::Data(error.to_string()))?;
        let missing = self.fonts.cover(resume);
        let _turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let world = ResumeWorld::new(&self.fonts, data, attachment);
        let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&world);
        let document = output.map_err(|errors| refused(&errors))?;
        let mut warnings = Vec::new();
        if !missing.is_empty() {
            warnings.push(Warning::MissingGlyphs { characters: missing });
        }
        let pages = document.pages().len();
        if pages > 2 {
            warnings.push(Warning::ManyPages { pages });
        }
        Ok((document, warnings))
    }
}

fn refused(errors: &[SourceDiagnostic]) -> TypesetError {
    let told: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    TypesetError::Typst(told.join("; "))
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let byte = |number: u32| u8::try_from(number).ok();
    let date = Datetime::from_ymd_hms(at.year(), byte(at.month())?, byte(at.day())?, byte(at.hour())?, byte(at.minute())?, byte(at.second())?)?;
    Some(Timestamp::new_utc(date))
}
