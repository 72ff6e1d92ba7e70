//! Records to JSON Resume.

use std::collections::{BTreeMap, BTreeSet};

use cairn_domain::credential::CredentialStatus;
use cairn_domain::{AnyRecord, Kind, RecordId};
use serde_json::{Map, Value};

use super::EXTENSION;
use super::extension::VERSION;
use super::ordered::Ordered;
use super::read::read_back;
use super::sections::{Field, SECTIONS, Section, Shape};
use super::uri;
use crate::incoming::fields_of;

/// The schema a document names.
const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

/// Fields that hold what a learner writes for nobody else.
const PRIVATE_FIELDS: &[&str] = &["notes", "purpose", "goal"];

/// Kinds that no document for others holds.
const PRIVATE_KINDS: &[Kind] = &[
    Kind::BudgetLine,
    Kind::Funding,
    Kind::ExpectedReturn,
    Kind::MoneySettings,
    Kind::Sprint,
    Kind::StudyBlock,
    Kind::Deadline,
    Kind::Milestone,
    Kind::Reflection,
    Kind::Endorsement,
    Kind::RenewalActivity,
    Kind::Collection,
];

/// How to write.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether private notes, money, plans, reflections and collections go under `x-cairn`, too. Only for the
    /// learner's own use: a document for others leaves them out.
    pub include_private: bool,
}

/// A written résumé.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The document: UTF-8, indented, ending with a line feed. The same records give the same text.
    pub text: String,
    /// What programs other than Cairn will not see in it, and what it does not hold at all: a sentence each.
    pub lost: Vec<String>,
}

/// Writes records, in this order within their sections. The text is valid against `@jsonresume/schema` 1.3.
pub fn write(records: &[(RecordId, AnyRecord)], options: Options) -> Written {
    let mut losses = Losses::default();
    let mut shown: BTreeMap<&str, Vec<Ordered>> = BTreeMap::new();
    let mut hidden = Vec::new();
    // From the last to the first, so that a hidden record knows the shown one it stands before; turned round below.
    let mut next: BTreeMap<Kind, RecordId> = BTreeMap::new();
    let first_profile = records.iter().position(|(_, record)| record.kind() == Kind::Profile);
    for (index, (id, record)) in records.iter().enumerate().rev() {
        let kind = record.kind();
        if !options.include_private && is_private(record) {
            losses.left_out(record);
        } else if let Some(section) = section_of(record).filter(|section| !section.single || first_profile == Some(index)) {
            shown.entry(section.property).or_default().push(row(section, *id, record, options, &mut losses));
            next.insert(kind, *id);
        } else {
            losses.hidden(record);
            hidden.push(whole(*id, record, next.get(&kind), options, &mut losses));
        }
    }
    let mut document = vec![("$schema", Ordered::Value(SCHEMA.into()))];
    for section in SECTIONS {
        if let Some(mut rows) = shown.remove(section.property) {
            rows.reverse();
            let value = if section.single { rows.remove(0) } else { Ordered::List(rows) };
            document.push((section.property, value));
        }
    }
    if !hidden.is_empty() {
        hidden.reverse();
        let extension = vec![("version", Ordered::Value(VERSION.into())), ("records", Ordered::List(hidden))];
        document.push((EXTENSION, Ordered::Object(extension)));
    }
    // Text keys and JSON values: serde_json can always write them.
    let text = serde_json::to_string_pretty(&Ordered::Object(document)).unwrap_or_default() + "\n";
    Written { text, lost: losses.sentences() }
}

/// Whether a record is the learner's own business, whatever else is shown.
fn is_private(record: &AnyRecord) -> bool {
    match record {
        AnyRecord::Credential(it) => matches!(it.status, CredentialStatus::Considering | CredentialStatus::Planned),
        other => PRIVATE_KINDS.contains(&other.kind()),
    }
}

/// The section a record is shown in. A certificate that is not held, or no longer valid, would read as if it were.
fn section_of(record: &AnyRecord) -> Option<&'static Section> {
    if let AnyRecord::Credential(credential) = record
        && credential.status != CredentialStatus::Earned
    {
        return None;
    }
    SECTIONS.iter().find(|section| section.kind == record.kind())
}

/// A row, and beside it what it does not tell.
fn row(section: &Section, id: RecordId, record: &AnyRecord, options: Options, losses: &mut Losses) -> Ordered {
    let all = fields_of(record);
    let mut properties = write_fields(section.fields, &all);
    let plain = properties.iter().filter_map(|(name, value)| Some(((*name).to_owned(), serde_json::to_value(value).ok()?)));
    let told = read_back(section, plain.collect()).as_ref().map(fields_of).unwrap_or_default();
    let mut untold: Map<String, Value> = all.into_iter().filter(|(name, value)| told.get(name) != Some(value)).collect();
    losses.privacy(&mut untold, options);
    losses.untold(section.property, &untold);
    let mut extension = vec![("id", Ordered::Value(id.to_string().into()))];
    if !untold.is_empty() {
        extension.push(("fields", Ordered::Value(untold.into())));
    }
    properties.push((EXTENSION, Ordered::Object(extension)));
    Ordered::Object(properties)
}

/// A record that no section can hold.
fn whole(id: RecordId, record: &AnyRecord, before: Option<&RecordId>, options: Options, losses: &mut Losses) -> Ordered {
    let mut fields = fields_of(record);
    let empty = AnyRecord::deserialize(record.kind(), Value::Object(Map::new())).as_ref().map(fields_of).unwrap_or_default();
    fields.retain(|name, value| empty.get(name) != Some(value));
    losses.privacy(&mut fields, options);
    let mut entry = vec![("kind", Ordered::Value(record.kind().name().into())), ("id", Ordered::Value(id.to_string().into()))];
    if let Some(before) = before {
        entry.push(("before", Ordered::Value(before.to_string().into())));
    }
    entry.push(("fields", Ordered::Value(fields.into())));
    Ordered::Object(entry)
}

/// The properties that tell `record`, without empty ones.
fn write_fields(fields: &[Field], record: &Map<String, Value>) -> Vec<(&'static str, Ordered)> {
    let written = fields.iter().filter_map(|field| Some((field.property, write_value(&field.shape, record.get(field.field)?)?)));
    written.collect()
}

fn write_value(shape: &Shape, value: &Value) -> Option<Ordered> {
    let text = value.as_str().filter(|text| !text.is_empty());
    match shape {
        Shape::Text | Shape::Date | Shape::End => text.map(|text| Ordered::Value(text.into())),
        Shape::Address => uri::encoded(text?).map(|uri| Ordered::Value(uri.into())),
        Shape::Email => text.filter(|text| uri::is_plain_email(text)).map(|text| Ordered::Value(text.into())),
        Shape::Lines => value.as_array().filter(|lines| !lines.is_empty()).map(|_| Ordered::Value(value.clone())),
        Shape::Group(fields) => Some(write_fields(fields, value.as_object()?)).filter(|group| !group.is_empty()).map(Ordered::Object),
        Shape::Rows(fields) => {
            let rows = value.as_array()?.iter().filter_map(Value::as_object).map(|row| write_fields(fields, row));
            let rows: Vec<Ordered> = rows.filter(|row| !row.is_empty()).map(Ordered::Object).collect();
            Some(rows).filter(|rows| !rows.is_empty()).map(Ordered::List)
        }
    }
}

/// What a document does not show, gathered while it is written.
#[derive(Default)]
struct Losses {
    hidden: BTreeMap<&'static str, usize>,
    untold: BTreeMap<&'static str, BTreeSet<String>>,
    left_out: BTreeMap<&'static str, usize>,
    notes: usize,
}

impl Losses {
    fn hidden(&mut self, record: &AnyRecord) {
        let what = match record {
            AnyRecord::Credential(it) if it.held() => "credential that has expired",
            AnyRecord::Credential(_) => "credential in progress",
            other => other.kind().name(),
        };
        *self.hidden.entry(what).or_default() += 1;
    }

    fn untold(&mut self, section: &'static str, fields: &Map<String, Value>) {
        if !fields.is_empty() {
            self.untold.entry(section).or_default().extend(fields.keys().cloned());
        }
    }

    fn left_out(&mut self, record: &AnyRecord) {
        let what = if let AnyRecord::Credential(_) = record { "planned credential" } else { record.kind().name() };
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Takes what is private out of `fields`.
    fn privacy(&mut self, fields: &mut Map<String, Value>, options: Options) {
        if !options.include_private {
            let notes = PRIVATE_FIELDS.iter().filter_map(|name| fields.remove(*name));
            self.notes += notes.filter(|notes| !notes.is_null() && notes.as_str() != Some("")).count();
            // They are there to know the learner's badges by; nobody misses them in a document.
            fields.remove("other_emails");
        }
    }

    fn sentences(self) -> Vec<String> {
        let plural = |(what, count): (&str, usize)| format!("{what} ({count})");
        let list = |counts: BTreeMap<&'static str, usize>| counts.into_iter().map(plural).collect::<Vec<_>>().join(", ");
        let mut sentences = Vec::new();
        if !self.hidden.is_empty() {
            sentences.push(format!("JSON Resume has no section for these; only Cairn reads them: {}.", list(self.hidden)));
        }
        for (section, fields) in self.untold {
            let fields = fields.into_iter().map(|field| field.replace('_', " ")).collect::<Vec<_>>().join(", ");
            sentences.push(format!("JSON Resume has no place for these in {section}; only Cairn reads them: {fields}."));
        }
        if !self.left_out.is_empty() {
            sentences.push(format!("These are private and left out: {}.", list(self.left_out)));
        }
        if self.notes > 0 {
            sentences.push(format!("Private notes are left out: {}.", self.notes));
        }
        sentences
    }
}
