//! Open Badges 2.0 (1EdTech, 2018): hosted assertions, which are true while their address says so, and signed ones (JWS).
//!
//! What stands in the file is the holder's word. What counts is what was seen at the addresses, as copies among the
//! [`Materials`]: for a hosted badge the assertion, its class and its issuer; for a signed one the issuer, its key and its
//! revocation list. Parts that a signed or seen document embeds count as part of it.

mod hosted;
mod signed;

use crate::credential::Checked;
use crate::date;
use crate::materials::{Held, Materials};
use crate::reason::Reason;
use crate::report::{Check, Issuer, Part, Used};
use crate::text::shown;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

/// Checks an assertion, as JSON or as the claims of `token`, at the instant `now`.
pub(crate) fn check(token: Option<&str>, assertion: &Map<String, Value>, materials: &Materials, now: DateTime<Utc>) -> Checked {
    // A version that knows no addresses of its own for badges, and whose issuers have none for keys.
    if assertion.contains_key("uid")
        && !assertion.contains_key("id")
        && !assertion.contains_key("type")
        && !assertion.contains_key("@context")
    {
        return Checked::only(Reason::UnsupportedStandard { standard: "Open Badges 1.0".into() });
    }
    let mut badge = Badge { assertion, materials, now, used: Vec::new(), issuer: None, proofs: Vec::new(), checks: Vec::new() };
    let reason = match token {
        Some(token) => badge.signed(token),
        None => badge.hosted(),
    };
    let reason = reason.unwrap_or_else(|reason| reason);
    Checked { reason, issuer: badge.issuer, proofs: badge.proofs, checks: badge.checks, used: badge.used, inside: Vec::new() }
}

/// Checks the assertion at an address that is all a badge says; None where no copy of it is at hand, or that is something else.
pub(crate) fn check_link(url: &str, materials: &Materials, now: DateTime<Utc>) -> Option<Checked> {
    let held = materials.copies(url).into_iter().find(|held| !held.enclosed)?;
    let assertion = held.document.as_ref().ok()?;
    let is_assertion = crate::json::texts(assertion.get("type")).contains(&"Assertion");
    is_assertion.then(|| check(None, assertion, materials, now))
}

/// An assertion on the way to its verdict.
struct Badge<'a> {
    assertion: &'a Map<String, Value>,
    materials: &'a Materials,
    now: DateTime<Utc>,
    used: Vec<Used>,
    issuer: Option<Issuer>,
    proofs: Vec<crate::report::ProofReport>,
    checks: Vec<Check>,
}

impl<'a> Badge<'a> {
    /// The newest copy of what was seen at an address, if it is of that address.
    fn seen(&mut self, url: &str) -> Result<(&'a Held, &'a Map<String, Value>), Reason> {
        let held = self.materials.copies(url).into_iter().find(|held| !held.enclosed);
        let held = held.ok_or_else(|| Reason::HostedUnseen { url: shown(url) })?;
        let fault = |fault: &str| Reason::BrokenKeyDocument { url: shown(url), fault: fault.into() };
        let document = held.document.as_ref().map_err(|error| fault(error))?;
        if document.get("id").and_then(Value::as_str) != Some(url) {
            return Err(fault("it says that it is something else"));
        }
        let used = held.used();
        if !self.used.contains(&used) {
            self.used.push(used);
        }
        Ok((held, document))
    }

    /// A part that is embedded, or named by its address and then as it was seen there.
    fn part(&mut self, value: Option<&'a Value>, what: &str) -> Result<&'a Map<String, Value>, Reason> {
        match value {
            Some(Value::Object(part)) => Ok(part),
            Some(Value::String(url)) => self.seen(url).map(|(_, document)| document),
            _ => Err(Reason::Malformed { fault: format!("it names no {what}") }),
        }
    }

    /// The issuer's profile as the issuer publishes it: what somebody else embeds says nothing of its keys and places.
    fn profile(&mut self, class: &'a Map<String, Value>) -> Result<(&'a str, &'a Map<String, Value>), Reason> {
        let id = id_of(class.get("issuer")).ok_or(Reason::Malformed { fault: "its badge class names no issuer".into() })?;
        self.issuer = Some(Issuer { id: shown(id), name: None });
        let (_, profile) = self.seen(id)?;
        let name = profile.get("name").and_then(Value::as_str).map(shown);
        self.issuer = Some(Issuer { id: shown(id), name });
        Ok((id, profile))
    }

    fn issuer_name(&self) -> String {
        self.issuer.as_ref().map(|issuer| issuer.name.clone().unwrap_or_else(|| issuer.id.clone())).unwrap_or_default()
    }

    /// The dates `issuedOn` and `expires`; older badges give a day alone.
    fn dates(&mut self) -> Result<(), Reason> {
        let read = |member: &str, end: bool| match self.assertion.get(member) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                let broken = || Reason::BrokenDate { member: member.into(), text: date::as_written(value) };
                value.as_str().and_then(|text| date::parse(text).or_else(|| day(text, end))).map(Some).ok_or_else(broken)
            }
        };
        let dates = || match (read("issuedOn", false)?, read("expires", true)?) {
            (_, Some(until)) if until < self.now => Err(Reason::Expired { until: date::format(until) }),
            (Some(from), _) if from > self.now => Err(Reason::NotYetValid { from: date::format(from) }),
            _ => Ok(()),
        };
        dates().inspect_err(|reason| self.checks.push(Check { part: Part::Dates, reason: reason.clone() }))
    }

    fn found(&mut self, part: Part, reason: Reason) -> Reason {
        self.checks.push(Check { part, reason: reason.clone() });
        reason
    }
}

/// A day without a time: its beginning, or its end.
fn day(text: &str, end: bool) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let time = if end { day.and_hms_opt(23, 59, 59) } else { day.and_hms_opt(0, 0, 0) };
    time.map(|time| time.and_utc())
}

/// An identifier, or that of an object.
fn id_of(value: Option<&Value>) -> Option<&str> {
    value.and_then(|value| value.as_str().or_else(|| value.get("id").and_then(Value::as_str)))
}

#[cfg(test)]
mod tests;
