//! What learning costs, who pays, and what it should return.

use iso_currency::Currency as Iso;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::check::{Problems, Rule};
use crate::date::PartialDate;
use crate::id::CredentialId;
use crate::kind::{Heading, Kind, Record, name_of};

/// The largest amount one field may hold, in units of its currency.
pub const LARGEST_AMOUNT: i64 = 1_000_000_000_000;

/// A decimal number, serialised as text so that no cent is lost on the way: `"295.00"`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct Amount(pub Decimal);

/// A currency as its ISO 4217 code. The code is checked with the record that holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct Currency(pub String);

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Currency {
    fn default() -> Self {
        Currency("EUR".into())
    }
}

impl Currency {
    /// Decimal places its amounts are written with; `None` where the code is unknown.
    pub fn places(&self) -> Option<u32> {
        Iso::from_code(&self.0).map(|iso| u32::from(iso.exponent().unwrap_or(0)))
    }

    fn check(&self, path: &str, problems: &mut Problems) {
        if self.places().is_none() {
            problems.add(path, Rule::UnknownCurrency);
        }
    }
}

impl Amount {
    /// Notes what is wrong with it as an amount of `currency`.
    fn check(self, path: &str, currency: &Currency, problems: &mut Problems) {
        if self.0.is_sign_negative() && !self.0.is_zero() {
            problems.add(path, Rule::Negative);
        } else if self.0 > Decimal::from(LARGEST_AMOUNT) {
            problems.add(path, Rule::OutOfRange { least: 0.0, most: LARGEST_AMOUNT as f64 });
        } else if let Some(places) = currency.places().filter(|places| self.0.normalize().scale() > *places) {
            problems.add(path, Rule::TooPrecise { places });
        }
    }
}

/// One thing that costs money.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetLine {
    /// What it is for.
    pub title: String,
    /// Which sort of cost it is.
    pub category: CostCategory,
    /// The credential it belongs to.
    pub credential: Option<CredentialId>,
    /// What it should cost.
    pub planned: Option<Amount>,
    /// What it did cost.
    pub actual: Option<Amount>,
    /// The currency of both.
    pub currency: Currency,
    /// When it falls due, or was paid.
    pub date: Option<PartialDate>,
    /// The learner's own notes.
    pub notes: String,
}

/// Sorts of cost. The last three are opportunity costs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CostCategory {
    /// Tuition and examination fees.
    #[default]
    Fee,
    /// Books, hardware, software.
    Materials,
    /// Laboratory time and sandboxes.
    Lab,
    /// A second try.
    Retake,
    /// Verification and transcripts.
    Verification,
    /// Travel and lodging.
    Travel,
    /// Membership and renewal.
    Renewal,
    /// Anything else.
    Other,
    /// Opportunity cost: somebody else minds the children.
    Childcare,
    /// Opportunity cost: overtime not worked.
    Overtime,
    /// Opportunity cost: freelance work that goes slower.
    Freelance,
}

impl CostCategory {
    /// Whether it is income forgone or care bought, not a price paid for learning.
    pub fn is_opportunity(self) -> bool {
        matches!(self, CostCategory::Childcare | CostCategory::Overtime | CostCategory::Freelance)
    }
}

/// Money somebody else gives.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Funding {
    /// What it is called.
    pub title: String,
    /// Which sort of funding it is.
    #[serde(rename = "type")]
    pub sort: FundingType,
    /// Who gives it.
    pub source: String,
    /// What it depends on.
    pub conditions: String,
    /// The credential it is for.
    pub credential: Option<CredentialId>,
    /// What was promised.
    pub planned: Option<Amount>,
    /// What has arrived.
    pub actual: Option<Amount>,
    /// The currency of both.
    pub currency: Currency,
    /// When it is due, or came.
    pub date: Option<PartialDate>,
}

/// Sorts of funding.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum FundingType {
    /// A scholarship.
    Scholarship,
    /// Paid back by the employer.
    #[default]
    Reimbursement,
    /// A grant.
    Grant,
    /// Anything else.
    Other,
}

/// What a credential should bring in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ExpectedReturn {
    /// Where the gain comes from: a promotion band, a higher rate, new clients.
    pub title: String,
    /// The credential that brings it.
    pub credential: Option<CredentialId>,
    /// The gain a month.
    pub monthly_gain: Amount,
    /// Its currency.
    pub currency: Currency,
    /// From when.
    pub from: Option<PartialDate>,
    /// For how many months, from 1 to 600.
    pub months: u32,
    /// How likely it is, in per cent, from 0 to 100.
    pub probability: f64,
    /// Why the learner thinks so.
    pub notes: String,
}

impl Default for ExpectedReturn {
    fn default() -> Self {
        ExpectedReturn {
            title: String::new(),
            credential: None,
            monthly_gain: Amount::default(),
            currency: Currency::default(),
            from: None,
            months: 36,
            probability: 100.0,
            notes: String::new(),
        }
    }
}

/// How money is counted: one record a vault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct MoneySettings {
    /// The currency totals are shown in.
    pub home_currency: Currency,
    /// Discount rate a year, in per cent, from 0 to 100.
    pub discount_rate: f64,
    /// Contingency, in per cent of what is planned, from 0 to 100.
    pub contingency: f64,
    /// What other currencies are worth.
    pub rates: Vec<ExchangeRate>,
}

impl Default for MoneySettings {
    fn default() -> Self {
        MoneySettings { home_currency: Currency::default(), discount_rate: 5.0, contingency: 10.0, rates: Vec::new() }
    }
}

/// What one unit of a currency is worth in the home currency, as the learner typed it.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ExchangeRate {
    /// The other currency.
    pub currency: Currency,
    /// Units of the home currency for one unit of it.
    pub rate: Amount,
    /// When that was so.
    pub as_of: Option<PartialDate>,
}

impl Record for BudgetLine {
    const KIND: Kind = Kind::BudgetLine;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.text("/notes", &self.notes);
        self.currency.check("/currency", problems);
        for (path, amount) in [("/planned", self.planned), ("/actual", self.actual)] {
            amount.unwrap_or_default().check(path, &self.currency, problems);
        }
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: in_words(self.actual.or(self.planned), &self.currency),
            status: if self.actual.is_some() { "paid" } else { "planned" }.into(),
            sort: name_of(&self.category),
            date: self.date,
        }
    }
}

impl Record for Funding {
    const KIND: Kind = Kind::Funding;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.line("/source", &self.source);
        problems.text("/conditions", &self.conditions);
        self.currency.check("/currency", problems);
        for (path, amount) in [("/planned", self.planned), ("/actual", self.actual)] {
            amount.unwrap_or_default().check(path, &self.currency, problems);
        }
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: in_words(self.actual.or(self.planned), &self.currency),
            status: if self.actual.is_some() { "received" } else { "promised" }.into(),
            sort: name_of(&self.sort),
            date: self.date,
        }
    }
}

impl Record for ExpectedReturn {
    const KIND: Kind = Kind::ExpectedReturn;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.text("/notes", &self.notes);
        if self.credential.is_none() {
            problems.add("/credential", Rule::Required);
        }
        self.currency.check("/currency", problems);
        self.monthly_gain.check("/monthly_gain", &self.currency, problems);
        problems.range("/probability", self.probability, 0.0, 100.0);
        problems.range("/months", f64::from(self.months), 1.0, 600.0);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.title.clone(),
            subtitle: in_words(Some(self.monthly_gain), &self.currency),
            date: self.from,
            ..Heading::default()
        }
    }
}

impl Record for MoneySettings {
    const KIND: Kind = Kind::MoneySettings;

    fn check(&self, problems: &mut Problems) {
        self.home_currency.check("/home_currency", problems);
        problems.range("/discount_rate", self.discount_rate, 0.0, 100.0);
        problems.range("/contingency", self.contingency, 0.0, 100.0);
        for (index, rate) in self.rates.iter().enumerate() {
            rate.currency.check(&format!("/rates/{index}/currency"), problems);
            if self.rates.iter().take(index).any(|before| (&before.currency, before.as_of) == (&rate.currency, rate.as_of)) {
                problems.add(format!("/rates/{index}/currency"), Rule::Repeated);
            }
            if rate.rate.0 <= Decimal::ZERO {
                problems.add(format!("/rates/{index}/rate"), Rule::NotPositive);
            } else if rate.rate.0 > Decimal::from(LARGEST_AMOUNT) {
                problems.add(format!("/rates/{index}/rate"), Rule::OutOfRange { least: 0.0, most: LARGEST_AMOUNT as f64 });
            }
        }
    }

    fn heading(&self) -> Heading {
        Heading { title: self.home_currency.0.clone(), ..Heading::default() }
    }
}

/// `295.00 EUR`, or nothing.
fn in_words(amount: Option<Amount>, currency: &Currency) -> String {
    amount.map(|amount| format!("{:.*} {}", currency.places().unwrap_or(2) as usize, amount.0, currency.0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(line: serde_json::Value) -> String {
        let line: BudgetLine = serde_json::from_value(line).unwrap();
        let mut problems = Problems::default();
        line.check(&mut problems);
        problems.to_string()
    }

    #[test]
    fn amounts_follow_their_currency() {
        assert_eq!(broken(serde_json::json!({"title": "Exam", "planned": "295.00", "currency": "EUR"})), "");
        assert_eq!(
            broken(serde_json::json!({"title": "Exam", "planned": "295.500", "currency": "JPY"})),
            "/planned: has more than the currency's 0 decimal places"
        );
        assert_eq!(broken(serde_json::json!({"title": "Exam", "planned": "-1"})), "/planned: must not be negative");
        assert_eq!(broken(serde_json::json!({"title": "Exam", "currency": "XYZ"})), "/currency: is not an ISO 4217 currency code");
        assert!(broken(serde_json::json!({"title": "Exam", "planned": "1000000000001"})).starts_with("/planned: must lie between"));
    }

    #[test]
    fn amounts_travel_as_text() {
        let line = BudgetLine { planned: Some(Amount("0.10".parse().unwrap())), ..BudgetLine::default() };
        assert_eq!(serde_json::to_value(line).unwrap()["planned"], "0.10");
    }
}
