//! Signed badges: a JWS whose key the issuer's profile lists, and a revocation list that the profile names.

use super::{Badge, id_of};
use crate::reason::Reason;
use crate::report::{Part, ProofReport};
use crate::text::shown;
use crate::{date, json, jwt, status};
use serde_json::{Map, Value};

impl<'a> Badge<'a> {
    /// Checks the signature with the key that the issuer's profile lists, then the revocation list.
    pub(super) fn signed(&mut self, text: &str) -> Result<Reason, Reason> {
        let token = jwt::parse(text.as_bytes()).map_err(|error| Reason::UnreadableJson { fault: error.to_string() })?;
        if token.payload != *self.assertion {
            return Err(Reason::Malformed { fault: "its token holds another assertion".into() });
        }
        let class = self.part(self.assertion.get("badge"), "badge class")?;
        let found = self.signer(&token, class);
        let alg = shown(token.header.get("alg").and_then(Value::as_str).unwrap_or("no algorithm"));
        let created = self.assertion.get("issuedOn").and_then(Value::as_str).map(shown);
        let (reason, verification_method) = match &found {
            Ok((_, method)) => (Reason::ProofHolds { verification_method: method.clone() }, Some(method.clone())),
            Err(reason) => (reason.clone(), self.creator().map(shown)),
        };
        self.proofs.push(ProofReport { suite: format!("Open Badges 2.0, {alg}"), verification_method, created, reason: reason.clone() });
        let part = if matches!(reason, Reason::ProofHolds { .. } | Reason::SignatureMismatch) { Part::Proof } else { Part::Key };
        self.found(part, reason);
        let (profile, _) = found?;
        self.dates()?;
        self.revocation_list(profile)?;
        Ok(crate::credential::intact(self.issuer_name(), profile.get("id").and_then(Value::as_str).unwrap_or_default(), &self.used))
    }

    /// The issuer's profile and the name of its key that signed.
    fn signer(&mut self, token: &jwt::Token<'_>, class: &'a Map<String, Value>) -> Result<(&'a Map<String, Value>, String), Reason> {
        let (issuer, profile) = self.profile(class).map_err(|reason| match reason {
            Reason::HostedUnseen { url } => Reason::UnknownKey { issuer: url },
            other => other,
        })?;
        let listed: Vec<&str> = json::values(profile.get("publicKey")).into_iter().filter_map(|key| id_of(Some(key))).collect();
        let creator = self.creator();
        let method = match (creator, listed.as_slice()) {
            (Some(creator), listed) if listed.contains(&creator) => creator,
            (None, [only]) => only,
            _ => {
                let method = shown(creator.unwrap_or("an unnamed key"));
                return Err(Reason::NotIssuersKey { issuer: shown(issuer), verification_method: method });
            }
        };
        let at = self.assertion.get("issuedOn").and_then(Value::as_str).and_then(date::parse).unwrap_or(self.now);
        let key = jwt::verify(token, issuer, Some(method), self.materials, at)?;
        self.used.extend(key.used.filter(|used| !self.used.contains(used)));
        Ok((profile, shown(method)))
    }

    /// The key that the assertion names: `verification.creator`, or `verify.url` before 2.0.
    fn creator(&self) -> Option<&'a str> {
        let of = |member: &str, key: &str| self.assertion.get(member).and_then(|by| by.get(key)).and_then(Value::as_str);
        of("verification", "creator").or_else(|| of("verify", "creator")).or_else(|| of("verify", "url"))
    }

    /// What the issuer's revocation list says, where it keeps one.
    fn revocation_list(&mut self, profile: &'a Map<String, Value>) -> Result<(), Reason> {
        let Some(url) = id_of(profile.get("revocationList")) else { return Ok(()) };
        let missing = |reason| match reason {
            Reason::HostedUnseen { url } => Reason::MissingStatusList { url },
            Reason::BrokenKeyDocument { url, fault } => Reason::UnusableStatus { url, fault },
            other => other,
        };
        let list = self.seen(url).map_err(missing).map_err(|reason| self.found(Part::Status, reason));
        let (held, list) = list?;
        let unusable = |fault: &str| Reason::UnusableStatus { url: shown(url), fault: fault.into() };
        let issuer = profile.get("id").and_then(Value::as_str);
        if list.contains_key("issuer") && id_of(list.get("issuer")) != issuer {
            return Err(self.found(Part::Status, unusable("it is another issuer's")));
        }
        // A list that says what it is may list nothing, by an empty array or by none.
        if !list.contains_key("revokedAssertions") && !json::texts(list.get("type")).contains(&"RevocationList") {
            return Err(self.found(Part::Status, unusable("it is not a revocation list")));
        }
        let own: Vec<&str> = ["id", "uid"].iter().filter_map(|member| self.assertion.get(*member).and_then(Value::as_str)).collect();
        let named = |entry: &&Value| {
            let names = [entry.as_str(), entry.get("id").and_then(Value::as_str), entry.get("uid").and_then(Value::as_str)];
            names.into_iter().flatten().any(|name| own.contains(&name))
        };
        if let Some(entry) = json::values(list.get("revokedAssertions")).into_iter().find(named) {
            let reason = Reason::Revoked { issuer: self.issuer_name(), why: status::why(entry) };
            return Err(self.found(Part::Status, reason));
        }
        self.found(
            Part::Status,
            Reason::StatusClear { url: shown(url), seen: date::format(held.material.seen), keeper: None, enclosed: false },
        );
        Ok(())
    }
}
