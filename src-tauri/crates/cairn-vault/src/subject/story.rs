//! STAR stories.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, json_prose, link, prose, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE story (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "situation" TEXT NOT NULL DEFAULT '',
    "task" TEXT NOT NULL DEFAULT '',
    "action" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "metric" TEXT NOT NULL DEFAULT 'null' CHECK (json_valid("metric"))
) STRICT;
"#,
}];

/// How a Story lies in its table.
pub(crate) const STORY: Table = Table {
    kind: Kind::Story,
    name: "story",
    columns: &[prose("title"), word("date"), prose("situation"), prose("task"), prose("action"), prose("result"), json_prose("metric")],
    links: &[
        link("credentials", Kind::Credential),
        link("evidence", Kind::Evidence),
        link("skills", Kind::Skill),
        link("work", Kind::Work),
    ],
};
