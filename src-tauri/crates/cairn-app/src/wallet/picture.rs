//! The picture of a received credential, as far as it came with it. Nothing is fetched.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cairn_proof::opened::{Format, Item};
use cairn_proof::view::CredentialView;

/// The largest picture that is kept, in bytes.
const LARGEST: usize = 8 << 20;

/// Where a picture is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Picture {
    /// The credential's own bytes are a picture: a baked badge.
    Item,
    /// It lies within the credential.
    Bytes(Vec<u8>),
}

/// The picture of a credential, where it is one of those that the window shows.
pub(super) fn of(item: &Item, view: &CredentialView) -> Option<Picture> {
    if item.format == Format::Png && is_shown(&item.bytes) {
        return Some(Picture::Item);
    }
    let images = [view.image.as_ref(), view.achievements.first().and_then(|it| it.image.as_ref()), view.issuer.image.as_ref()];
    images.into_iter().flatten().find_map(|image| bytes(&image.url)).map(Picture::Bytes)
}

/// The bytes of a `data:` address (RFC 2397) with a picture.
fn bytes(url: &str) -> Option<Vec<u8>> {
    let (kind, data) = url.strip_prefix("data:")?.split_once(',')?;
    if !kind.starts_with("image/") || !kind.ends_with(";base64") || data.len() > LARGEST / 3 * 4 {
        return None;
    }
    let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = STANDARD.decode(data).ok()?;
    is_shown(&bytes).then_some(bytes)
}

fn is_shown(bytes: &[u8]) -> bool {
    let shown = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    bytes.len() <= LARGEST && infer::get(bytes).is_some_and(|found| shown.contains(&found.mime_type()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_that_came_along_are_taken() {
        let png = STANDARD.encode(b"\x89PNG\r\n\x1a\n0000");
        assert!(bytes(&format!("data:image/png;base64,{png}")).is_some());
        assert_eq!(bytes(&format!("data:text/html;base64,{png}")), None);
        assert_eq!(bytes(&format!("data:image/svg+xml;base64,{}", STANDARD.encode("<svg/>"))), None);
        assert_eq!(bytes("https://issuer.example/badge.png"), None);
        assert_eq!(bytes("data:image/png;base64,%%%"), None);
    }
}
