//! The ZIP around a packet, opened as if a stranger had built it to do harm.

use super::name::{EntryName, NameError};
use super::{MAX_FILE_BYTES, MAX_FILES};
use crate::VerifyError;
use crate::reason::Reason;
use crate::text::shown;
use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::read::{ArchiveOffset, Config};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// Most bytes that the archive's directory may take: [`MAX_FILES`] names with room to spare.
const MAX_DIRECTORY_BYTES: u64 = 16 * 1024 * 1024;
/// Most bytes that all files together may unpack to.
const MAX_TOTAL_BYTES: u64 = 64 * 1024 * 1024 * 1024;
/// How many times its packed size a file may unpack to; documents stay far below, bombs far above.
const MAX_RATIO: u64 = 100;
/// Below this many unpacked bytes the ratio does not matter.
const RATIO_FREE_BYTES: u64 = 1024 * 1024;

/// Why an archive was not read: something in it, which belongs into a report, or the reader's own failure.
pub(crate) enum Refusal {
    Because(Reason),
    Failed(VerifyError),
}

impl From<VerifyError> for Refusal {
    fn from(error: VerifyError) -> Self {
        Self::Failed(error)
    }
}

/// A name that an archive's reader accepts.
pub(crate) trait Named: Sized {
    fn named(name: &str) -> Result<Self, NameError>;
}

impl Named for EntryName {
    fn named(name: &str) -> Result<Self, NameError> {
        Self::new(name)
    }
}

/// One file in the archive.
#[derive(Debug, Clone)]
pub(crate) struct Entry<N = EntryName> {
    pub index: usize,
    pub name: N,
    pub size: u64,
}

/// An archive whose directory has been checked.
pub(crate) struct Archive<R, N = EntryName> {
    zip: ZipArchive<Metered<R>>,
    pub entries: Vec<Entry<N>>,
}

impl<R: Read + Seek, N: Named> Archive<R, N> {
    /// Opens an archive and checks its whole directory before any content.
    pub fn open(reader: R) -> Result<Self, Refusal> {
        let budget = Rc::new(Cell::new(Some(MAX_DIRECTORY_BYTES)));
        let metered = Metered { inner: reader, budget: Rc::clone(&budget) };
        let mut zip = ZipArchive::with_config(Config { archive_offset: ArchiveOffset::Known(0) }, metered).map_err(refuse)?;
        budget.set(None);
        if zip.len() > MAX_FILES + 1 {
            return Err(hostile(format!("it holds more than {MAX_FILES} files")));
        }
        // Two names that are one, entries over each other, names that differ between the two places where a ZIP keeps them:
        // each would let one program see another file than the next.
        zip.validate_header_consistency().map_err(|error| match error {
            ZipError::Io(error) if !is_damage(&error) => Refusal::Failed(error.into()),
            error => hostile(shown(&error.to_string())),
        })?;
        let entries = entries(&mut zip)?;
        Ok(Self { zip, entries })
    }

    /// The content of an entry, never more than the directory says and one byte.
    pub fn content<'a>(&'a mut self, entry: &Entry<N>) -> io::Result<impl Read + use<'a, R, N>> {
        Ok(self.zip.by_index(entry.index).map_err(io::Error::from)?.take(entry.size + 1))
    }
}

fn entries<R: Read + Seek, N: Named>(zip: &mut ZipArchive<R>) -> Result<Vec<Entry<N>>, Refusal> {
    let (mut entries, mut folded, mut total) = (Vec::with_capacity(zip.len()), HashSet::new(), 0u64);
    for index in 0..zip.len() {
        let file = zip.by_index_raw(index).map_err(refuse)?;
        let raw = String::from_utf8_lossy(file.name_raw()).into_owned();
        let quoted = shown(&raw);
        // A folder's own entry says nothing; tools that pack again add them.
        let (path, is_folder) = raw.strip_suffix('/').map_or((raw.as_str(), false), |path| (path, file.size() == 0));
        let name = N::named(path).map_err(|error| hostile(format!("it names a file “{quoted}”: {error}")))?;
        if std::str::from_utf8(file.name_raw()).is_err() || (raw.ends_with('/') && !is_folder) {
            return Err(hostile(format!("the name “{quoted}” is not one of a file")));
        }
        if file.encrypted() || file.is_symlink() {
            return Err(hostile(format!("{quoted} is a link or encrypted")));
        }
        if !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(Refusal::Because(Reason::DamagedArchive { fault: format!("{quoted} is packed in a way that packets do not use") }));
        }
        let (size, packed) = (file.size(), file.compressed_size());
        total = total.saturating_add(size);
        if size > MAX_FILE_BYTES || total > MAX_TOTAL_BYTES {
            return Err(hostile(format!("{quoted} unpacks to more than a packet may hold")));
        }
        if size > RATIO_FREE_BYTES && size / MAX_RATIO > packed {
            return Err(hostile(format!("{quoted} unpacks to more than {MAX_RATIO} times its size")));
        }
        if is_folder {
            continue;
        }
        if !folded.insert(raw.to_lowercase()) {
            return Err(hostile(format!("{quoted} stands in it twice")));
        }
        entries.push(Entry { index, name, size });
    }
    Ok(entries)
}

/// Whether an error comes from the archive's bytes, not from the disk below them.
pub(crate) fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::InvalidData | Kind::InvalidInput | Kind::UnexpectedEof | Kind::Other | Kind::Unsupported)
}

fn hostile(fault: String) -> Refusal {
    Refusal::Because(Reason::HostileArchive { fault })
}

fn refuse(error: ZipError) -> Refusal {
    match error {
        ZipError::Io(error) if !is_damage(&error) => Refusal::Failed(error.into()),
        ZipError::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<OverBudget>()) => {
            hostile("its directory is larger than a packet's can be".into())
        }
        error => Refusal::Because(Reason::DamagedArchive { fault: shown(&error.to_string()) }),
    }
}

/// A reader that gives no more than its budget, so that a forged directory cannot fill the memory.
struct Metered<R> {
    inner: R,
    budget: Rc<Cell<Option<u64>>>,
}

#[derive(Debug, thiserror::Error)]
#[error("the directory is too large")]
struct OverBudget;

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if let Some(left) = self.budget.get() {
            let left = left.checked_sub(read as u64).ok_or_else(|| io::Error::other(OverBudget))?;
            self.budget.set(Some(left));
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
