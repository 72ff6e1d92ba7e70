//! The résumé as its readers get it: parsers, screen readers, archives.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use cairn_document::view::{Entry, Resume, Section};
use cairn_document::{Attached, Compiler};
use common::{people, person, poppler, set, text};

#[test]
fn every_person_comes_out_accessible_archivable_and_with_fonts_that_map_to_unicode() {
    let compiler = Compiler::new();
    for name in people() {
        let pdf = set(&compiler, &name, &person(&name));
        let Some(info) = poppler("pdfinfo", &[], &pdf) else { return };
        assert!(info.contains("Tagged:          yes"), "{name}: {info}");
        assert!(info.contains("PDF version:     1.7"), "{name}: {info}");
        let metadata = poppler("pdfinfo", &["-meta"], &pdf).unwrap();
        for claim in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
            assert!(metadata.contains(claim), "{name} lacks {claim}");
        }
        let fonts = poppler("pdffonts", &[], &pdf).unwrap();
        for font in fonts.lines().skip(2) {
            assert!(font.contains("yes yes yes"), "{name}: not embedded, cut down and mapped: {font}");
        }
    }
}

#[test]
fn a_parser_meets_title_organisation_and_dates_in_that_order() {
    let compiler = Compiler::new();
    for name in ["engineer", "long", "sparse", "greek"] {
        let resume = person(name);
        let Some(text) = text(&set(&compiler, name, &resume)) else { return };
        for entry in resume.sections.iter().flat_map(|section| &section.entries) {
            let parts = [&entry.title, &entry.organisation, &entry.place].map(String::as_str);
            let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            // A head in two lines leaves the comma after the title out.
            let folded = line.replacen(&format!("{},", entry.title), &entry.title, 1);
            let dated = |line: &str| format!("{line} {}", entry.dates);
            assert!(text.contains(&dated(&line)) || text.contains(&dated(&folded)), "{name} lacks {}", dated(&line));
        }
    }
}

#[test]
fn what_is_told_reads_whole_without_glue_hyphens_ligatures_or_icons() {
    let compiler = Compiler::new();
    for name in ["engineer", "long", "sparse", "greek"] {
        let resume = person(name);
        let Some(text) = text(&set(&compiler, name, &resume)) else { return };
        let strange = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FB00}'..='\u{FB06}' | '\u{AD}' | '\u{200B}' | '\u{FFFD}');
        assert!(!text.contains(strange), "{name}: {text}");
        let told = resume.sections.iter().flat_map(|section| &section.entries).flat_map(|entry| &entry.highlights);
        for line in told.chain([&resume.headline]).filter(|line| !line.is_empty()) {
            assert!(text.contains(line.as_str()), "{name} lacks {line}");
        }
        let places: Vec<Option<usize>> = resume.sections.iter().map(|section| text.find(&section.title)).collect();
        assert!(places.iter().all(Option::is_some) && text.starts_with(&resume.name), "{name}: {text}");
    }
}

#[test]
fn a_date_stands_on_the_line_of_what_it_dates() {
    let Some(page) = poppler("pdftotext", &["-layout"], &set(&Compiler::new(), "engineer", &person("engineer"))) else { return };
    let line = page.lines().find(|line| line.contains("Northwind")).unwrap();
    assert!(line.trim_end().ends_with("Mar 2021 – present"), "{line}");
}

#[test]
fn headings_lists_and_links_are_tagged_as_such() {
    let Some(tags) = poppler("pdfinfo", &["-struct"], &set(&Compiler::new(), "engineer", &person("engineer"))) else { return };
    let count = |tag: &str| tags.lines().filter(|line| line.split_whitespace().next() == Some(tag)).count();
    assert_eq!((count("H1"), count("H2"), count("H3")), (1, 7, 6), "{tags}");
    assert_eq!((count("L"), count("LI")), (4, 8), "{tags}");
    assert_eq!(count("Link"), 6, "{tags}");
}

#[test]
fn the_json_resume_travels_inside() {
    let pdf = set(&Compiler::new(), "attached", &person("sparse"));
    let Some(list) = poppler("pdfdetach", &["-list"], &pdf) else { return };
    assert!(list.contains("resume.json"), "{list}");
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("out.json");
    poppler("pdfdetach", &["-save", "1", "-o", to.to_str().unwrap()], &pdf).unwrap();
    assert_eq!(std::fs::read(to).unwrap(), br#"{"basics":{}}"#);
}

#[test]
fn a_packet_travels_beside_it_and_the_page_stays_accessible_and_archivable() {
    let packet = Attached::packet(b"PK\x05\x06 a packet".to_vec());
    let files = [Attached::json_resume(br#"{"basics":{}}"#.to_vec()), packet.clone()];
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("resume.pdf");
    std::fs::write(&pdf, Compiler::new().resume_pdf(&person("sparse"), &files, common::created()).unwrap()).unwrap();
    let Some(list) = poppler("pdfdetach", &["-list"], &pdf) else { return };
    assert!(list.contains("resume.json") && list.contains("packet.cairn"), "{list}");
    let to = folder.path().join("out.cairn");
    poppler("pdfdetach", &["-savefile", "packet.cairn", "-o", to.to_str().unwrap()], &pdf).unwrap();
    assert_eq!(std::fs::read(to).unwrap(), packet.bytes);
    let metadata = poppler("pdfinfo", &["-meta"], &pdf).unwrap();
    for claim in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
        assert!(metadata.contains(claim), "{claim}");
    }
}

#[test]
fn title_author_and_language_are_the_persons_own() {
    let pdf = set(&Compiler::new(), "greek", &person("greek"));
    let Some(info) = poppler("pdfinfo", &[], &pdf) else { return };
    assert!(info.contains("Title:           Ελένη Παπαδοπούλου"), "{info}");
    assert!(info.contains("Author:          Ελένη Παπαδοπούλου"), "{info}");
    assert!(poppler("pdfinfo", &["-meta"], &pdf).unwrap().contains("<rdf:li>el</rdf:li>"));
}

#[test]
fn only_longer_resumes_number_their_pages() {
    let compiler = Compiler::new();
    let Some(short) = text(&set(&compiler, "engineer", &person("engineer"))) else { return };
    assert!(!short.contains("1 / 1"), "{short}");
    let long = text(&set(&compiler, "long", &person("long"))).unwrap();
    assert!(long.contains("Dr Anneliese Hofstätter-Vandenbrouckère · 2 / 3"), "{long}");
}

#[test]
fn a_heading_never_ends_a_page() {
    let compiler = Compiler::new();
    for lines in 20..60 {
        let before = Section {
            entries: (0..lines).map(|line| Entry { title: format!("Before {line}"), ..Entry::default() }).collect(),
            ..Section::default()
        };
        let after = Section {
            title: "Afterwards".into(),
            entries: vec![Entry { title: "First".into(), summary: "Told.".into(), ..Entry::default() }],
            ..Section::default()
        };
        let resume = Resume { name: "A".into(), sections: vec![before, after], ..Resume::default() };
        let Some(text) = poppler("pdftotext", &["-raw"], &set(&compiler, "breaks", &resume)) else { return };
        let page = text.split('\u{c}').find(|page| page.contains("Afterwards")).unwrap();
        assert!(page.contains("First") && page.contains("Told."), "{lines} lines: {page}");
    }
}
