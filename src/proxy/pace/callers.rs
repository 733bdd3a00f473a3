//! A limit for each caller, by the name that goes on record.
//!
//! It is a bucket of as many requests as a minute has, which fills evenly. Kept of it is only when
//! it will be full again: the generic cell rate algorithm
//! (<https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm>), where that moment is the
//! "theoretical arrival time". A full bucket says nothing, so it need not be kept.

use std::{collections::HashMap, num::NonZeroU32};

use chrono::{DateTime, TimeDelta, Utc};

/// So many callers are remembered. Only who has a role is a caller, so it takes a large company
/// to get here.
const MOST: usize = 4096;

const MINUTE: i64 = 60_000_000;

#[derive(Debug)]
pub(super) struct Callers {
    /// Microseconds in which a bucket gains one request.
    each: i64,
    /// When each caller's bucket will be full.
    full: HashMap<String, DateTime<Utc>>,
}

impl Callers {
    pub(super) fn new(a_minute: NonZeroU32) -> Self {
        Self { each: (MINUTE / i64::from(a_minute.get())).max(1), full: HashMap::new() }
    }

    /// Takes a request out of this caller's bucket.
    ///
    /// # Errors
    /// It is empty: the seconds until there is one in it again, rounded up.
    pub(super) fn take(&mut self, caller: &str, now: DateTime<Utc>) -> Result<(), u32> {
        let lacks = self.full.get(caller).map_or(0, |full| micros(*full - now));
        // Negative is full; more than empty is a clock that was set back.
        let lacks = lacks.clamp(0, MINUTE);
        let after = lacks + self.each;
        let is_there = after <= MINUTE;
        if self.full.len() >= MOST && !self.full.contains_key(caller) {
            self.forget(now);
        }
        let lacks = TimeDelta::microseconds(if is_there { after } else { lacks });
        self.full.insert(caller.to_owned(), now + lacks);
        if is_there { Ok(()) } else { Err(seconds(after - MINUTE)) }
    }

    /// Forgets the full buckets and, where there are none, the one that lacks least.
    fn forget(&mut self, now: DateTime<Utc>) {
        self.full.retain(|_, full| *full > now);
        if self.full.len() >= MOST {
            let fullest = self.full.iter().min_by_key(|(_, full)| **full);
            if let Some(caller) = fullest.map(|(caller, _)| caller.clone()) {
                self.full.remove(&caller);
            }
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.full.len()
    }
}

fn seconds(micros: i64) -> u32 {
    u32::try_from(micros.unsigned_abs().div_ceil(1_000_000)).unwrap_or(u32::MAX)
}

fn micros(time: TimeDelta) -> i64 {
    time.num_microseconds().unwrap_or(MINUTE)
}
