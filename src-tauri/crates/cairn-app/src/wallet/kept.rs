//! The bytes of received credentials: the files they came in, and what those hold, read again.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use cairn_domain::RecordId;
use cairn_proof::digest::Digest;
use cairn_proof::evidence::AtHand;
use cairn_proof::opened::{self, Item, Payload};
use cairn_vault::wallet::held::Held as Row;
use serde_json::Value;

use crate::documents::name::safe_name;
use crate::documents::packet::digest;
use crate::files::failed;
use crate::{App, AppError, Result};

impl App {
    /// The file a credential came in, byte for byte, and its name.
    ///
    /// # Errors
    /// `not-held`; `file-damaged` where its bytes are no longer what came.
    pub fn held_bytes(&self, id: RecordId) -> Result<(String, Vec<u8>)> {
        let row = self.vault.read(|reader| reader.held(id))?;
        Ok((safe_name(&row.name), self.kept_bytes(&row.file, &row.name)?))
    }

    /// A received credential by itself, out of the picture or the file it came in: JSON where it is JSON, else its own bytes.
    ///
    /// # Errors
    /// As [`App::held_bytes`].
    pub(crate) fn held_credential(&self, id: RecordId) -> Result<Vec<u8>> {
        let row = self.vault.read(|reader| reader.held(id))?;
        let item = self.item(&row)?;
        Ok(match item.payload {
            Payload::Json(credential) => Value::Object(credential).to_string().into_bytes(),
            Payload::Jwt { token, .. } => token.into_bytes(),
            _ => item.bytes,
        })
    }

    /// Writes the file a credential came in to `to`, byte for byte.
    ///
    /// # Errors
    /// As [`App::held_bytes`], and as [`App::write_document`].
    pub fn export_held(&self, id: RecordId, to: &Path) -> Result<()> {
        use std::io::Write as _;
        let (_, bytes) = self.held_bytes(id)?;
        crate::documents::write::whole(to, |file| file.write_all(&bytes).map_err(|error| failed("write", to, &error)))
    }

    /// What the vault has of a file with this digest: the file, damaged content in its place, or nothing.
    pub(super) fn kept_file(&self, digest: Digest) -> AtHand {
        let name = digest.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let opened = self.vault.folder().file(&name).ok().and_then(|path| fs::File::open(path).ok());
        match opened.map(|mut file| Digest::of_reader(&mut file)) {
            None => AtHand::Nothing,
            Some(Ok((found, _))) if found == digest => AtHand::Same,
            Some(_) => AtHand::Other,
        }
    }

    /// A credential, read.
    pub(crate) fn item(&self, row: &Row) -> Result<Item> {
        self.items(std::slice::from_ref(row)).pop().unwrap_or_else(|| Err(damaged(&row.name)))
    }

    /// These credentials, read; each file that holds several is opened once, so that what came beside them is there.
    pub(crate) fn items(&self, rows: &[Row]) -> Vec<Result<Item>> {
        let mut files: HashMap<&str, Vec<Item>> = HashMap::new();
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let within = files.entry(&row.file).or_insert_with(|| self.beside(row));
            let found = within.iter().find(|item| item.place == row.place && Some(Digest::of(&item.bytes)) == digest(&row.item)).cloned();
            items.push(match found {
                Some(item) => Ok(item),
                // What came around it is lost, or is read otherwise today: its own bytes are enough for most.
                None => self.alone(row),
            });
        }
        items
    }

    /// Everything in the file that a credential came in.
    pub(super) fn beside(&self, row: &Row) -> Vec<Item> {
        let opened = self.kept_bytes(&row.file, &row.name).ok().and_then(|bytes| opened::open(&row.name, &bytes).ok());
        opened.map(|opened| opened.items).unwrap_or_default()
    }

    /// A credential from its own bytes.
    fn alone(&self, row: &Row) -> Result<Item> {
        let bytes = self.kept_bytes(&row.item, &row.name)?;
        let opened = opened::open(&row.name, &bytes).ok();
        opened.and_then(|opened| opened.items.into_iter().next()).ok_or_else(|| damaged(&row.name))
    }

    /// Bytes that the vault keeps under their hash.
    pub(crate) fn kept_bytes(&self, sha256: &str, name: &str) -> Result<Vec<u8>> {
        let path = self.vault.folder().file(sha256)?;
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => damaged(name),
            _ => failed("read", &path, &error),
        })?;
        if Some(Digest::of(&bytes)) == digest(sha256) { Ok(bytes) } else { Err(damaged(name)) }
    }
}

fn damaged(name: &str) -> AppError {
    let message = format!("The received file {name} is missing or damaged in the vault. Run cairn doctor, then import it again.");
    AppError::new("file-damaged", message).with("name", name)
}
