//! Which keys one learner signed with, one after the other: a chain of signed statements that anybody can check.
//!
//! Each statement is JSON secured with `eddsa-jcs-2022`. The first says that a key is in use; each later one that a key
//! follows another, signed by the *old* key and accepted by the *new* one. Where the old key was lost only the new one
//! signs, and the statement says `lost`: such a link is the new key's word alone, and [`History::same_holder`] stops there.
//!
//! An old export keeps verifying without any of this, for a `did:key` is its own key. The history tells its reader more:
//! that the key was replaced later, when, by which, and whether by the same holder.

use super::SigningKey;
use crate::date;
use crate::did_key::DidKey;
use crate::eddsa_jcs_2022::{CRYPTOSUITE, create_proof, verify_proof};
use crate::json;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

/// The `type` of the history as a document, and of its statements.
pub const HISTORY_TYPE: &str = "CairnKeyHistory";
const BEGIN: &str = "CairnKeyBegin";
const ROTATION: &str = "CairnKeyRotation";
/// Most statements that are read: a key a week for twenty years.
const MOST: usize = 1024;

/// One statement of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The key that was replaced; None in the first statement.
    pub previous: Option<DidKey>,
    /// The key that signs from here on.
    pub next: DidKey,
    /// When the statement says that was.
    pub at: DateTime<Utc>,
    /// Whether the previous key was lost, so that it did not sign this.
    pub lost: bool,
}

/// A chain of keys whose every statement was verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    links: Vec<Link>,
    statements: Vec<Value>,
}

/// Why a history proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// Not JSON, or JSON of another kind.
    #[error("the file is not a key history")]
    Malformed,
    /// A statement does not follow from the one before it.
    #[error("statement {0} of the key history does not follow from the one before it")]
    Chain(usize),
    /// A signature is missing or does not hold.
    #[error("statement {0} of the key history is not signed as it must be")]
    Signature(usize),
}

impl History {
    /// Reads and verifies a history as [`Self::to_json`] gives it.
    ///
    /// # Errors
    /// Not a history, a gap in the chain, or a signature that does not hold; with the statement's number, from 1.
    pub fn parse(bytes: &[u8]) -> Result<Self, HistoryError> {
        let value = json::parse(bytes).map_err(|_| HistoryError::Malformed)?;
        if value.get("type").and_then(Value::as_str) != Some(HISTORY_TYPE) {
            return Err(HistoryError::Malformed);
        }
        Self::from_statements(value.get("statements").and_then(Value::as_array).ok_or(HistoryError::Malformed)?)
    }

    /// Verifies statements in their order.
    pub(super) fn from_statements(statements: &[Value]) -> Result<Self, HistoryError> {
        if statements.len() > MOST {
            return Err(HistoryError::Malformed);
        }
        let mut history = Self::default();
        for statement in statements {
            history.push(statement.clone())?;
        }
        Ok(history)
    }

    /// The history as a JSON document, for files and packets. Public: it holds no secret.
    pub fn to_json(&self) -> Value {
        json!({"type": HISTORY_TYPE, "statements": self.statements})
    }

    /// The statements, the oldest first.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The statements as they were signed.
    pub(super) fn statements(&self) -> &[Value] {
        &self.statements
    }

    /// The key in use, None in an empty history.
    pub fn current(&self) -> Option<DidKey> {
        self.links.last().map(|link| link.next)
    }

    /// Since when the key in use is.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.links.last().map(|link| link.at)
    }

    /// The statement that replaced a key, None where it is in use or unknown here.
    pub fn replaced(&self, key: &DidKey) -> Option<&Link> {
        self.links.iter().find(|link| link.previous.as_ref() == Some(key))
    }

    /// Whether two keys are proven to be one holder's: both stand here, and each key between them signed for the next.
    pub fn same_holder(&self, one: &DidKey, other: &DidKey) -> bool {
        let position = |key: &DidKey| self.links.iter().position(|link| link.next == *key);
        let (Some(one), Some(other)) = (position(one), position(other)) else { return false };
        self.links[one.min(other)..=one.max(other)].iter().skip(1).all(|link| !link.lost)
    }

    /// Whether this history begins with all of another.
    pub fn continues(&self, other: &Self) -> bool {
        self.statements.starts_with(&other.statements)
    }

    /// The first statement: this key is in use.
    pub(super) fn begin(key: &SigningKey, at: DateTime<Utc>) -> Result<Self, HistoryError> {
        let statement = json!({"type": BEGIN, "next": key.did().to_string(), "at": date::format(at)});
        let mut history = Self::default();
        history.push(sign(statement, &[key])?)?;
        Ok(history)
    }

    /// The history with one statement more: `next` follows the key in use, which signs unless it was lost. The statement is
    /// dated no earlier than the one before it, whatever the clock says.
    pub(super) fn followed(&self, previous: Option<&SigningKey>, next: &SigningKey, at: DateTime<Utc>) -> Result<Self, HistoryError> {
        let of = self.current().ok_or(HistoryError::Malformed)?;
        let at = self.since().map_or(at, |since| since.max(at));
        let mut statement = json!({"type": ROTATION, "previous": of.to_string(), "next": next.did().to_string(), "at": date::format(at)});
        let signers: Vec<&SigningKey> = previous.into_iter().chain([next]).collect();
        if previous.is_none() {
            statement["lost"] = true.into();
        }
        let mut history = self.clone();
        history.push(sign(statement, &signers)?)?;
        Ok(history)
    }

    /// A history that begins with a loss: `next` takes the place of a key that never had a history and cannot sign one.
    pub(super) fn after_loss(lost: DidKey, next: &SigningKey, at: DateTime<Utc>) -> Result<Self, HistoryError> {
        let (previous, following) = (lost.to_string(), next.did().to_string());
        let statement = json!({"type": ROTATION, "previous": previous, "next": following, "at": date::format(at), "lost": true});
        let mut history = Self::default();
        history.push(sign(statement, &[next])?)?;
        Ok(history)
    }

    /// Takes a statement in when it follows from those before it and its signatures hold.
    fn push(&mut self, statement: Value) -> Result<(), HistoryError> {
        let number = self.links.len() + 1;
        let link = read(&statement).ok_or(HistoryError::Malformed)?;
        let follows = link.previous == self.current() || (self.links.is_empty() && link.lost);
        let fits = follows && self.since().is_none_or(|since| since <= link.at);
        let new = link.previous != Some(link.next) && self.links.iter().all(|earlier| earlier.next != link.next);
        if !fits || !new {
            return Err(HistoryError::Chain(number));
        }
        let signers = link.previous.filter(|_| !link.lost).into_iter().chain([link.next]);
        if !signed_by(&statement, signers) {
            return Err(HistoryError::Signature(number));
        }
        self.links.push(link);
        self.statements.push(statement);
        Ok(())
    }
}

/// What a statement says; None where it says anything else or more.
fn read(statement: &Value) -> Option<Link> {
    let members = statement.as_object()?;
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let known = ["type", "previous", "next", "at", "lost", "proof"];
    if !members.keys().all(|name| known.contains(&name.as_str())) {
        return None;
    }
    let previous = match (text("type")?, members.get("previous")) {
        (BEGIN, None) => None,
        (ROTATION, Some(Value::String(did))) => Some(did.parse().ok()?),
        _ => return None,
    };
    let lost = match members.get("lost") {
        None => false,
        Some(Value::Bool(true)) if previous.is_some() => true,
        Some(_) => return None,
    };
    Some(Link { previous, next: text("next")?.parse().ok()?, at: date::parse(text("at")?)?, lost })
}

fn sign(statement: Value, signers: &[&SigningKey]) -> Result<Value, HistoryError> {
    let Value::Object(mut statement) = statement else { return Err(HistoryError::Malformed) };
    let created = statement.get("at").cloned().unwrap_or_default();
    let mut proofs = Vec::new();
    for key in signers {
        let options = json!({
            "type": "DataIntegrityProof", "cryptosuite": CRYPTOSUITE, "created": created,
            "verificationMethod": key.did().verification_method(), "proofPurpose": "assertionMethod",
        });
        let Value::Object(options) = options else { return Err(HistoryError::Malformed) };
        proofs.push(create_proof(&statement, options, key).map_err(|_| HistoryError::Malformed)?);
    }
    statement.insert("proof".into(), proofs.into());
    Ok(Value::Object(statement))
}

/// Whether exactly these keys signed, in this order.
fn signed_by(statement: &Value, signers: impl Iterator<Item = DidKey>) -> bool {
    let proofs = statement.get("proof").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let signers: Vec<DidKey> = signers.collect();
    let holds = |(proof, key): (&Value, &DidKey)| -> Option<bool> {
        let (statement, proof): (&Map<_, _>, &Map<_, _>) = (statement.as_object()?, proof.as_object()?);
        let named = proof.get("verificationMethod")?.as_str()? == key.verification_method();
        let purpose = proof.get("proofPurpose")?.as_str()? == "assertionMethod";
        Some(named && purpose && verify_proof(statement, proof, key).is_ok())
    };
    proofs.len() == signers.len() && proofs.iter().zip(&signers).all(|pair| holds(pair) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; 32])
    }

    fn day(day: u32) -> DateTime<Utc> {
        date::parse(&format!("2026-03-{day:02}T12:00:00Z")).unwrap()
    }

    /// Key 1, then 2, then 3 after 2 was lost, then 4.
    fn history() -> History {
        let history = History::begin(&key(1), day(1)).unwrap();
        let history = history.followed(Some(&key(1)), &key(2), day(2)).unwrap();
        let history = history.followed(None, &key(3), day(3)).unwrap();
        history.followed(Some(&key(3)), &key(4), day(4)).unwrap()
    }

    fn bytes(history: &History) -> Vec<u8> {
        history.to_json().to_string().into_bytes()
    }

    #[test]
    fn a_history_reads_back_and_tells_who_followed_whom() {
        let history = History::parse(&bytes(&history())).unwrap();
        assert_eq!(history.links().len(), 4);
        assert_eq!(history.current(), Some(key(4).did()));
        let later = history.replaced(&key(1).did()).unwrap();
        assert_eq!((later.next, later.at, later.lost), (key(2).did(), day(2), false));
        assert_eq!(history.replaced(&key(4).did()), None);
    }

    #[test]
    fn a_lost_key_is_where_the_proof_of_one_holder_ends() {
        let history = history();
        let same = |one, other| history.same_holder(&key(one).did(), &key(other).did());
        assert!(same(1, 2) && same(2, 1) && same(3, 4) && same(4, 4));
        assert!(!same(2, 3) && !same(1, 4));
        assert!(!same(1, 9) && !same(9, 9), "a key that does not stand here is nobody's");
    }

    #[test]
    fn whatever_is_changed_in_a_statement_is_found() {
        let whole = history().to_json();
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut value = whole.clone();
            change(&mut value["statements"]);
            History::parse(value.to_string().as_bytes()).unwrap_err()
        };
        let stranger = key(9).did().to_string();
        assert_eq!(changed(&|s| s[3]["next"] = stranger.clone().into()), HistoryError::Signature(4));
        assert_eq!(changed(&|s| s[1]["at"] = "2026-03-02T13:00:00Z".into()), HistoryError::Signature(2));
        assert_eq!(changed(&|s| s[1]["lost"] = true.into()), HistoryError::Signature(2), "a signed link cannot be made a lost one");
        assert_eq!(changed(&|s| drop(s[2].as_object_mut().unwrap().remove("lost"))), HistoryError::Signature(3));
        assert_eq!(changed(&|s| drop(s[1]["proof"].as_array_mut().unwrap().remove(0))), HistoryError::Signature(2));
        assert_eq!(changed(&|s| s[1]["proof"].as_array_mut().unwrap().reverse()), HistoryError::Signature(2));
        assert_eq!(changed(&|s| drop(s.as_array_mut().unwrap().remove(1))), HistoryError::Chain(2));
        assert_eq!(changed(&|s| s.as_array_mut().unwrap().reverse()), HistoryError::Chain(1));
        assert_eq!(changed(&|s| s[0]["note"] = "x".into()), HistoryError::Malformed);
        assert_eq!(changed(&|s| *s = "x".into()), HistoryError::Malformed);
    }

    #[test]
    fn a_key_never_comes_back_and_time_never_goes_back() {
        let history = history();
        assert_eq!(history.followed(Some(&key(4)), &key(1), day(5)), Err(HistoryError::Chain(5)));
        let early = history.followed(Some(&key(4)), &key(5), day(1)).unwrap();
        assert_eq!(early.since(), Some(day(4)), "a clock that was set back does not break the chain");
    }

    #[test]
    fn a_stranger_cannot_continue_a_history_unnoticed() {
        assert_eq!(history().followed(Some(&key(9)), &key(5), day(5)), Err(HistoryError::Signature(5)));
    }
}
