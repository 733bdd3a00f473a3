//! The lanes' layout: what stands where, as fractions of the width. No drawing.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use model::{RiskEvent, RiskLevel};

/// A span of time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

impl Span {
    /// The time at a fraction of the span.
    pub fn at(&self, fraction: f64) -> DateTime<Utc> {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of years fit 53 bits")]
        let length = (self.to - self.from).num_milliseconds() as f64;
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a length in range")]
        let offset = (length * fraction.clamp(0.0, 1.0)) as i64;
        self.from + Duration::milliseconds(offset)
    }

    /// Where in the span the time lies, 0 to 1.
    pub fn fraction(&self, time: DateTime<Utc>) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of years fit 53 bits")]
        let (length, offset) = (
            (self.to - self.from).num_milliseconds().max(1) as f64,
            (time - self.from).num_milliseconds() as f64,
        );
        (offset / length).clamp(0.0, 1.0)
    }

    pub fn holds(&self, time: DateTime<Utc>) -> bool {
        (self.from..=self.to).contains(&time)
    }
}

/// A run of events that stand so close that they are one mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, 0 to 1.
    pub at: f64,
    /// The highest level among them.
    pub level: Option<RiskLevel>,
    pub events: usize,
}

/// One behavior's events.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub behavior: String,
    pub events: usize,
    pub highest: Option<RiskLevel>,
    pub marks: Vec<Mark>,
}

/// The span that the lanes show: from the first thing that happened to now, with a little room
/// before it.
pub fn whole(events: &[RiskEvent], reset: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Span {
    let first = events.iter().filter_map(|event| event.timestamp).chain(reset).min();
    let from = first.unwrap_or(now).min(now - Duration::hours(1));
    // A clock that runs behind must not hide the latest events.
    let last = events.iter().filter_map(|event| event.timestamp).max();
    let to = last.unwrap_or(now).max(now);
    Span { from: from - (to - from) / 40, to }
}

/// The lanes, the riskiest behavior first. The width is divided into `slots`; events of a lane in
/// the same slot merge into one mark.
pub fn lanes(events: &[RiskEvent], span: Span, slots: usize) -> Vec<Lane> {
    let mut by_behavior: BTreeMap<&str, Vec<&RiskEvent>> = BTreeMap::new();
    for event in events {
        by_behavior.entry(&event.name).or_default().push(event);
    }
    let lanes: Vec<Lane> = by_behavior
        .into_iter()
        .map(|(behavior, events)| Lane {
            behavior: behavior.to_owned(),
            events: events.len(),
            highest: events.iter().filter_map(|event| event.risk_level.clone()).max(),
            marks: marks(&events, span, slots),
        })
        .collect();
    let mut order: Vec<u32> = (0..).take(lanes.len()).collect();
    columns::sort(&mut order, &mut |a, b| {
        let (a, b) = (&lanes[a as usize], &lanes[b as usize]);
        b.highest.cmp(&a.highest).then(b.events.cmp(&a.events))
    });
    order.into_iter().map(|number| lanes[number as usize].clone()).collect()
}

fn marks(events: &[&RiskEvent], span: Span, slots: usize) -> Vec<Mark> {
    let mut filled: BTreeMap<usize, Mark> = BTreeMap::new();
    let timed = events.iter().filter_map(|event| event.timestamp.map(|time| (event, time)));
    for (event, time) in timed {
        let at = span.fraction(time);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a fraction of a small count"
        )]
        let (slot, middle) = {
            let slot = ((at * slots as f64) as usize).min(slots - 1);
            (slot, (slot as f64 + 0.5) / slots as f64)
        };
        let mark = filled.entry(slot).or_insert(Mark { at, level: None, events: 0 });
        mark.events += 1;
        mark.level = mark.level.take().max(event.risk_level.clone());
        // One event stands where it was, several in the middle of their slot.
        if mark.events > 1 {
            mark.at = middle;
        }
    }
    filled.into_values().collect()
}

/// Steps between the ticks of the time axis, in hours.
const STEPS: [i64; 13] = [1, 2, 3, 6, 12, 24, 48, 168, 336, 24 * 30, 24 * 91, 24 * 365, 24 * 3650];

/// The axis' ticks: at most `most`, at round times (UTC), and whether they are days or hours.
pub fn ticks(span: Span, most: usize) -> (Vec<DateTime<Utc>>, bool) {
    let hours = (span.to - span.from).num_hours().max(1);
    let fits = |step: &&i64| usize::try_from(hours / **step).unwrap_or(usize::MAX) < most.max(1);
    let step = *STEPS.iter().find(fits).unwrap_or(&STEPS[STEPS.len() - 1]);
    let seconds = step * 3600;
    let first = span.from.timestamp().div_euclid(seconds) * seconds + seconds;
    let all = (0..).map(|n| first + n * seconds).take_while(|t| *t < span.to.timestamp());
    (all.filter_map(|t| DateTime::from_timestamp(t, 0)).take(most).collect(), step < 24)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn event(name: &str, level: &str, at: &str) -> RiskEvent {
        RiskEvent {
            name: name.into(),
            risk_level: Some(level.into()),
            timestamp: Some(time(at)),
            ..RiskEvent::default()
        }
    }

    #[wasm_bindgen_test]
    fn close_events_merge_and_keep_the_highest_level() {
        let span = Span { from: time("2026-01-01T00:00:00Z"), to: time("2026-01-11T00:00:00Z") };
        let events = [
            event("A", "low", "2026-01-02T00:00:00Z"),
            event("A", "high", "2026-01-02T00:10:00Z"),
            event("A", "low", "2026-01-09T00:00:00Z"),
            event("B", "medium", "2026-01-09T00:00:00Z"),
        ];
        let lanes = lanes(&events, span, 10);
        assert_eq!(lanes.iter().map(|l| l.behavior.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(lanes[0].marks.len(), 2);
        assert_eq!(lanes[0].marks[0].events, 2);
        assert_eq!(lanes[0].marks[0].level, Some(RiskLevel::High));
        assert_eq!(lanes[0].events, 3);
    }

    #[wasm_bindgen_test]
    fn the_whole_span_ends_now_and_holds_everything() {
        let now = time("2026-01-11T00:00:00Z");
        let events = [event("A", "low", "2026-01-02T00:00:00Z"), RiskEvent::default()];
        let span = whole(&events, Some(time("2025-12-01T00:00:00Z")), now);
        assert_eq!(span.to, now);
        assert!(span.from < time("2025-12-01T00:00:00Z"));
        let empty = whole(&[], None, now);
        assert!(empty.from < empty.to);
    }

    #[wasm_bindgen_test]
    fn ticks_are_round_and_few() {
        for days in [1, 3, 10, 45, 400, 4000] {
            let to = time("2026-01-11T05:17:00Z");
            let span = Span { from: to - Duration::days(days), to };
            let (ticks, _) = ticks(span, 6);
            assert!((1..=6).contains(&ticks.len()), "{days} days: {ticks:?}");
            assert!(ticks.iter().all(|tick| span.holds(*tick)));
        }
    }

    #[wasm_bindgen_test]
    fn a_fraction_and_its_time_agree() {
        let to = time("2026-01-11T05:17:00Z");
        let span = Span { from: to - Duration::days(10), to };
        assert!((span.fraction(span.at(0.25)) - 0.25).abs() < 1e-6);
    }
}
