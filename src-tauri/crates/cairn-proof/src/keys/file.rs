//! Small files in the vault folder that appear whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use zeroize::Zeroizing;

/// Largest key file that is read, in bytes.
const LARGEST: u64 = 1024;

/// Writes a file that only its owner may read (mode 0600), with its bytes on the disk before it has its name. An existing
/// file is left as it is and reported as [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // A temporary file is made with mode 0600 where the system knows modes.
    let mut file = tempfile::Builder::new().prefix(".key-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|refused| refused.error)?;
    sync_folder(folder)
}

/// Reads a small file, or None where there is none.
pub fn read(path: &Path) -> io::Result<Option<Zeroizing<String>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.len() > LARGEST => Err(io::Error::new(io::ErrorKind::InvalidData, "far too large for a key")),
        Ok(_) => Ok(Some(Zeroizing::new(fs::read_to_string(path)?))),
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

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
