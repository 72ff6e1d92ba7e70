//! Errors as they cross to the window and the command line: a code, parameters, and a sentence in English.

use cairn_domain::check::{Problem, Problems};
use cairn_vault::VaultError;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Something that could not be done.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct AppError {
    /// What went wrong, in kebab case; the window words it.
    pub code: &'static str,
    /// With what: names, paths, numbers.
    #[ts(type = "Record<string, unknown>")]
    pub params: Map<String, Value>,
    /// The fields of a record that broke a rule.
    pub problems: Vec<Problem>,
    /// The sentence the command line prints.
    pub message: String,
}

impl AppError {
    /// An error with the code and the English sentence.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        AppError { code, params: Map::new(), problems: Vec::new(), message: in_words(message.into()) }
    }

    /// Adds a parameter.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = match value.into() {
            Value::String(text) if name == "detail" => in_words(text).into(),
            other => other,
        };
        self.params.insert(name.to_owned(), value);
        self
    }
}

/// What an error says without the number that Rust adds to the system's words: "Is a directory (os error 21)".
fn in_words(mut said: String) -> String {
    const OPENS: &str = " (os error ";
    if let Some(at) = said.find(OPENS) {
        let rest = &said[at + OPENS.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && rest[digits..].starts_with(')') {
            said.replace_range(at..at + OPENS.len() + digits + 1, "");
        }
    }
    said
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

impl From<Problems> for AppError {
    fn from(problems: Problems) -> Self {
        AppError {
            problems: problems.0.clone(),
            ..AppError::new("record-invalid", format!("The record cannot be kept as it is: {problems}."))
        }
    }
}

impl From<VaultError> for AppError {
    fn from(error: VaultError) -> Self {
        let told = error.to_string();
        match error {
            VaultError::NotFound { kind, id } => AppError::new("not-found", format!("There is no {kind} with the id {id}."))
                .with("kind", kind.name())
                .with("id", id.to_string()),
            VaultError::LinkTarget { field, id, wanted } => {
                AppError::new("link-target", format!("/{field} names {id}, which is not a {wanted} in this vault."))
                    .with("field", field)
                    .with("id", id)
                    .with("wanted", wanted)
            }
            VaultError::NotHeld(id) => AppError::new("not-held", format!("There is no received credential {id}.")).with("id", id.to_string()),
            VaultError::NoSuchFile(id) => AppError::new("no-such-file", format!("There is no attached file {id}.")).with("id", id),
            VaultError::Missing(path) => {
                AppError::new("file-missing", format!("{} does not exist.", path.display())).with("path", path.display().to_string())
            }
            VaultError::NotAFile(path) => {
                AppError::new("not-a-file", format!("{} is a folder, a device or a pipe, not a file. Name a file.", path.display()))
                    .with("path", path.display().to_string())
            }
            VaultError::TooLarge { name, most } => {
                AppError::new("file-too-large", format!("{name} is larger than {} GiB, the most a vault keeps. Link to it instead.", most >> 30))
                    .with("name", name)
                    .with("most", most)
            }
            VaultError::NotAFolder(path) => AppError::new(
                "vault-not-a-folder",
                format!("{} is not a folder, so it cannot be a vault. Name a folder with --vault or CAIRN_VAULT.", path.display()),
            )
            .with("path", path.display().to_string()),
            VaultError::NoAccess { path, source } => AppError::new(
                "vault-no-access",
                format!("{} cannot be used as a vault: {source}. Change who may use it, or name another folder with --vault or CAIRN_VAULT.", path.display()),
            )
            .with("path", path.display().to_string())
            .with("detail", source.to_string()),
            VaultError::Exists(path) => AppError::new(
                "file-exists",
                format!("{} is there already, and a backup never takes the place of another file. Name another one, or a folder.", path.display()),
            )
            .with("path", path.display().to_string()),
            VaultError::Elsewhere { path, source } => crate::documents::write::failed(&path, &source),
            VaultError::ReadOnly => {
                AppError::new("vault-read-only", "The vault cannot be written: its folder or disk is read-only. Nothing was changed.")
            }
            VaultError::DiskFull => AppError::new("disk-full", "The disk is full. Nothing was changed; free some space and try again."),
            VaultError::Busy => AppError::new("vault-busy", "Another program keeps the vault locked. Nothing was changed; try again in a moment."),
            VaultError::Newer { needed, known } => AppError::new(
                "vault-newer",
                format!("This vault was made by a newer Cairn (schema {needed}, this one knows {known}). It was left untouched; update Cairn to open it."),
            )
            .with("needed", needed)
            .with("known", known),
            VaultError::Damaged { detail, backup } => {
                let next = match &backup {
                    Some(path) => format!("The newest good backup is {}; bring it back with: cairn restore \"{0}\"", path.display()),
                    None => "There is no good backup in the vault; bring one back from elsewhere with: cairn restore FILE".to_owned(),
                };
                AppError::new("vault-damaged", format!("The vault's database is damaged ({detail}). It was left untouched. {next}"))
                    .with("detail", detail)
                    .with("backup", json!(backup.map(|path| path.display().to_string())))
            }
            VaultError::NotABackup { path, detail } => {
                AppError::new("not-a-backup", format!("{} cannot be restored: {detail}. Nothing was changed.", path.display()))
                    .with("path", path.display().to_string())
                    .with("detail", detail)
            }
            VaultError::HistoryConflict => {
                AppError::new("history-conflict", "This step no longer fits the vault, because it was changed elsewhere since. Nothing was changed.")
            }
            VaultError::NotTheLastStep => AppError::new("not-the-last-step", "Something else was changed since. Nothing was undone."),
            VaultError::Cancelled => AppError::new("cancelled", "Cancelled. Nothing was changed."),
            VaultError::Io { doing, path, source } => {
                AppError::new("file-failed", format!("Could not {doing} {}: {source}.", path.display()))
                    .with("doing", doing)
                    .with("path", path.display().to_string())
                    .with("detail", source.to_string())
            }
            VaultError::Row { .. } | VaultError::Sqlite(_) => {
                AppError::new("vault-failed", format!("The vault could not do this: {told}.")).with("detail", told)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_words_come_without_their_number() {
        let error = std::io::Error::from_raw_os_error(21);
        let said = AppError::new("file-failed", format!("Could not read x: {error}.")).with("detail", error.to_string());
        assert!(error.to_string().ends_with("(os error 21)"), "{error}");
        assert_eq!(said.message, "Could not read x: Is a directory.");
        assert_eq!(said.params["detail"], "Is a directory");
        assert_eq!(AppError::new("file-failed", "about (os error x) and (os error 7").message, "about (os error x) and (os error 7");
    }
}
