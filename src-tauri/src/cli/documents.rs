//! Documents on the command line: what is said of them before they go out, and verifying them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use cairn_app::documents::{BackedLine, DocumentKind, DocumentWarning, Format, Given, Report, Verdict, verify_file};
use cairn_app::wallet::sources::SourceKind;
use cairn_app::work::unwatched;
use cairn_app::{App, AppError, RecordId};
use chrono::{DateTime, Utc};

use super::Ended;
use super::print::{Printer, quoted};

/// Says what the learner should know of a document before it goes out.
pub fn warn(app: &App, collection: Option<RecordId>, document: DocumentKind, format: Format, printer: &Printer) -> Result<(), Ended> {
    let warnings = app.document_warnings(collection, document, format)?;
    warned(&warnings).iter().for_each(|warning| printer.words(warning));
    Ok(())
}

/// What the learner should know of a document, in words; what is said of many records is said once.
fn warned(warnings: &[DocumentWarning]) -> Vec<String> {
    let mut by_code: Vec<(&DocumentWarning, Vec<String>)> = Vec::new();
    for warning in warnings {
        let title = warning.params.get("title").and_then(|title| title.as_str()).map(quoted);
        match by_code.iter_mut().find(|(first, _)| first.code == warning.code) {
            Some((_, titles)) => titles.extend(title),
            None => by_code.push((warning, title.into_iter().collect())),
        }
    }
    let sentence = |(warning, titles): (&DocumentWarning, Vec<String>)| {
        let said = |name: &str| warning.params.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        let titles = titles.join(", ");
        match warning.code {
            "no-name" => "Your profile has no name, so the page begins without one.".to_owned(),
            "nothing-chosen" => "The collection shows nothing yet.".to_owned(),
            "many-pages" => format!("It has {} pages.", warning.params.get("pages").map(ToString::to_string).unwrap_or_default()),
            "missing-characters" => format!("No font here has these characters: {}", said("characters")),
            "language-not-worded" => format!("Cairn has no headings in this language ({}) and uses English ones.", said("language")),
            "credential-broken" => format!("Does not verify, and is shown all the same: {titles}."),
            "credential-of-another" => format!("Issued to an address that is not in your profile, and shown all the same: {titles}."),
            "credential-not-held" => format!("Neither earned nor under way, so left out: {titles}."),
            "credential-without-outcome" => format!("No outcome is told of: {titles}."),
            "story-without-result" => format!("No result yet, so only the title is shown: {titles}."),
            code => format!("Something is not as it should be ({code}): {titles}"),
        }
    };
    by_code.into_iter().map(sentence).collect()
}

/// Key documents and status lists named on the command line.
pub fn given(key_documents: &[PathBuf], status_lists: &[PathBuf]) -> Result<Given, AppError> {
    let mut given = Given::default();
    key_documents.iter().try_for_each(|path| given.key_document(path))?;
    status_lists.iter().try_for_each(|path| given.status_list(path))?;
    Ok(given)
}

pub fn verify(files: &[PathBuf], given: &Given, at: Option<DateTime<Utc>>, printer: &Printer) -> Result<(), Ended> {
    let mut verdicts = Vec::new();
    let judge = |file: &PathBuf| verify_file(file, given, at.unwrap_or_else(Utc::now), &mut unwatched());
    in_order(files, judge, |file, judged| match judged {
        Ok(report) => {
            // A seal that holds makes nothing of what is under it true.
            verdicts.extend([report.verdict].into_iter().chain((report.broken_inside() > 0).then_some(Verdict::Invalid)));
            printer.result(&report, || told(file, &report));
        }
        // A file that cannot be read has not been found valid; the others are still looked at.
        Err(error) => {
            verdicts.push(Verdict::Invalid);
            printer.refused(file, &error);
        }
    });
    ended(verdicts)
}

/// Does some work on every item, on all cores, and hands over what came of it in the items' order, each as soon as its turn comes.
fn in_order<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync, mut each: impl FnMut(&T, R)) {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let (next, work) = (&AtomicUsize::new(0), &work);
    let (done, came) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let done = done.clone();
            scope.spawn(move || {
                while let Some((at, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?))) {
                    if done.send((at, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let (mut early, mut turn) = (BTreeMap::new(), items.iter().enumerate().peekable());
        for (at, result) in came {
            early.insert(at, result);
            while let Some((item, result)) = turn.peek().and_then(|(at, item)| Some((*item, early.remove(at)?))) {
                each(item, result);
                turn.next();
            }
        }
    });
}

/// How a command ends that found these: 1 where anything is against it, 3 where only something could not be checked.
pub fn ended(verdicts: impl IntoIterator<Item = Verdict>) -> Result<(), Ended> {
    let mut unchecked = false;
    for verdict in verdicts {
        match verdict {
            Verdict::Valid => {}
            Verdict::CannotCheck => unchecked = true,
            Verdict::Invalid | Verdict::Expired | Verdict::Revoked | Verdict::NotYetValid => return Err(Ended::Code(1)),
        }
    }
    if unchecked { Err(Ended::Code(3)) } else { Ok(()) }
}

/// A report in words.
pub fn told(file: &Path, report: &Report) -> String {
    let mut text = format!("{}: {}. {} {}", file.display(), report.verdict.name(), report.reason, report.next);
    let broken = report.broken_inside();
    if report.verdict == Verdict::Valid && broken > 0 {
        text.push_str(&format!("\n  Credentials inside that do not hold: {broken}. See below."));
    }
    for name in &report.changed {
        text.push_str(&format!("\n  changed: {name}"));
    }
    inside(report, "  ", &mut text);
    if !report.lines.is_empty() {
        text.push_str("\n  What it says, and who signed for it:");
    }
    for line in &report.lines {
        text.push_str(&format!("\n  - {}: {}", line.text.replace('\n', " "), backed(line)));
    }
    text.trim_end().to_owned()
}

/// The credentials within, and those within them.
fn inside(report: &Report, edge: &str, text: &mut String) {
    for within in &report.inside {
        let called = within.name.as_ref().map_or_else(|| within.file.clone(), |name| format!("{name} ({})", within.file));
        text.push_str(format!("\n{edge}{called}: {}. {} {}", within.verdict.name(), within.reason, within.next).trim_end());
        if let Some(recorded) = &within.recorded {
            text.push_str(&format!("\n{edge}  Whoever made the packet found on {}: {}.", recorded.checked_at, recorded.verdict.name()));
        }
        inside(within, &format!("{edge}  "), text);
    }
}

/// By whom a line is proven, in words: an issuer is said to have signed what its credential says, not what the line does.
fn backed(line: &BackedLine) -> String {
    let by = line.by.as_deref().unwrap_or("an issuer");
    let stands = match line.verdict {
        Some(verdict) if verdict != Verdict::Valid => format!(" ({})", verdict.name()),
        _ if line.by_copy => ", by a copy of their keys that came in this packet".to_owned(),
        _ => String::new(),
    };
    let quoted = |words: &[String]| words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    let own = if line.own.is_empty() { String::new() } else { format!("; not signed there: {}", quoted(&line.own)) };
    let credential = line.signed.as_ref().map_or_else(|| "a credential".to_owned(), |signed| format!("“{signed}”"));
    match line.provenance {
        SourceKind::IssuerSigned if line.signed.is_none() => format!("said to be signed by {by}{stands}"),
        SourceKind::IssuerSigned => format!("backed by {credential}, signed by {by}{stands}{own}"),
        SourceKind::SelfSigned if !line.own.is_empty() => {
            format!("the learner's own words, beside {credential}, signed by {by}{stands}{own}")
        }
        SourceKind::SelfSigned if line.file.is_some() => format!("signed by the learner, as a claim of its own{stands}"),
        SourceKind::SelfSigned => format!("signed by the learner with this packet{stands}"),
        SourceKind::Unsigned => "signed by nobody".to_owned(),
    }
}
