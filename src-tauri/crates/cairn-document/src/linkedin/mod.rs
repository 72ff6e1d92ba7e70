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

use crate::view::Resume;

/// How much LinkedIn takes in its fields, in UTF-16 units. LinkedIn does not publish these; they were seen in 2026 and
/// are data so that they can be mended without a new Cairn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The line under the name.
    pub headline: usize,
    /// The About text.
    pub about: usize,
    /// What of the About text shows before "see more".
    pub about_shown: usize,
    /// A title, and the name of a certification or of who issued it.
    pub title: usize,
    /// A certification's number.
    pub credential_id: usize,
    /// An address.
    pub url: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { headline: 220, about: 2600, about_shown: 270, title: 100, credential_id: 80, url: 256 }
    }
}

/// Everything that goes into LinkedIn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LinkedIn {
    /// The line under the name.
    pub headline: Counted,
    /// The About text.
    pub about: Counted,
    /// Licences and certifications, in the order given.
    pub certifications: Vec<Filled>,
}

impl LinkedIn {
    /// The fields for a résumé and its credentials.
    pub fn of(resume: &Resume, certifications: &[Certification], limits: &Limits) -> Self {
        LinkedIn {
            headline: headline(resume, limits),
            about: about(resume, limits),
            certifications: certifications.iter().map(|it| certification(it, limits)).collect(),
        }
    }
}
