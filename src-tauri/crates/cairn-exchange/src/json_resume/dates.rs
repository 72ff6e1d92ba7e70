//! Dates as résumés really write them.

use cairn_domain::PartialDate;

/// What a text in the place of a date says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// A date.
    Date(PartialDate),
    /// That it still runs.
    Open,
    /// Nothing that is a date.
    Else,
}

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; the day of a timestamp; slashes for dashes; months and days of one digit; and
/// the usual words for "it still runs".
pub(super) fn read(text: &str) -> Said {
    let text = text.trim();
    if let Ok(date) = text.parse() {
        return Said::Date(date);
    }
    if ["present", "current", "now", "today", "ongoing"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Said::Open;
    }
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let plain: Vec<String> = day.split(['-', '/']).map(|part| format!("{part:0>2}")).collect();
    plain.join("-").parse().map_or(Said::Else, Said::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_understood() {
        for (text, date) in [
            ("2024", "2024"),
            (" 2024-03 ", "2024-03"),
            ("2024-03-09T12:00:00.000Z", "2024-03-09"),
            ("2024-03-09 12:00", "2024-03-09"),
            ("2024/3/9", "2024-03-09"),
            ("2024-3", "2024-03"),
        ] {
            assert_eq!(read(text), Said::Date(date.parse().unwrap()), "{text}");
        }
        assert_eq!(read("Present"), Said::Open);
    }

    #[test]
    fn what_could_mean_two_days_is_not_guessed() {
        for text in ["03/09/2024", "Spring 2019", "2024-13", "0001-01-01", "T", "1850", "20240309"] {
            assert_eq!(read(text), Said::Else, "{text}");
        }
    }
}
