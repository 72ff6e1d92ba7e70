//! The wallet: received credentials, what they say, whether it is true, and who stands behind a line.

use cairn_app::records::Change;
use cairn_app::wallet::letter::Letter;
use cairn_app::wallet::refresh::{HostPlan, RefreshReport};
use cairn_app::wallet::sources::LineSource;
use cairn_app::wallet::{Checked, Held, HeldOverview, HeldPage, HeldStanding, KeptVerdict};
use cairn_app::{Kind, RecordId, Result};
use chrono::{DateTime, Utc};
use tauri::{AppHandle, State};

use crate::window::dialogs;
use crate::window::shell::{Shell, tell, tell_judged, told};

#[tauri::command(async)]
pub fn held_of(shell: State<'_, Shell>, credential: RecordId) -> Result<Vec<Held>> {
    shell.app()?.held_of(credential)
}

#[tauri::command(async)]
pub fn held(shell: State<'_, Shell>, id: RecordId) -> Result<HeldPage> {
    shell.app()?.held(id)
}

#[tauri::command(async)]
pub fn held_overview(shell: State<'_, Shell>) -> Result<HeldOverview> {
    shell.app()?.held_overview()
}

#[tauri::command(async)]
pub fn held_standings(shell: State<'_, Shell>, ids: Vec<RecordId>) -> Result<Vec<HeldStanding>> {
    shell.app()?.held_standings(&ids)
}

/// Saves the file a credential came in, byte for byte, where the learner says.
#[tauri::command]
pub async fn held_save_as(handle: AppHandle, shell: State<'_, Shell>, id: RecordId) -> Result<Option<String>> {
    let app = shell.app()?;
    let (name, _) = app.held_bytes(id)?;
    let Some(to) = dialogs::save_file(&handle, "Save the credential as it came", &name).await else { return Ok(None) };
    app.export_held(id, &to)?;
    Ok(Some(to.display().to_string()))
}

#[tauri::command(async)]
pub fn held_remove(handle: AppHandle, shell: State<'_, Shell>, id: RecordId) -> Result<Change> {
    Ok(told(&handle, shell.app()?.held_remove(id)?))
}

#[tauri::command(async)]
pub fn verdict_history(shell: State<'_, Shell>, id: RecordId) -> Result<Vec<KeptVerdict>> {
    shell.app()?.verdict_history(id)
}

#[tauri::command(async)]
pub fn check(handle: AppHandle, shell: State<'_, Shell>, ids: Option<Vec<RecordId>>, at: Option<DateTime<Utc>>) -> Result<Vec<Checked>> {
    let app = shell.app()?;
    let checked = shell.work(&handle, "check", |progress| app.check(ids.as_deref(), at, progress))?;
    if at.is_none() {
        tell_judged(&handle);
    }
    Ok(checked)
}

/// The hosts that a refresh would ask, for the window to name before it asks the learner.
#[tauri::command(async)]
pub fn refresh_hosts(shell: State<'_, Shell>, ids: Option<Vec<RecordId>>) -> Result<Vec<HostPlan>> {
    shell.app()?.refresh_hosts(ids.as_deref())
}

/// The only command that uses the network, and only for the hosts that the learner was shown.
#[tauri::command(async)]
pub fn refresh(handle: AppHandle, shell: State<'_, Shell>, ids: Option<Vec<RecordId>>, hosts: Vec<String>) -> Result<RefreshReport> {
    let app = shell.app()?;
    let report = shell.work(&handle, "refresh", |progress| app.refresh(ids.as_deref(), &hosts, progress))?;
    // What came may fill records, and name skills.
    tell(&handle, &[Kind::Credential, Kind::Skill]);
    Ok(report)
}

#[tauri::command(async)]
pub fn letter(shell: State<'_, Shell>, id: RecordId) -> Result<Letter> {
    shell.app()?.letter(id)
}

#[tauri::command(async)]
pub fn sources(shell: State<'_, Shell>, ids: Vec<RecordId>) -> Result<Vec<LineSource>> {
    shell.app()?.sources(&ids)
}
