//! Records on the command line: add, show, edit, remove, attach, search, history, import.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use cairn_app::records::{Change, HangingEffect, RecordPage, is_single};
use cairn_app::wallet::HeldPage;
use cairn_app::wallet::sources::LineSource;
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, Kind, RecordId};
use serde_json::Value;

use super::print::{Printer, fields};
use super::{Ended, standing};

/// The largest JSON that is read as a record, in bytes.
const LARGEST_INPUT: u64 = 16 << 20;

/// A record with the credentials that were received for it, and who signed for it.
#[derive(serde::Serialize)]
struct Shown<'s> {
    #[serde(flatten)]
    page: &'s RecordPage,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    held: &'s [HeldPage],
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'s LineSource>,
}

pub fn import(app: &App, files: &[PathBuf], printer: &Printer) -> Result<(), Ended> {
    let mut refused = false;
    for file in files {
        match app.import_path(file, &mut unwatched()) {
            Ok(report) => {
                for part in &report.skipped {
                    printer.words(&format!("{}: skipped {}: {}", report.file, part.path, part.reason));
                }
                if let Some(material) = &report.material {
                    printer.words(&format!(
                        "Kept {} of {} as of {}: {} of your credentials rest on it, {} have another verdict now.",
                        match material.kind.as_str() {
                            "status-list" => "the status list",
                            "hosted-document" => "the badge document",
                            _ => "the key document",
                        },
                        material.url,
                        material.seen_at,
                        material.judged,
                        material.changed
                    ));
                }
                for came in &report.credentials {
                    printer.words(&format!("“{}”: {}. {} {}", came.title, came.verdict.name(), came.reason, came.next));
                }
                printer.result(&report, || {
                    format!(
                        "{}: {} added, {} updated, {} unchanged, {} skipped",
                        report.file,
                        report.added,
                        report.updated,
                        report.unchanged,
                        report.skipped.len()
                    )
                });
            }
            // One file that cannot be read does not keep the others out.
            Err(error) => {
                refused = true;
                printer.refused(file, &error);
            }
        }
    }
    if refused { Err(Ended::Code(1)) } else { Ok(()) }
}

pub fn add(app: &App, kind: Kind, file: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let changes = match read_json(file)? {
        Value::Array(records) => app.add_all(kind, records)?,
        record => vec![app.add(kind, record)?],
    };
    for change in changes {
        printer.words(&format!("Added {kind} “{}”.", change.title));
        printer.result(&change, || change.id.map(|id| id.to_string()).unwrap_or_default());
    }
    Ok(())
}

pub fn show(app: &App, kind: Kind, id: Option<RecordId>, printer: &Printer) -> Result<(), Ended> {
    let page = match id {
        Some(id) => app.show(kind, id)?,
        None if is_single(kind) => app.single(kind)?,
        None => {
            for logged in app.records(kind)? {
                let warning = if logged.attendance_only { format!("\n{}", standing::ATTENDANCE_ONLY) } else { String::new() };
                printer.result(&logged, || format!("{}\n{}{warning}", logged.id, fields(&logged.fields)));
            }
            return Ok(());
        }
    };
    let held = match page.id {
        Some(id) if kind == Kind::Credential => app.held_pages(id)?,
        _ => Vec::new(),
    };
    let source = match page.id {
        Some(id) if matches!(kind, Kind::Credential | Kind::Skill) => app.sources(&[id])?.pop(),
        _ => None,
    };
    let shown = Shown { page: &page, held: &held, source: source.as_ref() };
    printer.result(&shown, || {
        let mut text = format!("{}\n{}", page.id.map(|id| id.to_string()).unwrap_or_default(), fields(&page.fields));
        for file in &page.files {
            text.push_str(&format!("\n  file: {} ({} bytes, {}) {}", file.name, file.size, file.media_type, file.id));
        }
        for line in page.standing.iter().flat_map(standing::lines) {
            text.push_str(&format!("\n{line}"));
        }
        for link in &page.backlinks {
            text.push_str(&format!("\n  linked from: {} “{}” {}", link.kind, link.title, link.id));
        }
        held.iter().for_each(|page| text.push_str(&super::wallet::line(page)));
        if let Some(source) = &source {
            text.push_str(&format!("\n  {}", super::wallet::source(source)));
        }
        text
    });
    Ok(())
}

pub fn edit(app: &App, kind: Kind, id: RecordId, file: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let change = app.edit(kind, id, read_json(file)?)?;
    said(printer, &change, &format!("Edited {kind} “{}”.", change.title));
    Ok(())
}

pub fn reorder(app: &App, kind: Kind, id: RecordId, before: Option<RecordId>, printer: &Printer) -> Result<(), Ended> {
    let change = app.move_record(kind, id, before)?;
    said(printer, &change, &format!("Moved {kind} “{}”.", change.title));
    Ok(())
}

pub fn remove(app: &App, kind: Kind, id: RecordId, printer: &Printer) -> Result<(), Ended> {
    // A received credential has a key of its own; its record stays.
    if kind == Kind::Credential && app.is_held(id)? {
        let change = app.held_remove(id)?;
        said(printer, &change, &format!("Took “{}” from its record. “cairn undo” brings it back.", change.title));
        return Ok(());
    }
    let hanging = app.hanging(kind, id)?;
    let change = app.remove(kind, id)?;
    for on_it in &hanging {
        let fate = match on_it.effect {
            HangingEffect::Removed => "was removed with it",
            HangingEffect::Unlinked => "lost its link",
        };
        printer.words(&format!("{} “{}” {fate}.", on_it.kind, on_it.title));
    }
    said(printer, &change, &format!("Removed {kind} “{}”. “cairn undo” brings it back.", change.title));
    Ok(())
}

pub fn attach(app: &App, evidence: RecordId, files: &[PathBuf], printer: &Printer) -> Result<(), Ended> {
    let mut refused = false;
    for file in files {
        match app.attach(evidence, file, &mut unwatched()) {
            Ok(change) => said(printer, &change, &format!("Attached “{}”.", change.title)),
            // With one file its error is the command's; of several, one that fails does not keep the others out.
            Err(error) if files.len() == 1 => return Err(error.into()),
            Err(error) => {
                refused = true;
                printer.refused(file, &error);
            }
        }
    }
    if refused { Err(Ended::Code(1)) } else { Ok(()) }
}

pub fn detach(app: &App, file: RecordId, printer: &Printer) -> Result<(), Ended> {
    let change = app.detach(file)?;
    said(printer, &change, &format!("Took “{}” off its evidence. “cairn undo” brings it back.", change.title));
    Ok(())
}

pub fn search(app: &App, words: &[String], printer: &Printer) -> Result<(), Ended> {
    for hit in app.search(&words.join(" "), 100)? {
        printer.result(&hit, || format!("{}  {}  {}", hit.id, hit.kind, hit.title));
    }
    Ok(())
}

pub fn undo(app: &App, printer: &Printer) -> Result<(), Ended> {
    match app.undo(None)? {
        Some(change) => said(printer, &change, &format!("Taken back: {}.", named(&change))),
        None => return Err(AppError::new("nothing-to-undo", "There is nothing to take back.").into()),
    }
    Ok(())
}

pub fn redo(app: &App, printer: &Printer) -> Result<(), Ended> {
    match app.redo()? {
        Some(change) => said(printer, &change, &format!("Done again: {}.", named(&change))),
        None => return Err(AppError::new("nothing-to-redo", "There is nothing to do again.").into()),
    }
    Ok(())
}

pub fn history(app: &App, limit: u32, printer: &Printer) -> Result<(), Ended> {
    for step in app.history(0, limit)?.items {
        printer.result(&step, || {
            let undone = if step.undone { "  (taken back)" } else { "" };
            let kind = step.kind.map(|kind| format!(" {kind}")).unwrap_or_default();
            format!("{}  {}{kind} “{}”{undone}", step.at, step.action, step.title)
        });
    }
    Ok(())
}

fn named(change: &Change) -> String {
    // Moving the sample learner in or out is about no one record.
    if change.title.is_empty() {
        return "the whole step".to_owned();
    }
    let kind = change.kind.map(|kind| format!("{kind} ")).unwrap_or_default();
    format!("{kind}“{}”", change.title)
}

fn said(printer: &Printer, change: &Change, words: &str) {
    printer.words(words);
    if printer.json {
        printer.value(change);
    }
}

/// JSON from a file, or from standard input for `-` and for nothing.
fn read_json(file: Option<&Path>) -> Result<Value, AppError> {
    let (name, text) = match file.filter(|path| *path != Path::new("-")) {
        None => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .take(LARGEST_INPUT + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| AppError::new("file-failed", format!("Could not read standard input: {error}.")))?;
            ("Standard input".to_owned(), bytes)
        }
        Some(path) => {
            let name = path.display().to_string();
            let metadata = fs::metadata(path).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => AppError::new("file-missing", format!("{name} does not exist.")).with("path", name.clone()),
                _ => AppError::new("file-failed", format!("Could not read {name}: {error}.")).with("path", name.clone()),
            })?;
            if metadata.len() > LARGEST_INPUT {
                (name, vec![0; LARGEST_INPUT as usize + 1])
            } else {
                let bytes = fs::read(path).map_err(|error| AppError::new("file-failed", format!("Could not read {name}: {error}.")))?;
                (name, bytes)
            }
        }
    };
    if text.len() as u64 > LARGEST_INPUT {
        return Err(AppError::new("input-too-large", format!("{name} is larger than {} MiB.", LARGEST_INPUT >> 20)));
    }
    serde_json::from_slice(&text).map_err(|error| {
        AppError::new("not-json", format!("{name} is not JSON: {error}. Nothing was changed."))
            .with("line", error.line())
            .with("column", error.column())
    })
}
