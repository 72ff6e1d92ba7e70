//! Hosted badges: nothing is signed, so the badge is what its address says, at an address that the issuer answers for.

use super::{Badge, id_of};
use crate::issuer_keys::origin;
use crate::json;
use crate::reason::Reason;
use crate::report::{Issuer, Part};
use crate::text::shown;
use crate::{date, did_web, status};
use serde_json::{Map, Value};

impl<'a> Badge<'a> {
    /// Compares the badge with the newest copy of what was seen at its address.
    pub(super) fn hosted(&mut self) -> Result<Reason, Reason> {
        let url = self.assertion.get("id").and_then(Value::as_str);
        let url = url.ok_or(Reason::Malformed { fault: "it names no address where it is published (id)".into() })?;
        // Whatever copy says so: what is taken back is taken back.
        let revoked = |assertion: &Map<String, Value>| assertion.get("revoked") == Some(&Value::Bool(true));
        if revoked(self.assertion) {
            return Err(self.revoked(self.assertion));
        }
        let (held, published) = self.seen(url)?;
        let seen = date::format(held.material.seen);
        if revoked(published) {
            return Err(self.revoked(published));
        }
        if !self.says(published, self.assertion)? {
            let reason = Reason::HostedDiffers { url: shown(url), seen };
            return Err(self.found(Part::Proof, reason));
        }
        if !hosted(published) {
            return Err(Reason::Malformed { fault: "it does not say that it is to be verified at its address".into() });
        }
        let class = self.part(published.get("badge"), "badge class")?;
        let (issuer, profile) = self.profile(class)?;
        // A class has to come from the issuer's places as well, unless it is part of the badge.
        let class_url = published.get("badge").and_then(Value::as_str);
        for place in [Some(url), class_url].into_iter().flatten() {
            if !speaks_for(place, issuer, profile) {
                let reason = Reason::HostedElsewhere { url: shown(place), issuer: shown(issuer) };
                return Err(self.found(Part::Key, reason));
            }
        }
        self.dates()?;
        let issuer = self.issuer_name();
        Ok(self.found(Part::Proof, Reason::HostedAsSeen { url: shown(url), issuer, seen }))
    }

    /// Whether a badge says what was published. Nulls say nothing: publishers write them for what they leave out, in one copy and not
    /// in another. Where the published copy names a part by its address and the badge embeds it, that must be the part as it was
    /// seen there.
    ///
    /// # Errors
    /// Where such a part was not seen.
    fn says(&mut self, published: &'a Map<String, Value>, own: &Map<String, Value>) -> Result<bool, Reason> {
        self.members_say(published, own, false)
    }

    fn members_say(&mut self, published: &'a Map<String, Value>, own: &Map<String, Value>, part: bool) -> Result<bool, Reason> {
        // A part that stands for itself has a context of its own.
        let counts = |name: &str, value: &Value| !value.is_null() && (!part || name != "@context");
        let said = |object: &Map<String, Value>| object.iter().filter(|(name, value)| counts(name, value)).count();
        if said(published) != said(own) {
            return Ok(false);
        }
        for (name, value) in published.iter().filter(|(name, value)| counts(name, value)) {
            match own.get(name) {
                Some(own) if self.value_says(value, own)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    fn value_says(&mut self, published: &'a Value, own: &Value) -> Result<bool, Reason> {
        match (published, own) {
            (Value::Object(published), Value::Object(own)) => self.members_say(published, own, false),
            (Value::Array(published), Value::Array(own)) => {
                if published.len() != own.len() {
                    return Ok(false);
                }
                for (published, own) in published.iter().zip(own) {
                    if !self.value_says(published, own)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::String(url), Value::Object(own)) if own.get("id").and_then(Value::as_str) == Some(url) => {
                let (_, published) = self.seen(url)?;
                self.members_say(published, own, true)
            }
            (published, own) => Ok(published == own),
        }
    }

    /// That the issuer took it back, as `assertion` says. Nothing here is signed, so a name that was not seen at the issuer's own
    /// address has that address beside it.
    fn revoked(&mut self, assertion: &'a Map<String, Value>) -> Reason {
        let why = assertion.get("revocationReason").and_then(|_| status::why(&Value::Object(assertion.clone())));
        if let Ok(class) = self.part(assertion.get("badge"), "badge class") {
            let _ = self.profile(class);
        }
        let badge = self.assertion.get("badge").and_then(Value::as_object);
        let embedded = badge.and_then(|badge| badge.get("issuer"));
        let issuer = match (&self.issuer, embedded.and_then(|issuer| json::words(issuer.get("name")?))) {
            (Some(Issuer { name: Some(name), .. }), _) => name.clone(),
            (Some(Issuer { id, .. }), Some(name)) => format!("{} ({id})", shown(name)),
            (Some(Issuer { id, .. }), None) => id.clone(),
            (None, _) => shown(id_of(self.assertion.get("id")).unwrap_or("The issuer")),
        };
        self.found(Part::Status, Reason::Revoked { issuer, why })
    }
}

/// Whether an assertion says that it is hosted: `verification` in 2.0, `verify` before it.
fn hosted(assertion: &Map<String, Value>) -> bool {
    let kinds = ["verification", "verify"].iter().filter_map(|member| assertion.get(*member)).flat_map(|by| json::texts(by.get("type")));
    kinds.into_iter().any(|kind| matches!(kind, "HostedBadge" | "hosted"))
}

/// Whether the issuer answers for what an address says (Open Badges 2.0, VerificationObject): `startsWith` and
/// `allowedOrigins` of its profile, else the profile's own origin.
fn speaks_for(url: &str, issuer: &str, profile: &Map<String, Value>) -> bool {
    let rules = profile.get("verification");
    let listed = |member: &str| rules.map(|rules| json::texts(rules.get(member))).unwrap_or_default();
    let (starts, origins) = (listed("startsWith"), listed("allowedOrigins"));
    let Some(own) = place(url) else { return false };
    let by_origin = if origins.is_empty() {
        place(issuer).as_ref() == Some(&own)
    } else {
        // Written with or without the scheme.
        let host = own.split_once("://").map_or("", |(_, host)| host);
        origins.iter().any(|allowed| place(allowed).map_or_else(|| allowed.to_ascii_lowercase() == host, |allowed| allowed == own))
    };
    // A prefix counts from a whole origin on: `https://a.example` must not let in `https://a.example.evil`.
    let by_start = starts.is_empty() || starts.iter().any(|start| url.starts_with(start) && place(start).as_ref() == Some(&own));
    by_start && (by_origin || (origins.is_empty() && !starts.is_empty()))
}

/// Scheme and host of an address. What plain `http` said can have been changed on the way to whoever saved it; whether to rely on
/// such a copy, the person decides who adds it.
fn place(url: &str) -> Option<String> {
    let Some(rest) = url.strip_prefix("http://") else { return origin(url).map(|host| format!("https://{host}")) };
    // An address of this computer is as good as a safe one.
    let host = origin(&format!("https://{rest}"))?;
    let scheme = if did_web::is_loopback(&host) { "https" } else { "http" };
    Some(format!("{scheme}://{}", host.strip_suffix(":80").unwrap_or(&host)))
}
