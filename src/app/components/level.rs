//! A level: mark, word and color together, never color alone.

use leptos::{either::EitherOf5, prelude::*};
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

/// The shape alone, 12 px around the origin: ▲ high, ◆ medium, ● low, ○ unscored, ◇ unknown.
pub fn shape(level: Option<&RiskLevel>) -> impl IntoView + use<> {
    match level {
        Some(RiskLevel::High) => EitherOf5::A(view! { <path d="M0-5.2L5.6 4.6H-5.6z" /> }),
        Some(RiskLevel::Medium) => EitherOf5::B(view! { <path d="M0-5.8L5.8 0 0 5.8-5.8 0z" /> }),
        Some(RiskLevel::Low) => EitherOf5::C(view! { <circle r="4.6" /> }),
        None => EitherOf5::D(view! { <circle class="hollow" r="4.2" /> }),
        Some(RiskLevel::Unknown(_)) => {
            EitherOf5::E(view! { <path class="hollow" d="M0-5.4L5.4 0 0 5.4-5.4 0z" /> })
        }
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
