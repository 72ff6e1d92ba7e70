//! Taking in what credentials are checked with: an issuer's key document, a status list, a part of a badge that is published on
//! the web. They are facts with a date, not records: whoever brings one vouches for where it is from. What they tell of a badge
//! that is held fills its record.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cairn_domain::{Kind, RecordId};
use cairn_proof::opened::{self, Item, Opened, Payload};
use cairn_proof::view::CredentialView;
use cairn_proof::{Material, MaterialKind};
use cairn_vault::wallet::held::Held as Row;
use cairn_vault::{Change as Step, Reader, Writer};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::filling::Filling;
use super::issues::speaking;
use super::offered::Offered;
use super::said::Said;
use super::same_credential;
use crate::documents::report::kebab;
use crate::documents::verify::NAMELESS;
use crate::import::{ImportReport, unreadable};
use crate::records::Change;
use crate::work::Progress;
use crate::{App, Result};

/// The largest key document or status list, in bytes.
const LARGEST: usize = 16 << 20;

/// What became of a document that credentials are checked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct TakenMaterial {
    /// What it is, in kebab case: `key-document`, `status-list`, `hosted-document`.
    pub kind: String,
    /// The URL or DID it answers for.
    pub url: String,
    /// As of when it counts (RFC 3339).
    pub seen_at: String,
    /// How many held credentials are now judged by it.
    pub judged: u32,
    /// How many of them have another verdict than before.
    pub changed: u32,
}

/// The key document, status list or part of a badge that `bytes` are; nothing where they are a credential or something else.
/// `resume` says that they look like a résumé, which a bare key may do, too.
pub(crate) fn of(bytes: &[u8], resume: bool) -> Option<Material> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if bytes.len() > LARGEST || !(start.starts_with(b"{") || start.starts_with(b"eyJ")) {
        return None;
    }
    let material = Material::from_bytes(bytes.to_vec(), DateTime::UNIX_EPOCH).ok()?;
    let certain = match material.kind {
        MaterialKind::StatusList => true,
        MaterialKind::KeyDocument => !resume || !holds(bytes, "basics"),
        // An assertion that stands for itself is a badge.
        MaterialKind::HostedDocument => opened::open("document", bytes).is_err(),
    };
    certain.then_some(material)
}

/// What `bytes`, opened as `opened`, are where they are the assertion of a hosted badge: what its address shows. Only who saved
/// them from there can say that they are.
pub(crate) fn published(bytes: &[u8], opened: &Opened) -> Option<Material> {
    let [Item { payload: Payload::OpenBadges2 { token: None, assertion, .. }, place, .. }] = opened.items.as_slice() else { return None };
    let url = assertion.get("id").and_then(Value::as_str)?;
    let material = Material::from_bytes(bytes.to_vec(), DateTime::UNIX_EPOCH).ok()?;
    let is_page = place.is_empty() && opened.kind == opened::Kind::Json;
    (is_page && material.kind == MaterialKind::HostedDocument && material.url == url).then_some(material)
}

/// Whether a JSON object has a member of this name.
fn holds(bytes: &[u8], member: &str) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value.get(member).is_some())
}

/// What a document says of its own age, so that an old copy does not pass for today's.
fn dated(bytes: &[u8]) -> Option<DateTime<Utc>> {
    let document: Value = serde_json::from_slice(bytes).ok()?;
    let proof = document.get("proof").map(|proof| proof.get(0).unwrap_or(proof));
    let texts = [document.get("validFrom"), document.get("issuanceDate"), document.get("updated"), proof.and_then(|it| it.get("created"))];
    let date = |value: &Value| value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    texts.into_iter().flatten().filter_map(date).map(|date| date.with_timezone(&Utc)).max()
}

/// A document that was brought in, and what was known before it.
struct Brought {
    kind: String,
    url: String,
    number: i64,
    new: bool,
    seen: DateTime<Utc>,
    /// What was last found about each held credential.
    before: HashMap<RecordId, Option<String>>,
}

impl Brought {
    /// What is told of a document that is nothing else.
    fn report(&self, name: &str, taken: TakenMaterial, change: Change) -> ImportReport {
        ImportReport {
            file: name.to_owned(),
            format: "material".into(),
            added: u32::from(self.new),
            updated: 0,
            unchanged: u32::from(!self.new),
            skipped: Vec::new(),
            credentials: Vec::new(),
            material: Some(taken),
            change,
        }
    }
}

impl App {
    /// Keeps a document that credentials are checked with, dated by what it says and by when its file was `written`, and checks
    /// everything that is held again.
    pub(crate) fn take_in_material(
        &self,
        name: &str,
        material: Material,
        written: Option<DateTime<Utc>>,
        progress: &mut Progress<'_>,
    ) -> Result<ImportReport> {
        let brought = self.bring(name, material, written)?;
        let (taken, change) = self.judge_by(name, &brought, progress)?;
        Ok(brought.report(name, taken, change))
    }

    /// As [`App::take_in_material`], of a hosted badge that is the document as well.
    pub(crate) fn take_in_published(
        &self,
        name: &str,
        bytes: &[u8],
        opened: Opened,
        material: Material,
        written: Option<DateTime<Utc>>,
        progress: &mut Progress<'_>,
    ) -> Result<ImportReport> {
        let brought = self.bring(name, material, written)?;
        let rows = self.vault.read(|reader| reader.held_all())?;
        let is_link = |row: &Row| self.item(row).is_ok_and(|item| matches!(item.payload, Payload::Link { url } if url == brought.url));
        // Where only the address is held, the badge there is no second one.
        if rows.iter().any(is_link) && !rows.iter().any(|row| row.credential_id == brought.url) {
            let (taken, change) = self.judge_by(name, &brought, progress)?;
            return Ok(brought.report(name, taken, change));
        }
        let mut report = self.take_in_credentials(name, bytes, opened, progress)?;
        let (taken, change) = self.judge_by(name, &brought, progress)?;
        report.material = Some(taken);
        if report.change.history.is_none() {
            report.change = change;
        }
        Ok(report)
    }

    /// Keeps a document.
    fn bring(&self, name: &str, material: Material, written: Option<DateTime<Utc>>) -> Result<Brought> {
        let Material { kind, url, bytes, .. } = material;
        if url.is_empty() {
            return Err(unreadable(name, NAMELESS));
        }
        let seen = [dated(&bytes), written].into_iter().flatten().fold(self.vault.now(), DateTime::min);
        let kind = kebab(&kind);
        let (number, new) = self.vault.note(|noter| noter.brought(&kind, &url, &bytes, seen))?;
        let before = self.vault.read(|reader| {
            let rows = reader.held_all()?;
            rows.into_iter().map(|row| Ok((row.id, reader.latest_finding(&row.item)?.map(|it| it.verdict)))).collect()
        })?;
        Ok(Brought { kind, url, number, new, seen, before })
    }

    /// Checks everything again with a document that was brought in, and fills in what it tells of.
    fn judge_by(&self, name: &str, brought: &Brought, progress: &mut Progress<'_>) -> Result<(TakenMaterial, Change)> {
        let rows = self.chosen(None)?;
        let at_hand = self.at_hand(None)?;
        let reports = self.judged(&rows, &at_hand.materials, self.vault.now(), progress)?;
        self.keep(&rows, &reports, &at_hand)?;
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let judged = reports.iter().filter(|report| at_hand.rests_on(report, brought.number)).count();
        let before = |row: &Row| brought.before.get(&row.id).cloned().flatten();
        let changed = rows.iter().zip(&reports).filter(|(row, report)| before(row).as_deref() != Some(report.verdict.name())).count();
        let change = self.settle(Step { title: name.to_owned(), ..Step::new("import") })?;
        let taken = TakenMaterial {
            kind: brought.kind.clone(),
            url: cairn_domain::text::shown_safely(&brought.url),
            seen_at: brought.seen.to_rfc3339_opts(SecondsFormat::Secs, true),
            judged: count(judged),
            changed: count(changed),
        };
        Ok((taken, change))
    }

    /// Lets records say what the credentials behind them say, now that more is known: what a badge class tells that came later,
    /// and what the genuine one of several says now that a key tells which it is. One step of history, or none.
    pub(crate) fn settle(&self, step: Step) -> Result<Change> {
        let due = self.vault.read(|reader| {
            let mut behind: BTreeMap<RecordId, Vec<Row>> = BTreeMap::new();
            for row in reader.held_all()? {
                behind.entry(row.record).or_default().push(row);
            }
            behind.retain(|_, rows| rows.len() > 1 || rows.iter().any(is_in_parts));
            Ok(behind)
        })?;
        if due.is_empty() {
            return Ok(Change::nothing(step, vec![Kind::Credential]));
        }
        let changed = self.vault.change(&step, |writer| {
            let mut filling = Filling::new(self, writer);
            for (record, rows) in due {
                for row in rows.into_iter().filter(is_in_parts) {
                    self.complete(writer, &mut filling, row)?;
                }
                let issues = self.issues(writer, record)?;
                for first in speaking(issues.clone()) {
                    let others = issues.iter().filter(|other| other.row.id != first.row.id && same_credential(&other.row, &first.row));
                    let others: Vec<_> = others.map(|issue| &issue.said.fields).collect();
                    let Ok(item) = self.item(&first.row) else { continue };
                    if !others.is_empty() {
                        let offered = Offered::of(&view(writer, &item)?, &item.name, self.vault.now());
                        filling.give_back(&first, &others, &offered)?;
                    }
                }
            }
            Ok(())
        })?;
        Ok(Change::from(step, &changed))
    }

    /// Lets a badge in parts say what its parts say.
    fn complete(&self, writer: &Writer<'_>, filling: &mut Filling<'_, '_>, row: Row) -> cairn_vault::Result<()> {
        let Ok(item) = self.item(&row) else { return Ok(()) };
        let view = view(writer, &item)?;
        let offered = Offered::of(&view, &item.name, self.vault.now());
        let said = Said::of(&item, &view, &offered, Map::new());
        let speaks = speaking(self.issues(writer, row.record)?).iter().any(|issue| issue.row.id == row.id);
        let named = |new: Option<String>, old: &str| new.unwrap_or_else(|| old.to_owned());
        let row = Row {
            credential_id: named(view.id, &row.credential_id),
            issuer_id: named(view.issuer.id, &row.issuer_id),
            issuer_name: named(view.issuer.name, &row.issuer_name),
            ..row
        };
        filling.add(row, said, &offered, speaks).map(drop)
    }
}

/// Whether a credential's parts lie at addresses of their own: Open Badges 2.0.
fn is_in_parts(row: &Row) -> bool {
    matches!(row.format.as_str(), "open-badge2" | "link")
}

/// What a credential says; an Open Badges 2.0 badge with its class and issuer as they are kept, where they did not come with it, and
/// an address alone with the badge that was seen there.
pub(super) fn view(reader: &Reader<'_>, item: &Item) -> cairn_vault::Result<CredentialView> {
    let (token, assertion, mut beside) = match &item.payload {
        Payload::OpenBadges2 { token, assertion, beside } => (token.clone(), assertion.clone(), beside.clone()),
        Payload::Link { url } => match seen(reader, url)? {
            Some(assertion) => (None, assertion, Vec::new()),
            None => return Ok(item.view()),
        },
        _ => return Ok(item.view()),
    };
    if let Some(class) = part(reader, assertion.get("badge"), &mut beside)? {
        part(reader, class.get("issuer"), &mut beside)?;
    }
    Ok(Item { payload: Payload::OpenBadges2 { token, assertion, beside }, ..item.clone() }.view())
}

/// A part that is embedded, came along, or is kept; what is kept joins what came along.
fn part(
    reader: &Reader<'_>,
    value: Option<&Value>,
    beside: &mut Vec<Arc<Map<String, Value>>>,
) -> cairn_vault::Result<Option<Map<String, Value>>> {
    let url = match value {
        Some(Value::Object(part)) => return Ok(Some(part.clone())),
        Some(Value::String(url)) => url,
        _ => return Ok(None),
    };
    if let Some(known) = beside.iter().find(|part| part.get("id").and_then(Value::as_str) == Some(url)) {
        return Ok(Some(Map::clone(known)));
    }
    let found = seen(reader, url)?;
    beside.extend(found.clone().map(Arc::new));
    Ok(found)
}

/// The newest copy of a badge document that was seen at an address.
fn seen(reader: &Reader<'_>, url: &str) -> cairn_vault::Result<Option<Map<String, Value>>> {
    let copies = reader.materials_for("hosted-document", url)?;
    let newest = copies.into_iter().max_by_key(|copy| copy.confirmed_at);
    let document = newest.and_then(|copy| serde_json::from_slice::<Map<String, Value>>(&copy.bytes).ok());
    Ok(document.filter(|document| document.get("id").and_then(Value::as_str) == Some(url)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kind(document: &Value) -> Option<MaterialKind> {
        of(document.to_string().as_bytes(), false).map(|material| material.kind)
    }

    #[test]
    fn what_credentials_are_checked_with_is_told_from_credentials_and_résumés() {
        assert_eq!(kind(&json!({"id": "did:web:a.example", "assertionMethod": []})), Some(MaterialKind::KeyDocument));
        let list = json!({"id": "https://a.example/1", "type": ["VerifiableCredential", "BitstringStatusListCredential"]});
        assert_eq!(kind(&list), Some(MaterialKind::StatusList));
        let profile = json!({"@context": "https://w3id.org/openbadges/v2", "id": "https://a.example/p", "type": "Issuer", "name": "A"});
        assert_eq!(kind(&profile), Some(MaterialKind::HostedDocument));
        let badge = json!({"@context": "https://w3id.org/openbadges/v2", "id": "https://a.example/b", "type": "Assertion",
            "badge": "https://a.example/c", "recipient": {"type": "email", "hashed": false, "identity": "a@example.org"},
            "verification": {"type": "HostedBadge"}, "issuedOn": "2026-01-01T00:00:00Z"});
        assert_eq!(kind(&badge), None);
        assert_eq!(kind(&json!({"basics": {"name": "Ada"}})), None);
        assert!(of(b"\x89PNG", false).is_none());
    }

    #[test]
    fn a_list_is_as_old_as_it_says() {
        let list = json!({"validFrom": "2026-01-02T00:00:00Z", "proof": [{"created": "2026-01-03T00:00:00Z"}]});
        assert_eq!(dated(list.to_string().as_bytes()).unwrap().to_rfc3339(), "2026-01-03T00:00:00+00:00");
        assert_eq!(dated(b"{}"), None);
    }
}
