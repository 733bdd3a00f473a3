//! Before → after, wherever something will change.

use leptos::prelude::*;

use crate::{text, ui::icon::Icon};

/// One change: of what, from what, to what, and what else there is to know.
#[component]
pub fn ChangeRow(
    name: String,
    before: AnyView,
    after: AnyView,
    #[prop(optional_no_strip)] note: Option<AnyView>,
) -> impl IntoView {
    let note = note.map(|note| view! { <span class="change-note">{note}</span> });
    view! {
        <li class="change">
            <bdi class="change-name">{name}</bdi>
            <span class="change-before">
                <span class="hidden-label">{text::BEFORE} ": "</span>
                {before}
            </span>
            <Icon name="arrow" />
            <span class="change-after">
                <span class="hidden-label">{text::AFTER} ": "</span>
                {after}
            </span>
            {note}
        </li>
    }
}
