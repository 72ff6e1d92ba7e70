//! Why a file gives no credential.

use crate::bake::BakeError;
use crate::json::JsonError;
use crate::reason::Reason;

/// Why nothing was taken out of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Nothing in it is a credential.
    #[error("this is {0}")]
    Foreign(&'static str),
    /// The JSON is broken, ambiguous, or beyond the limits.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The token cannot be taken apart.
    #[error("the token is broken: {0}")]
    Token(&'static str),
    /// A form of credential that is not read here, by its name.
    #[error("this is {0}, which is not read here")]
    Unsupported(&'static str),
    /// The picture or the credential in it is broken.
    #[error(transparent)]
    Picture(#[from] BakeError),
    /// The archive is broken or built to do harm.
    #[error("{}", .0.sentence())]
    Archive(Reason),
    /// Larger than what is read of its kind.
    #[error("the file is larger than {0} MiB")]
    TooLarge(usize),
    /// More credentials than are taken out of one file.
    #[error("the file holds more than {} credentials", super::MAX_ITEMS)]
    TooMany,
}

impl OpenError {
    /// Whether the file merely is something else.
    pub fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_))
    }

    /// The error as a report's reason.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Foreign(what) => Reason::NotACredential { what: (*what).into() },
            // Allowed there, and not read here: it takes a term's meaning away.
            Self::Json(JsonError::Null(place)) if place.split('.').any(|step| step == "@context") => {
                Reason::TooComplex { fault: format!("its @context takes a term's meaning away ({place} is null)") }
            }
            Self::Json(error @ (JsonError::Duplicate(_) | JsonError::Null(_))) => Reason::AmbiguousJson { fault: error.to_string() },
            Self::Json(error) => Reason::UnreadableJson { fault: error.to_string() },
            Self::Token(fault) => Reason::Malformed { fault: (*fault).into() },
            Self::Unsupported(suite) => Reason::UnsupportedSuite { suite: (*suite).into() },
            Self::Picture(error @ BakeError::Conflict) => Reason::Malformed { fault: error.to_string() },
            Self::Picture(_) | Self::TooLarge(_) | Self::TooMany => Reason::NotACredential { what: self.what() },
            Self::Archive(reason) => reason.clone(),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::Picture(BakeError::TooLarge) => "a picture larger than 16 MiB".into(),
            Self::Picture(BakeError::TextTooLarge) => "a picture whose badge is larger than 16 MiB".into(),
            Self::Picture(BakeError::Damaged(fault)) => format!("a damaged picture ({fault})"),
            Self::Picture(_) => "a picture whose badge is not text".into(),
            Self::TooLarge(limit) => format!("a file larger than {limit} MiB"),
            _ => format!("a file with more than {} credentials", super::MAX_ITEMS),
        }
    }
}
