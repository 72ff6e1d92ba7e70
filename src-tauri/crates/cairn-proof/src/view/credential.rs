//! A verifiable credential (VC Data Model 1.1 and 2.0) as a person sees it, as JSON or as a token's claims.

use super::achievement::{achievement, evidence, reference, result};
use super::node::Node;
use super::people::{dates, endorsements, identity, profile};
use super::{CredentialView, EndorsedPart, ExtraView, StatusView, SubjectView, ViewKind};
use crate::date;
use chrono::DateTime;
use serde_json::{Map, Value};

/// A credential as JSON.
pub(super) fn view(credential: Map<String, Value>) -> CredentialView {
    read(Node::new(credential, ""), Vec::new())
}

/// A credential in a token.
pub(super) fn view_of_claims(claims: Map<String, Value>) -> CredentialView {
    let mut extra = Vec::new();
    let node = unwrapped(claims, &mut extra);
    read(node, extra)
}

/// The credential in a token's claims: the claims themselves or their `vc`, with the registered claims in the places of the
/// members that they stand for (VC Data Model 1.1 §6.3.1).
pub(super) fn unwrapped(mut claims: Map<String, Value>, extra: &mut Vec<ExtraView>) -> Node {
    let wrapped = match claims.remove("vc") {
        Some(Value::Object(vc)) => Some(vc),
        Some(other) => {
            claims.insert("vc".into(), other);
            None
        }
        None => None,
    };
    let names = ["iss", "sub", "jti", "nbf", "exp", "iat"];
    let [iss, sub, jti, nbf, exp, iat] = names.map(|name| claims.remove(name));
    let mut credential = match wrapped {
        Some(vc) => {
            Node::new(claims, "token").rest(extra);
            vc
        }
        None => claims,
    };
    let places = [
        ("iss", &["issuer"][..], iss),
        ("jti", &["id"], jti),
        ("nbf", &["validFrom", "issuanceDate"], nbf.or(iat).map(instant)),
        ("exp", &["validUntil", "expirationDate"], exp.map(instant)),
    ];
    for (claim, members, value) in places {
        place(&mut credential, claim, members, value, extra);
    }
    if let Some(Value::Object(subject)) = credential.get_mut("credentialSubject") {
        place(subject, "sub", &["id"], sub, extra);
    }
    Node::new(credential, "")
}

/// Puts a claim in the place of the member that it stands for; one that says something else than the member is shown beside it.
fn place(object: &mut Map<String, Value>, claim: &str, members: &[&str], value: Option<Value>, extra: &mut Vec<ExtraView>) {
    let Some(value) = value else { return };
    let same = |there: &Value| {
        let instant = |value: &Value| value.as_str().and_then(date::parse);
        *there == value || there.get("id") == Some(&value) || (instant(there).is_some() && instant(there) == instant(&value))
    };
    match members.iter().find_map(|member| object.get(*member)) {
        None => {
            object.extend(members.first().map(|member| ((*member).to_owned(), value)));
        }
        Some(there) if same(there) => {}
        Some(_) => Node::new(Map::from_iter([(claim.to_owned(), value)]), "token").rest(extra),
    }
}

/// A claim's seconds since 1970 (RFC 7519 §2) as a date; what is no date stays as it is.
fn instant(value: Value) -> Value {
    let date = value.as_i64().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    date.map_or(value, |date| Value::String(date::format(date)))
}

fn read(mut node: Node, mut extra: Vec<ExtraView>) -> CredentialView {
    let extra = &mut extra;
    let types = node.types();
    let is = |name: &str| types.iter().any(|other| other == name);
    let mut view = CredentialView {
        kind: match () {
            () if is("ClrCredential") => ViewKind::Clr,
            () if is("EndorsementCredential") => ViewKind::Endorsement,
            () if is("OpenBadgeCredential") || is("AchievementCredential") => ViewKind::Badge,
            () => ViewKind::Credential,
        },
        id: node.text("id"),
        name: node.text("name"),
        description: node.text("description"),
        image: node.image("image", extra),
        dates: dates(&mut node),
        types,
        ..CredentialView::default()
    };
    view.endorsements = endorsements(&mut node, EndorsedPart::Credential, extra);
    if let Some(issuer) = node.child("issuer") {
        view.issuer = profile(issuer, &mut view.endorsements, extra);
    }
    view.evidence = node.children("evidence").into_iter().map(|child| evidence(child, extra)).collect();
    view.status = node.children("credentialStatus").into_iter().map(|child| status(child, extra)).collect();
    view.schemas = node.children("credentialSchema").into_iter().map(|child| reference(child, extra)).collect();
    if let Some(subject) = node.child("credentialSubject") {
        subject_into(&mut view, subject, extra);
    }
    if let Some(first) = view.achievements.first().filter(|_| view.kind != ViewKind::Clr) {
        view.name = view.name.or_else(|| first.name.clone());
        view.description = view.description.or_else(|| first.description.clone());
        view.image = view.image.or_else(|| first.image.clone());
    }
    node.drop(&["proof"]);
    node.rest(extra);
    view.extra = std::mem::take(extra);
    view
}

fn subject_into(view: &mut CredentialView, mut node: Node, extra: &mut Vec<ExtraView>) {
    for child in node.children("achievement") {
        view.achievements.push(achievement(child, &mut view.endorsements, extra));
    }
    view.results = node.children("result").into_iter().map(|child| result(child, &view.achievements, extra)).collect();
    view.endorsement_comment = node.text("endorsementComment");
    view.evidence.extend(node.children("evidence").into_iter().map(|child| evidence(child, extra)));
    for mut inside in node.children("verifiableCredential") {
        let named = inside.text("name").or_else(|| inside.child("credentialSubject")?.child("achievement")?.text("name"));
        view.contains.push(named.or_else(|| inside.text("id")).unwrap_or_default());
    }
    let source = node.child("source").map(|source| profile(source, &mut view.endorsements, extra));
    view.subject = SubjectView {
        id: node.text("id"),
        name: node.text("name"),
        identities: node.children("identifier").into_iter().map(|child| identity(child, extra)).collect(),
        narrative: node.text("narrative"),
        role: node.text("role"),
        licence_number: node.text("licenseNumber"),
        term: node.text("term"),
        credits_earned: node.text("creditsEarned"),
        activity_start: node.text("activityStartDate"),
        activity_end: node.text("activityEndDate"),
        source,
        image: node.image("image", extra),
    };
    node.rest(extra);
}

fn status(mut node: Node, extra: &mut Vec<ExtraView>) -> StatusView {
    let status = StatusView {
        id: node.text("id"),
        kind: node.text("type"),
        purpose: node.text("statusPurpose"),
        list: node.text("statusListCredential"),
        index: node.text_of(&["statusListIndex", "revocationListIndex"]),
    };
    node.rest(extra);
    status
}
