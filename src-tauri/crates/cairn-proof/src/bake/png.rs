//! A credential in a PNG's text chunks (PNG third edition §11.3.3), written as Open Badges 3.0 §5.3.1 says.
//!
//! The chunks are walked here, not through an image decoder: the picture's own bytes stay as they were, text after the
//! image data is found, and pixels are never decoded.

use super::{BakeError, Baked, Generation, MAX_BYTES, only};
use flate2::Crc;
use flate2::read::ZlibDecoder;
use std::io::Read as _;

/// What every PNG begins with (PNG §5.2).
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length, type and checksum around a chunk's data.
const FRAME: usize = 12;

impl Generation {
    fn keyword(self) -> &'static [u8] {
        match self {
            Self::OpenBadges2 => b"openbadges",
            Self::OpenBadges3 => b"openbadgecredential",
        }
    }
}

/// The credential in a PNG, None where it is an ordinary picture.
///
/// # Errors
/// A picture that is too large or cut short, a credential whose checksum or compression is broken, two different ones.
pub fn read(image: &[u8]) -> Result<Option<Baked>, BakeError> {
    let (chunks, whole) = chunks(image)?;
    for generation in Generation::NEWEST_FIRST {
        let found: Vec<_> = chunks.iter().filter_map(|chunk| chunk.text(generation.keyword())).collect();
        let first_fault = found.iter().find_map(|text| text.clone().err());
        let texts: Vec<String> = found.into_iter().filter_map(Result::ok).collect();
        match (only(texts)?, first_fault) {
            (Some(text), _) => return Ok(Some(Baked { generation, text })),
            (None, Some(fault)) => return Err(fault),
            (None, None) => {}
        }
    }
    if whole { Ok(None) } else { Err(damaged("it is cut short")) }
}

/// The picture with the credential in it, in the place of any older one.
///
/// # Errors
/// A picture that is no PNG, cut short, or larger than [`MAX_BYTES`] with the credential.
pub fn write(image: &[u8], text: &str, generation: Generation) -> Result<Vec<u8>, BakeError> {
    let (chunks, whole) = chunks(image)?;
    if !whole {
        return Err(damaged("it is cut short"));
    }
    // The credential goes behind the header, which comes first in every PNG (PNG §5.6).
    if chunks.first().is_none_or(|chunk| chunk.kind != b"IHDR") {
        return Err(damaged("it does not begin with its header"));
    }
    let mut baked = Vec::with_capacity(image.len() + text.len() + 64);
    baked.extend(SIGNATURE);
    for chunk in chunks {
        if Generation::NEWEST_FIRST.iter().any(|old| chunk.has_keyword(old.keyword())) {
            continue;
        }
        baked.extend(chunk.raw);
        if chunk.kind == b"IHDR" {
            // Keyword, no compression, no language, no translated keyword (PNG §11.3.3.4).
            let data = [generation.keyword(), &[0, 0, 0, 0, 0], text.as_bytes()].concat();
            push_chunk(&mut baked, b"iTXt", &data)?;
        }
    }
    if baked.len() > MAX_BYTES { Err(BakeError::TooLarge) } else { Ok(baked) }
}

fn push_chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Result<(), BakeError> {
    let length = u32::try_from(data.len()).map_err(|_| BakeError::TooLarge)?;
    png.extend(length.to_be_bytes());
    png.extend(kind);
    png.extend(data);
    png.extend(checksum(kind, data).to_be_bytes());
    Ok(())
}

fn checksum(kind: &[u8], data: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(kind);
    crc.update(data);
    crc.sum()
}

fn damaged(fault: &str) -> BakeError {
    BakeError::Damaged(fault.into())
}

struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    /// The chunk with its frame.
    raw: &'a [u8],
}

/// Every chunk, and whether the last of them ends the picture.
fn chunks(image: &[u8]) -> Result<(Vec<Chunk<'_>>, bool), BakeError> {
    if image.len() > MAX_BYTES {
        return Err(BakeError::TooLarge);
    }
    let mut rest = image.strip_prefix(SIGNATURE).ok_or(BakeError::Kind("PNG"))?;
    let mut chunks = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        if length > MAX_BYTES || after.len() < length + FRAME - 4 {
            return Ok((chunks, false));
        }
        let chunk = Chunk { kind: &after[..4], data: &after[4..4 + length], raw: &rest[..length + FRAME] };
        rest = &rest[length + FRAME..];
        let is_end = chunk.kind == b"IEND";
        chunks.push(chunk);
        if is_end {
            return Ok((chunks, true));
        }
    }
    Ok((chunks, false))
}

impl Chunk<'_> {
    fn has_keyword(&self, keyword: &[u8]) -> bool {
        let is_text = matches!(self.kind, b"iTXt" | b"tEXt" | b"zTXt");
        is_text && self.data.strip_prefix(keyword).is_some_and(|rest| rest.first() == Some(&0))
    }

    /// The chunk's text if it stands under this keyword.
    fn text(&self, keyword: &[u8]) -> Option<Result<String, BakeError>> {
        self.has_keyword(keyword).then(|| self.decode(&self.data[keyword.len() + 1..]))
    }

    /// The text after the keyword (PNG §11.3.3.2 to §11.3.3.4). Latin-1 chunks are read as UTF-8 too: that is what bakers of
    /// the first badges put there.
    fn decode(&self, value: &[u8]) -> Result<String, BakeError> {
        if self.raw[self.raw.len() - 4..] != checksum(self.kind, self.data).to_be_bytes() {
            return Err(damaged("the checksum of its credential is wrong"));
        }
        let bytes = match (self.kind, value) {
            (b"tEXt", text) => text.to_vec(),
            (b"zTXt", [0, packed @ ..]) => inflate(packed)?,
            (b"iTXt", [compressed, method, rest @ ..]) => {
                let mut parts = rest.splitn(3, |byte| *byte == 0);
                let (Some(_language), Some(_translated), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
                    return Err(damaged("its text chunk is cut short"));
                };
                match (compressed, method) {
                    (0, _) => text.to_vec(),
                    (1, 0) => inflate(text)?,
                    _ => return Err(damaged("its text chunk is compressed in an unknown way")),
                }
            }
            _ => return Err(damaged("its text chunk is cut short")),
        };
        String::from_utf8(bytes).map_err(|_| BakeError::NotText)
    }
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, BakeError> {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(packed).take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|_| damaged("its text chunk does not unpack"))?;
    if bytes.len() > MAX_BYTES { Err(BakeError::TextTooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use proptest::prelude::*;
    use std::io::Write as _;

    /// Eight grey pixels by the `png` crate, so that not only we think that it is a PNG.
    fn picture() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut bytes, 4, 2);
        encoder.set_color(::png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[0, 40, 80, 120, 160, 200, 240, 255]).unwrap();
        bytes
    }

    /// The picture with chunks before its end.
    fn with(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut bytes = picture();
        let end = bytes.split_off(bytes.len() - FRAME);
        for (kind, data) in chunks {
            push_chunk(&mut bytes, kind, data).unwrap();
        }
        [bytes, end].concat()
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn text(image: &[u8]) -> Option<String> {
        read(image).unwrap().map(|baked| baked.text)
    }

    #[test]
    fn a_picture_without_its_header_is_refused() {
        let mut headless = SIGNATURE.to_vec();
        push_chunk(&mut headless, b"IEND", b"").unwrap();
        assert!(matches!(write(&headless, "{}", Generation::OpenBadges3), Err(BakeError::Damaged(_))));
    }

    #[test]
    fn what_is_baked_is_read_and_the_picture_is_still_one() {
        let credential = r#"{"name":"Łódź® 👩🏽‍🎓 שלום"}"#;
        let baked = write(&picture(), credential, Generation::OpenBadges3).unwrap();
        assert_eq!(read(&baked).unwrap(), Some(Baked { generation: Generation::OpenBadges3, text: credential.into() }));
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(&baked)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!(pixels, [0, 40, 80, 120, 160, 200, 240, 255]);
        let chunk = &reader.info().utf8_text[0];
        assert_eq!((chunk.keyword.as_str(), chunk.compressed), ("openbadgecredential", false));
        assert_eq!(chunk.get_text().unwrap(), credential);
    }

    #[test]
    fn a_new_credential_takes_the_place_of_the_old() {
        let old = write(&with(&[(b"tEXt", b"openbadges\0https://a.example/1")]), "one", Generation::OpenBadges3).unwrap();
        let new = write(&old, "two", Generation::OpenBadges3).unwrap();
        assert_eq!(new, write(&picture(), "two", Generation::OpenBadges3).unwrap());
    }

    #[test]
    fn every_kind_of_text_chunk_is_read_also_after_the_image_data() {
        let international = [b"openbadges\0\x01\0en\0Abzeichen\0".as_slice(), &packed("{\"é\":1}")].concat();
        let compressed = [b"openbadges\0\0".as_slice(), &packed("{}")].concat();
        assert_eq!(text(&with(&[(b"iTXt", &international)])).unwrap(), "{\"é\":1}");
        assert_eq!(text(&with(&[(b"zTXt", &compressed)])).unwrap(), "{}");
        assert_eq!(text(&with(&[(b"tEXt", b"openbadges\0https://a.example/1")])).unwrap(), "https://a.example/1");
        assert_eq!(text(&with(&[(b"iTXt", b"openbadges\0\0\0\0\0{}")])).unwrap(), "{}");
        assert_eq!(text(&with(&[(b"iTXt", b"openbadgesX\0\0\0\0\0{}"), (b"tEXt", b"Title\0openbadges")])), None);
    }

    #[test]
    fn the_same_twice_is_one_and_two_different_are_refused() {
        let (one, other) = (b"openbadgecredential\0\0\0\0\0one".as_slice(), b"openbadgecredential\0\0\0\0\0other".as_slice());
        assert_eq!(text(&with(&[(b"iTXt", one), (b"iTXt", one)])).unwrap(), "one");
        assert_eq!(read(&with(&[(b"iTXt", one), (b"iTXt", other)])), Err(BakeError::Conflict));
        let both = with(&[(b"iTXt", b"openbadges\0\0\0\0\0https://a.example"), (b"iTXt", one)]);
        assert_eq!(text(&both).unwrap(), "one");
    }

    #[test]
    fn a_credential_with_a_wrong_checksum_is_passed_over_for_a_sound_one() {
        let chunk = b"openbadges\0\0\0\0\0one".as_slice();
        let mut broken = with(&[(b"iTXt", chunk)]);
        let at = broken.len() - FRAME - 1;
        broken[at] ^= 1;
        assert!(matches!(read(&broken), Err(BakeError::Damaged(_))));
        let end = broken.split_off(broken.len() - FRAME);
        push_chunk(&mut broken, b"iTXt", chunk).unwrap();
        assert_eq!(text(&[broken, end].concat()).unwrap(), "one");
    }

    #[test]
    fn hostile_pictures_are_refused_with_their_fault() {
        assert_eq!(read(b"GIF89a"), Err(BakeError::Kind("PNG")));
        let picture = picture();
        assert!(matches!(read(&picture[..picture.len() - 3]), Err(BakeError::Damaged(_))));
        assert_eq!(read(&[SIGNATURE, &vec![0; MAX_BYTES]].concat()), Err(BakeError::TooLarge));
        assert_eq!(read(&with(&[(b"tEXt", b"openbadges\0\xff\xfe")])), Err(BakeError::NotText));
        assert!(matches!(read(&with(&[(b"iTXt", b"openbadges\0\0\0")])), Err(BakeError::Damaged(_))));
        assert!(matches!(read(&with(&[(b"zTXt", b"openbadges\0\0nonsense")])), Err(BakeError::Damaged(_))));
        let bomb = [b"openbadges\0\0".as_slice(), &packed(&" ".repeat(MAX_BYTES + 1))].concat();
        assert_eq!(read(&with(&[(b"zTXt", &bomb)])), Err(BakeError::TextTooLarge));
        let endless = [SIGNATURE, &u32::MAX.to_be_bytes(), b"iTXtopenbadges\0"].concat();
        assert!(matches!(read(&endless), Err(BakeError::Damaged(_))));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_any_bytes_are_survived(text in any::<String>(), cut in 0usize..400, noise in any::<Vec<u8>>()) {
            let mut baked = write(&picture(), &text, Generation::OpenBadges2).unwrap();
            prop_assert_eq!(read(&baked).unwrap().unwrap().text, text);
            let at = cut.min(baked.len());
            baked.splice(at.., noise);
            let _ = read(&baked);
        }
    }
}
