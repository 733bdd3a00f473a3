//! The back-off that all callers share. The vendor counts requests by token, and everybody here
//! has the same one: who goes on asking past the limit only makes it longer for all.

use chrono::{DateTime, TimeDelta, Utc};

use super::retry_after::LONGEST;

#[derive(Debug, Default)]
pub(super) struct BackOff {
    until: Option<DateTime<Utc>>,
}

impl BackOff {
    /// Takes note of a 429 that asks for a wait. A shorter one doesn't shorten what is on.
    pub(super) fn note(&mut self, seconds: u32, now: DateTime<Utc>) {
        let until = now + TimeDelta::seconds(seconds.into());
        let on = self.until.filter(|_| self.left(now).is_some());
        self.until = Some(on.map_or(until, |on| on.max(until)));
    }

    /// The seconds that are left of it, rounded up; nothing once it is over.
    pub(super) fn left(&self, now: DateTime<Utc>) -> Option<u32> {
        let left = (self.until? - now).num_milliseconds();
        let seconds = u32::try_from(left).ok()?.div_ceil(1000);
        // More than the longest is a clock that was set back.
        (1..=LONGEST).contains(&seconds).then_some(seconds)
    }
}
