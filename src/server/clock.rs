//! The clocks of this host; everything else is told the time.

use chrono::{DateTime, Utc};
use tokio::time::Instant;

#[expect(clippy::disallowed_methods, reason = "a host has to read a clock somewhere: here")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// For deadlines, and for how long something took: it goes on evenly, whatever becomes of the date.
pub fn instant() -> Instant {
    Instant::now()
}
