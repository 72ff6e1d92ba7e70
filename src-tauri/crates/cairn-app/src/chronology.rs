//! Where a dated record of a résumé's section stands: the newest first, as employers read, until the learner moves it.

use cairn_domain::{AnyRecord, Kind, PartialDate, RecordId};
use cairn_vault::list::{ListQuery, Order};
use cairn_vault::{Result, Writer};

/// The kinds whose own order is the résumé's, and that go by their date.
const DATED: [Kind; 6] = [Kind::Work, Kind::Education, Kind::Project, Kind::Volunteering, Kind::Award, Kind::Publication];

/// Puts a record that has just got its date before the first of its kind that began earlier; the others stay as the learner
/// put them.
pub(crate) fn place(writer: &Writer<'_>, id: RecordId, record: &AnyRecord) -> Result<()> {
    let kind = record.kind();
    let Some(date) = record.heading().date.filter(|_| DATED.contains(&kind)) else { return Ok(()) };
    let all = writer.list(kind, &ListQuery { order: Order::Position, limit: u32::MAX, ..ListQuery::default() })?.items;
    let began_earlier = |other: &Option<PartialDate>| other.is_some_and(|other| other.first_day() < date.first_day());
    match all.iter().filter(|item| item.id != id).find(|item| began_earlier(&item.date)) {
        Some(older) => writer.move_before(kind, id, Some(older.id)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::App;

    #[test]
    fn work_stands_newest_first_until_the_learner_moves_it() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(folder.path().join("vault")).unwrap();
        let work = |name: &str, start: Option<&str>| app.add(Kind::Work, json!({"name": name, "start": start})).unwrap().id.unwrap();
        let order = || -> Vec<String> {
            let by_hand = ListQuery { order: Order::Position, limit: 9, ..ListQuery::default() };
            app.vault.read(|reader| reader.list(Kind::Work, &by_hand)).unwrap().items.into_iter().map(|item| item.title).collect()
        };
        let first = work("First", Some("2012"));
        work("Latest", Some("2024-03"));
        let middle = work("Middle", None);
        assert_eq!(order(), ["Latest", "First", "Middle"], "undated comes last");
        app.type_in(Kind::Work, middle, json!({"start": "2018"})).unwrap();
        assert_eq!(order(), ["Latest", "Middle", "First"]);
        app.undo(None).unwrap();
        assert_eq!(order(), ["Latest", "First", "Middle"], "one step");
        app.redo().unwrap();
        // What was moved by hand, or is dated anew, stays where it is.
        app.move_record(Kind::Work, first, None).unwrap();
        app.move_record(Kind::Work, middle, Some(first)).unwrap();
        app.edit(Kind::Work, first, json!({"start": "2025"})).unwrap();
        assert_eq!(order(), ["Latest", "Middle", "First"]);
        // Where nothing began earlier, it comes last.
        work("Oldest", Some("2001"));
        assert_eq!(order(), ["Latest", "Middle", "First", "Oldest"]);
    }
}
