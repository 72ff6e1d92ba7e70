//! Files of evidence.

use cairn_app::files::FileText;
use cairn_app::records::Change;
use cairn_app::{AppError, RecordId, Result};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, State};

use super::{Outcome, with_each};
use crate::window::dialogs;
use crate::window::shell::{Shell, told};

#[tauri::command]
pub async fn attach_pick(handle: AppHandle, shell: State<'_, Shell>, evidence: RecordId) -> Result<Vec<Outcome<u32>>> {
    let app = shell.app()?;
    let files = dialogs::open_files(&handle, "Attach files").await;
    Ok(with_each(&files, |path| shell.work(&handle, "attach", |progress| app.attach_path(evidence, path, progress))))
}

#[tauri::command(async)]
pub fn attach_begin(shell: State<'_, Shell>, evidence: RecordId, name: String, size: u64) -> Result<u32> {
    shell.app()?.attach_begin(evidence, &name, size)
}

/// The next piece of a file: raw bytes, with the token in a header of that name.
#[tauri::command(async)]
pub fn attach_chunk(shell: State<'_, Shell>, request: Request<'_>) -> Result<()> {
    let token = header(&request, "token").and_then(|token| token.parse().ok());
    match (token, request.body()) {
        (Some(token), InvokeBody::Raw(piece)) => shell.app()?.attach_chunk(token, piece),
        _ => Err(AppError::new("no-such-upload", "This file is no longer coming in. Add it again.")),
    }
}

#[tauri::command(async)]
pub fn attach_end(shell: State<'_, Shell>, token: u32) -> Result<()> {
    shell.app()?.attach_end(token)
}

/// Attaches what has come in, in one step.
#[tauri::command(async)]
pub fn attach_all(handle: AppHandle, shell: State<'_, Shell>, evidence: RecordId, tokens: Vec<u32>) -> Result<Change> {
    Ok(told(&handle, shell.app()?.attach_all(evidence, &tokens)?))
}

#[tauri::command(async)]
pub fn attach_abort(shell: State<'_, Shell>, token: u32) -> Result<()> {
    shell.app()?.attach_abort(token);
    Ok(())
}

#[tauri::command(async)]
pub fn detach(handle: AppHandle, shell: State<'_, Shell>, file: RecordId) -> Result<Change> {
    Ok(told(&handle, shell.app()?.detach(file)?))
}

/// Opens a copy of a file with the system's program for it. The window has asked the learner before.
#[tauri::command(async)]
pub fn open_file(shell: State<'_, Shell>, file: RecordId) -> Result<()> {
    let path = shell.app()?.copy_to_open(file)?;
    open::that_detached(&path).map_err(|error| AppError::new("cannot-open", format!("No program opened this file: {error}.")))
}

#[tauri::command]
pub async fn save_file_as(handle: AppHandle, shell: State<'_, Shell>, file: RecordId) -> Result<Option<String>> {
    let app = shell.app()?;
    let name = app.file(file)?.name;
    let Some(to) = dialogs::save_file(&handle, "Save a copy", &name).await else { return Ok(None) };
    app.save_file(file, &to)?;
    Ok(Some(to.display().to_string()))
}

#[tauri::command(async)]
pub fn file_text(shell: State<'_, Shell>, file: RecordId) -> Result<FileText> {
    shell.app()?.file_text(file)
}

/// The bytes of a request's body with the file name in its header, percent-encoded as headers are ASCII.
pub fn named_bytes<'r>(request: &'r Request<'_>) -> Result<(String, &'r [u8])> {
    match (header(request, "name"), request.body()) {
        (Some(name), InvokeBody::Raw(bytes)) => Ok((percent_decoded(name), bytes)),
        _ => Err(AppError::new("no-such-upload", "This file did not come in whole. Add it again.")),
    }
}

fn header<'r>(request: &'r Request<'_>, name: &str) -> Option<&'r str> {
    request.headers().get(name)?.to_str().ok()
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
