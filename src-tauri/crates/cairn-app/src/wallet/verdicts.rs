//! Verdicts on what is held: found now or for another day, always offline, and kept with the documents they rested on.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use cairn_domain::RecordId;
use cairn_proof::opened::Item;
use cairn_proof::{Material, MaterialKind, Materials};
use cairn_vault::wallet::fact::{Finding, Snapshot};
use cairn_vault::wallet::held::Held as Row;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::damaged_report;
use crate::documents::{Detail, PartCheck, Report, Signer, Verdict};
use crate::work::Progress;
use crate::{App, AppError, Result};

/// What was found about a held credential, and what that rested on.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct KeptVerdict {
    /// Since when it has been found so (RFC 3339).
    pub since: String,
    /// When it was last found so (RFC 3339).
    pub at: String,
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// What to do next, in one English sentence.
    pub next: String,
    /// The reason as a code with parameters.
    pub detail: Detail,
    /// Each part of the check.
    pub checks: Vec<PartCheck>,
    /// The same on each signed endorsement in it.
    pub inside: Vec<InsideVerdict>,
    /// The documents it rested on.
    pub materials: Vec<MaterialInfo>,
}

/// What was found about a credential inside another one, such as an endorsement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct InsideVerdict {
    /// Where it stands, as the view of an endorsement names its place.
    pub place: String,
    /// Who signed it, as it says.
    pub issuer: Option<Signer>,
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// What to do next, in one English sentence.
    pub next: String,
    /// The reason as a code with parameters.
    pub detail: Detail,
}

impl From<&Report> for InsideVerdict {
    fn from(report: &Report) -> Self {
        InsideVerdict {
            place: report.file.clone(),
            issuer: report.issuer.clone(),
            verdict: report.verdict,
            reason: report.reason.clone(),
            next: report.next.clone(),
            detail: report.detail.clone(),
        }
    }
}

/// A document that a verdict rested on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct MaterialInfo {
    /// What it is, in kebab case: `key-document`, `status-list`.
    pub kind: String,
    /// The URL or DID it answers for.
    pub url: String,
    /// When these bytes were first seen there (RFC 3339).
    pub seen_at: String,
    /// When they were last seen there (RFC 3339).
    pub confirmed_at: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What was found about one of the credentials that were checked.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Checked {
    /// The received credential.
    pub id: RecordId,
    /// The record it stands behind.
    pub credential: RecordId,
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// What to do next, in one English sentence.
    pub next: String,
    /// The reason as a code with parameters.
    pub detail: Detail,
}

/// The part of a report that the vault keeps.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    reason: String,
    next: String,
    detail: Detail,
    checks: Vec<PartCheck>,
    #[serde(default)]
    inside: Vec<InsideVerdict>,
}

/// The documents at hand, and the number under which the vault keeps each.
pub(crate) struct AtHand {
    pub materials: Materials,
    numbers: HashMap<(String, String), i64>,
}

impl AtHand {
    /// Whether a report rests on the document of this number.
    pub(crate) fn rests_on(&self, report: &Report, number: i64) -> bool {
        report.used.iter().any(|used| self.numbers.get(&(used.url.clone(), used.sha256.clone())) == Some(&number))
    }
}

impl App {
    /// Checks these held credentials, or all, offline. As of `at` nothing is kept: that is a question. As of now the verdicts
    /// are kept, with the documents they rest on.
    ///
    /// # Errors
    /// `not-held`, `cancelled`.
    pub fn check(&self, ids: Option<&[RecordId]>, at: Option<DateTime<Utc>>, progress: &mut Progress<'_>) -> Result<Vec<Checked>> {
        let rows = self.chosen(ids)?;
        let at_hand = self.at_hand(at)?;
        let reports = self.judged(&rows, &at_hand.materials, at.unwrap_or_else(|| self.vault.now()), progress)?;
        if at.is_none() {
            self.keep(&rows, &reports, &at_hand)?;
        }
        let checked = |(row, report): (&Row, Report)| Checked {
            id: row.id,
            credential: row.record,
            verdict: report.verdict,
            reason: report.reason,
            next: report.next,
            detail: report.detail,
        };
        Ok(rows.iter().zip(reports).map(checked).collect())
    }

    /// What was found about a held credential over time, latest first.
    ///
    /// # Errors
    /// `not-held`.
    pub fn verdict_history(&self, id: RecordId) -> Result<Vec<KeptVerdict>> {
        Ok(self.vault.read(|reader| {
            let row = reader.held(id)?;
            let findings = reader.findings(&row.item)?;
            findings.iter().map(|finding| Ok(KeptVerdict::read(finding, &reader.materials_of(finding.id)?))).collect()
        })?)
    }

    /// Checks one now and returns what was kept.
    pub(crate) fn check_one(&self, id: RecordId) -> Result<KeptVerdict> {
        self.check(Some(&[id]), None, &mut crate::work::unwatched())?;
        let kept = self.verdict_history(id)?.into_iter().next();
        kept.ok_or_else(|| AppError::new("not-held", format!("There is no received credential {id}.")))
    }

    /// These rows, or all.
    pub(crate) fn chosen(&self, ids: Option<&[RecordId]>) -> Result<Vec<Row>> {
        Ok(self.vault.read(|reader| match ids {
            Some(ids) => ids.iter().map(|id| reader.held(*id)).collect(),
            None => reader.held_all(),
        })?)
    }

    /// The documents that are kept; for an earlier day, those seen by then.
    pub(crate) fn at_hand(&self, at: Option<DateTime<Utc>>) -> Result<AtHand> {
        let all = self.vault.read(|reader| reader.materials())?;
        let in_time = |it: &Snapshot| at.is_none_or(|at| it.seen_at <= at);
        let seen_in_time: HashSet<(&str, &str)> =
            all.iter().filter(|it| in_time(it)).map(|it| (it.kind.as_str(), it.url.as_str())).collect();
        let (mut materials, mut numbers) = (Materials::new(), HashMap::new());
        for it in &all {
            // What had not been seen by that day is better than nothing; what was seen later does not override it.
            if !in_time(it) && seen_in_time.contains(&(it.kind.as_str(), it.url.as_str())) {
                continue;
            }
            let Ok(kind) = serde_json::from_value::<MaterialKind>(it.kind.as_str().into()) else { continue };
            let material = Material { kind, url: it.url.clone(), bytes: it.bytes.clone(), seen: it.confirmed_at };
            let used = material.used();
            numbers.insert((used.url, used.sha256), it.id);
            materials.add(material);
        }
        Ok(AtHand { materials, numbers })
    }

    /// A report on each of `rows`, made on all cores.
    pub(crate) fn judged(
        &self,
        rows: &[Row],
        materials: &Materials,
        at: DateTime<Utc>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Report>> {
        self.judged_items(rows, &self.items(rows), materials, at, progress)
    }

    /// The same with `items`, which those rows are.
    pub(crate) fn judged_items(
        &self,
        rows: &[Row],
        items: &[Result<Item>],
        materials: &Materials,
        at: DateTime<Utc>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Report>> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(rows.len().max(1));
        let (done, cancelled) = (&AtomicU64::new(0), &AtomicBool::new(false));
        let judge = &|row: &Row, item: &Result<Item>| match item {
            Ok(item) => Report::from(cairn_proof::verify_item(&row.name, item, materials, at)),
            Err(error) => damaged_report(row, error, at),
        };
        let mut reports: Vec<Option<Report>> = Vec::new();
        reports.resize_with(rows.len(), || None);
        let share = rows.len().div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            let workers: Vec<_> = rows
                .chunks(share)
                .zip(items.chunks(share))
                .zip(reports.chunks_mut(share))
                .map(|((rows, items), reports)| {
                    scope.spawn(move || {
                        for ((row, item), report) in rows.iter().zip(items).zip(reports) {
                            if cancelled.load(Ordering::Relaxed) {
                                return;
                            }
                            *report = Some(judge(row, item));
                            done.fetch_add(1, Ordering::Relaxed);
                        }
                    })
                })
                .collect();
            while !workers.iter().all(std::thread::ScopedJoinHandle::is_finished) {
                if !progress(done.load(Ordering::Relaxed), rows.len() as u64) {
                    cancelled.store(true, Ordering::Relaxed);
                }
                std::thread::park_timeout(std::time::Duration::from_millis(5));
            }
        });
        let reports: Option<Vec<Report>> = reports.into_iter().collect();
        reports.ok_or_else(|| AppError::new("cancelled", "Cancelled. Nothing was changed."))
    }

    /// Keeps what was found now.
    pub(crate) fn keep(&self, rows: &[Row], reports: &[Report], at_hand: &AtHand) -> Result<()> {
        self.vault.note(|noter| {
            for (row, report) in rows.iter().zip(reports) {
                let kept = Kept {
                    reason: report.reason.clone(),
                    next: report.next.clone(),
                    detail: report.detail.clone(),
                    checks: report.checks.clone(),
                    inside: report.inside.iter().map(InsideVerdict::from).collect(),
                };
                let text = serde_json::to_string(&kept).unwrap_or_else(|_| "{}".into());
                let used = report.used.iter().filter_map(|used| at_hand.numbers.get(&(used.url.clone(), used.sha256.clone())).copied());
                noter.found(&row.item, report.verdict.name(), &text, &used.collect::<Vec<_>>())?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl KeptVerdict {
    /// From what the vault keeps.
    pub(crate) fn read(finding: &Finding, materials: &[Snapshot]) -> KeptVerdict {
        let kept = serde_json::from_str(&finding.report).unwrap_or(Kept {
            reason: String::new(),
            next: String::new(),
            detail: Detail::default(),
            checks: Vec::new(),
            inside: Vec::new(),
        });
        let material = |it: &Snapshot| MaterialInfo {
            kind: it.kind.clone(),
            url: it.url.clone(),
            seen_at: it.seen_at.to_rfc3339(),
            confirmed_at: it.confirmed_at.to_rfc3339(),
            sha256: it.sha256.clone(),
        };
        KeptVerdict {
            since: finding.since.to_rfc3339(),
            at: finding.at.to_rfc3339(),
            verdict: Verdict::named(&finding.verdict).unwrap_or(Verdict::CannotCheck),
            reason: kept.reason,
            next: kept.next,
            detail: kept.detail,
            checks: kept.checks,
            inside: kept.inside,
            materials: materials.iter().map(material).collect(),
        }
    }
}
