//! "Updated 12 s ago", and a button that reads again.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{components::when::When, data::Reading, text, ui::icon::Icon};

#[component]
pub fn Freshness(#[prop(into)] query: Reading) -> impl IntoView {
    // A time that stays the same must not make a new element.
    let at: Memo<Option<DateTime<Utc>>> = Memo::new(move |_| query.at());
    view! {
        <span class="note freshness">
            {move || at.get().map(|time| view! { {text::UPDATED} " " <When time focusable=true /> })}
        </span>
        <button
            type="button"
            class="button small"
            aria-busy=move || query.fetching.get().then_some("true")
            on:click=move |_| query.refresh.run(())
        >
            <span class="icon-slot" class:busy=query.fetching>
                <Icon name="refresh" />
            </span>
            {text::REFRESH}
        </button>
    }
}
