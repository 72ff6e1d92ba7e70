//! Records that a résumé lists in a row: skills, languages, interests.

use cairn_document::view::Line;
use cairn_domain::AnyRecord;
use cairn_domain::skill::{Skill, SkillType};

use super::words::Words;
use crate::curation::selection::{Chosen, Part};

/// The rows of a section; none for a section that tells its records one by one.
pub(crate) fn of(part: &Part, words: &Words) -> Vec<Line> {
    let mut lines = Vec::new();
    for chosen in &part.records {
        match &chosen.record {
            AnyRecord::Skill(it) => skill(chosen, it, words, &mut lines),
            AnyRecord::Language(it) => lines.push(line(chosen, "", vec![with(&it.language, &it.fluency)])),
            AnyRecord::Interest(it) if clean(&it.keywords).is_empty() => lines.push(line(chosen, "", vec![it.name.trim().to_owned()])),
            AnyRecord::Interest(it) => lines.push(line(chosen, it.name.trim(), clean(&it.keywords))),
            _ => {}
        }
    }
    // One sort of skill alone needs no word for its sort.
    let sorts = words.skill_sorts;
    if let [only] = lines.as_mut_slice()
        && sorts.contains(&only.label.as_str())
    {
        only.label.clear();
    }
    lines
}

/// A skill that gathers others is a row of its own; the others stand in a row for each sort.
fn skill(chosen: &Chosen, it: &Skill, words: &Words, lines: &mut Vec<Line>) {
    let keywords = clean(&it.keywords);
    let name = with(&it.name, &it.level);
    if !keywords.is_empty() {
        lines.push(line(chosen, &name, keywords));
        return;
    }
    let label = match it.sort {
        SkillType::Technical => words.skill_sorts[0],
        SkillType::Soft => words.skill_sorts[1],
        SkillType::Power => words.skill_sorts[2],
    };
    match lines.iter_mut().find(|line| line.id.is_empty() && line.label == label) {
        Some(row) => row.items.push(name),
        None => lines.push(Line { id: String::new(), label: label.to_owned(), items: vec![name] }),
    }
}

fn line(chosen: &Chosen, label: &str, items: Vec<String>) -> Line {
    Line { id: chosen.id.to_string(), label: label.to_owned(), items }
}

/// "Greek (native)", or the name alone.
pub(crate) fn with(name: &str, detail: &str) -> String {
    let (name, detail) = (name.trim(), detail.trim());
    if detail.is_empty() { name.to_owned() } else { format!("{name} ({detail})") }
}

fn clean(items: &[String]) -> Vec<String> {
    items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
