//! Documents made from a collection: résumé, LinkedIn text, JSON Resume, cards, calendar and the signed packet; and the
//! verdict on files from elsewhere.
//!
//! A document travels from a [`Selection`](crate::curation::selection::Selection) of records to a view (what it says, as
//! plain data: `resume_view` and its neighbours, `claims`) and from there to bytes (`cairn-document`, `cairn-exchange`,
//! `cairn-proof`). Nothing here reads the clock but through the vault: the same vault at the same time gives the same
//! bytes. Wherever a collection is asked for, `None` means everything there is.
//!
//! To add a document: a variant of [`DocumentKind`], its formats in [`DocumentKind::formats`], an arm in `export`.

mod backing;
mod cards;
mod claims;
pub(crate) mod dates;
pub(crate) mod enclosed;
mod entries;
mod export;
pub(crate) mod figures;
mod json;
pub(crate) mod keys;
mod kind;
mod lines;
mod linkedin;
pub(crate) mod name;
mod outcomes;
pub(crate) mod packet;
pub(crate) mod preview;
pub(crate) mod report;
pub(crate) mod resume_view;
mod signing;
#[cfg(test)]
mod tests;
pub(crate) mod verify;
pub(crate) mod warnings;
pub(crate) mod words;
pub(crate) mod write;

pub use export::{DocumentText, Exported};
pub use keys::{KeyRecovered, Recovery};
pub use kind::{DocumentKind, Format, TextFormat};
pub use linkedin::{Counted, LinkedIn, LinkedInCertification};
pub use preview::ResumePreview;
pub use report::{BackedLine, Detail, PartCheck, Proof, Report, Signer, UsedMaterial, Verdict};
pub use signing::{KeyEvent, KeyPlace, KeySecret, KeyView};
pub use verify::{Given, verify_bytes, verify_file};
pub use warnings::DocumentWarning;
