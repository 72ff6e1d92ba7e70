//! Reading JSON Resume: what comes in, what is skipped and named, what refuses the file.

use cairn_domain::AnyRecord;
use cairn_domain::credential::CredentialStatus;
use cairn_exchange::Import;
use cairn_exchange::json::MOST_BYTES;
use cairn_exchange::json_resume::read;
use proptest::prelude::*;
use serde_json::{Value, json};

fn import(document: Value) -> Import {
    read(document.to_string().as_bytes()).unwrap()
}

fn refusal(document: Value) -> String {
    read(document.to_string().as_bytes()).unwrap_err().to_string()
}

fn skipped(import: &Import) -> Vec<String> {
    import.skipped.iter().map(|skipped| format!("{}: {}", skipped.path, skipped.reason)).collect()
}

fn fields(import: &Import, index: usize) -> Value {
    serde_json::to_value(&import.records[index].record).unwrap()
}

#[test]
fn a_wrong_type_refuses_the_file_and_names_the_path() {
    for (document, message) in [
        (json!([]), "the file: expected object, found list"),
        (json!({"basics": []}), "/basics: expected object, found list"),
        (json!({"basics": {"name": 7}}), "/basics/name: expected text, found number"),
        (json!({"basics": {"location": "Lisbon"}}), "/basics/location: expected object, found text"),
        (json!({"basics": {"profiles": [{"url": true}]}}), "/basics/profiles/0/url: expected text, found true or false"),
        (json!({"work": {}}), "/work: expected list, found object"),
        (json!({"work": [null]}), "/work/0: expected object, found null"),
        (json!({"work": [{"name": "A"}, {"startDate": 2024}]}), "/work/1/startDate: expected text, found number"),
        (json!({"skills": [{"name": "A", "keywords": "b"}]}), "/skills/0/keywords: expected list, found text"),
        (json!({"skills": [{"name": "A", "keywords": ["b", {}]}]}), "/skills/0/keywords/1: expected text, found object"),
        (json!({"skills": [{"name": "A", "x-cairn": 1}]}), "/skills/0/x-cairn: expected object, found number"),
        (json!({"x-cairn": {"records": {}}}), "/x-cairn/records: expected list, found object"),
        (json!({"x-cairn": {"records": [{"kind": 1}]}}), "/x-cairn/records/0/kind: expected text, found number"),
        (json!({"x-cairn": {"version": 2}}), "the file was written by a newer Cairn (x-cairn version 2; this one reads version 1)"),
    ] {
        assert_eq!(refusal(document), message);
    }
}

#[test]
fn a_file_over_the_limit_is_not_even_parsed() {
    let big = vec![b' '; MOST_BYTES + 1];
    assert_eq!(read(&big).unwrap_err().to_string(), "the file is larger than 16 MiB");
}

#[test]
fn an_odd_value_is_named_and_the_rest_of_its_row_comes_in() {
    let import = import(json!({"certificates": [
        {"name": "CKA", "issuer": "CNCF", "date": "Spring 2024", "url": ""},
        {"name": "RHCE", "url": "credly.com/rhce"},
        {"issuer": "Nobody knows"},
        {"name": "LPIC-1"},
    ]}));
    assert_eq!(
        skipped(&import),
        [
            "/certificates/0/date: “Spring 2024” is not a date like 2024, 2024-03 or 2024-03-09, in the years from 1900 to 2200",
            "/certificates/1/url: “credly.com/rhce” is not an http, https or mailto address",
            "/certificates/2: was left out: name must not be empty",
        ]
    );
    let titles: Vec<String> = import.records.iter().map(|incoming| incoming.record.heading().title).collect();
    assert_eq!(titles, ["CKA", "RHCE", "LPIC-1"]);
}

#[test]
fn an_odd_item_leaves_the_others_in_place() {
    let long = "x".repeat(20_001);
    let import = import(json!({"work": [{"name": "A", "highlights": ["", long, "kept", long]}]}));
    assert_eq!(fields(&import, 0)["highlights"], json!(["kept"]));
    let reason = format!("“{}…” is longer than 20000 characters", "x".repeat(40));
    assert_eq!(skipped(&import), [3, 1].map(|at| format!("/work/0/highlights/{at}: {reason}")));
}

#[test]
fn profile_links_with_odd_addresses_keep_their_names() {
    let import = import(json!({"basics": {"name": "A", "email": "a at b", "profiles": [{}, {"network": "X", "url": "x.com/a"}]}}));
    assert_eq!(fields(&import, 0)["links"], json!([{"network": "X", "username": "", "url": ""}]));
    assert_eq!(
        skipped(&import),
        ["/basics/profiles/1/url: “x.com/a” is not an http, https or mailto address", "/basics/email: “a at b” is not an e-mail address",]
    );
}

#[test]
fn what_ended_is_not_taken_in_as_if_it_still_ran() {
    let import = import(json!({"work": [
        {"name": "A", "startDate": "2024-05", "endDate": "2023"},
        {"name": "B", "startDate": "2019", "endDate": "last spring"},
    ]}));
    for row in 0..2 {
        assert_eq!((&fields(&import, row)["start"], &fields(&import, row)["end"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(
        skipped(&import),
        [
            "/work/0/endDate: “2023” lies before “2024-05”, when it began, so both were left out",
            "/work/1/endDate: “last spring” is not a date like 2024, 2024-03 or 2024-03-09, in the years from 1900 to 2200",
            "/work/1/startDate: “2019” was left out, because the end cannot be read",
        ]
    );
}

#[test]
fn dates_keep_their_precision_and_present_means_open() {
    let import = import(
        json!({"work": [{"name": "A", "startDate": "2024-03-09T10:00:00Z", "endDate": "Present"}, {"name": "B", "startDate": "2019"}]}),
    );
    assert_eq!((&fields(&import, 0)["start"], &fields(&import, 0)["end"]), (&json!("2024-03-09"), &Value::Null));
    assert_eq!(fields(&import, 1)["start"], "2019");
    assert_eq!(skipped(&import), [""; 0]);
}

#[test]
fn what_has_no_field_is_listed_unless_it_says_nothing() {
    let import = import(json!({
        "$schema": "https://example.org/schema.json",
        "basics": {"name": "A", "image": "https://example.org/a.png", "pronouns": "", "a/b~c": 1},
        "work": [{"name": "A", "isRemote": false, "tags": []}],
        "hobbies": ["chess"],
        "meta": {"version": "v1.0.0"},
    }));
    let mut listed = skipped(&import);
    listed.sort();
    assert_eq!(
        listed,
        [
            "/basics/a~1b~0c: has no place in Cairn",
            "/basics/image: has no place in Cairn",
            "/hobbies: has no place in Cairn",
            "/meta: is about the file, not about you",
            "/work/0/isRemote: has no place in Cairn",
        ]
    );
}

#[test]
fn names_from_before_version_one_are_understood() {
    let import =
        import(json!({"work": [{"company": "A", "website": "https://a.example"}], "education": [{"institution": "B", "gpa": "4.0"}]}));
    assert_eq!((&fields(&import, 0)["name"], &fields(&import, 0)["url"]), (&json!("A"), &json!("https://a.example")));
    assert_eq!(fields(&import, 1)["score"], "4.0");
    assert!(import.skipped.is_empty());
}

#[test]
fn null_and_empty_say_nothing() {
    let import = import(json!({"basics": null, "work": [{"name": "A", "endDate": null, "url": "", "highlights": []}], "skills": []}));
    assert_eq!(import.records.len(), 1);
    assert_eq!(import.records[0].patch(), json!({"name": "A"}));
    assert!(import.skipped.is_empty());
}

#[test]
fn a_certificate_is_earned_but_does_not_overrule_what_the_learner_said() {
    let import = import(json!({"certificates": [{"name": "CKA", "date": "2024-05"}]}));
    let AnyRecord::Credential(credential) = &import.records[0].record else { panic!("not a credential") };
    assert_eq!(credential.status, CredentialStatus::Earned);
    assert_eq!(import.records[0].patch(), json!({"title": "CKA", "issued": "2024-05"}));
}

#[test]
fn a_patch_takes_nothing_away_that_the_file_does_not_speak_of() {
    let import = import(json!({"basics": {"name": "A", "url": "no address", "location": {"city": "Porto", "region": ""}}}));
    assert_eq!(import.records[0].patch(), json!({"name": "A", "location": {"city": "Porto"}}));
}

#[test]
fn a_row_edited_elsewhere_keeps_its_edit_and_its_extension() {
    let id = "01930000-0000-7000-8000-000000000001";
    let import =
        import(json!({"skills": [{"name": "Rust, edited", "x-cairn": {"id": id, "fields": {"type": "soft", "level": "told here"}}}]}));
    assert_eq!(import.records[0].id.map(|id| id.to_string()).as_deref(), Some(id));
    assert_eq!(import.records[0].patch(), json!({"level": "told here", "name": "Rust, edited", "type": "soft"}));
    assert_eq!((&fields(&import, 0)["name"], &fields(&import, 0)["type"]), (&json!("Rust, edited"), &json!("soft")));
}

#[test]
fn an_extension_from_a_newer_cairn_loses_only_what_this_one_does_not_know() {
    let import = import(json!({
        "skills": [{"name": "Rust", "x-cairn": {"id": "no uuid", "fields": {"type": "quantum", "colour": "red", "notes": "kept"}}}],
        "x-cairn": {"version": 1, "records": [
            {"kind": "spell", "fields": {}}, {"kind": "story", "fields": {"title": "Kept", "mood": 1}}, {"kind": "story", "fields": {}},
        ]},
    }));
    assert_eq!(fields(&import, 0)["notes"], "kept");
    assert_eq!(fields(&import, 1)["title"], "Kept");
    let paths: Vec<&str> = import.skipped.iter().map(|skipped| skipped.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/skills/0/x-cairn/id",
            "/skills/0/x-cairn/fields/colour",
            "/skills/0/x-cairn/fields/type",
            "/x-cairn/records/0",
            "/x-cairn/records/1/fields/mood",
            "/x-cairn/records/2",
        ]
    );
}

#[test]
fn an_id_copied_by_hand_belongs_to_the_first_row() {
    let twice = json!({"name": "Rust", "x-cairn": {"id": "01930000-0000-7000-8000-000000000001"}});
    let import = import(json!({"skills": [twice, twice]}));
    assert!(import.records[0].id.is_some() && import.records[1].id.is_none());
}

#[test]
fn a_hostile_shape_within_the_limit_is_read_quickly() {
    let started = std::time::Instant::now();
    let long_name = format!("{{\"{}\": [{}0]}}", "x".repeat(1 << 20), "0,".repeat(3 << 20));
    assert_eq!(read(long_name.as_bytes()).unwrap().skipped.len(), 1);
    let id = "01930000-0000-7000-8000-000000000001";
    let rows = format!("{{\"kind\":\"skill\",\"before\":\"{id}\",\"fields\":{{\"name\":\"a\"}}}},").repeat(50_000);
    let records =
        format!(r#"{{"skills":[{{"name":"b","x-cairn":{{"id":"{id}"}}}}],"x-cairn":{{"records":[{}]}}}}"#, rows.trim_end_matches(','));
    assert_eq!(read(records.as_bytes()).unwrap().records.len(), 50_001);
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
}

/// Documents with the right names in them and anything else as values.
fn any_document() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(vec![
        "basics",
        "work",
        "certificates",
        "skills",
        "projects",
        "name",
        "startDate",
        "endDate",
        "url",
        "highlights",
        "keywords",
        "location",
        "profiles",
        "x-cairn",
        "id",
        "fields",
        "records",
        "kind",
        "before",
        "version",
        "title",
        "type",
        "meta",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        prop::sample::select(vec!["", "A", "2024", "2024-13", "Present", "https://a.example", "story", "work"]).prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name.clone(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_panics_and_nothing_that_breaks_a_rule_comes_in(document in any_document()) {
        if let Ok(import) = read(document.to_string().as_bytes()) {
            for incoming in import.records {
                prop_assert!(incoming.record.check().is_ok(), "{incoming:?}");
            }
        }
    }

    #[test]
    fn reading_does_not_depend_on_how_the_json_is_set(document in any_document()) {
        let pretty = read(serde_json::to_string_pretty(&document).unwrap().as_bytes());
        prop_assert_eq!(read(document.to_string().as_bytes()), pretty);
    }
}
