//! What the learner signs, on the command line.

use std::path::{Path, PathBuf};

use cairn_app::documents::Exported;
use cairn_app::issuing::BadgeFormat;
use cairn_app::{App, RecordId};

use super::Ended;
use super::print::{Printer, quoted};
use super::wallet::needed;

/// Signs one record's claim.
pub fn badge(app: &App, id: Option<RecordId>, format: Option<&str>, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let id = needed(id)?;
    let format: BadgeFormat = format.map(str::parse).transpose()?.unwrap_or(BadgeFormat::Json);
    if out == Some(Path::new("-")) {
        let bytes = app.badge(id, format)?;
        return Ok(printer.bytes(&bytes)?);
    }
    let name = app.badge_name(id, format)?;
    told(&app.write_badge(id, format, &place(out, &name))?, printer);
    Ok(())
}

/// Writes a request that somebody endorses a record.
pub fn request(app: &App, id: Option<RecordId>, message: &str, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let id = needed(id)?;
    let name = app.endorsement_request_name(id)?;
    let written = app.write_endorsement_request(id, message, &place(out, &name))?;
    printer.words("Send this file to the person who should endorse it; they answer with: cairn endorse FILE --comment TEXT");
    told(&written, printer);
    Ok(())
}

/// Signs the answer to somebody's request.
pub fn endorse(app: &App, request: &Path, comment: &str, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let asked = app.endorsement_request(request)?;
    let from = if asked.from.trim().is_empty() { "Somebody who gives no name" } else { &asked.from };
    printer.words(&format!("{from} asks you to endorse {}.", quoted(&asked.name)));
    if asked.own {
        printer.words("It is about your own record: an endorsement counts when somebody else signs it.");
    }
    if asked.nameless {
        printer.words("You sign without a name: your profile has none. Add it with “cairn add profile” and endorse again to be named.");
    }
    told(&app.endorse(request, comment, &place(out, "endorsement.json"))?, printer);
    Ok(())
}

fn place(out: Option<&Path>, name: &str) -> PathBuf {
    match out {
        Some(out) if out.is_dir() => out.join(name),
        Some(out) => out.to_owned(),
        None => PathBuf::from(name),
    }
}

fn told(written: &Exported, printer: &Printer) {
    printer.words(&format!("Wrote {} ({} bytes).", written.path, written.size));
    printer.result(written, || written.path.clone());
}
