//! What a received credential says of the learner's record, in the record's own fields.

use cairn_domain::credential::{CredentialStatus, CredentialType, RubricCriterion};
use cairn_domain::date::PartialDate;
use cairn_domain::text::LONGEST_LINE;
use cairn_proof::digest::Digest;
use cairn_proof::opened::{Item, Payload};
use cairn_proof::view::{AchievementView, AlignmentView, CredentialView, ResultView, ViewKind};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, json};

use super::fill::Fields;

/// Skills, competencies and rubric rows that are taken over at most; a curriculum of thousands is no list of skills.
const MOST: usize = 100;
/// The longest name of a skill, in characters: what is longer is a statement.
const LONGEST_SKILL: usize = 120;

/// What a credential offers to its record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offered {
    /// Fields of a Credential; only what the credential speaks of.
    pub fields: Fields,
    /// Skills by name.
    pub skills: Vec<String>,
}

impl Offered {
    /// What `view` says, as of `now`.
    pub fn of(view: &CredentialView, name: &str, now: DateTime<Utc>) -> Offered {
        let mut fields = Map::new();
        let mut put = |field: &str, value: Option<Value>| fields.extend(value.map(|value| (field.to_owned(), value)));
        // A learner record says of itself what it is; each achievement in it says so of itself.
        let is_record = view.kind == ViewKind::Clr;
        let achievement = view.achievements.first().filter(|_| !is_record);
        let title = [view.name.as_deref(), achievement.and_then(|it| it.name.as_deref()), Some(name)];
        put("title", title.into_iter().flatten().find_map(line));
        put("type", json_of(sort(view, achievement)));
        put("issuer", [&view.issuer.name, &view.issuer.url, &view.issuer.id].into_iter().flatten().find_map(|text| line(text)));
        let until = view.dates.valid_until.as_deref().and_then(day);
        let ended = until.is_some_and(|until| until < now.date_naive());
        put("status", json_of(if ended { CredentialStatus::Expired } else { CredentialStatus::Earned }));
        let issued = view.dates.awarded.as_deref().or(view.dates.valid_from.as_deref()).and_then(day);
        put("issued", issued.map(|day| PartialDate::day(day).to_string().into()));
        // A record whose end lies before its beginning would be refused; the verdict says what is wrong with it.
        put(
            "expires",
            until.filter(|until| issued.is_none_or(|issued| issued <= *until)).map(|day| PartialDate::day(day).to_string().into()),
        );
        put("identifier", [&view.subject.licence_number, &view.id].into_iter().flatten().find_map(|text| line(text)));
        let addresses = [&view.address, &view.id].into_iter().flatten();
        let addresses =
            addresses.chain(achievement.and_then(|it| it.id.as_ref())).chain(achievement.and_then(|it| it.criteria_url.as_ref()));
        put("url", addresses.filter(|url| url.starts_with("https://") || url.starts_with("http://")).find_map(|url| whole_line(url)));
        put("scope", view.description.as_deref().or(achievement.and_then(|it| it.description.as_deref())).and_then(text));
        put("assessment_note", achievement.and_then(|it| it.criteria.as_deref()).and_then(text));
        put("level", view.results.iter().find_map(|result| result.level.as_deref()).and_then(line));
        let alignments: Vec<&AlignmentView> = alignments(view).collect();
        let competencies: Vec<Value> = distinct(alignments.iter().filter_map(|it| competency(it))).into_iter().map(Value::from).collect();
        put("competencies", (!competencies.is_empty()).then(|| competencies.into()));
        let rubric = rubric(view);
        put("rubric", (!rubric.is_empty()).then(|| json!(rubric)));
        let named = alignments.iter().filter_map(|it| it.name.clone());
        let tags = view.achievements.iter().flat_map(|it| it.tags.iter().cloned());
        let skills = if alignments.is_empty() { distinct(tags) } else { distinct(named) };
        Offered { fields, skills: skills.into_iter().filter(|name| name.chars().count() <= LONGEST_SKILL).collect() }
    }

    /// What it calls itself.
    pub fn title(&self) -> String {
        self.fields.get("title").and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

/// A name without what does not tell two apart: case, spacing.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A fingerprint of who signed what: the same for every copy of one signature, whatever the JSON's spacing. Empty where nobody
/// signed.
pub(super) fn fingerprint(item: &Item) -> String {
    let mut signatures = match &item.payload {
        Payload::Json(credential) => proofs(credential),
        Payload::Jwt { token, .. } | Payload::OpenBadges2 { token: Some(token), .. } => {
            token.rsplit('.').take(1).map(str::to_owned).collect()
        }
        Payload::OpenBadges2 { token: None, .. } | Payload::Link { .. } => Vec::new(),
    };
    signatures.sort();
    if signatures.is_empty() { String::new() } else { Digest::of(signatures.join("\n").as_bytes()).to_multibase() }
}

fn proofs(credential: &Map<String, Value>) -> Vec<String> {
    let proofs = match credential.get("proof") {
        Some(Value::Array(proofs)) => proofs.iter().collect(),
        Some(proof) => vec![proof],
        None => Vec::new(),
    };
    let signature = |proof: &Value| ["proofValue", "jws"].iter().find_map(|member| proof.get(member)?.as_str().map(str::to_owned));
    proofs.into_iter().filter_map(signature).collect()
}

/// Which sort of credential it is (Open Badges 3.0 §B.1, AchievementType).
fn sort(view: &CredentialView, achievement: Option<&AchievementView>) -> CredentialType {
    match achievement.and_then(|it| it.kind.as_deref()).unwrap_or_default() {
        "License" => CredentialType::Licence,
        "Diploma" | "SecondarySchoolDiploma" | "GeneralEducationDevelopment" => CredentialType::Diploma,
        "Certification" | "QualityAssuranceCredential" | "JourneymanCertificate" | "MasterCertificate" => {
            CredentialType::ProfessionalCertificate
        }
        kind if kind.ends_with("Degree") || kind.ends_with("Doctorate") => CredentialType::Degree,
        kind if kind.starts_with("Certificate") || kind == "ApprenticeshipCertificate" => CredentialType::Certificate,
        "Course" | "LearningProgram" | "Assignment" | "Assessment" => CredentialType::CourseCompletion,
        _ if matches!(view.kind, ViewKind::Badge | ViewKind::OpenBadge2 | ViewKind::Link) => CredentialType::Badge,
        _ => CredentialType::Certificate,
    }
}

/// Skills and competencies, of the achievements and of the results.
fn alignments(view: &CredentialView) -> impl Iterator<Item = &AlignmentView> {
    let of_achievements = view.achievements.iter().flat_map(|it| it.alignments.iter());
    let of_rubrics = view.achievements.iter().flat_map(|it| it.result_descriptions.iter().flat_map(|it| it.alignments.iter()));
    of_achievements.chain(of_rubrics).chain(view.results.iter().flat_map(|it| it.alignments.iter()))
}

/// What its holder can do, in one statement.
fn competency(it: &AlignmentView) -> Option<String> {
    let name = it.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let description = it.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    match (name, description) {
        (Some(name), Some(description)) => Some(format!("{name}: {description}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

/// Rubrics with their levels and the one that was reached; one that several achievements share, once.
fn rubric(view: &CredentialView) -> Vec<RubricCriterion> {
    let described = view.achievements.iter().flat_map(|it| it.result_descriptions.iter());
    let mut rows: Vec<RubricCriterion> = Vec::new();
    for it in described.filter(|it| !it.levels.is_empty()) {
        let Some(criterion) = it.name.as_deref() else { continue };
        let answers = |result: &&ResultView| match &result.description {
            Some(description) => it.id.as_ref() == Some(description),
            None => result.name.as_deref() == Some(criterion),
        };
        let reached = view.results.iter().find(answers).and_then(|result| result.level.clone()).unwrap_or_default();
        let levels = it.levels.iter().filter_map(|level| level.name.clone()).collect();
        let row = RubricCriterion { criterion: cut(criterion, LONGEST_LINE), levels, reached };
        if rows.len() < MOST && !rows.contains(&row) {
            rows.push(row);
        }
    }
    rows
}

/// Each once, in their order.
fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    names
        .filter(|name| !name.trim().is_empty())
        .filter(|name| seen.insert(folded(name)))
        .take(MOST)
        .map(|name| name.trim().to_owned())
        .collect()
}

/// The day of a date and time as the file writes it.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let day: PartialDate = text.get(..10)?.parse().ok()?;
    Some(day.first_day())
}

/// A text as one line of a record.
pub(super) fn line(text: &str) -> Option<Value> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| cut(&line, LONGEST_LINE).into())
}

/// A line that means nothing when cut.
fn whole_line(text: &str) -> Option<Value> {
    (text.chars().count() <= LONGEST_LINE && !text.contains(char::is_whitespace)).then(|| text.into())
}

/// A text as a text of a record.
pub(super) fn text(text: &str) -> Option<Value> {
    let text = text.trim();
    (!text.is_empty()).then(|| cut(text, cairn_domain::text::LONGEST_TEXT).into())
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

fn json_of(choice: impl serde::Serialize) -> Option<Value> {
    serde_json::to_value(choice).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_proof::opened::open;

    fn offered(credential: Value) -> Offered {
        let opened = open("badge.json", credential.to_string().as_bytes()).unwrap();
        Offered::of(&opened.items[0].view(), "badge.json", "2026-11-22T09:00:00Z".parse().unwrap())
    }

    fn badge() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "https://issuer.example/c/1",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": "did:web:issuer.example", "type": ["Profile"], "name": "Harbour School"},
            "validFrom": "2024-03-09T00:00:00+02:00",
            "validUntil": "2026-03-09T00:00:00Z",
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
                "id": "https://issuer.example/a/1", "type": ["Achievement"], "achievementType": "Certification",
                "name": "Crane\n operator", "description": "Moves loads.", "criteria": {"narrative": "Ten lifts."},
                "tag": ["ignored"],
                "alignment": [
                    {"type": ["Alignment"], "targetName": "Rigging", "targetDescription": "Ties loads", "targetUrl": "https://f.example/1"},
                    {"type": ["Alignment"], "targetName": "rigging", "targetUrl": "https://f.example/2"},
                ],
            }},
        })
    }

    #[test]
    fn a_badge_says_what_its_record_says() {
        let Offered { fields, skills } = offered(badge());
        let said = |field: &str| fields[field].as_str().unwrap().to_owned();
        assert_eq!(
            (said("title"), said("issuer"), said("type")),
            ("Crane operator".into(), "Harbour School".into(), "professional-certificate".into())
        );
        assert_eq!((said("issued"), said("expires"), said("status")), ("2024-03-09".into(), "2026-03-09".into(), "expired".into()));
        assert_eq!(
            (said("url"), said("scope"), said("assessment_note")),
            ("https://issuer.example/c/1".into(), "Moves loads.".into(), "Ten lifts.".into())
        );
        assert_eq!(fields["competencies"], json!(["Rigging: Ties loads", "rigging"]));
        assert_eq!(skills, ["Rigging"]);
        // Every offered field is one that a record takes.
        crate::records::checked(cairn_domain::Kind::Credential, Value::Object(fields)).unwrap();
    }

    #[test]
    fn a_credential_that_says_nothing_is_called_by_its_file() {
        let bare = json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "issuer": "did:key:z", "credentialSubject": {"id": "x"}});
        let Offered { fields, skills } = offered(bare);
        assert_eq!((fields["title"].as_str(), fields["issuer"].as_str()), (Some("badge.json"), Some("did:key:z")));
        assert!(skills.is_empty());
    }

    #[test]
    fn a_learner_record_says_of_itself_what_it_is_and_lists_a_shared_rubric_once() {
        let levels = json!([{"type": ["RubricCriterionLevel"], "id": "urn:l:1", "name": "Good"}]);
        let seam = json!([{"type": ["ResultDescription"], "id": "urn:d:1", "name": "Seam", "resultType": "RubricCriterionLevel", "rubricCriterionLevel": levels}]);
        let achievement = |name: &str| {
            json!({"type": ["Achievement"], "id": format!("https://issuer.example/a/{name}"), "name": name, "description": format!("About {name}."),
                "achievementType": "License", "criteria": {"id": "https://issuer.example/c", "narrative": "Weld."}, "resultDescription": seam})
        };
        let mut record = badge();
        record["type"] = json!(["VerifiableCredential", "ClrCredential"]);
        record["id"] = json!("urn:uuid:1");
        record["name"] = json!("Transcript");
        record["credentialSubject"] =
            json!({"type": ["ClrSubject"], "achievement": [achievement("Arc"), achievement("MIG")], "verifiableCredential": []});
        let Offered { fields, .. } = offered(record);
        assert_eq!((fields["title"].as_str(), fields["type"].as_str()), (Some("Transcript"), Some("certificate")));
        for of_an_achievement in ["scope", "url", "assessment_note"] {
            assert_eq!(fields.get(of_an_achievement), None);
        }
        assert_eq!(fields["rubric"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_copy_in_another_spelling_has_the_same_fingerprint() {
        let mut signed = badge();
        assert_eq!(fingerprint(&open("a", signed.to_string().as_bytes()).unwrap().items[0]), "");
        signed["proof"] = json!({"type": "DataIntegrityProof", "proofValue": "z1"});
        let of = |text: String| fingerprint(&open("a", text.as_bytes()).unwrap().items[0]);
        assert_eq!(of(signed.to_string()), of(serde_json::to_string_pretty(&signed).unwrap()));
        let first = of(signed.to_string());
        signed["proof"]["proofValue"] = "z2".into();
        assert_ne!(of(signed.to_string()), first);
    }
}
