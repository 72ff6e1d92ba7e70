//! Bad input: a clear sentence that says what and where, exit code 1, nothing written.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{Learner, PROGRAM};

mod files;
mod given;
mod vaults;

/// Everything the vault holds, as far as a learner can tell.
fn state(learner: &Learner) -> (Value, Value) {
    let kinds = ["credential", "evidence", "work", "skill", "budget-line"].map(|kind| learner.ok(&["show", kind]));
    (json!(kinds), json!(learner.ok(&["history"])))
}

/// A command prefix that runs as a user with no rights of root's; `None` (said) where that cannot be had.
fn as_nobody(learner: &Learner) -> Option<Command> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let mut command = Command::new(if root { "setpriv" } else { "env" });
    learner.at_home(&mut command);
    if root {
        // What the home holds must be this user's own, as it would be.
        let owned = Command::new("chown").args(["-R", "65534:65534"]).arg(learner.path("")).status().unwrap();
        assert!(owned.success());
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        let reachable = Command::new("setpriv").args(["--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM, "--version"]).output();
        if !reachable.is_ok_and(|output| output.status.success()) {
            println!("skipped: another user cannot run {PROGRAM} here");
            return None;
        }
    }
    Some(command)
}

fn set_mode(path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
