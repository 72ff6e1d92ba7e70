//! JSON-LD 1.1 to RDF, in safe mode, with contexts that travel with Cairn.
//!
//! ```text
//! document ──expand──▶ Dataset ──rdfc::canonicalize──▶ the text that a signature covers
//!             │
//!             └─ process (contexts) ── pinned (by address) ── cache (worked out once for the process)
//! ```
//!
//! *Safe mode* means that nothing is dropped: a term that no context defines, a type or an address that is not whole, a null,
//! a value that JSON-LD would pass over, are refused by name and place ([`JsonLdError`]), because the signature would not cover
//! them and anybody could add them. What JSON-LD allows and no issuer uses is refused too, as [`JsonLdError::Unsupported`]:
//! `@import`, `@base`, a context's `@direction`, `@index`, `@nest`, `@reverse`, `@included`, `@graph`, `@set`, maps of nodes, blank nodes
//! as properties.

mod cache;
mod context;
pub mod dataset;
mod error;
mod expand;
mod literal;
pub mod pinned;
mod process;
#[cfg(test)]
mod tests;

pub(crate) use context::is_absolute;
pub use error::JsonLdError;
pub use expand::{Source, read};

use serde_json::Value;

/// Whether the contexts of a document that was not signed as RDF go together: none gives another meaning to a term that one
/// before it protects (JSON-LD 1.1 §4.1.11). Of contexts that are unknown or beyond the limits, nothing is said.
///
/// # Errors
/// [`JsonLdError::Context`]
pub(crate) fn agree(context: &Value) -> Result<(), JsonLdError> {
    let found = process::Contexts::default().embedded(&cache::root(), context);
    found.map(drop).or_else(|error| if error.is_beyond() { Ok(()) } else { Err(error) })
}
