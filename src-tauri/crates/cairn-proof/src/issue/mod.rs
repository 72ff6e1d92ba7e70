//! What a learner signs: claims as plain data become credentials in the forms that others read.
//!
//! ```text
//! Achievement ─┐                              ┌─ sign ──────▶ JSON with an eddsa-rdfc-2022 proof ─▶ baked into PNG or SVG
//! Endorsement ─┼─▶ Document (schema checked) ─┤
//! Clr ─────────┘                              └─ sign_jwt ──▶ compact VC-JWT with EdDSA
//! ```
//!
//! Contexts are those of VC Data Model 2.0, Open Badges 3.0.3 and CLR 2.0.1. A document that 1EdTech's schema refuses, or
//! that holds an address that is none, never reaches the key. Issuer and subject of an achievement are both the learner, and
//! its description says so.

mod achievement;
mod clr;
mod endorsement;
pub mod picture;
mod request;
pub mod schema;
mod write;

pub use achievement::{Achievement, Alignment, Evidence, Identity, Level, Measure, Outcome};
pub use clr::{Association, Clr, LeftOut, Member, WhyLeftOut};
pub use endorsement::{About, Endorsement};
pub use request::{EndorsementRequest, RequestError};
pub use schema::SchemaError;
pub use write::{bake_png, bake_svg};

use crate::did_key::DidKey;
use serde_json::{Map, Value, json};

/// The context of VC Data Model 2.0, first in every document.
pub const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
/// The context of Open Badges 3.0.
pub const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// The context of Comprehensive Learner Record 2.0.
pub const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signer {
    /// The name that readers see; anybody can write any name, the key alone is proven.
    pub name: Option<String>,
    /// A page about the signer.
    pub url: Option<String>,
    /// An address, where the signer wants it read by everybody.
    pub email: Option<String>,
}

/// A credential before it is signed: complete, and of the shape its standard demands.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    content: Map<String, Value>,
    issuer: DidKey,
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// Something that every credential of its kind says is not said.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An address is not an absolute one, so that it would mean nothing to a reader.
    #[error("{place} is not an address: {text}")]
    NotAnAddress {
        /// Which one.
        place: &'static str,
        /// What stands there, safe to show.
        text: String,
    },
    /// The end lies before the beginning.
    #[error("it would end before it begins")]
    EndsBeforeItBegins,
    /// A result names a level or a measure that is not described.
    #[error("the result names {0}, which nothing describes")]
    UnknownLevel(String),
    /// The document is not what its standard's schema demands.
    #[error("it is not what its standard demands: {0}")]
    Schema(#[from] SchemaError),
    /// The document names another issuer than the key.
    #[error("it was made for {expected} to sign, and the key is {found}")]
    OtherKey {
        /// The issuer in the document.
        expected: String,
        /// The key's name.
        found: String,
    },
    /// The document has no meaning that could be signed: an undefined term, an unknown context.
    #[error("it cannot be signed: {0}")]
    Unsignable(String),
    /// The picture could not carry it.
    #[error("the badge could not be put into the picture: {0}")]
    Picture(String),
}

impl Document {
    /// Checks content against its schema.
    fn new(content: Map<String, Value>, issuer: DidKey) -> Result<Self, IssueError> {
        let value = Value::Object(content);
        match schema::check(&value) {
            Some(checked) => checked?,
            None => return Err(IssueError::Unsignable("there is no schema to check it by".into())),
        }
        let Value::Object(content) = value else { return Err(IssueError::Missing("the content")) };
        Ok(Self { content, issuer })
    }

    /// The credential without its proof.
    pub fn content(&self) -> &Map<String, Value> {
        &self.content
    }

    /// The key that must sign it.
    pub fn issuer(&self) -> DidKey {
        self.issuer
    }
}

/// The signer as an Open Badges profile (§B.1.17).
fn profile(signer: &Signer, did: DidKey) -> Result<Value, IssueError> {
    let mut profile = json!({"id": did.to_string(), "type": ["Profile"]});
    put(&mut profile, "name", signer.name.as_deref());
    put(&mut profile, "email", signer.email.as_deref());
    if let Some(url) = &signer.url {
        profile["url"] = address("the signer's page", url)?.into();
    }
    Ok(profile)
}

/// Sets a member where there is a text that says something.
fn put(object: &mut Value, member: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        object[member] = text.into();
    }
}

/// A text that must say something.
fn said<'a>(what: &'static str, text: &'a str) -> Result<&'a str, IssueError> {
    if text.trim().is_empty() { Err(IssueError::Missing(what)) } else { Ok(text) }
}

/// An absolute address (RFC 3986 §4.3, as far as JSON-LD asks): a scheme and something after it, without spaces.
fn address<'a>(place: &'static str, text: &'a str) -> Result<&'a str, IssueError> {
    let scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    };
    let safe = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
    let fits = text.split_once(':').is_some_and(|(before, after)| scheme(before) && !after.is_empty() && after.chars().all(safe));
    if fits { Ok(text) } else { Err(IssueError::NotAnAddress { place, text: crate::text::shown(text) }) }
}

/// A member with a list, left out where it is empty.
fn put_list(object: &mut Value, member: &str, list: Vec<Value>) {
    if !list.is_empty() {
        object[member] = list.into();
    }
}
