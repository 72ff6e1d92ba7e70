//! The verdict on a file, and why: each reason decides its verdict, its sentence and the next step.

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
    /// The same, where some are so only by the word of key documents that came along with them in a packet.
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

    /// Why, in one sentence for anybody.
    pub fn sentence(&self) -> String {
        use Reason as R;
        match self {
            R::PacketIntact { signer, did, files, signed_on } => {
                format!("The claims and all {files} files are as {signer} ({did}) signed them on {signed_on}.")
            }
            R::PacketInside { signer, did, files, signed_on } => format!(
                "It carries a packet whose claims and all {files} files are as {signer} ({did}) signed them on {signed_on}. The page \
                 around the packet is not itself signed."
            ),
            R::CredentialIntact { issuer } => format!("The text is as {issuer} signed it, and its dates hold."),
            R::CredentialByCopy { issuer, id, seen } => format!(
                "The text is as signed with a key of {issuer}, by the copy of {id}'s keys that came in this packet (dated {seen}), and its \
                 dates hold."
            ),
            R::AllIntact { count } => format!("All {count} credentials in it are as their issuers signed them, and their dates hold."),
            R::AllByCopy { count, by_copy } => format!(
                "All {count} credentials in it are as signed, and their dates hold; {} by a copy of the issuer's keys that came in this packet.",
                if by_copy == count { "each".to_owned() } else { format!("{by_copy} of them") }
            ),
            R::ProofHolds { verification_method } => format!("The signature by {verification_method} holds."),
            R::CoSigned { verification_method } => {
                format!("Somebody other than the issuer signed it as well: the signature by {verification_method} holds.")
            }
            R::CoSignerUnknown { verification_method } => format!(
                "Somebody other than the issuer signed it as well, with {verification_method}, a key that is not at hand; the verdict does not \
                 rest on it."
            ),
            R::IdentityMatches { identity } => format!("It is about you: it names {identity}."),
            R::IdentityDiffers => "It names somebody by an address that is none of yours.".into(),
            R::IdentityUnknown => "It names nobody by an address that could be compared with yours.".into(),
            R::EvidenceUnchanged { name } => format!("{name} is at hand, and is the file that was bound when it was signed."),
            R::EvidenceChanged { name } => format!("{name} is at hand, and is not the file that was bound when it was signed."),
            R::EvidenceNotAtHand { name } => format!("{name} is bound by its digest; no such file is at hand."),
            R::EvidenceUnbound { name } => format!("{name} is only named: nothing binds what stands there to the credential."),
            R::StatusClear { url, seen, enclosed: true, .. } => {
                format!("The copy of the issuer's list {url} that came in this packet (dated {seen}) does not take it back.")
            }
            R::StatusClear { url, seen, keeper: None, .. } => format!("The issuer's list {url}, as seen on {seen}, does not take it back."),
            R::StatusClear { url, seen, keeper: Some(keeper), .. } => {
                format!("The list {url} that the issuer points to, kept by {keeper} and seen on {seen}, does not take it back.")
            }
            R::StatusMessage { message } => format!("The issuer adds: {message}."),
            R::HostedAsSeen { url, issuer, seen } => {
                format!("The badge is not signed; it says what {issuer} published at {url}, as seen on {seen}.")
            }
            R::HostedDiffers { url, seen } => format!("It does not say what {url} said on {seen}."),
            R::HostedElsewhere { url, issuer } => format!("{url} is not a place where {issuer} publishes its badges."),
            R::HostedUnseen { url } => {
                format!("The badge is not signed: it holds only where {url} says the same, and no copy of that is at hand.")
            }
            R::ContentsDiffer { changed, missing, added } => contents_differ(changed, missing, added),
            R::SignatureMismatch => "The text was changed after it was signed.".into(),
            R::NotIssuersKey { issuer, verification_method } => {
                format!("It names {issuer} as its issuer and is signed with the key of another, {verification_method}.")
            }
            R::BrokenKey { verification_method, fault } => format!("The key {verification_method} cannot be used: {fault}."),
            R::KeyNotListed { issuer, verification_method, seen } => {
                format!("{issuer} does not list {verification_method} among the keys it signs with (its key document as seen on {seen}).")
            }
            R::KeyWithdrawn { verification_method, on } => {
                format!("The issuer had withdrawn the key {verification_method} on {on}, before the signature was made.")
            }
            R::WrongPurpose { purpose } => format!("The signature was made for “{purpose}”, not to assert a claim."),
            R::BrokenProofValue => "The signature is missing or is not in the form that its suite demands.".into(),
            R::UnsafeAlgorithm { algorithm } => {
                format!("It claims to be signed with “{algorithm}”, which anybody could imitate; that is no signature.")
            }
            R::ContextChanged => "The @context, which gives the terms their meaning, is not the one that was signed.".into(),
            R::BrokenDate { member, text } => format!("{member} is “{text}”, which is not a date with a time and a zone."),
            R::AmbiguousJson { fault } => format!("The JSON can be read in more than one way: {fault}."),
            R::Malformed { fault } => format!("This is not a well-formed credential: {fault}."),
            R::DamagedArchive { fault } => format!("The archive is cut short or damaged: {fault}."),
            R::HostileArchive { fault } => format!("The archive is built to mislead its reader: {fault}."),
            R::Revoked { issuer, why } => told(format!("{issuer} took the credential back"), why.as_deref()),
            R::Suspended { issuer, why } => told(format!("{issuer} has set the credential aside for the time being"), why.as_deref()),
            R::Expired { until } => format!("It was valid until {until}."),
            R::NotYetValid { from } => format!("It becomes valid on {from}."),
            R::NotACredential { what } => format!("This is {what}, not a credential or packet that Cairn reads."),
            R::UnsupportedStandard { standard } => format!("It is written to {standard}, which this Cairn shows and does not check."),
            R::KeptElsewhere { url } => format!("The badge only says where its issuer keeps it: {url}."),
            R::UnreadableJson { fault } => format!("The JSON cannot be read: {fault}."),
            R::NoProof => "Nobody signed it.".into(),
            R::UnsupportedSuite { suite } => format!("It is signed with {suite}, which this Cairn does not check."),
            R::UnknownContext { url } => format!("What its terms mean is defined at {url}, which this Cairn does not have."),
            R::TooComplex { fault } => format!("It is beyond what this Cairn reads: {fault}."),
            R::NotCovered { fault } => format!("Not all of it is signed: {fault}."),
            R::BrokenChain { fault } => format!("Its signatures do not fit together: {fault}."),
            R::KeyListed { issuer, verification_method, seen: Some(seen), enclosed: true } => {
                format!("The copy of {issuer}'s keys that came in this packet (dated {seen}) lists {verification_method}.")
            }
            R::KeyListed { issuer, verification_method, seen: None, .. } => format!("The key {verification_method} is {issuer} itself."),
            R::KeyListed { issuer, verification_method, seen: Some(seen), .. } => {
                format!("{issuer} lists {verification_method} among the keys it signs with (its key document as seen on {seen}).")
            }
            R::DatesHold { until: Some(until) } => format!("It is valid until {until}."),
            R::DatesHold { until: None } => "It has no end of validity.".into(),
            R::NoStatus => "The issuer keeps no list on which it could be taken back.".into(),
            R::WellFormed => "It has the form that its standard demands.".into(),
            R::OffSchema { place, fault } => format!("Its form is not what its standard demands: {place}: {fault}."),
            R::Incomplete { missing } => format!("It leaves out what its standard asks for: {}.", list(missing)),
            R::UnknownKey { issuer } => format!("The signature is by a key that only {issuer} can say is theirs."),
            R::BrokenKeyDocument { url, fault } => format!("The key document of {url} cannot be used: {fault}."),
            R::MissingStatusList { url } => {
                format!("Whether the issuer took it back stands in a list that is not at hand ({url}), so it is unknown.")
            }
            R::UnusableStatus { url, fault } => {
                format!("Whether the issuer took it back is unknown, since the list at {url} cannot be relied on: {fault}.")
            }
            R::UnknownStatus { kind } => {
                format!("The signature holds, but whether the issuer took it back ({kind}) cannot be told offline.")
            }
        }
    }

    /// What to do next, in one sentence.
    pub fn next(&self) -> &'static str {
        use Reason as R;
        match self {
            R::PacketIntact { .. } => {
                "Compare the key with the one its owner gave you; the claims are the owner's own word, backed by the files inside."
            }
            R::KeyListed { enclosed: true, .. } | R::CredentialByCopy { .. } | R::AllByCopy { .. } => {
                "Whoever made the packet put that copy there: to be certain, get the issuer's key document from the issuer, and check with that."
            }
            R::KeyListed { .. } => "Make sure that the issuer is who you think they are.",
            R::DatesHold { .. } | R::NoStatus | R::WellFormed | R::IdentityMatches { .. } | R::EvidenceUnchanged { .. } => {
                "There is nothing to do."
            }
            R::CoSigned { .. } => {
                "Make sure that you know who that is before you rely on it; the issuer's own signature stands without it."
            }
            R::CoSignerUnknown { .. } => "If that signature matters to you, get its signer's key document, and check again.",
            R::IdentityDiffers => "If it is yours, add the address it was issued to under your profile.",
            R::IdentityUnknown => "Be ready to show in another way that it is about you.",
            R::EvidenceChanged { .. } => "Ask for the file again that was there when it was signed.",
            R::EvidenceNotAtHand { .. } => "Ask for the file, and compare its digest.",
            R::EvidenceUnbound { .. } => "Look at it yourself; it may have changed since.",
            R::Incomplete { .. } | R::OffSchema { .. } => {
                "Other programs may refuse it; ask the issuer for a complete one if that happens."
            }
            R::AllIntact { .. } => "Make sure that the issuers are who you think they are.",
            R::PacketInside { .. } => {
                "Compare the page with resume.pdf inside the packet, which is signed, and the key with the one its owner gave you."
            }
            R::CredentialIntact { .. } | R::ProofHolds { .. } => "Make sure that the issuer is who you think they are.",
            R::ContentsDiffer { .. } | R::SignatureMismatch | R::ContextChanged | R::DamagedArchive { .. } => {
                "Ask the sender for the file again, and do not rely on this copy."
            }
            R::NotIssuersKey { .. } | R::BrokenKey { .. } | R::UnsafeAlgorithm { .. } | R::HostileArchive { .. } => {
                "Do not rely on it; ask the issuer whether it is theirs."
            }
            R::KeyNotListed { .. } => {
                "If the issuer has changed its keys since, add an older copy of its key document; else do not rely on it."
            }
            R::KeyWithdrawn { .. } => "Ask the issuer for a credential signed with a key that it uses now.",
            R::NotCovered { .. } => {
                "Ask the sender for the file as the issuer sent it; if that one says the same, tell the issuer this reason."
            }
            R::WrongPurpose { .. }
            | R::BrokenProofValue
            | R::BrokenDate { .. }
            | R::AmbiguousJson { .. }
            | R::Malformed { .. }
            | R::BrokenChain { .. } => "Ask the issuer for a corrected credential, and tell them this reason.",
            R::Revoked { .. } => "Ask the issuer why, and for a new one if it was a mistake.",
            R::StatusClear { keeper: None, .. } => "Refresh the list before you rely on it for something new.",
            R::StatusClear { .. } => {
                "Make sure that you trust the list's keeper, and refresh the list before you rely on it for something new."
            }
            R::HostedAsSeen { .. } => {
                "Refresh the copy before you rely on it for something new; ask the issuer for a signed badge to keep."
            }
            R::HostedDiffers { .. } | R::HostedElsewhere { .. } => "Do not rely on this copy; ask the issuer for the badge as it stands.",
            R::HostedUnseen { .. } => "Refresh status and keys, or save what that address shows as a file and add it.",
            R::StatusMessage { .. } => "Ask the issuer what this means for you.",
            R::Suspended { .. } => "Ask the issuer what is missing, and check again later.",
            R::Expired { .. } => "Ask the issuer for a renewal.",
            R::NotYetValid { .. } => "Check again after that date, or see whether this computer's clock is right.",
            R::NotACredential { .. } => "Choose a credential (JSON, JWT, or a badge as PNG or SVG), a ZIP of them, or a .cairn packet.",
            R::UnsupportedStandard { .. } => "Ask the issuer for the badge in a newer standard, or check it on the issuer's own page.",
            R::KeptElsewhere { .. } => "Open that address, save what it shows as a file, and check that file.",
            R::UnreadableJson { .. } => "Ask the sender for the original file, byte for byte.",
            R::NoProof => "Ask the issuer for the signed credential.",
            R::UnsupportedSuite { .. } | R::UnknownContext { .. } | R::TooComplex { .. } => "Check it with the issuer's own verifier.",
            R::UnknownKey { .. } => {
                "Get the issuer's key document (“Refresh status and keys”, or from the issuer as a file), and check again."
            }
            R::BrokenKeyDocument { .. } => "Fetch the issuer's key document again (“Refresh status and keys”), or ask the issuer for it.",
            R::MissingStatusList { .. } => "Refresh status and keys, or add the list as a file, and check again.",
            R::UnusableStatus { .. } => "Fetch the list again, or ask the issuer whether the credential still stands.",
            R::UnknownStatus { .. } => "Ask the issuer whether it still stands.",
        }
    }

    /// The graver of two reasons; the first where both weigh the same. What rests on a packet's own copies weighs more than
    /// what does not.
    pub(crate) fn graver(self, other: Self) -> Self {
        let weight = |reason: &Self| (reason.verdict(), reason.is_by_copy());
        if weight(&other) > weight(&self) { other } else { self }
    }

    /// Whether a valid verdict rests on a copy of an issuer's keys that came along in a packet.
    pub(crate) fn is_by_copy(&self) -> bool {
        matches!(self, Self::CredentialByCopy { .. } | Self::AllByCopy { .. })
    }
}

/// A sentence, and why in somebody else's words.
fn told(sentence: String, why: Option<&str>) -> String {
    match why {
        Some(why) => format!("{sentence}, saying “{why}”."),
        None => format!("{sentence}."),
    }
}

/// "Since signing: resume.pdf was changed; a.png and b.png are missing."
fn contents_differ(changed: &[String], missing: &[String], added: &[String]) -> String {
    let groups = [(changed, "was changed", "were changed"), (missing, "is missing", "are missing"), (added, "was added", "were added")];
    let groups = groups.into_iter().filter(|(names, _, _)| !names.is_empty());
    let groups: Vec<String> =
        groups.map(|(names, one, many)| format!("{} {}", list(names), if names.len() == 1 { one } else { many })).collect();
    format!("Since signing: {}.", groups.join("; "))
}

/// "a", "a and b", "a, b and c", "a, b and 7 others".
fn list(names: &[String]) -> String {
    match names {
        [first, second, third] => format!("{first}, {second} and {third}"),
        [first, second, _, ..] => format!("{first}, {second} and {} others", names.len() - 2),
        few => few.join(" and "),
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
