//! The bits of a status list: compressed, in base64url, counted from the most significant one (Bitstring Status List §3.2). The
//! older Status List 2021 (§3.2) says no more than base64, and is written in either alphabet.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;
use std::borrow::Cow;
use std::io::Read as _;

/// Largest list once inflated, in bytes: eight million credentials. A bomb stops here.
const MAX_BYTES: u64 = 1024 * 1024;

/// A list, inflated.
pub(super) struct Bits {
    bytes: Vec<u8>,
    size: u64,
}

impl Bits {
    /// Inflates a list whose entries have `size` bits. `multibase`: with the `u` that the newer standard demands.
    ///
    /// A list of fewer than 131,072 entries is read like any other. That minimum (§2.2) hides from the list's keeper whom a
    /// verifier asks for; it says nothing of what the list says, and issuers publish lists of 100,000.
    pub fn decode(encoded: &str, multibase: bool, size: u64) -> Result<Self, String> {
        let text = if multibase { encoded.strip_prefix('u').ok_or("its bits are not in multibase base64url")? } else { encoded };
        if text.len() as u64 > MAX_BYTES * 4 / 3 {
            return Err("it is larger than 1 MiB".into());
        }
        let text = text.trim_end_matches('=');
        let text: Cow<'_, str> = if multibase { text.into() } else { text.replace('+', "-").replace('/', "_").into() };
        let packed = URL_SAFE_NO_PAD.decode(text.as_bytes()).map_err(|_| "its bits are not in base64url")?;
        let mut bytes = Vec::new();
        let mut source = GzDecoder::new(packed.as_slice()).take(MAX_BYTES + 1);
        source.read_to_end(&mut bytes).map_err(|_| "its bits cannot be inflated")?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err("it inflates to more than 1 MiB".into());
        }
        Ok(Self { bytes, size })
    }

    fn entries(&self) -> u64 {
        self.bytes.len() as u64 * 8 / self.size
    }

    /// The number at a place; None behind the end.
    pub fn value(&self, index: u64) -> Option<u64> {
        if index >= self.entries() {
            return None;
        }
        let start = index.checked_mul(self.size)?;
        (start..start.checked_add(self.size)?).try_fold(0, |value, bit| {
            let byte = self.bytes.get(usize::try_from(bit / 8).ok()?)?;
            Some(value << 1 | u64::from(byte >> (7 - bit % 8) & 1))
        })
    }
}
