//! Dates as people know them: a year, a month of a year, or a day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize, de};

/// A date that knows its precision: `2024`, `2024-03` or `2024-03-09` (ISO 8601 reduced precision, as JSON Resume
/// writes it). Ordered by first day, then the coarser first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(as = "String")]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

/// How much of a [`PartialDate`] is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// The year alone.
    Year,
    /// The month of a year.
    Month,
    /// The day.
    Day,
}

/// The text is no date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, years 1900 to 2200.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date like 2024, 2024-03 or 2024-03-09, in the years from 1900 to 2200")]
pub struct NotADate(pub String);

/// The text is no day of the form `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a day like 2024-03-09")]
pub struct NotADay(pub String);

/// The text is no time on the learner's own clock, of the form `YYYY-MM-DDTHH:MM`, with a space for the `T` or with seconds too.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a day and time like 2024-03-09T18:30, on your own clock and so without a time zone")]
pub struct NotATime(pub String);

/// As much of a text as an error repeats.
fn repeated(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A day.
///
/// # Errors
/// [`NotADay`].
pub fn day(text: &str) -> Result<NaiveDate, NotADay> {
    text.parse().map_err(|_| NotADay(repeated(text)))
}

/// A time on the learner's own clock (RFC 5545 "floating" time); the seconds may be left out.
///
/// # Errors
/// [`NotATime`].
pub fn time(text: &str) -> Result<NaiveDateTime, NotATime> {
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .ok_or_else(|| NotATime(repeated(text)))
}

/// For serde: a day or nothing.
pub(crate) fn read_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    Option::<String>::deserialize(from)?.map(|text| day(&text)).transpose().map_err(de::Error::custom)
}

/// For serde: a time or nothing.
pub(crate) fn read_time<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDateTime>, D::Error> {
    Option::<String>::deserialize(from)?.map(|text| time(&text)).transpose().map_err(de::Error::custom)
}

impl PartialDate {
    /// The day itself.
    pub fn day(day: NaiveDate) -> Self {
        PartialDate { first: day, precision: Precision::Day }
    }

    /// The year, month or day that `day` lies in.
    pub(crate) fn within(day: NaiveDate, precision: Precision) -> Self {
        let first = match precision {
            Precision::Day => Some(day),
            Precision::Month => day.with_day(1),
            Precision::Year => day.with_ordinal(1),
        };
        PartialDate { first: first.unwrap_or(day), precision }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The last day it can mean.
    pub fn last_day(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        // Years are bounded at parsing, far inside what chrono can count.
        (self.first + Months::new(months)).pred_opt().unwrap_or(self.first)
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.first.year()
    }

    /// The month, 1 to 12, where it is known.
    pub fn month(self) -> Option<u32> {
        (self.precision >= Precision::Month).then(|| self.first.month())
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let wrong = || NotADate(repeated(text));
        let precision = match text.len() {
            4 => Precision::Year,
            7 => Precision::Month,
            10 => Precision::Day,
            _ => return Err(wrong()),
        };
        let digits_and_dashes =
            text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        if !digits_and_dashes {
            return Err(wrong());
        }
        let number = |part: Option<&str>| part.map_or(Ok(1), |digits| digits.parse::<u32>().map_err(|_| wrong()));
        let year = number(text.get(..4))?;
        if !(1900..=2200).contains(&year) {
            return Err(wrong());
        }
        let first = NaiveDate::from_ymd_opt(year as i32, number(text.get(5..7))?, number(text.get(8..10))?).ok_or_else(wrong)?;
        Ok(PartialDate { first, precision })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = match self.precision {
            Precision::Year => "%Y",
            Precision::Month => "%Y-%m",
            Precision::Day => "%Y-%m-%d",
        };
        self.first.format(form).fmt(f)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> String {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_precision_knows_its_span() {
        let span = |text: &str| text.parse::<PartialDate>().map(|date| (date.first_day().to_string(), date.last_day().to_string()));
        assert_eq!(span("2024"), Ok(("2024-01-01".into(), "2024-12-31".into())));
        assert_eq!(span("2024-02"), Ok(("2024-02-01".into(), "2024-02-29".into())));
        assert_eq!(span("2024-02-29"), Ok(("2024-02-29".into(), "2024-02-29".into())));
    }

    #[test]
    fn what_no_calendar_holds_is_refused() {
        for text in ["", "24", "2023-02-29", "2024-13", "2024-3", "2024/03", "99999", "1899", "２０２４", "2024-00", "+024"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_may_be_written_as_people_write_it() {
        let whole = time("2024-02-20T10:00:00").unwrap();
        for text in ["2024-02-20T10:00", "2024-02-20 10:00", "2024-02-20 10:00:00", "2024-02-20T10:00:00.000"] {
            assert_eq!(time(text), Ok(whole), "{text}");
        }
        for text in ["2024-02-20T10:00:00Z", "2024-02-20T10:00+01:00", "2024-02-20", "10:00", "2024-02-30T10:00", ""] {
            assert!(time(text).unwrap_err().to_string().contains("like 2024-03-09T18:30"), "{text}");
        }
        assert_eq!(day("20.2.2024").unwrap_err().to_string(), "“20.2.2024” is not a day like 2024-03-09");
    }

    proptest! {
        #[test]
        fn every_date_survives_its_own_text(days in 0u64..109_000, precision in 0..3) {
            let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
            let text: String = day.to_string().chars().take(match precision { 0 => 4, 1 => 7, _ => 10 }).collect();
            let date: PartialDate = text.parse().unwrap();
            prop_assert_eq!(date.to_string(), text);
            prop_assert!(date.first_day() <= day && day <= date.last_day());
        }

        #[test]
        fn no_text_panics(text in ".{0,12}") {
            let _ = (text.parse::<PartialDate>(), day(&text), time(&text));
        }
    }
}
