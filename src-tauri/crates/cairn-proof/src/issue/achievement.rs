//! A self-signed Open Badges 3.0 achievement: what the learner claims, with what supports it.

use super::{CREDENTIALS, Document, IssueError, OPEN_BADGES, Signer, address, profile, put, put_list, said};
use crate::date;
use crate::did_key::DidKey;
use crate::digest::Digest;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::Digest as _;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a learner achieved, by their own word. Texts are plain; nothing is written as HTML.
#[derive(Debug, Clone, PartialEq)]
pub struct Achievement {
    /// Names this credential.
    pub id: Uuid,
    /// Names the achievement: the same for everybody who reaches the same thing by the same criteria.
    pub achievement_id: Uuid,
    /// One of Open Badges' achievement types, such as `Certificate`; others begin with `ext:`.
    pub kind: Option<String>,
    /// What was achieved, in a few words.
    pub name: String,
    /// The same in a sentence or two.
    pub description: String,
    /// By what it counts as achieved.
    pub criteria: String,
    /// A page that says so.
    pub criteria_url: Option<String>,
    /// How this learner came to it.
    pub narrative: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Competencies in others' frameworks.
    pub alignments: Vec<Alignment>,
    /// What could be reached, and on which scale.
    pub measures: Vec<Measure>,
    /// What was reached.
    pub outcomes: Vec<Outcome>,
    /// What supports it.
    pub evidence: Vec<Evidence>,
    /// The learner, known by something else than the key.
    pub identities: Vec<Identity>,
    /// Credit points that there are for it.
    pub credits_available: Option<f64>,
    /// Credit points that the learner has for it.
    pub credits_earned: Option<f64>,
    /// When it was achieved.
    pub awarded: Option<DateTime<Utc>>,
    /// From when on it holds.
    pub valid_from: DateTime<Utc>,
    /// Until when it holds.
    pub valid_until: Option<DateTime<Utc>>,
    /// The badge's picture as a `data:` or `https:` address.
    pub image: Option<String>,
    /// What the picture shows, for those who do not see it.
    pub image_caption: Option<String>,
}

/// A competency in somebody's framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// Its name there.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The framework's name.
    pub framework: Option<String>,
    /// Its code there.
    pub code: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// One of Open Badges' target types, such as `CFItem`; others begin with `ext:`.
    pub kind: Option<String>,
}

/// Something that was measured, and its scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Names it; outcomes refer to it.
    pub id: Uuid,
    /// What was measured.
    pub name: String,
    /// One of Open Badges' result types, such as `Percent` or `RubricCriterionLevel`.
    pub kind: String,
    /// The values there are, from low to high.
    pub allowed: Vec<String>,
    /// The lowest and the highest value of a scale of numbers.
    pub range: Option<(String, String)>,
    /// The levels of a rubric, from low to high.
    pub levels: Vec<Level>,
    /// The level that had to be reached.
    pub required_level: Option<Uuid>,
    /// The value that had to be reached.
    pub required_value: Option<String>,
}

/// A level of a rubric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Names it.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// Its place, such as `3`.
    pub level: Option<String>,
    /// Its points.
    pub points: Option<String>,
}

/// What was reached in one measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The measure.
    pub measure: Option<Uuid>,
    /// The level of its rubric.
    pub level: Option<Uuid>,
    /// The value.
    pub value: Option<String>,
    /// One of Open Badges' statuses, such as `Completed`.
    pub status: Option<String>,
}

/// Something that supports the claim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Its address: a page, or the name of a file in a packet.
    pub id: Option<String>,
    /// What it is called.
    pub name: Option<String>,
    /// What it shows.
    pub narrative: Option<String>,
    /// What kind of thing it is: a photo, a report.
    pub genre: Option<String>,
    /// The file's digest: with it, the signature covers every byte of the file.
    pub digest: Option<Digest>,
    /// The file's media type.
    pub media_type: Option<String>,
}

/// A way to recognise the learner that tells a stranger nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The e-mail address, hashed with the salt before it is written.
    pub email: String,
    /// Random text of this credential alone.
    pub salt: String,
}

impl Achievement {
    /// The credential as it will be signed by `did`, who is issuer and subject at once.
    ///
    /// # Errors
    /// What is missing, an address that is none, or what the schema says.
    pub fn document(&self, signer: &Signer, did: DidKey) -> Result<Document, IssueError> {
        if self.valid_until.is_some_and(|until| until < self.valid_from) {
            return Err(IssueError::EndsBeforeItBegins);
        }
        self.check_outcomes()?;
        let who = signer.name.as_deref().unwrap_or("the holder of the key");
        let mut credential = json!({
            "@context": [CREDENTIALS, OPEN_BADGES],
            "id": urn(self.id),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": said("the name", &self.name)?,
            "description": format!("Self-signed: {who} makes this claim about themselves. Nobody else has confirmed it."),
            "issuer": profile(signer, did)?,
            "validFrom": date::format(self.valid_from),
            "credentialSubject": self.subject(signer, did)?,
        });
        if let Some(until) = self.valid_until {
            credential["validUntil"] = date::format(until).into();
        }
        if let Some(awarded) = self.awarded {
            credential["awardedDate"] = date::format(awarded).into();
        }
        put_list(&mut credential, "evidence", self.evidence.iter().map(Evidence::json).collect::<Result<_, _>>()?);
        match credential {
            Value::Object(content) => Document::new(content, did),
            _ => Err(IssueError::Missing("the content")),
        }
    }

    fn subject(&self, signer: &Signer, did: DidKey) -> Result<Value, IssueError> {
        let mut subject = json!({
            "id": did.to_string(),
            "type": ["AchievementSubject"],
            "achievement": self.achievement(signer, did)?,
        });
        put(&mut subject, "narrative", self.narrative.as_deref());
        if let Some(earned) = self.credits_earned {
            subject["creditsEarned"] = earned.into();
        }
        put_list(&mut subject, "identifier", self.identities.iter().map(Identity::json).collect());
        put_list(&mut subject, "result", self.outcomes.iter().map(Outcome::json).collect());
        Ok(subject)
    }

    fn achievement(&self, signer: &Signer, did: DidKey) -> Result<Value, IssueError> {
        let mut criteria = json!({"narrative": said("by what it counts as achieved", &self.criteria)?});
        if let Some(url) = &self.criteria_url {
            criteria["id"] = address("the criteria's page", url)?.into();
        }
        let mut achievement = json!({
            "id": urn(self.achievement_id),
            "type": ["Achievement"],
            "name": said("the name", &self.name)?,
            "description": said("the description", &self.description)?,
            "criteria": criteria,
            "creator": profile(signer, did)?,
        });
        put(&mut achievement, "achievementType", self.kind.as_deref());
        if let Some(credits) = self.credits_available {
            achievement["creditsAvailable"] = credits.into();
        }
        if let Some(image) = &self.image {
            achievement["image"] = json!({"id": address("the picture", image)?, "type": "Image"});
            put(&mut achievement["image"], "caption", self.image_caption.as_deref());
        }
        // JSON-LD sets have no order and no doubles.
        let tags: BTreeSet<&str> = self.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()).collect();
        put_list(&mut achievement, "tag", tags.into_iter().map(Value::from).collect());
        put_list(&mut achievement, "alignment", self.alignments.iter().map(Alignment::json).collect::<Result<_, _>>()?);
        put_list(&mut achievement, "resultDescription", self.measures.iter().map(Measure::json).collect());
        Ok(achievement)
    }

    /// Every level and measure that is named must be described here.
    fn check_outcomes(&self) -> Result<(), IssueError> {
        let unknown = |id: Uuid| Err(IssueError::UnknownLevel(urn(id)));
        for outcome in &self.outcomes {
            let measure = outcome.measure.map(|id| self.measures.iter().find(|measure| measure.id == id).ok_or(id));
            let measure = match measure.transpose() {
                Err(id) => return unknown(id),
                Ok(measure) => measure,
            };
            if let Some(level) = outcome.level
                && !measure.is_some_and(|measure| measure.levels.iter().any(|known| known.id == level))
            {
                return unknown(level);
            }
        }
        let required = |measure: &Measure| measure.required_level.filter(|id| measure.levels.iter().all(|level| level.id != *id));
        self.measures.iter().find_map(required).map_or(Ok(()), unknown)
    }
}

impl Alignment {
    fn json(&self) -> Result<Value, IssueError> {
        let mut alignment = json!({
            "type": ["Alignment"],
            "targetName": said("the competency's name", &self.name)?,
            "targetUrl": address("the competency's address", &self.url)?,
        });
        put(&mut alignment, "targetFramework", self.framework.as_deref());
        put(&mut alignment, "targetCode", self.code.as_deref());
        put(&mut alignment, "targetDescription", self.description.as_deref());
        put(&mut alignment, "targetType", self.kind.as_deref());
        Ok(alignment)
    }
}

impl Measure {
    fn json(&self) -> Value {
        let mut measure = json!({"id": urn(self.id), "type": ["ResultDescription"], "name": self.name, "resultType": self.kind});
        put_list(&mut measure, "allowedValue", self.allowed.iter().map(|value| value.as_str().into()).collect());
        put_list(&mut measure, "rubricCriterionLevel", self.levels.iter().map(Level::json).collect());
        if let Some((lowest, highest)) = &self.range {
            measure["valueMin"] = lowest.as_str().into();
            measure["valueMax"] = highest.as_str().into();
        }
        if let Some(level) = self.required_level {
            measure["requiredLevel"] = urn(level).into();
        }
        put(&mut measure, "requiredValue", self.required_value.as_deref());
        measure
    }
}

impl Level {
    fn json(&self) -> Value {
        let mut level = json!({"id": urn(self.id), "type": ["RubricCriterionLevel"], "name": self.name});
        put(&mut level, "description", self.description.as_deref());
        put(&mut level, "level", self.level.as_deref());
        put(&mut level, "points", self.points.as_deref());
        level
    }
}

impl Outcome {
    fn json(&self) -> Value {
        let mut result = json!({"type": ["Result"]});
        if let Some(measure) = self.measure {
            result["resultDescription"] = urn(measure).into();
        }
        if let Some(level) = self.level {
            result["achievedLevel"] = urn(level).into();
        }
        put(&mut result, "value", self.value.as_deref());
        put(&mut result, "status", self.status.as_deref());
        result
    }
}

impl Evidence {
    fn json(&self) -> Result<Value, IssueError> {
        let mut evidence = json!({"type": ["Evidence"]});
        if let Some(id) = &self.id {
            evidence["id"] = address("the evidence's address", id)?.into();
        }
        put(&mut evidence, "name", self.name.as_deref());
        put(&mut evidence, "narrative", self.narrative.as_deref());
        put(&mut evidence, "genre", self.genre.as_deref());
        put(&mut evidence, "mediaType", self.media_type.as_deref());
        if let Some(digest) = self.digest {
            // VC Data Model 2.0 defines the term, so that it is signed like any other.
            evidence["digestMultibase"] = digest.to_multibase().into();
        }
        Ok(evidence)
    }
}

impl Identity {
    /// Open Badges 3.0 §B.1.11: `sha256$` and the hex digest of the address followed by the salt.
    fn json(&self) -> Value {
        let digest = sha2::Sha256::digest(format!("{}{}", self.email, self.salt));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({
            "type": "IdentityObject", "hashed": true, "identityHash": format!("sha256${hex}"),
            "identityType": "emailAddress", "salt": self.salt,
        })
    }
}

/// A UUID as an address.
pub(super) fn urn(id: Uuid) -> String {
    id.urn().to_string()
}
