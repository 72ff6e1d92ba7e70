//! Made-up people, and where their documents go.

use std::path::{Path, PathBuf};

use cairn_document::view::Resume;
use chrono::{DateTime, TimeZone, Utc};

/// The files in `tests/people`.
pub const PEOPLE: [&str; 6] = ["engineer", "sparse", "long", "greek", "arabic", "mixed"];

pub fn person(name: &str) -> Resume {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people").join(format!("{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Where the documents stay after the tests, to be looked at.
pub fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn created() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 30, 0).unwrap()
}
