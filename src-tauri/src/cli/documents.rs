//! Documents on the command line: export and verify.

use std::io::Write;
use std::path::{Path, PathBuf};

use cairn_app::documents::{DocumentKind, Format, Report, Verdict, verify_file};
use cairn_app::work::unwatched;
use cairn_app::{App, AppError};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::Ended;
use super::print::Printer;

/// The templates a résumé can be set in.
const TEMPLATES: [&str; 1] = ["classic"];

/// What `export` was asked for.
pub struct Wanted {
    pub document: DocumentKind,
    pub collection: Option<String>,
    pub template: String,
    pub format: Option<Format>,
    pub out: Option<PathBuf>,
}

pub fn export(app: &App, wanted: &Wanted, printer: &Printer) -> Result<(), Ended> {
    if !TEMPLATES.contains(&wanted.template.as_str()) {
        let known = TEMPLATES.join(", ");
        return Err(AppError::new("no-such-template", format!("There is no template “{}”; there is {known}.", wanted.template)).into());
    }
    let collection = wanted.collection.as_deref().map(|name| app.find_collection(name)).transpose()?;
    // Each document's usual format is the first it names.
    let format = wanted.format.or_else(|| wanted.document.formats().first().copied()).unwrap_or(Format::Text);
    if wanted.out.as_deref() == Some(Path::new("-")) {
        let (bytes, lost) = app.document_bytes(collection, wanted.document, format)?;
        lost.iter().for_each(|line| printer.words(line));
        return std::io::stdout()
            .write_all(&bytes)
            .map_err(|error| AppError::new("file-failed", format!("Could not write to standard output: {error}.")).into());
    }
    let name = app.document_name(collection, wanted.document, format)?;
    let to = match &wanted.out {
        Some(out) if out.is_dir() => out.join(name),
        Some(out) => out.clone(),
        None => PathBuf::from(name),
    };
    let exported = app.write_document(collection, wanted.document, format, &to, &mut unwatched())?;
    for line in &exported.lost {
        printer.words(&format!("Not in this file: {line}"));
    }
    printer.words(&format!("Wrote {} ({} bytes).", exported.path, exported.size));
    printer.result(&exported, || exported.path.clone());
    Ok(())
}

pub fn verify(files: &[PathBuf], at: Option<DateTime<Utc>>, printer: &Printer) -> Result<(), Ended> {
    let (mut invalid, mut unchecked) = (false, false);
    for file in files {
        match verify_file(file, at.unwrap_or_else(Utc::now), &mut unwatched()) {
            Ok(report) => {
                match report.verdict {
                    Verdict::Valid => {}
                    Verdict::CannotCheck => unchecked = true,
                    _ => invalid = true,
                }
                printer.result(&report, || told(file, &report));
            }
            // A file that cannot be read has not been found valid; the others are still looked at.
            Err(error) => {
                invalid = true;
                printer.words(&error.message);
                if printer.json {
                    printer.value(&json!({ "file": file.display().to_string(), "error": error }));
                }
            }
        }
    }
    match (invalid, unchecked) {
        (true, _) => Err(Ended::Code(1)),
        (false, true) => Err(Ended::Code(3)),
        (false, false) => Ok(()),
    }
}

/// A report in words.
pub fn told(file: &Path, report: &Report) -> String {
    let verdict = serde_json::to_value(report.verdict).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let mut text = format!("{}: {verdict}. {} {}", file.display(), report.reason, report.next);
    for name in &report.changed {
        text.push_str(&format!("\n  changed: {name}"));
    }
    text.trim_end().to_owned()
}
