//! The learner's profile and the parts of a working life, section by section as JSON Resume names them
//! (JSON Resume schema 1.x).

use serde::{Deserialize, Serialize};

use crate::check::Problems;
use crate::date::PartialDate;
use crate::id::SkillId;
use crate::kind::{Heading, Kind, Record};

/// Who the learner is: one record a vault.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Full name.
    pub name: String,
    /// What they are, in a line.
    pub headline: String,
    /// E-mail address.
    pub email: String,
    /// Further e-mail addresses, which no document shows: credentials may have been issued to them.
    pub other_emails: Vec<String>,
    /// Telephone number.
    pub phone: String,
    /// Home page.
    pub url: String,
    /// Who they are, in a paragraph or two.
    pub summary: String,
    /// Where they live.
    pub location: Location,
    /// Where else they are found.
    pub links: Vec<ProfileLink>,
}

/// A place to live.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Location {
    /// Street and number, or any lines above the city.
    pub address: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// State, province or region.
    pub region: String,
    /// Country (ISO 3166-1 alpha-2).
    pub country_code: String,
}

/// An account on a network.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct ProfileLink {
    /// The network's name.
    pub network: String,
    /// The name there.
    pub username: String,
    /// Its address.
    pub url: String,
}

/// A position held.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Work {
    /// The organisation.
    pub name: String,
    /// What the organisation is.
    pub description: String,
    /// The position.
    pub position: String,
    /// Where.
    pub location: String,
    /// The organisation's address on the web.
    pub url: String,
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day; open where it still runs.
    pub end: Option<PartialDate>,
    /// What it was, in a paragraph.
    pub summary: String,
    /// What came of it, a line each.
    pub highlights: Vec<String>,
}

/// A course of study.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Education {
    /// The school.
    pub institution: String,
    /// The field.
    pub area: String,
    /// The sort of degree.
    pub study_type: String,
    /// Its address on the web.
    pub url: String,
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day; open where it still runs.
    pub end: Option<PartialDate>,
    /// The mark.
    pub score: String,
    /// Courses taken.
    pub courses: Vec<String>,
}

/// A project.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What came of it, a line each.
    pub highlights: Vec<String>,
    /// What it used.
    pub keywords: Vec<String>,
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day; open where it still runs.
    pub end: Option<PartialDate>,
    /// Its address on the web.
    pub url: String,
    /// The learner's roles in it.
    pub roles: Vec<String>,
    /// For whom.
    pub entity: String,
    /// Which sort of project.
    #[serde(rename = "type")]
    pub sort: String,
    /// The skills it uses.
    pub skills: Vec<SkillId>,
}

/// Unpaid work.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Volunteering {
    /// The organisation.
    pub organization: String,
    /// The role.
    pub position: String,
    /// Its address on the web.
    pub url: String,
    /// First day.
    pub start: Option<PartialDate>,
    /// Last day; open where it still runs.
    pub end: Option<PartialDate>,
    /// What it was, in a paragraph.
    pub summary: String,
    /// What came of it, a line each.
    pub highlights: Vec<String>,
}

/// An award.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Award {
    /// Its name.
    pub title: String,
    /// When.
    pub date: Option<PartialDate>,
    /// By whom.
    pub awarder: String,
    /// For what.
    pub summary: String,
}

/// A publication.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Publication {
    /// Its title.
    pub name: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    pub release_date: Option<PartialDate>,
    /// Its address on the web.
    pub url: String,
    /// What it says.
    pub summary: String,
}

/// A language.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Language {
    /// The language.
    pub language: String,
    /// How well, in the learner's or a framework's words (B2, native).
    pub fluency: String,
}

/// An interest.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Interest {
    /// The interest.
    pub name: String,
    /// What belongs to it.
    pub keywords: Vec<String>,
}

/// Somebody who speaks for the learner.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct Reference {
    /// Who.
    pub name: String,
    /// What they said.
    pub reference: String,
}

impl Record for Profile {
    const KIND: Kind = Kind::Profile;

    fn check(&self, problems: &mut Problems) {
        for (path, line) in [("/name", &self.name), ("/headline", &self.headline), ("/phone", &self.phone)] {
            problems.line(path, line);
        }
        problems.email("/email", &self.email);
        for (index, email) in self.other_emails.iter().enumerate() {
            problems.email(&format!("/other_emails/{index}"), email);
        }
        problems.address("/url", &self.url);
        problems.text("/summary", &self.summary);
        let place = &self.location;
        problems.text("/location/address", &place.address);
        for (path, line) in [
            ("/location/postal_code", &place.postal_code),
            ("/location/city", &place.city),
            ("/location/region", &place.region),
            ("/location/country_code", &place.country_code),
        ] {
            problems.line(path, line);
        }
        for (index, link) in self.links.iter().enumerate() {
            problems.line(&format!("/links/{index}/network"), &link.network);
            problems.line(&format!("/links/{index}/username"), &link.username);
            problems.address(&format!("/links/{index}/url"), &link.url);
        }
    }

    fn heading(&self) -> Heading {
        Heading { title: self.name.clone(), subtitle: self.headline.clone(), ..Heading::default() }
    }
}

impl Record for Work {
    const KIND: Kind = Kind::Work;

    fn check(&self, problems: &mut Problems) {
        problems.required("/name", &self.name);
        problems.text("/description", &self.description);
        problems.line("/position", &self.position);
        problems.line("/location", &self.location);
        problems.address("/url", &self.url);
        problems.span(("/start", self.start), ("/end", self.end));
        problems.text("/summary", &self.summary);
        problems.texts("/highlights", &self.highlights);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: or(&self.position, &self.name),
            subtitle: self.name.clone(),
            status: running(self.end),
            date: self.start,
            ..Heading::default()
        }
    }
}

impl Record for Education {
    const KIND: Kind = Kind::Education;

    fn check(&self, problems: &mut Problems) {
        problems.required("/institution", &self.institution);
        problems.line("/area", &self.area);
        problems.line("/study_type", &self.study_type);
        problems.address("/url", &self.url);
        problems.span(("/start", self.start), ("/end", self.end));
        problems.line("/score", &self.score);
        problems.texts("/courses", &self.courses);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: or(&self.area, &self.institution),
            subtitle: self.institution.clone(),
            status: running(self.end),
            date: self.start,
            ..Heading::default()
        }
    }
}

impl Record for Project {
    const KIND: Kind = Kind::Project;

    fn check(&self, problems: &mut Problems) {
        problems.required("/name", &self.name);
        problems.text("/description", &self.description);
        problems.texts("/highlights", &self.highlights);
        problems.texts("/keywords", &self.keywords);
        problems.span(("/start", self.start), ("/end", self.end));
        problems.address("/url", &self.url);
        problems.texts("/roles", &self.roles);
        problems.line("/entity", &self.entity);
        problems.line("/type", &self.sort);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: self.name.clone(),
            subtitle: self.entity.clone(),
            status: running(self.end),
            date: self.start,
            ..Heading::default()
        }
    }
}

impl Record for Volunteering {
    const KIND: Kind = Kind::Volunteering;

    fn check(&self, problems: &mut Problems) {
        problems.required("/organization", &self.organization);
        problems.line("/position", &self.position);
        problems.address("/url", &self.url);
        problems.span(("/start", self.start), ("/end", self.end));
        problems.text("/summary", &self.summary);
        problems.texts("/highlights", &self.highlights);
    }

    fn heading(&self) -> Heading {
        Heading {
            title: or(&self.position, &self.organization),
            subtitle: self.organization.clone(),
            status: running(self.end),
            date: self.start,
            ..Heading::default()
        }
    }
}

impl Record for Award {
    const KIND: Kind = Kind::Award;

    fn check(&self, problems: &mut Problems) {
        problems.required("/title", &self.title);
        problems.line("/awarder", &self.awarder);
        problems.text("/summary", &self.summary);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.title.clone(), subtitle: self.awarder.clone(), date: self.date, ..Heading::default() }
    }
}

impl Record for Publication {
    const KIND: Kind = Kind::Publication;

    fn check(&self, problems: &mut Problems) {
        problems.required("/name", &self.name);
        problems.line("/publisher", &self.publisher);
        problems.address("/url", &self.url);
        problems.text("/summary", &self.summary);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.name.clone(), subtitle: self.publisher.clone(), date: self.release_date, ..Heading::default() }
    }
}

impl Record for Language {
    const KIND: Kind = Kind::Language;

    fn check(&self, problems: &mut Problems) {
        problems.required("/language", &self.language);
        problems.line("/fluency", &self.fluency);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.language.clone(), subtitle: self.fluency.clone(), ..Heading::default() }
    }
}

impl Record for Interest {
    const KIND: Kind = Kind::Interest;

    fn check(&self, problems: &mut Problems) {
        problems.required("/name", &self.name);
        problems.texts("/keywords", &self.keywords);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.name.clone(), subtitle: self.keywords.join(", "), ..Heading::default() }
    }
}

impl Record for Reference {
    const KIND: Kind = Kind::Reference;

    fn check(&self, problems: &mut Problems) {
        problems.required("/name", &self.name);
        problems.text("/reference", &self.reference);
    }

    fn heading(&self) -> Heading {
        Heading { title: self.name.clone(), ..Heading::default() }
    }
}

/// `first`, or `second` where it is empty.
fn or(first: &str, second: &str) -> String {
    if first.trim().is_empty() { second } else { first }.to_owned()
}

/// Whether something with this end still runs.
fn running(end: Option<PartialDate>) -> String {
    if end.is_some() { "past" } else { "current" }.to_owned()
}
