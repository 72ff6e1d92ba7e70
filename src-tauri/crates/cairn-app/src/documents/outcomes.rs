//! Which story tells what a credential led to, so that each is told once.

use std::collections::{BTreeMap, BTreeSet};

use cairn_domain::story::Metric;
use cairn_domain::{Kind, RecordId};

use super::figures;
use super::words::Words;
use crate::curation::selection::Selection;

/// The outcome bullet of each credential that has one, and the stories that are told by them.
#[derive(Debug, Default)]
pub(crate) struct Outcomes {
    bullets: BTreeMap<RecordId, String>,
    told: BTreeSet<RecordId>,
}

impl Outcomes {
    /// Finds the outcome of every shown credential: the result of the first shown story that links to it and is
    /// measured, else its first competency. A story is told where the reader would meet it first: under one credential,
    /// and then no more in its own section, or in its own section where that comes before the credentials.
    pub fn of(selection: &Selection, words: &Words) -> Outcomes {
        let mut outcomes = Outcomes::default();
        let first = selection.parts.iter().map(|part| part.kind).find(|kind| matches!(kind, Kind::Credential | Kind::Story));
        for (chosen, credential) in selection.credentials() {
            if chosen.wording.highlights.is_some() {
                continue;
            }
            let story = selection.stories().find(|(told, story)| {
                first == Some(Kind::Credential)
                    && story.credentials.iter().any(|link| link.0 == chosen.id)
                    && story.metric.as_ref().is_some_and(Metric::is_measured)
                    && !outcomes.told.contains(&told.id)
            });
            let competency = || credential.competencies.iter().map(|line| line.trim()).find(|line| !line.is_empty()).map(str::to_owned);
            let bullet = match story {
                Some((told, story)) => {
                    outcomes.told.insert(told.id);
                    Some(figures::outcome(words, story))
                }
                None => competency(),
            };
            outcomes.bullets.extend(bullet.map(|bullet| (chosen.id, bullet)));
        }
        outcomes
    }

    /// What a credential led to.
    pub fn bullet(&self, credential: RecordId) -> Option<&str> {
        self.bullets.get(&credential).map(String::as_str)
    }

    /// Whether a story is told under a credential.
    pub fn tells(&self, story: RecordId) -> bool {
        self.told.contains(&story)
    }
}
