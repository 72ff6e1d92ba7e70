//! Taking in what credentials are checked with: an issuer's key document, a status list, a part of a badge that is published on
//! the web. They are facts with a date, not records: whoever brings one vouches for where it is from.

use cairn_domain::Kind;
use cairn_proof::opened;
use cairn_proof::{Material, MaterialKind};
use cairn_vault::Change as Step;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::documents::verify::{NAMELESS, kebab};
use crate::import::ImportReport;
use crate::records::Change;
use crate::work::Progress;
use crate::{App, AppError, Result};

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
        let Material { kind, url, bytes, .. } = material;
        if url.is_empty() {
            let detail = NAMELESS;
            return Err(AppError::new("import-unreadable", format!("{name} was not imported: {detail}. Nothing was changed."))
                .with("file", name)
                .with("detail", detail));
        }
        let now = self.vault.now();
        let seen = [dated(&bytes), written].into_iter().flatten().fold(now, DateTime::min);
        let kind = kebab(&kind);
        let (number, new) = self.vault.note(|noter| noter.brought(&kind, &url, &bytes, seen))?;
        let rows = self.chosen(None)?;
        let before: Vec<Option<String>> =
            self.vault.read(|reader| rows.iter().map(|row| Ok(reader.latest_finding(&row.item)?.map(|it| it.verdict))).collect())?;
        let at_hand = self.at_hand(None)?;
        let reports = self.judged(&rows, &at_hand.materials, now, progress)?;
        self.keep(&rows, &reports, &at_hand)?;
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let judged = reports.iter().filter(|report| at_hand.rests_on(report, number)).count();
        let changed = reports.iter().zip(&before).filter(|(report, before)| before.as_deref() != Some(report.verdict.name())).count();
        let step = Step { title: name.to_owned(), ..Step::new("import") };
        Ok(ImportReport {
            file: name.to_owned(),
            format: "material".into(),
            added: u32::from(new),
            updated: 0,
            unchanged: u32::from(!new),
            skipped: Vec::new(),
            credentials: Vec::new(),
            material: Some(TakenMaterial {
                kind,
                url: cairn_domain::text::shown_safely(&url),
                seen_at: seen.to_rfc3339_opts(SecondsFormat::Secs, true),
                judged: count(judged),
                changed: count(changed),
            }),
            change: Change::nothing(step, vec![Kind::Credential]),
        })
    }
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
