//! How the achievements of a learner record belong together, in the names that a person knows them by (CLR 2.0, Association).

use std::collections::HashMap;
use std::sync::Arc;

use cairn_proof::opened::{Association, Grouping, Item};
use cairn_vault::wallet::held::Held as Row;
use serde::Serialize;

use crate::App;

/// One achievement's relation to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Relation {
    /// CLR's name for it, such as `isPartOf`.
    pub kind: String,
    /// What it starts from: its name, or its identifier where nothing names it.
    pub source: String,
    /// What it leads to.
    pub target: String,
}

impl App {
    /// What the learner record that `item` is, or came in, says of how it belongs together with others; of the record itself, all
    /// that it says.
    pub(super) fn relations(&self, row: &Row, item: &Item) -> Vec<Relation> {
        let whole = item.grouping.is_none();
        if whole && row.format != "clr" {
            return Vec::new();
        }
        let within = self.beside(row);
        let groupings = within.iter().filter_map(|other| other.grouping.as_ref());
        let grouping: Option<&Arc<Grouping>> = match &item.grouping {
            Some(grouping) => Some(grouping),
            None => item.view().id.and_then(|id| groupings.clone().find(|grouping| grouping.id.as_ref() == Some(&id))),
        };
        let Some(associations) = grouping.map(|grouping| &grouping.associations).filter(|all| !all.is_empty()) else { return Vec::new() };
        let mut names: HashMap<String, String> = HashMap::new();
        let mut mine: Vec<String> = Vec::new();
        for other in &within {
            let view = other.view();
            let ids = ids(&view.id, view.achievements.iter().map(|it| (&it.id, &it.name)), &view.name);
            if other.place == item.place {
                mine.extend(ids.iter().map(|(id, _)| id.clone()));
            }
            for (id, name) in ids {
                names.entry(id).or_insert(name);
            }
        }
        let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let told = |it: &&Association| whole || mine.contains(&it.source) || mine.contains(&it.target);
        let relation = |it: &Association| Relation { kind: it.kind.clone(), source: named(&it.source), target: named(&it.target) };
        associations.iter().filter(told).map(relation).collect()
    }
}

/// The identifiers of a credential and of what was achieved, each with what it is called.
fn ids<'a>(
    id: &Option<String>,
    achievements: impl Iterator<Item = (&'a Option<String>, &'a Option<String>)>,
    name: &Option<String>,
) -> Vec<(String, String)> {
    let of_achievements = achievements.filter_map(|(id, called)| Some((id.clone()?, called.clone().or(name.clone())?)));
    id.clone().zip(name.clone()).into_iter().chain(of_achievements).collect()
}
