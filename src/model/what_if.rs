//! What other settings of behaviors would have done: the events at hand, judged by the settings
//! before and after a change.
//!
//! The vendor does not judge past events anew: they keep the level they came with, and a behavior
//! that is turned off stops only what is to come. So this is no forecast and not the vendor's
//! answer. It says what the same events would do, were each triggered again:
//!
//! - an event's level is that of its behavior; one whose behavior is off is not triggered at all
//! - a person's level is the highest of their events since the last reset (the vendor's rule)
//! - an event whose behavior the settings don't name keeps the level it came with
//!
//! Settings before and after are judged alike, so that only the change makes a difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Behaviors, RiskEvent, RiskEvents, RiskLevel, UpdateBehaviors};

/// How a behavior is set: its level while it is on.
type Settings<'a> = BTreeMap<&'a str, Option<Option<RiskLevel>>>;

/// What a change would do, and how much that is based on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// People who would have a higher level, and a lower one or none.
    pub raised: usize,
    pub lowered: usize,
    /// Of the lowered, those who would have no level at all.
    pub cleared: usize,
    /// Events that would not be triggered any more, or would be.
    pub stopped: usize,
    pub started: usize,
    /// The behaviors, by name, of which events at hand would stop.
    pub stopped_behaviors: BTreeSet<String>,
    /// The people and events that this is based on.
    pub people: usize,
    pub events: usize,
}

/// What became of one event under a setting.
fn judged(settings: &Settings<'_>, event: &RiskEvent) -> Option<Option<RiskLevel>> {
    match settings.get(event.name.as_str()) {
        Some(setting) => setting.clone(),
        None => Some(event.risk_level.clone()),
    }
}

/// Events that count: those after the last reset.
fn since_reset(user: &RiskEvents) -> impl Iterator<Item = &RiskEvent> {
    let reset = user.last_reset_time;
    user.events.iter().filter(move |event| reset.is_none_or(|r| event.timestamp > Some(r)))
}

/// Events name their behavior by its name, not by its key.
fn settings<'a>(now: &'a Behaviors, change: Option<&UpdateBehaviors>) -> Settings<'a> {
    let setting = |(key, behavior): (&'a _, &'a crate::Behavior)| {
        let changed = change.and_then(|change| change.behaviors.get(key));
        let enabled = changed.map_or(behavior.enabled, |changed| changed.enabled);
        let level = match changed {
            Some(changed) => Some(changed.risk_level.into()),
            None => behavior.risk_level.clone(),
        };
        (behavior.name.as_str(), enabled.then_some(level))
    };
    now.behaviors.iter().map(setting).collect()
}

/// A person's level under the settings, were their events since the last reset to come again.
fn level(settings: &Settings<'_>, user: &RiskEvents) -> Option<RiskLevel> {
    since_reset(user).filter_map(|event| judged(settings, event)).flatten().max()
}

impl WhatIf {
    /// What `change` would do to these people, beside what holds `now`.
    pub fn of<'a>(
        now: &Behaviors,
        change: &UpdateBehaviors,
        people: impl IntoIterator<Item = &'a RiskEvents>,
    ) -> Self {
        let (before, after) = (settings(now, None), settings(now, Some(change)));
        let mut what = Self::default();
        for user in people {
            what.people += 1;
            let (old, new) = (level(&before, user), level(&after, user));
            what.raised += usize::from(new > old);
            what.lowered += usize::from(new < old);
            what.cleared += usize::from(old.is_some() && new.is_none());
            for event in since_reset(user) {
                what.events += 1;
                match (judged(&before, event), judged(&after, event)) {
                    (Some(_), None) => {
                        what.stopped += 1;
                        if !what.stopped_behaviors.contains(&event.name) {
                            what.stopped_behaviors.insert(event.name.clone());
                        }
                    }
                    (None, Some(_)) => what.started += 1,
                    _ => {}
                }
            }
        }
        what
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Behavior, BehaviorChange, BehaviorKey, KnownLevel};

    fn now() -> Behaviors {
        let behavior = |key: &str, name: &str, enabled, level: &str| {
            let risk_level = Some(RiskLevel::from(level));
            let behavior =
                Behavior { name: name.to_owned(), enabled, risk_level, ..Behavior::default() };
            (BehaviorKey(key.to_owned()), behavior)
        };
        let all = [
            behavior("travel", "Travel", true, "high"),
            behavior("dlp", "DLP", true, "medium"),
            behavior("file", "File", false, "low"),
        ];
        Behaviors { behaviors: all.into() }
    }

    fn change(key: &str, enabled: bool, risk_level: KnownLevel) -> UpdateBehaviors {
        let change = BehaviorChange { enabled, risk_level };
        UpdateBehaviors { behaviors: [(BehaviorKey(key.to_owned()), change)].into() }
    }

    fn person(events: &[(&str, &str)], reset: Option<&str>) -> RiskEvents {
        let event = |(name, at): &(&str, &str)| RiskEvent {
            name: (*name).to_owned(),
            risk_level: Some(RiskLevel::Medium),
            timestamp: at.parse().ok(),
            ..RiskEvent::default()
        };
        RiskEvents {
            events: events.iter().map(event).collect(),
            last_reset_time: reset.and_then(|reset| reset.parse().ok()),
            ..RiskEvents::default()
        }
    }

    const OLD: &str = "2026-01-01T00:00:00Z";
    const NEW: &str = "2026-03-01T00:00:00Z";
    const RESET: Option<&str> = Some("2026-02-01T00:00:00Z");

    fn people() -> [RiskEvents; 4] {
        [
            person(&[("Travel", NEW)], None),
            person(&[("DLP", NEW), ("Travel", OLD)], RESET),
            person(&[("DLP", NEW), ("File", NEW)], None),
            person(&[("New to us", NEW)], None),
        ]
    }

    #[test]
    fn a_higher_level_raises_whom_nothing_else_holds_higher() {
        let what = WhatIf::of(&now(), &change("dlp", true, KnownLevel::High), &people());
        assert_eq!((what.raised, what.lowered, what.stopped), (2, 0, 0));
        assert_eq!((what.people, what.events), (4, 5));
    }

    #[test]
    fn off_stops_events_and_clears_whom_nothing_else_holds() {
        let what = WhatIf::of(&now(), &change("travel", false, KnownLevel::High), &people());
        // The second person's is from before their reset.
        assert_eq!((what.lowered, what.cleared, what.stopped), (1, 1, 1));
        assert_eq!(what.stopped_behaviors, BTreeSet::from(["Travel".to_owned()]));
    }

    #[test]
    fn on_starts_events_that_are_off_now() {
        let what = WhatIf::of(&now(), &change("file", true, KnownLevel::High), &people());
        assert_eq!((what.started, what.raised), (1, 1));
    }

    #[test]
    fn what_changes_nothing_does_nothing() {
        let what = WhatIf::of(&now(), &change("travel", true, KnownLevel::High), &people());
        assert_eq!(what, WhatIf { people: 4, events: 5, ..WhatIf::default() });
        let none = WhatIf::of(&now(), &UpdateBehaviors::default(), []);
        assert_eq!(none, WhatIf::default());
    }
}
