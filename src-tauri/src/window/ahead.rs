//! What every first page asks, sent along with the page: the vault is open long before the web view is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, OnceLock, PoisonError};

use cairn_app::{App, Result};
use chrono::Local;
use serde_json::{Value, json};
use tauri::http::{Response, header};

/// What the page is made in; the answers are laid before it.
const PLACE: &str = r#"<div id="app">"#;

/// The answers, on their way from the vault to the page.
pub struct Ahead {
    /// Until the page was first asked for.
    coming: Mutex<Option<Receiver<Answers>>>,
    given: OnceLock<i64>,
}

/// Each answer, under the command and the arguments that would ask for it.
struct Answers {
    /// The vault's [`App::data_version`] before it was asked.
    version: i64,
    to: BTreeMap<String, Value>,
}

impl Ahead {
    /// The answers, and who asks the vault for them once it is open.
    pub fn new() -> (Self, impl FnOnce(&App) + Send + 'static) {
        let (send, coming) = mpsc::sync_channel(1);
        let ask = move |app: &App| {
            if let Ok(answers) = Answers::of(app) {
                let _ = send.send(answers);
            }
        };
        (Ahead { coming: Mutex::new(Some(coming)), given: OnceLock::new() }, ask)
    }

    /// Lays the answers into the page on its way to the window, as data that is no script; `ui/src/lib/api/call.ts` takes
    /// them. Where they are not there yet, or where the page is loaded again, it asks by itself.
    pub fn lay_into(&self, response: &mut Response<Cow<'static, [u8]>>) {
        if response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != "text/html") {
            return;
        }
        let coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(answers) = coming.and_then(|coming| coming.try_recv().ok()) else { return };
        let Ok(page) = std::str::from_utf8(response.body()) else { return };
        // No `<` of the learner's ends the element.
        let data = json!(answers.to).to_string().replace('<', r"\u003c");
        let laid = page.replacen(PLACE, &format!(r#"<script id="ahead" type="application/json">{data}</script>{PLACE}"#), 1);
        *response.body_mut() = Cow::Owned(laid.into_bytes());
        let _ = self.given.set(answers.version);
    }

    /// The vault's [`App::data_version`] before it gave what the page has. What changes from then on is news to the page.
    pub fn given(&self) -> Option<i64> {
        self.given.get().copied()
    }
}

impl Answers {
    fn of(app: &App) -> Result<Self> {
        let version = app.data_version()?;
        let day = Local::now().date_naive();
        let to = BTreeMap::from([
            (question("vault_info", &json!({})), json!(app.vault_info()?)),
            (question("today", &json!({ "day": day })), json!(app.today(day)?)),
        ]);
        Ok(Answers { version, to })
    }
}

fn question(command: &str, arguments: &Value) -> String {
    format!("{command} {arguments}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../ui/index.html");

    fn sent(ahead: &Ahead, kind: &str) -> String {
        let mut response = Response::builder().header(header::CONTENT_TYPE, kind).body(Cow::Borrowed(PAGE.as_bytes())).unwrap();
        ahead.lay_into(&mut response);
        String::from_utf8(response.into_body().into_owned()).unwrap()
    }

    #[test]
    fn the_answers_come_with_the_page_once_and_as_data() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path()).unwrap();
        app.add("evidence".parse().unwrap(), json!({"title": "</script><b>Bold"})).unwrap();
        let (ahead, ask) = Ahead::new();
        ask(&app);
        assert_eq!(sent(&ahead, "text/css"), PAGE);
        let page = sent(&ahead, "text/html");
        let (before, after) = PAGE.split_once(PLACE).unwrap();
        let data = page.strip_prefix(before).unwrap().strip_prefix(r#"<script id="ahead" type="application/json">"#).unwrap();
        let data = data.strip_suffix(after).unwrap().strip_suffix(&format!("</script>{PLACE}")).unwrap();
        assert!(!data.contains('<'), "{data}");
        let answers: BTreeMap<String, Value> = serde_json::from_str(data).unwrap();
        let today = &answers[&format!(r#"today {{"day":"{}"}}"#, Local::now().date_naive())];
        assert!(today.to_string().contains("</script><b>Bold"), "{today}");
        assert_eq!(answers["vault_info {}"]["empty"], false);
        assert_eq!(ahead.given(), Some(app.data_version().unwrap()));

        assert_eq!(sent(&ahead, "text/html"), PAGE);
    }

    #[test]
    fn answers_that_came_too_late_are_given_to_no_later_page() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path()).unwrap();
        let (ahead, ask) = Ahead::new();
        assert_eq!(sent(&ahead, "text/html"), PAGE);
        ask(&app);
        assert_eq!((sent(&ahead, "text/html").as_str(), ahead.given()), (PAGE, None));
    }
}
