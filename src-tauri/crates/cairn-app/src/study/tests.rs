//! The week as its readers see it.

use cairn_domain::AnyRecord;
use cairn_domain::credential::{Credential, CredentialStatus};
use cairn_domain::id::{CredentialId, SprintId};
use cairn_domain::reflection::Milestone;
use cairn_domain::study::Deadline;

use super::*;

struct Fixture {
    _dir: tempfile::TempDir,
    app: App,
}

fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open_at(dir.path().join("vault"), || "2026-11-22T09:00:00Z".parse().unwrap()).unwrap();
    Fixture { _dir: dir, app }
}

impl Fixture {
    fn add(&self, record: impl Into<AnyRecord>) -> RecordId {
        let record = record.into();
        self.app.add(record.kind(), serde_json::to_value(&record).unwrap()).unwrap().id.unwrap()
    }

    fn block(&self, start: &str, status: BlockStatus) -> RecordId {
        self.add(block(start, status))
    }
}

fn block(start: &str, status: BlockStatus) -> StudyBlock {
    StudyBlock { title: start.into(), start: start.parse().ok(), minutes: 50, status, ..StudyBlock::default() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_week_holds_its_seven_days_and_no_more() {
    let f = fixture();
    for start in ["2026-11-22T23:59:00", "2026-11-29T23:59:59.5", "2026-11-23T00:00:00", "2026-11-30T00:00:00"] {
        f.block(start, BlockStatus::Planned);
    }
    let week = f.app.week(day("2026-11-23")).unwrap();
    let starts: Vec<_> = week.blocks.iter().map(|block| block.title.as_str()).collect();
    assert_eq!(starts, ["2026-11-23T00:00:00", "2026-11-29T23:59:59.5"]);
}

#[test]
fn what_was_kept_stands_against_what_was_planned() {
    let f = fixture();
    for (hour, status) in [("08", BlockStatus::Kept), ("12", BlockStatus::Missed), ("18", BlockStatus::Planned)] {
        f.block(&format!("2026-11-24T{hour}:00:00"), status);
    }
    let week = f.app.week(day("2026-11-23")).unwrap();
    assert_eq!((week.planned_minutes, week.kept_minutes), (150, 50));
}

#[test]
fn clocks_that_change_move_no_block() {
    // 2026-03-29 has 23 hours in most of Europe, 2026-10-25 has 25; half past two exists never or twice.
    let f = fixture();
    for start in ["2026-03-29T02:30:00", "2026-10-25T02:30:00"] {
        f.block(start, BlockStatus::Kept);
    }
    for monday in ["2026-03-23", "2026-10-19"] {
        let week = f.app.week(day(monday)).unwrap();
        assert_eq!(week.blocks.iter().map(|it| it.start.format("%a %H:%M").to_string()).collect::<Vec<_>>(), ["Sun 02:30"]);
        assert_eq!(week.kept_minutes, 50);
    }
}

#[test]
fn a_moved_block_is_in_the_week_it_was_moved_to() {
    let f = fixture();
    let id = f.block("2026-11-24T08:00:00", BlockStatus::Planned);
    f.app.edit(Kind::StudyBlock, id, serde_json::json!({"start": "2026-12-01T09:15:00"})).unwrap();
    assert!(f.app.week(day("2026-11-23")).unwrap().blocks.is_empty());
    assert_eq!(f.app.week(day("2026-11-30")).unwrap().blocks[0].start, "2026-12-01T09:15:00".parse::<NaiveDateTime>().unwrap());
}

#[test]
fn a_sprint_is_in_every_week_it_touches_with_the_sums_of_all_of_them() {
    let f = fixture();
    let cka = CredentialId(f.add(Credential { title: "CKA".into(), ..Credential::default() }));
    let sprint = Sprint { goal: "Networking".into(), credential: Some(cka), start: Some(day("2026-11-18")), weeks: 2, ..Sprint::default() };
    let id = f.add(sprint);
    for (start, status) in [("2026-11-19T08:00:00", BlockStatus::Kept), ("2026-11-26T08:00:00", BlockStatus::Planned)] {
        f.add(StudyBlock { sprint: Some(SprintId(id)), ..block(start, status) });
    }
    f.block("2026-11-26T18:00:00", BlockStatus::Kept);
    for monday in ["2026-11-16", "2026-11-23", "2026-11-30"] {
        let week = f.app.week(day(monday)).unwrap();
        let seen: Vec<_> =
            week.sprints.iter().map(|it| (it.goal.as_str(), it.subtitle.as_str(), it.planned_minutes, it.kept_minutes)).collect();
        assert_eq!(seen, [("Networking", "CKA", 100, 50)], "{monday}");
        assert_eq!((week.sprints[0].start, week.sprints[0].end), (day("2026-11-18"), day("2026-12-01")));
    }
    assert!(f.app.week(day("2026-12-02")).unwrap().sprints.is_empty());
    assert_eq!(f.app.week(day("2026-11-23")).unwrap().blocks[0].subtitle, "Networking");
}

#[test]
fn dates_fall_on_the_last_day_they_can_mean() {
    let f = fixture();
    f.add(Deadline { title: "Enrol".into(), date: Some(day("2026-11-30")), done: true, ..Deadline::default() });
    f.add(Milestone { title: "Demo".into(), due: "2026-11".parse().ok(), ..Milestone::default() });
    f.add(Milestone { title: "Talk".into(), due: "2026-12".parse().ok(), ..Milestone::default() });
    f.add(Milestone { title: "Book".into(), due: "2026-12-01".parse().ok(), reached: "2026-11-02".parse().ok(), ..Milestone::default() });
    let earned = Credential { title: "CKA".into(), status: CredentialStatus::Earned, ..Credential::default() };
    f.add(Credential { renewal: "2026-12-02".parse().ok(), expires: "2026-11".parse().ok(), ..earned });
    f.add(Credential { title: "CKS".into(), renewal: "2026-12-02".parse().ok(), ..Credential::default() });
    let week = f.app.week(day("2026-11-30")).unwrap();
    let seen = |dates: &[WeekDate]| -> Vec<String> { dates.iter().map(|it| format!("{} {} {}", it.title, it.date, it.done)).collect() };
    assert_eq!(seen(&week.deadlines), ["Enrol 2026-11-30 true"]);
    assert_eq!(seen(&week.milestones), ["Demo 2026-11-30 false", "Book 2026-12-01 true"]);
    assert_eq!(seen(&week.renewals), ["CKA 2026-11-30 false", "CKA 2026-12-02 false"]);
    let new_year = f.app.week(day("2026-12-28")).unwrap();
    assert_eq!(seen(&new_year.milestones), ["Talk 2026-12-31 false"]);
}
