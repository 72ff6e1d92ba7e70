//! Brings the page back where the process that draws it has ended: a fault in the web view, or a system without memory.

use tauri::WebviewWindow;

/// Loads the page again whenever its process has ended, at the address where it was. What was saved is in the vault; what was
/// being typed is lost. Where that happens again and again, it says so and ends the program.
///
/// # Errors
/// The window has gone.
#[cfg(target_os = "linux")]
pub fn bring_back(window: &WebviewWindow) -> tauri::Result<()> {
    use std::cell::RefCell;

    use webkit2gtk::WebViewExt;

    let handle = tauri::Manager::app_handle(window).clone();
    let deaths = RefCell::<again::Deaths>::default();
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |view, reason| {
            tracing::error!(?reason, "the process that draws the page ended");
            if deaths.borrow_mut().are_too_many(std::time::Instant::now()) {
                again::give_up(&handle);
            } else {
                view.reload();
            }
        });
    })
}

/// Elsewhere the system's web view does so by itself.
#[cfg(not(target_os = "linux"))]
pub fn bring_back(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod again {
    use std::time::{Duration, Instant};

    use tauri::AppHandle;

    use crate::window::dialogs;

    /// A page that fails as often within this time fails for a reason that loading it again does not mend.
    const WITHIN: Duration = Duration::from_secs(60);
    const TOO_MANY: usize = 3;

    /// When the page's process ended of late.
    #[derive(Default)]
    pub struct Deaths(Vec<Instant>);

    impl Deaths {
        /// Notes one more, and says whether there were too many.
        pub fn are_too_many(&mut self, now: Instant) -> bool {
            self.0.retain(|at| now.duration_since(*at) < WITHIN);
            self.0.push(now);
            self.0.len() >= TOO_MANY
        }
    }

    /// Says why the window closes, and closes it.
    pub fn give_up(handle: &AppHandle) {
        let handle = handle.clone();
        tauri::async_runtime::spawn(async move {
            dialogs::tell_wrong(
                &handle,
                "The page failed three times within a minute, so Cairn closes. What you saved is in the vault, and the command line \
                 works without the window: cairn --help",
            )
            .await;
            handle.exit(1);
        });
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_failures_one_after_the_other_are_too_many() {
            let began = Instant::now();
            let after = |seconds| began + Duration::from_secs(seconds);
            let mut deaths = Deaths::default();
            assert_eq!([0, 30, 70, 85].map(|seconds| deaths.are_too_many(after(seconds))), [false, false, false, true]);
        }
    }
}
