//! Who stands behind a line: an issuer who signed it, the learner's own signature, or nobody but the learner's word.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cairn_domain::RecordId;
use cairn_vault::Reader;
use cairn_vault::wallet::held::Held as Row;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::KeptVerdict;
use crate::documents::{PartCheck, Verdict};
use crate::{App, Result};

/// Up to so many records, their credentials are looked up; for more, the whole wallet is read once.
const FEW: usize = 16;

/// Who stands behind a line.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The learner's word alone.
    #[default]
    Unsigned,
    /// The learner's own signature.
    SelfSigned,
    /// An issuer's signature.
    IssuerSigned,
}

/// Who stands behind a record, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct LineSource {
    /// The record.
    pub record: RecordId,
    /// Who stands behind it.
    pub kind: SourceKind,
    /// By which credentials; one that does not hold is named here and counts for nothing.
    pub by: Vec<SignedBy>,
}

/// A credential that speaks of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct SignedBy {
    /// The received credential.
    pub held: RecordId,
    /// The record it stands behind.
    pub credential: RecordId,
    /// That record's title.
    pub title: String,
    /// Who signed it.
    pub issuer: String,
    /// Whether that is the learner.
    pub own: bool,
    /// What was last found about it.
    pub verdict: Option<Verdict>,
    /// Whether its signature stands, so that it counts.
    pub signed: bool,
}

impl SourceKind {
    /// Its name in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Unsigned => "unsigned",
            SourceKind::SelfSigned => "self-signed",
            SourceKind::IssuerSigned => "issuer-signed",
        }
    }
}

impl App {
    /// Who stands behind each of these records, in the same order. A skill is an issuer's where a credential names it; a
    /// learner's own link from a skill to a credential makes it nobody's but theirs.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn sources(&self, ids: &[RecordId]) -> Result<Vec<LineSource>> {
        let all = self.vault.read(|reader| if ids.len() <= FEW { Sources::of_records(reader, ids) } else { Sources::read(reader) })?;
        Ok(ids.iter().map(|id| all.of(*id)).collect())
    }
}

/// Who stands behind every record that anybody signed for.
#[derive(Debug, Default)]
pub(crate) struct Sources(HashMap<RecordId, Vec<SignedBy>>);

impl Sources {
    /// From every held credential.
    pub fn read(reader: &Reader<'_>) -> cairn_vault::Result<Sources> {
        Sources::of_rows(reader, reader.held_all()?)
    }

    /// From those held credentials that speak of these records.
    fn of_records(reader: &Reader<'_>, ids: &[RecordId]) -> cairn_vault::Result<Sources> {
        let mut behind: BTreeSet<RecordId> = ids.iter().copied().collect();
        for id in ids {
            behind.extend(reader.held_filling(&id.to_string())?.into_iter().map(|row| row.record));
        }
        // Whole records, so that of several issues the newest is among them.
        let mut rows = Vec::new();
        for record in behind {
            rows.extend(reader.held_of(record)?.into_iter().rev());
        }
        Sources::of_rows(reader, rows)
    }

    /// From these, each record's oldest first.
    fn of_rows(reader: &Reader<'_>, rows: Vec<Row>) -> cairn_vault::Result<Sources> {
        let mut all = Sources::default();
        // Of several issues of one credential the newest speaks.
        let mut newest: BTreeMap<(String, String, RecordId), Row> = BTreeMap::new();
        for row in rows {
            let issue = if row.credential_id.is_empty() { row.item.clone() } else { row.credential_id.clone() };
            newest.insert((issue, row.issuer_id.clone(), row.record), row);
        }
        for row in newest.into_values() {
            let finding = reader.latest_finding(&row.item)?.map(|finding| KeptVerdict::read(&finding, &[]));
            let signed = finding.as_ref().is_some_and(|finding| is_signed(finding.verdict, &finding.checks));
            let verdict = finding.map(|finding| finding.verdict);
            let title = reader.item(row.record)?.map(|item| item.title).unwrap_or_default();
            let issuer = if row.issuer_name.is_empty() { row.issuer_id.clone() } else { row.issuer_name.clone() };
            let by = SignedBy { held: row.id, credential: row.record, title, issuer, own: row.own, verdict, signed };
            for skill in skills(&row.filled) {
                all.0.entry(skill).or_default().push(by.clone());
            }
            all.0.entry(row.record).or_default().push(by);
        }
        Ok(all)
    }

    /// Who stands behind one record.
    pub fn of(&self, record: RecordId) -> LineSource {
        let by = self.0.get(&record).cloned().unwrap_or_default();
        let kind = by.iter().filter(|by| by.signed).map(SignedBy::kind).max().unwrap_or_default();
        LineSource { record, kind, by }
    }
}

impl SignedBy {
    fn kind(&self) -> SourceKind {
        if self.own { SourceKind::SelfSigned } else { SourceKind::IssuerSigned }
    }
}

/// Whether a signature stands. What has expired was signed all the same, and so was what nobody can say is still in force; a
/// key that could not be checked is no proof.
pub(crate) fn is_signed(verdict: Verdict, checks: &[PartCheck]) -> bool {
    let passed = |part: &str| {
        let mut checks = checks.iter().filter(|check| check.part == part).peekable();
        checks.peek().is_some() && checks.all(|check| check.verdict == Verdict::Valid)
    };
    match verdict {
        Verdict::Valid | Verdict::Expired | Verdict::NotYetValid => true,
        Verdict::CannotCheck => passed("proof") && passed("key"),
        Verdict::Invalid | Verdict::Revoked => false,
    }
}

/// The skills that a credential names, by the records they became.
pub(crate) fn skills(filled: &str) -> Vec<RecordId> {
    let filled: Value = serde_json::from_str(filled).unwrap_or_default();
    let ids = filled.get("skills").and_then(Value::as_array).cloned().unwrap_or_default();
    ids.iter().filter_map(|id| id.as_str()?.parse().ok()).collect()
}
