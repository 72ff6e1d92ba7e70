//! A Comprehensive Learner Record 2.0: the whole record, or a collection of it, under one signature.
//!
//! Each credential that was received goes in as the JSON object that its issuer signed; its own proof stays checkable. What
//! is no JSON, or is written in contexts that cannot stand inside this one, is left out and named.

use super::achievement::urn;
use super::{CLR, CREDENTIALS, Document, IssueError, OPEN_BADGES, Signer, profile, put_list, said};
use crate::date;
use crate::did_key::DidKey;
use crate::json;
use crate::jsonld::{self, Source};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// A credential that may go into the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// What the learner calls it, for the list of what was left out.
    pub name: String,
    /// Its bytes as received or signed.
    pub bytes: Vec<u8>,
}

/// How two achievements or credentials in the record belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    /// One of CLR's association types, such as `isPartOf`.
    pub kind: String,
    /// The id of the one.
    pub source: String,
    /// The id of the other.
    pub target: String,
}

/// A record to sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Clr {
    /// Names the record.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether it leaves out some of what the learner has.
    pub partial: bool,
    /// Its credentials.
    pub members: Vec<Member>,
    /// How they belong together.
    pub associations: Vec<Association>,
    /// From when on it holds.
    pub valid_from: DateTime<Utc>,
    /// Until when it holds.
    pub valid_until: Option<DateTime<Utc>>,
}

/// A credential that is not in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What the learner calls it.
    pub name: String,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a credential cannot stand in a Comprehensive Learner Record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyLeftOut {
    /// It is a signed text, which a record of JSON cannot hold.
    #[error("it is a signed text (JWT), and this record holds JSON alone")]
    Jwt,
    /// It is an Open Badges 2.0 badge.
    #[error("it is an Open Badges 2.0 badge, which this record has no place for")]
    OpenBadges2,
    /// It is built on VC Data Model 1.1.
    #[error("it is built on an older standard that cannot be mixed with this record's")]
    Older,
    /// It is no credential that Cairn reads.
    #[error("it is not a credential as JSON")]
    NotACredential,
    /// Its terms cannot be read inside this record, or say something else there.
    #[error("its terms cannot be read inside this record")]
    Terms,
}

impl Clr {
    /// The record as `did` will sign it, and what is not in it.
    ///
    /// # Errors
    /// Nothing that could go in, what is missing, or what the schema says.
    pub fn document(&self, signer: &Signer, did: DidKey) -> Result<(Document, Vec<LeftOut>), IssueError> {
        if self.valid_until.is_some_and(|until| until < self.valid_from) {
            return Err(IssueError::EndsBeforeItBegins);
        }
        let (mut inside, mut left_out) = (Vec::new(), Vec::new());
        for member in &self.members {
            match embeddable(&member.bytes) {
                Ok(value) => inside.push(value),
                Err(why) => left_out.push(LeftOut { name: member.name.clone(), why }),
            }
        }
        if inside.is_empty() {
            return Err(IssueError::Missing("a credential that can stand in the record"));
        }
        let names: Vec<String> = inside.iter().flat_map(names).collect();
        let known = |association: &&Association| names.contains(&association.source) && names.contains(&association.target);
        let associations = self.associations.iter().filter(known).map(Association::json).collect();
        let mut subject = json!({"id": did.to_string(), "type": ["ClrSubject"], "verifiableCredential": inside});
        put_list(&mut subject, "association", associations);
        let mut credential = json!({
            "@context": [CREDENTIALS, CLR, OPEN_BADGES],
            "id": urn(self.id),
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": said("the record's name", &self.name)?,
            "issuer": profile(signer, did)?,
            "validFrom": date::format(self.valid_from),
            "partial": self.partial || !left_out.is_empty(),
            "credentialSubject": subject,
        });
        if let Some(until) = self.valid_until {
            credential["validUntil"] = date::format(until).into();
        }
        match credential {
            Value::Object(content) => Ok((Document::new(content, did)?, left_out)),
            _ => Err(IssueError::Missing("the content")),
        }
    }
}

impl Association {
    fn json(&self) -> Value {
        json!({"type": "Association", "associationType": self.kind, "sourceId": self.source, "targetId": self.target})
    }
}

/// The credential as the JSON object that goes in.
fn embeddable(bytes: &[u8]) -> Result<Value, WhyLeftOut> {
    let text = std::str::from_utf8(bytes).map_err(|_| WhyLeftOut::NotACredential)?.trim();
    if text.split('.').count() == 3 && !text.starts_with('{') {
        return Err(WhyLeftOut::Jwt);
    }
    let value = json::parse(text.as_bytes()).map_err(|_| WhyLeftOut::NotACredential)?;
    let is = |name: &str| {
        let types = value.get("type");
        types.is_some_and(|types| types == name || types.as_array().is_some_and(|types| types.iter().any(|own| own == name)))
    };
    if is("Assertion") {
        return Err(WhyLeftOut::OpenBadges2);
    }
    if !is("VerifiableCredential") {
        return Err(WhyLeftOut::NotACredential);
    }
    match value.pointer("/@context/0").and_then(Value::as_str) {
        Some(CREDENTIALS) => stands_inside(value),
        _ => Err(WhyLeftOut::Older),
    }
}

/// A credential whose terms can be read inside the record: contexts protect their terms, so that those that differ clash.
fn stands_inside(value: Value) -> Result<Value, WhyLeftOut> {
    let mut around = json!({
        "@context": [CREDENTIALS, CLR, OPEN_BADGES],
        "type": ["VerifiableCredential", "ClrCredential"],
        "credentialSubject": {"type": ["ClrSubject"]},
    });
    around["credentialSubject"]["verifiableCredential"] = json!([value]);
    let Value::Object(members) = &around else { return Err(WhyLeftOut::NotACredential) };
    jsonld::read(Source { members, without: &[], context: None }).map_err(|_| WhyLeftOut::Terms)?;
    Ok(value)
}

/// The ids that associations may name: the credential's and its achievement's.
fn names(credential: &Value) -> Vec<String> {
    let at = ["/id", "/credentialSubject/achievement/id"];
    at.iter().filter_map(|pointer| credential.pointer(pointer)?.as_str().map(str::to_owned)).collect()
}
