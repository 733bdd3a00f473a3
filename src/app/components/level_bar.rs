//! The level bar: the account's people by level as one thin bar, each part a link that filters.

use columns::LevelCounts;
use leptos::prelude::*;
use model::RiskLevel;

use crate::{
    components::level::{LevelMark, class},
    text,
};

/// The bar with its legend. `href` builds the link of a level.
#[component]
pub fn LevelBar(
    #[prop(into)] counts: Signal<LevelCounts>,
    href: fn(Option<&RiskLevel>) -> String,
) -> impl IntoView {
    let parts =
        move || counts.with(|counts| counts.iter().filter(|(_, n)| *n > 0).collect::<Vec<_>>());
    let legend = move || counts.with(|counts| counts.iter().collect::<Vec<_>>());
    let item = move |level: Option<RiskLevel>, count: u32| {
        let link = href(level.as_ref());
        let word = text::level(level.as_ref());
        let class = format!("level-count {}", class(level.as_ref()));
        view! {
            <li>
                <a href=link class=class>
                    <LevelMark level />
                    <span class="figure">{text::number(count.into())}</span>
                    <bdi class="word">{word}</bdi>
                </a>
            </li>
        }
    };
    view! {
        <div class="level-bar">
            <div class="bar" aria-hidden="true">
                {move || {
                    parts()
                        .into_iter()
                        .map(|(level, count)| {
                            view! {
                                <a
                                    href=href(level.as_ref())
                                    tabindex="-1"
                                    class=class(level.as_ref())
                                    style:flex-grow=count.to_string()
                                ></a>
                            }
                        })
                        .collect_view()
                }}
            </div>
            <ul class="legend" aria-label=text::LEVELS_OF_ALL>
                {move || {
                    legend().into_iter().map(|(level, count)| item(level, count)).collect_view()
                }}
            </ul>
        </div>
    }
}
