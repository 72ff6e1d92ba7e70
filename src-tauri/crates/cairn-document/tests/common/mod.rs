//! Made-up people, their documents, and poppler to read those with.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use cairn_document::view::Resume;
use cairn_document::{Attached, Compiler};
use chrono::{DateTime, TimeZone, Utc};

/// The files in `tests/people`: add one, and every test of people reads it.
pub fn people() -> Vec<String> {
    let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people")).unwrap();
    let mut names: Vec<String> = folder.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

pub fn person(name: &str) -> Resume {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people").join(format!("{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub fn created() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 9, 30, 0).unwrap()
}

/// Sets a résumé and leaves the PDF under a name where it can be looked at after the tests.
pub fn set(compiler: &Compiler, name: &str, resume: &Resume) -> PathBuf {
    let pdf = compiler.resume_pdf(resume, &[Attached::json_resume(br#"{"basics":{}}"#.to_vec())], created()).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{name}.pdf"));
    std::fs::write(&path, pdf).unwrap();
    path
}

/// What one of poppler's programs prints about a PDF; nothing, said aloud, where it is not installed.
pub fn poppler(program: &str, options: &[&str], pdf: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.args(options).arg(pdf);
    if program == "pdftotext" {
        command.arg("-");
    }
    let Ok(output) = command.output() else {
        println!("skipped: {program} is not installed");
        return None;
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    // pdfinfo cuts long text between bytes.
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The PDF's text in the order it is drawn, as one line, so that where lines break does not matter.
pub fn text(pdf: &Path) -> Option<String> {
    let text = poppler("pdftotext", &["-raw", "-nopgbrk"], pdf)?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
