//! Figures as a résumé says them: "Deploy time 40 → 10 min (−75 %)".

use cairn_domain::story::{Metric, Story};

use super::words::Words;

/// What stands between the parts of a figure, which no line may break: a no-break space.
const BOUND: char = '\u{a0}';

/// The change a metric tells, or nothing where it tells none. Its figures stay together on a line.
pub(crate) fn metric(words: &Words, metric: &Metric) -> String {
    let Some(after) = metric.after.filter(|_| metric.is_measured()) else { return String::new() };
    let (what, unit) = (metric.what.trim(), metric.unit.trim());
    let unit = if unit.is_empty() { String::new() } else { format!("{BOUND}{unit}") };
    let Some(before) = metric.before else { return format!("{what}: {}{unit}", number(words, after)) };
    let change = format!("{what} {}{BOUND}→{BOUND}{}{unit}", number(words, before), number(words, after));
    match metric.change_percent() {
        // Per cent of per cent would be read as points.
        Some(percent) if !unit.contains('%') && percent.round() != 0.0 => format!("{change} ({}{BOUND}%)", signed(words, percent)),
        _ => change,
    }
}

/// What came of a story, with its figure where the words do not hold it already. One line.
pub(crate) fn outcome(words: &Words, story: &Story) -> String {
    let told = story.result.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let Some(measured) = story.metric.as_ref().filter(|metric| metric.is_measured()) else { return told.to_owned() };
    if told.is_empty() {
        return metric(words, measured);
    }
    let holds = |value: Option<f64>| value.is_none_or(|value| holds_figure(told, &number(words, value)));
    if holds(measured.before) && holds(measured.after) {
        return told.to_owned();
    }
    let stop = if told.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{told}{stop} {}", metric(words, measured))
}

/// Whether `text` holds the figure as a number of its own, not as a part of another.
fn holds_figure(text: &str, figure: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(figure).any(|(at, _)| !digit(text[..at].chars().next_back()) && !digit(text[at + figure.len()..].chars().next()))
}

/// At most three decimal places, groups of three digits from ten thousand on.
pub(crate) fn number(words: &Words, value: f64) -> String {
    let [point, group] = words.separators;
    let plain = format!("{:.3}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut said = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at) % 3 == 0 {
            said.push_str(group);
        }
        said.push(digit);
    }
    if !fraction.is_empty() {
        said = format!("{said}{point}{fraction}");
    }
    if value < 0.0 && said != "0" { format!("−{said}") } else { said }
}

fn signed(words: &Words, percent: f64) -> String {
    let rounded = if percent.abs() < 10.0 { (percent * 10.0).round() / 10.0 } else { percent.round() };
    let sign = if rounded > 0.0 { "+" } else { "" };
    format!("{sign}{}", number(words, rounded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn en(what: &str, before: Option<f64>, after: Option<f64>, unit: &str) -> String {
        let said = metric(Words::of("en"), &Metric { what: what.into(), before, after, unit: unit.into() });
        said.replace(BOUND, " ")
    }

    #[test]
    fn a_metric_says_before_after_and_by_how_much() {
        assert_eq!(en("Deploy time", Some(40.0), Some(10.0), "min"), "Deploy time 40 → 10 min (−75 %)");
        assert_eq!(en("Revenue", Some(1_200_000.0), Some(1_250_000.0), "EUR"), "Revenue 1,200,000 → 1,250,000 EUR (+4.2 %)");
        assert_eq!(en("Incidents", None, Some(3.0), ""), "Incidents: 3");
        assert_eq!(en("Incidents", Some(0.0), Some(3.0), "a week"), "Incidents 0 → 3 a week");
        assert_eq!(en("Error rate", Some(4.0), Some(0.5), "%"), "Error rate 4 → 0.5 %");
        assert_eq!(en("Deploy time", Some(40.0), None, "min"), "");
    }

    #[test]
    fn the_figures_of_a_metric_stay_together() {
        let of = Metric { what: "Alerts at night".into(), before: Some(9.0), after: Some(3.0), unit: "a week".into() };
        let said = metric(Words::of("en"), &of);
        assert_eq!(said.split(' ').collect::<Vec<_>>(), ["Alerts", "at", "night", "9\u{a0}→\u{a0}3\u{a0}a", "week", "(−67\u{a0}%)"]);
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(Words::of("de"), 12_345.5), "12.345,5");
        assert_eq!(number(Words::of("fr"), -12_345.0), "−12\u{a0}345");
        assert_eq!(number(Words::of("en"), -0.000_1), "0");
    }

    #[test]
    fn an_outcome_repeats_no_figure() {
        let story = |result: &str| Story {
            result: result.into(),
            metric: Some(Metric { what: "Deploy time".into(), before: Some(40.0), after: Some(10.0), unit: "min".into() }),
            ..Story::default()
        };
        let said = |result: &str| outcome(Words::of("en"), &story(result)).replace(BOUND, " ");
        assert_eq!(said(""), "Deploy time 40 → 10 min (−75 %)");
        assert_eq!(said("Releases became routine\nand more"), "Releases became routine. Deploy time 40 → 10 min (−75 %)");
        assert_eq!(said("Cut deploys from 40 to 10 minutes."), "Cut deploys from 40 to 10 minutes.");
        assert_eq!(said("Cut 140 deploys to 10."), "Cut 140 deploys to 10. Deploy time 40 → 10 min (−75 %)");
    }
}
