//! A line of text to positioned glyphs: each character in a face that has it, in the order it is seen.

use std::ops::Range;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Feature, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};
use unicode_bidi_mirroring::get_mirrored;
use unicode_segmentation::UnicodeSegmentation;

use super::face::{Faces, Style};

/// Stands for what no font has.
const UNKNOWN: &str = "?";

/// One glyph of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// The face it is from.
    pub(super) face: usize,
    /// Its number in that face.
    pub(super) id: u16,
    /// Where it stands, in em from the line's left end.
    pub(super) x: f32,
    /// How far above the baseline, in em.
    pub(super) y: f32,
    /// The characters it stands for, in the order of reading, and as they look: what copying the text gives.
    pub(super) text: String,
    /// Where those characters begin in the line, in bytes.
    pub(super) at: usize,
    /// How far it moves what follows, in em.
    pub(super) advance: f32,
}

/// The direction `text` runs in: that of its first letter that has one.
pub(super) fn direction(text: &str) -> Level {
    BidiInfo::new(text, None).paragraphs.first().map_or_else(Level::ltr, |paragraph| paragraph.level)
}

/// The glyphs of a line that runs in direction `base`, from left to right as they are seen.
pub(super) fn shape(faces: &mut Faces, style: Style, line: &str, base: Level) -> Vec<Glyph> {
    let bidi = BidiInfo::new(line, Some(base));
    let mut glyphs = Vec::new();
    let mut x = 0.0;
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels[run.start].is_rtl();
            let mut pieces = pieces(faces, style, line, run);
            if rtl {
                pieces.reverse();
            }
            for (face, range) in pieces {
                glyphs.extend(piece(faces, face, line, range, rtl, &mut x));
            }
        }
    }
    glyphs
}

/// `run` of `line` cut where the face changes. Where no font has a cluster, the piece has no face.
fn pieces(faces: &mut Faces, style: Style, line: &str, run: Range<usize>) -> Vec<(Option<usize>, Range<usize>)> {
    let mut pieces: Vec<(Option<usize>, Range<usize>)> = Vec::new();
    for (at, cluster) in line[run.clone()].grapheme_indices(true) {
        let start = run.start + at;
        let end = start + cluster.len();
        let face = faces.of(style, cluster);
        match pieces.last_mut() {
            Some((last, range)) if *last == face && face.is_some() => range.end = end,
            _ => pieces.push((face, start..end)),
        }
    }
    pieces
}

/// The glyphs of a piece in one face and direction, from `x` on.
fn piece(faces: &Faces, face: Option<usize>, line: &str, range: Range<usize>, rtl: bool, x: &mut f32) -> Vec<Glyph> {
    let (face, text) = match face {
        Some(face) => (face, &line[range.clone()]),
        None => (Style::Plain as usize, UNKNOWN),
    };
    let instance = faces.get(face);
    let mut buffer = UnicodeBuffer::new();
    // Each character a cluster of its own, so that a mark is not taken for a part of its letter when text is copied.
    buffer.set_cluster_level(rustybuzz::BufferClusterLevel::Characters);
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    // Ligatures that only please the eye stay off: letters stay letters.
    let features = [Feature::new(Tag::from_bytes(b"liga"), 0, ..), Feature::new(Tag::from_bytes(b"clig"), 0, ..)];
    let shaped = rustybuzz::shape(instance.rusty(), &features, buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let em = |units: i32| units as f32 / instance.rusty().units_per_em() as f32;
    let mut told = None;
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| {
        let at = info.cluster as usize;
        let end = starts.iter().copied().find(|start| *start > at).unwrap_or(text.len());
        // Of several glyphs for the same characters, the first says them.
        let said = if told == Some(at) { "" } else { &text[at..end] };
        told = Some(at);
        // A bracket that faces left in a line from right to left looks like its twin.
        let seen = |c: char| if rtl { get_mirrored(c).unwrap_or(c) } else { c };
        let glyph = Glyph {
            face,
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            x: *x + em(position.x_offset),
            y: em(position.y_offset),
            text: said.chars().map(seen).collect(),
            at: range.start + at.min(range.len().saturating_sub(1)),
            advance: em(position.x_advance),
        };
        *x += glyph.advance;
        glyph
    });
    glyphs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let glyphs = shape(&mut Faces::new().unwrap(), Style::Plain, text, direction(text));
        glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }

    #[test]
    fn every_character_is_a_glyph_that_says_it() {
        assert_eq!(said("Office affluent fi"), "Office affluent fi");
        assert_eq!(said("Ωμέγα Жук e\u{301}"), "Ωμέγα Жук e\u{301}");
    }

    #[test]
    fn glyphs_follow_one_another() {
        let glyphs = shape(&mut Faces::new().unwrap(), Style::Title, "Via 42", Level::ltr());
        assert!(glyphs.windows(2).all(|pair| pair[0].x < pair[1].x));
    }

    #[test]
    fn text_from_right_to_left_is_seen_from_its_end() {
        let mut faces = Faces::new().unwrap();
        if faces.of(Style::Plain, "א").is_none() {
            println!("skipped: no Hebrew font here");
            return;
        }
        assert_eq!(said("אבג 12"), "12 גבא");
        assert_eq!(said("PMP אב"), "PMP בא");
        assert_eq!(said("אב (ג)"), "(ג) בא");
    }

    #[test]
    fn what_no_font_has_shows_as_a_question() {
        assert_eq!(said("a\u{10fffd}b"), "a?b");
    }
}
