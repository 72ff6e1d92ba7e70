//! A text fitted into a box: broken into lines, set smaller where it must be, cut with an ellipsis where it cannot be helped.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_bidi::Level;
use unicode_segmentation::UnicodeSegmentation;

use super::face::{Faces, Style};
use super::shape::{Glyph, direction, shape};

/// More than a card can show at any size; what follows is not even measured.
const MEASURED: usize = 600;
const ELLIPSIS: &str = "…";

/// How a text is to be set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    pub(super) style: Style,
    /// Size in points where there is room.
    pub(super) size: f32,
    /// Size in points below which it is not read.
    pub(super) smallest: f32,
    /// Width in points.
    pub(super) width: f32,
    /// Lines at most.
    pub(super) lines: usize,
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    /// Size in points.
    pub(super) size: f32,
    /// The glyphs of each line and its width in em.
    pub(super) lines: Vec<(Vec<Glyph>, f32)>,
    /// Whether it runs from right to left.
    pub(super) rtl: bool,
}

/// Sets `text`, which is one line without breaks, as `fit` says. No lines for an empty text.
pub(super) fn set(faces: &mut Faces, text: &str, fit: Fit) -> Paragraph {
    let cut = text.grapheme_indices(true).nth(MEASURED).map_or(text.len(), |(at, _)| at);
    let base = direction(text);
    let measure = Measure::new(faces, fit.style, &text[..cut], base);
    let mut size = fit.size;
    let mut rows = measure.rows(fit.width / size);
    while rows.len() > fit.lines && size > fit.smallest {
        size = (size - 0.5).max(fit.smallest);
        rows = measure.rows(fit.width / size);
    }
    if rows.len() > fit.lines || cut < text.len() {
        rows.truncate(fit.lines);
        if let Some(last) = rows.last_mut() {
            *last = measure.shortened(faces, fit.style, last, fit.width / size, base);
        }
    }
    let lines = rows.iter().map(|row| {
        let glyphs = shape(faces, fit.style, row, base);
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        (glyphs, width)
    });
    Paragraph { size, lines: lines.collect(), rtl: base.is_rtl() }
}

/// A text with the width of each of its clusters, whatever size it will have.
struct Measure<'a> {
    text: &'a str,
    /// Extended grapheme clusters: where each begins, and its width in em.
    clusters: Vec<(usize, f32)>,
    /// Where a line may end (UAX 14).
    breaks: Vec<usize>,
}

impl<'a> Measure<'a> {
    fn new(faces: &mut Faces, style: Style, text: &'a str, base: Level) -> Self {
        let mut clusters: Vec<(usize, f32)> = text.grapheme_indices(true).map(|(at, _)| (at, 0.0)).collect();
        for glyph in shape(faces, style, text, base) {
            let index = clusters.partition_point(|(at, _)| *at <= glyph.at);
            if let Some((_, width)) = index.checked_sub(1).and_then(|index| clusters.get_mut(index)) {
                *width += glyph.advance;
            }
        }
        let breaks = LineSegmenter::new_auto(LineBreakOptions::default()).segment_str(text).filter(|at| *at > 0).collect();
        Measure { text, clusters, breaks }
    }

    /// The text in lines no wider than `width` em, broken inside a word only where the word alone is wider.
    fn rows(&self, width: f32) -> Vec<String> {
        let mut rows = Vec::new();
        let mut start = 0;
        while start < self.text.len() {
            let reach = self.reach(start, width);
            let end = match self.breaks.iter().copied().rfind(|at| *at > start && self.text[..*at].trim_end().len() <= reach) {
                Some(end) => end,
                None => reach,
            };
            rows.push(self.text[start..end].trim_end().to_owned());
            start = end;
        }
        rows
    }

    /// How far a line from `start` may reach: as many clusters as `width` takes, one at least.
    fn reach(&self, start: usize, width: f32) -> usize {
        let mut taken = 0.0;
        for (at, advance) in self.clusters.iter().filter(|(at, _)| *at >= start) {
            taken += advance;
            if taken > width && *at > start {
                return *at;
            }
        }
        self.text.len()
    }

    /// As much of `row` as `width` em takes together with an ellipsis.
    fn shortened(&self, faces: &mut Faces, style: Style, row: &str, width: f32, base: Level) -> String {
        let ellipsis: f32 = shape(faces, style, ELLIPSIS, base).iter().map(|glyph| glyph.advance).sum();
        let measure = Measure::new(faces, style, row, base);
        let end = measure.reach(0, width - ellipsis).min(row.len());
        format!("{}{ELLIPSIS}", row[..end].trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: f32, lines: usize) -> (f32, Vec<String>) {
        let fit = Fit { style: Style::Plain, size: 10.0, smallest: 8.0, width, lines };
        let set = set(&mut Faces::new().unwrap(), text, fit);
        assert!(set.lines.iter().all(|(_, em)| em * set.size <= width + 0.5), "{text}");
        (set.size, set.lines.iter().map(|(glyphs, _)| glyphs.iter().map(|glyph| glyph.text.as_str()).collect()).collect())
    }

    #[test]
    fn a_short_text_is_one_line_at_its_size() {
        assert_eq!(rows("Certified", 100.0, 2), (10.0, vec!["Certified".to_owned()]));
        assert_eq!(rows("", 100.0, 2).1, Vec::<String>::new());
    }

    #[test]
    fn a_longer_text_breaks_between_words() {
        assert_eq!(rows("Certified Kubernetes Administrator", 66.0, 3).1, ["Certified", "Kubernetes", "Administrator"]);
    }

    #[test]
    fn a_text_is_set_smaller_before_it_is_cut() {
        let (size, said) = rows("Certified Kubernetes", 75.0, 1);
        assert!(size < 10.0);
        assert_eq!(said, ["Certified Kubernetes"]);
        let (size, said) = rows("Certified Kubernetes Administrator", 75.0, 1);
        assert_eq!(size, 8.0);
        assert!(said[0].starts_with("Certified Kube") && said[0].ends_with('…'), "{said:?}");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_inside() {
        let (_, said) = rows(&"w".repeat(5000), 80.0, 2);
        assert!(said.len() == 2 && said[1].ends_with('…'), "{said:?}");
    }
}
