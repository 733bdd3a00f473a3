//! A time: relative, or as the person likes it, with the exact local and UTC time on hover and focus.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    clock::{self, Ticker},
    look::look,
};

/// `focusable` puts it into the tab order; in a table the row's link does that for it.
#[component]
pub fn When(
    #[prop(into)] time: Signal<DateTime<Utc>>,
    #[prop(optional)] focusable: bool,
) -> impl IntoView {
    let ticker = Ticker::expect();
    let look = look();
    view! {
        <time
            class="when"
            datetime=move || time.get().to_rfc3339()
            data-exact=move || clock::exact(time.get())
            tabindex=focusable.then_some("0")
        >
            {move || match look.with(|look| look.absolute.then_some(look.utc)) {
                None => clock::relative(time.get(), ticker.get()),
                // Only the year could change by itself.
                Some(utc) => clock::absolute(time.get(), clock::now(), utc),
            }}
        </time>
    }
}
