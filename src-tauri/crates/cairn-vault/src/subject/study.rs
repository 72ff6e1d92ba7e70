//! Sprints, study blocks and deadlines.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, flag, integer, prose, reference, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE sprint (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "goal" TEXT NOT NULL DEFAULT '',
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "start" TEXT,
    "weeks" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT '',
    "outcome" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sprint_credential ON sprint ("credential");
CREATE TABLE study_block (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "minutes" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT '',
    "sprint" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX study_block_start ON study_block ("start");
CREATE INDEX study_block_sprint ON study_block ("sprint");
CREATE INDEX study_block_credential ON study_block ("credential");
CREATE TABLE deadline (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX deadline_credential ON deadline ("credential");
"#,
}];

/// How a Sprint lies in its table.
pub(crate) const SPRINT: Table = Table {
    kind: Kind::Sprint,
    name: "sprint",
    columns: &[prose("goal"), reference("credential", Kind::Credential), word("start"), integer("weeks"), word("status"), prose("outcome")],
    links: &[],
};

/// How a StudyBlock lies in its table.
pub(crate) const STUDY_BLOCK: Table = Table {
    kind: Kind::StudyBlock,
    name: "study_block",
    columns: &[
        prose("title"),
        word("start"),
        integer("minutes"),
        word("status"),
        reference("sprint", Kind::Sprint),
        reference("credential", Kind::Credential),
        prose("notes"),
    ],
    links: &[],
};

/// How a Deadline lies in its table.
pub(crate) const DEADLINE: Table = Table {
    kind: Kind::Deadline,
    name: "deadline",
    columns: &[prose("title"), word("type"), word("date"), reference("credential", Kind::Credential), flag("done"), prose("notes")],
    links: &[],
};
