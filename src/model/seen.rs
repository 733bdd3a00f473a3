//! What is known of each behavior: whom it was triggered for, how often, and when of late.
//!
//! It is of the people whose events were read, and says nothing of others.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::RiskEvents;

/// How many days the trend has, the last of them today, in UTC.
pub const DAYS: usize = 28;

/// A behavior, as the events at hand have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The people with such an event.
    pub people: usize,
    /// The events, of whatever age.
    pub events: usize,
    /// The events of each of the last [`DAYS`] days, the oldest day first.
    pub days: [u32; DAYS],
}

impl Seen {
    /// Each behavior's, by the name that events give it.
    pub fn of<'a>(
        people: impl IntoIterator<Item = &'a RiskEvents>,
        now: DateTime<Utc>,
    ) -> BTreeMap<String, Self> {
        let mut all = BTreeMap::<String, (Self, Option<usize>)>::new();
        for (person, user) in people.into_iter().enumerate() {
            for event in &user.events {
                if !all.contains_key(&event.name) {
                    all.insert(event.name.clone(), Default::default());
                }
                let Some((seen, last)) = all.get_mut(&event.name) else { continue };
                seen.events += 1;
                if last.replace(person) != Some(person) {
                    seen.people += 1;
                }
                if let Some(day) = event.timestamp.and_then(|time| day(time, now)) {
                    seen.days[day] += 1;
                }
            }
        }
        all.into_iter().map(|(name, (seen, _))| (name, seen)).collect()
    }

    /// The events of the last half of the days, and of the half before.
    #[must_use]
    pub fn halves(&self) -> (u32, u32) {
        let (before, last) = self.days.split_at(DAYS / 2);
        (last.iter().sum(), before.iter().sum())
    }
}

/// Which of the days it is, if it is one of them.
fn day(time: DateTime<Utc>, now: DateTime<Utc>) -> Option<usize> {
    let ago = now.date_naive().signed_duration_since(time.date_naive()).num_days();
    usize::try_from(ago).ok().and_then(|ago| (DAYS - 1).checked_sub(ago))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RiskEvent;

    fn person(events: &[(&str, &str)]) -> RiskEvents {
        let event = |(name, at): &(&str, &str)| RiskEvent {
            name: (*name).to_owned(),
            timestamp: at.parse().ok(),
            ..RiskEvent::default()
        };
        RiskEvents { events: events.iter().map(event).collect(), ..RiskEvents::default() }
    }

    #[test]
    fn people_events_and_days_are_counted_by_behavior() {
        let now = "2026-03-28T00:30:00Z".parse().unwrap();
        let people = [
            person(&[
                ("Travel", "2026-03-28T00:10:00Z"),
                ("DLP", "2026-03-27T23:59:00Z"),
                ("Travel", "2026-03-01T00:00:00Z"),
                // The day before the first, a time to come, and none.
                ("Travel", "2026-02-28T23:59:59Z"),
                ("Travel", "2026-03-29T00:00:00Z"),
                ("Travel", ""),
            ]),
            person(&[("DLP", "2026-03-13T12:00:00Z")]),
            person(&[]),
        ];
        let seen = Seen::of(&people, now);
        assert_eq!(seen.keys().collect::<Vec<_>>(), ["DLP", "Travel"]);
        let travel = &seen["Travel"];
        assert_eq!((travel.people, travel.events, travel.halves()), (1, 5, (1, 1)));
        assert_eq!((travel.days[0], travel.days[DAYS - 1]), (1, 1));
        let dlp = &seen["DLP"];
        assert_eq!((dlp.people, dlp.events, dlp.halves()), (2, 2, (1, 1)));
        assert_eq!((dlp.days[DAYS - 2], dlp.days[12]), (1, 1));
    }

    #[test]
    fn nobody_read_is_nothing_known() {
        assert_eq!(Seen::of(&[], "2026-03-28T00:30:00Z".parse().unwrap()), BTreeMap::new());
    }
}
