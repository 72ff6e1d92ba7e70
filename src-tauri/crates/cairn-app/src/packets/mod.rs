//! Packets from anywhere, opened to look inside: whose they are, what they claim, every credential with the verdict on it, every
//! file. Nothing of them enters the vault, nothing is fetched, and only what its owner signed is read out of them.
//!
//! A packet stays open under a number until it is closed, so that whoever shows it never learns a path.

mod claims;
mod page;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use cairn_proof::opened::{self, MAX_PDF_BYTES};
use cairn_proof::packet::{EntryName, Opened, ReadError, read};
use cairn_proof::shown;
use cairn_proof::view::CredentialView;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::documents::verify::{readable, unreadable};
use crate::documents::{Given, Report, verify_bytes, verify_file, write};
use crate::files::{FileText, Preview, TEXT_SHOWN, no_preview, raster, start_of_text};
use crate::work::Progress;
use crate::{AppError, Result};

pub use claims::{ClaimText, PacketClaim};
pub use page::{FileRole, PacketCredential, PacketFile, PacketPage, PacketPart, PacketVerdict};

/// The largest credential that is read out of a packet, in bytes: what verifiers read.
const LARGEST_CREDENTIAL: u64 = 16 << 20;
/// The largest picture in a packet that is decoded, in bytes.
const LARGEST_PICTURE: u64 = 64 << 20;

/// The verdict on a file, and the packet in it, opened.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Looked {
    /// The verdict.
    pub report: Report,
    /// The number under which its packet can be looked into; nothing where the file holds none.
    pub packet: Option<u32>,
}

/// The packets that are open.
#[derive(Default)]
pub struct Packets(Mutex<(u32, HashMap<u32, Arc<Packet>>)>);

/// A packet that is open.
struct Packet {
    /// What the file is called, safe to show.
    name: String,
    source: Source,
    manifest: Map<String, Value>,
    /// The verdict on the packet, which may be an attachment of the file.
    report: Report,
}

/// Where a packet's bytes are.
enum Source {
    /// The file that was chosen, held open.
    File(Mutex<File>),
    /// In memory: a dropped file, or one that came inside another.
    Bytes(Vec<u8>),
}

trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

impl Packets {
    /// The verdict on the file at `path`, as [`verify_file`] finds it, and its packet opened where it is one or carries one.
    ///
    /// # Errors
    /// As [`verify_file`].
    pub fn look_at_file(&self, path: &Path, given: &Given, at: DateTime<Utc>, progress: &mut Progress<'_>) -> Result<Looked> {
        let report = verify_file(path, given, at, progress)?;
        let (mut file, _) = readable(path)?;
        let mut head = [0; 8];
        let read = file.read(&mut head).and_then(|read| file.rewind().map(|()| read)).map_err(|error| unreadable(path, &error))?;
        let source = if head[..read].starts_with(b"%PDF-") {
            let mut bytes = Vec::new();
            file.take(MAX_PDF_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
            Source::attached(&bytes)
        } else {
            head[..read].starts_with(b"PK").then(|| (Source::File(Mutex::new(file)), None))
        };
        Ok(self.keep(report, source))
    }

    /// The same on bytes at hand.
    ///
    /// # Errors
    /// As [`verify_bytes`].
    pub fn look_at_bytes(&self, name: &str, bytes: &[u8], given: &Given, at: DateTime<Utc>) -> Result<Looked> {
        let report = verify_bytes(name, bytes, given, at)?;
        let source = if bytes.starts_with(b"%PDF-") {
            Source::attached(bytes)
        } else {
            bytes.starts_with(b"PK").then(|| (Source::Bytes(bytes.to_vec()), None))
        };
        Ok(self.keep(report, source))
    }

    /// Everything in a packet.
    ///
    /// # Errors
    /// `no-such-packet`; `file-failed` where it can no longer be read.
    pub fn page(&self, packet: u32) -> Result<PacketPage> {
        self.get(packet)?.page()
    }

    /// What a credential in a packet says.
    ///
    /// # Errors
    /// `no-such-packet`; `packet-file-changed` where it is not there as its owner signed it; `no-preview` where it is none.
    pub fn credential(&self, packet: u32, file: &str) -> Result<CredentialView> {
        let bytes = self.get(packet)?.small(file, LARGEST_CREDENTIAL)?;
        let opened = opened::open(file, &bytes).map_err(|_| no_preview())?;
        Ok(opened.items.first().ok_or_else(no_preview)?.view())
    }

    /// The start of a text in a packet.
    ///
    /// # Errors
    /// As [`Packets::credential`].
    pub fn text(&self, packet: u32, file: &str) -> Result<FileText> {
        let packet = self.get(packet)?;
        if packet.preview(file) != Preview::Text {
            return Err(no_preview());
        }
        packet.file(file, |content| {
            let mut start = Vec::new();
            content.take(TEXT_SHOWN).read_to_end(&mut start)?;
            // Only its end tells that it is the one that was signed.
            let rest = io::copy(content, &mut io::sink())?;
            Ok(start_of_text(&start, rest > 0))
        })
    }

    /// A picture in a packet, by the SHA-256 of its content, decoded and encoded anew as PNG.
    ///
    /// # Errors
    /// As [`Packets::credential`].
    pub fn picture(&self, packet: u32, sha256: &str) -> Result<Vec<u8>> {
        let packet = self.get(packet)?;
        let bound = page::bound(&packet.manifest);
        let file = bound.iter().find(|it| it.sha256 == sha256 && it.preview() == Preview::Image).ok_or_else(no_preview)?;
        raster(Cursor::new(packet.small(&file.name, LARGEST_PICTURE)?))
    }

    /// What a file in a packet is called, for a copy of it.
    ///
    /// # Errors
    /// `no-such-packet`.
    pub fn file_name(&self, packet: u32, file: &str) -> Result<String> {
        let packet = self.get(packet)?;
        let named = page::names(&packet.manifest).remove(file);
        let name = named.unwrap_or_else(|| cairn_domain::text::base_name(file).to_owned());
        Ok(crate::documents::name::safe_name(&name))
    }

    /// Writes a copy of a file in a packet to `to`, whole or not at all.
    ///
    /// # Errors
    /// `no-such-packet`, `packet-file-changed`, and as [`App::write_document`](crate::App::write_document).
    pub fn save(&self, packet: u32, file: &str, to: &Path) -> Result<()> {
        let packet = self.get(packet)?;
        write::whole(to, |out| {
            let mut unwritten = None;
            let copied = packet.file(file, |content| {
                let mut piece = vec![0; 128 << 10];
                loop {
                    let read = content.read(&mut piece)?;
                    if read == 0 {
                        return Ok(());
                    }
                    if let Err(error) = out.write_all(&piece[..read]) {
                        unwritten = Some(write::failed(to, &error));
                        return Err(io::ErrorKind::Other.into());
                    }
                }
            });
            unwritten.map_or(copied, Err)
        })
    }

    /// Lets go of a packet.
    pub fn close(&self, packet: u32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&packet);
    }

    /// Keeps open what is a packet; `place` is where it stood in the file, if it came inside.
    fn keep(&self, report: Report, source: Option<(Source, Option<String>)>) -> Looked {
        let packet = source.and_then(|(source, place)| {
            let manifest = source.read(|opened| Ok(opened.manifest().clone())).ok()?;
            let own = place.and_then(|place| report.inside.iter().find(|inside| inside.file == shown(&place)));
            Some(Packet { name: report.file.clone(), report: own.unwrap_or(&report).clone(), source, manifest })
        });
        let number = packet.map(|packet| {
            let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            open.0 += 1;
            let number = open.0;
            open.1.insert(number, Arc::new(packet));
            number
        });
        Looked { report, packet: number }
    }

    fn get(&self, packet: u32) -> Result<Arc<Packet>> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.1.get(&packet).cloned().ok_or_else(|| AppError::new("no-such-packet", "This packet is no longer open. Choose its file again."))
    }
}

impl Source {
    /// The packet that a PDF carries, and where.
    fn attached(pdf: &[u8]) -> Option<(Source, Option<String>)> {
        let packet = opened::open("document", pdf).ok()?.packets.into_iter().next()?;
        Some((Source::Bytes(packet.bytes), Some(packet.place)))
    }

    /// Reads in it, from its start.
    fn read<T>(&self, look: impl FnOnce(&mut Opened<Box<dyn Seekable + '_>>) -> Result<T, ReadError>) -> Result<T, ReadError> {
        match self {
            Source::Bytes(bytes) => look(&mut read(Box::new(Cursor::new(bytes.as_slice())) as Box<dyn Seekable>)?),
            Source::File(file) => {
                let file = file.lock().unwrap_or_else(PoisonError::into_inner);
                let mut reader = BufReader::new(&*file);
                reader.rewind()?;
                look(&mut read(Box::new(reader) as Box<dyn Seekable>)?)
            }
        }
    }
}

impl Packet {
    /// Lets `look` read one of its files to the end, which says whether it is the one that was signed.
    fn file<T>(&self, name: &str, look: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> Result<T> {
        let entry = EntryName::new(name).map_err(|_| changed(name))?;
        let read = self.source.read(|opened| {
            // A file that was exchanged under our hands is another packet.
            if *opened.manifest() != self.manifest {
                return Err(ReadError::NotBound(entry.clone()));
            }
            Ok(look(&mut opened.file(&entry)?)?)
        });
        read.map_err(|error| match error {
            ReadError::Read(ref failure) if !is_damage(failure) => unreadable_packet(&self.name, &error),
            _ => changed(name),
        })
    }

    /// A file that is small enough to be held in memory, whole.
    fn small(&self, name: &str, most: u64) -> Result<Vec<u8>> {
        let bytes = self.file(name, |content| {
            let mut bytes = Vec::new();
            content.take(most + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        })?;
        if bytes.len() as u64 > most { Err(no_preview()) } else { Ok(bytes) }
    }

    fn preview(&self, name: &str) -> Preview {
        page::bound(&self.manifest).iter().find(|file| file.name == name).map_or(Preview::None, page::BoundFile::preview)
    }
}

/// Whether a read failed for what the file is, not for the disk it is on.
fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof)
}

/// A packet that could be read before and now cannot.
fn unreadable_packet(name: &str, error: &ReadError) -> AppError {
    AppError::new("file-failed", format!("Could not read {name}: {error}."))
        .with("doing", "read")
        .with("path", name)
        .with("detail", error.to_string())
}

fn changed(name: &str) -> AppError {
    let name = shown(name);
    AppError::new("packet-file-changed", format!("{name} is not in the packet as its owner signed it.")).with("name", name)
}
