//! Costs and funding summed up.

use cairn_domain::RecordId;
use cairn_domain::date::PartialDate;
use cairn_domain::money::{Amount, BudgetLine, CostCategory, Currency, Funding};
use rust_decimal::Decimal;

use super::rates::{Rates, shown, to_unit};
use super::{MoneyTotals, fits};
use crate::Result;

/// A cost or funding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'r> {
    /// Which side it stands on.
    pub what: What,
    /// The credential it belongs to.
    pub credential: Option<RecordId>,
    /// The currency of both amounts.
    pub currency: &'r Currency,
    /// The date it is filed under.
    pub date: Option<PartialDate>,
    /// As planned.
    pub planned: Option<Decimal>,
    /// As it was.
    pub actual: Option<Decimal>,
}

/// The sides of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Something the learner bears.
    Cost(CostCategory),
    /// Something others give.
    Funding,
}

impl<'r> From<&'r BudgetLine> for Entry<'r> {
    fn from(line: &'r BudgetLine) -> Self {
        Entry {
            what: What::Cost(line.category),
            credential: line.credential.map(RecordId::from),
            currency: &line.currency,
            date: line.date,
            planned: line.planned.map(decimal),
            actual: line.actual.map(decimal),
        }
    }
}

impl<'r> From<&'r Funding> for Entry<'r> {
    fn from(funding: &'r Funding) -> Self {
        Entry {
            what: What::Funding,
            credential: funding.credential.map(RecordId::from),
            currency: &funding.currency,
            date: funding.date,
            planned: funding.planned.map(decimal),
            actual: funding.actual.map(decimal),
        }
    }
}

impl Entry<'_> {
    /// The same in the home currency; `None` without a rate.
    ///
    /// # Errors
    /// `amounts-too-large`.
    pub fn in_home(&self, rates: &Rates<'_>) -> Result<Option<Self>> {
        let mut home = *self;
        for amount in [&mut home.planned, &mut home.actual].into_iter().flatten() {
            match rates.in_home(*amount, self.currency)? {
                Some(worth) => *amount = worth,
                None => return Ok(None),
            }
        }
        Ok(Some(home))
    }
}

/// Sums of entries of one currency.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally {
    cost: Pair,
    opportunity: Pair,
    funding: Pair,
    contingency: Decimal,
    /// What it will have come to, as [`MoneyTotals::net_expected`] says.
    pub expected: Decimal,
    /// How many entries there are.
    pub entries: usize,
}

/// What was planned and what it was.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Pair {
    pub planned: Decimal,
    pub actual: Decimal,
}

impl Pair {
    /// Adds an entry.
    ///
    /// # Errors
    /// `amounts-too-large`.
    pub fn add(&mut self, entry: &Entry<'_>) -> Result<()> {
        self.planned = plus(self.planned, entry.planned.unwrap_or_default())?;
        self.actual = plus(self.actual, entry.actual.unwrap_or_default())?;
        Ok(())
    }
}

impl Tally {
    /// Adds an entry in a currency of `places`, with `contingency` as a share of planned cost.
    ///
    /// # Errors
    /// `amounts-too-large`.
    pub fn add(&mut self, entry: &Entry<'_>, contingency: Decimal, places: u32) -> Result<()> {
        let planned = entry.planned.unwrap_or_default();
        self.entries += 1;
        match entry.what {
            What::Cost(category) if category.is_opportunity() => {
                self.opportunity.add(entry)?;
                self.expected = plus(self.expected, entry.actual.unwrap_or(planned))?;
            }
            What::Cost(_) => {
                let reserve = to_unit(fits(planned.checked_mul(contingency))?, places);
                self.cost.add(entry)?;
                self.contingency = plus(self.contingency, reserve)?;
                self.expected = plus(self.expected, entry.actual.unwrap_or(planned + reserve))?;
            }
            What::Funding => {
                self.funding.add(entry)?;
                self.expected = plus(self.expected, -entry.actual.unwrap_or(planned))?;
            }
        }
        Ok(())
    }

    /// The sums, each with `places`.
    ///
    /// # Errors
    /// `amounts-too-large`.
    pub fn totals(&self, places: u32) -> Result<MoneyTotals> {
        let net_planned = sum(&[self.cost.planned, self.opportunity.planned, self.contingency, -self.funding.planned])?;
        let net_actual = sum(&[self.cost.actual, self.opportunity.actual, -self.funding.actual])?;
        Ok(MoneyTotals {
            planned: shown(self.cost.planned, places),
            actual: shown(self.cost.actual, places),
            opportunity_planned: shown(self.opportunity.planned, places),
            opportunity_actual: shown(self.opportunity.actual, places),
            funding_planned: shown(self.funding.planned, places),
            funding_actual: shown(self.funding.actual, places),
            contingency: shown(self.contingency, places),
            net_planned: shown(net_planned, places),
            net_actual: shown(net_actual, places),
            net_expected: shown(self.expected, places),
        })
    }
}

/// A sum that says when it no longer fits.
///
/// # Errors
/// `amounts-too-large`.
pub(super) fn plus(a: Decimal, b: Decimal) -> Result<Decimal> {
    fits(a.checked_add(b))
}

fn sum(amounts: &[Decimal]) -> Result<Decimal> {
    amounts.iter().try_fold(Decimal::ZERO, |sum, amount| plus(sum, *amount))
}

fn decimal(amount: Amount) -> Decimal {
    amount.0
}
