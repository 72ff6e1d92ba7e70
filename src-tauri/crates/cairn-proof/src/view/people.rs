//! Issuers, creators, learners' identifiers, and what others say of them.

use super::node::{Node, line};
use super::{DatesView, EndorsedPart, EndorsementView, ExtraView, IdentityView, ProfileView, credential};
use crate::jwt;

/// A profile (Open Badges 3.0 §B.1.18, Open Badges 2.0 Profile), with the endorsements in it.
pub(super) fn profile(mut node: Node, endorsements: &mut Vec<EndorsementView>, extra: &mut Vec<ExtraView>) -> ProfileView {
    endorsements.extend(self::endorsements(&mut node, EndorsedPart::Profile, extra));
    let profile = ProfileView {
        id: node.text("id").map(|id| line(&id)),
        name: node.text("name").map(|name| line(&name)),
        url: node.text("url"),
        email: node.text("email"),
        phone: node.text_of(&["phone", "telephone"]),
        description: node.text("description"),
        image: node.image("image", extra),
    };
    node.rest(extra);
    profile
}

/// An IdentityObject (Open Badges 3.0 §B.1.14).
pub(super) fn identity(mut node: Node, extra: &mut Vec<ExtraView>) -> IdentityView {
    let identity = IdentityView {
        kind: node.text_of(&["identityType", "type"]).unwrap_or_default(),
        value: node.text_of(&["identityHash", "identity", "id"]).unwrap_or_default(),
        hashed: node.text("hashed").is_some_and(|hashed| hashed == "true"),
        salt: node.text("salt"),
    };
    node.rest(extra);
    identity
}

/// The endorsements in an object, embedded and as tokens (Open Badges 3.0 §5.1).
pub(super) fn endorsements(node: &mut Node, of: EndorsedPart, extra: &mut Vec<ExtraView>) -> Vec<EndorsementView> {
    let mut found = Vec::new();
    for (place, item) in node.each("endorsementJwt").into_iter().chain(node.each("endorsement")) {
        let view = match item {
            Ok(child) => {
                let signed = child.has("proof");
                endorsement(child, of, signed, extra)
            }
            Err(text) => match jwt::payload(text.as_bytes()) {
                Ok(claims) => endorsement(credential::unwrapped(claims, extra), of, true, extra),
                // Open Badges 2.0 may give the address of an endorsement instead.
                Err(_) => EndorsementView { of, name: Some(line(&text)), ..EndorsementView::default() },
            },
        };
        found.push(EndorsementView { place, ..view });
    }
    found
}

fn endorsement(mut node: Node, of: EndorsedPart, signed: bool, extra: &mut Vec<ExtraView>) -> EndorsementView {
    let mut deeper = Vec::new();
    let by = node.child("issuer").map(|issuer| profile(issuer, &mut deeper, extra)).unwrap_or_default();
    let mut subject = node.child("credentialSubject").or_else(|| node.child("claim"));
    let comment = subject.as_mut().and_then(|subject| subject.text_of(&["endorsementComment", "endorsementComments"]));
    if let Some(mut subject) = subject {
        subject.drop(&["id"]);
        subject.rest(extra);
    }
    let (name, dates) = (node.text("name"), dates(&mut node));
    node.drop(&["id", "type", "proof", "credentialStatus", "credentialSchema", "verification"]);
    node.rest(extra);
    EndorsementView { place: String::new(), of, by, comment, name, dates, signed }
}

/// Dates under the names of every version.
pub(super) fn dates(node: &mut Node) -> DatesView {
    DatesView {
        awarded: node.text_of(&["awardedDate", "issuedOn"]),
        valid_from: node.text_of(&["validFrom", "issuanceDate", "issued"]),
        valid_until: node.text_of(&["validUntil", "expirationDate", "expires"]),
    }
}
