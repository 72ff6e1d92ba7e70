//! The sample learner holds together on any day.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use cairn_domain::study::BlockStatus;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::json_resume::{Options, read, write};
use cairn_exchange::links::links;
use cairn_exchange::sample::{SampleRecord, learner};
use chrono::{Days, Duration, NaiveDate};
use uuid::Uuid;

fn on(day: NaiveDate) -> Vec<SampleRecord> {
    let mut numbers = 1u128..;
    learner(day, || RecordId::new(Uuid::from_u128(numbers.next().unwrap()))).unwrap()
}

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

#[test]
fn on_every_day_every_record_keeps_its_rules_and_its_links_lead_to_records_before_it() {
    for offset in 0..400 {
        let mut before = HashSet::new();
        for sample in on(today() + Days::new(offset)) {
            assert_eq!(sample.record.check(), Ok(()), "{:?}", sample.record);
            for link in links(&sample.record) {
                assert!(before.contains(&link), "{:?}", sample.record);
            }
            before.insert(sample.id);
        }
    }
}

#[test]
fn study_blocks_never_overlap_and_only_past_ones_are_kept() {
    for offset in 0..14 {
        let day = today() + Days::new(offset);
        let records = on(day);
        let mut blocks: Vec<_> = records
            .iter()
            .filter_map(|sample| if let AnyRecord::StudyBlock(block) = &sample.record { Some(block) } else { None })
            .collect();
        blocks.sort_by_key(|block| block.start);
        for pair in blocks.windows(2) {
            assert!(
                pair[0].start.unwrap() + Duration::minutes(pair[0].minutes.into()) <= pair[1].start.unwrap(),
                "{day}: {}",
                pair[1].title
            );
        }
        for block in blocks {
            assert!(block.status == BlockStatus::Planned || block.start.unwrap().date() < day, "{day}: {}", block.title);
            assert!((45..=60).contains(&block.minutes));
        }
    }
}

#[test]
fn she_shows_what_each_page_is_for() {
    let records = on(today());
    let of = |kind| records.iter().filter(move |sample| sample.record.kind() == kind);
    let count: BTreeMap<&str, usize> = Kind::ALL.iter().map(|kind| (kind.name(), of(*kind).count())).collect();
    assert!(count.values().all(|count| *count > 0), "{count:?}");
    assert_eq!((count["evidence"], count["story"], count["skill"], count["collection"]), (10, 6, 14, 2));

    let statuses: BTreeSet<String> = of(Kind::Credential).map(|sample| sample.record.heading().status).collect();
    let sorts: BTreeSet<String> = of(Kind::Credential).map(|sample| sample.record.heading().sort).collect();
    assert_eq!((statuses.len(), sorts.len()), (5, 8), "every status and every type of credential");
    assert_eq!(of(Kind::Story).filter(|sample| sample.record.heading().status == "measured").count(), 5);

    let backed: HashSet<RecordId> =
        records.iter().filter(|sample| sample.record.kind() != Kind::Collection).flat_map(|sample| links(&sample.record)).collect();
    let bare: Vec<String> =
        of(Kind::Skill).filter(|sample| !backed.contains(&sample.id)).map(|sample| sample.record.heading().title).collect();
    assert_eq!(bare, ["Rust", "Negotiation"]);

    let files: Vec<_> = records.iter().flat_map(|sample| &sample.files).collect();
    assert_eq!(files.len(), 9);
    assert!(files.iter().all(|file| !file.bytes.is_empty() && file.bytes.len() < 16 * 1024), "small, all of them");
}

#[test]
fn she_travels_as_json_resume() {
    let records: Vec<(RecordId, AnyRecord)> = on(today()).into_iter().map(|sample| (sample.id, sample.record)).collect();
    let import = read(write(&records, Options { include_private: true }).text.as_bytes()).unwrap();
    assert_eq!(import.skipped, []);
    let mut back: Vec<(RecordId, AnyRecord)> = import.records.into_iter().map(|incoming| (incoming.id.unwrap(), incoming.record)).collect();
    back.sort_by_key(|(id, _)| *id);
    assert_eq!(back, records);
}
