//! What a credential came in: the learner record or presentation around it, and how its parts belong together.

use crate::text::shown;
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Most associations that are kept of a learner record.
const MAX_ASSOCIATIONS: usize = 10_000;

/// What a credential came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grouping {
    /// A learner record or a presentation.
    pub kind: GroupingKind,
    /// Its identifier.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// How the achievements in it belong together (CLR 2.0 §6.2, Association).
    pub associations: Vec<Association>,
}

/// The kind of thing that credentials come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupingKind {
    /// A Comprehensive Learner Record.
    Clr,
    /// A presentation.
    Presentation,
}

/// One achievement's relation to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Association {
    /// The relation, such as `isChildOf`.
    pub kind: String,
    /// The achievement or credential that it starts from.
    pub source: String,
    /// The one that it leads to.
    pub target: String,
}

impl Grouping {
    /// The grouping that a CLR or presentation gives those inside it; shared, because both may be many.
    pub(super) fn of(kind: GroupingKind, object: &Map<String, Value>) -> Arc<Self> {
        let text = |member: &str| object.get(member).and_then(Value::as_str).map(shown);
        let associations = object.get("credentialSubject").and_then(|subject| subject.get("association"));
        let associations = match associations {
            Some(Value::Array(all)) => all.iter().take(MAX_ASSOCIATIONS).filter_map(Association::read).collect(),
            Some(one) => Association::read(one).into_iter().collect(),
            None => Vec::new(),
        };
        Arc::new(Self { kind, id: text("id"), name: text("name"), associations })
    }
}

impl Association {
    fn read(value: &Value) -> Option<Self> {
        let text = |member: &str| value.get(member).and_then(Value::as_str).map(shown);
        Some(Self { kind: text("associationType")?, source: text("sourceId")?, target: text("targetId")? })
    }
}
