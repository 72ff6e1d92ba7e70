//! The terms that a packet's claims may use, and the JSON-LD context that gives each its meaning.
//!
//! Every term of a signed claim has a definition, so that no reader may take it for something else and no JSON-LD processor
//! in safe mode drops it. Most are schema.org's; what schema.org lacks stands under Cairn's own prefix. To add a term, add it
//! here: [`write`](super::write) refuses what is not listed.

use crate::json::{MAX_DEPTH, is_exact};
use crate::text::shown;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The base context of VC Data Model 2.0.
pub(super) const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";
const SCHEMA: &str = "https://schema.org/";
const CAIRN: &str = "https://w3id.org/cairn/v1#";

/// What the base context itself defines for every object.
const BASE: &str = "id type name description mediaType digestMultibase";

/// Properties with schema.org's meaning.
const SCHEMA_TERMS: &str = "\
    about abstract address addressCountry addressLocality addressRegion alternateName alumniOf assesses author award \
    citation competencyRequired contentSize contributor credentialCategory currency dateCreated dateIssued \
    dateModified datePublished duration educationalCredentialAwarded educationalLevel email employmentType endDate \
    expires familyName givenName hasCredential hasOccupation hasPart identifier image inLanguage isBasedOn jobTitle \
    keywords knowsAbout knowsLanguage legalName license location maxValue memberOf minValue mentions numberOfCredits \
    organizer postalCode provider publisher ratingValue recognizedBy responsibilities reviewBody roleName sameAs \
    sha256 skills startDate streetAddress telephone text timeRequired unitText url validFor validIn value worksFor";

/// Properties with a meaning of Cairn's own.
const CAIRN_TERMS: &str = "\
    action after assessmentMethod awards before claims competencies confirmedBy constraints context credentials \
    education evidence group highlights hours interests kind languages level lastUsed measure metric milestones note \
    order projects provenance publications references reflections result score setting situation status stories \
    summary task unit volunteering work";

/// Properties of Cairn's own whose values are addresses: of a file in the packet, or of another claim.
const CAIRN_LINKS: &str = "backedBy file files partOf";

/// Types with schema.org's meaning.
const SCHEMA_TYPES: &str = "\
    Course CreativeWork DefinedTerm EducationalOccupationalCredential EducationalOrganization EmployeeRole Event \
    Language MediaObject Occupation Organization OrganizationRole Person PostalAddress Project PropertyValue \
    QuantitativeValue Recommendation Role WebPage";

/// Types with a meaning of Cairn's own.
const CAIRN_TYPES: &str = "Claim Evidence Metric Milestone Reflection Skill Story";

/// Why claims cannot be signed as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// A member that no context defines.
    #[error("the claim {0} uses a term that has no definition")]
    UndefinedTerm(String),
    /// A type that no context defines.
    #[error("the claim {0} has a type that has no definition")]
    UndefinedType(String),
    /// A null, which some readers drop and others sign.
    #[error("the claim {0} is null")]
    Null(String),
    /// A number that not every reader holds exactly.
    #[error("the number at {0} is too large to be read exactly")]
    Number(String),
    /// An identifier or link that is not an absolute address.
    #[error("the claim {0} is not an absolute address")]
    NotAnAddress(String),
    /// Nested deeper than verifiers read.
    #[error("the claims are nested too deeply")]
    TooDeep,
}

/// Every property that a claim may use.
pub fn terms() -> impl Iterator<Item = &'static str> {
    [BASE, SCHEMA_TERMS, CAIRN_TERMS, CAIRN_LINKS].into_iter().flat_map(str::split_whitespace)
}

/// Every type that a claim may have.
pub fn types() -> impl Iterator<Item = &'static str> {
    [SCHEMA_TYPES, CAIRN_TYPES].into_iter().flat_map(str::split_whitespace)
}

/// Checks the claims and gives the `@context` for them: the definitions of the terms and types in use, and no others.
///
/// It stands in the credential's subject, not in the credential: a context in the credential is repeated in the proof, and
/// `@digitalbazaar/eddsa-jcs-2022-cryptosuite` 1.0 compares the two by identity, which no object ever passes.
pub(super) fn context(claims: &Map<String, Value>) -> Result<Value, VocabularyError> {
    let mut used = Used::default();
    used.object(claims, &mut Vec::new())?;
    let mut definitions = Map::new();
    for term in used.terms.iter().chain(&used.types) {
        let term = term.as_str();
        if listed(CAIRN_LINKS, term) {
            definitions.insert(term.into(), json!({"@id": format!("{CAIRN}{term}"), "@type": "@id"}));
        } else if !listed(BASE, term) {
            let of_schema = listed(SCHEMA_TERMS, term) || listed(SCHEMA_TYPES, term);
            definitions.insert(term.into(), format!("{}{term}", if of_schema { SCHEMA } else { CAIRN }).into());
        }
    }
    Ok(Value::Object(definitions))
}

fn listed(list: &str, term: &str) -> bool {
    list.split_whitespace().any(|listed| listed == term)
}

/// The terms and types met so far.
#[derive(Default)]
struct Used {
    terms: BTreeSet<String>,
    types: BTreeSet<String>,
}

impl Used {
    fn object(&mut self, object: &Map<String, Value>, path: &mut Vec<String>) -> Result<(), VocabularyError> {
        for (term, value) in object {
            path.push(term.clone());
            match term.as_str() {
                "type" => self.types(value, path)?,
                term if term == "id" || listed(CAIRN_LINKS, term) => addresses(value, path)?,
                term if terms().any(|known| known == term) => self.value(value, path)?,
                _ => return Err(VocabularyError::UndefinedTerm(place(path))),
            }
            self.terms.insert(term.clone());
            path.pop();
        }
        Ok(())
    }

    fn value(&mut self, value: &Value, path: &mut Vec<String>) -> Result<(), VocabularyError> {
        // The subject itself stands two levels deep in its credential.
        if path.len() + 2 > MAX_DEPTH {
            return Err(VocabularyError::TooDeep);
        }
        match value {
            Value::Null => Err(VocabularyError::Null(place(path))),
            Value::Number(number) if !is_exact(number) => Err(VocabularyError::Number(place(path))),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
            Value::Object(object) => self.object(object, path),
            Value::Array(items) => each(items, path, |item, path| self.value(item, path)),
        }
    }

    fn types(&mut self, value: &Value, path: &mut Vec<String>) -> Result<(), VocabularyError> {
        match value {
            Value::String(name) if types().any(|known| known == name) => {
                self.types.insert(name.clone());
                Ok(())
            }
            Value::Array(items) => each(items, path, |item, path| self.types(item, path)),
            _ => Err(VocabularyError::UndefinedType(place(path))),
        }
    }
}

fn addresses(value: &Value, path: &mut Vec<String>) -> Result<(), VocabularyError> {
    match value {
        Value::String(address) if is_address(address) => Ok(()),
        Value::Array(items) if path.last().is_some_and(|term| term != "id") => each(items, path, addresses),
        _ => Err(VocabularyError::NotAnAddress(place(path))),
    }
}

/// Whether a text is an absolute IRI as far as JSON-LD asks: a scheme, then something, without spaces.
fn is_address(text: &str) -> bool {
    let scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    };
    let safe = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
    text.split_once(':').is_some_and(|(before, after)| scheme(before) && !after.is_empty() && after.chars().all(safe))
}

fn each(
    items: &[Value],
    path: &mut Vec<String>,
    mut check: impl FnMut(&Value, &mut Vec<String>) -> Result<(), VocabularyError>,
) -> Result<(), VocabularyError> {
    for (index, item) in items.iter().enumerate() {
        path.push(index.to_string());
        check(item, path)?;
        path.pop();
    }
    Ok(())
}

fn place(path: &[String]) -> String {
    shown(&path.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context_of(claims: Value) -> Result<Value, VocabularyError> {
        context(claims.as_object().unwrap())
    }

    #[test]
    fn the_context_defines_what_is_used_and_nothing_else() {
        let context = context_of(json!({"type": "Person", "name": "Ada", "email": "a@example.org", "files": ["urn:x:1"]})).unwrap();
        let defined: Vec<&String> = context.as_object().unwrap().keys().collect();
        assert_eq!(defined, ["Person", "email", "files"]);
        assert_eq!(context["email"], "https://schema.org/email");
        assert_eq!(context["files"], json!({"@id": "https://w3id.org/cairn/v1#files", "@type": "@id"}));
    }

    #[test]
    fn what_has_no_definition_is_refused_with_its_place() {
        let refused = |claims| context_of(claims).unwrap_err();
        assert_eq!(refused(json!({"work": [{"bogus": 1}]})), VocabularyError::UndefinedTerm("work.0.bogus".into()));
        assert_eq!(refused(json!({"type": ["Person", "Wizard"]})), VocabularyError::UndefinedType("type.1".into()));
        assert_eq!(refused(json!({"name": null})), VocabularyError::Null("name".into()));
        assert_eq!(refused(json!({"hours": u64::MAX})), VocabularyError::Number("hours".into()));
        assert_eq!(refused(json!({"id": "ada"})), VocabularyError::NotAnAddress("id".into()));
        assert_eq!(refused(json!({"@context": {}})), VocabularyError::UndefinedTerm("@context".into()));
        assert_eq!(refused(json!({"file": "a b"})), VocabularyError::NotAnAddress("file".into()));
    }

    #[test]
    fn no_term_is_defined_twice() {
        let mut seen = BTreeSet::new();
        assert!(terms().chain(types()).all(|term| seen.insert(term)));
    }
}
