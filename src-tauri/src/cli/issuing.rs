//! What the learner signs, on the command line.

use std::path::Path;

use cairn_app::issuing::BadgeFormat;
use cairn_app::{App, RecordId};

use super::Ended;
use super::export::{place, to_standard_output, told};
use super::print::{Printer, quoted};

/// Signs one record's claim.
pub fn badge(app: &App, id: RecordId, format: Option<&str>, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let format: BadgeFormat = format.map(str::parse).transpose()?.unwrap_or(BadgeFormat::Json);
    if to_standard_output(out) {
        return Ok(printer.bytes(&app.badge(id, format)?)?);
    }
    let name = app.badge_name(id, format)?;
    told(&app.write_badge(id, format, &place(out, &name))?, printer);
    Ok(())
}

/// Writes a request that somebody endorses a record.
pub fn request(app: &App, id: RecordId, message: &str, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    if to_standard_output(out) {
        return Ok(printer.bytes(&app.endorsement_request(id, message)?)?);
    }
    let name = app.endorsement_request_name(id)?;
    let written = app.write_endorsement_request(id, message, &place(out, &name))?;
    printer.words("Send this file to the person who should endorse it; they answer with: cairn endorse FILE --comment TEXT");
    told(&written, printer);
    Ok(())
}

/// Signs the answer to somebody's request.
pub fn endorse(app: &App, request: &Path, comment: &str, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let asked = app.read_endorsement_request(request)?;
    let from = if asked.from.trim().is_empty() { "Somebody who gives no name" } else { &asked.from };
    printer.words(&format!("{from} asks you to endorse {}.", quoted(&asked.name)));
    if asked.own {
        printer.words("It is about your own record: an endorsement counts when somebody else signs it.");
    }
    if asked.nameless {
        printer.words("You sign without a name: your profile has none. Add it with “cairn add profile” and endorse again to be named.");
    }
    if to_standard_output(out) {
        return Ok(printer.bytes(&app.endorsement(request, comment)?)?);
    }
    told(&app.endorse(request, comment, &place(out, "endorsement.json"))?, printer);
    Ok(())
}
