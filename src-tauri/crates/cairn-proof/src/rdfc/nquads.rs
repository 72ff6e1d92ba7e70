//! A reader of N-Quads, for tests alone: what Cairn itself reads is JSON-LD.

use crate::jsonld::dataset::{Dataset, Quad, Term};
use std::collections::HashMap;

/// Reads one statement a line.
pub(crate) fn read(text: &str) -> Dataset {
    let mut reader = Reader { dataset: Dataset::default(), blanks: HashMap::new() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        reader.line(line);
    }
    reader.dataset.into_distinct()
}

struct Reader {
    dataset: Dataset,
    blanks: HashMap<String, Term>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut terms = Vec::new();
        while !rest.starts_with('.') {
            terms.push(self.term(&mut rest));
            rest = rest.trim_start();
        }
        let graph = terms.get(3).copied();
        self.dataset.insert(Quad { subject: terms[0], predicate: terms[1], object: terms[2], graph }).unwrap();
    }

    fn term(&mut self, rest: &mut &str) -> Term {
        let text = *rest;
        if text.starts_with('<') {
            let iri = address(rest);
            return self.dataset.iri(&iri);
        }
        if let Some(name) = text.strip_prefix("_:") {
            let end = name.find(char::is_whitespace).unwrap_or(name.len());
            *rest = &name[end..];
            let dataset = &mut self.dataset;
            return *self.blanks.entry(name[..end].to_owned()).or_insert_with(|| dataset.blank());
        }
        let quoted = text.strip_prefix('"').unwrap_or_else(|| panic!("{text}"));
        let mut escaped = false;
        let end = quoted.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let lexical = unescape(&quoted[..end.unwrap()]);
        *rest = &quoted[end.unwrap() + 1..];
        if let Some(tag) = rest.strip_prefix('@') {
            let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
            *rest = &tag[end..];
            return self.dataset.text(&lexical, Some(&tag[..end]));
        }
        if let Some(mut typed) = rest.strip_prefix("^^") {
            let datatype = address(&mut typed);
            *rest = typed;
            return self.dataset.typed(&lexical, &datatype);
        }
        self.dataset.text(&lexical, None)
    }
}

fn address(rest: &mut &str) -> String {
    let (iri, after) = rest[1..].split_once('>').unwrap();
    *rest = after;
    unescape(iri)
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = match chars.next().unwrap() {
            't' => {
                out.push('\t');
                continue;
            }
            'b' => {
                out.push('\u{8}');
                continue;
            }
            'n' => {
                out.push('\n');
                continue;
            }
            'r' => {
                out.push('\r');
                continue;
            }
            'f' => {
                out.push('\u{c}');
                continue;
            }
            'u' => 4,
            'U' => 8,
            other => {
                out.push(other);
                continue;
            }
        };
        let hex: String = chars.by_ref().take(digits).collect();
        out.push(char::from_u32(u32::from_str_radix(&hex, 16).unwrap()).unwrap());
    }
    out
}
