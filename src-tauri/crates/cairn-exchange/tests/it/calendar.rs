//! The calendar, as the text that other programs read.

use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::calendar::write;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

fn calendar(records: &[(Kind, Value)]) -> String {
    let now: DateTime<Utc> = "2026-11-22T08:00:00Z".parse().unwrap();
    let record = |(kind, fields): &(Kind, Value)| AnyRecord::deserialize(*kind, fields.clone()).unwrap();
    let records: Vec<_> = (1..).map(|number| RecordId::new(uuid::Uuid::from_u128(number))).zip(records.iter().map(record)).collect();
    write(&records, now)
}

fn id(number: u32) -> String {
    uuid::Uuid::from_u128(number.into()).to_string()
}

#[test]
fn a_study_block_is_an_event_on_the_learners_own_clock() {
    let text = calendar(&[
        (Kind::Credential, json!({"title": "CKS", "status": "in-progress", "renewal": "2030"})),
        (
            Kind::StudyBlock,
            json!({"title": "Network policies", "start": "2026-11-24T06:30:00", "minutes": 50, "credential": id(1), "notes": "secret"}),
        ),
    ]);
    for line in [
        "BEGIN:VEVENT\r\n",
        "SUMMARY:Network policies\r\n",
        "DESCRIPTION:CKS\r\n",
        "DTSTART:20261124T063000\r\n",
        "DTEND:20261124T072000\r\n",
        "DTSTAMP:20261122T080000Z\r\n",
        "STATUS:CONFIRMED\r\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert!(text.contains(&format!("UID:{}-block\r\n", id(2))));
    assert!(!text.contains("secret"));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "what is not held is not renewed");
}

#[test]
fn deadlines_and_milestones_are_whole_days_with_alarms() {
    let text = calendar(&[
        (Kind::Deadline, json!({"title": "Book the exam", "date": "2026-12-01", "done": true})),
        (Kind::Milestone, json!({"title": "Lab report", "due": "2026-12"})),
        (Kind::Milestone, json!({"title": "Some day"})),
    ]);
    for line in ["DTSTART;VALUE=DATE:20261201\r\n", "CATEGORIES:Deadline\r\n", "DTSTART;VALUE=DATE:20261231\r\n", "TRIGGER:-P7D\r\n"] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert_eq!(text.matches("BEGIN:VALARM").count(), 2, "what is done rings no more: {text}");
    assert!(!text.contains("Some day") && !text.contains("VTODO"), "what is without a day has no place in a calendar");
}

#[test]
fn renewals_are_whole_days_with_alarms_well_ahead() {
    let text = calendar(&[
        (
            Kind::Credential,
            json!({"title": "CCSP", "issuer": "ISC2", "status": "earned", "expires": "2027-02", "renewal": "2027-01-15",
                "cycle_start": "2024-03-01", "cycle_end": "2027-02-28", "ce_credits": 90, "ce_unit": "CPE credits"}),
        ),
        (Kind::RenewalActivity, json!({"title": "Conference", "date": "2025-05-06", "credits": 12.5, "credential": id(1)})),
        (Kind::RenewalActivity, json!({"title": "Of another", "date": "2025-05-06", "credits": 40, "credential": id(9)})),
        (Kind::Credential, json!({"title": "Lapsed", "status": "expired", "expires": "2025"})),
    ]);
    for line in [
        "SUMMARY:Renew CCSP\r\n",
        "DTSTART;VALUE=DATE:20270115\r\n",
        "SUMMARY:CCSP expires\r\n",
        "DTSTART;VALUE=DATE:20270228\r\n",
        "SUMMARY:CCSP: 77.5 more CPE credits by today\r\n",
        "DESCRIPTION:12.5 of 90 CPE credits earned\r\n",
        "TRANSP:TRANSPARENT\r\n",
        "BEGIN:VALARM\r\n",
        "ACTION:DISPLAY\r\n",
        "TRIGGER:-P180D\r\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert_eq!((text.matches("BEGIN:VEVENT").count(), text.matches("BEGIN:VALARM").count()), (3, 6));
    assert!(!text.contains("Lapsed") && !text.contains("DTEND"));
    assert_eq!(text.matches("DTSTAMP:20261122T080000Z").count(), 9, "no clock but the one handed in: {text}");
}

#[test]
fn a_cycle_with_all_its_credits_asks_for_nothing() {
    let text = calendar(&[
        (Kind::Credential, json!({"title": "CCSP", "status": "earned", "cycle_end": "2027-02-28", "ce_credits": 10})),
        (Kind::RenewalActivity, json!({"title": "Conference", "date": "2025-05-06", "credits": 10, "credential": id(1)})),
    ]);
    assert!(!text.contains("VEVENT"), "{text}");
}

#[test]
fn no_title_breaks_a_line() {
    let title = format!("A, b; c\\d: \r\nEND:VCALENDAR\u{7} {}", "ü".repeat(100));
    let text = calendar(&[(Kind::Deadline, json!({"title": title, "date": "2026-12-01"}))]);
    assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1);
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains(r"SUMMARY:A\, b\; c\\d:   END:VCALENDAR"), "{unfolded}");
    assert!(unfolded.contains(&"ü".repeat(100)));
}

#[test]
fn the_same_records_give_the_same_calendar() {
    let records = [(Kind::Deadline, json!({"title": "Book", "date": "2026-12-01"}))];
    assert_eq!(calendar(&records), calendar(&records));
}
