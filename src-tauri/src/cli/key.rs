//! The signing key on the command line: what it is, replacing it, carrying it elsewhere.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use cairn_app::documents::{KeySecret, KeyView, Recovery};
use cairn_app::{App, AppError};
use clap::Subcommand;
use serde_json::json;

use super::Ended;
use super::print::Printer;

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Say what the key is called, where it is kept, and which keys there were before
    Show,
    /// Make a new key; the old one signs that it is followed, and what it signed keeps verifying
    Rotate {
        /// The old key is lost: the history says so
        #[arg(long)]
        lost: bool,
    },
    /// Write the key into a file that a passphrase opens (age)
    ExportRecovery {
        /// Where to write
        file: PathBuf,
        /// A file whose first line is the passphrase (default: asked at the terminal)
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// Bring the key of a recovery file into this vault
    ImportRecovery {
        /// The recovery file
        file: PathBuf,
        /// A file whose first line is the passphrase (default: asked at the terminal)
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
        /// Let it take the place of another key
        #[arg(long)]
        replace: bool,
    },
}

pub fn obey(app: &App, command: Key, printer: &Printer) -> Result<(), Ended> {
    match command {
        Key::Show => {
            let key = app.signing_key()?;
            printer.result(&key, || told(&key));
        }
        Key::Rotate { lost } => {
            let key = app.key_rotate(lost)?;
            printer.words("A new key signs from here on. Make a new recovery file.");
            printer.result(&key, || told(&key));
        }
        Key::ExportRecovery { file, passphrase_file } => {
            let passphrase = passphrase(passphrase_file.as_deref(), true)?;
            app.key_export_recovery(&file, &passphrase)?;
            printer.words("Keep the file and the passphrase apart: together they are the key.");
            printer.result(&json!({ "path": file.display().to_string() }), || file.display().to_string());
        }
        Key::ImportRecovery { file, passphrase_file, replace } => {
            let passphrase = passphrase(passphrase_file.as_deref(), false)?;
            let recovered = app.key_import_recovery(&file, &passphrase, replace)?;
            printer.words(match recovered.outcome {
                Recovery::Restored => "The key is back.",
                Recovery::AlreadyHere => "This key was here already.",
                Recovery::Replaced => {
                    "The key took the place of the one that was here. What that one signed still verifies; its secret is gone from this computer."
                }
            });
            printer.result(&recovered, || told(&recovered.key));
        }
    }
    Ok(())
}

/// A key in words.
fn told(key: &KeyView) -> String {
    let Some(did) = &key.did else { return "There is no signing key yet: the first packet or badge that you export makes it.".into() };
    let kept = match (key.secret, &key.path) {
        (KeySecret::Present, Some(path)) => format!("kept in {path}, readable by you alone"),
        (KeySecret::Present, None) => "kept in the system's keychain".into(),
        (KeySecret::Lost, _) => "lost: bring it back with “cairn key import-recovery”, or replace it with “cairn key rotate --lost”".into(),
        (KeySecret::Damaged, _) => "damaged: bring it back with “cairn key import-recovery”".into(),
        (KeySecret::OutOfReach, _) => "in a keychain that does not answer".into(),
        (KeySecret::NotMade, _) => "not made yet".into(),
    };
    let mut text = format!("{did}\n  {kept}");
    for event in key.history.iter().filter(|event| event.until.is_some()) {
        let until = event.until.as_deref().unwrap_or_default();
        let lost = if event.lost { " (lost)" } else { "" };
        text.push_str(&format!("\n  before: {} from {} until {until}{lost}", event.did, event.from));
    }
    text
}

/// The passphrase from a file's first line, or from the terminal without echo; a new one is asked for twice.
fn passphrase(file: Option<&Path>, new: bool) -> Result<String, AppError> {
    if let Some(path) = file {
        let told = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|error| AppError::new("file-failed", format!("Could not read {told}: {error}.")).with("path", told))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(AppError::new("passphrase-needed", "There is no terminal to ask at. Name a file with --passphrase-file."));
    }
    let ask = |words: &str| {
        rpassword::prompt_password(words).map_err(|error| AppError::new("passphrase-needed", format!("No passphrase was read: {error}.")))
    };
    let first = ask("Passphrase: ")?;
    if new && ask("The same again: ")? != first {
        return Err(AppError::new("passphrases-differ", "The two passphrases differ. Nothing was written."));
    }
    Ok(first)
}
