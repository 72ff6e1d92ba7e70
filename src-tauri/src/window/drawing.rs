//! How the web view draws.

use tauri::WebviewWindow;

/// Has the processor draw the window where there is no graphics card. WebKit would emulate one there: every new shape
/// then waits for a shader to be compiled, and the compiler stays in memory.
///
/// # Errors
/// The window has gone.
#[cfg(target_os = "linux")]
pub fn suit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    if has_graphics_card() {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Elsewhere the system's web view decides well by itself.
#[cfg(not(target_os = "linux"))]
pub fn suit(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Whether the kernel offers a device to render with.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.flatten().any(|device| device.file_name().to_string_lossy().starts_with("render"))
}
