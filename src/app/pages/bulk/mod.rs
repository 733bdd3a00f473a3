//! The reset of many: from the bar that says how many are selected to the outcomes. A part of the
//! app that stays, once it is there, under every page.
//!
//! - [`work`] what is under way, and what does it; [`journal`] what is kept of it in the browser
//! - [`bar`] how many are selected; [`dialog`] the questions before
//! - [`panel`] how far it is, person by person; [`agree`] whether the list of users agrees

mod agree;
mod bar;
mod dialog;
pub mod journal;
mod panel;
mod work;

use leptos::prelude::*;

use bar::Bar;
use panel::Panel;
use work::Work;

/// All of it, below the page.
#[component]
pub fn BulkDock() -> impl IntoView {
    let work = Work::new();
    work.look_for_left();
    view! {
        <div class="dock">
            {move || {
                if work.is_there() {
                    view! { <Panel work /> }.into_any()
                } else {
                    view! { <Bar work /> }.into_any()
                }
            }}
        </div>
    }
}
