//! What JSON-LD allows, what safe mode refuses, and the same quads as another implementation gives.

use super::*;
use crate::rdfc::{Algorithm, canonicalize};
use crate::{json, vectors};
use serde_json::{Map, Value, json};
use std::path::Path;

const V2: &str = "https://www.w3.org/ns/credentials/v2";

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn canonical(document: &Map<String, Value>) -> Result<String, JsonLdError> {
    read(Source { members: document, without: &[], context: None }).map(|dataset| canonicalize(&dataset, Algorithm::Sha256).unwrap())
}

/// The quads of a document whose context is given, without the prefix `urn:`.
fn quads(context: Value, members: Value) -> Result<String, JsonLdError> {
    let mut document = object(members);
    document.insert("@context".into(), context);
    canonical(&document).map(|text| text.replace("urn:", "").replace("http://www.w3.org/2001/XMLSchema#", "xsd:"))
}

/// What a document's contexts cost is limited, each limit on its own.
#[test]
fn contexts_that_are_built_to_exhaust_are_beyond_the_limit() {
    let beyond = |document: Value| {
        let found = canonical(&object(document));
        assert!(matches!(found, Err(JsonLdError::Limit(_))), "{:?}", found.map(|text| text.len()));
    };
    let chain = |count: usize| {
        let mut terms: Map<String, Value> = (0..count).map(|at| (format!("t{at}"), format!("t{}", at + 1).into())).collect();
        terms.insert(format!("t{count}"), "urn:x".into());
        json!({"@context": [V2, terms], "t0": "x"})
    };
    assert!(canonical(&object(chain(20))).is_ok());
    beyond(chain(100));
    beyond(chain(60_000));
    beyond(json!({"@context": vec![V2; 65], "name": "x"}));

    // Thousands of places that each copy thousands of terms.
    let terms: Map<String, Value> = (0..5_000).map(|at| (format!("t{at}"), format!("urn:x:{at}").into())).collect();
    let again = |context: Value| {
        let nodes: Vec<Value> = (0..4_000).map(|_| json!({"@context": context, "t2": "x"})).collect();
        json!({"@context": [terms], "t0": nodes})
    };
    beyond(again(json!({"another": "urn:y"})));
    assert!(canonical(&object(again(json!({})))).is_ok(), "what says nothing costs nothing");

    // Contexts that travel with Cairn, in ever new orders.
    let urls = ["https://w3id.org/security/v1", "https://w3id.org/security/v2", "https://w3id.org/openbadges/v2"];
    let order = |number: usize| (0..8).map(|place| urls[number / 3usize.pow(place) % 3]).collect::<Vec<_>>();
    let nodes = |count: usize| {
        let nodes: Vec<Value> = (0..count).map(|number| json!({"@context": order(number), "urn:name": "x"})).collect();
        json!({"@context": urls[0], "urn:has": nodes})
    };
    assert!(canonical(&object(nodes(9))).is_ok());
    beyond(nodes(3usize.pow(8)));
}

#[test]
fn the_w3c_documents_come_out_byte_for_byte() {
    let Some(folder) = vectors::folder("") else { return };
    let pairs = [
        ("w3c-vc-di-eddsa/TestVectors/unsigned.json", "w3c-vc-di-eddsa/TestVectors/eddsa-rdfc-2022/canonDocDataInt.txt"),
        (
            "w3c-vc-di-eddsa/TestVectors/eddsa-rdfc-2022/proofConfigDataInt.json",
            "w3c-vc-di-eddsa/TestVectors/eddsa-rdfc-2022/proofCanonDataInt.txt",
        ),
        (
            "w3c-vc-di-eddsa/TestVectors/Ed25519Signature2020/proofConfigEdSig.json",
            "w3c-vc-di-eddsa/TestVectors/Ed25519Signature2020/proofCanonEdSig.txt",
        ),
    ];
    for (document, expected) in pairs {
        let document: Value = serde_json::from_slice(&std::fs::read(folder.join(document)).unwrap()).unwrap();
        assert_eq!(canonical(&object(document)).unwrap(), std::fs::read_to_string(folder.join(expected)).unwrap(), "{expected}");
    }
}

/// Contexts for oxjsonld, which asks for them by address.
fn with_oxjsonld(document: &[u8]) -> String {
    let loader = |url: &str, _: &oxjsonld::JsonLdLoadDocumentOptions| {
        let context = pinned::context(url).ok_or("unknown context")?;
        Ok(oxjsonld::JsonLdRemoteDocument { document: json!({"@context": context}).to_string().into_bytes(), document_url: url.to_owned() })
    };
    let parser = oxjsonld::JsonLdParser::new().for_slice(document).with_load_document_callback(loader);
    let nquads: String = parser.map(|quad| format!("{} .\n", quad.unwrap())).collect();
    canonicalize(&crate::rdfc::nquads::read(&nquads), Algorithm::Sha256).unwrap()
}

#[test]
fn every_credential_at_hand_gives_the_quads_that_oxjsonld_gives() {
    let Some(folder) = vectors::folder("") else { return };
    let mut compared = 0;
    let mut folders = vec![folder.join("dcc-vc-test-fixtures"), folder.join("w3c-vc-di-eddsa"), folder.join("w3c-vc-di-ecdsa")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(Value::Object(document)) = json::parse(&std::fs::read(&path).unwrap()) {
                compared += usize::from(compare(&path, &document));
            }
        }
    }
    assert!(compared > 120, "{compared}");
}

fn compare(path: &Path, document: &Map<String, Value>) -> bool {
    match canonical(document) {
        Ok(ours) => {
            assert_eq!(ours, with_oxjsonld(&serde_json::to_vec(document).unwrap()), "{}", path.display());
            true
        }
        // Steps of other suites, and what the one context that is not at hand defines.
        Err(_) => false,
    }
}

fn v2(members: Value) -> Result<String, JsonLdError> {
    quads(json!([V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]), members)
}

#[test]
fn what_the_signature_could_not_cover_is_named() {
    let at = |place: &str| place.to_owned();
    let undefined = v2(json!({"id": "urn:a", "type": "VerifiableCredential", "credentialSubject": {"id": "urn:b", "grade": "A"}}));
    assert_eq!(undefined, Err(JsonLdError::UndefinedTerm { place: at("credentialSubject.grade") }));
    let kind = v2(json!({"id": "urn:a", "type": ["VerifiableCredential", "Nonsense"]}));
    assert_eq!(kind, Err(JsonLdError::UndefinedType { name: at("Nonsense"), place: at("type") }));
    let relative = v2(json!({"id": "a", "type": "VerifiableCredential"}));
    assert_eq!(relative, Err(JsonLdError::RelativeId { id: at("a"), place: at("id") }));
    let issuer = v2(json!({"id": "urn:a", "type": "VerifiableCredential", "issuer": "the school"}));
    assert_eq!(issuer, Err(JsonLdError::RelativeId { id: at("the school"), place: at("issuer") }));
    let null = v2(json!({"id": "urn:a", "name": ["A", null]}));
    assert!(matches!(null, Err(JsonLdError::Uncovered { place, .. }) if place == "name.1"));
    let language = v2(json!({"id": "urn:a", "name": {"@value": "A", "@language": "no language"}}));
    assert!(matches!(language, Err(JsonLdError::Uncovered { .. })));
    for (feature, members) in [
        ("@index", json!({"id": "urn:a", "@index": "x", "name": "A"})),
        ("@nest", json!({"id": "urn:a", "@nest": {"name": "A"}})),
        ("@reverse", json!({"id": "urn:a", "@reverse": {"name": "A"}})),
        ("@included", json!({"id": "urn:a", "@included": [{"id": "urn:b", "name": "A"}]})),
        ("@graph", json!({"@graph": [{"id": "urn:b", "name": "A"}]})),
    ] {
        let found = v2(members);
        assert!(matches!(&found, Err(JsonLdError::Unsupported { feature: named, .. }) if named.contains(feature)), "{found:?}");
    }
}

#[test]
fn an_unknown_context_is_named_and_makes_nothing_invalid() {
    let unknown = quads(json!([V2, "https://school.example/context"]), json!({"id": "urn:a", "name": "A"})).unwrap_err();
    assert_eq!(unknown, JsonLdError::UnknownContext("https://school.example/context".into()));
    assert!(unknown.is_beyond());
}

#[test]
fn a_documents_own_context_adds_terms_and_changes_none() {
    let own =
        |terms: Value, members: Value| quads(json!([V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", terms]), members);
    let added = own(json!({"hours": "urn:hours"}), json!({"id": "urn:a", "hours": 3}));
    assert_eq!(added.unwrap(), "<a> <hours> \"3\"^^<xsd:integer> .\n");
    let protected = own(json!({"name": "urn:name"}), json!({"id": "urn:a", "name": "A"}));
    assert!(matches!(protected, Err(JsonLdError::Context(_))), "{protected:?}");
    let again = own(json!({"name": "https://schema.org/name"}), json!({"id": "urn:a", "name": "A"}));
    assert!(again.is_ok(), "{again:?}");
    for broken in
        [json!({"a": {"@id": "a"}}), json!({"a": "b", "b": "a"}), json!({"@base": "urn:b"}), json!({"@import": "urn:i"}), json!(7)]
    {
        assert!(own(broken.clone(), json!({"id": "urn:a", "name": "A"})).is_err(), "{broken}");
    }
}

/// The same quads as with `validUntil`, which readers of the JSON would not see.
#[test]
fn what_verdicts_rest_on_cannot_go_by_another_name_or_stand_in_another_place() {
    let date = json!({"@value": "2020-01-01T00:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"});
    let iri = "https://www.w3.org/2018/credentials#validUntil";
    let disguised = |found: Result<String, JsonLdError>| assert!(matches!(found, Err(JsonLdError::Disguised { .. })), "{found:?}");
    disguised(v2(json!({"id": "urn:a", "type": "VerifiableCredential", iri: date})));
    let own = quads(json!([V2, {"x": iri}]), json!({"id": "urn:a", "type": "VerifiableCredential", "x": date}));
    disguised(own);
    let compact = quads(json!([V2, {"c": "https://www.w3.org/2018/credentials#"}]), json!({"id": "urn:a", "c:validUntil": date}));
    disguised(compact);
    let elsewhere = json!({"id": "urn:a", "type": "VerifiableCredential", "validUntil": "2020-01-01T00:00:00Z"});
    disguised(v2(json!({"id": "urn:a", "type": "VerifiableCredential", "evidence": elsewhere})));
    // A purpose that means another one.
    let security = "https://w3id.org/security#";
    let proof = json!({"type": "P", "proofPurpose": "assertionMethod"});
    let context = json!({"id": "@id", "type": "@type", "P": "urn:P", "assertionMethod": format!("{security}authenticationMethod"),
        "proofPurpose": {"@id": format!("{security}proofPurpose"), "@type": "@vocab"}});
    disguised(quads(context, proof));
}

/// The same quads as under the usual names, by which alone the window, the record and the verdict read.
#[test]
fn what_travelling_contexts_name_stands_under_that_name() {
    let vocabulary = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#";
    let badges = |version: &str, own: Value, subject: Value| {
        let badges = format!("https://purl.imsglobal.org/spec/ob/v3p0/context{version}.json");
        quads(json!([V2, badges, own]), json!({"id": "urn:a", "type": "VerifiableCredential", "credentialSubject": subject}))
    };
    let failed = json!([{"type": "Result", "value": "F"}]);
    let plain = json!({"id": "urn:b", "type": "AchievementSubject", "result": failed});
    let usual = badges("-3.0.3", json!({}), plain.clone()).unwrap();
    let own = |name: &str| json!({name: format!("{vocabulary}result")});
    assert_eq!(badges("-3.0.3", json!({"unused": format!("{vocabulary}result"), "hours": "urn:hours"}), plain).unwrap(), usual);
    let renamed = |name: &str| json!({"id": "urn:b", "type": "AchievementSubject", name: failed});
    let full = format!("{vocabulary}result");
    for (own, subject, place) in [
        (own("x"), renamed("x"), "x"),
        (json!({"ob": vocabulary}), renamed("ob:result"), "ob:result"),
        (json!({}), renamed(&full), "https://purl"),
        (json!({}), json!({"@id": "urn:b", "type": "AchievementSubject", "result": failed}), "@id"),
        (json!({}), json!({"id": "urn:b", "@type": "AchievementSubject", "result": failed}), "@type"),
        (json!({"self": "@id"}), json!({"self": "urn:b", "type": "AchievementSubject", "result": failed}), "self"),
        (json!({"S": format!("{vocabulary}AchievementSubject")}), json!({"id": "urn:b", "type": ["S"]}), "type"),
        (json!({}), json!({"id": "urn:b", "type": format!("{vocabulary}AchievementSubject")}), "type"),
        (json!({}), json!({"id": "urn:b", "@context": {"y": full}, "type": "AchievementSubject", "y": failed}), "y"),
    ] {
        let found = badges("-3.0.3", own, subject);
        let expected = format!("credentialSubject.{place}");
        assert!(matches!(&found, Err(JsonLdError::Renamed { place }) if place.starts_with(&expected)), "{expected}: {found:?}");
    }
    let set = badges("-3.0.3", json!({}), json!({"@set": [{"id": "urn:b", "type": "AchievementSubject", "result": failed}]}));
    assert!(matches!(set, Err(JsonLdError::Unsupported { .. })), "{set:?}");
    // Open Badges 3.0.0 gave one address to a class and to the property that leads to it.
    let older = json!(["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]);
    let achievement = |name: &str, kind: &str| {
        let subject = json!({"type": "AchievementSubject", name: {"id": "urn:c", "type": kind, "name": "Welding"}});
        quads(older.clone(), json!({"id": "urn:a", "type": "VerifiableCredential", "credentialSubject": subject}))
    };
    let found = achievement("achievement", "Achievement");
    assert!(found.is_ok(), "{found:?}");
    assert!(matches!(achievement("Achievement", "Achievement"), Err(JsonLdError::Renamed { .. })));
    let kind = quads(older.clone(), json!({"id": "urn:a", "type": ["AchievementSubject", "achievement"]}));
    assert!(matches!(kind, Err(JsonLdError::Renamed { .. })), "{kind:?}");
    // Nobody reads further below a property of the issuer's own.
    let below = json!({"id": "urn:b", "own": {"@set": [{"@id": "urn:c", "@type": "Result", "x": "A"}]}});
    assert!(badges("-3.0.3", json!({"own": "urn:own", "x": "https://schema.org/name"}), below).is_ok());
    // Where no context that travels with Cairn has a name for it, any will do.
    assert!(quads(json!({"x": full, "self": "@id"}), json!({"self": "urn:b", "x": "A"})).is_ok());
}

#[test]
fn lists_sets_languages_json_and_graphs_become_what_the_standard_says() {
    let context = json!({
        "id": "@id", "type": "@type",
        "list": {"@id": "urn:list", "@container": "@list"}, "set": {"@id": "urn:set", "@container": "@set"},
        "words": {"@id": "urn:words", "@container": "@language"}, "any": {"@id": "urn:any", "@type": "@json"},
        "graph": {"@id": "urn:graph", "@container": "@graph"}, "said": {"@id": "urn:said", "@language": "DE"},
        "on": {"@id": "urn:on", "@type": "http://www.w3.org/2001/XMLSchema#date"}, "of": {"@reverse": "urn:has", "@type": "@id"}
    });
    let made = |members: Value| quads(context.clone(), members).unwrap();
    assert_eq!(made(json!({"id": "urn:a", "set": ["x", ["y"], "x"]})), "<a> <set> \"x\" .\n<a> <set> \"y\" .\n");
    assert_eq!(made(json!({"id": "urn:a", "words": {"EN": "x", "@none": ["y"]}})), "<a> <words> \"x\"@en .\n<a> <words> \"y\" .\n");
    let directed = made(json!({"id": "urn:a", "set": {"@value": "x", "@language": "AR", "@direction": "rtl"}}));
    assert_eq!(directed, "<a> <set> \"x\"^^<https://www.w3.org/ns/i18n#ar_rtl> .\n");
    assert_eq!(made(json!({"id": "urn:a", "said": "x"})), "<a> <said> \"x\"@de .\n");
    assert_eq!(made(json!({"id": "urn:a", "on": "2026-01-01"})), "<a> <on> \"2026-01-01\"^^<xsd:date> .\n");
    assert_eq!(made(json!({"id": "urn:a", "of": "urn:b"})), "<b> <has> <a> .\n");
    assert!(made(json!({"id": "urn:a", "any": {"b": 1, "a": []}})).contains(r#""{\"a\":[],\"b\":1}"^^"#));
    let graph = made(json!({"id": "urn:a", "graph": {"id": "urn:b", "set": 1}}));
    assert_eq!(graph, "<a> <graph> _:c14n0 .\n<b> <set> \"1\"^^<xsd:integer> _:c14n0 .\n");
    assert_eq!(made(json!({"id": "urn:a", "list": ["x", "x"]})).lines().count(), 5);
    assert!(made(json!({"id": "urn:a", "list": []})).ends_with("#nil> .\n"));
    assert_eq!(made(json!({"id": "urn:a", "list": {"@list": ["x"]}})), made(json!({"id": "urn:a", "list": "x"})));
    assert!(quads(context.clone(), json!({"id": "urn:a", "graph": "urn:b"})).is_err(), "a graph that says nothing");
}
