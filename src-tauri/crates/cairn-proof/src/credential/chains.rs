//! Which proofs build on which (`previousProof`, VC Data Integrity 1.0 §2.1.2).
//!
//! Whoever wrote the file drew this graph: each proof is looked at once, however many ways lead to it.

use super::proofs::MOST_PROOFS;
use crate::json;
use crate::reason::Reason;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;

type Proof = Map<String, Value>;

/// The first [`MOST_PROOFS`] proofs of a credential, by their names.
pub(super) struct Chains<'a> {
    /// All of them, in the credential's order.
    all: Vec<&'a Proof>,
    /// None where two have the name.
    named: HashMap<&'a str, Option<&'a Proof>>,
    /// Whether there are more proofs than these.
    cut: bool,
    /// The named proofs that were followed, or are being followed.
    seen: RefCell<HashMap<&'a str, Way>>,
}

/// How far the chain behind a proof was followed.
#[derive(Clone)]
enum Way {
    /// Not to its beginnings yet: who comes by again goes in a circle.
    Open,
    /// To its beginnings, or to what is wrong on the way.
    Done(Result<(), Reason>),
}

impl<'a> Chains<'a> {
    /// The graph of a credential's proofs.
    pub fn of(proofs: &[&'a Value]) -> Self {
        let all: Vec<&Proof> = proofs.iter().take(MOST_PROOFS).filter_map(|proof| proof.as_object()).collect();
        let mut named = HashMap::new();
        for proof in all.iter().copied() {
            if let Some(id) = proof.get("id").and_then(Value::as_str) {
                named.entry(id).and_modify(|found| *found = None).or_insert(Some(proof));
            }
        }
        Self { all, named, cut: proofs.len() > MOST_PROOFS, seen: RefCell::default() }
    }

    /// The proofs that one names as coming before it. Each exists, once, and leads to a beginning.
    ///
    /// They stand in the order of the credential's own list, whatever the order of the names: so a chain is canonicalised (Data
    /// Integrity 1.0 §4.3, step 5).
    ///
    /// # Errors
    /// [`Reason::BrokenChain`], or [`Reason::TooComplex`] beyond the limit.
    pub fn before(&self, proof: &Proof) -> Result<Vec<&'a Proof>, Reason> {
        let names = json::values(proof.get("previousProof"));
        if names.len() > MOST_PROOFS {
            return Err(too_many());
        }
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            let name = name.as_str().ok_or_else(|| broken("it names an earlier signature by something other than a text"))?;
            found.push(self.follow(name)?);
        }
        Ok(self.all.iter().copied().filter(|proof| found.iter().any(|named| std::ptr::eq(*named, *proof))).collect())
    }

    /// A named proof, whose chain was followed to its beginnings.
    fn follow(&self, name: &str) -> Result<&'a Proof, Reason> {
        let Some((&name, &found)) = self.named.get_key_value(name) else {
            return Err(if self.cut { too_many() } else { broken("an earlier signature that it builds on is missing") });
        };
        let proof = found.ok_or_else(|| broken("two signatures in it have one name"))?;
        let way = self.seen.borrow().get(name).cloned();
        match way {
            Some(Way::Open) => Err(broken("its signatures build on each other in a circle")),
            Some(Way::Done(outcome)) => outcome.map(|()| proof),
            None => {
                self.seen.borrow_mut().insert(name, Way::Open);
                // No deeper than there are names.
                let outcome = self.before(proof).map(drop);
                self.seen.borrow_mut().insert(name, Way::Done(outcome.clone()));
                outcome.map(|()| proof)
            }
        }
    }
}

fn broken(fault: &str) -> Reason {
    Reason::BrokenChain { fault: fault.into() }
}

fn too_many() -> Reason {
    Reason::TooComplex { fault: format!("it has a chain of more than {MOST_PROOFS} proofs") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What is found about each of `count` proofs, where `before` says on which of them the one at a place builds.
    fn each(count: usize, before: impl Fn(usize) -> Vec<usize>) -> Vec<Result<usize, Reason>> {
        let proof =
            |at: usize| json!({"id": format!("p{at}"), "previousProof": before(at).iter().map(|at| format!("p{at}")).collect::<Vec<_>>()});
        let proofs: Vec<Value> = (0..count).map(proof).collect();
        let proofs: Vec<&Value> = proofs.iter().collect();
        let chains = Chains::of(&proofs);
        proofs.iter().map(|proof| chains.before(proof.as_object().unwrap()).map(|before| before.len())).collect()
    }

    fn is_circle(found: &Result<usize, Reason>) -> bool {
        matches!(found, Err(Reason::BrokenChain { fault }) if fault.contains("circle"))
    }

    /// There are two to the thirtieth ways through it.
    #[test]
    fn proofs_that_all_build_on_all_before_them_are_each_looked_at_once() {
        let found = each(MOST_PROOFS, |at| (0..at).collect());
        assert_eq!(found, (0..MOST_PROOFS).map(Ok).collect::<Vec<_>>());
    }

    #[test]
    fn proofs_that_all_build_on_each_other_go_in_circles() {
        assert!(each(MOST_PROOFS, |_| (0..MOST_PROOFS).collect()).iter().all(is_circle));
        assert!(each(1, |_| vec![0]).iter().all(is_circle), "a proof that builds on itself");
        let found = each(3, |at| [vec![1], vec![0], vec![]][at].clone());
        assert!(is_circle(&found[0]) && is_circle(&found[1]) && found[2] == Ok(0), "{found:?}");
    }

    #[test]
    fn more_than_the_limit_is_too_complex_and_not_broken() {
        let found = each(MOST_PROOFS + 1, |at| if at == 0 { vec![MOST_PROOFS] } else { vec![] });
        assert!(matches!(found[0], Err(Reason::TooComplex { .. })), "{found:?}");
        let found = each(2, |at| vec![0; at * (MOST_PROOFS + 1)]);
        assert!(matches!(found[1], Err(Reason::TooComplex { .. })), "{found:?}");
    }

    #[test]
    fn a_name_that_two_have_or_none_is_broken() {
        let proofs = [json!({"id": "a"}), json!({"id": "a"}), json!({"previousProof": "a"}), json!({"previousProof": "b"})];
        let proofs: Vec<&Value> = proofs.iter().collect();
        let chains = Chains::of(&proofs);
        for proof in &proofs[2..] {
            assert!(matches!(chains.before(proof.as_object().unwrap()), Err(Reason::BrokenChain { .. })), "{proof}");
        }
    }
}
