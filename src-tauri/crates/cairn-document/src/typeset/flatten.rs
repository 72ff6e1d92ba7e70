//! A page's picture with one shape for each run of text.
//!
//! Typst draws every letter as a reference to its outline: two thousand small shapes a page, which a web view takes
//! longer to build than Typst takes to set the page. The same outlines joined to one shape for each run are the same
//! picture in a third of the time. What is not a plain outline stays as Typst drew it.

use std::collections::{HashMap, HashSet};

/// Joins the letters of each run in an SVG by `typst-svg`.
pub(super) fn flattened(svg: &str) -> String {
    let outlines = outlines(svg);
    let still_used = still_used(svg, &outlines);
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    let mut fill: Option<&str> = None;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        let letter = Letter::read(tag);
        let outline = letter.as_ref().and_then(|letter| letter.outline(&outlines));
        let goes_on = before.is_empty() && outline.is_some() && letter.as_ref().map(|letter| letter.fill) == fill;
        if fill.is_some() && !goes_on {
            out.push_str("\"/>");
            fill = None;
        }
        out.push_str(before);
        if let (Some(letter), Some(outline)) = (letter, outline) {
            if fill.is_none() {
                out.push_str(&format!("<path fill=\"{}\" d=\"", letter.fill));
                fill = Some(letter.fill);
            }
            out.push_str(&format!("M{} {}{outline}", letter.x, letter.y));
            rest = &tag[letter.length..];
        } else if let Some((id, length)) = symbol(tag) {
            if still_used.contains(id) || !outlines.contains_key(id) {
                out.push_str(&tag[..length]);
            }
            rest = &tag[length..];
        } else {
            let end = tag.find('>').map_or(tag.len(), |end| end + 1);
            out.push_str(&tag[..end]);
            rest = &tag[end..];
        }
    }
    out.push_str(rest);
    out
}

/// A letter in its place: `<use xlink:href="#id" x="0" y="0" fill="#000" fill-rule="nonzero"/>`.
struct Letter<'s> {
    id: &'s str,
    x: &'s str,
    y: &'s str,
    fill: &'s str,
    /// How much of the text it took, in bytes.
    length: usize,
}

impl<'s> Letter<'s> {
    const OPENS: &'static str = "<use xlink:href=\"#";
    const ENDS: &'static str = "/>";

    fn read(tag: &'s str) -> Option<Self> {
        let inside = tag.strip_prefix(Self::OPENS)?.split_once(Self::ENDS)?.0;
        let length = Self::OPENS.len() + inside.len() + Self::ENDS.len();
        let (id, rest) = inside.split_once("\" x=\"")?;
        let (x, rest) = rest.split_once("\" y=\"")?;
        let (y, rest) = rest.split_once("\" fill=\"")?;
        let fill = rest.strip_suffix("\" fill-rule=\"nonzero\"")?;
        // A quotation mark in any of them means that the attributes were others than these.
        let whole = [id, x, y, fill].iter().all(|part| !part.contains(['"', '>']));
        whole.then_some(Letter { id, x, y, fill, length })
    }

    fn outline<'o>(&self, outlines: &'o HashMap<&str, String>) -> Option<&'o str> {
        outlines.get(self.id).map(String::as_str)
    }
}

/// The symbols that are referred to by what is not joined.
fn still_used<'s>(svg: &'s str, outlines: &HashMap<&str, String>) -> HashSet<&'s str> {
    let uses = svg.match_indices("<use ").map(|(at, _)| &svg[at..]);
    let others = uses.filter(|tag| Letter::read(tag).is_none_or(|letter| letter.outline(outlines).is_none()));
    others.filter_map(|tag| tag.split_once('>')?.0.split_once("href=\"#")?.1.split_once('"').map(|(id, _)| id)).collect()
}

/// The id of the symbol that `tag` begins with, and its length in bytes.
fn symbol(tag: &str) -> Option<(&str, usize)> {
    let (id, _) = tag.strip_prefix("<symbol id=\"")?.split_once('"')?;
    Some((id, tag.find("</symbol>")? + "</symbol>".len()))
}

/// The outlines that can be moved by moving their first point: a start at 0 0, and only relative steps after it.
fn outlines(svg: &str) -> HashMap<&str, String> {
    let symbols = svg.match_indices("<symbol ").filter_map(|(at, _)| {
        let tag = &svg[at..];
        let (id, length) = symbol(tag)?;
        let (_, content) = tag[..length].split_once('>')?;
        let (steps, rest) = content.strip_prefix("<path d=\"M 0 0")?.split_once('"')?;
        let plain = matches!(rest, "/></symbol>" | " fill-rule=\"nonzero\"/></symbol>");
        let relative = !steps.contains(|letter: char| letter.is_ascii_uppercase() && letter != 'Z');
        (plain && relative).then(|| (id, short(steps)))
    });
    symbols.collect()
}

/// The steps of a path without the spaces that nothing needs.
fn short(steps: &str) -> String {
    let mut out = String::with_capacity(steps.len());
    let mut letters = steps.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        let parted = |other: Option<char>| other.is_none_or(|other| other.is_ascii_alphabetic() || other == '-');
        let needless = letter == ' ' && (out.ends_with(|last: char| last.is_ascii_alphabetic()) || parted(letters.peek().copied()));
        if !needless {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(id: &str, x: &str, fill: &str) -> String {
        format!("<use xlink:href=\"#{id}\" x=\"{x}\" y=\"0\" fill=\"{fill}\" fill-rule=\"nonzero\"/>")
    }

    fn page(body: &str) -> String {
        let plain = |id, steps| format!("<symbol id=\"{id}\" overflow=\"visible\"><path d=\"M 0 0{steps}\"/></symbol>");
        let picture = "<symbol id=\"gE\" overflow=\"visible\"><image href=\"data:\"/></symbol>";
        format!("<svg>{body}<defs>{}{}{picture}</defs></svg>", plain("gA", "m 1 0v 2 l 0.5 -1Z "), plain("gB", "h 3Z "))
    }

    #[test]
    fn the_letters_of_a_run_are_one_shape_and_their_outlines_are_not_kept_twice() {
        let svg = page(&format!("<g>{}{}</g>", letter("gA", "0", "#000"), letter("gB", "4.5", "#000")));
        let picture = "<symbol id=\"gE\" overflow=\"visible\"><image href=\"data:\"/></symbol>";
        assert_eq!(
            flattened(&svg),
            format!("<svg><g><path fill=\"#000\" d=\"M0 0m1 0v2l0.5-1ZM4.5 0h3Z\"/></g><defs>{picture}</defs></svg>")
        );
    }

    #[test]
    fn another_colour_is_another_shape() {
        let svg = page(&format!("{}{}", letter("gA", "0", "#000"), letter("gA", "1", "#f00")));
        assert_eq!(flattened(&svg).matches("<path fill").count(), 2);
    }

    #[test]
    fn what_is_no_plain_outline_stays_with_what_it_needs() {
        let emoji = letter("gE", "0", "#000");
        let bent = "<use xlink:href=\"#gA\" transform=\"scale(2)\"/>";
        let svg = page(&format!("{}{emoji}{}{bent}", letter("gA", "0", "#000"), letter("gB", "9", "#000")));
        let flat = flattened(&svg);
        assert!(flat.contains(&emoji) && flat.contains("id=\"gE\"") && flat.contains(bent) && flat.contains("id=\"gA\""), "{flat}");
        assert_eq!(flat.matches("<path fill").count(), 2);
    }

    #[test]
    fn text_without_letters_is_left_alone() {
        for svg in ["", "<svg/>", "<svg><path d=\"M 0 0\"/></svg>", "a < b"] {
            assert_eq!(flattened(svg), svg);
        }
    }
}
