//! Compact tokens (RFC 7515 §7.1), taken apart and not believed.

use super::OpenError;
use crate::json;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Whether a text is a token, by its first letters (those of `{"`, in Base64) and its alphabet.
pub(super) fn looks_like_one(text: &[u8]) -> bool {
    let alphabet = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~=".contains(byte);
    text.starts_with(b"ey") && text.contains(&b'.') && text.iter().all(alphabet)
}

/// The claims of a token as text.
pub(super) fn claims(token: &str) -> Result<Vec<u8>, OpenError> {
    if token.contains('~') {
        return Err(OpenError::Unsupported("a selectively disclosable token (SD-JWT)"));
    }
    let parts: Vec<&str> = token.split('.').collect();
    match parts.as_slice() {
        [_, payload, _] if payload.len() <= json::MAX_BYTES => {
            URL_SAFE_NO_PAD.decode(payload).map_err(|_| OpenError::Token("the middle part of its token is not Base64"))
        }
        [_, _, _] => Err(OpenError::TooLarge(16)),
        [_, _, _, _, _] => Err(OpenError::Unsupported("an encrypted token (JWE)")),
        _ => Err(OpenError::Token("its token does not have three parts")),
    }
}

/// What a token's claims hold: where the credential or presentation stands in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// The claims are the credential, or hold it as `vc` (VC-JOSE-COSE §3.1; VC Data Model 1.1 §6.3.1).
    Credential { member: Option<&'static str> },
    /// The claims are a presentation, or hold it as `vp`.
    Presentation { member: Option<&'static str> },
    /// An Open Badges 2.0 assertion.
    Assertion,
    /// None of these.
    Nothing,
}

/// Tells what claims hold.
pub(super) fn holds(claims: &Map<String, Value>) -> Holds {
    use super::shape::{Shape, shape};
    if claims.get("vc").is_some_and(Value::is_object) {
        return Holds::Credential { member: Some("vc") };
    }
    if claims.get("vp").is_some_and(Value::is_object) {
        return Holds::Presentation { member: Some("vp") };
    }
    match shape(claims) {
        Shape::Credential | Shape::Clr => Holds::Credential { member: None },
        Shape::Presentation => Holds::Presentation { member: None },
        Shape::Assertion => Holds::Assertion,
        Shape::Enveloped | Shape::BesideAssertion | Shape::Other => Holds::Nothing,
    }
}
