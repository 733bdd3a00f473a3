//! What the demo is set to, as `/api/v1/demo` says it and is told it. No other Riskdesk has that
//! address.

use std::{fmt, str::FromStr, time::Duration};

use serde::{Deserialize, Serialize};

/// A kind of day of the simulated account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scenario {
    Quiet,
    #[default]
    Morning,
    Incident,
    Outage,
}

/// What the simulated Cloudflare does wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoFault {
    #[default]
    None,
    /// One person in five can't be reset at the first try: the first, the sixth and so on from when
    /// this was set.
    Resets,
    /// The list of users breaks off.
    List,
    /// Every request is one too many.
    RateLimit,
    /// Every request fails with 500.
    Down,
}

/// How much later than it would the simulated Cloudflare answers, in whole milliseconds; at most
/// [`Latency::MAX`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Latency(u16);

/// What the demo is set to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demo {
    pub scenario: Scenario,
    pub fault: DemoFault,
    pub latency_ms: Latency,
    /// Whether new events arrive as time goes by.
    pub arrivals: bool,
}

/// What to set; what is left out stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoChange {
    /// Makes the account anew, as it was at first on such a day: also where it is of that kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Scenario>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<DemoFault>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<Latency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrivals: Option<bool>,
}

impl Scenario {
    pub const ALL: [Self; 4] = [Self::Quiet, Self::Morning, Self::Incident, Self::Outage];

    /// The word for it, on the command line and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Morning => "morning",
            Self::Incident => "incident",
            Self::Outage => "outage",
        }
    }
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

impl DemoFault {
    pub const ALL: [Self; 5] = [Self::None, Self::Resets, Self::List, Self::RateLimit, Self::Down];

    /// The word for it on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Resets => "resets",
            Self::List => "list",
            Self::RateLimit => "rate_limit",
            Self::Down => "down",
        }
    }
}

impl Latency {
    /// Half of what the proxy waits for the next byte, so that a slow Cloudflare is no broken one.
    pub const MAX: u16 = 5_000;

    #[must_use]
    pub const fn millis(self) -> u16 {
        self.0
    }

    #[must_use]
    pub fn time(self) -> Duration {
        Duration::from_millis(self.0.into())
    }
}

/// The number is more than [`Latency::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the latency must be a whole number of milliseconds, at most {max}", max = Latency::MAX)]
pub struct TooLate;

impl TryFrom<u64> for Latency {
    type Error = TooLate;

    fn try_from(millis: u64) -> Result<Self, TooLate> {
        let millis = u16::try_from(millis).ok().filter(|millis| *millis <= Self::MAX);
        millis.map(Self).ok_or(TooLate)
    }
}

impl From<Latency> for u64 {
    fn from(latency: Latency) -> Self {
        latency.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_it_is_written() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.to_string().parse(), Ok(scenario));
            let word = format!("{:?}", scenario.as_str());
            assert_eq!(serde_json::to_string(&scenario).unwrap(), word);
        }
        assert!("Quiet".parse::<Scenario>().is_err());
        for fault in DemoFault::ALL {
            assert_eq!(serde_json::to_string(&fault).unwrap(), format!("{:?}", fault.as_str()));
        }
    }

    #[test]
    fn a_change_says_what_it_changes_and_nothing_else() {
        let read = serde_json::from_str::<DemoChange>;
        assert_eq!(read("{}").unwrap(), DemoChange::default());
        let change = read(r#"{"scenario":"incident","latency_ms":5000}"#).unwrap();
        assert_eq!(change.scenario, Some(Scenario::Incident));
        assert_eq!(change.latency_ms.unwrap().time(), Duration::from_secs(5));
        for bad in [
            r#"{"latency_ms":5001}"#,
            r#"{"latency_ms":-1}"#,
            r#"{"latency_ms":0.5}"#,
            r#"{"scenario":"busy"}"#,
            r#"{"users":1}"#,
            r#"{"fault":"none","fault":"list"}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
