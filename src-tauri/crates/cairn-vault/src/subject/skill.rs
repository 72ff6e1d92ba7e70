//! Skills.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, json_prose, prose, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE skill (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "level" TEXT NOT NULL DEFAULT '',
    "last_used" TEXT,
    "keywords" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("keywords")),
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
"#,
}];

/// How a Skill lies in its table.
pub(crate) const SKILL: Table = Table {
    kind: Kind::Skill,
    name: "skill",
    columns: &[prose("name"), word("type"), prose("level"), word("last_used"), json_prose("keywords"), prose("notes")],
    links: &[],
};
