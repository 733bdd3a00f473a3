//! Line icons on a 16 px grid, as one sprite in the page: each use is a reference.

use leptos::prelude::*;

/// An icon of the sprite. It says nothing: what it stands for is in the text beside it or in the
/// label of the button around it.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" width="16" height="16" aria-hidden="true">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}

/// The sprite; once a page.
#[component]
pub fn Icons() -> impl IntoView {
    view! {
        <svg width="0" height="0" class="sprite" aria-hidden="true">
            <symbol id="i-brand" viewBox="0 0 16 16">
                <path class="brand-peak" d="M8 1l4.5 7.5h-9z" />
                <path class="brand-line" d="M2 10.5h12v1.75H2zM2 13.5h7.5v1.25H2z" />
            </symbol>
            <symbol id="i-overview" viewBox="0 0 16 16">
                <path d="M2 13.5h12M3.5 11V7.5M8 11V3M12.5 11V5.5" />
            </symbol>
            <symbol id="i-users" viewBox="0 0 16 16">
                <circle cx="6" cy="5" r="2.5" />
                <path d="M1.5 13.5c0-2.5 2-4.5 4.5-4.5s4.5 2 4.5 4.5M10.5 2.8a2.5 2.5 0 010 4.4M12 9.6c1.6.7 2.5 2.1 2.5 3.9" />
            </symbol>
            <symbol id="i-behaviors" viewBox="0 0 16 16">
                <path d="M2 4.5h5M11 4.5h3M2 11.5h3M9 11.5h5" />
                <circle cx="9" cy="4.5" r="2" />
                <circle cx="7" cy="11.5" r="2" />
            </symbol>
            <symbol id="i-integrations" viewBox="0 0 16 16">
                <path d="M5.5 10.5l5-5M7 4l1.2-1.2a3 3 0 014.3 4.3L11.2 8.3M9 12l-1.2 1.2a3 3 0 01-4.3-4.3L4.8 7.7" />
            </symbol>
            <symbol id="i-audit" viewBox="0 0 16 16">
                <path d="M3.5 1.5h9v13h-9zM6 5h4M6 8h4M6 11h2" />
            </symbol>
            <symbol id="i-search" viewBox="0 0 16 16">
                <circle cx="7" cy="7" r="4.5" />
                <path d="M10.5 10.5l3.5 3.5" />
            </symbol>
            <symbol id="i-refresh" viewBox="0 0 16 16">
                <path d="M13.5 8a5.5 5.5 0 11-1.6-3.9M13.5 1.5v3h-3" />
            </symbol>
            <symbol id="i-copy" viewBox="0 0 16 16">
                <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />
            </symbol>
            <symbol id="i-close" viewBox="0 0 16 16">
                <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" />
            </symbol>
            <symbol id="i-back" viewBox="0 0 16 16">
                <path d="M13.5 8h-11M6.5 4l-4 4 4 4" />
            </symbol>
            <symbol id="i-next" viewBox="0 0 16 16">
                <path d="M6 3.5L10.5 8 6 12.5" />
            </symbol>
            <symbol id="i-previous" viewBox="0 0 16 16">
                <path d="M10 3.5L5.5 8l4.5 4.5" />
            </symbol>
            <symbol id="i-up" viewBox="0 0 16 16">
                <path d="M4 10l4-4 4 4" />
            </symbol>
            <symbol id="i-down" viewBox="0 0 16 16">
                <path d="M4 6l4 4 4-4" />
            </symbol>
            <symbol id="i-arrow" viewBox="0 0 16 16">
                <path d="M2.5 8h11M9.5 4l4 4-4 4" />
            </symbol>
            <symbol id="i-plus" viewBox="0 0 16 16">
                <path d="M8 3v10M3 8h10" />
            </symbol>
        </svg>
    }
}
