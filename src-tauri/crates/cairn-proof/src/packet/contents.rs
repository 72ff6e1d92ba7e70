//! What a packet holds, and where in it everything stands.
//!
//! ```text
//! credentials/01-name.json   imported credentials, byte for byte (json, jwt, png, svg)
//! self-issued/01-name.json   what the learner signed about themselves
//! endorsements/01-name.json  what others signed about the learner's claims
//! evidence/1-photo.png       files of evidence
//! materials/keys/01.json     copies of key documents      ⎫ materials/index.json says for which address each stands
//! materials/status/01.json   copies of status lists       ⎭ and when it was seen
//! verdicts.json              what was found when, and on which copies it rested
//! lines.json                 each line of the résumé with what backs it
//! key-history.json  resume.pdf  resume.json  verify.html  manifest.json
//! ```

use super::name::EntryName;
use super::page::VERIFY_PAGE;
use super::write::{Attachment, Claims, PacketError, Source};
use crate::jcs;
use crate::materials::{Material, MaterialKind};
use crate::reason::Verdict;
use crate::report::{Report, Used};
use crate::{date, json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Everything that goes into a packet. Start from [`Contents::new`].
pub struct Contents<'a> {
    /// What the learner claims.
    pub claims: Claims,
    /// Credentials that others issued to the learner.
    pub credentials: Vec<Enclosed>,
    /// Credentials that the learner issued about themselves.
    pub self_issued: Vec<Enclosed>,
    /// Endorsements by others.
    pub endorsements: Vec<Enclosed>,
    /// Copies of the key documents and status lists that their verdicts rest on.
    pub materials: Vec<Material>,
    /// The signed history of the learner's keys, as [`crate::keys`] writes it.
    pub key_history: Option<Vec<u8>>,
    /// Each line of the résumé with what backs it, in the order of the page.
    pub lines: Vec<Line>,
    /// Files under names of their own: evidence, the résumé's two forms.
    pub attachments: Vec<Attachment<'a>>,
    /// Whether the page goes in that checks the packet in a browser.
    pub page: bool,
}

/// A credential on its way into a packet.
#[derive(Debug, Clone)]
pub struct Enclosed {
    /// What it is called, from which its name in the packet is made: a file name or a title.
    pub name: String,
    /// Its bytes as they were received.
    pub bytes: Vec<u8>,
    /// What was found about it, and when.
    pub verdicts: Vec<DatedVerdict>,
}

/// A verdict as it was found on a day, kept beside what it was found about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatedVerdict {
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one sentence.
    pub reason: String,
    /// What to do next, in one sentence.
    pub next: String,
    /// The instant that dates were compared with, RFC 3339 in UTC.
    pub checked_at: String,
    /// Which copies it rested on.
    pub used: Vec<Used>,
}

impl From<&Report> for DatedVerdict {
    fn from(report: &Report) -> Self {
        Self {
            verdict: report.verdict(),
            reason: report.reason.sentence(),
            next: report.reason.next().to_owned(),
            checked_at: report.checked_at.clone(),
            used: report.used.clone(),
        }
    }
}

/// A line of the résumé and what backs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What the line says.
    pub text: String,
    /// Who signed for it.
    pub provenance: Provenance,
    /// The issuer's name, where an issuer signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The credential in this packet that backs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Who signed for a line of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// An issuer, in a credential of its own.
    IssuerSigned,
    /// The learner, with the packet or a credential of their own.
    SelfSigned,
    /// Nobody.
    Unsigned,
}

/// The folders that hold credentials.
pub(super) const CREDENTIALS: &str = "credentials";
pub(super) const SELF_ISSUED: &str = "self-issued";
pub(super) const ENDORSEMENTS: &str = "endorsements";
/// The list of copies.
pub(super) const MATERIALS: &str = "materials/index.json";
/// What was found about each credential, and when; the latest last.
pub(super) const VERDICTS: &str = "verdicts.json";
/// The lines of the résumé.
pub(super) const LINES: &str = "lines.json";

impl<'a> Contents<'a> {
    /// Claims alone, with the page that checks them.
    pub fn new(claims: Claims) -> Self {
        Self {
            claims,
            credentials: Vec::new(),
            self_issued: Vec::new(),
            endorsements: Vec::new(),
            materials: Vec::new(),
            key_history: None,
            lines: Vec::new(),
            attachments: Vec::new(),
            page: true,
        }
    }

    /// The claims, and every file of the packet; the order does not matter.
    pub(super) fn into_files(self) -> Result<(Claims, Vec<Attachment<'a>>), PacketError> {
        let mut files = self.attachments;
        let mut verdicts = Vec::new();
        for (folder, enclosed) in [(CREDENTIALS, self.credentials), (SELF_ISSUED, self.self_issued), (ENDORSEMENTS, self.endorsements)] {
            for (at, Enclosed { name, bytes, verdicts: found }) in enclosed.into_iter().enumerate() {
                let name = EntryName::credential(folder, at + 1, &name, &bytes);
                for verdict in found {
                    verdicts.push(with_file(&verdict, &name)?);
                }
                files.push(at_hand(name, media_type(&bytes), bytes));
            }
        }
        if !verdicts.is_empty() {
            files.push(listed(VERDICTS, verdicts)?);
        }
        materials(self.materials, &mut files)?;
        if !self.lines.is_empty() {
            let lines: Result<Vec<Value>, _> = self.lines.iter().map(serde_json::to_value).collect();
            files.push(listed(LINES, lines.map_err(unwritable)?)?);
        }
        if let Some(history) = self.key_history {
            files.push(at_hand(fixed("key-history.json"), "application/json", history));
        }
        if self.page {
            files.push(at_hand(EntryName::verify_page(), "text/html", VERIFY_PAGE.as_bytes().to_vec()));
        }
        Ok((self.claims, files))
    }
}

impl EntryName {
    /// The name of the `number`th credential (from 1) in `credentials`, as a line's [`Line::file`] gives it.
    pub fn issued(number: usize, credential: &Enclosed) -> Self {
        Self::credential(CREDENTIALS, number, &credential.name, &credential.bytes)
    }

    /// The name of the `number`th credential (from 1) in `self_issued`, as a line's [`Line::file`] gives it.
    pub fn self_issued(number: usize, credential: &Enclosed) -> Self {
        Self::credential(SELF_ISSUED, number, &credential.name, &credential.bytes)
    }

    /// The name of the `number`th endorsement (from 1), as a line's [`Line::file`] gives it.
    pub fn endorsement(number: usize, credential: &Enclosed) -> Self {
        Self::credential(ENDORSEMENTS, number, &credential.name, &credential.bytes)
    }

    fn credential(folder: &str, number: usize, name: &str, bytes: &[u8]) -> Self {
        let extension = extension(bytes);
        let stem = name.strip_suffix(&format!(".{extension}")).unwrap_or(name);
        Self::numbered(folder, &format!("{number:02}"), &format!("{stem}.{extension}"))
    }
}

/// The copies with their index, each content once for its address, in an order of their own.
fn materials<'a>(mut materials: Vec<Material>, files: &mut Vec<Attachment<'a>>) -> Result<(), PacketError> {
    if materials.is_empty() {
        return Ok(());
    }
    let rank = |material: &Material| (folder(material.kind), material.url.clone(), material.seen, material.bytes.clone());
    materials.sort_by_cached_key(rank);
    materials.dedup_by(|one, other| rank(one) == rank(other));
    let mut index = Vec::new();
    for (at, Material { kind, url, bytes, seen }) in materials.into_iter().enumerate() {
        let name = fixed(&format!("materials/{}/{:02}.{}", folder(kind), at + 1, extension(&bytes)));
        let kind = serde_json::to_value(kind).map_err(unwritable)?;
        index.push(json!({"kind": kind, "url": url, "seen": date::format(seen), "file": name.as_str()}));
        files.push(at_hand(name, media_type(&bytes), bytes));
    }
    files.push(listed(MATERIALS, index)?);
    Ok(())
}

fn folder(kind: MaterialKind) -> &'static str {
    match kind {
        MaterialKind::StatusList => "status",
        MaterialKind::KeyDocument => "keys",
        MaterialKind::HostedDocument => "hosted",
    }
}

fn with_file(verdict: &DatedVerdict, name: &EntryName) -> Result<Value, PacketError> {
    let mut row = serde_json::to_value(verdict).map_err(unwritable)?;
    row["file"] = name.as_str().into();
    Ok(row)
}

fn listed<'a>(name: &str, rows: Vec<Value>) -> Result<Attachment<'a>, PacketError> {
    let bytes = jcs::canonicalize(&Value::Array(rows))?;
    if bytes.len() > json::MAX_BYTES { Err(PacketError::ClaimsTooLarge) } else { Ok(at_hand(fixed(name), "application/json", bytes)) }
}

fn at_hand<'a>(name: EntryName, media_type: &str, bytes: Vec<u8>) -> Attachment<'a> {
    Attachment { name, media_type: media_type.into(), source: Source::Bytes(bytes) }
}

fn fixed(name: &str) -> EntryName {
    EntryName::fixed(name)
}

fn unwritable(error: serde_json::Error) -> PacketError {
    PacketError::Output(error.into())
}

/// What a credential's first bytes make it.
fn extension(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start() {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [b'<', ..] | [0xef, 0xbb, 0xbf, b'<', ..] => "svg",
        [b'e', b'y', b'J', ..] => "jwt",
        _ => "json",
    }
}

/// The media type (RFC 6838) that goes with [`extension`].
fn media_type(bytes: &[u8]) -> &'static str {
    match extension(bytes) {
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "jwt" => "application/jwt",
        _ => "application/ld+json",
    }
}
