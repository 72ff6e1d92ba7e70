//! Files of evidence: attach, look at, detach.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cairn_domain::text::{base_name, shown_safely};
use cairn_domain::{Kind, RecordId};
use cairn_vault::Change as Step;
use cairn_vault::file::{Arrived, Attached, Incoming, LARGEST_FILE, Staged};
use serde::Serialize;

use crate::documents::name::safe_name;
use crate::documents::write::{self, whole};
use crate::records::{Change, named_together};
use crate::work::Progress;
use crate::{App, AppError, Result};

/// The longest side of a preview, in pixels.
const PREVIEW_SIDE: u32 = 1024;
/// The largest picture a preview is made of, in pixels of a side and in bytes of memory.
const PICTURE_SIDE: u32 = 20_000;
const PICTURE_MEMORY: u64 = 256 << 20;
/// The start of a text file that is shown, in bytes.
pub(crate) const TEXT_SHOWN: u64 = 64 << 10;
/// How the folders with copies for other programs begin, among the system's temporary ones.
const OPENED: &str = "cairn-open-";

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
    stage: Stage,
}

/// How far a file is.
#[derive(Debug)]
enum Stage {
    Coming(Incoming),
    Whole(Staged),
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
    /// Attaches the files at `paths` to evidence in one step: all, or none. They are copied, hashed, and left where they are.
    ///
    /// # Errors
    /// `file-missing`, `not-a-file`, `file-too-large`, `not-found`, `disk-full`, `cancelled`.
    pub fn attach(&self, evidence: RecordId, paths: &[PathBuf], progress: &mut Progress<'_>) -> Result<Change> {
        let files = paths.iter().map(|path| Ok(arrived(file_name(path), self.stage(evidence, path, progress)?)));
        self.attach_arrived(evidence, files.collect::<Result<_>>()?)
    }

    /// Copies and hashes a file for [`App::attach_all`]. Returns its token.
    ///
    /// # Errors
    /// As [`App::attach`].
    pub fn attach_path(&self, evidence: RecordId, path: &Path, progress: &mut Progress<'_>) -> Result<u32> {
        let stage = Stage::Whole(self.stage(evidence, path, progress)?);
        Ok(self.uploads.insert(Upload { evidence, name: file_name(path), stage }))
    }

    fn stage(&self, evidence: RecordId, path: &Path, progress: &mut Progress<'_>) -> Result<Staged> {
        // Asked first, so that two gigabytes are not copied for nothing.
        self.vault.read(|reader| reader.get(Kind::Evidence, evidence))?;
        Ok(self.vault.receive_path(path, progress)?)
    }

    /// Begins to take in a file that the window holds (dropped or pasted). Returns its token.
    ///
    /// # Errors
    /// `file-too-large`, `not-found`, `vault-read-only`.
    pub fn attach_begin(&self, evidence: RecordId, name: &str, size: u64) -> Result<u32> {
        if size > LARGEST_FILE {
            return Err(cairn_vault::VaultError::TooLarge { name: shown_safely(name), most: LARGEST_FILE }.into());
        }
        self.vault.read(|reader| reader.get(Kind::Evidence, evidence))?;
        let stage = Stage::Coming(self.vault.receive(name)?);
        Ok(self.uploads.insert(Upload { evidence, name: name.to_owned(), stage }))
    }

    /// Takes in the next piece of a file. A piece that fails ends the upload.
    ///
    /// # Errors
    /// `no-such-upload`, `file-too-large`, `disk-full`.
    pub fn attach_chunk(&self, token: u32, piece: &[u8]) -> Result<()> {
        let mut upload = self.uploads.take(token)?;
        let Stage::Coming(incoming) = &mut upload.stage else { return Err(no_such_upload()) };
        incoming.write(piece)?;
        self.uploads.put_back(token, upload);
        Ok(())
    }

    /// Ends a file that has come in whole, for [`App::attach_all`].
    ///
    /// # Errors
    /// `no-such-upload`, `disk-full`.
    pub fn attach_end(&self, token: u32) -> Result<()> {
        let Upload { evidence, name, stage: Stage::Coming(incoming) } = self.uploads.take(token)? else { return Err(no_such_upload()) };
        self.uploads.put_back(token, Upload { evidence, name, stage: Stage::Whole(incoming.finish()?) });
        Ok(())
    }

    /// Attaches files that have come in whole, in one step.
    ///
    /// # Errors
    /// `no-such-upload`, and as [`App::attach`].
    pub fn attach_all(&self, evidence: RecordId, tokens: &[u32]) -> Result<Change> {
        let files = tokens.iter().map(|token| match self.uploads.take(*token)? {
            Upload { evidence: meant, name, stage: Stage::Whole(staged) } if meant == evidence => Ok(arrived(name, staged)),
            _ => Err(no_such_upload()),
        });
        self.attach_arrived(evidence, files.collect::<Result<_>>()?)
    }

    /// Forgets a file that was coming in.
    pub fn attach_abort(&self, token: u32) {
        let _ = self.uploads.take(token);
    }

    fn attach_arrived(&self, evidence: RecordId, files: Vec<Arrived>) -> Result<Change> {
        let names: Vec<String> = files.iter().map(|file| shown_safely(base_name(&file.name))).collect();
        let title = named_together(&names);
        let changed = self.vault.attach(evidence, &title, files)?;
        Ok(Change::from(Step::of("attach", Kind::Evidence, evidence, title), &changed))
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
        let name = safe_name(&self.vault.read(|reader| reader.file(file))?.name);
        let temporary = std::env::temp_dir();
        let prefix = opened_by(std::process::id());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o700));
        }
        let folder = builder.tempdir_in(&temporary).map_err(|error| failed("create", &temporary, &error))?;
        let to = folder.path().join(name);
        self.save_file(file, &to)?;
        // It stays for the other program until Cairn ends.
        let _ = folder.keep();
        Ok(to)
    }

    /// Writes a copy of an attached file to `to`: as it came, or not at all.
    ///
    /// # Errors
    /// `no-such-file`; `file-damaged` where the vault has lost it or holds something else; `file-failed`, and as
    /// [`App::write_document`].
    pub fn save_file(&self, file: RecordId, to: &Path) -> Result<()> {
        let info = self.vault.read(|reader| reader.file(file))?;
        whole(to, |copy| {
            let poured = self.vault.pour(&info.sha256, |piece| copy.write_all(piece).map_err(|error| write::failed(to, &error)));
            match poured {
                Ok(true) => Ok(()),
                Ok(false) => Err(damaged(&info.name)),
                // The path within the vault says nothing to anybody.
                Err(error) if error.code == "file-missing" => Err(damaged(&info.name)),
                Err(error) => Err(error),
            }
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
        let path = self.vault.folder().file(&info.sha256)?;
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
        if !cairn_vault::is_hash(sha256) {
            return Err(no_preview());
        }
        // The picture of a received credential was found to be one when it came.
        let received = self.vault.read(|reader| reader.is_held_picture(sha256))?;
        if !received && FileInfo::from(self.vault.read(|reader| reader.file_by_hash(sha256))?).preview != Preview::Image {
            return Err(no_preview());
        }
        let path = self.vault.folder().file(sha256)?;
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
        held.1.remove(&token).ok_or_else(no_such_upload)
    }

    fn put_back(&self, token: u32, upload: Upload) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.insert(token, upload);
    }
}

fn no_such_upload() -> AppError {
    AppError::new("no-such-upload", "This file is no longer coming in. Add it again.")
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn arrived(name: String, staged: Staged) -> Arrived {
    Arrived { media_type: media_type(&name, &staged.head), name, staged }
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

/// Removes what was copied for other programs to open: by this process, and by one that ended a day ago or earlier without
/// doing so itself.
pub fn sweep_opened() {
    let own = opened_by(std::process::id());
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let old = || {
            let age = entry.metadata().and_then(|data| data.modified()).ok().and_then(|at| at.elapsed().ok());
            age.is_some_and(|age| age > std::time::Duration::from_secs(24 * 3600))
        };
        if name.starts_with(&own) || (name.starts_with(OPENED) && old()) {
            // Another user's stays theirs; one that a program holds open goes the next time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// How the folders are called that a process copies files into for other programs.
fn opened_by(process: u32) -> String {
    format!("{OPENED}{process}-")
}

fn damaged(name: &str) -> AppError {
    AppError::new("file-damaged", format!("{name} is missing or damaged in the vault. Attach it again.")).with("name", name)
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

    /// A vault with one file, what the vault keeps it as, and a copy the learner made of it.
    fn attached() -> (tempfile::TempDir, App, RecordId, PathBuf, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let app = App::open(home.path().join("vault")).unwrap();
        let evidence = app.add(Kind::Evidence, serde_json::json!({"title": "Report"})).unwrap().id.unwrap();
        let (from, to) = (home.path().join("report.txt"), home.path().join("copy.txt"));
        fs::write(&from, "as it was").unwrap();
        app.attach(evidence, std::slice::from_ref(&from), &mut crate::work::unwatched()).unwrap();
        let file = app.show(Kind::Evidence, evidence).unwrap().files.remove(0);
        fs::write(&to, "the learner's own").unwrap();
        let kept = app.vault.folder().file(&file.sha256).unwrap();
        (home, app, file.id, kept, to)
    }

    #[test]
    fn a_copy_that_cannot_be_made_leaves_what_stood_there() {
        let (_home, app, file, kept, to) = attached();
        fs::write(&kept, "as it is not").unwrap();
        assert_eq!(app.save_file(file, &to).unwrap_err().code, "file-damaged");
        fs::remove_file(&kept).unwrap();
        assert_eq!(app.save_file(file, &to).unwrap_err().code, "file-damaged");
        assert_eq!(fs::read_to_string(&to).unwrap(), "the learner's own");
        assert_eq!(fs::read_dir(to.parent().unwrap()).unwrap().count(), 3);
    }

    #[test]
    fn what_is_copied_to_be_opened_is_its_owners_alone_and_goes_again() {
        let (_home, app, file, _, _) = attached();
        let copy = app.copy_to_open(file).unwrap();
        assert_eq!(fs::read_to_string(&copy).unwrap(), "as it was");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(copy.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
        }
        sweep_opened();
        assert!(!copy.parent().unwrap().exists());
    }
}
