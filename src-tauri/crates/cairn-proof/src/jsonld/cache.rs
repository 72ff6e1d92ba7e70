//! Contexts that were worked out before: for the whole process where only pinned contexts went in, else for one document.
//!
//! Working out a context costs more than everything else in a verification, and issuers use few sequences of contexts. What a
//! hostile document could make grow is limited: a full cache begins anew.

use super::context::Context;
use super::process::Way;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// Most contexts that are kept for the process; each holds some hundred pointers.
const MOST: usize = 1024;

/// Most terms in all that the contexts kept for one document hold; about 40 bytes each.
const MOST_TERMS: usize = 1_000_000;

/// The context that came of applying one thing to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A sequence of addresses, one a line.
    Sequence(u64, String),
    /// A term's scope.
    Scope(u64, u64, Way),
}

type Known = HashMap<Key, Arc<Context>>;

/// The contexts of one document, and those of the process behind it.
#[derive(Default)]
pub(super) struct Cache {
    own: Known,
    /// How many terms those contexts hold.
    held: usize,
}

impl Cache {
    pub fn sequence(&self, active: &Context, sequence: &str) -> Option<Arc<Context>> {
        self.find(active, &Key::Sequence(active.id, sequence.to_owned()))
    }

    pub fn keep_sequence(&mut self, active: &Context, sequence: String, made: &Arc<Context>) {
        self.keep(active, Key::Sequence(active.id, sequence), made);
    }

    pub fn scoped(&self, active: &Context, scope: u64, way: Way) -> Option<Arc<Context>> {
        self.find(active, &Key::Scope(active.id, scope, way))
    }

    pub fn keep_scoped(&mut self, active: &Context, scope: u64, way: Way, made: &Arc<Context>) {
        self.keep(active, Key::Scope(active.id, scope, way), made);
    }

    fn find(&self, active: &Context, key: &Key) -> Option<Arc<Context>> {
        if active.pinned { shared().read().unwrap_or_else(PoisonError::into_inner).get(key).cloned() } else { self.own.get(key).cloned() }
    }

    fn keep(&mut self, active: &Context, key: Key, made: &Arc<Context>) {
        if !active.pinned {
            self.held += made.terms.len();
            if self.held > MOST_TERMS {
                self.own.clear();
                self.held = made.terms.len();
            }
            self.own.insert(key, made.clone());
            return;
        }
        let mut shared = shared().write().unwrap_or_else(PoisonError::into_inner);
        if shared.len() >= MOST {
            shared.clear();
        }
        shared.insert(key, made.clone());
    }
}

fn shared() -> &'static RwLock<Known> {
    static SHARED: OnceLock<RwLock<Known>> = OnceLock::new();
    SHARED.get_or_init(RwLock::default)
}

/// The context before any other; always the same, so that what is built on it can be found again.
pub(super) fn root() -> Arc<Context> {
    static ROOT: OnceLock<Arc<Context>> = OnceLock::new();
    ROOT.get_or_init(|| Arc::new(Context::empty())).clone()
}
