//! Words into lines, by what characters of their kind take up: close enough for a picture, whatever font draws it.

use crate::text::misleads;

/// A text broken into lines, and the size at which they fit.
pub(super) struct Set {
    pub lines: Vec<String>,
    pub size: f64,
}

/// Sizes to try, and how many lines of each there is room for.
const SIZES: [(f64, usize); 4] = [(46.0, 2), (38.0, 3), (32.0, 4), (27.0, 5)];

/// A title in as few and as large lines as fit; what is longer ends in an ellipsis.
pub(super) fn wrapped(text: &str, width: f64) -> Set {
    let text = clean(text);
    for (size, most) in SIZES {
        let lines = broken(&text, width / size);
        if lines.len() <= most {
            return Set { lines, size };
        }
    }
    let (size, most) = SIZES[SIZES.len() - 1];
    let mut lines = broken(&text, width / size - 1.0);
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        last.push('…');
    }
    Set { lines, size }
}

/// A text on one line, cut where it would be wider.
pub(super) fn single(text: &str, width: f64, size: f64) -> String {
    let text = clean(text);
    let mut lines = broken(&text, width / size - 1.0);
    let cut = lines.len() > 1;
    let mut first = if lines.is_empty() { String::new() } else { lines.swap_remove(0) };
    if cut {
        first.push('…');
    }
    first
}

/// The text on one line, without what hides, reorders or is no character of XML. Joiners stay: emoji and Persian need them.
pub(super) fn clean(text: &str) -> String {
    let kept = |c: &char| matches!(c, '\u{200c}' | '\u{200d}') || !misleads(*c) || c.is_whitespace();
    let text: String = text.chars().filter(kept).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without emoji, which pixels cannot show: their fonts are pictures themselves.
pub(super) fn without_emoji(text: &str) -> String {
    let emoji =
        |c: &char| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}');
    text.chars().filter(|c| !emoji(c)).collect()
}

/// Whether the first letter that has a direction runs from right to left.
pub(super) fn right_to_left(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(rtl)
}

fn rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Lines of at most `width` ems, broken at spaces; a word that is wider, or a script without spaces, breaks anywhere.
fn broken(text: &str, width: f64) -> Vec<String> {
    let (mut lines, mut line, mut filled) = (Vec::new(), String::new(), 0.0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide: f64 = word.chars().map(em).sum();
        if !line.is_empty() && filled + em(' ') + wide <= width {
            line.push(' ');
            line.push_str(word);
            filled += em(' ') + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        filled = 0.0;
        let mut joined = false;
        for c in word.chars() {
            let stays = joined || continues(c);
            if !line.is_empty() && !stays && filled + em(c) > width {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            }
            line.push(c);
            filled += em(c);
            joined = c == '\u{200d}';
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether a character belongs to the one before it.
fn continues(c: char) -> bool {
    em(c) == 0.0 || matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// About how wide a character is, in ems.
fn em(c: char) -> f64 {
    match c {
        ' ' => 0.24,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '(' | ')' => 0.3,
        'm' | 'w' | 'M' | 'W' => 0.86,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{64b}'..='\u{65f}' | '\u{e0020}'..='\u{e007f}' => {
            0.0
        }
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => {
            1.0
        }
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => 1.1,
        c if c.is_uppercase() => 0.67,
        _ => 0.54,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_titles_are_large_and_long_ones_shrink_and_end() {
        let short = wrapped("Incident lead", 470.0);
        assert_eq!((short.lines.len(), short.size), (1, 46.0));
        let long = wrapped(&"A very long title that goes on ".repeat(20), 470.0);
        assert_eq!((long.lines.len(), long.size), (5, 27.0));
        assert!(long.lines[4].ends_with('…'));
        assert!(wrapped("", 470.0).lines.is_empty());
    }

    #[test]
    fn no_line_is_wider_than_its_space() {
        for text in ["Donaudampfschifffahrtsgesellschaftskapitän", "人工知能と機械学習の基礎から応用までを学ぶ講座", &"x".repeat(4000)]
        {
            let set = wrapped(text, 470.0);
            for line in &set.lines {
                assert!(line.chars().map(em).sum::<f64>() * set.size <= 470.0 + set.size, "{line}");
            }
        }
    }

    #[test]
    fn a_family_of_emoji_stays_together() {
        let family = "👩\u{200d}👩\u{200d}👧";
        assert_eq!(broken(&family.repeat(3), 2.4), vec![family; 3]);
    }

    #[test]
    fn the_direction_is_that_of_the_first_letter() {
        assert!(right_to_left("«تحليل» with SQL") && !right_to_left("SQL تحليل") && !right_to_left("123"));
    }
}
