//! A time: relative, with the exact local and UTC time on hover and focus.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::clock::{self, Ticker};

/// `focusable` puts it into the tab order; in a table the row's link does that for it.
#[component]
pub fn When(
    #[prop(into)] time: Signal<DateTime<Utc>>,
    #[prop(optional)] focusable: bool,
) -> impl IntoView {
    let ticker = Ticker::expect();
    view! {
        <time
            class="when"
            datetime=move || time.get().to_rfc3339()
            data-exact=move || clock::exact(time.get())
            tabindex=focusable.then_some("0")
        >
            {move || clock::relative(time.get(), ticker.get())}
        </time>
    }
}
