//! Payback period and net present value, on a time line of months.

use rust_decimal::Decimal;

use super::fits;
use super::tally::plus;
use crate::Result;

/// An equal gain at the end of each of some months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gain {
    /// What is expected a month.
    pub monthly: Decimal,
    /// Months between time zero and the beginning of the first month that brings it.
    pub wait: u32,
    /// For how many months it comes.
    pub months: u32,
}

impl Gain {
    /// The number of the last month that brings it, the first month after time zero being 1.
    pub fn end(&self) -> u32 {
        self.wait.saturating_add(self.months)
    }

    fn comes_in(&self, month: u32) -> bool {
        month > self.wait && month <= self.end()
    }

    /// All of it, undiscounted.
    ///
    /// # Errors
    /// `amounts-too-large`.
    pub fn total(&self) -> Result<Decimal> {
        fits(self.monthly.checked_mul(self.months.into()))
    }
}

/// The first month by whose end `gains` add up to `cost`: 0 where there is no cost, `None` where they never do.
///
/// # Errors
/// `amounts-too-large`.
pub(super) fn payback(cost: Decimal, gains: &[Gain]) -> Result<Option<u32>> {
    if cost <= Decimal::ZERO {
        return Ok(Some(0));
    }
    let mut gained = Decimal::ZERO;
    for month in 1..=gains.iter().map(Gain::end).max().unwrap_or(0) {
        for gain in gains.iter().filter(|gain| gain.comes_in(month)) {
            gained = plus(gained, gain.monthly)?;
        }
        if gained >= cost {
            return Ok(Some(month));
        }
    }
    Ok(None)
}

/// −`cost` + Σ gain of month n × vⁿ, with the discount factors of `discount`, which reach as far as the gains.
///
/// # Errors
/// `amounts-too-large`.
pub(super) fn net_present_value(cost: Decimal, gains: &[Gain], discount: &Discount) -> Result<Decimal> {
    gains.iter().try_fold(-cost, |value, gain| plus(value, fits(gain.monthly.checked_mul(discount.annuity(gain.wait, gain.end())))?))
}

/// What a unit at the end of each month is worth at time zero, summed up month by month.
#[derive(Debug)]
pub(super) struct Discount {
    /// `sums[n]` = v + v² + … + vⁿ.
    sums: Vec<Decimal>,
}

impl Discount {
    /// For an effective annual rate (0.05 is five per cent) compounded monthly: v = (1 + rate)^(−1/12), to `months`.
    pub fn new(rate: Decimal, months: u32) -> Self {
        let growth = twelfth_root(Decimal::ONE + rate);
        let (mut factor, mut sum) = (Decimal::ONE, Decimal::ZERO);
        let mut sums = vec![sum];
        for _ in 0..months {
            factor /= growth;
            sum += factor;
            sums.push(sum);
        }
        Discount { sums }
    }

    /// vᵃ⁺¹ + … + vᵇ.
    fn annuity(&self, a: u32, b: u32) -> Decimal {
        let at = |month: u32| self.sums.get(month as usize).or(self.sums.last()).copied().unwrap_or_default();
        at(b) - at(a)
    }
}

/// The number whose twelfth power is `power`, between 1 and 2, by Newton's method.
fn twelfth_root(power: Decimal) -> Decimal {
    let twelve = Decimal::from(12);
    // Bernoulli: this starts at or above the root, so the steps fall towards it and roughly double the right digits.
    let mut root = Decimal::ONE + (power - Decimal::ONE) / twelve;
    for _ in 0..8 {
        let eleventh = (0..11).fold(Decimal::ONE, |product, _| product * root);
        root -= (eleventh * root - power) / (twelve * eleventh);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gain(monthly: i64, wait: u32, months: u32) -> Gain {
        Gain { monthly: monthly.into(), wait, months }
    }

    #[test]
    fn a_cost_is_paid_back_in_the_month_that_covers_the_last_cent() {
        let cents = |cents: i64| Decimal::new(cents, 2);
        assert_eq!(payback(cents(30_000), &[gain(100, 0, 36)]).unwrap(), Some(3));
        assert_eq!(payback(cents(30_001), &[gain(100, 0, 36)]).unwrap(), Some(4));
        assert_eq!(payback(cents(30_000), &[gain(100, 0, 3)]).unwrap(), Some(3));
        assert_eq!(payback(cents(30_001), &[gain(100, 0, 3)]).unwrap(), None);
    }

    #[test]
    fn waiting_for_the_first_gain_belongs_to_the_payback_period() {
        assert_eq!(payback(300.into(), &[gain(100, 6, 36)]).unwrap(), Some(9));
        assert_eq!(payback(300.into(), &[gain(100, 6, 2), gain(50, 20, 2)]).unwrap(), Some(22));
        assert_eq!(payback(300.into(), &[gain(100, 0, 12), gain(50, 0, 12)]).unwrap(), Some(2));
    }

    #[test]
    fn what_costs_nothing_is_paid_back_at_once_and_what_gains_nothing_never() {
        assert_eq!(payback(Decimal::ZERO, &[]).unwrap(), Some(0));
        assert_eq!(payback((-5).into(), &[gain(0, 0, 9)]).unwrap(), Some(0));
        assert_eq!(payback(1.into(), &[gain(0, 0, 600)]).unwrap(), None);
        assert_eq!(payback(1.into(), &[]).unwrap(), None);
    }

    #[test]
    fn without_discounting_the_value_is_gains_less_cost() {
        let discount = Discount::new(Decimal::ZERO, 48);
        assert_eq!(net_present_value(295.into(), &[gain(40, 12, 36)], &discount).unwrap(), Decimal::from(40 * 36 - 295));
    }

    #[test]
    fn a_gain_after_a_year_is_discounted_by_the_annual_rate() {
        let discount = Discount::new(Decimal::new(25, 2), 12);
        let value = net_present_value(Decimal::ZERO, &[gain(1000, 11, 1)], &discount).unwrap();
        assert_eq!(value.round_dp(20), Decimal::from(800));
    }

    proptest! {
        #[test]
        fn the_twelfth_root_is_right_to_the_last_digits(rate in 0u32..=10_000) {
            let power = Decimal::ONE + Decimal::new(rate.into(), 4);
            let root = twelfth_root(power);
            let again = (0..12).fold(Decimal::ONE, |product, _| product * root);
            prop_assert!((again - power).abs() < Decimal::new(1, 25), "{root}");
        }

        #[test]
        fn the_value_agrees_with_the_textbook_formula(
            rate in 0u32..=10_000,
            cost in 0i64..100_000,
            gains in prop::collection::vec((0i64..5_000, 0u32..60, 1u32..240), 0..4),
        ) {
            let gains: Vec<Gain> = gains.into_iter().map(|(monthly, wait, months)| gain(monthly, wait, months)).collect();
            let discount = Discount::new(Decimal::new(rate.into(), 4), gains.iter().map(Gain::end).max().unwrap_or(0));
            let value: f64 = net_present_value(cost.into(), &gains, &discount).unwrap().try_into().unwrap();
            let yearly = 1.0 + f64::from(rate) / 10_000.0;
            let mut direct = -(cost as f64);
            for gain in &gains {
                let monthly: f64 = gain.monthly.try_into().unwrap();
                direct += (gain.wait + 1..=gain.end()).map(|n| monthly / yearly.powf(f64::from(n) / 12.0)).sum::<f64>();
            }
            prop_assert!((value - direct).abs() < 1e-6, "{value} is not {direct}");
        }

        #[test]
        fn the_month_before_payback_is_one_too_early(
            cost in 1i64..100_000,
            gains in prop::collection::vec((0i64..5_000, 0u32..60, 1u32..240), 0..4),
        ) {
            let gains: Vec<Gain> = gains.into_iter().map(|(monthly, wait, months)| gain(monthly, wait, months)).collect();
            let by = |end: u32| -> Decimal {
                gains.iter().map(|gain| gain.monthly * Decimal::from(end.min(gain.end()).saturating_sub(gain.wait))).sum()
            };
            match payback(cost.into(), &gains).unwrap() {
                Some(month) => prop_assert!(by(month) >= cost.into() && by(month - 1) < cost.into()),
                None => prop_assert!(by(u32::MAX) < cost.into()),
            }
        }
    }
}
