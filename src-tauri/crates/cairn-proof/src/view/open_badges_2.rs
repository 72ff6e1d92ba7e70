//! An Open Badges 2.0 assertion with its badge class and issuer, shown as the newer standard's credentials are.

use super::achievement::{alignments, criteria, evidence};
use super::node::Node;
use super::people::{dates, endorsements, profile};
use super::{AchievementView, CredentialView, EndorsedPart, ExtraView, IdentityView, ViewKind};
use serde_json::{Map, Value};
use std::sync::Arc;

/// An assertion; `beside` holds what it points to, as far as that is at hand.
pub(super) fn view(assertion: Map<String, Value>, beside: &[Arc<Map<String, Value>>]) -> CredentialView {
    let mut extra = Vec::new();
    let mut node = Node::new(assertion, "");
    let mut view = CredentialView {
        kind: ViewKind::OpenBadge2,
        types: node.types(),
        id: node.text("id"),
        image: node.image("image", &mut extra),
        dates: dates(&mut node),
        endorsements: endorsements(&mut node, EndorsedPart::Credential, &mut extra),
        ..CredentialView::default()
    };
    view.subject.narrative = node.text("narrative");
    view.subject.identities = node.children("recipient").into_iter().map(|child| recipient(child, &mut extra)).collect();
    view.evidence = node.children("evidence").into_iter().map(|child| evidence(child, &mut extra)).collect();
    view.address = view.id.clone().filter(|id| id.starts_with("http"));
    if let Some(badge) = node.child("badge").map(|badge| whole(badge, beside)) {
        badge_into(&mut view, badge, beside, &mut extra);
    }
    node.drop(&["verification", "verify"]);
    node.rest(&mut extra);
    view.extra = extra;
    view
}

fn badge_into(view: &mut CredentialView, mut node: Node, beside: &[Arc<Map<String, Value>>], extra: &mut Vec<ExtraView>) {
    view.endorsements.extend(endorsements(&mut node, EndorsedPart::Achievement, extra));
    if let Some(mut issuer) = node.child("issuer").map(|issuer| whole(issuer, beside)) {
        issuer.drop(&["publicKey", "revocationList", "verification"]);
        view.issuer = profile(issuer, &mut view.endorsements, extra);
    }
    let (criteria_url, criteria) = criteria(&mut node, extra);
    let badge = AchievementView {
        criteria_url,
        criteria,
        id: node.text("id"),
        name: node.text("name"),
        description: node.text("description"),
        image: node.image("image", extra),
        version: node.text("version"),
        tags: [node.texts("tags"), node.texts("tag")].concat(),
        alignments: alignments(&mut node, extra),
        ..AchievementView::default()
    };
    node.rest(extra);
    (view.name, view.description) = (badge.name.clone(), badge.description.clone());
    view.image = view.image.take().or_else(|| badge.image.clone());
    view.achievements.push(badge);
}

/// The object itself, or the one at hand that its address stands for.
fn whole(node: Node, beside: &[Arc<Map<String, Value>>]) -> Node {
    let found = node.only_id().and_then(|id| beside.iter().find(|object| object.get("id").and_then(Value::as_str) == Some(id)));
    match found {
        Some(object) => Node::new(Map::clone(object), node.path()),
        None => node,
    }
}

fn recipient(mut node: Node, extra: &mut Vec<ExtraView>) -> IdentityView {
    let identity = IdentityView {
        kind: node.text("type").unwrap_or_default(),
        value: node.text_of(&["identity", "id"]).unwrap_or_default(),
        hashed: node.text("hashed").is_some_and(|hashed| hashed == "true"),
        salt: node.text("salt"),
    };
    node.rest(extra);
    identity
}
