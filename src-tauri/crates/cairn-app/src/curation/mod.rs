//! Collections: choosing, ordering and rewording records for one audience, without touching the records.
//!
//! What a collection holds is decided once, in [`selection`]: every document, text and packet is made from a
//! [`Selection`](selection::Selection), so that what is hidden is hidden everywhere and what is reworded is reworded
//! everywhere. The rules:
//!
//! - A record is in it when one of its entries names it and shows it, and its section is shown.
//! - Only credentials that are held or under way can be shown; one that lapsed only where the learner chose it.
//! - Evidence goes into the packet, never onto the résumé. It belongs to a collection when it is an entry, or when it is
//!   linked to a credential or story that is shown; an entry that is not shown, or a hidden section, keeps it out.
//! - Private notes belong to no document.

mod outline;
pub(crate) mod selection;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeSet;

use cairn_domain::collection::{Collection, CollectionEntry, SectionChoice};
use cairn_domain::credential::{Credential, CredentialStatus};
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::list::ListQuery;
use cairn_vault::{Change as Step, Reader, VaultError};
use chrono::NaiveDate;
use serde_json::Value;

use crate::records::{Change, to_json};
use crate::{App, AppError, Result};

pub use outline::{Outline, OutlineEntry, OutlineSection};

/// The kinds of record a collection can hold, in the usual order of their sections. The profile's section is the
/// summary; it stands first and has no entries.
pub const SECTIONS: &[Kind] = &[
    Kind::Profile,
    Kind::Credential,
    Kind::Skill,
    Kind::Work,
    Kind::Story,
    Kind::Project,
    Kind::Education,
    Kind::Volunteering,
    Kind::Award,
    Kind::Publication,
    Kind::Language,
    Kind::Interest,
    Kind::Reference,
    Kind::Evidence,
];

impl App {
    /// Fields as a new record of a kind begins with: a collection whose entries are not said holds every record a document can show,
    /// in profile order, since leaving out is easier than finding. Credentials that lapsed are left for the learner to choose.
    pub(crate) fn begun(&self, kind: Kind, mut fields: Value) -> Result<Value> {
        if let (Kind::Collection, Value::Object(said)) = (kind, &mut fields)
            && !said.contains_key("entries")
        {
            let day = self.day();
            let everything = to_json(&self.vault.read(|reader| everything(reader, day))?.into())?;
            for field in ["entries", "sections"] {
                said.entry(field).or_insert_with(|| everything[field].clone());
            }
        }
        Ok(fields)
    }

    /// Puts records into a collection, each at the end of its section; one that was hidden is shown again.
    ///
    /// # Errors
    /// `not-found` for the collection, `link-target` for a record that is not there, `not-for-collections` for one of a
    /// kind that no document shows.
    pub fn choose(&self, collection: RecordId, records: &[RecordId]) -> Result<Change> {
        self.refuse_odd_kinds(records)?;
        self.edit_entries(collection, |entries| {
            for &record in records {
                match entries.iter_mut().find(|entry| entry.record == record) {
                    Some(entry) => entry.shown = true,
                    None => entries.push(unworded(record)),
                }
            }
        })
    }

    /// Takes records out of a collection, with the words they had there.
    ///
    /// # Errors
    /// `not-found` for the collection.
    pub fn leave_out(&self, collection: RecordId, records: &[RecordId]) -> Result<Change> {
        self.edit_entries(collection, |entries| entries.retain(|entry| !records.contains(&entry.record)))
    }

    /// The collection that `name` means: its id, its title, or its title without regard to case.
    ///
    /// # Errors
    /// `no-such-collection`, naming those there are; `several-collections` with the ids of those of that title.
    pub fn find_collection(&self, name: &str) -> Result<RecordId> {
        let all = self.vault.read(|reader| reader.all::<Collection>())?;
        let folded = name.to_lowercase();
        let by = |same: &dyn Fn(RecordId, &str) -> bool| {
            let found: Vec<RecordId> = all.iter().filter(|it| same(it.id, &it.record.title)).map(|it| it.id).collect();
            (!found.is_empty()).then_some(found)
        };
        let found = by(&|id, _| id.to_string() == folded)
            .or_else(|| by(&|_, title| title == name))
            .or_else(|| by(&|_, title| title.to_lowercase() == folded));
        if let Some([_, _, ..]) = found.as_deref() {
            let ids: Vec<String> = found.iter().flatten().map(RecordId::to_string).collect();
            let message = format!("Several collections are called “{name}”. Name one by its id: {}.", ids.join(", "));
            return Err(AppError::new("several-collections", message).with("name", name).with("ids", ids));
        }
        found.and_then(|found| found.first().copied()).ok_or_else(|| {
            let titles: Vec<String> = all.iter().map(|it| format!("“{}”", it.record.title)).collect();
            let known = if titles.is_empty() { "There are none yet.".to_owned() } else { format!("There are: {}.", titles.join(", ")) };
            AppError::new("no-such-collection", format!("There is no collection “{name}”. {known}")).with("name", name)
        })
    }

    fn refuse_odd_kinds(&self, records: &[RecordId]) -> Result<()> {
        for &id in records {
            if let Some(kind) = self.vault.read(|reader| reader.kind_of(id))?
                && (kind == Kind::Profile || !SECTIONS.contains(&kind))
            {
                return Err(
                    AppError::new("not-for-collections", format!("A {kind} is not a part of collections.")).with("kind", kind.name())
                );
            }
        }
        Ok(())
    }

    fn edit_entries(&self, id: RecordId, edit: impl FnOnce(&mut Vec<CollectionEntry>)) -> Result<Change> {
        let mut step = Step::of("edit", Kind::Collection, id, "");
        step.title = self.vault.read(|reader| collection(reader, id))?.title;
        let changed = self.vault.change(&step, |writer| {
            let mut collection = collection(writer, id)?;
            edit(&mut collection.entries);
            writer.replace(id, &collection.into())
        })?;
        Ok(Change::from(step, &changed))
    }
}

/// A collection as the vault has it.
pub(crate) fn collection(reader: &Reader<'_>, id: RecordId) -> cairn_vault::Result<Collection> {
    match reader.get(Kind::Collection, id)?.record {
        AnyRecord::Collection(collection) => Ok(collection),
        _ => Err(VaultError::NotFound { kind: Kind::Collection, id }),
    }
}

/// Every record a document can show on the day `today`, in profile order, without a title.
pub(crate) fn everything(reader: &Reader<'_>, today: NaiveDate) -> cairn_vault::Result<Collection> {
    let mut entries = Vec::new();
    for &kind in SECTIONS.iter().filter(|kind| **kind != Kind::Profile) {
        if kind == Kind::Credential {
            let credentials = reader.all::<Credential>()?;
            entries
                .extend(credentials.iter().filter(|it| can_be_shown(&it.record) && !lapsed(&it.record, today)).map(|it| unworded(it.id)));
        } else {
            let all = reader.list(kind, &ListQuery { limit: u32::MAX, ..ListQuery::default() })?;
            entries.extend(all.items.iter().map(|item| unworded(item.id)));
        }
    }
    let sections = SECTIONS.iter().map(|&kind| SectionChoice { kind, shown: true, title: String::new() }).collect();
    Ok(Collection { sections, entries, ..Collection::default() })
}

/// Whether a document may speak of a credential: it is held, was held, or is under way. A plan is no claim.
pub(crate) fn can_be_shown(credential: &Credential) -> bool {
    credential.held() || credential.status == CredentialStatus::InProgress
}

/// Whether a credential that was awarded is no longer valid on the day `today`.
pub(crate) fn lapsed(credential: &Credential, today: NaiveDate) -> bool {
    credential.status == CredentialStatus::Expired || credential.held() && credential.expires.is_some_and(|end| end.last_day() < today)
}

/// An entry that takes the record's own words.
pub(crate) fn unworded(record: RecordId) -> CollectionEntry {
    CollectionEntry { record, shown: true, title: String::new(), summary: String::new(), highlights: None }
}

/// The sections of a collection in their order: the profile's first, then those the learner named, then the others.
pub(crate) fn sections(collection: &Collection) -> Vec<SectionChoice> {
    let mut seen = BTreeSet::new();
    let unnamed = SECTIONS.iter().map(|&kind| SectionChoice { kind, shown: true, title: String::new() });
    let named = collection.sections.iter().filter(|choice| SECTIONS.contains(&choice.kind)).cloned();
    let mut all: Vec<_> = named.chain(unnamed).filter(|choice| seen.insert(choice.kind)).collect();
    all.sort_by_key(|choice| choice.kind != Kind::Profile);
    all
}

/// Whether the skills stand under the credentials' heading, as one section of relevant skills and certifications: where
/// they follow directly and the learner gave neither a title of its own. `appearing` are the kinds and own titles of the
/// sections that appear, in order.
pub(crate) fn credentials_head_skills<'t>(appearing: impl Iterator<Item = (Kind, &'t str)>) -> bool {
    let mut from = appearing.skip_while(|(kind, _)| *kind != Kind::Credential);
    from.next().is_some_and(|(_, title)| title.is_empty()) && from.next() == Some((Kind::Skill, ""))
}
