//! Long work: told how far it is, asked whether to go on.

/// Called with what is done and what there is in all (bytes, records or pages); `false` ends the work.
pub type Progress<'p> = dyn FnMut(u64, u64) -> bool + Send + 'p;

/// Progress nobody watches, that never ends the work.
pub fn unwatched() -> impl FnMut(u64, u64) -> bool + Send {
    |_, _| true
}
