//! What happened to many people at once. No web, no I/O, no clock: the same people give the same
//! incidents, in whatever order they come.
//!
//! People are one incident if their events agree: the same behavior, within [`WINDOW`], and
//! something that is the same for all of them, be it the domain of their e-mail address or a value
//! inside `event_details`, whatever its schema.
//!
//! 1. [`Person`]: what is known of each, from the summary alone or with the events read
//! 2. `keys`: what each event could share with another: behavior and domain, behavior and value.
//!    From the summary alone, whose last event has no behavior: domain and level
//! 3. `bursts`: where a key has more people within ten minutes than the hours around it would let
//!    expect
//! 4. `merge`: the bursts of the same people are one incident, and what nine in ten of them share
//!    is a fact of it
//!
//! What the people of an incident did besides at that time is not another incident: a smaller one is
//! left out if half of its people are in a larger one.
//!
//! An incident of the summary stands until the events of all its people were looked at. Then the
//! events decide.
//!
//! Sorting is what takes longest: n log n for n values in the events that are looked at.

mod bursts;
mod keys;
mod merge;
mod person;

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

pub use keys::Fact;
pub use person::Person;

/// How close in time is close.
pub const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// Fewer people are not an incident.
pub const LEAST: usize = 5;
/// The time before and after from which is told what is usual.
pub const AROUND: TimeDelta = TimeDelta::hours(6);
/// The same, where it changes within the hour.
pub const BESIDE: TimeDelta = TimeDelta::minutes(30);

/// People whose events agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The behavior's name; unknown as long as only the summary was looked at.
    pub behavior: Option<String>,
    /// What nine in ten share, and how many of them do.
    pub facts: Vec<(Fact, usize)>,
    /// The first moment of each person, in the order of time. The person is the index among those
    /// who were given.
    pub moments: Vec<(DateTime<Utc>, usize)>,
}

impl Incident {
    /// The first moment and the last.
    #[must_use]
    pub fn span(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        Some((self.moments.first()?.0, self.moments.last()?.0))
    }
}

/// The incidents among the people, the largest first.
#[must_use]
pub fn find(people: &[Person]) -> Vec<Incident> {
    let mut found = merge::incidents(&keys::of_summary(people));
    found.retain(|incident| {
        incident.moments.iter().any(|(_, person)| !people[*person].events_known())
    });
    let mut held = vec![false; people.len()];
    for (_, person) in found.iter().flat_map(|incident| &incident.moments) {
        held[*person] = true;
    }
    let told_by_events = merge::incidents(&keys::of_events(people));
    found.extend(told_by_events.into_iter().filter(|incident| {
        let known = incident.moments.iter().filter(|(_, person)| held[*person]).count();
        2 * known < incident.moments.len()
    }));
    found.sort_by(|a, b| {
        let size = b.moments.len().cmp(&a.moments.len());
        size.then_with(|| b.span().cmp(&a.span())).then_with(|| a.behavior.cmp(&b.behavior))
    });
    let mut all: Vec<Incident> = Vec::new();
    for incident in found {
        if !all.iter().any(|larger| accompanies(&incident, larger)) {
            all.push(incident);
        }
    }
    all
}

/// Whether this is what the people of a larger incident did besides, at the same time.
fn accompanies(incident: &Incident, larger: &Incident) -> bool {
    let (Some((first, last)), Some((from, until))) = (incident.span(), larger.span()) else {
        return false;
    };
    let people: HashSet<usize> = larger.moments.iter().map(|(_, person)| *person).collect();
    let same = incident.moments.iter().filter(|(_, person)| people.contains(person)).count();
    first <= until + WINDOW && from <= last + WINDOW && 2 * same >= incident.moments.len()
}
