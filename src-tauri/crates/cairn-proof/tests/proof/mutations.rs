//! Whatever byte of a packet is changed, it is not valid, and the file that holds it is named.

use crate::sample::{check, packet, ranges, unpack, with_manifest};
use cairn_proof::{Materials, Verdict, verify_bytes};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn every_byte_of_the_manifest_counts() {
    let bytes = packet();
    let (_, manifest) = ranges(&bytes).into_iter().find(|(name, _)| name == "manifest.json").unwrap();
    for position in manifest {
        for flip in [0x01, 0x20] {
            let mut changed = bytes.clone();
            changed[position] ^= flip;
            let report = check(&changed);
            assert_ne!(report.verdict(), Verdict::Valid, "byte {position}");
        }
    }
}

#[test]
fn every_member_of_the_manifest_counts() {
    let bytes = packet();
    let members: Vec<String> = {
        let manifest: Value = serde_json::from_slice(&unpack(&bytes).pop().unwrap().1).unwrap();
        manifest.as_object().unwrap().keys().cloned().collect()
    };
    for member in members {
        let removed = with_manifest(&bytes, |manifest| drop(manifest.remove(&member)));
        assert_ne!(check(&removed).verdict(), Verdict::Valid, "without {member}");
        let replaced = with_manifest(&bytes, |manifest| drop(manifest.insert(member.clone(), json!(["x"]))));
        assert_ne!(check(&replaced).verdict(), Verdict::Valid, "other {member}");
    }
    for (member, value) in [("evidence", json!([])), ("validUntil", json!("2030-01-01T00:00:00Z")), ("extra", json!(1))] {
        let added = with_manifest(&bytes, |manifest| drop(manifest.insert(member.into(), value)));
        assert_eq!(check(&added).changed, ["manifest.json"], "with {member}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_changed_byte_of_an_attachment_names_that_attachment(pick in any::<prop::sample::Index>(), flip in 1u8..) {
        let bytes = packet();
        let places: Vec<(String, usize)> = ranges(&bytes)
            .into_iter()
            .filter(|(name, _)| name != "manifest.json")
            .flat_map(|(name, range)| range.map(move |position| (name.clone(), position)))
            .collect();
        let (name, position) = pick.get(&places);
        let mut changed = bytes.clone();
        changed[*position] ^= flip;
        let report = check(&changed);
        prop_assert_eq!(report.verdict(), Verdict::Invalid);
        prop_assert_eq!(report.changed, std::slice::from_ref(name));
    }

    #[test]
    fn a_changed_byte_anywhere_never_makes_other_contents_valid(pick in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut changed = packet();
        let position = pick.index(changed.len());
        changed[position] ^= flip;
        let report = check(&changed);
        if report.verdict() == Verdict::Valid {
            prop_assert_eq!(unpack(&changed), unpack(&packet()), "byte {}", position);
        }
    }

    #[test]
    fn a_packet_cut_short_anywhere_is_not_valid(pick in any::<prop::sample::Index>()) {
        let bytes = packet();
        prop_assert_ne!(check(&bytes[..pick.index(bytes.len())]).verdict(), Verdict::Valid);
    }

    #[test]
    fn any_bytes_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0usize..4) {
        let bytes = [["", "PK\u{3}\u{4}", "{", "eyJ"][head].as_bytes(), &bytes].concat();
        prop_assert_ne!(verify_bytes("x", &bytes, &Materials::new(), crate::sample::now()).verdict(), Verdict::Valid);
    }
}
