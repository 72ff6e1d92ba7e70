//! What goes on beside the window: other processes writing the vault, another start asking for the window, the backup
//! of the day.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use cairn_app::Kind;
use tauri::{AppHandle, Manager};

use super::shell::{Shell, tell};
use super::single;

/// How often to look. A look is one pragma and one failed removal of a file.
const LOOK: Duration = Duration::from_millis(300);
/// How often to ask whether today's backup is there.
const BACKUP_LOOK: Duration = Duration::from_secs(3600);
/// How long the window gets to show itself before the first backup is made.
const BACKUP_DELAY: Duration = Duration::from_secs(20);

/// Starts watching, for as long as the program runs, once there is a `page` to be told: it comes with the vault's version that
/// it knows, where it was given anything ahead.
pub fn start(handle: AppHandle, page: Receiver<Option<i64>>) {
    std::thread::spawn(move || {
        let shell = handle.state::<Shell>();
        let before = shell.app().ok().and_then(|app| app.data_version().ok());
        let Ok(known) = page.recv() else { return };
        let mut seen = known.or(before);
        let mut next_backup = Instant::now() + BACKUP_DELAY;
        loop {
            std::thread::sleep(LOOK);
            if single::asked_to_raise(shell.vault())
                && let Some(window) = handle.get_webview_window("main")
            {
                let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
            }
            let Ok(app) = shell.app() else {
                seen = None;
                continue;
            };
            let version = app.data_version().ok();
            if seen.is_some() && version != seen {
                tell(&handle, Kind::ALL);
            }
            seen = version;
            if Instant::now() >= next_backup {
                next_backup = Instant::now() + BACKUP_LOOK;
                if let Err(error) = app.back_up_daily() {
                    tracing::error!(code = error.code, "the backup of the day could not be made");
                }
            }
        }
    });
}
