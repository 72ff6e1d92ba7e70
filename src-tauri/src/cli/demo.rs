//! The main job without a window: the sample learner, every document, the packet and its verdict.

use std::fs;
use std::path::Path;

use cairn_app::documents::{DocumentKind, Given, Verdict, verify_file};
use cairn_app::finding::ListQuery;
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, Kind};
use chrono::{Local, Utc};
use serde_json::json;

use super::Ended;
use super::documents::told;
use super::print::Printer;

pub fn demo(out: &Path, printer: &Printer) -> Result<(), Ended> {
    let taken = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        let message = format!("{} is not empty. Name a folder that is empty or not there yet: cairn demo --out DIR", out.display());
        return Err(AppError::new("folder-not-empty", message).into());
    }
    fs::create_dir_all(out).map_err(|error| AppError::new("file-failed", format!("Could not create {}: {error}.", out.display())))?;
    let app = App::open(out.join("vault"))?;
    app.sample_fill(Local::now().date_naive())?;
    printer.words("The sample learner moved in.");
    let collections = app.list(Kind::Collection, ListQuery::default())?.items;
    let documents = out.join("documents");
    fs::create_dir_all(&documents)
        .map_err(|error| AppError::new("file-failed", format!("Could not create {}: {error}.", documents.display())))?;
    let mut invalid = false;
    for collection in &collections {
        for &kind in DocumentKind::ALL {
            for &format in kind.formats() {
                let name = app.document_name(Some(collection.id), kind, format)?;
                let to = documents.join(name);
                // The calendar is the vault's, not a collection's, and the résumé as JSON is the JSON Resume.
                if to.exists() {
                    continue;
                }
                let exported = app.write_document(Some(collection.id), kind, format, &to, &mut unwatched())?;
                let mut result = json!({ "document": kind, "format": format, "collection": collection.title, "path": exported.path, "size": exported.size });
                let mut line = format!("{}  {} bytes", exported.path, exported.size);
                if kind == DocumentKind::Packet {
                    let report = verify_file(&to, &Given::default(), Utc::now(), &mut unwatched())?;
                    invalid |= report.verdict != Verdict::Valid;
                    line = format!("{line}\n{}", told(&to, &report).lines().next().unwrap_or_default());
                    result["verdict"] = json!(report.verdict);
                }
                printer.result(&result, || line);
            }
        }
    }
    let health = app.doctor(&mut unwatched())?;
    printer.words(&format!("The vault is at {}. Open it with: cairn --vault \"{0}\"", app.folder().display()));
    if invalid || !health.healthy { Err(Ended::Code(1)) } else { Ok(()) }
}
