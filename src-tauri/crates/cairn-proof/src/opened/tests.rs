use super::*;
use crate::bake::Generation;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use serde_json::json;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A credential's text as an issuer might lay it out: white space, escapes and order that no writer of ours would give it.
fn credential(name: &str) -> String {
    format!("{{ \"type\" : [\"VerifiableCredential\",\"OpenBadgeCredential\"],\n  \"id\":\"urn:x:{name}\", \"n\\u0061me\": \"{name}\" }}")
}

fn token(claims: &Value) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part("{\"alg\":\"EdDSA\"}"), part(&claims.to_string()), part("signature"))
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = ::png::Encoder::new(&mut bytes, 1, 1);
    encoder.write_header().unwrap().write_image_data(&[7]).unwrap();
    bytes
}

fn pdf(attachments: &[&[u8]]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>\nendobj\n".to_vec();
    for (number, bytes) in attachments.iter().enumerate() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let head = format!("{} 0 obj\n<</Type /EmbeddedFile /Filter /FlateDecode /Length {}>>\nstream\n", number + 9, packed.len());
        pdf.extend([head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat());
    }
    [pdf, b"%%EOF".to_vec()].concat()
}

fn opened(bytes: &[u8]) -> Opened {
    open("file", bytes).unwrap()
}

fn places(opened: &Opened) -> Vec<&str> {
    opened.items.iter().map(|item| item.place.as_str()).collect()
}

fn texts(opened: &Opened) -> Vec<&str> {
    opened.items.iter().map(|item| std::str::from_utf8(&item.bytes).unwrap()).collect()
}

#[test]
fn a_single_credential_is_kept_byte_for_byte_as_it_came() {
    for text in [credential("a"), format!("\u{feff}{}\r\n\r\n", credential("a"))] {
        let opened = opened(text.as_bytes());
        assert_eq!(opened.kind, Kind::Json);
        let item = &opened.items[0];
        assert_eq!((item.bytes.as_slice(), item.name.as_str(), item.place.as_str()), (text.as_bytes(), "a", ""));
        assert!(matches!(&item.payload, Payload::Json(object) if object["name"] == "a"));
    }
}

#[test]
fn tokens_are_read_in_both_forms_and_with_white_space_around() {
    let whole = json!({"type": ["VerifiableCredential"], "name": "whole"});
    for claims in [whole, json!({"iss": "x", "vc": {"type": ["VerifiableCredential"], "name": "whole"}})] {
        let text = format!("{}\n", token(&claims));
        let opened = opened(text.as_bytes());
        let item = &opened.items[0];
        assert_eq!((opened.kind, item.format, item.name.as_str()), (Kind::Jwt, Format::Jwt, "whole"));
        assert_eq!(item.bytes, text.as_bytes());
        assert_eq!(item.payload, Payload::Jwt { token: text.trim().into(), payload: claims.as_object().unwrap().clone() });
    }
    assert!(matches!(open("x", token(&json!({"sub": "ada"})).as_bytes()), Err(OpenError::Foreign(_))));
    assert!(matches!(open("x", b"eyJhbGciOiJub25lIn0.%%%.x"), Err(OpenError::Foreign(_))));
    assert!(matches!(open("x", b"eyJhbGciOiJub25lIn0.e30"), Err(OpenError::Token(_))));
    assert!(matches!(open("x", b"eyJhbGciOiJub25lIn0.e3.x"), Err(OpenError::Token(_))));
    assert!(matches!(open("x", b"eyJhbGciOiJub25lIn0.e30.x~ey~"), Err(OpenError::Unsupported(_))));
}

#[test]
fn a_presentation_gives_the_exact_slice_of_each_credential() {
    let (one, two) = (credential("one"), credential("two"));
    let signed = token(&json!({"type": "VerifiableCredential", "name": "three"}));
    let enveloped = json!({"type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{signed}")});
    let text = format!(
        "{{\"type\":[\"VerifiablePresentation\"],\"id\":\"urn:p\",\"verifiableCredential\" : [{one} ,\n {two},\"{signed}\",{enveloped}]}}"
    );
    let opened = opened(text.as_bytes());
    assert_eq!(opened.kind, Kind::Presentation);
    assert_eq!(texts(&opened), [one.as_str(), &two, &signed, &signed]);
    assert_eq!(places(&opened)[1..3], ["/verifiableCredential/1", "/verifiableCredential/2"]);
    assert!(opened.items.iter().all(|item| item.grouping.as_ref().unwrap().id.as_deref() == Some("urn:p")));
    let single = format!("{{\"type\":\"VerifiablePresentation\",\"verifiableCredential\":{one}}}");
    assert_eq!(texts(&open("x", single.as_bytes()).unwrap()), [one.as_str()]);
}

#[test]
fn a_presentation_as_a_token_gives_its_tokens() {
    let inner = token(&json!({"vc": {"type": ["VerifiableCredential"]}}));
    let vp = json!({"type": ["VerifiablePresentation"], "verifiableCredential": [inner]});
    for claims in [json!({"iss": "x", "vp": vp}), vp.clone()] {
        let opened = opened(token(&claims).as_bytes());
        assert_eq!((opened.kind, texts(&opened)), (Kind::Presentation, vec![inner.as_str()]));
    }
    let broken = json!({"type": "VerifiablePresentation", "verifiableCredential": [inner, "eyJ9.broken"]});
    let opened = opened(broken.to_string().as_bytes());
    assert_eq!((opened.items.len(), opened.faults.len()), (1, 1));
    assert_eq!(opened.faults[0].place, "/verifiableCredential/1");
}

#[test]
fn a_learner_record_comes_first_and_gives_its_grouping_to_those_inside() {
    let (one, two) = (credential("one"), credential("two"));
    let text = format!(
        "{{\"type\":[\"VerifiableCredential\",\"ClrCredential\"],\"id\":\"urn:clr\",\"name\":\"My record\",\"credentialSubject\":\
         {{\"verifiableCredential\":[{one},{two}],\"association\":[{{\"type\":\"Association\",\"associationType\":\"isChildOf\",\
         \"sourceId\":\"urn:x:two\",\"targetId\":\"urn:x:one\"}}]}}}}"
    );
    let opened = opened(text.as_bytes());
    assert_eq!((opened.kind, texts(&opened)), (Kind::Clr, vec![text.as_str(), &one, &two]));
    assert_eq!(places(&opened)[2], "/credentialSubject/verifiableCredential/1");
    assert_eq!(opened.items[0].grouping, None);
    let grouping = opened.items[2].grouping.as_ref().unwrap();
    assert_eq!((grouping.kind, grouping.name.as_deref()), (GroupingKind::Clr, Some("My record")));
    assert_eq!(grouping.associations[0].kind, "isChildOf");
    let signed = token(&serde_json::from_str(&text).unwrap());
    assert_eq!(open("x", signed.as_bytes()).unwrap().items.len(), 3);
}

#[test]
fn backups_and_arrays_are_searched_for_credentials() {
    let one = credential("one");
    let signed = token(&json!({"type": "VerifiableCredential"}));
    let as_text = serde_json::to_string(&one).unwrap();
    let text = format!(
        "{{\"wallet\":{{\"records\":[{{\"raw/1\":{as_text}}},{{\"vc\":{one}}}],\"deleted\":null}},\"tokens\":[\"{signed}\",\"ey.\"]}}"
    );
    let opened = opened(text.as_bytes());
    assert_eq!(opened.kind, Kind::Collection);
    assert_eq!(texts(&opened), [signed.as_str(), &one, &one]);
    assert_eq!(places(&opened)[1], "/wallet/records/0/raw~11");
    assert!(matches!(open("x", b"{\"name\":\"an app\"}"), Err(OpenError::Foreign("JSON of another kind"))));
}

#[test]
fn an_older_badge_finds_its_class_and_issuer_in_the_same_file_or_archive() {
    let assertion = json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
        "recipient": {"type": "email"}, "badge": "https://a.example/badge", "narrative": null});
    let badge = json!({"type": "BadgeClass", "id": "https://a.example/badge", "name": "Old badge", "issuer": "https://a.example/issuer"});
    let issuer = json!({"type": "Issuer", "id": "https://a.example/issuer", "publicKey": "https://a.example/key"});
    let other = json!({"type": "Issuer", "id": "https://b.example/issuer"});
    let array = json!([badge, issuer, assertion, other]).to_string();
    let texts: Vec<String> = [&assertion, &badge, &issuer].map(Value::to_string).to_vec();
    let archive = zip(&[("1.json", texts[0].as_bytes()), ("b.json", texts[1].as_bytes()), ("i.json", texts[2].as_bytes())]);
    for bytes in [array.as_bytes(), archive.as_slice()] {
        let opened = opened(bytes);
        let Payload::OpenBadges2 { token: None, assertion: found, beside } = &opened.items[0].payload else { panic!("{opened:?}") };
        assert_eq!((found["id"].as_str(), beside.len()), (Some("https://a.example/1"), 2));
        assert_eq!(beside[1]["id"], "https://a.example/issuer");
        assert_eq!(opened.items[0].name, "Old badge");
        assert_eq!(opened.items[0].fault, None);
    }
    assert!(matches!(open("x", texts[1].as_bytes()), Err(OpenError::Foreign(_))));
    let signed = token(&assertion.as_object().unwrap().clone().into_iter().filter(|(_, value)| !value.is_null()).collect());
    assert!(matches!(&open("x", signed.as_bytes()).unwrap().items[0].payload, Payload::OpenBadges2 { token: Some(_), .. }));
}

#[test]
fn a_null_in_a_signed_credential_is_kept_as_its_fault() {
    let text = r#"[{"type":"VerifiableCredential","name":null},{"type":"VerifiableCredential"}]"#;
    let opened = opened(text.as_bytes());
    assert_eq!(opened.items[0].fault, Some(JsonError::Null("name".into())));
    assert_eq!(opened.items[1].fault, None);
}

#[test]
fn a_picture_is_kept_whole() {
    let text = credential("baked");
    let png = bake::png::write(&picture(), &text, Generation::OpenBadges3).unwrap();
    let svg = bake::svg::write(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", &text, Generation::OpenBadges3).unwrap();
    for (image, kind, format) in [(png, Kind::Png, Format::Png), (svg, Kind::Svg, Format::Svg)] {
        let opened = opened(&image);
        let item = &opened.items[0];
        assert_eq!((opened.kind, item.format, item.name.as_str(), &item.bytes), (kind, format, "baked", &image));
    }
    let address = bake::png::write(&picture(), "https://a.example/1", Generation::OpenBadges2).unwrap();
    assert_eq!(opened(&address).items[0].payload, Payload::Link { url: "https://a.example/1".into() });
    assert!(matches!(open("x", &picture()), Err(OpenError::Foreign(_))));
    assert!(matches!(open("x", b"<html></html>"), Err(OpenError::Foreign(_))));
}

#[test]
fn an_archive_of_anything_is_opened_two_deep() {
    let (one, two) = (credential("one"), credential("two"));
    let signed = token(&json!({"type": "VerifiableCredential"}));
    let png = bake::png::write(&picture(), &two, Generation::OpenBadges3).unwrap();
    let inner = zip(&[("b/what is this?.json", one.as_bytes()), ("photo.png", &picture())]);
    let deeper = zip(&[("inner.zip", inner.as_slice())]);
    let files: &[(&str, &[u8])] = &[
        ("a.json", one.as_bytes()),
        ("__MACOSX/._a.json", b"\0\x05\x16\x07"),
        ("readme.txt", b"hello"),
        ("t.jwt", signed.as_bytes()),
        ("c.png", &png),
        ("inner.zip", &inner),
        ("deeper.zip", &deeper),
        ("broken.json", b"{\"type\":"),
    ];
    let opened = opened(&zip(files));
    assert_eq!(opened.kind, Kind::Archive);
    assert_eq!(places(&opened), ["a.json", "t.jwt", "c.png", "inner.zip/b/what is this?.json"]);
    assert_eq!(opened.items[2].bytes, png);
    let faults: Vec<_> = opened.faults.iter().map(|fault| (fault.place.as_str(), fault.reason.verdict())).collect();
    use crate::Verdict::{CannotCheck, Invalid};
    assert_eq!(faults, [("deeper.zip/inner.zip", Invalid), ("broken.json", CannotCheck)]);
    assert!(matches!(open("x", &zip(&[("a.txt", b"x")])), Err(OpenError::Foreign(_))));
    assert!(matches!(open("x", &zip(&[("../a.json", one.as_bytes())])), Err(OpenError::Archive(Reason::HostileArchive { .. }))));
}

#[test]
fn archives_that_would_exhaust_their_reader_are_refused() {
    let zeros = vec![0; 17 * 1024 * 1024];
    assert!(matches!(open("x", &zip(&[("a.json", &zeros)])), Err(OpenError::Archive(Reason::HostileArchive { .. }))));
    let mut noise = vec![0u8; 17 * 1024 * 1024];
    let mut state = 1u32;
    noise.iter_mut().for_each(|byte| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    });
    let opened = opened(&zip(&[("a.json", &noise), ("b.json", credential("b").as_bytes())]));
    assert_eq!((opened.items.len(), opened.faults[0].place.as_str()), (1, "a.json"));
    let many = format!("[{}]", vec!["{\"type\":\"VerifiableCredential\"}"; MAX_ITEMS + 1].join(","));
    assert_eq!(open("x", many.as_bytes()), Err(OpenError::TooMany));
}

#[test]
fn what_lies_in_one_another_is_unpacked_up_to_one_limit_for_all() {
    let deflated = |files: &[(String, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Deflated)).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    // Each archive inside is within the limits of one archive: 200 files of one MiB.
    let mib = vec![b' '; 1024 * 1024];
    let inner = deflated(&(0..200).map(|number| (format!("{number}.txt"), mib.as_slice())).collect::<Vec<_>>());
    let outer = deflated(&(0..20).map(|number| (format!("{number}.zip"), inner.as_slice())).collect::<Vec<_>>());
    let opened = opened(&outer);
    assert!(opened.items.is_empty());
    assert_eq!(opened.faults[0].place, "1.zip/55.txt");
    assert!(opened.faults.iter().all(|fault| fault.reason.sentence().contains("larger than 256 MiB")), "{:?}", opened.faults);
}

#[test]
fn a_large_part_of_older_badges_is_kept_once_for_all_that_point_to_it() {
    let class = json!({"type": "BadgeClass", "id": "urn:c", "description": "a".repeat(100_000)});
    let mut badges = vec![class];
    badges.extend((0..50).map(|number| json!({"type": "Assertion", "id": format!("urn:{number}"), "badge": "urn:c"})));
    let opened = opened(Value::Array(badges).to_string().as_bytes());
    let beside = |item: &Item| match &item.payload {
        Payload::OpenBadges2 { beside, .. } => Arc::as_ptr(&beside[0]),
        other => panic!("{other:?}"),
    };
    assert_eq!(opened.items.len(), 50);
    assert!(opened.items.iter().all(|item| beside(item) == beside(&opened.items[0])));
}

#[test]
fn a_packet_gives_the_credentials_of_others_in_it_and_a_document_what_is_attached() {
    let one = credential("one");
    let manifest = json!({"type": ["VerifiableCredential", crate::packet::PACKET_TYPE]}).to_string();
    let packet =
        zip(&[("credentials/1.json", one.as_bytes()), ("evidence/x.json", one.as_bytes()), ("manifest.json", manifest.as_bytes())]);
    let direct = opened(&packet);
    assert_eq!((direct.kind, places(&direct)), (Kind::Packet, vec!["credentials/1.json"]));
    let document = pdf(&[b"<xml/>", &packet, one.as_bytes()]);
    let opened = opened(&document);
    assert_eq!((opened.kind, places(&opened)), (Kind::Pdf, vec!["attachment 3"]));
    assert_eq!(opened.packets, [Packet { place: "attachment 2".into(), bytes: packet }]);
    assert_eq!(open("x", b"%PDF-1.7 and nothing"), Err(OpenError::Foreign("a PDF document")));
}

#[test]
fn attachments_are_found_however_they_are_written() {
    let one = credential("one");
    let length = one.len();
    for dictionary in [
        format!("<< /Length {length} /Type/EmbeddedFile>>stream\r\n"),
        "<</Type /EmbeddedFile /Length 7 0 R>>\nstream\n".to_owned(),
        format!("<</Params <</Size 3>>/Type /EmbeddedFile\n/Subtype /application#2Fjson /Length {length}>> stream\n"),
    ] {
        let document = format!("%PDF-1.4\n5 0 obj{dictionary}{one}\nendstream\nendobj");
        let found = open("x", document.as_bytes()).map(|opened| opened.items.len());
        assert_eq!(found, Ok(1), "{dictionary}");
    }
    let encoded = format!("%PDF-1.4\n5 0 obj<</Type /EmbeddedFile /Filter /ASCIIHexDecode>>\nstream\n{one}\nendstream");
    assert!(open("x", encoded.as_bytes()).is_err());
}

#[test]
fn what_is_no_credential_is_said_to_be_what_it_is() {
    for (bytes, what) in [(b"".as_slice(), "empty"), (b"hello", "unknown"), (b"\xff\xfe{\0", "UTF-16"), (b"GIF89a", "unknown")] {
        let OpenError::Foreign(found) = open("x", bytes).unwrap_err() else { panic!() };
        assert!(found.contains(what), "{found}");
    }
    assert!(matches!(open("x", b"{\"a\":1,\"a\":2}"), Err(OpenError::Json(JsonError::Duplicate(_)))));
    assert!(matches!(open("x", b"{"), Err(OpenError::Json(JsonError::Syntax { .. }))));
    assert_eq!(open("x", "[".repeat(100).as_bytes()), Err(OpenError::Json(JsonError::TooDeep)));
    assert!(matches!(open("x", b"{\"type\":\"VerifiableCredential\",\"a\":\"\xff\"}"), Err(OpenError::Json(_))));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(head in prop::sample::select(vec!["", "{", "[{", "eyJ", "PK\u{3}\u{4}", "%PDF-/EmbeddedFile stream\n", "<svg>"]),
        noise in any::<Vec<u8>>()) {
        let _ = open("x", &[head.as_bytes(), &noise].concat());
    }

    #[test]
    fn every_slice_is_one_of_the_file_and_reads_as_what_was_found(names in prop::collection::vec("\\PC{0,12}", 1..6), spaces in "[ \n\t]{0,3}") {
        let items: Vec<String> = names.iter()
            .map(|name| format!("{spaces}{}{spaces}", json!({"type": "VerifiableCredential", "name": name, name.as_str(): [1, {"x": name}]})))
            .collect();
        let text = format!("{{\"type\":\"VerifiablePresentation\",\"verifiableCredential\":[{}]}}", items.join(","));
        let opened = opened(text.as_bytes());
        prop_assert_eq!(opened.items.len(), names.len());
        for (item, text) in opened.items.iter().zip(&items) {
            prop_assert_eq!(item.bytes.as_slice(), text.trim().as_bytes());
            let read = serde_json::from_slice::<Map<String, Value>>(&item.bytes).unwrap();
            prop_assert_eq!(&item.payload, &Payload::Json(read));
        }
    }
}
