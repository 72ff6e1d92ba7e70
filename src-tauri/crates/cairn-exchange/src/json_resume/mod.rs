//! JSON Resume 1.x, both ways (npm `@jsonresume/schema` 1.3; <https://jsonresume.org/schema>).
//!
//! Which section becomes which kind of record, and which property which field, is the table in `sections`; reading
//! and writing both walk it. JSON Resume allows properties of one's own, so what it has no place for travels in
//! objects named `x-cairn`: beside a row, `{"id", "fields"}` holds the row's id and the fields that the row itself does
//! not tell; at the root, `{"version", "records"}` holds whole records. Other programs ignore them. A row edited in
//! another program keeps its edits, because fields the row can tell are never repeated.
//!
//! Reading is strict about types (a wrong one refuses the file, with its path) and lenient about values (a bad one is
//! skipped and named, the rest comes in).

mod dates;
mod extension;
mod mend;
mod ordered;
mod read;
mod sections;
mod uri;
mod write;

use crate::json::step;
pub use read::{ReadError, read};
pub(crate) use sections::SECTION_NAMES;
pub use write::{Options, Written, write};

/// The name of the objects that hold what JSON Resume has no place for.
pub(crate) const EXTENSION: &str = "x-cairn";
