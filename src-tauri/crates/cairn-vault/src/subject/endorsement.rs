//! Endorsements by others.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, prose, reference, word};

/// The changes of this subject's tables, oldest first. A program that does not know the kind cannot name its records, so
/// it must not open the vault.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 3,
    breaking: true,
    sql: r#"
CREATE TABLE endorsement (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "endorser" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "text" TEXT NOT NULL DEFAULT '',
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "evidence" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX endorsement_credential ON endorsement ("credential");
CREATE INDEX endorsement_evidence ON endorsement ("evidence");
"#,
}];

/// How an Endorsement lies in its table.
pub(crate) const ENDORSEMENT: Table = Table {
    kind: Kind::Endorsement,
    name: "endorsement",
    columns: &[
        prose("endorser"),
        prose("role"),
        word("date"),
        prose("text"),
        reference("credential", Kind::Credential),
        reference("evidence", Kind::Evidence),
        prose("url"),
        prose("notes"),
    ],
    links: &[],
};
