//! The overview as its readers see it.

use cairn_domain::id::CredentialId;
use cairn_domain::money::{BudgetLine, ExchangeRate, ExpectedReturn, Funding};
use cairn_vault::Priced;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

use super::*;

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn amount(text: &str) -> Amount {
    Amount(text.parse().unwrap())
}

fn currency(code: &str) -> Currency {
    Currency(code.into())
}

fn id(n: u128) -> CredentialId {
    CredentialId(RecordId::new(uuid::Uuid::from_u128(n)))
}

fn line(planned: &str, code: &str) -> BudgetLine {
    BudgetLine {
        title: "Exam".into(),
        credential: Some(id(1)),
        planned: Some(amount(planned)),
        currency: currency(code),
        ..BudgetLine::default()
    }
}

fn gain(monthly: &str, from: &str) -> ExpectedReturn {
    let from = from.parse().ok();
    ExpectedReturn { title: "Raise".into(), credential: Some(id(1)), monthly_gain: amount(monthly), from, ..ExpectedReturn::default() }
}

/// Records of one credential with two competency statements.
fn records(lines: Vec<BudgetLine>) -> Records {
    let cka = Priced { id: id(1).0, title: "CKA".into(), competencies: 2 };
    Records { lines, credentials: vec![cka], ..Records::default() }
}

fn counted(records: &Records) -> MoneyOverview {
    overview(records, today()).unwrap()
}

fn returns(records: &Records) -> ReturnView {
    counted(records).by_credential[0].returns.clone().unwrap()
}

#[test]
fn contingency_is_kept_for_costs_and_not_for_income_forgone() {
    let overtime = BudgetLine { category: CostCategory::Overtime, ..line("100", "EUR") };
    let mut records = records(vec![line("295", "EUR"), overtime]);
    records.funding = vec![Funding { planned: Some(amount("50.50")), ..Funding::default() }];
    let totals = counted(&records).totals;
    assert_eq!((totals.planned, totals.opportunity_planned, totals.contingency), (amount("295"), amount("100"), amount("29.50")));
    assert_eq!((totals.net_planned, totals.net_actual, totals.net_expected), (amount("374.00"), amount("0"), amount("374")));
}

#[test]
fn what_is_paid_counts_as_it_was_and_needs_no_reserve() {
    let paid = BudgetLine { actual: Some(amount("310.05")), ..line("295", "EUR") };
    let promised = Funding { planned: Some(amount("200")), actual: Some(amount("0")), ..Funding::default() };
    let mut records = records(vec![paid, line("100", "EUR")]);
    records.funding = vec![promised];
    let totals = counted(&records).totals;
    assert_eq!((totals.net_planned, totals.net_actual), (amount("234.50"), amount("310.05")));
    assert_eq!(totals.net_expected, amount("420.05"));
}

#[test]
fn amounts_leave_as_text_with_the_places_of_their_currency() {
    let mut records = records(vec![line("295", "USD"), line("100", "JPY")]);
    records.settings.home_currency = currency("USD");
    records.settings.rates = vec![ExchangeRate { currency: currency("JPY"), rate: amount("0.00645"), as_of: None }];
    let overview = serde_json::to_value(counted(&records)).unwrap();
    assert_eq!(overview["totals"]["planned"], json!("295.65"));
    assert_eq!(overview["by_currency"][0]["totals"]["planned"], json!("295.00"));
    assert_eq!(overview["by_currency"][1]["totals"]["contingency"], json!("10"));
    assert_eq!(overview["totals"]["funding_actual"], json!("0.00"));
}

#[test]
fn a_currency_without_a_rate_is_named_and_nothing_is_concluded_from_the_rest() {
    let mut records = records(vec![line("295", "EUR"), line("100", "USD"), line("0", "CHF")]);
    records.returns = vec![gain("50", "2026-11")];
    let overview = counted(&records);
    assert_eq!(overview.missing_rates, [currency("USD")]);
    assert_eq!(overview.totals.planned, amount("295"));
    assert_eq!(overview.by_category[0].planned, amount("295"));
    let row = &overview.by_credential[0];
    assert_eq!((&row.missing_rates, &row.returns, row.cost_per_competency), (&vec![currency("USD")], &None, None));
    let own: Vec<_> = overview.by_currency.iter().map(|it| (it.currency.0.as_str(), it.totals.planned)).collect();
    assert_eq!(own, [("EUR", amount("295")), ("CHF", amount("0")), ("USD", amount("100"))]);
}

#[test]
fn the_latest_rate_of_a_currency_counts_and_home_needs_none() {
    let rate = |rate: &str, as_of: &str| ExchangeRate { currency: currency("USD"), rate: amount(rate), as_of: as_of.parse().ok() };
    let mut records = records(vec![line("100", "USD"), line("100", "EUR")]);
    let wrong = ExchangeRate { currency: currency("EUR"), rate: amount("7"), as_of: None };
    records.settings.rates = vec![rate("0.9", "2026-10"), rate("0.8", "2026"), rate("0.5", ""), wrong];
    assert_eq!(counted(&records).totals.planned, amount("180"), "2026 may mean its last day, so it is the latest");
}

#[test]
fn a_credential_is_weighed_by_what_it_will_have_come_to() {
    let mut records = records(vec![line("300", "EUR")]);
    records.settings.discount_rate = 0.0;
    records.returns = vec![ExpectedReturn { probability: 50.0, months: 12, ..gain("200", "2027-01") }];
    let row = counted(&records).by_credential.remove(0);
    assert_eq!((row.title.as_str(), row.cost_per_competency), ("CKA", Some(amount("165"))));
    let view = row.returns.unwrap();
    // November and December bring nothing; 330 is covered by the fourth gain of 100.
    assert_eq!((view.monthly_gain_expected, view.payback_months), (amount("100"), Some(6)));
    assert_eq!((view.total_expected, view.net_present_value), (amount("1200"), amount("870")));
}

#[test]
fn a_gain_that_has_begun_is_counted_from_its_beginning_whatever_the_day() {
    let mut records = records(vec![line("300", "EUR")]);
    records.returns = vec![gain("100", "2025-03")];
    let before = returns(&records);
    assert_eq!(before.payback_months, Some(4));
    let later = overview(&records, "2027-08-01".parse().unwrap()).unwrap().by_credential.remove(0).returns.unwrap();
    assert_eq!(before, later);
}

#[test]
fn a_month_is_a_month_on_its_first_and_on_its_last_day() {
    let mut records = records(vec![line("300", "EUR")]);
    records.returns = vec![gain("100", "2027-02-28")];
    for day in ["2026-11-01", "2026-11-30"] {
        let seen = overview(&records, day.parse().unwrap()).unwrap().by_credential.remove(0).returns.unwrap();
        assert_eq!(seen.payback_months, Some(7), "{day}");
    }
}

#[test]
fn costs_are_filed_by_month_as_far_as_it_is_known() {
    let dated = |date: &str| BudgetLine { date: date.parse().ok(), ..line("10", "EUR") };
    let overview = counted(&records(["", "2026-03-09", "2026", "2026-03", "2025-12"].into_iter().map(dated).collect()));
    let months: Vec<_> = overview.by_month.iter().map(|it| (it.month.as_deref(), it.planned)).collect();
    let ten = amount("10");
    assert_eq!(months, [(Some("2025-12"), ten), (Some("2026"), ten), (Some("2026-03"), amount("20")), (None, ten)]);
}

#[test]
fn what_belongs_to_no_credential_comes_last() {
    let loose = BudgetLine { credential: None, ..line("10", "EUR") };
    let rows = counted(&records(vec![loose, line("20", "EUR")])).by_credential;
    let rows: Vec<_> = rows.iter().map(|row| (row.title.as_str(), row.id, row.totals.planned, row.cost_per_competency)).collect();
    assert_eq!(rows, [("CKA", Some(id(1).0), amount("20"), Some(amount("11"))), ("", None, amount("10"), None)]);
}

#[test]
fn sums_that_could_not_be_exact_are_refused() {
    assert_eq!(LARGEST_SUM.to_string(), "1000000000000000000000000");
    let mut records = records(vec![line("600000000000", "USD"), line("500000000000.01", "USD")]);
    records.settings.contingency = 0.0;
    records.settings.rates = vec![ExchangeRate { currency: currency("USD"), rate: amount("1000000000000"), as_of: None }];
    assert_eq!(overview(&records, today()).unwrap_err().code, "amounts-too-large");
    records.lines.truncate(1);
    assert_eq!(counted(&records).totals.planned, amount("600000000000000000000000"));
}

#[test]
fn the_overview_follows_what_is_logged() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::open_at(dir.path().join("vault"), || "2026-11-22T09:00:00Z".parse().unwrap()).unwrap();
    use cairn_domain::Kind;
    let empty = app.money(today()).unwrap();
    assert_eq!((empty.home_currency.0.as_str(), empty.by_credential.len(), empty.totals), ("EUR", 0, MoneyTotals::default()));
    let cka = app.add(Kind::Credential, json!({"title": "CKA", "competencies": ["Runs clusters"]})).unwrap().id.unwrap();
    app.add(Kind::BudgetLine, json!({"title": "Exam", "credential": cka, "planned": "395.00", "currency": "USD"})).unwrap();
    app.add(Kind::ExpectedReturn, json!({"title": "Raise", "credential": cka, "monthly_gain": "150", "probability": 60.0})).unwrap();
    app.edit_single(Kind::MoneySettings, json!({"contingency": 0.0, "rates": [{"currency": "USD", "rate": "0.9"}]})).unwrap();
    let overview = app.money(today()).unwrap();
    assert_eq!(overview.by_credential[0].cost_per_competency, Some(amount("355.50")));
    assert_eq!(overview.by_credential[0].returns.as_ref().unwrap().payback_months, Some(4));
    app.remove(Kind::Credential, cka).unwrap();
    let loose = app.money(today()).unwrap().by_credential;
    assert_eq!((loose.len(), loose[0].id, &loose[0].returns), (1, None, &None));
}

/// Lines and funding in three currencies, one of them without a rate, of three credentials or of none.
fn budget() -> impl Strategy<Value = Records> {
    let cents = || prop::option::of(0i64..100_000_000).prop_map(|cents| cents.map(|cents| Amount(Decimal::new(cents, 2))));
    let code = || prop::sample::select(vec!["EUR", "USD", "GBP"]).prop_map(currency);
    let credential = || prop::option::of((1u128..4).prop_map(id));
    let category = prop::sample::select(vec![CostCategory::Fee, CostCategory::Travel, CostCategory::Childcare, CostCategory::Overtime]);
    let date = || prop::sample::select(vec!["", "2026", "2026-03", "2026-03-09", "2026-04"]).prop_map(|date| date.parse().ok());
    let line =
        (cents(), cents(), code(), credential(), category, date()).prop_map(|(planned, actual, currency, credential, category, date)| {
            BudgetLine { planned, actual, currency, credential, category, date, ..BudgetLine::default() }
        });
    let funding = (cents(), cents(), code(), credential()).prop_map(|(planned, actual, currency, credential)| Funding {
        planned,
        actual,
        currency,
        credential,
        ..Funding::default()
    });
    let (lines, funds) = (prop::collection::vec(line, 0..12), prop::collection::vec(funding, 0..6));
    (lines, funds, 1i64..3_000_000, 0u32..=1_000).prop_map(|(lines, funding, rate, contingency)| {
        let rates = vec![ExchangeRate { currency: currency("USD"), rate: Amount(Decimal::new(rate, 6)), as_of: None }];
        let settings = MoneySettings { rates, contingency: f64::from(contingency) / 10.0, ..MoneySettings::default() };
        let credentials = (1..4).map(|n| Priced { id: id(n).0, title: n.to_string(), competencies: 1 }).collect();
        Records { settings, lines, funding, credentials, ..Records::default() }
    })
}

fn all_of(totals: &MoneyTotals) -> [Decimal; 10] {
    let MoneyTotals {
        planned,
        actual,
        opportunity_planned,
        opportunity_actual,
        funding_planned,
        funding_actual,
        contingency,
        net_planned,
        net_actual,
        net_expected,
    } = totals;
    [
        planned.0,
        actual.0,
        opportunity_planned.0,
        opportunity_actual.0,
        funding_planned.0,
        funding_actual.0,
        contingency.0,
        net_planned.0,
        net_actual.0,
        net_expected.0,
    ]
}

proptest! {
    #[test]
    fn every_total_is_the_sum_of_its_rows(records in budget()) {
        let overview = counted(&records);
        let totals = &overview.totals;
        let mut rows = [Decimal::ZERO; 10];
        for row in &overview.by_credential {
            rows.iter_mut().zip(all_of(&row.totals)).for_each(|(sum, amount)| *sum += amount);
        }
        prop_assert_eq!(rows, all_of(totals));
        let planned = totals.planned.0 + totals.opportunity_planned.0;
        let actual = totals.actual.0 + totals.opportunity_actual.0;
        prop_assert_eq!(overview.by_category.iter().map(|it| it.planned.0).sum::<Decimal>(), planned);
        prop_assert_eq!(overview.by_category.iter().map(|it| it.actual.0).sum::<Decimal>(), actual);
        prop_assert_eq!(overview.by_month.iter().map(|it| it.planned.0).sum::<Decimal>(), planned);
        prop_assert_eq!(overview.by_month.iter().map(|it| it.actual.0).sum::<Decimal>(), actual);
        prop_assert_eq!(totals.net_planned.0, planned + totals.contingency.0 - totals.funding_planned.0);
        prop_assert_eq!(totals.net_actual.0, actual - totals.funding_actual.0);
    }

    #[test]
    fn each_currency_sums_to_its_own_records(records in budget()) {
        for own in counted(&records).by_currency {
            let of = |it: &Currency| *it == own.currency;
            let planned: Decimal = records.lines.iter().filter(|it| of(&it.currency)).filter_map(|it| it.planned).map(|it| it.0).sum();
            let funded: Decimal = records.funding.iter().filter(|it| of(&it.currency)).filter_map(|it| it.actual).map(|it| it.0).sum();
            prop_assert_eq!(own.totals.planned.0 + own.totals.opportunity_planned.0, planned);
            prop_assert_eq!(own.totals.funding_actual.0, funded);
        }
    }

    #[test]
    fn the_order_of_records_changes_no_sum(records in budget()) {
        let mut turned = records.clone();
        turned.lines.reverse();
        turned.funding.reverse();
        prop_assert_eq!(counted(&records), counted(&turned));
    }
}
