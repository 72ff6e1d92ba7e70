//! Costs, funding, returns and how they are counted.

use cairn_domain::{Kind, RecordId};

use crate::Result;
use crate::record::{Reader, key};
use crate::schema::Migration;
use crate::table::{Table, integer, json, prose, real, reference, word};

/// The changes of this subject's tables, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    breaking: true,
    sql: r#"
CREATE TABLE budget_line (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL DEFAULT '',
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "planned" TEXT,
    "actual" TEXT,
    "currency" TEXT NOT NULL DEFAULT '',
    "date" TEXT,
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX budget_line_credential ON budget_line ("credential");
CREATE TABLE funding (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "conditions" TEXT NOT NULL DEFAULT '',
    "credential" TEXT REFERENCES record (id) ON DELETE SET NULL,
    "planned" TEXT,
    "actual" TEXT,
    "currency" TEXT NOT NULL DEFAULT '',
    "date" TEXT
) STRICT;
CREATE INDEX funding_credential ON funding ("credential");
CREATE TABLE expected_return (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "title" TEXT NOT NULL DEFAULT '',
    "credential" TEXT REFERENCES record (id) ON DELETE CASCADE,
    "monthly_gain" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL DEFAULT '',
    "from" TEXT,
    "months" INTEGER NOT NULL DEFAULT 0,
    "probability" REAL,
    "notes" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX expected_return_credential ON expected_return ("credential");
CREATE TABLE money_settings (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    "home_currency" TEXT NOT NULL DEFAULT '',
    "discount_rate" REAL,
    "contingency" REAL,
    "rates" TEXT NOT NULL DEFAULT '[]' CHECK (json_valid("rates"))
) STRICT;
"#,
}];

/// How a BudgetLine lies in its table.
pub(crate) const BUDGET_LINE: Table = Table {
    kind: Kind::BudgetLine,
    name: "budget_line",
    columns: &[
        prose("title"),
        word("category"),
        reference("credential", Kind::Credential),
        word("planned"),
        word("actual"),
        word("currency"),
        word("date"),
        prose("notes"),
    ],
    links: &[],
};

/// How a Funding lies in its table.
pub(crate) const FUNDING: Table = Table {
    kind: Kind::Funding,
    name: "funding",
    columns: &[
        prose("title"),
        word("type"),
        prose("source"),
        prose("conditions"),
        reference("credential", Kind::Credential),
        word("planned"),
        word("actual"),
        word("currency"),
        word("date"),
    ],
    links: &[],
};

/// How a ExpectedReturn lies in its table.
pub(crate) const EXPECTED_RETURN: Table = Table {
    kind: Kind::ExpectedReturn,
    name: "expected_return",
    columns: &[
        prose("title"),
        reference("credential", Kind::Credential),
        word("monthly_gain"),
        word("currency"),
        word("from"),
        integer("months"),
        real("probability"),
        prose("notes"),
    ],
    links: &[],
};

/// How a MoneySettings lies in its table.
pub(crate) const MONEY_SETTINGS: Table = Table {
    kind: Kind::MoneySettings,
    name: "money_settings",
    columns: &[word("home_currency"), real("discount_rate"), real("contingency"), json("rates")],
    links: &[],
};

/// A credential that costs or returns something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// The credential.
    pub id: RecordId,
    /// Its title.
    pub title: String,
    /// How many competency statements it has.
    pub competencies: u32,
}

impl Reader<'_> {
    /// The credentials that a cost, a funding or a return belongs to, in the learner's order.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn priced(&self) -> Result<Vec<Priced>> {
        let mut statement = self.connection().prepare_cached(
            "SELECT r.id, r.title, json_array_length(t.competencies) FROM record r JOIN credential t ON t.id = r.id \
             WHERE r.id IN (SELECT credential FROM budget_line UNION SELECT credential FROM funding UNION SELECT credential FROM expected_return) \
             ORDER BY r.position, r.id",
        )?;
        let rows = statement.query_map([], |row| Ok(Priced { id: key(row, 0)?, title: row.get(1)?, competencies: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
