//! A packet opened read-only: its manifest, the names of its files, and each file as a stream.

use super::archive::{Archive, Entry, Refusal};
use super::manifest::{self, Bound};
use super::name::EntryName;
use crate::VerifyError;
use crate::digest::{Digest, Digesting};
use crate::reason::Reason;
use serde_json::{Map, Value};
use std::io::{self, Read, Seek};

/// An opened packet. What its manifest binds is not yet checked: [`verify`](super::verify) says whether it stands.
pub struct Opened<R> {
    archive: Archive<R>,
    manifest: Map<String, Value>,
    bound: Bound,
}

/// Why a packet or a file in it cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no packet, or one that is built to mislead.
    #[error("{}", .0.sentence())]
    Refused(Reason),
    /// There is no such file, or the manifest does not bind it.
    #[error("the packet has no file {0} that its owner signed")]
    NotBound(EntryName),
    /// The file or the archive could not be read.
    #[error("the packet could not be read: {0}")]
    Read(#[from] io::Error),
}

/// Opens a packet to look inside. Reads its directory and its manifest.
///
/// # Errors
/// [`ReadError`] where it is no packet, or one built to mislead.
pub fn read<R: Read + Seek>(reader: R) -> Result<Opened<R>, ReadError> {
    let mut archive = Archive::open(reader).map_err(refused)?;
    let (manifest, _) = manifest::manifest(&mut archive).map_err(refused)?;
    let bound = manifest::bound(&manifest).map_err(|fault| ReadError::Refused(Reason::Malformed { fault: fault.into() }))?;
    Ok(Opened { archive, manifest, bound })
}

impl<R: Read + Seek> Opened<R> {
    /// The manifest as it stands there.
    pub fn manifest(&self) -> &Map<String, Value> {
        &self.manifest
    }

    /// Each file that is there and that the manifest binds, with its size in bytes, in the order of their names.
    pub fn files(&self) -> Vec<(&EntryName, u64)> {
        let bound = self.archive.entries.iter().filter(|entry| self.bound.contains_key(&entry.name));
        let mut files: Vec<_> = bound.map(|entry| (&entry.name, entry.size)).collect();
        files.sort();
        files
    }

    /// A file as a stream, whose last read fails with [`io::ErrorKind::InvalidData`] where its bytes are not the signed ones.
    /// What was read until then must not be used.
    ///
    /// # Errors
    /// [`ReadError::NotBound`], or where the archive cannot be read.
    pub fn file(&mut self, name: &EntryName) -> Result<impl Read + '_, ReadError> {
        let not_bound = || ReadError::NotBound(name.clone());
        let digest = *self.bound.get(name).ok_or_else(not_bound)?;
        let entry: Entry = self.archive.entries.iter().find(|entry| entry.name == *name).cloned().ok_or_else(not_bound)?;
        let content = self.archive.content(&entry)?;
        Ok(Signed { content: Some(Digesting::new(content)), digest, size: entry.size })
    }
}

fn refused(refusal: Refusal) -> ReadError {
    match refusal {
        Refusal::Because(reason) => ReadError::Refused(reason),
        Refusal::Failed(VerifyError::Read(error)) => ReadError::Read(error),
        Refusal::Failed(error) => ReadError::Read(io::Error::other(error)),
    }
}

/// A reader that ends well only if everything it gave is what was signed.
struct Signed<R> {
    content: Option<Digesting<R>>,
    digest: Digest,
    size: u64,
}

impl<R: Read> Read for Signed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(content) = &mut self.content else { return Ok(0) };
        let read = content.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        match self.content.take().map(Digesting::finish) {
            Some((digest, size)) if digest == self.digest && size == self.size => Ok(0),
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, "the file is not the one that was signed")),
        }
    }
}
