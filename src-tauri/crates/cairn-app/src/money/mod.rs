//! What learning costs, who pays, what it returns.
//!
//! All sums are exact decimals. A record's amount becomes an amount of the home currency once, at the rate the learner
//! typed, rounded to the currency's smallest unit (halves away from zero) as a bookkeeper would; from there on nothing
//! is rounded again, so that every total is the sum of its rows. A currency without a rate is named, and what is
//! counted in it stays out of every home total.

mod overview;
mod rates;
mod returns;
mod tally;
#[cfg(test)]
mod tests;

use cairn_domain::RecordId;
use cairn_domain::money::{Amount, CostCategory, Currency, MoneySettings};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::{App, AppError, Result};
use overview::{Records, overview};

/// All the money of a vault, counted.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct MoneyOverview {
    /// The currency of everything below but `by_currency`.
    pub home_currency: Currency,
    /// Currencies in use that have no rate: what is counted in them is missing from every total but its own.
    pub missing_rates: Vec<Currency>,
    /// Everything together.
    pub totals: MoneyTotals,
    /// Each currency on its own, the home currency first.
    pub by_currency: Vec<CurrencyMoney>,
    /// Costs by category, opportunity costs included.
    pub by_category: Vec<CategoryMoney>,
    /// Each credential that costs or returns something, in the learner's order; last what belongs to none.
    pub by_credential: Vec<CredentialMoney>,
    /// Costs by month, opportunity costs included; first what has no more than a year, last what has no date.
    pub by_month: Vec<MonthMoney>,
}

/// Sums of one currency.
#[derive(Debug, Default, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct MoneyTotals {
    /// Planned costs, without opportunity costs.
    pub planned: Amount,
    /// Costs so far, without opportunity costs.
    pub actual: Amount,
    /// Planned opportunity costs: income forgone, care bought.
    pub opportunity_planned: Amount,
    /// Opportunity costs so far.
    pub opportunity_actual: Amount,
    /// Funding promised.
    pub funding_planned: Amount,
    /// Funding received.
    pub funding_actual: Amount,
    /// What is set aside for surprises: the contingency percentage of each planned cost, opportunity costs excepted.
    pub contingency: Amount,
    /// `planned + opportunity_planned + contingency - funding_planned`.
    pub net_planned: Amount,
    /// `actual + opportunity_actual - funding_actual`: what is spent holds no reserve.
    pub net_actual: Amount,
    /// What it will have come to: each amount as it was where that is known, and else as planned with its contingency
    /// (the estimate at completion of project management). Returns are weighed against this.
    pub net_expected: Amount,
}

/// The sums of one currency.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct CurrencyMoney {
    /// The currency.
    pub currency: Currency,
    /// Its sums, in itself.
    pub totals: MoneyTotals,
}

/// Costs of one category, in the home currency.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct CategoryMoney {
    /// The category.
    pub category: CostCategory,
    /// Planned.
    pub planned: Amount,
    /// So far.
    pub actual: Amount,
}

/// Costs of one month, in the home currency.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct MonthMoney {
    /// The month (`2026-03`), the year where no more is known (`2026`), or nothing for costs without a date.
    pub month: Option<String>,
    /// Planned.
    pub planned: Amount,
    /// So far.
    pub actual: Amount,
}

/// What one credential costs and returns, in the home currency.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct CredentialMoney {
    /// The credential; nothing for what belongs to none.
    pub id: Option<RecordId>,
    /// Its title.
    pub title: String,
    /// Its sums.
    pub totals: MoneyTotals,
    /// Currencies without a rate among its records. Where there are any, its sums are not whole, and nothing is
    /// concluded from them: `returns` and `cost_per_competency` stay empty.
    pub missing_rates: Vec<Currency>,
    /// What it should return, where the learner expects something.
    pub returns: Option<ReturnView>,
    /// `net_expected` divided by its competency statements, where it has costs and statements.
    pub cost_per_competency: Option<Amount>,
}

/// What a credential should return, weighed against its `net_expected` cost.
///
/// Time is counted in calendar months. Time zero is the beginning of the current month, or of the month in which the
/// first gain began where that is past: the cost stands there. The gains of a month come at its end.
/// Source: Brealey, Myers, Allen, "Principles of Corporate Finance", on net present value and the payback period.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct ReturnView {
    /// Expected gain a month when all gains run: Σ monthly gain × probability.
    pub monthly_gain_expected: Amount,
    /// Payback period: the first month, counted from time zero, by whose end the expected gains add up to the cost; 0
    /// where there is no cost, nothing where the gains end before they cover it.
    pub payback_months: Option<u32>,
    /// Net present value: −cost + Σ gain of month n ÷ (1 + i)ⁿ, with i = (1 + annual discount rate)^(1/12) − 1.
    pub net_present_value: Amount,
    /// All expected gains, undiscounted: Σ monthly gain × probability × months.
    pub total_expected: Amount,
}

impl App {
    /// The money of the whole vault, returns seen from `today`.
    ///
    /// # Errors
    /// `amounts-too-large` where a sum passes 10²⁴, or why the vault cannot be read.
    pub fn money(&self, today: NaiveDate) -> Result<MoneyOverview> {
        let records = self.vault.read(|reader| {
            Ok(Records {
                settings: reader.all::<MoneySettings>()?.into_iter().next().map(|stored| stored.record).unwrap_or_default(),
                lines: reader.all()?.into_iter().map(|stored| stored.record).collect(),
                funding: reader.all()?.into_iter().map(|stored| stored.record).collect(),
                returns: reader.all()?.into_iter().map(|stored| stored.record).collect(),
                credentials: reader.priced()?,
            })
        })?;
        overview(&records, today)
    }
}

/// The largest sum, 10²⁴: with four decimal places it has the 28 digits that a decimal adds without rounding.
const LARGEST_SUM: Decimal = Decimal::from_parts(2_701_131_776, 466_537_709, 54_210, false, 0);

/// A result, where it can be counted exactly. The rules of a record keep each amount far below; only absurd rates lead
/// beyond.
fn fits(amount: Option<Decimal>) -> Result<Decimal> {
    amount.filter(|amount| amount.abs() <= LARGEST_SUM).ok_or_else(|| {
        AppError::new(
            "amounts-too-large",
            "The amounts add up to more than Cairn can count. Look for a rate or an amount with too many digits.",
        )
    })
}
