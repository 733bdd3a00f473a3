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

use std::{fmt, str::FromStr, time::Duration};

use chrono::{DateTime, Utc};

/// A kind of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scenario {
    Quiet,
    #[default]
    Morning,
    Incident,
    Outage,
}

impl Scenario {
    pub const ALL: [Self; 4] = [Self::Quiet, Self::Morning, Self::Incident, Self::Outage];

    /// The word for it on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Morning => "morning",
            Self::Incident => "incident",
            Self::Outage => "outage",
        }
    }

    /// How many people are at risk where nobody says how many.
    #[must_use]
    pub const fn users(self) -> usize {
        match self {
            Self::Quiet => 12,
            Self::Morning | Self::Incident | Self::Outage => 250,
        }
    }

    /// What Cloudflare does to a request at `now` in an account that was made at `created`.
    pub(crate) fn weather(self, created: DateTime<Utc>, now: DateTime<Utc>) -> Weather {
        if self != Self::Outage {
            return Weather::Fair;
        }
        match (now - created).num_seconds().rem_euclid(180) {
            60..=89 => Weather::Slow(Duration::from_secs(4)),
            second @ 90..=119 => Weather::Limited(120 - second),
            120..=149 => Weather::Down,
            150.. => Weather::Slow(Duration::from_secs(2)),
            _ => Weather::Fair,
        }
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

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scenario {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|scenario| scenario.as_str() == text);
        found.ok_or("it must be quiet, morning, incident or outage")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_it_is_written() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.to_string().parse(), Ok(scenario));
        }
        assert!("Quiet".parse::<Scenario>().is_err());
    }
}
