//! The one clock of this host; everything else is told the time.

use chrono::{DateTime, Utc};
use tokio::time::Instant;

#[expect(clippy::disallowed_methods, reason = "a host has to read a clock somewhere: here")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// For how long something took.
pub fn instant() -> Instant {
    Instant::now()
}
