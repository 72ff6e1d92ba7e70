//! Text from outside, made safe to show.

/// The longest text one field may hold, in Unicode scalar values.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest one-line text (a title, a name, an address), in Unicode scalar values.
pub const LONGEST_LINE: usize = 500;

/// `name` as it may be shown: control characters and bidirectional overrides become `U+FFFD`, so that a file called
/// `gpj.exe` cannot pose as a picture. Source: Unicode Technical Report 36, section 2.5.
pub fn shown_safely(name: &str) -> String {
    name.chars().map(|c| if is_deceptive(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether `c` can hide or reorder the characters around it. The joiners U+200C and U+200D are not among them: words in Persian
/// and families in emoji are made with them. `cairn-proof`, which does not know this crate, keeps the same list; a test of
/// `cairn-app` compares them.
fn is_deceptive(c: char) -> bool {
    let marks = matches!(c, '\u{061c}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{fff9}'..='\u{fffb}');
    c.is_control() || marks || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// The last component of a path written with either kind of slash, as a name that can never be a path itself.
pub fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty() && *part != "." && *part != "..").unwrap_or("file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_controls_become_visible() {
        assert_eq!(shown_safely("photo\u{202e}gpj.exe\n"), "photo\u{fffd}gpj.exe\u{fffd}");
        assert_eq!(shown_safely("a\u{61c}b\u{206e}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(shown_safely("Ünïcödé 🙂 سيرة"), "Ünïcödé 🙂 سيرة");
    }

    #[test]
    fn a_path_never_survives_as_a_name() {
        assert_eq!(base_name("../../etc/passwd"), "passwd");
        assert_eq!(base_name("..\\..\\x"), "x");
        assert_eq!(base_name("../.."), "file");
        assert_eq!(base_name(""), "file");
    }
}
