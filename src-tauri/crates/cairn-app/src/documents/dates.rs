//! Dates as a résumé says them: to the month at most, in the collection's language.

use cairn_domain::PartialDate;

use super::words::{Dates, Words};

/// "Mar 2021", "03/2021", or the year where that is all there is. Days are for calendars.
pub(crate) fn date(words: &Words, date: PartialDate) -> String {
    let year = date.year();
    match (date.month(), &words.dates) {
        (None, _) => year.to_string(),
        (Some(month), Dates::Named(names)) => format!("{} {year}", names[month as usize - 1]),
        (Some(month), Dates::MonthFirst(separator)) => format!("{month:02}{separator}{year}"),
        (Some(month), Dates::YearFirst) => format!("{year}-{month:02}"),
    }
}

/// "Mar 2021 – present", "2019 – 2021", or one date where both ends say the same. Nothing where there is no date.
pub(crate) fn span(words: &Words, start: Option<PartialDate>, end: Option<PartialDate>) -> String {
    let told = |at: Option<PartialDate>| at.map(|at| date(words, at));
    match (told(start), told(end)) {
        (None, None) => String::new(),
        (None, Some(end)) => end,
        (Some(start), None) => format!("{start} – {}", words.present),
        (Some(start), Some(end)) if start == end => start,
        (Some(start), Some(end)) => format!("{start} – {end}"),
    }
}

/// A date, or nothing.
pub(crate) fn maybe(words: &Words, at: Option<PartialDate>) -> String {
    at.map(|at| date(words, at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(language: &str, start: &str, end: &str) -> String {
        span(Words::of(language), start.parse().ok(), end.parse().ok())
    }

    #[test]
    fn a_span_says_no_more_than_is_known() {
        assert_eq!(said("en", "2021-03-09", ""), "Mar 2021 – present");
        assert_eq!(said("en", "2019", "2021-03"), "2019 – Mar 2021");
        assert_eq!(said("en", "", "2021"), "2021");
        assert_eq!(said("en", "2021-03-01", "2021-03-31"), "Mar 2021");
        assert_eq!(said("en", "", ""), "");
    }

    #[test]
    fn months_are_figures_where_the_language_has_no_names_here() {
        assert_eq!(said("de", "2024-03", ""), "03/2024 – heute");
        assert_eq!(said("ru", "2024-03", "2025"), "03.2024 – 2025");
        assert_eq!(said("sv", "2024-03", ""), "2024-03 – nu");
    }
}
