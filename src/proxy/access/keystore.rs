//! Which keys count now, and when to fetch them again. Time is an argument, fetching the host's.
//!
//! - older than [`REFRESH`]: fetch, and go on with what is there
//! - an unknown `kid`: fetch, and wait for it; Access may rotate its keys at any time
//! - at most one fetch in [`INTERVAL`], whoever asks and however it went
//! - a fetch that fails leaves the last good keys for [`LAST_GOOD`]; after that there are none

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::keys::{KeySet, RsaKey};

const INTERVAL: TimeDelta = TimeDelta::seconds(30);
const REFRESH: TimeDelta = TimeDelta::hours(1);
const LAST_GOOD: TimeDelta = TimeDelta::hours(24);

#[derive(Debug, Default)]
pub(super) struct KeyStore {
    good: Option<(KeySet, DateTime<Utc>)>,
    asked: Option<DateTime<Utc>>,
    under_way: bool,
}

/// What to do about keys that are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Fetch them.
    Fetch,
    /// Somebody does.
    Wait,
    /// It was tried a moment ago.
    Never,
}

impl KeyStore {
    /// Whether there are keys that may be trusted.
    pub(super) fn is_ready(&self, now: DateTime<Utc>) -> bool {
        self.good.as_ref().is_some_and(|(_, at)| now - at <= LAST_GOOD)
    }

    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.good.as_ref().is_none_or(|(_, at)| now - at > REFRESH)
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<RsaKey>> {
        self.good.as_ref().and_then(|(keys, _)| keys.get(id))
    }

    pub(super) fn len(&self) -> usize {
        self.good.as_ref().map_or(0, |(keys, _)| keys.len())
    }

    pub(super) fn fetched_at(&self) -> Option<DateTime<Utc>> {
        self.good.as_ref().map(|(_, at)| *at)
    }

    /// Asks for keys; whoever is told to fetch them has to.
    pub(super) fn ask(&mut self, now: DateTime<Utc>) -> Ask {
        // Who came a moment before whoever asked last may ask after them. A clock that was set back
        // by more doesn't stop fetching until it has caught up.
        let recently = |asked: DateTime<Utc>| (now - asked).abs() < INTERVAL;
        if self.asked.is_some_and(recently) {
            return if self.under_way { Ask::Wait } else { Ask::Never };
        }
        self.begin(now);
        Ask::Fetch
    }

    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        self.asked = Some(now);
        self.under_way = true;
    }

    pub(super) fn end(&mut self) {
        self.under_way = false;
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way
    }

    /// Takes what was fetched; whether it is other than what was there.
    pub(super) fn keep(&mut self, keys: KeySet, now: DateTime<Utc>) -> bool {
        let changed = self.good.as_ref().is_none_or(|(old, _)| *old != keys);
        self.good = Some((keys, now));
        changed
    }
}
