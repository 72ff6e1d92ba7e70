//! The profile and the sections of a working life.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::{Table, json_prose, link, prose, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] =
    &[Migration { version: 1, breaking: true, sql: FIRST }, Migration { version: 4, breaking: false, sql: OTHER_EMAILS }];

/// Addresses that credentials may have been issued to, beside the one that documents show.
const OTHER_EMAILS: &str =
    r#"ALTER TABLE profile ADD COLUMN "other_emails" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("other_emails"));"#;

const FIRST: &str = r#"
CREATE TABLE profile (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "headline" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT '',
    "location" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("location")),
    "links" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("links"))
) STRICT;
CREATE TABLE work (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "position" TEXT NOT NULL DEFAULT '',
    "location" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "end" TEXT,
    "summary" TEXT NOT NULL DEFAULT '',
    "highlights" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("highlights"))
) STRICT;
CREATE TABLE education (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "institution" TEXT NOT NULL DEFAULT '',
    "area" TEXT NOT NULL DEFAULT '',
    "study_type" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "end" TEXT,
    "score" TEXT NOT NULL DEFAULT '',
    "courses" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("courses"))
) STRICT;
CREATE TABLE project (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "highlights" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("highlights")),
    "keywords" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("keywords")),
    "start" TEXT,
    "end" TEXT,
    "url" TEXT NOT NULL DEFAULT '',
    "roles" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("roles")),
    "entity" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE volunteering (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "organization" TEXT NOT NULL DEFAULT '',
    "position" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "start" TEXT,
    "end" TEXT,
    "summary" TEXT NOT NULL DEFAULT '',
    "highlights" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("highlights"))
) STRICT;
CREATE TABLE award (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "awarder" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE publication (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "publisher" TEXT NOT NULL DEFAULT '',
    "release_date" TEXT,
    "url" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE language (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "language" TEXT NOT NULL DEFAULT '',
    "fluency" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE interest (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "keywords" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("keywords"))
) STRICT;
CREATE TABLE reference (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "name" TEXT NOT NULL DEFAULT '',
    "reference" TEXT NOT NULL DEFAULT ''
) STRICT;
"#;

/// How a Profile lies in its table.
pub(crate) const PROFILE: Table = Table {
    kind: Kind::Profile,
    name: "profile",
    columns: &[
        prose("name"),
        prose("headline"),
        prose("email"),
        json_prose("other_emails"),
        prose("phone"),
        prose("url"),
        prose("summary"),
        json_prose("location"),
        json_prose("links"),
    ],
    links: &[],
};

/// How a Work lies in its table.
pub(crate) const WORK: Table = Table {
    kind: Kind::Work,
    name: "work",
    columns: &[
        prose("name"),
        prose("description"),
        prose("position"),
        prose("location"),
        prose("url"),
        word("start"),
        word("end"),
        prose("summary"),
        json_prose("highlights"),
    ],
    links: &[],
};

/// How a Education lies in its table.
pub(crate) const EDUCATION: Table = Table {
    kind: Kind::Education,
    name: "education",
    columns: &[
        prose("institution"),
        prose("area"),
        prose("study_type"),
        prose("url"),
        word("start"),
        word("end"),
        prose("score"),
        json_prose("courses"),
    ],
    links: &[],
};

/// How a Project lies in its table.
pub(crate) const PROJECT: Table = Table {
    kind: Kind::Project,
    name: "project",
    columns: &[
        prose("name"),
        prose("description"),
        json_prose("highlights"),
        json_prose("keywords"),
        word("start"),
        word("end"),
        prose("url"),
        json_prose("roles"),
        prose("entity"),
        prose("type"),
    ],
    links: &[link("skills", Kind::Skill)],
};

/// How a Volunteering lies in its table.
pub(crate) const VOLUNTEERING: Table = Table {
    kind: Kind::Volunteering,
    name: "volunteering",
    columns: &[
        prose("organization"),
        prose("position"),
        prose("url"),
        word("start"),
        word("end"),
        prose("summary"),
        json_prose("highlights"),
    ],
    links: &[],
};

/// How a Award lies in its table.
pub(crate) const AWARD: Table =
    Table { kind: Kind::Award, name: "award", columns: &[prose("title"), word("date"), prose("awarder"), prose("summary")], links: &[] };

/// How a Publication lies in its table.
pub(crate) const PUBLICATION: Table = Table {
    kind: Kind::Publication,
    name: "publication",
    columns: &[prose("name"), prose("publisher"), word("release_date"), prose("url"), prose("summary")],
    links: &[],
};

/// How a Language lies in its table.
pub(crate) const LANGUAGE: Table =
    Table { kind: Kind::Language, name: "language", columns: &[prose("language"), prose("fluency")], links: &[] };

/// How a Interest lies in its table.
pub(crate) const INTEREST: Table =
    Table { kind: Kind::Interest, name: "interest", columns: &[prose("name"), json_prose("keywords")], links: &[] };

/// How a Reference lies in its table.
pub(crate) const REFERENCE: Table =
    Table { kind: Kind::Reference, name: "reference", columns: &[prose("name"), prose("reference")], links: &[] };
