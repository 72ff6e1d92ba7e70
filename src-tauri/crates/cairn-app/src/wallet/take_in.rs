//! Taking credentials in from any file: kept byte for byte, matched with what is there, and filled into records, as one step.

use std::collections::HashMap;

use cairn_domain::id::SkillId;
use cairn_domain::skill::Skill;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_proof::opened::{Item, Opened};
use cairn_vault::file::Shelved;
use cairn_vault::wallet::held::Held as Row;
use cairn_vault::{Change as Step, Reader, Writer};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::endorsed::Endorsed;
use super::offered::{Offered, folded};
use super::{Grouping, fill, same_credential};
use crate::documents::verify::kebab;
use crate::documents::{Detail, Report, Verdict};
use crate::import::{ImportReport, SkippedPart};
use crate::records::{Change, new_id};
use crate::work::Progress;
use crate::{App, Result};

/// What became of one credential in a file.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct TakenCredential {
    /// What became of it.
    pub fate: Fate,
    /// What it calls itself.
    pub title: String,
    /// The record it stands behind; of an endorsement the one it is about, where that is known.
    pub credential: Option<RecordId>,
    /// The received credential; nothing of an endorsement, whose file is attached to its evidence.
    pub held: Option<RecordId>,
    /// The endorsement it became, where it is one.
    pub endorsement: Option<RecordId>,
    /// What was found about it.
    pub verdict: Verdict,
    /// Why, in one English sentence.
    pub reason: String,
    /// What to do next, in one English sentence.
    pub next: String,
    /// The reason as a code with parameters.
    pub detail: Detail,
    /// What it came together in.
    pub grouping: Option<String>,
    /// How many skills are new because it names them.
    pub skills_added: u32,
}

/// What became of a credential that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It has a record of its own, which is new.
    Added,
    /// It stands behind a record that was there: a newer issue, or one the learner had written down.
    Updated,
    /// It was there already.
    Duplicate,
}

/// A credential on its way in.
struct Coming {
    row: Row,
    offered: Offered,
    title: String,
    /// What it says as an endorsement, where it is one.
    endorsed: Option<Endorsed>,
}

/// A credential that came, and what became of it.
pub(super) struct Came {
    row: Row,
    fate: Fate,
    title: String,
    skills_added: u32,
    /// Whether it became an endorsement, whose record the row names.
    is_endorsement: bool,
    /// The record that it stands behind, or is about.
    credential: Option<RecordId>,
    /// What its record lacks, in words.
    lacking: Option<String>,
}

impl Came {
    /// A credential, behind the record that its row names.
    fn credential(row: Row, fate: Fate, title: String, skills_added: u32) -> Came {
        Came { credential: Some(row.record), row, fate, title, skills_added, is_endorsement: false, lacking: None }
    }

    /// An endorsement, whose record its row names, of `credential`.
    pub(super) fn endorsement(row: Row, fate: Fate, title: String, credential: Option<RecordId>, lacking: Option<String>) -> Came {
        Came { credential, row, fate, title, skills_added: 0, is_endorsement: true, lacking }
    }
}

impl App {
    /// Takes in every credential of `opened`, which `bytes`, a file called `name`, was opened into.
    pub(crate) fn take_in_credentials(
        &self,
        name: &str,
        bytes: &[u8],
        opened: Opened,
        progress: &mut Progress<'_>,
    ) -> Result<ImportReport> {
        let media_type = crate::files::media_type(name, &bytes[..bytes.len().min(8192)]).to_owned();
        // Whose key signed it can wait; taking it in cannot depend on the key's own files.
        let own = self.own_names().unwrap_or_else(|error| {
            tracing::warn!(code = error.code, "the learner's own keys are not known");
            Vec::new()
        });
        let mut shelved = Vec::new();
        let file = self.shelve_bytes(name, bytes, &mut shelved);
        let coming = file.and_then(|file| {
            let all = opened.items.len() as u64;
            let mut coming = Vec::with_capacity(opened.items.len());
            for (done, item) in opened.items.iter().enumerate() {
                coming.push(self.receive_item(name, &media_type, &file, item, &own, &mut shelved)?);
                if !progress(done as u64, all) {
                    return Err(cairn_vault::VaultError::Cancelled.into());
                }
            }
            Ok(coming)
        });
        let step = Step { title: name.to_owned(), ..Step::new("import") };
        let changed = coming.and_then(|coming| {
            let mut came = Vec::new();
            let mut refused = None;
            let changed = self.vault.change(&step, |writer| {
                let mut known = Known::default();
                for coming in coming {
                    match known.take(writer, coming) {
                        Ok(done) => came.push(done),
                        Err(Refused::Vault(error)) => return Err(error),
                        Err(Refused::Record(path, error)) => {
                            refused.get_or_insert_with(Vec::new).push(SkippedPart { path, reason: error });
                        }
                    }
                }
                Ok(())
            })?;
            Ok((changed, came, refused.unwrap_or_default()))
        });
        for file in &shelved {
            self.vault.settle(file);
        }
        let (changed, came, mut skipped) = changed?;
        skipped.extend(opened.faults.into_iter().map(|fault| SkippedPart { path: fault.place, reason: fault.reason.sentence() }));
        skipped.extend(came.iter().filter_map(|came| {
            let path = if came.row.place.is_empty() { "/credentialSubject/id" } else { &came.row.place };
            Some(SkippedPart { path: path.to_owned(), reason: came.lacking.clone()? })
        }));
        // It is in. What could not be found out about it now is found out at the next check.
        let reports = self.judge_new(&came).unwrap_or_else(|error| {
            tracing::warn!(code = error.code, "what came in could not be checked");
            came.iter().map(|came| unchecked(&came.row, &error, self.vault.now())).collect()
        });
        Ok(report(name, came, reports, skipped, Change::from(step, &changed)))
    }

    /// Checks what came and keeps the verdicts on what is held.
    fn judge_new(&self, came: &[Came]) -> Result<Vec<Report>> {
        let rows: Vec<Row> = came.iter().map(|came| came.row.clone()).collect();
        let at_hand = self.at_hand(None)?;
        let reports = self.judged(&rows, &at_hand.materials, self.vault.now(), &mut crate::work::unwatched())?;
        let held = came.iter().zip(rows).zip(&reports).filter(|((came, _), _)| !came.is_endorsement);
        let (rows, kept): (Vec<Row>, Vec<Report>) = held.map(|((_, row), report)| (row, report.clone())).unzip();
        self.keep(&rows, &kept, &at_hand)?;
        Ok(reports)
    }

    /// Lays one credential's bytes and picture on the shelf and reads what it says.
    fn receive_item(
        &self,
        name: &str,
        media_type: &str,
        file: &Shelved,
        item: &Item,
        own: &[String],
        shelved: &mut Vec<Shelved>,
    ) -> Result<Coming> {
        let view = item.view();
        let kept = self.shelve_bytes(name, &item.bytes, shelved)?;
        let picture = match super::picture::of(item, &view) {
            Some(super::picture::Picture::Item) => Some((kept.sha256.clone(), kept.size)),
            Some(super::picture::Picture::Bytes(bytes)) => {
                let picture = self.shelve_bytes("picture", &bytes, shelved)?;
                Some((picture.sha256, picture.size))
            }
            None => None,
        };
        let offered = Offered::of(&view, &item.name, self.vault.now());
        let issuer_id = view.issuer.id.clone().unwrap_or_default();
        let row = Row {
            id: new_id(),
            record: new_id(),
            file: file.sha256.clone(),
            file_size: file.size,
            name: cairn_domain::text::shown_safely(cairn_domain::text::base_name(name)),
            media_type: media_type.to_owned(),
            item: kept.sha256,
            item_size: kept.size,
            format: kebab(&view.kind),
            place: item.place.clone(),
            grouping: Grouping::of(item).and_then(|it| serde_json::to_string(&it).ok()).unwrap_or_default(),
            picture,
            credential_id: view.id.clone().unwrap_or_default(),
            own: own.contains(&issuer_id),
            issuer_id,
            issuer_name: view.issuer.name.clone().unwrap_or_default(),
            subject_id: view.subject.id.clone().unwrap_or_default(),
            proof: super::offered::fingerprint(item),
            filled: String::new(),
            received_at: self.vault.now(),
        };
        Ok(Coming { row, title: offered.title(), offered, endorsed: Endorsed::of(item, &view, name) })
    }

    /// Lays bytes on the shelf, for a row to name.
    fn shelve_bytes(&self, name: &str, bytes: &[u8], shelved: &mut Vec<Shelved>) -> Result<Shelved> {
        let mut incoming = self.vault.receive(name)?;
        incoming.write(bytes)?;
        let file = self.vault.shelve(incoming.finish()?)?;
        shelved.push(file.clone());
        Ok(file)
    }
}

/// Why one credential does not become a record.
pub(super) enum Refused {
    /// The vault cannot be written: nothing comes in.
    Vault(cairn_vault::VaultError),
    /// Its place, and the rule that its record would break: the others come in.
    Record(String, String),
}

impl From<cairn_vault::VaultError> for Refused {
    fn from(error: cairn_vault::VaultError) -> Self {
        Refused::Vault(error)
    }
}

/// The skills that were named so far, by what they are called. What the vault has is looked up by its index, credential by
/// credential, so that the thousandth file costs what the first did.
#[derive(Default)]
struct Known {
    skills: HashMap<String, RecordId>,
}

impl Known {
    /// Takes one credential in.
    fn take(&mut self, writer: &Writer<'_>, coming: Coming) -> Result<Came, Refused> {
        let Coming { mut row, offered, title, endorsed } = coming;
        if let Some(endorsed) = endorsed {
            return endorsed.take(writer, row, title);
        }
        for there in writer.held_alike(&row.item, &row.proof)? {
            if there.item == row.item || !is_broken(writer, &there)? {
                return Ok(Came::credential(there, Fate::Duplicate, title, 0));
            }
        }
        let earlier = writer.held_issues(&row.credential_id, &row.issuer_id)?.into_iter().find(|it| same_credential(it, &row));
        let matched = match &earlier {
            Some(earlier) => Some(earlier.record),
            None => written_down(writer, &offered)?,
        };
        let before: fill::Fields = earlier.and_then(|earlier| serde_json::from_str(&earlier.filled).ok()).unwrap_or_default();
        let stands = match matched {
            Some(id) => match writer.get(Kind::Credential, id)?.record {
                AnyRecord::Credential(credential) => Some((id, credential)),
                _ => None,
            },
            None => None,
        };
        let mut fields = offered.fields.clone();
        let mut new_skills = Vec::new();
        let mut ids: Vec<Value> = Vec::with_capacity(offered.skills.len());
        for name in &offered.skills {
            ids.push(self.skill(writer, name, &mut new_skills)?.0.to_string().into());
        }
        if !ids.is_empty() {
            fields.insert("skills".into(), ids.into());
        }
        let start = stands.as_ref().map(|(_, credential)| credential.clone()).unwrap_or_default();
        let filled = fill::filled(&start, &before, &fields).and_then(|record| {
            let record = AnyRecord::Credential(record);
            record.check().map_err(crate::AppError::from).map(|()| record)
        });
        let record = filled.map_err(|error| {
            // Skills that only this one named are not there for the next.
            self.skills.retain(|_, id| !new_skills.iter().any(|(new, _)| new == id));
            Refused::Record(row.place.clone(), error.message)
        })?;
        let skills_added = u32::try_from(new_skills.len()).unwrap_or(u32::MAX);
        for (id, skill) in new_skills {
            writer.insert(id, &AnyRecord::Skill(skill), false)?;
        }
        let fate = match stands {
            Some((id, stood)) => {
                row.record = id;
                if record != AnyRecord::Credential(stood) {
                    writer.replace(id, &record)?;
                }
                Fate::Updated
            }
            None => {
                writer.insert(row.record, &record, false)?;
                Fate::Added
            }
        };
        row.filled = Value::Object(fields).to_string();
        writer.hold(&row)?;
        Ok(Came::credential(row, fate, title, skills_added))
    }

    /// The skill of this name, new where there is none.
    fn skill(&mut self, writer: &Writer<'_>, name: &str, new: &mut Vec<(RecordId, Skill)>) -> cairn_vault::Result<SkillId> {
        let called = folded(name);
        if let Some(id) = self.skills.get(&called) {
            return Ok(SkillId(*id));
        }
        let id = match titled(writer, Kind::Skill, name)?.first() {
            Some(id) => *id,
            None => {
                let id = new_id();
                new.push((id, Skill { name: name.to_owned(), ..Skill::default() }));
                id
            }
        };
        self.skills.insert(called, id);
        Ok(SkillId(id))
    }
}

/// Whether a received credential was found not to hold: one with the same proof and other words may be what it was before
/// somebody changed it.
fn is_broken(reader: &Reader<'_>, held: &Row) -> cairn_vault::Result<bool> {
    let finding = reader.latest_finding(&held.item)?;
    Ok(finding.is_some_and(|finding| Verdict::named(&finding.verdict) == Some(Verdict::Invalid)))
}

/// The records of a kind that are called this, case and spacing aside.
fn titled(reader: &Reader<'_>, kind: Kind, title: &str) -> cairn_vault::Result<Vec<RecordId>> {
    let called = folded(title);
    let mut found = reader.titled(kind, title)?;
    if title != called {
        found.extend(reader.titled(kind, &called)?);
    }
    let mut kept = Vec::new();
    for id in found {
        // The index folds accents, which do tell two names apart.
        if !kept.contains(&id) && reader.item(id)?.is_some_and(|item| folded(&item.title) == called) {
            kept.push(id);
        }
    }
    Ok(kept)
}

/// The learner's own record of this credential: the same title and issuer, nothing received behind it, not awarded at another
/// time.
fn written_down(reader: &Reader<'_>, offered: &Offered) -> cairn_vault::Result<Option<RecordId>> {
    let text = |field: &str| offered.fields.get(field).and_then(Value::as_str).unwrap_or_default();
    let (issuer, issued) = (folded(text("issuer")), text("issued"));
    for id in titled(reader, Kind::Credential, text("title"))? {
        let AnyRecord::Credential(it) = reader.get(Kind::Credential, id)?.record else { continue };
        let alike = folded(&it.issuer) == issuer && it.issued.is_none_or(|date| issued.starts_with(&date.to_string()));
        if alike && reader.held_of(id)?.is_empty() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// What is said of a credential that is in, and that nobody could look at yet.
fn unchecked(row: &Row, error: &crate::AppError, at: DateTime<Utc>) -> Report {
    let reason = format!("It is in, but could not be checked yet: {}", error.message);
    Report { reason, next: "Check it again.".to_owned(), ..super::damaged_report(row, error, at) }
}

fn report(name: &str, came: Vec<Came>, reports: Vec<Report>, skipped: Vec<SkippedPart>, change: Change) -> ImportReport {
    let count = |fate: Fate| u32::try_from(came.iter().filter(|came| came.fate == fate).count()).unwrap_or(u32::MAX);
    let (added, updated, unchanged) = (count(Fate::Added), count(Fate::Updated), count(Fate::Duplicate));
    let taken = |(came, report): (Came, Report)| TakenCredential {
        fate: came.fate,
        title: came.title,
        credential: came.credential,
        held: (!came.is_endorsement).then_some(came.row.id),
        endorsement: came.is_endorsement.then_some(came.row.record),
        verdict: report.verdict,
        reason: report.reason,
        next: report.next,
        detail: report.detail,
        grouping: serde_json::from_str::<Grouping>(&came.row.grouping).ok().map(|grouping| grouping.title),
        skills_added: came.skills_added,
    };
    ImportReport {
        file: name.to_owned(),
        format: "credentials".into(),
        added,
        updated,
        unchanged,
        skipped,
        credentials: came.into_iter().zip(reports).map(taken).collect(),
        material: None,
        change,
    }
}
