//! What is signed and travels in a packet: the received credentials of the shown records, the learner's own claims where no
//! issuer signed, endorsements; with what was found about each, when, and the copies of keys and lists that it rests on.

use std::collections::{BTreeMap, BTreeSet};

use cairn_domain::endorsement::Endorsement;
use cairn_domain::{AnyRecord, RecordId};
use cairn_proof::packet::{DatedVerdict, Enclosed, EntryName, Provenance};
use cairn_proof::{Material, MaterialKind, Materials, SigningKey, Used};
use cairn_vault::Reader;
use cairn_vault::wallet::fact::{Finding, Snapshot};
use cairn_vault::wallet::held::Held as Row;
use chrono::{DateTime, SecondsFormat, Utc};

use super::Report;
use super::backing::Backing;
use crate::curation::selection::{Chosen, Selection};
use crate::issuing::is_achieved;
use crate::wallet::issues::{Issue, Strength, speaking};
use crate::wallet::said::Said;
use crate::wallet::sources::is_signed;
use crate::wallet::verdicts::KeptVerdict;
use crate::{App, Result};

/// The largest credential that verifiers read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Everything signed that goes into a packet beside its own claims.
#[derive(Default)]
pub(crate) struct Signed {
    /// What issuers sent, byte for byte.
    pub credentials: Vec<Enclosed>,
    /// What the learner signed, now or in a badge that they took in.
    pub self_issued: Vec<Enclosed>,
    /// What others signed about the shown credentials.
    pub endorsements: Vec<Enclosed>,
    /// The copies that the verdicts rest on.
    pub materials: Vec<Material>,
    /// Which of them backs what.
    pub backing: Backing,
    /// What could not go in, a sentence each.
    pub lost: Vec<String>,
}

/// What the vault knows of a received credential.
struct Known {
    row: Row,
    said: Said,
    findings: Vec<(Finding, Vec<Snapshot>)>,
}

impl Signed {
    /// Every credential, in the order of the packet's folders.
    pub fn all(&self) -> impl Iterator<Item = &Enclosed> {
        self.credentials.iter().chain(&self.self_issued).chain(&self.endorsements)
    }

    /// Checks a credential as whoever opens the packet will, and notes the copies that this rests on.
    fn judge(&mut self, bytes: &[u8], at_hand: &Materials, now: DateTime<Utc>) -> (DatedVerdict, Report) {
        let report = cairn_proof::verify_bytes("credential", bytes, at_hand, now);
        let dated = DatedVerdict::from(&report);
        let rested = |material: &&Material| {
            let used = material.used();
            dated.used.iter().any(|it| (it.kind, &it.url, &it.sha256) == (used.kind, &used.url, &used.sha256))
        };
        self.materials.extend(at_hand.iter().filter(rested).cloned());
        (dated, Report::from(report))
    }

    /// What was found earlier, oldest first, with its copies.
    fn earlier(&mut self, findings: &[(Finding, Vec<Snapshot>)]) -> Vec<DatedVerdict> {
        let mut dated = Vec::new();
        for (finding, snapshots) in findings.iter().rev() {
            let copies: Vec<Material> = snapshots.iter().filter_map(copy).collect();
            let kept = KeptVerdict::read(finding, &[]);
            let used: Vec<Used> = copies.iter().map(Material::used).collect();
            let checked_at = finding.at.to_rfc3339_opts(SecondsFormat::Secs, true);
            dated.push(DatedVerdict { verdict: kept.verdict.into(), reason: kept.reason, next: kept.next, checked_at, used });
            self.materials.extend(copies);
        }
        dated
    }
}

impl App {
    /// Gathers and signs what goes into the packet of `selection`.
    pub(crate) fn enclosed(&self, selection: &Selection, key: &SigningKey) -> Result<Signed> {
        let now = self.vault.now();
        let at_hand = self.at_hand(None)?.materials;
        let mut signed = Signed::default();
        let skills: BTreeMap<RecordId, &str> = selection.skills().map(|(chosen, skill)| (chosen.id, skill.name.as_str())).collect();
        for chosen in selection.records() {
            for known in self.known(chosen.id)? {
                self.enclose_held(&mut signed, chosen, &skills, known, &at_hand)?;
            }
        }
        let shown: BTreeSet<RecordId> = selection.records().map(|chosen| chosen.id).collect();
        let letters = self.vault.read(letters)?;
        let held = self.held_standings(&shown.iter().copied().collect::<Vec<_>>())?;
        // A changed badge of the learner's own is behind what they say themselves, and takes nothing from that.
        let broken: BTreeSet<RecordId> = held.iter().filter(|it| it.is_broken() && !it.own).map(|it| it.credential).collect();
        for chosen in selection.records().filter(|chosen| is_achieved(&chosen.record)) {
            // An issuer's word, or a badge the learner signed before, stands in this one's place.
            if signed.backing.is_signed(chosen.id) || letters.contains(&chosen.id) {
                continue;
            }
            let title = chosen.record.heading().title;
            if broken.contains(&chosen.id) {
                signed.lost.push(format!("{title}, as a signed claim of its own: the credential that it rests on does not verify."));
                continue;
            }
            match self.self_issued(chosen, key, &|id| shown.contains(&id)) {
                Ok(Some(bytes)) => {
                    let (verdict, _) = signed.judge(&bytes, &at_hand, now);
                    let enclosed = Enclosed { name: title, bytes, verdicts: vec![verdict] };
                    let file = EntryName::self_issued(signed.self_issued.len() + 1, &enclosed);
                    signed.backing.add([chosen.id], Provenance::SelfSigned, None, file.as_str());
                    signed.self_issued.push(enclosed);
                }
                Ok(None) => {}
                Err(error) => signed.lost.push(format!("{title}, as a signed claim of its own: {}", error.message)),
            }
        }
        self.enclose_endorsements(&mut signed, selection, &at_hand)?;
        Ok(signed)
    }

    /// The issue that speaks of each credential received behind a record. A badge of the learner's own that was changed is none: they
    /// sign what they say anew.
    fn known(&self, record: RecordId) -> Result<Vec<Known>> {
        Ok(self.vault.read(|reader| {
            let known = |Issue { row, said, .. }: Issue| Ok(Known { findings: findings(reader, &row)?, row, said });
            let speaking = speaking(self.issues(reader, record)?).into_iter();
            speaking.filter(|issue| !(issue.row.own && issue.strength == Strength::Broken)).map(known).collect()
        })?)
    }

    /// Puts one in. It backs the record, and each of the shown `skills`, whose words are those that were signed; other words are the
    /// learner's own.
    fn enclose_held(
        &self,
        signed: &mut Signed,
        chosen: &Chosen,
        skills: &BTreeMap<RecordId, &str>,
        known: Known,
        at_hand: &Materials,
    ) -> Result<()> {
        let Known { row, said, findings } = known;
        let bytes = self.kept_bytes(&row.item, &row.name)?;
        let mut verdicts = signed.earlier(&findings);
        let (verdict, report) = signed.judge(&bytes, at_hand, self.vault.now());
        if verdicts.last() != Some(&verdict) {
            verdicts.push(verdict);
        }
        // The name of an archive says nothing of what came in it.
        let name = if row.place.is_empty() { row.name } else { chosen.record.heading().title };
        let enclosed = Enclosed { name, bytes, verdicts };
        let (list, provenance) =
            if row.own { (&mut signed.self_issued, Provenance::SelfSigned) } else { (&mut signed.credentials, Provenance::IssuerSigned) };
        let number = list.len() + 1;
        let file = if row.own { EntryName::self_issued(number, &enclosed) } else { EntryName::issued(number, &enclosed) };
        list.push(enclosed);
        if is_signed(report.verdict, &report.checks) {
            let by = if row.issuer_name.is_empty() { &row.issuer_id } else { &row.issuer_name };
            let as_signed = match &chosen.record {
                AnyRecord::Credential(credential) => said.differences(credential, row.own).is_empty(),
                _ => true,
            };
            let named = said.skills().into_iter().filter(|id| skills.get(id).is_some_and(|name| said.names_skill(name)));
            let records = Some(chosen.id).filter(|_| as_signed).into_iter().chain(named);
            signed.backing.add(records, provenance, Some(by.as_str()).filter(|_| !row.own), file.as_str());
        }
        Ok(())
    }

    /// The signed files of endorsements of shown credentials. One whose evidence the collection hides stays out.
    fn enclose_endorsements(&self, signed: &mut Signed, selection: &Selection, at_hand: &Materials) -> Result<()> {
        let shown: BTreeSet<RecordId> = selection.credentials().map(|(chosen, _)| chosen.id).collect();
        let hidden: BTreeMap<RecordId, bool> = selection.collection.entries.iter().map(|entry| (entry.record, !entry.shown)).collect();
        let files = self.vault.read(|reader| {
            let mut files = Vec::new();
            for endorsement in reader.all::<Endorsement>()? {
                let Endorsement { endorser, credential, evidence, .. } = endorsement.record;
                let about_shown = credential.is_some_and(|id| shown.contains(&RecordId::from(id)));
                let Some(evidence) = evidence.map(RecordId::from).filter(|_| about_shown) else { continue };
                if !hidden.get(&evidence).copied().unwrap_or(false) {
                    files.extend(reader.files(evidence)?.into_iter().map(|file| (endorser.clone(), file)));
                }
            }
            Ok(files)
        })?;
        for (endorser, file) in files.into_iter().filter(|(_, file)| file.size <= LARGEST) {
            let bytes = self.kept_bytes(&file.sha256, &file.name)?;
            // A letter in words is evidence like any other; an archive could hold anything.
            let one = |opened: &cairn_proof::opened::Opened| opened.items.len() == 1 && opened.items[0].bytes == bytes;
            if !cairn_proof::opened::open(&file.name, &bytes).is_ok_and(|opened| one(&opened)) {
                continue;
            }
            let (verdict, _) = signed.judge(&bytes, at_hand, self.vault.now());
            signed.endorsements.push(Enclosed { name: endorser, bytes, verdicts: vec![verdict] });
        }
        Ok(())
    }
}

/// The evidence that an endorsement came as: somebody else's words, which are no achievement of the learner's.
pub(crate) fn letters(reader: &Reader<'_>) -> cairn_vault::Result<BTreeSet<RecordId>> {
    Ok(reader.all::<Endorsement>()?.into_iter().filter_map(|it| it.record.evidence.map(RecordId::from)).collect())
}

/// What was found about a row over time, latest first, each with the copies it rested on.
fn findings(reader: &Reader<'_>, row: &Row) -> cairn_vault::Result<Vec<(Finding, Vec<Snapshot>)>> {
    let found = reader.findings(&row.item)?;
    found.into_iter().map(|finding| Ok((finding.clone(), reader.materials_of(finding.id)?))).collect()
}

fn copy(snapshot: &Snapshot) -> Option<Material> {
    let kind: MaterialKind = serde_json::from_value(snapshot.kind.as_str().into()).ok()?;
    Some(Material { kind, url: snapshot.url.clone(), bytes: snapshot.bytes.clone(), seen: snapshot.confirmed_at })
}
