//! Any file to the credentials in it, each with the bytes as they were received.
//!
//! ```text
//! JSON, JWT ─────────────────────────────┐
//! PNG, SVG ──bake──▶ text ───────────────┤
//! PDF ──attachments──▶ files ──┐         ├──▶ Item { bytes, payload, place, grouping }
//! ZIP, packet ──entries──▶ files ──each──┘
//! ```
//!
//! A presentation, a CLR, a wallet's backup and an array are taken apart into the exact slices of their text, so that what is kept
//! of each credential is what its issuer sent. Nothing is judged here: a file that opens may still be forged.

mod archive;
mod error;
mod gather;
mod grouping;
mod pdf;
mod shape;
mod token;

pub use archive::{MAX_INFLATED, MAX_NESTING};
pub use error::OpenError;
pub use grouping::{Association, Grouping, GroupingKind};
pub use pdf::MAX_PDF_BYTES;

pub(crate) use archive::{holds_packet, is_zip};

use crate::bake::{self, Baked};
use crate::json::{self, JsonError};
use crate::reason::Reason;
use gather::Gather;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Most credentials that are taken out of one file.
pub const MAX_ITEMS: usize = 10_000;

/// What was found in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What the file itself is.
    pub kind: Kind,
    /// The credentials, in the order in which they stand; a CLR before those that came in it.
    pub items: Vec<Item>,
    /// Packets that came inside another file (a PDF, a ZIP), whole.
    pub packets: Vec<Packet>,
    /// The presentations around them that are signed themselves.
    pub presentations: Vec<Presentation>,
    /// What looked like a credential and could not be opened.
    pub faults: Vec<Fault>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One credential as JSON, or an Open Badges 2.0 assertion.
    Json,
    /// One credential as a compact token.
    Jwt,
    /// A badge baked into a PNG.
    Png,
    /// A badge baked into an SVG.
    Svg,
    /// A presentation of credentials.
    Presentation,
    /// A Comprehensive Learner Record.
    Clr,
    /// An array or a wallet's backup.
    Collection,
    /// A ZIP archive.
    Archive,
    /// A Cairn packet.
    Packet,
    /// A PDF with attachments.
    Pdf,
}

/// One credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What to call it: its own title, else the file's name; safe to show.
    pub name: String,
    /// Its bytes as received: the whole file, or the slice of it that is the credential.
    pub bytes: Vec<u8>,
    /// What kind of file the bytes make.
    pub format: Format,
    /// The credential, read.
    pub payload: Payload,
    /// Where it stood: the name in an archive, a JSON pointer (RFC 6901), both with `#` between, or nothing for the whole file.
    pub place: String,
    /// What it came in.
    pub grouping: Option<Arc<Grouping>>,
    /// Why its JSON may mean different things to different readers; such a credential is not to be believed.
    pub fault: Option<JsonError>,
}

/// The kind of file that an item's bytes make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// JSON.
    Json,
    /// A compact token.
    Jwt,
    /// A PNG with the credential in it.
    Png,
    /// An SVG with the credential in it.
    Svg,
}

impl Format {
    /// The usual ending of such a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jwt => "jwt",
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// The media type of such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Jwt => "application/vc+jwt",
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// A credential, read and not yet believed.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// A verifiable credential with its proof inside.
    Json(Map<String, Value>),
    /// A verifiable credential in a token.
    Jwt {
        /// The token, without white space around it.
        token: String,
        /// Its claims, as they stand.
        payload: Map<String, Value>,
    },
    /// An Open Badges 2.0 assertion.
    OpenBadges2 {
        /// The token, where the badge is signed.
        token: Option<String>,
        /// The assertion.
        assertion: Map<String, Value>,
        /// The badge class, issuer, key and revocation list that it points to, as far as they came in the same file.
        beside: Vec<Arc<Map<String, Value>>>,
    },
    /// Only the address where the issuer keeps an Open Badges 2.0 assertion.
    Link {
        /// The address.
        url: String,
    },
}

/// A presentation that is signed itself, apart from the credentials in it; not believed yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Presentation {
    /// With its proofs inside.
    Json(Map<String, Value>),
    /// As a token.
    Jwt(String),
}

/// A packet inside another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Where it stood.
    pub place: String,
    /// The whole packet.
    pub bytes: Vec<u8>,
}

/// Something that looked like a credential and could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stood.
    pub place: String,
    /// Why not.
    pub reason: Reason,
}

/// Most signed presentations that are looked at in one file.
const MAX_PRESENTATIONS: usize = 64;

/// Opens a file of any kind. `name` is what to call it.
///
/// # Errors
/// Where nothing in the file is a credential, or a limit is passed. One broken credential among several is a [`Fault`].
pub fn open(name: &str, bytes: &[u8]) -> Result<Opened, OpenError> {
    let mut gather = Gather::new(name);
    let kind = open_into(&mut gather, bytes, 0)?;
    gather.finish(kind)
}

/// Opens a file into what has been gathered, `nesting` files deep.
fn open_into(gather: &mut Gather, bytes: &[u8], nesting: usize) -> Result<Kind, OpenError> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    match text {
        b"" => Err(OpenError::Foreign("an empty file")),
        _ if is_zip(bytes) => archive::open(gather, bytes, nesting),
        _ if bytes.starts_with(bake::png::SIGNATURE) => baked(gather, bytes, Format::Png, bake::png::read(bytes)?),
        _ if text.starts_with(b"%PDF-") => pdf::open(gather, bytes, nesting),
        _ if text.starts_with(b"<") => match bake::svg::read(bytes) {
            Err(bake::BakeError::Kind(_)) => Err(OpenError::Foreign("an XML or HTML document")),
            read => baked(gather, bytes, Format::Svg, read?),
        },
        [b'{' | b'[', ..] => gather.json(bytes, text, Format::Json),
        _ if token::looks_like_one(text) => gather.token(bytes, text, Format::Jwt),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(OpenError::Foreign("text in UTF-16, where JSON is UTF-8")),
        _ => Err(OpenError::Foreign("a file of unknown kind")),
    }
}

/// The credential in a picture; the picture itself is what is kept of it.
fn baked(gather: &mut Gather, image: &[u8], format: Format, found: Option<Baked>) -> Result<Kind, OpenError> {
    let (kind, plain) = match format {
        Format::Svg => (Kind::Svg, "an SVG picture without a badge in it"),
        _ => (Kind::Png, "a PNG picture without a badge in it"),
    };
    let text = found.ok_or(OpenError::Foreign(plain))?.text;
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.as_bytes() {
        [b'{' | b'[', ..] => {
            let before = (gather.items.len(), gather.faults.len());
            let kind = gather.json(image, text.as_bytes(), format)?;
            match published_at(text).filter(|_| before == (gather.items.len(), gather.faults.len())) {
                Some(url) => gather.link(image, &url, format)?,
                None => kind,
            }
        }
        found if token::looks_like_one(found) => gather.token(image, found, format)?,
        _ if text.starts_with("https://") || text.starts_with("http://") => gather.link(image, text, format)?,
        _ => return Err(OpenError::Foreign("a picture whose badge is neither JSON, nor a token, nor an address")),
    };
    Ok(kind)
}

/// Where a badge that Cairn does not read says that it is published (Open Badges 1.0, VerificationObject).
fn published_at(text: &str) -> Option<String> {
    let badge = json::parse_unsigned(text.as_bytes()).ok()?;
    let url = badge.get("verify")?.get("url")?.as_str()?.trim();
    (url.starts_with("https://") || url.starts_with("http://")).then(|| url.to_owned())
}

#[cfg(test)]
mod tests;
