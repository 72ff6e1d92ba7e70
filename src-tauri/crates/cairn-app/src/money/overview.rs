//! From a learner's money records to the overview.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cairn_domain::RecordId;
use cairn_domain::money::{BudgetLine, CostCategory, Currency, ExpectedReturn, Funding, MoneySettings};
use cairn_vault::Priced;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::rates::{Rates, places, share, shown, to_unit};
use super::returns::{Discount, Gain, net_present_value, payback};
use super::tally::{Entry, Pair, Tally, What, plus};
use super::{CategoryMoney, CredentialMoney, CurrencyMoney, MoneyOverview, MonthMoney, ReturnView};
use crate::Result;

/// Everything the overview is made from.
#[derive(Debug, Default, Clone)]
pub(super) struct Records {
    pub settings: MoneySettings,
    pub lines: Vec<BudgetLine>,
    pub funding: Vec<Funding>,
    pub returns: Vec<ExpectedReturn>,
    /// In the learner's order.
    pub credentials: Vec<Priced>,
}

/// The overview of `records`, returns seen from `today`.
///
/// # Errors
/// `amounts-too-large`.
pub(super) fn overview(records: &Records, today: NaiveDate) -> Result<MoneyOverview> {
    let mut sheet = Sheet::new(&records.settings);
    for entry in records.lines.iter().map(Entry::from).chain(records.funding.iter().map(Entry::from)) {
        sheet.enter(&entry)?;
    }
    for expected in &records.returns {
        sheet.expect(expected)?;
    }
    sheet.into_overview(&records.credentials, today)
}

/// Sums on their way, in the home currency but for `by_currency`.
struct Sheet<'r> {
    settings: &'r MoneySettings,
    rates: Rates<'r>,
    contingency: Decimal,
    totals: Tally,
    missing: BTreeSet<&'r Currency>,
    by_currency: BTreeMap<&'r Currency, Tally>,
    by_category: BTreeMap<CostCategory, Pair>,
    /// Costs without a date come last.
    by_month: BTreeMap<(bool, String), Pair>,
    by_credential: HashMap<Option<RecordId>, Row<'r>>,
}

/// What belongs to one credential.
#[derive(Default)]
struct Row<'r> {
    tally: Tally,
    missing: BTreeSet<&'r Currency>,
    gains: Vec<Expected>,
}

/// An expected gain not yet placed on a time line.
struct Expected {
    monthly: Decimal,
    months: u32,
    /// Its first calendar month, as [`month_number`] counts; at once where it has none.
    from: Option<i32>,
}

impl<'r> Sheet<'r> {
    fn new(settings: &'r MoneySettings) -> Self {
        Sheet {
            settings,
            rates: Rates::of(settings),
            contingency: share(settings.contingency),
            totals: Tally::default(),
            missing: BTreeSet::new(),
            by_currency: BTreeMap::new(),
            by_category: BTreeMap::new(),
            by_month: BTreeMap::new(),
            by_credential: HashMap::new(),
        }
    }

    /// Decimal places of the home currency.
    fn places(&self) -> u32 {
        places(&self.settings.home_currency)
    }

    fn enter(&mut self, entry: &Entry<'r>) -> Result<()> {
        let own = self.by_currency.entry(entry.currency).or_default();
        own.add(entry, self.contingency, places(entry.currency))?;
        let row = self.by_credential.entry(entry.credential).or_default();
        let Some(home) = entry.in_home(&self.rates)? else {
            row.missing.insert(entry.currency);
            self.missing.insert(entry.currency);
            return Ok(());
        };
        let unit = places(&self.settings.home_currency);
        row.tally.add(&home, self.contingency, unit)?;
        self.totals.add(&home, self.contingency, unit)?;
        if let What::Cost(category) = entry.what {
            // "2026-03-09" and "2026-03" are the same month; of "2026" no month is known.
            let month: String = entry.date.map(|date| date.to_string().chars().take(7).collect()).unwrap_or_default();
            self.by_category.entry(category).or_default().add(&home)?;
            self.by_month.entry((entry.date.is_none(), month)).or_default().add(&home)?;
        }
        Ok(())
    }

    fn expect(&mut self, expected: &'r ExpectedReturn) -> Result<()> {
        let places = self.places();
        let row = self.by_credential.entry(expected.credential.map(RecordId::from)).or_default();
        match self.rates.in_home(expected.monthly_gain.0, &expected.currency)? {
            Some(gain) => row.gains.push(Expected {
                monthly: to_unit(gain * share(expected.probability), places),
                months: expected.months,
                from: expected.from.map(|from| month_number(from.first_day())),
            }),
            None => {
                row.missing.insert(&expected.currency);
                self.missing.insert(&expected.currency);
            }
        }
        Ok(())
    }

    fn into_overview(mut self, credentials: &[Priced], today: NaiveDate) -> Result<MoneyOverview> {
        let home = &self.settings.home_currency;
        let unit = self.places();
        let mut by_credential = Vec::new();
        for credential in credentials {
            if let Some(row) = self.by_credential.remove(&Some(credential.id)) {
                by_credential.push(row.into_view(Some(credential), self.settings, today)?);
            }
        }
        if let Some(row) = self.by_credential.remove(&None) {
            by_credential.push(row.into_view(None, self.settings, today)?);
        }
        let mut currencies: Vec<_> = self.by_currency.into_iter().collect();
        currencies.sort_by_key(|(currency, _)| *currency != home);
        let by_currency = currencies
            .into_iter()
            .map(|(currency, tally)| Ok(CurrencyMoney { currency: currency.clone(), totals: tally.totals(places(currency))? }))
            .collect::<Result<_>>()?;
        Ok(MoneyOverview {
            home_currency: home.clone(),
            missing_rates: self.missing.into_iter().cloned().collect(),
            totals: self.totals.totals(unit)?,
            by_currency,
            by_category: self
                .by_category
                .into_iter()
                .map(|(category, pair)| CategoryMoney { category, planned: shown(pair.planned, unit), actual: shown(pair.actual, unit) })
                .collect(),
            by_credential,
            by_month: self
                .by_month
                .into_iter()
                .map(|((undated, month), pair)| MonthMoney {
                    month: (!undated).then_some(month),
                    planned: shown(pair.planned, unit),
                    actual: shown(pair.actual, unit),
                })
                .collect(),
        })
    }
}

impl Row<'_> {
    fn into_view(self, credential: Option<&Priced>, settings: &MoneySettings, today: NaiveDate) -> Result<CredentialMoney> {
        let unit = places(&settings.home_currency);
        let whole = self.missing.is_empty();
        let returns = if whole && !self.gains.is_empty() { Some(self.returns(settings, today, unit)?) } else { None };
        let statements = credential.map_or(0, |credential| credential.competencies);
        let each = (whole && statements > 0 && self.tally.entries > 0).then(|| self.tally.expected / Decimal::from(statements));
        Ok(CredentialMoney {
            id: credential.map(|credential| credential.id),
            title: credential.map(|credential| credential.title.clone()).unwrap_or_default(),
            totals: self.tally.totals(unit)?,
            missing_rates: self.missing.into_iter().cloned().collect(),
            returns,
            cost_per_competency: each.map(|each| shown(each, unit)),
        })
    }

    fn returns(&self, settings: &MoneySettings, today: NaiveDate, unit: u32) -> Result<ReturnView> {
        let now = month_number(today);
        let zero = self.gains.iter().filter_map(|gain| gain.from).fold(now, i32::min);
        let gains: Vec<Gain> = self
            .gains
            .iter()
            .map(|gain| Gain { monthly: gain.monthly, wait: gain.from.unwrap_or(now).abs_diff(zero), months: gain.months })
            .collect();
        let discount = Discount::new(share(settings.discount_rate), gains.iter().map(Gain::end).max().unwrap_or(0));
        let (mut monthly, mut total) = (Decimal::ZERO, Decimal::ZERO);
        for gain in &gains {
            monthly = plus(monthly, gain.monthly)?;
            total = plus(total, gain.total()?)?;
        }
        Ok(ReturnView {
            monthly_gain_expected: shown(monthly, unit),
            payback_months: payback(self.tally.expected, &gains)?,
            net_present_value: shown(net_present_value(self.tally.expected, &gains, &discount)?, unit),
            total_expected: shown(total, unit),
        })
    }
}

/// Calendar months since the year 0, so that months can be subtracted.
fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}
