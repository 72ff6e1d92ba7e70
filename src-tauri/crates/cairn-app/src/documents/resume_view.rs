//! What a collection's résumé says: a selection of records to plain words, without any layout.

use cairn_document::view::{Contact, Paper, Resume, Section, SectionKind};
use cairn_domain::profile::{Location, Profile};
use cairn_domain::{Kind, collection};
use chrono::NaiveDate;

use super::outcomes::Outcomes;
use super::words::Words;
use super::{entries, lines};
use crate::curation::credentials_head_skills;
use crate::curation::selection::Selection;

/// The résumé of a selection as of the day `today`.
pub(crate) fn resume(selection: &Selection, today: NaiveDate) -> Resume {
    let collection = &selection.collection;
    let words = Words::of(&collection.language);
    let outcomes = Outcomes::of(selection, words);
    let nobody = Profile::default();
    let profile = selection.profile.as_ref().map_or(&nobody, |(_, profile)| profile);
    let together = credentials_head_skills(selection.parts.iter().map(|part| (part.kind, part.title.as_str())));
    let mut sections: Vec<Section> = Vec::new();
    for part in &selection.parts {
        let Some(kind) = section_kind(part.kind) else { continue };
        match sections.last_mut().filter(|_| together && part.kind == Kind::Skill) {
            Some(credentials) => credentials.lines = lines::of(part, words),
            None => {
                let usual = words.section(part.kind, together);
                let title = if part.title.is_empty() { usual } else { &part.title };
                let entries = part.records.iter().filter_map(|chosen| entries::entry(chosen, words, &outcomes, today));
                sections.push(Section { title: title.to_owned(), kind, entries: entries.collect(), lines: lines::of(part, words) });
            }
        }
    }
    sections.retain(|section| !section.entries.is_empty() || !section.lines.is_empty());
    Resume {
        language: collection.language.clone(),
        paper: paper(collection),
        name: profile.name.trim().to_owned(),
        headline: profile.headline.trim().to_owned(),
        contacts: contacts(profile),
        summary_title: summary_title(selection, words),
        summary: profile.summary.trim().to_owned(),
        sections,
    }
}

/// The sheet that a collection's documents are printed on.
pub(super) fn paper(collection: &collection::Collection) -> Paper {
    match collection.paper {
        collection::Paper::A4 => Paper::A4,
        collection::Paper::Letter => Paper::Letter,
    }
}

/// How a section of these records is laid out; `None` for those no résumé prints.
fn section_kind(kind: Kind) -> Option<SectionKind> {
    Some(match kind {
        Kind::Credential => SectionKind::Credentials,
        Kind::Skill => SectionKind::Skills,
        Kind::Work => SectionKind::Work,
        Kind::Story => SectionKind::Stories,
        Kind::Project => SectionKind::Projects,
        Kind::Education => SectionKind::Education,
        Kind::Volunteering => SectionKind::Volunteering,
        Kind::Award => SectionKind::Awards,
        Kind::Publication => SectionKind::Publications,
        Kind::Language => SectionKind::Languages,
        Kind::Interest => SectionKind::Interests,
        Kind::Reference => SectionKind::References,
        _ => return None,
    })
}

fn summary_title(selection: &Selection, words: &Words) -> String {
    let own = selection.collection.sections.iter().find(|section| section.kind == Kind::Profile).map_or("", |section| section.title.trim());
    if own.is_empty() { words.section(Kind::Profile, false) } else { own }.to_owned()
}

/// Place, telephone, mail and links, in reading order.
fn contacts(profile: &Profile) -> Vec<Contact> {
    let contact = |label: &str, text: &str, url: String| Contact { label: label.trim().into(), text: text.trim().into(), url };
    let mut contacts = vec![
        contact("", &place(&profile.location), String::new()),
        contact("", &profile.phone, telephone(&profile.phone)),
        contact("", &profile.email, if profile.email.is_empty() { String::new() } else { format!("mailto:{}", profile.email) }),
        contact("", bare(&profile.url), profile.url.clone()),
    ];
    for link in &profile.links {
        let text = if link.username.trim().is_empty() { bare(&link.url) } else { &link.username };
        contacts.push(contact(&link.network, text, link.url.clone()));
    }
    contacts.retain(|contact| !contact.text.is_empty());
    contacts
}

/// Countries that write the postal code after the city, or after its state (Universal Postal Union, addressing systems).
const POSTAL_CODE_LAST: &[&str] = &["AU", "CA", "GB", "IE", "IN", "KR", "NZ", "PH", "SG", "TH", "US", "ZA"];

fn place(location: &Location) -> String {
    let joined = |parts: [&str; 2]| parts.map(str::trim).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let (code, city, region) = (location.postal_code.as_str(), location.city.as_str(), location.region.as_str());
    let last = POSTAL_CODE_LAST.iter().any(|country| location.country_code.trim().eq_ignore_ascii_case(country));
    let (city, region) = match (last, region.trim().is_empty()) {
        (false, _) => (joined([code, city]), region.to_owned()),
        (true, true) => (joined([city, code]), String::new()),
        (true, false) => (city.to_owned(), joined([region, code])),
    };
    let lines = location.address.lines().chain([city.as_str(), &region, &location.country_code]);
    lines.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `tel:` and the digits (RFC 3966), where the text is one telephone number and nothing else.
fn telephone(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit()).collect();
    let plain = phone.chars().all(|c| c.is_ascii_digit() || " +-./()\u{a0}".contains(c));
    if digits.is_empty() || !plain {
        return String::new();
    }
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    format!("tel:{plus}{digits}")
}

/// An address as it is read: without its scheme and a closing slash.
pub(crate) fn bare(url: &str) -> &str {
    let rest = ["https://www.", "http://www.", "https://", "http://", "mailto:"].iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.unwrap_or(url).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_read_without_their_schemes() {
        let profile = Profile {
            phone: "+49 (30) 123-45".into(),
            url: "https://www.example.org/".into(),
            location: Location { city: "Berlin".into(), country_code: "DE".into(), ..Location::default() },
            ..Profile::default()
        };
        let said: Vec<_> = contacts(&profile).into_iter().map(|contact| (contact.text, contact.url)).collect();
        let expected = [("Berlin, DE", ""), ("+49 (30) 123-45", "tel:+493012345"), ("example.org", "https://www.example.org/")];
        assert_eq!(said, expected.map(|(text, url)| (text.to_owned(), url.to_owned())));
        assert_eq!(telephone("ask the reception (ext. 4)"), "");
    }

    #[test]
    fn a_postal_code_stands_where_its_country_puts_it() {
        let said = |country: &str, region: &str| {
            let (postal_code, city) = ("12345".into(), "City".into());
            place(&Location { postal_code, city, region: region.into(), country_code: country.into(), ..Location::default() })
        };
        assert_eq!(said("DE", ""), "12345 City, DE");
        assert_eq!(said("us", "Ohio"), "City, Ohio 12345, us");
        assert_eq!(said("GB", ""), "City 12345, GB");
        assert_eq!(place(&Location::default()), "");
    }
}
