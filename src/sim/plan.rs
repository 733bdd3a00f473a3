//! What is settled about a user's events before one of them is made: how many, how high, the
//! newest, and the last reset. The summary is written from plans alone; the events that are made
//! later keep to them.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use model::KnownLevel;

use crate::random::Random;

pub(crate) struct Plan {
    /// All events, those before a reset as well.
    pub count: u64,
    /// The highest level among those since the last reset; none before it is higher, so that the
    /// summary agrees with all events and with those that count.
    pub level: KnownLevel,
    pub newest: DateTime<Utc>,
    /// How many of the events came after the last reset; absent if there was none.
    pub since_reset: Option<u64>,
    pub story: Story,
}

/// What the events tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Story {
    Ordinary,
    /// The newest event is Impossible Travel, to one place for everyone in the sweep.
    Sweep,
    /// The newest event is a malicious file, the same for everyone.
    File,
    /// The newest event is of this behavior, with details of its own.
    Alike(&'static str),
    /// Event details of every shape, in turn.
    EveryShape,
    /// The event that decides has a level of which nothing is known.
    UnknownLevel,
}

impl Plan {
    pub(crate) fn new(level: KnownLevel, count: u64, newest: DateTime<Utc>) -> Self {
        Self { count, level, newest, since_reset: None, story: Story::Ordinary }
    }

    /// An everyday user: few events as a rule, many now and then, six in a hundred reset before.
    pub(crate) fn ordinary(
        level: KnownLevel,
        keeps_events: bool,
        random: &mut Random,
        now: DateTime<Utc>,
    ) -> Self {
        let mut plan = Self::new(level, count(random), newest(random, now));
        if random.percent(6) {
            let since = plan.count;
            plan.since_reset = Some(since);
            if keeps_events {
                plan.count += 1 + random.below(12);
            }
        }
        plan
    }
}

/// A heavy tail: twice as many events are half as likely, up to some 4,000.
pub(crate) fn count(random: &mut Random) -> u64 {
    let doublings = random.number().trailing_zeros().min(11);
    let least = 1_u64 << doublings;
    least + random.below(least)
}

/// A third within a day, a third within a week, the rest within three months.
pub(crate) fn newest(random: &mut Random, now: DateTime<Utc>) -> DateTime<Utc> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let within = *random.pick(&[DAY, 7 * DAY, 90 * DAY]);
    now.trunc_subsecs(3) - milliseconds(60_000 + random.below(within))
}

pub(crate) fn milliseconds(number: u64) -> Duration {
    Duration::milliseconds(i64::try_from(number).unwrap_or_default())
}
