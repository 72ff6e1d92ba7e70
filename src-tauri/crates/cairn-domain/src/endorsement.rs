//! Endorsements: what others say about a credential and what its holder can do.

use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::id::{CredentialId, EvidenceId};
use crate::kind::{Heading, Kind, Record};

/// An endorsement by a third party (Open Badges 3.0 calls the signed form an `EndorsementCredential`).
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Endorsement {
    /// Who endorses: a person or an organisation.
    pub endorser: String,
    /// In what role: their position, and how they know the work.
    pub role: String,
    /// When they did.
    pub date: Option<PartialDate>,
    /// What they say.
    pub text: String,
    /// The credential they speak of.
    pub credential: Option<CredentialId>,
    /// The letter or signed file it came as.
    pub evidence: Option<EvidenceId>,
    /// Where it can be seen.
    pub url: String,
    /// The learner's own notes; never part of a document.
    pub notes: String,
}

impl Record for Endorsement {
    const KIND: Kind = Kind::Endorsement;

    fn check(&self, problems: &mut Problems) {
        problems.required("/endorser", &self.endorser);
        problems.line("/role", &self.role);
        problems.text("/text", &self.text);
        problems.address("/url", &self.url);
        problems.text("/notes", &self.notes);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.endorser.clone(), subtitle: self.role.clone(), date: self.date, ..Heading::default() }
    }
}
