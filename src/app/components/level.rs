//! A level: mark, word and color together, never color alone.

use leptos::prelude::*;
use model::RiskLevel;

use crate::text;

/// The class that colors a level.
pub fn class(level: Option<&RiskLevel>) -> &'static str {
    match level {
        None => "l-unscored",
        Some(RiskLevel::Low) => "l-low",
        Some(RiskLevel::Medium) => "l-medium",
        Some(RiskLevel::High) => "l-high",
        Some(RiskLevel::Unknown(_)) => "l-unknown",
    }
}

/// The shape alone, 12 px around the origin.
pub fn shape(level: Option<&RiskLevel>) -> impl IntoView + use<> {
    view! { <path class=hollow(level) d=outline(level) /> }
}

/// The class of a shape that is not filled.
pub fn hollow(level: Option<&RiskLevel>) -> Option<&'static str> {
    matches!(level, None | Some(RiskLevel::Unknown(_))).then_some("hollow")
}

/// The outline of a shape: ▲ high, ◆ medium, ● low, ○ unscored, ◇ unknown.
pub fn outline(level: Option<&RiskLevel>) -> &'static str {
    match level {
        Some(RiskLevel::High) => "M0-5.2L5.6 4.6H-5.6z",
        Some(RiskLevel::Medium) => "M0-5.8L5.8 0 0 5.8-5.8 0z",
        Some(RiskLevel::Low) => "M-4.6 0a4.6 4.6 0 109.2 0a4.6 4.6 0 10-9.2 0z",
        None => "M-4.2 0a4.2 4.2 0 108.4 0a4.2 4.2 0 10-8.4 0z",
        Some(RiskLevel::Unknown(_)) => "M0-5.4L5.4 0 0 5.4-5.4 0z",
    }
}

/// The mark of a level, as a picture beside its word.
#[component]
pub fn LevelMark(level: Option<RiskLevel>) -> impl IntoView {
    let class = format!("mark {}", class(level.as_ref()));
    view! {
        <svg class=class width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
            {shape(level.as_ref())}
        </svg>
    }
}

/// The mark and the word.
#[component]
pub fn LevelBadge(level: Option<RiskLevel>) -> impl IntoView {
    let word = text::level(level.as_ref());
    let class = format!("level {}", class(level.as_ref()));
    view! {
        <span class=class>
            <LevelMark level />
            <bdi>{word}</bdi>
        </span>
    }
}
