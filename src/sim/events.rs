//! A user's events, made from the user's seed and plan whenever they are asked for.

use chrono::{DateTime, Duration, Utc};
use model::KnownLevel;

use crate::{
    behaviors::{FILE, IMPOSSIBLE_TRAVEL, KINDS, Kind},
    details,
    plan::{Plan, Story, milliseconds},
    random::Random,
    sentinels, shapes, wire,
};

/// All events, newest first, and the last reset.
pub(crate) struct History {
    pub events: Vec<wire::Event>,
    pub reset: Option<DateTime<Utc>>,
}

/// The time over which most events are spread.
const SPAN: u64 = 150 * 24 * 60 * 60 * 1000;
const LONGEST_PAUSE: u64 = 12 * 24 * 60 * 60 * 1000;
const BURST: u64 = 5 * 60 * 1000;

pub(crate) fn history(seed: u64, plan: &Plan, created: DateTime<Utc>) -> History {
    let mut random = Random::new(seed);
    let counting = plan.since_reset.unwrap_or(plan.count);
    let peak = match plan.story {
        Story::Ordinary | Story::EveryShape => random.below(counting),
        Story::Sweep | Story::File | Story::Alike(_) | Story::UnknownLevel => 0,
    };
    let pause = (SPAN / plan.count.max(1)).min(LONGEST_PAUSE);
    let mut history = History { events: Vec::new(), reset: None };
    let mut at = plan.newest;
    for index in 0..plan.count {
        if plan.since_reset == Some(index) {
            history.reset = Some(at);
            at -= gap(pause, &mut random);
        }
        let decides = index == peak && counting > 0;
        let kind = match plan.story {
            Story::Sweep if index == 0 => named(IMPOSSIBLE_TRAVEL, plan.level),
            Story::File if index == 0 => named(FILE, plan.level),
            Story::Alike(key) if index == 0 => named(key, plan.level),
            _ => kind(plan.level, decides, created - at, &mut random),
        };
        let (kind, level) = kind;
        history.events.push(event(index, plan, kind, level, at, &mut random));
        at -= gap(pause, &mut random);
    }
    if plan.since_reset == Some(plan.count) {
        history.reset = Some(at);
    }
    history
}

/// An event that arrived after the account was made, of a behavior that is on, not above the
/// user's level.
pub(crate) fn arrived(seed: u64, plan: &Plan, at: DateTime<Utc>) -> wire::Event {
    let mut random = Random::new(seed ^ at.timestamp_millis().unsigned_abs());
    let (kind, level) = kind(plan.level, false, Duration::zero(), &mut random);
    event(1, plan, kind, level, at, &mut random)
}

/// Half of all events come in bursts.
fn gap(pause: u64, random: &mut Random) -> Duration {
    let longest = if random.percent(50) { BURST.min(2 * pause) } else { 4 * pause };
    milliseconds(1 + random.below(longest))
}

/// A behavior that was on at that age, not above the user's level, or at it if it decides.
fn kind(
    level: KnownLevel,
    decides: bool,
    age: Duration,
    random: &mut Random,
) -> (&'static Kind, KnownLevel) {
    let fits = |found: KnownLevel| if decides { found == level } else { found <= level };
    let level_of = |kind: &Kind| kind.level_at(age).filter(|found| fits(*found));
    let weight = |kind: &Kind| if level_of(kind).is_some() { kind.weight } else { 0 };
    let kind = &KINDS[random.weighted(KINDS.iter().map(weight))];
    (kind, level_of(kind).unwrap_or(level))
}

/// The behavior of that key, as it is set now.
fn named(key: &str, level: KnownLevel) -> (&'static Kind, KnownLevel) {
    let kind = KINDS.iter().find(|kind| kind.key == key).unwrap_or(&KINDS[0]);
    (kind, kind.level_at(Duration::zero()).unwrap_or(level))
}

fn event(
    index: u64,
    plan: &Plan,
    kind: &'static Kind,
    level: KnownLevel,
    at: DateTime<Utc>,
    random: &mut Random,
) -> wire::Event {
    // The details have a generator of their own: they may change without moving the next event.
    let (id, mut own) = (random.uuid(), Random::new(random.number()));
    let event_details = match plan.story {
        Story::EveryShape => shapes::shape(index),
        Story::Sweep if index == 0 => details::sweep(at, &mut own),
        Story::File if index == 0 => details::same_file(&mut own),
        _ => details::details(kind.key, at, &mut own),
    };
    let unknown = plan.story == Story::UnknownLevel && index == 0;
    wire::Event {
        // A plain text, not a UUID [D]; what it looks like is unknown [U].
        id: id.simple().to_string(),
        name: kind.name,
        risk_level: if unknown { sentinels::UNKNOWN_LEVEL } else { level.as_str() },
        timestamp: at,
        event_details,
    }
}
