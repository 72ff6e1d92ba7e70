//! Measures a committed edit with its history against a bare one-row SQLite commit in the same run, on the same disk.
//!
//! `make bench` runs it. Figures are medians in milliseconds.

#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use cairn_domain::evidence::Evidence;
use cairn_domain::{Kind, RecordId};
use cairn_vault::{Change, Folder, Vault};
use rusqlite::Connection;

const RECORDS: usize = 10_000;
const ROUNDS: usize = 400;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(Folder::at(folder.path().join("vault")), chrono::Utc::now).unwrap();
    let ids: Vec<RecordId> = (0..RECORDS).map(|_| RecordId::new(uuid::Uuid::now_v7())).collect();
    vault
        .change(&Change::new("import"), |writer| {
            ids.iter().enumerate().try_for_each(|(n, id)| writer.insert(*id, &evidence(n, "as it was").into(), false))
        })
        .unwrap();
    let bare = bare(&folder.path().join("bare.sqlite3"));
    let mut times = (Vec::new(), Vec::new());
    // In turns, so that whatever else the machine does weighs on both alike.
    for round in 0..ROUNDS {
        let start = Instant::now();
        bare.execute("UPDATE row SET text = ?1 WHERE id = ?2", (format!("as it is now, {round}"), round % 100)).unwrap();
        times.0.push(start.elapsed());

        let id = ids[round * 7 % RECORDS];
        let start = Instant::now();
        let record = evidence(round * 7 % RECORDS, &format!("as it is now, {round}")).into();
        vault.change(&Change::of("edit", Kind::Evidence, id, "Evidence"), |writer| writer.replace(id, &record)).unwrap();
        times.1.push(start.elapsed());
    }
    let (bare, edit) = (median(times.0), median(times.1));
    println!("a bare one-row commit at synchronous=FULL   {:>8.3} ms", bare.as_secs_f64() * 1e3);
    println!("a committed edit with its history           {:>8.3} ms", edit.as_secs_f64() * 1e3);
    println!("ratio                                       {:>8.2}     promise: ≤ 2", edit.as_secs_f64() / bare.as_secs_f64());
}

fn bare(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.pragma_update(None, "synchronous", "FULL").unwrap();
    connection.execute_batch("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT").unwrap();
    for id in 0..100 {
        connection.execute("INSERT INTO row (id, text) VALUES (?1, 'as it was')", [id]).unwrap();
    }
    connection
}

fn evidence(n: usize, result: &str) -> Evidence {
    Evidence {
        title: format!("Report no. {n}"),
        context: "A team with latency on its mind".into(),
        result: result.into(),
        ..Evidence::default()
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
