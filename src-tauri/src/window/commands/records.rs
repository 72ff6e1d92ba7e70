//! Records, search and history.

use cairn_app::finding::{ListPage, ListQuery, SearchHit};
use cairn_app::history::{HistoryPage, Retraced};
use cairn_app::records::{Change, Hanging, RecordPage};
use cairn_app::{Kind, RecordId, Result};
use serde_json::Value;
use tauri::{AppHandle, State};

use crate::window::shell::{Shell, told};

#[tauri::command(async)]
pub fn list(shell: State<'_, Shell>, kind: Kind, query: ListQuery) -> Result<ListPage> {
    shell.app()?.list(kind, query)
}

#[tauri::command(async)]
pub fn show(shell: State<'_, Shell>, kind: Kind, id: RecordId) -> Result<RecordPage> {
    shell.app()?.show(kind, id)
}

#[tauri::command(async)]
pub fn single(shell: State<'_, Shell>, kind: Kind) -> Result<RecordPage> {
    shell.app()?.single(kind)
}

#[tauri::command(async)]
pub fn edit_single(handle: AppHandle, shell: State<'_, Shell>, kind: Kind, patch: Value) -> Result<Change> {
    Ok(told(&handle, shell.app()?.edit_single(kind, patch)?))
}

#[tauri::command(async)]
pub fn add(handle: AppHandle, shell: State<'_, Shell>, kind: Kind, fields: Value) -> Result<Change> {
    Ok(told(&handle, shell.app()?.add(kind, fields)?))
}

#[tauri::command(async)]
pub fn edit(handle: AppHandle, shell: State<'_, Shell>, kind: Kind, id: RecordId, patch: Value) -> Result<Change> {
    Ok(told(&handle, shell.app()?.type_in(kind, id, patch)?))
}

#[tauri::command(async)]
pub fn remove(handle: AppHandle, shell: State<'_, Shell>, kind: Kind, id: RecordId) -> Result<Change> {
    Ok(told(&handle, shell.app()?.remove(kind, id)?))
}

#[tauri::command(async)]
pub fn hanging(shell: State<'_, Shell>, kind: Kind, id: RecordId) -> Result<Vec<Hanging>> {
    shell.app()?.hanging(kind, id)
}

#[tauri::command(async)]
pub fn move_record(handle: AppHandle, shell: State<'_, Shell>, kind: Kind, id: RecordId, before: Option<RecordId>) -> Result<Change> {
    Ok(told(&handle, shell.app()?.move_record(kind, id, before)?))
}

#[tauri::command(async)]
pub fn search(shell: State<'_, Shell>, words: String, limit: u32) -> Result<Vec<SearchHit>> {
    shell.app()?.search(&words, limit)
}

#[tauri::command(async)]
pub fn undo(handle: AppHandle, shell: State<'_, Shell>, only: Option<i64>) -> Result<Option<Retraced>> {
    Ok(shell.app()?.undo(only)?.map(|step| retraced(&handle, step)))
}

#[tauri::command(async)]
pub fn redo(handle: AppHandle, shell: State<'_, Shell>) -> Result<Option<Retraced>> {
    Ok(shell.app()?.redo()?.map(|step| retraced(&handle, step)))
}

#[tauri::command(async)]
pub fn history(shell: State<'_, Shell>, of: Option<RecordId>, offset: u32, limit: u32) -> Result<HistoryPage> {
    shell.app()?.history(of, offset, limit)
}

/// Tells the window of a step that was gone back or forward over, and hands it on.
fn retraced(handle: &AppHandle, Retraced { change, step }: Retraced) -> Retraced {
    Retraced { change: told(handle, change), step }
}
