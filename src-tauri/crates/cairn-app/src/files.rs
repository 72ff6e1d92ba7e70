//! Files of evidence: attach, look at, detach.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cairn_domain::{Kind, RecordId};
use cairn_vault::Change as Step;
use cairn_vault::file::{Attached, Incoming, LARGEST_FILE, Staged};
use serde::Serialize;

use crate::records::Change;
use crate::work::Progress;
use crate::{App, AppError, Result};

/// The longest side of a preview, in pixels.
const PREVIEW_SIDE: u32 = 1024;
/// The largest picture a preview is made of, in pixels of a side and in bytes of memory.
const PICTURE_SIDE: u32 = 20_000;
const PICTURE_MEMORY: u64 = 256 << 20;
/// The start of a text file that is shown, in bytes.
pub(crate) const TEXT_SHOWN: u64 = 64 << 10;

/// A file attached to evidence.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct FileInfo {
    /// Its key.
    pub id: RecordId,
    /// SHA-256 of its content, 64 hexadecimal digits.
    pub sha256: String,
    /// Its name, safe to show.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// How it can be looked at within Cairn.
    pub preview: Preview,
}

/// How a file can be looked at within Cairn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Preview {
    /// As a picture.
    Image,
    /// As text.
    Text,
    /// Not at all.
    None,
}

/// The start of a text file.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct FileText {
    /// The text, what is not UTF-8 replaced.
    pub text: String,
    /// Whether the file goes on.
    pub truncated: bool,
}

/// Files on their way in from the window, by token.
#[derive(Debug, Default)]
pub(crate) struct Uploads(Mutex<(u32, HashMap<u32, Upload>)>);

#[derive(Debug)]
struct Upload {
    evidence: RecordId,
    name: String,
    incoming: Incoming,
}

impl Preview {
    /// How a file of this media type is looked at.
    pub(crate) fn of(media_type: &str) -> Preview {
        match media_type {
            "image/png" | "image/jpeg" | "image/gif" | "image/webp" => Preview::Image,
            "application/json" => Preview::Text,
            text if text.starts_with("text/") => Preview::Text,
            _ => Preview::None,
        }
    }
}

impl From<Attached> for FileInfo {
    fn from(file: Attached) -> Self {
        let preview = Preview::of(&file.media_type);
        FileInfo { id: file.id, sha256: file.sha256, name: file.name, media_type: file.media_type, size: file.size, preview }
    }
}

impl App {
    /// Attaches the file at `path` to evidence. The file itself is copied, hashed, and left where it is.
    ///
    /// # Errors
    /// `file-missing`, `not-a-file`, `file-too-large`, `not-found`, `disk-full`, `cancelled`.
    pub fn attach(&self, evidence: RecordId, path: &Path, progress: &mut Progress<'_>) -> Result<Change> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Asked first, so that two gigabytes are not copied for nothing.
        self.vault.read(|reader| reader.get(Kind::Evidence, evidence))?;
        let staged = self.vault.receive_path(path, progress)?;
        self.attach_staged(evidence, staged, &name)
    }

    /// Begins to take in a file that the window holds (dropped or pasted). Returns its token.
    ///
    /// # Errors
    /// `file-too-large`, `not-found`, `vault-read-only`.
    pub fn attach_begin(&self, evidence: RecordId, name: &str, size: u64) -> Result<u32> {
        if size > LARGEST_FILE {
            return Err(cairn_vault::VaultError::TooLarge { name: cairn_domain::text::shown_safely(name), most: LARGEST_FILE }.into());
        }
        self.vault.read(|reader| reader.get(Kind::Evidence, evidence))?;
        let incoming = self.vault.receive(name)?;
        Ok(self.uploads.insert(Upload { evidence, name: name.to_owned(), incoming }))
    }

    /// Takes in the next piece of a file. A piece that fails ends the upload.
    ///
    /// # Errors
    /// `no-such-upload`, `file-too-large`, `disk-full`.
    pub fn attach_chunk(&self, token: u32, piece: &[u8]) -> Result<()> {
        let mut upload = self.uploads.take(token)?;
        upload.incoming.write(piece)?;
        self.uploads.put_back(token, upload);
        Ok(())
    }

    /// Attaches a file that has come in whole.
    ///
    /// # Errors
    /// `no-such-upload`, and as [`App::attach`].
    pub fn attach_end(&self, token: u32) -> Result<Change> {
        let upload = self.uploads.take(token)?;
        let staged = upload.incoming.finish()?;
        self.attach_staged(upload.evidence, staged, &upload.name)
    }

    /// Forgets a file that was coming in.
    pub fn attach_abort(&self, token: u32) {
        let _ = self.uploads.take(token);
    }

    fn attach_staged(&self, evidence: RecordId, staged: Staged, name: &str) -> Result<Change> {
        let media_type = media_type(name, &staged.head);
        let changed = self.vault.attach(evidence, staged, name, media_type)?;
        let step = Step::of("attach", Kind::Evidence, evidence, changed.value.name.clone());
        Ok(Change::from(step, &changed))
    }

    /// Takes a file from its evidence; undo brings it back.
    ///
    /// # Errors
    /// `no-such-file`.
    pub fn detach(&self, file: RecordId) -> Result<Change> {
        let changed = self.vault.detach(file)?;
        let step = Step::of("detach", Kind::Evidence, changed.value.evidence, changed.value.name.clone());
        Ok(Change::from(step, &changed))
    }

    /// A copy of an attached file under its own name in a fresh temporary folder, for another program to open. The
    /// vault's own file stays out of that program's reach.
    ///
    /// # Errors
    /// `no-such-file`, `file-failed`.
    pub fn copy_to_open(&self, file: RecordId) -> Result<PathBuf> {
        let folder = std::env::temp_dir().join(format!("cairn-open-{}", uuid::Uuid::now_v7()));
        fs::create_dir(&folder).map_err(|error| failed("create", &folder, &error))?;
        let info = self.vault.read(|reader| reader.file(file))?;
        let to = folder.join(safe_name(&info.name));
        self.save_file(file, &to)?;
        Ok(to)
    }

    /// Writes a copy of an attached file to `to`.
    ///
    /// # Errors
    /// `no-such-file`, `file-failed`, `disk-full`.
    pub fn save_file(&self, file: RecordId, to: &Path) -> Result<()> {
        let info = self.vault.read(|reader| reader.file(file))?;
        let from = self.vault.folder().file(&info.sha256);
        fs::copy(&from, to).map(drop).map_err(|error| {
            let _ = fs::remove_file(to);
            failed("write", to, &error)
        })
    }

    /// What a file is called, for asking whether to open it.
    ///
    /// # Errors
    /// `no-such-file`.
    pub fn file(&self, file: RecordId) -> Result<FileInfo> {
        Ok(self.vault.read(|reader| reader.file(file))?.into())
    }

    /// The start of a text file.
    ///
    /// # Errors
    /// `no-such-file`, `no-preview`, `file-failed`.
    pub fn file_text(&self, file: RecordId) -> Result<FileText> {
        let info = self.file(file)?;
        if info.preview != Preview::Text {
            return Err(no_preview());
        }
        let path = self.vault.folder().file(&info.sha256);
        let mut bytes = Vec::new();
        File::open(&path).and_then(|file| file.take(TEXT_SHOWN).read_to_end(&mut bytes)).map_err(|error| failed("read", &path, &error))?;
        Ok(start_of_text(&bytes, info.size > TEXT_SHOWN))
    }

    /// A picture of an attached image or of a received credential, decoded and encoded anew as PNG, at most 1024 pixels a side. Nothing of the
    /// file's own bytes reaches the window.
    ///
    /// # Errors
    /// `no-such-file`, `no-preview`.
    pub fn file_preview(&self, sha256: &str) -> Result<Vec<u8>> {
        if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(no_preview());
        }
        // The picture of a received credential was found to be one when it came.
        let received = self.vault.read(|reader| reader.is_held_picture(sha256))?;
        if !received && FileInfo::from(self.vault.read(|reader| reader.file_by_hash(sha256))?).preview != Preview::Image {
            return Err(no_preview());
        }
        let path = self.vault.folder().file(sha256);
        raster(File::open(&path).map(BufReader::new).map_err(|error| failed("read", &path, &error))?)
    }
}

/// A picture, decoded and encoded anew as PNG, at most 1024 pixels a side.
pub(crate) fn raster(source: impl BufRead + Seek) -> Result<Vec<u8>> {
    let mut reader = image::ImageReader::new(source).with_guessed_format().map_err(|_| no_preview())?;
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(PICTURE_SIDE), Some(PICTURE_SIDE), Some(PICTURE_MEMORY));
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| no_preview())?;
    let picture =
        if picture.width().max(picture.height()) > PREVIEW_SIDE { picture.thumbnail(PREVIEW_SIDE, PREVIEW_SIDE) } else { picture };
    let mut png = Cursor::new(Vec::new());
    picture.to_rgba8().write_to(&mut png, image::ImageFormat::Png).map_err(|_| no_preview())?;
    Ok(png.into_inner())
}

/// A text from its first bytes; what is not UTF-8 is replaced.
pub(crate) fn start_of_text(bytes: &[u8], truncated: bool) -> FileText {
    let text = String::from_utf8_lossy(bytes);
    // A character cut in two at the end is not a fault of the file.
    let text = if truncated { text.trim_end_matches('\u{fffd}') } else { &text };
    FileText { text: text.to_owned(), truncated }
}

impl Uploads {
    fn insert(&self, upload: Upload) -> u32 {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.0 = held.0.wrapping_add(1);
        let token = held.0;
        held.1.insert(token, upload);
        token
    }

    fn take(&self, token: u32) -> Result<Upload> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.1.remove(&token).ok_or_else(|| AppError::new("no-such-upload", "This file is no longer coming in. Add it again."))
    }

    fn put_back(&self, token: u32, upload: Upload) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.insert(token, upload);
    }
}

/// What a file is: by its first bytes where they tell (magic numbers), as text where it is UTF-8, by no means by its
/// name alone. The name only tells kinds of text apart.
pub(crate) fn media_type(name: &str, head: &[u8]) -> &'static str {
    if let Some(known) = infer::get(head).map(|found| found.mime_type()).filter(|mime| !mime.starts_with("text/")) {
        return known;
    }
    let is_text = !head.contains(&0)
        && match std::str::from_utf8(head) {
            Ok(_) => true,
            // The head may end within a character.
            Err(error) => error.error_len().is_none() && head.len() - error.valid_up_to() < 4 && error.valid_up_to() > 0,
        };
    if !is_text {
        return "application/octet-stream";
    }
    match Path::new(name).extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase().as_str() {
        "md" | "markdown" => "text/markdown",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "json" | "ipynb" => "application/json",
        "ics" => "text/calendar",
        _ => "text/plain",
    }
}

/// `name` without what a file system or a shell could take for more than a name.
pub(crate) fn safe_name(name: &str) -> String {
    let safe: String =
        name.chars()
            .map(|c| {
                if c.is_control() || c == '\u{fffd}' || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c }
            })
            .take(120)
            .collect();
    let safe = safe.trim_matches(['.', ' ']).to_owned();
    if safe.is_empty() { "file".into() } else { safe }
}

/// An error of the file system on a path outside the vault.
pub(crate) fn failed(doing: &'static str, path: &Path, error: &std::io::Error) -> AppError {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return cairn_vault::VaultError::DiskFull.into();
    }
    if error.kind() == std::io::ErrorKind::NotFound && doing == "read" {
        return cairn_vault::VaultError::Missing(path.to_owned()).into();
    }
    AppError::new("file-failed", format!("Could not {doing} {}: {error}.", path.display()))
        .with("doing", doing)
        .with("path", path.display().to_string())
        .with("detail", error.to_string())
}

pub(crate) fn no_preview() -> AppError {
    AppError::new("no-preview", "This file cannot be shown within Cairn.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(media_type("photo.txt", b"\x89PNG\r\n\x1a\n0000"), "image/png");
        assert_eq!(media_type("a.png", b"hello"), "text/plain");
        assert_eq!(media_type("a.md", "# Grüße".as_bytes()), "text/markdown");
        assert_eq!(media_type("a.txt", b"\0\x01"), "application/octet-stream");
        assert_eq!(media_type("a.svg", b"<svg onload='x'/>"), "text/plain");
    }

    #[test]
    fn a_name_to_open_under_is_only_a_name() {
        assert_eq!(safe_name("../a:b|c\u{fffd}.pdf"), "_a_b_c_.pdf");
        assert_eq!(safe_name("..."), "file");
    }
}
