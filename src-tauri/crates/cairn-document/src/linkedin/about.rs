//! The About text: who the person is, what came of their work, what they hold and can.

use super::Limits;
use super::counted::{Counted, utf16};
use crate::prose;
use crate::view::{Resume, Section, SectionKind};

/// Outcomes told at most: About is read in a minute.
const OUTCOMES: usize = 5;
/// Credentials named at most.
const CREDENTIALS: usize = 6;

/// The About text: the summary in the learner's own words, never cut; below it outcomes, credentials and skills, whole or
/// not at all, as far as the field takes them. Ways to reach the person stay out: LinkedIn shows this to anyone.
pub fn about(resume: &Resume, limits: &Limits) -> Counted {
    let summary: Vec<String> = prose::paragraphs(&resume.summary).into_iter().map(|rows| rows.join("\n")).collect();
    let mut text = summary.join("\n\n");
    for Block { heading, rows } in [outcomes(resume), credentials(resume), skills(resume)] {
        let mut opening = heading;
        for row in rows {
            let gap = match (&opening, text.is_empty()) {
                (Some(_), false) => "\n\n",
                (None, false) => "\n",
                (_, true) => "",
            };
            let longer = match opening.as_deref() {
                Some(heading) if !heading.is_empty() => format!("{text}{gap}{heading}\n{row}"),
                _ => format!("{text}{gap}{row}"),
            };
            if utf16(&longer) <= limits.about {
                text = longer;
                opening = None;
            }
        }
    }
    Counted::new(text, limits.about)
}

/// Rows that stand together. The heading is present until it has been written; an empty one leaves only a space.
struct Block {
    heading: Option<String>,
    rows: Vec<String>,
}

/// The first thing that came of each story, position, project and engagement.
fn outcomes(resume: &Resume) -> Block {
    let told = [SectionKind::Stories, SectionKind::Work, SectionKind::Projects, SectionKind::Volunteering];
    let entries = told.into_iter().flat_map(|kind| of(resume, kind)).flat_map(|section| &section.entries);
    let firsts = entries.filter_map(|entry| entry.highlights.iter().map(|said| prose::line(said)).find(|said| !said.is_empty()));
    let rows = firsts.take(OUTCOMES).map(|said| format!("• {said}")).collect();
    Block { heading: Some(String::new()), rows }
}

fn credentials(resume: &Resume) -> Block {
    let mut heading = String::new();
    let mut rows = Vec::new();
    for section in of(resume, SectionKind::Credentials) {
        if heading.is_empty() {
            heading = prose::line(&section.title);
        }
        let said = section.entries.iter().map(|entry| prose::joined([entry.title.as_str(), &entry.organisation], ", "));
        rows.extend(said.filter(|said| !said.is_empty()).map(|said| format!("• {said}")));
    }
    rows.truncate(CREDENTIALS);
    Block { heading: Some(heading), rows }
}

/// What is listed beside credentials or as skills, a row for each label.
fn skills(resume: &Resume) -> Block {
    let sections = || of(resume, SectionKind::Skills).chain(of(resume, SectionKind::Credentials));
    let heading = of(resume, SectionKind::Skills).map(|section| prose::line(&section.title)).next().unwrap_or_default();
    let row = |line: &crate::view::Line| {
        let items = prose::joined(line.items.iter().map(String::as_str), " · ");
        if items.is_empty() { items } else { prose::joined([line.label.as_str(), &items], ": ") }
    };
    let rows = sections().flat_map(|section| section.lines.iter().map(row)).filter(|row| !row.is_empty()).collect();
    Block { heading: Some(heading), rows }
}

fn of(resume: &Resume, kind: SectionKind) -> impl Iterator<Item = &Section> {
    resume.sections.iter().filter(move |section| section.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Contact, Entry, Line};

    fn ada() -> Resume {
        let work =
            Entry { title: "Engineer".into(), highlights: vec!["Deploy time 40 → 10 min".into(), "More".into()], ..Entry::default() };
        let cka = Entry { title: "CKA".into(), organisation: "CNCF".into(), ..Entry::default() };
        let skills = Line { label: "Technical".into(), items: vec!["Rust".into(), "SQL".into()], ..Line::default() };
        let section = |kind, title: &str, entries, lines| Section { title: title.into(), kind, entries, lines };
        Resume {
            summary: "I build platforms.\n\nI teach.".into(),
            contacts: vec![Contact { text: "ada@example.org".into(), ..Contact::default() }],
            sections: vec![
                section(SectionKind::Credentials, "Skills & certifications", vec![cka], vec![skills]),
                section(SectionKind::Work, "Work", vec![work], Vec::new()),
            ],
            ..Resume::default()
        }
    }

    #[test]
    fn it_tells_who_what_came_of_it_and_what_is_held() {
        let expected =
            "I build platforms.\n\nI teach.\n\n• Deploy time 40 → 10 min\n\nSkills & certifications\n• CKA, CNCF\n\nTechnical: Rust · SQL";
        assert_eq!(about(&ada(), &Limits::default()).text, expected);
    }

    #[test]
    fn it_says_nothing_of_how_to_reach_the_person() {
        assert!(!about(&ada(), &Limits::default()).text.contains('@'));
    }

    #[test]
    fn what_does_not_fit_is_left_out_whole() {
        let limits = Limits { about: 60, ..Limits::default() };
        let said = about(&ada(), &limits);
        assert!(said.fits());
        assert_eq!(said.text, "I build platforms.\n\nI teach.\n\n• Deploy time 40 → 10 min");
    }

    #[test]
    fn nothing_makes_nothing() {
        assert_eq!(about(&Resume::default(), &Limits::default()).text, "");
    }
}
