//! Dates in credentials: XML Schema `dateTimeStamp`, which always has a zone (VC Data Model 2.0 §4.9).

use chrono::{DateTime, SecondsFormat, Utc};

/// Reads a date with its time and zone; None where either is missing or the text is anything else.
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    // RFC 3339 also allows a space or a small `t`, XML Schema does not.
    let separated = text.as_bytes().get(10) == Some(&b'T');
    let date = DateTime::parse_from_rfc3339(text).ok().filter(|_| separated && !text.contains('z'))?;
    Some(date.with_timezone(&Utc))
}

/// Writes a date in UTC to the second, as credentials carry it.
pub fn format(date: DateTime<Utc>) -> String {
    date.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_with_a_zone_is_read_to_utc() {
        assert_eq!(format(parse("2026-11-22T12:00:00+02:00").unwrap()), "2026-11-22T10:00:00Z");
        assert!(parse("2026-11-22T12:00:00.123456Z").is_some());
    }

    #[test]
    fn a_date_without_zone_or_time_is_refused() {
        for text in ["2026-11-22T12:00:00", "2026-11-22", "2026-11-22 12:00:00Z", "2026-13-01T00:00:00Z", "", "soon"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
