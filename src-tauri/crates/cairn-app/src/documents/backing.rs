//! Which signed credential in a packet backs each line of the résumé, and who signed it.

use std::collections::{BTreeMap, BTreeSet};

use cairn_document::view::Resume;
use cairn_domain::RecordId;
use cairn_proof::packet::{Line, Provenance};

use super::lines::with;
use crate::curation::selection::Selection;

/// What backs the records of a packet.
#[derive(Debug, Default)]
pub(crate) struct Backing(BTreeMap<RecordId, Backed>);

/// What backs a record.
#[derive(Debug)]
struct Backed {
    provenance: Provenance,
    by: Option<String>,
    file: String,
}

impl Backing {
    /// Notes that the credential in `file` speaks of these records. What an issuer signed goes before what the learner did; of
    /// two alike the first stands.
    pub fn add(&mut self, records: impl IntoIterator<Item = RecordId>, provenance: Provenance, by: Option<&str>, file: &str) {
        for record in records {
            if self.is_issued(record) || provenance == Provenance::SelfSigned && self.is_signed(record) {
                continue;
            }
            self.0.insert(record, Backed { provenance, by: by.map(str::to_owned), file: file.to_owned() });
        }
    }

    /// Whether an issuer signed for a record.
    pub fn is_issued(&self, record: RecordId) -> bool {
        self.0.get(&record).is_some_and(|backed| backed.provenance == Provenance::IssuerSigned)
    }

    /// Whether anything in the packet backs a record.
    pub fn is_signed(&self, record: RecordId) -> bool {
        self.0.contains_key(&record)
    }

    /// Each line of the résumé, in reading order, with what backs it. A bullet under a credential is the learner's word, as is
    /// everything without a credential of its own: the packet's signature stands for that.
    pub fn lines(&self, resume: &Resume, selection: &Selection) -> Vec<Line> {
        let skills: BTreeMap<String, RecordId> =
            selection.skills().map(|(chosen, skill)| (with(&skill.name, &skill.level), chosen.id)).collect();
        let own = |text: &str| self.line(text.to_owned(), None);
        let mut lines = vec![own(&joined([resume.name.as_str(), &resume.headline]))];
        lines.push(own(&resume.summary));
        for section in &resume.sections {
            for entry in &section.entries {
                let said = joined([entry.title.as_str(), &entry.organisation, &entry.place, &entry.dates, &entry.note]);
                lines.push(self.line(said, entry.id.parse().ok()));
                lines.push(own(&entry.summary));
                lines.extend(entry.highlights.iter().map(|bullet| own(bullet)));
                // Courses and keywords stand in one row.
                lines.push(own(&entry.tags.join(", ")));
            }
            for row in &section.lines {
                // A row that gathers many skills is as many lines: each is backed by something else.
                let labelled = |text: &str| if row.label.is_empty() { text.to_owned() } else { format!("{}: {text}", row.label) };
                match row.id.parse::<RecordId>() {
                    Ok(id) => lines.push(self.line(labelled(&row.items.join(", ")), Some(id))),
                    Err(_) => lines.extend(row.items.iter().map(|item| self.line(labelled(item), skills.get(item).copied()))),
                }
            }
        }
        let mut seen = BTreeSet::new();
        lines.retain(|line| !line.text.trim().is_empty() && seen.insert((line.text.clone(), line.file.clone())));
        lines
    }

    fn line(&self, text: String, record: Option<RecordId>) -> Line {
        match record.and_then(|record| self.0.get(&record)) {
            Some(it) => Line { text, provenance: it.provenance, by: it.by.clone(), file: Some(it.file.clone()) },
            None => Line { text, provenance: Provenance::SelfSigned, by: None, file: None },
        }
    }
}

/// The parts that say something, in a row.
fn joined<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
