//! The evidence that a credential names, compared with the files at hand (`digestMultibase`, VC Data Integrity 1.0 §2.6).
//!
//! Open Badges gives evidence an address, and nothing that binds what stands there; an issuer may add a digest. A file that is not
//! as it was takes nothing from the credential: its issuer signed what they saw.

use crate::digest::Digest;
use crate::reason::Reason;
use crate::report::{Check, Part};
use crate::text::shown;
use crate::view::EvidenceView;

/// Most pieces of evidence that are looked at.
const MOST: usize = 64;

/// What is at hand of a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtHand {
    /// A file with this digest.
    Same,
    /// The file that it names, with another digest.
    Other,
    /// Nothing.
    Nothing,
}

/// What is found about each piece of evidence; `find` says of one with a digest what is at hand.
pub fn checks(evidence: &[EvidenceView], mut find: impl FnMut(&EvidenceView, Digest) -> AtHand) -> Vec<Check> {
    let found = evidence.iter().take(MOST).enumerate().map(|(at, one)| {
        let words = [&one.name, &one.url, &one.description, &one.narrative].into_iter().flatten().next();
        let name = words.map_or_else(|| format!("Evidence {}", at + 1), |words| shown(words));
        let digest = one.digest.as_deref().and_then(|text| Digest::from_multibase(text).ok());
        match digest.map(|digest| find(one, digest)) {
            None => Reason::EvidenceUnbound { name },
            Some(AtHand::Same) => Reason::EvidenceUnchanged { name },
            Some(AtHand::Other) => Reason::EvidenceChanged { name },
            Some(AtHand::Nothing) => Reason::EvidenceNotAtHand { name },
        }
    });
    found.map(|reason| Check { part: Part::Evidence, reason }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_compared_by_its_digest_and_else_only_named() {
        let bound = |name: &str| EvidenceView {
            name: Some(name.into()),
            digest: Some(Digest::of(name.as_bytes()).to_multibase()),
            ..EvidenceView::default()
        };
        let page = EvidenceView { url: Some("https://a.example/work".into()), ..EvidenceView::default() };
        let broken = EvidenceView { digest: Some("z".into()), ..EvidenceView::default() };
        let all = [bound("a.png"), bound("b.png"), bound("c.png"), page, broken];
        let found = checks(&all, |one, digest| match one.name.as_deref() {
            Some("a.png") if digest == Digest::of(b"a.png") => AtHand::Same,
            Some("b.png") => AtHand::Other,
            _ => AtHand::Nothing,
        });
        let reasons: Vec<Reason> = found.into_iter().map(|check| check.reason).collect();
        let name = String::from;
        assert_eq!(
            reasons,
            [
                Reason::EvidenceUnchanged { name: name("a.png") },
                Reason::EvidenceChanged { name: name("b.png") },
                Reason::EvidenceNotAtHand { name: name("c.png") },
                Reason::EvidenceUnbound { name: name("https://a.example/work") },
                Reason::EvidenceUnbound { name: name("Evidence 5") },
            ]
        );
    }
}
