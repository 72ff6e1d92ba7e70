//! Exports of every kind in the hands of implementations that are not Cairn's: `tests/interop/exports.mjs` and `exports.py`.
//!
//! 210 files: achievements, records and endorsements as JSON and JWT, baked PNG and SVG; with emoji, right-to-left and long
//! texts, with and without each optional part. The same seed gives the same files.

use cairn_proof::issue::picture::Picture;
use cairn_proof::issue::{
    About, Achievement, Alignment, Association, Clr, Endorsement, Evidence, Identity, Level, Measure, Member, Outcome, Signer, bake_png,
    bake_svg,
};
use cairn_proof::{SigningKey, digest::Digest};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;
use std::process::Command;
use uuid::Uuid;

const TEXTS: [&str; 8] = [
    "Led the response to three outages",
    "تحليل البيانات المتقدم للمؤسسات",
    "データ分析と可視化 📊",
    "Zażółć gęślą jaźń – “naïve” façade & <b>tags</b>",
    "ניהול פרויקטים",
    "👩🏽‍💻 Équipe 👨‍👩‍👧‍👦",
    "\"Quoted\" \\ back\\slashed\tand\ntabbed",
    "ZWNJ می‌خواهم; combining e\u{301}; astral 𝔘𝔫𝔦",
];

/// A small generator (Steele and others' SplitMix64), so that no library's version changes what is written.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 0
    }

    fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }

    fn text(&mut self) -> String {
        let text = TEXTS[self.below(TEXTS.len() as u64) as usize];
        if self.below(6) == 0 { format!("{text} ").repeat(40) } else { text.to_owned() }
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn some<T>(&mut self, most: u64, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }

    fn instant(&mut self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1_700_000_000 + self.below(60_000_000) as i64)
    }

    fn signer(&mut self) -> Signer {
        let url = self.maybe(|_| "https://example.org/~ada?q=1#me".to_owned());
        Signer { name: self.maybe(Self::text), url, email: self.maybe(|_| "ada@example.org".to_owned()) }
    }

    fn achievement(&mut self) -> Achievement {
        let measures: Vec<Measure> = self.some(2, Self::measure);
        let outcomes = measures.iter().map(|measure| self.outcome(measure)).collect();
        let valid_from = self.instant();
        let achievement_id = self.uuid();
        let name = self.text();
        let image = self.yes().then(|| {
            let id = achievement_id.to_string();
            Picture { id: &id, title: &name, issuer: "Ada Example", note: "Self-signed" }.data_url()
        });
        Achievement {
            id: self.uuid(),
            achievement_id,
            kind: self.maybe(|_| "Certificate".to_owned()),
            name,
            description: self.text(),
            criteria: self.text(),
            criteria_url: self.maybe(|_| "https://example.org/criteria".to_owned()),
            narrative: self.maybe(Self::text),
            tags: self.some(3, Self::text),
            alignments: self.some(2, Self::alignment),
            measures,
            outcomes,
            evidence: self.some(3, Self::evidence),
            identities: self.some(1, |seeded| Identity { email: "ada@example.org".into(), salt: seeded.next().to_string() }),
            credits_available: self.maybe(|seeded| seeded.below(100) as f64 / 8.0),
            credits_earned: self.maybe(|seeded| seeded.below(1000) as f64 / 10.0),
            awarded: self.maybe(Self::instant),
            valid_from,
            valid_until: self.maybe(|_| valid_from + TimeDelta::days(36_500)),
            image_caption: image.is_some().then(|| "A cairn".to_owned()),
            image,
        }
    }

    fn alignment(&mut self) -> Alignment {
        Alignment {
            name: self.text(),
            url: format!("https://example.org/competency/{}", self.next()),
            framework: self.maybe(Self::text),
            code: self.maybe(|seeded| seeded.below(99).to_string()),
            description: self.maybe(Self::text),
            kind: self.maybe(|_| "CFItem".to_owned()),
        }
    }

    fn measure(&mut self) -> Measure {
        let level = |seeded: &mut Self| Level {
            id: seeded.uuid(),
            name: seeded.text(),
            description: seeded.maybe(Self::text),
            level: seeded.maybe(|seeded| seeded.below(5).to_string()),
            points: seeded.maybe(|seeded| seeded.below(50).to_string()),
        };
        let levels = self.some(3, level);
        Measure {
            id: self.uuid(),
            name: self.text(),
            kind: if levels.is_empty() { "Percent".into() } else { "RubricCriterionLevel".into() },
            allowed: self.some(3, Self::text),
            range: self.maybe(|_| ("0".to_owned(), "100".to_owned())),
            required_level: levels.first().map(|level| level.id),
            levels,
            required_value: self.maybe(|_| "60".to_owned()),
        }
    }

    fn outcome(&mut self, measure: &Measure) -> Outcome {
        Outcome {
            measure: Some(measure.id),
            level: measure.levels.last().map(|level| level.id),
            value: self.maybe(|seeded| seeded.below(100).to_string()),
            status: self.maybe(|_| "Completed".to_owned()),
        }
    }

    fn evidence(&mut self) -> Evidence {
        Evidence {
            id: self.maybe(|seeded| seeded.uuid().urn().to_string()),
            name: Some(self.text()),
            narrative: self.maybe(Self::text),
            genre: self.maybe(|_| "Photo".to_owned()),
            digest: self.maybe(|seeded| Digest::of(&seeded.next().to_le_bytes())),
            media_type: self.maybe(|_| "image/png".to_owned()),
        }
    }
}

/// Writes the 210 files.
fn write_into(folder: &Path) {
    let mut seeded = Seeded(1);
    let write = |name: String, bytes: &[u8]| std::fs::write(folder.join(name), bytes);
    for round in 0..35 {
        let mut secret = [0; 32];
        secret[..8].copy_from_slice(&seeded.next().to_le_bytes());
        let key = SigningKey::from_seed(&secret);
        let (signer, now) = (seeded.signer(), seeded.instant());
        let achievement = seeded.achievement();
        let badge = achievement.document(&signer, key.did()).unwrap();
        let signed = badge.sign(&key, now).unwrap();
        let text = String::from_utf8(signed.clone()).unwrap();
        write(format!("{round:02}-achievement.json"), &signed).unwrap();
        write(format!("{round:02}-achievement.jwt"), badge.sign_jwt(&key).unwrap().as_bytes()).unwrap();
        let id = achievement.achievement_id.to_string();
        let picture = Picture { id: &id, title: &achievement.name, issuer: "Ada Example", note: "Self-signed" };
        write(format!("{round:02}-badge.svg"), &bake_svg(picture.svg().as_bytes(), &text).unwrap()).unwrap();
        write(format!("{round:02}-badge.png"), &bake_png(&picture.png(120).unwrap(), &text).unwrap()).unwrap();

        let about = About { id: achievement.id.urn().to_string(), name: seeded.text() };
        let endorsement = Endorsement { id: seeded.uuid(), about, comment: seeded.text(), valid_from: now, valid_until: None };
        let endorsed = endorsement.document(&signer, key.did()).unwrap().sign(&key, now).unwrap();
        write(format!("{round:02}-endorsement.json"), &endorsed).unwrap();

        let members = vec![Member { name: "one".into(), bytes: signed }, Member { name: "two".into(), bytes: endorsed }];
        let associations = vec![Association {
            kind: "isRelatedTo".into(),
            source: endorsement.id.urn().to_string(),
            target: achievement.id.urn().to_string(),
        }];
        let clr = Clr {
            id: seeded.uuid(),
            name: seeded.text(),
            partial: seeded.yes(),
            members,
            associations,
            valid_from: now,
            valid_until: None,
        };
        let (record, left_out) = clr.document(&signer, key.did()).unwrap();
        assert_eq!(left_out, []);
        write(format!("{round:02}-clr.json"), &record.sign(&key, now).unwrap()).unwrap();
    }
}

/// What a checker says of each file, one JSON line each; None where it is not installed.
fn said(program: &Path, script: &str, folder: &Path) -> Option<Vec<serde_json::Value>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let ran = Command::new(program).arg(project.join("tests/interop").join(script)).arg(folder).output().ok()?;
    let text = String::from_utf8(ran.stdout).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn all_accepted(said: &[serde_json::Value]) {
    let refused: Vec<_> = said.iter().filter(|line| line["valid"] != true).collect();
    assert!(refused.is_empty(), "{} refused, the first: {}", refused.len(), refused[0]);
    assert_eq!(said.len(), 210);
}

#[test]
fn digital_bazaars_libraries_jose_and_openbadgeslib_accept_every_export_and_refuse_a_changed_one() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let folder = tempfile::tempdir().unwrap();
    write_into(folder.path());
    let changed = tempfile::tempdir().unwrap();
    let clr = std::fs::read_to_string(folder.path().join("00-clr.json")).unwrap();
    std::fs::write(changed.path().join("clr.json"), clr.replacen("\"validFrom\": \"20", "\"validFrom\": \"19", 1)).unwrap();
    let checkers = [
        (
            Path::new("node").to_owned(),
            "exports.mjs",
            project.join("tests/interop/node_modules/@digitalbazaar/eddsa-rdfc-2022-cryptosuite"),
        ),
        (project.join("target/python/bin/python"), "exports.py", project.join("target/python/bin/openbadges")),
    ];
    for (program, script, installed) in checkers {
        if !installed.exists() {
            eprintln!("skipped: run make setup-test to check exports with {script}");
            continue;
        }
        all_accepted(&said(&program, script, folder.path()).unwrap());
        let refused = said(&program, script, changed.path()).unwrap();
        assert_eq!(refused[0]["valid"], false, "{script} must see a change");
    }
}
