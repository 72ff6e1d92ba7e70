//! Files attached to a PDF (ISO 32000-2 §7.11.4), found without reading the document.
//!
//! An embedded file is a stream, and streams stand in a PDF for themselves, never inside compressed objects (§7.5.7). So they
//! are found by their type, in whatever order the document keeps them, and nothing else of a stranger's PDF needs to be
//! parsed. A file's own signature says whether it is what it claims; where in the document it hung does not matter.

use super::gather::Gather;
use super::{Kind, OpenError, open_into};
use flate2::read::ZlibDecoder;
use std::io::Read as _;

/// Largest PDF that is searched, in bytes.
pub const MAX_PDF_BYTES: usize = 256 * 1024 * 1024;
/// Most attachments that are looked into.
const MAX_ATTACHMENTS: usize = 64;
/// Longest dictionary of an embedded file's stream, in bytes.
const MAX_DICTIONARY: usize = 4096;

/// Opens a document's attachments into what has been gathered.
pub(super) fn open(gather: &mut Gather, pdf: &[u8], nesting: usize) -> Result<Kind, OpenError> {
    if pdf.len() > MAX_PDF_BYTES {
        return Err(OpenError::TooLarge(MAX_PDF_BYTES / (1024 * 1024)));
    }
    let attachments = Attachments { pdf, at: 0 };
    for (number, attachment) in attachments.take(MAX_ATTACHMENTS).enumerate() {
        let Some(bytes) = attachment.unpack(&mut gather.left) else { continue };
        gather.inside(&format!("attachment {}", number + 1), |gather| match bytes.starts_with(b"%PDF-") {
            true => Err(OpenError::Foreign("a PDF document")),
            false => open_into(gather, &bytes, nesting + 1),
        })?;
    }
    Ok(Kind::Pdf)
}

/// One embedded file as it lies in the document.
struct Attachment<'a> {
    dictionary: &'a [u8],
    /// From the stream's first byte to the end of the document: where it ends, its own form says.
    stream: &'a [u8],
}

/// Walks over the embedded files.
struct Attachments<'a> {
    pdf: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Attachments<'a> {
    type Item = Attachment<'a>;

    fn next(&mut self) -> Option<Attachment<'a>> {
        loop {
            let found = self.at + find(self.pdf.get(self.at..)?, b"/EmbeddedFile")?;
            self.at = found + b"/EmbeddedFile".len();
            let after = &self.pdf[self.at..];
            // `/EmbeddedFiles` is the list of names, `/EmbeddedFile` the type of a stream.
            if after.first().is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            let head = &after[..after.len().min(MAX_DICTIONARY)];
            let Some(keyword) = find(head, b"stream") else { continue };
            if find(&head[..keyword], b"endobj").is_some() {
                continue;
            }
            let opening = &self.pdf[found.saturating_sub(MAX_DICTIONARY)..found];
            let begin = opening.windows(4).rposition(|word| word == b" obj").map_or(0, |at| at + 4);
            let dictionary = &self.pdf[found - (opening.len() - begin)..self.at + keyword];
            let body = self.at + keyword + b"stream".len();
            let line_end = match self.pdf.get(body..)? {
                [b'\r', b'\n', ..] => 2,
                [b'\n' | b'\r', ..] => 1,
                _ => continue,
            };
            self.at = body + line_end;
            return Some(Attachment { dictionary, stream: &self.pdf[self.at..] });
        }
    }
}

impl Attachment<'_> {
    /// The file's bytes; None where it is packed in a way that no writer of attachments uses, or is larger than what is `left`.
    /// What was unpacked in vain counts as well: the same bytes may lie in many streams.
    fn unpack(&self, left: &mut u64) -> Option<Vec<u8>> {
        let names = |word: &[u8]| find(self.dictionary, word).is_some();
        if names(b"/FlateDecode") || names(b"/Fl ") {
            let mut bytes = Vec::new();
            let read = ZlibDecoder::new(self.stream).take(left.saturating_add(1)).read_to_end(&mut bytes);
            let fits = bytes.len() as u64 <= *left;
            *left = left.saturating_sub(bytes.len() as u64);
            return (read.is_ok() && fits).then_some(bytes);
        }
        if names(b"/Filter") {
            return None;
        }
        let length = self.length().or_else(|| find(self.stream, b"endstream"))?;
        let bytes = self.stream.get(..length)?;
        *left = left.checked_sub(bytes.len() as u64)?;
        Some(bytes.to_vec())
    }

    /// The stream's length where the dictionary gives it as a number (§7.3.8.2), not as a reference to one.
    fn length(&self) -> Option<usize> {
        let after = self.dictionary.get(find(self.dictionary, b"/Length ")? + b"/Length ".len()..)?;
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_reference = after[digits..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
        if is_reference { None } else { std::str::from_utf8(&after[..digits]).ok()?.parse().ok() }
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, word)
}
