//! Evidence, and the files attached to it.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, json_prose, link, prose, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "setting" TEXT,
    "date" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "context" TEXT NOT NULL DEFAULT '',
    "constraints" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "claims" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("claims")),
    "links" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("links"))
) STRICT;
CREATE INDEX evidence_unlinked ON evidence (id) WHERE "links" = '[]';
CREATE TABLE evidence_file (
    id TEXT NOT NULL PRIMARY KEY,
    evidence_id TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_file_evidence ON evidence_file (evidence_id, added_at);
CREATE INDEX evidence_file_sha256 ON evidence_file (sha256);
"#,
}];

/// How a Evidence lies in its table.
pub(crate) const EVIDENCE: Table = Table {
    kind: Kind::Evidence,
    name: "evidence",
    columns: &[
        prose("title"),
        word("type"),
        word("setting"),
        word("date"),
        prose("description"),
        prose("context"),
        prose("constraints"),
        prose("result"),
        json_prose("claims"),
        json_prose("links"),
    ],
    links: &[link("credentials", Kind::Credential), link("skills", Kind::Skill), link("work", Kind::Work)],
};
