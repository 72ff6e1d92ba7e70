//! Collections and what is generated from them.

use cairn_app::curation::Outline;
use cairn_app::documents::{DocumentKind, DocumentText, Exported, Format, LinkedIn, ResumePreview, TextFormat};
use cairn_app::{RecordId, Result};
use serde::Serialize;
use serde_json::Value;
use tauri::{AppHandle, Emitter, State, WebviewWindow};

use crate::window::dialogs;
use crate::window::shell::Shell;

#[tauri::command(async)]
pub fn outline(shell: State<'_, Shell>, collection: RecordId) -> Result<Outline> {
    shell.app()?.outline(collection)
}

/// Sent as `page` along with the preview of what is being typed.
#[derive(Clone, Serialize)]
struct SentPage<'p> {
    revision: &'p str,
    svg: &'p str,
}

#[tauri::command(async)]
pub fn preview(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    collection: Option<RecordId>,
    draft: Option<Value>,
) -> Result<ResumePreview> {
    let app = shell.app()?;
    let typing = draft.is_some();
    let preview = app.preview(collection, draft)?;
    // WebKitGTK reads what a scheme answers in pieces of 8 KiB, each a turn of the main loop: the page in sight goes along.
    if let Some(svg) = app.page(&preview.revision, 0).filter(|_| typing) {
        let _ = window.emit("page", SentPage { revision: &preview.revision, svg: &svg });
    }
    Ok(preview)
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
