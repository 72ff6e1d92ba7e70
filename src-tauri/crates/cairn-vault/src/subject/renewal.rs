//! Activities that earn the credits for a renewal.

use cairn_domain::Kind;
use cairn_domain::id::CredentialId;
use cairn_domain::renewal::RenewalActivity;

use crate::Result;
use crate::record::{Reader, Stored};
use crate::schema::Migration;
use crate::table::{Table, prose, real, reference, word};

/// The changes of this subject's tables, oldest first. A program that does not know the kind cannot name its records, so
/// it must not open the vault.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 3,
    breaking: true,
    sql: r#"
CREATE TABLE renewal_activity (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "credits" REAL,
    "provider" TEXT NOT NULL DEFAULT '',
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "evidence" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX renewal_activity_credential ON renewal_activity ("credential");
CREATE INDEX renewal_activity_evidence ON renewal_activity ("evidence");
"#,
}];

/// How a RenewalActivity lies in its table.
pub(crate) const RENEWAL_ACTIVITY: Table = Table {
    kind: Kind::RenewalActivity,
    name: "renewal_activity",
    columns: &[
        prose("title"),
        word("type"),
        word("status"),
        word("date"),
        real("credits"),
        prose("provider"),
        reference("credential", Kind::Credential),
        reference("evidence", Kind::Evidence),
        prose("notes"),
    ],
    links: &[],
};

impl Reader<'_> {
    /// What was logged towards renewing a credential, newest first.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn renewal_activities(&self, credential: CredentialId) -> Result<Vec<Stored<RenewalActivity>>> {
        self.records("t.credential = ?1 ORDER BY t.date DESC, t.id DESC", &[&credential.0.to_string()])
    }
}
