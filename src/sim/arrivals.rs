//! Events that arrive while somebody watches: the first five seconds after they were asked for, then
//! one every fifteen seconds, for fifty minutes. Three of four put somebody on the summary who was
//! not there, the fourth is one more of somebody who is. The same account, seed and start give the
//! same events.

use std::collections::HashSet;

use chrono::{DateTime, Duration, SubsecRound, Utc};
use model::KnownLevel;
use uuid::Uuid;

use crate::{
    names::Names,
    people::{People, Person},
    plan::{Plan, Story},
    random::Random,
    sentinels,
};

/// In seconds.
const FIRST: i64 = 5;
const EVERY: i64 = 15;
const EVENTS: i64 = 200;

/// The largest number of events that somebody has who gets one more.
const FEW: u64 = 100;

/// An event that is due.
pub(crate) struct Arrival {
    pub at: DateTime<Utc>,
    pub who: Who,
}

pub(crate) enum Who {
    New(Box<Person>),
    Known(Uuid),
}

/// The events that are still to come, the next of them last.
pub(crate) struct Arrivals(Vec<Arrival>);

impl Arrivals {
    pub(crate) fn new(people: &People, seed: u64, since: DateTime<Utc>) -> Self {
        let since = since.trunc_subsecs(3);
        let mut random = Random::new(seed ^ since.timestamp_millis().unsigned_abs());
        let taken: HashSet<&str> = people.iter().map(|person| person.email.as_str()).collect();
        let known: Vec<Uuid> = people.iter().filter(|person| is_ordinary(person)).map(id).collect();
        let mut names = Names::new();
        let arrivals = (0..EVENTS).map(|number| {
            let at = since + Duration::seconds(FIRST + number * EVERY);
            if number % 4 == 3 && !known.is_empty() {
                return Arrival { at, who: Who::Known(*random.pick(&known)) };
            }
            let (name, email) = loop {
                let (name, email) = names.person(&mut random, None);
                if !taken.contains(email.as_str()) {
                    break (name, email);
                }
            };
            let plan = Plan::new(level(number, &mut random), 1, at);
            let person = Person::new(random.uuid(), &name, &email, plan, &mut random);
            Arrival { at, who: Who::New(Box::new(person)) }
        });
        let mut arrivals: Vec<Arrival> = arrivals.collect();
        arrivals.reverse();
        Self(arrivals)
    }

    /// The next event that has arrived by `now`.
    pub(crate) fn next(&mut self, now: DateTime<Utc>) -> Option<Arrival> {
        self.0.pop_if(|arrival| arrival.at <= now)
    }
}

fn id(person: &Person) -> Uuid {
    person.id
}

/// Whether nothing is told of somebody that one more event would belie.
fn is_ordinary(person: &Person) -> bool {
    person.listed
        && person.plan.story == Story::Ordinary
        && person.plan.count < FEW
        && !person.email.ends_with(sentinels::DOMAIN)
}

/// The first is high, to be seen at the top of a list that is sorted by level.
fn level(number: i64, random: &mut Random) -> KnownLevel {
    match (number, random.below(10)) {
        (0, _) | (_, 0..=4) => KnownLevel::High,
        (_, 5..=7) => KnownLevel::Medium,
        _ => KnownLevel::Low,
    }
}
