//! Two processes on one vault at the same time.

use std::process::Command;
use std::thread;

use serde_json::{Value, json};

use crate::harness::{Learner, PROGRAM, finish};

#[test]
fn writers_wait_for_one_another_and_lose_nothing() {
    let learner = Learner::new();
    learner.add("skill", json!({"name": "First"}));
    thread::scope(|scope| {
        for writer in 0..4 {
            let learner = &learner;
            scope.spawn(move || {
                let records: Vec<Value> = (0..50).map(|n| json!({"name": format!("Skill {writer}-{n}")})).collect();
                let outcome = learner.run_with(&["add", "skill"], &Value::from(records).to_string());
                assert_eq!((outcome.code, outcome.results.len()), (0, 50), "{}", outcome.words);
            });
        }
        scope.spawn(|| {
            for _ in 0..20 {
                learner.ok(&["show", "skill"]);
                learner.ok(&["search", "skill"]);
            }
        });
    });
    assert_eq!(learner.titles("skill").len(), 201);
    learner.is_sound();
}

/// Six add a skill to a vault that is not there yet, and every one of them is kept.
fn six_open_a_new_vault(add: impl Fn(&Learner, Value) + Sync) {
    let learner = Learner::new();
    thread::scope(|scope| {
        for n in 0..6 {
            let (learner, add) = (&learner, &add);
            scope.spawn(move || add(learner, json!({"name": format!("Skill {n}")})));
        }
    });
    assert_eq!(learner.titles("skill").len(), 6);
    learner.is_sound();
}

#[test]
fn many_may_open_a_vault_that_is_not_there_yet() {
    six_open_a_new_vault(|learner, skill| {
        learner.add("skill", skill);
    });
}

/// The same where every write to the disk takes a while, so that one is in the middle of making the vault when the others come.
#[test]
fn many_may_open_a_new_vault_on_a_slow_disk() {
    six_open_a_new_vault(|learner, skill| {
        let mut slow = Command::new("strace");
        learner.at_home(&mut slow);
        slow.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"]);
        slow.args(["-e", "inject=fsync,fdatasync:delay_enter=30000", PROGRAM, "--json", "add", "skill"]);
        let outcome = finish(&mut slow, &skill.to_string());
        assert_eq!(outcome.code, 0, "{outcome:?}");
    });
}

#[test]
fn the_same_file_attached_twice_at_once_is_kept_once() {
    let learner = Learner::new();
    let evidence: Vec<String> = (0..4).map(|n| learner.add("evidence", json!({"title": format!("Report {n}")}))).collect();
    let file = learner.file("same.bin", vec![42; 300_000]);
    thread::scope(|scope| {
        for id in &evidence {
            let (learner, file) = (&learner, &file);
            scope.spawn(move || learner.ok(&["attach", id, file]));
        }
    });
    for id in &evidence {
        assert_eq!(learner.ok(&["show", "evidence", id])[0]["files"].as_array().unwrap().len(), 1);
    }
    learner.is_sound();
}
