//! The whole sheet as its readers get it: through poppler, where that is installed.

use std::process::Command;

use super::*;

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

fn card(title: &str) -> Card {
    Card {
        title: title.into(),
        issuer: "Cloud Native Computing Foundation".into(),
        holder: "Ada Example".into(),
        dates: "Mar 2026 – Mar 2029".into(),
        identifier: "No. LF-1234".into(),
        url: "https://example.org/verify/lf-1234".into(),
    }
}

/// What `program` prints about `pdf`, or nothing where it is not installed.
fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cards.pdf");
    std::fs::write(&path, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(options).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    match command.output() {
        Ok(output) => {
            assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(_) => {
            println!("skipped: {program} is not installed");
            None
        }
    }
}

#[test]
fn a_card_says_everything_it_was_given_from_top_to_bottom() {
    let pdf = sheet(&[card("Certified Kubernetes Administrator: Office & Affiliates")], Paper::A4, at()).unwrap();
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf) else { return };
    let expected = "\
Certified Kubernetes
Administrator: Office & Affiliates
Cloud Native Computing Foundation
Ada Example
Mar 2026 – Mar 2029
No. LF-1234
example.org/verify/lf-1234
";
    assert_eq!(text.trim_end_matches('\u{c}'), expected);
}

#[test]
fn an_address_is_a_link_and_a_script_is_none() {
    let linked = String::from_utf8_lossy(&sheet(&[card("CKA")], Paper::A4, at()).unwrap()).matches("/URI").count();
    assert!(linked > 0);
    let pdf = sheet(&[Card { url: "javascript:alert(1)".into(), ..card("CKA") }], Paper::A4, at()).unwrap();
    assert!(!String::from_utf8_lossy(&pdf).contains("/URI"));
}

#[test]
fn ten_cards_fill_a_page_and_eight_a_letter() {
    let cards: Vec<Card> = (1..=11).map(|number| card(&format!("Badge {number}"))).collect();
    let Some(info) = poppler("pdfinfo", &[], &sheet(&cards, Paper::A4, at()).unwrap()) else { return };
    assert!(info.contains("Pages:           2") && info.contains("(A4)"), "{info}");
    for (count, pages) in [(8, 1), (9, 2)] {
        let info = poppler("pdfinfo", &[], &sheet(&cards[..count], Paper::Letter, at()).unwrap()).unwrap();
        assert!(info.contains(&format!("Pages:           {pages}")) && info.contains("(letter)"), "{info}");
    }
}

#[test]
fn fonts_are_embedded_in_part_and_map_to_unicode() {
    let pdf = sheet(&[card("Ωμέγα Жук é")], Paper::A4, at()).unwrap();
    assert!(pdf.len() < 60_000, "{} bytes", pdf.len());
    let Some(fonts) = poppler("pdffonts", &[], &pdf) else { return };
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 3, "{fonts}");
    assert!(rows.iter().all(|row| row.contains("yes yes yes") && row.starts_with("CAIRN")), "{fonts}");
}

#[test]
fn the_same_cards_give_the_same_bytes() {
    let cards = [card("One"), card("Two")];
    assert_eq!(sheet(&cards, Paper::A4, at()).unwrap(), sheet(&cards, Paper::A4, at()).unwrap());
}

#[test]
fn no_card_is_no_sheet() {
    assert!(matches!(sheet(&[], Paper::A4, at()), Err(CardsError::NoCards)));
    assert!(sheet(&[Card::default()], Paper::A4, at()).is_ok());
}

#[test]
fn whatever_people_write_is_printed_or_named() {
    let hostile = ["(\\)Tj ET #panic() $x$", "\u{202e}evil\u{0}\n", "👩‍👩‍👧 emoji", "محمد بن موسى", "漢字かな", "नमस्ते", "\u{10fffd}"];
    let mut cards: Vec<Card> = hostile.iter().map(|text| Card { holder: (*text).into(), url: (*text).into(), ..card(text) }).collect();
    cards.push(Card { url: "javascript:alert(1)".into(), ..card(&"w".repeat(5000)) });
    let pdf = sheet(&cards, Paper::A4, at()).unwrap();
    assert!(unprintable(&cards).unwrap().contains('\u{10fffd}'));
    assert_eq!(unprintable(&[card("Ωμέγα")]).unwrap(), "");
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf) else { return };
    assert!(text.contains("(\\)Tj ET #panic() $x$"), "{text}");
}
