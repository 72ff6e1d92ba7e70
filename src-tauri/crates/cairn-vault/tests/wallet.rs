//! Received credentials and facts about them, as their callers see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Arc;

use cairn_domain::credential::Credential;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_vault::file::Shelved;
use cairn_vault::wallet::held::Held;
use cairn_vault::{Change, Folder, Vault, VaultError};
use chrono::{DateTime, Utc};

fn clock() -> DateTime<Utc> {
    "2026-11-22T09:00:00Z".parse().unwrap()
}

fn id() -> RecordId {
    RecordId::new(uuid::Uuid::now_v7())
}

fn vault() -> (tempfile::TempDir, Arc<Vault>) {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::open(Folder::at(dir.path().join("vault")), clock).unwrap();
    (dir, vault)
}

fn shelve(vault: &Vault, bytes: &[u8]) -> Shelved {
    let mut incoming = vault.receive("badge.json").unwrap();
    incoming.write(bytes).unwrap();
    vault.shelve(incoming.finish().unwrap()).unwrap()
}

/// Takes in `bytes` as one credential with a record of its own, as one step.
fn receive(vault: &Vault, bytes: &[u8]) -> Held {
    let shelved = shelve(vault, bytes);
    let record = AnyRecord::from(Credential { title: "CKA".into(), ..Credential::default() });
    let held = Held {
        id: id(),
        record: id(),
        file: shelved.sha256.clone(),
        file_size: shelved.size,
        name: "badge.json".into(),
        media_type: "application/json".into(),
        item: shelved.sha256.clone(),
        item_size: shelved.size,
        format: "open-badges-3".into(),
        place: String::new(),
        grouping: String::new(),
        picture: None,
        credential_id: "urn:uuid:1".into(),
        issuer_id: "did:web:example.org".into(),
        issuer_name: "Example".into(),
        subject_id: String::new(),
        proof: format!("proof-{}", bytes.len()),
        own: false,
        filled: r#"{"title":"CKA"}"#.into(),
        received_at: vault.now(),
    };
    let changed = vault.change(&Change::new("import"), |writer| {
        writer.insert(held.record, &record, false)?;
        writer.hold(&held)
    });
    assert_eq!(changed.unwrap().touched, [Kind::Credential]);
    vault.settle(&shelved);
    held
}

#[test]
fn a_received_credential_is_found_by_record_bytes_proof_and_identifier() {
    let (_dir, vault) = vault();
    let held = receive(&vault, b"signed");
    vault
        .read(|reader| {
            assert_eq!(reader.held(held.id)?, held);
            assert_eq!(reader.held_of(held.record)?, std::slice::from_ref(&held));
            assert_eq!(reader.held_alike(&held.item, "")?, std::slice::from_ref(&held));
            assert_eq!(reader.held_alike("other", &held.proof)?, std::slice::from_ref(&held));
            assert_eq!(reader.held_alike("other", "")?, []);
            assert_eq!(reader.held_issues("urn:uuid:1", "did:web:example.org")?, std::slice::from_ref(&held));
            assert_eq!(reader.held_issues("urn:uuid:1", "did:web:example.com")?, []);
            assert_eq!(reader.hashes()?, [(held.file.clone(), 6)]);
            Ok(())
        })
        .unwrap();
    assert!(matches!(vault.read(|reader| reader.held(id())), Err(VaultError::NotHeld(_))));
}

#[test]
fn the_received_bytes_stay_as_long_as_a_row_or_history_knows_them() {
    let (_dir, vault) = vault();
    let held = receive(&vault, b"signed");
    let path = vault.folder().file(&held.file).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"signed");
    vault.undo(None).unwrap();
    assert!(vault.read(|reader| reader.held_of(held.record)).unwrap().is_empty());
    assert_eq!(vault.examine(|_, _| true).unwrap(), []);
    vault.redo().unwrap();
    assert_eq!(vault.read(|reader| reader.held(held.id)).unwrap(), held);
    assert_eq!(std::fs::read(&path).unwrap(), b"signed");

    // A file that nothing names is still swept.
    let stray = vault.folder().file(&"ab".repeat(32)).unwrap();
    std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
    std::fs::write(&stray, b"stray").unwrap();
    assert_eq!(vault.examine(|_, _| true).unwrap().len(), 1);
    assert!(!stray.exists() && path.exists());
}

#[test]
fn removing_a_record_takes_its_received_credential_along_and_undo_brings_both() {
    let (_dir, vault) = vault();
    let held = receive(&vault, b"signed");
    vault.change(&Change::new("remove"), |writer| writer.remove(Kind::Credential, held.record)).unwrap();
    assert!(vault.read(|reader| reader.held(held.id)).is_err());
    vault.undo(None).unwrap();
    assert_eq!(vault.read(|reader| reader.held_of(held.record)).unwrap(), std::slice::from_ref(&held));
    vault.change(&Change::new("remove"), |writer| writer.let_go(held.id)).unwrap();
    assert!(vault.read(|reader| reader.held_of(held.record)).unwrap().is_empty());
    assert!(vault.read(|reader| reader.get(Kind::Credential, held.record)).is_ok());
}

#[test]
fn facts_outlive_undo_and_never_stand_in_its_way() {
    let (_dir, vault) = vault();
    let held = receive(&vault, b"signed");
    let key = vault.note(|noter| noter.saw("key-document", "did:web:example.org", b"keys")).unwrap();
    vault.note(|noter| noter.found(&held.item, "valid", r#"{"code":"x"}"#, &[key])).unwrap();
    vault.undo(None).unwrap().unwrap();
    assert_eq!(vault.read(|reader| reader.latest_finding(&held.item)).unwrap().unwrap().verdict, "valid");
    // Noting something between undo and redo does not forget what can be done again.
    vault.note(|noter| noter.found(&held.item, "revoked", r#"{"code":"y"}"#, &[key])).unwrap();
    vault.redo().unwrap().unwrap();
    let (findings, standing) = vault.read(|reader| Ok((reader.findings(&held.item)?, reader.standing()?))).unwrap();
    assert_eq!(findings.iter().map(|it| it.verdict.as_str()).collect::<Vec<_>>(), ["revoked", "valid"]);
    assert_eq!(standing, [("revoked".to_owned(), 1)]);
    assert_eq!(vault.examine(|_, _| true).unwrap(), []);
}

#[test]
fn the_same_finding_and_the_same_document_are_kept_once_with_both_dates() {
    let (_dir, vault) = vault();
    let held = receive(&vault, b"signed");
    let see = |bytes: &'static [u8]| vault.note(move |noter| noter.saw("key-document", "did:web:example.org", bytes)).unwrap();
    let (first, again) = (see(b"keys"), see(b"keys"));
    assert_eq!(first, again);
    let newer = see(b"newer keys");
    assert_ne!(first, newer);
    // What came back is a snapshot of its own: the order in which keys were seen counts.
    assert!(see(b"keys") > newer);
    for _ in 0..3 {
        vault.note(|noter| noter.found(&held.item, "valid", "{}", &[newer, first])).unwrap();
    }
    let (findings, seen) =
        vault.read(|reader| Ok((reader.findings(&held.item)?, reader.materials_for("key-document", "did:web:example.org")?))).unwrap();
    assert_eq!((findings.len(), seen.len()), (1, 3));
    let used = vault.read(|reader| reader.materials_of(findings[0].id)).unwrap();
    assert_eq!(used.iter().map(|it| it.bytes.as_slice()).collect::<Vec<_>>(), [b"keys".as_slice(), b"newer keys"]);
}

#[test]
fn a_whole_backup_holds_what_was_received() {
    let (dir, vault) = vault();
    let held = receive(&vault, b"signed");
    let to = dir.path().join("whole.zip");
    vault.back_up_whole(&to, |_, _| true).unwrap();
    let elsewhere = Vault::open(Folder::at(dir.path().join("elsewhere")), clock).unwrap();
    elsewhere.restore(&to).unwrap();
    assert_eq!(elsewhere.read(|reader| reader.held(held.id)).unwrap(), held);
    assert_eq!(std::fs::read(elsewhere.folder().file(&held.file).unwrap()).unwrap(), b"signed");
}
