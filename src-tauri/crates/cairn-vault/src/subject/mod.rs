//! One module a subject: its tables' migrations and how its records lie in them.

use cairn_domain::Kind;

use crate::schema::Migration;
use crate::table::Table;

pub(crate) mod collection;
pub(crate) mod credential;
pub(crate) mod endorsement;
pub(crate) mod evidence;
pub(crate) mod money;
pub(crate) mod profile;
pub(crate) mod reflection;
pub(crate) mod renewal;
pub(crate) mod skill;
pub(crate) mod story;
pub(crate) mod study;

/// Every subject's migrations.
pub(crate) const MIGRATIONS: &[&[Migration]] = &[
    profile::MIGRATIONS,
    credential::MIGRATIONS,
    endorsement::MIGRATIONS,
    renewal::MIGRATIONS,
    evidence::MIGRATIONS,
    story::MIGRATIONS,
    skill::MIGRATIONS,
    money::MIGRATIONS,
    study::MIGRATIONS,
    reflection::MIGRATIONS,
    collection::MIGRATIONS,
];

/// The table of a kind.
pub(crate) const fn table(kind: Kind) -> &'static Table {
    match kind {
        Kind::Profile => &profile::PROFILE,
        Kind::Work => &profile::WORK,
        Kind::Education => &profile::EDUCATION,
        Kind::Project => &profile::PROJECT,
        Kind::Volunteering => &profile::VOLUNTEERING,
        Kind::Award => &profile::AWARD,
        Kind::Publication => &profile::PUBLICATION,
        Kind::Language => &profile::LANGUAGE,
        Kind::Interest => &profile::INTEREST,
        Kind::Reference => &profile::REFERENCE,
        Kind::Credential => &credential::CREDENTIAL,
        Kind::Endorsement => &endorsement::ENDORSEMENT,
        Kind::RenewalActivity => &renewal::RENEWAL_ACTIVITY,
        Kind::Evidence => &evidence::EVIDENCE,
        Kind::Story => &story::STORY,
        Kind::Skill => &skill::SKILL,
        Kind::BudgetLine => &money::BUDGET_LINE,
        Kind::Funding => &money::FUNDING,
        Kind::ExpectedReturn => &money::EXPECTED_RETURN,
        Kind::MoneySettings => &money::MONEY_SETTINGS,
        Kind::Sprint => &study::SPRINT,
        Kind::StudyBlock => &study::STUDY_BLOCK,
        Kind::Deadline => &study::DEADLINE,
        Kind::Milestone => &reflection::MILESTONE,
        Kind::Reflection => &reflection::REFLECTION,
        Kind::Collection => &collection::COLLECTION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Store;
    use cairn_domain::AnyRecord;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_of_every_record_has_a_place() {
        for &kind in Kind::ALL {
            let table = table(kind);
            assert_eq!(table.kind, kind);
            let record = AnyRecord::deserialize(kind, serde_json::json!({})).unwrap();
            let fields: BTreeSet<String> = serde_json::to_value(record).unwrap().as_object().unwrap().keys().cloned().collect();
            let stored: BTreeSet<String> =
                table.columns.iter().map(|c| c.field).chain(table.links.iter().map(|l| l.field)).map(str::to_owned).collect();
            assert_eq!(fields, stored, "{kind}");
        }
    }

    #[test]
    fn every_column_of_every_table_is_declared_with_its_type() {
        let connection = crate::schema::tests::migrated();
        for &kind in Kind::ALL {
            let table = table(kind);
            let mut statement = connection.prepare("SELECT name, type FROM pragma_table_info(?1) WHERE name <> 'id'").unwrap();
            let found: BTreeSet<(String, String)> =
                statement.query_map([table.name], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
            let declared: BTreeSet<(String, String)> = table
                .columns
                .iter()
                .map(|column| {
                    let sql = match column.store {
                        Store::Integer | Store::Flag => "INTEGER",
                        Store::Real => "REAL",
                        _ => "TEXT",
                    };
                    (column.field.to_owned(), sql.to_owned())
                })
                .collect();
            assert_eq!(found, declared, "{kind}");
        }
    }
}
