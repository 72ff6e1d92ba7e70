//! What can be wrong with a record, said with its place.

use serde::Serialize;

use crate::date::PartialDate;
use crate::text::{LONGEST_LINE, LONGEST_TEXT};

/// A rule that a field broke. Serialised as `{"rule": "kebab-case", …parameters}`; the words are the caller's.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Rule {
    /// The field must not be empty.
    Required,
    /// The text is longer than `most` characters.
    TooLong {
        /// The longest allowed, in Unicode scalar values.
        most: usize,
    },
    /// The end lies before the start.
    EndBeforeStart {
        /// JSON pointer to the field with the start.
        start: String,
    },
    /// An amount below zero.
    Negative,
    /// A number outside what the field can mean.
    OutOfRange {
        /// Smallest allowed.
        least: f64,
        /// Largest allowed.
        most: f64,
    },
    /// More decimal places than the currency has.
    TooPrecise {
        /// Decimal places of the currency (ISO 4217).
        places: u32,
    },
    /// An amount of nothing, or below.
    NotPositive,
    /// The same as something before it, where each may stand once.
    Repeated,
    /// Not an ISO 4217 code.
    UnknownCurrency,
    /// Not an `http`, `https` or `mailto` address.
    NotAnAddress,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a BCP 47 language tag.
    NotALanguage,
}

/// One broken rule and the field that broke it, as a JSON pointer (RFC 6901).
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Problem {
    /// JSON pointer to the field, such as `/end` or `/rubric/0/criterion`.
    pub path: String,
    /// What is wrong there.
    #[serde(flatten)]
    pub rule: Rule,
}

/// Everything found wrong with one record.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes that the field at `path` broke `rule`.
    pub fn add(&mut self, path: impl Into<String>, rule: Rule) {
        self.0.push(Problem { path: path.into(), rule });
    }

    /// A one-line text that must be there.
    pub fn required(&mut self, path: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(path, Rule::Required);
        }
        self.line(path, text);
    }

    /// A one-line text.
    pub fn line(&mut self, path: &str, text: &str) {
        self.at_most(path, text, LONGEST_LINE);
    }

    /// A text of several lines.
    pub fn text(&mut self, path: &str, text: &str) {
        self.at_most(path, text, LONGEST_TEXT);
    }

    /// Each of several texts.
    pub fn texts(&mut self, path: &str, texts: &[String]) {
        for (index, text) in texts.iter().enumerate() {
            self.text(&format!("{path}/{index}"), text);
        }
    }

    fn at_most(&mut self, path: &str, text: &str, most: usize) {
        // Bytes bound characters from above, so most texts are never counted.
        if text.len() > most && text.chars().count() > most {
            self.add(path, Rule::TooLong { most });
        }
    }

    /// A span of time whose end, where both are known, must not lie before its start; each with its path.
    pub fn span(&mut self, (from, start): (&str, Option<PartialDate>), (path, end): (&str, Option<PartialDate>)) {
        if let (Some(start), Some(end)) = (start, end)
            && end.last_day() < start.first_day()
        {
            self.add(path, Rule::EndBeforeStart { start: from.to_owned() });
        }
    }

    /// A number that must lie in `least..=most`; not a number is refused.
    pub fn range(&mut self, path: &str, value: f64, least: f64, most: f64) {
        if !(least..=most).contains(&value) {
            self.add(path, Rule::OutOfRange { least, most });
        }
    }

    /// A web or mail address, or nothing.
    pub fn address(&mut self, path: &str, url: &str) {
        self.line(path, url);
        if url.is_empty() {
            return;
        }
        let rest = ["https://", "http://", "mailto:"]
            .iter()
            .find_map(|scheme| url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &url[scheme.len()..]));
        if rest.is_none_or(|rest| rest.is_empty() || rest.chars().any(|c| c.is_whitespace() || c.is_control())) {
            self.add(path, Rule::NotAnAddress);
        }
    }

    /// An e-mail address, or nothing. Only the shape `something@something` is asked (RFC 5321 allows almost anything).
    pub fn email(&mut self, path: &str, email: &str) {
        self.line(path, email);
        if email.is_empty() {
            return;
        }
        let plausible =
            email.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.split('.').all(|label| !label.is_empty()))
                && !email.chars().any(|c| c.is_whitespace() || c.is_control());
        if !plausible {
            self.add(path, Rule::NotAnEmail);
        }
    }

    /// `Ok` where nothing was found.
    pub fn into_result(self) -> Result<(), Problems> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", problem.path, problem.rule)?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Rule::Required => write!(f, "must not be empty"),
            Rule::TooLong { most } => write!(f, "is longer than {most} characters"),
            Rule::EndBeforeStart { start } => write!(f, "lies before {start}"),
            Rule::Negative => write!(f, "must not be negative"),
            Rule::OutOfRange { least, most } => write!(f, "must lie between {least} and {most}"),
            Rule::TooPrecise { places } => write!(f, "has more than the currency's {places} decimal places"),
            Rule::NotPositive => write!(f, "must be more than 0"),
            Rule::Repeated => write!(f, "stands there twice"),
            Rule::UnknownCurrency => write!(f, "is not an ISO 4217 currency code"),
            Rule::NotAnAddress => write!(f, "is not an http, https or mailto address"),
            Rule::NotAnEmail => write!(f, "is not an e-mail address"),
            Rule::NotALanguage => write!(f, "is not a language tag such as en or pt-BR"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(check: impl FnOnce(&mut Problems)) -> Vec<Rule> {
        let mut problems = Problems::default();
        check(&mut problems);
        problems.0.into_iter().map(|problem| problem.rule).collect()
    }

    #[test]
    fn addresses_keep_to_three_schemes() {
        assert!(rules(|p| p.address("/url", "HTTPS://example.org/ü")).is_empty());
        for wrong in ["javascript:alert(1)", "file:///etc/passwd", "example.org", "https://", "https://a b"] {
            assert_eq!(rules(|p| p.address("/url", wrong)), [Rule::NotAnAddress], "{wrong}");
        }
    }

    #[test]
    fn a_span_may_end_within_the_year_it_started() {
        let day = |text: &str| text.parse().ok();
        assert!(rules(|p| p.span(("/start", day("2024-05")), ("/end", day("2024")))).is_empty());
        let broken = rules(|p| p.span(("/start", day("2024-05")), ("/end", day("2024-04-30"))));
        assert_eq!(broken, [Rule::EndBeforeStart { start: "/start".into() }]);
    }

    #[test]
    fn text_is_measured_in_characters() {
        assert!(rules(|p| p.line("/name", &"ü".repeat(LONGEST_LINE))).is_empty());
        assert_eq!(rules(|p| p.line("/name", &"u".repeat(LONGEST_LINE + 1))), [Rule::TooLong { most: LONGEST_LINE }]);
    }

    #[test]
    fn not_a_number_is_out_of_range() {
        assert_eq!(rules(|p| p.range("/hours", f64::NAN, 0.0, 1.0)), [Rule::OutOfRange { least: 0.0, most: 1.0 }]);
    }
}
