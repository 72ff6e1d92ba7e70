//! Archives built to mislead, to escape or to exhaust: each is refused with its reason.

use crate::sample::{check, pack, packet, unpack};
use cairn_proof::{Reason, Verdict};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Why an archive is refused, or a panic when it is not.
fn refusal(bytes: &[u8]) -> String {
    match check(bytes).reason {
        Reason::HostileArchive { fault } => fault,
        other => panic!("{other:?}"),
    }
}

/// Every place where the archive has the first name, changed to the second of the same length.
fn renamed(bytes: &[u8], from: &str, to: &str, places: impl Fn(usize) -> bool) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let found: Vec<usize> = (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
    for (count, at) in found.into_iter().enumerate() {
        if places(count) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    bytes
}

fn with_extra(name: &str, content: &[u8], method: CompressionMethod) -> Vec<u8> {
    let mut files = unpack(&packet());
    files.push((name.into(), content.to_vec()));
    pack(&files, method)
}

#[test]
fn names_that_leave_the_folder_are_refused() {
    let bytes = with_extra("aaaaaaa/x", b"x", CompressionMethod::Stored);
    for name in ["../../../", "/etc/pass", "..\\..\\..x", "C:\\Window"].map(|name| format!("{name:.<9}")[..9].to_owned()) {
        let fault = refusal(&renamed(&bytes, "aaaaaaa/x", &name, |_| true));
        assert!(fault.starts_with("it names a file"), "{name}: {fault}");
    }
}

#[test]
fn a_name_that_turns_the_text_around_is_refused_and_shown_safely() {
    let fault = refusal(&with_extra("a\u{202e}fdp.exe", b"x", CompressionMethod::Stored));
    assert!(fault.contains("a\u{fffd}fdp.exe") && !fault.contains('\u{202e}'), "{fault}");
}

#[test]
fn two_files_of_one_name_are_refused() {
    let bytes = with_extra("resume.pdx", b"another", CompressionMethod::Stored);
    assert!(refusal(&renamed(&bytes, "resume.pdx", "resume.pdf", |_| true)).contains("duplicate"));
    let bytes = with_extra("Resume.PDF", b"another", CompressionMethod::Stored);
    assert!(refusal(&bytes).contains("twice"));
}

#[test]
fn a_name_that_differs_between_header_and_directory_is_refused() {
    let bytes = with_extra("other.txt", b"x", CompressionMethod::Stored);
    // The first place is the file's own header, the second the directory.
    refusal(&renamed(&bytes, "other.txt", "other.exe", |count| count == 0));
}

#[test]
fn a_file_hidden_from_the_directory_is_refused() {
    // One archive's local file before another's: programs that read from the front see it, others do not.
    let hidden = pack(&[("hidden.txt".into(), b"x".to_vec())], CompressionMethod::Stored);
    let bytes = [&hidden[..30 + 10 + 1], &packet()].concat();
    assert_ne!(check(&bytes).verdict(), Verdict::Valid);
}

#[test]
fn a_compression_bomb_is_refused_before_it_is_unpacked() {
    let bytes = with_extra("evidence/9-zeros.bin", &vec![0; 64 * 1024 * 1024], CompressionMethod::Deflated);
    assert!(bytes.len() < 200_000);
    assert!(refusal(&bytes).contains("times its size"));
}

#[test]
fn a_file_that_unpacks_to_more_than_it_says_is_named_as_changed() {
    let files: Vec<(String, Vec<u8>)> = unpack(&packet());
    let bytes = pack(&files, CompressionMethod::Deflated);
    // The photo's 700 bytes, said to be 699 in the directory and in its own header.
    let mut lying = bytes.clone();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == 700u32.to_le_bytes() {
            lying[at..at + 4].copy_from_slice(&699u32.to_le_bytes());
        }
    }
    assert_ne!(lying, bytes);
    assert_eq!(check(&lying).changed, ["evidence/1-photo.png"]);
}

#[test]
fn links_and_encrypted_files_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("resume.pdf", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert!(refusal(&zip.finish().unwrap().into_inner()).contains("link"));
}

#[test]
fn too_many_files_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..10_002 {
        zip.start_file(format!("{number}"), SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
    }
    zip.write_all(b"x").unwrap();
    assert!(refusal(&zip.finish().unwrap().into_inner()).contains("more than 10000 files"));
}

#[test]
fn a_directory_too_large_for_memory_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let long = "x".repeat(60_000);
    for number in 0..400 {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(format!("{number}{long}"), options).unwrap();
    }
    assert!(refusal(&zip.finish().unwrap().into_inner()).contains("directory"));
}

#[test]
fn other_archives_and_broken_ones_are_told_apart() {
    let other = pack(&[("notes.txt".into(), b"x".to_vec())], CompressionMethod::Stored);
    assert_eq!(check(&other).verdict(), Verdict::CannotCheck);
    let foreign = pack(&[("manifest.json".into(), br#"{"name":"an app"}"#.to_vec())], CompressionMethod::Stored);
    assert_eq!(check(&foreign).verdict(), Verdict::CannotCheck);
    assert!(matches!(check(b"PK\x03\x04 and nothing more").reason, Reason::DamagedArchive { .. }));
}
