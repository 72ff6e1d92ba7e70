//! Finds what came out as an empty box: text that each font has in part but none as a whole.
//!
//! Which characters a font has is known beforehand (`fonts`); whether it can set a letter together with its marks is only
//! known once it was tried.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::Page;
use unicode_segmentation::UnicodeSegmentation;

use super::words::shows;

/// The graphemes that stand as boxes on these pages.
pub(super) fn in_pages(pages: &[Page]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    pages.iter().for_each(|page| in_frame(&page.frame, &mut found));
    found
}

fn in_frame(frame: &Frame, found: &mut BTreeSet<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => in_frame(&group.frame, found),
            FrameItem::Text(text) => in_text(text, found),
            _ => {}
        }
    }
}

fn in_text(text: &TextItem, found: &mut BTreeSet<String>) {
    let boxes: Vec<_> = text.glyphs.iter().filter(|glyph| glyph.id == 0).map(|glyph| glyph.range()).collect();
    if boxes.is_empty() {
        return;
    }
    let boxed = |start: usize, end: usize| boxes.iter().any(|range| range.start < end && start < range.end);
    let graphemes = text.text.grapheme_indices(true).filter(|(start, grapheme)| boxed(*start, start + grapheme.len()));
    found.extend(graphemes.map(|(_, grapheme)| grapheme.to_owned()).filter(|grapheme| grapheme.chars().any(shows)));
}
