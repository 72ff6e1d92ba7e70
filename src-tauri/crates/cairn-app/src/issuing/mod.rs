//! What the learner signs: a claim as a badge, the whole record as one, an endorsement for somebody else.
//!
//! A badge of one's own is self-signed and says so; what makes it worth reading is the evidence bound to it, and who endorses
//! it. Everything is checked against its standard's schema before it is signed: a badge and an endorsement before the key is even
//! asked for, a learner record with the badges in it, which need the key first.

mod alignments;
mod claim;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::path::Path;
use std::str::FromStr;

use cairn_domain::{Kind, RecordId};
use cairn_proof::issue::picture::Picture;
use cairn_proof::issue::{self, About, Achievement, Association, Clr, Document, EndorsementRequest, IssueError, Member, Signer};
use cairn_proof::{DidKey, KeyStore, SigningKey};
use cairn_vault::Reader;
use cairn_vault::wallet::held::Held as Row;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use claim::{CLAIMED, achievement_id, is_achieved};

use crate::curation::selection::{Chosen, Extent};
use crate::documents::Exported;
use crate::documents::enclosed::letters;
use crate::documents::write::{failed, whole};
use crate::wallet::issues::{Issue, speaking};
use crate::{App, AppError, Result};

/// Width and height of a baked picture, in pixels.
const PICTURE_SIDE: u32 = 600;
/// The largest request for an endorsement that is read, in bytes.
const LARGEST_REQUEST: u64 = 1 << 20;

/// How a badge leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum BadgeFormat {
    /// JSON with its proof in it.
    Json,
    /// A compact token (VC-JWT).
    Jwt,
    /// Baked into a PNG picture.
    Png,
    /// Baked into an SVG picture.
    Svg,
}

impl BadgeFormat {
    /// Every format, the usual one first.
    pub const ALL: [BadgeFormat; 4] = [BadgeFormat::Json, BadgeFormat::Jwt, BadgeFormat::Png, BadgeFormat::Svg];

    /// Its name on the command line, and how its files' names end.
    pub const fn name(self) -> &'static str {
        match self {
            BadgeFormat::Json => "json",
            BadgeFormat::Jwt => "jwt",
            BadgeFormat::Png => "png",
            BadgeFormat::Svg => "svg",
        }
    }
}

impl FromStr for BadgeFormat {
    type Err = AppError;

    fn from_str(text: &str) -> Result<Self, AppError> {
        let found = BadgeFormat::ALL.into_iter().find(|format| format.name() == text);
        found.ok_or_else(|| {
            let message = format!("There is no badge as “{text}”; it comes as json, jwt, png or svg.");
            AppError::new("no-such-format", message).with("format", text)
        })
    }
}

/// Somebody's request for an endorsement, as the endorser reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Request {
    /// Who asks; anybody can write any name.
    pub from: String,
    /// What is to be endorsed.
    pub name: String,
    /// What it says.
    pub summary: String,
    /// What they write.
    pub message: String,
    /// When they asked (RFC 3339).
    pub asked: String,
    /// Whether whoever answers would sign without a name, for want of one in their profile.
    pub nameless: bool,
    /// Whether it asks about what is in this vault: whoever answers endorses themselves.
    pub own: bool,
}

impl App {
    /// A record's claim, signed by the learner, as a file's bytes.
    ///
    /// # Errors
    /// `not-found`, `not-claimed` for a kind that claims nothing on its own, `not-achieved` for what is only planned or under way,
    /// `issue-failed`, `key-…`.
    pub fn badge(&self, record: RecordId, format: BadgeFormat) -> Result<Vec<u8>> {
        let (mut achievement, signer) = self.claimed(record)?;
        let (id, by) = (achievement.achievement_id.to_string(), signer.name.clone().unwrap_or_default());
        let title = achievement.name.clone();
        let picture = Picture { id: &id, title: &title, issuer: &by, note: "Self-signed" };
        achievement.image = Some(picture.data_url());
        achievement.image_caption = Some(format!("A cairn, and the title “{title}”"));
        let (document, key) = self.checked_for_key(|did| achievement.document(&signer, did).map_err(refused))?;
        let signed = |document: &Document| document.sign(&key, self.vault.now()).map_err(refused);
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        match format {
            BadgeFormat::Json => signed(&document),
            BadgeFormat::Jwt => document.sign_jwt(&key).map(String::into_bytes).map_err(refused),
            BadgeFormat::Png => {
                let drawn = picture.png(PICTURE_SIDE).map_err(|error| refused(IssueError::Picture(error.to_string())))?;
                issue::bake_png(&drawn, &text(signed(&document)?)).map_err(refused)
            }
            BadgeFormat::Svg => issue::bake_svg(picture.svg().as_bytes(), &text(signed(&document)?)).map_err(refused),
        }
    }

    /// Writes [`App::badge`] to `to`, whole or not at all.
    ///
    /// # Errors
    /// As [`App::badge`] and [`App::write_document`].
    pub fn write_badge(&self, record: RecordId, format: BadgeFormat, to: &Path) -> Result<Exported> {
        let bytes = self.badge(record, format)?;
        written(to, &bytes, Vec::new())
    }

    /// What a badge's file is called when the learner does not say.
    ///
    /// # Errors
    /// `not-found`.
    pub fn badge_name(&self, record: RecordId, format: BadgeFormat) -> Result<String> {
        self.record_file_name(record, "badge", format.name())
    }

    /// Everything signed in a collection, or in the vault, as one Comprehensive Learner Record 2.0 under the learner's
    /// signature: what issuers signed as they signed it, how they say it belongs together, and the learner's own claims. With what
    /// could not go in.
    ///
    /// # Errors
    /// `not-found`, `nothing-to-sign`, `issue-failed`, `file-damaged`, `key-…`.
    pub fn clr(&self, collection: Option<RecordId>) -> Result<(Vec<u8>, Vec<String>)> {
        let selection = self.selection(collection, Extent::WithEvidence)?;
        let shown: BTreeSet<RecordId> = selection.records().map(|chosen| chosen.id).collect();
        let mut claims = Vec::new();
        let mut planned = selection.not_held.len();
        let letters = self.vault.read(letters)?;
        let mut endorsed = 0;
        for chosen in selection.records().filter(|chosen| CLAIMED.contains(&chosen.record.kind())) {
            if letters.contains(&chosen.id) {
                endorsed += 1;
                continue;
            }
            let held = self.vault.read(|reader| Ok(speaking(self.issues(reader, chosen.id)?)))?;
            if held.is_empty() && !is_achieved(&chosen.record) {
                planned += 1;
            } else {
                claims.push((chosen, held));
            }
        }
        if claims.is_empty() {
            let message = "There is nothing to sign: the collection shows no credential that was earned, no evidence, story or skill.";
            return Err(AppError::new("nothing-to-sign", message));
        }
        // Made where the learner has none, so not before there is something to sign.
        let key = self.learner_key()?.key;
        let now = self.vault.now();
        let (mut members, mut associations) = (Vec::new(), Vec::new());
        for (chosen, held) in claims {
            let name = chosen.record.heading().title;
            // An issuer's word for a credential stands in its own place; the learner's would only repeat it.
            if held.is_empty() {
                let claim = self.self_issued(chosen, &key, &|id| shown.contains(&id))?;
                members.extend(claim.map(|bytes| Member { name, bytes }));
                continue;
            }
            for Issue { row, .. } in &held {
                members.push(Member { name: name.clone(), bytes: self.held_credential(row.id)? });
                associations.extend(self.associations(row));
            }
        }
        let id = claim::instant_id(collection.map(|id| id.to_string()).unwrap_or_default(), now);
        let name = if selection.collection.title.trim().is_empty() { "Learner record".into() } else { selection.collection.title.clone() };
        let partial = collection.is_some();
        let clr = Clr { id, name, partial, members, associations: distinct(associations), valid_from: now, valid_until: None };
        let (document, left_out) = clr.document(&self.signer()?, key.did()).map_err(refused)?;
        let mut lost: Vec<String> = left_out.into_iter().map(|left| format!("{}: {}.", left.name, left.why)).collect();
        lost.extend(match planned {
            0 => None,
            1 => Some("1 credential that is only planned or under way: nothing is signed as achieved before it is.".to_owned()),
            many => Some(format!("{many} credentials that are only planned or under way: nothing is signed as achieved before it is.")),
        });
        if endorsed > 0 {
            lost.push("What others say in endorsements: a packet carries them.".to_owned());
        }
        Ok((document.sign(&key, now).map_err(refused)?, lost))
    }

    /// A request that somebody endorses a record, to be sent to them.
    ///
    /// # Errors
    /// As [`App::badge`].
    pub fn endorsement_request(&self, record: RecordId, message: &str) -> Result<Vec<u8>> {
        let (achievement, signer) = self.claimed(record)?;
        let request = EndorsementRequest {
            id: claim::instant_id(record, self.vault.now()),
            from: signer.name.unwrap_or_default(),
            about: About { id: format!("urn:uuid:{}", achievement.achievement_id), name: achievement.name.clone() },
            summary: claim::summary(&achievement),
            message: message.to_owned(),
            asked: self.vault.now().to_rfc3339(),
        };
        Ok(request.to_bytes())
    }

    /// Writes such a request to `to`.
    ///
    /// # Errors
    /// As [`App::badge`].
    pub fn write_endorsement_request(&self, record: RecordId, message: &str, to: &Path) -> Result<Exported> {
        written(to, &self.endorsement_request(record, message)?, Vec::new())
    }

    /// What a request's file is called when the learner does not say.
    ///
    /// # Errors
    /// `not-found`.
    pub fn endorsement_request_name(&self, record: RecordId) -> Result<String> {
        self.record_file_name(record, "endorsement request", "json")
    }

    /// Reads somebody's request.
    ///
    /// # Errors
    /// `file-missing`, `not-a-file`, `file-failed`, `not-a-request`.
    pub fn read_endorsement_request(&self, from: &Path) -> Result<Request> {
        let request = read(from)?;
        let shown = cairn_proof::shown;
        Ok(Request {
            from: shown(&request.from),
            name: shown(&request.about.name),
            summary: request.summary,
            message: request.message,
            asked: shown(&request.asked),
            nameless: self.learner()?.name.trim().is_empty(),
            own: self.vault.read(claims)?.keys().any(|claim| claim.urn().to_string() == request.about.id),
        })
    }

    /// Signs an endorsement that answers the request in `from`, in the learner's own words.
    ///
    /// # Errors
    /// As [`App::read_endorsement_request`] and [`App::badge`].
    pub fn endorsement(&self, from: &Path, comment: &str) -> Result<Vec<u8>> {
        let request = read(from)?;
        let now = self.vault.now();
        let endorsement = request.fulfil(Uuid::now_v7(), comment, now);
        let signer = self.signer()?;
        let (document, key) = self.checked_for_key(|did| endorsement.document(&signer, did).map_err(refused))?;
        document.sign(&key, now).map_err(refused)
    }

    /// Writes such an endorsement to `to`.
    ///
    /// # Errors
    /// As [`App::endorsement`].
    pub fn endorse(&self, from: &Path, comment: &str, to: &Path) -> Result<Exported> {
        written(to, &self.endorsement(from, comment)?, Vec::new())
    }

    /// What a record claims, and who signs.
    pub(crate) fn claimed(&self, record: RecordId) -> Result<(Achievement, Signer)> {
        let (profile, now) = (self.learner()?, self.vault.now());
        let found = self.vault.read(|reader| {
            let Some(kind) = reader.kind_of(record)? else { return Ok(None) };
            let stored = reader.get(kind, record)?.record;
            let signed = self.signed_alignments(reader, record, &stored, &|_| true)?;
            let claim = claim::claim(reader, record, &stored, &profile, now, &|_| true, signed)?;
            Ok(Some((kind, stored, claim)))
        })?;
        match found {
            Some((kind, stored, Some(_))) if !is_achieved(&stored) => {
                let title = stored.heading().title;
                let message = format!("“{title}” is not achieved yet, so there is nothing to sign. Sign it once it is earned or reached.");
                Err(AppError::new("not-achieved", message).with("title", title).with("kind", kind.name()))
            }
            Some((_, _, Some(achievement))) => Ok((achievement, self.signer()?)),
            Some((kind, _, None)) => {
                let message =
                    format!("A {kind} claims nothing on its own; choose a credential, evidence, a story, a skill or a milestone.");
                Err(AppError::new("not-claimed", message).with("kind", kind.name()))
            }
            None => Err(AppError::new("not-found", format!("There is no record {record}.")).with("id", record.to_string())),
        }
    }

    /// A shown record's claim in its collection's words, signed now, with the skills and evidence that `tells` lets through; `None` for a
    /// kind that claims nothing on its own, and for what is not achieved yet.
    ///
    /// # Errors
    /// `issue-failed` where its standard does not allow what the record says.
    pub(crate) fn self_issued(&self, chosen: &Chosen, key: &SigningKey, tells: &dyn Fn(RecordId) -> bool) -> Result<Option<Vec<u8>>> {
        if !is_achieved(&chosen.record) {
            return Ok(None);
        }
        let (profile, now) = (self.learner()?, self.vault.now());
        let claim = self.vault.read(|reader| {
            let signed = self.signed_alignments(reader, chosen.id, &chosen.record, tells)?;
            claim::claim(reader, chosen.id, &chosen.record, &profile, now, tells, signed)
        })?;
        let Some(achievement) = claim else { return Ok(None) };
        let document = achievement.document(&self.signer()?, key.did()).map_err(refused)?;
        document.sign(key, now).map(Some).map_err(refused)
    }

    /// How a received credential belongs together with others of the learner record it came in.
    fn associations(&self, row: &Row) -> Vec<Association> {
        let grouping = self.items(std::slice::from_ref(row)).pop().and_then(|item| item.ok()?.grouping);
        let all = grouping.iter().flat_map(|grouping| &grouping.associations);
        all.map(|it| Association { kind: it.kind.clone(), source: it.source.clone(), target: it.target.clone() }).collect()
    }

    /// A document in the name of the learner's key, and that key, which is asked for only once the document has been found
    /// good: a keychain may have to be unlocked for it.
    fn checked_for_key(&self, document: impl Fn(DidKey) -> Result<Document>) -> Result<(Document, SigningKey)> {
        let known = KeyStore::open(self.vault.folder().path()).did()?;
        let good = known.map(|did| Ok::<_, AppError>((document(did)?, did))).transpose()?;
        let key = self.learner_key()?.key;
        Ok(match good {
            Some((document, did)) if did == key.did() => (document, key),
            // The first signature makes the key; another process may have followed it with another.
            _ => (document(key.did())?, key),
        })
    }

    /// Who signs, as readers see them.
    fn signer(&self) -> Result<Signer> {
        let profile = self.learner()?;
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Signer { name: said(&profile.name), url: said(&profile.url), email: None })
    }

    /// "Rope access - badge.png", of a record.
    fn record_file_name(&self, record: RecordId, what: &str, extension: &str) -> Result<String> {
        let title = self.vault.read(|reader| {
            let kind = reader.kind_of(record)?.unwrap_or(Kind::Credential);
            Ok(reader.get(kind, record)?.record.heading().title)
        })?;
        Ok(crate::documents::name::of_record(&title, what, extension))
    }
}

/// The records that claim something, by the name of their claim.
pub(crate) fn claims(reader: &Reader<'_>) -> cairn_vault::Result<HashMap<Uuid, (Kind, RecordId)>> {
    let mut claims = HashMap::new();
    for kind in CLAIMED {
        claims.extend(reader.keys_of(kind)?.into_iter().map(|id| (achievement_id(id), (kind, id))));
    }
    Ok(claims)
}

/// Each once, in their order.
fn distinct(mut associations: Vec<Association>) -> Vec<Association> {
    let mut seen = BTreeSet::new();
    associations.retain(|it| seen.insert((it.kind.clone(), it.source.clone(), it.target.clone())));
    associations
}

fn read(from: &Path) -> Result<EndorsementRequest> {
    let unreadable = |error: std::io::Error| crate::files::failed("read", from, &error);
    let refused = |detail: String| {
        AppError::new("not-a-request", format!("{} is not a request for an endorsement: {detail}.", from.display()))
            .with("path", from.display().to_string())
            .with("detail", detail)
    };
    let metadata = std::fs::metadata(from).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(cairn_vault::VaultError::NotAFile(from.to_owned()).into());
    }
    if metadata.len() > LARGEST_REQUEST {
        return Err(refused("it is too large".into()));
    }
    EndorsementRequest::parse(&std::fs::read(from).map_err(unreadable)?).map_err(|error| refused(error.to_string()))
}

fn written(to: &Path, bytes: &[u8], lost: Vec<String>) -> Result<Exported> {
    whole(to, |file| file.write_all(bytes).map_err(|error| failed(to, &error)))?;
    Ok(Exported { path: to.display().to_string(), size: bytes.len() as u64, lost })
}

fn refused(error: IssueError) -> AppError {
    AppError::new("issue-failed", format!("Nothing was signed: {error}.")).with("detail", error.to_string())
}
