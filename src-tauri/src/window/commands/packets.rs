//! Verdicts on files from elsewhere, and packets opened to look inside.

use cairn_app::Result;
use cairn_app::files::FileText;
use cairn_app::packets::{Looked, PacketPage};
use cairn_app::wallet::CredentialView;
use chrono::Utc;
use tauri::ipc::Request;
use tauri::{AppHandle, State};

use super::files::named_bytes;
use super::{Outcome, with_each};
use crate::window::dialogs;
use crate::window::shell::Shell;

#[tauri::command]
pub async fn verify_pick(handle: AppHandle, shell: State<'_, Shell>) -> Result<Option<Vec<Outcome<Looked>>>> {
    let files = dialogs::open_files(&handle, "Verify").await;
    if files.is_empty() {
        return Ok(None);
    }
    // A file can be checked without a vault, too, only with fewer keys at hand.
    let given = shell.app().and_then(|app| app.kept_materials()).unwrap_or_default();
    Ok(Some(with_each(&files, |file| {
        shell.work(&handle, "verify", |progress| shell.packets().look_at_file(file, &given, Utc::now(), progress))
    })))
}

#[tauri::command(async)]
pub fn verify_bytes(shell: State<'_, Shell>, request: Request<'_>) -> Result<Looked> {
    let (name, bytes) = named_bytes(&request)?;
    let given = shell.app().and_then(|app| app.kept_materials()).unwrap_or_default();
    shell.packets().look_at_bytes(&name, bytes, &given, Utc::now())
}

#[tauri::command(async)]
pub fn packet(shell: State<'_, Shell>, packet: u32) -> Result<PacketPage> {
    shell.packets().page(packet)
}

#[tauri::command(async)]
pub fn packet_credential(shell: State<'_, Shell>, packet: u32, file: String) -> Result<CredentialView> {
    shell.packets().credential(packet, &file)
}

#[tauri::command(async)]
pub fn packet_text(shell: State<'_, Shell>, packet: u32, file: String) -> Result<FileText> {
    shell.packets().text(packet, &file)
}

/// Saves a copy of a file in a packet where the learner says.
#[tauri::command]
pub async fn packet_save(handle: AppHandle, shell: State<'_, Shell>, packet: u32, file: String) -> Result<Option<String>> {
    let name = shell.packets().file_name(packet, &file)?;
    let Some(to) = dialogs::save_file(&handle, "Save a copy", &name).await else { return Ok(None) };
    shell.packets().save(packet, &file, &to)?;
    Ok(Some(to.display().to_string()))
}

#[tauri::command(async)]
pub fn packet_close(shell: State<'_, Shell>, packet: u32) {
    shell.packets().close(packet);
}
