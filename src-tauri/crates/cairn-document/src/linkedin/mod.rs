//! What goes into LinkedIn, field by field, counted as LinkedIn counts.

mod about;
mod certification;
mod counted;
mod headline;

use serde::{Deserialize, Serialize};

pub use about::about;
pub use certification::{Certification, Filled, YearMonth, add_to_profile_url, certification};
pub use counted::Counted;
pub use headline::headline;

/// How much LinkedIn takes in its fields, in UTF-16 units. LinkedIn does not publish these; they were seen in 2026 and
/// are data so that they can be mended without a new Cairn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The line under the name.
    pub headline: usize,
    /// The About text.
    pub about: usize,
    /// A title, and the name of a certification or of who issued it.
    pub title: usize,
    /// A certification's number.
    pub credential_id: usize,
    /// An address.
    pub url: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { headline: 220, about: 2600, title: 100, credential_id: 80, url: 256 }
    }
}
