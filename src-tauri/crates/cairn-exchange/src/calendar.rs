//! Study blocks, deadlines, milestones, renewals and the credits they ask for as iCalendar (RFC 5545).

use std::collections::HashMap;

use cairn_domain::credential::{Credential, CredentialStatus};
use cairn_domain::id::CredentialId;
use cairn_domain::reflection::Milestone;
use cairn_domain::renewal::RenewalActivity;
use cairn_domain::study::{BlockStatus, Deadline, StudyBlock};
use cairn_domain::{AnyRecord, RecordId};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property};

/// Writes a calendar of `records`: each study block an event on the learner's own clock ("floating" time); each deadline,
/// milestone, renewal, expiry and end of a cycle that lacks credits a whole day with alarms ahead. None is a to-do: many
/// calendars show no to-dos, and these dates must not be missed. What is done rings no more. Records of other kinds only
/// lend their titles and credits. Private notes stay out. The same records and `now` give the same text; an entry keeps its
/// UID, so that a second import updates the first.
pub fn write(records: &[(RecordId, AnyRecord)], now: DateTime<Utc>) -> String {
    let titles: HashMap<RecordId, String> = records.iter().map(|(id, record)| (*id, record.heading().title)).collect();
    let title_of = |id: Option<RecordId>| id.and_then(|id| titles.get(&id)).cloned().unwrap_or_default();
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Cairn//Cairn//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.name("Cairn");
    for (id, record) in records {
        match record {
            AnyRecord::StudyBlock(it) => {
                calendar.extend(block(*id, it, &title_of(it.credential.map(RecordId::from)), now));
            }
            AnyRecord::Deadline(it) => {
                calendar.extend(deadline(*id, it, &title_of(it.credential.map(RecordId::from)), now));
            }
            AnyRecord::Milestone(it) => {
                calendar.extend(milestone(*id, it, &title_of(it.credential.map(RecordId::from)), now));
            }
            AnyRecord::Credential(it) => {
                calendar.extend(renewal(*id, it, now));
                calendar.extend(expiry(*id, it, now));
                let activities = records.iter().filter_map(|(_, record)| match record {
                    AnyRecord::RenewalActivity(activity) if activity.credential == Some(CredentialId(*id)) => Some(activity),
                    _ => None,
                });
                calendar.extend(credits(*id, it, activities, now));
            }
            _ => {}
        }
    }
    calendar.to_string()
}

fn block(id: RecordId, block: &StudyBlock, credential: &str, now: DateTime<Utc>) -> Option<Event> {
    let start = block.start?;
    let mut event = Event::new();
    event.uid(&uid(id, "block")).timestamp(now).summary(&one_line(&block.title)).categories(["Study"]);
    event.starts(start).ends(start.checked_add_signed(Duration::minutes(block.minutes.into()))?);
    event.status(if block.status == BlockStatus::Missed { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if !credential.is_empty() {
        event.description(&one_line(credential));
    }
    Some(event)
}

fn deadline(id: RecordId, deadline: &Deadline, credential: &str, now: DateTime<Utc>) -> Option<Event> {
    let alarms: &[i64] = if deadline.done { &[] } else { &[7, 1] };
    Some(whole_day(&uid(id, "deadline"), "Deadline", &deadline.title, credential, deadline.date?, alarms, now))
}

fn milestone(id: RecordId, milestone: &Milestone, credential: &str, now: DateTime<Utc>) -> Option<Event> {
    let due = milestone.due?.last_day();
    let alarms: &[i64] = if milestone.reached.is_some() { &[] } else { &[7, 1] };
    Some(whole_day(&uid(id, "milestone"), "Milestone", &milestone.title, credential, due, alarms, now))
}

/// A credential is renewed on the day the learner chose. What is not held asks for nothing.
fn renewal(id: RecordId, credential: &Credential, now: DateTime<Utc>) -> Option<Event> {
    let day = credential.renewal.filter(|_| credential.held())?.last_day();
    Some(whole_day(&uid(id, "renewal"), "Renewal", &format!("Renew {}", credential.title), &credential.issuer, day, &[30, 7], now))
}

/// The last day a credential is valid. What ran out already asks for nothing.
fn expiry(id: RecordId, credential: &Credential, now: DateTime<Utc>) -> Option<Event> {
    let day = credential.expires.filter(|_| credential.status == CredentialStatus::Earned)?.last_day();
    Some(whole_day(&uid(id, "expiry"), "Renewal", &format!("{} expires", credential.title), &credential.issuer, day, &[90, 30], now))
}

/// The last day on which credits count for the current cycle, while some are missing.
fn credits<'a>(
    id: RecordId,
    credential: &Credential,
    activities: impl Iterator<Item = &'a RenewalActivity>,
    now: DateTime<Utc>,
) -> Option<Event> {
    let cycle = credential.cycle().filter(|_| credential.status == CredentialStatus::Earned)?;
    let progress = cycle.progress(activities);
    let day = cycle.end.filter(|_| progress.missing > 0.0)?.last_day();
    let unit = if credential.ce_unit.is_empty() { "CE credits" } else { &credential.ce_unit };
    let title = format!("{}: {} more {unit} by today", credential.title, progress.missing);
    let about = format!("{} of {} {unit} earned", progress.earned, progress.required);
    Some(whole_day(&uid(id, "credits"), "Renewal", &title, &about, day, &[180, 60], now))
}

/// A day to remember, which keeps nobody from making appointments on it, with alarms so many days before.
fn whole_day(uid: &str, category: &str, title: &str, about: &str, day: NaiveDate, alarms: &[i64], now: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    event.uid(uid).timestamp(now).summary(&one_line(title)).categories([category]);
    // A date without an end lasts that day (RFC 5545, section 3.6.1).
    event.starts(day).add_property("TRANSP", "TRANSPARENT");
    if !about.is_empty() {
        event.description(&one_line(about));
    }
    for days in alarms {
        // Name and time of its own would be made up anew each time; the same records give the same text.
        let mut alarm = Alarm::display(&one_line(title), -Duration::days(*days));
        alarm.uid(&format!("{uid}-{days}")).timestamp(now).add_property("TRIGGER", format!("-P{days}D"));
        event.alarm(alarm);
    }
    event
}

/// The lasting name of an entry (RFC 7986, section 5.3 asks for a UUID and nothing of the person or the machine).
fn uid(id: RecordId, what: &str) -> String {
    format!("{id}-{what}")
}

/// Text without control characters, which a content line may not hold (RFC 5545, section 3.1).
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
