//! The verdict on a file, and why: each reason decides its verdict, its sentence and the next step.

mod words;

use serde::{Deserialize, Serialize};

/// What verification found. Only a [`Reason`] gives one, so none stands without its why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every check passed.
    Valid,
    /// Some check cannot be made here; nothing failed.
    CannotCheck,
    /// The dates begin later.
    NotYetValid,
    /// The dates have passed.
    Expired,
    /// The issuer took it back.
    Revoked,
    /// Something was changed, or was never right.
    Invalid,
}

/// Why a verdict is what it is. Texts from the file are quoted as [`shown`](crate::shown).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "params", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Reason {
    /// A packet is as it was signed.
    PacketIntact {
        /// The name that the packet gives its signer, or the key where it gives none.
        signer: String,
        /// The key.
        did: String,
        /// How many files the packet binds.
        files: usize,
        /// The date it was signed, RFC 3339.
        signed_on: String,
    },
    /// A document carries a packet that is as it was signed; the page itself is not bound.
    PacketInside {
        /// The name that the packet gives its signer, or the key where it gives none.
        signer: String,
        /// The key.
        did: String,
        /// How many files the packet binds.
        files: usize,
        /// The date it was signed, RFC 3339.
        signed_on: String,
    },
    /// A credential is as it was signed.
    CredentialIntact {
        /// The issuer, as the file names it.
        issuer: String,
    },
    /// A credential is as it was signed, by the word of a key document that came along with it in a packet: whoever made the
    /// packet chose that document.
    CredentialByCopy {
        /// The issuer, as the file names it.
        issuer: String,
        /// Whose key document came along: the issuer's identifier.
        id: String,
        /// The date that the packet gives its copy, RFC 3339.
        seen: String,
    },
    /// Every one of several credentials in a file is as it was signed.
    AllIntact {
        /// How many.
        count: usize,
    },
    /// A learner record is as it was signed, and so is every credential in it.
    RecordIntact {
        /// Who signed the record, as it says itself.
        signer: String,
        /// How many credentials are in it.
        count: usize,
        /// How many of them whoever signed the record issued as well.
        by_signer: usize,
    },
    /// Every one of several, where some are so only by the word of key documents that came along with them in a packet.
    AllByCopy {
        /// How many.
        count: usize,
        /// How many of them rest on such a copy.
        by_copy: usize,
    },
    /// One proof of several holds.
    ProofHolds {
        /// The key that the proof names.
        verification_method: String,
    },

    /// Somebody other than the issuer signed as well, and that signature holds too: a witness, and no verdict rests on it.
    CoSigned {
        /// The key that the proof names.
        verification_method: String,
    },
    /// Somebody other than the issuer signed as well, with a key that is not at hand. No verdict rests on it.
    CoSignerUnknown {
        /// The key that the proof names.
        verification_method: String,
    },

    /// The issuer's list, as seen on a date, does not take the credential back.
    StatusClear {
        /// The list's address.
        url: String,
        /// When this copy of the list was seen, RFC 3339.
        seen: String,
        /// Who signs the list, where it is not the issuer.
        #[serde(skip_serializing_if = "Option::is_none")]
        keeper: Option<String>,
        /// Whether the copy came along with the credential, in a packet.
        enclosed: bool,
    },
    /// The issuer's list has something to say that is not against the credential.
    StatusMessage {
        /// What it says, as half a sentence.
        message: String,
    },

    /// An unsigned badge says what the issuer published, as seen on a date.
    HostedAsSeen {
        /// The badge's address.
        url: String,
        /// The issuer, as its profile names it.
        issuer: String,
        /// When the copy was seen there, RFC 3339.
        seen: String,
    },
    /// The issuer says that the key is theirs.
    KeyListed {
        /// The issuer, as the file names it.
        issuer: String,
        /// The key that the proof names.
        verification_method: String,
        /// The date of the key document that lists it, RFC 3339; none where the issuer's name is the key.
        seen: Option<String>,
        /// Whether that document came along with the credential, in a packet.
        enclosed: bool,
    },
    /// The dates hold.
    DatesHold {
        /// The end of validity, RFC 3339, where it has one.
        until: Option<String>,
    },
    /// The issuer keeps no status of it.
    NoStatus,
    /// The form is as its standard demands.
    WellFormed,
    /// The form lacks members that its standard asks for, and no verdict rests on.
    Incomplete {
        /// The members.
        missing: Vec<String>,
    },

    /// The form is not what its standard's schema demands, and no verdict rests on that.
    OffSchema {
        /// The member, with dots between its steps.
        place: String,
        /// What the schema demands there.
        fault: String,
    },

    /// It is about the learner: it names one of their addresses.
    IdentityMatches {
        /// The address, as the learner wrote it.
        identity: String,
    },
    /// It names somebody, and none of the learner's addresses.
    IdentityDiffers,
    /// It names nobody, or in a way that cannot be compared with the learner's addresses.
    IdentityUnknown,
    /// A file of evidence at hand is the one that was bound when it was signed.
    EvidenceUnchanged {
        /// What the evidence is called.
        name: String,
    },
    /// The file of evidence at hand is not the one that was bound when it was signed.
    EvidenceChanged {
        /// What the evidence is called.
        name: String,
    },
    /// Evidence is bound by its digest, and no file with that digest is at hand.
    EvidenceNotAtHand {
        /// What the evidence is called.
        name: String,
    },
    /// Evidence is only an address or a description: nothing binds what stands there.
    EvidenceUnbound {
        /// What the evidence is called.
        name: String,
    },

    /// A packet's contents differ from what was signed; each list holds names.
    ContentsDiffer {
        /// Files whose bytes are not the signed ones.
        changed: Vec<String>,
        /// Files that were signed and are not there.
        missing: Vec<String>,
        /// Files that were not signed.
        added: Vec<String>,
    },
    /// The signature is not over this text.
    SignatureMismatch,
    /// The key that signed is not the issuer's.
    NotIssuersKey {
        /// The issuer, as the file names it.
        issuer: String,
        /// The key that the proof names.
        verification_method: String,
    },
    /// The key's name is broken.
    BrokenKey {
        /// The key that the proof names.
        verification_method: String,
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// The issuer's key document, as seen on a date, does not list the key as one that signs claims.
    KeyNotListed {
        /// The issuer, as the file names it.
        issuer: String,
        /// The key that the proof names.
        verification_method: String,
        /// The date of the newest copy of the document at hand, RFC 3339.
        seen: String,
    },
    /// The issuer had withdrawn the key when the signature was made.
    KeyWithdrawn {
        /// The key that the proof names.
        verification_method: String,
        /// When the key ended, RFC 3339.
        on: String,
    },
    /// An unsigned badge differs from what its address said.
    HostedDiffers {
        /// The badge's address.
        url: String,
        /// When the copy was seen there, RFC 3339.
        seen: String,
    },
    /// An unsigned badge is published where its issuer publishes none.
    HostedElsewhere {
        /// The badge's address.
        url: String,
        /// The issuer.
        issuer: String,
    },
    /// The proof was made for something other than a claim.
    WrongPurpose {
        /// What the proof says it is for.
        purpose: String,
    },
    /// The proof has no signature in the form its suite demands.
    BrokenProofValue,
    /// The token says that it is signed in a way that proves nothing.
    UnsafeAlgorithm {
        /// What it says, such as `none`.
        algorithm: String,
    },
    /// The context is not the signed one.
    ContextChanged,
    /// A date is missing its zone or is no date.
    BrokenDate {
        /// The member that holds the date.
        member: String,
        /// What stands there.
        text: String,
    },
    /// The JSON could be read in two ways.
    AmbiguousJson {
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// A required member is missing or of the wrong kind.
    Malformed {
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// The archive is cut short or damaged.
    DamagedArchive {
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// The archive is built to mislead or to exhaust its reader.
    HostileArchive {
        /// What is wrong, as half a sentence.
        fault: String,
    },

    /// The JSON-LD says something that the signature does not cover, or hides what it does.
    NotCovered {
        /// What and where, as half a sentence.
        fault: String,
    },
    /// The proofs that one builds on are not what it says.
    BrokenChain {
        /// What is wrong, as half a sentence.
        fault: String,
    },

    /// The issuer took the credential back.
    Revoked {
        /// The issuer, as the file names it; with its address where nothing shows that the name is the issuer's own.
        issuer: String,
        /// Why, in the words of the document that says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// The issuer set the credential aside for the time being.
    Suspended {
        /// The issuer, as the file names it; with its address where nothing shows that the name is the issuer's own.
        issuer: String,
        /// Why, in the words of the document that says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<String>,
    },
    /// The end of validity has passed.
    Expired {
        /// The end of validity, RFC 3339.
        until: String,
    },
    /// The beginning of validity is still to come.
    NotYetValid {
        /// The beginning of validity, RFC 3339.
        from: String,
    },

    /// The file holds no credential that Cairn reads.
    NotACredential {
        /// What the file is.
        what: String,
    },
    /// Somebody asks for an endorsement of something, which is for answering and proves nothing.
    EndorsementRequested {
        /// What it is about.
        name: String,
    },
    /// It is written to a standard, or a version of one, that Cairn shows and does not check.
    UnsupportedStandard {
        /// The standard.
        standard: String,
    },
    /// The file only says where the issuer keeps the credential.
    KeptElsewhere {
        /// The address.
        url: String,
    },
    /// The JSON is broken, or beyond the limits.
    UnreadableJson {
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// There is no proof.
    NoProof,
    /// The proof is of a kind that Cairn does not check.
    UnsupportedSuite {
        /// The cryptosuite, or the proof type.
        suite: String,
    },
    /// The terms are defined by a context that does not travel with Cairn.
    UnknownContext {
        /// The context's address.
        url: String,
    },
    /// The document is beyond what Cairn reads: parts of JSON-LD that it leaves out, or a limit.
    TooComplex {
        /// What it is, as half a sentence.
        fault: String,
    },
    /// The issuer's keys are not in its name and not at hand.
    UnknownKey {
        /// The issuer, as the file names it.
        issuer: String,
    },
    /// The issuer's key document is at hand, and cannot be read.
    BrokenKeyDocument {
        /// The document's address, or the issuer's DID.
        url: String,
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// A badge is not signed, and what its address said is not at hand.
    HostedUnseen {
        /// The address of what is missing: the badge, its class or its issuer.
        url: String,
    },
    /// The list that says whether the issuer took the credential back is not at hand.
    MissingStatusList {
        /// The list's address.
        url: String,
    },
    /// The list is at hand and cannot be relied on.
    UnusableStatus {
        /// The list's address.
        url: String,
        /// What is wrong, as half a sentence.
        fault: String,
    },
    /// The issuer keeps a status elsewhere.
    UnknownStatus {
        /// The kind of status entry.
        kind: String,
    },
}

impl Reason {
    /// The verdict that this reason gives.
    pub fn verdict(&self) -> Verdict {
        use Reason as R;
        match self {
            R::PacketIntact { .. }
            | R::PacketInside { .. }
            | R::CredentialIntact { .. }
            | R::CredentialByCopy { .. }
            | R::AllIntact { .. }
            | R::RecordIntact { .. }
            | R::AllByCopy { .. }
            | R::ProofHolds { .. }
            | R::CoSigned { .. }
            | R::IdentityMatches { .. }
            | R::EvidenceUnchanged { .. }
            | R::StatusClear { .. }
            | R::StatusMessage { .. }
            | R::HostedAsSeen { .. }
            | R::KeyListed { .. }
            | R::DatesHold { .. }
            | R::NoStatus
            | R::WellFormed
            | R::Incomplete { .. }
            | R::OffSchema { .. } => Verdict::Valid,
            R::ContentsDiffer { .. }
            | R::EvidenceChanged { .. }
            | R::SignatureMismatch
            | R::NotIssuersKey { .. }
            | R::BrokenKey { .. }
            | R::KeyNotListed { .. }
            | R::KeyWithdrawn { .. }
            | R::WrongPurpose { .. }
            | R::BrokenProofValue
            | R::UnsafeAlgorithm { .. }
            | R::HostedDiffers { .. }
            | R::HostedElsewhere { .. }
            | R::ContextChanged
            | R::BrokenDate { .. }
            | R::AmbiguousJson { .. }
            | R::Malformed { .. }
            | R::NotCovered { .. }
            | R::BrokenChain { .. }
            | R::DamagedArchive { .. }
            | R::HostileArchive { .. } => Verdict::Invalid,
            R::Revoked { .. } | R::Suspended { .. } => Verdict::Revoked,
            R::Expired { .. } => Verdict::Expired,
            R::NotYetValid { .. } => Verdict::NotYetValid,
            R::NotACredential { .. }
            | R::EndorsementRequested { .. }
            | R::CoSignerUnknown { .. }
            | R::IdentityDiffers
            | R::IdentityUnknown
            | R::EvidenceNotAtHand { .. }
            | R::EvidenceUnbound { .. }
            | R::UnsupportedStandard { .. }
            | R::KeptElsewhere { .. }
            | R::UnreadableJson { .. }
            | R::NoProof
            | R::UnsupportedSuite { .. }
            | R::UnknownContext { .. }
            | R::TooComplex { .. }
            | R::UnknownKey { .. }
            | R::BrokenKeyDocument { .. }
            | R::MissingStatusList { .. }
            | R::HostedUnseen { .. }
            | R::UnusableStatus { .. }
            | R::UnknownStatus { .. } => Verdict::CannotCheck,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn what_was_tampered_with_is_named() {
        let reason = |changed: &[&str], missing: &[&str], added: &[&str]| {
            Reason::ContentsDiffer { changed: names(changed), missing: names(missing), added: names(added) }.sentence()
        };
        assert_eq!(reason(&["resume.pdf"], &[], &[]), "Since signing: resume.pdf was changed.");
        assert_eq!(reason(&[], &["a", "b"], &["c"]), "Since signing: a and b are missing; c was added.");
        assert_eq!(reason(&[], &[], &["a", "b", "c"]), "Since signing: a, b and c were added.");
        assert_eq!(reason(&["a", "b", "c", "d", "e"], &[], &[]), "Since signing: a, b and 3 others were changed.");
    }

    #[test]
    fn the_graver_reason_wins_and_the_first_among_equals() {
        let expired = Reason::Expired { until: "2026-01-01".into() };
        assert_eq!(Reason::NoProof.graver(expired.clone()), expired);
        assert_eq!(expired.clone().graver(Reason::NoProof), expired);
        assert_eq!(Reason::ContextChanged.graver(Reason::SignatureMismatch), Reason::ContextChanged);
    }

    #[test]
    fn a_reason_travels_as_a_code_with_parameters() {
        let json = serde_json::to_value(Reason::BrokenDate { member: "validFrom".into(), text: "soon".into() }).unwrap();
        assert_eq!(json, serde_json::json!({"code": "broken-date", "params": {"member": "validFrom", "text": "soon"}}));
    }
}
