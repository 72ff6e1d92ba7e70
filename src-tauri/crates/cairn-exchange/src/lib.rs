//! Other people's formats to records, records to other people's formats. Pure: bytes and records in, records and
//! bytes out; no files, no clock, no database.
//!
//! - [`detect()`] says what a file is, and in a sentence why it cannot be imported where that is so.
//! - [`json`] reads JSON strictly; records that a learner types come in through it, too.
//! - [`json_resume`] reads and writes JSON Resume. Reading gives an [`Import`]: [`Incoming`] records, each with the
//!   place it came from and a [`NaturalKey`] by which the caller finds the record it may already have, and what was
//!   [`Skipped`] with the reason. Nothing is lost silently.
//! - [`calendar`] writes study blocks, deadlines, renewals and milestones as iCalendar.
//! - [`links`] gives the records of an import or a sample the ids they have in this vault.
//! - [`sample`] is the learner one can look around in.
//!
//! To add a format: a module with `read(bytes) -> Result<Import, …>` or `write(records) -> …`, and a line in [`detect()`].

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod calendar;
mod detect;
mod incoming;
pub mod json;
pub mod json_resume;
pub mod links;
pub mod sample;

pub use detect::{Format, detect};
pub use incoming::{Import, Incoming, NaturalKey, Skipped};
