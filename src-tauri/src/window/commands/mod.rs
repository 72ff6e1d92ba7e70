//! The commands of the window: each parses, calls one function of `cairn-app`, and returns its result. Each is granted
//! by name in `capabilities/main.json`; `build.rs` reads their names here to declare them.

mod documents;
mod files;
mod issuing;
mod models;
mod packets;
mod records;
mod vault;
mod wallet;

use std::path::PathBuf;

use cairn_app::AppError;
use serde::Serialize;
use tauri::Wry;
use tauri::ipc::Invoke;

/// What became of one of several files: one that fails does not lose what became of the others.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome<T> {
    /// What came of it.
    Done(T),
    /// Why nothing did.
    Failed(AppError),
}

/// Does the same with each of several files. Cancelling one ends them all.
fn with_each<T>(files: &[PathBuf], mut work: impl FnMut(&PathBuf) -> Result<T, AppError>) -> Vec<Outcome<T>> {
    let mut outcomes = Vec::with_capacity(files.len());
    for file in files {
        match work(file) {
            Ok(done) => outcomes.push(Outcome::Done(done)),
            Err(error) => {
                let cancelled = error.code == "cancelled";
                outcomes.push(Outcome::Failed(error));
                if cancelled {
                    break;
                }
            }
        }
    }
    outcomes
}

/// Every command.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        records::list,
        records::show,
        records::single,
        records::edit_single,
        records::add,
        records::edit,
        records::remove,
        records::hanging,
        records::move_record,
        records::search,
        records::undo,
        records::redo,
        records::history,
        files::attach_pick,
        files::attach_begin,
        files::attach_chunk,
        files::attach_end,
        files::attach_all,
        files::attach_abort,
        files::detach,
        files::open_file,
        files::save_file_as,
        files::file_text,
        models::today,
        models::money,
        models::week,
        models::skill_backing,
        documents::outline,
        documents::preview,
        documents::linkedin,
        documents::document_text,
        documents::export_document,
        packets::verify_pick,
        packets::verify_bytes,
        packets::packet,
        packets::packet_credential,
        packets::packet_text,
        packets::packet_save,
        packets::packet_close,
        issuing::export_claim,
        issuing::endorsement_request,
        issuing::request_pick,
        issuing::endorse,
        wallet::held_of,
        wallet::held,
        wallet::held_overview,
        wallet::held_standings,
        wallet::held_save_as,
        wallet::held_remove,
        wallet::verdict_history,
        wallet::check,
        wallet::refresh_hosts,
        wallet::refresh,
        wallet::letter,
        wallet::sources,
        vault::open_url,
        vault::import_pick,
        vault::import_bytes,
        vault::sample_fill,
        vault::sample_remove,
        vault::vault_info,
        vault::signing_key,
        vault::key_rotate,
        vault::key_export_recovery,
        vault::key_import_recovery,
        vault::backup_now,
        vault::backup_to,
        vault::restore,
        vault::restore_pick,
        vault::recover,
        vault::doctor,
        vault::cancel,
        vault::closed,
        vault::stay,
    ]
}
