//! A time: relative, with the exact local and UTC time on hover and focus.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::clock::{self, Ticker};

/// `focusable` puts it into the tab order; in a table the row's link does that for it.
#[component]
pub fn When(time: DateTime<Utc>, #[prop(optional)] focusable: bool) -> impl IntoView {
    let ticker = Ticker::expect();
    view! {
        <time
            class="when"
            datetime=time.to_rfc3339()
            data-exact=clock::exact(time)
            tabindex=focusable.then_some("0")
        >
            {move || clock::relative(time, ticker.get())}
        </time>
    }
}
