//! Keys of records: UUID version 7 (RFC 9562), so that two vaults can be merged one day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, de};
use uuid::Uuid;

/// The key of any record, whatever its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ts_rs::TS)]
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

/// The text is no key: a UUID, written whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {wanted}, which looks like 0197a000-1111-7222-8333-444444444444 and is written whole")]
pub struct NotAnId {
    text: String,
    wanted: &'static str,
}

impl RecordId {
    /// Reads the key of what `wanted` names: "the id of a skill".
    fn read(text: &str, wanted: &'static str) -> Result<Self, NotAnId> {
        Uuid::parse_str(text).map(RecordId).map_err(|_| NotAnId { text: text.chars().take(40).collect(), wanted })
    }
}

impl FromStr for RecordId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        RecordId::read(text, "the id of a record")
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

/// Keys that belong to one kind of record, so that a story cannot be filed where a skill is meant.
macro_rules! ids {
    ($($name:ident: $what:literal),+ $(,)?) => {$(
        #[doc = concat!("The key of a ", $what, ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ts_rs::TS)]
        #[serde(transparent)]
        #[ts(as = "String")]
        pub struct $name(pub RecordId);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                RecordId::read(&text, concat!("the id of a ", $what)).map($name).map_err(de::Error::custom)
            }
        }

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
