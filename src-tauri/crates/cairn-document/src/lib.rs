//! A curated view of the vault, laid out: PDF and SVG through Typst, plain text, Markdown, LinkedIn's fields, printed
//! cards.
//!
//! The crate knows nothing of the vault. Whoever calls it fills a [`view`], plain data that says what the document says,
//! and picks a format:
//!
//! | module | gives |
//! |---|---|
//! | [`typeset`] | the résumé as PDF/A-3a + PDF/UA-1, and as SVG pages for the preview |
//! | [`text`], [`markdown`] | the résumé for forms and readers that take no PDF |
//! | [`linkedin`] | headline, About and credential fields, each with its counter |
//! | [`cards`] | a sheet of wallet cards to cut out |
//!
//! The same view gives the same bytes: no clock, no network, no order that depends on the machine. Only characters that
//! the fonts in `fonts/` lack are taken from the machine's own.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod cards;
pub mod linkedin;
pub mod markdown;
mod prose;
pub mod text;
pub mod typeset;
pub mod view;

pub use typeset::{Attached, Compiler, Pages, Relationship, TypesetError, Warning};
