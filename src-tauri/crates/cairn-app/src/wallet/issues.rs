//! Several issues of one credential behind one record, genuine or not: which of them speaks for it.

use cairn_domain::RecordId;
use cairn_vault::Reader;
use cairn_vault::wallet::held::Held as Row;
use chrono::{DateTime, Utc};

use super::said::Said;
use super::same_credential;
use super::sources::is_signed;
use super::verdicts::KeptVerdict;
use crate::App;
use crate::documents::{PartCheck, Verdict};

/// How far a credential is its issuer's word. What is weaker never speaks in the place of what is stronger, however new it says
/// it is: anybody can write any date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// It was changed, or was never right.
    Broken,
    /// Nobody signed it.
    Unsigned,
    /// It is signed, and nobody here can say by whom.
    Unproven,
    /// Its issuer signed it, whatever became of it since.
    Proven,
}

impl Strength {
    /// By what was found, if anything was; `signed` says that it carries a signature.
    pub fn of(found: Option<(Verdict, &[PartCheck])>, signed: bool) -> Strength {
        let unknown = if signed { Strength::Unproven } else { Strength::Unsigned };
        match found {
            Some((Verdict::Invalid, _)) => Strength::Broken,
            // An issuer who took back a credential had signed it.
            Some((Verdict::Revoked, checks)) if is_signed(Verdict::CannotCheck, checks) => Strength::Proven,
            Some((verdict, checks)) if is_signed(verdict, checks) => Strength::Proven,
            _ => unknown,
        }
    }
}

/// A received credential with what decides whether it speaks.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub row: Row,
    pub said: Said,
    pub strength: Strength,
    /// What was last found about it.
    pub finding: Option<(Verdict, Vec<PartCheck>)>,
    /// Whether another one with the same signature, and other words, was there before.
    copied: bool,
}

/// What issues of one credential are compared by.
type Rank = (Strength, bool, bool, Option<DateTime<Utc>>, Option<DateTime<Utc>>, DateTime<Utc>, RecordId);

impl Issue {
    /// With what was last found about it.
    pub fn of(app: &App, reader: &Reader<'_>, row: Row) -> cairn_vault::Result<Issue> {
        let finding = reader.latest_finding(&row.item)?.map(|finding| KeptVerdict::read(&finding, &[]));
        let said = app.said(&row);
        Ok(Issue::found(row, said, finding.map(|finding| (finding.verdict, finding.checks))))
    }

    /// With this found about it.
    pub fn found(row: Row, said: Said, finding: Option<(Verdict, Vec<PartCheck>)>) -> Issue {
        let strength = Strength::of(finding.as_ref().map(|(verdict, checks)| (*verdict, checks.as_slice())), !row.proof.is_empty());
        Issue { row, said, strength, finding, copied: false }
    }

    /// Whether it is later than another one by the dates that were signed, else by when it came.
    fn later(&self, other: &Issue) -> bool {
        let key = |issue: &Issue| (!issue.copied, issue.said.dates(), issue.row.received_at, issue.row.id);
        key(self) > key(other)
    }

    fn rank(&self) -> Rank {
        let (issued, signed) = self.said.dates();
        // The learner's own word about a record never speaks before somebody else's.
        (self.strength, !self.row.own, !self.copied, issued, signed, self.row.received_at, self.row.id)
    }
}

/// Orders issues so that the one that speaks comes first: the strongest, and of those the latest by its own dates.
pub(crate) fn order(issues: &mut [Issue]) {
    let came: Vec<_> = issues.iter().map(|issue| (issue.row.proof.clone(), issue.row.received_at, issue.row.id)).collect();
    for issue in issues.iter_mut() {
        let (proof, at) = (&issue.row.proof, (issue.row.received_at, issue.row.id));
        issue.copied = !proof.is_empty() && came.iter().any(|(other, received, id)| other == proof && (*received, *id) < at);
    }
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.rank()));
}

/// Whether a later issue of the same credential is among these, one that is no weaker. A forgery is no issue, and stays in sight.
pub(crate) fn is_replaced(all: &[Issue], issue: &Issue) -> bool {
    let replaces = |other: &Issue| same_credential(&other.row, &issue.row) && other.strength >= issue.strength && other.later(issue);
    issue.strength != Strength::Broken && all.iter().any(replaces)
}

/// Those of several that speak, one for each credential, the order kept.
pub(crate) fn speaking(mut all: Vec<Issue>) -> Vec<Issue> {
    order(&mut all);
    let mut kept: Vec<Issue> = Vec::new();
    for issue in all {
        if !kept.iter().any(|other| same_credential(&other.row, &issue.row)) {
            kept.push(issue);
        }
    }
    kept
}

impl App {
    /// What was received for a record, the one that speaks first.
    pub(crate) fn issues(&self, reader: &Reader<'_>, record: RecordId) -> cairn_vault::Result<Vec<Issue>> {
        let rows = reader.held_of(record)?.into_iter();
        let mut issues = rows.map(|row| Issue::of(self, reader, row)).collect::<cairn_vault::Result<Vec<_>>>()?;
        order(&mut issues);
        Ok(issues)
    }
}
