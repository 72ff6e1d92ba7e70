//! What is at hand to check with: issuers' key documents, status lists and hosted badge documents, each with its date.
//!
//! Nothing is fetched. Whoever adds a material vouches for where it came from; what a document says of itself counts only
//! where that agrees. Several copies of one document may be at hand: did:web forgets old keys, a dated copy does not.

use crate::report::Used;
use crate::{date, did_web, json, jwt};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// What a material is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaterialKind {
    /// An issuer's keys: a DID document, a profile with keys, or a JSON Web Key or set of them.
    KeyDocument,
    /// A list that says which credentials were taken back.
    StatusList,
    /// A part of an Open Badges 2.0 badge that is published on the web: assertion, badge class or issuer.
    HostedDocument,
}

/// A document from outside a credential, as it was seen on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// What it is.
    pub kind: MaterialKind,
    /// The DID or URL that it answers for; empty where it is given without one and names none itself.
    pub url: String,
    /// Its bytes as they came.
    pub bytes: Vec<u8>,
    /// When it was seen there.
    pub seen: DateTime<Utc>,
}

/// The file is no key document, status list or badge document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is neither a key document nor a status list: {0}")]
pub struct NotAMaterial(String);

impl Material {
    /// Finds out what a file is, and what it answers for, by its content: the `id` of a document, the `kid` of a key that is
    /// named by its address. A JSON Web Key without one answers for nothing until [`Material::url`] is set.
    pub fn from_bytes(bytes: Vec<u8>, seen: DateTime<Utc>) -> Result<Self, NotAMaterial> {
        let document = read(&bytes).map_err(NotAMaterial)?;
        let kind = kind_of(&document).ok_or_else(|| NotAMaterial("it holds no keys, no list and no part of a badge".into()))?;
        let url = named(&document).unwrap_or_default();
        Ok(Self { kind, url, bytes, seen })
    }

    /// As a report names it, where the caller vouches for it.
    pub fn used(&self) -> Used {
        let sha256 = Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Used { kind: self.kind, url: crate::text::shown(&self.url), sha256, seen: date::format(self.seen), enclosed: false }
    }
}

/// A material and what was read from it.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub material: Material,
    /// The JSON object, or why there is none, as half a sentence.
    pub document: Result<Map<String, Value>, String>,
    /// Whether it came along with what is to be checked, so that nobody here vouches for where it is from.
    pub enclosed: bool,
}

impl Held {
    /// As a report names it.
    pub fn used(&self) -> Used {
        Used { enclosed: self.enclosed, ..self.material.used() }
    }
}

/// Everything that is at hand to check with.
#[derive(Debug, Clone, Default)]
pub struct Materials {
    held: Vec<Held>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Materials {
    /// Nothing at hand: only what proves itself can be checked.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document. Adding several copies of one, seen on different dates, keeps them all.
    pub fn add(&mut self, material: Material) {
        self.hold(material, false);
    }

    /// Adds a document that came along with what is to be checked, as in a packet: nobody here vouches for where it is from.
    pub fn add_enclosed(&mut self, material: Material) {
        self.hold(material, true);
    }

    fn hold(&mut self, material: Material, enclosed: bool) {
        let document = read(&material.bytes);
        let index = self.held.len();
        for name in answers_for(&material, document.as_ref().ok()) {
            self.by_name.entry(name).or_default().push(index);
        }
        self.held.push(Held { material, document, enclosed });
    }

    /// Every material, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Material> {
        self.held.iter().map(|held| &held.material)
    }

    /// The newest copy of the key document of a DID or URL.
    pub fn key_document(&self, did_or_url: &str) -> Option<&Material> {
        self.copies(did_or_url).into_iter().find(|held| held.material.kind != MaterialKind::StatusList).map(|held| &held.material)
    }

    /// The newest copy of the status list at a URL.
    pub fn status_list(&self, url: &str) -> Option<&Material> {
        self.copies(url).into_iter().find(|held| held.material.kind == MaterialKind::StatusList).map(|held| &held.material)
    }

    /// Every copy of what a DID or URL names, the newest first. Those that came along count only where there is no other.
    pub(crate) fn copies(&self, did_or_url: &str) -> Vec<&Held> {
        let found = self.by_name.get(&name(did_or_url)).map_or(&[][..], Vec::as_slice);
        let mut copies: Vec<&Held> = found.iter().filter_map(|index| self.held.get(*index)).collect();
        if copies.iter().any(|held| !held.enclosed) {
            copies.retain(|held| !held.enclosed);
        }
        copies.sort_by_key(|held| std::cmp::Reverse(held.material.seen));
        copies
    }

    /// Every status list, the newest first.
    pub(crate) fn status_lists(&self) -> Vec<&Held> {
        let mut lists: Vec<&Held> = self.held.iter().filter(|held| held.material.kind == MaterialKind::StatusList).collect();
        lists.sort_by_key(|held| std::cmp::Reverse(held.material.seen));
        lists
    }
}

/// A name without its fragment, and with did:web's port written as the standard does.
fn name(did_or_url: &str) -> String {
    let name = did_or_url.split('#').next().unwrap_or(did_or_url);
    if name.starts_with("did:web:") { name.replace("%3a", "%3A") } else { name.to_owned() }
}

/// What a material answers for: the name it was given under, and a did:web whose document is published there. A document that
/// only *says* it is somebody's answers for nobody else than the name it was given under.
fn answers_for(material: &Material, document: Option<&Map<String, Value>>) -> Vec<String> {
    let mut names = vec![name(&material.url)];
    if let Some(id) = document.and_then(|document| document.get("id")).and_then(Value::as_str) {
        let published_there = did_web::document_url(id).is_some_and(|url| url == material.url);
        if (material.url.is_empty() || published_there) && !names.contains(&name(id)) {
            names.push(name(id));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The JSON object of a material; of a signed one as JWT, its payload (whose signature is checked where it is used).
fn read(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    let value = match jwt::compact(bytes) {
        Some(token) => Value::Object(jwt::payload(token.as_bytes()).map_err(|fault| fault.to_string())?),
        None => json::parse_unsigned(bytes).map_err(|error| error.to_string())?,
    };
    match value {
        Value::Object(object) => Ok(object),
        _ => Err("it is not a JSON object".into()),
    }
}

fn kind_of(document: &Map<String, Value>) -> Option<MaterialKind> {
    let inner = |document: &Map<String, Value>| document.get("vc").and_then(Value::as_object).cloned();
    let unwrapped = inner(document);
    let document = unwrapped.as_ref().unwrap_or(document);
    let is = |kinds: &[&str], value: Option<&Value>| json::texts(value).iter().any(|kind| kinds.contains(kind));
    let subject = document.get("credentialSubject").and_then(|subject| subject.get("type"));
    let lists = ["BitstringStatusListCredential", "StatusList2021Credential", "1EdTechRevocationList", "RevocationList"];
    let has = |members: &[&str]| members.iter().any(|member| document.contains_key(*member));
    if is(&lists, document.get("type"))
        || is(&["BitstringStatusList", "StatusList2021"], subject)
        || has(&["revokedCredential", "revokedCredentials", "revokedAssertions"])
    {
        Some(MaterialKind::StatusList)
    } else if has(&["assertionMethod", "verificationMethod", "keys", "kty", "publicKeyJwk", "publicKeyMultibase"]) {
        Some(MaterialKind::KeyDocument)
    } else if is(&["Assertion", "BadgeClass", "Issuer", "Profile", "CryptographicKey"], document.get("type")) || has(&["publicKeyPem"]) {
        Some(MaterialKind::HostedDocument)
    } else {
        // A DID document may list no key at all.
        document.get("id").and_then(Value::as_str).is_some_and(|id| id.starts_with("did:")).then_some(MaterialKind::KeyDocument)
    }
}

/// What a document says it is: its `id`, or the place that its keys' `kid` name.
fn named(document: &Map<String, Value>) -> Option<String> {
    let text = |object: &Map<String, Value>, member: &str| object.get(member).and_then(Value::as_str).map(name);
    if let Some(vc) = document.get("vc").and_then(Value::as_object) {
        return text(vc, "id").or_else(|| text(document, "jti"));
    }
    let placed = |key: &Map<String, Value>| text(key, "kid").filter(|kid| kid.starts_with("https://") || kid.starts_with("did:"));
    match document.get("keys").and_then(Value::as_array) {
        Some(keys) if !document.contains_key("id") => {
            let mut places = keys.iter().filter_map(Value::as_object).map(placed);
            let first = places.next().flatten()?;
            places.all(|place| place.as_deref() == Some(&first)).then_some(first)
        }
        _ => text(document, "id").or_else(|| placed(document)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use serde_json::json;

    fn on(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, day, 0, 0, 0).unwrap()
    }

    fn given(document: Value) -> Material {
        Material::from_bytes(document.to_string().into_bytes(), on(1)).unwrap()
    }

    #[test]
    fn a_file_tells_what_it_is_and_whose() {
        let kind = |document: Value| (given(document.clone()).kind, given(document).url);
        let did = "did:web:example.org";
        assert_eq!(kind(json!({"id": did, "assertionMethod": []})), (MaterialKind::KeyDocument, did.into()));
        let list = json!({"id": "https://a.example/1", "type": ["VerifiableCredential", "BitstringStatusListCredential"]});
        assert_eq!(kind(list.clone()), (MaterialKind::StatusList, "https://a.example/1".into()));
        assert_eq!(kind(json!({"iss": did, "vc": list})), (MaterialKind::StatusList, "https://a.example/1".into()));
        let jwks = json!({"keys": [{"kty": "RSA", "kid": "https://a.example/jwks#1"}, {"kty": "EC", "kid": "https://a.example/jwks#2"}]});
        assert_eq!(kind(jwks), (MaterialKind::KeyDocument, "https://a.example/jwks".into()));
        assert_eq!(kind(json!({"kty": "RSA", "kid": "1"})), (MaterialKind::KeyDocument, String::new()));
        assert_eq!(kind(json!({"id": "https://a.example/b", "type": "BadgeClass", "image": null})).0, MaterialKind::HostedDocument);
        assert!(Material::from_bytes(b"{}".to_vec(), on(1)).is_err());
        assert!(Material::from_bytes(b"keys".to_vec(), on(1)).is_err());
    }

    #[test]
    fn the_newest_copy_comes_first_and_the_older_ones_stay() {
        let mut materials = Materials::new();
        for (day, key) in [(2, "two"), (9, "nine"), (5, "five")] {
            let bytes = json!({"id": "did:web:example.org", "verificationMethod": [key]}).to_string().into_bytes();
            materials.add(Material { seen: on(day), ..Material::from_bytes(bytes, on(day)).unwrap() });
        }
        let days: Vec<_> = materials.copies("did:web:example.org#key").iter().map(|held| held.material.seen).collect();
        assert_eq!(days, [on(9), on(5), on(2)]);
        assert_eq!(materials.key_document("did:web:example.org").unwrap().seen, on(9));
        assert!(materials.status_list("did:web:example.org").is_none());
    }

    #[test]
    fn what_came_along_counts_only_where_nobody_vouches_for_a_copy() {
        let (did, url) = ("did:web:good.example", "https://good.example/.well-known/did.json");
        let copy = |key: &str, url: &str| Material { url: url.into(), ..given(json!({"id": did, "assertionMethod": [key]})) };
        let mut materials = Materials::new();
        materials.add_enclosed(copy("theirs", url));
        assert_eq!(materials.copies(did).len(), 1);
        // Under whatever name it came along, and however new it is.
        materials.add(copy("ours", did));
        let keys: Vec<_> = materials.copies(did).iter().map(|held| held.document.as_ref().unwrap()["assertionMethod"][0].clone()).collect();
        assert_eq!(keys, ["ours"]);
    }

    #[test]
    fn a_document_from_one_place_does_not_answer_for_another() {
        let mut materials = Materials::new();
        let document = json!({"id": "did:web:good.example", "assertionMethod": []});
        materials.add(Material { url: "https://evil.example/.well-known/did.json".into(), ..given(document.clone()) });
        assert!(materials.key_document("did:web:good.example").is_none());
        materials.add(Material { url: "https://good.example/.well-known/did.json".into(), ..given(document) });
        assert!(materials.key_document("did:web:good.example").is_some());
    }
}
