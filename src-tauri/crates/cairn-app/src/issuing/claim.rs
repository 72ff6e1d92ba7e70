//! What one record claims, as an Open Badges achievement: what was achieved, by which criteria, on which evidence.

use std::collections::BTreeMap;

use cairn_domain::credential::{Credential, CredentialType, RubricCriterion};
use cairn_domain::evidence::Evidence;
use cairn_domain::profile::Profile;
use cairn_domain::reflection::Milestone;
use cairn_domain::skill::Skill;
use cairn_domain::story::{Metric, Story};
use cairn_domain::{AnyRecord, Kind, PartialDate, RecordId};
use cairn_proof::digest::Digest;
use cairn_proof::issue::{self, Achievement, Alignment, Identity, Level, Measure, Outcome};
use cairn_vault::file::Attached;
use cairn_vault::{Reader, Result};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use super::alignments;

/// The kinds of record that claim something on their own.
pub(crate) const CLAIMED: [Kind; 5] = [Kind::Credential, Kind::Evidence, Kind::Story, Kind::Skill, Kind::Milestone];

/// Whether a record claims what the learner has: what is only planned or under way is no achievement yet. Nothing else is signed
/// as one, anywhere.
pub(crate) fn is_achieved(record: &AnyRecord) -> bool {
    match record {
        AnyRecord::Credential(credential) => credential.held(),
        AnyRecord::Milestone(milestone) => milestone.reached.is_some(),
        _ => true,
    }
}

/// What a record says for itself, before evidence and dates of signing are added.
#[derive(Debug, Default)]
struct Said {
    sort: Option<String>,
    description: String,
    criteria: String,
    criteria_url: Option<String>,
    narrative: String,
    tags: Vec<String>,
    measures: Vec<Measure>,
    outcomes: Vec<Outcome>,
    on: Option<PartialDate>,
    until: Option<PartialDate>,
    evidence: Vec<RecordId>,
}

/// The achievement that `record` claims at the instant `now`. The skills and the evidence that belong to it come along, each
/// file by its digest, where `tells` does not keep them back; `None` for a kind that claims nothing on its own. The `signed`
/// alignments are those of the credentials that speak of it.
pub(super) fn claim(
    reader: &Reader<'_>,
    id: RecordId,
    record: &AnyRecord,
    profile: &Profile,
    now: DateTime<Utc>,
    tells: &dyn Fn(RecordId) -> bool,
    signed: Vec<Alignment>,
) -> Result<Option<Achievement>> {
    let mut said = match record {
        AnyRecord::Credential(credential) => of_credential(reader, id, credential, tells)?,
        AnyRecord::Evidence(evidence) => of_evidence(id, evidence),
        AnyRecord::Story(story) => of_story(id, story),
        AnyRecord::Skill(skill) => of_skill(reader, id, skill)?,
        AnyRecord::Milestone(milestone) => of_milestone(milestone),
        _ => return Ok(None),
    };
    said.evidence.retain(|evidence| tells(*evidence));
    let name = record.heading().title;
    let or_name = |text: &str| if text.trim().is_empty() { name.clone() } else { text.trim().to_owned() };
    // To its last second, so that whoever reads the day reads the one that was meant.
    let until = said.until.map(|until| at_midnight(until.last_day()) + TimeDelta::seconds(24 * 60 * 60 - 1));
    let salt = part(id, "salt", 0).simple().to_string();
    let email = profile.email.trim();
    let identity = (!email.is_empty()).then(|| Identity { email: email.to_owned(), salt });
    Ok(Some(Achievement {
        // The same however often and in whatever form it is signed: to whoever gets several, they are issues of one credential.
        id: part(id, "credential", 0),
        achievement_id: achievement_id(id),
        kind: said.sort,
        description: or_name(&said.description),
        criteria: or_name(&said.criteria),
        criteria_url: said.criteria_url,
        narrative: Some(said.narrative).filter(|text| !text.trim().is_empty()),
        tags: said.tags,
        alignments: alignments::joined(alignments::written(record), signed),
        measures: said.measures,
        outcomes: said.outcomes,
        evidence: evidence(reader, &said.evidence)?,
        identities: identity.into_iter().collect(),
        credits_available: None,
        credits_earned: None,
        awarded: said.on.map(|on| at_midnight(on.first_day())),
        valid_from: now,
        valid_until: until.filter(|until| *until > now),
        image: None,
        image_caption: None,
        name,
    }))
}

fn of_credential(reader: &Reader<'_>, id: RecordId, credential: &Credential, tells: &dyn Fn(RecordId) -> bool) -> Result<Said> {
    let (measures, outcomes) = rubric(id, &credential.rubric);
    let issuer = credential.issuer.trim();
    // Whoever signs says who awarded it: the signature is the learner's, the credential is not.
    let awarded = if issuer.is_empty() { String::new() } else { format!("Awarded by {issuer}, as the holder says.") };
    Ok(Said {
        sort: Some(achievement_type(credential.sort).to_owned()),
        description: paragraphs([credential.scope.as_str(), &awarded]),
        criteria: paragraphs(credential.competencies.iter().map(String::as_str).chain([credential.assessment_note.as_str()])),
        criteria_url: Some(credential.url.clone()).filter(|url| !url.is_empty()),
        tags: skills(reader, credential.skills.iter().map(|id| RecordId::from(*id)).filter(|id| tells(*id)))?,
        measures,
        outcomes,
        on: credential.issued,
        until: credential.expires,
        evidence: linking(reader, id)?,
        ..Said::default()
    })
}

fn of_evidence(id: RecordId, evidence: &Evidence) -> Said {
    Said {
        sort: Some("Achievement".into()),
        description: evidence.description.clone(),
        criteria: paragraphs(evidence.claims.iter().map(String::as_str)),
        narrative: paragraphs([evidence.context.as_str(), &evidence.constraints, &evidence.result]),
        on: evidence.date,
        evidence: vec![id],
        ..Said::default()
    }
}

fn of_story(id: RecordId, story: &Story) -> Said {
    let (measures, outcomes) = story.metric.as_ref().map(|metric| measured(id, metric)).unwrap_or_default();
    Said {
        sort: Some("Achievement".into()),
        description: story.result.clone(),
        criteria: story.task.clone(),
        narrative: paragraphs([story.situation.as_str(), &story.task, &story.action, &story.result]),
        measures,
        outcomes,
        on: story.date,
        evidence: story.evidence.iter().map(|id| RecordId::from(*id)).collect(),
        ..Said::default()
    }
}

fn of_skill(reader: &Reader<'_>, id: RecordId, skill: &Skill) -> Result<Said> {
    let level = skill.level.trim();
    let description = if level.is_empty() { skill.name.clone() } else { format!("{} ({level})", skill.name) };
    Ok(Said {
        sort: Some("Competency".into()),
        description,
        criteria: format!("{}, as shown by the evidence that comes with it", skill.name),
        tags: skill.keywords.clone(),
        on: skill.last_used,
        evidence: linking(reader, id)?,
        ..Said::default()
    })
}

fn of_milestone(milestone: &Milestone) -> Said {
    Said {
        sort: Some("Achievement".into()),
        on: milestone.reached,
        evidence: milestone.evidence.map(RecordId::from).into_iter().collect(),
        ..Said::default()
    }
}

/// Open Badges 3.0 §B.2.3, AchievementType.
fn achievement_type(sort: CredentialType) -> &'static str {
    match sort {
        CredentialType::Badge => "Badge",
        CredentialType::Certificate => "Certificate",
        CredentialType::ProfessionalCertificate => "Certification",
        CredentialType::Nanodegree => "MicroCredential",
        CredentialType::Licence => "License",
        CredentialType::Diploma => "Diploma",
        CredentialType::Degree => "Degree",
        CredentialType::CourseCompletion => "Course",
    }
}

/// The criteria of a rubric as measures with levels, and the levels that were reached.
fn rubric(id: RecordId, rubric: &[RubricCriterion]) -> (Vec<Measure>, Vec<Outcome>) {
    let criterion = |(at, row): (usize, &RubricCriterion)| {
        let named = |level: usize, name: &str| Level {
            id: part(id, &format!("level-{at}"), level),
            name: name.to_owned(),
            description: None,
            level: Some((level + 1).to_string()),
            points: None,
        };
        let mut levels: Vec<Level> = row.levels.iter().enumerate().map(|(level, name)| named(level, name)).collect();
        let reached = row.reached.trim();
        if !reached.is_empty() && !levels.iter().any(|level| level.name == reached) {
            levels.push(named(levels.len(), reached));
        }
        let measure = part(id, "measure", at);
        let level = levels.iter().find(|level| level.name == reached).map(|level| level.id);
        let outcome = level.map(|level| Outcome { measure: Some(measure), level: Some(level), ..Outcome::default() });
        let kind = if levels.is_empty() { "Result" } else { "RubricCriterionLevel" };
        let name = row.criterion.clone();
        let measure = Measure {
            id: measure,
            name,
            kind: kind.into(),
            allowed: Vec::new(),
            range: None,
            levels,
            required_level: None,
            required_value: None,
        };
        (measure, outcome)
    };
    let (measures, outcomes): (Vec<_>, Vec<_>) = rubric.iter().enumerate().map(criterion).unzip();
    (measures, outcomes.into_iter().flatten().collect())
}

/// A figure before and after as one measure with its value.
fn measured(id: RecordId, metric: &Metric) -> (Vec<Measure>, Vec<Outcome>) {
    let Some(after) = metric.after else { return Default::default() };
    let unit = |value: f64| format!("{value} {}", metric.unit.trim()).trim_end().to_owned();
    let value = match metric.before {
        Some(before) => format!("{} (before: {})", unit(after), unit(before)),
        None => unit(after),
    };
    let measure = part(id, "metric", 0);
    let name = metric.what.clone();
    let described = Measure {
        id: measure,
        name,
        kind: "Result".into(),
        allowed: Vec::new(),
        range: None,
        levels: Vec::new(),
        required_level: None,
        required_value: None,
    };
    (vec![described], vec![Outcome { measure: Some(measure), value: Some(value), ..Outcome::default() }])
}

/// The names of skills.
fn skills(reader: &Reader<'_>, ids: impl Iterator<Item = RecordId>) -> Result<Vec<String>> {
    ids.map(|id| Ok(reader.get(Kind::Skill, id)?.record.heading().title)).collect()
}

/// The evidence that links to a record.
fn linking(reader: &Reader<'_>, id: RecordId) -> Result<Vec<RecordId>> {
    Ok(reader.linked_by(id, Kind::Evidence)?.into_iter().map(|linked| linked.id).collect())
}

/// Evidence as a credential names it: one entry for each file, or one for the record where it has none.
fn evidence(reader: &Reader<'_>, ids: &[RecordId]) -> Result<Vec<issue::Evidence>> {
    let mut all = Vec::new();
    for id in ids {
        let AnyRecord::Evidence(evidence) = reader.get(Kind::Evidence, *id)?.record else { continue };
        let narrative = Some(paragraphs([evidence.description.as_str(), &evidence.result])).filter(|text| !text.is_empty());
        let entry = |name: String, id: Option<String>, file: Option<&Attached>| issue::Evidence {
            id,
            name: Some(name),
            narrative: narrative.clone(),
            genre: Some(evidence_genre(&evidence)),
            digest: file.and_then(|file| digest(&file.sha256)),
            media_type: file.map(|file| file.media_type.clone()),
        };
        let files = reader.files(*id)?;
        all.extend(files.iter().map(|file| entry(format!("{}: {}", evidence.title, file.name), None, Some(file))));
        if files.is_empty() || !evidence.links.is_empty() {
            let link = evidence.links.iter().find(|link| link.starts_with("https://") || link.starts_with("http://"));
            all.push(entry(evidence.title.clone(), link.cloned(), None));
        }
    }
    Ok(all)
}

fn evidence_genre(evidence: &Evidence) -> String {
    serde_json::to_value(evidence.sort).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn digest(sha256: &str) -> Option<Digest> {
    crate::documents::packet::digest(sha256)
}

/// The texts that say something, a paragraph each.
fn paragraphs<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn at_midnight(day: chrono::NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The name of a part of a record's claim, the same whenever it is signed: a UUID of version 8 (RFC 9562 §5.8).
fn part(id: impl std::fmt::Display, what: &str, at: usize) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Digest::of(format!("{id}/{what}/{at}").as_bytes()).as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The name of what a record claims, the same whenever it is signed.
pub(crate) fn achievement_id(id: RecordId) -> Uuid {
    part(id, "achievement", 0)
}

/// The name of something signed at an instant: a record's claim, or a collection's record.
pub(super) fn instant_id(id: impl std::fmt::Display, now: DateTime<Utc>) -> Uuid {
    part(id, &now.to_rfc3339(), 0)
}

/// What a record says in a few lines, for whoever is asked to endorse it.
pub(super) fn summary(achievement: &Achievement) -> String {
    let evidence: BTreeMap<_, _> = achievement.evidence.iter().filter_map(|one| one.name.as_deref().map(|name| (name, ()))).collect();
    let lines = evidence.into_keys().map(|name| format!("- {name}")).collect::<Vec<_>>().join("\n");
    paragraphs([achievement.description.as_str(), achievement.narrative.as_deref().unwrap_or_default(), &lines])
}
