//! How much goes upstream, and when. Reads and changes are counted and held back alike; what
//! Riskdesk answers by itself is not.
//!
//! - [`callers`]: whoever asks in a loop gets a 429 of their own, and the others are served
//! - [`back_off`]: while the vendor takes no requests, nobody's are sent
//! - [`retry_after`]: how long that is, as its 429 says
//! - [`retry`]: whether a request that failed is sent once more

mod back_off;
mod callers;
mod retry;
mod retry_after;

use std::{
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use http::{HeaderValue, StatusCode, header, response::Parts};

pub use retry::{Attempts, Next};

use crate::{
    access::Identity,
    refusal::{Fault, Refusal},
};
use back_off::BackOff;
use callers::Callers;

/// What the settings say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How many requests a minute are forwarded for one caller, if there is a limit.
    pub caller: Option<NonZeroU32>,
    /// Whether a 429 of the vendor's holds everybody's requests back.
    pub back_off: bool,
}

impl Pace {
    /// As it comes: for simulated data, where a 429 is somebody's to try out and not everybody's.
    pub const FREE: Self = Self { caller: None, back_off: false };
}

/// What has gone upstream lately. Its locks are never held while something is waited for.
#[derive(Debug)]
pub(crate) struct Traffic {
    callers: Option<Mutex<Callers>>,
    back_off: Option<Mutex<BackOff>>,
}

impl Traffic {
    pub(crate) fn new(pace: Pace) -> Self {
        Self {
            callers: pace.caller.map(|limit| Mutex::new(Callers::new(limit))),
            back_off: pace.back_off.then(Mutex::default),
        }
    }

    /// Lets a request of this caller's through, and counts it.
    pub(crate) fn admit(&self, caller: &Identity, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.hold(now)?;
        let Some(callers) = &self.callers else { return Ok(()) };
        let taken = lock(callers).take(caller.name(), now);
        taken.map_err(|seconds| Refusal::CallerLimit { seconds })
    }

    /// Nothing is sent while the vendor takes nothing.
    pub(crate) fn hold(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let held = self.back_off.as_ref().and_then(|back_off| lock(back_off).left(now));
        held.map_or(Ok(()), |seconds| Err(Refusal::BackOff { seconds }))
    }

    /// What to do after an attempt that had `left` of its time: see [`crate::Gate::after`].
    pub(crate) fn after(
        &self,
        attempts: &mut Attempts,
        outcome: Result<&mut Parts, Fault>,
        left: Duration,
        now: DateTime<Utc>,
    ) -> Next {
        let head = match outcome {
            Ok(head) if head.status == StatusCode::TOO_MANY_REQUESTS => head,
            Ok(_) => return Next::Answer,
            Err(fault) => return attempts.after_fault(fault),
        };
        let wait = retry_after::read(&head.headers, now);
        // In seconds, as we go by it: what comes next is counted from the same number.
        head.headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.seconds()));
        let Some(back_off) = &self.back_off else { return Next::Answer };
        lock(back_off).note(wait.seconds(), now);
        attempts.after_limit(wait, left)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "pace/tests.rs"]
mod tests;
