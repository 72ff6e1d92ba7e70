//! Dates in credentials: XML Schema 1.1 `dateTimeStamp` (§3.4.28), which always has a zone (VC Data Model 2.0 §4.9).

use crate::text::shown;
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;

/// Reads a date with its time and zone; None where either is missing or the text is anything else.
///
/// By hand, because readers of RFC 3339 take what XML Schema does not (a leap second, a zone of a whole day, a space) and leave out
/// what it has: the end of a day as `24:00:00`, and years before the first.
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    let (date, rest) = text.split_once('T')?;
    let (sign, date) = date.strip_prefix('-').map_or((1, date), |date| (-1, date));
    let [year, month, day] = three(date, '-')?;
    if year.len() < 4 || (year.len() > 4 && year.starts_with('0')) {
        return None;
    }
    let year = i32::try_from(number(year)?).ok()?;
    let day = NaiveDate::from_ymd_opt(sign * year, two(month)?, two(day)?)?;
    let (time, zone) = rest.split_at(rest.find(['Z', '+', '-'])?);
    let (clock, fraction) = time.split_once('.').map_or((time, "0"), |(clock, fraction)| (clock, fraction));
    if fraction.is_empty() || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let nanoseconds = number(&format!("{fraction:0<9}")[..9])?;
    let [hour, minute, second] = three(clock, ':')?;
    let local = match (two(hour)?, two(minute)?, two(second)?) {
        (24, 0, 0) if fraction.bytes().all(|digit| digit == b'0') => day.succ_opt()?.and_hms_opt(0, 0, 0)?,
        // From 60 on the number of nanoseconds would mean a leap second to chrono, which XML Schema does not know.
        (hour, minute, second) => day.and_hms_nano_opt(hour, minute, second, nanoseconds)?,
    };
    Some(local.checked_sub_signed(offset(zone)?)?.and_utc())
}

/// A zone: `Z`, or up to fourteen hours before or after.
fn offset(zone: &str) -> Option<TimeDelta> {
    if zone == "Z" {
        return Some(TimeDelta::zero());
    }
    let (sign, rest) = zone.strip_prefix('+').map(|rest| (1, rest)).or_else(|| zone.strip_prefix('-').map(|rest| (-1, rest)))?;
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let minutes = (minutes < 60 && hours * 60 + minutes <= 14 * 60).then_some(hours * 60 + minutes)?;
    Some(TimeDelta::minutes(sign * i64::from(minutes)))
}

/// Three parts and no more.
fn three(text: &str, between: char) -> Option<[&str; 3]> {
    let mut parts = text.split(between);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

fn two(text: &str) -> Option<u32> {
    number(text).filter(|_| text.len() == 2)
}

/// Digits alone: no sign, nothing that other scripts take for a digit.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|digit| digit.is_ascii_digit()).then(|| text.parse().ok())?
}

/// What stands where a date should, as it is written: a text, or any other JSON.
pub fn as_written(value: &Value) -> String {
    shown(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
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
        for (text, utc) in [
            ("2026-11-22T12:00:00+02:00", "2026-11-22T10:00:00Z"),
            ("2026-11-22T12:00:00.999-14:00", "2026-11-23T02:00:00Z"),
            ("2023-12-31T24:00:00Z", "2024-01-01T00:00:00Z"),
            ("2023-12-31T24:00:00.000Z", "2024-01-01T00:00:00Z"),
            ("-0044-03-15T00:00:00Z", "-0044-03-15T00:00:00Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
        ] {
            assert_eq!(format(parse(text).unwrap()), utc, "{text}");
        }
        assert_eq!(parse("2026-11-22T12:00:00.123456Z").unwrap().timestamp_subsec_micros(), 123_456);
        assert!(parse("12026-11-22T12:00:00.1234567891234Z").is_some());
    }

    #[test]
    fn whatever_xml_schema_does_not_allow_is_refused() {
        for text in [
            "2026-11-22T12:00:00",
            "2026-11-22",
            "2026-11-22 12:00:00Z",
            "2026-11-22t12:00:00Z",
            "2026-11-22T12:00:00z",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-22T12:00:60Z",
            "2026-11-22T12:00:60.5Z",
            "2026-11-22T24:00:01Z",
            "2026-11-22T24:00:00.1Z",
            "2026-11-22T12:00:00+14:01",
            "2026-11-22T12:00:00+15:00",
            "2026-11-22T12:00:00+13:60",
            "2026-11-22T12:00:00\u{2212}01:00",
            "2026-11-22T12:00:00+0100",
            "2026-11-22T12:00:00.Z",
            "2026-11-22T12:00Z",
            "2026-11-22T1:00:00Z",
            "+2026-11-22T12:00:00Z",
            "02026-11-22T12:00:00Z",
            "226-11-22T12:00:00Z",
            "999999999999-11-22T12:00:00Z",
            "2026-11-22T12:00:00ZZ",
            "",
            "T",
            "soon",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
