//! Measures what the product promises about speed, and prints each figure beside its promise.
//!
//! `make bench` runs it. Nothing here fails a test: a slow machine is no bug. Figures are medians in milliseconds.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use cairn_app::documents::Verdict;
use cairn_app::finding::{ListQuery, Order};
use cairn_app::import::Origin;
use cairn_app::{App, Kind, RecordId};
use cairn_domain::evidence::Evidence;
use cairn_exchange::json_resume;
use cairn_proof::SigningKey;
use serde_json::{Map, Value, json};

/// Records of the promise: the second vault holds ten times as many.
const CREDENTIALS: usize = 2_000;
const EVIDENCE: usize = 10_000;
/// Received badges of the promise.
const BADGES: usize = 1_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let small = filled(&folder.path().join("small"), 1);
    let large = filled(&folder.path().join("large"), 10);
    println!("{:<58} {:>9} {:>9} {:>7}  promise", "", "×1", "×10", "ratio");

    // Opened as a start does it: nobody else has the vault open, and it was closed in order.
    let (small, large) = (small.folder().to_owned(), large.folder().to_owned());
    let open = |path: &Path| median(15, || drop(App::open(path).unwrap()));
    row("open the vault", open(&small), open(&large), "≤ 150 ms");
    let (small, large) = (App::open(small).unwrap(), App::open(large).unwrap());
    for (name, query) in pages() {
        let page = |app: &App| median(40, || drop(app.list(Kind::Evidence, query()).unwrap()));
        row(name, page(&small), page(&large), "≤ 10 ms, at ×10 ≤ 15 ms");
    }
    for words in ["kubernetes", "migra", "zephyr", "a", "report latency"] {
        let search = |app: &App| median(40, || drop(app.search(words, 50).unwrap()));
        row(&format!("search “{words}”"), search(&small), search(&large), "≤ 10 ms, at ×10 ≤ 15 ms");
    }
    let day = "2026-11-22".parse().unwrap();
    let today = |app: &App| median(20, || drop(app.today(day).unwrap()));
    row("today", today(&small), today(&large), "≤ 10 ms");
    let money = |app: &App| median(10, || drop(app.money(day).unwrap()));
    row("money", money(&small), money(&large), "");

    documents(&folder.path().join("sample"));
    wallet(&folder.path().join("wallet"));
}

/// A vault with so many times the records of the promise, written through the front door.
fn filled(path: &Path, times: usize) -> App {
    let app = App::open(path).unwrap();
    let mut sections = Map::new();
    let words = ["kubernetes", "migration", "latency", "budget", "accessibility", "incident", "rust", "teaching", "report", "analysis"];
    let certificates: Vec<_> = (0..CREDENTIALS * times)
        .map(|n| json!({"name": format!("Certificate {n} in {}", words[n % words.len()]), "issuer": format!("Issuer {}", n % 40), "date": format!("20{:02}-0{}", 10 + n % 15, 1 + n % 9)}))
        .collect();
    sections.insert("certificates".into(), certificates.into());
    let report = app.import_bytes("big.json", &serde_json::to_vec(&sections).unwrap(), Origin::Anywhere, &mut |_, _| true).unwrap();
    assert_eq!(report.added as usize, CREDENTIALS * times);
    for batch in 0..times {
        let records: Vec<_> = (batch * EVIDENCE..(batch + 1) * EVIDENCE).map(|n| (new_id(), evidence(n, &words).into())).collect();
        let written = json_resume::write(&records, json_resume::Options { include_private: true });
        app.import_bytes("evidence.json", written.text.as_bytes(), Origin::Anywhere, &mut |_, _| true).unwrap();
    }
    assert_eq!(app.list(Kind::Evidence, ListQuery::default()).unwrap().total as usize, EVIDENCE * times);
    app
}

fn evidence(n: usize, words: &[&str]) -> Evidence {
    let fields = json!({
        "title": format!("{} {} no. {n}", words[n % words.len()], words[(n / 7) % words.len()]),
        "type": (["report", "code", "analysis"][n % 3]),
        "setting": (["on-the-job", "client", "course"][n % 3]),
        "date": format!("20{:02}-{:02}-{:02}", 10 + n % 16, 1 + n % 12, 1 + n % 28),
        "context": format!("A team of {} with {} on its mind", n % 12, words[(n / 3) % words.len()]),
        "result": if n % 5000 == 17 { "zephyr".to_owned() } else { format!("{} % better", n % 90) },
    });
    serde_json::from_value(fields).unwrap()
}

fn new_id() -> RecordId {
    RecordId::new(uuid::Uuid::now_v7())
}

/// What a page of a list is asked for, with its name.
type Asked = (&'static str, fn() -> ListQuery);

fn pages() -> Vec<Asked> {
    fn by(order: Order) -> ListQuery {
        ListQuery { order, descending: true, ..ListQuery::default() }
    }
    vec![
        ("list: first page in the learner's order", ListQuery::default),
        ("list: first page by title", || by(Order::Title)),
        ("list: first page by date", || by(Order::Date)),
        ("list: page at row 5,000 by title", || ListQuery { offset: 5_000, ..by(Order::Title) }),
        ("list: one status, by date", || ListQuery { statuses: vec!["client".into()], ..by(Order::Date) }),
        ("list: one status and sort, by title", || ListQuery {
            statuses: vec!["course".into()],
            sorts: vec!["analysis".into()],
            ..by(Order::Title)
        }),
        ("list: words, by title", || ListQuery { text: "kuber incid".into(), ..by(Order::Title) }),
    ]
}

fn documents(path: &Path) {
    let app = App::open(path).unwrap();
    app.sample_fill("2026-11-22".parse().unwrap()).unwrap();
    let collection = app.list(Kind::Collection, ListQuery::default()).unwrap().items.remove(0).id;
    let cold = Instant::now();
    app.preview(Some(collection), None).unwrap();
    println!("{:<58} {:>9.1}", "preview, cold", millis(cold.elapsed()));
    let mut n = 0;
    let warm = median(30, || {
        n += 1;
        let mut draft = app.show(Kind::Collection, collection).unwrap().fields;
        draft["headline"] = json!(format!("Engineer, keystroke {n}"));
        app.preview(Some(collection), Some(draft)).unwrap();
    });
    println!("{:<58} {:>9.1} {:>26}", "preview, one keystroke later", millis(warm), "≤ 100 ms to the picture");
    let to = path.with_file_name("resume.pdf");
    let pdf = median(20, || {
        app.write_document(
            Some(collection),
            cairn_app::documents::DocumentKind::Resume,
            cairn_app::documents::Format::Pdf,
            &to,
            &mut |_, _| true,
        )
        .unwrap();
    });
    println!("{:<58} {:>9.1} {:>26}", "résumé PDF, warm, written to disk", millis(pdf), "≤ 80 ms for two pages");
}

/// Received badges, each with its signature, dates and place in the issuer's status list checked again.
fn wallet(path: &Path) {
    let lists = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = lists.local_addr().unwrap().to_string();
    let school = SigningKey::from_seed(&[42; 32]);
    let badges: Vec<Value> = (0..BADGES).map(|number| badge(&school, &host, number)).collect();
    let app = App::open(path).unwrap();
    app.import_bytes("badges.json", &serde_json::to_vec(&badges).unwrap(), Origin::Anywhere, &mut |_, _| true).unwrap();
    let list = status_list(&school, &host).to_string();
    std::thread::spawn(move || {
        for stream in lists.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{list}", list.len()).unwrap();
        }
    });
    app.refresh(None, &[host], &mut |_, _| true).unwrap();
    let checked = median(5, || {
        let found = app.check(None, None, &mut |_, _| true).unwrap();
        assert_eq!(found.iter().filter(|one| one.verdict == Verdict::Valid).count(), BADGES, "{:?}", found[0]);
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let name = format!("check a wallet of {BADGES} badges with their status, {cores} cores");
    println!("{name:<58} {:>9.0} {:>26}", millis(checked), "≤ 2,000 ms on two cores");
}

fn badge(school: &SigningKey, host: &str, number: usize) -> Value {
    let list = format!("http://{host}/status");
    signed(
        school,
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": format!("urn:uuid:{}", uuid::Uuid::from_u128(number as u128)),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": format!("Statistics, part {number}"),
            "issuer": {"id": school.did().to_string(), "type": ["Profile"], "name": "A school", "url": "https://school.example"},
            "validFrom": "2025-01-09T15:06:31Z",
            "credentialStatus": {"id": format!("{list}#{number}"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                "statusListIndex": number.to_string(), "statusListCredential": list},
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "id": "did:example:ada",
                "achievement": {
                    "id": format!("https://school.example/achievements/{number}"),
                    "type": ["Achievement"],
                    "achievementType": "Certificate",
                    "name": format!("Statistics, part {number}"),
                    "description": "Designs experiments, chooses tests and reads their results.",
                    "criteria": {"type": "Criteria", "narrative": "Eight exercises and a **project** that two teachers read."},
                    "alignment": [{"type": ["Alignment"], "targetName": "Statistics", "targetUrl": "https://skills.example/1"}]
                }
            }
        }),
    )
}

/// A list of 131,072 entries of which none is set, compressed.
fn status_list(school: &SigningKey, host: &str) -> Value {
    const NONE_SET: &str = "H4sIAAAAAAAC_-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
    let list = format!("http://{host}/status");
    signed(
        school,
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": list,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": school.did().to_string(),
            "validFrom": "2025-01-09T15:06:31Z",
            "credentialSubject": {"id": format!("{list}#list"), "type": "BitstringStatusList", "statusPurpose": "revocation",
                "encodedList": format!("u{NONE_SET}")}
        }),
    )
}

fn signed(school: &SigningKey, mut credential: Value) -> Value {
    let options = json!({"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
        "verificationMethod": school.did().verification_method(), "created": "2025-01-09T15:06:31Z"});
    let (document, options) = (credential.as_object().unwrap(), options.as_object().unwrap().clone());
    let proof = cairn_proof::suites::eddsa_rdfc_2022::create_proof(document, options, school).unwrap();
    credential["proof"] = proof;
    credential
}

fn median(rounds: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[rounds / 2]
}

fn row(name: &str, small: Duration, large: Duration, promise: &str) {
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!("{name:<58} {:>9.2} {:>9.2} {ratio:>6.2}×  {promise}", millis(small), millis(large));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
