//! What a credential says, as far as the lines of a résumé can say it again: so that a line is told from what its issuer signed.
//!
//! A line is one text, in any language, whose parts stand in a row: `title · issuer · date · note`. A part is the issuer's where
//! the credential says the same; a date where it is one of the credential's, to the precision of both; the words that documents
//! put around dates and skills (`line-words.json`) are nobody's. Whatever is left is the learner's own.

use crate::materials::Materials;
use crate::opened::{Item, Payload};
use crate::text::misleads;
use crate::view::{self, CredentialView, EvidenceView};
use serde::Deserialize;
use serde_json::Value;
use std::sync::{Arc, LazyLock};

/// What stands between the parts of a line.
const BETWEEN: &str = " · ";

/// The words of documents that say nothing of what was signed, the same for the page in a packet.
static WORDS: LazyLock<LineWords> =
    LazyLock::new(|| serde_json::from_str(include_str!("../verify-page/src/line-words.json")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct LineWords {
    /// What may stand around a date.
    dates: Vec<String>,
    /// What may stand before a skill.
    labels: Vec<String>,
}

/// What a credential says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// What it is called, and what was achieved; the first is its own name.
    names: Vec<String>,
    /// The skills that it names.
    skills: Vec<String>,
    /// Everything else that a part of a line may repeat: who issued it, levels, results.
    others: Vec<String>,
    /// Identifiers and numbers, which a line gives after a word of its own.
    numbers: Vec<String>,
    /// Its dates, as years with their months.
    dates: Vec<(i32, Option<u32>)>,
    /// The evidence that it names.
    pub evidence: Vec<EvidenceView>,
}

/// The parts of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The credential's own words for what the line begins with; None where it does not say that.
    pub signed: Option<String>,
    /// Those that the credential does not say, in their order.
    pub own: Vec<String>,
}

impl Said {
    /// What an opened credential says; of a badge that names its class and issuer by their addresses, what was seen there.
    pub fn by(item: &Item, materials: &Materials) -> Self {
        let view = match &item.payload {
            Payload::OpenBadges2 { token, assertion, .. } => {
                let seen = |url: Option<&Value>| {
                    let held = materials.copies(url?.as_str()?).into_iter().find(|held| !held.enclosed)?;
                    held.document.as_ref().ok().cloned().map(Arc::new)
                };
                let class = seen(assertion.get("badge"));
                let issuer = class.as_ref().and_then(|class| seen(class.get("issuer")));
                let beside = class.into_iter().chain(issuer).collect();
                view::view(&Payload::OpenBadges2 { token: token.clone(), assertion: assertion.clone(), beside })
            }
            payload => view::view(payload),
        };
        Self::of(view)
    }

    fn of(view: CredentialView) -> Self {
        let mut said = Self { evidence: view.evidence, ..Self::default() };
        said.names.extend(view.name);
        for achievement in view.achievements {
            said.names.extend(achievement.name);
            said.skills.extend(achievement.alignments.into_iter().filter_map(|alignment| alignment.name));
            said.skills.extend(achievement.tags);
            said.others.extend([achievement.kind, achievement.field_of_study, achievement.specialization].into_iter().flatten());
            said.others.extend(achievement.creator.and_then(|creator| creator.name));
            said.numbers.extend([achievement.id, achievement.code].into_iter().flatten());
        }
        for result in view.results {
            said.skills.extend(result.alignments.into_iter().filter_map(|alignment| alignment.name));
            said.others.extend([result.value, result.level].into_iter().flatten());
        }
        let (dates, subject, issuer) = (view.dates, view.subject, view.issuer);
        said.others
            .extend([issuer.name, issuer.id, subject.name, subject.role, subject.term, view.endorsement_comment].into_iter().flatten());
        said.numbers.extend([view.id, subject.licence_number].into_iter().flatten());
        let dates = [dates.awarded, dates.valid_from, dates.valid_until, subject.activity_start, subject.activity_end];
        said.dates.extend(dates.iter().flatten().filter_map(|date| dated(date)));
        said
    }

    /// What the credential calls itself.
    pub fn name(&self) -> Option<&str> {
        self.names.first().map(String::as_str)
    }

    /// A line, part by part.
    pub fn parts(&self, line: &str) -> Parts {
        let parts: Vec<&str> = line.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).collect();
        let Some((first, rest)) = parts.split_first() else { return Parts::default() };
        // A skill stands alone: a credential that is called like one of the skills in it would be another credential.
        let (signed, mut own) = match self.names.iter().find(|name| same(name, first)) {
            Some(name) => (Some(name.clone()), Vec::new()),
            None if rest.is_empty() => self.skill(first),
            None => (None, vec![(*first).to_owned()]),
        };
        own.extend(rest.iter().filter(|part| !self.says(part)).map(|part| (*part).to_owned()));
        Parts { signed, own }
    }

    /// The skill that a line is, and what of the line the credential does not say: all of it where it is no skill of it.
    fn skill(&self, title: &str) -> (Option<String>, Vec<String>) {
        let bare =
            title.split_once(": ").filter(|(label, _)| WORDS.labels.iter().any(|known| same(known, label))).map_or(title, |(_, bare)| bare);
        // A skill with the learner's own level behind it: “Welding (Expert)”.
        let (name, level) = match bare.strip_suffix(')').and_then(|bare| bare.rsplit_once(" (")) {
            Some((name, level)) if self.named(bare).is_none() => (name, Some(level)),
            _ => (bare, None),
        };
        match self.named(name) {
            Some(name) => (Some(name), level.filter(|level| !self.says(level)).map(str::to_owned).into_iter().collect()),
            None => (None, vec![title.to_owned()]),
        }
    }

    fn named(&self, text: &str) -> Option<String> {
        self.skills.iter().chain(&self.names).find(|name| same(name, text)).cloned()
    }

    /// Whether the credential says what a part of a line does.
    fn says(&self, part: &str) -> bool {
        let numbered = || self.numbers.iter().any(|number| ends_with(part, number));
        let other = || self.others.iter().chain(&self.names).chain(&self.skills).any(|said| same(said, part));
        let labelled = || part.split_once(": ").is_some_and(|(_, value)| self.others.iter().any(|said| same(said, value)));
        other() || numbered() || labelled() || self.is_dated(part)
    }

    /// Whether a part holds dates of the credential, and nothing else but the words that documents put around dates.
    fn is_dated(&self, part: &str) -> bool {
        let words: Vec<&str> = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let (mut left, mut found, mut at) = (Vec::new(), 0, 0);
        while let Some(word) = words.get(at) {
            let (date, taken) = date_at(&words[at..]);
            match date {
                Some((year, month)) => {
                    let fits =
                        |signed: &(i32, Option<u32>)| signed.0 == year && (month.is_none() || signed.1.is_none() || signed.1 == month);
                    if !self.dates.iter().any(fits) {
                        return false;
                    }
                    found += 1;
                }
                None => left.push(*word),
            }
            at += taken;
        }
        let around = |known: &String| same(&known.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "), &left.join(" "));
        found > 0 && (left.is_empty() || WORDS.dates.iter().any(around))
    }
}

/// The date that some words begin with, and how many of them it is made of: `2024`, `Jan 2024`, `01 2024`, `2024 01 15`.
fn date_at(words: &[&str]) -> (Option<(i32, Option<u32>)>, usize) {
    let year =
        |word: Option<&&str>| word.filter(|word| word.len() == 4).and_then(|word| number(word)).and_then(|year| i32::try_from(year).ok());
    let month =
        |word: Option<&&str>| word.filter(|word| word.len() == 2).and_then(|word| number(word)).filter(|month| (1..=12).contains(month));
    let day = |word: Option<&&str>| word.filter(|word| word.len() == 2).and_then(|word| number(word)).filter(|day| (1..=31).contains(day));
    if let Some(year) = year(words.first()) {
        let month = month(words.get(1));
        let taken = 1 + usize::from(month.is_some()) + usize::from(month.is_some() && day(words.get(2)).is_some() && later(words));
        return (Some((year, month)), taken);
    }
    match (month(words.first()).or(words.first().and_then(|word| named_month(word))), year(words.get(1))) {
        (Some(month), Some(year)) => (Some((year, Some(month))), 2),
        _ => (None, 1),
    }
}

/// Whether the third of some words is a day, and not the month of another date: `2024 01 15`, but `2024 01 02 2025`.
fn later(words: &[&str]) -> bool {
    words.get(3).is_none_or(|next| next.len() != 4)
}

/// A month by its English name, or the first three letters of it.
fn named_month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.to_lowercase();
    let found = MONTHS.iter().position(|month| *month == word || month.get(..3) == Some(&word))?;
    u32::try_from(found + 1).ok()
}

fn number(word: &str) -> Option<u32> {
    word.bytes().all(|digit| digit.is_ascii_digit()).then(|| word.parse().ok())?
}

/// The year and month that a date of a credential begins with.
fn dated(date: &str) -> Option<(i32, Option<u32>)> {
    let words: Vec<&str> = date.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).take(3).collect();
    date_at(&words).0
}

/// Whether two texts say the same to a reader: whatever the case and the white space.
fn same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// Whether a text ends with another, after a word of its own.
fn ends_with(text: &str, end: &str) -> bool {
    let (text, end) = (plain(text), plain(end));
    // One word stands before a number, such as “ID”.
    !end.is_empty()
        && text.strip_suffix(&end).is_some_and(|label| label.is_empty() || (label.ends_with(' ') && label.trim().split(' ').count() == 1))
}

fn plain(text: &str) -> String {
    let seen = text.chars().map(|c| if misleads(c) || c == '\u{fffd}' { ' ' } else { c });
    seen.collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welding() -> Said {
        Said {
            names: vec!["TIG Welding".into()],
            skills: vec!["Weld steel".into()],
            others: vec!["Harbour School".into(), "Distinction".into()],
            numbers: vec!["urn:uuid:1".into()],
            dates: vec![(2024, Some(1)), (2027, Some(1))],
            evidence: vec![],
        }
    }

    fn own(line: &str) -> (bool, Vec<String>) {
        let Parts { signed, own } = welding().parts(line);
        (signed.is_some(), own)
    }

    #[test]
    fn what_the_issuer_says_is_the_issuers() {
        for line in [
            "TIG Welding",
            "tig  welding · Harbour School · Jan 2024 · ID urn:uuid:1 · valid until Jan 2027",
            "TIG Welding · Harbour School · 01/2024 · Grade: Distinction",
            "TIG Welding · 2024 – 2027 · Nr. urn:uuid:1",
            "TIG Welding · 2024-01-01 · gültig bis 01/2027",
            "Weld steel",
            "Technical: Weld steel",
            "TIG Welding · Jan 2024 – Jan 2027 (expired)",
        ] {
            assert_eq!(own(line), (true, vec![]), "{line}");
        }
    }

    #[test]
    fn whatever_else_a_line_says_is_the_learners() {
        let parts = own("PhD in Physics · Harbour School · Jan 2010 · Doctorate · ID urn:uuid:1 · valid until Jan 2027");
        assert_eq!(parts, (false, vec!["PhD in Physics".into(), "Jan 2010".into(), "Doctorate".into()]));
        assert_eq!(own("Weld steel (Expert)"), (true, vec!["Expert".into()]));
        for title in [
            "Neurosurgery",
            "PhD: TIG Welding",
            "PhD 2024",
            "TIG Welding, summa cum laude",
            "TIG Welding (PhD) in Physics",
            "Weld steel (Expert) in Physics",
        ] {
            assert_eq!(own(title), (false, vec![title.to_owned()]), "{title}");
        }
        assert_eq!(own("Weld steel · Harbour School"), (false, vec!["Weld steel".into()]), "a skill is no credential");
        for part in ["Feb 2024", "2025", "02/2024", "PhD 2024", "Harvard University", "PhD with ID urn:uuid:1", "2024-02"] {
            assert_eq!(own(&format!("TIG Welding · {part}")), (true, vec![part.to_owned()]), "{part}");
        }
    }

    #[test]
    fn the_words_around_dates_are_there() {
        assert!(WORDS.dates.len() > 13 && WORDS.labels.len() > 13);
    }
}
