//! The résumé as Markdown (CommonMark 0.31), in the same order as the plain text. What people wrote stays text: every
//! character that could be markup is escaped.

use crate::prose::{self, address, line, lines};
use crate::view::{Contact, Entry, Line, Resume, Section};

/// The résumé as Markdown, ending in a line break; nothing at all for an empty one.
pub fn resume(resume: &Resume) -> String {
    let mut blocks = vec![heading(1, &resume.name), inline(&resume.headline)];
    blocks.push(resume.contacts.iter().map(contact).filter(|contact| !contact.is_empty()).collect::<Vec<_>>().join(" · "));
    let summary = paragraphs(&resume.summary);
    if !summary.is_empty() {
        blocks.push(heading(2, &resume.summary_title));
        blocks.extend(summary);
    }
    for section in &resume.sections {
        let body: Vec<String> = body(section).into_iter().filter(|block| !block.is_empty()).collect();
        if !body.is_empty() {
            blocks.push(heading(2, &section.title));
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

fn heading(level: usize, title: &str) -> String {
    let title = within(title);
    if title.is_empty() { title } else { format!("{} {title}", "#".repeat(level)) }
}

fn contact(contact: &Contact) -> String {
    let text = line(&contact.text);
    let shown = if text.is_empty() { address(&contact.url).unwrap_or_default() } else { &text };
    let shown = linked(shown, &contact.url);
    match inline(&contact.label) {
        label if label.is_empty() || shown.is_empty() => shown,
        label => format!("{label}: {shown}"),
    }
}

/// Entries, then lines; entries that people list rather than tell are items of a list.
fn body(section: &Section) -> Vec<String> {
    let mut blocks = Vec::new();
    if section.kind.compact() {
        blocks.push(section.entries.iter().map(item).filter(|item| !item.is_empty()).collect::<Vec<_>>().join("\n"));
    } else {
        blocks.extend(section.entries.iter().flat_map(told));
    }
    blocks.push(rows(&section.lines));
    blocks
}

/// An entry under a heading of its own.
fn told(entry: &Entry) -> Vec<String> {
    let title = linked(&line(&entry.title), &entry.url);
    let organisation = inline(&prose::joined([entry.organisation.as_str(), &entry.place], ", "));
    let dates = inline(&entry.dates);
    let under: Vec<&str> = [organisation.as_str(), &dates].into_iter().filter(|part| !part.is_empty()).collect();
    let mut blocks = vec![if title.is_empty() { title } else { format!("### {title}") }, under.join(" · ")];
    blocks.extend(paragraphs(&entry.note));
    blocks.extend(paragraphs(&entry.summary));
    blocks.push(list(&entry.highlights, ""));
    blocks.push(inline(&prose::joined(entry.tags.iter().map(String::as_str), ", ")));
    blocks
}

/// An entry as an item of a list, with all that belongs to it indented under it.
fn item(entry: &Entry) -> String {
    let title = linked(&line(&entry.title), &entry.url);
    let title = if title.is_empty() { title } else { format!("**{title}**") };
    let rest = [inline(&entry.organisation), inline(&entry.place), inline(&entry.dates)];
    let head: Vec<String> = std::iter::once(title).chain(rest).filter(|part| !part.is_empty()).collect();
    let mut under = paragraphs(&entry.note);
    under.extend(paragraphs(&entry.summary));
    under.push(inline(&prose::joined(entry.tags.iter().map(String::as_str), ", ")));
    let mut rows = vec![head.join(", ")];
    rows.extend(under);
    rows.retain(|row| !row.is_empty());
    // A break between rows of an item, so that they neither run together nor make the list a loose one.
    let rows = rows.join("\\\n").replace('\n', "\n  ");
    let list = list(&entry.highlights, "  ");
    match (rows.is_empty(), list.is_empty()) {
        (true, true) => String::new(),
        (true, false) => list.lines().map(str::trim_start).collect::<Vec<_>>().join("\n"),
        (false, true) => format!("- {rows}"),
        (false, false) => format!("- {rows}\n{list}"),
    }
}

fn list(items: &[String], indent: &str) -> String {
    let items = items.iter().map(|item| inline(item)).filter(|item| !item.is_empty());
    items.map(|item| format!("{indent}- {item}")).collect::<Vec<_>>().join("\n")
}

/// What is listed, a row for each label in one paragraph; rows without a label run on in one.
fn rows(all: &[Line]) -> String {
    let items = |row: &Line| lines(row.items.iter().map(String::as_str));
    let (labelled, bare): (Vec<&Line>, Vec<&Line>) = all.iter().partition(|row| !line(&row.label).is_empty());
    let bare: Vec<String> = bare.into_iter().flat_map(items).collect();
    let labelled = labelled.into_iter().map(|row| match items(row) {
        items if items.is_empty() => format!("**{}**", within(&row.label)),
        items => format!("**{}:** {}", within(&row.label), inline(&items.join(", "))),
    });
    let mut rows: Vec<String> = labelled.collect();
    if !bare.is_empty() {
        rows.push(inline(&bare.join(", ")));
    }
    rows.join("\\\n")
}

fn paragraphs(text: &str) -> Vec<String> {
    let rows = |rows: Vec<String>| rows.iter().map(|row| inline(row)).collect::<Vec<_>>().join("\\\n");
    prose::paragraphs(text).into_iter().map(rows).collect()
}

/// `text` as the words of a link to `url`, or alone where that is no address to link to.
fn linked(text: &str, url: &str) -> String {
    let words = within(text);
    match address(url) {
        Some(url) if !words.is_empty() => {
            let url = url.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E");
            format!("[{words}](<{url}>)")
        }
        _ => inline(text),
    }
}

/// `text` in one line, as text: nothing in it is markup, not even where it begins the line.
fn inline(text: &str) -> String {
    let escaped = within(text);
    let opens = match escaped.chars().next() {
        // A heading, a list, a rule or a table.
        Some('#' | '-' | '+' | '=' | ':') => Some(0),
        // A numbered list.
        Some('0'..='9') => escaped.find(|c: char| !c.is_ascii_digit()).filter(|at| escaped[*at..].starts_with(['.', ')'])),
        _ => None,
    };
    match opens {
        Some(at) => format!("{}\\{}", &escaped[..at], &escaped[at..]),
        None => escaped,
    }
}

/// `text` in one line, as text, after something that already began the line.
fn within(text: &str) -> String {
    let text = line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let opens = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '$' | '^' => true,
            // An entity, such as `&lt;`.
            '&' => rest.starts_with(|next: char| next == '#' || next.is_ascii_alphanumeric()),
            // The end of a heading.
            '#' => rest.is_empty(),
            _ => false,
        };
        if opens {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, HeadingLevel, Options, Parser, TagEnd};

    use super::*;
    use crate::view::SectionKind;

    #[test]
    fn the_whole_reads_from_top_to_bottom() {
        let work = Entry {
            title: "Engineer".into(),
            url: "https://example.org/".into(),
            organisation: "Example Corp".into(),
            place: "Berlin".into(),
            dates: "Mar 2021 – present".into(),
            highlights: vec!["Deploy time 40 → 10 min".into()],
            ..Entry::default()
        };
        let cka = Entry {
            title: "CKA".into(),
            organisation: "CNCF".into(),
            dates: "Mar 2026".into(),
            highlights: vec!["Runs clusters".into()],
            note: "No. 7".into(),
            ..Entry::default()
        };
        let skills = [
            Line { label: "Technical".into(), items: vec!["C++".into(), "snake_case".into()], ..Line::default() },
            Line { items: vec!["Greek".into()], ..Line::default() },
        ];
        let section =
            |title: &str, kind, entry, lines: &[Line]| Section { title: title.into(), kind, entries: vec![entry], lines: lines.to_vec() };
        let ada = Resume {
            name: "Ada Example".into(),
            headline: "Platform engineer".into(),
            contacts: vec![
                Contact { text: "Berlin, DE".into(), ..Contact::default() },
                Contact { label: "GitHub".into(), text: "ada".into(), url: "https://github.com/ada".into() },
            ],
            summary_title: "Summary".into(),
            summary: "Builds\nplatforms.\n\nTeaches.".into(),
            sections: vec![
                section("Certifications", SectionKind::Credentials, cka, &skills),
                section("Work", SectionKind::Work, work, &[]),
            ],
            ..Resume::default()
        };
        let expected = "\
# Ada Example

Platform engineer

Berlin, DE · GitHub: [ada](<https://github.com/ada>)

## Summary

Builds\\
platforms.

Teaches.

## Certifications

- **CKA**, CNCF, Mar 2026\\
  No. 7
  - Runs clusters

**Technical:** C++, snake\\_case\\
Greek

## Work

### [Engineer](<https://example.org/>)

Example Corp, Berlin · Mar 2021 – present

- Deploy time 40 → 10 min
";
        assert_eq!(resume(&ada), expected);
    }

    #[test]
    fn what_is_empty_leaves_no_heading_and_no_punctuation() {
        assert_eq!(resume(&Resume::default()), "");
        let empty = Section { title: "Work".into(), entries: vec![Entry::default()], ..Section::default() };
        let listed = Section { title: "Awards".into(), kind: SectionKind::Awards, ..empty.clone() };
        assert_eq!(resume(&Resume { sections: vec![empty, listed], ..Resume::default() }), "");
    }

    #[test]
    fn a_script_is_not_linked() {
        assert_eq!(linked("x", "javascript:alert(1)"), "x");
        assert_eq!(linked("a]b", "https://example.org/>(<"), "[a\\]b](<https://example.org/%3E(%3C>)");
    }

    #[test]
    fn people_write_text_not_markup() {
        assert_eq!(inline("# 1. *bold* <b> &amp; R&D\n- x"), "\\# 1. \\*bold\\* \\<b\\> \\&amp; R\\&D - x");
        assert_eq!(inline("12. May"), "12\\. May");
        assert_eq!(inline("- a"), "\\- a");
        assert_eq!(linked("+49 30", "tel:+4930"), "[+49 30](<tel:+4930>)");
        assert_eq!(inline("C#"), "C\\#");
        assert_eq!(inline("AT & T, 3.5 (a) a-b"), "AT & T, 3.5 (a) a-b");
    }

    /// A reader with every extension but those that change text that is plain: quotes, and braces after a heading.
    const READER: Options = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION).difference(Options::ENABLE_HEADING_ATTRIBUTES);

    /// What a Markdown reader shows of the first block, as text; and whether it holds anything but text and `expected`.
    fn read(markdown: &str, expected: &[TagEnd]) -> (String, bool) {
        let mut text = String::new();
        let mut only = true;
        for event in Parser::new_ext(markdown, READER) {
            match event {
                Event::Text(said) => text.push_str(&said),
                Event::HardBreak => text.push('\n'),
                Event::Start(_) => {}
                Event::End(end) => only &= expected.contains(&end),
                _ => only = false,
            }
        }
        (text, only)
    }

    proptest! {
        #[test]
        fn a_markdown_reader_shows_what_people_wrote(
            text in r"[-\\\\`*_\[\]{}<>~|$&#+=:.)(!^@%\x22' 1a;\n/]{0,24}",
            ends in any::<bool>(),
        ) {
            let text = if ends { format!("{text}a") } else { text };
            let said = line(&text);
            if said.is_empty() {
                return Ok(());
            }
            let heading = TagEnd::Heading(HeadingLevel::H2);
            prop_assert_eq!(read(&super::heading(2, &text), &[heading]), (said.clone(), true));
            prop_assert_eq!(read(&list(std::slice::from_ref(&text), ""), &[TagEnd::List(false), TagEnd::Item]), (said.clone(), true));
            let titled = item(&Entry { title: text.clone(), url: "https://example.org".into(), dates: "2026".into(), ..Entry::default() });
            let tags = [TagEnd::List(false), TagEnd::Item, TagEnd::Strong, TagEnd::Link];
            prop_assert_eq!(read(&titled, &tags), (format!("{said}, 2026"), true));
            let rows: Vec<String> = prose::paragraphs(&text).into_iter().map(|rows| rows.join("\n")).collect();
            prop_assert_eq!(read(&paragraphs(&text).concat(), &[TagEnd::Paragraph]), (rows.concat(), true));
        }
    }
}
