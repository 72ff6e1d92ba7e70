//! What the vault keeps of what a received credential says, and where a record of the learner's says otherwise.

use cairn_domain::RecordId;
use cairn_domain::credential::Credential;
use cairn_domain::date::PartialDate;
use cairn_proof::identity::Subject;
use cairn_proof::opened::{Item, Payload};
use cairn_proof::view::CredentialView;
use cairn_vault::wallet::held::Held as Row;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fill::Fields;
use super::offered::{Offered, folded};
use super::standings::about;
use crate::App;

/// What a credential said when it came, as its row keeps it: a record's fields, and beside them what is no field of a record.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Said {
    /// The skills that it names, by their names; nothing in a row that an older Cairn wrote.
    #[serde(rename = "@skills", default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// From when it is valid, or when it was awarded.
    #[serde(rename = "@issued", default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<String>,
    /// When its newest proof says it was made.
    #[serde(rename = "@signed", default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
    /// Whom it names; nothing in a row that an older Cairn wrote.
    #[serde(rename = "@about", default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// Fields of a Credential.
    #[serde(flatten)]
    pub fields: Fields,
}

impl Said {
    /// What a credential says, with the records that its skills have become, as far as they have.
    pub fn of(item: &Item, view: &CredentialView, offered: &Offered, fields: Fields) -> Said {
        let issued = view.dates.valid_from.as_ref().or(view.dates.awarded.as_ref()).cloned();
        Said { names: Some(offered.skills.clone()), issued, signed: signed(item), about: Some(about(item)), fields }
    }

    /// What a row keeps.
    pub fn read(row: &Row) -> Said {
        serde_json::from_str(&row.filled).unwrap_or_default()
    }

    /// The same as a row keeps it.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".into())
    }

    /// What it calls itself.
    pub fn title(&self) -> String {
        self.line("title").to_owned()
    }

    /// The records that its skills have become.
    pub fn skills(&self) -> Vec<RecordId> {
        let ids = self.fields.get("skills").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| id.as_str()?.parse().ok()).collect()
    }

    /// Whether it names a skill by this name.
    pub fn names_skill(&self, name: &str) -> bool {
        let name = folded(name);
        self.names.iter().flatten().any(|named| folded(named) == name)
    }

    /// From when it is valid and when it was signed, to be compared with another issue's.
    pub fn dates(&self) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let instant = |text: &Option<String>| text.as_deref().and_then(instant);
        (instant(&self.issued), instant(&self.signed))
    }

    /// The fields in which a record's line says otherwise than this credential: what a document prints of it beside its own words.
    /// A record that says less, or a day less precisely, says nothing else. What the learner signed of their `own` record names them
    /// as its issuer and goes by a number of its own: that is no difference.
    pub fn differences(&self, record: &Credential, own: bool) -> Vec<String> {
        let other_line = |field: &str, own: &str| !own.trim().is_empty() && folded(own) != folded(self.line(field));
        let other_day = |field: &str, own: Option<PartialDate>| own.is_some_and(|own| !self.line(field).starts_with(&own.to_string()));
        let differs = [
            ("title", other_line("title", &record.title)),
            ("issuer", other_line("issuer", &record.issuer)),
            ("issued", other_day("issued", record.issued)),
            ("expires", other_day("expires", record.expires)),
            ("identifier", other_line("identifier", &record.identifier)),
            ("level", other_line("level", &record.level)),
        ];
        let compared = |field: &str| !own || matches!(field, "title" | "issued");
        differs.into_iter().filter(|(field, differs)| *differs && compared(field)).map(|(field, _)| field.to_owned()).collect()
    }

    fn line(&self, field: &str) -> &str {
        self.fields.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

impl App {
    /// What a row keeps, completed from the credential's own bytes where an older Cairn kept less.
    pub(crate) fn said(&self, row: &Row) -> Said {
        let said = Said::read(row);
        if said.names.is_some() && said.about.is_some() {
            return said;
        }
        let Ok(item) = self.item(row) else { return said };
        let view = item.view();
        Said::of(&item, &view, &Offered::of(&view, &item.name, self.vault.now()), said.fields)
    }
}

/// When the newest proof in a credential says it was made; a token says so by `iat`.
fn signed(item: &Item) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match &item.payload {
        Payload::Json(credential) => {
            let proofs = match credential.get("proof") {
                Some(Value::Array(proofs)) => proofs.iter().collect(),
                Some(proof) => vec![proof],
                None => Vec::new(),
            };
            let created = proofs.into_iter().filter_map(|proof| text(proof.get("created")?));
            created.filter_map(|text| Some((instant(&text)?, text))).max().map(|(_, text)| text)
        }
        Payload::Jwt { payload, .. } => {
            let at = payload.get("iat").and_then(Value::as_i64)?;
            DateTime::from_timestamp(at, 0).map(|at| at.to_rfc3339())
        }
        Payload::OpenBadges2 { .. } | Payload::Link { .. } => None,
    }
}

/// An instant as credentials write it; Open Badges 2.0 may give a day alone.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let day = || Some(text.parse::<chrono::NaiveDate>().ok()?.and_hms_opt(0, 0, 0)?.and_utc());
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc)).or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(value: Value) -> Said {
        serde_json::from_value(value).unwrap()
    }

    fn record(value: Value) -> Credential {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_is_no_field_stands_beside_the_fields() {
        let kept = said(json!({"title": "CKA", "@skills": ["Go"], "@issued": "2026-01-01T00:00:00Z"}));
        assert_eq!(kept.fields.keys().collect::<Vec<_>>(), ["title"]);
        assert_eq!(serde_json::from_str::<Said>(&kept.text()).unwrap(), kept);
        assert!(kept.names_skill(" go") && !kept.names_skill("Golang"));
        assert_eq!(said(json!({"title": "CKA"})).names, None);
    }

    #[test]
    fn a_record_that_says_less_differs_from_nothing_and_one_that_says_otherwise_does() {
        let kept = said(json!({"title": "TIG Welding", "issuer": "Harbour School", "issued": "2024-03-09"}));
        for same in [
            json!({"title": "TIG Welding", "issuer": "Harbour School", "issued": "2024-03-09"}),
            json!({"title": "tig  welding", "issued": "2024"}),
        ] {
            assert_eq!(kept.differences(&record(same), false), Vec::<String>::new());
        }
        let other = json!({"title": "PhD", "issuer": "Harbour", "issued": "2010", "expires": "2030", "level": "summa cum laude"});
        assert_eq!(kept.differences(&record(other.clone()), false), ["title", "issuer", "issued", "expires", "level"]);
        assert_eq!(kept.differences(&record(other), true), ["title", "issued"]);
    }
}
