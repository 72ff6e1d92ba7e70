//! Which section of JSON Resume becomes which kind of record, and which property which field.

use cairn_domain::Kind;

use Shape::{Address, Date, Email, End, Group, Lines, Rows, Text};

/// A top-level property of JSON Resume and the records its rows become.
pub(super) struct Section {
    /// The property.
    pub property: &'static str,
    /// What each row becomes.
    pub kind: Kind,
    /// Whether it is one object, not a list of them.
    pub single: bool,
    /// What a row may say.
    pub fields: &'static [Field],
    /// Fields a row says by being there.
    pub implied: &'static [(&'static str, &'static str)],
}

/// A property of a row and the field it becomes.
pub(super) struct Field {
    /// The property.
    pub property: &'static str,
    /// Its name before version 1.0, or in common use beside the schema; empty for none.
    pub older: &'static str,
    /// The record's field.
    pub field: &'static str,
    /// What its value looks like.
    pub shape: Shape,
}

/// What a value looks like in JSON Resume.
pub(super) enum Shape {
    /// Text.
    Text,
    /// A web address (JSON Schema format `uri`).
    Address,
    /// A mail address (JSON Schema format `email`).
    Email,
    /// A date (`iso8601` in the schema's definitions).
    Date,
    /// A date that "present" leaves open.
    End,
    /// A list of texts.
    Lines,
    /// One object.
    Group(&'static [Field]),
    /// A list of objects.
    Rows(&'static [Field]),
}

const fn field(property: &'static str, field: &'static str, shape: Shape) -> Field {
    Field { property, older: "", field, shape }
}

const fn same(property: &'static str, shape: Shape) -> Field {
    field(property, property, shape)
}

const fn renamed(property: &'static str, older: &'static str, name: &'static str, shape: Shape) -> Field {
    Field { property, older, field: name, shape }
}

const fn list(property: &'static str, kind: Kind, fields: &'static [Field]) -> Section {
    Section { property, kind, single: false, fields, implied: &[] }
}

/// Every section, in the order the schema gives them.
pub(super) const SECTIONS: &[Section] = &[
    Section { property: "basics", kind: Kind::Profile, single: true, fields: BASICS, implied: &[] },
    list(
        "work",
        Kind::Work,
        &[
            renamed("name", "company", "name", Text),
            same("location", Text),
            same("description", Text),
            same("position", Text),
            URL,
            START,
            END,
            same("summary", Text),
            same("highlights", Lines),
        ],
    ),
    list(
        "volunteer",
        Kind::Volunteering,
        &[same("organization", Text), same("position", Text), URL, START, END, same("summary", Text), same("highlights", Lines)],
    ),
    list(
        "education",
        Kind::Education,
        &[
            same("institution", Text),
            URL,
            same("area", Text),
            field("studyType", "study_type", Text),
            START,
            END,
            renamed("score", "gpa", "score", Text),
            same("courses", Lines),
        ],
    ),
    list("awards", Kind::Award, &[same("title", Text), same("date", Date), same("awarder", Text), same("summary", Text)]),
    Section {
        property: "certificates",
        kind: Kind::Credential,
        single: false,
        fields: &[field("name", "title", Text), field("date", "issued", Date), URL, same("issuer", Text)],
        implied: &[("status", "earned")],
    },
    list(
        "publications",
        Kind::Publication,
        &[same("name", Text), same("publisher", Text), field("releaseDate", "release_date", Date), URL, same("summary", Text)],
    ),
    list("skills", Kind::Skill, &[same("name", Text), same("level", Text), same("keywords", Lines)]),
    list("languages", Kind::Language, &[same("language", Text), same("fluency", Text)]),
    list("interests", Kind::Interest, &[same("name", Text), same("keywords", Lines)]),
    list("references", Kind::Reference, &[same("name", Text), same("reference", Text)]),
    list(
        "projects",
        Kind::Project,
        &[
            same("name", Text),
            renamed("description", "summary", "description", Text),
            same("highlights", Lines),
            same("keywords", Lines),
            START,
            END,
            URL,
            same("roles", Lines),
            same("entity", Text),
            same("type", Text),
        ],
    ),
];

/// The properties by which a JSON Resume is known.
pub(crate) const SECTION_NAMES: [&str; SECTIONS.len()] = {
    let mut names = [""; SECTIONS.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = SECTIONS[index].property;
        index += 1;
    }
    names
};

const URL: Field = renamed("url", "website", "url", Address);
pub(super) const START: Field = field("startDate", "start", Date);
const END: Field = field("endDate", "end", End);

const BASICS: &[Field] = &[
    same("name", Text),
    field("label", "headline", Text),
    same("email", Email),
    same("phone", Text),
    URL,
    same("summary", Text),
    same(
        "location",
        Group(&[
            same("address", Text),
            field("postalCode", "postal_code", Text),
            same("city", Text),
            field("countryCode", "country_code", Text),
            same("region", Text),
        ]),
    ),
    field("profiles", "links", Rows(&[same("network", Text), same("username", Text), URL])),
];

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_domain::AnyRecord;
    use serde_json::{Value, json};

    fn assert_known(fields: &[Field], record: &Value, section: &str) {
        for field in fields {
            let found = record.get(field.field);
            assert!(found.is_some(), "{section}: the record has no field {}", field.field);
            if let Group(inner) = field.shape {
                assert_known(inner, found.unwrap(), section);
            }
        }
    }

    #[test]
    fn every_property_has_a_field_to_go_to() {
        for section in SECTIONS {
            let empty = AnyRecord::deserialize(section.kind, json!({})).unwrap();
            assert_known(section.fields, &serde_json::to_value(empty).unwrap(), section.property);
        }
    }
}
