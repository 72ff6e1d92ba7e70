//! A credential in an SVG (Open Badges 3.0 §5.3.2, Open Badges 2.0 baking): read and written without touching the drawing.
//!
//! Nothing outside the document is ever read: a DOCTYPE is passed over, and an entity that it declares is an error, not text.

use super::{BakeError, Baked, Generation, MAX_BYTES, only};
use quick_xml::escape::escape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::{NsReader, XmlVersion};

/// Deepest nesting of elements that is followed.
const MAX_DEPTH: usize = 256;

impl Generation {
    fn element(self) -> &'static str {
        match self {
            Self::OpenBadges2 => "assertion",
            Self::OpenBadges3 => "credential",
        }
    }

    fn namespace(self) -> &'static str {
        match self {
            Self::OpenBadges2 => "http://openbadges.org",
            Self::OpenBadges3 => "https://purl.imsglobal.org/ob/v3p0",
        }
    }
}

/// The credential in an SVG, None where it is an ordinary picture.
///
/// # Errors
/// A picture that is too large or not well-formed, an entity that only a DOCTYPE declares, two different credentials.
pub fn read(image: &[u8]) -> Result<Option<Baked>, BakeError> {
    let found = scan(text(image)?)?;
    for generation in Generation::NEWEST_FIRST {
        let here = found.baked.iter().filter(|place| place.generation == generation);
        let texts = here.filter_map(Place::credential).collect();
        if let Some(text) = only(texts)? {
            return Ok(Some(Baked { generation, text }));
        }
    }
    Ok(None)
}

/// The picture with the credential in it, in the place of any older one: JSON as CDATA, anything else (a JWT, an address) as
/// the attribute `verify`.
///
/// # Errors
/// A picture that is no well-formed SVG, a character that XML does not have, or more than [`MAX_BYTES`] in all.
pub fn write(image: &[u8], credential: &str, generation: Generation) -> Result<Vec<u8>, BakeError> {
    let source = text(image)?;
    if let Some(character) = credential.chars().find(|c| !is_xml(*c)) {
        return Err(BakeError::Character(character.into()));
    }
    let found = scan(source)?;
    let (name, namespace) = (generation.element(), generation.namespace());
    let element = if credential.trim_start().starts_with('{') {
        // The one sequence that would end CDATA, cut in two.
        format!("<openbadges:{name}><![CDATA[{}]]></openbadges:{name}>", credential.replace("]]>", "]]]]><![CDATA[>"))
    } else {
        format!("<openbadges:{name} verify=\"{}\"/>", escape(credential))
    };
    let mut baked = String::with_capacity(source.len() + element.len() + 128);
    baked.push_str(&source[..found.root.start]);
    baked.push('<');
    baked.push_str(&found.root_tag);
    baked.push_str(&format!(" xmlns:openbadges=\"{namespace}\">"));
    baked.push_str(&element);
    let mut at = found.root.end;
    for place in &found.baked {
        baked.push_str(&source[at..place.start]);
        at = place.end;
    }
    baked.push_str(&source[at..]);
    if found.root_is_empty {
        let end = found.root.end - found.root.start;
        let tail = source.len() - found.root.start - end;
        baked.insert_str(baked.len() - tail, &format!("</{}>", found.root_name));
    }
    if baked.len() > MAX_BYTES {
        return Err(BakeError::TooLarge);
    }
    // A drawing that binds the prefix to something of its own would be read as another badge, or as two.
    let reads_back = read(baked.as_bytes())?.is_some_and(|back| back.generation == generation && back.text.trim() == credential.trim());
    if reads_back { Ok(baked.into_bytes()) } else { Err(BakeError::Damaged("it uses the prefix openbadges for something else".into())) }
}

/// Where and what an element holds.
struct Place {
    generation: Generation,
    start: usize,
    end: usize,
    verify: Option<String>,
    body: String,
}

impl Place {
    /// The content where there is one, else what `verify` says (a JWT in 3.0, a JWS or an address in 2.0).
    fn credential(&self) -> Option<String> {
        let body = self.body.trim();
        if body.is_empty() { self.verify.clone().filter(|verify| !verify.trim().is_empty()) } else { Some(body.to_owned()) }
    }
}

#[derive(Default)]
struct Found {
    /// The span of the root's start tag.
    root: std::ops::Range<usize>,
    /// The start tag's inside without a former `xmlns:openbadges`.
    root_tag: String,
    root_name: String,
    root_is_empty: bool,
    baked: Vec<Place>,
}

fn text(image: &[u8]) -> Result<&str, BakeError> {
    if image.len() > MAX_BYTES {
        return Err(BakeError::TooLarge);
    }
    std::str::from_utf8(image).map_err(|_| BakeError::Damaged("it is not UTF-8 text".into()))
}

fn scan(source: &str) -> Result<Found, BakeError> {
    let mut reader = NsReader::from_str(source);
    reader.config_mut().check_end_names = true;
    let mut found = Found::default();
    let (mut depth, mut open, mut seen_root) = (0usize, None::<(Place, usize)>, false);
    loop {
        let start = position(&reader);
        let (namespace, event) = reader.read_resolved_event().map_err(damaged)?;
        let generation = match &event {
            Event::Start(tag) | Event::Empty(tag) if open.is_none() => generation(&namespace, tag),
            _ => None,
        };
        let end = position(&reader);
        match event {
            Event::Start(tag) => {
                if !seen_root {
                    (found.root, found.root_tag, found.root_name) = (start..end, root_tag(&tag)?, name(&tag));
                    seen_root = true;
                }
                if let Some(generation) = generation {
                    open = Some((Place { generation, start, end, verify: verify(&tag)?, body: String::new() }, depth));
                }
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(BakeError::Damaged(format!("its elements are nested deeper than {MAX_DEPTH} levels")));
                }
            }
            Event::Empty(tag) => {
                if !seen_root {
                    (found.root, found.root_tag, found.root_name) = (start..end, root_tag(&tag)?, name(&tag));
                    (seen_root, found.root_is_empty) = (true, true);
                }
                if let Some(generation) = generation {
                    found.baked.push(Place { generation, start, end, verify: verify(&tag)?, body: String::new() });
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let Some((mut place, _)) = open.take_if(|(_, at)| *at == depth) {
                    place.end = end;
                    found.baked.push(place);
                }
            }
            Event::Eof if depth > 0 => return Err(BakeError::Damaged("it is cut short".into())),
            Event::Eof if found.root_name.rsplit(':').next() != Some("svg") => return Err(BakeError::Kind("SVG")),
            Event::Eof => return Ok(found),
            inside => {
                if let Some((place, _)) = &mut open {
                    push_text(&mut place.body, inside)?;
                }
            }
        }
    }
}

fn push_text(body: &mut String, event: Event<'_>) -> Result<(), BakeError> {
    match event {
        Event::Text(text) => body.push_str(&text.xml10_content()),
        Event::CData(text) => body.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => body.push(character(&reference)?),
        _ => {}
    }
    Ok(())
}

/// What XML itself defines; whatever a DOCTYPE may declare is no text of ours.
fn character(reference: &BytesRef<'_>) -> Result<char, BakeError> {
    let named = match &*reference.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().map_err(damaged)?,
    };
    named.ok_or_else(|| BakeError::Damaged("its credential uses an entity that is defined elsewhere".into()))
}

/// Which credential an element holds: by its namespace, or by the usual prefix where a baker forgot to declare it.
fn generation(namespace: &ResolveResult<'_>, tag: &BytesStart<'_>) -> Option<Generation> {
    let local = tag.local_name();
    Generation::NEWEST_FIRST.into_iter().find(|generation| {
        let ours = match namespace {
            ResolveResult::Bound(Namespace(uri)) => uri.trim_end_matches('/') == generation.namespace() || uri.contains("openbadges"),
            ResolveResult::Unknown(prefix) => &**prefix == "openbadges",
            ResolveResult::Unbound => false,
        };
        ours && local.as_ref() == generation.element()
    })
}

fn verify(tag: &BytesStart<'_>) -> Result<Option<String>, BakeError> {
    let attribute = tag.try_get_attribute("verify").map_err(damaged)?;
    attribute.map(|value| value.normalized_value(XmlVersion::Explicit1_0).map(|text| text.into_owned()).map_err(damaged)).transpose()
}

fn name(tag: &BytesStart<'_>) -> String {
    tag.name().as_ref().to_owned()
}

/// The inside of the root's start tag as it stands, less a former `xmlns:openbadges`.
fn root_tag(tag: &BytesStart<'_>) -> Result<String, BakeError> {
    let mut inside = name(tag);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(damaged)?;
        if attribute.key.as_ref() != "xmlns:openbadges" {
            let quote = if attribute.value.contains('"') { '\'' } else { '"' };
            inside.push_str(&format!(" {}={quote}{}{quote}", attribute.key.as_ref(), attribute.value));
        }
    }
    Ok(inside)
}

/// The characters of XML 1.0 §2.2.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn damaged(error: impl std::fmt::Display) -> BakeError {
    BakeError::Damaged(crate::text::shown(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PICTURE: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://a.example/svg11.dtd\">\n\
        <svg xmlns=\"http://www.w3.org/2000/svg\" width='4'><title>A &amp; B</title><rect/></svg>\n";

    fn baked(text: &str) -> Option<Baked> {
        read(text.as_bytes()).unwrap()
    }

    fn ob3(inside: &str) -> String {
        format!("<svg xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">{inside}</svg>")
    }

    #[test]
    fn what_is_baked_is_read_and_the_drawing_stays() {
        for credential in [r#"{"name":"a]]>b & <Łódź®> 👩🏽‍🎓"}"#, "eyJhbGciOiJFZERTQSJ9.e30.c2ln", "https://a.example/?a=1&b=\"2\""]
        {
            for generation in Generation::NEWEST_FIRST {
                let image = write(PICTURE.as_bytes(), credential, generation).unwrap();
                assert_eq!(read(&image).unwrap(), Some(Baked { generation, text: credential.into() }));
                let text = String::from_utf8(image).unwrap();
                assert!(text.ends_with("<title>A &amp; B</title><rect/></svg>\n"), "{text}");
                assert!(text.starts_with(PICTURE.split_once(" width").unwrap().0), "{text}");
            }
        }
    }

    #[test]
    fn a_new_credential_takes_the_place_of_the_old() {
        let old = write(PICTURE.as_bytes(), "{\"a\":1}", Generation::OpenBadges2).unwrap();
        let new = write(&old, "{\"b\":2}", Generation::OpenBadges3).unwrap();
        assert_eq!(String::from_utf8(new.clone()).unwrap().matches("openbadges:").count(), 2);
        assert_eq!(new, write(&write(&new, "a.b.c", Generation::OpenBadges3).unwrap(), "{\"b\":2}", Generation::OpenBadges3).unwrap());
    }

    #[test]
    fn a_drawing_with_a_prefix_of_its_own_is_refused_rather_than_spoilt() {
        let own = "<svg xmlns:openbadges=\"urn:mine\"><openbadges:credential>mine</openbadges:credential></svg>";
        assert!(matches!(write(own.as_bytes(), "{\"a\":1}", Generation::OpenBadges3), Err(BakeError::Damaged(_) | BakeError::Conflict)));
    }

    #[test]
    fn a_root_without_content_gets_some() {
        let image = write(b"<svg/> <!-- end -->", "{}", Generation::OpenBadges3).unwrap();
        let text = String::from_utf8(image.clone()).unwrap();
        assert!(text.ends_with("</openbadges:credential></svg> <!-- end -->"), "{text}");
        assert_eq!(read(&image).unwrap().unwrap().text, "{}");
    }

    #[test]
    fn the_forms_of_either_standard_are_read() {
        let json = ob3("<openbadges:credential><![CDATA[ {\"a\":1} ]]></openbadges:credential>");
        assert_eq!(baked(&json).unwrap().text, "{\"a\":1}");
        let escaped = ob3("<openbadges:credential>{&quot;a&quot;:&#49;}</openbadges:credential>");
        assert_eq!(baked(&escaped).unwrap().text, "{\"a\":1}");
        assert_eq!(baked(&ob3("<openbadges:credential verify=\"a.b.c\"></openbadges:credential>")).unwrap().text, "a.b.c");
        let older = "<svg xmlns:openbadges=\"http://openbadges.org\"><openbadges:assertion verify=\"https://a.example\">\
            <![CDATA[{\"b\":2}]]></openbadges:assertion></svg>";
        assert_eq!(baked(older), Some(Baked { generation: Generation::OpenBadges2, text: "{\"b\":2}".into() }));
        let undeclared = "<svg><g><openbadges:assertion verify=\"https://a.example\"/></g></svg>";
        assert_eq!(baked(undeclared).unwrap().text, "https://a.example");
        assert_eq!(baked("<svg><credential verify=\"a.b.c\"/></svg>"), None);
    }

    #[test]
    fn a_document_type_is_passed_over_and_never_expanded() {
        let document = |inside: &str| {
            let internal = "<!ENTITY a \"{}\"><!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"&a;&a;&a;&a;\">";
            format!("<!DOCTYPE svg [{internal}]>{}", ob3(&format!("<openbadges:credential>{inside}</openbadges:credential>")))
        };
        assert_eq!(baked(&document("{}")).unwrap().text, "{}");
        for entity in ["&a;", "&b;", "&c;", "&nbsp;", "&#0;"] {
            assert!(matches!(read(document(entity).as_bytes()), Err(BakeError::Damaged(_))), "{entity}");
        }
        let attribute = document("").replace("<openbadges:credential>", "<openbadges:credential verify=\"&b;\">");
        assert!(matches!(read(attribute.as_bytes()), Err(BakeError::Damaged(_))));
    }

    #[test]
    fn hostile_drawings_are_refused_with_their_fault() {
        let two = "<openbadges:credential verify=\"a.b.c\"/><openbadges:credential verify=\"a.b.d\"/>";
        assert_eq!(read(ob3(two).as_bytes()), Err(BakeError::Conflict));
        assert_eq!(read(b"<html><body/></html>"), Err(BakeError::Kind("SVG")));
        assert_eq!(read(b""), Err(BakeError::Kind("SVG")));
        for broken in ["<svg>", "<svg></g>", "<svg", "<svg>\u{0}<![CDATA["] {
            assert!(matches!(read(broken.as_bytes()), Err(BakeError::Damaged(_) | BakeError::Kind(_))), "{broken}");
        }
        assert!(matches!(read("<svg>".repeat(100_000).as_bytes()), Err(BakeError::Damaged(_))));
        assert_eq!(read(&vec![b' '; MAX_BYTES + 1]), Err(BakeError::TooLarge));
        assert!(matches!(read(b"<svg>\xff</svg>"), Err(BakeError::Damaged(_))));
        assert_eq!(write(PICTURE.as_bytes(), "{\"a\":\"\u{ffff}\"}", Generation::OpenBadges3), Err(BakeError::Character(0xffff)));
    }

    proptest! {
        #[test]
        fn any_json_comes_back_and_any_bytes_are_survived(text in "[^\u{0}-\u{1f}\u{fffe}\u{ffff}]*", cut in 0usize..500, noise in any::<String>()) {
            let credential = serde_json::to_string(&serde_json::json!({"name": text})).unwrap();
            let mut baked = String::from_utf8(write(PICTURE.as_bytes(), &credential, Generation::OpenBadges3).unwrap()).unwrap();
            prop_assert_eq!(&read(baked.as_bytes()).unwrap().unwrap().text, &credential);
            let cut = (cut..=baked.len()).find(|at| baked.is_char_boundary(*at)).unwrap_or(baked.len());
            baked.replace_range(cut.., &noise);
            let _ = read(baked.as_bytes());
            let _ = write(baked.as_bytes(), "{}", Generation::OpenBadges3);
        }
    }
}
