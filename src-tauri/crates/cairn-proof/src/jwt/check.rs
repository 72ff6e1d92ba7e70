//! A credential as JWT from its bytes to what is found about it: signature, dates and status.

use super::open;
use crate::credential::{self, Checked};
use crate::materials::Materials;
use crate::reason::Reason;
use crate::report::{Check, Part};
use crate::status;
use crate::text::shown;
use chrono::{DateTime, Utc};

/// Checks a credential as JWT, at the instant `now`.
pub(crate) fn check(bytes: &[u8], materials: &Materials, now: DateTime<Utc>) -> Checked {
    without_status(bytes, materials, now).map_or_else(
        |reason| Checked { reason, issuer: None, proofs: Vec::new(), checks: Vec::new(), used: Vec::new() },
        |(mut checked, id, credential)| {
            for status in status::of(&credential, &id, materials, now) {
                checked.used.extend(status.used.into_iter().filter(|used| !checked.used.contains(used)).collect::<Vec<_>>());
                checked.reason = checked.reason.graver(status.reason.clone());
                checked.checks.push(Check { part: Part::Status, reason: status.reason });
            }
            checked
        },
    )
}

/// As [`check`], for a list that itself says which credentials stand: its own status is not asked, so that no two lists can
/// send a reader from one to the other and back.
pub(crate) fn check_list(bytes: &[u8], materials: &Materials, now: DateTime<Utc>) -> Result<Checked, Reason> {
    without_status(bytes, materials, now).map(|(checked, _, _)| checked)
}

type Found = (Checked, String, serde_json::Map<String, serde_json::Value>);

fn without_status(bytes: &[u8], materials: &Materials, now: DateTime<Utc>) -> Result<Found, Reason> {
    let opened = open(bytes, materials, now)?;
    credential::shape(&opened.credential)?;
    let issuer = credential::issuer(&opened.credential).ok_or(Reason::Malformed { fault: "it names no issuer".into() })?;
    let id = super::signature::issuer_of(&opened.credential).unwrap_or_default().to_owned();
    let about_key = matches!(
        opened.proof.reason,
        Reason::UnknownKey { .. }
            | Reason::KeyNotListed { .. }
            | Reason::KeyWithdrawn { .. }
            | Reason::NotIssuersKey { .. }
            | Reason::BrokenKey { .. }
            | Reason::BrokenKeyDocument { .. }
    );
    let part = if about_key { Part::Key } else { Part::Proof };
    let mut checks = vec![Check { part, reason: opened.proof.reason.clone() }];
    let intact = Reason::CredentialIntact { issuer: shown(issuer.name.as_deref().unwrap_or(&issuer.id)) };
    let mut reason = if matches!(opened.proof.reason, Reason::ProofHolds { .. }) { intact } else { opened.proof.reason.clone() };
    // Dates of a text that may be anybody's say nothing, unless they are broken in themselves.
    if let Some(dates) = credential::dates(&opened.credential, now) {
        checks.push(Check { part: Part::Dates, reason: dates.clone() });
        if reason.verdict() == crate::Verdict::Valid {
            reason = dates;
        }
    }
    Ok((Checked { reason, issuer: Some(issuer), proofs: vec![opened.proof], checks, used: opened.used }, id, opened.credential))
}
