//! Collections and what is generated from them; verdicts on files.

use cairn_app::curation::Outline;
use cairn_app::documents::{
    DocumentKind, DocumentText, Exported, Format, LinkedIn, Report, ResumePreview, TextFormat, verify_bytes as judge, verify_file,
};
use cairn_app::records::Change;
use cairn_app::{RecordId, Result};
use chrono::Utc;
use serde_json::Value;
use tauri::ipc::Request;
use tauri::{AppHandle, State};

use super::files::named_bytes;
use super::{Outcome, with_each};
use crate::window::dialogs;
use crate::window::shell::{Shell, told};

#[tauri::command(async)]
pub fn new_collection(handle: AppHandle, shell: State<'_, Shell>, title: String) -> Result<Change> {
    Ok(told(&handle, shell.app()?.new_collection(&title)?))
}

#[tauri::command(async)]
pub fn outline(shell: State<'_, Shell>, collection: RecordId) -> Result<Outline> {
    shell.app()?.outline(collection)
}

#[tauri::command(async)]
pub fn preview(shell: State<'_, Shell>, collection: Option<RecordId>, draft: Option<Value>) -> Result<ResumePreview> {
    shell.app()?.preview(collection, draft)
}

#[tauri::command(async)]
pub fn linkedin(shell: State<'_, Shell>, collection: Option<RecordId>) -> Result<LinkedIn> {
    shell.app()?.linkedin(collection)
}

#[tauri::command(async)]
pub fn document_text(shell: State<'_, Shell>, collection: Option<RecordId>, format: TextFormat) -> Result<DocumentText> {
    shell.app()?.document_text(collection, format)
}

#[tauri::command]
pub async fn export_document(
    handle: AppHandle,
    shell: State<'_, Shell>,
    collection: Option<RecordId>,
    document: DocumentKind,
    format: Format,
) -> Result<Option<Exported>> {
    let app = shell.app()?;
    let name = app.document_name(collection, document, format)?;
    let Some(to) = dialogs::save_file(&handle, "Save", &name).await else { return Ok(None) };
    let exported = shell.work(&handle, "export", |progress| app.write_document(collection, document, format, &to, progress))?;
    Ok(Some(exported))
}

#[tauri::command]
pub async fn verify_pick(handle: AppHandle, shell: State<'_, Shell>) -> Result<Option<Vec<Outcome<Report>>>> {
    let files = dialogs::open_files(&handle, "Verify").await;
    if files.is_empty() {
        return Ok(None);
    }
    // A file can be checked without a vault, too, only with fewer keys at hand.
    let given = shell.app().and_then(|app| app.kept_materials()).unwrap_or_default();
    Ok(Some(with_each(&files, |file| shell.work(&handle, "verify", |progress| verify_file(file, &given, Utc::now(), progress)))))
}

#[tauri::command(async)]
pub fn verify_bytes(shell: State<'_, Shell>, request: Request<'_>) -> Result<Report> {
    let (name, bytes) = named_bytes(&request)?;
    let given = shell.app().and_then(|app| app.kept_materials()).unwrap_or_default();
    judge(&name, bytes, &given, Utc::now())
}
