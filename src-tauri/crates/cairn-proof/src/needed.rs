//! What a refresh would ask for, and of which hosts: named before anything is asked, since asking reveals use.
//!
//! Only `https` addresses are given out, and `http` on this computer itself for tests. Lists and profiles are documents with
//! needs of their own: once fetched, [`needed`] tells those too.

use crate::materials::MaterialKind;
use crate::opened::{self, Payload};
use crate::{did_web, json};
use serde::Serialize;
use serde_json::{Map, Value};

/// Most addresses that are taken from one file: a file must not send its reader around the web.
const MOST: usize = 64;
/// Deepest credential inside a credential that is looked at.
const DEEPEST: usize = 8;

/// A document that would help to check a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Needed {
    /// What it is.
    pub kind: MaterialKind,
    /// Where it is published, without a fragment: what [`crate::Material::url`] is to be once it is fetched.
    pub url: String,
    /// The host that would be asked, with its port where it is no usual one.
    pub host: String,
}

/// The documents on the web that the credentials in a file rest on, each once, in the order in which they are named.
pub fn needed(bytes: &[u8]) -> Vec<Needed> {
    let mut found = Found::default();
    match opened::open("", bytes) {
        Ok(opened) => {
            for item in &opened.items {
                match &item.payload {
                    Payload::Json(credential) => found.credential(credential, 0),
                    Payload::Jwt { token, .. } => found.token(token, 0),
                    Payload::OpenBadges2 { assertion, beside, .. } => {
                        found.assertion(assertion);
                        beside.iter().for_each(|part| found.badge_part(part));
                    }
                    Payload::Link { url } => found.add(MaterialKind::HostedDocument, url),
                }
            }
        }
        // A badge class, a profile or a list is no credential, and may name further documents.
        Err(_) => {
            if let Ok(Value::Object(document)) = json::parse_unsigned(bytes) {
                found.badge_part(&document);
            }
        }
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Needed>);

impl Found {
    fn add(&mut self, kind: MaterialKind, named: &str) {
        let url = did_web::document_url(named).unwrap_or_else(|| named.split('#').next().unwrap_or(named).to_owned());
        let Some(host) = host(&url) else { return };
        if self.0.len() < MOST && !self.0.iter().any(|needed| needed.url == url) {
            self.0.push(Needed { kind, url, host });
        }
    }

    /// The address of a value, or that of an object.
    fn add_id(&mut self, kind: MaterialKind, value: Option<&Value>) {
        if let Some(id) = value.and_then(|value| value.as_str().or_else(|| value.get("id").and_then(Value::as_str))) {
            self.add(kind, id);
        }
    }

    fn credential(&mut self, credential: &Map<String, Value>, depth: usize) {
        self.add_id(MaterialKind::KeyDocument, credential.get("issuer"));
        for proof in json::values(credential.get("proof")) {
            self.add_id(MaterialKind::KeyDocument, proof.get("verificationMethod"));
        }
        for status in json::values(credential.get("credentialStatus")) {
            match status.get("statusListCredential") {
                Some(list) => self.add_id(MaterialKind::StatusList, Some(list)),
                None if json::texts(status.get("type")).contains(&"1EdTechRevocationList") => {
                    self.add_id(MaterialKind::StatusList, status.get("id"));
                }
                None => {}
            }
        }
        credential.iter().filter(|(member, _)| *member != "proof").for_each(|(member, value)| self.inside(member, value, depth + 1));
    }

    /// Endorsements and credentials inside a credential, as JSON or as tokens.
    fn inside(&mut self, member: &str, value: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Object(object) if object.contains_key("proof") && object.contains_key("issuer") => self.credential(object, depth),
            Value::Object(object) => object.iter().for_each(|(member, value)| self.inside(member, value, depth + 1)),
            Value::Array(items) => items.iter().for_each(|item| self.inside(member, item, depth + 1)),
            Value::String(token) if member == "endorsementJwt" => self.token(token, depth),
            _ => {}
        }
    }

    fn token(&mut self, token: &str, depth: usize) {
        let Ok(token) = crate::jwt::parse(token.as_bytes()) else { return };
        self.add_id(MaterialKind::KeyDocument, token.payload.get("iss"));
        self.add_id(MaterialKind::KeyDocument, token.header.get("kid"));
        let credential = token.payload.get("vc").and_then(Value::as_object).unwrap_or(&token.payload);
        self.credential(credential, depth);
    }

    fn assertion(&mut self, assertion: &Map<String, Value>) {
        self.add_id(MaterialKind::HostedDocument, assertion.get("id"));
        let by = assertion.get("verification").or(assertion.get("verify"));
        for member in ["creator", "url"] {
            self.add_id(MaterialKind::HostedDocument, by.and_then(|by| by.get(member)));
        }
        self.badge_part(assertion);
    }

    /// What a badge, its class or its issuer points to (Open Badges 2.0).
    fn badge_part(&mut self, part: &Map<String, Value>) {
        for member in ["badge", "issuer"] {
            self.add_id(MaterialKind::HostedDocument, part.get(member));
            if let Some(inner) = part.get(member).and_then(Value::as_object) {
                self.badge_part(inner);
            }
        }
        json::values(part.get("publicKey")).into_iter().for_each(|key| self.add_id(MaterialKind::HostedDocument, Some(key)));
        self.add_id(MaterialKind::StatusList, part.get("revocationList"));
    }
}

/// The host of an address that may be asked: `https` anywhere by name, `http` on this computer alone. None for an address with
/// a user's name in it, or one whose parts two readers could tell apart differently.
fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?']).next()?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let clean = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let allowed = scheme == "https" || (scheme == "http" && did_web::is_loopback(host));
    (allowed && plain && clean && !host.is_empty() && url.len() <= 2048).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn urls(document: Value) -> Vec<String> {
        needed(document.to_string().as_bytes()).into_iter().map(|needed| needed.url).collect()
    }

    fn credential(issuer: &str) -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": issuer,
            "credentialSubject": {"id": "did:key:z6MkAda"},
            "proof": {"type": "DataIntegrityProof", "verificationMethod": format!("{issuer}#key")}
        })
    }

    #[test]
    fn each_document_is_named_once_with_its_host() {
        let mut badge = credential("did:web:school.example:badges");
        badge["credentialStatus"] = json!([
            {"type": "BitstringStatusListEntry", "statusListCredential": "https://lists.example:8443/1"},
            {"type": "1EdTechRevocationList", "id": "https://school.example/revoked"}
        ]);
        badge["endorsement"] = json!([credential("https://union.example/issuer")]);
        let found = needed(badge.to_string().as_bytes());
        let all: Vec<_> = found.iter().map(|needed| (needed.kind, needed.url.as_str(), needed.host.as_str())).collect();
        use MaterialKind::{KeyDocument, StatusList};
        let expected = [
            (KeyDocument, "https://school.example/badges/did.json", "school.example"),
            (StatusList, "https://lists.example:8443/1", "lists.example:8443"),
            (StatusList, "https://school.example/revoked", "school.example"),
            (KeyDocument, "https://union.example/issuer", "union.example"),
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn what_proves_itself_needs_nobody() {
        assert!(urls(credential("did:key:z6MkSchool")).is_empty());
        assert!(needed(b"no credential").is_empty());
    }

    #[test]
    fn an_address_that_could_mislead_or_reach_inside_is_not_given_out() {
        for issuer in [
            "http://school.example/1",
            "https://user@evil.example/1",
            "file:///etc/passwd",
            "https://a b.example/",
            "https://evil.example\\@school.example/",
        ] {
            assert!(urls(credential(issuer)).is_empty(), "{issuer}");
        }
        assert_eq!(urls(credential("http://127.0.0.1:8080/issuer")), ["http://127.0.0.1:8080/issuer"]);
        assert_eq!(urls(credential("did:web:localhost%3A8080")), ["http://localhost:8080/.well-known/did.json"]);
    }

    #[test]
    fn a_hosted_badge_needs_itself_its_class_and_then_what_those_name() {
        let badge = json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://b.example/1", "badge": "https://b.example/class",
            "recipient": {"type": "email", "hashed": false, "identity": "ada@example.org"}, "issuedOn": "2026-01-01T00:00:00Z", "verification": {"type": "hosted"}});
        assert_eq!(urls(badge), ["https://b.example/1", "https://b.example/class"]);
        let class = json!({"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://b.example/class", "issuer": "https://b.example/issuer"});
        assert_eq!(urls(class), ["https://b.example/issuer"]);
        let profile = json!({"type": "Issuer", "id": "https://b.example/issuer", "publicKey": ["https://b.example/key"], "revocationList": "https://b.example/revoked"});
        assert_eq!(urls(profile), ["https://b.example/key", "https://b.example/revoked"]);
    }

    #[test]
    fn a_file_cannot_send_its_reader_around_the_web() {
        let mut badge = credential("did:key:z6MkSchool");
        let entry =
            |number: usize| json!({"type": "BitstringStatusListEntry", "statusListCredential": format!("https://h{number}.example/1")});
        badge["credentialStatus"] = (0..500).map(entry).collect();
        assert_eq!(urls(badge).len(), MOST);
    }
}
