//! The JSON Resume of a collection.

use std::collections::BTreeSet;

use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::json_resume::{Options, Written, write};
use cairn_exchange::links::relink;

use crate::curation::selection::Selection;

/// The records of a selection's résumé as JSON Resume, in the collection's words. Evidence travels in the packet alone,
/// and no link leads to a record that is not in the file.
pub(crate) fn json_resume(selection: &Selection) -> Written {
    let profile = selection.profile.iter().map(|(id, profile)| (*id, AnyRecord::Profile(profile.clone())));
    let shown = selection.records().filter(|chosen| chosen.record.kind() != Kind::Evidence);
    let records: Vec<(RecordId, AnyRecord)> = profile.chain(shown.map(|chosen| (chosen.id, chosen.record.clone()))).collect();
    let inside: BTreeSet<RecordId> = records.iter().map(|(id, _)| *id).collect();
    let linked = |(id, record): &(RecordId, AnyRecord)| (*id, relink(record, |target| inside.contains(&target).then_some(target)));
    write(&records.iter().map(linked).collect::<Vec<_>>(), Options { include_private: false })
}
