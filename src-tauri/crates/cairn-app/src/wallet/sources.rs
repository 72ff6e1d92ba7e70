//! Who stands behind a line: an issuer who signed it, the learner's own signature, or nobody but the learner's word.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::Reader;
use cairn_vault::wallet::held::Held as Row;
use serde::{Deserialize, Serialize};

use super::issues::{Issue, speaking};
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
    /// By which credentials; one that does not hold, or says something else, is named here and counts for nothing.
    pub by: Vec<SignedBy>,
}

/// A credential that speaks of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct SignedBy {
    /// The received credential.
    pub held: RecordId,
    /// The record it stands behind.
    pub credential: RecordId,
    /// What it calls itself, whatever that record says.
    pub title: String,
    /// Who signed it.
    pub issuer: String,
    /// Whether that is the learner.
    pub own: bool,
    /// What was last found about it.
    pub verdict: Option<Verdict>,
    /// Whether its signature stands.
    pub signed: bool,
    /// The fields in which the record says otherwise than it: its signature is then for other words than the record's.
    pub differs: Vec<String>,
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
    /// Who stands behind each of these records, in the same order. A record is an issuer's where it says what the issuer signed,
    /// a skill where a credential names it so; a learner's own words, and their own link from a skill to a credential, make it
    /// nobody's but theirs.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn sources(&self, ids: &[RecordId]) -> Result<Vec<LineSource>> {
        let all = self
            .vault
            .read(|reader| if ids.len() <= FEW { Sources::of_records(self, reader, ids) } else { Sources::read(self, reader) })?;
        Ok(ids.iter().map(|id| all.of(*id)).collect())
    }
}

/// Who stands behind every record that anybody signed for.
#[derive(Debug, Default)]
pub(crate) struct Sources(HashMap<RecordId, Vec<SignedBy>>);

impl Sources {
    /// From every held credential.
    pub fn read(app: &App, reader: &Reader<'_>) -> cairn_vault::Result<Sources> {
        Sources::of_rows(app, reader, reader.held_all()?)
    }

    /// From those held credentials that speak of these records.
    fn of_records(app: &App, reader: &Reader<'_>, ids: &[RecordId]) -> cairn_vault::Result<Sources> {
        let mut behind: BTreeSet<RecordId> = ids.iter().copied().collect();
        for id in ids {
            behind.extend(reader.held_filling(&id.to_string())?.into_iter().map(|row| row.record));
        }
        // Whole records, so that of several issues the one that speaks is among them.
        let mut rows = Vec::new();
        for record in behind {
            rows.extend(reader.held_of(record)?.into_iter().rev());
        }
        Sources::of_rows(app, reader, rows)
    }

    /// From these, in any order.
    fn of_rows(app: &App, reader: &Reader<'_>, rows: Vec<Row>) -> cairn_vault::Result<Sources> {
        let mut all = Sources::default();
        let mut behind: BTreeMap<RecordId, Vec<Row>> = BTreeMap::new();
        for row in rows {
            behind.entry(row.record).or_default().push(row);
        }
        for (record, rows) in behind {
            let issues = rows.into_iter().map(|row| Issue::of(app, reader, row)).collect::<cairn_vault::Result<Vec<_>>>()?;
            let credential = match reader.get(Kind::Credential, record).map(|stored| stored.record) {
                Ok(AnyRecord::Credential(credential)) => Some(credential),
                _ => None,
            };
            // Of several issues of one credential, one speaks.
            for Issue { row, said, finding, .. } in speaking(issues) {
                let signed = finding.as_ref().is_some_and(|(verdict, checks)| is_signed(*verdict, checks));
                let issuer = if row.issuer_name.is_empty() { row.issuer_id } else { row.issuer_name };
                let differs = credential.as_ref().map(|credential| said.differences(credential, row.own)).unwrap_or_default();
                let verdict = finding.map(|(verdict, _)| verdict);
                let by = SignedBy { held: row.id, credential: record, title: said.title(), issuer, own: row.own, verdict, signed, differs };
                for skill in said.skills() {
                    let Some(called) = reader.item(skill)?.map(|item| item.title) else { continue };
                    let differs = if said.names_skill(&called) { Vec::new() } else { vec!["name".to_owned()] };
                    all.0.entry(skill).or_default().push(SignedBy { differs, ..by.clone() });
                }
                all.0.entry(record).or_default().push(by);
            }
        }
        Ok(all)
    }

    /// Who stands behind one record.
    pub fn of(&self, record: RecordId) -> LineSource {
        let by = self.0.get(&record).cloned().unwrap_or_default();
        let kind = by.iter().filter(|by| by.counts()).map(SignedBy::kind).max().unwrap_or_default();
        LineSource { record, kind, by }
    }
}

impl SignedBy {
    /// Whether it signs for what the record says.
    fn counts(&self) -> bool {
        self.signed && self.differs.is_empty()
    }

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
