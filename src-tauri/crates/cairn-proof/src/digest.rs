//! SHA-256 of a stream, and its `digestMultibase` (VC Data Integrity 1.0 §2.6): a multihash in multibase.

use crate::multibase::{self, MultibaseError};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::{self, Read};

/// Multihash code of sha2-256 and its length in bytes.
const SHA2_256: [u8; 2] = [0x12, 0x20];

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// Why a `digestMultibase` cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DigestError {
    /// The text is not multibase.
    #[error(transparent)]
    Multibase(#[from] MultibaseError),
    /// The multihash is cut short, or made with something other than SHA-256.
    #[error("the digest is not a SHA-256 multihash")]
    NotSha256,
}

impl Digest {
    /// The digest of bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of everything a reader gives, and how many bytes that was; never more than one buffer in memory.
    pub fn of_reader(reader: &mut impl Read) -> io::Result<(Self, u64)> {
        let mut digesting = Digesting::new(reader);
        io::copy(&mut digesting, &mut io::sink())?;
        Ok(digesting.finish())
    }

    /// From the 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The `digestMultibase` text, in base64url as in the examples of VC Data Model 2.0 §5.3.
    pub fn to_multibase(self) -> String {
        let mut multihash = SHA2_256.to_vec();
        multihash.extend_from_slice(&self.0);
        multibase::base64url(&multihash)
    }

    /// Reads a `digestMultibase` in either alphabet.
    pub fn from_multibase(text: &str) -> Result<Self, DigestError> {
        let multihash = multibase::decode(text)?;
        let digest = multihash.strip_prefix(&SHA2_256).ok_or(DigestError::NotSha256)?;
        Ok(Self(digest.try_into().map_err(|_| DigestError::NotSha256)?))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.to_multibase())
    }
}

/// A reader that passes bytes on and digests them on the way.
pub struct Digesting<R> {
    inner: R,
    hasher: Sha256,
    length: u64,
}

impl<R: Read> Digesting<R> {
    /// Digests what is read from `inner` from here on.
    pub fn new(inner: R) -> Self {
        Self { inner, hasher: Sha256::new(), length: 0 }
    }

    /// The digest of what was read, and its length in bytes.
    pub fn finish(self) -> (Digest, u64) {
        (Digest(self.hasher.finalize().into()), self.length)
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_and_its_bytes_have_one_digest() {
        let bytes = vec![7u8; 300_000];
        assert_eq!(Digest::of_reader(&mut bytes.as_slice()).unwrap(), (Digest::of(&bytes), 300_000));
    }

    #[test]
    fn a_digest_is_read_in_both_alphabets() {
        // SHA-256 of the empty input, FIPS 180-4.
        let empty = Digest::of(b"");
        assert_eq!(empty.to_multibase(), "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ");
        assert_eq!(Digest::from_multibase("zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n").unwrap(), empty);
        assert_eq!(Digest::from_multibase(&empty.to_multibase()).unwrap(), empty);
    }

    #[test]
    fn another_hash_or_a_short_one_is_refused() {
        assert_eq!(Digest::from_multibase(&multibase::base64url(&[0x13, 0x20, 1])), Err(DigestError::NotSha256));
        assert_eq!(Digest::from_multibase(&multibase::base64url(&[0x12, 0x20, 1])), Err(DigestError::NotSha256));
    }
}
