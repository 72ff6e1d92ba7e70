//! Killed at any moment, the vault keeps every change it acknowledged and nothing by halves.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::Learner;
use crate::migration::{unpack, vaults};

/// Rounds of each kind; 160 in all.
const EDITS: u64 = 50;
/// Records that are added together, as one step of history.
const TOGETHER: usize = 40;
const ATTACHMENTS: u64 = 50;
const OPENINGS: u64 = 30;

#[test]
fn no_acknowledged_edit_is_lost() {
    let learner = Learner::new();
    let mut kept: Vec<String> = Vec::new();
    let records: Vec<Value> = (0..TOGETHER).map(|n| json!({"title": format!("Story {n}"), "situation": "words ".repeat(200)})).collect();
    let input = Value::from(records).to_string();
    for seed in 0..EDITS {
        let before = kept.len();
        // While they are written, and while they are said.
        let moment = if seed % 2 == 0 { Moment::within(seed, 80) } else { Moment::of(seed) };
        let acknowledged = killed(&learner, &["add", "story"], &input, &moment);
        kept.extend(acknowledged.iter().map(|change| change["id"].as_str().unwrap().to_owned()));
        let there: Vec<String> = learner.ok(&["show", "story"]).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
        let lost: Vec<_> = kept.iter().filter(|id| !there.contains(id)).collect();
        assert!(lost.is_empty(), "seed {seed}: {lost:?} were acknowledged and are gone");
        // What was committed and not yet said stays as well: one step, whole.
        assert!(
            there.len() <= before + TOGETHER && there.len().is_multiple_of(TOGETHER),
            "seed {seed}: {} records after {before}",
            there.len()
        );
        learner.is_sound();
        kept = there;
    }
    assert!(kept.len() > 80, "the rounds did something: {}", kept.len());
}

#[test]
fn no_acknowledged_attachment_is_lost_and_no_file_is_orphaned() {
    let learner = Learner::new();
    let evidence = learner.add("evidence", json!({"title": "Report"}));
    let mut attached = 0;
    for seed in 0..ATTACHMENTS {
        let files: Vec<String> =
            (0..TOGETHER as u8).map(|n| learner.file(&format!("{seed}-{n}.bin"), vec![seed as u8 ^ n; 40_000 + n as usize])).collect();
        let mut arguments = vec!["attach", &evidence];
        arguments.extend(files.iter().map(String::as_str));
        let acknowledged = TOGETHER * killed(&learner, &arguments, "", &Moment::within(seed, 200)).len();
        let page = learner.ok(&["show", "evidence", &evidence]).remove(0);
        let there = page["files"].as_array().unwrap();
        // All that came together, or none of it; what was committed and not yet said stays as well.
        let new = there.len() - attached;
        assert!([0, TOGETHER].contains(&new) && new >= acknowledged, "seed {seed}: {new} new, {acknowledged} acknowledged");
        attached = there.len();
        // Every row has its file with the right content, and no file lacks its row: the doctor finds nothing.
        learner.is_sound();
        let kept = learner.kept_files();
        let mut stored: Vec<&str> = kept.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        stored.sort_unstable();
        let mut named: Vec<&str> = there.iter().map(|file| file["sha256"].as_str().unwrap()).collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(stored, named, "seed {seed}");
    }
    assert!(attached > 80, "the rounds did something: {attached}");
}

#[test]
fn a_vault_killed_while_its_tables_are_made_opens_all_the_same() {
    for seed in 0..OPENINGS {
        let learner = Learner::new();
        let acknowledged = killed(&learner, &["add", "skill"], r#"{"name": "Rust"}"#, &Moment::within(seed, 60));
        let there = learner.ok(&["show", "skill"]).len();
        assert!((acknowledged.len()..=1).contains(&there), "seed {seed}: {there}");
        learner.add("skill", json!({"name": "Go"}));
        learner.is_sound();
    }
}

/// When to kill: so long after so many acknowledged changes.
struct Moment {
    changes: usize,
    delay: Duration,
}

impl Moment {
    /// Soon after one of the first changes: within the next one, however fast the machine is.
    fn of(seed: u64) -> Self {
        Moment { changes: (mixed(seed) % 5) as usize, delay: Duration::from_micros(mixed(seed + 1000) % 12_000) }
    }

    /// Within so many milliseconds from the start.
    fn within(seed: u64, most: u64) -> Self {
        Moment { changes: 0, delay: Duration::from_micros(mixed(seed) % (most * 1000)) }
    }
}

/// Runs the program, kills it (SIGKILL) at that moment, and returns what it had acknowledged by then.
fn killed(learner: &Learner, arguments: &[&str], input: &str, moment: &Moment) -> Vec<Value> {
    let mut command = learner.command();
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let input = input.to_owned();
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(input.as_bytes());
    });
    let (said, heard) = mpsc::channel();
    // A line cut off by the kill was never said in full.
    let reader = thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let _ = serde_json::from_str(&line).map(|change: Value| said.send(change));
        }
    });
    let mut acknowledged: Vec<Value> = heard.iter().take(moment.changes).collect();
    thread::sleep(moment.delay);
    let _ = child.kill();
    child.wait().unwrap();
    writer.join().unwrap();
    reader.join().unwrap();
    acknowledged.extend(heard.iter());
    acknowledged
}

/// A number that looks random and is always the same for a seed (SplitMix64).
fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[test]
fn an_older_vault_killed_while_it_is_brought_up_to_date_opens_whole() {
    for seed in 0..OPENINGS {
        let learner = Learner::new();
        unpack(&vaults().join("schema-1.zip"), &learner);
        killed(&learner, &["show", "skill"], "", &Moment::within(seed, 60));
        assert!(learner.ok(&["show", "credential"]).len() > 4, "seed {seed}");
        learner.add("skill", json!({"name": "Go"}));
        learner.is_sound();
    }
}
