//! The vault on the command line: today, money, backup, restore, doctor.

use std::path::Path;

use cairn_app::App;
use cairn_app::keeping::{self, Finding};
use cairn_app::work::unwatched;
use chrono::Local;
use serde_json::json;

use super::Ended;
use super::print::Printer;

pub fn today(app: &App, printer: &Printer) -> Result<(), Ended> {
    let today = app.today(Local::now().date_naive())?;
    if printer.json {
        printer.value(&today);
        return Ok(());
    }
    for due in &today.due {
        printer.result(&(), || format!("{}{}  {}", due.date, if due.overdue { " (overdue)" } else { "" }, due.title));
    }
    for open in &today.unfinished {
        printer.result(&(), || format!("unfinished: {}", open.title));
    }
    Ok(())
}

pub fn money(app: &App, printer: &Printer) -> Result<(), Ended> {
    let money = app.money(Local::now().date_naive())?;
    printer.result(&money, || {
        let totals = &money.totals;
        let mut text = format!("spent {} of {} planned ({})", totals.actual, totals.planned, money.home_currency);
        for credential in &money.by_credential {
            let name = if credential.title.is_empty() { "(no credential)" } else { &credential.title };
            text.push_str(&format!("\n  {name}: {} of {}", credential.totals.actual, credential.totals.planned));
        }
        text
    });
    Ok(())
}

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
    printer.result(&result, String::new);
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
    printer.result(&report, || {
        if report.findings.is_empty() {
            return "The vault is sound.".to_owned();
        }
        let lines = report.findings.iter().map(|finding| {
            let mended = if finding.mended { "mended" } else { "not mended" };
            format!("{}: {} ({mended})", finding.code, finding.detail)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    if report.healthy { Ok(()) } else { Err(Ended::Code(1)) }
}
