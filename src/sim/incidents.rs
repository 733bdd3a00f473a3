//! What happened to many people at once, and what only looks like it.
//!
//! The sweep, in the morning and in the scenario of the incident: people of one domain who travel
//! impossibly within ten minutes, all to one place and address. In the scenario of the incident
//! there are 41 of them, and beside them:
//!
//! - a file: nine people of several domains download the same file within eight minutes. Nothing
//!   but its digest and name is the same
//! - near misses: people of the sweep's domain whose travel is of another hour and leads elsewhere,
//!   people of that domain who do something else in those ten minutes, and people of other
//!   domains whose travel in those ten minutes leads elsewhere
//!
//! A small account has fewer of each. [`crate::Sim::incidents`] is the truth, for tests: no answer
//! of the API holds it.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use model::{KnownLevel, Scenario};
use uuid::Uuid;

use crate::{
    behaviors::{DLP, FILE, IMPOSSIBLE_TRAVEL},
    names::INCIDENT_DOMAIN,
    plan::{Plan, Story, milliseconds},
    random::Random,
};

/// People to whom the same happened at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The behavior's key.
    pub behavior: &'static str,
    /// Sorted.
    pub people: Vec<Uuid>,
}

/// A group of people with the same story.
pub(crate) struct Group {
    pub people: usize,
    /// The domain of all of them; any, if there is none.
    pub domain: Option<&'static str>,
    plan: fn(&mut Random, DateTime<Utc>) -> Plan,
}

impl Group {
    pub(crate) fn plan(&self, random: &mut Random, now: DateTime<Utc>) -> Plan {
        (self.plan)(random, now)
    }
}

/// The part of a small account that belongs to the sweep.
const SHARE: usize = 6;

/// The groups of an account of so many users.
pub(crate) fn groups(scenario: Scenario, users: usize) -> Vec<Group> {
    let sweep = |people: usize| Group {
        people: people.min(users / SHARE),
        domain: Some(INCIDENT_DOMAIN),
        plan: sweep,
    };
    let beside = |people: usize, domain, plan| Group {
        people: people.min(users / (3 * SHARE)),
        domain,
        plan,
    };
    match scenario {
        Scenario::Quiet => Vec::new(),
        Scenario::Morning | Scenario::Outage => vec![sweep(40)],
        Scenario::Incident => vec![
            sweep(41),
            beside(9, None, file),
            beside(6, Some(INCIDENT_DOMAIN), |random, now| {
                let hour = milliseconds(random.below(20 * 60 * 60 * 1000));
                let newest = began(now) - Duration::hours(3) - hour;
                alike(KnownLevel::High, IMPOSSIBLE_TRAVEL, newest)
            }),
            beside(3, Some(INCIDENT_DOMAIN), |random, now| {
                alike(KnownLevel::Medium, DLP, within(10, began(now), random))
            }),
            beside(4, None, |random, now| {
                alike(KnownLevel::High, IMPOSSIBLE_TRAVEL, within(10, began(now), random))
            }),
        ],
    }
}

/// Which incident a story belongs to, by its behavior.
pub(crate) fn behavior(story: Story) -> Option<&'static str> {
    match story {
        Story::Sweep => Some(IMPOSSIBLE_TRAVEL),
        Story::File => Some(FILE),
        Story::Ordinary | Story::Alike(_) | Story::EveryShape | Story::UnknownLevel => None,
    }
}

/// Less than three hours ago.
fn began(now: DateTime<Utc>) -> DateTime<Utc> {
    now.trunc_subsecs(3) - Duration::minutes(160)
}

fn within(minutes: u64, began: DateTime<Utc>, random: &mut Random) -> DateTime<Utc> {
    began + milliseconds(random.below(minutes * 60 * 1000))
}

fn sweep(random: &mut Random, now: DateTime<Utc>) -> Plan {
    let newest = within(10, began(now), random);
    let count = 1 + crate::plan::count(random).min(24);
    Plan { story: Story::Sweep, ..Plan::new(KnownLevel::High, count, newest) }
}

fn file(random: &mut Random, now: DateTime<Utc>) -> Plan {
    let newest = within(8, began(now) - Duration::hours(5), random);
    let count = 1 + crate::plan::count(random).min(12);
    Plan { story: Story::File, ..Plan::new(KnownLevel::High, count, newest) }
}

fn alike(level: KnownLevel, behavior: &'static str, newest: DateTime<Utc>) -> Plan {
    Plan { story: Story::Alike(behavior), ..Plan::new(level, 2, newest) }
}
