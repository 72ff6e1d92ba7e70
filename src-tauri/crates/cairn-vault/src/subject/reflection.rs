//! Milestones and reflections.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, json_prose, prose, reference, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE milestone (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "due" TEXT,
    "reached" TEXT,
    "evidence" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX milestone_evidence ON milestone ("evidence");
CREATE INDEX milestone_credential ON milestone ("credential");
CREATE TABLE reflection (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "milestone" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "can_do" TEXT NOT NULL DEFAULT '',
    "used_where" TEXT NOT NULL DEFAULT '',
    "changed" TEXT NOT NULL DEFAULT '',
    "metric" TEXT NOT NULL DEFAULT 'null' CHECK (json_valid("metric")),
    "next" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reflection_credential ON reflection ("credential");
CREATE INDEX reflection_milestone ON reflection ("milestone");
"#,
}];

/// How a Milestone lies in its table.
pub(crate) const MILESTONE: Table = Table {
    kind: Kind::Milestone,
    name: "milestone",
    columns: &[
        prose("title"),
        word("due"),
        word("reached"),
        reference("evidence", Kind::Evidence),
        reference("credential", Kind::Credential),
        prose("notes"),
    ],
    links: &[],
};

/// How a Reflection lies in its table.
pub(crate) const REFLECTION: Table = Table {
    kind: Kind::Reflection,
    name: "reflection",
    columns: &[
        prose("title"),
        word("date"),
        reference("credential", Kind::Credential),
        reference("milestone", Kind::Milestone),
        prose("can_do"),
        prose("used_where"),
        prose("changed"),
        json_prose("metric"),
        prose("next"),
    ],
    links: &[],
};
