//! Badges baked into pictures: Open Badges 3.0 §5.3 and Open Badges 2.0's baking specification, PNG and SVG, read and written.

pub mod png;
pub mod svg;

/// Largest picture that is read or written, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Which standard's place in a picture holds the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Open Badges 2.0: the PNG keyword `openbadges`, the SVG element `assertion`.
    OpenBadges2,
    /// Open Badges 3.0: the PNG keyword `openbadgecredential`, the SVG element `credential`.
    OpenBadges3,
}

impl Generation {
    /// Both, the newer first: where a picture holds both, the signed credential says more than the hosted assertion.
    const NEWEST_FIRST: [Self; 2] = [Self::OpenBadges3, Self::OpenBadges2];
}

/// What a picture holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baked {
    /// Where it stood.
    pub generation: Generation,
    /// JSON, a compact JWS, or (Open Badges 2.0) the address of the hosted assertion.
    pub text: String,
}

/// Why a picture's credential cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BakeError {
    /// Larger than [`MAX_BYTES`].
    #[error("the picture is larger than 16 MiB")]
    TooLarge,
    /// The file does not begin as its kind does.
    #[error("the file is not a {0} picture")]
    Kind(&'static str),
    /// Cut short, a wrong checksum, or XML that is not well-formed.
    #[error("the picture is damaged: {0}")]
    Damaged(String),
    /// Two different credentials, of which a reader might see either.
    #[error("the picture holds two different credentials")]
    Conflict,
    /// The credential unpacks to more than is read.
    #[error("the credential in the picture is larger than 16 MiB")]
    TextTooLarge,
    /// The credential is not UTF-8 text.
    #[error("the credential in the picture is not UTF-8 text")]
    NotText,
    /// XML has no way to hold this character.
    #[error("the credential holds the character U+{0:04X}, which SVG cannot")]
    Character(u32),
}

/// The one text among those that stand in a place: repeated it is one, different ones are a conflict.
fn only(texts: Vec<String>) -> Result<Option<String>, BakeError> {
    let mut texts = texts.into_iter();
    let Some(first) = texts.next() else { return Ok(None) };
    if texts.all(|other| other.trim() == first.trim()) { Ok(Some(first)) } else { Err(BakeError::Conflict) }
}
