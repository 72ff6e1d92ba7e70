//! The command line. Results go to standard output, words for people to standard error.
//!
//! Exit codes: 0 done, 1 refused or not valid, 2 wrong usage, 3 nothing invalid but something could not be checked.

mod demo;
mod documents;
mod export;
mod fields;
mod issuing;
mod keeping;
mod key;
mod money;
mod print;
mod records;
mod standing;
mod today;
mod wallet;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_app::import::Origin;
use cairn_app::{App, AppError, Kind, RecordId};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use serde_json::json;

use print::Printer;

/// Log what you learn, see what matters, prove it. Without a command, the window opens.
#[derive(Debug, Parser)]
#[command(name = "cairn", version, about, long_about = None)]
pub struct Arguments {
    /// The vault's folder (default: CAIRN_VAULT, or "cairn" in your system's data folder)
    #[arg(long, value_name = "DIR", global = true)]
    pub vault: Option<PathBuf>,
    /// Print one JSON value per result
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fill a fresh vault with the sample learner, generate every document and proof, verify them, list what was written
    Demo {
        /// Where to write (a folder that is empty or not there yet)
        #[arg(long, value_name = "DIR", default_value = "cairn-demo")]
        out: PathBuf,
    },
    /// Import files: detects the format, counts what was added, updated, unchanged and skipped
    Import {
        /// JSON Resume, a received credential or badge, an issuer's key document or status list ("-" for standard input)
        #[arg(required = true, value_name = "FILE|-")]
        files: Vec<PathBuf>,
        /// You saved the files from the addresses that they name: a hosted Open Badge 2.0 is valid by what its address shows
        #[arg(long)]
        published: bool,
    },
    /// Say which kinds of record there are, or which fields a kind has, what each takes and which are required
    Fields {
        /// Which kind of record
        #[arg(value_name = "KIND", value_parser = kinds())]
        kind: Option<Kind>,
    },
    /// Log a record from JSON (a file, or standard input)
    Add {
        /// Which kind of record; "cairn fields" says what each is
        #[arg(value_name = "KIND", value_parser = kinds())]
        kind: Kind,
        /// JSON: one record, or a list of them (default: standard input)
        #[arg(value_name = "FILE|-")]
        file: Option<PathBuf>,
    },
    /// Show one record, or the records of a kind: all, or those that options keep, in the order they say
    Show {
        /// Which kind of record; "cairn fields" says what each is
        #[arg(value_name = "KIND", value_parser = kinds())]
        kind: Kind,
        /// Only this one, with what links to it
        #[arg(value_name = "ID")]
        id: Option<RecordId>,
        #[command(flatten)]
        listed: records::Listed,
    },
    /// Edit a record by a JSON merge patch (a file, or standard input), or move it in its list
    Edit {
        /// Which kind of record; "cairn fields" says what each is
        #[arg(value_name = "KIND", value_parser = kinds())]
        kind: Kind,
        /// The record's id, as "cairn show" and "cairn search" say it
        #[arg(value_name = "ID")]
        id: RecordId,
        /// JSON with the fields to change (default: standard input)
        #[arg(value_name = "FILE|-")]
        file: Option<PathBuf>,
        /// Only put it before this one
        #[arg(long, value_name = "ID", conflicts_with_all = ["file", "last"])]
        before: Option<RecordId>,
        /// Only put it at the end
        #[arg(long, conflicts_with = "file")]
        last: bool,
    },
    /// Remove a record and say what hung on it; or a received credential, by its own id, from its record
    Remove {
        /// Which kind of record; "cairn fields" says what each is
        #[arg(value_name = "KIND", value_parser = kinds())]
        kind: Kind,
        /// The record's id, or the received credential's
        #[arg(value_name = "ID")]
        id: RecordId,
    },
    /// Attach files to evidence
    Attach {
        /// The evidence's id
        #[arg(value_name = "EVIDENCE_ID")]
        evidence: RecordId,
        /// The files, each at most 2 GiB
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Take an attached file off its evidence, by the file's id
    Detach {
        /// The file's id, as "cairn show evidence ID" says it
        #[arg(value_name = "FILE_ID")]
        file: RecordId,
    },
    /// Find records by words (prefixes match, accents do not matter)
    Search {
        /// Words that all occur in what is found
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Take the last change back
    Undo,
    /// Do the last undone change again
    Redo,
    /// Say what was done, newest first: everything, or what touched one record
    History {
        /// Only what touched this record
        #[arg(value_name = "ID")]
        id: Option<RecordId>,
        /// How many steps
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// What is due, what is unfinished, what has grown
    Today,
    /// What learning costs, who pays, what it returns
    Money,
    /// Generate a document
    Export(export::Export),
    /// Say whether files are valid, and what was changed where they are not
    Verify {
        /// Credentials and badges (JSON, JWT, PNG, SVG), ZIPs of them, .cairn packets and PDFs that carry one
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Judge as of this time: a day (its midnight, UTC) or RFC 3339
        #[arg(long, value_name = "TIME", value_parser = moment)]
        at: Option<DateTime<Utc>>,
        /// An issuer's key document (DID document or issuer profile), or what the address of a hosted badge shows
        #[arg(long, value_name = "FILE")]
        key_document: Vec<PathBuf>,
        /// A list on which an issuer says what still stands
        #[arg(long, value_name = "FILE")]
        status_list: Vec<PathBuf>,
    },
    /// Check received credentials again, offline, with what is kept (all, or those behind these records)
    Check {
        /// Only those behind these records
        #[arg(value_name = "ID")]
        ids: Vec<RecordId>,
        /// Judge as of this time, a day (its midnight, UTC) or RFC 3339; such a verdict is not kept
        #[arg(long, value_name = "TIME", value_parser = moment)]
        at: Option<DateTime<Utc>>,
        /// Only say what was found over time, latest first
        #[arg(long, conflicts_with = "at")]
        history: bool,
    },
    /// Fetch issuers' keys and status lists anew: the only command that uses the network. Names the hosts first
    Refresh {
        /// Only for those behind these records
        #[arg(value_name = "ID")]
        ids: Vec<RecordId>,
        /// Agree to the hosts
        #[arg(long)]
        yes: bool,
    },
    /// Write a letter to the issuer of a received credential that does not verify
    Letter {
        /// The record that it is behind, or its own id
        #[arg(value_name = "ID")]
        id: RecordId,
    },
    /// Sign an endorsement that answers somebody's request, in your own words
    Endorse {
        /// The file that they sent
        #[arg(value_name = "REQUEST")]
        request: PathBuf,
        /// What you can vouch for
        #[arg(long, value_name = "TEXT")]
        comment: String,
        /// Where to write (default: endorsement.json in this folder; "-" for standard output)
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
    },
    /// The signing key: show it, replace it, carry it elsewhere
    Key {
        #[command(subcommand)]
        command: key::Key,
    },
    /// Back the vault up: a snapshot in the vault, or the whole vault as one file elsewhere
    Backup {
        /// A folder or file elsewhere
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Bring the vault to the state of a backup; the present state is backed up first
    Restore {
        /// A backup: one of the vault's own, or a file that "cairn backup --to" wrote
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Check the whole vault and mend what can be mended without loss
    Doctor,
}

/// How a command ended, other than well.
pub enum Ended {
    /// Refused, or not valid.
    Refused(AppError),
    /// Said already; only the exit code is left.
    Code(u8),
}

impl From<AppError> for Ended {
    fn from(error: AppError) -> Self {
        Ended::Refused(error)
    }
}

/// Reads a kind by its name. The parser lists all of them in the help, and suggests the nearest to a misspelt one.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.name())).try_map(|name| name.parse::<Kind>())
}

/// Reads a moment: RFC 3339, or a day for its midnight in UTC.
fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment.to_utc());
    }
    let day = text.parse::<NaiveDate>().ok();
    let midnight = day.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    midnight.ok_or_else(|| "give a day like 2025-06-01, or a time with its zone like 2025-06-01T12:00:00Z".to_owned())
}

/// Whether a command changes the vault in one step, so that nothing was changed where it is refused.
fn is_one_change(command: &Command) -> bool {
    matches!(command, Command::Add { .. } | Command::Edit { .. } | Command::Remove { .. } | Command::Attach { .. } | Command::Detach { .. })
}

/// Runs one command on the vault in `folder`.
pub fn run(command: Command, folder: &Path, json: bool) -> ExitCode {
    let printer = Printer::new(json);
    let one_change = is_one_change(&command);
    let done = obey(command, folder, &printer);
    // What was done stays done where only the telling of it fails.
    let one_change = one_change && done.is_err();
    match done.and_then(|()| Ok(printer.finish()?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ended::Code(code)) => ExitCode::from(code),
        Err(Ended::Refused(mut error)) => {
            if one_change && !["Nothing was", "left untouched"].iter().any(|said| error.message.contains(said)) {
                error.message.push_str(" Nothing was changed.");
            }
            printer.words(&error.message);
            if json {
                printer.value(&json!({ "error": error }));
            }
            ExitCode::FAILURE
        }
    }
}

/// Makes the backup of the day once a command has done what it was asked for, if that was to write. It stands in the way of none.
struct DailyBackup<'c> {
    app: &'c App,
    printer: &'c Printer,
}

impl Drop for DailyBackup<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.app.back_up_after_writing() {
            // What the command did stands: only the reason is told, not what an error says was left undone.
            let reason = error.message.split_inclusive(". ").next().unwrap_or_default();
            self.printer.words(&format!("The automatic backup of the day could not be made. {}", reason.trim_end()));
        }
    }
}

fn obey(command: Command, folder: &Path, printer: &Printer) -> Result<(), Ended> {
    // These need no vault, or make do with a damaged one.
    match command {
        Command::Demo { out } => return demo::demo(&out, printer),
        Command::Verify { files, at, key_document, status_list } => {
            let given = documents::given(&key_document, &status_list)?;
            return documents::verify(&files, &given, at, printer);
        }
        Command::Fields { kind } => return fields::told(kind, printer),
        Command::Restore { file } => return keeping::restore(folder, &file, printer),
        _ => {}
    }
    let app = App::open(folder)?;
    let _after = DailyBackup { app: &app, printer };
    match command {
        Command::Import { files, published } => {
            records::import(&app, &files, if published { Origin::Published } else { Origin::Anywhere }, printer)
        }
        Command::Add { kind, file } => records::add(&app, kind, file.as_deref(), printer),
        Command::Show { kind, id, listed } => records::show(&app, kind, id, listed, printer),
        Command::Edit { kind, id, before, last, .. } if last || before.is_some() => records::reorder(&app, kind, id, before, printer),
        Command::Edit { kind, id, file, .. } => records::edit(&app, kind, id, file.as_deref(), printer),
        Command::Remove { kind, id } => records::remove(&app, kind, id, printer),
        Command::Attach { evidence, files } => records::attach(&app, evidence, &files, printer),
        Command::Detach { file } => records::detach(&app, file, printer),
        Command::Search { words } => records::search(&app, &words, printer),
        Command::Undo => records::undo(&app, printer),
        Command::Redo => records::redo(&app, printer),
        Command::History { id, limit } => records::history(&app, id, limit, printer),
        Command::Today => today::today(&app, printer),
        Command::Money => money::money(&app, printer),
        Command::Export(wanted) => export::obey(&app, &wanted, printer),
        Command::Endorse { request, comment, out } => issuing::endorse(&app, &request, &comment, out.as_deref(), printer),
        Command::Check { ids, history: true, .. } => wallet::history(&app, &ids, printer),
        Command::Check { ids, at, .. } => wallet::check(&app, &ids, at, printer),
        Command::Refresh { ids, yes } => wallet::refresh(&app, &ids, yes, printer),
        Command::Letter { id } => wallet::letter(&app, id, printer),
        Command::Key { command } => key::obey(&app, command, printer),
        Command::Backup { to } => keeping::backup(&app, to.as_deref(), printer),
        Command::Doctor => keeping::doctor(&app, printer),
        Command::Demo { .. } | Command::Verify { .. } | Command::Fields { .. } | Command::Restore { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn without_help(command: &clap::Command) -> Vec<String> {
        let own = command.get_arguments().filter(|argument| argument.get_help().is_none());
        let own = own.map(|argument| format!("{} {}", command.get_name(), argument.get_id()));
        own.chain(command.get_subcommands().flat_map(without_help)).collect()
    }

    #[test]
    fn the_help_says_what_every_argument_is() {
        Arguments::command().debug_assert();
        assert_eq!(without_help(&Arguments::command()), Vec::<String>::new());
    }
}
