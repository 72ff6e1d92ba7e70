//! Whether a credential has the shape its standard demands: 1EdTech's official JSON schema, pinned and compiled once.
//!
//! What goes out must pass. What came in and does not is told, and is no reason to distrust a signature that holds.

use crate::text::shown;
use boon::{Compiler, ErrorKind, SchemaIndex, Schemas, ValidationError};
use serde_json::Value;
use std::sync::OnceLock;

/// The AchievementCredential schema; EndorsementCredential, Profile and the others are definitions in it.
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
const CLR: &str = "https://w3id.org/cairn/v1/schemas/clr_credential.json";
static OPEN_BADGES_TEXT: &str = include_str!("../../schemas/ob_v3p0_achievementcredential_schema.json");
static CLR_TEXT: &str = include_str!("../../schemas/clr_credential.json");

/// Where a credential is not what its schema demands, and how.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct SchemaError {
    /// The member, with dots between its steps; `the credential` for the whole.
    pub place: String,
    /// What the schema demands there.
    pub fault: String,
}

/// Judges a credential by the schema of its type: Open Badges 3.0 achievements and endorsements, and CLR 2.0, all on VC Data
/// Model 2.0. None where there is no schema for it.
pub fn check(credential: &Value) -> Option<Result<(), SchemaError>> {
    let compiled = compiled()?;
    let index = compiled.of(credential)?;
    Some(compiled.schemas.validate(credential, index).map_err(|error| deepest(&error)))
}

struct Compiled {
    schemas: Schemas,
    achievement: SchemaIndex,
    endorsement: SchemaIndex,
    clr: SchemaIndex,
}

impl Compiled {
    fn new() -> Option<Self> {
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        for (url, text) in [(OPEN_BADGES, OPEN_BADGES_TEXT), (CLR, CLR_TEXT)] {
            compiler.add_resource(url, serde_json::from_str(text).ok()?).ok()?;
        }
        let mut schemas = Schemas::new();
        let mut compile = |url: &str| compiler.compile(url, &mut schemas).ok();
        let achievement = compile(OPEN_BADGES)?;
        let endorsement = compile(&format!("{OPEN_BADGES}#/$defs/EndorsementCredential"))?;
        let clr = compile(CLR)?;
        Some(Self { schemas, achievement, endorsement, clr })
    }

    fn of(&self, credential: &Value) -> Option<SchemaIndex> {
        let first = credential.get("@context")?.get(0)?.as_str()?;
        if first != super::CREDENTIALS {
            return None;
        }
        let types = credential.get("type")?;
        let is = |name: &str| types == name || types.as_array().is_some_and(|types| types.iter().any(|own| own == name));
        if is("ClrCredential") {
            Some(self.clr)
        } else if is("EndorsementCredential") {
            Some(self.endorsement)
        } else if is("AchievementCredential") || is("OpenBadgeCredential") {
            Some(self.achievement)
        } else {
            None
        }
    }
}

fn compiled() -> Option<&'static Compiled> {
    static COMPILED: OnceLock<Option<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(Compiled::new).as_ref()
}

/// The fault that lies deepest in the document: where alternatives were tried, the one that came furthest says most.
fn deepest(error: &ValidationError) -> SchemaError {
    let mut best: Option<&ValidationError> = None;
    let mut waiting = vec![error];
    while let Some(error) = waiting.pop() {
        if error.causes.is_empty() && best.is_none_or(|best| weight(error) > weight(best)) {
            best = Some(error);
        }
        waiting.extend(error.causes.iter().rev());
    }
    let error = best.unwrap_or(error);
    let place = error.instance_location.to_string().trim_start_matches('/').replace('/', ".");
    let place = if place.is_empty() { "the credential".to_owned() } else { shown(&place) };
    SchemaError { place, fault: shown(&error.kind.to_string()) }
}

/// Depth first; at one depth a missing or unknown member says more than "it should be a string", which alternatives say.
fn weight(error: &ValidationError) -> (usize, bool) {
    let telling = !matches!(error.kind, ErrorKind::Type { .. });
    (error.instance_location.to_string().matches('/').count(), telling)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn badge() -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": "did:key:z6Mk", "type": ["Profile"]},
            "validFrom": "2026-01-01T00:00:00Z", "name": "A",
            "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
                "id": "urn:uuid:2", "type": ["Achievement"], "name": "A", "description": "B", "criteria": {"narrative": "C"}}},
        })
    }

    #[test]
    fn every_schema_is_the_one_that_its_index_names() {
        let index: Value = serde_json::from_str(include_str!("../../schemas/index.json")).unwrap();
        let texts = [OPEN_BADGES_TEXT, CLR_TEXT];
        for (entry, text) in index.as_array().unwrap().iter().zip(texts) {
            use sha2::Digest as _;
            let hash: String = sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(entry["sha256"], hash, "{}", entry["file"]);
            let schema: Value = serde_json::from_str(text).unwrap();
            assert_eq!(schema["$id"], entry["url"]);
        }
        assert_eq!(index.as_array().unwrap().len(), texts.len());
    }

    #[test]
    fn a_badge_passes_and_its_faults_are_named_with_their_place() {
        assert_eq!(check(&badge()), Some(Ok(())));
        let fault = |change: &dyn Fn(&mut Value)| {
            let mut changed = badge();
            change(&mut changed);
            check(&changed).unwrap().unwrap_err()
        };
        let missing = fault(&|badge| drop(badge["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("criteria")));
        assert_eq!(missing.place, "credentialSubject.achievement");
        assert!(missing.fault.contains("criteria"), "{missing}");
        let date = fault(&|badge| badge["validFrom"] = "yesterday".into());
        assert_eq!(date.place, "validFrom");
        let whole = fault(&|badge| drop(badge.as_object_mut().unwrap().remove("validFrom")));
        assert_eq!(whole.place, "the credential");
        let number = fault(&|badge| badge["credentialSubject"]["creditsEarned"] = "many".into());
        assert_eq!(number.place, "credentialSubject.creditsEarned");
    }

    #[test]
    fn what_has_no_schema_is_not_judged() {
        assert_eq!(check(&json!({"type": "Assertion"})), None);
        let mut older = badge();
        older["@context"][0] = "https://www.w3.org/2018/credentials/v1".into();
        assert_eq!(check(&older), None, "the schema is that of VC Data Model 2.0");
    }
}
