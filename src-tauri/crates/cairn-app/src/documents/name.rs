//! What an exported file is called when the learner does not say.

use super::{DocumentKind, Format};

/// Longest learner's name and longest title that a file name keeps, in characters.
const LONGEST: usize = 60;

/// Longest file name, in bytes of UTF-8: file systems take 255, and some keep room of that for themselves.
const LONGEST_NAME: usize = 200;

/// What counts as an extension at most, in bytes without its dot; what is longer is part of the name.
const LONGEST_EXTENSION: usize = 20;

/// Names that Windows keeps for devices, whatever follows the dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// "Ada Example - Data roles.pdf": a name that every system can store and nobody can take for a path.
pub(crate) fn file_name(learner: &str, title: &str, kind: DocumentKind, format: Format) -> String {
    let what = match kind {
        DocumentKind::Resume | DocumentKind::JsonResume | DocumentKind::Packet => "",
        DocumentKind::ResumeWithPacket => "with proof",
        DocumentKind::LinkedIn => "LinkedIn",
        DocumentKind::Cards => "cards",
        DocumentKind::Calendar => "calendar",
        DocumentKind::Clr => "learner record",
    };
    let title = if kind == DocumentKind::Calendar { "" } else { title };
    joined([learner, title, what], format.extension())
}

/// "Rope access - badge.png": the same of one record.
pub(crate) fn of_record(title: &str, what: &str, extension: &str) -> String {
    joined([title, what, ""], extension)
}

fn joined(parts: [&str; 3], extension: &str) -> String {
    let parts: Vec<String> = parts.into_iter().map(safe).filter(|part| !part.is_empty()).collect();
    let mut stem = parts.join(" - ");
    if stem.is_empty() {
        stem = "resume".to_owned();
    }
    safe_name(&format!("{stem}.{extension}"))
}

/// `name` as one that every system can store: without what a file system or a shell could take for more than a name, cut to
/// [`LONGEST_NAME`] before its extension, and no device's.
pub(crate) fn safe_name(name: &str) -> String {
    let is_unsafe = |c: char| c.is_control() || c == '\u{fffd}' || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let plain: String = name.chars().map(|c| if is_unsafe(c) { '_' } else { c }).collect();
    let plain = plain.trim_matches(['.', ' ']);
    let (stem, extension) = match plain.rfind('.') {
        Some(dot) if dot > 0 && plain.len() - dot - 1 <= LONGEST_EXTENSION => plain.split_at(dot),
        _ => (plain, ""),
    };
    // A byte is left for the underscore.
    let cut = stem.floor_char_boundary(LONGEST_NAME - extension.len() - 1);
    let stem = stem[..cut].trim_end_matches(['.', ' ']);
    let first = stem.split('.').next().unwrap_or_default();
    let device = first.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    match stem {
        "" => format!("file{extension}"),
        _ if DEVICES.contains(&device.as_str()) => format!("{first}_{}{extension}", &stem[first.len()..]),
        _ => format!("{stem}{extension}"),
    }
}

/// Letters, digits and the plainest punctuation, single spaces, no dot at either end.
fn safe(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_alphanumeric() || "-_.,()'’&+".contains(c) { c } else { ' ' });
    let words: String = plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let kept: String = words.chars().take(LONGEST).collect();
    kept.trim_matches(|c: char| c == '.' || c == ' ' || c == '-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resume(learner: &str, title: &str) -> String {
        file_name(learner, title, DocumentKind::Resume, Format::Pdf)
    }

    #[test]
    fn a_name_tells_whose_and_what_for() {
        assert_eq!(resume("Ada Example", "Data roles"), "Ada Example - Data roles.pdf");
        assert_eq!(file_name("Łukasz", "X", DocumentKind::LinkedIn, Format::Text), "Łukasz - X - LinkedIn.txt");
        assert_eq!(file_name("Ada", "X", DocumentKind::Calendar, Format::Ics), "Ada - calendar.ics");
        assert_eq!(resume("", ""), "resume.pdf");
    }

    #[test]
    fn nothing_in_it_leads_elsewhere_or_is_kept_for_devices() {
        assert_eq!(resume("../../etc", "passwd\u{202e}\n"), "etc - passwd.pdf");
        assert_eq!(resume("", "C:\\NUL"), "C NUL.pdf");
        assert_eq!(resume("", "con"), "con_.pdf");
        assert_eq!(resume("", "Com1"), "Com1_.pdf");
        assert!(resume(&"x".repeat(9_000), &"y".repeat(9_000)).len() < 140);
    }

    #[test]
    fn a_name_from_elsewhere_is_only_a_name_and_keeps_its_extension() {
        assert_eq!(safe_name("../a:b|c\u{fffd}.pdf"), "_a_b_c_.pdf");
        assert_eq!(safe_name("..."), "file");
        assert_eq!(safe_name(".profile"), "profile");
        assert_eq!(safe_name("aux.tar.gz"), "aux_.tar.gz");
        // Three bytes a character: cut between two, and short enough for every file system.
        let long = safe_name(&format!("{}.docx", "あ".repeat(120)));
        assert!(long.len() <= LONGEST_NAME && long.len() > LONGEST_NAME - 4 && long.ends_with("あ.docx"), "{long}");
        assert!(resume(&"あ".repeat(90), &"あ".repeat(90)).len() <= LONGEST_NAME);
    }
}
