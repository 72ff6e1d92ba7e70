//! What a reason says to people: one sentence on why, one on what to do next.

use super::Reason;

impl Reason {
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
            R::RecordIntact { signer, count, by_signer } => format!(
                "The record is as {signer} signed it, and everything in it is as it was signed. Credentials in it by {signer} too: \
                 {by_signer}; by other issuers: {}.",
                count - by_signer
            ),
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
            R::EndorsementRequested { name } => format!("This asks for an endorsement of “{name}”, and is no credential itself."),
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
            R::AllIntact { .. } | R::RecordIntact { .. } => "Make sure that the issuers are who you think they are.",
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
            R::HostedUnseen { .. } => {
                "Refresh status and keys, or save what that address shows as a file and give that along (import --published FILE, or verify --key-document FILE)."
            }
            R::StatusMessage { .. } => "Ask the issuer what this means for you.",
            R::Suspended { .. } => "Ask the issuer what is missing, and check again later.",
            R::Expired { .. } => "Ask the issuer for a renewal.",
            R::NotYetValid { .. } => "Check again after that date, or see whether this computer's clock is right.",
            R::EndorsementRequested { .. } => "Answer it in Settings, under “Signing key”, or with “cairn endorse”.",
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
