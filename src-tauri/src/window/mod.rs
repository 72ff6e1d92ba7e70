//! The window: a vault, the UI that is built into the program, and the commands between them.

mod ahead;
mod commands;
mod dialogs;
mod drawing;
mod page;
mod protocol;
mod shell;
mod single;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use cairn_app::files;
use tauri::webview::PageLoadEvent;
use tauri::{Emitter, Manager, WebviewUrl, WebviewWindowBuilder};

use ahead::Ahead;
use shell::Shell;

/// How soon a window goes whose page is still saving.
const SEEN_TO_CLOSE: Duration = Duration::from_millis(300);
/// How long a page that is being closed may take to save. An edit takes a few milliseconds, but it waits its turn behind an
/// import; a page that does not answer at all is not waited for longer.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// Threads for what the page asks, at least: a command holds its own until it is done, and on two cores an import and a
/// refresh would keep everything else waiting.
const FEWEST_WORKERS: usize = 8;

/// Opens the window on `vault`, or raises the one that has it open already.
pub fn run(vault: PathBuf) -> ExitCode {
    if no_display() {
        eprintln!("There is no display to open a window on. The command line works without one: cairn --help");
        return ExitCode::FAILURE;
    }
    let only = match single::claim(&vault) {
        single::Claim::First(lock) => lock,
        single::Claim::Raised => {
            eprintln!("Cairn has this vault open already; its window was raised.");
            return ExitCode::SUCCESS;
        }
    };
    // The vault is opened beside all that follows.
    let (ahead, ask) = Ahead::new();
    let shell = Shell::open(vault.clone(), ask);
    crate::logs::start(&vault);
    // What a process left that did not end in order.
    std::thread::spawn(files::sweep_opened);
    let workers = std::thread::available_parallelism().map_or(FEWEST_WORKERS, |cores| cores.get().max(FEWEST_WORKERS));
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            return ExitCode::FAILURE;
        }
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let started = tauri::Builder::default()
        .manage(shell)
        .invoke_handler(commands::handler())
        .register_asynchronous_uri_scheme_protocol("cairn", protocol::answer)
        .setup(move |app| {
            let ahead = Arc::new(ahead);
            let laid = Arc::clone(&ahead);
            let (loaded, page) = mpsc::sync_channel(1);
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .on_web_resource_request(move |_, response| ahead.lay_into(response))
                .on_page_load(move |window, load| {
                    if load.event() == PageLoadEvent::Finished {
                        let _ = drawing::reveal(&window);
                        let _ = loaded.try_send(laid.given());
                    }
                })
                .title("Cairn")
                .inner_size(1280.0, 800.0)
                .min_inner_size(720.0, 480.0)
                // Files dropped on the page arrive there as what they are, without their paths.
                .disable_drag_drop_handler()
                // Nothing but Cairn's own pages is ever shown in this window.
                .on_navigation(|url| matches!(url.scheme(), "tauri" | "about") || url.host_str() == Some("tauri.localhost"))
                .build()?;
            drawing::suit(&window)?;
            page::bring_back(&window)?;
            watch::start(app.handle().clone(), page);
            Ok(())
        })
        .on_window_event(let_the_page_finish)
        .build(tauri::generate_context!());
    let code = match started {
        Ok(app) => {
            app.run(|handle, event| {
                if let tauri::RunEvent::Exit = event {
                    handle.state::<Shell>().close();
                    files::sweep_opened();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            ExitCode::FAILURE
        }
    };
    drop(only);
    code
}

/// Lets the page of a window that is being closed save what was typed last: it answers by [`commands`]' `closed`, or by `stay`
/// where something cannot be kept.
fn let_the_page_finish(window: &tauri::Window, event: &tauri::WindowEvent) {
    let tauri::WindowEvent::CloseRequested { api, .. } = event else { return };
    api.prevent_close();
    let asked = window.state::<Shell>().begin_to_close();
    let _ = window.emit("closing", ());
    let window = window.clone();
    std::thread::spawn(move || {
        let unanswered = || window.state::<Shell>().is_closing(asked);
        std::thread::sleep(SEEN_TO_CLOSE);
        if unanswered() {
            let _ = window.hide();
        }
        std::thread::sleep(LAST_WORDS);
        // The program ends with its only window. Asking it to end, not the window to go, works from any thread.
        if unanswered() {
            window.app_handle().exit(0);
        }
    });
}

/// Whether a graphical Linux session is missing.
fn no_display() -> bool {
    cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty()))
}
