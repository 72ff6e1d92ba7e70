//! Logging, editing, ordering and removing records of any kind.

use cairn_domain::check::Problems;
use cairn_domain::{AnyRecord, Kind, RecordId};
use cairn_exchange::json::{self, JsonError};
use cairn_vault::{Change as Step, Changed, Linked, Stored, VaultError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::files::FileInfo;
use crate::standing::{Standing, standing};
use crate::{App, AppError, Result, chronology};

/// The longest name that history gives to several records together, in characters.
const LONGEST_TITLE: usize = 120;

/// What a change did, for undo and for whoever shows the records it touched.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Change {
    /// The step of history; `None` where nothing changed.
    #[ts(type = "number | null")]
    pub history: Option<i64>,
    /// What was done, in kebab case.
    pub action: String,
    /// The kind it was done to, where it was one.
    pub kind: Option<Kind>,
    /// The record it was done to, where it was one.
    pub id: Option<RecordId>,
    /// The name of what it was done to.
    pub title: String,
    /// The kinds of the records that changed.
    pub touched: Vec<Kind>,
}

/// A record with everything its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct RecordPage {
    /// Its key; `None` for a single record nobody has written yet.
    pub id: Option<RecordId>,
    /// Its kind.
    pub kind: Kind,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// When it was last changed (RFC 3339).
    pub updated_at: String,
    /// Whether it belongs to the sample learner.
    pub sample: bool,
    /// Its fields.
    #[ts(type = "Record<string, unknown>")]
    pub fields: Value,
    /// What it links to.
    pub links: Vec<NamedLink>,
    /// What links to it.
    pub backlinks: Vec<NamedLink>,
    /// Its files, where it is evidence.
    pub files: Vec<FileInfo>,
    /// What can be said of it, where it is a credential.
    pub standing: Option<Standing>,
}

/// A record and its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logged {
    /// Its key.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// Its fields.
    pub fields: Value,
    /// Whether it is a credential that only shows attendance; said where it is so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub attendance_only: bool,
}

/// A record at the other end of a link.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct NamedLink {
    /// The field that holds the link.
    pub field: String,
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its subtitle.
    pub subtitle: String,
    /// Its status.
    pub status: String,
}

/// What hangs on a record, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Serialize, ts_rs::TS)]
pub struct Hanging {
    /// The record that hangs on it.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Whether it loses its link or goes, too.
    pub effect: HangingEffect,
}

/// What becomes of a record when one it links to is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum HangingEffect {
    /// It stays and loses the link.
    Unlinked,
    /// It goes, too.
    Removed,
}

impl From<Linked> for NamedLink {
    fn from(linked: Linked) -> Self {
        NamedLink {
            field: linked.field,
            id: linked.id,
            kind: linked.kind,
            title: linked.title,
            subtitle: linked.subtitle,
            status: linked.status,
        }
    }
}

/// Reads what was given as JSON, from the file `name` or wherever that says: a record, several of them, or an edit.
///
/// # Errors
/// `not-json` with its line and column, also where an object says a name twice and so two things at once.
pub fn read_given(name: &str, bytes: &[u8]) -> Result<Value> {
    json::parse(bytes).map_err(|error| match error {
        _ if bytes.trim_ascii().is_empty() => {
            let example = r#"{"title": "CKA"}"#;
            let message =
                format!("{name} is empty. A record is given as JSON, such as {example}; “cairn fields KIND” says what it can hold.");
            AppError::new("not-json", message)
        }
        JsonError::NotJson { line, column, reason } => {
            let message = format!("{name} is not JSON: {reason}, at line {line}, column {column}.");
            AppError::new("not-json", message).with("line", line).with("column", column)
        }
        JsonError::Duplicate { path } => {
            let message = format!("{name} says two things at once: {path} stands twice in the same object. Give each field once.");
            AppError::new("not-json", message).with("path", path)
        }
        other => AppError::new("not-json", format!("{name} cannot be read: {other}.")),
    })
}

impl App {
    /// One record with its links and files.
    ///
    /// # Errors
    /// `not-found`.
    pub fn show(&self, kind: Kind, id: RecordId) -> Result<RecordPage> {
        let page = self.vault.read(|reader| {
            let stored = reader.get(kind, id)?;
            let files = if kind == Kind::Evidence { reader.files(id)? } else { Vec::new() };
            let backlinks = reader.links_to(id)?;
            let standing = match &stored.record {
                AnyRecord::Credential(credential) => Some(standing(reader, id, credential, &backlinks, self.day())?),
                _ => None,
            };
            Ok((stored, reader.links_from(kind, id)?, backlinks, files, standing))
        });
        let (stored, links, backlinks, files, standing) = page?;
        Ok(RecordPage {
            id: Some(id),
            kind,
            created_at: stored.created_at.to_rfc3339(),
            updated_at: stored.updated_at.to_rfc3339(),
            sample: stored.sample,
            fields: to_json(&stored.record)?,
            links: links.into_iter().map(NamedLink::from).collect(),
            backlinks: backlinks.into_iter().map(NamedLink::from).collect(),
            files: files.into_iter().map(FileInfo::from).collect(),
            standing,
        })
    }

    /// Every record of a kind with its fields, in the learner's order.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn records(&self, kind: Kind) -> Result<Vec<Logged>> {
        let all = self.vault.read(|reader| reader.all_of(kind))?;
        let attendance_only = |record: &AnyRecord| matches!(record, AnyRecord::Credential(it) if it.attendance_only());
        let logged = |Stored { id, record, .. }: Stored| {
            Ok(Logged { id, kind, fields: to_json(&record)?, attendance_only: attendance_only(&record) })
        };
        all.into_iter().map(logged).collect()
    }

    /// The one record of a kind that has only one, with its defaults where nobody has written it yet.
    ///
    /// # Errors
    /// Why the vault cannot be read.
    pub fn single(&self, kind: Kind) -> Result<RecordPage> {
        if let Some(id) = self.vault.read(|reader| reader.single(kind))? {
            return self.show(kind, id);
        }
        let empty = parse(kind, Value::Object(Map::new()))?;
        let (links, backlinks, files) = Default::default();
        let (created_at, updated_at) = Default::default();
        Ok(RecordPage {
            id: None,
            kind,
            created_at,
            updated_at,
            sample: false,
            fields: to_json(&empty)?,
            links,
            backlinks,
            files,
            standing: None,
        })
    }

    /// Edits the one record of a kind that has only one, as [`App::type_in`] does, making it where there is none.
    ///
    /// # Errors
    /// As [`App::edit`].
    pub fn edit_single(&self, kind: Kind, patch: Value) -> Result<Change> {
        match self.vault.read(|reader| reader.single(kind))? {
            Some(id) => self.type_in(kind, id, patch),
            None => self.add(kind, patch),
        }
    }

    /// Logs a record.
    ///
    /// # Errors
    /// `record-unreadable` for an unknown field or a wrong type, `record-invalid` for a broken rule, `link-target` for a
    /// link into nowhere, `only-one` for a second profile.
    pub fn add(&self, kind: Kind, fields: Value) -> Result<Change> {
        let record = checked(kind, self.begun(kind, fields)?)?;
        let id = new_id();
        let step = Step::of("add", kind, id, record.heading().title);
        let changed = self.insert_all(&step, kind, &[(id, record)], |field, _| field)?;
        Ok(Change::from(step, &changed))
    }

    /// Logs several records of a kind as one step of history: all of them or none. Returns what was done for each, in order.
    ///
    /// # Errors
    /// As [`App::add`]; the fields are named with the record's place before them, `/4/title`.
    pub fn add_all(&self, kind: Kind, all: Vec<Value>) -> Result<Vec<Change>> {
        let mut records = Vec::with_capacity(all.len());
        for (place, fields) in all.into_iter().enumerate() {
            records.push((new_id(), checked_within(kind, self.begun(kind, fields)?, &format!("/{place}"))?));
        }
        let titles: Vec<String> = records.iter().map(|(_, record)| record.heading().title).collect();
        let step = Step { title: named_together(&titles), kind: Some(kind), ..Step::new("add") };
        let changed = self.insert_all(&step, kind, &records, |field, place| format!("{place}/{field}"))?;
        let one = |((id, _), title): (&(RecordId, AnyRecord), String)| Change {
            history: changed.history,
            action: step.action.to_owned(),
            kind: Some(kind),
            id: Some(*id),
            title,
            touched: changed.touched.clone(),
        };
        Ok(records.iter().zip(titles).map(one).collect())
    }

    /// Writes new records of a kind under the name of `step`. `named` says how the field of a record's broken link is called.
    fn insert_all(
        &self,
        step: &Step,
        kind: Kind,
        records: &[(RecordId, AnyRecord)],
        named: impl Fn(String, usize) -> String,
    ) -> Result<Changed<()>> {
        let mut taken = false;
        let changed = self.vault.change(step, |writer| {
            // Asked inside the change, so that no two come in at once.
            taken = is_single(kind) && (records.len() > 1 || writer.single(kind)?.is_some());
            if taken {
                return Ok(());
            }
            for (place, (id, record)) in records.iter().enumerate() {
                writer.insert(*id, record, false).map_err(|error| match error {
                    VaultError::LinkTarget { field, id, wanted } => VaultError::LinkTarget { field: named(field, place), id, wanted },
                    other => other,
                })?;
                chronology::place(writer, *id, record)?;
            }
            Ok(())
        })?;
        if taken {
            return Err(AppError::new("only-one", format!("There is one {kind} in a vault, and it is there already. Edit it instead."))
                .with("kind", kind.name()));
        }
        Ok(changed)
    }

    /// Edits a record by a merge patch (RFC 7396): fields named are replaced, null sets a field to its default. An edit that
    /// changes something is a step of history; one that changes nothing is none.
    ///
    /// # Errors
    /// As [`App::add`], and `not-found`.
    pub fn edit(&self, kind: Kind, id: RecordId, patch: Value) -> Result<Change> {
        self.patch(kind, id, patch, false)
    }

    /// As [`App::edit`], by somebody who is typing: what goes into the same fields without a longer pause becomes one step.
    ///
    /// # Errors
    /// As [`App::edit`].
    pub fn type_in(&self, kind: Kind, id: RecordId, patch: Value) -> Result<Change> {
        self.patch(kind, id, patch, true)
    }

    fn patch(&self, kind: Kind, id: RecordId, patch: Value, typed: bool) -> Result<Change> {
        let Value::Object(patch) = patch else {
            return Err(AppError::new(
                "record-unreadable",
                "An edit is a JSON object with the fields to change, such as {\"status\": \"earned\"}.",
            )
            .with("path", "/"));
        };
        let typed_into = if typed { patch.keys().cloned().collect::<Vec<_>>().join(" ") } else { String::new() };
        let patch = Value::Object(patch);
        let stored = self.vault.read(|reader| reader.get(kind, id))?;
        // History says what the record is called from here on.
        let title = patched(kind, &stored.record, patch.clone())?.heading().title;
        let step = Step { field: typed_into, ..Step::of("edit", kind, id, title) };
        let mut outcome = None;
        let changed = self.vault.change(&step, |writer| {
            // Read again inside the change: what another process wrote since is patched, not overwritten.
            let stored = writer.get(kind, id)?;
            match patched(kind, &stored.record, patch) {
                Ok(record) => {
                    writer.replace(id, &record)?;
                    let undated = stored.record.heading().date.is_none();
                    if undated { chronology::place(writer, id, &record) } else { Ok(()) }
                }
                Err(error) => {
                    outcome = Some(error);
                    Ok(())
                }
            }
        })?;
        match outcome {
            Some(error) => Err(error),
            None => Ok(Change::from(step, &changed)),
        }
    }

    /// What hangs on a record, before it is removed.
    ///
    /// # Errors
    /// `not-found`.
    pub fn hanging(&self, kind: Kind, id: RecordId) -> Result<Vec<Hanging>> {
        let hanging = self.vault.read(|reader| reader.get(kind, id).and_then(|_| reader.hanging_on(id)))?;
        Ok(hanging
            .into_iter()
            .map(|hanging| Hanging {
                id: hanging.linked.id,
                kind: hanging.linked.kind,
                title: hanging.linked.title,
                effect: if hanging.removed { HangingEffect::Removed } else { HangingEffect::Unlinked },
            })
            .collect())
    }

    /// Removes a record. What requires it goes too, what links to it loses the link; undo brings all of it back.
    ///
    /// # Errors
    /// `not-found`.
    pub fn remove(&self, kind: Kind, id: RecordId) -> Result<Change> {
        let title = self.vault.read(|reader| reader.get(kind, id))?.record.heading().title;
        let step = Step::of("remove", kind, id, title);
        let changed = self.vault.change(&step, |writer| writer.remove(kind, id))?;
        Ok(Change::from(step, &changed))
    }

    /// Puts a record before another of its kind, or at the end.
    ///
    /// # Errors
    /// `not-found`.
    pub fn move_record(&self, kind: Kind, id: RecordId, before: Option<RecordId>) -> Result<Change> {
        let title = self.vault.read(|reader| reader.get(kind, id))?.record.heading().title;
        let step = Step::of("move", kind, id, title);
        let changed = self.vault.change(&step, |writer| writer.move_before(kind, id, before))?;
        Ok(Change::from(step, &changed))
    }
}

impl Change {
    /// Something done outside history, after which records of these kinds are to be shown anew.
    pub(crate) fn nothing(step: Step, touched: Vec<Kind>) -> Self {
        Change { history: None, action: step.action.to_owned(), kind: step.kind, id: step.id, title: step.title, touched }
    }

    /// What `changed` did, under the name of `step`.
    pub(crate) fn from<T>(step: Step, changed: &Changed<T>) -> Self {
        Change {
            history: changed.history,
            action: step.action.to_owned(),
            kind: step.kind,
            id: step.id,
            title: step.title,
            touched: changed.touched.clone(),
        }
    }
}

/// Whether a vault holds at most one record of this kind.
pub fn is_single(kind: Kind) -> bool {
    matches!(kind, Kind::Profile | Kind::MoneySettings)
}

/// A fresh key (UUID version 7).
pub(crate) fn new_id() -> RecordId {
    RecordId::new(uuid::Uuid::now_v7())
}

/// A record read from JSON and found to keep its rules.
pub(crate) fn checked(kind: Kind, fields: Value) -> Result<AnyRecord> {
    checked_within(kind, fields, "")
}

/// As [`checked`], of a record that stands at a place in a larger JSON, a pointer that every field is named below.
fn checked_within(kind: Kind, fields: Value, place: &str) -> Result<AnyRecord> {
    let record = parse_within(kind, fields, place)?;
    record.check().map_err(|Problems(mut problems)| {
        problems.iter_mut().for_each(|problem| problem.path.insert_str(0, place));
        Problems(problems)
    })?;
    Ok(record)
}

/// Several titles as one, cut where it grows long.
pub(crate) fn named_together(titles: &[String]) -> String {
    let all = titles.join(", ");
    match all.char_indices().nth(LONGEST_TITLE) {
        Some((cut, _)) => format!("{}…", &all[..cut]),
        None => all,
    }
}

fn patched(kind: Kind, record: &AnyRecord, patch: Value) -> Result<AnyRecord> {
    let mut fields = to_json(record)?;
    // Rates say what a currency is worth in the home currency: in another one they are wrong.
    let home = patch.get("home_currency").filter(|home| kind == Kind::MoneySettings && fields.get("home_currency") != Some(home));
    if home.is_some() && patch.get("rates").is_none() {
        fields["rates"] = Value::Array(Vec::new());
    }
    json_patch::merge(&mut fields, &patch);
    checked(kind, fields)
}

pub(crate) fn parse(kind: Kind, fields: Value) -> Result<AnyRecord> {
    parse_within(kind, fields, "")
}

fn parse_within(kind: Kind, fields: Value, place: &str) -> Result<AnyRecord> {
    AnyRecord::read(kind, fields).map_err(|error| {
        let path = format!("{place}{}", error.path);
        let path = if path.is_empty() { "/".to_owned() } else { path };
        AppError::new("record-unreadable", format!("The {kind} cannot be read: {path}: {}.", error.fault))
            .with("kind", kind.name())
            .with("path", path)
            .with("detail", error.fault.to_string())
    })
}

pub(crate) fn to_json(record: &AnyRecord) -> Result<Value> {
    serde_json::to_value(record).map_err(|error| AppError::new("vault-failed", format!("A record could not be shown: {error}.")))
}
