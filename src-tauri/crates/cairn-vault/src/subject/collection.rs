//! Collections.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Link, Table, json, prose, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE collection (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "audience" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL DEFAULT '',
    "paper" TEXT NOT NULL DEFAULT '',
    "headline" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT '',
    "sections" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("sections"))
) STRICT;
"#,
}];

/// How a Collection lies in its table.
pub(crate) const COLLECTION: Table = Table {
    kind: Kind::Collection,
    name: "collection",
    columns: &[prose("title"), prose("audience"), word("language"), word("paper"), prose("headline"), prose("summary"), json("sections")],
    links: &[Link { field: "entries", target: None, detailed: true }],
};
