//! The endorsements in a credential (Open Badges 3.0 §4.5): credentials of their own, each checked on its own.
//!
//! The credentials of a CLR are opened beside it (see [`crate::opened`]), because they can be kept without it.

use super::Checking;
use crate::reason::Reason;
use crate::report::Report;
use serde_json::{Map, Value};

/// How deep endorsements of endorsements are followed.
const DEEPEST: usize = 3;
/// Most endorsements that are looked at, and most in those that are.
const MOST: usize = 64;

/// Most endorsements that are looked at in all, those of endorsements too.
const MOST_IN_ALL: usize = 256;

/// A report on each endorsement, named by its place, as [`crate::view::EndorsementView::place`] names it.
pub(super) fn endorsements(checking: Checking<'_>, credential: &Map<String, Value>) -> Vec<Report> {
    let mut found = Vec::new();
    if checking.depth < DEEPEST {
        gather(credential, "", &mut found);
        let looked_at = &checking.shared.endorsements;
        found.truncate(MOST_IN_ALL.saturating_sub(looked_at.get()));
        looked_at.set(looked_at.get() + found.len());
    }
    let inner = Checking { depth: checking.depth + 1, ..checking };
    let check = |(place, endorsement): &(String, &Value)| {
        let checked = match endorsement {
            Value::Object(endorsement) => inner.embedded(endorsement, true),
            Value::String(token) => inner.token(token.as_bytes(), true),
            _ => super::Checked::only(Reason::Malformed { fault: "an endorsement is neither an object nor a token".into() }),
        };
        checked.report(place, inner.now)
    };
    found.iter().map(check).collect()
}

/// Endorsements stand beside what they endorse: the credential, the achievement, the issuer, and whoever else has a profile.
/// A place is made of the members that lead there, and in lists of their numbers.
fn gather<'c>(object: &'c Map<String, Value>, place: &str, found: &mut Vec<(String, &'c Value)>) {
    for (member, value) in object {
        let place = if place.is_empty() { member.clone() } else { format!("{place}/{member}") };
        match member.as_str() {
            "endorsement" | "endorsementJwt" => {
                let room = MOST.saturating_sub(found.len());
                found.extend(each(value, &place).take(room));
            }
            // Their endorsements are theirs.
            "verifiableCredential" | "proof" | "@context" => {}
            _ => {
                for (place, item) in each(value, &place) {
                    if let Value::Object(inner) = item {
                        gather(inner, &place, found);
                    }
                }
            }
        }
    }
}

/// The items of a list with their places, or the one value that is none.
fn each<'c>(value: &'c Value, place: &str) -> impl Iterator<Item = (String, &'c Value)> {
    let is_list = value.is_array();
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter().enumerate();
    items.map(move |(at, item)| (if is_list { format!("{place}/{at}") } else { place.to_owned() }, item))
}
