//! Amounts of other currencies in the home currency, at the rates the learner typed.

use std::collections::HashMap;

use cairn_domain::money::{Amount, Currency, MoneySettings};
use rust_decimal::{Decimal, RoundingStrategy};

use super::fits;
use crate::Result;

/// Decimal places of a currency nobody knows; records with one are refused, so this shows nowhere.
const USUAL_PLACES: u32 = 2;

/// The home currency and what others are worth in it.
pub(super) struct Rates<'s> {
    home: &'s Currency,
    rates: HashMap<&'s Currency, Decimal>,
}

impl<'s> Rates<'s> {
    /// The rates in `settings`: of several for one currency the latest, of equally late ones the last.
    pub fn of(settings: &'s MoneySettings) -> Self {
        let mut typed: Vec<_> = settings.rates.iter().collect();
        typed.sort_by_key(|rate| rate.as_of.map(|date| date.last_day()));
        Rates { home: &settings.home_currency, rates: typed.into_iter().map(|rate| (&rate.currency, rate.rate.0)).collect() }
    }

    /// An amount in the home currency, to its smallest unit; `None` without a rate. Nothing is nothing in any currency.
    ///
    /// # Errors
    /// `amounts-too-large`.
    pub fn in_home(&self, amount: Decimal, currency: &Currency) -> Result<Option<Decimal>> {
        if currency == self.home || amount.is_zero() {
            return Ok(Some(amount));
        }
        let Some(rate) = self.rates.get(currency) else { return Ok(None) };
        let worth = fits(amount.checked_mul(*rate))?;
        Ok(Some(to_unit(worth, places(self.home))))
    }
}

/// Decimal places a currency is written with.
pub(super) fn places(currency: &Currency) -> u32 {
    currency.places().unwrap_or(USUAL_PLACES)
}

/// Rounded to `places`, halves away from zero.
pub(super) fn to_unit(amount: Decimal, places: u32) -> Decimal {
    amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// As it leaves: with exactly `places`, and never as "-0.00".
pub(super) fn shown(amount: Decimal, places: u32) -> Amount {
    let mut amount = to_unit(amount, places);
    amount.rescale(places);
    Amount(if amount.is_zero() { amount.abs() } else { amount })
}

/// A share given in per cent, as typed: 12.5 is exactly one eighth.
pub(super) fn share(percent: f64) -> Decimal {
    Decimal::try_from(percent).unwrap_or_default() / Decimal::ONE_HUNDRED
}
