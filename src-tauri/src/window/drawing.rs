//! How the web view draws.

use tauri::WebviewWindow;

/// Has the processor draw the window where there is no graphics card: WebKit would emulate one there, and every new shape
/// then waits for a shader to be compiled, and the compiler stays in memory. Nothing is drawn before [`reveal`].
///
/// # Errors
/// The window has gone.
#[cfg(target_os = "linux")]
pub fn suit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::glib::prelude::ObjectExt;
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    window.with_webview(|view| {
        let view = view.inner();
        if let Some(settings) = view.settings().filter(|_| !has_graphics_card()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
        // A page that is still loading is a white sheet, and drawing that holds up what it waits for.
        view.set_property("visible", false);
    })
}

/// Draws the page, now that it has loaded, and gives it the keys.
///
/// # Errors
/// The window has gone.
#[cfg(target_os = "linux")]
pub fn reveal(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::glib::prelude::ObjectExt;

    window.with_webview(|view| {
        let view = view.inner();
        if !view.property::<bool>("visible") {
            view.set_property("visible", true);
            view.set_property("has-focus", true);
        }
    })
}

/// Elsewhere the system's web view decides well by itself.
#[cfg(not(target_os = "linux"))]
pub fn suit(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Elsewhere a page is drawn from the first.
#[cfg(not(target_os = "linux"))]
pub fn reveal(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Whether the kernel offers a device to render with.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("render"))
}
