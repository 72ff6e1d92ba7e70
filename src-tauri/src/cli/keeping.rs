//! The vault on the command line: backup, restore, doctor.

use std::path::Path;

use cairn_app::keeping::{self, Finding};
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, Kind};
use serde_json::json;

use super::Ended;
use super::print::{Printer, quoted};

pub fn backup(app: &App, to: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let (path, findings) = match to {
        Some(to) => {
            let whole = app.back_up_to(to, &mut unwatched())?;
            (whole.path, whole.findings)
        }
        None => (app.back_up_now()?.path, Vec::new()),
    };
    printer.words("Backed up and checked.");
    lost(&findings, "is not in the backup as it came", printer);
    printer.result(&json!({ "path": path, "findings": findings }), || path.clone());
    Ok(())
}

pub fn restore(folder: &Path, file: &Path, printer: &Printer) -> Result<(), Ended> {
    let restored = match App::open(folder) {
        Ok(app) => app.restore(file)?,
        Err(error) if error.code == "vault-damaged" => keeping::restore_damaged(folder, file)?,
        Err(error) => return Err(error.into()),
    };
    let before = match (&restored.before, &restored.aside) {
        (Some(_), _) => "The state before is among the backups.".to_owned(),
        (None, Some(aside)) => format!("The damaged database was kept as {aside}."),
        (None, None) => String::new(),
    };
    printer.words(format!("Restored. {before}").trim_end());
    lost(&restored.findings, "could not be brought back; attach or import it again", printer);
    let mut result = json!(restored);
    result["restored"] = file.display().to_string().into();
    if printer.json {
        printer.value(&result);
    }
    Ok(())
}

/// Names files that are missing or damaged.
fn lost(findings: &[Finding], fate: &str, printer: &Printer) {
    for finding in findings {
        let what = if finding.code == "file-missing" { "missing" } else { "damaged" };
        printer.words(&format!("{} is {what} in the vault and {fate}.", finding.detail));
    }
}

pub fn doctor(app: &App, printer: &Printer) -> Result<(), Ended> {
    let report = app.doctor(&mut unwatched())?;
    let told =
        if printer.json { Vec::new() } else { report.findings.iter().map(|finding| found(app, finding)).collect::<Result<_, _>>()? };
    printer.result(&report, || if told.is_empty() { "The vault is sound.".to_owned() } else { told.join("\n") });
    if report.healthy { Ok(()) } else { Err(Ended::Code(1)) }
}

/// A finding in a sentence: what it is, what was done, what to do next.
fn found(app: &App, finding: &Finding) -> Result<String, AppError> {
    let what = &finding.detail;
    let from_backup = || format!("Bring back a backup with “cairn restore FILE”; they are in {}.", app.folder().join("backups").display());
    Ok(match finding.code.as_str() {
        "integrity" => format!("The database is not sound: {what}. {}", from_backup()),
        "foreign-key" => format!("A link in the database leads nowhere: {what}. {}", from_backup()),
        "search-index" => "The search index did not agree with the records; it was made anew.".to_owned(),
        "file-missing" => format!("{} is missing. {}", file(app, what)?, NEXT_FOR_FILE),
        "file-damaged" => format!("{} is no longer as it came. {}", file(app, what)?, NEXT_FOR_FILE),
        "file-unknown" if finding.mended => {
            format!(
                "A file that no record, no history and no backup names was set aside: it lies in the vault as {what}. Remove it if nobody misses it."
            )
        }
        "file-unknown" => format!("A file that no record, no history and no backup names could not be set aside: {what}."),
        "backup-damaged" => format!("The backup {what} is damaged and can restore nothing. Remove it; “cairn backup” makes another."),
        other => format!("{other}: {what} ({}).", if finding.mended { "mended" } else { "not mended" }),
    })
}

/// How a file comes back.
const NEXT_FOR_FILE: &str = "Attach or import the same file again, and it takes its place; or restore a whole backup.";

/// A file, with the evidence that it is attached to.
fn file(app: &App, name: &str) -> Result<String, AppError> {
    let mut titles = Vec::new();
    for evidence in app.records(Kind::Evidence)? {
        let page = app.show(Kind::Evidence, evidence.id)?;
        if page.files.iter().any(|file| file.name == name) {
            titles.push(quoted(evidence.fields["title"].as_str().unwrap_or_default()));
        }
    }
    if titles.is_empty() {
        return Ok(format!("The file {}", quoted(name)));
    }
    Ok(format!("The file {} of the evidence {}", quoted(name), titles.join(", ")))
}
