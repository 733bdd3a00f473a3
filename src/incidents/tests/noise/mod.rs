//! Events that belong to nothing: up to six more for each person in the last day, at any time of
//! it, but a third of them within one hour, as when everyone starts to work. A third come from the
//! company's own address; the other values are of few kinds, so that they often agree by chance.

use chrono::{DateTime, TimeDelta, Utc};
use model::{RiskEvent, RiskEvents, UserRiskInfo};
use rand::{RngCore, SeedableRng};
use rand_pcg::Pcg64Mcg;

const MOST: u64 = 6;
const BEHAVIORS: [&str; 3] = [
    "Impossible Travel",
    "High Number of DLP Policies Triggered",
    "Suspicious Security Domain Visited",
];

pub struct Noise {
    random: Pcg64Mcg,
    now: DateTime<Utc>,
}

impl Noise {
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self { random: Pcg64Mcg::seed_from_u64(seed), now }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.random.next_u64() % bound
    }

    /// Adds a person's noise to their events and to their row.
    pub fn add(&mut self, row: &mut UserRiskInfo, events: &mut RiskEvents) {
        for _ in 0..self.below(MOST + 1) {
            let event = self.event();
            row.last_event = row.last_event.max(event.timestamp);
            events.events.push(event);
        }
    }

    fn event(&mut self) -> RiskEvent {
        let seconds = match self.below(3) {
            0 => 3 * 3_600 + self.below(3_600),
            _ => self.below(24 * 3_600),
        };
        let ip = match self.below(3) {
            0 => 7,
            _ => 100 + self.below(60),
        };
        let details = format!(
            r#"{{"ip":"198.51.100.{ip}","city":"City {}","device":{{"os":"{}"}},"policy":"Policy {}"}}"#,
            self.below(20),
            ["Windows", "macOS", "Linux"][usize::try_from(self.below(3)).unwrap()],
            self.below(8),
        );
        RiskEvent {
            name: BEHAVIORS[usize::try_from(self.below(3)).unwrap()].to_owned(),
            timestamp: Some(self.now - TimeDelta::seconds(seconds.try_into().unwrap())),
            event_details: serde_json::from_str(&details).unwrap(),
            ..RiskEvent::default()
        }
    }
}
