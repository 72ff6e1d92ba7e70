//! The vault: importing, the sample learner, backups, the doctor.

use std::path::PathBuf;

use cairn_app::documents::{KeyRecovered, KeyView};
use cairn_app::import::{ImportReport, Origin};
use cairn_app::keeping::{BackupInfo, DoctorReport, Restored, VaultInfo, WholeBackup};
use cairn_app::records::Change;
use cairn_app::{AppError, Kind, Result};
use chrono::Local;
use tauri::ipc::Request;
use tauri::{AppHandle, State};

use super::files::named_bytes;
use super::{Outcome, with_each};
use crate::window::dialogs;
use crate::window::shell::{Shell, tell, tell_of, told};

/// Opens a web address in the browser. The window has asked the learner before.
#[tauri::command(async)]
pub fn open_url(url: String) -> Result<()> {
    let allowed = ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme)) && !url.chars().any(char::is_control);
    if !allowed {
        return Err(AppError::new("cannot-open", "Only web and mail addresses are opened."));
    }
    open::that_detached(&url).map_err(|error| AppError::new("cannot-open", format!("No program opened this address: {error}.")))
}

#[tauri::command]
pub async fn import_pick(handle: AppHandle, shell: State<'_, Shell>, published: bool) -> Result<Option<Vec<Outcome<ImportReport>>>> {
    let app = shell.app()?;
    let origin = if published { Origin::Published } else { Origin::Anywhere };
    let files = dialogs::open_files(&handle, "Import").await;
    if files.is_empty() {
        return Ok(None);
    }
    Ok(Some(with_each(&files, |file| {
        let report = shell.work(&handle, "import", |progress| app.import_path(file, origin, progress))?;
        tell_of(&handle, &report.change);
        Ok(report)
    })))
}

#[tauri::command(async)]
pub fn import_bytes(handle: AppHandle, shell: State<'_, Shell>, request: Request<'_>) -> Result<ImportReport> {
    let (name, bytes) = named_bytes(&request)?;
    let app = shell.app()?;
    let report = shell.work(&handle, "import", |progress| app.import_bytes(&name, bytes, Origin::Anywhere, progress))?;
    tell_of(&handle, &report.change);
    Ok(report)
}

#[tauri::command(async)]
pub fn sample_fill(handle: AppHandle, shell: State<'_, Shell>) -> Result<Change> {
    Ok(told(&handle, shell.app()?.sample_fill(Local::now().date_naive())?))
}

#[tauri::command(async)]
pub fn sample_remove(handle: AppHandle, shell: State<'_, Shell>) -> Result<Change> {
    Ok(told(&handle, shell.app()?.sample_remove()?))
}

#[tauri::command(async)]
pub fn vault_info(shell: State<'_, Shell>) -> Result<VaultInfo> {
    shell.app()?.vault_info()
}

#[tauri::command(async)]
pub fn signing_key(shell: State<'_, Shell>) -> Result<KeyView> {
    shell.app()?.signing_key()
}

/// Makes a new signing key that the old one signs for; or takes the place of one that is lost.
#[tauri::command(async)]
pub fn key_rotate(shell: State<'_, Shell>, lost: bool) -> Result<KeyView> {
    shell.app()?.key_rotate(lost)
}

/// Writes the signing key, encrypted with a passphrase, where the learner says.
#[tauri::command]
pub async fn key_export_recovery(handle: AppHandle, shell: State<'_, Shell>, passphrase: String) -> Result<Option<String>> {
    let app = shell.app()?;
    let Some(to) = dialogs::save_file(&handle, "Save the recovery file", &app.recovery_name()).await else { return Ok(None) };
    app.key_export_recovery(&to, &passphrase)?;
    Ok(Some(to.display().to_string()))
}

/// Brings a signing key back from a recovery file that the learner chooses.
#[tauri::command]
pub async fn key_import_recovery(
    handle: AppHandle,
    shell: State<'_, Shell>,
    passphrase: String,
    replace: bool,
) -> Result<Option<KeyRecovered>> {
    let Some(file) = dialogs::open_files(&handle, "Open a recovery file").await.into_iter().next() else { return Ok(None) };
    Ok(Some(shell.app()?.key_import_recovery(&file, &passphrase, replace)?))
}

#[tauri::command(async)]
pub fn backup_now(shell: State<'_, Shell>) -> Result<BackupInfo> {
    shell.app()?.back_up_now()
}

/// Writes the whole vault, files included, where the learner says.
#[tauri::command]
pub async fn backup_to(handle: AppHandle, shell: State<'_, Shell>) -> Result<Option<WholeBackup>> {
    let app = shell.app()?;
    let Some(folder) = dialogs::pick_folder(&handle, "Where to put the backup").await else { return Ok(None) };
    shell.work(&handle, "backup", |progress| app.back_up_to(&folder, progress)).map(Some)
}

#[tauri::command(async)]
pub fn restore(handle: AppHandle, shell: State<'_, Shell>, name: String) -> Result<Restored> {
    let restored = shell.app()?.restore_named(&name)?;
    tell(&handle, Kind::ALL);
    Ok(restored)
}

#[tauri::command]
pub async fn restore_pick(handle: AppHandle, shell: State<'_, Shell>) -> Result<Option<Restored>> {
    let Some(file) = dialogs::open_files(&handle, "Restore a backup").await.into_iter().next() else { return Ok(None) };
    let restored = shell.app()?.restore(&file)?;
    tell(&handle, Kind::ALL);
    Ok(Some(restored))
}

/// Brings the newest good backup in the place of a vault that is damaged.
#[tauri::command(async)]
pub fn recover(handle: AppHandle, shell: State<'_, Shell>) -> Result<Restored> {
    let backup = match shell.app() {
        Err(error) => error.params.get("backup").and_then(|path| path.as_str()).map(PathBuf::from),
        Ok(_) => None,
    };
    let backup = backup.ok_or_else(|| AppError::new("no-backup", "There is no good backup to bring back."))?;
    let restored = shell.recover(&backup)?;
    tell(&handle, Kind::ALL);
    Ok(restored)
}

#[tauri::command(async)]
pub fn doctor(handle: AppHandle, shell: State<'_, Shell>) -> Result<DoctorReport> {
    let app = shell.app()?;
    shell.work(&handle, "doctor", |progress| app.doctor(progress))
}

/// On the main thread, so that it gets through however much is under way.
#[tauri::command]
pub fn cancel(shell: State<'_, Shell>, work: u32) {
    shell.cancel(work);
}

/// The page of a window that is being closed has saved everything.
#[tauri::command]
pub fn closed(handle: AppHandle) {
    handle.exit(0);
}

/// The page of a window that is being closed holds what cannot be kept as it is.
#[tauri::command]
pub fn stay(window: tauri::WebviewWindow, shell: State<'_, Shell>) {
    shell.stay();
    let _ = window.show();
    let _ = window.set_focus();
}
