//! The list of everything a learner can log.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::read::Unreadable;

/// What every record can do. A record holds what the learner wrote and nothing derived.
pub trait Record: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + 'static {
    /// Which kind this is.
    const KIND: Kind;

    /// Notes every rule the record breaks.
    fn check(&self, problems: &mut Problems);

    /// How it appears in a list.
    fn heading(&self) -> Heading;
}

/// How a record appears in a list: the same five things for every kind, so that lists, search and links need no more.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Heading {
    /// Its name.
    pub title: String,
    /// Who or what it belongs to: an issuer, an employer, an audience.
    pub subtitle: String,
    /// Where it stands, in kebab case (`earned`, `done`, `kept`); empty where a kind has no states.
    pub status: String,
    /// Which sort of its kind, in kebab case (`badge`, `report`, `fee`); empty where a kind has no sorts.
    pub sort: String,
    /// The date it is filed under.
    pub date: Option<PartialDate>,
}

/// Calls `$then!` with `(Variant, "kebab-name", Type)` for every kind of record: the one list of kinds.
#[macro_export]
macro_rules! for_each_kind {
    ($then:ident) => {
        $then! {
            (Profile, "profile", $crate::profile::Profile),
            (Work, "work", $crate::profile::Work),
            (Education, "education", $crate::profile::Education),
            (Project, "project", $crate::profile::Project),
            (Volunteering, "volunteering", $crate::profile::Volunteering),
            (Award, "award", $crate::profile::Award),
            (Publication, "publication", $crate::profile::Publication),
            (Language, "language", $crate::profile::Language),
            (Interest, "interest", $crate::profile::Interest),
            (Reference, "reference", $crate::profile::Reference),
            (Credential, "credential", $crate::credential::Credential),
            (Endorsement, "endorsement", $crate::endorsement::Endorsement),
            (RenewalActivity, "renewal-activity", $crate::renewal::RenewalActivity),
            (Evidence, "evidence", $crate::evidence::Evidence),
            (Story, "story", $crate::story::Story),
            (Skill, "skill", $crate::skill::Skill),
            (BudgetLine, "budget-line", $crate::money::BudgetLine),
            (Funding, "funding", $crate::money::Funding),
            (ExpectedReturn, "expected-return", $crate::money::ExpectedReturn),
            (MoneySettings, "money-settings", $crate::money::MoneySettings),
            (Sprint, "sprint", $crate::study::Sprint),
            (StudyBlock, "study-block", $crate::study::StudyBlock),
            (Deadline, "deadline", $crate::study::Deadline),
            (Milestone, "milestone", $crate::reflection::Milestone),
            (Reflection, "reflection", $crate::reflection::Reflection),
            (Collection, "collection", $crate::collection::Collection),
        }
    };
}

macro_rules! define_kinds {
    ($(($variant:ident, $name:literal, $record:ty)),+ $(,)?) => {
        /// A kind of record. Its text form is kebab case, as on the command line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl Kind {
            /// Every kind, in the order a learner meets them.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The kebab-case name.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name),+ }
            }
        }

        /// One record of any kind.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(clippy::large_enum_variant, reason = "passed by reference; a box would only move the bytes")]
        pub enum AnyRecord {
            $(#[doc = concat!("A `", $name, "`.")] $variant($record),)+
        }

        impl AnyRecord {
            /// Reads a record of `kind` from its JSON form.
            ///
            /// # Errors
            /// What serde says of an unknown field or a wrong type.
            pub fn deserialize<'de, D: serde::Deserializer<'de>>(kind: Kind, from: D) -> Result<Self, D::Error> {
                match kind { $(Kind::$variant => <$record>::deserialize(from).map(AnyRecord::$variant)),+ }
            }

            /// Reads a record of `kind` from what a person or another program gave, with words for what does not fit.
            ///
            /// # Errors
            /// [`Unreadable`] with the place, what was given and what is wanted.
            pub fn read(kind: Kind, fields: serde_json::Value) -> Result<Self, Unreadable> {
                AnyRecord::deserialize(kind, crate::read::Given(fields))
            }

            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $(AnyRecord::$variant(_) => Kind::$variant),+ }
            }

            /// Every rule it breaks, or nothing.
            ///
            /// # Errors
            /// The broken rules with their places.
            pub fn check(&self) -> Result<(), Problems> {
                let mut problems = Problems::default();
                match self { $(AnyRecord::$variant(record) => record.check(&mut problems)),+ }
                problems.into_result()
            }

            /// How it appears in a list.
            pub fn heading(&self) -> Heading {
                match self { $(AnyRecord::$variant(record) => record.heading()),+ }
            }
        }

        impl Serialize for AnyRecord {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                match self { $(AnyRecord::$variant(record) => record.serialize(to)),+ }
            }
        }

        $(impl From<$record> for AnyRecord {
            fn from(record: $record) -> Self {
                AnyRecord::$variant(record)
            }
        })+
    };
}

for_each_kind!(define_kinds);

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no kind of record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no kind of record")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == text).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// The kebab-case name serde gives a unit variant.
pub(crate) fn name_of(variant: &impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_serde() {
        for kind in Kind::ALL {
            assert_eq!(name_of(kind), kind.name());
            assert_eq!(kind.name().parse(), Ok(*kind));
        }
    }

    #[test]
    fn every_kind_reads_what_it_writes_and_refuses_what_it_does_not_know() {
        for &kind in Kind::ALL {
            let empty = AnyRecord::deserialize(kind, serde_json::json!({})).unwrap();
            let text = serde_json::to_value(&empty).unwrap();
            assert_eq!(AnyRecord::deserialize(kind, text).unwrap(), empty);
            let error = AnyRecord::deserialize(kind, serde_json::json!({"surprise": 1})).unwrap_err();
            assert!(error.to_string().contains("surprise"), "{kind}: {error}");
        }
    }
}
