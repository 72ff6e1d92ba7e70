//! Writing a file whole or not at all.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::{AppError, Result};

/// Lets `fill` write a file that takes the place of `to` once it is whole and on the disk. Where anything fails, nothing
/// is left behind and what was there before stays.
pub(crate) fn whole<T>(to: &Path, fill: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    // What any program would give a new document; the learner's umask takes its share.
    whole_for(to, 0o666, fill)
}

/// As [`whole`], for the learner's eyes only.
pub(crate) fn whole_private<T>(to: &Path, fill: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    whole_for(to, 0o600, fill)
}

fn whole_for<T>(to: &Path, mode: u32, fill: impl FnOnce(&mut File) -> Result<T>) -> Result<T> {
    if to.is_dir() {
        return Err(
            AppError::new("not-a-file", format!("{} is a folder. Name a file in it.", to.display())).with("path", to.display().to_string())
        );
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cairn-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    let failed = |source: io::Error| failed(to, &source);
    // Beside its place, so that taking it is one step. Dropped unfinished, it is gone.
    // The error names that file, which says nothing to anybody: only its kind is told.
    let mut part = builder.tempfile_in(folder).map_err(|error| failed(error.kind().into()))?;
    let value = fill(part.as_file_mut())?;
    part.as_file().sync_all().map_err(failed)?;
    part.persist(to).map_err(|error| failed(error.error))?;
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(value)
}

/// Why `to` could not be written.
pub(crate) fn failed(to: &Path, source: &io::Error) -> AppError {
    let path = to.display().to_string();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            AppError::new("disk-full", format!("The disk is full; {path} was not written. Free some space and try again."))
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            AppError::new("not-writable", format!("{path} cannot be written there: {source}. Choose another folder."))
                .with("detail", source.to_string())
        }
        io::ErrorKind::NotFound => AppError::new("folder-missing", format!("The folder of {path} does not exist.")),
        _ => AppError::new("file-failed", format!("Could not write {path}: {source}."))
            .with("doing", "write")
            .with("detail", source.to_string()),
    }
    .with("path", path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a.txt");
        fs::write(&to, "before").unwrap();
        whole(&to, |file| file.write_all(b"after").map_err(|error| failed(&to, &error))).unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("key.age");
        fs::write(&to, "before, for anybody").unwrap();
        whole_private(&to, |file| file.write_all(b"after").map_err(|error| failed(&to, &error))).unwrap();
        assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_fails_leaves_nothing_and_the_old_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a.txt");
        fs::write(&to, "before").unwrap();
        let error = whole::<()>(&to, |file| {
            file.write_all(b"half").unwrap();
            Err(failed(&to, &io::ErrorKind::StorageFull.into()))
        });
        assert_eq!(error.unwrap_err().code, "disk-full");
        assert_eq!(fs::read_to_string(&to).unwrap(), "before");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_none_or_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(whole(folder.path(), |_| Ok(())).unwrap_err().code, "not-a-file");
        assert_eq!(whole(&folder.path().join("none/a.txt"), |_| Ok(())).unwrap_err().code, "folder-missing");
    }
}
