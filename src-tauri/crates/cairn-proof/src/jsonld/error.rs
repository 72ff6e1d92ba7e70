//! Why a document's JSON-LD is refused: each names what and where, because each ends in a verdict that a person reads.

use crate::jsonld::dataset::TooManyQuads;

/// Why a document has no RDF form that its signature could cover.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonLdError {
    /// A context that does not travel with Cairn; what the document means cannot be told.
    #[error("its terms are defined by {0}, which Cairn does not have")]
    UnknownContext(String),
    /// Part of JSON-LD that this reader leaves out on purpose; the document may be well-formed all the same.
    #[error("it uses {feature} at {place}")]
    Unsupported {
        /// The part, as JSON-LD calls it.
        feature: String,
        /// The path to it.
        place: String,
    },
    /// Beyond a limit on depth, contexts, quads or work.
    #[error("{0}")]
    Limit(String),
    /// A member that no context defines: the signature does not cover it.
    #[error("no context defines the member {place}")]
    UndefinedTerm {
        /// The path to it.
        place: String,
    },
    /// A type that no context defines.
    #[error("no context defines the type “{name}” at {place}")]
    UndefinedType {
        /// The type.
        name: String,
        /// The path to it.
        place: String,
    },
    /// An identifier that is not a whole address: the signature does not cover it.
    #[error("“{id}” at {place} is not a whole address")]
    RelativeId {
        /// What stands there.
        id: String,
        /// The path to it.
        place: String,
    },
    /// A member that verifiers go by stands under another name than its own, or where they do not look.
    #[error("{place} says something about the credential's validity under another name or in another place than is usual")]
    Disguised {
        /// The path to it.
        place: String,
    },
    /// A member or type stands under another name than the contexts that travel with Cairn give it, so that Cairn would overlook
    /// it. The issuer may have written it so, or somebody else since.
    #[error("{place} stands under another name than the usual one")]
    Renamed {
        /// The path to it.
        place: String,
    },
    /// A value that means nothing in JSON-LD, so that the signature does not cover it.
    #[error("the signature cannot cover {place}: {fault}")]
    Uncovered {
        /// The path to it.
        place: String,
        /// What is wrong, as half a sentence.
        fault: &'static str,
    },
    /// A context that JSON-LD does not allow, for example one that gives a protected term another meaning.
    #[error("its @context is not well-formed: {0}")]
    Context(String),
    /// A value that JSON-LD does not allow where it stands.
    #[error("{place} is not well-formed JSON-LD: {fault}")]
    Value {
        /// The path to it.
        place: String,
        /// What is wrong, as half a sentence.
        fault: &'static str,
    },
}

impl JsonLdError {
    /// Whether the document may be sound and merely beyond this reader.
    pub fn is_beyond(&self) -> bool {
        matches!(self, Self::UnknownContext(_) | Self::Unsupported { .. } | Self::Renamed { .. } | Self::Limit(_))
    }
}

impl From<TooManyQuads> for JsonLdError {
    fn from(error: TooManyQuads) -> Self {
        Self::Limit(error.to_string())
    }
}
