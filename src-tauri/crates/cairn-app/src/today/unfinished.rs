//! What is not whole yet, each with the record that would mend it.

use cairn_domain::evidence::Evidence;
use cairn_domain::id::{CredentialId, MilestoneId, SkillId};
use cairn_domain::reflection::Reflection;
use cairn_domain::{AnyRecord, Kind, PartialDate};
use cairn_vault::Reader;
use cairn_vault::list::{ListItem, Without};
use chrono::NaiveDate;

use super::{UnfinishedItem, UnfinishedReason, counted};
use crate::{Result, records};

/// Records shown for each reason; the count tells of the others.
const EACH: u32 = 5;

/// What is looked for on a day, in the order it is told.
fn reasons(day: NaiveDate) -> [(UnfinishedReason, Kind, Without); 8] {
    [
        (UnfinishedReason::BrokenCredential, Kind::Credential, Without::Standing),
        (UnfinishedReason::CredentialIssuedUnearned, Kind::Credential, Without::Award(day)),
        (UnfinishedReason::CredentialWithoutReflection, Kind::Credential, Without::ReflectionOnCredential),
        (UnfinishedReason::MilestoneWithoutReflection, Kind::Milestone, Without::ReflectionOnMilestone),
        (UnfinishedReason::ClaimWithoutEvidence, Kind::Credential, Without::Evidence),
        (UnfinishedReason::StoryWithoutMetric, Kind::Story, Without::Metric),
        (UnfinishedReason::EvidenceWithoutFile, Kind::Evidence, Without::File),
        (UnfinishedReason::SkillWithoutBacking, Kind::Skill, Without::Backing),
    ]
}

/// A record that lacks something.
pub(super) struct Lacking {
    reason: UnfinishedReason,
    kind: Kind,
    item: ListItem,
    count: u32,
}

/// The records that lack something, the newest of each reason first.
pub(super) fn lacking(reader: &Reader<'_>, day: NaiveDate) -> cairn_vault::Result<Vec<Lacking>> {
    let mut found = Vec::new();
    for (reason, kind, without) in reasons(day) {
        let (items, count) = reader.without(kind, without, EACH)?;
        found.extend(items.into_iter().map(|item| Lacking { reason, kind, item, count: counted(count) }));
    }
    Ok(found)
}

impl Lacking {
    /// As it is shown, with what would mend it on `day`.
    pub fn with_fix(self, day: NaiveDate) -> Result<UnfinishedItem> {
        let fix = self.fix(day);
        Ok(UnfinishedItem {
            reason: self.reason,
            kind: self.kind,
            id: self.item.id,
            title: self.item.title,
            fix_kind: fix.as_ref().map(AnyRecord::kind),
            fix_fields: fix.as_ref().map(records::to_json).transpose()?,
            count: self.count,
        })
    }

    fn fix(&self, day: NaiveDate) -> Option<AnyRecord> {
        let (id, title, date) = (self.item.id, self.item.title.clone(), Some(PartialDate::day(day)));
        match self.reason {
            UnfinishedReason::CredentialWithoutReflection => {
                Some(Reflection { title, date, credential: Some(CredentialId(id)), ..Reflection::default() }.into())
            }
            UnfinishedReason::MilestoneWithoutReflection => {
                Some(Reflection { title, date, milestone: Some(MilestoneId(id)), ..Reflection::default() }.into())
            }
            UnfinishedReason::ClaimWithoutEvidence => {
                Some(Evidence { title, date, credentials: vec![CredentialId(id)], ..Evidence::default() }.into())
            }
            UnfinishedReason::SkillWithoutBacking => {
                Some(Evidence { title, date, skills: vec![SkillId(id)], ..Evidence::default() }.into())
            }
            UnfinishedReason::BrokenCredential
            | UnfinishedReason::CredentialIssuedUnearned
            | UnfinishedReason::StoryWithoutMetric
            | UnfinishedReason::EvidenceWithoutFile => None,
        }
    }
}
