//! The day as its readers see it.

use cairn_domain::AnyRecord;
use cairn_domain::credential::{Credential, CredentialStatus};
use cairn_domain::evidence::Evidence;
use cairn_domain::id::{CredentialId, SkillId};
use cairn_domain::reflection::{Milestone, Reflection};
use cairn_domain::renewal::RenewalActivity;
use cairn_domain::skill::Skill;
use cairn_domain::story::{Metric, Story};
use cairn_domain::study::{BlockStatus, Deadline, Sprint, SprintStatus, StudyBlock};

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

    /// A Sunday.
    fn today(&self) -> Today {
        self.app.today(day("2026-11-22")).unwrap()
    }

    fn due(&self) -> Vec<String> {
        self.today()
            .due
            .iter()
            .map(|item| format!("{:?} {} {}{}", item.reason, item.title, item.date, if item.overdue { " !" } else { "" }))
            .collect()
    }

    fn unfinished(&self) -> Vec<(UnfinishedReason, String)> {
        self.today().unfinished.into_iter().map(|item| (item.reason, item.title)).collect()
    }

    fn grown(&self, what: Grown) -> Vec<(Period, u32)> {
        self.today().grown.into_iter().filter(|item| item.what == what).map(|item| (item.period, item.count)).collect()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn earned(title: &str) -> Credential {
    Credential { title: title.into(), issuer: "CNCF".into(), status: CredentialStatus::Earned, ..Credential::default() }
}

#[test]
fn an_empty_vault_has_nothing_to_say() {
    let today = fixture().today();
    assert_eq!(today, Today { due: vec![], overdue_hidden: 0, unfinished: vec![], grown: vec![], empty: true });
}

#[test]
fn what_is_due_comes_by_date_with_overdue_first() {
    let f = fixture();
    for (title, date, done) in
        [("Late", "2026-11-01", false), ("Soon", "2026-12-06", false), ("Far", "2026-12-07", false), ("Done", "2026-11-23", true)]
    {
        f.add(Deadline { title: title.into(), date: Some(day(date)), done, ..Deadline::default() });
    }
    for (title, due) in [("By the end of November", "2026-11"), ("By the end of December", "2026-12"), ("Last year", "2025")] {
        f.add(Milestone { title: title.into(), due: due.parse().ok(), ..Milestone::default() });
    }
    f.add(Milestone {
        title: "Reached".into(),
        due: "2026-11-23".parse().ok(),
        reached: "2026-11-20".parse().ok(),
        ..Milestone::default()
    });
    assert_eq!(
        f.due(),
        [
            "Milestone Last year 2025-12-31 !",
            "Deadline Late 2026-11-01 !",
            "Milestone By the end of November 2026-11-30",
            "Deadline Soon 2026-12-06",
        ]
    );
}

#[test]
fn the_blocks_of_the_next_days_and_the_open_ones_of_the_week_before_are_due_by_time() {
    let f = fixture();
    let cka = CredentialId(f.add(Credential { title: "CKA".into(), ..Credential::default() }));
    let blocks = [
        ("2026-11-22T18:30:00", BlockStatus::Planned),
        ("2026-11-22T08:00:00", BlockStatus::Planned),
        ("2026-11-22T06:00:00", BlockStatus::Kept),
        ("2026-11-14T23:00:00", BlockStatus::Planned),
        ("2026-11-15T09:00:00", BlockStatus::Planned),
        ("2026-11-21T08:00:00", BlockStatus::Missed),
        ("2026-11-25T23:59:00", BlockStatus::Planned),
        ("2026-11-26T00:00:00", BlockStatus::Planned),
    ];
    for (start, status) in blocks {
        f.add(StudyBlock { title: "Labs".into(), start: start.parse().ok(), status, credential: Some(cka), ..StudyBlock::default() });
    }
    let due: Vec<_> = f.today().due.into_iter().map(|item| (item.time, item.subtitle, item.overdue)).collect();
    let item = |time: &str, overdue| (Some(time.to_owned()), "CKA".to_owned(), overdue);
    assert_eq!(due, [item("09:00", true), item("08:00", false), item("18:30", false), item("23:59", false)]);
}

#[test]
fn a_sprint_is_due_on_its_last_day_until_it_is_closed() {
    let f = fixture();
    for (goal, start, weeks, status) in [
        ("Ends today", "2026-11-16", 1, SprintStatus::Planned),
        ("Ended", "2026-11-01", 2, SprintStatus::Planned),
        ("Closed", "2026-11-01", 2, SprintStatus::Missed),
        ("Long", "2026-11-16", 4, SprintStatus::Planned),
    ] {
        f.add(Sprint { goal: goal.into(), start: Some(day(start)), weeks, status, ..Sprint::default() });
    }
    assert_eq!(f.due(), ["Sprint Ended 2026-11-14 !", "Sprint Ends today 2026-11-22"]);
}

#[test]
fn missing_credits_are_due_half_a_year_before_the_cycle_ends() {
    let f = fixture();
    let cycle = |title: &str, end: &str| Credential {
        cycle_start: "2024".parse().ok(),
        cycle_end: end.parse().ok(),
        ce_credits: Some(30.0),
        ce_unit: "CPE".into(),
        ..earned(title)
    };
    let ccsp = f.add(cycle("CCSP", "2027-03-31"));
    let whole = f.add(cycle("Whole", "2027-03-31"));
    f.add(cycle("Far", "2027-06-30"));
    f.add(Credential { status: CredentialStatus::Planned, ..cycle("Not held", "2027-03-31") });
    for (credential, credits) in [(ccsp, 12.0), (whole, 30.0)] {
        f.add(RenewalActivity {
            title: "Conference".into(),
            date: "2025-05-06".parse().ok(),
            credits: Some(credits),
            credential: Some(CredentialId(credential)),
            ..RenewalActivity::default()
        });
    }
    assert_eq!(f.due(), ["Credits CCSP 2027-03-31"]);
    let credits = f.today().due.remove(0).credits.unwrap();
    assert_eq!((credits.earned, credits.required, credits.unit.as_str()), (12.0, 30.0, "CPE"));
}

#[test]
fn the_turn_of_the_year_hides_nothing() {
    let f = fixture();
    f.add(Sprint { goal: "Over new year".into(), start: Some(day("2026-12-28")), weeks: 2, ..Sprint::default() });
    f.add(Milestone { title: "Some time in 2026".into(), due: "2026".parse().ok(), ..Milestone::default() });
    f.add(Credential { expires: "2026".parse().ok(), ..earned("CKA") });
    let due = |on: &str| -> Vec<_> {
        f.app.today(day(on)).unwrap().due.into_iter().map(|item| (item.title, item.date.to_string(), item.overdue)).collect()
    };
    assert_eq!(due("2026-12-16"), [("CKA".into(), "2026-12-31".to_owned(), false)]);
    let both = |overdue| [("CKA".into(), "2026-12-31".into(), overdue), ("Some time in 2026".into(), "2026-12-31".to_owned(), overdue)];
    assert_eq!(due("2026-12-20"), both(false));
    let sprint = ("Over new year".to_owned(), "2027-01-10".to_owned(), false);
    assert_eq!(due("2027-01-01"), [both(true).as_slice(), &[sprint]].concat());
}

#[test]
fn renewals_are_told_ninety_days_ahead_and_only_of_what_is_held() {
    let f = fixture();
    f.add(Credential { renewal: "2026-12-24".parse().ok(), expires: "2027-02".parse().ok(), ..earned("CKA") });
    f.add(Credential { expires: "2027-02-20".parse().ok(), ..earned("Ninety") });
    f.add(Credential { expires: "2027-02-21".parse().ok(), ..earned("Ninety-one") });
    f.add(Credential { renewal: "2026-10".parse().ok(), ..earned("Slipped") });
    f.add(Credential { expires: "2026-12-01".parse().ok(), status: CredentialStatus::Expired, ..earned("Gone") });
    f.add(Credential { renewal: "2026-12-01".parse().ok(), status: CredentialStatus::Planned, ..earned("Not yet") });
    assert_eq!(f.due(), ["Renewal Slipped 2026-10-31 !", "Renewal CKA 2026-12-24", "Expiry Ninety 2027-02-20"]);
    assert_eq!(f.today().due[0].subtitle, "CNCF");
}

#[test]
fn old_debts_beyond_the_latest_fifty_are_counted_not_listed() {
    let f = fixture();
    for n in 0..53 {
        // The first of them lie in the year before.
        f.add(Deadline { title: n.to_string(), date: Some(day("2025-12-20") + chrono::Days::new(n)), ..Deadline::default() });
    }
    f.add(Deadline { title: "Next".into(), date: Some(day("2026-11-22")), ..Deadline::default() });
    let today = f.today();
    assert_eq!((today.due.len(), today.overdue_hidden), (51, 3));
    assert_eq!((today.due[0].title.as_str(), today.due[50].title.as_str(), today.due[50].overdue), ("3", "Next", false));
}

#[test]
fn what_is_missing_is_named_until_it_is_there() {
    use UnfinishedReason as Reason;
    let f = fixture();
    let cka = f.add(earned("CKA"));
    f.add(Credential { title: "Planned".into(), ..Credential::default() });
    let dated = f.add(Credential { title: "Dated".into(), issued: "2026-11".parse().ok(), ..Credential::default() });
    f.add(Credential { title: "Ahead".into(), issued: "2026-12".parse().ok(), ..Credential::default() });
    let reached = f.add(Milestone { title: "Demo".into(), reached: "2026-11-02".parse().ok(), ..Milestone::default() });
    let story = f.add(Story { title: "Move".into(), ..Story::default() });
    let rust = f.add(Skill { name: "Rust".into(), ..Skill::default() });
    let report = f.add(Evidence { title: "Report".into(), ..Evidence::default() });
    let mut expected = vec![
        (Reason::CredentialIssuedUnearned, "Dated".to_owned()),
        (Reason::CredentialWithoutReflection, "CKA".to_owned()),
        (Reason::MilestoneWithoutReflection, "Demo".into()),
        (Reason::ClaimWithoutEvidence, "CKA".into()),
        (Reason::StoryWithoutMetric, "Move".into()),
        (Reason::EvidenceWithoutFile, "Report".into()),
        (Reason::SkillWithoutBacking, "Rust".into()),
    ];
    assert_eq!(f.unfinished(), expected);

    f.app.edit(Kind::Credential, dated, serde_json::json!({"status": "expired"})).unwrap();
    f.add(Reflection { title: "On it".into(), credential: Some(CredentialId(cka)), ..Reflection::default() });
    f.add(Reflection { title: "On that".into(), milestone: Some(cairn_domain::id::MilestoneId(reached)), ..Reflection::default() });
    let metric = Metric { what: "lead time".into(), before: None, after: Some(3.0), unit: "h".into() };
    f.app.edit(Kind::Story, story, serde_json::json!({"metric": metric, "credentials": [cka]})).unwrap();
    expected.retain(|(reason, _)| matches!(reason, Reason::EvidenceWithoutFile | Reason::SkillWithoutBacking));
    assert_eq!(f.unfinished(), expected);
    f.app.edit(Kind::Evidence, report, serde_json::json!({"links": ["https://example.org"], "skills": [SkillId(rust)]})).unwrap();
    assert_eq!(f.unfinished(), []);
}

#[test]
fn each_fix_can_be_added_as_it_is_and_mends_what_it_is_for() {
    let f = fixture();
    f.add(earned("CKA"));
    f.add(Milestone { title: "Demo".into(), reached: "2026-11-02".parse().ok(), ..Milestone::default() });
    f.add(Skill { name: "Rust".into(), ..Skill::default() });
    for item in f.today().unfinished {
        let (kind, fields) = (item.fix_kind.unwrap(), item.fix_fields.unwrap());
        f.app.add(kind, fields).unwrap();
    }
    let left: Vec<_> = f.unfinished().into_iter().map(|(reason, _)| reason).collect();
    assert_eq!(left, [UnfinishedReason::EvidenceWithoutFile, UnfinishedReason::EvidenceWithoutFile]);
    assert!(f.today().unfinished.iter().all(|item| item.fix_kind.is_none() && item.fix_fields.is_none()));
}

#[test]
fn five_of_a_reason_are_shown_and_all_are_counted() {
    let f = fixture();
    for n in 0..7 {
        f.add(Story { title: n.to_string(), ..Story::default() });
    }
    let unfinished = f.today().unfinished;
    assert_eq!(unfinished.len(), 5);
    assert!(unfinished.iter().all(|item| item.count == 7));
}

#[test]
fn growth_counts_when_it_happened_not_when_it_was_typed_in() {
    let f = fixture();
    for issued in ["2019", "2026", "2026-10", "2026-11", "2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23"] {
        f.add(Credential { issued: issued.parse().ok(), ..earned(issued) });
    }
    f.add(earned("no date"));
    f.add(Credential { issued: "2026-11-20".parse().ok(), status: CredentialStatus::InProgress, ..earned("not yet") });
    assert_eq!(f.grown(Grown::Credentials), [(Period::Week, 2), (Period::Month, 4), (Period::Quarter, 5)]);
    for date in ["", "2026", "2026-11", "2026-11-16", "2026-10-01"] {
        f.add(Evidence { title: "x".into(), date: date.parse().ok(), ..Evidence::default() });
    }
    assert_eq!(f.grown(Grown::Evidence), [(Period::Week, 1), (Period::Month, 2), (Period::Quarter, 3)]);
}

#[test]
fn kept_time_is_counted_in_blocks_and_minutes() {
    let f = fixture();
    let blocks = [
        ("2026-11-22T08:00:00", BlockStatus::Kept),
        ("2026-11-16T00:00:00", BlockStatus::Kept),
        ("2026-11-15T23:59:00", BlockStatus::Kept),
        ("2026-11-22T10:00:00", BlockStatus::Missed),
    ];
    for (start, status) in blocks {
        f.add(StudyBlock { title: "Labs".into(), start: start.parse().ok(), minutes: 45, status, ..StudyBlock::default() });
    }
    assert_eq!(f.grown(Grown::BlocksKept), [(Period::Week, 2), (Period::Month, 3), (Period::Quarter, 3)]);
    assert_eq!(f.grown(Grown::MinutesKept), [(Period::Week, 90), (Period::Month, 135), (Period::Quarter, 135)]);
}

#[test]
fn a_week_may_begin_in_another_month_and_a_vague_date_is_in_neither() {
    let f = fixture();
    for date in ["2026-09-28", "2026-10", "2026-10-01"] {
        f.add(Story { title: date.into(), date: date.parse().ok(), ..Story::default() });
    }
    let today = f.app.today(day("2026-10-02")).unwrap();
    let stories: Vec<_> = today.grown.iter().map(|item| (item.period, item.count)).collect();
    assert_eq!(stories, [(Period::Week, 2), (Period::Month, 2), (Period::Quarter, 2)]);
}
