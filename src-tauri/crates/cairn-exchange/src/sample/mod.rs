//! The learner one can look around in: Ines Duarte, who went from systems administration to platform engineering.
//!
//! She is data: the JSON files beside this one hold records as `{"name", "kind", "fields", "files"}`. A link is the name
//! of another record (`@cka`), a file is one in `files/`, and a date stands relative to the day it is looked at
//! (`{today-30}` and `{monday+2}` a day, `{month-14}` a month, `{year-9}` a year), so that she is never out of date.

mod moment;

use std::collections::HashMap;

use cairn_domain::{AnyRecord, Kind, RecordId};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use crate::links::each_link;

/// Her records, subject by subject. A link leads only to a record above.
const SUBJECTS: [&str; 6] = [
    include_str!("life.json"),
    include_str!("credentials.json"),
    include_str!("proof.json"),
    include_str!("money.json"),
    include_str!("study.json"),
    include_str!("collections.json"),
];

/// Her evidence files.
const FILES: [SampleFile; 9] = [
    SampleFile { name: "admission-policies.yaml", bytes: include_bytes!("files/admission-policies.yaml") },
    SampleFile { name: "cloud-cost.csv", bytes: include_bytes!("files/cloud-cost.csv") },
    SampleFile { name: "game-day-plan.txt", bytes: include_bytes!("files/game-day-plan.txt") },
    SampleFile { name: "latency-chart.png", bytes: include_bytes!("files/latency-chart.png") },
    SampleFile { name: "latency.csv", bytes: include_bytes!("files/latency.csv") },
    SampleFile { name: "mentoring-notes.txt", bytes: include_bytes!("files/mentoring-notes.txt") },
    SampleFile { name: "network-zones.png", bytes: include_bytes!("files/network-zones.png") },
    SampleFile { name: "post-incident-review.md", bytes: include_bytes!("files/post-incident-review.md") },
    SampleFile { name: "restore-drill.log", bytes: include_bytes!("files/restore-drill.log") },
];

/// One of her records. Within a kind they come in the order they should stand in.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRecord {
    /// Its id, as the caller made it.
    pub id: RecordId,
    /// The record. It keeps every rule, and its links lead to records that come before it.
    pub record: AnyRecord,
    /// The files of a piece of evidence.
    pub files: Vec<SampleFile>,
}

/// A file of hers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleFile {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}

/// The sample's data is not what this version understands. A test keeps this from happening.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file of it is no list of records.
    #[error("the sample learner cannot be read: {0}")]
    Data(#[from] serde_json::Error),
    /// A record does not fit its kind.
    #[error("the sample's {name} does not fit: {source}")]
    Record {
        /// Its name in the data.
        name: String,
        /// What does not fit.
        source: serde_json::Error,
    },
    /// A record names a record or a file that is not there, or a date that is none.
    #[error("the sample's {name} speaks of {what}, which is not there")]
    Missing {
        /// The record's name in the data.
        name: String,
        /// What it speaks of.
        what: String,
    },
}

/// A record as the data files hold it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    kind: Kind,
    fields: Value,
    #[serde(default)]
    files: Vec<String>,
}

/// The sample learner as she stands on `today`, with ids from `new_id`, one call a record.
///
/// # Errors
/// [`SampleError`], which a test rules out for every day.
pub fn learner(today: NaiveDate, mut new_id: impl FnMut() -> RecordId) -> Result<Vec<SampleRecord>, SampleError> {
    let mut ids: HashMap<String, RecordId> = HashMap::new();
    let mut records = Vec::new();
    for subject in SUBJECTS {
        for Named { name, kind, mut fields, files } in serde_json::from_str::<Vec<Named>>(subject)? {
            let mut missing = None;
            moment::resolve(&mut fields, today, &mut missing);
            each_link(&mut fields, &mut |link| {
                let id = link.strip_prefix('@').and_then(|name| ids.get(name));
                missing = missing.take().or_else(|| id.is_none().then(|| link.clone()));
                id.map(ToString::to_string)
            });
            let found: Vec<SampleFile> = files.iter().filter_map(|file| FILES.iter().find(|known| known.name == file).copied()).collect();
            if found.len() != files.len() {
                missing = Some(files.join(", "));
            }
            if let Some(what) = missing {
                return Err(SampleError::Missing { name, what });
            }
            let record = AnyRecord::deserialize(kind, fields).map_err(|source| SampleError::Record { name: name.clone(), source })?;
            let id = new_id();
            ids.insert(name, id);
            records.push(SampleRecord { id, record, files: found });
        }
    }
    Ok(records)
}
