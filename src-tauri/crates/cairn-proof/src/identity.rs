//! Whom a credential is about: plain or hashed identifiers (Open Badges 3.0 §B.3 IdentityObject, Open Badges 2.0 IdentityObject),
//! compared with the learner's own.

use crate::reason::Reason;
use crate::report::{Check, Part};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// What comparing told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "identity", rename_all = "kebab-case")]
pub enum Match {
    /// It is about the holder of this identity, as the learner wrote it.
    Yes(String),
    /// It names somebody, and none of the learner's identities.
    No,
    /// It names nobody, or in a way that cannot be compared.
    Unknown,
}

impl Match {
    /// As a part of a check.
    pub fn check(self) -> Check {
        let reason = match self {
            Self::Yes(identity) => Reason::IdentityMatches { identity: crate::shown(&identity) },
            Self::No => Reason::IdentityDiffers,
            Self::Unknown => Reason::IdentityUnknown,
        };
        Check { part: Part::Identity, reason }
    }
}

/// Whom a credential names.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(Vec<Named>);

impl Subject {
    /// Of a credential of either standard, or an Open Badges 2.0 assertion.
    pub fn of(credential: &Map<String, Value>) -> Subject {
        let mut named: Vec<Named> = crate::json::values(credential.get("recipient")).into_iter().filter_map(recipient).collect();
        for subject in crate::json::values(credential.get("credentialSubject")) {
            named.extend(crate::json::values(subject.get("identifier")).into_iter().filter_map(identifier));
            named.extend(subject.get("id").and_then(Value::as_str).map(|id| Named::Plain(id.to_owned())));
            named.extend(subject.get("email").and_then(Value::as_str).map(|email| Named::Plain(email.to_owned())));
        }
        Subject(named)
    }

    /// Compares that with the learner's identities: e-mail addresses, and DIDs or URLs where known.
    pub fn compared(&self, own: &[impl AsRef<str>]) -> Match {
        let own: Vec<&str> = own.iter().map(AsRef::as_ref).collect();
        let found = own.iter().find(|identity| self.0.iter().any(|named| named.is(identity)));
        match found {
            Some(identity) => Match::Yes((*identity).to_owned()),
            // An identifier that is no address of a person (a wallet's DID) says neither yes nor no to e-mail addresses.
            None if self.0.iter().any(|named| named.comparable(&own)) => Match::No,
            None => Match::Unknown,
        }
    }
}

/// One way in which a credential names somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Named {
    Plain(String),
    /// SHA-256 of identity and salt, in lower-case hex.
    Sha256 {
        hex: String,
        salt: String,
    },
}

impl Named {
    fn is(&self, identity: &str) -> bool {
        let identity = identity.trim();
        match self {
            Self::Plain(name) => {
                let bare = |text: &str| text.trim().strip_prefix("mailto:").unwrap_or(text.trim()).to_lowercase();
                let address = name.contains('@') && !name.starts_with("did:");
                if address { bare(name) == bare(identity) } else { name == identity }
            }
            // Issuers hash the address as it was given to them, and some its lower-case form.
            Self::Sha256 { hex, salt } => [identity.to_owned(), identity.to_lowercase()].iter().any(|text| {
                let digest = Sha256::new().chain_update(text).chain_update(salt).finalize();
                digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == *hex
            }),
        }
    }

    /// Whether any of the learner's identities is of a kind that this one could be.
    fn comparable(&self, own: &[&str]) -> bool {
        match self {
            Self::Sha256 { .. } => !own.is_empty(),
            Self::Plain(name) if name.contains('@') && !name.starts_with("did:") => own.iter().any(|identity| identity.contains('@')),
            Self::Plain(name) => own.iter().any(|identity| name.split(':').next() == identity.split(':').next()),
        }
    }
}

/// An entry of `credentialSubject.identifier` (Open Badges 3.0).
fn identifier(object: &Value) -> Option<Named> {
    let value = object.get("identityHash")?.as_str()?;
    named(value, object.get("hashed"), object.get("salt"))
}

/// `recipient` (Open Badges 2.0).
fn recipient(object: &Value) -> Option<Named> {
    named(object.get("identity")?.as_str()?, object.get("hashed"), object.get("salt"))
}

/// None for a hash that is not SHA-256, which cannot be compared.
fn named(value: &str, hashed: Option<&Value>, salt: Option<&Value>) -> Option<Named> {
    let prefixed = value.split_once('$').filter(|(algorithm, _)| algorithm.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let says_hashed = hashed.is_some_and(|hashed| hashed == &Value::Bool(true) || hashed.as_str() == Some("true"));
    match prefixed {
        Some((algorithm, hex)) if algorithm.eq_ignore_ascii_case("sha256") => {
            let salt = salt.and_then(Value::as_str).unwrap_or_default().to_owned();
            let whole = hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
            whole.then(|| Named::Sha256 { hex: hex.to_ascii_lowercase(), salt })
        }
        _ if says_hashed => None,
        _ => Some(Named::Plain(value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn matched(credential: Value, own: &[&str]) -> Match {
        Subject::of(credential.as_object().unwrap()).compared(own)
    }

    fn hashed(text: &str) -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    const ADA: &str = "ada@example.org";

    #[test]
    fn a_plain_address_matches_in_either_case() {
        let plain = json!({"recipient": {"type": "email", "hashed": false, "identity": "Ada@Example.org"}});
        assert_eq!(matched(plain, &[ADA]), Match::Yes(ADA.into()));
    }

    #[test]
    fn salted_hashes_match_in_either_case_of_hex_and_of_the_address() {
        for (text, hex) in [
            (ADA, hashed("ada@example.orgsalt")),
            (ADA, hashed("ada@example.orgsalt").to_uppercase()),
            ("Ada@Example.org", hashed("ada@example.orgsalt")),
        ] {
            let identifier = json!([{"type": "IdentityObject", "hashed": true, "identityHash": format!("sha256${hex}"), "identityType": "emailAddress", "salt": "salt"}]);
            let credential = json!({"credentialSubject": {"identifier": identifier}});
            assert_eq!(matched(credential.clone(), &["bob@example.org", text]), Match::Yes(text.into()));
            assert_eq!(matched(credential.clone(), &["bob@example.org"]), Match::No);
            assert_eq!(matched(credential, &[]), Match::Unknown);
        }
        let unsalted = json!({"recipient": {"type": "email", "hashed": true, "identity": format!("sha256${}", hashed(ADA))}});
        assert_eq!(matched(unsalted, &[ADA]), Match::Yes(ADA.into()));
    }

    #[test]
    fn what_cannot_be_compared_is_neither_yes_nor_no() {
        let md5 = json!({"recipient": {"type": "email", "hashed": true, "identity": "md5$8d3ec2f4a6f4b9a7c1f0b8c0a8e4f4d0"}});
        assert_eq!(matched(md5, &[ADA]), Match::Unknown);
        assert_eq!(matched(json!({"credentialSubject": {"id": "did:key:z6MkWallet"}}), &[ADA]), Match::Unknown);
        assert_eq!(
            matched(json!({"credentialSubject": {"id": "did:key:z6MkWallet"}}), &["did:key:z6MkWallet"]),
            Match::Yes("did:key:z6MkWallet".into())
        );
        assert_eq!(matched(json!({"credentialSubject": {"id": "mailto:Ada@example.org"}}), &[ADA]), Match::Yes(ADA.into()));
        assert_eq!(matched(json!({}), &[ADA]), Match::Unknown);
    }

    #[test]
    fn whom_a_credential_names_can_be_kept() {
        let hash = format!("sha256${}", hashed("ada@example.orgsalt"));
        let credential = json!({"credentialSubject": {
            "id": "did:key:z6MkWallet",
            "identifier": [{"type": "IdentityObject", "hashed": true, "identityHash": hash, "salt": "salt"}],
        }});
        let subject = Subject::of(credential.as_object().unwrap());
        let kept: Subject = serde_json::from_value(serde_json::to_value(&subject).unwrap()).unwrap();
        assert_eq!((kept.compared(&[ADA]), kept), (Match::Yes(ADA.into()), subject));
    }
}
