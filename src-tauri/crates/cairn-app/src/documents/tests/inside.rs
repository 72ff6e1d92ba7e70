//! A packet opened elsewhere: everything in it is there to read, and nothing that was changed is given out as signed.

use std::fs;

use super::packet::rich;
use super::*;
use crate::documents::{Given, Verdict};
use crate::files::Preview;
use crate::finding::ListQuery;
use crate::packets::{FileRole, Packets};

fn at() -> chrono::DateTime<chrono::Utc> {
    "2026-12-01T09:00:00Z".parse().unwrap()
}

#[test]
fn a_packet_shows_everything_in_it_without_a_vault() {
    let f = fixture();
    let (path, _) = f.packet(rich(&f), "ada.cairn");
    let packets = Packets::default();
    let looked = packets.look_at_file(&path, &Given::default(), at(), &mut unwatched()).unwrap();
    let number = looked.packet.unwrap();
    let page = packets.page(number).unwrap();
    assert_eq!((page.owner.as_deref(), page.title.as_deref()), (Some("Ada Example"), Some("Platform roles")));
    assert_eq!((page.report.verdict, page.made.as_deref()), (Verdict::Valid, Some("2026-11-22T09:00:00Z")));
    assert!(page.about.iter().any(|it| it.term == "jobTitle" && it.text == "Platform engineer"), "{:?}", page.about);

    // The credential, the skill, the story and the evidence, which the learner signed: each with the verdict now and then.
    assert_eq!(page.credentials.len(), 4);
    for credential in &page.credentials {
        assert_eq!((credential.report.verdict, credential.recorded.len()), (Verdict::Valid, 1), "{credential:?}");
        assert_eq!(credential.recorded[0].at, "2026-11-22T09:00:00Z");
        assert_eq!(credential.report.checked_at, "2026-12-01T09:00:00Z");
        let view = packets.credential(number, &credential.file).unwrap();
        assert_eq!(view.name.as_deref().or(view.achievements[0].name.as_deref()), Some(credential.title.as_str()));
    }

    let claim = |name: &str| page.claims.iter().find(|claim| claim.name == name).unwrap_or_else(|| panic!("{name}: {:?}", page.claims));
    assert_eq!(
        (claim("CKA").kind.as_str(), claim("CKA").backed_by.as_slice()),
        ("hasCredential", ["Lab".to_owned(), "Outage".to_owned()].as_slice())
    );
    assert!(claim("Outage").texts.iter().any(|it| it.text == "Downtime: 30 → 2 min"), "{:?}", claim("Outage").texts);
    assert!(claim("Engineer").texts.iter().any(|it| it.term == "worksFor" && it.text == "Acme"));

    let file = |name: &str| page.files.iter().find(|file| file.name == name).unwrap();
    let lab = file("lab report.txt");
    assert_eq!((lab.role, lab.preview, lab.intact, lab.of.as_deref()), (FileRole::Evidence, Preview::Text, true, Some("Lab")));
    assert_eq!(packets.text(number, &lab.file).unwrap().text, "first file");
    assert_eq!(packets.file_name(number, &lab.file).unwrap(), "lab report.txt");
    for resume in ["resume.pdf", "resume.json"] {
        assert_eq!(file(resume).role, FileRole::Resume);
        let copy = f.dir.path().join(format!("copy-{resume}"));
        packets.save(number, resume, &copy).unwrap();
        assert_eq!(fs::metadata(&copy).unwrap().len(), file(resume).size);
    }
    packets.close(number);
    assert_eq!(packets.page(number).unwrap_err().code, "no-such-packet");
}

#[test]
fn a_changed_file_of_a_packet_is_named_and_not_given_out() {
    let f = fixture();
    let (path, _) = f.packet(rich(&f), "ada.cairn");
    let mut bytes = fs::read(&path).unwrap();
    // Evidence is stored, not packed: its bytes stand in the archive as they are.
    let place = bytes.windows(10).position(|window| window == b"first file").unwrap();
    bytes[place..place + 5].copy_from_slice(b"other");
    let packets = Packets::default();
    let looked = packets.look_at_bytes("ada.cairn", &bytes, &Given::default(), at()).unwrap();
    assert_eq!(looked.report.verdict, Verdict::Invalid);
    let number = looked.packet.unwrap();
    let page = packets.page(number).unwrap();
    let lab = page.files.iter().find(|file| file.name == "lab report.txt").unwrap();
    assert!(!lab.intact);
    assert_eq!(packets.text(number, &lab.file).unwrap_err().code, "packet-file-changed");
    let to = f.dir.path().join("lab.txt");
    assert_eq!(packets.save(number, &lab.file, &to).unwrap_err().code, "packet-file-changed");
    assert!(!to.exists());
    // What nobody signed is not there to be asked for, and neither is what leads out.
    for other in ["manifest.json", "../etc/passwd", "evidence/none.txt"] {
        assert_eq!(packets.save(number, other, &to).unwrap_err().code, "packet-file-changed", "{other}");
    }
}

#[test]
fn a_picture_is_shown_as_cairn_draws_it_and_a_resume_opens_its_packet() {
    let f = fixture();
    let collection = rich(&f);
    let lab = f.app.list(Kind::Evidence, ListQuery::default()).unwrap().items[0].id;
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_pixel(3, 2, image::Rgba([1, 2, 3, 255])).write_to(&mut png, image::ImageFormat::Png).unwrap();
    f.attach(lab, "photo.png", png.get_ref());
    let (path, _) = f.packet(collection, "ada.cairn");
    let packets = Packets::default();
    let number = packets.look_at_file(&path, &Given::default(), at(), &mut unwatched()).unwrap().packet.unwrap();
    let page = packets.page(number).unwrap();
    let photo = page.files.iter().find(|file| file.name == "photo.png").unwrap();
    assert_eq!(photo.preview, Preview::Image);
    let drawn = image::load_from_memory(&packets.picture(number, &photo.sha256).unwrap()).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (3, 2));
    assert_eq!(packets.picture(number, &"0".repeat(64)).unwrap_err().code, "no-preview");

    let pdf = f.dir.path().join("resume.pdf");
    f.app.write_document(Some(collection), DocumentKind::ResumeWithPacket, Format::Pdf, &pdf, &mut unwatched()).unwrap();
    let looked = packets.look_at_file(&pdf, &Given::default(), at(), &mut unwatched()).unwrap();
    let inside = packets.page(looked.packet.unwrap()).unwrap();
    assert_eq!((inside.file.as_str(), inside.credentials.len()), ("resume.pdf", page.credentials.len()));
}
