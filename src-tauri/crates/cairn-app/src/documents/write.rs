//! Writing a file whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use cairn_vault::Folder;

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
    let place = place(to)?;
    let folder = folder_of(&place);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cairn-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    let failed = |source: io::Error| failed(to, &source);
    // Beside its place, so that taking it is one step. Dropped unfinished, it is gone.
    // The error names that file, which says nothing to anybody: only its kind is told.
    let mut part = builder.tempfile_in(folder).map_err(|error| failed(error.kind().into()))?;
    let value = fill(part.as_file_mut())?;
    part.as_file().sync_all().map_err(failed)?;
    part.persist(&place).map_err(|error| failed(error.error))?;
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(value)
}

/// The file that `to` names, behind a link where it is one: what may be written there, or written over.
fn place(to: &Path) -> Result<PathBuf> {
    let refused = |code, why: &str| Err(AppError::new(code, format!("{} {why}", to.display())).with("path", to.display().to_string()));
    let place = match fs::symlink_metadata(to) {
        Ok(named) if named.is_symlink() => match fs::canonicalize(to) {
            Ok(place) => place,
            Err(_) => return refused("not-a-file", "is a link that leads nowhere. Name a file."),
        },
        _ => to.to_owned(),
    };
    if let Ok(there) = fs::metadata(&place) {
        if there.is_dir() {
            return refused("not-a-file", "is a folder. Name a file in it.");
        }
        if !there.is_file() {
            return refused("not-a-file", "is a device or a pipe, which a file would replace. Name a file.");
        }
        if there.permissions().readonly() {
            return refused("write-protected", "is there already and protected against writing. Choose another name.");
        }
    }
    let folder = fs::canonicalize(folder_of(&place)).map_err(|error| failed(to, &error))?;
    // A copy of a database that lies somewhere makes no vault of that place.
    if folder.ancestors().map(Folder::at).any(|above| above.database().exists() && above.files().exists()) {
        return refused("inside-a-vault", "lies inside a vault, where only Cairn’s own files belong. Choose another folder.");
    }
    Ok(place)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
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
    fn what_belongs_to_a_vault_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let app = crate::App::open(folder.path().join("vault")).unwrap();
        for inside in ["vault/cairn.sqlite3", "vault/mine.pdf", "vault/files/mine.pdf"] {
            let to = folder.path().join(inside);
            let before = fs::read(&to).ok();
            assert_eq!(whole(&to, |_| Ok(())).unwrap_err().code, "inside-a-vault");
            assert_eq!(fs::read(&to).ok(), before);
        }
        drop(app);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_what_is_protected_or_no_file_stays() {
        use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("target"), "before").unwrap();
        symlink("target", at("link")).unwrap();
        whole(&at("link"), |file| file.write_all(b"after").map_err(|error| failed(&at("link"), &error))).unwrap();
        assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(at("target")).unwrap(), "after");

        symlink("nowhere", at("broken")).unwrap();
        assert_eq!(whole(&at("broken"), |_| Ok(())).unwrap_err().code, "not-a-file");
        fs::set_permissions(at("target"), fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(whole(&at("target"), |_| Ok(())).unwrap_err().code, "write-protected");
        let socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        assert_eq!(whole(&at("socket"), |_| Ok(())).unwrap_err().code, "not-a-file");
        assert!(fs::metadata(at("socket")).unwrap().file_type().is_socket());
        drop(socket);
    }

    #[test]
    fn a_folder_that_is_none_or_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(whole(folder.path(), |_| Ok(())).unwrap_err().code, "not-a-file");
        assert_eq!(whole(&folder.path().join("none/a.txt"), |_| Ok(())).unwrap_err().code, "folder-missing");
    }
}
