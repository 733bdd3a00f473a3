//! What can go wrong between asking and a typed answer.

use model::ApiMessage;
use serde::de::DeserializeOwned;

use crate::tagged::Tagged;

/// A failed operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No answer came.
    #[error("no answer: {detail}")]
    Network { detail: String },
    /// Nothing could be asked: what asks or reads on this side is not there.
    #[error("this side failed: {detail}")]
    Host { detail: String },
    /// There is no valid session (401).
    #[error("not signed in")]
    Refused { errors: Vec<ApiMessage> },
    /// The vendor, or the proxy in its place, answered with a failure.
    #[error("answered with status {status}")]
    Api { status: u16, errors: Vec<ApiMessage>, ray: Option<String>, retry_after: Option<u32> },
    /// Somebody else has changed what was to be changed (412): nothing was.
    #[error("changed by somebody else")]
    Stale {
        errors: Vec<ApiMessage>,
        /// What is there now, as JSON: see [`Error::now`].
        now: String,
        tag: Option<String>,
    },
    /// The answer can't be read.
    #[error("unreadable answer with status {status}: {detail}")]
    Decode { status: u16, detail: String, ray: Option<String> },
}

/// What a failed write may have done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It was refused: nothing changed.
    None,
    /// It can't be told from here: read again before trying again.
    Unknown,
}

impl Error {
    /// Whether a write that failed so may have taken effect.
    ///
    /// Only a 4xx is a refusal. 408 is none: the request may have been passed on by then.
    #[must_use]
    pub fn effect(&self) -> Effect {
        match self {
            Self::Host { .. } | Self::Refused { .. } | Self::Stale { .. } => Effect::None,
            Self::Api { status: 408, .. } => Effect::Unknown,
            Self::Api { status: 400..=499, .. } => Effect::None,
            Self::Network { .. } | Self::Api { .. } | Self::Decode { .. } => Effect::Unknown,
        }
    }

    /// The first error code, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused { errors } | Self::Api { errors, .. } | Self::Stale { errors, .. } => {
                errors.first().map(|e| e.code)
            }
            Self::Host { .. } | Self::Network { .. } | Self::Decode { .. } => None,
        }
    }

    /// After how many seconds the vendor lets the question be asked again.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Api { status: 429, retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What is there now, where somebody else's change was in the way of this one.
    #[must_use]
    pub fn now<T: DeserializeOwned>(&self) -> Option<Tagged<T>> {
        let Self::Stale { now, tag, .. } = self else { return None };
        let value = serde_json::from_slice(now.as_bytes()).ok()?;
        Some(Tagged { value, tag: tag.clone() })
    }

    /// Whether the thing asked for does not exist.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Api { status: 404, .. })
    }
}
