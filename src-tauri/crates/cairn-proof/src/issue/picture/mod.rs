//! The picture of a badge, which Cairn draws: a cairn of three stones in a colour of its own, the title, and who signs.
//!
//! The same badge always gets the same picture. As SVG its words are text; as PNG they are set in the fonts that Cairn ships,
//! and in the machine's own for the scripts those lack.

mod lines;
mod raster;

pub use raster::PictureError;

use crate::digest::Digest;
use lines::Set;
use std::fmt::Write as _;

/// Width and height of the drawing in its own units.
const SIDE: u32 = 600;
/// The widest a line of the title may be.
const TITLE_WIDTH: f64 = 470.0;

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture<'a> {
    /// Names the achievement; the colour follows from it.
    pub id: &'a str,
    /// The badge's title.
    pub title: &'a str,
    /// Who signs, as readers know them.
    pub issuer: &'a str,
    /// A line below: that the badge is self-signed, in the reader's words.
    pub note: &'a str,
}

impl Picture<'_> {
    /// The picture as SVG: static shapes and text, no script, no reference to anything outside.
    pub fn svg(&self) -> String {
        let Tints { paper, shade, stones, ink, soft } = Tints::of(self.id);
        let title = lines::wrapped(self.title, TITLE_WIDTH);
        let mut text = String::new();
        // The title's block is centred in the space below the stones.
        let first = 392.0 - title.leading() * (title.lines.len() as f64 - 1.0) / 2.0 + title.size * 0.34;
        for (index, line) in title.lines.iter().enumerate() {
            let y = first + title.leading() * index as f64;
            push_text(&mut text, line, y, title.size, "'Source Serif 4', Georgia, serif", 600, &ink);
        }
        let issuer = lines::single(self.issuer, 460.0, 26.0);
        push_text(&mut text, &issuer, 515.0, 26.0, "'Source Sans 3', 'Segoe UI', sans-serif", 600, &ink);
        let note = lines::single(self.note, 460.0, 19.0);
        push_text(&mut text, &note, 545.0, 19.0, "'Source Sans 3', 'Segoe UI', sans-serif", 400, &soft);
        let mut initials = String::new();
        push_text(&mut initials, &initials_of(self.issuer), 262.0, 30.0, "'Source Sans 3', 'Segoe UI', sans-serif", 600, "#ffffff");
        let (named, [low, middle, high]) = (escaped(&lines::clean(self.title)), stones);
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}" role="img">
<title>{named}</title>
<defs><linearGradient id="paper" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{paper}"/><stop offset="1" stop-color="{shade}"/></linearGradient></defs>
<rect x="8" y="8" width="584" height="584" rx="76" fill="url(#paper)"/>
<rect x="26" y="26" width="548" height="548" rx="60" fill="none" stroke="{middle}" stroke-opacity="0.35" stroke-width="2.5"/>
<ellipse cx="300" cy="288" rx="150" ry="9" fill="{low}" fill-opacity="0.16"/>
<path d="M186 254c0-24 48-38 112-38s118 12 118 36-40 34-116 34-114-10-114-32z" fill="{low}"/>
<path d="M222 188c2-20 40-30 82-29s76 12 75 31-38 27-82 26-77-9-75-28z" fill="{middle}"/>
<path d="M252 131c1-17 24-25 50-24s47 11 46 27-23 24-50 23-47-9-46-26z" fill="{high}"/>
{initials}{text}<path d="M262 478h76" stroke="{middle}" stroke-opacity="0.5" stroke-width="2.5" stroke-linecap="round"/>
</svg>
"##
        )
    }

    /// The picture as a `data:` address, as it stands in a credential.
    pub fn data_url(&self) -> String {
        use base64::Engine as _;
        format!("data:image/svg+xml;base64,{}", base64::engine::general_purpose::STANDARD.encode(self.svg()))
    }

    /// The picture as PNG, `side` pixels wide and high (at most 2048); without the emoji in its words.
    ///
    /// # Errors
    /// [`PictureError`] where there is no memory for it.
    pub fn png(&self, side: u32) -> Result<Vec<u8>, PictureError> {
        let (title, issuer, note) = (self.title, self.issuer, self.note);
        let [title, issuer, note] = [title, issuer, note].map(lines::without_emoji);
        let picture = Picture { id: self.id, title: &title, issuer: &issuer, note: &note };
        raster::png(&picture.svg(), SIDE, side)
    }
}

/// The colours of one badge: a hue from its id, in tones that keep text readable.
struct Tints {
    paper: String,
    shade: String,
    /// From the lowest stone up; white on the first has a contrast above 4.5.
    stones: [String; 3],
    ink: String,
    soft: String,
}

impl Tints {
    fn of(id: &str) -> Self {
        let digest = Digest::of(id.as_bytes());
        let hue = f64::from(u16::from_be_bytes([digest.as_bytes()[0], digest.as_bytes()[1]])) / 65_536.0 * 360.0;
        Self {
            paper: rgb(hue, 0.45, 0.975),
            shade: rgb(hue, 0.36, 0.915),
            stones: [rgb(hue, 0.34, 0.30), rgb(hue, 0.28, 0.46), rgb(hue, 0.32, 0.64)],
            ink: rgb(hue, 0.38, 0.15),
            soft: rgb(hue, 0.20, 0.36),
        }
    }
}

/// A colour of hue (degrees), saturation and lightness (0 to 1), as `#rrggbb`.
fn rgb(hue: f64, saturation: f64, lightness: f64) -> String {
    let reach = saturation * lightness.min(1.0 - lightness);
    let channel = |n: f64| {
        let k = (n + hue / 30.0) % 12.0;
        let value = lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
        (value * 255.0).round() as u8
    };
    format!("#{:02x}{:02x}{:02x}", channel(0.0), channel(8.0), channel(4.0))
}

fn push_text(out: &mut String, line: &str, y: f64, size: f64, family: &str, weight: u16, fill: &str) {
    if line.is_empty() {
        return;
    }
    let direction = if lines::right_to_left(line) { r#" direction="rtl""# } else { "" };
    let _ = writeln!(
        out,
        r#"<text x="300" y="{y:.1}" text-anchor="middle"{direction} font-family="{family}" font-size="{size}" font-weight="{weight}" fill="{fill}">{}</text>"#,
        escaped(line)
    );
}

/// The first letters of the first and the last word; of one word, its first letter.
fn initials_of(name: &str) -> String {
    let clean = lines::clean(name);
    let letters: Vec<char> = clean.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic())).collect();
    let chosen = match letters.as_slice() {
        [] => Vec::new(),
        [one] => vec![*one],
        [first, .., last] if first.is_lowercase() || first.is_uppercase() => vec![*first, *last],
        // Scripts without capitals have no custom of initials.
        [first, ..] => vec![*first],
    };
    chosen.into_iter().flat_map(char::to_uppercase).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

impl Set {
    fn leading(&self) -> f64 {
        self.size * 1.16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(title: &'static str, issuer: &'static str) -> Picture<'static> {
        Picture { id: "urn:uuid:1", title, issuer, note: "Self-signed" }
    }

    #[test]
    fn hostile_text_stays_text() {
        let svg = picture("</text><script>alert(1)</script>\u{0}\u{202e}\"&'", "<b>Eve</b>").svg();
        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut elements = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    elements.push(tag.local_name().as_ref().to_owned());
                }
                _ => {}
            }
        }
        let known = ["svg", "title", "defs", "linearGradient", "stop", "rect", "ellipse", "path", "text"];
        assert!(elements.iter().all(|element| known.contains(&element.as_str())), "{elements:?}");
        assert!(!svg.contains('\u{202e}') && !svg.contains('\u{0}'));
    }

    #[test]
    fn one_badge_has_one_picture_and_another_has_another_colour() {
        let one = picture("A", "Ada Example");
        assert_eq!(one.svg(), one.svg());
        assert_ne!(one.svg(), Picture { id: "urn:uuid:2", ..one.clone() }.svg());
    }

    #[test]
    fn initials_follow_the_name() {
        assert_eq!(initials_of("Ada King Lovelace"), "AL");
        assert_eq!(initials_of("ada"), "A");
        assert_eq!(initials_of("山田 太郎"), "山");
        assert_eq!(initials_of("123 🎉"), "");
    }

    #[test]
    fn pictures_of_all_kinds_of_text_become_png() {
        let titles =
            ["Data analysis", "تحليل البيانات المتقدم", "データ分析 🎉", "", "Donaudampfschifffahrtsgesellschaftskapitänspatentprüfung"];
        for title in titles {
            let png = picture(title, "Ada Example").png(240).unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(&png)).read_info().unwrap();
            assert_eq!((reader.info().width, reader.info().height), (240, 240));
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            assert!(pixels.iter().any(|byte| *byte != pixels[0]));
        }
    }
}
