//! Other people's files into the vault.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::{Format, Import, Incoming, NaturalKey, Skipped, detect, json, json_resume, links};
use cairn_proof::opened;
use cairn_vault::{Change as Step, Reader};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::files::failed;
use crate::records::{Change, checked, is_single, new_id, to_json};
use crate::wallet::material::{self, TakenMaterial};
use crate::wallet::take_in::TakenCredential;
use crate::work::Progress;
use crate::{App, AppError, Result};

/// The largest file that is imported, in bytes: an archive of credentials. What is within has narrower limits of its own.
pub const LARGEST_IMPORT: u64 = 256 << 20;
/// The largest résumé that is imported, in bytes.
const LARGEST_RESUME: u64 = json::MOST_BYTES as u64;

/// Where a file that is imported is from, which the file itself cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From anybody.
    Anywhere,
    /// The learner saved it from the address that it names: what a hosted Open Badge 2.0 is checked with.
    Published,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ImportReport {
    /// The file.
    pub file: String,
    /// What it was: `json-resume`, `material` for what credentials are checked with, or `credentials` for any file with credentials
    /// in it.
    pub format: String,
    /// Records that are new.
    pub added: u32,
    /// Records that were there and changed.
    pub updated: u32,
    /// Records that were there and stayed as they were.
    pub unchanged: u32,
    /// What could not be taken, each with its place and reason.
    pub skipped: Vec<SkippedPart>,
    /// The credentials that were in it, in the file's order; none in a résumé.
    pub credentials: Vec<TakenCredential>,
    /// What it is good for, where it is a key document, a status list or a part of a badge.
    pub material: Option<TakenMaterial>,
    /// The step of history, so that one undo takes the import back.
    pub change: Change,
}

/// A place in a file that could not be taken.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct SkippedPart {
    /// JSON pointer (RFC 6901) to it; in an archive, behind the name of the file within.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What becomes of one incoming record.
enum Fate {
    Add(RecordId),
    Merge(RecordId),
}

impl App {
    /// Imports the file at `path`: all of it as one step of history, or nothing.
    ///
    /// # Errors
    /// `file-missing`, `not-a-file`, `import-too-large`, `import-unknown`, `import-unreadable` with the place;
    /// `not-published` of a file that nobody checks anything with where it was saved from.
    pub fn import_path(&self, path: &Path, origin: Origin, progress: &mut Progress<'_>) -> Result<ImportReport> {
        let metadata = fs::metadata(path).map_err(|error| failed("read", path, &error))?;
        if !metadata.is_file() {
            return Err(cairn_vault::VaultError::NotAFile(path.to_owned()).into());
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if metadata.len() > LARGEST_IMPORT {
            return Err(too_large(&name, LARGEST_IMPORT));
        }
        let bytes = fs::read(path).map_err(|error| failed("read", path, &error))?;
        self.import(&name, &bytes, origin, metadata.modified().ok().map(DateTime::from), progress)
    }

    /// Imports what stands in `bytes`, from a file called `name`.
    ///
    /// # Errors
    /// As [`App::import_path`].
    pub fn import_bytes(&self, name: &str, bytes: &[u8], origin: Origin, progress: &mut Progress<'_>) -> Result<ImportReport> {
        self.import(name, bytes, origin, None, progress)
    }

    /// As [`App::import_bytes`]; `written` is when the file was, where that is known.
    fn import(
        &self,
        name: &str,
        bytes: &[u8],
        origin: Origin,
        written: Option<DateTime<Utc>>,
        progress: &mut Progress<'_>,
    ) -> Result<ImportReport> {
        let name = cairn_domain::text::shown_safely(name);
        if bytes.len() as u64 > LARGEST_IMPORT {
            return Err(too_large(&name, LARGEST_IMPORT));
        }
        let format = detect(&name, bytes);
        // A status list is signed like a credential, and is none that a learner holds.
        if let Some(material) = material::of(bytes, format == Format::JsonResume) {
            return self.take_in_material(&name, material, written, progress);
        }
        if origin == Origin::Published {
            let opened = match opened::open(&name, bytes) {
                Err(error) if !error.is_foreign() => return Err(unreadable(&name, &error.to_string())),
                opened => opened.ok(),
            };
            let published = opened.and_then(|opened| Some((material::published(bytes, &opened)?, opened)));
            let (material, opened) = published.ok_or_else(|| {
                let detail = "it is no part of a hosted Open Badge 2.0, so where it was saved from proves nothing";
                AppError::new("not-published", format!("{name} was not imported as published: {detail}. Nothing was changed."))
                    .with("file", name.clone())
            })?;
            return self.take_in_published(&name, bytes, opened, material, written, progress);
        }
        if let Format::JsonResume = format {
            if bytes.len() as u64 > LARGEST_RESUME {
                return Err(too_large(&name, LARGEST_RESUME));
            }
            let import = json_resume::read(bytes).map_err(|error| unreadable(&name, &error.to_string()))?;
            return self.take_in(&name, format.name(), import, progress);
        }
        let refused = match format {
            // A packet is somebody's whole collection under their own seal: it is looked at, not mixed in.
            Format::Packet => None,
            _ => match opened::open(&name, bytes) {
                Ok(opened) => return self.take_in_credentials(&name, bytes, opened, progress),
                Err(error) if error.is_foreign() => None,
                Err(error) => Some(error),
            },
        };
        if let Some(error) = refused {
            return Err(unreadable(&name, &error.to_string()));
        }
        let reason = format.refusal().unwrap_or_default();
        Err(AppError::new("import-unknown", format!("{name} was not imported. {reason}"))
            .with("file", name)
            .with("format", format.name())
            .with("detail", reason))
    }

    fn take_in(&self, name: &str, format: &str, import: Import, progress: &mut Progress<'_>) -> Result<ImportReport> {
        let Import { mut records, skipped } = import;
        // What others link to comes first; within a kind the file's order stays.
        records.sort_by_key(|incoming| rank(incoming.record.kind()));
        let step = Step { title: name.to_owned(), ..Step::new("import") };
        let (mut added, mut updated, mut unchanged) = (0, 0, 0);
        let all = records.len() as u64;
        let mut left_behind = Vec::new();
        let changed = self.vault.change(&step, |writer| {
            let fates = fates(writer, &records)?;
            let here: HashMap<RecordId, RecordId> =
                records.iter().zip(&fates).filter_map(|(incoming, fate)| Some((incoming.id?, fate.id()))).collect();
            for (done, (incoming, fate)) in records.iter().zip(&fates).enumerate() {
                let record = relinked(writer, incoming, &here, &mut left_behind)?;
                let outcome = match fate {
                    Fate::Add(_) => record.check().map(|()| Some(record)).map_err(AppError::from),
                    Fate::Merge(id) => merged(&writer.get(record.kind(), *id)?.record, &Incoming { record, ..incoming.clone() }),
                };
                match (outcome, fate) {
                    (Ok(Some(record)), Fate::Add(id)) => {
                        writer.insert(*id, &record, false)?;
                        added += 1;
                    }
                    (Ok(Some(record)), Fate::Merge(id)) => {
                        writer.replace(*id, &record)?;
                        updated += 1;
                    }
                    (Ok(None), _) => unchanged += 1,
                    // What does not fit the vault is left behind and named; the rest comes in.
                    (Err(error), _) => left_behind.push(Skipped { path: incoming.pointer.clone(), reason: error.message }),
                }
                if !progress(done as u64 + 1, all) {
                    return Err(cairn_vault::VaultError::Cancelled);
                }
            }
            Ok(())
        });
        let skipped = skipped.into_iter().chain(left_behind).map(|Skipped { path, reason }| SkippedPart { path, reason }).collect();
        Ok(ImportReport {
            file: name.to_owned(),
            format: format.to_owned(),
            added,
            updated,
            unchanged,
            skipped,
            credentials: Vec::new(),
            material: None,
            change: Change::from(step, &changed?),
        })
    }
}

impl Fate {
    fn id(&self) -> RecordId {
        match self {
            Fate::Add(id) | Fate::Merge(id) => *id,
        }
    }
}

/// Which incoming records the vault already has: by id, by natural key, or because there is only one of the kind.
fn fates(reader: &Reader<'_>, records: &[Incoming]) -> cairn_vault::Result<Vec<Fate>> {
    let mut known: HashMap<Kind, HashMap<NaturalKey, Vec<RecordId>>> = HashMap::new();
    let mut fates = Vec::with_capacity(records.len());
    for incoming in records {
        let kind = incoming.record.kind();
        if is_single(kind) {
            fates.push(match reader.single(kind)? {
                Some(id) => Fate::Merge(id),
                None => Fate::Add(new_id()),
            });
            continue;
        }
        if let Some(id) = incoming.id
            && reader.kind_of(id)? == Some(kind)
        {
            fates.push(Fate::Merge(id));
            continue;
        }
        let of_kind = match known.entry(kind) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let mut keys: HashMap<NaturalKey, Vec<RecordId>> = HashMap::new();
                for stored in reader.all_of(kind)?.into_iter().rev() {
                    keys.entry(NaturalKey::of(&stored.record)).or_default().push(stored.id);
                }
                entry.insert(keys)
            }
        };
        // Taken out, so that two rows of the file with the same key do not become one record.
        fates.push(match of_kind.get_mut(&incoming.key).and_then(Vec::pop) {
            Some(id) => Fate::Merge(id),
            // A key from elsewhere is kept where it is free, so that a vault exported and imported keeps its keys.
            None => Fate::Add(match incoming.id {
                Some(id) if reader.kind_of(id)?.is_none() => id,
                _ => new_id(),
            }),
        });
    }
    Ok(fates)
}

/// The record with its links led to the records they have here; what leads nowhere is dropped and named.
fn relinked(
    reader: &Reader<'_>,
    incoming: &Incoming,
    here: &HashMap<RecordId, RecordId>,
    left_behind: &mut Vec<Skipped>,
) -> cairn_vault::Result<AnyRecord> {
    let mut lookup = HashMap::new();
    for link in links::links(&incoming.record) {
        let target = match here.get(&link) {
            Some(target) => Some(*target),
            None => reader.kind_of(link)?.map(|_| link),
        };
        if target.is_none() {
            left_behind.push(Skipped { path: incoming.pointer.clone(), reason: format!("links to {link}, which is not in the file") });
        }
        lookup.insert(link, target);
    }
    let record = links::relink(&incoming.record, |link| lookup.get(&link).copied().flatten());
    // A file may say anything: that a record is a skill which is a credential here, or one that was itself left behind.
    let astray = reader.astray(&record, incoming.id.unwrap_or_else(new_id))?;
    if astray.is_empty() {
        return Ok(record);
    }
    for link in &astray {
        left_behind.push(Skipped { path: incoming.pointer.clone(), reason: format!("links to {link}, which is not what belongs there") });
    }
    Ok(links::relink(&record, |link| (!astray.contains(&link)).then_some(link)))
}

/// The stored record with what the file says of it; `None` where that changes nothing.
fn merged(stored: &AnyRecord, incoming: &Incoming) -> Result<Option<AnyRecord>> {
    let mut fields = to_json(stored)?;
    json_patch::merge(&mut fields, &incoming.patch());
    let record = checked(stored.kind(), fields)?;
    Ok((record != *stored).then_some(record))
}

/// The order in which kinds are taken in, so that a link always finds its target.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Skill => 0,
        Kind::Profile | Kind::Work | Kind::MoneySettings => 1,
        Kind::Credential => 2,
        Kind::Evidence | Kind::Sprint | Kind::Project => 3,
        Kind::Collection => 9,
        Kind::Milestone => 4,
        _ => 5,
    }
}

/// What is said of a file that cannot be read, and of why.
pub(crate) fn unreadable(name: &str, detail: &str) -> AppError {
    AppError::new("import-unreadable", format!("{name} was not imported: {detail}. Nothing was changed."))
        .with("file", name)
        .with("detail", detail)
}

fn too_large(name: &str, most: u64) -> AppError {
    AppError::new("import-too-large", format!("{name} is larger than {} MiB, the most that is imported of its kind.", most >> 20))
        .with("file", name)
        .with("most", most)
}
