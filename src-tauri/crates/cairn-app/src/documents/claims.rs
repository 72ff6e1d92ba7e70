//! What a packet claims: the shown records of a collection as the subject of a verifiable credential, in the terms that
//! `cairn_proof::packet` defines. Every claim is the learner's own word, and says so (`provenance`: `self-signed`).

use std::collections::{BTreeMap, BTreeSet};

use cairn_domain::credential::{Credential, CredentialStatus};
use cairn_domain::evidence::Evidence;
use cairn_domain::profile::{Education, Profile, Project, Volunteering, Work};
use cairn_domain::skill::Skill;
use cairn_domain::story::{Metric, Story};
use cairn_domain::{AnyRecord, Kind, PartialDate, RecordId};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::curation::selection::{Chosen, Selection};

/// A file of evidence in the packet.
#[derive(Debug, Clone)]
pub(crate) struct PackedFile {
    /// Its address, as `PacketId::resource` gives it.
    pub address: String,
    /// Its name, safe to show.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// Its `digestMultibase`.
    pub digest: String,
}

/// The `credentialSubject` for a selection; `files` are those of each piece of evidence.
pub(crate) fn subject(selection: &Selection, files: &BTreeMap<RecordId, Vec<PackedFile>>) -> Map<String, Value> {
    let backing = Backing::of(selection);
    let mut subject = match &selection.profile {
        Some((_, profile)) => person(profile),
        None => Claim::new("Person"),
    };
    for part in &selection.parts {
        let claims: Vec<Value> = part.records.iter().filter_map(|chosen| claim(chosen, &backing, files)).collect();
        if let Some(term) = term(part.kind).filter(|_| !claims.is_empty()) {
            subject.0.insert(term.to_owned(), claims.into());
        }
    }
    subject.0
}

/// The term under which claims of a kind stand.
fn term(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Credential => "hasCredential",
        Kind::Skill => "skills",
        Kind::Work => "work",
        Kind::Story => "stories",
        Kind::Project => "projects",
        Kind::Education => "education",
        Kind::Volunteering => "volunteering",
        Kind::Award => "awards",
        Kind::Publication => "publications",
        Kind::Language => "knowsLanguage",
        Kind::Interest => "interests",
        Kind::Reference => "references",
        Kind::Evidence => "evidence",
        _ => return None,
    })
}

fn claim(chosen: &Chosen, backing: &Backing, files: &BTreeMap<RecordId, Vec<PackedFile>>) -> Option<Value> {
    let claim = match &chosen.record {
        AnyRecord::Credential(it) => credential(it, backing),
        AnyRecord::Skill(it) => skill(it),
        AnyRecord::Work(it) => work(it),
        AnyRecord::Story(it) => story(it, backing),
        AnyRecord::Project(it) => project(it, backing),
        AnyRecord::Education(it) => education(it),
        AnyRecord::Volunteering(it) => volunteering(it),
        AnyRecord::Award(it) => {
            let award = Claim::new("Claim").text("name", &it.title).date("dateIssued", it.date).text("description", &it.summary);
            award.named("recognizedBy", "Organization", &it.awarder, "")
        }
        AnyRecord::Publication(it) => {
            let work = Claim::new("CreativeWork").text("name", &it.name).date("datePublished", it.release_date).text("url", &it.url);
            work.named("publisher", "Organization", &it.publisher, "").text("description", &it.summary)
        }
        AnyRecord::Language(it) => Claim::new("Language").text("name", &it.language).text("level", &it.fluency),
        AnyRecord::Interest(it) => Claim::new("DefinedTerm").text("name", &it.name).texts("keywords", &it.keywords),
        AnyRecord::Reference(it) => Claim::new("Recommendation").named("author", "Person", &it.name, "").text("reviewBody", &it.reference),
        AnyRecord::Evidence(it) => evidence(it, backing, files.get(&chosen.id).map_or(&[], Vec::as_slice)),
        _ => return None,
    };
    let claim = claim.text("id", &address(chosen.id)).text("provenance", "self-signed").texts("backedBy", backing.of_claim(chosen.id));
    Some(Value::Object(claim.0))
}

fn person(it: &Profile) -> Claim {
    let place = &it.location;
    let address = Claim::new("PostalAddress")
        .text("streetAddress", &place.address)
        .text("postalCode", &place.postal_code)
        .text("addressLocality", &place.city)
        .text("addressRegion", &place.region)
        .text("addressCountry", &place.country_code);
    let links: Vec<String> = it.links.iter().map(|link| link.url.clone()).collect();
    let person = Claim::new("Person").text("name", &it.name).text("jobTitle", &it.headline).text("description", &it.summary);
    person.text("email", &it.email).text("telephone", &it.phone).text("url", &it.url).inner("address", address).texts("sameAs", &links)
}

fn credential(it: &Credential, backing: &Backing) -> Claim {
    let mut claim = Claim::new("EducationalOccupationalCredential")
        .text("name", &it.title)
        .word("credentialCategory", &it.sort)
        .word("status", &it.status)
        .named("recognizedBy", "Organization", &it.issuer, "")
        .date("expires", it.expires)
        .text("identifier", &it.identifier)
        .text("url", &it.url)
        .text("description", &it.scope)
        .texts("competencies", &it.competencies)
        .text("educationalLevel", &it.level)
        .texts("skills", &backing.names(it.skills.iter().map(|skill| skill.0)));
    // The day that is hoped for would read as if the credential were there.
    if it.status != CredentialStatus::InProgress {
        claim = claim.date("dateIssued", it.issued);
    }
    if let Some(method) = &it.assessment {
        claim = claim.word("assessmentMethod", method);
    }
    claim.number("hours", it.hours)
}

fn skill(it: &Skill) -> Claim {
    let skill = Claim::new("Skill").text("name", &it.name).word("kind", &it.sort).text("level", &it.level);
    skill.date("lastUsed", it.last_used).texts("keywords", &it.keywords)
}

fn work(it: &Work) -> Claim {
    let role = Claim::new("EmployeeRole").text("roleName", &it.position).named("worksFor", "Organization", &it.name, &it.url);
    let role = role.text("location", &it.location).date("startDate", it.start).date("endDate", it.end);
    role.text("summary", &it.description).text("description", &it.summary).texts("highlights", &it.highlights)
}

fn volunteering(it: &Volunteering) -> Claim {
    let role = Claim::new("OrganizationRole").text("roleName", &it.position).named("memberOf", "Organization", &it.organization, &it.url);
    let role = role.date("startDate", it.start).date("endDate", it.end);
    role.text("description", &it.summary).texts("highlights", &it.highlights)
}

fn project(it: &Project, backing: &Backing) -> Claim {
    let project = Claim::new("Project").text("name", &it.name).text("description", &it.description).texts("highlights", &it.highlights);
    let project = project.texts("keywords", &it.keywords).date("startDate", it.start).date("endDate", it.end).text("url", &it.url);
    let project = project.texts("roleName", &it.roles).text("kind", &it.sort).named("organizer", "Organization", &it.entity, "");
    project.texts("skills", &backing.names(it.skills.iter().map(|skill| skill.0)))
}

fn education(it: &Education) -> Claim {
    let studies = Claim::new("Claim").text("name", &it.area).text("educationalCredentialAwarded", &it.study_type);
    let studies = studies.named("provider", "EducationalOrganization", &it.institution, &it.url);
    let studies = studies.date("startDate", it.start).date("endDate", it.end).text("score", &it.score);
    let courses: Vec<Value> = clean(&it.courses).map(|name| json!({"type": "Course", "name": name})).collect();
    studies.list("hasPart", courses)
}

fn story(it: &Story, backing: &Backing) -> Claim {
    let mut story = Claim::new("Story")
        .text("name", &it.title)
        .date("dateCreated", it.date)
        .text("situation", &it.situation)
        .text("task", &it.task)
        .text("action", &it.action)
        .text("result", &it.result)
        .texts("skills", &backing.names(it.skills.iter().map(|skill| skill.0)));
    if let Some(it) = it.metric.as_ref().filter(|metric| Metric::is_measured(metric)) {
        let metric =
            Claim::new("Metric").text("name", &it.what).number("before", it.before).number("after", it.after).text("unit", &it.unit);
        story = story.inner("metric", metric);
    }
    story
}

fn evidence(it: &Evidence, backing: &Backing, files: &[PackedFile]) -> Claim {
    let mut evidence = Claim::new("Evidence").text("name", &it.title).word("kind", &it.sort).date("dateCreated", it.date);
    if let Some(setting) = &it.setting {
        evidence = evidence.word("setting", setting);
    }
    let parts = files.iter().map(|file| {
        let media = Claim::new("MediaObject").text("id", &file.address).text("name", &file.name).text("mediaType", &file.media_type);
        Value::Object(media.text("digestMultibase", &file.digest).0)
    });
    evidence
        .text("description", &it.description)
        .text("context", &it.context)
        .text("constraints", &it.constraints)
        .text("result", &it.result)
        .texts("claims", &it.claims)
        .texts("url", &it.links)
        .texts("skills", &backing.names(it.skills.iter().map(|skill| skill.0)))
        .list("hasPart", parts.collect())
}

/// How the shown records refer to each other.
struct Backing {
    names: BTreeMap<RecordId, String>,
    evidence: BTreeMap<RecordId, Vec<String>>,
}

impl Backing {
    fn of(selection: &Selection) -> Backing {
        let names = selection.skills().map(|(chosen, skill)| (chosen.id, skill.name.clone())).collect();
        let mut evidence: BTreeMap<RecordId, Vec<String>> = BTreeMap::new();
        let mut back = |claim: RecordId, by: RecordId| {
            let by = address(by);
            let backing = evidence.entry(claim).or_default();
            if !backing.contains(&by) {
                backing.push(by);
            }
        };
        for (chosen, it) in selection.evidence() {
            it.credentials.iter().for_each(|claim| back(claim.0, chosen.id));
            it.skills.iter().for_each(|claim| back(claim.0, chosen.id));
            it.work.iter().for_each(|claim| back(claim.0, chosen.id));
        }
        let shown: BTreeSet<RecordId> = selection.evidence().map(|(chosen, _)| chosen.id).collect();
        for (chosen, it) in selection.stories() {
            it.evidence.iter().filter(|by| shown.contains(&by.0)).for_each(|by| back(chosen.id, by.0));
            it.credentials.iter().for_each(|claim| back(claim.0, chosen.id));
            it.skills.iter().for_each(|claim| back(claim.0, chosen.id));
        }
        Backing { names, evidence }
    }

    /// The names of those skills that are shown.
    fn names(&self, skills: impl Iterator<Item = RecordId>) -> Vec<String> {
        skills.filter_map(|id| self.names.get(&id).cloned()).collect()
    }

    /// What backs a claim: the addresses of evidence and stories in the same packet.
    fn of_claim(&self, id: RecordId) -> &[String] {
        self.evidence.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// A record's address within the packet.
fn address(id: RecordId) -> String {
    format!("urn:uuid:{id}")
}

/// A claim under construction: what is empty is left out, never null.
struct Claim(Map<String, Value>);

impl Claim {
    fn new(kind: &str) -> Claim {
        Claim(Map::from_iter([("type".to_owned(), kind.into())]))
    }

    fn put(mut self, term: &str, value: Option<Value>) -> Claim {
        self.0.extend(value.map(|value| (term.to_owned(), value)));
        self
    }

    fn text(self, term: &str, text: &str) -> Claim {
        let text = text.trim();
        self.put(term, (!text.is_empty()).then(|| text.into()))
    }

    fn texts(self, term: &str, texts: &[String]) -> Claim {
        let texts = clean(texts).map(Value::from).collect();
        self.list(term, texts)
    }

    fn list(self, term: &str, items: Vec<Value>) -> Claim {
        self.put(term, (!items.is_empty()).then(|| items.into()))
    }

    fn date(self, term: &str, date: Option<PartialDate>) -> Claim {
        self.put(term, date.map(|date| date.to_string().into()))
    }

    fn number(self, term: &str, number: Option<f64>) -> Claim {
        self.put(term, number.map(Value::from))
    }

    /// A choice among words, in kebab case.
    fn word(self, term: &str, choice: &impl Serialize) -> Claim {
        self.put(term, serde_json::to_value(choice).ok().filter(Value::is_string))
    }

    /// Something known by its name, perhaps with an address on the web.
    fn named(self, term: &str, kind: &str, name: &str, url: &str) -> Claim {
        if name.trim().is_empty() { self } else { self.inner(term, Claim::new(kind).text("name", name).text("url", url)) }
    }

    /// A claim within, unless it says nothing but its type.
    fn inner(self, term: &str, inner: Claim) -> Claim {
        self.put(term, (inner.0.len() > 1).then_some(Value::Object(inner.0)))
    }
}

fn clean(texts: &[String]) -> impl Iterator<Item = &str> {
    texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty())
}
