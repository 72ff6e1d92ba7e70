//! The system's own dialogs. The window never learns or names a path that was not chosen in one of them.
//!
//! A program that drives the window cannot drive these, so a test may answer in advance: `CAIRN_DIALOG_ANSWERS` names a
//! file with one path a line, each used once; an empty line cancels.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};
use tokio::sync::oneshot;

/// Asks for files to open.
pub async fn open_files(handle: &AppHandle, title: &str) -> Vec<PathBuf> {
    if let Some(answer) = prepared() {
        return answer.into_iter().collect();
    }
    let dialog = dialog(handle, title);
    let picked = ask(handle, move || async move { dialog.pick_files().await }).await.unwrap_or_default();
    picked.into_iter().map(|file| file.path().to_owned()).collect()
}

/// Asks where to save a file that should be called `name`.
pub async fn save_file(handle: &AppHandle, title: &str, name: &str) -> Option<PathBuf> {
    if let Some(answer) = prepared() {
        return answer.map(|path| if path.is_dir() { path.join(name) } else { path });
    }
    let dialog = dialog(handle, title).set_file_name(name);
    ask(handle, move || async move { dialog.save_file().await }).await.map(|file| file.path().to_owned())
}

/// Asks for a folder.
pub async fn pick_folder(handle: &AppHandle, title: &str) -> Option<PathBuf> {
    if let Some(answer) = prepared() {
        return answer;
    }
    let dialog = dialog(handle, title);
    ask(handle, move || async move { dialog.pick_folder().await }).await.map(|file| file.path().to_owned())
}

/// Says what went wrong where no page can, and returns once it was read.
pub async fn tell_wrong(handle: &AppHandle, words: &str) {
    let dialog = rfd::AsyncMessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Cairn").set_description(words);
    let dialog = match handle.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    };
    ask(handle, move || async move { Some(dialog.show().await) }).await;
}

fn dialog(handle: &AppHandle, title: &str) -> rfd::AsyncFileDialog {
    let dialog = rfd::AsyncFileDialog::new().set_title(title);
    match handle.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// Dialogs begin on the main thread, which owns the toolkit, and are waited for elsewhere.
async fn ask<T, F>(handle: &AppHandle, begin: impl FnOnce() -> F + Send + 'static) -> Option<T>
where
    T: Send + 'static,
    F: Future<Output = Option<T>> + Send + 'static,
{
    let (told, answer) = oneshot::channel();
    let begun = handle.run_on_main_thread(move || {
        let asked = begin();
        tauri::async_runtime::spawn(async move {
            let _ = told.send(asked.await);
        });
    });
    begun.ok()?;
    answer.await.ok().flatten()
}

/// The next answer given in advance, where there are any.
fn prepared() -> Option<Option<PathBuf>> {
    let file = std::env::var_os("CAIRN_DIALOG_ANSWERS")?;
    Some(next_answer(Path::new(&file)))
}

fn next_answer(file: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(file).ok()?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    std::fs::write(file, rest).ok()?;
    (!first.trim().is_empty()).then(|| PathBuf::from(first.trim()))
}
