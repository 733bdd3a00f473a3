//! How Access and its keys are, for whoever watches over a host: counts and times, and nothing of
//! any assertion.

use chrono::{DateTime, TimeDelta, Utc};

/// How long a difference between the clocks is told.
const REMEMBERED: TimeDelta = TimeDelta::hours(1);

/// Counts since the start, and how things are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vitals {
    /// Assertions that had been verified before, byte for byte.
    pub known: u64,
    /// Assertions that had not, and were looked at whole.
    pub new: u64,
    /// Fetches of the keys that brought some.
    pub fetched: u64,
    /// Fetches that brought none.
    pub failed: u64,
    /// How many keys are at hand.
    pub keys: usize,
    /// How long ago they were fetched, in seconds.
    pub keys_age: Option<i64>,
    /// How far this host's clock was behind that of Access, in seconds: the most that a good
    /// assertion of the last hour was issued in our future. More than half a minute is refused,
    /// so it is never more.
    pub clock_behind: i64,
}

/// What has been counted so far.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) known: u64,
    pub(super) new: u64,
    pub(super) fetched: u64,
    pub(super) failed: u64,
    behind: i64,
    behind_at: Option<DateTime<Utc>>,
}

impl Counts {
    /// Takes note of when a good assertion was issued.
    pub(super) fn issued(&mut self, issued: DateTime<Utc>, now: DateTime<Utc>) {
        let behind = (issued - now).num_seconds().max(0);
        if behind >= self.clock_behind(now) {
            self.behind = behind;
            self.behind_at = Some(now);
        }
    }

    pub(super) fn clock_behind(&self, now: DateTime<Utc>) -> i64 {
        match self.behind_at {
            Some(at) if now - at <= REMEMBERED => self.behind,
            _ => 0,
        }
    }
}
