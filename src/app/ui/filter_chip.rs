//! A filter that a list is under, in words, and a button that takes it away.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// `clear` says what the button does.
#[component]
pub fn FilterChip(words: String, clear: &'static str, on_clear: Callback<()>) -> impl IntoView {
    view! {
        <span class="chip span-chip">
            {words}
            <button
                type="button"
                class="icon-button"
                aria-label=clear
                title=clear
                on:click=move |_| on_clear.run(())
            >
                <Icon name="close" />
            </button>
        </span>
    }
}
