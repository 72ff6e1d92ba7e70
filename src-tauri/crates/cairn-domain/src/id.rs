//! Keys of records: UUID version 7 (RFC 9562), so that two vaults can be merged one day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The key of any record, whatever its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct RecordId(Uuid);

impl RecordId {
    /// A key from a UUID made elsewhere.
    pub const fn new(uuid: Uuid) -> Self {
        RecordId(uuid)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RecordId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(RecordId)
    }
}

/// Keys that belong to one kind of record, so that a story cannot be filed where a skill is meant.
macro_rules! ids {
    ($($name:ident: $what:literal),+ $(,)?) => {$(
        #[doc = concat!("The key of a ", $what, ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
        #[serde(transparent)]
        #[ts(as = "String")]
        pub struct $name(pub RecordId);

        impl From<$name> for RecordId {
            fn from(id: $name) -> RecordId {
                id.0
            }
        }
    )+};
}

ids! {
    WorkId: "work entry",
    ProjectId: "project",
    CredentialId: "credential",
    EvidenceId: "piece of evidence",
    StoryId: "STAR story",
    SkillId: "skill",
    SprintId: "study sprint",
    MilestoneId: "milestone",
}
