//! Links between records that come from elsewhere, and the ids they have here.

use cairn_domain::{AnyRecord, RecordId};
use serde_json::Value;

use crate::incoming::fields_of;

/// The names under which records of any kind hold links. `record` stands in a collection's entries.
const LINK_FIELDS: &[&str] = &["credential", "credentials", "evidence", "milestone", "record", "skills", "sprint", "work"];

/// Every record that `record` links to, in order, once each.
pub fn links(record: &AnyRecord) -> Vec<RecordId> {
    let mut found = Vec::new();
    let mut fields = Value::Object(fields_of(record));
    each_link(&mut fields, &mut |link| {
        if let Some(id) = link.parse().ok().filter(|id| !found.contains(id)) {
            found.push(id);
        }
        Some(link)
    });
    found
}

/// `record` with every link put through `here`: replaced by the id it returns, dropped where it returns `None`.
pub fn relink(record: &AnyRecord, mut here: impl FnMut(RecordId) -> Option<RecordId>) -> AnyRecord {
    let mut fields = Value::Object(fields_of(record));
    each_link(&mut fields, &mut |link| Some(here(link.parse().ok()?)?.to_string()));
    // Links were replaced by links: what could be written can be read.
    AnyRecord::deserialize(record.kind(), fields).unwrap_or_else(|_| record.clone())
}

/// Replaces the text of every link in a record's JSON form. A link that becomes `None` is emptied, left out of its
/// list, or, in a collection, takes its entry with it.
pub(crate) fn each_link(value: &mut Value, change: &mut impl FnMut(String) -> Option<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                if !LINK_FIELDS.contains(&name.as_str()) {
                    each_link(inner, change);
                } else if let Value::String(link) = inner {
                    *inner = change(std::mem::take(link)).map_or(Value::Null, Value::String);
                } else if let Value::Array(links) = inner {
                    links.retain_mut(|link| match link {
                        Value::String(text) => change(std::mem::take(text)).map(|changed| *text = changed).is_some(),
                        _ => true,
                    });
                }
            }
        }
        Value::Array(items) => items.retain_mut(|item| {
            each_link(item, change);
            item.get("record") != Some(&Value::Null)
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_domain::collection::{Collection, CollectionEntry};
    use cairn_domain::id::{CredentialId, SkillId, SprintId};
    use cairn_domain::story::Story;
    use cairn_domain::study::StudyBlock;
    use uuid::Uuid;

    fn id(number: u128) -> RecordId {
        RecordId::new(Uuid::from_u128(number))
    }

    #[test]
    fn links_are_found_in_every_shape_they_have() {
        let story = Story { skills: vec![SkillId(id(2)), SkillId(id(1))], credentials: vec![CredentialId(id(1))], ..Story::default() };
        assert_eq!(links(&story.into()), [id(1), id(2)]);
        let block = StudyBlock { sprint: Some(SprintId(id(3))), ..StudyBlock::default() };
        assert_eq!(links(&block.into()), [id(3)]);
    }

    #[test]
    fn a_link_to_nowhere_is_dropped_and_the_others_follow() {
        let story = Story { skills: vec![SkillId(id(1)), SkillId(id(2))], credentials: vec![CredentialId(id(4))], ..Story::default() };
        let relinked = relink(&story.into(), |old| (old != id(1)).then(|| id(9)));
        let expected = Story { skills: vec![SkillId(id(9))], credentials: vec![CredentialId(id(9))], ..Story::default() };
        assert_eq!(relinked, expected.into());
    }

    #[test]
    fn a_collection_loses_the_entry_of_a_record_that_is_not_there() {
        let entry =
            |number| CollectionEntry { record: id(number), shown: true, title: String::new(), summary: String::new(), highlights: None };
        let collection = Collection { entries: vec![entry(1), entry(2)], ..Collection::default() };
        let relinked = relink(&collection.into(), |old| (old == id(2)).then_some(old));
        assert_eq!(relinked, Collection { entries: vec![entry(2)], ..Collection::default() }.into());
    }

    #[test]
    fn text_that_looks_like_an_id_stays_text() {
        let story = Story { title: id(1).to_string(), result: id(1).to_string(), ..Story::default() };
        assert_eq!(relink(&story.clone().into(), |_| None), story.into());
    }
}
