//! From the key that a proof names to the key itself, through the issuer's own document (Controlled Identifiers 1.0 §3.3).
//!
//! A key counts only where the issuer lists it: `did:key` and `did:jwk` are their own document, for `did:web` and `https`
//! issuers one must be at hand. A key that travels with the credential (in a JWT header or after a `#`) proves nothing.
//! - A method must stand under `assertionMethod`, there or by reference, and be controlled by the issuer. An `https` profile
//!   that knows no `assertionMethod` (Open Badges) lists its keys under `verificationMethod` or `publicKey`.
//! - A key at an address of its own (`kid` in Open Badges 3.0 §8.2) must be of the issuer's origin, or listed by the issuer.
//! - Copies of a document are asked from the newest back. One that does not list the key is passed over, since documents
//!   forget old keys; the first one that lists it as withdrawn ends the search.

use crate::materials::{Held, Materials};
use crate::public_key::{KeyError, PublicKey};
use crate::reason::Reason;
use crate::report::Used;
use crate::text::shown;
use crate::{date, did_web, json};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// Most keys that are tried where a token does not say which one signed it.
const MOST_KEYS: usize = 32;

/// A key that the issuer says is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKey {
    /// The key.
    pub key: PublicKey,
    /// Its name: a DID URL or URL.
    pub method: String,
    /// The document that lists it; None where the issuer's own name is the key.
    pub used: Option<Used>,
}

/// The keys that `method` may stand for, as the issuer's documents list it: one for each copy that lists another, the newest
/// first and never none. `at` is when the signature says it was made, else now: a key withdrawn before it does not count.
pub fn find(materials: &Materials, issuer: &str, method: &str, at: DateTime<Utc>) -> Result<Vec<IssuerKey>, Reason> {
    let absolute = if method.starts_with('#') { format!("{issuer}{method}") } else { method.to_owned() };
    Search { materials, issuer, method: Some(&absolute), at }.keys()
}

/// Every key that the issuer signs claims with, for tokens that do not say which one; as [`find`].
pub fn all(materials: &Materials, issuer: &str, at: DateTime<Utc>) -> Result<Vec<IssuerKey>, Reason> {
    Search { materials, issuer, method: None, at }.keys()
}

/// The key that a `did:key` or `did:jwk` method carries in its name. That a signature holds for it says nothing about the issuer;
/// that it does not hold says that the text was changed, even where the issuer's document is not at hand.
pub fn in_name(method: &str) -> Option<PublicKey> {
    let (did, fragment) = method.split_once('#')?;
    own_key(did).ok().filter(|(_, name)| name == fragment).map(|(key, _)| key)
}

struct Search<'a> {
    materials: &'a Materials,
    issuer: &'a str,
    /// The key that is looked for, absolute; None for every key.
    method: Option<&'a str>,
    at: DateTime<Utc>,
}

/// What one document says about the key.
enum Listed {
    Keys(Vec<(String, PublicKey)>),
    Absent,
}

impl Search<'_> {
    fn keys(&self) -> Result<Vec<IssuerKey>, Reason> {
        if let Some(own) = self.own_key()? {
            return Ok(vec![own]);
        }
        let documents = self.documents();
        // A document at hand that only a document from outside leads to is no better than that one.
        let enclosed = self.materials.copies(self.issuer).iter().any(|held| held.enclosed);
        let used = |held: &Held| Used { enclosed: held.enclosed || enclosed, ..held.used() };
        let newest = documents.first().map(|held| used(held)).ok_or_else(|| self.unknown())?;
        let (mut keys, mut fault) = (Vec::<IssuerKey>::new(), None);
        for held in documents {
            match self.listed(held) {
                Ok(Listed::Keys(listed)) => {
                    for (method, key) in listed {
                        if !keys.iter().any(|known| known.key == key) && keys.len() < MOST_KEYS {
                            keys.push(IssuerKey { key, method, used: Some(used(held)) });
                        }
                    }
                }
                Ok(Listed::Absent) => {}
                // A newer copy that cannot be read hides nothing that an older one says; a withdrawal stands.
                Err(reason @ Reason::BrokenKeyDocument { .. }) => fault = fault.or(Some(reason)),
                Err(reason) if keys.is_empty() => return Err(reason),
                Err(_) => break,
            }
        }
        if keys.is_empty() { Err(fault.unwrap_or_else(|| self.not_listed(&newest.seen))) } else { Ok(keys) }
    }

    /// The key of an issuer whose name it is.
    fn own_key(&self) -> Result<Option<IssuerKey>, Reason> {
        let (did, fragment) = match self.method {
            Some(method) => method.split_once('#').map_or((method, None), |(did, fragment)| (did, Some(fragment))),
            None => (self.issuer, None),
        };
        let names_itself = |did: &str| did.starts_with("did:key:") || did.starts_with("did:jwk:");
        if !names_itself(self.issuer) {
            return Ok(None);
        }
        let method = self.method.unwrap_or(self.issuer);
        if did != self.issuer {
            return Err(self.not_theirs(method));
        }
        let (key, name) = own_key(did).map_err(|fault| match fault {
            OwnKeyError::Name(fault) => self.broken(method, fault),
            OwnKeyError::Key(KeyError::Kind(kind)) => unknown_kind(&kind),
            OwnKeyError::Key(_) => self.broken(method, "its DID is no key that can be used"),
        })?;
        if self.method.is_some() && fragment != Some(name.as_str()) {
            return Err(self.broken(method, "the name after its # is not that of its own DID"));
        }
        Ok(Some(IssuerKey { key, method: format!("{did}#{name}"), used: None }))
    }

    /// The documents to ask: the issuer's, and that of a key which has an address of its own at the issuer's origin.
    fn documents(&self) -> Vec<&Held> {
        let mut documents = self.materials.copies(self.issuer);
        if let Some(place) = self.method.map(without_fragment).filter(|place| *place != self.issuer) {
            let listed = || documents.iter().any(|held| held.document.as_ref().is_ok_and(|document| names(document, place)));
            if same_origin(self.issuer, place) || (place.starts_with("https://") && listed()) {
                documents.extend(self.materials.copies(place));
            }
        }
        documents.retain(|held| held.material.kind != crate::MaterialKind::StatusList);
        documents
    }

    fn listed(&self, held: &Held) -> Result<Listed, Reason> {
        let url = || shown(&held.material.url);
        let document = held.document.as_ref().map_err(|fault| Reason::BrokenKeyDocument { url: url(), fault: fault.clone() })?;
        let id = document.get("id").and_then(Value::as_str);
        if document.contains_key("keys") || document.contains_key("kty") {
            return self.listed_jwk(document);
        }
        if ["controller", "owner"].iter().any(|member| document.contains_key(*member)) && is_method(document) {
            return self.usable(document, id.unwrap_or_default()).map(|key| key.map_or(Listed::Absent, |key| Listed::Keys(vec![key])));
        }
        if id != Some(self.issuer) {
            let fault = format!("it is that of {}", id.map_or("nobody".into(), shown));
            return Err(Reason::BrokenKeyDocument { url: url(), fault });
        }
        let mut keys = Vec::new();
        for (method, name) in methods(document, self.issuer) {
            keys.extend(self.usable(method, &name)?);
        }
        // A key that is its own name needs no description: the issuer's word that it signs claims is enough.
        let named = json::texts(document.get("assertionMethod")).into_iter();
        let wanted = named.filter(|name| self.method.is_none_or(|wanted| wanted == *name));
        keys.extend(wanted.filter_map(|name| in_name(name).map(|key| (name.to_owned(), key))));
        Ok(if keys.is_empty() { Listed::Absent } else { Listed::Keys(keys) })
    }

    /// A verification method that is the one looked for, controlled by the issuer and not withdrawn.
    fn usable(&self, method: &Map<String, Value>, name: &str) -> Result<Option<(String, PublicKey)>, Reason> {
        if self.method.is_some_and(|wanted| wanted != name && !self.kid_is(method, wanted)) {
            return Ok(None);
        }
        let ours = |owner: &Value| owner.as_str() == Some(self.issuer);
        let controlled = method.get("controller").or(method.get("owner")).is_some_and(ours);
        // Where every key is tried, one that is not fit is passed over.
        let refused = |reason: Reason| if self.method.is_some() { Err(reason) } else { Ok(None) };
        if !controlled {
            return refused(self.not_theirs(name));
        }
        if let Some(reason) = self.withdrawn(method, name) {
            return refused(reason);
        }
        match key_of(method) {
            Ok(key) => Ok(Some((name.to_owned(), key))),
            Err(fault) => refused(self.unusable(name, &fault)),
        }
    }

    /// Whether the key had ended when the signature was made (`expires`, `revoked`: Controlled Identifiers 1.0 §2.2).
    fn withdrawn(&self, method: &Map<String, Value>, name: &str) -> Option<Reason> {
        ["revoked", "expires"].iter().find_map(|member| {
            let text = method.get(*member).filter(|value| !value.is_null())?;
            match text.as_str().and_then(date::parse) {
                Some(end) if end > self.at => None,
                Some(end) => Some(Reason::KeyWithdrawn { verification_method: shown(name), on: date::format(end) }),
                None => Some(self.broken(name, &format!("its date {member} cannot be read"))),
            }
        })
    }

    /// The keys of a JSON Web Key Set, or of a document that is one JSON Web Key (RFC 7517).
    fn listed_jwk(&self, document: &Map<String, Value>) -> Result<Listed, Reason> {
        let keys = match document.get("keys") {
            Some(keys) => json::values(Some(keys)).into_iter().filter_map(Value::as_object).collect(),
            None => vec![document],
        };
        let alone = keys.len() == 1 && !keys.iter().any(|key| key.contains_key("kid"));
        let mut found = Vec::new();
        for jwk in keys {
            let named = self.method.is_none_or(|wanted| self.jwk_is(jwk, wanted) || (alone && !wanted.contains('#')));
            let name = || self.method.or(jwk.get("kid").and_then(Value::as_str)).unwrap_or(self.issuer).to_owned();
            match PublicKey::from_jwk(jwk) {
                Ok(key) if named => found.push((name(), key)),
                Err(fault) if named && self.method.is_some() => return Err(self.unusable(&name(), &fault)),
                _ => {}
            }
        }
        Ok(if found.is_empty() { Listed::Absent } else { Listed::Keys(found) })
    }

    /// Whether a JSON Web Key's `kid` is the name looked for: whole, or after its `#`, or as the issuer's own.
    fn jwk_is(&self, jwk: &Map<String, Value>, wanted: &str) -> bool {
        let Some(kid) = jwk.get("kid").and_then(Value::as_str) else { return false };
        kid == wanted || wanted.split_once('#').is_some_and(|(_, fragment)| kid == fragment)
    }

    fn kid_is(&self, method: &Map<String, Value>, wanted: &str) -> bool {
        let opaque = !wanted.contains(':');
        let fragment = |name: &str| name.split_once('#').is_some_and(|(_, fragment)| fragment == wanted);
        let by_jwk = || method.get("publicKeyJwk").and_then(Value::as_object).is_some_and(|jwk| self.jwk_is(jwk, wanted));
        opaque && (method.get("id").and_then(Value::as_str).is_some_and(fragment) || by_jwk())
    }

    fn unknown(&self) -> Reason {
        Reason::UnknownKey { issuer: shown(self.issuer) }
    }

    fn not_theirs(&self, method: &str) -> Reason {
        Reason::NotIssuersKey { issuer: shown(self.issuer), verification_method: shown(method) }
    }

    fn not_listed(&self, seen: &str) -> Reason {
        let verification_method = shown(self.method.unwrap_or("the key"));
        Reason::KeyNotListed { issuer: shown(self.issuer), verification_method, seen: seen.to_owned() }
    }

    /// A key that is at hand and cannot be used: broken, or of a kind that the issuer's own verifier knows and Cairn does not.
    fn unusable(&self, method: &str, fault: &KeyError) -> Reason {
        match fault {
            KeyError::Kind(kind) => unknown_kind(kind),
            _ => self.broken(method, &fault.to_string()),
        }
    }

    fn broken(&self, method: &str, fault: &str) -> Reason {
        Reason::BrokenKey { verification_method: shown(method), fault: fault.to_owned() }
    }
}

fn unknown_kind(kind: &str) -> Reason {
    Reason::UnsupportedSuite { suite: shown(&format!("a key of the kind {kind}")) }
}

/// Why a DID that should be a key is none.
enum OwnKeyError {
    /// It is not of the form that its method demands, as half a sentence.
    Name(&'static str),
    /// What it holds cannot be used.
    Key(KeyError),
}

/// The key in a `did:key` or `did:jwk`, and the name it has after the `#`.
fn own_key(did: &str) -> Result<(PublicKey, String), OwnKeyError> {
    if let Some(text) = did.strip_prefix("did:key:") {
        return PublicKey::from_multikey(text).map(|key| (key, text.to_owned())).map_err(OwnKeyError::Key);
    }
    let name = OwnKeyError::Name;
    let text = did.strip_prefix("did:jwk:").ok_or(name("it names no key of the issuer"))?;
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| name("its did:jwk is not in base64url"))?;
    let jwk = json::parse(&bytes).map_err(|_| name("its did:jwk is not JSON that can be read in one way"))?;
    let key = jwk.as_object().map(PublicKey::from_jwk).ok_or(name("its did:jwk is not a JSON object"))?;
    key.map(|key| (key, "0".to_owned())).map_err(OwnKeyError::Key)
}

/// The verification methods that sign claims, each with its absolute name.
fn methods<'a>(document: &'a Map<String, Value>, issuer: &str) -> Vec<(&'a Map<String, Value>, String)> {
    let absolute = |name: &str| if name.starts_with('#') { format!("{issuer}{name}") } else { name.to_owned() };
    let name_of = |method: &Map<String, Value>| absolute(method.get("id").and_then(Value::as_str).unwrap_or_default());
    let described = || {
        let lists = ["verificationMethod", "publicKey"].into_iter().flat_map(|member| json::values(document.get(member)));
        lists.filter_map(Value::as_object).map(|method| (method, name_of(method)))
    };
    if !document.contains_key("assertionMethod") {
        // A DID document that gives no key the right to sign claims gives it to none.
        return if issuer.starts_with("did:") { Vec::new() } else { described().collect() };
    }
    let mut methods = Vec::new();
    for entry in json::values(document.get("assertionMethod")) {
        match entry {
            Value::Object(method) => methods.push((method, name_of(method))),
            Value::String(name) => methods.extend(described().filter(|(_, other)| *other == absolute(name))),
            _ => {}
        }
    }
    methods
}

/// The key of a verification method, in the form that its type demands.
fn key_of(method: &Map<String, Value>) -> Result<PublicKey, KeyError> {
    let text = |member: &'static str| method.get(member).and_then(Value::as_str).ok_or(KeyError::Member(member));
    if method.keys().any(|member| member.starts_with("secretKey") || member.starts_with("privateKey")) {
        return Err(KeyError::Secret);
    }
    let kinds = json::texts(method.get("type"));
    let is = |kind: &str| kinds.contains(&kind);
    let curve =
        |key: PublicKey, fits: fn(&PublicKey) -> bool| if fits(&key) { Ok(key) } else { Err(KeyError::Member("publicKeyMultibase")) };
    if is("Multikey") {
        PublicKey::from_multikey(text("publicKeyMultibase")?)
    } else if is("JsonWebKey") || is("JsonWebKey2020") {
        PublicKey::from_jwk(method.get("publicKeyJwk").and_then(Value::as_object).ok_or(KeyError::Member("publicKeyJwk"))?)
    } else if is("Ed25519VerificationKey2020") {
        curve(PublicKey::from_multikey(text("publicKeyMultibase")?)?, |key| matches!(key, PublicKey::Ed25519(_)))
    } else if is("EcdsaSecp256r1VerificationKey2019") {
        curve(PublicKey::from_multikey(text("publicKeyMultibase")?)?, |key| matches!(key, PublicKey::P256(_)))
    } else if is("CryptographicKey") || is("Key") || is("RsaVerificationKey2018") {
        PublicKey::from_pem(text("publicKeyPem")?)
    } else {
        Err(KeyError::Kind(shown(kinds.first().unwrap_or(&"nothing"))))
    }
}

/// Whether a document is itself one verification method.
fn is_method(document: &Map<String, Value>) -> bool {
    ["publicKeyMultibase", "publicKeyJwk", "publicKeyPem"].iter().any(|member| document.contains_key(*member))
}

/// Whether an issuer's document names a key's address, or that of a set of keys.
fn names(document: &Map<String, Value>, place: &str) -> bool {
    let members = ["assertionMethod", "verificationMethod", "publicKey", "jwks_uri"];
    let id = |value: &'_ Value| value.as_str().or_else(|| value.get("id").and_then(Value::as_str)).map(without_fragment).map(str::to_owned);
    members.iter().any(|member| json::values(document.get(*member)).into_iter().filter_map(id).any(|name| name == place))
}

/// Whether a key's address is on the issuer's own host: scheme, host and port are the same.
fn same_origin(issuer: &str, place: &str) -> bool {
    let document = did_web::document_url(issuer);
    let issuer = document.as_deref().unwrap_or(issuer);
    origin(issuer).is_some_and(|ours| Some(ours) == origin(place))
}

/// Scheme and host of an `https` address, in lower case; None for an address that two readers could take apart differently.
pub(crate) fn origin(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    plain.then(|| host.strip_suffix(":443").unwrap_or(host).to_ascii_lowercase())
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

#[cfg(test)]
mod tests;
