//! What was achieved, the results that were reached in it, and the evidence (Open Badges 3.0 §B.1).

use super::node::Node;
use super::people::{endorsements, profile};
use super::{
    AchievementView, AlignmentView, EndorsedPart, EndorsementView, EvidenceView, ExtraView, LevelView, RefView, ResultDescriptionView,
    ResultView,
};

/// An Achievement (Open Badges 3.0 §B.1.1).
pub(super) fn achievement(mut node: Node, found: &mut Vec<EndorsementView>, extra: &mut Vec<ExtraView>) -> AchievementView {
    found.extend(endorsements(&mut node, EndorsedPart::Achievement, extra));
    let (criteria_url, criteria) = criteria(&mut node, extra);
    let achievement = AchievementView {
        criteria_url,
        criteria,
        id: node.text("id"),
        kind: node.text("achievementType"),
        name: node.text("name"),
        description: node.text("description"),
        image: node.image("image", extra),
        creator: node.child("creator").map(|creator| profile(creator, found, extra)),
        code: node.text("humanCode"),
        field_of_study: node.text("fieldOfStudy"),
        specialization: node.text("specialization"),
        language: node.text("inLanguage"),
        version: node.text("version"),
        credits_available: node.text("creditsAvailable"),
        tags: [node.texts("tag"), node.texts("tags")].concat(),
        alignments: alignments(&mut node, extra),
        result_descriptions: node.children("resultDescription").into_iter().map(|child| result_description(child, extra)).collect(),
        related: node.children("related").into_iter().map(|child| reference(child, extra)).collect(),
        other_identifiers: node.children("otherIdentifier").into_iter().map(|child| identifier(child, extra)).collect(),
    };
    node.rest(extra);
    achievement
}

/// The criteria's address and words; Open Badges 2.0 may give the address alone.
pub(super) fn criteria(node: &mut Node, extra: &mut Vec<ExtraView>) -> (Option<String>, Option<String>) {
    let Some(mut criteria) = node.child("criteria") else { return (None, None) };
    let found = (criteria.text("id"), criteria.text("narrative"));
    criteria.rest(extra);
    found
}

/// Alignments (Open Badges 3.0 §B.1.3); Open Badges 1.1 has other names for theirs.
pub(super) fn alignments(node: &mut Node, extra: &mut Vec<ExtraView>) -> Vec<AlignmentView> {
    let mut alignment = |mut node: Node| {
        let alignment = AlignmentView {
            name: node.text_of(&["targetName", "name"]),
            framework: node.text_of(&["targetFramework", "frameworkName"]),
            code: node.text("targetCode"),
            url: node.text_of(&["targetUrl", "url", "id"]),
            kind: node.text("targetType"),
            description: node.text_of(&["targetDescription", "description"]),
        };
        node.rest(extra);
        alignment
    };
    node.children("alignment").into_iter().chain(node.children("alignments")).map(&mut alignment).collect()
}

fn result_description(mut node: Node, extra: &mut Vec<ExtraView>) -> ResultDescriptionView {
    let level = |mut node: Node, extra: &mut Vec<ExtraView>| {
        let level = LevelView {
            id: node.text("id"),
            name: node.text("name"),
            level: node.text("level"),
            description: node.text("description"),
            points: node.text("points"),
        };
        node.rest(extra);
        level
    };
    let levels: Vec<LevelView> = node.children("rubricCriterionLevel").into_iter().map(|child| level(child, extra)).collect();
    let description = ResultDescriptionView {
        id: node.text("id"),
        name: node.text("name"),
        kind: node.text("resultType"),
        allowed: node.texts("allowedValue"),
        required_value: node.text("requiredValue"),
        required_level: node.text("requiredLevel").map(|id| level_name(&levels, id)),
        min: node.text("valueMin"),
        max: node.text("valueMax"),
        alignments: alignments(&mut node, extra),
        levels,
    };
    node.rest(extra);
    description
}

/// A level's name by its identifier, or the identifier where the rubric does not have it.
fn level_name(levels: &[LevelView], id: String) -> String {
    let level = levels.iter().find(|level| level.id.as_ref() == Some(&id));
    level.and_then(|level| level.name.clone()).unwrap_or(id)
}

/// A Result (Open Badges 3.0 §B.1.20), read against what the achievements say can be reached.
pub(super) fn result(mut node: Node, achievements: &[AchievementView], extra: &mut Vec<ExtraView>) -> ResultView {
    let id = node.text("resultDescription");
    let known = || achievements.iter().flat_map(|achievement| &achievement.result_descriptions);
    let description = known().find(|description| id.is_some() && description.id == id);
    let achieved = node.text("achievedLevel");
    let level = achieved.map(|achieved| match description {
        Some(description) => level_name(&description.levels, achieved),
        None => known()
            .find_map(|other| other.levels.iter().find(|level| level.id.as_ref() == Some(&achieved))?.name.clone())
            .unwrap_or(achieved),
    });
    let result = ResultView {
        name: description.and_then(|description| description.name.clone()).or(id.clone()),
        description: id,
        kind: description.and_then(|description| description.kind.clone()),
        value: node.text("value"),
        status: node.text("status"),
        level,
        required: description.and_then(|description| description.required_level.clone().or(description.required_value.clone())),
        max: description.and_then(|description| description.max.clone()),
        alignments: alignments(&mut node, extra),
    };
    node.rest(extra);
    result
}

/// Evidence (Open Badges 3.0 §B.1.9).
pub(super) fn evidence(mut node: Node, extra: &mut Vec<ExtraView>) -> EvidenceView {
    let evidence = EvidenceView {
        url: node.text("id"),
        name: node.text("name"),
        description: node.text("description"),
        narrative: node.text("narrative"),
        genre: node.text("genre"),
        audience: node.text("audience"),
        digest: node.text("digestMultibase"),
    };
    node.rest(extra);
    evidence
}

/// A reference to something elsewhere.
pub(super) fn reference(mut node: Node, extra: &mut Vec<ExtraView>) -> RefView {
    let url = node.text("id");
    let name = node.text("name").or_else(|| node.types().into_iter().next());
    node.rest(extra);
    RefView { url, name }
}

/// An IdentifierEntry (Open Badges 3.0 §B.1.12).
fn identifier(mut node: Node, extra: &mut Vec<ExtraView>) -> String {
    let (kind, value) = (node.text("identifierType"), node.text_of(&["identifier", "id"]));
    node.rest(extra);
    [kind, value].into_iter().flatten().collect::<Vec<_>>().join(": ")
}
