//! What a learner can do with Cairn: one function for each thing, all methods of [`App`]. The window and the command
//! line call these and nothing else.
//!
//! Each module is one subject of use: [`records`] (log, edit, remove, order), [`files`], [`history`], [`finding`] (lists
//! and search), [`today`], [`money`], [`study`], [`skills`],
//! [`standing`] (what a credential proves, whether it fits, how its renewal stands), [`curation`] (collections), [`documents`], [`import`],
//! [`wallet`] (received credentials), [`issuing`] (signed ones), [`packets`] (other people's, opened), [`sample`], [`keeping`] (backups, the doctor, what the vault is). Results are plain data with TypeScript types; an
//! error is a code with parameters ([`AppError`]), worded by whoever shows it.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(test)]
mod bindings;
mod chronology;
pub mod curation;
pub mod documents;
mod error;
pub mod files;
pub mod finding;
pub mod history;
pub mod import;
pub mod issuing;
pub mod keeping;
pub mod money;
pub mod packets;
pub mod records;
pub mod sample;
pub mod skills;
pub mod standing;
pub mod study;
pub mod today;
pub mod wallet;
pub mod work;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use cairn_vault::{Folder, Vault};
use chrono::{DateTime, Local, NaiveDate, Utc};

pub use cairn_domain::text::shown_safely;
pub use cairn_domain::{Kind, RecordId, fields};
pub use error::AppError;

/// What the app's functions return.
pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// An open vault and what it takes to make documents from it. Cheap to clone.
#[derive(Clone)]
pub struct App {
    vault: Arc<Vault>,
    compiler: Arc<OnceLock<cairn_document::Compiler>>,
    uploads: Arc<files::Uploads>,
    pages: Arc<documents::preview::Pages>,
    /// Why the last automatic backup could not be made.
    backup_problem: Arc<Mutex<Option<AppError>>>,
}

impl App {
    /// Opens the vault in `folder`, making it where there is none.
    ///
    /// # Errors
    /// `vault-newer`, `vault-damaged` (with the newest good backup), `vault-read-only`, or why it cannot be opened.
    pub fn open(folder: impl Into<PathBuf>) -> Result<App> {
        App::open_at(folder, Utc::now)
    }

    /// As [`App::open`], with the clock handed in.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_at(folder: impl Into<PathBuf>, clock: fn() -> DateTime<Utc>) -> Result<App> {
        Ok(App {
            vault: Vault::open(Folder::at(folder), clock)?,
            compiler: Arc::default(),
            uploads: Arc::default(),
            pages: Arc::default(),
            backup_problem: Arc::default(),
        })
    }

    /// A number that changes whenever another process has changed the vault.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.vault.data_version()?)
    }

    /// The day it is where the learner is: what has lapsed on it, documents say.
    fn day(&self) -> NaiveDate {
        self.vault.now().with_timezone(&Local).date_naive()
    }

    /// The typesetter, made when the first document needs it.
    fn compiler(&self) -> &cairn_document::Compiler {
        self.compiler.get_or_init(cairn_document::Compiler::new)
    }
}
