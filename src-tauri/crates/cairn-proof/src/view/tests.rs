use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::Arc;

fn token(claims: &Value) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part("{\"alg\":\"EdDSA\"}"), part(&claims.to_string()), part("signature"))
}

fn seen(credential: Value) -> CredentialView {
    view(&Payload::Json(credential.as_object().unwrap().clone()))
}

fn achievement() -> Value {
    json!({
        "id": "https://a.example/welding", "type": ["Achievement"], "achievementType": "Certificate", "name": "Welding",
        "description": "Joins metal", "criteria": {"id": "https://a.example/c", "narrative": "**Weld** <b>it</b>"},
        "image": {"id": "data:image/png;base64,AAAA", "type": "Image"}, "humanCode": "W1", "fieldOfStudy": "Metal",
        "creditsAvailable": 4, "tag": ["weld", "metal"],
        "alignment": [{"type": "Alignment", "targetName": "Weld steel", "targetFramework": "ESCO", "targetCode": "7",
            "targetUrl": "https://esco.example/7", "targetType": "ceasn:Competency"}],
        "resultDescription": [{"id": "urn:r", "type": "ResultDescription", "name": "Seam", "resultType": "RubricCriterionLevel",
            "requiredLevel": "urn:l1", "rubricCriterionLevel": [
                {"id": "urn:l1", "type": "RubricCriterionLevel", "name": "Sound", "level": "1", "points": "5"},
                {"id": "urn:l2", "type": "RubricCriterionLevel", "name": "Masterly"}]}],
        "endorsementJwt": [token(&json!({"iss": "did:example:e", "nbf": 1_700_000_000, "vc": {
            "type": ["VerifiableCredential", "EndorsementCredential"], "issuer": {"id": "did:example:e", "name": "Guild"},
            "credentialSubject": {"id": "https://a.example/welding", "endorsementComment": "Good"}}}))]
    })
}

fn badge() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:a.example", "type": ["Profile"], "name": "A School", "url": "https://a.example", "email": "a@a.example",
            "image": {"id": "https://a.example/logo.png", "type": "Image", "caption": "Logo"}},
        "validFrom": "2025-01-01T00:00:00Z",
        "awardedDate": "2024-12-24T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": true, "identityHash": "sha256$ab", "identityType": "emailAddress", "salt": "s"}],
            "role": "Lead", "licenseNumber": "L-7", "term": "Spring", "creditsEarned": 3.5, "activityEndDate": "2024-12-01T00:00:00Z",
            "source": {"id": "https://s.example", "type": "Profile", "name": "Assessor"},
            "achievement": achievement(),
            "result": [{"type": ["Result"], "resultDescription": "urn:r", "achievedLevel": "urn:l2", "status": "Completed"}]
        },
        "evidence": [{"id": "https://a.example/e.png", "type": ["Evidence"], "name": "Photo", "genre": "Image", "digestMultibase": "uEi"}],
        "endorsement": [{"type": ["VerifiableCredential", "EndorsementCredential"], "issuer": "https://e.example", "proof": {},
            "credentialSubject": {"type": "EndorsementSubject", "id": "urn:uuid:1", "endorsementComment": "Splendid"}}],
        "credentialStatus": {"id": "https://a.example/s#9", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": "9", "statusListCredential": "https://a.example/s"},
        "credentialSchema": [{"id": "https://a.example/schema", "type": "1EdTechJsonSchemaValidator2019"}],
        "proof": {"type": "DataIntegrityProof", "proofValue": "z"}
    })
}

#[test]
fn a_badge_shows_everything_and_leaves_nothing_over() {
    let view = seen(badge());
    assert_eq!((view.kind, view.name.as_deref(), view.extra.as_slice()), (ViewKind::Badge, Some("Welding"), [].as_slice()));
    assert_eq!(view.image.as_ref().unwrap().url, "data:image/png;base64,AAAA");
    assert_eq!(view.issuer.image.as_ref().unwrap().caption.as_deref(), Some("Logo"));
    let achievement = &view.achievements[0];
    assert_eq!(achievement.criteria.as_deref(), Some("**Weld** <b>it</b>"));
    assert_eq!((achievement.credits_available.as_deref(), achievement.tags.len()), (Some("4"), 2));
    assert_eq!(achievement.alignments[0].framework.as_deref(), Some("ESCO"));
    let result = &view.results[0];
    assert_eq!(
        (result.name.as_deref(), result.level.as_deref(), result.required.as_deref()),
        (Some("Seam"), Some("Masterly"), Some("Sound"))
    );
    let subject = &view.subject;
    assert_eq!((subject.credits_earned.as_deref(), subject.licence_number.as_deref()), (Some("3.5"), Some("L-7")));
    assert_eq!(subject.source.as_ref().unwrap().name.as_deref(), Some("Assessor"));
    assert_eq!(
        subject.identities[0],
        IdentityView { kind: "emailAddress".into(), value: "sha256$ab".into(), hashed: true, salt: Some("s".into()) }
    );
    assert_eq!(view.evidence[0].digest.as_deref(), Some("uEi"));
    assert_eq!(view.status[0].index.as_deref(), Some("9"));
    assert_eq!(view.schemas[0].name.as_deref(), Some("1EdTechJsonSchemaValidator2019"));
    assert_eq!(view.dates.awarded.as_deref(), Some("2024-12-24T00:00:00Z"));
    let told: Vec<_> = view.endorsements.iter().map(|one| (one.of, one.comment.as_deref().unwrap(), one.signed)).collect();
    assert_eq!(told, [(EndorsedPart::Credential, "Splendid", true), (EndorsedPart::Achievement, "Good", true)]);
    assert_eq!(view.endorsements[1].place, "credentialSubject/achievement/endorsementJwt/0");
    assert_eq!(view.endorsements[1].by.name.as_deref(), Some("Guild"));
}

#[test]
fn a_token_shows_the_same_as_its_credential_in_either_form() {
    let plain = seen(badge());
    let claims = |claims: Value| view(&Payload::Jwt { token: String::new(), payload: claims.as_object().unwrap().clone() });
    assert_eq!(claims(json!({"iss": "did:web:a.example", "vc": badge(), "jti": "urn:uuid:1", "nbf": 1_735_689_600})), plain);
    let mut whole = badge();
    whole["sub"] = "did:example:ada".into();
    assert_eq!(claims(whole), plain);
    let bare = json!({"iss": "did:example:i", "sub": "did:example:s", "jti": "urn:1", "nbf": 0, "exp": 1e300, "aud": "x",
        "vc": {"type": ["VerifiableCredential"], "credentialSubject": {}}});
    let bare = claims(bare);
    assert_eq!((bare.issuer.id.as_deref(), bare.subject.id.as_deref()), (Some("did:example:i"), Some("did:example:s")));
    assert_eq!(bare.dates.valid_from.as_deref(), Some("1970-01-01T00:00:00Z"));
    assert!(bare.dates.valid_until.is_some());
    assert_eq!(bare.extra, [ExtraView { path: "token/aud".into(), text: "x".into() }]);
    let other = claims(json!({"iss": "did:example:other", "vc": badge()}));
    assert_eq!(other.extra, [ExtraView { path: "token/iss".into(), text: "did:example:other".into() }]);
}

#[test]
fn whatever_has_no_place_of_its_own_is_still_shown() {
    let mut credential = badge();
    credential["termsOfUse"] = json!([{"type": "Policy", "prohibition": ["copy", "sell"]}]);
    credential["credentialSubject"]["achievement"]["hasPart"] = json!({"@value": "x", "@language": "en"});
    credential["credentialSubject"]["achievement"]["type"] = json!(["Achievement", "ext:Weld"]);
    credential["name"] = json!({"odd": 1});
    let view = seen(credential);
    let extra: Vec<_> = view.extra.iter().map(|extra| (extra.path.as_str(), extra.text.as_str())).collect();
    assert_eq!(
        extra,
        [
            ("credentialSubject/achievement/type", "ext:Weld"),
            ("credentialSubject/achievement/hasPart", "x"),
            ("name/odd", "1"),
            ("termsOfUse/0/prohibition", "copy, sell"),
            ("termsOfUse/0/type", "Policy"),
        ]
    );
}

#[test]
fn an_older_badge_is_shown_as_newer_ones_are() {
    let assertion = json!({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://a.example/1",
        "recipient": {"type": "email", "hashed": true, "salt": "s", "identity": "sha256$ab"}, "badge": "https://a.example/b",
        "verification": {"type": "HostedBadge"}, "issuedOn": "2020-01-01T00:00:00Z", "expires": "2030-01-01T00:00:00Z",
        "evidence": ["https://a.example/e", {"id": "https://a.example/f", "narrative": "How"}], "narrative": null});
    let class = json!({"type": "BadgeClass", "id": "https://a.example/b", "name": "Old", "description": "Older", "tags": ["t"],
        "image": "https://a.example/b.png", "criteria": "https://a.example/c", "issuer": "https://a.example/i",
        "alignment": [{"targetName": "S", "targetUrl": "https://s.example"}]});
    let issuer =
        json!({"type": "Issuer", "id": "https://a.example/i", "name": "School", "email": "a@a.example", "url": "https://a.example"});
    let beside: Vec<Arc<Map<String, Value>>> = [&class, &issuer].map(|value| Arc::new(value.as_object().unwrap().clone())).to_vec();
    let payload = |assertion: &Value, beside| {
        let assertion = assertion.as_object().unwrap().clone();
        view(&Payload::OpenBadges2 { token: None, assertion, beside })
    };
    let shown = payload(&assertion, beside);
    assert_eq!((shown.kind, shown.name.as_deref(), shown.issuer.name.as_deref()), (ViewKind::OpenBadge2, Some("Old"), Some("School")));
    assert_eq!(shown.achievements[0].criteria_url.as_deref(), Some("https://a.example/c"));
    assert_eq!((shown.evidence.len(), shown.subject.identities[0].hashed), (2, true));
    assert_eq!(shown.dates.valid_until.as_deref(), Some("2030-01-01T00:00:00Z"));
    assert_eq!(shown.extra, [ExtraView { path: "narrative".into(), text: "null".into() }]);
    let mut embedded = assertion.clone();
    (embedded["badge"], embedded["badge"]["issuer"]) = (class, issuer.clone());
    embedded["badge"]["issuer"] = issuer;
    assert_eq!(payload(&embedded, vec![]), shown);
    assert_eq!(payload(&assertion, vec![]).achievements[0].id.as_deref(), Some("https://a.example/b"));
}

#[test]
fn a_learner_record_names_what_it_contains_and_an_endorsement_what_it_says() {
    let record = seen(json!({"type": ["VerifiableCredential", "ClrCredential"], "name": "Record", "credentialSubject": {
        "type": "ClrSubject", "achievement": [{"id": "urn:a", "type": "Achievement", "name": "A"}, {"id": "urn:b", "name": "B"}],
        "verifiableCredential": [badge(), {"name": "Other"}]}}));
    assert_eq!((record.kind, record.name.as_deref()), (ViewKind::Clr, Some("Record")));
    assert_eq!((record.contains, record.achievements.len()), (vec!["Welding".to_owned(), "Other".to_owned()], 2));
    let said = seen(json!({"type": ["VerifiableCredential", "EndorsementCredential"], "issuer": "did:example:e",
        "credentialSubject": {"id": "urn:1", "type": "EndorsementSubject", "endorsementComment": "Good"}}));
    assert_eq!((said.kind, said.endorsement_comment.as_deref()), (ViewKind::Endorsement, Some("Good")));
    assert_eq!(said.issuer.id.as_deref(), Some("did:example:e"));
    assert_eq!(said.extra, []);
}

#[test]
fn texts_keep_their_script_and_lose_what_misleads() {
    let family = "👩‍👩‍👧 می‌خواهم";
    let view = seen(json!({"type": "VerifiableCredential", "name": family, "description": "a\u{202e}b\u{0}\r\nc",
        "issuer": {"id": "x", "name": "A\nB"}, "image": "javascript:alert(1)", "credentialSubject": {}, "a\u{202e}b": "x".repeat(30_000)}));
    assert_eq!(view.name.as_deref(), Some(family));
    assert_eq!(view.description.as_deref(), Some("a\u{fffd}b\u{fffd}\nc"));
    assert_eq!(view.issuer.name.as_deref(), Some("A B"));
    assert_eq!(view.extra[0].path, "a\u{fffd}b");
    assert_eq!(view.extra[0].text.chars().count(), 20_001);
}

#[test]
fn endless_lists_end_and_say_so() {
    let mut credential = json!({"type": "VerifiableCredential", "credentialSubject": {"tag": {}}});
    for number in 0..2_000 {
        credential["credentialSubject"][format!("n{number}")] = number.into();
    }
    let view = seen(credential);
    assert_eq!((view.extra.len(), view.extra[1_000].text.as_str()), (1_001, "…"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "type",
        "name",
        "credentialSubject",
        "achievement",
        "result",
        "image",
        "id",
        "issuer",
        "endorsement",
        "evidence",
        "criteria",
        "alignment",
        "verifiableCredential",
        "badge",
        "recipient",
        "x",
    ]);
    let leaf = prop_oneof![
        any::<i64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from)
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let members = prop::collection::vec((names.clone(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..5).prop_map(Value::from),
            members.prop_map(|all| all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into())
        ]
    })
}

/// Every text and number of a value.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|value| leaves(value, found)),
        Value::Array(values) => values.iter().for_each(|value| leaves(value, found)),
        Value::Number(number) => found.push(number.to_string()),
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_shape_of_json_breaks_the_view_and_no_number_in_it_is_hidden(value in any_json()) {
        let credential = json!({"type": ["VerifiableCredential"], "credentialSubject": value, "issuer": {"id": "x"}});
        let shown = format!("{:?}", seen(credential));
        let mut numbers = Vec::new();
        leaves(&value, &mut numbers);
        // Credentials in a learner record are items of their own, a proof is the verdict's affair.
        if !value.to_string().contains("verifiableCredential") {
            for number in numbers {
                prop_assert!(shown.contains(&number), "{} in {}", number, shown);
            }
        }
        let _ = view(&Payload::OpenBadges2 { token: None, assertion: Map::from_iter([("badge".to_owned(), value)]), beside: vec![] });
    }
}
