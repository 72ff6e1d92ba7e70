//! How what speaks for a record stands: whether it holds, and whether it is about the learner at all.

use cairn_domain::RecordId;
use cairn_proof::identity::{Match, Subject};
use cairn_proof::opened::{Item, Payload};
use cairn_vault::Reader;
use serde::Serialize;
use serde_json::Value;

use super::issues::Issue;
use super::said::Said;
use crate::documents::Verdict;
use crate::{App, Result};

/// How the credential that speaks for a record stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct HeldStanding {
    /// The record.
    pub credential: RecordId,
    /// What was last found.
    pub verdict: Option<Verdict>,
    /// Whether the learner's own key signed it.
    pub own: bool,
    /// Whether it names somebody by an address that is none of the learner's.
    pub of_another: bool,
}

impl HeldStanding {
    /// Whether it was changed, never right, or taken back.
    pub fn is_broken(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Invalid | Verdict::Revoked))
    }
}

impl App {
    /// How the credential that speaks for each of these records stands; records without one are left out.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn held_standings(&self, ids: &[RecordId]) -> Result<Vec<HeldStanding>> {
        let own = self.own_addresses()?;
        Ok(self.vault.read(|reader| self.standings(reader, ids, &own))?)
    }

    fn standings(&self, reader: &Reader<'_>, ids: &[RecordId], own: &[String]) -> cairn_vault::Result<Vec<HeldStanding>> {
        let mut standings = Vec::new();
        for id in ids {
            let Some(Issue { row, said, finding, .. }) = self.issues(reader, *id)?.into_iter().next() else { continue };
            let verdict = finding.map(|(verdict, _)| verdict);
            standings.push(HeldStanding { credential: row.record, verdict, own: row.own, of_another: said.is_of_another(own) });
        }
        Ok(standings)
    }

    /// The addresses that the learner is known by, as their profile gives them.
    pub(crate) fn own_addresses(&self) -> Result<Vec<String>> {
        let learner = self.learner()?;
        let all = std::iter::once(learner.email).chain(learner.other_emails);
        Ok(all.map(|email| email.trim().to_owned()).filter(|email| !email.is_empty()).collect())
    }
}

impl Said {
    /// Whether it names somebody by an address that is none of these.
    pub fn is_of_another(&self, own: &[String]) -> bool {
        self.about.as_ref().is_some_and(|about| about.compared(own) == Match::No)
    }
}

/// Whom a credential names.
pub(super) fn about(item: &Item) -> Subject {
    match &item.payload {
        Payload::Json(credential) => Subject::of(credential),
        Payload::Jwt { payload, .. } => Subject::of(payload.get("vc").and_then(Value::as_object).unwrap_or(payload)),
        Payload::OpenBadges2 { assertion, .. } => Subject::of(assertion),
        Payload::Link { .. } => Subject::default(),
    }
}
