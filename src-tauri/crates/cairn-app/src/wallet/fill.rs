//! What a received credential says of its record's fields, and how that comes into the record without ever taking the place of
//! what the learner wrote.

use cairn_domain::AnyRecord;
use cairn_domain::credential::{Credential, CredentialStatus};
use serde_json::{Map, Value};

use crate::Result;
use crate::records::{parse, to_json};

/// Fields of a Credential in the form the command line takes them.
pub(super) type Fields = Map<String, Value>;

/// Lists to which an issuer adds, and from which an import takes nothing.
const GROWING: [&str; 2] = ["competencies", "skills"];

/// `record` with what the issuer says. A field is filled where the learner left it empty, or where it still holds what another
/// issue said `before`; what that said and this one does not say goes. Lists grow.
pub(super) fn filled(record: &Credential, before: &[&Fields], offered: &Fields) -> Result<Credential> {
    let Value::Object(mut fields) = to_json(&AnyRecord::Credential(record.clone()))? else { return Ok(record.clone()) };
    let Value::Object(empty) = to_json(&AnyRecord::Credential(Credential::default()))? else { return Ok(record.clone()) };
    // "Planned" and "certificate" are what a record says by itself; having the credential says more.
    let unsaid = |field: &str, value: &Value| empty.get(field) == Some(value) || (field == "status" && is_on_the_way(value));
    let said_before = |field: &str, value: &Value| before.iter().any(|before| before.get(field) == Some(value));
    for (field, stands) in &mut fields {
        let merged = match offered.get(field) {
            _ if GROWING.contains(&field.as_str()) => {
                grown(stands, before.iter().filter_map(|before| before.get(field)), offered.get(field))
            }
            Some(value) if unsaid(field, stands) || said_before(field, stands) => value.clone(),
            None if said_before(field, stands) => empty.get(field).cloned().unwrap_or_default(),
            _ => continue,
        };
        *stands = merged;
    }
    match parse(cairn_domain::Kind::Credential, Value::Object(fields))? {
        AnyRecord::Credential(credential) => Ok(credential),
        _ => Ok(record.clone()),
    }
}

/// Whether a record holds, in place of what its credential says, what only `others` say: so an older Cairn let a forgery, or the
/// issue that came last, speak for it.
pub(super) fn is_overwritten(record: &Credential, others: &[&Fields], offered: &Fields) -> Result<bool> {
    let Value::Object(fields) = to_json(&AnyRecord::Credential(record.clone()))? else { return Ok(false) };
    let theirs = |(field, stands): (&String, &Value)| {
        !GROWING.contains(&field.as_str())
            && offered.get(field) != Some(stands)
            && others.iter().any(|other| other.get(field) == Some(stands))
    };
    Ok(fields.iter().any(theirs))
}

/// The learner's list, without what the issuer no longer says, with what it says now.
fn grown<'b>(stands: &Value, before: impl Iterator<Item = &'b Value>, offered: Option<&Value>) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (before, offered): (Vec<Value>, _) = (before.flat_map(list).collect(), offered.map(list).unwrap_or_default());
    let mut all: Vec<Value> = list(stands).into_iter().filter(|item| offered.contains(item) || !before.contains(item)).collect();
    all.extend(offered.into_iter().filter(|item| !list(stands).contains(item)));
    Value::Array(all)
}

/// Whether a status is one before the credential was awarded.
fn is_on_the_way(status: &Value) -> bool {
    let before = [CredentialStatus::Considering, CredentialStatus::Planned, CredentialStatus::InProgress];
    before.iter().any(|it| serde_json::to_value(it).is_ok_and(|it| it == *status))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: Value) -> Fields {
        value.as_object().unwrap().clone()
    }

    fn credential(value: Value) -> Credential {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_the_learner_left_empty_is_filled() {
        let offered = fields(json!({"issuer": "CNCF", "status": "earned", "competencies": ["Runs clusters"]}));
        let after = filled(&credential(json!({"title": "My CKA", "status": "in-progress"})), &[], &offered).unwrap();
        assert_eq!((after.title.as_str(), after.issuer.as_str(), after.status), ("My CKA", "CNCF", CredentialStatus::Earned));
        assert_eq!(after.competencies, ["Runs clusters"]);
    }

    #[test]
    fn what_the_learner_wrote_stays_whatever_comes() {
        let learners = credential(json!({"title": "My CKA", "issuer": "Me", "status": "expired", "level": "hard"}));
        let offered = fields(json!({"title": "CKA", "issuer": "CNCF", "status": "earned", "level": "1"}));
        assert_eq!(filled(&learners, &[], &offered).unwrap(), learners);
    }

    #[test]
    fn a_newer_issue_replaces_what_the_older_said_and_nothing_else() {
        let before = fields(json!({"title": "CKA", "expires": "2026-01-01", "competencies": ["Runs clusters", "Old"]}));
        let stands = credential(json!({"title": "CKA!", "expires": "2026-01-01", "competencies": ["Mine", "Runs clusters", "Old"]}));
        let offered = fields(json!({"title": "CKA 2", "expires": "2029-01-01", "competencies": ["Runs clusters", "New"]}));
        let after = filled(&stands, &[&before], &offered).unwrap();
        assert_eq!((after.title.as_str(), after.expires.unwrap().to_string()), ("CKA!", "2029-01-01".to_owned()));
        assert_eq!(after.competencies, ["Mine", "Runs clusters", "New"]);
    }

    #[test]
    fn what_only_another_issue_said_goes_and_is_told_from_what_the_learner_wrote() {
        let genuine = fields(json!({"title": "CKA", "issued": "2024-01-01", "competencies": ["Runs clusters"]}));
        let forged = fields(json!({"title": "Surgeon", "issued": "2024-01-01", "expires": "2099-01-01", "competencies": []}));
        let stands = credential(json!({"title": "Surgeon", "issued": "2024-01-01", "expires": "2099-01-01", "notes": "proud"}));
        assert!(is_overwritten(&stands, &[&forged], &genuine).unwrap());
        let after = filled(&stands, &[&forged], &genuine).unwrap();
        assert_eq!((after.title.as_str(), after.expires, after.notes.as_str()), ("CKA", None, "proud"));
        assert_eq!(after.competencies, ["Runs clusters"]);
        assert!(!is_overwritten(&after, &[&forged], &genuine).unwrap());
        let learners = credential(json!({"title": "Mine", "issued": "2024-01-01"}));
        assert!(!is_overwritten(&learners, &[&forged], &genuine).unwrap());
    }
}
