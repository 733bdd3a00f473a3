//! Why a user has the level: the event that decided it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use model::{RiskEvent, RiskEvents, RiskLevel};

use crate::{clock, text, ui::plain::plain};

/// The user's level: the vendor's word, or where it sends none the highest level triggered since
/// the last reset (the vendor's documented rule).
pub fn level(user: &RiskEvents) -> Option<RiskLevel> {
    let highest = || since_reset(user).filter_map(|event| event.risk_level.clone()).max();
    user.risk_level.clone().or_else(highest)
}

/// The event that gave the user the level: the first at that level since the last reset.
pub fn deciding<'a>(user: &'a RiskEvents, level: &RiskLevel) -> Option<&'a RiskEvent> {
    since_reset(user)
        .filter(|event| event.risk_level.as_ref() == Some(level))
        .min_by_key(|event| event.timestamp)
}

/// Events that came after the last reset. Whether older ones are still reported is the vendor's
/// choice; either way they no longer count.
fn since_reset(user: &RiskEvents) -> impl Iterator<Item = &RiskEvent> {
    let reset = user.last_reset_time;
    user.events.iter().filter(move |event| match (reset, event.timestamp) {
        (Some(reset), Some(time)) => time > reset,
        (Some(_), None) => false,
        (None, _) => true,
    })
}

/// The one sentence under the name.
fn sentence(user: &RiskEvents, now: DateTime<Utc>) -> String {
    let at = |time| clock::date_time(time, now);
    let reason = match level(user) {
        None if user.last_reset_time.is_some() => text::WHY_UNSCORED.to_owned(),
        None => text::WHY_NEVER.to_owned(),
        Some(level) => {
            let word = text::level(Some(&level));
            let event = deciding(user, &level);
            match event.and_then(|event| event.timestamp.map(|time| (event, time))) {
                Some((event, time)) => {
                    text::why(&word, &at(time), &plain(&event.name), level.as_str())
                }
                None => text::why_unexplained(&word),
            }
        }
    };
    match user.last_reset_time {
        Some(time) => format!("{reason} {}", text::last_reset(&at(time))),
        None => reason,
    }
}

#[component]
pub fn Why(user: Signal<std::sync::Arc<RiskEvents>>) -> impl IntoView {
    view! { <p class="why prose">{move || user.with(|user| sentence(user, clock::now()))}</p> }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn user(json: &str) -> RiskEvents {
        serde_json::from_str(json).unwrap()
    }

    const EVENTS: &str = r#"[
        {"id":"1","name":"A","risk_level":"high","timestamp":"2026-01-01T00:00:00Z"},
        {"id":"2","name":"B","risk_level":"medium","timestamp":"2026-01-03T00:00:00Z"},
        {"id":"3","name":"C","risk_level":"high","timestamp":"2026-01-05T00:00:00Z"},
        {"id":"4","name":"C","risk_level":"high","timestamp":"2026-01-06T00:00:00Z"}]"#;

    #[wasm_bindgen_test]
    fn the_first_event_at_the_level_since_the_reset_decides() {
        let reset = user(&format!(
            r#"{{"risk_level":"high","last_reset_time":"2026-01-02T00:00:00Z","events":{EVENTS}}}"#
        ));
        assert_eq!(deciding(&reset, &RiskLevel::High).unwrap().id.0, "3");
        let never = user(&format!(r#"{{"risk_level":"high","events":{EVENTS}}}"#));
        assert_eq!(deciding(&never, &RiskLevel::High).unwrap().id.0, "1");
        assert!(deciding(&never, &RiskLevel::Low).is_none());
    }

    #[wasm_bindgen_test]
    fn without_the_vendors_word_the_highest_since_the_reset_counts() {
        let user =
            user(&format!(r#"{{"last_reset_time":"2026-01-05T12:00:00Z","events":{EVENTS}}}"#));
        assert_eq!(level(&user), Some(RiskLevel::High));
        let later = RiskEvents { last_reset_time: "2026-01-07T00:00:00Z".parse().ok(), ..user };
        assert_eq!(level(&later), None);
    }
}
