//! `Retry-After` (RFC 9110 §10.2.3): seconds, or a date. Whatever it says, a wait is
//!
//! - at least a second: zero, or a date that is past, would have us knock without a pause
//! - at most [`LONGEST`]: the vendor's limit is counted over five minutes, so by then it can be
//!   asked again, and one odd answer must not close Riskdesk for a day
//! - [`UNSAID`] where it is missing or can't be read

use chrono::{DateTime, Utc};
use http::{HeaderMap, header};

/// In seconds (<https://developers.cloudflare.com/fundamentals/api/reference/limits/>).
pub(super) const LONGEST: u32 = 300;

/// In seconds.
const UNSAID: u32 = 30;

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// The answer says so many seconds.
    Said(u32),
    /// It doesn't say.
    Unsaid,
}

impl Wait {
    pub(super) fn seconds(self) -> u32 {
        match self {
            Self::Said(seconds) => seconds,
            Self::Unsaid => UNSAID,
        }
    }
}

pub(super) fn read(headers: &HeaderMap, now: DateTime<Utc>) -> Wait {
    let text = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Wait::Unsaid;
    };
    let seconds = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are more than the longest.
        text.parse().unwrap_or(i64::MAX)
    } else {
        match DateTime::parse_from_rfc2822(text) {
            Ok(date) => (date.to_utc() - now).num_seconds(),
            Err(_) => return Wait::Unsaid,
        }
    };
    Wait::Said(u32::try_from(seconds.clamp(1, LONGEST.into())).unwrap_or(LONGEST))
}
