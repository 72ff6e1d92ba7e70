//! The wallet: credentials as issuers sent them, kept byte for byte, with what they say and whether it is true.
//!
//! [`take_in`] brings files in ([`material`] those that credentials are checked with, [`endorsed`] endorsements), [`fill`] what they say into
//! the learner's records, [`kept`] reads their bytes again, [`verdicts`] says what holds and keeps that with the documents it rested on, [`issues`] says which of several issues of
//! one credential speaks, [`refresh`] fetches those documents anew (the only use of the network), [`letter`] writes to the issuer of
//! a broken one, [`sources`] says of every line who signed it, and [`standings`] whether what speaks for a record holds and is about the
//! learner.

mod endorsed;
pub(crate) mod fetch;
mod fill;
mod filling;
pub(crate) mod issues;
mod kept;
pub mod letter;
pub(crate) mod material;
pub(crate) mod offered;
mod picture;
pub mod refresh;
mod relations;
pub(crate) mod said;
pub mod sources;
pub(crate) mod standings;
pub(crate) mod take_in;
pub mod verdicts;

use cairn_domain::profile::Profile;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_proof::identity;
use cairn_proof::opened::{GroupingKind, Item};
use cairn_vault::Change as Step;
use cairn_vault::wallet::held::Held as Row;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use issues::{Issue, is_replaced};
use said::Said;

use crate::documents::{Detail, PartCheck, Report, Signer, Verdict};
use crate::records::Change;
use crate::{App, AppError, Result};

pub use cairn_proof::view::CredentialView;
pub use material::TakenMaterial;
pub use relations::Relation;
pub use standings::HeldStanding;
pub use verdicts::{Checked, KeptVerdict, MaterialInfo};

/// A credential that the learner holds, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Held {
    /// Its key.
    pub id: RecordId,
    /// The record it stands behind.
    pub credential: RecordId,
    /// The name of the file it came in.
    pub name: String,
    /// That file's media type.
    pub media_type: String,
    /// That file's size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// SHA-256 of that file.
    pub sha256: String,
    /// What it is, in kebab case.
    pub format: String,
    /// Where in the file it stood; empty where it is the file.
    pub place: String,
    /// What it came together in.
    pub grouping: Option<String>,
    /// SHA-256 of its picture, where Cairn can show it: `cairn://preview/<sha256>`.
    pub picture: Option<String>,
    /// The identifier that its issuer gave it; empty where it has none.
    pub credential_id: String,
    /// Who it says issued it.
    pub issuer: Option<Signer>,
    /// Whether the learner's own key signed it.
    pub own: bool,
    /// When it came (RFC 3339).
    pub received_at: String,
    /// Whether a newer issue of the same credential is held.
    pub replaced: bool,
    /// What was last found about it; nothing where it has never been checked.
    pub verdict: Option<Verdict>,
}

/// A received credential with everything its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct HeldPage {
    /// The credential.
    pub held: Held,
    /// What it says.
    pub view: CredentialView,
    /// What was last found about it.
    pub verdict: Option<KeptVerdict>,
    /// What it says of the record's fields.
    pub filled: Vec<FilledField>,
    /// How it belongs together with others of the learner record that it is, or came in.
    pub relations: Vec<Relation>,
    /// Whether it is about the learner; nothing where it does not say about whom it is.
    pub identity: Option<IdentityMatch>,
}

/// A field of the record that the credential speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct FilledField {
    /// The field's name.
    pub field: String,
    /// What the issuer signed.
    #[ts(type = "unknown")]
    pub value: Value,
    /// Whether that is what the record says; otherwise the learner wrote something else.
    pub kept: bool,
}

/// Whether a credential is about the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct IdentityMatch {
    /// Whether one of the learner's addresses is the one that was signed.
    pub matches: bool,
    /// That address.
    pub identity: Option<String>,
}

/// How many credentials are held, and how they stand.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HeldOverview {
    /// All of them.
    pub total: u32,
    /// Valid.
    pub valid: u32,
    /// Some check could not be made.
    pub cannot_check: u32,
    /// Valid from a later date.
    pub not_yet_valid: u32,
    /// No longer valid.
    pub expired: u32,
    /// Taken back.
    pub revoked: u32,
    /// Changed, or never right.
    pub invalid: u32,
    /// Never checked.
    pub unchecked: u32,
}

/// What a credential came together in, as the vault keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grouping {
    /// Its title, for people.
    pub title: String,
    /// What it is: `clr`, `presentation`, `archive`.
    pub kind: String,
    /// Its own identifier, where it has one.
    pub id: String,
}

impl Grouping {
    /// What a credential came together in.
    fn of(item: &Item) -> Option<Grouping> {
        let grouping = item.grouping.as_ref()?;
        let (kind, plain) = match grouping.kind {
            GroupingKind::Clr => ("clr", "A learner record"),
            GroupingKind::Presentation => ("presentation", "A presentation"),
        };
        let title = grouping.name.clone().unwrap_or_else(|| plain.to_owned());
        Some(Grouping { title, kind: kind.to_owned(), id: grouping.id.clone().unwrap_or_default() })
    }
}

impl App {
    /// The received credentials behind a record, the one that speaks for it first.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn held_of(&self, credential: RecordId) -> Result<Vec<Held>> {
        let issues = self.vault.read(|reader| self.issues(reader, credential))?;
        let standing = |issue: &Issue| issue.finding.as_ref().map(|(verdict, _)| *verdict);
        Ok(issues.iter().map(|issue| shown(issue.row.clone(), standing(issue), is_replaced(&issues, issue))).collect())
    }

    /// Whether a received credential goes by this key.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn is_held(&self, id: RecordId) -> Result<bool> {
        match self.vault.read(|reader| reader.held(id)) {
            Ok(_) => Ok(true),
            Err(cairn_vault::VaultError::NotHeld(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A received credential with everything its page shows.
    ///
    /// # Errors
    /// `not-held`; `file-damaged` where its bytes are no longer what came.
    pub fn held(&self, id: RecordId) -> Result<HeldPage> {
        let (row, finding, replaced, fields) = self.vault.read(|reader| {
            let row = reader.held(id)?;
            let finding = match reader.latest_finding(&row.item)? {
                Some(finding) => Some((reader.materials_of(finding.id)?, finding)),
                None => None,
            };
            let issues = self.issues(reader, row.record)?;
            let replaced = issues.iter().any(|issue| issue.row.id == id && is_replaced(&issues, issue));
            let fields = reader.get(Kind::Credential, row.record).ok().map(|stored| stored.record);
            Ok((row, finding, replaced, fields))
        })?;
        let item = self.item(&row)?;
        let mut view = self.vault.read(|reader| material::view(reader, &item))?;
        let relations = self.relations(&row, &item);
        if !relations.is_empty() {
            // Told in words instead.
            view.extra.retain(|extra| !extra.path.starts_with("credentialSubject/association"));
        }
        let mut verdict = finding.map(|(materials, finding)| KeptVerdict::read(&finding, &materials));
        let identity = standings::about(&item).compared(&self.own_addresses()?);
        if let Some(verdict) = &mut verdict {
            // Whom it is about and which files are here changes with the vault, so neither is kept with the verdict.
            let evidence = cairn_proof::evidence::checks(&view.evidence, |_, digest| self.kept_file(digest));
            verdict.checks.extend(std::iter::once(identity.clone().check()).chain(evidence).map(PartCheck::from));
        }
        let fields = fields.map(|record| crate::records::to_json(&record)).transpose()?.unwrap_or_default();
        let offered = Said::read(&row).fields;
        let filled =
            offered.into_iter().map(|(field, value)| FilledField { kept: holds(fields.get(&field), &value), field, value }).collect();
        let identity = match identity {
            identity::Match::Yes(identity) => Some(IdentityMatch { matches: true, identity: Some(identity) }),
            identity::Match::No => Some(IdentityMatch { matches: false, identity: None }),
            identity::Match::Unknown => None,
        };
        let standing = verdict.as_ref().map(|verdict| verdict.verdict);
        Ok(HeldPage { held: shown(row, standing, replaced), view, verdict, filled, relations, identity })
    }

    /// Takes a received credential from its record, which stays; undo brings it back.
    ///
    /// # Errors
    /// `not-held`.
    pub fn held_remove(&self, id: RecordId) -> Result<Change> {
        let row = self.vault.read(|reader| reader.held(id))?;
        let step = Step::of("held-remove", Kind::Credential, row.record, row.name);
        let changed = self.vault.change(&step, |writer| writer.let_go(id))?;
        Ok(Change::from(step, &changed))
    }

    /// How many credentials are held, and how they stand.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn held_overview(&self) -> Result<HeldOverview> {
        let mut overview = HeldOverview::default();
        for (name, count) in self.vault.read(|reader| reader.standing())? {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            overview.total = overview.total.saturating_add(count);
            *match Verdict::named(&name) {
                Some(Verdict::Valid) => &mut overview.valid,
                Some(Verdict::CannotCheck) => &mut overview.cannot_check,
                Some(Verdict::NotYetValid) => &mut overview.not_yet_valid,
                Some(Verdict::Expired) => &mut overview.expired,
                Some(Verdict::Revoked) => &mut overview.revoked,
                Some(Verdict::Invalid) => &mut overview.invalid,
                None => &mut overview.unchecked,
            } += count;
        }
        Ok(overview)
    }

    /// The received credentials behind a record with everything their pages show, the one that speaks for it first.
    ///
    /// # Errors
    /// `file-damaged` where the bytes of one are no longer what came.
    pub fn held_pages(&self, credential: RecordId) -> Result<Vec<HeldPage>> {
        let issues = self.vault.read(|reader| self.issues(reader, credential))?;
        issues.iter().map(|issue| self.held(issue.row.id)).collect()
    }

    /// The received credentials behind these records, or those of these keys themselves; nothing asks for all.
    ///
    /// # Errors
    /// `not-held` where there is none.
    pub fn held_behind(&self, ids: &[RecordId]) -> Result<Option<Vec<RecordId>>> {
        if ids.is_empty() {
            return Ok(None);
        }
        let mut held = Vec::new();
        for &id in ids {
            let behind = self.vault.read(|reader| self.issues(reader, id))?;
            if behind.is_empty() {
                held.push(self.vault.read(|reader| reader.held(id))?.id);
            }
            held.extend(behind.into_iter().map(|issue| issue.row.id));
        }
        Ok(Some(held))
    }

    /// The keys of all received credentials, oldest first.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn held_ids(&self) -> Result<Vec<RecordId>> {
        Ok(self.vault.read(|reader| reader.held_all())?.into_iter().map(|row| row.id).collect())
    }

    /// The received credential that speaks for a record, or the one of this key itself.
    ///
    /// # Errors
    /// `not-held` where there is none.
    pub fn held_or_behind(&self, id: RecordId) -> Result<RecordId> {
        let held = self.held_behind(&[id])?.and_then(|held| held.first().copied());
        held.ok_or_else(|| cairn_vault::VaultError::NotHeld(id).into())
    }

    /// The learner's profile, or an empty one.
    pub(crate) fn learner(&self) -> Result<Profile> {
        let found = self.vault.read(|reader| reader.single(Kind::Profile)?.map(|id| reader.get(Kind::Profile, id)).transpose())?;
        Ok(match found.map(|stored| stored.record) {
            Some(AnyRecord::Profile(profile)) => profile,
            _ => Profile::default(),
        })
    }
}

/// Whether two rows are issues of one credential.
pub(crate) fn same_credential(one: &Row, other: &Row) -> bool {
    !one.credential_id.is_empty() && one.credential_id == other.credential_id && one.issuer_id == other.issuer_id
}

/// A row as lists show it.
fn shown(row: Row, verdict: Option<Verdict>, replaced: bool) -> Held {
    let name = (!row.issuer_name.is_empty()).then_some(row.issuer_name);
    Held {
        id: row.id,
        credential: row.record,
        name: row.name,
        media_type: row.media_type,
        size: row.file_size,
        sha256: row.file,
        format: row.format,
        place: row.place,
        grouping: serde_json::from_str::<Grouping>(&row.grouping).ok().map(|grouping| grouping.title),
        picture: row.picture.map(|(sha256, _)| sha256),
        credential_id: row.credential_id,
        issuer: (!row.issuer_id.is_empty() || name.is_some()).then_some(Signer { id: row.issuer_id, name }),
        own: row.own,
        received_at: row.received_at.to_rfc3339(),
        replaced,
        verdict,
    }
}

/// Whether a field says what the issuer signed; a list, whether it says all of that.
fn holds(field: Option<&Value>, offered: &Value) -> bool {
    match (field, offered) {
        (Some(Value::Array(field)), Value::Array(offered)) => offered.iter().all(|item| field.contains(item)),
        (field, offered) => field == Some(offered),
    }
}

/// What is said of a credential whose bytes the vault has lost.
fn damaged_report(row: &Row, error: &AppError, at: DateTime<Utc>) -> Report {
    Report {
        file: row.name.clone(),
        name: None,
        verdict: Verdict::CannotCheck,
        reason: error.message.clone(),
        next: String::new(),
        detail: Detail { code: error.code.to_owned(), params: Value::Object(error.params.clone()) },
        issuer: None,
        proofs: Vec::new(),
        changed: Vec::new(),
        checks: Vec::new(),
        inside: Vec::new(),
        used: Vec::new(),
        lines: Vec::new(),
        recorded: None,
        checked_at: at.to_rfc3339(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_credentials_without_an_identifier_are_not_issues_of_one() {
        let home = tempfile::tempdir().unwrap();
        let app = App::open(home.path().join("vault")).unwrap();
        let record = app.add(Kind::Credential, serde_json::json!({"title": "CKA"})).unwrap().id.unwrap();
        let hold = |item: &str, credential_id: &str| {
            let row = Row {
                id: crate::records::new_id(),
                record,
                file: item.repeat(64),
                file_size: 1,
                name: "badge.json".into(),
                media_type: "application/json".into(),
                item: item.repeat(64),
                item_size: 1,
                format: "open-badges-3".into(),
                place: String::new(),
                grouping: String::new(),
                picture: None,
                credential_id: credential_id.into(),
                issuer_id: "did:web:example.org".into(),
                issuer_name: "Example".into(),
                subject_id: String::new(),
                proof: String::new(),
                own: false,
                filled: "{}".into(),
                received_at: app.vault.now(),
            };
            app.vault.change(&Step::new("import"), |writer| writer.hold(&row)).unwrap();
        };
        ["a", "b"].iter().for_each(|item| hold(item, ""));
        ["c", "d"].iter().for_each(|item| hold(item, "urn:uuid:1"));
        let held = app.held_of(record).unwrap();
        let replaced: Vec<_> = held.iter().map(|held| (&held.sha256[..1], held.replaced)).collect();
        assert_eq!(replaced, [("d", false), ("c", true), ("b", false), ("a", false)]);
    }
}
