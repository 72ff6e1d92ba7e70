//! A learner's vault on disk: one folder with `cairn.sqlite3`, `files/` (evidence by SHA-256) and `backups/`.
//!
//! Everything is reached through [`Vault`]. Reading goes through [`Vault::read`], which hands out a [`Reader`] on a
//! connection that cannot write. Every change goes through [`Vault::change`]: it opens `BEGIN IMMEDIATE`, runs the
//! closure with a [`Writer`], records the changeset under the name of what the learner did, commits, and says what
//! was touched. Undo applies the inverse of that changeset, so it needs no code of its own for any kind of record.
//!
//! A record's row stands in two tables: `record`, the same for all kinds (heading, order, search text), and its
//! subject's table, described by a [`table::Table`] beside its migration. To add a field: a migration with
//! `ALTER TABLE … ADD COLUMN`, a column in the subject's `Table`, a field in `cairn-domain`. A test compares the three.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod backup;
mod changeset;
pub mod doctor;
mod error;
pub mod file;
mod filed;
mod folder;
pub mod history;
pub mod list;
mod record;
mod schema;
pub mod search;
mod subject;
pub mod table;
mod vault;
pub mod wallet;

pub use error::VaultError;
pub use folder::{Folder, is_hash};
pub use record::{Backing, Hanging, Linked, Reader, Stored, Writer};
pub use subject::money::Priced;
pub use vault::{Change, Changed, Clock, Vault};

/// What the vault's functions return.
pub type Result<T, E = VaultError> = std::result::Result<T, E>;
