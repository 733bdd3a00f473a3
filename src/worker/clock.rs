//! The clock of this host, and what waits by it. A Worker's clock stands still between one thing
//! that is waited for and the next
//! (<https://developers.cloudflare.com/workers/reference/security-model/>), so what is timed here
//! is waiting, never computing.

use std::{future::Future, pin::pin, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::future::{Either, select};
use worker::Delay;

pub fn now() -> DateTime<Utc> {
    // Whole milliseconds since 1970: far within what the types hold.
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// How long it is until `ends`; none when that has passed.
pub fn until(ends: DateTime<Utc>) -> Duration {
    (ends - now()).to_std().unwrap_or_default()
}

/// What the future gives, if it does within `time`.
pub async fn within<F: Future>(time: Duration, future: F) -> Option<F::Output> {
    match select(pin!(future), Delay::from(time)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}
