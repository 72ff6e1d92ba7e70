//! Writing a packet: one pass over every file, then the signed manifest.

use super::contents::Contents;
use super::name::{EntryName, PacketId};
use super::vocabulary::{self, VocabularyError};
use super::{MANIFEST, MAX_FILE_BYTES, MAX_FILES, PACKET_TYPE, Progress};
use crate::date;
use crate::did_key::DidKey;
use crate::digest::{Digest, Digesting};
use crate::eddsa_jcs_2022::{self, CRYPTOSUITE, ProofError};
use crate::jcs::{self, JcsError};
use crate::json::MAX_BYTES;
use crate::keys::SigningKey;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What a packet claims.
#[derive(Debug, Clone)]
pub struct Claims {
    /// The packet's identity; claims point to files by [`PacketId::resource`].
    pub id: PacketId,
    /// What the packet is called.
    pub title: Option<String>,
    /// The learner's name, as the issuer of their own claims.
    pub issuer_name: Option<String>,
    /// The `credentialSubject`; its `id` becomes the learner's did:key where it has none. Terms as in [`super::terms`].
    pub subject: Map<String, Value>,
    /// The end of validity, if it has one.
    pub valid_until: Option<DateTime<Utc>>,
}

/// A file to put into a packet.
pub struct Attachment<'a> {
    /// Its name there.
    pub name: EntryName,
    /// Its media type (RFC 6838), such as `application/pdf`.
    pub media_type: String,
    /// Where its bytes come from.
    pub source: Source<'a>,
}

/// Where an attachment's bytes come from. Streams are read once, from where they stand.
pub enum Source<'a> {
    /// A file on disk; opened when its turn comes.
    Path(PathBuf),
    /// Bytes at hand.
    Bytes(Vec<u8>),
    /// Any stream.
    Reader(Box<dyn Read + 'a>),
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The key that signed.
    pub signer: DidKey,
    /// Each file's name, digest and size in bytes, in the order of their names.
    pub files: Vec<(EntryName, Digest, u64)>,
    /// The signed manifest, canonical JSON.
    pub manifest: Vec<u8>,
}

/// Why a packet was not written. What stands in the output then is no packet.
#[derive(Debug, thiserror::Error)]
pub enum PacketError {
    /// The claims cannot be signed as they are.
    #[error(transparent)]
    Vocabulary(#[from] VocabularyError),
    /// The manifest would be larger than verifiers read.
    #[error("the claims are larger than 16 MiB")]
    ClaimsTooLarge,
    /// Two attachments have one name, or one has the manifest's; capital letters make no difference.
    #[error("two files in the packet would be named {0}")]
    DuplicateName(EntryName),
    /// More than [`MAX_FILES`].
    #[error("a packet holds at most {MAX_FILES} files")]
    TooManyFiles,
    /// An attachment is missing, a folder, or unreadable.
    #[error("{name} cannot be read: {source}")]
    Attachment {
        /// Its name in the packet.
        name: EntryName,
        /// What the system said.
        source: io::Error,
    },
    /// An attachment is larger than [`MAX_FILE_BYTES`].
    #[error("{0} is larger than 2 GiB")]
    TooLarge(EntryName),
    /// The output could not be written, for example because the disk is full.
    #[error("the packet could not be written: {0}")]
    Output(#[source] io::Error),
    /// The caller stopped it.
    #[error("the export was stopped")]
    Cancelled,
    /// The claims have no canonical form.
    #[error(transparent)]
    Canonical(#[from] JcsError),
    /// The manifest could not be signed.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// Writes a packet, signed at the instant `now`. Files are streamed; the same input gives the same bytes. `progress` hears of
/// every chunk and stops the writing with `Break`. `out` is finished and flushed, not synced.
pub fn write<W: Write + Seek>(
    contents: Contents<'_>,
    key: &SigningKey,
    now: DateTime<Utc>,
    out: W,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Written, PacketError> {
    // First what may be refused, so that nothing is read in vain.
    let (claims, attachments) = contents.into_files()?;
    let context = vocabulary::context(&claims.subject)?;
    let attachments = in_order(attachments)?;
    let mut writing = Writing { zip: ZipWriter::new(out), done: 0, total: total(&attachments), progress };
    let (mut files, mut media_types) = (Vec::new(), Vec::new());
    for Attachment { name, media_type, source } in attachments {
        let (digest, size) = writing.add(&name, open(&name, source)?)?;
        files.push((name, digest, size));
        media_types.push(media_type);
    }
    let manifest = manifest(claims, context, files.iter().zip(&media_types), key, now)?;
    writing.finish(&manifest)?;
    Ok(Written { signer: key.did(), files, manifest })
}

/// The attachments in the order of their names, each name once.
fn in_order(mut attachments: Vec<Attachment<'_>>) -> Result<Vec<Attachment<'_>>, PacketError> {
    if attachments.len() > MAX_FILES {
        return Err(PacketError::TooManyFiles);
    }
    attachments.sort_by(|a, b| a.name.cmp(&b.name));
    let mut seen = HashSet::new();
    for Attachment { name, .. } in &attachments {
        if name.is_manifest() || !seen.insert(name.as_str().to_lowercase()) {
            return Err(PacketError::DuplicateName(name.clone()));
        }
    }
    Ok(attachments)
}

/// The bytes to come, where every source tells its size.
fn total(attachments: &[Attachment<'_>]) -> Option<u64> {
    let sizes = attachments.iter().map(|attachment| match &attachment.source {
        Source::Path(path) => path.metadata().ok().map(|metadata| metadata.len()),
        Source::Bytes(bytes) => Some(bytes.len() as u64),
        Source::Reader(_) => None,
    });
    sizes.sum()
}

fn open<'a>(name: &EntryName, source: Source<'a>) -> Result<Box<dyn Read + 'a>, PacketError> {
    let failed = |source| PacketError::Attachment { name: name.clone(), source };
    match source {
        Source::Bytes(bytes) => Ok(Box::new(io::Cursor::new(bytes))),
        Source::Reader(reader) => Ok(reader),
        Source::Path(path) => {
            let file = File::open(&path).map_err(failed)?;
            let metadata = file.metadata().map_err(failed)?;
            if metadata.is_dir() {
                return Err(failed(io::ErrorKind::IsADirectory.into()));
            }
            if metadata.len() > MAX_FILE_BYTES {
                return Err(PacketError::TooLarge(name.clone()));
            }
            Ok(Box::new(file))
        }
    }
}

/// The archive under way.
struct Writing<'p, W: Write + Seek> {
    zip: ZipWriter<W>,
    done: u64,
    total: Option<u64>,
    progress: &'p mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
}

impl<W: Write + Seek> Writing<'_, W> {
    fn start(&mut self, name: &str) -> Result<(), PacketError> {
        // Nothing of the computer or the hour: the date is the ZIP format's first, 1980-01-01.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(name, options).map_err(output)
    }

    fn add(&mut self, name: &EntryName, source: Box<dyn Read + '_>) -> Result<(Digest, u64), PacketError> {
        self.start(name.as_str())?;
        // One byte over the limit is read, to know that there is one.
        let mut source = Digesting::new(source.take(MAX_FILE_BYTES + 1));
        let mut buffer = vec![0; 128 * 1024];
        loop {
            let read = match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(PacketError::Attachment { name: name.clone(), source }),
            };
            self.zip.write_all(&buffer[..read]).map_err(PacketError::Output)?;
            self.done += read as u64;
            let step = Progress { name: name.as_str(), done: self.done, total: self.total };
            if (self.progress)(step).is_break() {
                return Err(PacketError::Cancelled);
            }
        }
        let (digest, size) = source.finish();
        if size > MAX_FILE_BYTES { Err(PacketError::TooLarge(name.clone())) } else { Ok((digest, size)) }
    }

    fn finish(mut self, manifest: &[u8]) -> Result<(), PacketError> {
        self.start(MANIFEST)?;
        self.zip.write_all(manifest).map_err(PacketError::Output)?;
        self.zip.finish().map_err(output)?.flush().map_err(PacketError::Output)
    }
}

fn output(error: zip::result::ZipError) -> PacketError {
    PacketError::Output(error.into())
}

/// The signed credential, in canonical JSON.
fn manifest<'f>(
    claims: Claims,
    context: Value,
    files: impl Iterator<Item = (&'f (EntryName, Digest, u64), &'f String)>,
    key: &SigningKey,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, PacketError> {
    let did = key.did().to_string();
    let related = files.map(|((name, digest, _), media_type)| {
        let id = claims.id.resource(name);
        json!({"id": id, "name": name.as_str(), "mediaType": media_type, "digestMultibase": digest.to_multibase()})
    });
    let mut subject = claims.subject;
    subject.insert("@context".into(), context);
    subject.entry("id").or_insert_with(|| did.clone().into());
    let mut issuer = Map::from_iter([("id".to_owned(), Value::from(did))]);
    if let Some(name) = claims.issuer_name.filter(|name| !name.trim().is_empty()) {
        issuer.insert("name".into(), name.into());
    }
    let mut credential = Map::from_iter([
        ("@context".to_owned(), json!([vocabulary::CREDENTIALS_V2])),
        ("id".to_owned(), claims.id.credential().into()),
        ("type".to_owned(), json!(["VerifiableCredential", PACKET_TYPE])),
        ("issuer".to_owned(), issuer.into()),
        ("validFrom".to_owned(), date::format(now).into()),
        ("credentialSubject".to_owned(), subject.into()),
        ("relatedResource".to_owned(), related.collect()),
    ]);
    if let Some(title) = claims.title.filter(|title| !title.trim().is_empty()) {
        credential.insert("name".into(), title.into());
    }
    if let Some(until) = claims.valid_until {
        credential.insert("validUntil".into(), date::format(until).into());
    }
    let options = Map::from_iter([
        ("type".to_owned(), Value::from("DataIntegrityProof")),
        ("cryptosuite".to_owned(), CRYPTOSUITE.into()),
        ("created".to_owned(), date::format(now).into()),
        ("verificationMethod".to_owned(), key.did().verification_method().into()),
        ("proofPurpose".to_owned(), "assertionMethod".into()),
    ]);
    let proof = eddsa_jcs_2022::create_proof(&credential, options, key)?;
    credential.insert("proof".into(), proof);
    let manifest = jcs::canonicalize(&Value::Object(credential))?;
    if manifest.len() > MAX_BYTES { Err(PacketError::ClaimsTooLarge) } else { Ok(manifest) }
}
