//! The records of a learner's life and the rules they keep. Pure: no files, no clock, no database.
//!
//! Start at [`Kind`], the list of everything a learner can log, and [`Record`], what each of them can do.
//! A record is a plain struct, serialised with serde exactly as the command line, the window and the vault see it:
//! unknown fields are refused, missing ones take their default, and links to other records are ids of that kind.
//!
//! To add a record kind: write its struct in its subject's module, implement [`Record`], add it to [`for_each_kind`],
//! then follow the compiler to the vault's table and the window's page.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod check;
pub mod collection;
pub mod credential;
pub mod date;
pub mod endorsement;
pub mod evidence;
pub mod fields;
pub mod fit;
pub mod id;
pub mod kind;
pub mod money;
pub mod profile;
pub mod read;
pub mod reflection;
pub mod renewal;
pub mod skill;
pub mod story;
pub mod study;
pub mod text;

pub use check::{Problem, Problems, Rule};
pub use date::PartialDate;
pub use id::RecordId;
pub use kind::{AnyRecord, Heading, Kind, Record};
