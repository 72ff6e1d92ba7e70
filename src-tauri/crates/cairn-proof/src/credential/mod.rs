//! A credential of the W3C data model (VC Data Model 2.0, and 1.1), with its proofs inside or as a token: to a verdict, and to
//! what was found about each part.
//!
//! In order: the form ([`shape`]), every proof with its key ([`proofs`]), the dates, the status. An invalid proof decides, then
//! dates, then the status; what cannot be checked never becomes valid. Endorsements inside are checked each on its own
//! ([`inside`]): a broken one takes nothing from the credential that it endorses.

mod chains;
mod inside;
mod presentation;
mod proofs;
mod shape;

use crate::date;
use crate::json;
use crate::jwt;
use crate::materials::Materials;
use crate::reason::{Reason, Verdict};
use crate::report::{Check, Issuer, Part, ProofReport, Report, Used};
use crate::status::{self, Signed, Status};
use crate::text::shown;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

pub(crate) use presentation::{presented, presented_token};

/// What was found about a credential.
pub(crate) struct Checked {
    pub reason: Reason,
    pub issuer: Option<Issuer>,
    pub proofs: Vec<ProofReport>,
    pub checks: Vec<Check>,
    pub used: Vec<Used>,
    /// The endorsements in it.
    pub inside: Vec<Report>,
}

impl Checked {
    /// A reason that needs no further look.
    pub(crate) fn only(reason: Reason) -> Self {
        let checks = match reason.verdict() {
            Verdict::Invalid => vec![Check { part: Part::Schema, reason: reason.clone() }],
            _ => Vec::new(),
        };
        Self { reason, issuer: None, proofs: Vec::new(), checks, used: Vec::new(), inside: Vec::new() }
    }

    /// As the report on a file.
    pub fn report(self, file: &str, now: DateTime<Utc>) -> Report {
        let Self { reason, issuer, proofs, checks, used, inside } = self;
        Report { issuer, proofs, checks, used, inside, ..Report::new(file, reason, now) }
    }
}

/// Checks a JSON object that may be a credential with proofs inside, at the instant `now`.
pub(crate) fn check(credential: &Map<String, Value>, materials: &Materials, now: DateTime<Utc>) -> Checked {
    Checking { materials, now, depth: 0, shared: &Shared::default() }.embedded(credential, true)
}

/// Checks a credential as JWT, at the instant `now`.
pub(crate) fn check_token(token: &[u8], materials: &Materials, now: DateTime<Utc>) -> Checked {
    Checking { materials, now, depth: 0, shared: &Shared::default() }.token(token, true)
}

/// What a check has to go by.
#[derive(Clone, Copy)]
struct Checking<'a> {
    materials: &'a Materials,
    now: DateTime<Utc>,
    /// How many credentials stand around this one.
    depth: usize,
    shared: &'a Shared,
}

/// What the credentials inside one another share, so that none of them costs what was paid already.
#[derive(Default)]
struct Shared {
    /// What was found about status lists, by where their bytes lie.
    lists: RefCell<HashMap<*const u8, Signed>>,
    /// How many status entries were looked up.
    statuses: Cell<usize>,
    /// How many endorsements were looked at.
    endorsements: Cell<usize>,
}

/// Most status entries of one credential that are looked up.
const MOST_STATUSES: usize = 32;
/// The same of a credential and all endorsements in it.
const MOST_STATUSES_IN_ALL: usize = 256;

impl Checking<'_> {
    /// A credential with its proofs inside. Status lists are credentials whose own status is not asked for.
    fn embedded(self, credential: &Map<String, Value>, with_status: bool) -> Checked {
        // What is signed as RDF is read with its contexts anyway, and says more of what is wrong with them.
        let as_json = || if proofs::signs_json(credential) { shape::contexts(credential) } else { Ok(()) };
        let issuer = match shape::credential(credential).and_then(|()| as_json()).and_then(|()| shape::issuer(credential)) {
            Ok(issuer) => issuer,
            Err(reason) => return Checked::only(reason),
        };
        let found = proofs::check(credential, issuer.id, self.materials, self.now);
        self.conclude(credential, &issuer, found, with_status)
    }

    fn token(self, token: &[u8], with_status: bool) -> Checked {
        let opened = match jwt::open(token, self.materials, self.now) {
            Ok(opened) => opened,
            Err(reason) => return Checked::only(reason),
        };
        let credential = &opened.credential;
        match shape::credential(credential).and_then(|()| shape::contexts(credential)).and_then(|()| shape::issuer(credential)) {
            Ok(issuer) => {
                let proven = opened.proof.reason.clone();
                let found = proofs::Found { proofs: vec![opened.proof], proven, others: Vec::new(), used: opened.used };
                self.conclude(credential, &issuer, found, with_status)
            }
            Err(reason) => Checked::only(reason),
        }
    }

    /// A status list, for [`status::check`]; each is checked once.
    fn list(self, bytes: &[u8]) -> Signed {
        if let Some(known) = self.shared.lists.borrow().get(&bytes.as_ptr()) {
            return known.clone();
        }
        let signed = self.checked_list(bytes);
        self.shared.lists.borrow_mut().insert(bytes.as_ptr(), signed.clone());
        signed
    }

    fn checked_list(self, bytes: &[u8]) -> Signed {
        let checked = match (jwt::compact(bytes), json::parse(bytes)) {
            (Some(token), _) => self.token(token.as_bytes(), false),
            (None, Ok(Value::Object(list))) => self.embedded(&list, false),
            (None, _) => Checked::only(Reason::Malformed { fault: "it is not JSON that can be read in one way".into() }),
        };
        Signed { reason: checked.reason, used: checked.used }
    }

    /// What the status lists say, within the limits.
    fn statuses(self, credential: &Map<String, Value>, issuer: (&str, &str)) -> Vec<Status> {
        let entries = json::values(credential.get("credentialStatus"));
        let asked = &self.shared.statuses;
        asked.set(asked.get() + entries.len());
        if entries.len() > MOST_STATUSES || asked.get() > MOST_STATUSES_IN_ALL {
            let reason = Reason::TooComplex { fault: format!("it names more than {MOST_STATUSES} lists that may take it back") };
            return vec![Status { reason, used: Vec::new() }];
        }
        status::check(credential, issuer, self.materials, &|bytes| self.list(bytes))
    }

    /// The verdict, from what was found about the proofs.
    fn conclude(self, credential: &Map<String, Value>, issuer: &shape::Named<'_>, found: proofs::Found, with_status: bool) -> Checked {
        let proofs::Found { proofs, proven, others, mut used } = found;
        let mut checks = proof_checks(&proven, issuer.id, &used);
        checks.extend(others.into_iter().map(|reason| Check { part: Part::CoSignature, reason }));
        let intact = intact(shown(issuer.name.unwrap_or(issuer.id)), issuer.id, &used);
        let dates = dates(credential, self.now);
        checks.push(Check { part: Part::Dates, reason: dates.clone() });
        let mut statuses = Reason::NoStatus;
        if with_status {
            // A name that no signature vouches for has the address beside it.
            let named = match issuer.name.filter(|_| proven.verdict() != Verdict::Valid) {
                Some(name) => format!("{} ({})", shown(name), shown(issuer.id)),
                None => shown(issuer.name.unwrap_or(issuer.id)),
            };
            for found in self.statuses(credential, (issuer.id, &named)) {
                checks.push(Check { part: Part::Status, reason: found.reason.clone() });
                statuses = statuses.graver(found.reason);
                used.extend(found.used);
            }
        }
        checks.push(Check { part: Part::Schema, reason: form(credential) });
        // What is wrong decides before what cannot be told; else the order is that of the checks.
        let order = [proven, dates, statuses];
        let wrong = order.iter().find(|reason| reason.verdict() == Verdict::Invalid);
        let first = wrong.or_else(|| order.iter().find(|reason| reason.verdict() != Verdict::Valid)).cloned();
        let mut seen = std::collections::HashSet::new();
        used.retain(|used| seen.insert(used.clone()));
        Checked {
            reason: first.unwrap_or(intact),
            issuer: Some(Issuer { id: shown(issuer.id), name: issuer.name.map(shown) }),
            proofs,
            checks,
            used,
            inside: inside::endorsements(self, credential),
        }
    }
}

/// Whether a credential has the form that its standard's schema demands, where there is one for it.
fn form(credential: &Map<String, Value>) -> Reason {
    match crate::issue::schema::check(&Value::Object(credential.clone())) {
        Some(Ok(())) => Reason::WellFormed,
        Some(Err(error)) => Reason::OffSchema { place: shown(&error.place), fault: error.fault },
        None => shape::open_badge(credential),
    }
}

/// That a credential of the issuer `id` is as it was signed; `used` holds the documents from which its keys are known.
pub(crate) fn intact(issuer: String, id: &str, used: &[Used]) -> Reason {
    match used.iter().find(|used| used.enclosed) {
        Some(copy) => Reason::CredentialByCopy { issuer, id: shown(id), seen: copy.seen.clone() },
        None => Reason::CredentialIntact { issuer },
    }
}

/// What was found about signature and key, from the gravest of the proofs' reasons.
fn proof_checks(proven: &Reason, issuer: &str, used: &[Used]) -> Vec<Check> {
    let check = |part, reason| Check { part, reason };
    match proven {
        Reason::ProofHolds { verification_method } => {
            // The one copy that somebody else chose tells more than all others.
            let from = used.iter().find(|used| used.enclosed).or(used.first());
            let key = Reason::KeyListed {
                issuer: shown(issuer),
                verification_method: verification_method.clone(),
                seen: from.map(|used| used.seen.clone()),
                enclosed: from.is_some_and(|used| used.enclosed),
            };
            vec![check(Part::Proof, proven.clone()), check(Part::Key, key)]
        }
        Reason::NotIssuersKey { .. }
        | Reason::BrokenKey { .. }
        | Reason::KeyNotListed { .. }
        | Reason::KeyWithdrawn { .. }
        | Reason::UnknownKey { .. }
        | Reason::BrokenKeyDocument { .. } => vec![check(Part::Key, proven.clone())],
        _ => vec![check(Part::Proof, proven.clone())],
    }
}

/// The dates of VC Data Model 2.0 §4.9, or of 1.1 §4.6 and §4.7.
fn dates(credential: &Map<String, Value>, now: DateTime<Utc>) -> Reason {
    let read = || {
        let from = [date_member(credential, "validFrom")?, date_member(credential, "issuanceDate")?].into_iter().flatten().max();
        let until = [date_member(credential, "validUntil")?, date_member(credential, "expirationDate")?].into_iter().flatten().min();
        if let Some(until) = until.filter(|until| *until < now) {
            return Err(Reason::Expired { until: date::format(until) });
        }
        match from.filter(|from| *from > now) {
            Some(from) => Err(Reason::NotYetValid { from: date::format(from) }),
            None => Ok(Reason::DatesHold { until: until.map(date::format) }),
        }
    };
    read().unwrap_or_else(|reason| reason)
}

fn date_member(object: &Map<String, Value>, member: &str) -> Result<Option<DateTime<Utc>>, Reason> {
    let Some(value) = object.get(member) else { return Ok(None) };
    let date = value.as_str().and_then(date::parse);
    let broken = || Reason::BrokenDate { member: member.into(), text: date::as_written(value) };
    date.map(Some).ok_or_else(broken)
}
