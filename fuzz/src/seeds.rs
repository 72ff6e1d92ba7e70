//! What the targets start from: small files of every kind, all made here.

use crate::{key, now};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cairn_proof::bake::{Generation, png, svg};
use cairn_proof::jwt;
use cairn_proof::packet::{self, Attachment, Claims, Contents, EntryName, PacketId, Source};
use cairn_proof::suites::{ed25519_signature_2020, eddsa_jcs_2022, eddsa_rdfc_2022};
use serde_json::{Map, Value, json};
use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

/// A file to start from.
pub type Seed = Vec<u8>;

/// Who keeps the status lists.
pub const ISSUER: &str = "did:web:school.example";
/// Where the status lists are kept.
pub const LIST: &str = "https://school.example/status/1";
/// The smallest picture: one grey pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";
const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><g><!-- a --><path d="M0 0"/></g></svg>"#;

/// Writes a target's seeds to its corpus, each run anew, so that they follow the formats.
pub fn write(target: &str, seeds: Vec<Seed>) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let written = fs::create_dir_all(&corpus);
    for (number, seed) in seeds.into_iter().enumerate() {
        let written = written.as_ref().map_err(ToString::to_string);
        let done = written.and_then(|()| fs::write(corpus.join(format!("seed-{number:02}")), seed).map_err(|error| error.to_string()));
        if let Err(error) = done {
            eprintln!("the seeds of {target} could not be written: {error}");
            return;
        }
    }
}

/// Signed in every way that Cairn signs, several in one file, of every standard, and with what a reader trips over.
pub fn json() -> Vec<Seed> {
    let badge = badge();
    let rdfc = signed(&badge, eddsa_rdfc_2022::CRYPTOSUITE);
    let list = [rdfc.clone(), signed(&badge, eddsa_jcs_2022::CRYPTOSUITE), signed(&badge, "Ed25519Signature2020")];
    let presentation = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
        "verifiableCredential": [rdfc, {"type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{}", token())}]
    });
    let mut seeds: Vec<Value> = list.to_vec();
    seeds.extend([Value::Array(list.into()), presentation, clr(), open_badge_2(), trouble(), Value::Object(badge), endorsement()]);
    seeds.iter().map(bytes).collect()
}

/// A token that holds, one of the older form, a payload to be signed, a header.
pub fn jwt() -> Vec<Seed> {
    let older = json!({"iss": key().did().to_string(), "nbf": 1, "exp": 2e9, "jti": "urn:uuid:1", "sub": "did:example:ada", "vc": Value::Object(badge())});
    let header = json!({"alg": "RS256", "typ": "JWT", "kid": "did:web:school.example#1", "jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}});
    vec![token().into_bytes(), bytes(&older), bytes(&Value::Object(badge())), bytes(&header), bytes(&open_badge_2())]
}

/// One pixel with a badge in each kind of chunk.
pub fn png() -> Vec<Seed> {
    let baked = |text: &str, generation| png::write(PIXEL, text, generation).unwrap_or_default();
    let packed = [b"openbadges\0\0".as_slice(), &zlib(open_badge_2().to_string().as_bytes())].concat();
    let international = [b"openbadgecredential\0\x01\0en\0badge\0".as_slice(), &zlib(b"{\"a\":1}")].concat();
    vec![
        PIXEL.to_vec(),
        baked(&Value::Object(badge()).to_string(), Generation::OpenBadges3),
        baked(&token(), Generation::OpenBadges3),
        baked("https://school.example/assertion/1", Generation::OpenBadges2),
        with_chunk(b"tEXt", b"openbadges\0{\"type\":\"Assertion\"}"),
        with_chunk(b"zTXt", &packed),
        with_chunk(b"iTXt", &international),
    ]
}

/// A drawing with a badge as text, as attribute, as CDATA, under other prefixes.
pub fn svg() -> Vec<Seed> {
    let baked = |text: &str, generation| svg::write(DRAWING.as_bytes(), text, generation).unwrap_or_default();
    let odd = r#"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><x:svg xmlns:x="http://www.w3.org/2000/svg" xmlns:b="https://purl.imsglobal.org/ob/v3p0"><b:credential verify='e&amp;y'>{&quot;a&quot;:&#49;}<![CDATA[{]]></b:credential></x:svg>"#;
    vec![
        DRAWING.into(),
        baked(&Value::Object(badge()).to_string(), Generation::OpenBadges3),
        baked(&token(), Generation::OpenBadges3),
        baked("https://school.example/assertion/1", Generation::OpenBadges2),
        odd.into(),
    ]
}

/// Lists of the three kinds with an entry for each, and compressed bits alone.
pub fn status_list() -> Vec<Seed> {
    let with = |mut list: Value, entry: Value| {
        list["credentialStatus"] = entry;
        bytes(&list)
    };
    let bits = gzip(&[0x5a; 512]);
    let encoded = URL_SAFE_NO_PAD.encode(&bits);
    let mut older = list(&encoded);
    older["type"] = json!(["VerifiableCredential", "StatusList2021Credential"]);
    older["credentialSubject"]["type"] = "StatusList2021".into();
    let mut message = list(&format!("u{encoded}"));
    message["credentialSubject"]["statusPurpose"] = "message".into();
    message["credentialSubject"]["statusMessage"] = json!([{"status": "0x0", "message": "pending"}, {"status": "0x1", "message": "read"}]);
    let revoked =
        json!({"id": LIST, "type": ["1EdTechRevocationList"], "issuer": ISSUER, "revokedCredential": [{"id": "urn:uuid:1"}, "urn:uuid:2"]});
    let mut sized = entry("1", LIST);
    (sized["statusSize"], sized["statusPurpose"]) = (2.into(), "message".into());
    let older_entry =
        json!({"type": "StatusList2021Entry", "statusPurpose": "revocation", "statusListIndex": 9, "statusListCredential": LIST});
    vec![
        with(list(&format!("u{encoded}")), entry("9", LIST)),
        with(older, older_entry),
        with(message, sized),
        with(revoked, json!({"id": LIST, "type": "1EdTechRevocationList"})),
        [&[1], bits.as_slice()].concat(),
        [&[32], gzip(&vec![0xff; 2 << 20]).as_slice()].concat(),
    ]
}

/// Archives of one and of several files, one in another, and a packet's.
pub fn zip() -> Vec<Seed> {
    let badge = Value::Object(badge()).to_string();
    let one = archive(&[("a/badge.json", badge.as_bytes()), ("notes.txt", b"no badge"), ("token.jwt", token().as_bytes())]);
    let two = archive(&[("inner.zip", &one), ("badge.png", png().get(1).map_or(&[], Vec::as_slice))]);
    let mut seeds = vec![one, two, deflated(&[("badge.json", badge.as_bytes()), ("zeros.json", &[b' '; 4096])])];
    seeds.extend(packet().into_iter().next());
    seeds
}

/// A packet; claims; rows of the packet's own lists; a manifest.
pub fn packet() -> Vec<Seed> {
    let lines = json!([{"text": "A line", "provenance": "issuer-signed", "by": "A school", "file": "credentials/01-a.json"}]);
    let materials = json!([{"kind": "key-document", "url": ISSUER, "seen": "2026-01-01T00:00:00Z", "file": "materials/index.json"}]);
    let contents = Contents {
        attachments: attached("credentials/01-a.json", &bytes(&signed(&badge(), eddsa_rdfc_2022::CRYPTOSUITE))),
        page: false,
        ..Contents::new(claims(subject()))
    };
    let mut out = Cursor::new(Vec::new());
    let written = packet::write(contents, &key(), now(), &mut out, &mut |_| ControlFlow::Continue(()));
    let manifest = written.map(|written| written.manifest).unwrap_or_default();
    let credential = bytes(&signed(&badge(), eddsa_jcs_2022::CRYPTOSUITE));
    vec![out.into_inner(), manifest, bytes(&Value::Object(subject())), bytes(&lines), bytes(&materials), credential]
}

/// What a learner claims in a packet.
pub fn claims(subject: Map<String, Value>) -> Claims {
    Claims { id: PacketId(uuid::Uuid::from_u128(7)), title: Some("A packet".into()), issuer_name: None, subject, valid_until: None }
}

/// Claims in the packet's own words.
pub fn subject() -> Map<String, Value> {
    object(json!({"type": "Person", "name": "Ada", "skills": [{"type": "Skill", "name": "Reading", "level": 3}]}))
}

/// One file of a packet; none where its name is not one.
pub fn attached<'a>(name: &str, content: &[u8]) -> Vec<Attachment<'a>> {
    let name = EntryName::new(name).ok().into_iter();
    name.map(|name| Attachment { name, media_type: "application/json".into(), source: Source::Bytes(content.to_vec()) }).collect()
}

/// An archive of stored files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, zip::CompressionMethod::Stored)
}

fn deflated(files: &[(&str, &[u8])]) -> Vec<u8> {
    packed(files, zip::CompressionMethod::Deflated)
}

fn packed(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, content) in files {
        let _ = zip.start_file(*name, options).map(|()| zip.write_all(content));
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A document with an attachment, as far as finding attachments needs one.
pub fn pdf(attachment: &[u8]) -> Vec<u8> {
    let head = format!("%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length {} >>\nstream\n", attachment.len());
    [head.as_bytes(), attachment, b"\nendstream\nendobj\n%%EOF\n"].concat()
}

/// A Bitstring Status List of [`ISSUER`] with these bits.
pub fn list(encoded: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": ISSUER,
        "credentialSubject": {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encoded}
    })
}

/// A place in a list.
pub fn entry(index: &str, url: &str) -> Value {
    json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": url})
}

/// A signed badge whose status stands in a list.
pub fn with_status(index: &str, url: &str) -> Vec<u8> {
    let mut badge = badge();
    badge.insert("credentialStatus".into(), entry(index, url));
    bytes(&signed(&badge, eddsa_jcs_2022::CRYPTOSUITE))
}

fn badge() -> Map<String, Value> {
    object(json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:2fe53dc9-b2ec-4939-9b2c-0d00f6663b6c",
        "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Statistics",
        "issuer": {"id": key().did().to_string(), "type": ["Profile"], "name": "A school"},
        "validFrom": "2025-01-09T15:06:31Z", "validUntil": "2035-01-09T15:06:31+01:00",
        "credentialSubject": {
            "type": ["AchievementSubject"], "id": "did:example:ada",
            "identifier": [{"type": "IdentityObject", "hashed": true, "identityHash": "sha256$00", "identityType": "emailAddress", "salt": "a"}],
            "achievement": {
                "id": "urn:uuid:bd6d9316-f7ae-4073-a1e5-2f7f5bd22922", "type": ["Achievement"], "name": "Statistics",
                "description": "Reads results.", "criteria": {"type": "Criteria", "narrative": "A **project**."},
                "image": {"id": "data:image/png;base64,iVBORw0KGgo=", "type": "Image"},
                "alignment": [{"type": ["Alignment"], "targetName": "Skill", "targetUrl": "https://skills.example/1"}],
                "resultDescription": [{"id": "urn:uuid:3", "type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade", "allowedValue": ["A", "B"]}]
            },
            "result": [{"type": ["Result"], "resultDescription": "urn:uuid:3", "value": "A"}]
        },
        "evidence": [{"type": ["Evidence"], "id": "https://school.example/e", "name": "The project"}]
    }))
}

fn endorsement() -> Value {
    let mut credential = badge();
    credential.insert("type".into(), json!(["VerifiableCredential", "EndorsementCredential"]));
    credential.insert("credentialSubject".into(), json!({"id": "urn:uuid:1", "type": "EndorsementSubject", "endorsementComment": "Yes."}));
    Value::Object(credential)
}

fn clr() -> Value {
    let contexts = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"];
    let inner = signed(&badge(), eddsa_rdfc_2022::CRYPTOSUITE);
    let subject = json!({
        "type": ["ClrSubject"], "id": "did:example:ada", "verifiableCredential": [inner],
        "association": [{"type": "Association", "associationType": "isParentOf", "sourceId": "urn:uuid:1", "targetId": "urn:uuid:2"}]
    });
    let clr = json!({
        "@context": contexts, "id": "urn:uuid:4", "type": ["VerifiableCredential", "ClrCredential"], "name": "A record",
        "issuer": {"id": key().did().to_string(), "type": ["Profile"]}, "validFrom": "2025-01-09T15:06:31Z", "credentialSubject": subject
    });
    signed(&object(clr), eddsa_jcs_2022::CRYPTOSUITE)
}

fn open_badge_2() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://school.example/assertion/1",
        "recipient": {"type": "email", "hashed": true, "salt": "a", "identity": "sha256$00ff"}, "issuedOn": "2020-01-01T00:00:00Z",
        "verification": {"type": "hosted"}, "expires": null, "image": {"id": "https://school.example/1.png", "caption": "x"},
        "badge": {
            "type": "BadgeClass", "id": "https://school.example/badge", "name": "B", "description": "d", "criteria": {"narrative": "n"},
            "issuer": {"type": "Issuer", "id": "https://school.example", "name": "S", "publicKey": "https://school.example/key"}
        }
    })
}

/// Contexts of its own, scoped terms, languages, lists, blank nodes that look alike, JSON literals, odd numbers.
fn trouble() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", {
            "@vocab": "https://a.example/", "p": {"@id": "p:q", "@container": "@list"}, "j": {"@type": "@json"}, "k": {"@reverse": "r:k"},
            "l": {"@container": "@language"}, "g": {"@container": ["@graph", "@id"], "@context": {"@propagate": false}}, "n": {"@id": "@nest"}
        }],
        "type": ["VerifiableCredential"], "issuer": key().did().to_string(), "validFrom": "2025-01-09T15:06:31Z",
        "credentialSubject": [{"p": [1, 1.5e300, -0.0, true, []], "j": {"b": [1e21], "a": "\u{10ffff}"}, "l": {"de": "x", "@none": "y"}},
            {"x": {"@id": "_:b0", "y": {"@id": "_:b1", "x": {"@id": "_:b0"}}}, "k": {"@id": "_:b1"}, "g": {"urn:g": {"x": 1}}, "n": {"z": "1"}}]
    })
}

fn token() -> String {
    jwt::sign(&badge(), &key()).unwrap_or_default()
}

fn signed(credential: &Map<String, Value>, suite: &str) -> Value {
    let mut options = json!({
        "type": "DataIntegrityProof", "cryptosuite": suite, "created": "2025-01-09T15:06:31Z",
        "verificationMethod": key().did().verification_method(), "proofPurpose": "assertionMethod"
    });
    if suite == "Ed25519Signature2020" {
        options["type"] = suite.into();
        options.as_object_mut().map(|options| options.remove("cryptosuite"));
    }
    let create = match suite {
        eddsa_rdfc_2022::CRYPTOSUITE => eddsa_rdfc_2022::create_proof,
        eddsa_jcs_2022::CRYPTOSUITE => eddsa_jcs_2022::create_proof,
        _ => ed25519_signature_2020::create_proof,
    };
    let mut signed = credential.clone();
    signed.insert("proof".into(), create(credential, object(options), &key()).unwrap_or_default());
    Value::Object(signed)
}

fn with_chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let (before, end) = PIXEL.split_at(PIXEL.len() - 12);
    let length = u32::try_from(data.len()).unwrap_or_default().to_be_bytes();
    crate::mend::png(&[before, &length, kind, data, &[0; 4], end].concat())
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
