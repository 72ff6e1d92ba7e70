//! The vault on the command line: today, money, backup, restore, doctor.

use std::path::Path;

use cairn_app::work::unwatched;
use cairn_app::{App, keeping};
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
    let path = match to {
        Some(to) => app.back_up_to(to, &mut unwatched())?.display().to_string(),
        None => app.back_up_now()?.path,
    };
    printer.words("Backed up and checked.");
    printer.result(&json!({ "path": path }), || path.clone());
    Ok(())
}

pub fn restore(folder: &Path, file: &Path, printer: &Printer) -> Result<(), Ended> {
    match App::open(folder) {
        Ok(app) => drop(app.restore(file)?),
        Err(error) if error.code == "vault-damaged" => keeping::restore_damaged(folder, file)?,
        Err(error) => return Err(error.into()),
    }
    printer.words("Restored. The state before is among the backups.");
    printer.result(&json!({ "restored": file.display().to_string() }), String::new);
    Ok(())
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
