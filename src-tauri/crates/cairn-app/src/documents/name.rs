//! What an exported file is called when the learner does not say.

use super::{DocumentKind, Format};

/// Longest learner's name and longest title that a file name keeps, in characters.
const LONGEST: usize = 60;

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
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    if DEVICES.contains(&device.as_str()) {
        stem.push('_');
    }
    format!("{stem}.{extension}")
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
}
