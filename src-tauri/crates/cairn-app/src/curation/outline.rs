//! A collection as the learner curates it: every record it could hold, the chosen ones first.

use std::collections::{BTreeMap, BTreeSet};

use cairn_domain::collection::{Collection, CollectionEntry, SectionChoice};
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::Reader;
use cairn_vault::list::{ListItem, ListQuery};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::selection::evidence_along;
use super::{can_be_shown, collection, credentials_head_skills, sections, unworded};
use crate::documents::words::Words;
use crate::{App, Result};

/// A collection with everything that is or could be in it.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Outline {
    /// Its sections, in order.
    pub sections: Vec<OutlineSection>,
}

/// A section of a collection.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct OutlineSection {
    /// The kind of record it lists.
    pub kind: Kind,
    /// Whether it appears.
    pub shown: bool,
    /// The learner's title for it; empty for the usual one.
    pub title: String,
    /// The usual title, in the collection's language.
    pub usual_title: String,
    /// The chosen records in order, then the others it could hold.
    pub entries: Vec<OutlineEntry>,
    /// How many records of the kind it cannot hold: credentials that are only planned or considered.
    pub left_out: u32,
}

/// A record that is or could be in a section.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct OutlineEntry {
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// Its own title.
    pub title: String,
    /// Its own subtitle.
    pub subtitle: String,
    /// Its status; a credential that is only planned stays unseen until it is held or under way.
    pub status: String,
    /// Whether documents show it, as far as its section is shown. Evidence can be shown without being chosen: it comes
    /// along with the credentials and stories it belongs to.
    pub shown: bool,
    /// Whether it is an entry of the collection.
    pub in_collection: bool,
    /// Whether nobody has decided about it: it came, or became what it is, after the collection was made. Evidence comes along by
    /// itself.
    pub undecided: bool,
    /// The entry, or the one it would become.
    pub wording: CollectionEntry,
    /// The chosen record that follows it in the learner's own order, where it would stand; nothing for the last, and for one that is
    /// chosen.
    pub before: Option<RecordId>,
}

impl App {
    /// The collection with its chosen records in order and those that could be chosen.
    ///
    /// # Errors
    /// `not-found`.
    pub fn outline(&self, id: RecordId) -> Result<Outline> {
        Ok(self.vault.read(|reader| outline(reader, &collection(reader, id)?, reader.get(Kind::Collection, id)?.created_at))?)
    }
}

fn outline(reader: &Reader<'_>, collection: &Collection, made: DateTime<Utc>) -> cairn_vault::Result<Outline> {
    let words = Words::of(&collection.language);
    let along = along(reader, collection)?;
    let mut outlined = Vec::new();
    for section in sections(collection) {
        let (entries, left_out) =
            if section.kind == Kind::Profile { (Vec::new(), 0) } else { entries(reader, collection, section.kind, &along, made)? };
        let usual_title = String::new();
        let SectionChoice { kind, shown, title } = section;
        outlined.push(OutlineSection { kind, shown, title, usual_title, entries, left_out });
    }
    let appears = |section: &&OutlineSection| section.shown && section.entries.iter().any(|entry| entry.shown);
    let together = credentials_head_skills(outlined.iter().filter(appears).map(|section| (section.kind, section.title.trim())));
    for section in &mut outlined {
        section.usual_title = words.section(section.kind, together).to_owned();
    }
    Ok(Outline { sections: outlined })
}

/// The records of a kind that are or could be in the collection, which was `made` then, and how many could not.
fn entries(
    reader: &Reader<'_>,
    collection: &Collection,
    kind: Kind,
    along: &BTreeSet<RecordId>,
    made: DateTime<Utc>,
) -> cairn_vault::Result<(Vec<OutlineEntry>, u32)> {
    let items = reader.list(kind, &ListQuery { limit: u32::MAX, ..ListQuery::default() })?.items;
    let mut places: BTreeMap<RecordId, usize> = items.iter().enumerate().map(|(at, item)| (item.id, at)).collect();
    let entry = |item: &ListItem, in_collection, shown, wording, before| OutlineEntry {
        record: item.id,
        kind,
        title: item.title.clone(),
        subtitle: item.subtitle.clone(),
        status: item.status.clone(),
        shown,
        in_collection,
        undecided: !in_collection && kind != Kind::Evidence && item.updated_at > made,
        wording,
        before,
    };
    let mut entries = Vec::new();
    for wording in &collection.entries {
        if let Some(at) = places.remove(&wording.record) {
            entries.push(entry(&items[at], true, wording.shown, wording.clone(), None));
        }
    }
    let eligible = |item: &&ListItem| kind != Kind::Credential || matches!(item.status.as_str(), "earned" | "expired" | "in-progress");
    let mut followed: BTreeMap<RecordId, RecordId> = BTreeMap::new();
    let mut next = None;
    for item in items.iter().rev() {
        match places.contains_key(&item.id) {
            true => followed.extend(next.map(|next| (item.id, next))),
            false => next = Some(item.id),
        }
    }
    let (others, unfit): (Vec<&ListItem>, Vec<&ListItem>) = items.iter().filter(|item| places.contains_key(&item.id)).partition(eligible);
    let other = |item: &ListItem| entry(item, false, along.contains(&item.id), unworded(item.id), followed.get(&item.id).copied());
    entries.extend(others.into_iter().map(other));
    Ok((entries, u32::try_from(unfit.len()).unwrap_or(u32::MAX)))
}

/// The evidence that comes along with what is shown.
fn along(reader: &Reader<'_>, collection: &Collection) -> cairn_vault::Result<BTreeSet<RecordId>> {
    let shown: BTreeSet<Kind> = sections(collection).into_iter().filter(|section| section.shown).map(|section| section.kind).collect();
    let mut claims = Vec::new();
    for entry in collection.entries.iter().filter(|entry| entry.shown) {
        let kind = reader.kind_of(entry.record)?.filter(|kind| shown.contains(kind));
        if let Some(kind @ (Kind::Credential | Kind::Story)) = kind {
            claims.push((entry.record, reader.get(kind, entry.record)?.record));
        }
    }
    claims.retain(|(_, record)| !matches!(record, AnyRecord::Credential(credential) if !can_be_shown(credential)));
    Ok(evidence_along(reader, claims.iter().map(|(id, record)| (*id, record)), collection)?.into_iter().collect())
}
