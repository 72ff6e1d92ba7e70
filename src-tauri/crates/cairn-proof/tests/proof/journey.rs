//! A packet from claims to verdict, and what its reader is told.

use crate::sample::{
    PACKET, attachment, attachments, check, claims, contents, key, now, pack, packet, unpack, with_file, with_manifest, write,
};
use cairn_proof::eddsa_jcs_2022::create_proof;
use cairn_proof::packet::{self, Attachment, EntryName, PacketError, Source, VocabularyError};
use cairn_proof::{Materials, Reason, SigningKey, Verdict, VerifyError, verify, verify_bytes};
use chrono::Duration;
use serde_json::{Value, json};
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use zip::CompressionMethod;

#[test]
fn a_packet_verifies_and_says_who_signed_it() {
    let report = check(&packet());
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
    let json = serde_json::to_value(&report).unwrap();
    let did = key().did().to_string();
    assert_eq!(json["file"], "ada.cairn");
    assert_eq!(json["verdict"], "valid");
    assert_eq!(json["issuer"], json!({"id": did, "name": "Ada Example"}));
    assert_eq!(json["checked_at"], "2026-03-22T12:00:00Z");
    assert_eq!(json["changed"], json!([]));
    assert_eq!(json["proofs"][0]["suite"], "eddsa-jcs-2022");
    assert_eq!(json["proofs"][0]["verdict"], "valid");
    assert_eq!(json["detail"]["code"], "packet-intact");
    let sentence = format!("The claims and all 4 files are as Ada Example ({did}) signed them on 2026-03-22T12:00:00Z.");
    assert_eq!(json["reason"], sentence);
}

#[test]
fn the_same_input_gives_the_same_bytes_in_whatever_order_it_comes() {
    let mut turned = attachments();
    turned.reverse();
    assert_eq!(write(claims(), turned).unwrap().1, packet());
}

#[test]
fn the_manifest_is_a_credential_that_binds_every_file() {
    let (written, bytes) = write(claims(), attachments()).unwrap();
    let files = unpack(&bytes);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["evidence/1-photo.png", "evidence/2-empty.txt", "resume.json", "resume.pdf", "manifest.json"]);
    assert_eq!(files[4].1, written.manifest);
    let manifest: Value = serde_json::from_slice(&written.manifest).unwrap();
    assert_eq!(manifest["@context"], json!(["https://www.w3.org/ns/credentials/v2"]));
    assert_eq!(manifest["type"], json!(["VerifiableCredential", packet::PACKET_TYPE]));
    assert_eq!(manifest["credentialSubject"]["@context"]["Person"], "https://schema.org/Person");
    assert_eq!(manifest["credentialSubject"]["id"], key().did().to_string());
    assert_eq!(manifest["relatedResource"][3]["name"], "resume.pdf");
    assert_eq!(manifest["relatedResource"][3]["mediaType"], "application/pdf");
    let claimed = &manifest["credentialSubject"]["evidence"][0]["id"];
    assert_eq!(*claimed, manifest["relatedResource"][0]["id"]);
    // The credential stands on its own, too.
    let alone = verify_bytes("manifest.json", &written.manifest, &Materials::new(), now());
    assert_eq!(alone.reason, Reason::CredentialIntact { issuer: "Ada Example".into() });
}

#[test]
fn packing_it_again_changes_nothing_that_was_signed() {
    let mut files = unpack(&packet());
    files.reverse();
    files.push(("evidence/".into(), Vec::new()));
    let report = check(&pack(&files, CompressionMethod::Deflated));
    assert_eq!(report.verdict(), Verdict::Valid, "{report:?}");
}

#[test]
fn changed_missing_and_added_files_are_named() {
    let sentence = |bytes: &[u8]| {
        let report = check(bytes);
        assert_eq!(report.verdict(), Verdict::Invalid);
        (report.reason.sentence(), report.changed)
    };
    let changed = with_file(&packet(), "resume.pdf", |content| content[3] ^= 1);
    assert_eq!(sentence(&changed), ("Since signing: resume.pdf was changed.".into(), vec!["resume.pdf".to_owned()]));
    let longer = with_file(&packet(), "evidence/2-empty.txt", |content| content.push(0));
    assert_eq!(sentence(&longer).0, "Since signing: evidence/2-empty.txt was changed.");
    let mut files = unpack(&packet());
    files.retain(|(name, _)| name != "evidence/1-photo.png");
    files.push(("notes\u{fffd}.txt".into(), vec![1]));
    let swapped = sentence(&pack(&files, CompressionMethod::Stored));
    assert_eq!(swapped.0, "Since signing: evidence/1-photo.png is missing; notes\u{fffd}.txt was added.");
}

#[test]
fn a_changed_claim_is_blamed_on_the_manifest_and_files_are_still_compared() {
    let changed = with_manifest(&packet(), |manifest| manifest["credentialSubject"]["name"] = "Eve".into());
    let changed = with_file(&changed, "resume.json", |content| content.push(b' '));
    let report = check(&changed);
    assert_eq!(report.verdict(), Verdict::Invalid);
    assert_eq!(report.changed, ["manifest.json", "resume.json"]);
    assert_eq!(report.reason.sentence(), "Since signing: manifest.json and resume.json were changed.");
}

#[test]
fn a_missing_or_broken_manifest_is_named() {
    let mut files = unpack(&packet());
    files.pop();
    let report = check(&pack(&files, CompressionMethod::Stored));
    assert_eq!((report.verdict(), report.changed), (Verdict::Invalid, vec!["manifest.json".to_owned()]));
    for content in [&b"{"[..], b"[]", b"{\"a\":null}"] {
        let report = check(&with_file(&packet(), "manifest.json", |manifest| *manifest = content.to_vec()));
        assert_eq!(report.reason.sentence(), "Since signing: manifest.json was changed.");
    }
}

#[test]
fn spaces_put_into_the_manifest_are_a_change() {
    let spaced = with_file(&packet(), "manifest.json", |content| content.push(b'\n'));
    assert_eq!(check(&spaced).changed, ["manifest.json"]);
}

#[test]
fn the_key_of_another_cannot_sign_for_the_issuer() {
    let signed_by = |key: &SigningKey| {
        with_manifest(&packet(), |manifest| {
            let mut options = manifest.remove("proof").unwrap().as_object().unwrap().clone();
            options.remove("proofValue");
            options.insert("verificationMethod".into(), key.did().verification_method().into());
            let proof = create_proof(manifest, options, key).unwrap();
            manifest.insert("proof".into(), proof);
        })
    };
    assert_eq!(check(&signed_by(&key())).verdict(), Verdict::Valid);
    let report = check(&signed_by(&SigningKey::from_seed(&[1; 32])));
    assert!(matches!(report.reason, Reason::NotIssuersKey { .. }), "{report:?}");
    // An honest method with the signature of another is no better.
    let forged = with_manifest(&packet(), |manifest| {
        let mut options = manifest.remove("proof").unwrap().as_object().unwrap().clone();
        options.remove("proofValue");
        let proof = create_proof(manifest, options, &SigningKey::from_seed(&[1; 32])).unwrap();
        manifest.insert("proof".into(), proof);
    });
    assert_eq!(check(&forged).changed, ["manifest.json"]);
}

#[test]
fn a_packet_without_its_proof_is_invalid() {
    let report = check(&with_manifest(&packet(), |manifest| drop(manifest.remove("proof"))));
    assert_eq!(report.reason.sentence(), "This is not a well-formed credential: its manifest.json is not signed.");
}

#[test]
fn dates_are_those_of_the_signature() {
    let mut dated = claims();
    dated.valid_until = Some(now() + Duration::days(30));
    let bytes = write(dated, attachments()).unwrap().1;
    let at = |days: i64| verify_bytes("x", &bytes, &Materials::new(), now() + Duration::days(days)).verdict();
    assert_eq!([at(-1), at(0), at(30), at(31)], [Verdict::NotYetValid, Verdict::Valid, Verdict::Valid, Verdict::Expired]);
    // A changed file outweighs a date.
    let changed = with_file(&bytes, "resume.pdf", |content| content.clear());
    assert_eq!(verify_bytes("x", &changed, &Materials::new(), now() + Duration::days(31)).changed, ["resume.pdf"]);
}

#[test]
fn claims_that_no_context_defines_are_refused_before_anything_is_written() {
    let mut odd = claims();
    odd.subject.insert("superpower".into(), true.into());
    let mut out = Cursor::new(Vec::new());
    let refused = packet::write(contents(odd, attachments()), &key(), now(), &mut out, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(PacketError::Vocabulary(VocabularyError::UndefinedTerm(term))) if term == "superpower"));
    assert!(out.into_inner().is_empty());
}

#[test]
fn two_files_of_one_name_are_refused_whatever_their_capitals() {
    let name = |name: &str| attachment(EntryName::new(name).unwrap(), "text/plain", b"");
    for names in [["a.txt", "A.txt"], ["MANIFEST.json", "b"]] {
        let refused = write(claims(), names.map(name).into());
        assert!(matches!(refused, Err(PacketError::DuplicateName(_))), "{names:?}");
    }
}

#[test]
fn a_missing_file_a_folder_and_a_failing_stream_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let from = |source: Source<'static>| {
        let name = EntryName::evidence(7, "x");
        match write(claims(), vec![Attachment { name, media_type: "text/plain".into(), source }]) {
            Err(PacketError::Attachment { name, source }) => (name.to_string(), source.kind()),
            other => panic!("{other:?}"),
        }
    };
    let name = "evidence/7-x".to_owned();
    assert_eq!(from(Source::Path(folder.path().join("none"))), (name.clone(), io::ErrorKind::NotFound));
    assert_eq!(from(Source::Path(folder.path().to_owned())), (name.clone(), io::ErrorKind::IsADirectory));
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    assert_eq!(from(Source::Reader(Box::new(Failing))), (name, io::ErrorKind::ConnectionReset));
}

#[test]
fn a_file_over_two_gibibytes_is_refused_without_reading_it() {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(packet::MAX_FILE_BYTES + 1).unwrap();
    let source = Source::Path(file.path().to_owned());
    let huge = Attachment { name: EntryName::evidence(1, "huge"), media_type: "video/mp4".into(), source };
    assert!(matches!(write(claims(), vec![huge]), Err(PacketError::TooLarge(_))));
}

#[test]
fn a_full_disk_is_told_apart_from_a_broken_attachment() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl io::Seek for Full {
        fn seek(&mut self, _: io::SeekFrom) -> io::Result<u64> {
            Ok(0)
        }
    }
    let refused = packet::write(contents(claims(), attachments()), &key(), now(), Full, &mut |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(PacketError::Output(error)) if error.kind() == io::ErrorKind::StorageFull));
}

#[test]
fn writing_and_verifying_tell_how_far_they_are_and_stop_when_told() {
    let mut seen = Vec::new();
    let mut out = Cursor::new(Vec::new());
    let stopped = packet::write(contents(claims(), attachments()), &key(), now(), &mut out, &mut |step| {
        seen.push((step.name.to_owned(), step.done, step.total));
        if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(PacketError::Cancelled)));
    assert_eq!(seen, [("evidence/1-photo.png".into(), 700, Some(755)), ("resume.json".into(), 725, Some(755))]);
    let mut last = None;
    verify("x", Cursor::new(packet()), &Materials::new(), now(), &mut |step| {
        last = Some((step.done, step.total));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(last, Some((755, Some(755))));
    let stopped = verify("x", Cursor::new(packet()), &Materials::new(), now(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(VerifyError::Cancelled)));
}

#[test]
fn an_empty_packet_is_still_a_signed_claim() {
    let (_, bytes) = write(claims(), Vec::new()).unwrap();
    let report = check(&bytes);
    assert!(matches!(&report.reason, Reason::PacketIntact { files: 0, .. }), "{report:?}");
    assert_eq!(PACKET.credential(), "urn:uuid:01935000-7000-8000-8000-000000000001");
}
