//! The packet: one `.cairn` file with a learner's signed claims and every file that backs them.
//!
//! A ZIP of stored entries in the order of their names, `manifest.json` last. The manifest is a W3C Verifiable Credential
//! (Data Model 2.0) in canonical JSON, signed with `eddsa-jcs-2022`; its `relatedResource` entries (§5.3) bind each file by
//! `digestMultibase`. The same input gives the same bytes. Files are named for machines by `arcp` addresses
//! (draft-soilandreyes-arcp §3: files within an archive), so that claims can point at them from outside and in.

pub(crate) mod archive;
mod contents;
mod inside;
mod manifest;
mod name;
mod page;
mod read;
mod verify;
mod vocabulary;
mod write;

pub use contents::{Contents, DatedVerdict, Enclosed, Line, Provenance};
pub use name::{EntryName, NameError, PacketId};
pub use page::VERIFY_PAGE;
pub use read::{Opened, ReadError, read};
pub use verify::verify;
pub use vocabulary::{VocabularyError, terms, types};
pub use write::{Attachment, Claims, PacketError, Source, Written, write};

/// The manifest's name in the archive.
pub const MANIFEST: &str = "manifest.json";
/// The type of a packet's credential, beside `VerifiableCredential`; a full address, so that it needs no context.
pub const PACKET_TYPE: &str = "https://w3id.org/cairn/v1#CairnPacket";
/// Largest file in a packet, in bytes.
pub const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Most files in a packet, the manifest not counted.
pub const MAX_FILES: usize = 10_000;

/// How far a packet has been written or verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file at hand.
    pub name: &'a str,
    /// Bytes done, over all files.
    pub done: u64,
    /// Bytes in all, where that is known beforehand.
    pub total: Option<u64>,
}
