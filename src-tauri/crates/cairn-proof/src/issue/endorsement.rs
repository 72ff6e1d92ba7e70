//! An Open Badges 3.0 EndorsementCredential: somebody vouches for somebody else, or for what they hold.

use super::achievement::urn;
use super::{CREDENTIALS, Document, IssueError, OPEN_BADGES, Signer, address, profile, said};
use crate::date;
use crate::did_key::DidKey;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// What is endorsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its address: a credential's id, an achievement's, or a person's DID.
    pub id: String,
    /// What it is called, for the endorsement's title.
    pub name: String,
}

/// What somebody says for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// Names this endorsement.
    pub id: Uuid,
    /// What is endorsed.
    pub about: About,
    /// What the endorser says, as plain text.
    pub comment: String,
    /// From when on it holds.
    pub valid_from: DateTime<Utc>,
    /// Until when it holds.
    pub valid_until: Option<DateTime<Utc>>,
}

impl Endorsement {
    /// The credential as `did` will sign it.
    ///
    /// # Errors
    /// What is missing, an address that is none, or what the schema says.
    pub fn document(&self, signer: &Signer, did: DidKey) -> Result<Document, IssueError> {
        if self.valid_until.is_some_and(|until| until < self.valid_from) {
            return Err(IssueError::EndsBeforeItBegins);
        }
        let mut credential = json!({
            "@context": [CREDENTIALS, OPEN_BADGES],
            "id": urn(self.id),
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": format!("Endorsement of {}", said("the name of what is endorsed", &self.about.name)?),
            "issuer": profile(signer, did)?,
            "validFrom": date::format(self.valid_from),
            "credentialSubject": {
                "id": address("what is endorsed", &self.about.id)?,
                "type": ["EndorsementSubject"],
                "endorsementComment": said("what the endorser says", &self.comment)?,
            },
        });
        if let Some(until) = self.valid_until {
            credential["validUntil"] = date::format(until).into();
        }
        match credential {
            Value::Object(content) => Document::new(content, did),
            _ => Err(IssueError::Missing("the content")),
        }
    }
}
