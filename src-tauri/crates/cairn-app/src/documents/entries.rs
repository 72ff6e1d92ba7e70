//! Records that a résumé tells one by one: positions, credentials, projects and the like.

use cairn_document::view::Entry;
use cairn_domain::AnyRecord;
use cairn_domain::credential::{Credential, CredentialStatus};
use cairn_domain::profile::{Award, Education, Project, Publication, Reference, Volunteering, Work};
use cairn_domain::story::Story;
use chrono::NaiveDate;

use super::dates::{date, maybe, span};
use super::figures;
use super::outcomes::Outcomes;
use super::words::Words;
use crate::curation::lapsed;
use crate::curation::selection::Chosen;

/// What the résumé tells of a record; `None` where it is listed in a line, or told elsewhere.
pub(crate) fn entry(chosen: &Chosen, words: &Words, outcomes: &Outcomes, today: NaiveDate) -> Option<Entry> {
    let told = match &chosen.record {
        AnyRecord::Credential(it) => credential(chosen, it, words, outcomes, today),
        AnyRecord::Work(it) => work(it, words),
        AnyRecord::Story(it) if !outcomes.tells(chosen.id) => story(chosen, it, words),
        AnyRecord::Project(it) => project(it, words),
        AnyRecord::Education(it) => education(it, words),
        AnyRecord::Volunteering(it) => volunteering(it, words),
        AnyRecord::Award(it) => award(it, words),
        AnyRecord::Publication(it) => publication(it, words),
        AnyRecord::Reference(it) => reference(it),
        _ => return None,
    };
    Some(Entry { id: chosen.id.to_string(), ..tidy(told) })
}

/// A credential with one outcome, its number and its end.
fn credential(chosen: &Chosen, it: &Credential, words: &Words, outcomes: &Outcomes, today: NaiveDate) -> Entry {
    let fill = |holed: &str, text: &str| holed.replace("{}", text);
    let ended = lapsed(it, today);
    let dates = if it.status == CredentialStatus::InProgress {
        match it.issued.filter(|expected| expected.last_day() >= today) {
            Some(expected) => fill(words.expected, &date(words, expected)),
            None => words.in_progress.to_owned(),
        }
    } else if ended {
        let held = match (it.issued, it.expires) {
            (Some(issued), None) => date(words, issued),
            (issued, expires) => span(words, issued, expires),
        };
        if held.is_empty() { words.expired.to_owned() } else { format!("{held} ({})", words.expired) }
    } else {
        maybe(words, it.issued)
    };
    let mut note = vec![it.level.trim().to_owned()];
    if !it.number().is_empty() {
        note.push(fill(words.number, it.number()));
    }
    if let Some(end) = it.expires.filter(|_| it.held() && !ended) {
        note.push(fill(words.valid_until, &date(words, end)));
    }
    let highlights = match &chosen.wording.highlights {
        Some(bullets) => bullets.clone(),
        None => outcomes.bullet(chosen.id).map(str::to_owned).into_iter().collect(),
    };
    Entry {
        title: it.title.clone(),
        url: it.url.clone(),
        organisation: it.issuer.clone(),
        dates,
        summary: chosen.wording.summary.clone(),
        highlights,
        note: joined(&note),
        ..Entry::default()
    }
}

fn work(it: &Work, words: &Words) -> Entry {
    let (title, organisation) = titled(&it.position, &it.name);
    Entry {
        title,
        organisation,
        url: it.url.clone(),
        place: it.location.clone(),
        dates: span(words, it.start, it.end),
        // What the organisation is comes before what the work was.
        summary: [it.description.trim(), it.summary.trim()].join("\n"),
        highlights: it.highlights.clone(),
        ..Entry::default()
    }
}

fn story(chosen: &Chosen, it: &Story, words: &Words) -> Entry {
    let highlights = match &chosen.wording.highlights {
        Some(bullets) => bullets.clone(),
        None => vec![figures::outcome(words, it)],
    };
    Entry { title: it.title.clone(), dates: maybe(words, it.date), highlights, ..Entry::default() }
}

fn project(it: &Project, words: &Words) -> Entry {
    Entry {
        title: it.name.clone(),
        url: it.url.clone(),
        organisation: it.entity.clone(),
        dates: if it.start.is_some() || it.end.is_some() { span(words, it.start, it.end) } else { String::new() },
        summary: it.description.clone(),
        highlights: it.highlights.clone(),
        tags: it.keywords.clone(),
        note: joined(&it.roles),
        ..Entry::default()
    }
}

fn education(it: &Education, words: &Words) -> Entry {
    let degree = [it.study_type.trim(), it.area.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let (title, organisation) = titled(&degree, &it.institution);
    let score = it.score.trim();
    Entry {
        title,
        organisation,
        url: it.url.clone(),
        dates: span(words, it.start, it.end),
        tags: it.courses.clone(),
        // A score that has words of its own ("Thesis: …") needs no other.
        note: if score.is_empty() || score.contains(':') { score.to_owned() } else { words.grade.replace("{}", score) },
        ..Entry::default()
    }
}

fn volunteering(it: &Volunteering, words: &Words) -> Entry {
    let (title, organisation) = titled(&it.position, &it.organization);
    Entry {
        title,
        organisation,
        url: it.url.clone(),
        dates: span(words, it.start, it.end),
        summary: it.summary.clone(),
        highlights: it.highlights.clone(),
        ..Entry::default()
    }
}

fn award(it: &Award, words: &Words) -> Entry {
    let (title, organisation) = (it.title.clone(), it.awarder.clone());
    Entry { title, organisation, dates: maybe(words, it.date), summary: it.summary.clone(), ..Entry::default() }
}

fn publication(it: &Publication, words: &Words) -> Entry {
    Entry {
        title: it.name.clone(),
        url: it.url.clone(),
        organisation: it.publisher.clone(),
        dates: maybe(words, it.release_date),
        summary: it.summary.clone(),
        ..Entry::default()
    }
}

fn reference(it: &Reference) -> Entry {
    Entry { title: it.name.clone(), summary: it.reference.clone(), ..Entry::default() }
}

/// A role and where, or the place alone where no role is named.
fn titled(role: &str, place: &str) -> (String, String) {
    if role.trim().is_empty() { (place.to_owned(), String::new()) } else { (role.to_owned(), place.to_owned()) }
}

/// Small print in a row.
fn joined(parts: &[String]) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The entry without edges and empty bullets.
fn tidy(mut entry: Entry) -> Entry {
    for text in [&mut entry.title, &mut entry.organisation, &mut entry.place, &mut entry.dates, &mut entry.summary, &mut entry.note] {
        *text = text.trim().to_owned();
    }
    for list in [&mut entry.highlights, &mut entry.tags] {
        list.iter_mut().for_each(|line| *line = line.trim().to_owned());
        list.retain(|line| !line.is_empty());
    }
    entry
}
