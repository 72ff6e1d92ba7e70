//! Foreign text made safe to show: a name from a hostile file must not rewrite the sentence that quotes it.

/// Longest foreign text that a sentence quotes, in characters.
const LONGEST: usize = 120;

/// The text without control characters and direction overrides (each becomes U+FFFD), cut at 120 characters.
pub fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).map(|c| if misleads(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a character can hide or reorder the text around it (Unicode TR36 §2.3, TR9 §2).
pub(crate) fn misleads(c: char) -> bool {
    let marks = matches!(c, '\u{061c}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{fff9}'..='\u{fffb}');
    c.is_control() || marks || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_controls_are_shown_as_replacement_marks() {
        assert_eq!(shown("a\u{202e}gpj.exe\n"), "a\u{fffd}gpj.exe\u{fffd}");
        assert_eq!(shown("Zeugnis für Łódź — 証明書"), "Zeugnis für Łódź — 証明書");
    }

    #[test]
    fn endless_text_is_cut() {
        assert_eq!(shown(&"x".repeat(500)).chars().count(), LONGEST + 1);
    }
}
