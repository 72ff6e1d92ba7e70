//! Filling records from what is received: which record a credential stands behind, and what it may say there.

use std::cell::OnceCell;
use std::collections::HashMap;

use cairn_domain::credential::Credential;
use cairn_domain::id::SkillId;
use cairn_domain::skill::Skill;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_proof::opened::{Item, Payload};
use cairn_vault::wallet::held::Held as Row;
use cairn_vault::{Reader, Writer};
use serde_json::Value;
use uuid::Uuid;

use super::issues::{Issue, Strength, order};
use super::offered::{Offered, folded};
use super::said::Said;
use super::take_in::{Came, Coming, Fate, OwnWord};
use super::{fill, same_credential};
use crate::documents::{PartCheck, Verdict};
use crate::issuing::claims;
use crate::records::new_id;
use crate::{App, Result};

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

/// Fills records from what is received, in one step. The skills that were named so far are known by what they are called. What
/// the vault has is looked up by its index, credential by credential, so that the thousandth file costs what the first did.
pub(super) struct Filling<'w, 'c> {
    app: &'w App,
    writer: &'w Writer<'c>,
    skills: HashMap<String, RecordId>,
    /// The records that claim something, by the name of their claim; looked up when the first of the learner's own comes.
    claims: OnceCell<HashMap<Uuid, (Kind, RecordId)>>,
}

impl<'w, 'c> Filling<'w, 'c> {
    pub fn new(app: &'w App, writer: &'w Writer<'c>) -> Self {
        Self { app, writer, skills: HashMap::new(), claims: OnceCell::new() }
    }

    /// Takes one credential in; `found` is what was found about it, where anybody could look at it.
    pub(super) fn take(&mut self, coming: Coming, found: Option<(Verdict, Vec<PartCheck>)>) -> Result<Came, Refused> {
        let Coming { mut row, item, offered, mut said, endorsed, own } = coming;
        let title = offered.title();
        if let Some(endorsed) = endorsed {
            return endorsed.take(self.writer, row, title);
        }
        for there in self.writer.held_alike(&row.item, &row.proof)? {
            if there.item == row.item || self.app.item(&there).is_ok_and(|held| same_content(&held, &item)) {
                // Found now, and kept after this: what was found about it before may be older than the keys at hand.
                let mended = self.mend(&there, &offered, found)?;
                let fate = if mended { Fate::Updated } else { Fate::Duplicate };
                return Ok(Came::credential(there, fate, title, 0));
            }
        }
        // What the learner signed of a record that is here adds nothing to it.
        let of_own = match own {
            Some(OwnWord::Record) => return Ok(Came::own_word(row, title)),
            Some(OwnWord::HoldersRecord) => return Ok(Came::gathered(row, title)),
            Some(OwnWord::Claim(claim)) => self.claiming(claim)?,
            None => None,
        };
        match of_own {
            Some((Kind::Credential, id)) => {
                row.record = id;
                said.fields = offered.fields;
                row.filled = said.text();
                self.writer.hold(&row)?;
                return Ok(Came::credential(row, Fate::Kept, title, 0));
            }
            Some(_) => return Ok(Came::own_word(row, title)),
            None => {}
        }
        let mut issues = Vec::new();
        for other in self.writer.held_issues(&row.credential_id, &row.issuer_id)?.into_iter().filter(|it| same_credential(it, &row)) {
            issues.push(Issue::of(self.app, self.writer, other)?);
        }
        order(&mut issues);
        let arrived = Issue::found(row.clone(), said.clone(), found);
        let broken = arrived.strength == Strength::Broken;
        let matched = match issues.first() {
            Some(speaking) => Some(speaking.row.record),
            None => written_down(self.writer, &offered)?,
        };
        issues.retain(|issue| Some(issue.row.record) == matched);
        let before: Vec<fill::Fields> = issues.iter().map(|issue| issue.said.fields.clone()).collect();
        let stands = matched.map(|id| self.credential(id)).transpose()?.flatten();
        issues.push(arrived);
        order(&mut issues);
        // What is weaker than what stands, or older, is held beside it and changes nothing; neither does what does not hold change
        // what the learner wrote.
        let speaks = issues.first().is_some_and(|issue| issue.row.id == row.id);
        if let Some((id, _)) = stands.as_ref().filter(|_| !speaks || broken && before.is_empty()) {
            row.record = *id;
            said.fields = offered.fields;
            row.filled = said.text();
            self.writer.hold(&row)?;
            return Ok(Came::credential(row, Fate::Kept, title, 0));
        }
        let refused = |error: crate::AppError| Refused::Record(row.place.clone(), error.message);
        let start = stands.as_ref().map(|(_, credential)| credential.clone()).unwrap_or_default();
        let before: Vec<&fill::Fields> = before.iter().collect();
        let (record, fields, skills_added) = self.fill(&start, &before, &offered)?.map_err(refused)?;
        let fate = match stands {
            Some((id, stood)) => {
                row.record = id;
                if record != AnyRecord::Credential(stood) {
                    self.writer.replace(id, &record)?;
                }
                Fate::Updated
            }
            None => {
                self.writer.insert(row.record, &record, false)?;
                Fate::Added
            }
        };
        said.fields = fields;
        row.filled = said.text();
        self.writer.hold(&row)?;
        Ok(Came::credential(row, fate, title, skills_added))
    }

    /// Gives a record back what its credential says, where another issue of it that says less wrote over that; whether it did. `found`
    /// is what was found about it just now.
    pub fn mend(
        &mut self,
        there: &Row,
        offered: &Offered,
        found: Option<(Verdict, Vec<PartCheck>)>,
    ) -> Result<bool, cairn_vault::VaultError> {
        let mut issues = self.app.issues(self.writer, there.record)?;
        issues.retain(|issue| same_credential(&issue.row, there));
        if let Some(issue) = issues.iter_mut().find(|issue| issue.row.id == there.id)
            && found.is_some()
        {
            *issue = Issue::found(issue.row.clone(), issue.said.clone(), found);
        }
        order(&mut issues);
        let [speaking, others @ ..] = issues.as_slice() else { return Ok(false) };
        let others: Vec<&fill::Fields> = others.iter().map(|issue| &issue.said.fields).collect();
        if speaking.row.id != there.id || others.is_empty() {
            return Ok(false);
        }
        self.give_back(speaking, &others, offered)
    }

    /// As [`Filling::mend`], for the one that speaks.
    pub fn give_back(&mut self, speaking: &Issue, others: &[&fill::Fields], offered: &Offered) -> Result<bool, cairn_vault::VaultError> {
        let Some((id, stands)) = self.credential(speaking.row.record)? else { return Ok(false) };
        if !fill::is_overwritten(&stands, others, &offered.fields).unwrap_or(false) {
            return Ok(false);
        }
        // What cannot stand in a record leaves it as it is; the page shows what was signed.
        let Ok((record, fields, _)) = self.fill(&stands, others, offered)? else { return Ok(false) };
        let said = Said { fields, ..speaking.said.clone() };
        if record != AnyRecord::Credential(stands) {
            self.writer.replace(id, &record)?;
        }
        self.rewrite(Row { filled: said.text(), ..speaking.row.clone() })?;
        Ok(true)
    }

    /// Fills in what a credential says now and did not say before, such as what its badge class says, which came later; whether
    /// anything changed.
    pub fn add(&mut self, row: Row, said: Said, offered: &Offered, speaks: bool) -> Result<bool, cairn_vault::VaultError> {
        let before = Said::read(&row);
        let news = |(field, value): (&String, &Value)| before.fields.get(field) != Some(value);
        let fields: fill::Fields =
            offered.fields.iter().filter(|it| news(*it)).map(|(field, value)| (field.clone(), value.clone())).collect();
        let stood = self.writer.held(row.id)?;
        let newly_named = before.names.as_ref() != said.names.as_ref();
        if fields.is_empty() && !newly_named && stood == row {
            return Ok(false);
        }
        let mut kept = before.fields.clone();
        if let Some((id, stands)) = self.credential(row.record)?.filter(|_| speaks) {
            let news = Offered { fields: fields.clone(), skills: offered.skills.clone() };
            let old: fill::Fields =
                before.fields.iter().filter(|(field, _)| fields.contains_key(*field)).map(|(f, v)| (f.clone(), v.clone())).collect();
            if let Ok((record, filled, _)) = self.fill(&stands, &[&old], &news)? {
                if record != AnyRecord::Credential(stands) {
                    self.writer.replace(id, &record)?;
                }
                kept.extend(filled);
            }
        }
        kept.extend(fields);
        self.rewrite(Row { filled: Said { fields: kept, ..said }.text(), ..row })?;
        Ok(true)
    }

    /// The record that claims under this name.
    fn claiming(&self, claim: Uuid) -> cairn_vault::Result<Option<(Kind, RecordId)>> {
        if self.claims.get().is_none() {
            let _ = self.claims.set(claims(self.writer)?);
        }
        Ok(self.claims.get().and_then(|claims| claims.get(&claim)).copied())
    }

    /// Writes a row anew under its own key.
    fn rewrite(&self, row: Row) -> cairn_vault::Result<()> {
        self.writer.let_go(row.id)?;
        self.writer.hold(&row)
    }

    fn credential(&self, id: RecordId) -> cairn_vault::Result<Option<(RecordId, Credential)>> {
        Ok(match self.writer.get(Kind::Credential, id)?.record {
            AnyRecord::Credential(credential) => Some((id, credential)),
            _ => None,
        })
    }

    /// A record with what is offered to it, the fields that were offered with the skills by their keys, and how many skills are new.
    fn fill(
        &mut self,
        start: &Credential,
        before: &[&fill::Fields],
        offered: &Offered,
    ) -> cairn_vault::Result<Result<(AnyRecord, fill::Fields, u32)>> {
        let mut fields = offered.fields.clone();
        let mut new_skills = Vec::new();
        let mut ids: Vec<Value> = Vec::with_capacity(offered.skills.len());
        for name in &offered.skills {
            ids.push(self.skill(name, &mut new_skills)?.0.to_string().into());
        }
        if !ids.is_empty() {
            fields.insert("skills".into(), ids.into());
        }
        let filled = fill::filled(start, before, &fields).and_then(|record| {
            let record = AnyRecord::Credential(record);
            record.check().map_err(crate::AppError::from).map(|()| record)
        });
        let record = match filled {
            Ok(record) => record,
            Err(error) => {
                // Skills that only this one named are not there for the next.
                self.skills.retain(|_, id| !new_skills.iter().any(|(new, _)| new == id));
                return Ok(Err(error));
            }
        };
        let added = u32::try_from(new_skills.len()).unwrap_or(u32::MAX);
        for (id, skill) in new_skills {
            self.writer.insert(id, &AnyRecord::Skill(skill), false)?;
        }
        Ok(Ok((record, fields, added)))
    }

    /// The skill of this name, new where there is none.
    fn skill(&mut self, name: &str, new: &mut Vec<(RecordId, Skill)>) -> cairn_vault::Result<SkillId> {
        let called = folded(name);
        if let Some(id) = self.skills.get(&called) {
            return Ok(SkillId(*id));
        }
        let id = match titled(self.writer, Kind::Skill, name)?.first() {
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

/// Whether two credentials are one: the same signature over the same content, however it is spelled or wrapped. The same signature
/// over something else is none of it.
fn same_content(one: &Item, other: &Item) -> bool {
    let alike = match (&one.payload, &other.payload) {
        (Payload::Json(one), Payload::Json(other)) => one == other,
        (Payload::Jwt { token: one, .. }, Payload::Jwt { token: other, .. }) => one == other,
        (Payload::OpenBadges2 { token: one, assertion: said, .. }, Payload::OpenBadges2 { token: other, assertion, .. }) => {
            one == other && said == assertion
        }
        (Payload::Link { url: one }, Payload::Link { url: other }) => one == other,
        _ => false,
    };
    alike && one.fault.is_some() == other.fault.is_some()
}

/// Whether a received credential was found not to hold.
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

/// The learner's own record of this credential: the same title and issuer, nothing of somebody else's behind it that holds, not
/// awarded at another time.
fn written_down(reader: &Reader<'_>, offered: &Offered) -> cairn_vault::Result<Option<RecordId>> {
    let text = |field: &str| offered.fields.get(field).and_then(Value::as_str).unwrap_or_default();
    let (issuer, issued) = (folded(text("issuer")), text("issued"));
    for id in titled(reader, Kind::Credential, text("title"))? {
        let AnyRecord::Credential(it) = reader.get(Kind::Credential, id)?.record else { continue };
        let alike = folded(&it.issuer) == issuer && it.issued.is_none_or(|date| issued.starts_with(&date.to_string()));
        let mut free = alike;
        for held in if alike { reader.held_of(id)? } else { Vec::new() } {
            free &= held.own || is_broken(reader, &held)?;
        }
        if free {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
