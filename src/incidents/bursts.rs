//! Where a key has more people within ten minutes than the hours around let expect.
//!
//! For a window that begins with an entry, k is the number of people in it and λ the number that
//! would be usual: the highest of the rates of the six hours before and after together, of the half
//! hour before, and of the half hour after. The half hours are there for the hour in which everyone
//! starts to work. The window is a burst if k is at least five and at least λ + 5√λ + 4: were the
//! entries independent (Poisson), fewer than one window in a million would be. Bursts that overlap
//! are one.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{AROUND, BESIDE, LEAST, WINDOW, keys::Key};

/// A part of a key's entries.
pub(crate) struct Burst<'a> {
    pub key: &'a Key,
    pub entries: &'a [(DateTime<Utc>, usize)],
    /// How far k lies above λ in its densest window, in standard deviations, roughly.
    pub surprise: f64,
}

/// The key's bursts. `ends` is the time of the latest entry of any key: after it, nothing is known.
pub(crate) fn of(key: &Key, ends: DateTime<Utc>) -> Vec<Burst<'_>> {
    let entries = &key.entries;
    let before = |time| entries.partition_point(|(at, _)| *at < time);
    let until = |time| entries.partition_point(|(at, _)| *at <= time);
    let mut bursts: Vec<(usize, usize, f64)> = Vec::new();
    for (start, (from, _)) in entries.iter().enumerate() {
        let to = *from + WINDOW;
        let end = until(to);
        let people = end - start;
        if people < LEAST {
            continue;
        }
        let after = |time: TimeDelta| (ends - to).clamp(TimeDelta::zero(), time);
        let earlier = |time: TimeDelta| start - before(*from - time).min(start);
        let later = |time: TimeDelta| until(to + time) - end;
        let around = usual(earlier(AROUND) + later(AROUND), AROUND + after(AROUND));
        let expected =
            around.max(usual(earlier(BESIDE), BESIDE)).max(usual(later(BESIDE), after(BESIDE)));
        if count(people) < expected + 5.0 * expected.sqrt() + 4.0 {
            continue;
        }
        let surprise = (count(people) - expected) / (expected + 1.0).sqrt();
        match bursts.last_mut() {
            Some((_, until, most)) if start < *until => {
                *until = end.max(*until);
                *most = most.max(surprise);
            }
            _ => bursts.push((start, end, surprise)),
        }
    }
    let burst = |(start, end, surprise)| Burst { key, entries: &entries[start..end], surprise };
    bursts.into_iter().map(burst).collect()
}

/// How many people a window would have, at the rate of so many in that time. A time shorter than a
/// window says too little and counts as one.
fn usual(people: usize, time: TimeDelta) -> f64 {
    count(people) * seconds(WINDOW) / seconds(time.max(WINDOW))
}

#[allow(clippy::cast_precision_loss, reason = "nobody has 2^52 people")]
fn count(people: usize) -> f64 {
    people as f64
}

#[allow(clippy::cast_precision_loss, reason = "hours")]
fn seconds(time: TimeDelta) -> f64 {
    time.num_seconds() as f64
}
