//! The drawing as pixels.

use resvg::{tiny_skia, usvg};
use std::sync::{Arc, OnceLock};

/// Largest picture, in pixels a side.
const LARGEST: u32 = 2048;
/// The fonts of documents and window, which `cairn-document` keeps with their licences.
static FONTS: [&[u8]; 3] = [
    include_bytes!("../../../../cairn-document/fonts/SourceSerif4_600SemiBold.ttf"),
    include_bytes!("../../../../cairn-document/fonts/SourceSans3_600SemiBold.ttf"),
    include_bytes!("../../../../cairn-document/fonts/SourceSans3_400Regular.ttf"),
];

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The drawing could not be read back.
    #[error("the drawing could not be read: {0}")]
    Drawing(String),
    /// No memory, or no pixels asked for.
    #[error("a picture of {0} pixels a side cannot be made")]
    Size(u32),
    /// PNG could not be written.
    #[error("the picture could not be written: {0}")]
    Write(String),
}

/// Draws one of Cairn's own pictures, `units` wide and high, into `side` pixels.
pub(super) fn png(svg: &str, units: u32, side: u32) -> Result<Vec<u8>, PictureError> {
    let latin = svg.chars().all(|c| (c as u32) < 0x530 || matches!(c, '\u{2010}'..='\u{203a}'));
    let options =
        usvg::Options { fontdb: if latin { shipped() } else { all() }, font_family: "Source Sans 3".into(), ..Default::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| PictureError::Drawing(error.to_string()))?;
    let mut pixels = tiny_skia::Pixmap::new(side.min(LARGEST), side.min(LARGEST)).ok_or(PictureError::Size(side))?;
    let scale = side.min(LARGEST) as f32 / units as f32;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Write(error.to_string()))
}

fn shipped() -> Arc<usvg::fontdb::Database> {
    static SHIPPED: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    SHIPPED.get_or_init(|| Arc::new(with_shipped())).clone()
}

/// With the machine's own: looking through them takes a while, so it happens once, and only for a text that has to.
fn all() -> Arc<usvg::fontdb::Database> {
    static ALL: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = with_shipped();
        fonts.load_system_fonts();
        Arc::new(fonts)
    };
    ALL.get_or_init(load).clone()
}

fn with_shipped() -> usvg::fontdb::Database {
    let mut fonts = usvg::fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    fonts
}
