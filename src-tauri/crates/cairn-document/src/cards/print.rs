//! Cards on pages, and the pages as PDF: exact places through printpdf, only the glyphs used from each font.

use chrono::{DateTime, Utc};
use printpdf::{
    Actions, BorderArray, Codepoint, Color, FontId, HighlightingMode, Line, LinePoint, LinkAnnotation, Op, PaintMode, ParsedFont,
    PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, TextMatrix,
};
use subsetter::GlyphRemapper;

use super::face::Faces;
use super::layout::{BAR, Ink, Layout, MM, Row, SIZE};
use super::shape::Glyph;
use super::{Card, CardsError};
use crate::prose;
use crate::view::Paper;

const COLUMNS: usize = 2;

/// How cards stand on a sheet.
#[derive(Debug, Clone, Copy)]
struct Grid {
    /// Width and height of the sheet in points.
    page: (f32, f32),
    rows: usize,
}

impl Grid {
    fn on(paper: Paper) -> Grid {
        let (width, height, rows) = match paper {
            Paper::A4 => (210.0, 297.0, 5),
            // A fifth row would stand nearer to the edge than most printers print.
            Paper::Letter => (215.9, 279.4, 4),
        };
        Grid { page: (width * MM, height * MM), rows }
    }

    /// From the sheet's edge to the cards, which stand in its middle.
    fn margin(self) -> (f32, f32) {
        ((self.page.0 - COLUMNS as f32 * SIZE.0) / 2.0, (self.page.1 - self.rows as f32 * SIZE.1) / 2.0)
    }

    /// The upper left corner of the first card, in points from the sheet's lower left corner.
    fn corner(self) -> (f32, f32) {
        (self.margin().0, self.page.1 - self.margin().1)
    }
}

/// Pages under way.
pub(super) struct Printer<'a> {
    faces: &'a Faces,
    grid: Grid,
    /// For each face, the glyphs used and the numbers they have in the font that is embedded.
    used: Vec<GlyphRemapper>,
    pages: Vec<PdfPage>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(faces: &'a Faces, paper: Paper) -> Self {
        Printer { faces, grid: Grid::on(paper), used: vec![GlyphRemapper::new(); faces.len()], pages: Vec::new() }
    }

    /// How many cards a page holds.
    pub(super) fn per_page(&self) -> usize {
        COLUMNS * self.grid.rows
    }

    /// Prints up to [`Printer::per_page`] cards on a new page, from its upper left corner.
    pub(super) fn page(&mut self, cards: &[(&Card, Layout)]) {
        let mut ops = marks(self.grid, cards.len());
        let (left, top) = self.grid.corner();
        for (index, (card, layout)) in cards.iter().enumerate() {
            let (column, row) = (index % COLUMNS, index / COLUMNS);
            let corner = (left + column as f32 * SIZE.0, top - (row + 1) as f32 * SIZE.1);
            self.card(&mut ops, card, layout, corner);
        }
        let (width, height) = self.grid.page;
        self.pages.push(PdfPage::new(Pt(width).into(), Pt(height).into(), ops));
    }

    fn card(&mut self, ops: &mut Vec<Op>, card: &Card, layout: &Layout, (x, y): (f32, f32)) {
        ops.push(Op::SetFillColor { col: rgb(0x3d, 0x6b, 0x4f) });
        ops.push(Op::DrawRectangle { rectangle: rect((x + layout.bar.0, y + layout.bar.1), BAR) });
        for row in &layout.rows {
            let at = (x + row.origin.0, y + row.origin.1);
            self.row(ops, row, at);
            if row.link
                && let Some(url) = prose::address(&card.url).and_then(uri)
            {
                let area = rect((at.0, at.1 - 0.25 * row.size), (row.width, 1.1 * row.size));
                let border = BorderArray::Solid([0.0; 3]);
                let link = LinkAnnotation::new(area, Actions::uri(url), Some(border), None, Some(HighlightingMode::None));
                ops.push(Op::LinkAnnotation { link });
            }
        }
    }

    fn row(&mut self, ops: &mut Vec<Op>, row: &Row, (x, y): (f32, f32)) {
        let ink = match row.ink {
            Ink::Dark => rgb(0x1f, 0x24, 0x21),
            Ink::Quiet => rgb(0x56, 0x5e, 0x58),
        };
        ops.extend([Op::StartTextSection, Op::SetFillColor { col: ink }]);
        let mut rest = row.glyphs.as_slice();
        while let Some(first) = rest.first() {
            let same = rest.iter().take_while(|glyph| glyph.face == first.face && glyph.y == first.y).count();
            let (run, after) = rest.split_at(same);
            rest = after;
            let font = PdfFontHandle::External(font_id(first.face));
            let place = TextMatrix::Translate(Pt(x + first.x * row.size), Pt(y + first.y * row.size));
            ops.push(Op::SetFont { font, size: Pt(row.size) });
            ops.push(Op::SetTextMatrix { matrix: place });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(self.run(run))] });
        }
        ops.push(Op::EndTextSection);
    }

    /// Glyphs of one face on one line, with what each is moved by beyond its own width.
    fn run(&mut self, glyphs: &[Glyph]) -> Vec<Codepoint> {
        let next = glyphs.iter().skip(1).map(|glyph| Some(glyph.x)).chain([None]);
        let code = |(glyph, next): (&Glyph, Option<f32>)| {
            let face = self.faces.get(glyph.face);
            let width = face.x_advance(glyph.id).map_or(0.0, |advance| advance.get() as f32);
            let kern = next.map_or(0.0, |next| (1000.0 * (width - (next - glyph.x))).round());
            let id = self.used[glyph.face].remap(glyph.id);
            Codepoint { gid: id, offset: kern, cid: Some(glyph.text.clone()) }
        };
        glyphs.iter().zip(next).map(code).collect()
    }

    /// The pages as PDF.
    pub(super) fn finish(self, title: &str, created: DateTime<Utc>) -> Result<Vec<u8>, CardsError> {
        let mut pdf = PdfDocument::new(title);
        let info = &mut pdf.metadata.info;
        info.author = title.to_owned();
        info.creator = "Cairn".into();
        info.producer = "Cairn".into();
        if let Ok(date) = printpdf::DateTime::from_unix_timestamp(created.timestamp()) {
            (info.creation_date, info.modification_date, info.metadata_date) = (date, date, date);
        }
        for (face, used) in self.used.iter().enumerate().filter(|(_, used)| used.num_gids() > 1) {
            pdf.resources.fonts.map.insert(font_id(face), PdfFont::new(embedded(self.faces, face, used)?));
        }
        pdf.pages = self.pages;
        let mut warnings = Vec::new();
        let mut document = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
        if let Some(error) = warnings.iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
            return Err(CardsError::Write(std::io::Error::other(error.msg.clone())));
        }
        // OpenType fonts are of 1.6. The identifier is drawn by lot, and the same cards are to give the same bytes.
        document.version = "1.6".into();
        document.trailer.remove(b"ID");
        document.compress();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes)?;
        Ok(bytes)
    }
}

/// The used glyphs of a face as a font of its own.
fn embedded(faces: &Faces, face: usize, used: &GlyphRemapper) -> Result<ParsedFont, CardsError> {
    let font = faces.get(face).font();
    let name = font.post_script_name().unwrap_or_else(|| format!("Font{face}"));
    let unread = || CardsError::Font(name.clone());
    let part = subsetter::subset(font.data(), font.index(), used).map_err(|_| unread())?;
    let mut parsed = ParsedFont::from_bytes(&part, 0, &mut Vec::new()).ok_or_else(unread)?;
    // ISO 32000-1, 9.6.4: six letters say that this is a part of the font.
    let letter = char::from(b'A' + u8::try_from(face % 26).unwrap_or_default());
    parsed.font_name = Some(format!("CAIRN{letter}+{name}"));
    Ok(parsed)
}

fn font_id(face: usize) -> FontId {
    FontId(format!("Face{face}"))
}

/// Where to cut: outside the cards in use, and small crosses between them.
fn marks(grid: Grid, cards: usize) -> Vec<Op> {
    let columns = cards.min(COLUMNS);
    let rows = cards.div_ceil(COLUMNS).min(grid.rows);
    let (left, top) = grid.corner();
    let (right, bottom) = (left + columns as f32 * SIZE.0, top - rows as f32 * SIZE.1);
    let (gap, length, cross) = (1.5 * MM, 5.0 * MM, 1.2 * MM);
    let mut lines = Vec::new();
    for x in (0..=columns).map(|column| left + column as f32 * SIZE.0) {
        lines.push([(x, top + gap), (x, top + gap + length)]);
        lines.push([(x, bottom - gap), (x, bottom - gap - length)]);
        for y in (1..rows).map(|row| top - row as f32 * SIZE.1) {
            lines.push([(x, y - cross), (x, y + cross)]);
        }
    }
    for y in (0..=rows).map(|row| top - row as f32 * SIZE.1) {
        lines.push([(left - gap, y), (left - gap - length, y)]);
        lines.push([(right + gap, y), (right + gap + length, y)]);
        for x in (1..columns).map(|column| left + column as f32 * SIZE.0) {
            lines.push([(x - cross, y), (x + cross, y)]);
        }
    }
    let point = |(x, y)| LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier: false };
    let line = |ends: [(f32, f32); 2]| Op::DrawLine { line: Line { points: ends.map(point).to_vec(), is_closed: false } };
    let pen = [Op::SetOutlineColor { col: rgb(0x8a, 0x91, 0x8c) }, Op::SetOutlineThickness { pt: Pt(0.3) }];
    pen.into_iter().chain(lines.into_iter().map(line)).collect()
}

/// An address as a PDF link takes it: seven-bit ASCII (ISO 32000-1, 12.6.4.7). `None` where it is too long to be one.
fn uri(url: &str) -> Option<String> {
    let ascii = percent_encoding::utf8_percent_encode(url, percent_encoding::CONTROLS).to_string();
    (ascii.len() <= 2048).then_some(ascii)
}

fn rect((x, y): (f32, f32), (width, height): (f32, f32)) -> Rect {
    Rect { mode: Some(PaintMode::Fill), ..Rect::from_xywh(Pt(x), Pt(y), Pt(width), Pt(height)) }
}

fn rgb(red: u8, green: u8, blue: u8) -> Color {
    let part = |byte: u8| f32::from(byte) / 255.0;
    Color::Rgb(Rgb::new(part(red), part(green), part(blue), None))
}
