//! JSON Web Tokens in compact form (RFC 7515 §7.1, RFC 7519), as credentials and lists travel in them.
//!
//! [`open`] checks a token's signature and gives the credential in it, whichever of the three forms it has: in the claim `vc`
//! (VC Data Model 1.1 §6.3.1), as the whole payload (VC-JOSE-COSE §3.1), or that with registered claims beside it (Open Badges
//! 3.0 §8.2). [`sign`] writes the last one. The token alone decides nothing: a key in its header is not looked at.

mod claims;
mod sign;
mod signature;

pub(crate) use claims::dates;
pub use sign::sign;
pub use signature::{Opened, open, verify};

use crate::json::{self, JsonError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Why a text is not a token that Cairn reads, as half a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// Not three parts, or a part that is not base64url without padding.
    #[error("it is not three parts in base64url with dots between them")]
    Form,
    /// Header or payload is no JSON that can be read in one way.
    #[error("its {part}: {error}")]
    Json {
        /// `header` or `payload`.
        part: &'static str,
        /// What is wrong with the JSON.
        error: JsonError,
    },
    /// Header or payload is JSON of another kind.
    #[error("its {0} is not a JSON object")]
    NotAnObject(&'static str),
    /// The credential to be signed names no issuer, or another than the key's owner.
    #[error("the credential is not issued by the owner of the key")]
    NotTheSigner,
    /// A date of the credential to be signed has no zone, or is no date.
    #[error("its {0} is not a date with a time and a zone")]
    Date(&'static str),
}

/// A token taken apart; nothing about it is checked yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Token<'a> {
    /// The JOSE header.
    pub header: Map<String, Value>,
    /// The claims.
    pub payload: Map<String, Value>,
    /// What is signed: header and payload in base64url, with their dot.
    pub signed: &'a str,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

/// The text of a file that has the form of a compact token, without the white space around it. Says nothing about its parts.
pub fn compact(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
    let alphabet = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let mut parts = text.split('.');
    let three = [parts.next()?, parts.next()?, parts.next()?];
    // `{"` in base64url begins so, whatever follows.
    let whole = parts.next().is_none() && three.iter().all(|part| alphabet(part)) && text.starts_with("ey");
    whole.then_some(text)
}

/// Takes a token apart. The JSON in it follows the rules of [`json`], so that no claim stands twice.
pub fn parse(bytes: &[u8]) -> Result<Token<'_>, JwtError> {
    let text = compact(bytes).ok_or(JwtError::Form)?;
    if text.len() > json::MAX_BYTES * 4 / 3 {
        return Err(JwtError::Json { part: "payload", error: JsonError::TooLarge });
    }
    let (signed, signature) = text.rsplit_once('.').ok_or(JwtError::Form)?;
    let (header, payload) = signed.split_once('.').ok_or(JwtError::Form)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwtError::Form);
    let object = |part: &'static str, text: &str| match json::parse(&decode(text)?) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(JwtError::NotAnObject(part)),
        Err(error) => Err(JwtError::Json { part, error }),
    };
    Ok(Token { header: object("header", header)?, payload: object("payload", payload)?, signed, signature: decode(signature)? })
}

/// The claims of a token, its signature unchecked.
pub fn payload(bytes: &[u8]) -> Result<Map<String, Value>, JwtError> {
    parse(bytes).map(|token| token.payload)
}

#[cfg(test)]
mod tests;
