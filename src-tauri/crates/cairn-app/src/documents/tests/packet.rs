//! The packet: what it claims, that it verifies, that no change goes unseen, and that it is written whole or not at all.

use std::fs;
use std::path::Path;

use super::*;
use crate::documents::{Given, KeyPlace, Report, Verdict, verify_bytes, verify_file};
use crate::wallet::sources::SourceKind;

fn verify(f: &Fixture, path: &Path) -> Report {
    verify_file(path, &Given::default(), f.app.vault.now(), &mut unwatched()).unwrap()
}

/// A credential with evidence in two files, a story, a skill; the collection of all.
pub(super) fn rich(f: &Fixture) -> RecordId {
    let skill = f.add(Kind::Skill, json!({"name": "Kubernetes"}));
    let cka = f.add(
        Kind::Credential,
        json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "issued": "2026-03", "hours": 80.5,
        "assessment": "proctored-exam", "skills": [skill]}),
    );
    let lab =
        f.add(Kind::Evidence, json!({"title": "Lab", "result": "It runs", "credentials": [cka], "links": ["https://example.org/lab"]}));
    f.attach(lab, "lab report.txt", b"first file");
    f.attach(lab, "..strange\u{202e}fdp.exe", b"second file");
    f.add(
        Kind::Story,
        json!({"title": "Outage", "situation": "It broke", "result": "It works", "evidence": [lab], "credentials": [cka],
        "metric": {"what": "Downtime", "before": 30.0, "after": 2.0, "unit": "min"}}),
    );
    for (kind, fields) in [
        (Kind::Work, json!({"name": "Acme", "position": "Engineer", "start": "2021", "highlights": ["Built"]})),
        (Kind::Project, json!({"name": "Site", "roles": ["Author"], "keywords": ["web"], "entity": "Acme"})),
        (Kind::Education, json!({"institution": "School", "area": "Art", "courses": ["Ink"]})),
        (Kind::Volunteering, json!({"organization": "Library", "position": "Reader"})),
        (Kind::Award, json!({"title": "Prize", "awarder": "Club"})),
        (Kind::Publication, json!({"name": "Paper", "publisher": "Press"})),
        (Kind::Language, json!({"language": "Greek", "fluency": "native"})),
        (Kind::Interest, json!({"name": "Chess", "keywords": ["openings"]})),
        (Kind::Reference, json!({"name": "Grace", "reference": "Good"})),
    ] {
        f.add(kind, fields);
    }
    f.collection()
}

#[test]
fn a_packet_holds_the_claims_and_binds_the_files_and_verifies() {
    let f = fixture();
    let collection = rich(&f);
    let (path, manifest) = f.packet(collection, "ada.cairn");
    let report = verify(&f, &path);
    assert_eq!((report.verdict, report.file.as_str()), (Verdict::Valid, "ada.cairn"), "{}", report.reason);
    let key = f.app.signing_key().unwrap();
    assert_eq!(key.home, KeyPlace::File);
    assert_eq!(
        (report.issuer.as_ref().unwrap().id.clone(), report.issuer.clone().unwrap().name),
        (key.did.unwrap(), Some("Ada Example".to_owned()))
    );

    let subject = &manifest["credentialSubject"];
    for term in [
        "hasCredential",
        "skills",
        "work",
        "stories",
        "projects",
        "education",
        "volunteering",
        "awards",
        "publications",
        "knowsLanguage",
        "interests",
        "references",
        "evidence",
    ] {
        assert_eq!(subject[term].as_array().map(Vec::len), Some(1), "{term}");
        assert_eq!(subject[term][0]["provenance"], "self-signed");
    }
    let (credential, evidence) = (&subject["hasCredential"][0], &subject["evidence"][0]);
    assert_eq!((&credential["name"], &credential["skills"], &credential["hours"]), (&json!("CKA"), &json!(["Kubernetes"]), &json!(80.5)));
    assert_eq!(credential["backedBy"], json!([evidence["id"], subject["stories"][0]["id"]]));
    let named: Vec<(&Value, &Value)> =
        manifest["relatedResource"].as_array().unwrap().iter().map(|it| (&it["id"], &it["digestMultibase"])).collect();
    let files = evidence["hasPart"].as_array().unwrap();
    assert_eq!(files.len(), 2, "two files of evidence");
    let held: Vec<&str> = manifest["relatedResource"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    for name in ["key-history.json", "lines.json", "resume.json", "resume.pdf", "verdicts.json", "verify.html"] {
        assert!(held.contains(&name), "{name}: {held:?}");
    }
    // The credential, the skill, the story and the evidence: nobody else signed them.
    assert_eq!((report.inside.len(), held.iter().filter(|name| name.starts_with("self-issued/")).count()), (4, 4), "{held:?}");
    assert!(report.inside.iter().all(|inside| inside.verdict == Verdict::Valid), "{:?}", report.inside);
    let line = |text: &str| report.lines.iter().find(|line| line.text.contains(text)).unwrap();
    for claimed in ["CKA", "Kubernetes"] {
        assert!(line(claimed).file.is_some() && line(claimed).provenance == SourceKind::SelfSigned, "{:?}", line(claimed));
    }
    assert_eq!((line("Engineer · Acme").file.clone(), line("Engineer · Acme").verdict), (None, Some(Verdict::Valid)));
    // Courses and keywords are printed, so they are lines as well.
    for printed in ["Ink", "web"] {
        assert!(report.lines.iter().any(|line| line.text == printed), "{printed}: {:?}", report.lines);
    }
    for file in files {
        assert!(named.contains(&(&file["id"], &file["digestMultibase"])), "{file}");
    }
    assert_eq!(files[1]["name"], "..strange\u{fffd}fdp.exe");
}

#[test]
fn the_same_vault_at_the_same_time_gives_the_same_packet() {
    let f = fixture();
    let collection = rich(&f);
    let [one, other] = ["one.cairn", "other.cairn"].map(|name| fs::read(f.packet(collection, name).0).unwrap());
    assert!(one == other);
}

#[test]
fn evidence_that_the_collection_hides_is_named_nowhere_in_the_packet() {
    let f = fixture();
    let collection = rich(&f);
    let lab = entries_of(&f, "Lab");
    let mut entries = f.app.show(Kind::Collection, collection).unwrap().fields["entries"].clone();
    let entries = entries.as_array_mut().unwrap();
    entries.retain(|entry| entry["record"] != lab.to_string());
    entries.push(json!({"record": lab, "shown": false, "title": "", "summary": "", "highlights": null}));
    f.app.edit(Kind::Collection, collection, json!({"entries": entries})).unwrap();
    let bytes = fs::read(f.packet(collection, "ada.cairn").0).unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"lab report"));
}

#[test]
fn a_resume_carries_its_packet_and_says_what_its_lines_rest_on() {
    let f = fixture();
    let collection = rich(&f);
    let (path, exported) = f.export(collection, DocumentKind::ResumeWithPacket, Format::Pdf, "ada.pdf");
    assert_eq!(exported.lost, Vec::<String>::new());
    let report = verify(&f, &path);
    assert_eq!((report.verdict, report.inside.len()), (Verdict::Valid, 1), "{}", report.reason);
    assert!(report.lines.iter().any(|line| line.text.contains("CKA") && line.file.is_some()), "{:?}", report.lines);
    let (plain, _) = f.export(collection, DocumentKind::Resume, Format::Pdf, "plain.pdf");
    assert_eq!(verify(&f, &plain).verdict, Verdict::CannotCheck);
}

#[test]
fn a_packet_that_was_changed_is_invalid_and_says_what() {
    let f = fixture();
    let (path, _) = f.packet(rich(&f), "ada.cairn");
    let whole = fs::read(&path).unwrap();
    let change = |was: &[u8], is: &[u8]| {
        let mut bytes = whole.clone();
        let at = bytes.windows(was.len()).position(|window| window == was).unwrap();
        bytes[at..at + was.len()].copy_from_slice(is);
        fs::write(&path, bytes).unwrap();
        verify(&f, &path)
    };
    let report = change(b"first file", b"first fire");
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(report.changed.iter().any(|name| name.contains("lab-report.txt")) || report.reason.contains("damaged"), "{report:?}");
    assert_eq!(change(b"\"name\":\"CKA\"", b"\"name\":\"CKS\"").verdict, Verdict::Invalid);
    assert_eq!(verify_at(&whole, "2020-01-01T00:00:00Z"), Verdict::NotYetValid);
    assert_eq!(verify_at(&whole[..whole.len() / 2], "2026-12-01T00:00:00Z"), Verdict::Invalid);
}

fn verify_at(bytes: &[u8], at: &str) -> Verdict {
    verify_bytes("p.cairn", bytes, &Given::default(), at.parse().unwrap()).unwrap().verdict
}

#[test]
fn what_cannot_be_read_is_an_error_and_what_is_no_packet_a_verdict() {
    let f = fixture();
    let path = f.dir.path().join("letter.txt");
    assert_eq!(verify_file(&path, &Given::default(), f.app.vault.now(), &mut unwatched()).unwrap_err().code, "file-missing");
    assert_eq!(verify_file(f.dir.path(), &Given::default(), f.app.vault.now(), &mut unwatched()).unwrap_err().code, "not-a-file");
    fs::write(&path, "Dear Sir").unwrap();
    assert_eq!(verify(&f, &path).verdict, Verdict::CannotCheck);
}

#[test]
fn a_stopped_or_failed_export_leaves_nothing_behind() {
    let f = fixture();
    let collection = rich(&f);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("ada.cairn");
    let write = |progress: &mut crate::work::Progress<'_>| {
        f.app.write_document(Some(collection), DocumentKind::Packet, Format::Cairn, &to, progress).unwrap_err().code
    };
    assert_eq!(write(&mut |_, _| false), "cancelled");
    let file = f.app.show(Kind::Evidence, entries_of(&f, "Lab")).unwrap().files[0].clone();
    let kept = f.app.vault.folder().file(&file.sha256).unwrap();
    fs::write(&kept, b"rotten").unwrap();
    assert_eq!(write(&mut unwatched()), "file-damaged");
    fs::remove_file(&kept).unwrap();
    assert_eq!(write(&mut unwatched()), "file-damaged");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn entries_of(f: &Fixture, title: &str) -> RecordId {
    f.app.vault.read(|reader| reader.all_of(Kind::Evidence)).unwrap().into_iter().find(|it| it.record.heading().title == title).unwrap().id
}

#[test]
fn progress_tells_bytes_of_all_files() {
    let f = fixture();
    let collection = rich(&f);
    let mut last = (0, 0);
    let to = f.dir.path().join("p.cairn");
    f.app
        .write_document(Some(collection), DocumentKind::Packet, Format::Cairn, &to, &mut |done, total| {
            last = (done, total);
            true
        })
        .unwrap();
    assert!(last.0 == last.1 && last.0 > 20, "{last:?}");
}

#[test]
fn a_key_is_made_with_the_first_packet_and_not_before() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open_at(dir.path().join("vault"), || "2026-11-22T09:00:00Z".parse().unwrap()).unwrap();
    let key = app.signing_key().unwrap();
    assert_eq!((key.home, key.did), (KeyPlace::None, None));
}

#[test]
fn a_document_in_a_format_it_does_not_come_in_is_refused_with_those_it_does() {
    let f = fixture();
    let error = f.app.document_bytes(None, DocumentKind::Cards, Format::Markdown).unwrap_err();
    assert_eq!((error.code, error.to_string().as_str()), ("no-such-format", "There is no cards as markdown; it comes as pdf."));
}
