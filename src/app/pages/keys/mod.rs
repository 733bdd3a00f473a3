//! What keys open: the palette, and the sheet that says which keys there are.

mod choices;
mod palette;
mod sheet;

use leptos::prelude::*;

/// Both dialogs; at most one is open.
#[component]
pub fn KeyDialogs() -> impl IntoView {
    view! {
        <palette::Palette />
        <sheet::Sheet />
    }
}
