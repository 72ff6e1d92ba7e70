//! The competencies in others' frameworks that a claim stands for, as far as the learner's records know their addresses: those that
//! the learner wrote beside a competency, and those of the received credentials that speak of the record or of its skills.

use std::collections::BTreeSet;

use cairn_domain::{AnyRecord, RecordId};
use cairn_proof::issue::Alignment;
use cairn_proof::view::AlignmentView;
use cairn_vault::{Reader, Result};

use crate::App;
use crate::wallet::issues::{Strength, speaking};
use crate::wallet::offered::folded;

/// Alignments that one claim carries at most.
const MOST: usize = 100;
/// Open Badges' target types (OB 3.0 §B.2.2, AlignmentTargetType); extensions begin with `ext:`.
const KINDS: [&str; 7] =
    ["ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel", "CTDL"];

impl App {
    /// The alignments of the credentials behind a record, and of those that name one of its skills, to that skill. What does not hold
    /// says nothing, and a skill that `tells` keeps back is not told of.
    pub(super) fn signed_alignments(
        &self,
        reader: &Reader<'_>,
        id: RecordId,
        record: &AnyRecord,
        tells: &dyn Fn(RecordId) -> bool,
    ) -> Result<Vec<Alignment>> {
        let skills: BTreeSet<RecordId> = skills(id, record).into_iter().filter(|skill| tells(*skill)).collect();
        let mut rows = Vec::new();
        for skill in &skills {
            rows.extend(reader.held_filling(&skill.to_string())?.into_iter().map(|row| row.record));
        }
        let behind: BTreeSet<RecordId> = rows.into_iter().chain([id]).collect();
        let called = |id: &RecordId| Ok(reader.item(*id)?.map(|item| (*id, folded(&item.title))));
        let mut all = Vec::new();
        for record in behind {
            for issue in speaking(self.issues(reader, record)?).into_iter().filter(|issue| issue.strength == Strength::Proven) {
                // A skill that its collection does not show has a name, too.
                let named = issue.said.skills().iter().filter_map(|skill| called(skill).transpose()).collect::<Result<Vec<_>>>()?;
                let wanted = |alignment: &Alignment| {
                    let name = folded(&alignment.name);
                    let skill = named.iter().find(|(_, called)| *called == name).map(|(skill, _)| *skill);
                    match skill {
                        Some(skill) => skills.contains(&skill) || record == id && tells(skill),
                        None => record == id,
                    }
                };
                let Ok(item) = self.item(&issue.row) else { continue };
                let view = item.view();
                let of_achievements = view.achievements.iter().flat_map(|it| &it.alignments);
                all.extend(of_achievements.filter_map(alignment).filter(wanted));
            }
        }
        Ok(all)
    }
}

/// The skills that a record is about.
fn skills(id: RecordId, record: &AnyRecord) -> Vec<RecordId> {
    let of = |skills: &[cairn_domain::id::SkillId]| skills.iter().map(|skill| skill.0).collect();
    match record {
        AnyRecord::Skill(_) => vec![id],
        AnyRecord::Credential(it) => of(&it.skills),
        AnyRecord::Evidence(it) => of(&it.skills),
        AnyRecord::Story(it) => of(&it.skills),
        _ => Vec::new(),
    }
}

/// What a record's own words say of a framework: a competency, or a skill's keyword, with an address in it.
pub(super) fn written(record: &AnyRecord) -> Vec<Alignment> {
    let (name, statements) = match record {
        AnyRecord::Credential(it) => (it.title.as_str(), &it.competencies),
        AnyRecord::Skill(it) => (it.name.as_str(), &it.keywords),
        _ => return Vec::new(),
    };
    statements.iter().filter_map(|statement| of_statement(name, statement)).collect()
}

/// "Rigs a load (https://framework.example/rigging)"; an address alone stands for what `otherwise` is called.
fn of_statement(otherwise: &str, statement: &str) -> Option<Alignment> {
    let at = ["https://", "http://"].iter().filter_map(|scheme| statement.find(scheme)).min()?;
    let (before, rest) = statement.split_at(at);
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (url, after) = rest.split_at(end);
    let edges = |c: char| c.is_whitespace() || "()[]<>,;:.–—-|".contains(c);
    let url = url.trim_end_matches(|c: char| ")]>,;.".contains(c));
    let name = [before.trim_matches(edges), after.trim_matches(edges)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let name = if name.is_empty() { otherwise.trim().to_owned() } else { name.join(" ") };
    let plain = Alignment { name, url: url.to_owned(), framework: None, code: None, description: None, kind: None };
    is_usable(&plain).then_some(plain)
}

/// An alignment as its issuer signed it, where a new badge can say it: it needs a name and an address.
fn alignment(it: &AlignmentView) -> Option<Alignment> {
    let kind = it.kind.clone().filter(|kind| KINDS.contains(&kind.as_str()) || kind.starts_with("ext:"));
    let found = Alignment {
        name: it.name.clone().or(it.code.clone())?,
        url: it.url.clone()?,
        framework: it.framework.clone(),
        code: it.code.clone(),
        description: it.description.clone(),
        kind,
    };
    is_usable(&found).then_some(found)
}

/// Whether it may stand in a badge: one address that is none would keep the whole badge from being signed.
fn is_usable(alignment: &Alignment) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| alignment.url.strip_prefix(scheme));
    let safe = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(safe)) && !alignment.name.trim().is_empty()
}

/// Each target once, what is signed before what is only written.
pub(super) fn joined(written: Vec<Alignment>, signed: Vec<Alignment>) -> Vec<Alignment> {
    let mut seen = BTreeSet::new();
    signed.into_iter().chain(written).filter(|it| seen.insert(it.url.clone())).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_competency_with_an_address_in_it_is_an_alignment() {
        let of = |statement: &str| of_statement("Rigging", statement).map(|it| (it.name, it.url));
        let found = |name: &str, url: &str| Some((name.to_owned(), url.to_owned()));
        assert_eq!(of("Rigs a load (https://f.example/1)."), found("Rigs a load", "https://f.example/1"));
        assert_eq!(of("https://f.example/1"), found("Rigging", "https://f.example/1"));
        assert_eq!(of("https://f.example/1 – Rigs a load"), found("Rigs a load", "https://f.example/1"));
        assert_eq!(of("Rigs a load"), None);
        assert_eq!(of("See https://"), None);
    }
}
