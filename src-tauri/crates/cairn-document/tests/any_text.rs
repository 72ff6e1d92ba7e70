//! Whatever people write is text: it is set as it stands, or the learner hears what cannot be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use cairn_document::view::{Contact, Entry, Line, Paper, Resume, Section, SectionKind};
use cairn_document::{Compiler, Warning};
use common::{created, person, poppler, set, text};
use proptest::prelude::*;

/// A résumé that says `words` in every place it has.
fn everywhere(words: &str) -> Resume {
    let own = || words.to_owned();
    let entry = |index: usize| Entry {
        id: index.to_string(),
        title: own(),
        url: own(),
        organisation: own(),
        place: own(),
        dates: own(),
        summary: own(),
        highlights: vec![own(), own()],
        tags: vec![own()],
        note: own(),
    };
    let section = |kind| Section {
        title: own(),
        kind,
        entries: (0..2).map(entry).collect(),
        lines: vec![
            Line { id: own(), label: own(), items: vec![own(), own()] },
            Line { id: own(), label: String::new(), items: vec![own()] },
        ],
    };
    Resume {
        language: own(),
        paper: Paper::Letter,
        name: own(),
        headline: own(),
        contacts: vec![Contact { label: own(), text: own(), url: own() }],
        summary_title: own(),
        summary: own(),
        sections: vec![section(SectionKind::Work), section(SectionKind::Credentials)],
    }
}

#[test]
fn markup_means_itself() {
    let words = r##"#panic() $x^2$ *a* _b_ `c` \d @e <f> = g // h ~i [j] {k} "l" 'm' --- #read("/etc/passwd")"##;
    let Some(text) = text(&set(&Compiler::new(), "markup", &everywhere(words))) else { return };
    assert!(text.starts_with(words), "{text}");
}

#[test]
fn hostile_text_is_set() {
    let compiler = Compiler::new();
    let long_word = "x".repeat(5_000);
    let texts = [
        "",
        " ",
        "\n\n\n",
        "\0\u{1}\u{7f}\r\n\t",
        "\u{202E}reversed\u{202C} \u{2066}\u{2067}\u{2068}",
        "🚀👩‍👩‍👧‍👦🇵🇹❤️ 1️⃣",
        "\u{E000}\u{F0000}\u{10FFFF}\u{FFFE}\u{FEFF}",
        "e\u{301}\u{301}\u{301}\u{301} \u{300}",
        "العربية עברית ไทย हिन्दी 日本語 한국어 𝔘𝔫𝔦",
        "https://example.org/#panic()",
        "javascript:alert(1)",
        &long_word,
        &"wide words ".repeat(200),
    ];
    for (index, words) in texts.iter().enumerate() {
        set(&compiler, &format!("hostile-{index}"), &everywhere(words));
        compiler.resume_svg_pages(&everywhere(words)).unwrap();
    }
}

#[test]
fn a_word_of_5000_letters_stays_on_the_page() {
    let word = "x".repeat(5_000);
    let resume = Resume { name: word.clone(), headline: word.clone(), summary: word, ..Resume::default() };
    let pdf = set(&Compiler::new(), "long-word", &resume);
    // What lies outside the page or on its foot is not read.
    let Some(cropped) = poppler("pdftotext", &["-raw", "-nopgbrk", "-x", "0", "-y", "0", "-W", "596", "-H", "792"], &pdf) else { return };
    assert_eq!(cropped.matches('x').count(), 15_000);
    assert!(!cropped.contains('\u{200B}'));
}

#[test]
fn links_lead_only_where_documents_may() {
    let bad = |url: &str| Contact { label: String::new(), text: url.to_owned(), url: url.to_owned() };
    let contacts =
        vec![bad("javascript:alert(1)"), bad("file:///etc/passwd"), bad("https://example.org/a b"), bad("https://example.org/fine")];
    let resume = Resume { name: "A".into(), contacts, ..Resume::default() };
    let Some(links) = poppler("pdfinfo", &["-url"], &set(&Compiler::new(), "links", &resume)) else { return };
    assert_eq!(links.lines().skip(1).map(|line| line.split_whitespace().last().unwrap()).collect::<Vec<_>>(), ["https://example.org/fine"]);
}

#[test]
fn characters_without_a_font_are_named_and_leave_no_boxes() {
    // Private use: no font may speak for it.
    let resume = Resume { name: "Ada\u{E123} \u{E000}Example".into(), ..person("sparse") };
    let compiler = Compiler::new();
    let pages = compiler.resume_svg_pages(&resume).unwrap();
    assert_eq!(pages.warnings, [Warning::MissingGlyphs { characters: "\u{E000}\u{E123}".into() }]);
    let Some(text) = text(&set(&compiler, "missing", &resume)) else { return };
    assert!(text.starts_with("Ada Example"), "{text}");
}

#[test]
fn nothing_to_say_is_still_a_page() {
    let compiler = Compiler::new();
    assert_eq!(compiler.resume_svg_pages(&Resume::default()).unwrap().pages.len(), 1);
    set(&compiler, "empty", &Resume::default());
}

#[test]
fn decomposed_letters_are_written_composed() {
    let resume = Resume { name: "Zoe\u{308} Nu\u{303}n\u{303}o".into(), ..Resume::default() };
    let Some(text) = text(&set(&Compiler::new(), "composed", &resume)) else { return };
    assert_eq!(text, "Zoë Nũño");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_set(words in "(\\PC|\\s|[\\u{0}-\\u{ffff}]){0,60}") {
        let compiler = Compiler::new();
        let pdf = compiler.resume_pdf(&everywhere(&words), &[], created());
        prop_assert!(pdf.is_ok(), "{:?}", pdf);
    }
}
