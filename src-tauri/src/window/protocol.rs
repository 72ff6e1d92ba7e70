//! `cairn://`: pictures for the window, made by Cairn: re-encoded previews of files, and pages of documents.

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder};

use super::shell::Shell;

/// Answers `/preview/<sha256>`, `/packet/<number>/<sha256>` and `/page/<revision>/<index>.svg`, off the main thread.
pub fn answer<R: tauri::Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let handle = context.app_handle().clone();
    std::thread::spawn(move || {
        let path = request.uri().path().trim_start_matches('/').to_owned();
        let found = picture(&handle.state::<Shell>(), &path);
        let response = match found {
            Some((kind, bytes)) => Response::builder()
                .header(header::CONTENT_TYPE, kind)
                .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
                .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                // Named by their content, these never change.
                .header(header::CACHE_CONTROL, "max-age=3600, immutable")
                .body(bytes),
            None => Response::builder().status(StatusCode::NOT_FOUND).body(Vec::new()),
        };
        if let Ok(response) = response {
            responder.respond(response);
        }
    });
}

fn picture(shell: &Shell, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let mut parts = path.split('/');
    let found = match (parts.next()?, parts.next()?, parts.next()) {
        ("preview", sha256, None) => ("image/png", shell.app().ok()?.file_preview(sha256).ok()?),
        ("packet", packet, Some(sha256)) => ("image/png", shell.packets().picture(packet.parse().ok()?, sha256).ok()?),
        ("page", revision, Some(page)) => {
            let index = page.strip_suffix(".svg")?.parse().ok()?;
            ("image/svg+xml", shell.app().ok()?.page(revision, index)?.as_bytes().to_vec())
        }
        _ => return None,
    };
    parts.next().is_none().then_some(found)
}
