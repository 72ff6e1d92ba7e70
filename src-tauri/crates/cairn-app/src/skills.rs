//! Skills and what backs them.

use std::collections::HashMap;

use cairn_domain::skill::{Skill, SkillType};
use cairn_domain::{Kind, PartialDate, RecordId};
use serde::Serialize;

use crate::wallet::sources::{LineSource, Sources};
use crate::{App, Result};

/// A skill with the number of records of each kind that name it.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct BackedSkill {
    /// The skill.
    pub id: RecordId,
    /// What it is called.
    pub name: String,
    /// Which sort of skill it is.
    pub sort: SkillType,
    /// The level reached, in the learner's or a framework's words.
    pub level: String,
    /// When it was last used.
    pub last_used: Option<PartialDate>,
    /// Credentials that back it, of any status.
    pub credentials: u32,
    /// Evidence that shows it.
    pub evidence: u32,
    /// Stories that show it.
    pub stories: u32,
    /// Projects that used it.
    pub projects: u32,
    /// Who signed for it, and by what.
    pub source: LineSource,
}

impl App {
    /// Every skill with what backs it, in the learner's order. Where all four counts are 0, nothing does.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn skill_backing(&self) -> Result<Vec<BackedSkill>> {
        let (skills, backing, sources) =
            self.vault.read(|reader| Ok((reader.all::<Skill>()?, reader.backing(Kind::Skill)?, Sources::read(self, reader)?)))?;
        let counts: HashMap<(RecordId, Kind), u32> = backing.into_iter().map(|it| ((it.target, it.kind), it.count)).collect();
        Ok(skills
            .into_iter()
            .map(|stored| {
                let by = |kind| counts.get(&(stored.id, kind)).copied().unwrap_or(0);
                let Skill { name, sort, level, last_used, .. } = stored.record;
                BackedSkill {
                    id: stored.id,
                    name,
                    sort,
                    level,
                    last_used,
                    credentials: by(Kind::Credential),
                    evidence: by(Kind::Evidence),
                    stories: by(Kind::Story),
                    projects: by(Kind::Project),
                    source: sources.of(stored.id),
                }
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::sources::SourceKind;
    use cairn_domain::AnyRecord;
    use cairn_domain::collection::{Collection, CollectionEntry};
    use cairn_domain::credential::Credential;
    use cairn_domain::evidence::Evidence;
    use cairn_domain::id::SkillId;
    use cairn_domain::profile::Project;
    use cairn_domain::story::Story;

    #[test]
    fn a_skill_counts_who_names_it_and_nothing_else_does() {
        let dir = tempfile::tempdir().unwrap();
        let app = App::open_at(dir.path().join("vault"), || "2026-11-22T09:00:00Z".parse().unwrap()).unwrap();
        let add = |record: AnyRecord| {
            let fields = serde_json::to_value(&record).unwrap();
            app.add(record.kind(), fields).unwrap().id.unwrap()
        };
        let rust = add(Skill { name: "Rust".into(), level: "advanced".into(), ..Skill::default() }.into());
        let sql = add(Skill { name: "SQL".into(), sort: SkillType::Power, ..Skill::default() }.into());
        for title in ["one", "two"] {
            add(Evidence { title: title.into(), skills: vec![SkillId(rust)], ..Evidence::default() }.into());
        }
        add(Credential { title: "CKA".into(), skills: vec![SkillId(rust)], ..Credential::default() }.into());
        add(Story { title: "Move".into(), skills: vec![SkillId(rust)], ..Story::default() }.into());
        add(Project { name: "Cairn".into(), skills: vec![SkillId(rust)], ..Project::default() }.into());
        let chosen = CollectionEntry { record: sql, shown: true, title: String::new(), summary: String::new(), highlights: None };
        add(Collection { title: "All".into(), entries: vec![chosen], ..Collection::default() }.into());

        let backed = app.skill_backing().unwrap();
        let counts: Vec<_> = backed.iter().map(|it| (it.name.as_str(), it.credentials, it.evidence, it.stories, it.projects)).collect();
        assert_eq!(counts, [("Rust", 1, 2, 1, 1), ("SQL", 0, 0, 0, 0)]);
        assert!(backed.iter().all(|it| it.source.kind == SourceKind::Unsigned && it.source.by.is_empty()));
        assert_eq!((backed[0].level.as_str(), backed[1].sort), ("advanced", SkillType::Power));
    }
}
