//! What the learner signs: badges, requests for endorsements, endorsements for others.

use cairn_app::documents::Exported;
use cairn_app::issuing::{BadgeFormat, Request};
use cairn_app::{RecordId, Result};
use tauri::{AppHandle, State};

use crate::window::dialogs;
use crate::window::shell::Shell;

#[tauri::command]
pub async fn export_claim(handle: AppHandle, shell: State<'_, Shell>, record: RecordId, format: BadgeFormat) -> Result<Option<Exported>> {
    let app = shell.app()?;
    let name = app.badge_name(record, format)?;
    let Some(to) = dialogs::save_file(&handle, "Save the badge", &name).await else { return Ok(None) };
    app.write_badge(record, format, &to).map(Some)
}

#[tauri::command]
pub async fn endorsement_request(
    handle: AppHandle,
    shell: State<'_, Shell>,
    record: RecordId,
    message: String,
) -> Result<Option<Exported>> {
    let app = shell.app()?;
    let name = app.endorsement_request_name(record)?;
    let Some(to) = dialogs::save_file(&handle, "Save the request", &name).await else { return Ok(None) };
    app.write_endorsement_request(record, &message, &to).map(Some)
}

/// Lets the learner choose somebody's request; answers a token for the file and what it says. The page never learns or names
/// its path.
#[tauri::command]
pub async fn request_pick(handle: AppHandle, shell: State<'_, Shell>) -> Result<Option<(u32, Request)>> {
    let Some(file) = dialogs::open_files(&handle, "Open a request").await.into_iter().next() else { return Ok(None) };
    let request = shell.app()?.read_endorsement_request(&file)?;
    Ok(Some((shell.keep_picked(file), request)))
}

/// Signs the answer to a request that was chosen before.
#[tauri::command]
pub async fn endorse(handle: AppHandle, shell: State<'_, Shell>, request: u32, comment: String) -> Result<Option<Exported>> {
    let picked = shell.picked(request)?;
    let Some(to) = dialogs::save_file(&handle, "Save the endorsement", "endorsement.json").await else { return Ok(None) };
    shell.app()?.endorse(&picked, &comment, &to).map(Some)
}
