//! Résumés of made-up people, set and read back with what readers of PDFs use: poppler.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

#[test]
fn every_person_is_set() {
    let compiler = cairn_document::Compiler::new();
    for person in common::PEOPLE {
        let resume = common::person(person);
        let start = std::time::Instant::now();
        let pdf = compiler.resume_pdf(&resume, b"{}", common::created()).unwrap();
        eprintln!("{person} {:?}", start.elapsed());
        std::fs::write(common::folder().join(format!("{person}.pdf")), &pdf).unwrap();
        let start = std::time::Instant::now();
        let pages = compiler.resume_svg_pages(&resume).unwrap();
        eprintln!("{person} svg {:?} {:?}", start.elapsed(), pages.warnings);
        for i in 0..3 {
            let mut resume = resume.clone();
            resume.summary.push_str(&"x".repeat(i));
            let start = std::time::Instant::now();
            compiler.resume_svg_pages(&resume).unwrap();
            let svg = start.elapsed();
            let start = std::time::Instant::now();
            compiler.resume_pdf(&resume, b"{}", common::created()).unwrap();
            eprintln!("   warm svg {svg:?} then pdf {:?}", start.elapsed());
        }
    }
}
