//! People's text made fit for a line or a paragraph, the same for every format that is read as characters.

/// One line: runs of white space become a space; control characters go, and with them soft hyphens, byte-order marks and overrides
/// of direction, which print nothing but change what is copied or seen. Lines and paragraphs of `text` run on.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && !binds(c)).filter(|word| !word.is_empty()) {
        let before = line.len();
        line.extend(word.chars().filter(|c| !c.is_control() && !matches!(c, '\u{AD}' | '\u{FEFF}' | '\u{202D}' | '\u{202E}')));
        if before > 0 && line.len() > before {
            line.insert(before, ' ');
        }
    }
    // What is left may be nothing but spaces that do not break.
    line.trim().to_owned()
}

/// Paragraphs, each a list of lines: a line break is kept, a blank line starts a new paragraph (see [`crate::view`]).
pub(crate) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut paragraphs = vec![Vec::new()];
    let text = text.replace("\r\n", "\n");
    for row in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let row = line(row);
        match paragraphs.last_mut() {
            Some(paragraph) if !row.is_empty() => paragraph.push(row),
            _ => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// What is left of `parts` as lines, with `separator` between them. Nothing where nothing is left.
pub(crate) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, separator: &str) -> String {
    lines(parts).join(separator)
}

/// Each of `texts` as a line, without empty ones.
pub(crate) fn lines<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    texts.into_iter().map(line).filter(|line| !line.is_empty()).collect()
}

/// The address, if it is of a kind that a document may link to: the web, mail or telephone. Never a script or a file.
pub(crate) fn address(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url.split_once(':')?.0.to_ascii_lowercase();
    let fit = matches!(scheme.as_str(), "https" | "http" | "mailto" | "tel") && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    fit.then_some(url)
}

/// The address where a reader needs to see it: a web address that `text` does not already say.
pub(crate) fn unsaid<'a>(url: &'a str, text: &str) -> Option<&'a str> {
    let url = address(url).filter(|url| url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")))?;
    (bare(url) != bare(text.trim())).then_some(url)
}

/// An address as it is read: without its scheme, `www.` and closing slash.
pub(crate) fn bare(url: &str) -> &str {
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or(url);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}

/// White space that is part of a word: spaces that do not break.
fn binds(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_no_control_characters() {
        assert_eq!(line("  Ada\tLovelace \r\n\u{0} \u{7}Countess\u{85} "), "Ada Lovelace Countess");
        assert_eq!(line("10\u{a0}min"), "10\u{a0}min");
        assert_eq!(line("\u{feff}Ada \u{202e}ecalevoL\u{202c} ana\u{ad}lyst"), "Ada ecalevoL\u{202c} analyst");
        assert_eq!(line(" \n\u{0} \u{a0}"), "");
    }

    #[test]
    fn a_blank_line_starts_a_paragraph_and_a_break_stays() {
        assert_eq!(paragraphs("a\nb\r\n\r\n \nc\n"), [vec!["a", "b"], vec!["c"]]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn a_script_is_no_address() {
        assert_eq!(address(" https://example.org/a "), Some("https://example.org/a"));
        assert_eq!(address("MAILTO:a@example.org"), Some("MAILTO:a@example.org"));
        for url in ["javascript:alert(1)", "file:///etc/passwd", "example.org", "https://a b", "", "https://a\nb"] {
            assert_eq!(address(url), None, "{url:?}");
        }
    }

    #[test]
    fn an_address_is_shown_once() {
        assert_eq!(unsaid("https://www.example.org/", "example.org"), None);
        assert_eq!(unsaid("https://github.com/ada", "ada"), Some("https://github.com/ada"));
        assert_eq!(unsaid("mailto:ada@example.org", "write to me"), None);
    }
}
