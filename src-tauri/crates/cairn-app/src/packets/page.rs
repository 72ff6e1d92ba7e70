//! What a packet shows: its owner and its verdict, each credential with the verdict now and those recorded, and its files.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use cairn_proof::digest::Digest;
use cairn_proof::{opened, shown};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::claims::{self, ClaimText, PacketClaim};
use super::{LARGEST_CREDENTIAL, Packet};
use crate::Result;
use crate::documents::{Report, Verdict};
use crate::files::Preview;

/// Everything in a packet, safe to show.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct PacketPage {
    /// The name of the file it was opened from.
    pub file: String,
    /// What its owner calls it.
    pub title: Option<String>,
    /// Whose it is, as its owner says.
    pub owner: Option<String>,
    /// When it was signed (RFC 3339).
    pub made: Option<String>,
    /// The verdict on the packet itself, with the lines of its résumé; those on its credentials stand beside them.
    pub report: Report,
    /// What its owner says about themselves.
    pub about: Vec<ClaimText>,
    /// Its credentials: from issuers, from the owner, from others about them.
    pub credentials: Vec<PacketCredential>,
    /// What its owner claims, in the order of its kinds.
    pub claims: Vec<PacketClaim>,
    /// Its files: evidence, the résumé's forms, then the packet's own.
    pub files: Vec<PacketFile>,
}

/// A credential in a packet.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct PacketCredential {
    /// Its name in the packet.
    pub file: String,
    /// What it calls itself.
    pub title: String,
    /// Who it is from.
    pub part: PacketPart,
    /// What is found about it now.
    pub report: Report,
    /// What its owner had found about it, latest first.
    pub recorded: Vec<PacketVerdict>,
}

/// Who a credential in a packet is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum PacketPart {
    /// An issuer.
    Issued,
    /// The packet's owner.
    SelfIssued,
    /// Somebody who vouches for something in it.
    Endorsement,
}

/// A verdict that the packet's owner recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PacketVerdict {
    /// What was found.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// When (RFC 3339).
    pub at: String,
}

/// A file in a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct PacketFile {
    /// Its name in the packet.
    pub file: String,
    /// What its owner calls it.
    pub name: String,
    /// What it is for.
    pub role: FileRole,
    /// The piece of evidence it belongs to.
    pub of: Option<String>,
    /// Its media type (RFC 6838), as its owner signed it.
    pub media_type: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of the content that was signed: `cairn://packet/<number>/<sha256>` where it is a picture.
    pub sha256: String,
    /// How it can be looked at within Cairn.
    pub preview: Preview,
    /// Whether it is the one that was signed.
    pub intact: bool,
}

/// What a file in a packet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum FileRole {
    /// Evidence for a claim.
    Evidence,
    /// The résumé, in one of its forms.
    Resume,
    /// What the packet needs to be checked by.
    Own,
}

/// A file that a manifest binds.
pub(super) struct BoundFile {
    pub name: String,
    /// Its address, as claims point to it.
    id: String,
    media_type: String,
    pub sha256: String,
}

impl BoundFile {
    pub fn preview(&self) -> Preview {
        Preview::of(&self.media_type)
    }
}

/// A row of the verdicts that travel in a packet.
#[derive(Deserialize)]
struct Recorded {
    file: String,
    verdict: String,
    #[serde(default)]
    reason: String,
    checked_at: String,
}

/// The files that a manifest binds (VC Data Model 2.0, section 5.3).
pub(super) fn bound(manifest: &Map<String, Value>) -> Vec<BoundFile> {
    let rows = manifest.get("relatedResource").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let file = |row: &Value| {
        let text = |member: &str| row.get(member).and_then(Value::as_str).map(str::to_owned);
        let digest = Digest::from_multibase(&text("digestMultibase")?).ok()?;
        let mut sha256 = String::with_capacity(64);
        for byte in digest.as_bytes() {
            let _ = write!(sha256, "{byte:02x}");
        }
        Some(BoundFile { name: text("name")?, id: text("id")?, media_type: text("mediaType").unwrap_or_default(), sha256 })
    };
    rows.iter().filter_map(file).collect()
}

/// What its owner calls each file of evidence, by its name in the packet.
pub(super) fn names(manifest: &Map<String, Value>) -> HashMap<String, String> {
    evidence_of(manifest).into_iter().map(|(file, (name, _))| (file, name)).collect()
}

/// The owner's name for each file of evidence and the title of that evidence, by its name in the packet.
fn evidence_of(manifest: &Map<String, Value>) -> HashMap<String, (String, String)> {
    let addresses: HashMap<String, String> = bound(manifest).into_iter().map(|file| (file.id, file.name)).collect();
    let evidence = manifest.get("credentialSubject").and_then(|subject| subject.get("evidence")).and_then(Value::as_array);
    let mut of = HashMap::new();
    for claim in evidence.map_or(&[][..], Vec::as_slice) {
        let title = claim.get("name").and_then(Value::as_str).unwrap_or_default();
        for part in claim.get("hasPart").and_then(Value::as_array).map_or(&[][..], Vec::as_slice) {
            let text = |member: &str| part.get(member).and_then(Value::as_str);
            if let (Some(file), Some(name)) = (text("id").and_then(|id| addresses.get(id)), text("name")) {
                of.entry(file.clone()).or_insert_with(|| (shown(name), shown(title)));
            }
        }
    }
    of
}

impl Packet {
    /// Everything in it.
    pub fn page(&self) -> Result<PacketPage> {
        let text = |of: Option<&Value>| of.and_then(Value::as_str).map(shown);
        let subject = self.manifest.get("credentialSubject").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut report = self.report.clone();
        let mut recorded = self.recorded();
        let credentials =
            std::mem::take(&mut report.inside).into_iter().filter_map(|inside| self.credential(inside, &mut recorded)).collect();
        let issuer = report.issuer.as_ref().and_then(|issuer| issuer.name.clone());
        Ok(PacketPage {
            file: self.name.clone(),
            title: text(self.manifest.get("name")),
            owner: text(subject.get("name")).or(issuer),
            made: report.proofs.first().and_then(|proof| proof.created.clone()),
            about: claims::about(&subject),
            claims: claims::claims(&subject),
            credentials,
            files: self.files()?,
            report,
        })
    }

    fn credential(&self, report: Report, recorded: &mut BTreeMap<String, Vec<PacketVerdict>>) -> Option<PacketCredential> {
        let part = match report.file.split_once('/')?.0 {
            "credentials" => PacketPart::Issued,
            "self-issued" => PacketPart::SelfIssued,
            _ => PacketPart::Endorsement,
        };
        let file = bound(&self.manifest).into_iter().map(|file| file.name).find(|name| shown(name) == report.file);
        let file = file.unwrap_or_else(|| report.file.clone());
        let opened = self.small(&file, LARGEST_CREDENTIAL).ok().and_then(|bytes| opened::open(&file, &bytes).ok());
        let title = opened.and_then(|opened| opened.items.into_iter().next()).map_or_else(|| report.file.clone(), |item| item.name);
        let mut recorded = recorded.remove(&file).unwrap_or_default();
        recorded.sort_by(|one, other| other.at.cmp(&one.at));
        Some(PacketCredential { title, part, report, recorded, file })
    }

    /// What its owner had found about its credentials.
    fn recorded(&self) -> BTreeMap<String, Vec<PacketVerdict>> {
        let bytes = self.small("verdicts.json", LARGEST_CREDENTIAL).unwrap_or_default();
        let rows: Vec<Value> = serde_json::from_slice(&bytes).unwrap_or_default();
        let mut recorded = BTreeMap::<String, Vec<PacketVerdict>>::new();
        for row in rows {
            let Ok(Recorded { file, verdict, reason, checked_at }) = serde_json::from_value(row) else { continue };
            if let Some(verdict) = Verdict::named(&verdict) {
                let reason = claims::legible(&reason);
                recorded.entry(file).or_default().push(PacketVerdict { verdict, reason, at: shown(&checked_at) });
            }
        }
        recorded
    }

    fn files(&self) -> Result<Vec<PacketFile>> {
        let sizes: HashMap<String, u64> = self
            .source
            .read(|opened| Ok(opened.files().into_iter().map(|(name, size)| (name.as_str().to_owned(), size)).collect()))
            .map_err(|error| super::unreadable_packet(&self.name, &error))?;
        let mut evidence = evidence_of(&self.manifest);
        let mut files: Vec<PacketFile> = Vec::new();
        for file in bound(&self.manifest) {
            let role = match file.name.as_str() {
                "resume.pdf" | "resume.json" => FileRole::Resume,
                name if name.starts_with("evidence/") => FileRole::Evidence,
                // These are shown as what they are.
                name if ["credentials/", "self-issued/", "endorsements/"].iter().any(|folder| name.starts_with(folder)) => continue,
                _ => FileRole::Own,
            };
            let Some(&size) = sizes.get(&file.name) else { continue };
            let (name, of) = match evidence.remove(&file.name) {
                Some((name, of)) => (name, Some(of).filter(|of| !of.is_empty())),
                None => (shown(file.name.strip_prefix("evidence/").unwrap_or(&file.name)), None),
            };
            let preview = file.preview();
            let intact = !self.report.changed.contains(&shown(&file.name));
            let media_type = shown(&file.media_type);
            files.push(PacketFile { role, name, of, media_type, size, preview, intact, sha256: file.sha256, file: file.name });
        }
        files.sort_by(|one, other| (one.role, &one.file).cmp(&(other.role, &other.file)));
        Ok(files)
    }
}
