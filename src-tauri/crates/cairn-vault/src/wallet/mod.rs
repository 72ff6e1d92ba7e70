//! Credentials as issuers sent them, and what was found out about them.
//!
//! A [`Held`] row says that the learner holds a credential: it belongs to history, like every record, and its bytes lie among
//! the vault's files by their hash. Verdicts and materials are [facts](fact): what was found on a day with which documents.
//! They are keyed by the credential's own bytes, not by the row, and stand outside history: taking an import back, or
//! removing a record, forgets neither, and no fact ever stands in the way of an undo.

pub mod fact;
pub mod held;

use crate::schema::Migration;

/// The tables of the wallet. A program that does not know them would take the received files for unknown ones and remove
/// them, so it must not open the vault.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 3,
    breaking: true,
    sql: r#"
CREATE TABLE held (
    id TEXT NOT NULL PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    file TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    item TEXT NOT NULL,
    item_size INTEGER NOT NULL,
    format TEXT NOT NULL,
    place TEXT NOT NULL,
    grouping TEXT NOT NULL,
    picture TEXT,
    picture_size INTEGER NOT NULL,
    credential_id TEXT NOT NULL,
    issuer_id TEXT NOT NULL,
    issuer_name TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    proof TEXT NOT NULL,
    own INTEGER NOT NULL,
    filled TEXT NOT NULL CHECK (json_valid(filled)),
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX held_record ON held (record_id, received_at);
CREATE INDEX held_file ON held (file);
CREATE INDEX held_item ON held (item);
CREATE INDEX held_picture ON held (picture) WHERE picture IS NOT NULL;
CREATE INDEX held_credential ON held (credential_id, issuer_id) WHERE credential_id <> '';
CREATE INDEX held_proof ON held (proof) WHERE proof <> '';

CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    item TEXT NOT NULL,
    since INTEGER NOT NULL,
    at INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    report TEXT NOT NULL CHECK (json_valid(report)),
    latest INTEGER NOT NULL
) STRICT;
CREATE INDEX verdict_item ON verdict (item, at);
CREATE UNIQUE INDEX verdict_latest ON verdict (item) WHERE latest = 1;
CREATE INDEX verdict_standing ON verdict (verdict, item) WHERE latest = 1;

CREATE TABLE material (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX material_seen ON material (kind, url, seen_at);

CREATE TABLE verdict_material (
    verdict_id INTEGER NOT NULL REFERENCES verdict (id) ON DELETE CASCADE,
    material_id INTEGER NOT NULL REFERENCES material (id) ON DELETE CASCADE,
    PRIMARY KEY (verdict_id, material_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdict_material_of ON verdict_material (material_id);
"#,
}];
