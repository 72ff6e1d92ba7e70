//! Taking credentials in from any file: kept byte for byte, matched with what is there, and filled into records, as one step.

use cairn_domain::RecordId;
use cairn_proof::opened::{Item, Opened};
use cairn_proof::view::ViewKind;
use cairn_vault::Change as Step;
use cairn_vault::file::Shelved;
use cairn_vault::wallet::held::Held as Row;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::endorsed::Endorsed;
use super::filling::{Filling, Refused};
use super::offered::Offered;
use super::said::Said;
use super::verdicts::AtHand;
use super::{Grouping, fill, material};
use crate::documents::report::kebab;
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
    /// The received credential; nothing of an endorsement, whose file is attached to its evidence, nor of the learner's own word about
    /// what is here.
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
    /// Whether it names somebody by an address that is none of the learner's.
    pub of_another: bool,
}

/// What became of a credential that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It has a record of its own, which is new.
    Added,
    /// It stands behind a record that was there: a newer issue, or one the learner had written down.
    Updated,
    /// It is held beside what stands behind a record, and changed nothing there: an older issue, or one that is weaker than what
    /// the record says.
    Kept,
    /// It was there already.
    Duplicate,
}

/// A credential on its way in.
pub(super) struct Coming {
    pub(super) row: Row,
    pub(super) item: Item,
    pub(super) offered: Offered,
    pub(super) said: Said,
    /// What it says as an endorsement, where it is one.
    pub(super) endorsed: Option<Endorsed>,
    /// What of their own the learner signed with it, where they did.
    pub(super) own: Option<OwnWord>,
}

/// What the learner's own key signed, in this vault or in one of theirs before it, or what any holder's did of themselves.
pub(super) enum OwnWord {
    /// What a record claims, under the name that is always that record's.
    Claim(Uuid),
    /// Everything signed, gathered.
    Record,
    /// The same of somebody who holds it themselves, as the learner may have been in another vault.
    HoldersRecord,
}

/// A credential that came, and what became of it.
pub(super) struct Came {
    row: Row,
    fate: Fate,
    title: String,
    skills_added: u32,
    /// Whether it became an endorsement, whose record the row names.
    is_endorsement: bool,
    /// Whether it is held.
    is_held: bool,
    /// The credential that it stands behind, or is about.
    credential: Option<RecordId>,
    /// What its record lacks, in words.
    lacking: Option<String>,
}

impl Came {
    /// A credential, behind the record that its row names.
    pub(super) fn credential(row: Row, fate: Fate, title: String, skills_added: u32) -> Came {
        Came { credential: Some(row.record), row, fate, title, skills_added, is_endorsement: false, is_held: true, lacking: None }
    }

    /// What the learner signed of something that is here: there is nothing to keep of it.
    pub(super) fn own_word(row: Row, title: String) -> Came {
        Came { credential: None, is_held: false, ..Came::credential(row, Fate::Duplicate, title, 0) }
    }

    /// What its holder gathered: no credential beside those that are in it.
    pub(super) fn gathered(row: Row, title: String) -> Came {
        let lacking = format!("“{title}” is a record that its holder signed, and no credential of its own; what is in it was taken in");
        Came { lacking: Some(lacking), ..Came::own_word(row, title) }
    }

    /// An endorsement, whose record its row names, of `credential`.
    pub(super) fn endorsement(row: Row, fate: Fate, title: String, credential: Option<RecordId>, lacking: Option<String>) -> Came {
        Came { credential, row, fate, title, skills_added: 0, is_endorsement: true, is_held: false, lacking }
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
        let addresses = self.own_addresses()?;
        let mut shelved = Vec::new();
        let file = self.shelve_bytes(name, bytes, &mut shelved);
        let coming = file.and_then(|file| {
            let all = opened.items.len() as u64;
            let mut coming = Vec::with_capacity(opened.items.len());
            for (done, item) in opened.items.into_iter().enumerate() {
                coming.push(self.receive_item(name, &media_type, &file, item, &own, &mut shelved)?);
                if !progress(done as u64, all) {
                    return Err(cairn_vault::VaultError::Cancelled.into());
                }
            }
            Ok(coming)
        });
        let step = Step { title: name.to_owned(), ..Step::new("import") };
        let changed = coming.and_then(|coming| {
            // What it is worth decides what it may change. What cannot be found out now is found out at the next check.
            let (at_hand, reports) = match self.judge_coming(&coming) {
                Ok((at_hand, reports)) => (Some(at_hand), reports),
                Err(error) => {
                    tracing::warn!(code = error.code, "what came in could not be checked");
                    (None, coming.iter().map(|coming| unchecked(&coming.row, &error, self.vault.now())).collect())
                }
            };
            let mut came = Vec::new();
            let mut refused = None;
            let changed = self.vault.change(&step, |writer| {
                let mut filling = Filling::new(self, writer);
                for (coming, report) in coming.into_iter().zip(reports) {
                    let found = at_hand.is_some().then(|| (report.verdict, report.checks.clone()));
                    match filling.take(coming, found) {
                        Ok(done) => came.push((done, report)),
                        Err(Refused::Vault(error)) => return Err(error),
                        Err(Refused::Record(path, error)) => {
                            refused.get_or_insert_with(Vec::new).push(SkippedPart { path, reason: error });
                        }
                    }
                }
                Ok(())
            })?;
            Ok((changed, came, refused.unwrap_or_default(), at_hand))
        });
        for file in &shelved {
            self.vault.settle(file);
        }
        let (changed, came, mut skipped, at_hand) = changed?;
        skipped.extend(opened.faults.into_iter().map(|fault| SkippedPart { path: fault.place, reason: fault.reason.sentence() }));
        skipped.extend(came.iter().filter_map(|(came, _)| {
            let path = if came.row.place.is_empty() { "/credentialSubject/id" } else { &came.row.place };
            Some(SkippedPart { path: path.to_owned(), reason: came.lacking.clone()? })
        }));
        if let Some(at_hand) = at_hand {
            // The file of an endorsement is evidence.
            let held = came.iter().filter(|(came, _)| came.is_held);
            let (rows, reports): (Vec<Row>, Vec<Report>) = held.map(|(came, report)| (came.row.clone(), report.clone())).unzip();
            // It is in: nothing after that lets it fail.
            if let Err(error) = self.keep(&rows, &reports, &at_hand) {
                tracing::warn!(code = error.code, "what was found could not be kept");
            }
        }
        Ok(report(name, came, skipped, Change::from(step, &changed), &addresses))
    }

    /// Checks what is on its way in.
    fn judge_coming(&self, coming: &[Coming]) -> Result<(AtHand, Vec<Report>)> {
        let rows: Vec<Row> = coming.iter().map(|coming| coming.row.clone()).collect();
        let items: Vec<Result<Item>> = coming.iter().map(|coming| Ok(coming.item.clone())).collect();
        let at_hand = self.at_hand(None)?;
        let reports = self.judged_items(&rows, &items, &at_hand.materials, self.vault.now(), &mut crate::work::unwatched())?;
        Ok((at_hand, reports))
    }

    /// Lays one credential's bytes and picture on the shelf and reads what it says.
    fn receive_item(
        &self,
        name: &str,
        media_type: &str,
        file: &Shelved,
        item: Item,
        own: &[String],
        shelved: &mut Vec<Shelved>,
    ) -> Result<Coming> {
        let view = self.vault.read(|reader| material::view(reader, &item))?;
        let kept = self.shelve_bytes(name, &item.bytes, shelved)?;
        let picture = match super::picture::of(&item, &view) {
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
            grouping: Grouping::of(&item).and_then(|it| serde_json::to_string(&it).ok()).unwrap_or_default(),
            picture,
            credential_id: view.id.clone().unwrap_or_default(),
            own: own.contains(&issuer_id),
            issuer_id,
            issuer_name: view.issuer.name.clone().unwrap_or_default(),
            subject_id: view.subject.id.clone().unwrap_or_default(),
            proof: super::offered::fingerprint(&item),
            filled: String::new(),
            received_at: self.vault.now(),
        };
        let said = Said::of(&item, &view, &offered, fill::Fields::new());
        let endorsed = Endorsed::of(&item, &view, name);
        let claimed = || view.achievements.first()?.id.as_ref()?.strip_prefix("urn:uuid:")?.parse().ok();
        let own = match view.kind {
            ViewKind::Clr if !row.own && row.issuer_id == row.subject_id => Some(OwnWord::HoldersRecord),
            _ if !row.own => None,
            ViewKind::Clr => Some(OwnWord::Record),
            _ => claimed().map(OwnWord::Claim),
        };
        Ok(Coming { row, item, offered, said, endorsed, own })
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

/// What is said of a credential that is in, and that nobody could look at yet.
fn unchecked(row: &Row, error: &crate::AppError, at: DateTime<Utc>) -> Report {
    let reason = format!("It is in, but could not be checked yet: {}", error.message);
    Report { reason, next: "Check it again.".to_owned(), ..super::damaged_report(row, error, at) }
}

fn report(name: &str, came: Vec<(Came, Report)>, skipped: Vec<SkippedPart>, change: Change, own: &[String]) -> ImportReport {
    let count = |fates: &[Fate]| u32::try_from(came.iter().filter(|(came, _)| fates.contains(&came.fate)).count()).unwrap_or(u32::MAX);
    let (added, updated, unchanged) = (count(&[Fate::Added]), count(&[Fate::Updated]), count(&[Fate::Kept, Fate::Duplicate]));
    let taken = |(came, report): (Came, Report)| TakenCredential {
        fate: came.fate,
        title: came.title,
        credential: came.credential,
        held: came.is_held.then_some(came.row.id),
        endorsement: came.is_endorsement.then_some(came.row.record),
        verdict: report.verdict,
        reason: report.reason,
        next: report.next,
        detail: report.detail,
        grouping: serde_json::from_str::<Grouping>(&came.row.grouping).ok().map(|grouping| grouping.title),
        skills_added: came.skills_added,
        of_another: Said::read(&came.row).is_of_another(own),
    };
    ImportReport {
        file: name.to_owned(),
        format: "credentials".into(),
        added,
        updated,
        unchanged,
        skipped,
        credentials: came.into_iter().map(taken).collect(),
        material: None,
        change,
    }
}
