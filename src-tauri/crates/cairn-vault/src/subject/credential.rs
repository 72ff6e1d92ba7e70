//! Credentials.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, json_prose, link, prose, real, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] =
    &[Migration { version: 1, breaking: true, sql: FIRST }, Migration { version: 3, breaking: false, sql: RENEWED }];

const FIRST: &str = r#"
CREATE TABLE credential (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "issuer" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "issued" TEXT,
    "expires" TEXT,
    "renewal" TEXT,
    "identifier" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "scope" TEXT NOT NULL DEFAULT '',
    "competencies" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("competencies")),
    "hours" REAL,
    "level" TEXT NOT NULL DEFAULT '',
    "assessment" TEXT,
    "assessment_note" TEXT NOT NULL DEFAULT '',
    "rubric" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("rubric")),
    "assessed" TEXT NOT NULL DEFAULT 'null' CHECK (json_valid("assessed")),
    "portable" TEXT NOT NULL DEFAULT 'null' CHECK (json_valid("portable")),
    "stackable" TEXT NOT NULL DEFAULT 'null' CHECK (json_valid("stackable")),
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX credential_issued ON credential ("issued") WHERE "issued" IS NOT NULL;
CREATE INDEX credential_expires ON credential ("status", "expires") WHERE "expires" IS NOT NULL;
CREATE INDEX credential_renewal ON credential ("status", "renewal") WHERE "renewal" IS NOT NULL;
"#;

/// What it serves, how deep it goes, what comes before and after it, and the credits that keep it.
const RENEWED: &str = r#"
ALTER TABLE credential ADD COLUMN "purpose" TEXT;
ALTER TABLE credential ADD COLUMN "goal" TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN "bloom" TEXT;
ALTER TABLE credential ADD COLUMN "dok" TEXT;
ALTER TABLE credential ADD COLUMN "sfia" TEXT;
ALTER TABLE credential ADD COLUMN "prerequisites" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("prerequisites"));
ALTER TABLE credential ADD COLUMN "progression" TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN "credit_transfer" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("credit_transfer"));
ALTER TABLE credential ADD COLUMN "policy_version" TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN "teach_out" TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN "cycle_start" TEXT;
ALTER TABLE credential ADD COLUMN "cycle_end" TEXT;
ALTER TABLE credential ADD COLUMN "ce_credits" REAL;
ALTER TABLE credential ADD COLUMN "ce_unit" TEXT NOT NULL DEFAULT '';
CREATE INDEX credential_cycle_end ON credential ("status", "cycle_end") WHERE "cycle_end" IS NOT NULL;
"#;

/// How a Credential lies in its table.
pub(crate) const CREDENTIAL: Table = Table {
    kind: Kind::Credential,
    name: "credential",
    columns: &[
        prose("title"),
        word("type"),
        prose("issuer"),
        word("status"),
        word("issued"),
        word("expires"),
        word("renewal"),
        prose("identifier"),
        prose("url"),
        prose("scope"),
        json_prose("competencies"),
        real("hours"),
        prose("level"),
        word("assessment"),
        prose("assessment_note"),
        json_prose("rubric"),
        json_prose("assessed"),
        json_prose("portable"),
        json_prose("stackable"),
        word("purpose"),
        prose("goal"),
        word("bloom"),
        word("dok"),
        word("sfia"),
        json_prose("prerequisites"),
        prose("progression"),
        json_prose("credit_transfer"),
        prose("policy_version"),
        prose("teach_out"),
        word("cycle_start"),
        word("cycle_end"),
        real("ce_credits"),
        prose("ce_unit"),
        prose("notes"),
    ],
    links: &[link("skills", Kind::Skill)],
};
