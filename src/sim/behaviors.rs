//! The behaviors the account knows, how they were set before, and how they are set now.

use std::collections::BTreeMap;

use chrono::Duration;
use model::KnownLevel::{self, High, Low, Medium};
use serde::Serialize;

/// A behavior's setting.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Setting {
    pub enabled: bool,
    pub risk_level: KnownLevel,
}

const fn on(risk_level: KnownLevel) -> Setting {
    Setting { enabled: true, risk_level }
}

const fn off(risk_level: KnownLevel) -> Setting {
    Setting { enabled: false, risk_level }
}

/// A behavior, and how an administrator has set it so far.
pub(crate) struct Kind {
    pub key: &'static str,
    pub name: &'static str,
    description: &'static str,
    now: Setting,
    /// The setting until so many days ago, where there was another.
    before: Option<(i64, Setting)>,
    /// How often it is triggered, next to the others.
    pub weight: u64,
}

impl Kind {
    /// The level of an event of that age; none, if the behavior was off then. Past events keep
    /// the level they came with \[D\].
    pub(crate) fn level_at(&self, age: Duration) -> Option<KnownLevel> {
        let setting = match self.before {
            Some((days, before)) if age >= Duration::days(days) => before,
            _ => self.now,
        };
        setting.enabled.then_some(setting.risk_level)
    }
}

pub(crate) const DLP: &str = "high_dlp";
pub(crate) const IMPOSSIBLE_TRAVEL: &str = "imp_travel";
pub(crate) const FILE: &str = "malicious_file";

/// The first three as recorded \[O\]. The five after them are documented by name; their keys,
/// descriptions and levels are unknown \[U\] and ours.
pub(crate) const KINDS: [Kind; 8] = [
    Kind {
        key: DLP,
        name: "High Number of DLP Policies Triggered",
        description: "User has triggered an active DLP profile in a Gateway policy fifteen times \
                      or more within one minute.",
        now: on(Medium),
        before: Some((60, on(Low))),
        weight: 22,
    },
    Kind {
        key: IMPOSSIBLE_TRAVEL,
        name: "Impossible Travel",
        description: "A user had a successful Access application log in from two locations that \
                      they could not have traveled to in that period of time.",
        now: on(High),
        before: None,
        weight: 8,
    },
    Kind {
        key: "sentinel_one",
        name: "SentinelOne Infection Detected",
        description: "User is signed in on a device where Sentinel One EDR detects an active \
                      threat or infection.",
        now: off(Medium),
        before: Some((30, on(Medium))),
        weight: 12,
    },
    Kind {
        key: "crowdstrike_low_zta",
        name: "CrowdStrike Low ZTA Score",
        description: "User is signed in on a device whose CrowdStrike Zero Trust Assessment score \
                      is low.",
        now: off(High),
        before: Some((45, on(High))),
        weight: 4,
    },
    Kind {
        key: "crowdstrike_medium_zta",
        name: "CrowdStrike Medium ZTA Score",
        description: "User is signed in on a device whose CrowdStrike Zero Trust Assessment score \
                      is medium.",
        now: off(Low),
        before: Some((45, on(Low))),
        weight: 8,
    },
    Kind {
        key: FILE,
        name: "Interaction with Malicious File",
        description: "User has uploaded or downloaded a file that was found to be malicious.",
        now: on(High),
        before: None,
        weight: 3,
    },
    Kind {
        key: "suspicious_domain",
        name: "Suspicious Security Domain Visited",
        description: "User has visited a domain that is in a suspicious security category.",
        now: on(Low),
        before: None,
        weight: 26,
    },
    Kind {
        key: "high_risk_domain",
        name: "High-Risk Domain Visited",
        description: "User has visited a domain that is known to be a high risk.",
        now: on(Low),
        before: None,
        weight: 17,
    },
];

/// The account's settings.
pub(crate) struct Behaviors(pub(crate) BTreeMap<&'static str, (&'static Kind, Setting)>);

#[derive(Serialize)]
pub(crate) struct Listing<'a> {
    behaviors: BTreeMap<&'a str, Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    description: &'a str,
    #[serde(flatten)]
    setting: Setting,
}

impl Behaviors {
    pub(crate) fn new() -> Self {
        Self(KINDS.iter().map(|kind| (kind.key, (kind, kind.now))).collect())
    }

    pub(crate) fn knows(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Those left out stay as they are \[I\].
    pub(crate) fn update(&mut self, changes: &BTreeMap<String, Setting>) {
        for (key, change) in changes {
            if let Some((_, setting)) = self.0.get_mut(key.as_str()) {
                *setting = *change;
            }
        }
    }

    /// All behaviors, with their names: what a read answers, and an update \[O\].
    pub(crate) fn listing(&self) -> Listing<'_> {
        let entry = |(kind, setting): &(&'static Kind, Setting)| Entry {
            name: kind.name,
            description: kind.description,
            setting: *setting,
        };
        Listing { behaviors: self.0.iter().map(|(key, known)| (*key, entry(known))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_can_be_triggered_at_any_age() {
        for days in 0..400 {
            for level in KnownLevel::ALL {
                let age = Duration::days(days);
                assert!(KINDS.iter().any(|kind| kind.level_at(age) == Some(level)), "{days}");
            }
        }
    }

    #[test]
    fn five_of_eight_are_on() {
        assert_eq!(KINDS.iter().filter(|kind| kind.now.enabled).count(), 5);
    }
}
