//! Line icons on a 16 px grid, as one sprite in the page (`index.html`): each use is a reference.

use leptos::prelude::*;

/// An icon of the sprite, `i-` and its name there. It says nothing: what it stands for is in the text beside it or in the
/// label of the button around it.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" width="16" height="16" aria-hidden="true">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}
