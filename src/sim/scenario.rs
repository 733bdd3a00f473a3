//! What kind of day the simulated account has.
//!
//! | scenario | the account |
//! |---|---|
//! | `quiet` | few people, nobody high, most low; nothing fails |
//! | `morning` | all levels, forty people of one domain who travel impossibly, every sentinel |
//! | `incident` | as the morning, but for [`crate::incidents`]: a sweep of 41 people and a file |
//! | `outage` | the morning's account at a Cloudflare that comes and goes, see below |
//!
//! An outage repeats every three minutes, counted from when the account was made:
//!
//! | seconds | every request |
//! |---|---|
//! | 0 to 59 | is answered as always |
//! | 60 to 89 | is answered as always, but 4 s late |
//! | 90 to 119 | 429 with `Retry-After` until second 120; nothing changed |
//! | 120 to 149 | 500 with an HTML page; nothing changed |
//! | 150 to 179 | is answered as always, but 2 s late |

use std::time::Duration;

use chrono::{DateTime, Utc};
use model::Scenario;

/// How many people are at risk where nobody says how many.
#[must_use]
pub const fn people(scenario: Scenario) -> usize {
    match scenario {
        Scenario::Quiet => 12,
        Scenario::Morning | Scenario::Incident | Scenario::Outage => 250,
    }
}

/// What happens to every request for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weather {
    Fair,
    Slow(Duration),
    /// For so many more seconds.
    Limited(i64),
    Down,
}

impl Weather {
    /// What Cloudflare does to a request at `now` in an account that was made at `created`.
    pub(crate) fn of(scenario: Scenario, created: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        if scenario != Scenario::Outage {
            return Self::Fair;
        }
        match (now - created).num_seconds().rem_euclid(180) {
            60..=89 => Self::Slow(Duration::from_secs(4)),
            second @ 90..=119 => Self::Limited(120 - second),
            120..=149 => Self::Down,
            150.. => Self::Slow(Duration::from_secs(2)),
            _ => Self::Fair,
        }
    }
}
