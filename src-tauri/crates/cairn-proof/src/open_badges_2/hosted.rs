//! Hosted badges: nothing is signed, so the badge is what its address says, at an address that the issuer answers for.

use super::{Badge, id_of};
use crate::issuer_keys::origin;
use crate::json;
use crate::reason::Reason;
use crate::report::Part;
use crate::text::shown;
use crate::{date, did_web};
use serde_json::{Map, Value};

impl<'a> Badge<'a> {
    /// Compares the badge with the newest copy of what was seen at its address.
    pub(super) fn hosted(&mut self) -> Result<Reason, Reason> {
        let url = self.assertion.get("id").and_then(Value::as_str);
        let url = url.ok_or(Reason::Malformed { fault: "it names no address where it is published (id)".into() })?;
        // Whatever copy says so: what is taken back is taken back.
        let revoked = |assertion: &Map<String, Value>| assertion.get("revoked") == Some(&Value::Bool(true));
        if revoked(self.assertion) {
            return Err(self.revoked());
        }
        let (held, published) = self.seen(url)?;
        let seen = date::format(held.material.seen);
        if revoked(published) {
            return Err(self.revoked());
        }
        if without_nulls(published) != without_nulls(self.assertion) {
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

    fn revoked(&mut self) -> Reason {
        let badge = self.assertion.get("badge").and_then(Value::as_object);
        let issuer = badge.and_then(|badge| id_of(badge.get("issuer"))).or(id_of(self.assertion.get("id"))).unwrap_or("The issuer");
        let issuer = self.issuer.as_ref().map_or_else(|| shown(issuer), |_| self.issuer_name());
        self.found(Part::Status, Reason::Revoked { issuer })
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
        origins.iter().any(|allowed| place(allowed).unwrap_or_else(|| allowed.to_ascii_lowercase()) == own)
    };
    // A prefix counts from a whole origin on: `https://a.example` must not let in `https://a.example.evil`.
    let by_start = starts.is_empty() || starts.iter().any(|start| url.starts_with(start) && place(start).as_ref() == Some(&own));
    by_start && (by_origin || (origins.is_empty() && !starts.is_empty()))
}

/// The host of an address; of plain `http` only where it is this computer or the badge is from before 2.0's `https`.
fn place(url: &str) -> Option<String> {
    if let Some(rest) = url.strip_prefix("http://") {
        let host = rest.split('/').next().unwrap_or_default();
        return did_web::is_loopback(host).then(|| host.to_ascii_lowercase());
    }
    origin(url)
}

/// The members that say something: publishers write null for what they leave out, in one copy and not in another.
fn without_nulls(object: &Map<String, Value>) -> Map<String, Value> {
    let said = object.iter().filter(|(_, value)| !value.is_null());
    let clean = |value: &Value| match value {
        Value::Object(inner) => Value::Object(without_nulls(inner)),
        other => other.clone(),
    };
    said.map(|(name, value)| (name.clone(), clean(value))).collect()
}
