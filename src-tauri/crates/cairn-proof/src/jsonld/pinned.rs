//! The contexts that travel with Cairn: by address, each a file whose bytes `contexts/index.json` pins by SHA-256.
//!
//! Nothing is ever fetched. To add a context, put its file beside the others, an entry with its source and licence into the
//! index, and a line here; a test compares the three.

use serde_json::Value;
use std::collections::HashMap;
use std::sync::OnceLock;

/// One document, and every address under which it is published.
struct Pinned {
    #[cfg(test)]
    file: &'static str,
    text: &'static str,
    urls: &'static [&'static str],
}

macro_rules! pinned {
    ($file:literal, [$($url:literal),+]) => {
        Pinned {
            #[cfg(test)]
            file: $file,
            text: include_str!(concat!("contexts/", $file)),
            urls: &[$($url),+],
        }
    };
}

#[rustfmt::skip]
static PINNED: &[Pinned] = &[
    pinned!("credentials-v1.jsonld", ["https://www.w3.org/2018/credentials/v1"]),
    pinned!("credentials-v2.jsonld", ["https://www.w3.org/ns/credentials/v2"]),
    pinned!("credentials-examples-v1.jsonld", ["https://www.w3.org/2018/credentials/examples/v1"]),
    pinned!("credentials-examples-v2.jsonld", ["https://www.w3.org/ns/credentials/examples/v2"]),
    pinned!("odrl.jsonld", ["https://www.w3.org/ns/odrl.jsonld"]),
    pinned!("undefined-terms-v2.jsonld", ["https://www.w3.org/ns/credentials/undefined-terms/v2"]),
    pinned!("data-integrity-v1.jsonld", ["https://w3id.org/security/data-integrity/v1"]),
    pinned!("data-integrity-v2.jsonld", ["https://w3id.org/security/data-integrity/v2"]),
    pinned!("multikey-v1.jsonld", ["https://w3id.org/security/multikey/v1"]),
    pinned!("did-v1.jsonld", ["https://www.w3.org/ns/did/v1"]),
    pinned!("ed25519-2020-v1.jsonld", ["https://w3id.org/security/suites/ed25519-2020/v1"]),
    pinned!("x25519-2020-v1.jsonld", ["https://w3id.org/security/suites/x25519-2020/v1"]),
    pinned!("jws-2020-v1.jsonld", ["https://w3id.org/security/suites/jws-2020/v1"]),
    pinned!("security-v1.jsonld", ["https://w3id.org/security/v1"]),
    pinned!("security-v2.jsonld", ["https://w3id.org/security/v2"]),
    pinned!("bitstring-status-list-v1.jsonld", ["https://www.w3.org/ns/credentials/status/v1"]),
    pinned!("status-list-2021-v1.jsonld", ["https://w3id.org/vc/status-list/2021/v1"]),
    pinned!("open-badges-2.jsonld", ["https://w3id.org/openbadges/v2", "https://openbadgespec.org/v2/context.json"]),
    pinned!("open-badges-3.0-beta.jsonld", ["https://imsglobal.github.io/openbadges-specification/ob_v3p0.html", "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json"]),
    pinned!("open-badges-3.0.0.jsonld", ["https://purl.imsglobal.org/spec/ob/v3p0/context.json"]),
    pinned!("open-badges-3.0.1.jsonld", ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]),
    pinned!("open-badges-3.0.2.jsonld", ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]),
    pinned!("open-badges-3.0.3.jsonld", ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]),
    pinned!("open-badges-extensions.jsonld", ["https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]),
    pinned!("clr-2.0.0.jsonld", ["https://purl.imsglobal.org/spec/clr/v2p0/context.json"]),
    pinned!("clr-2.0.1.jsonld", ["https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"]),
    pinned!("dcc-v1.jsonld", ["https://w3id.org/dcc/v1"]),
];

/// The place of a document in [`PINNED`], and its context once somebody asked for it.
type Lazily = (usize, OnceLock<Option<Value>>);

/// The value of the `@context` that an address stands for; None where it does not travel with Cairn.
pub fn context(url: &str) -> Option<&'static Value> {
    static BY_URL: OnceLock<HashMap<&str, Lazily>> = OnceLock::new();
    let by_url = BY_URL.get_or_init(|| {
        let places = PINNED.iter().enumerate();
        places.flat_map(|(place, pinned)| pinned.urls.iter().map(move |url| (*url, (place, OnceLock::new())))).collect()
    });
    let (place, parsed) = by_url.get(url)?;
    let parse = || serde_json::from_str::<Value>(PINNED[*place].text).ok()?.as_object_mut()?.remove("@context");
    parsed.get_or_init(parse).as_ref()
}

/// Every address that [`context`] knows.
pub fn urls() -> impl Iterator<Item = &'static str> {
    PINNED.iter().flat_map(|pinned| pinned.urls.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_context_is_the_one_that_the_index_pins_and_names_its_source() {
        let index: Vec<Value> = serde_json::from_str(include_str!("contexts/index.json")).unwrap();
        assert_eq!(index.len(), PINNED.len());
        for pinned in PINNED {
            let entry = index.iter().find(|entry| entry["file"] == pinned.file).unwrap_or_else(|| panic!("{}", pinned.file));
            let hash: String = Sha256::digest(pinned.text).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(entry["sha256"], hash.as_str(), "{}", pinned.file);
            assert_eq!(entry["urls"], serde_json::json!(pinned.urls), "{}", pinned.file);
            for member in ["package", "version", "path", "licence"] {
                assert!(entry[member].as_str().is_some_and(|text| !text.is_empty()), "{}: {member}", pinned.file);
            }
        }
        let folder = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/jsonld/contexts")).unwrap();
        assert_eq!(folder.count(), PINNED.len() + 1);
    }

    #[test]
    fn every_address_stands_for_one_context() {
        assert_eq!(urls().collect::<BTreeSet<_>>().len(), urls().count());
        for url in urls() {
            assert!(context(url).is_some_and(Value::is_object) || context(url).is_some_and(Value::is_array), "{url}");
        }
        assert!(context("https://example.org/context.json").is_none());
    }

    /// The contexts that others collected say the same, where they are at hand.
    #[test]
    fn the_contexts_say_what_other_collections_say() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/contexts");
        let Ok(index) = std::fs::read(folder.join("index.json")) else {
            eprintln!("skipped: the shared contexts are not here");
            return;
        };
        let index: HashMap<String, String> = serde_json::from_slice(&index).unwrap();
        for (url, file) in index {
            let theirs: Value = serde_json::from_slice(&std::fs::read(folder.join(&file)).unwrap()).unwrap();
            assert_eq!(context(&url), Some(&theirs["@context"]), "{url}");
        }
    }
}
