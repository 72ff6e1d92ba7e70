//! The wallet on the command line: received credentials, refreshing what their verdicts rest on, letters.

use std::collections::HashMap;
use std::io::{BufRead, IsTerminal};
use std::path::Path;

use cairn_app::documents::Verdict;
use cairn_app::records::Logged;
use cairn_app::wallet::refresh::{HostPlan, RefreshReport};
use cairn_app::wallet::sources::{LineSource, SourceKind};
use cairn_app::wallet::{Checked, HeldPage};
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, Kind, RecordId};
use chrono::{DateTime, Utc};
use serde_json::json;

use super::Ended;
use super::export::{place, to_standard_output};
use super::print::{Printer, quoted};
use super::words::local;

/// Writes a received credential as it came, byte for byte.
pub fn original(app: &App, id: RecordId, out: Option<&Path>, printer: &Printer) -> Result<(), Ended> {
    let id = app.held_or_behind(id)?;
    let (name, bytes) = app.held_bytes(id)?;
    if to_standard_output(out) {
        return Ok(printer.bytes(&bytes)?);
    }
    let to = place(out, &name);
    app.export_held(id, &to)?;
    printer.words(&format!("Wrote {} ({} bytes), as it came.", to.display(), bytes.len()));
    printer.result(&json!({ "path": to.display().to_string(), "size": bytes.len() }), || to.display().to_string());
    Ok(())
}

/// Checks held credentials, all or those behind these records, and keeps the verdicts.
pub fn check(app: &App, ids: &[RecordId], at: Option<DateTime<Utc>>, printer: &Printer) -> Result<(), Ended> {
    let held = app.held_behind(ids)?;
    let checked = app.check(held.as_deref(), at, &mut unwatched())?;
    if checked.is_empty() {
        printer.nothing("No received credential is here to check; “cairn import FILE” takes one in.");
    }
    told(app, &checked, printer)
}

/// Says what was found about held credentials over time, all or those behind these records.
pub fn history(app: &App, ids: &[RecordId], printer: &Printer) -> Result<(), Ended> {
    let held = match app.held_behind(ids)? {
        Some(held) => held,
        None => app.held_ids()?,
    };
    if held.is_empty() {
        printer.nothing("No received credential is here; “cairn import FILE” takes one in.");
    }
    let titles = if printer.json { HashMap::new() } else { titles(app)? };
    for id in held {
        let title = if printer.json { None } else { titles.get(&app.held(id)?.held.credential) };
        let title = title.map(String::as_str).unwrap_or_default();
        for kept in app.verdict_history(id)? {
            let mut value = json!(kept);
            value["id"] = json!(id);
            printer.result(&value, || {
                let (since, at) = (local(&kept.since), local(&kept.at));
                format!("{} {id}: from {since} to {at}: {}. {}", quoted(title), kept.verdict.name(), kept.reason)
            });
        }
    }
    Ok(())
}

/// Asks the hosts that keep keys and status lists, after naming them and hearing yes.
pub fn refresh(app: &App, ids: &[RecordId], yes: bool, printer: &Printer) -> Result<(), Ended> {
    let held = app.held_behind(ids)?;
    let hosts = app.refresh_hosts(held.as_deref())?;
    if hosts.is_empty() {
        printer.words("Nothing to fetch: no credential here names a key document or status list on the network.");
        return told(app, &app.check(held.as_deref(), None, &mut unwatched())?, printer);
    }
    printer.words("This asks these hosts, and nobody else:");
    hosts.iter().for_each(|host| printer.words(&format!("  {}", plan(host))));
    if !yes && !agreed(printer) {
        let names: Vec<String> = hosts.into_iter().map(|host| host.host).collect();
        return Err(AppError::new("not-agreed", "Nothing was fetched. Say --yes to agree to these hosts.").with("hosts", names).into());
    }
    let names: Vec<String> = hosts.into_iter().map(|host| host.host).collect();
    let RefreshReport { hosts, checked } = app.refresh(held.as_deref(), &names, &mut unwatched())?;
    for host in &hosts {
        let words = host.problem.clone().unwrap_or_else(|| format!("{} gave {} documents.", host.host, host.got));
        printer.words(&words);
        if printer.json {
            printer.value(&json!({ "host": host }));
        }
    }
    told(app, &checked, printer)
}

/// Prints a letter to the issuer of a credential that does not verify.
pub fn letter(app: &App, id: RecordId, printer: &Printer) -> Result<(), Ended> {
    let id = app.held_or_behind(id)?;
    let letter = app.letter(id)?;
    printer.result(&letter, || format!("To: {}\nSubject: {}\n\n{}", letter.to, letter.subject, letter.body));
    Ok(())
}

/// What is held behind a record, a line or two each, for people.
pub fn line(page: &HeldPage) -> String {
    let held = &page.held;
    let mut text = format!("\n  held: {} ({}, {} bytes) {}", held.name, held.format, held.size, held.id);
    if let Some(verdict) = &page.verdict {
        text.push_str(&format!("\n    {}. {} {}", verdict.verdict.name(), verdict.reason, verdict.next));
    }
    if let Some(grouping) = &held.grouping {
        text.push_str(&format!("\n    came with: {grouping}"));
    }
    for relation in &page.relations {
        text.push_str(&format!("\n    “{}” {} “{}”", relation.source, related(&relation.kind), relation.target));
    }
    for filled in page.filled.iter().filter(|filled| !filled.kept) {
        let said = filled.value.as_str().map_or_else(|| filled.value.to_string(), str::to_owned);
        text.push_str(&format!("\n    the issuer says {}: {said}", filled.field));
    }
    text.trim_end().to_owned()
}

/// How one part of a learner record belongs to another (CLR 2.0, AssociationType).
fn related(kind: &str) -> &str {
    match kind {
        "exactMatchOf" => "is the same as",
        "isChildOf" => "is below",
        "isParentOf" => "is above",
        "isPartOf" => "is a part of",
        "isPeerOf" => "stands beside",
        "isRelatedTo" => "is related to",
        "precedes" => "comes before",
        "replacedBy" => "is replaced by",
        other => other,
    }
}

/// Who stands behind a record, and by what, for people.
pub fn source(source: &LineSource) -> String {
    let said = match source.kind {
        SourceKind::IssuerSigned => "issuer-signed",
        SourceKind::SelfSigned => "self-signed",
        SourceKind::Unsigned => "unsigned: nobody but you says so yet",
    };
    let mut text = format!("source: {said}");
    for by in &source.by {
        let stands = if by.signed { "" } else { ", which counts for nothing as it stands" };
        let verdict = by.verdict.map_or("never checked", Verdict::name);
        text.push_str(&format!("\n    by “{}”, signed by {} ({verdict}{stands})", by.title, by.issuer));
        if !by.differs.is_empty() {
            text.push_str(&format!("; it says another {} than you do, so it does not sign for this", by.differs.join(", ")));
        }
    }
    text
}

fn plan(host: &HostPlan) -> String {
    let why: Vec<&str> =
        host.why.iter().map(|why| if why == "status-list" { "whether they still stand" } else { "issuers' keys" }).collect();
    let credentials = if host.credentials == 1 { "credential" } else { "credentials" };
    format!("{} ({}; {} {credentials})", host.host, why.join(" and "), host.credentials)
}

/// Whether the learner types yes. Only a person at a terminal is asked.
fn agreed(printer: &Printer) -> bool {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return false;
    }
    printer.words("Ask them? Type yes:");
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer).is_ok() && answer.trim().eq_ignore_ascii_case("yes")
}

/// Prints what was found and ends as `verify` does.
fn told(app: &App, checked: &[Checked], printer: &Printer) -> Result<(), Ended> {
    let titles = if printer.json { HashMap::new() } else { titles(app)? };
    for it in checked {
        let title = titles.get(&it.credential).map(String::as_str).unwrap_or_default();
        printer
            .result(it, || format!("{} {}: {}. {} {}", quoted(title), it.id, it.verdict.name(), it.reason, it.next).trim_end().to_owned());
    }
    super::documents::ended(checked.iter().map(|it| it.verdict))
}

/// How the credentials are called that received ones stand behind.
fn titles(app: &App) -> Result<HashMap<RecordId, String>, AppError> {
    let title = |logged: Logged| (logged.id, logged.fields["title"].as_str().unwrap_or_default().to_owned());
    Ok(app.records(Kind::Credential)?.into_iter().map(title).collect())
}
