//! Records on the command line: add, show, edit, remove, attach, search, history, import.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use cairn_app::finding::{Count, ListQuery, Order};
use cairn_app::import::{ImportReport, LARGEST_IMPORT, Origin};
use cairn_app::records::{HangingEffect, Logged, RecordPage, is_single, read_given};
use cairn_app::wallet::HeldPage;
use cairn_app::wallet::sources::LineSource;
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, Kind, RecordId};
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use super::print::{Printer, fields, quoted};
use super::words::{self, what};
use super::{Ended, standing};

/// The most rows that a list gives at once.
const LARGEST_PAGE: u32 = 1_000;
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

pub fn import(app: &App, files: &[PathBuf], origin: Origin, printer: &Printer) -> Result<(), Ended> {
    let mut refused = false;
    for file in files {
        match imported(app, file, origin) {
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
                    printer.words(format!("{}: {}. {} {}", quoted(&came.title), came.verdict.name(), came.reason, came.next).trim_end());
                    if came.of_another {
                        printer.words(&format!("{} was issued to an address that is not in your profile.", quoted(&came.title)));
                    }
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

/// What an import of a file did; `-` is standard input.
fn imported(app: &App, file: &Path, origin: Origin) -> Result<ImportReport, AppError> {
    if file != Path::new("-") {
        return app.import_path(file, origin, &mut unwatched());
    }
    app.import_bytes("standard input", &standard_input(LARGEST_IMPORT)?, origin, &mut unwatched())
}

pub fn add(app: &App, kind: Kind, file: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let given = read_json(file)?;
    let changes = match given {
        Value::Array(records) => app.add_all(kind, records),
        record => app.add(kind, record).map(|change| vec![change]),
    };
    let changes = changes.map_err(|error| in_file(error, file))?;
    for change in &changes {
        printer.words(&format!("Added {}.", what(kind, &change.title)));
        printer.result(change, || change.id.map(|id| id.to_string()).unwrap_or_default());
    }
    if let [change] = changes.as_slice()
        && let Some(note) = standing::after_change(app, kind, change.id)?
    {
        printer.words(&note);
    }
    Ok(())
}

/// Which records of a kind are shown, and in which order.
#[derive(Debug, Args)]
pub struct Listed {
    /// Only those that hold these words (prefixes match, accents do not matter)
    #[arg(long, value_name = "WORDS", conflicts_with = "id")]
    words: Option<String>,
    /// Only those of this status; may be given again
    #[arg(long, value_name = "STATUS", conflicts_with = "id")]
    status: Vec<String>,
    /// Only those of this type or category; may be given again
    #[arg(long = "type", value_name = "TYPE", conflicts_with = "id")]
    sorts: Vec<String>,
    /// By what to order: position (your own order), title, date, updated, status or type
    #[arg(long, value_name = "WHAT", value_parser = order, default_value = "position", conflicts_with = "id")]
    by: Order,
    /// Turn the order around
    #[arg(long, conflicts_with = "id")]
    reverse: bool,
}

fn order(text: &str) -> Result<Order, String> {
    Ok(match text {
        "position" => Order::Position,
        "title" => Order::Title,
        "date" => Order::Date,
        "updated" => Order::Updated,
        "status" => Order::Status,
        "type" => Order::Sort,
        _ => return Err("order by position, title, date, updated, status or type".to_owned()),
    })
}

/// The records of a kind as they are asked for, and what is said where there are none.
fn listed(app: &App, kind: Kind, wanted: Listed) -> Result<(Vec<Logged>, String), AppError> {
    let mut records: HashMap<RecordId, Logged> = app.records(kind)?.into_iter().map(|logged| (logged.id, logged)).collect();
    if records.is_empty() {
        return Ok((Vec::new(), format!("No {kind} is logged yet: “cairn add {kind}” does that.")));
    }
    let mut query = ListQuery {
        text: wanted.words.unwrap_or_default(),
        statuses: wanted.status,
        sorts: wanted.sorts,
        order: wanted.by,
        descending: wanted.reverse,
        limit: LARGEST_PAGE,
        ..ListQuery::default()
    };
    let mut found = Vec::new();
    loop {
        let page = app.list(kind, query.clone())?;
        found.extend(page.items.iter().filter_map(|item| records.remove(&item.id)));
        if page.items.len() < LARGEST_PAGE as usize {
            let there = |what: &str, counts: &[Count]| {
                let values: Vec<&str> = counts.iter().map(|count| count.value.as_str()).filter(|value| !value.is_empty()).collect();
                if values.is_empty() { String::new() } else { format!(" {what} here: {}.", values.join(", ")) }
            };
            let known = there("Statuses", &page.statuses) + &there("Types", &page.sorts);
            return Ok((found, format!("No {kind} is like that.{known}")));
        }
        query.offset += LARGEST_PAGE;
    }
}

pub fn show(app: &App, kind: Kind, id: Option<RecordId>, wanted: Listed, printer: &Printer) -> Result<(), Ended> {
    let page = match id {
        Some(id) => app.show(kind, id)?,
        None if is_single(kind) => app.single(kind)?,
        None => {
            let (records, none) = listed(app, kind, wanted)?;
            if records.is_empty() {
                printer.nothing(&none);
            }
            for logged in records {
                let warning = if logged.attendance_only { format!("\n{}", standing::ATTENDANCE_ONLY) } else { String::new() };
                printer.result(&logged, || format!("{}\n{}{warning}", logged.id, fields(kind, &logged.fields, &HashMap::new())));
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
        let names = page.links.iter().map(|link| (link.id.to_string(), link.title.clone())).collect();
        let id = page.id.map_or_else(|| "not written yet; these are the defaults".to_owned(), |id| id.to_string());
        let mut text = format!("{id}\n{}", fields(kind, &page.fields, &names));
        for file in &page.files {
            text.push_str(&format!("\n  file: {} ({} bytes, {}) {}", file.name, file.size, file.media_type, file.id));
        }
        for line in page.standing.iter().flat_map(standing::lines) {
            text.push_str(&format!("\n{line}"));
        }
        for link in &page.backlinks {
            text.push_str(&format!("\n  linked from: {} {}", what(link.kind, &link.title), link.id));
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
    let patch = read_json(file)?;
    let fields = patch.as_object().map(|patch| patch.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
    let change = app.edit(kind, id, patch).map_err(|error| in_file(error, file))?;
    let named = what(kind, &change.title);
    let words = match change.history {
        Some(_) => format!("Edited {named}: {fields}."),
        None => format!("Nothing was changed: {named} says so already."),
    };
    said(printer, &change, &words);
    if let Some(note) = standing::after_change(app, kind, Some(id))? {
        printer.words(&note);
    }
    Ok(())
}

pub fn reorder(app: &App, kind: Kind, id: RecordId, before: Option<RecordId>, printer: &Printer) -> Result<(), Ended> {
    let change = app.move_record(kind, id, before)?;
    let named = what(kind, &change.title);
    said(
        printer,
        &change,
        &if change.history.is_some() { format!("Moved {named}.") } else { format!("Nothing was changed: {named} stands there already.") },
    );
    Ok(())
}

pub fn remove(app: &App, kind: Kind, id: RecordId, printer: &Printer) -> Result<(), Ended> {
    // A received credential has a key of its own; its record stays.
    if kind == Kind::Credential && app.is_held(id)? {
        let change = app.held_remove(id)?;
        said(printer, &change, &format!("Took {} from its record. “cairn undo” brings it back.", quoted(&change.title)));
        return Ok(());
    }
    let hanging = app.hanging(kind, id)?;
    let change = app.remove(kind, id)?;
    for on_it in &hanging {
        let fate = match on_it.effect {
            HangingEffect::Removed => "was removed with it",
            HangingEffect::Unlinked => "lost its link",
        };
        printer.words(&format!("{} {fate}.", what(on_it.kind, &on_it.title)));
    }
    said(printer, &change, &format!("Removed {}. “cairn undo” brings it back.", what(kind, &change.title)));
    Ok(())
}

pub fn attach(app: &App, evidence: RecordId, files: &[PathBuf], printer: &Printer) -> Result<(), Ended> {
    let change = app.attach(evidence, files, &mut unwatched())?;
    said(printer, &change, &format!("Attached {}.", quoted(&change.title)));
    Ok(())
}

pub fn detach(app: &App, file: RecordId, printer: &Printer) -> Result<(), Ended> {
    let change = app.detach(file)?;
    said(printer, &change, &format!("Took {} off its evidence. “cairn undo” brings it back.", quoted(&change.title)));
    Ok(())
}

pub fn search(app: &App, words: &[String], printer: &Printer) -> Result<(), Ended> {
    let words = words.join(" ");
    let hits = app.search(&words, 100)?;
    if hits.is_empty() {
        printer.nothing(&format!("Nothing here holds {}.", quoted(&words)));
    }
    for hit in hits {
        printer.result(&hit, || format!("{}  {}", hit.id, what(hit.kind, &hit.title)));
    }
    Ok(())
}

pub fn undo(app: &App, printer: &Printer) -> Result<(), Ended> {
    let Some(taken) = app.undo(None)? else {
        return Err(AppError::new("nothing-to-undo", "There is nothing to take back.").into());
    };
    // What follows the state before a restore is that state's own history.
    let again = if taken.step.action == "restore" { "" } else { " “cairn redo” does it again." };
    said(printer, &taken, &format!("Taken back: {}.{again}", words::doing(&taken.step)));
    Ok(())
}

pub fn redo(app: &App, printer: &Printer) -> Result<(), Ended> {
    let Some(again) = app.redo()? else {
        return Err(AppError::new("nothing-to-redo", "There is nothing to do again.").into());
    };
    said(printer, &again, &format!("Done again: {}.", words::doing(&again.step)));
    Ok(())
}

pub fn history(app: &App, of: Option<RecordId>, limit: u32, printer: &Printer) -> Result<(), Ended> {
    let steps = app.history(of, 0, limit)?.items;
    if steps.is_empty() {
        printer.nothing(if of.is_some() { "Nothing that was done is known to have touched this." } else { "Nothing was done here yet." });
    }
    for step in steps {
        printer.result(&step, || {
            let undone = if step.undone { "  (taken back)" } else { "" };
            format!("{}  {}{undone}", words::local(&step.at), words::done(&step))
        });
    }
    Ok(())
}

fn said(printer: &Printer, change: &impl Serialize, words: &str) {
    printer.words(words);
    if printer.json {
        printer.value(change);
    }
}

/// An error about what a file holds, with the file's name before it.
fn in_file(mut error: AppError, file: Option<&Path>) -> AppError {
    if let Some(path) = named(file) {
        error.message = format!("{}: {}", path.display(), error.message);
        error = error.with("file", path.display().to_string());
    }
    error
}

/// The file, where it is one: `-` and nothing are standard input.
fn named(file: Option<&Path>) -> Option<&Path> {
    file.filter(|path| *path != Path::new("-"))
}

/// What comes on standard input: up to a byte more than `most`, which is then too large.
fn standard_input(most: u64) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| AppError::new("file-failed", format!("Could not read standard input: {error}.")))?;
    Ok(bytes)
}

/// JSON from a file, or from standard input for `-` and for nothing.
fn read_json(file: Option<&Path>) -> Result<Value, AppError> {
    let (name, text) = match named(file) {
        None => ("Standard input".to_owned(), standard_input(LARGEST_INPUT)?),
        Some(path) => {
            let name = path.display().to_string();
            let metadata = fs::metadata(path).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => AppError::new("file-missing", format!("{name} does not exist.")).with("path", name.clone()),
                _ => AppError::new("file-failed", format!("Could not read {name}: {error}.")).with("path", name.clone()),
            })?;
            if !metadata.is_file() {
                let message = format!("{name} is a folder, a device or a pipe, not a file. Name a file, or “-” for standard input.");
                return Err(AppError::new("not-a-file", message).with("path", name));
            }
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
    read_given(&name, &text)
}
