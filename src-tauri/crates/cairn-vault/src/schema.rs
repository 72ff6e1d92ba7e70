//! The shared tables, and how a vault's schema moves forward.
//!
//! Migrations lie beside their tables and run in order of version, all in one transaction, after a verified snapshot.
//! An additive migration leaves older programs working; a breaking one raises the oldest version that may open the
//! vault, so that an older Cairn either works or refuses with nothing touched.

use rusqlite::{Connection, OptionalExtension};

use crate::{Result, VaultError, subject, wallet};

/// SQLite's application id of a vault: "Cair" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4361_6972;

/// A step of the schema.
#[derive(Debug)]
pub(crate) struct Migration {
    /// The schema version it leads to.
    pub version: u32,
    /// Whether programs that do not know it must not open the vault.
    pub breaking: bool,
    /// What to run.
    pub sql: &'static str,
}

const SHARED: &[Migration] = &[
    Migration { version: 1, breaking: true, sql: FIRST },
    Migration { version: 2, breaking: false, sql: COUNTED },
    Migration { version: 5, breaking: false, sql: FEW_UNDONE },
];

const FIRST: &str = r#"
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value ANY) STRICT;
INSERT INTO meta (key, value) VALUES ('oldest_reader', 1);

CREATE TABLE record (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    status TEXT NOT NULL,
    sort TEXT NOT NULL,
    date TEXT,
    body TEXT NOT NULL,
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    sample INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX record_position ON record (kind, position);
CREATE INDEX record_title ON record (kind, sort_title);
CREATE INDEX record_date ON record (kind, date);
CREATE INDEX record_updated ON record (kind, updated_at);
CREATE INDEX record_status_title ON record (kind, status, sort_title);
CREATE INDEX record_status_date ON record (kind, status, date);
CREATE INDEX record_standing ON record (kind, status, id);
CREATE INDEX record_kind_of ON record (id, kind);
CREATE INDEX record_sort_title ON record (kind, sort, sort_title);
CREATE INDEX record_sort_date ON record (kind, sort, date);
CREATE INDEX record_sample ON record (sample) WHERE sample = 1;

CREATE TABLE link (
    source_id TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    target_id TEXT NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    PRIMARY KEY (source_id, field, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link (target_id, field);

CREATE VIRTUAL TABLE record_fts USING fts5 (
    title, body, kind,
    content = 'record', content_rowid = 'rowid',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TRIGGER record_fts_insert AFTER INSERT ON record BEGIN
    INSERT INTO record_fts (rowid, title, body, kind) VALUES (new.rowid, new.title, new.body, new.kind);
END;
CREATE TRIGGER record_fts_delete AFTER DELETE ON record BEGIN
    INSERT INTO record_fts (record_fts, rowid, title, body, kind) VALUES ('delete', old.rowid, old.title, old.body, old.kind);
END;
CREATE TRIGGER record_fts_update AFTER UPDATE OF title, body ON record WHEN old.title <> new.title OR old.body <> new.body BEGIN
    INSERT INTO record_fts (record_fts, rowid, title, body, kind) VALUES ('delete', old.rowid, old.title, old.body, old.kind);
    INSERT INTO record_fts (rowid, title, body, kind) VALUES (new.rowid, new.title, new.body, new.kind);
END;

CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    kind TEXT,
    record_id TEXT,
    title TEXT NOT NULL,
    count INTEGER NOT NULL,
    touched TEXT NOT NULL CHECK (json_valid(touched)),
    field TEXT NOT NULL DEFAULT '',
    undone INTEGER NOT NULL DEFAULT 0,
    changeset BLOB NOT NULL
) STRICT;
CREATE INDEX history_undone ON history (undone, id);
"#;

/// How many records there are of each kind, status and sort, kept by triggers, so that a list never counts; and for each
/// order of a list an index that also holds what lists filter by. An older program leaves both right.
const COUNTED: &str = r#"
CREATE TABLE record_count (
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    sort TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, status, sort)
) STRICT, WITHOUT ROWID;
INSERT INTO record_count (kind, status, sort, n) SELECT kind, status, sort, count(*) FROM record GROUP BY kind, status, sort;
CREATE TRIGGER record_count_insert AFTER INSERT ON record BEGIN
    INSERT INTO record_count (kind, status, sort, n) VALUES (new.kind, new.status, new.sort, 1)
        ON CONFLICT (kind, status, sort) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER record_count_delete AFTER DELETE ON record BEGIN
    UPDATE record_count SET n = n - 1 WHERE kind = old.kind AND status = old.status AND sort = old.sort;
END;
CREATE TRIGGER record_count_update AFTER UPDATE OF status, sort ON record WHEN old.status <> new.status OR old.sort <> new.sort BEGIN
    UPDATE record_count SET n = n - 1 WHERE kind = old.kind AND status = old.status AND sort = old.sort;
    INSERT INTO record_count (kind, status, sort, n) VALUES (new.kind, new.status, new.sort, 1)
        ON CONFLICT (kind, status, sort) DO UPDATE SET n = n + 1;
END;

DROP INDEX record_position;
DROP INDEX record_title;
DROP INDEX record_date;
DROP INDEX record_updated;
DROP INDEX record_status_title;
DROP INDEX record_status_date;
DROP INDEX record_sort_title;
DROP INDEX record_sort_date;
CREATE INDEX list_position ON record (kind, position, status, sort);
CREATE INDEX list_title ON record (kind, sort_title, status, sort);
CREATE INDEX list_date ON record (kind, date, status, sort);
CREATE INDEX list_updated ON record (kind, updated_at, status, sort);
CREATE INDEX list_status_title ON record (kind, status, sort_title, sort);
CREATE INDEX list_status_date ON record (kind, status, date, sort);
CREATE INDEX list_sort_title ON record (kind, sort, sort_title, status);
CREATE INDEX list_sort_date ON record (kind, sort, date, status);
"#;

/// What was done is found by its number; only what was taken back, which is little and soon gone, has an index of its own, so that
/// a change has none to write.
const FEW_UNDONE: &str = r#"
DROP INDEX history_undone;
CREATE INDEX history_undone ON history (id) WHERE undone = 1;
"#;

/// Tables whose changes can be undone. The search index follows through triggers; history is about them, not of them; verdicts
/// and materials are facts, which no undo takes back.
pub(crate) fn undoable() -> impl Iterator<Item = &'static str> {
    ["record", "link", "evidence_file", "held"].into_iter().chain(cairn_domain::Kind::ALL.iter().map(|&kind| subject::table(kind).name))
}

fn all() -> Vec<&'static Migration> {
    // A stable sort keeps the shared tables, which come first, ahead of the subjects' within a version.
    let subjects = subject::MIGRATIONS.iter().copied().flatten();
    let mut all: Vec<&Migration> = SHARED.iter().chain(subjects).chain(wallet::MIGRATIONS).collect();
    all.sort_by_key(|migration| migration.version);
    all
}

/// The newest schema version this program knows.
pub(crate) fn known() -> u32 {
    all().last().map_or(0, |migration| migration.version)
}

/// What stands in a database that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing yet.
    Empty,
    /// An older schema.
    Older(u32),
    /// This program's schema, or a newer one that still fits it.
    Fits,
}

/// Looks at a database without changing it.
pub(crate) fn inspect(connection: &Connection) -> Result<State> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if version == 0 && application == 0 {
        let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 {
            return Ok(State::Empty);
        }
    }
    if application != APPLICATION_ID {
        return Err(VaultError::Damaged { detail: "it is a database, but not one of Cairn's".into(), backup: None });
    }
    let known = known();
    let needed: Option<u32> =
        connection.query_row("SELECT value FROM meta WHERE key = 'oldest_reader'", [], |row| row.get(0)).optional()?;
    match needed {
        Some(needed) if needed > known => Err(VaultError::Newer { needed, known }),
        _ if version < known => Ok(State::Older(version)),
        _ => Ok(State::Fits),
    }
}

/// Brings the schema up to date in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Asked again inside the transaction: another process may have been faster.
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let mut oldest_reader = None;
    for migration in all().into_iter().filter(|migration| migration.version > version) {
        transaction.execute_batch(migration.sql)?;
        if migration.breaking {
            oldest_reader = Some(migration.version);
        }
    }
    if let Some(oldest) = oldest_reader {
        transaction.execute("UPDATE meta SET value = ?1 WHERE key = 'oldest_reader'", [oldest])?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known())?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn migrated() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection
    }

    #[test]
    fn versions_follow_one_another_without_a_gap() {
        let versions: std::collections::BTreeSet<u32> = all().iter().map(|migration| migration.version).collect();
        assert_eq!(versions.into_iter().collect::<Vec<_>>(), (1..=known()).collect::<Vec<_>>());
    }

    #[test]
    fn an_older_program_refuses_only_what_broke() {
        let connection = migrated();
        connection.pragma_update(None, "user_version", known() + 5).unwrap();
        assert_eq!(inspect(&connection).unwrap(), State::Fits);
        connection.execute("UPDATE meta SET value = ?1 WHERE key = 'oldest_reader'", [known() + 1]).unwrap();
        assert!(matches!(inspect(&connection), Err(VaultError::Newer { .. })));
    }

    #[test]
    fn somebody_elses_database_is_not_touched() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE guests (name TEXT)").unwrap();
        assert!(matches!(inspect(&connection), Err(VaultError::Damaged { .. })));
    }
}
