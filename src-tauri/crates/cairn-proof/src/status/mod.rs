//! Whether the issuer took a credential back, from lists that are at hand: Bitstring Status List v1.0, Status List 2021, and
//! 1EdTech's revocation list.
//!
//! A status is more than a bit. The list must be signed, in its own validity, of the purpose that the entry names, and long
//! enough for its place; where any of that fails, the status is unknown, never assumed. `ttl` says when to fetch again, not when a list ends.
//!
//! Who may sign the list: the issuer; or whoever keeps the list at the address that the issuer's signed entry names, as the
//! standard allows. The person who adds a list vouches that it came from there, and the reason
//! names its keeper. A list that came along *with* a credential ([`Materials::add_enclosed`]) must be the issuer's own and signed,
//! unless what it says is against the credential; and the reason says that it came along.

mod bits;

use crate::materials::{Held, Materials};
use crate::reason::Reason;
use crate::report::Used;
use crate::text::shown;
use crate::{date, json, jwt};

use serde_json::{Map, Value};

/// Shortest last step of an address by which a list that has moved is known again; a shorter one is no name of its own.
const OWN_NAME: usize = 16;

/// What was found about one status entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What the list says, or why it cannot be told.
    pub reason: Reason,
    /// The list and the key documents that this rests on.
    pub used: Vec<Used>,
}

/// What was found about a list's own signature and dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Valid where the signature holds and the dates do; else why not.
    pub reason: Reason,
    /// The key documents that the signature rests on.
    pub used: Vec<Used>,
}

/// Checks a list, given as its bytes came, like any other credential except for its own status.
pub type CheckList<'a> = &'a dyn Fn(&[u8]) -> Signed;

/// Looks at every status entry of a credential (VC Data Model 2.0 §4.10); none where it has none.
/// `issuer` is who issued it by its identifier, `named` as sentences name it.
pub fn check(
    credential: &Map<String, Value>,
    (issuer, named): (&str, &str),
    materials: &Materials,
    check_list: CheckList<'_>,
) -> Vec<Status> {
    let entries = json::values(credential.get("credentialStatus")).into_iter();
    entries.map(|entry| Looking { credential, issuer, named, materials, check_list }.entry(entry)).collect()
}

struct Looking<'a> {
    credential: &'a Map<String, Value>,
    issuer: &'a str,
    named: &'a str,
    materials: &'a Materials,
    check_list: CheckList<'a>,
}

/// What a list that can be relied on says.
struct Said {
    /// A reason against the credential, a message about it, or None where it stands.
    against: Option<Reason>,
}

impl Looking<'_> {
    fn entry(&self, entry: &Value) -> Status {
        let text = |member: &str| entry.get(member).and_then(Value::as_str);
        let kinds = json::texts(entry.get("type"));
        let unusable =
            |fault: &str| Status { reason: Reason::UnusableStatus { url: "the credential".into(), fault: fault.into() }, used: vec![] };
        let (url, form) = if kinds.contains(&"BitstringStatusListEntry") {
            (text("statusListCredential"), Form::Bitstring)
        } else if kinds.contains(&"StatusList2021Entry") {
            (text("statusListCredential"), Form::StatusList2021)
        } else if kinds.contains(&"1EdTechRevocationList") {
            (text("id"), Form::Revoked)
        } else {
            let kind = shown(kinds.first().unwrap_or(&"credentialStatus"));
            return Status { reason: Reason::UnknownStatus { kind }, used: Vec::new() };
        };
        let Some(url) = url else { return unusable("its status entry names no list") };
        let mut fault = Reason::MissingStatusList { url: shown(url) };
        for (at, held) in self.lists(url).into_iter().enumerate() {
            match self.ask(held, entry, form, url) {
                Ok(status) => return status,
                Err(reason) if at == 0 => fault = reason,
                Err(_) => {}
            }
        }
        Status { reason: fault, used: Vec::new() }
    }

    /// The copies of a list, the newest first; of one that has moved, those that carry its unguessable last name.
    fn lists(&self, url: &str) -> Vec<&Held> {
        let mut lists = self.materials.copies(url);
        if lists.is_empty() {
            let last = |url: &str| url.split(['#', '?']).next().and_then(|url| url.rsplit('/').next()).map(str::to_owned);
            let wanted = last(url).filter(|name| name.len() >= OWN_NAME);
            lists = self.materials.status_lists();
            lists.retain(|held| wanted.is_some() && last(&held.material.url) == wanted);
        }
        lists
    }

    /// What one copy of a list says; an error where it cannot be relied on.
    fn ask(&self, held: &Held, entry: &Value, form: Form, url: &str) -> Result<Status, Reason> {
        let unusable = |fault: String| Reason::UnusableStatus { url: shown(url), fault };
        let document = held.document.as_ref().map_err(|fault| unusable(fault.clone()))?;
        let list = document.get("vc").and_then(Value::as_object).unwrap_or(document);
        let keeper =
            id_of(list.get("issuer")).or(id_of(document.get("iss"))).ok_or_else(|| unusable("it does not say who keeps it".into()))?;
        let mut used = vec![held.used()];
        // 1EdTech's list is plain JSON: the address it came from vouches for it. Where it is signed, the signature counts.
        let signed = form != Form::Revoked || list.contains_key("proof") || jwt::compact(&held.material.bytes).is_some();
        if signed {
            let found = (self.check_list)(&held.material.bytes);
            if found.reason.verdict() != crate::Verdict::Valid {
                return Err(unusable(lower(&found.reason.sentence())));
            }
            used.extend(found.used);
        } else if keeper != self.issuer {
            return Err(unusable(format!("it is kept by {}, not by the issuer", shown(keeper))));
        }
        let said = match form {
            Form::Revoked => self.revoked(list, url),
            Form::Bitstring | Form::StatusList2021 => self.bit(list, entry, form),
        };
        let said = said.map_err(unusable)?;
        let enclosed = used.iter().any(|used| used.enclosed);
        let foreign = (keeper != self.issuer).then(|| shown(keeper));
        let reason = match (said.against, foreign) {
            (Some(reason), _) => reason,
            (None, Some(keeper)) if held.enclosed => {
                return Err(Reason::UnusableStatus {
                    url: shown(url),
                    fault: format!("it came with the credential and is signed by {keeper}"),
                });
            }
            (None, None) if held.enclosed && !signed => {
                return Err(unusable("it came with the credential and nobody signed it".into()));
            }
            (None, keeper) => Reason::StatusClear { url: shown(url), seen: date::format(held.material.seen), keeper, enclosed },
        };
        Ok(Status { reason, used })
    }

    fn bit(&self, list: &Map<String, Value>, entry: &Value, form: Form) -> Result<Said, String> {
        let (list_type, subject_type) = match form {
            Form::StatusList2021 => ("StatusList2021Credential", "StatusList2021"),
            Form::Bitstring | Form::Revoked => ("BitstringStatusListCredential", "BitstringStatusList"),
        };
        let subject = list.get("credentialSubject").and_then(Value::as_object).ok_or("it lists nothing")?;
        if !json::texts(list.get("type")).contains(&list_type) || !json::texts(subject.get("type")).contains(&subject_type) {
            return Err(format!("it is not of the type {list_type}"));
        }
        let purpose = entry.get("statusPurpose").and_then(Value::as_str).ok_or("the credential does not say which status it means")?;
        if !json::texts(subject.get("statusPurpose")).contains(&purpose) {
            return Err(format!("it is not a list of {}", shown(purpose)));
        }
        let size = match entry.get("statusSize").or(subject.get("statusSize")) {
            None => 1,
            Some(size) => {
                size.as_u64().filter(|size| (1..=32).contains(size)).ok_or("the size of its entries is not between 1 and 32 bits")?
            }
        };
        let index = match entry.get("statusListIndex") {
            Some(Value::String(digits)) if digits.bytes().all(|digit| digit.is_ascii_digit()) => digits.parse().ok(),
            Some(number) => number.as_u64(),
            None => None,
        };
        let index: u64 = index.ok_or("the credential's place in it is no whole number")?;
        let encoded = subject.get("encodedList").and_then(Value::as_str).ok_or("it holds no bits")?;
        let value =
            bits::Bits::decode(encoded, form == Form::Bitstring, size)?.value(index).ok_or("the credential's place lies behind its end")?;
        if value == 0 && purpose != "message" {
            return Ok(Said { against: None });
        }
        let issuer = self.named.to_owned();
        match purpose {
            "revocation" => Ok(Said { against: Some(Reason::Revoked { issuer, why: None }) }),
            "suspension" => Ok(Said { against: Some(Reason::Suspended { issuer, why: None }) }),
            "refresh" => Ok(Said { against: Some(Reason::StatusMessage { message: "there is an update of it to be fetched".into() }) }),
            "message" => message(entry, subject, value).map(|message| Said { against: Some(Reason::StatusMessage { message }) }),
            other => Err(format!("it marks the credential as “{}”, which this Cairn does not know", shown(other))),
        }
    }

    /// 1EdTech's revocation list: the identifiers of what was revoked; an empty list or none is the same in JSON-LD.
    fn revoked(&self, list: &Map<String, Value>, url: &str) -> Result<Said, String> {
        let id = self.credential.get("id").and_then(Value::as_str).ok_or("the credential has no id to look up in it")?;
        let subject = list.get("credentialSubject").and_then(Value::as_object).unwrap_or(list);
        let listed = ["revokedCredential", "revokedCredentials"].iter().find_map(|member| subject.get(*member).or(list.get(*member)));
        if listed.is_none() && id_of(list.get("id").or(subject.get("id"))) != Some(url) {
            return Err("it lists nothing, and does not say that it is the list".into());
        }
        let names = |entry: &&Value| id_of(Some(entry)) == Some(id) && entry.get("revoked") != Some(&Value::Bool(false));
        let revoked = |entry: &Value| Reason::Revoked { issuer: self.named.to_owned(), why: why(entry) };
        Ok(Said { against: json::values(listed).into_iter().find(names).map(revoked) })
    }
}

/// The three forms of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Bitstring,
    StatusList2021,
    Revoked,
}

/// The words for a value, from the entry's or the list's table (Bitstring Status List §2.1: `0x0` and so on).
fn message(entry: &Value, subject: &Map<String, Value>, value: u64) -> Result<String, String> {
    let table = json::values(entry.get("statusMessage").or(subject.get("statusMessage")));
    let number = |text: &str| text.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let is = |row: &&&Value| row.get("status").and_then(Value::as_str).and_then(number) == Some(value);
    let text = table.iter().find(is).and_then(|row| row.get("message")).and_then(Value::as_str);
    text.map(shown).ok_or_else(|| format!("it holds the number {value}, for which no words are given"))
}

/// Why something was taken back, where the entry or badge that says so says why (Open Badges 2.0, RevocationList and Assertion).
pub(crate) fn why(entry: &Value) -> Option<String> {
    let text = json::words(entry.get("revocationReason")?)?.trim();
    (!text.is_empty()).then(|| shown(text))
}

/// An identifier, or that of an object.
fn id_of(value: Option<&Value>) -> Option<&str> {
    value.and_then(|value| value.as_str().or_else(|| value.get("id").and_then(Value::as_str)))
}

/// A sentence as part of another one.
fn lower(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
