//! Small files in the vault folder that appear whole or not at all, and the lock that orders their writers.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

/// Largest file with one key that is read, in bytes.
const LARGEST_KEY: u64 = 1024;

/// Writes a file that only its owner may read (mode 0600), with its bytes on the disk before it has its name, in the place
/// of whatever has the name: readers see the old file or the new one, never a part.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A temporary file is made with mode 0600 where the system knows modes.
    let mut file = tempfile::Builder::new().prefix(".key-").tempfile_in(folder_of(path))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|refused| refused.error)?;
    sync_folder(folder_of(path))
}

/// Gives a file with a secret another name; the bytes of the file that had it are overwritten.
pub fn succeed(from: &Path, to: &Path) -> io::Result<()> {
    let old = Doomed::open(to);
    fs::rename(from, to)?;
    sync_folder(folder_of(to))?;
    old.overwrite()
}

/// Removes a file with a secret and overwrites its bytes; nothing happens where there is none.
pub fn wipe(path: &Path) -> io::Result<()> {
    let old = Doomed::open(path);
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        removed => removed?,
    }
    sync_folder(folder_of(path))?;
    old.overwrite()
}

/// A file that is about to lose its name, held open so that its bytes can be overwritten after that: half overwritten with
/// its name it would be a damaged key. A disk that writes elsewhere may keep the bytes all the same. Systems that do not
/// let go of an open file's name go without.
struct Doomed(Option<fs::File>);

impl Doomed {
    fn open(path: &Path) -> Self {
        Self(cfg!(unix).then(|| fs::OpenOptions::new().write(true).open(path).ok()).flatten())
    }

    fn overwrite(self) -> io::Result<()> {
        let Some(mut file) = self.0 else { return Ok(()) };
        let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
        file.write_all(&vec![0; length])?;
        file.sync_all()
    }
}

/// Reads a file with a key, or None where there is none.
pub fn read(path: &Path) -> io::Result<Option<Zeroizing<String>>> {
    read_up_to(path, LARGEST_KEY)
}

/// Reads a file of at most `largest` bytes, or None where there is none.
pub fn read_up_to(path: &Path, largest: u64) -> io::Result<Option<Zeroizing<String>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.len() > largest => Err(io::Error::new(io::ErrorKind::InvalidData, "far too large for a key")),
        Ok(_) => Ok(Some(Zeroizing::new(fs::read_to_string(path)?))),
    }
}

/// Keeps other writers of the same vault's key waiting until the returned file is dropped.
pub fn lock(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    match file.lock() {
        // A disk without locks: whoever keeps a vault there runs one Cairn at a time.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        locked => locked.map(|()| file),
    }
}

/// Takes back read rights that others gained, for example by a copy between disks.
#[cfg(unix)]
pub fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// Other systems inherit the rights of the learner's own folder.
#[cfg(not(unix))]
pub fn restrict(_path: &Path) -> io::Result<()> {
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
