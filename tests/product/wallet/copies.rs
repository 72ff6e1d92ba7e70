//! Copies of one credential: genuine, doctored, newer and unsigned ones beside each other.

use std::fs;

use serde_json::{Value, json};

use super::{Issuer, imported, said, signed, text};
use crate::harness::{Learner, tool};

#[test]
fn a_doctored_copy_that_came_first_does_not_keep_the_genuine_one_out() {
    let (_issuer, file) = signed("json");
    let genuine = fs::read_to_string(&file).unwrap();
    let learner = Learner::new();
    let doctored = learner.file("doctored.json", genuine.replace("Compiler building", "Castle building"));
    let first = imported(&learner, &doctored);
    assert_eq!((text(&first["fate"]), text(&first["verdict"])), ("added", "invalid"));
    let (code, _, words) = learner.person(&["export", "resume", "--format", "text", "--out", "me.txt"], "");
    assert!(code == 0 && words.contains("Does not verify, and is shown all the same: “Castle building”."), "{words}");
    // The learner's signature does not stand in for the issuer's, and the packet's does not cover for it.
    let lost = learner.ok(&["export", "packet", "--out", "me.cairn"])[0]["lost"].to_string();
    assert!(lost.contains("Castle building, as a signed claim of its own"), "{lost}");
    let (code, told, _) = learner.person(&["verify", "me.cairn"], "");
    assert!(code == 1 && told.contains("me.cairn: valid.") && told.contains("Credentials inside that do not hold: 1."), "{told}");
    assert!(!told.contains("Castle building (self-issued/"), "{told}");
    let second = imported(&learner, &file);
    assert_eq!((text(&second["fate"]), text(&second["verdict"])), ("updated", "valid"));
    assert_eq!(learner.titles("credential"), ["Compiler building"]);
    // And what holds is not pushed aside by a copy that does not.
    assert_eq!(imported(&learner, &doctored)["fate"], "duplicate");
    let held = learner.ok(&["show", "credential", text(&second["credential"])])[0]["held"].clone();
    assert_eq!(held.as_array().unwrap().len(), 2, "{held}");
    learner.is_sound();
}

#[test]
fn a_changed_badge_of_the_learners_own_takes_nothing_from_what_they_say() {
    let (learner, file) = signed("json");
    let own = fs::read_to_string(&file).unwrap();
    imported(&learner, &learner.file("changed.json", own.replace("Wrote A-0", "Wrote B-0")));
    learner.ok(&["export", "packet", "--out", "me.cairn"]);
    let (code, told, words) = learner.person(&["verify", "me.cairn"], "");
    assert!(code == 0 && told.contains("Compiler building (self-issued/01-Compiler-building.json): valid."), "{told}\n{words}");
}

#[test]
fn a_doctored_copy_is_told_by_its_own_words_and_changes_nothing() {
    for format in ["json", "jwt"] {
        let (_issuer, file) = signed(format);
        let genuine = fs::read_to_string(&file).unwrap();
        let learner = Learner::new();
        let first = imported(&learner, &file);
        let doctored = match format {
            "json" => genuine.replace("Compiler building", "Castle building"),
            _ => rewritten(&genuine, "Compiler building", "Castle building"),
        };
        let doctored = learner.file("doctored", doctored);
        let second = imported(&learner, &doctored);
        assert_eq!((text(&second["fate"]), text(&second["verdict"]), text(&second["title"])), ("kept", "invalid", "Castle building"));
        assert_eq!(second["credential"], first["credential"], "{format}: it lies beside what it was made from");
        // Under another identifier it is a credential of its own, and no less doctored.
        let id: Value = match format {
            "json" => serde_json::from_str(&genuine).unwrap(),
            _ => serde_json::from_str(&claims(&genuine)).unwrap(),
        };
        let renamed = [text(&id["id"]), "urn:uuid:0192c0de-0000-7000-8000-0000000000ff"];
        let renamed = match format {
            "json" => genuine.replace(renamed[0], renamed[1]),
            _ => rewritten(&genuine, renamed[0], renamed[1]),
        };
        let third = imported(&learner, &learner.file("renamed", renamed));
        assert_eq!((text(&third["fate"]), text(&third["verdict"])), ("added", "invalid"), "{format}");
        let page = &learner.ok(&["show", "credential", text(&first["credential"])])[0];
        assert_eq!((text(&page["fields"]["title"]), text(&page["source"]["kind"])), ("Compiler building", "issuer-signed"), "{format}");
        assert_eq!(page["held"][0]["held"]["verdict"], "valid", "what holds speaks: {page}");
        let today = &learner.ok(&["today"])[0];
        let broken: Vec<_> = today["unfinished"].as_array().unwrap().iter().filter(|it| it["reason"] == "broken-credential").collect();
        assert!(broken.iter().all(|it| it["id"] != first["credential"]), "{today}");
        learner.is_sound();
    }
}

/// A token's claims.
fn claims(token: &str) -> String {
    tool("node", &["-e", "console.log(Buffer.from(process.argv[1].split('.')[1], 'base64url').toString())", token])
}

/// A token with the same signature over other claims.
fn rewritten(token: &str, was: &str, is: &str) -> String {
    let parts: Vec<&str> = token.trim().split('.').collect();
    let encoded = tool(
        "node",
        &["-e", "console.log(Buffer.from(process.argv[1]).toString('base64url'))", claims(token).trim().replace(was, is).as_str()],
    );
    format!("{}.{}.{}", parts[0], encoded.trim(), parts[2])
}

#[test]
fn what_nobody_signed_never_takes_the_place_of_what_holds() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    learner.ok(&["import", &issuer.argument("did.json")]);
    let first = imported(&learner, &issuer.argument("renewed.json"));
    assert_eq!(first["verdict"], "valid", "{first}");
    let genuine: Value = serde_json::from_slice(&fs::read(issuer.file("renewed.json")).unwrap()).unwrap();
    let mut forged = genuine.clone();
    forged["name"] = json!("Chief Surgeon");
    forged["validFrom"] = json!("2026-01-01T00:00:00Z");
    forged["validUntil"] = json!("2099-01-01T00:00:00Z");
    let mut unsigned = forged.clone();
    unsigned.as_object_mut().unwrap().remove("proof");
    let stands = ("First aid".to_owned(), json!("2090-01-01"), "issuer-signed".to_owned());
    for (forgery, verdict) in [(&forged, "invalid"), (&unsigned, "cannot-check")] {
        let came = imported(&learner, &learner.file("forged.json", forgery.to_string()));
        assert_eq!((text(&came["fate"]), text(&came["verdict"]), text(&came["title"])), ("kept", verdict, "Chief Surgeon"));
        assert_eq!(came["credential"], first["credential"]);
        assert_eq!(said(&learner, &first["credential"]), stands);
    }
    let held = learner.ok(&["show", "credential", text(&first["credential"])])[0]["held"].clone();
    assert_eq!(held.as_array().unwrap().len(), 3, "what came is kept");
    learner.is_sound();
}

#[test]
fn a_key_that_comes_later_and_the_genuine_file_give_a_record_its_words_back() {
    let issuer = Issuer::new();
    let learner = Learner::new();
    let genuine: Value = serde_json::from_slice(&fs::read(issuer.file("renewed.json")).unwrap()).unwrap();
    let mut forged = genuine.clone();
    forged["name"] = json!("Chief Surgeon");
    // Nobody can say yet which of the two the issuer signed: what was there first stands.
    let came = imported(&learner, &learner.file("forged.json", forged.to_string()));
    assert_eq!((text(&came["fate"]), text(&came["verdict"])), ("added", "cannot-check"));
    assert_eq!(imported(&learner, &issuer.argument("renewed.json"))["fate"], "kept");
    assert_eq!(learner.titles("credential"), ["Chief Surgeon"]);
    learner.ok(&["import", &issuer.argument("did.json")]);
    assert_eq!(said(&learner, &came["credential"]).0, "First aid");
    learner.ok(&["undo"]);
    assert_eq!(learner.titles("credential"), ["Chief Surgeon"]);
    // As an older Cairn may have left it, too.
    assert_eq!(imported(&learner, &issuer.argument("renewed.json"))["fate"], "updated");
    assert_eq!(said(&learner, &came["credential"]), ("First aid".to_owned(), json!("2090-01-01"), "issuer-signed".to_owned()));
    learner.is_sound();
}

#[test]
fn the_newest_issue_is_the_one_that_was_issued_last() {
    for order in [["renewed.json", "expired.json"], ["expired.json", "renewed.json"]] {
        let issuer = Issuer::new();
        let learner = Learner::new();
        learner.ok(&["import", &issuer.argument("did.json")]);
        let came: Vec<Value> = order.iter().map(|name| imported(&learner, &issuer.argument(name))).collect();
        assert_eq!(came[0]["credential"], came[1]["credential"]);
        let page = learner.ok(&["show", "credential", text(&came[0]["credential"])])[0].clone();
        assert_eq!((text(&page["fields"]["expires"]), text(&page["fields"]["status"])), ("2090-01-01", "earned"), "{order:?}");
        let held: Vec<_> = page["held"].as_array().unwrap().iter().map(|it| (text(&it["held"]["name"]), &it["held"]["replaced"])).collect();
        assert_eq!(held, [("renewed.json", &json!(false)), ("expired.json", &json!(true))], "{order:?}");
        assert_eq!(page["source"]["by"][0]["verdict"], "valid", "{order:?}");
    }
}
