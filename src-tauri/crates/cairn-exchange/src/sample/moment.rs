//! Dates relative to the day the sample is looked at.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::Value;

/// Puts dates in the place of `{today-30}`, `{monday+2}`, `{month-14}` and `{year-9}` wherever a text begins with one;
/// notes the first that cannot be resolved.
pub(super) fn resolve(value: &mut Value, today: NaiveDate, missing: &mut Option<String>) {
    match value {
        Value::String(text) => {
            if let Some((moment, rest)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) {
                match date(moment, today) {
                    Some(date) => *text = date + rest,
                    None => *missing = missing.take().or(Some(text.clone())),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, today, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|field| resolve(field, today, missing)),
        _ => {}
    }
}

fn date(moment: &str, today: NaiveDate) -> Option<String> {
    let (unit, offset) = moment.split_at_checked(moment.find(['+', '-'])?)?;
    let offset: i32 = offset.parse().ok()?;
    let days = |from: NaiveDate| {
        let away = Days::new(offset.unsigned_abs().into());
        if offset < 0 { from.checked_sub_days(away) } else { from.checked_add_days(away) }
    };
    let months = |count: i32| {
        let away = Months::new(count.unsigned_abs());
        if count < 0 { today.checked_sub_months(away) } else { today.checked_add_months(away) }
    };
    Some(match unit {
        "today" => days(today)?.to_string(),
        "monday" => days(today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?)?.to_string(),
        "month" => months(offset)?.format("%Y-%m").to_string(),
        "year" => months(offset.checked_mul(12)?)?.format("%Y").to_string(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(today: &str, moment: &str) -> Option<String> {
        date(moment, today.parse().unwrap())
    }

    #[test]
    fn a_moment_is_counted_from_the_day() {
        assert_eq!(on("2026-11-22", "today+9").as_deref(), Some("2026-12-01"));
        assert_eq!(on("2026-11-22", "monday-7").as_deref(), Some("2026-11-09"), "a Sunday belongs to the week before");
        assert_eq!(on("2026-11-23", "monday+0").as_deref(), Some("2026-11-23"));
        assert_eq!(on("2026-01-31", "month+1").as_deref(), Some("2026-02"));
        assert_eq!(on("2024-02-29", "year-9").as_deref(), Some("2015"));
        assert_eq!(on("2026-11-22", "soon"), None);
    }
}
