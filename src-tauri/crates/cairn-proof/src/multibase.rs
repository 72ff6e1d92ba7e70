//! Multibase text (W3C Controlled Identifiers 1.0 §2.4): base58btc with `z`, base64url without padding with `u`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Longest multibase text that is decoded, in bytes; base58 costs the square of its length.
const LONGEST: usize = 1024;

/// Why a text is not multibase that Cairn reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MultibaseError {
    /// The first character names an alphabet other than base58btc or base64url.
    #[error("the multibase prefix is neither z (base58btc) nor u (base64url)")]
    Prefix,
    /// A character is not in the alphabet that the prefix names, or padding is left over.
    #[error("the text is not in the alphabet that its multibase prefix names")]
    Alphabet,
    /// The text is longer than any key, signature or digest.
    #[error("the multibase text is longer than {LONGEST} bytes")]
    Length,
}

/// `z` and the bytes in base58btc: the form of keys and proof values.
pub fn base58btc(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// `u` and the bytes in base64url without padding: the form of digests.
pub fn base64url(bytes: &[u8]) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// The bytes behind either form.
pub fn decode(text: &str) -> Result<Vec<u8>, MultibaseError> {
    if text.len() > LONGEST {
        return Err(MultibaseError::Length);
    }
    match text.as_bytes().first() {
        Some(b'z') => bs58::decode(&text[1..]).into_vec().map_err(|_| MultibaseError::Alphabet),
        Some(b'u') => URL_SAFE_NO_PAD.decode(&text[1..]).map_err(|_| MultibaseError::Alphabet),
        _ => Err(MultibaseError::Prefix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_alphabets_give_back_what_they_took(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(decode(&base58btc(&bytes)).unwrap(), bytes.clone());
            prop_assert_eq!(decode(&base64url(&bytes)).unwrap(), bytes);
        }

        #[test]
        fn any_text_is_decoded_or_refused_without_a_panic(text in ".{0,60}") {
            let _ = decode(&text);
        }
    }

    #[test]
    fn leading_zero_bytes_survive_base58() {
        assert_eq!(base58btc(&[0, 0, 1]), "z112");
        assert_eq!(decode("z112").unwrap(), [0, 0, 1]);
    }

    #[test]
    fn other_alphabets_padding_and_endless_text_are_refused() {
        assert_eq!(decode("mAAA"), Err(MultibaseError::Prefix));
        assert_eq!(decode(""), Err(MultibaseError::Prefix));
        assert_eq!(decode("uAA=="), Err(MultibaseError::Alphabet));
        assert_eq!(decode("z0OIl"), Err(MultibaseError::Alphabet));
        assert_eq!(decode(&"z".repeat(LONGEST + 1)), Err(MultibaseError::Length));
    }
}
