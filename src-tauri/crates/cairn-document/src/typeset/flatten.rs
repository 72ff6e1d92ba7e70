//! A page's picture with one shape for each run of text.
//!
//! Typst draws every letter as a reference to its outline: two thousand small shapes a page, which a web view takes
//! longer to build than Typst takes to set the page. The same outlines joined to one shape for each run are the same
//! picture in a third of the time. What is not a plain outline stays as Typst drew it.

use std::collections::{HashMap, HashSet};

/// What one step is divided into: outlines are written in whole hundredths of the page's unit, a point of print. At three
/// times its size on a screen of 96 dpi a page is then off by a fiftieth of a pixel.
const GRID: f64 = 100.0;

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
                out.push_str(&format!("<path transform=\"scale(.01)\" fill=\"{}\" d=\"", letter.fill));
                fill = Some(letter.fill);
            }
            out.push('M');
            push(&mut out, letter.x);
            push(&mut out, letter.y);
            out.push_str(outline);
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
    /// Where it stands, in hundredths of the page's unit.
    x: i64,
    y: i64,
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
        // A quotation mark in any of them means that the attributes were others than these; a gradient has a place of its own.
        let whole = [id, x, y, fill].iter().all(|part| !part.contains(['"', '>'])) && fill.starts_with('#');
        let hundredths = |text: &str| Some((text.parse::<f64>().ok()? * GRID).round() as i64);
        Some(Letter { id, x: hundredths(x)?, y: hundredths(y)?, fill, length }).filter(|_| whole)
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
        if !plain {
            return None;
        }
        Some((id, short(steps)?))
    });
    symbols.collect()
}

/// The steps of a path in as few letters as keep every point within half a hundredth of its place. `None` where a step is
/// none of those that outlines are made of.
fn short(steps: &str) -> Option<String> {
    let mut out = String::with_capacity(steps.len() / 2);
    // Where the pen is, and where it is on the grid: each step is rounded from there, so that errors do not add up.
    let (mut exact, mut drawn) = ([0.0; 2], [0; 2]);
    let (mut start, mut start_drawn) = (exact, drawn);
    let mut last = None;
    let mut rest = steps.trim_start();
    while let Some(step) = rest.chars().next() {
        let said = &rest[step.len_utf8()..];
        let (numbers, next) = said.split_at(said.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(said.len()));
        let numbers: Vec<f64> = numbers.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
        rest = next;
        // A step may leave out its letter where it is that of the step before.
        if last != Some(step) {
            out.push(step);
        }
        last = Some(step).filter(|step| !matches!(step, 'm' | 'Z'));
        let axes: &[usize] = match (step, numbers.len()) {
            ('h', 1) => &[0],
            ('v', 1) => &[1],
            ('m' | 'l', 2) | ('q', 4) | ('c', 6) => &[0, 1],
            ('Z', 0) => &[],
            _ => return None,
        };
        let (from, from_drawn) = (exact, drawn);
        for (number, axis) in numbers.iter().zip(axes.iter().cycle().copied()) {
            exact[axis] = from[axis] + number;
            drawn[axis] = (exact[axis] * GRID).round() as i64;
            push(&mut out, drawn[axis] - from_drawn[axis]);
        }
        match step {
            'm' => (start, start_drawn) = (exact, drawn),
            'Z' => (exact, drawn) = (start, start_drawn),
            _ => {}
        }
    }
    Some(out)
}

/// Writes a number, parted from one before it only where that is needed.
fn push(out: &mut String, number: i64) {
    if number >= 0 && out.ends_with(|last: char| last.is_ascii_digit()) {
        out.push(' ');
    }
    out.push_str(&number.to_string());
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
            format!(
                "<svg><g><path transform=\"scale(.01)\" fill=\"#000\" d=\"M0 0m100 0v200l50-100ZM450 0h300Z\"/></g><defs>{picture}</defs></svg>"
            )
        );
    }

    #[test]
    fn rounding_never_adds_up() {
        let many = format!("m 0 0{}Z", "l 0.004 -0.004".repeat(100));
        let steps = short(&many).unwrap();
        let numbers = steps.replace('-', " -").replace(['m', 'l', 'Z'], " ");
        let sum: f64 = numbers.split_whitespace().map(|number| number.parse::<f64>().unwrap()).step_by(2).sum();
        assert!((sum - 40.0).abs() < 0.51, "{sum} in {steps}");
        assert_eq!(
            short("m 1.005 2h 12.3456v -0.5q 0.1 0.2 0.3 0.4q 1 1 2 2Z ").unwrap(),
            "m100 200h1235v-50q10 20 30 40 100 100 200 200Z"
        );
    }

    #[test]
    fn what_is_no_step_of_an_outline_is_not_shortened() {
        for steps in ["M 1 1", "m 1", "a 1 1 0 0 0 1 1", "l x 1", "h 1 2", "é 1"] {
            assert_eq!(short(steps), None, "{steps}");
        }
    }

    #[test]
    fn another_colour_is_another_shape() {
        let svg = page(&format!("{}{}", letter("gA", "0", "#000"), letter("gA", "1", "#f00")));
        assert_eq!(flattened(&svg).matches("<path transform=\"scale(.01)\" fill").count(), 2);
    }

    #[test]
    fn what_is_no_plain_outline_stays_with_what_it_needs() {
        let emoji = letter("gE", "0", "#000");
        let bent = "<use xlink:href=\"#gA\" transform=\"scale(2)\"/>";
        let svg = page(&format!("{}{emoji}{}{bent}", letter("gA", "0", "#000"), letter("gB", "9", "#000")));
        let flat = flattened(&svg);
        assert!(flat.contains(&emoji) && flat.contains("id=\"gE\"") && flat.contains(bent) && flat.contains("id=\"gA\""), "{flat}");
        assert_eq!(flat.matches("<path transform=\"scale(.01)\" fill").count(), 2);
    }

    #[test]
    fn text_without_letters_is_left_alone() {
        for svg in ["", "<svg/>", "<svg><path d=\"M 0 0\"/></svg>", "a < b"] {
            assert_eq!(flattened(svg), svg);
        }
    }
}
