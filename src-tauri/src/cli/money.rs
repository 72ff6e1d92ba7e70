//! Money on the command line: what learning costs, who pays, what it returns.

use cairn_app::money::{CredentialMoney, MoneyOverview, MoneyTotals};
use cairn_app::{App, Kind};
use chrono::Local;
use serde_json::{Value, json};

use super::Ended;
use super::print::Printer;

/// The widest a name is printed, in characters.
const WIDEST_NAME: usize = 40;

/// The columns of every table.
const COLUMNS: [&str; 5] = ["planned", "spent", "promised", "received", "net"];

pub fn money(app: &App, printer: &Printer) -> Result<(), Ended> {
    let money = app.money(Local::now().date_naive())?;
    if money.by_currency.is_empty() && money.by_credential.is_empty() {
        printer.nothing("No money is logged yet: “cairn add budget-line”, “cairn add funding” and “cairn add expected-return” do that.");
    }
    if printer.json || !(money.by_currency.is_empty() && money.by_credential.is_empty()) {
        let rate = if printer.json || money.missing_rates.is_empty() { String::new() } else { how_to_give_a_rate(app, &money)? };
        printer.result(&money, || told(&money, &rate));
    }
    Ok(())
}

fn told(money: &MoneyOverview, rate: &str) -> String {
    let home = &money.home_currency;
    let mut table = Table::default();
    table.row(&format!("All, in {home}"), &money.totals);
    table.notes(beside(&money.totals));
    if money.by_currency.len() > 1 || !money.missing_rates.is_empty() {
        table.head("By currency");
        money.by_currency.iter().for_each(|own| table.row(&format!("  {}", own.currency), &own.totals));
    }
    table.head(&format!("By credential, in {home}"));
    for credential in &money.by_credential {
        let name = if credential.title.is_empty() { "(no credential)" } else { &credential.title };
        table.row(&format!("  {name}"), &credential.totals);
        table.notes(returned(credential, home));
    }
    let mut text = table.text();
    text.push_str("\nnet: what it comes to, as paid or else as planned with contingency and opportunity costs, less funding");
    if !money.missing_rates.is_empty() {
        let missing = names(&money.missing_rates);
        text.push_str(&format!("\nNot in what is in {home}: {missing}, for want of a rate. Give one, in {home} for one of it:\n  {rate}"));
    }
    text
}

/// What the columns do not hold.
fn beside(totals: &MoneyTotals) -> Vec<String> {
    let mut notes = Vec::new();
    if !totals.opportunity_planned.0.is_zero() || !totals.opportunity_actual.0.is_zero() {
        notes.push(format!("opportunity costs: {} planned, {} so far", totals.opportunity_planned, totals.opportunity_actual));
    }
    if !totals.contingency.0.is_zero() {
        notes.push(format!("contingency: {}", totals.contingency));
    }
    notes
}

/// What a credential returns, and what stands in the way of saying so.
fn returned(credential: &CredentialMoney, home: &impl std::fmt::Display) -> Vec<String> {
    let mut notes = beside(&credential.totals);
    if let Some(returns) = &credential.returns {
        let payback = match returns.payback_months {
            Some(0) => "paid back at once".to_owned(),
            Some(1) => "paid back in 1 month".to_owned(),
            Some(months) => format!("paid back in {months} months"),
            None => "not paid back".to_owned(),
        };
        notes.push(format!(
            "returns: {payback}; net present value {}; {} a month expected, {} in all",
            returns.net_present_value, returns.monthly_gain_expected, returns.total_expected
        ));
    }
    if let Some(each) = &credential.cost_per_competency {
        notes.push(format!("cost per competency: {each}"));
    }
    if !credential.missing_rates.is_empty() {
        notes.push(format!("without {}, which has no rate in {home}; so nothing is said of returns", names(&credential.missing_rates)));
    }
    notes
}

fn names(currencies: &[impl std::fmt::Display]) -> String {
    currencies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The command that gives the rates that are missing, beside those that there are: an edit replaces the whole list.
fn how_to_give_a_rate(app: &App, money: &MoneyOverview) -> Result<String, Ended> {
    let settings = app.single(Kind::MoneySettings)?;
    let mut rates: Vec<Value> = settings.fields["rates"].as_array().cloned().unwrap_or_default();
    rates.extend(money.missing_rates.iter().map(|currency| json!({ "currency": currency, "rate": "RATE" })));
    let patch = json!({ "rates": rates });
    Ok(match settings.id {
        Some(id) => format!("echo '{patch}' | cairn edit money-settings {id}"),
        None => format!("echo '{patch}' | cairn add money-settings"),
    })
}

/// Rows of names and amounts, and notes below them.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
}

enum Row {
    Amounts(String, [String; COLUMNS.len()]),
    Words(String),
}

impl Table {
    fn row(&mut self, name: &str, totals: &MoneyTotals) {
        let amounts = [&totals.planned, &totals.actual, &totals.funding_planned, &totals.funding_actual, &totals.net_expected];
        let mut name = name.to_owned();
        if let Some((cut, _)) = name.char_indices().nth(WIDEST_NAME) {
            name.truncate(cut);
            name.push('…');
        }
        self.rows.push(Row::Amounts(name, amounts.map(|amount| amount.to_string())));
    }

    fn head(&mut self, words: &str) {
        self.rows.push(Row::Words(words.to_owned()));
    }

    fn notes(&mut self, notes: Vec<String>) {
        self.rows.extend(notes.into_iter().map(|note| Row::Words(format!("    {note}"))));
    }

    fn text(&self) -> String {
        let length = |text: &str| text.chars().count();
        let mut widths = COLUMNS.map(length);
        let mut widest = 0;
        for row in &self.rows {
            let Row::Amounts(name, amounts) = row else { continue };
            widest = widest.max(length(name));
            widths.iter_mut().zip(amounts).for_each(|(width, amount)| *width = (*width).max(length(amount)));
        }
        let line = |name: &str, cells: [&str; COLUMNS.len()]| {
            let cells = cells.iter().zip(widths).map(|(cell, width)| format!("  {cell:>width$}"));
            format!("{name:<widest$}{}", cells.collect::<String>())
        };
        let rows = self.rows.iter().map(|row| match row {
            Row::Amounts(name, amounts) => line(name, amounts.each_ref().map(String::as_str)),
            Row::Words(words) => words.clone(),
        });
        std::iter::once(line("", COLUMNS)).chain(rows).collect::<Vec<_>>().join("\n")
    }
}
