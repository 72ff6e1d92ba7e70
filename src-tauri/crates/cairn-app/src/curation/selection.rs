//! What a collection shows: the one place that decides it.

use std::collections::{BTreeMap, BTreeSet};

use cairn_domain::collection::{Collection, CollectionEntry};
use cairn_domain::credential::Credential;
use cairn_domain::evidence::Evidence;
use cairn_domain::profile::Profile;
use cairn_domain::skill::Skill;
use cairn_domain::story::Story;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::{Reader, Result};
use chrono::NaiveDate;

use super::wording::reword;
use super::{can_be_shown, everything, sections, unworded};

/// The shown records of a collection, in order, in its words. Private notes are gone from them.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    /// Its own fields.
    pub collection: Collection,
    /// Who the learner is, in the collection's words; `None` before anybody wrote it.
    pub profile: Option<(RecordId, Profile)>,
    /// The shown sections that have records, in order.
    pub parts: Vec<Part>,
    /// Chosen credentials that nothing speaks of, because they are neither held nor under way.
    pub not_held: Vec<(RecordId, String)>,
}

/// A section and its records.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The kind it lists.
    pub kind: Kind,
    /// The learner's title for it; empty for the usual one.
    pub title: String,
    /// The shown records, in order; never empty.
    pub records: Vec<Chosen>,
}

/// A shown record.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    /// The record's key.
    pub id: RecordId,
    /// The record in the collection's words.
    pub record: AnyRecord,
    /// Those words.
    pub wording: CollectionEntry,
}

/// How much of a collection is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What the résumé and the texts made from it can show.
    Resume,
    /// That and the evidence.
    WithEvidence,
}

impl Selection {
    /// Reads what `id` shows, or everything on the day `today` where it is `None`.
    pub fn read(reader: &Reader<'_>, id: Option<RecordId>, today: NaiveDate, extent: Extent) -> Result<Selection> {
        let collection = match id {
            Some(id) => super::collection(reader, id)?,
            None => everything(reader, today)?,
        };
        Selection::of(reader, collection, extent)
    }

    /// Reads what `collection` shows, whether or not the vault has it like that.
    pub fn of(reader: &Reader<'_>, collection: Collection, extent: Extent) -> Result<Selection> {
        let sections = sections(&collection);
        let shown: BTreeSet<Kind> = sections.iter().filter(|section| section.shown).map(|section| section.kind).collect();
        let mut records: BTreeMap<Kind, Vec<Chosen>> = BTreeMap::new();
        let (mut seen, mut not_held) = (BTreeSet::new(), Vec::new());
        for entry in collection.entries.iter().filter(|entry| entry.shown) {
            let Some(kind) = reader.kind_of(entry.record)?.filter(|kind| shown.contains(kind)) else { continue };
            if kind == Kind::Profile || kind == Kind::Evidence && extent == Extent::Resume || !seen.insert(entry.record) {
                continue;
            }
            let chosen = choose(reader, kind, entry)?;
            match &chosen.record {
                AnyRecord::Credential(credential) if !can_be_shown(credential) => not_held.push((chosen.id, credential.title.clone())),
                _ => records.entry(kind).or_default().push(chosen),
            }
        }
        if extent == Extent::WithEvidence && shown.contains(&Kind::Evidence) {
            let claims = records.values().flatten().filter(|chosen| matches!(chosen.record.kind(), Kind::Credential | Kind::Story));
            for id in evidence_along(reader, claims.map(|chosen| (chosen.id, &chosen.record)), &collection)? {
                let chosen = choose(reader, Kind::Evidence, &unworded(id))?;
                records.entry(Kind::Evidence).or_default().push(chosen);
            }
        }
        let profile = profile(reader, &collection, shown.contains(&Kind::Profile))?;
        let part = |section: cairn_domain::collection::SectionChoice| {
            let records = records.remove(&section.kind)?;
            Some(Part { kind: section.kind, title: section.title.trim().to_owned(), records })
        };
        let parts = sections.into_iter().filter_map(part).collect();
        Ok(Selection { collection, profile, parts, not_held })
    }

    /// Every shown record, section by section.
    pub fn records(&self) -> impl Iterator<Item = &Chosen> {
        self.parts.iter().flat_map(|part| &part.records)
    }

    /// The shown credentials.
    pub fn credentials(&self) -> impl Iterator<Item = (&Chosen, &Credential)> {
        self.records().filter_map(|chosen| if let AnyRecord::Credential(it) = &chosen.record { Some((chosen, it)) } else { None })
    }

    /// The shown skills.
    pub fn skills(&self) -> impl Iterator<Item = (&Chosen, &Skill)> {
        self.records().filter_map(|chosen| if let AnyRecord::Skill(it) = &chosen.record { Some((chosen, it)) } else { None })
    }

    /// The shown stories.
    pub fn stories(&self) -> impl Iterator<Item = (&Chosen, &Story)> {
        self.records().filter_map(|chosen| if let AnyRecord::Story(it) = &chosen.record { Some((chosen, it)) } else { None })
    }

    /// The evidence in the packet.
    pub fn evidence(&self) -> impl Iterator<Item = (&Chosen, &Evidence)> {
        self.records().filter_map(|chosen| if let AnyRecord::Evidence(it) = &chosen.record { Some((chosen, it)) } else { None })
    }

    /// The learner's name, empty where nobody wrote it.
    pub fn name(&self) -> &str {
        self.profile.as_ref().map_or("", |(_, profile)| profile.name.trim())
    }
}

fn choose(reader: &Reader<'_>, kind: Kind, entry: &CollectionEntry) -> Result<Chosen> {
    let stored = reader.get(kind, entry.record)?;
    Ok(Chosen { id: stored.id, record: reword(&stored.record, entry), wording: entry.clone() })
}

/// The evidence linked to the shown credentials and stories, as far as no entry of the collection decides about it.
pub(super) fn evidence_along<'r>(
    reader: &Reader<'_>,
    claims: impl Iterator<Item = (RecordId, &'r AnyRecord)>,
    collection: &Collection,
) -> Result<Vec<RecordId>> {
    let mut decided: BTreeSet<RecordId> = collection.entries.iter().map(|entry| entry.record).collect();
    let mut along = Vec::new();
    for (id, record) in claims {
        let linked = match record {
            AnyRecord::Story(story) => story.evidence.iter().map(|id| RecordId::from(*id)).collect(),
            _ => Vec::new(),
        };
        let linking = reader.linked_by(id, Kind::Evidence)?.into_iter().map(|linked| linked.id);
        along.extend(linked.into_iter().chain(linking).filter(|id| decided.insert(*id)));
    }
    Ok(along)
}

/// The profile in the collection's words, without its summary where that section is hidden.
fn profile(reader: &Reader<'_>, collection: &Collection, summary_shown: bool) -> Result<Option<(RecordId, Profile)>> {
    let Some(id) = reader.single(Kind::Profile)? else { return Ok(None) };
    let AnyRecord::Profile(mut profile) = reader.get(Kind::Profile, id)?.record else { return Ok(None) };
    // They are there to know the learner's badges by, and go nowhere.
    profile.other_emails.clear();
    if !collection.headline.trim().is_empty() {
        profile.headline.clone_from(&collection.headline);
    }
    if !collection.summary.trim().is_empty() {
        profile.summary.clone_from(&collection.summary);
    }
    if !summary_shown {
        profile.summary.clear();
    }
    Ok(Some((id, profile)))
}
