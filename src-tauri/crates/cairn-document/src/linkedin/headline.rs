//! The line under the name.

use super::Limits;
use super::counted::{Counted, utf16};
use crate::prose;
use crate::view::{Resume, SectionKind};

/// Between the parts of a headline that Cairn composes.
const BETWEEN: &str = " | ";

/// The headline: the learner's own words, never cut, or else the first position and as many credentials as the field
/// takes.
pub fn headline(resume: &Resume, limits: &Limits) -> Counted {
    let own = prose::line(&resume.headline);
    if !own.is_empty() {
        return Counted::new(own, limits.headline);
    }
    let entries = |kind| resume.sections.iter().filter(move |section| section.kind == kind).flat_map(|section| &section.entries);
    let position = entries(SectionKind::Work).next().map(|entry| prose::joined([entry.title.as_str(), &entry.organisation], " · "));
    let credentials = entries(SectionKind::Credentials).map(|entry| prose::line(&entry.title));
    let mut text = String::new();
    for part in position.into_iter().chain(credentials).filter(|part| !part.is_empty()) {
        let longer = if text.is_empty() { part } else { format!("{text}{BETWEEN}{part}") };
        if utf16(&longer) <= limits.headline {
            text = longer;
        }
    }
    Counted::new(text, limits.headline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Entry, Section};

    fn section(kind: SectionKind, titles: &[&str]) -> Section {
        let entry = |title: &&str| Entry { title: (*title).into(), organisation: "Example".into(), ..Entry::default() };
        Section { kind, entries: titles.iter().map(entry).collect(), ..Section::default() }
    }

    #[test]
    fn the_learners_own_words_are_never_cut() {
        let resume = Resume { headline: "word ".repeat(100), ..Resume::default() };
        let said = headline(&resume, &Limits::default());
        assert_eq!((said.utf16, said.fits()), (499, false));
    }

    #[test]
    fn without_words_it_says_the_position_and_the_credentials_that_fit() {
        let long = "x".repeat(220);
        let sections = vec![section(SectionKind::Credentials, &["CKA", &long, "PMP"]), section(SectionKind::Work, &["Engineer", "Intern"])];
        let resume = Resume { sections, ..Resume::default() };
        assert_eq!(headline(&resume, &Limits::default()).text, "Engineer · Example | CKA | PMP");
    }
}
