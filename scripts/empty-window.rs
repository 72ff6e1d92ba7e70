//! The least a Tauri window can be: what `make bench` compares Cairn's window with.

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = "empty://localhost/".parse()?;
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            // Its one word is marked as Cairn marks its first page (`ui/src/lib/store/useful.ts`): in the task after the frame.
            let page = "<!doctype html><title>Empty</title><main>Nothing</main>\
                <script>requestAnimationFrame(() => setTimeout(() => performance.mark('useful'), 0))</script>";
            Response::builder().header("content-type", "text/html").body(page.as_bytes().to_vec()).unwrap_or_default()
        })
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol(url)).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
