//! A request for an endorsement: a small file and a readable text that a learner sends to somebody who knows the work.
//!
//! It proves nothing and is not signed. Who receives it reads it in their own Cairn, writes what they have to say, and sends
//! back an endorsement signed with their own key.

use super::endorsement::{About, Endorsement};
use crate::json;
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// The `type` of a request file.
pub const REQUEST_TYPE: &str = "CairnEndorsementRequest";
/// Longest text in a request, in characters.
const LONGEST: usize = 20_000;

/// What a learner asks somebody to endorse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndorsementRequest {
    /// Names the request; the endorsement is told apart from others by its own.
    pub id: Uuid,
    /// Who asks.
    pub from: String,
    /// What is to be endorsed.
    pub about: About,
    /// What it says, so that the endorser knows what they vouch for.
    pub summary: String,
    /// What the learner writes to the endorser.
    pub message: String,
    /// When it was asked, RFC 3339.
    pub asked: String,
}

/// The file is not a request that can be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Not JSON, or of another kind.
    #[error("it is none that “Ask for an endorsement” saves")]
    NotARequest,
    /// A member is missing or too long.
    #[error("the request's {0} is missing or too long")]
    Member(&'static str),
}

impl EndorsementRequest {
    /// The file to send.
    pub fn to_bytes(&self) -> Vec<u8> {
        let request = json!({
            "type": REQUEST_TYPE,
            "id": self.id.urn().to_string(),
            "from": self.from,
            "about": {"id": self.about.id, "name": self.about.name},
            "summary": self.summary,
            "message": self.message,
            "asked": self.asked,
        });
        let mut bytes = serde_json::to_vec_pretty(&request).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads a request that somebody sent.
    ///
    /// # Errors
    /// Whatever is no request, or holds texts without end.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        let request = json::parse(bytes).map_err(|_| RequestError::NotARequest)?;
        if request.get("type").and_then(Value::as_str) != Some(REQUEST_TYPE) {
            return Err(RequestError::NotARequest);
        }
        let text = |pointer: &str, name: &'static str| {
            let text = request.pointer(pointer).and_then(Value::as_str);
            text.filter(|text| text.chars().count() <= LONGEST).map(str::to_owned).ok_or(RequestError::Member(name))
        };
        let id = text("/id", "id")?;
        Ok(Self {
            id: id.parse().map_err(|_| RequestError::Member("id"))?,
            from: text("/from", "sender")?,
            about: About { id: text("/about/id", "subject")?, name: text("/about/name", "subject")? },
            summary: text("/summary", "summary")?,
            message: text("/message", "message")?,
            asked: text("/asked", "date")?,
        })
    }

    /// The same to read, for an e-mail: who asks for what, and what to do.
    pub fn readable(&self) -> String {
        let (from, about) = (shown(&self.from), shown(&self.about.name));
        let message = if self.message.trim().is_empty() { String::new() } else { format!("{}\n\n", self.message.trim()) };
        format!(
            "{from} asks you to endorse: {about}\n\n{message}What it says:\n{}\n\n\
             To endorse it, open the attached file in Cairn, write what you can vouch for, and sign it. Cairn gives you a small\n\
             file to send back. You sign with your own key, and only what you write yourself.\n",
            self.summary.trim()
        )
    }

    /// The endorsement that answers this request, in the endorser's own words.
    pub fn fulfil(&self, id: Uuid, comment: &str, now: DateTime<Utc>) -> Endorsement {
        Endorsement { id, about: self.about.clone(), comment: comment.to_owned(), valid_from: now, valid_until: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> EndorsementRequest {
        EndorsementRequest {
            id: Uuid::from_u128(7),
            from: "Ada \u{202e}Example".into(),
            about: About { id: "urn:uuid:00000000-0000-0000-0000-000000000001".into(), name: "Incident lead".into() },
            summary: "Led the response to three outages.".into(),
            message: "Dear Grace, you were there.".into(),
            asked: "2026-03-01T09:00:00Z".into(),
        }
    }

    #[test]
    fn a_request_reads_back_as_it_was_sent() {
        assert_eq!(EndorsementRequest::parse(&request().to_bytes()).unwrap(), request());
    }

    #[test]
    fn its_readable_text_says_who_asks_for_what_and_hides_nothing() {
        let text = request().readable();
        assert!(text.starts_with("Ada \u{fffd}Example asks you to endorse: Incident lead\n"), "{text}");
        assert!(text.contains("Dear Grace") && text.contains("three outages"));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        assert_eq!(EndorsementRequest::parse(b"{}"), Err(RequestError::NotARequest));
        assert_eq!(EndorsementRequest::parse(b"x"), Err(RequestError::NotARequest));
        let mut long = request();
        long.summary = "x".repeat(LONGEST + 1);
        assert_eq!(EndorsementRequest::parse(&long.to_bytes()), Err(RequestError::Member("summary")));
    }
}
