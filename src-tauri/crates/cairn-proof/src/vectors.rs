//! Where tests find the vectors that nobody here wrote; they stay outside the project.

use std::path::PathBuf;

/// A folder of vectors, or a notice on standard error that the test skips.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/vectors").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the shared vectors {name} are not here");
    None
}
