//! What a credential's page says beyond its fields: what it proves, whether it fits its goal, how its renewal stands.

use cairn_domain::credential::Credential;
pub use cairn_domain::credential::Purpose;
pub use cairn_domain::fit::{Fit, FitReason, Fitting, Stronger};
use cairn_domain::id::CredentialId;
use cairn_domain::renewal::{ActivityStatus, CreditProgress, NextCycle, RenewalActivity};
use cairn_domain::{Kind, PartialDate, RecordId};
use cairn_vault::{Linked, Reader, Result};
use chrono::NaiveDate;
use serde::Serialize;

/// What can be said of a credential.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Standing {
    /// Whether it has an issue date that is past and a status that says it is still to be earned: documents leave it out.
    pub issued_unearned: bool,
    /// Whether it only shows attendance.
    pub attendance_only: bool,
    /// What would make it say more, where it only shows attendance.
    pub stronger: Vec<Stronger>,
    /// Whether it fits the goal it serves, where the learner named one.
    pub fitting: Option<Fitting>,
    /// How its renewal stands, where it asks for continuing-education credits.
    pub renewal: Option<RenewalStanding>,
}

/// How the current renewal cycle stands.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct RenewalStanding {
    /// The credits.
    pub progress: CreditProgress,
    /// What the issuer calls them; empty where the learner has not said.
    pub unit: String,
    /// The cycle's first day.
    pub start: Option<PartialDate>,
    /// The cycle's last day.
    pub end: Option<PartialDate>,
    /// Everything that was logged for it, newest first.
    pub activities: Vec<ActivityItem>,
    /// Its dates after renewing, where both ends of the cycle are known.
    pub next: Option<NextCycle>,
}

/// An activity in the list of a renewal.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ActivityItem {
    /// The record.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: ActivityStatus,
    /// When it took place or will.
    pub date: Option<PartialDate>,
    /// The credits it earns.
    pub credits: Option<f64>,
    /// Whether its date lies in the current cycle.
    pub in_cycle: bool,
    /// Whether evidence of it is linked.
    pub proven: bool,
}

/// What can be said of `credential` on `day`, given what links to it.
pub(crate) fn standing(
    reader: &Reader<'_>,
    id: RecordId,
    credential: &Credential,
    backlinks: &[Linked],
    day: NaiveDate,
) -> Result<Standing> {
    let linked_by = |kinds: &[Kind]| backlinks.iter().any(|link| kinds.contains(&link.kind));
    Ok(Standing {
        issued_unearned: credential.issued_unearned(day),
        attendance_only: credential.attendance_only(),
        stronger: credential.stronger(linked_by(&[Kind::Evidence, Kind::Story]), linked_by(&[Kind::Endorsement])),
        fitting: credential.fitting(),
        renewal: renewal(reader, id, credential)?,
    })
}

/// How the current cycle of `credential` stands; `None` where it asks for no credits.
fn renewal(reader: &Reader<'_>, id: RecordId, credential: &Credential) -> Result<Option<RenewalStanding>> {
    let Some(cycle) = credential.cycle() else { return Ok(None) };
    let logged = reader.renewal_activities(CredentialId(id))?;
    let item = |id: RecordId, activity: &RenewalActivity| ActivityItem {
        id,
        title: activity.title.clone(),
        status: activity.status,
        date: activity.date,
        credits: activity.credits,
        in_cycle: activity.date.is_some_and(|date| cycle.holds(date)),
        proven: activity.evidence.is_some(),
    };
    Ok(Some(RenewalStanding {
        progress: cycle.progress(logged.iter().map(|stored| &stored.record)),
        unit: credential.ce_unit.clone(),
        start: cycle.start,
        end: cycle.end,
        activities: logged.iter().map(|stored| item(stored.id, &stored.record)).collect(),
        next: credential.next_cycle(),
    }))
}

/// How many credits the current cycle of a credential has and lacks; `None` where it asks for none.
pub(crate) fn credits(reader: &Reader<'_>, id: RecordId, credential: &Credential) -> Result<Option<CreditProgress>> {
    let Some(cycle) = credential.cycle() else { return Ok(None) };
    let logged = reader.renewal_activities(CredentialId(id))?;
    Ok(Some(cycle.progress(logged.iter().map(|stored| &stored.record))))
}
