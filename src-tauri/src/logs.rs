//! The log: a file a day in the vault's `logs`, two weeks of them. It holds what went wrong where no page is there to say it
//! (opening the vault, the backup of the day, what came in and could not be checked), by the code of the error, never a word
//! the learner wrote.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Starts logging into `vault`; where nothing can be written there, nothing is logged.
pub fn start(vault: &Path) {
    let folder = vault.join("logs");
    if std::fs::create_dir_all(&folder).is_err() {
        return;
    }
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("cairn")
        .filename_suffix("log")
        .max_log_files(14)
        .build(folder);
    let Ok(appender) = appender else { return };
    let filter = EnvFilter::try_from_env("CAIRN_LOG").unwrap_or_else(|_| EnvFilter::new("warn,cairn=info"));
    let subscriber = tracing_subscriber::fmt().with_writer(std::sync::Mutex::new(appender)).with_ansi(false).with_env_filter(filter);
    // A second start in one process (a test) keeps the first.
    let _ = subscriber.try_init();
}
