//! Taking a signed endorsement in: what somebody says becomes an endorsement, and the file it came as stays with it, byte for byte,
//! attached to a piece of evidence, as a letter in words would.

use cairn_domain::credential::Credential;
use cairn_domain::endorsement::Endorsement;
use cairn_domain::evidence::Evidence;
use cairn_domain::id::{CredentialId, EvidenceId};
use cairn_domain::{AnyRecord, Kind, PartialDate, Record, RecordId};
use cairn_proof::opened::Item;
use cairn_proof::view::{CredentialView, ViewKind};
use cairn_vault::file::Shelved;
use cairn_vault::wallet::held::Held as Row;
use cairn_vault::{Reader, Result, Writer};

use super::filling::Refused;
use super::offered::{day, line, text};
use super::take_in::{Came, Fate};
use crate::documents::name::safe_name;
use crate::issuing::achievement_id;
use crate::records::new_id;

/// What a signed endorsement says, and the file it came as.
pub(super) struct Endorsed {
    endorser: String,
    date: Option<PartialDate>,
    text: String,
    /// What it is about: an achievement's or a credential's id.
    about: String,
    /// What its file is called.
    name: String,
    media_type: &'static str,
}

impl Endorsed {
    /// What `view` says, where that is an endorsement; `name` is the file that it came in.
    pub fn of(item: &Item, view: &CredentialView, name: &str) -> Option<Endorsed> {
        if view.kind != ViewKind::Endorsement {
            return None;
        }
        let said = |value: Option<serde_json::Value>| value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let by = [&view.issuer.name, &view.issuer.url, &view.issuer.id];
        let date = view.dates.awarded.as_deref().or(view.dates.valid_from.as_deref()).and_then(day);
        let name = if item.place.is_empty() { name.to_owned() } else { safe_name(&format!("{}.{}", item.name, item.format.extension())) };
        Some(Endorsed {
            endorser: said(by.into_iter().flatten().find_map(|by| line(by))),
            date: date.map(PartialDate::day),
            text: said(view.endorsement_comment.as_deref().and_then(text)),
            about: view.subject.id.clone().unwrap_or_default(),
            media_type: crate::files::media_type(&name, &item.bytes[..item.bytes.len().min(8192)]),
            name,
        })
    }

    /// Takes it in as the record of `row`, which stands for its bytes.
    pub fn take(self, writer: &Writer<'_>, mut row: Row, title: String) -> Result<Came, Refused> {
        let attached_to = writer.evidence_with(&row.item)?;
        for evidence in &attached_to {
            if let Some(there) = writer.linked_by(*evidence, Kind::Endorsement)?.first() {
                row.record = there.id;
                let credential = match writer.get(Kind::Endorsement, there.id)?.record {
                    AnyRecord::Endorsement(endorsement) => endorsement.credential.map(RecordId::from),
                    _ => None,
                };
                return Ok(Came::endorsement(row, Fate::Duplicate, title, credential, None));
            }
        }
        let credential = about(writer, &self.about)?;
        // A learner may have attached the file by hand.
        let (evidence, is_new) = attached_to.first().map_or_else(|| (new_id(), true), |evidence| (*evidence, false));
        let kept = AnyRecord::from(Evidence { title: title.clone(), date: self.date, ..Evidence::default() });
        let endorsement = AnyRecord::from(Endorsement {
            endorser: self.endorser,
            date: self.date,
            text: self.text,
            credential: credential.map(CredentialId),
            evidence: Some(EvidenceId(evidence)),
            ..Endorsement::default()
        });
        for record in [&kept, &endorsement] {
            record.check().map_err(|problems| Refused::Record(row.place.clone(), crate::AppError::from(problems).message))?;
        }
        if is_new {
            writer.insert(evidence, &kept, false)?;
            let file = Shelved { sha256: row.item.clone(), size: row.item_size };
            writer.attach(evidence, &file, &self.name, self.media_type)?;
        }
        writer.insert(row.record, &endorsement, false)?;
        let lacking = credential.is_none().then(|| {
            let about = if self.about.is_empty() { "something it does not name".to_owned() } else { cairn_proof::shown(&self.about) };
            format!("“{title}” was taken in; what it is about ({about}) is no credential here, so link it to the one that is meant")
        });
        Ok(Came::endorsement(row, Fate::Added, title, credential, lacking))
    }
}

/// The credential that goes by this id: in a request of the learner's own, or as its issuer named it.
fn about(reader: &Reader<'_>, id: &str) -> Result<Option<RecordId>> {
    let asked: Option<uuid::Uuid> = id.strip_prefix("urn:uuid:").and_then(|uuid| uuid.parse().ok());
    if let Some(asked) = asked {
        let own = reader.keys_of(Credential::KIND)?.into_iter().find(|credential| achievement_id(*credential) == asked);
        if own.is_some() {
            return Ok(own);
        }
    }
    let held = reader.held_named(id)?.into_iter().map(|row| row.record);
    for record in held {
        if reader.kind_of(record)? == Some(Kind::Credential) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}
