//! The résumé as plain text, for forms and mail: one column, parts in the order that applicant tracking systems read.
//!
//! Title, organisation and dates share a line, so that nothing has to guess what a date belongs to. Lines are not
//! wrapped: what shows them does that.

use unicode_segmentation::UnicodeSegmentation;

use crate::prose::{self, line, lines};
use crate::view::{Contact, Entry, Line, Resume, Section};

/// Between things that stand in one row.
const BETWEEN: &str = " | ";

/// The résumé as plain text, ending in a line break; nothing at all for an empty one.
pub fn resume(resume: &Resume) -> String {
    let mut blocks = vec![head(resume)];
    let summary = paragraphs(&resume.summary);
    if !summary.is_empty() {
        blocks.extend(heading(&resume.summary_title));
        blocks.push(summary.join("\n\n"));
    }
    for section in &resume.sections {
        let body = body(section);
        if !body.is_empty() {
            blocks.extend(heading(&section.title));
            blocks.extend(body);
        }
    }
    blocks.retain(|block| !block.is_empty());
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Name, headline and ways to reach the person, a line each.
fn head(resume: &Resume) -> String {
    let contacts: Vec<String> = resume.contacts.iter().map(contact).collect();
    lines([resume.name.as_str(), &resume.headline].into_iter().chain(contacts.iter().map(String::as_str))).join("\n")
}

fn contact(contact: &Contact) -> String {
    let text = prose::joined([contact.label.as_str(), &contact.text], ": ");
    match prose::unsaid(&contact.url, &contact.text) {
        Some(url) if line(&contact.text).is_empty() => prose::joined([contact.label.as_str(), url], ": "),
        Some(url) => format!("{text} ({url})"),
        None => text,
    }
}

/// A heading, underlined as far as it reaches so that it shows where type has no size.
fn heading(title: &str) -> Option<String> {
    let title = line(title);
    let width = title.graphemes(true).count();
    (width > 0).then(|| format!("{title}\n{}", "-".repeat(width)))
}

/// Entries and lines of a section: a block for each entry, or one for all where each is a single line.
fn body(section: &Section) -> Vec<String> {
    let entries: Vec<String> = section.entries.iter().map(entry).filter(|entry| !entry.is_empty()).collect();
    let listed = section.kind.compact() && !entries.iter().any(|entry| entry.contains('\n'));
    let mut blocks = if listed { vec![entries.join("\n")] } else { entries };
    blocks.push(rows(&section.lines));
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn entry(entry: &Entry) -> String {
    let organisation = prose::joined([entry.organisation.as_str(), &entry.place], ", ");
    let mut rows = lines([prose::joined([entry.title.as_str(), &organisation, &entry.dates], BETWEEN).as_str()]);
    rows.extend(prose::unsaid(&entry.url, &entry.title).map(str::to_owned));
    rows.extend(paragraphs(&entry.note));
    rows.extend(paragraphs(&entry.summary));
    rows.extend(lines(entry.highlights.iter().map(String::as_str)).iter().map(|highlight| format!("- {highlight}")));
    rows.push(prose::joined(entry.tags.iter().map(String::as_str), ", "));
    rows.retain(|row| !row.is_empty());
    rows.join("\n")
}

/// What is listed: `Label: item, item`; rows without a label run on in one.
fn rows(all: &[Line]) -> String {
    let (labelled, bare): (Vec<&Line>, Vec<&Line>) = all.iter().partition(|row| !line(&row.label).is_empty());
    let items = |row: &Line| prose::joined(row.items.iter().map(String::as_str), ", ");
    let mut rows: Vec<String> = labelled.iter().map(|row| prose::joined([row.label.as_str(), &items(row)], ": ")).collect();
    let together: Vec<String> = bare.iter().map(|row| items(row)).collect();
    rows.push(prose::joined(together.iter().map(String::as_str), ", "));
    rows.retain(|row| !row.is_empty());
    rows.join("\n")
}

fn paragraphs(text: &str) -> Vec<String> {
    prose::paragraphs(text).into_iter().map(|rows| rows.join("\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::SectionKind;

    fn ada() -> Resume {
        Resume {
            name: "Ada Example".into(),
            headline: "Platform engineer".into(),
            contacts: vec![
                Contact { text: "Berlin, DE".into(), ..Contact::default() },
                Contact { text: "ada@example.org".into(), url: "mailto:ada@example.org".into(), ..Contact::default() },
                Contact { label: "GitHub".into(), text: "ada".into(), url: "https://github.com/ada".into() },
            ],
            summary_title: "Summary".into(),
            summary: "Builds platforms.\n\nTeaches.".into(),
            sections: vec![
                Section {
                    title: "Certifications".into(),
                    kind: SectionKind::Credentials,
                    entries: vec![
                        Entry { title: "CKA".into(), organisation: "CNCF".into(), dates: "Mar 2026".into(), ..Entry::default() },
                        Entry { title: "Scrum Master".into(), note: "No. 7".into(), ..Entry::default() },
                    ],
                    lines: vec![
                        Line { label: "Technical".into(), items: vec!["Rust".into(), "SQL".into()], ..Line::default() },
                        Line { items: vec!["Greek".into()], ..Line::default() },
                        Line { items: vec!["Latin".into(), " ".into()], ..Line::default() },
                    ],
                },
                Section {
                    title: "Work".into(),
                    kind: SectionKind::Work,
                    entries: vec![Entry {
                        title: "Engineer".into(),
                        organisation: "Example Corp".into(),
                        place: "Berlin".into(),
                        dates: "Mar 2021 – present".into(),
                        highlights: vec!["Deploy time 40 → 10 min".into()],
                        ..Entry::default()
                    }],
                    lines: Vec::new(),
                },
                Section { title: "Nothing".into(), entries: vec![Entry::default()], ..Section::default() },
            ],
            ..Resume::default()
        }
    }

    #[test]
    fn the_whole_reads_from_top_to_bottom() {
        let expected = "\
Ada Example
Platform engineer
Berlin, DE
ada@example.org
GitHub: ada (https://github.com/ada)

Summary
-------

Builds platforms.

Teaches.

Certifications
--------------

CKA | CNCF | Mar 2026

Scrum Master
No. 7

Technical: Rust, SQL
Greek, Latin

Work
----

Engineer | Example Corp, Berlin | Mar 2021 – present
- Deploy time 40 → 10 min
";
        assert_eq!(resume(&ada()), expected);
    }

    #[test]
    fn what_is_one_line_each_is_a_list() {
        let award = |title: &str| Entry { title: title.into(), dates: "2024".into(), ..Entry::default() };
        let entries = vec![award("Prize"), award("Medal")];
        let awards = Section { title: "Awards".into(), kind: SectionKind::Awards, entries, ..Section::default() };
        assert_eq!(body(&awards), ["Prize | 2024\nMedal | 2024"]);
    }

    #[test]
    fn what_is_empty_leaves_no_heading_and_no_punctuation() {
        assert_eq!(resume(&Resume::default()), "");
        let bare = Resume { name: " ".into(), summary_title: "Summary".into(), ..Resume::default() };
        assert_eq!(resume(&bare), "");
    }

    #[test]
    fn an_entry_keeps_to_its_lines_whatever_its_fields_hold() {
        let odd = Entry { title: "Senior\nEngineer\u{0}".into(), dates: "2021\r\n".into(), ..Entry::default() };
        assert_eq!(entry(&odd), "Senior Engineer | 2021");
    }
}
