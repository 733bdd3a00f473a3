//! A time: relative, or as the person likes it, with the exact local and UTC time on hover and focus.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    clock::{self, Ticker},
    look::{Look, look},
};

/// `focusable` puts it into the tab order; in a table the row's link does that for it.
#[component]
pub fn When(
    #[prop(into)] time: Signal<DateTime<Utc>>,
    #[prop(optional)] focusable: bool,
) -> impl IntoView {
    let written = Written::expect();
    view! {
        <time
            class="when"
            datetime=move || time.get().to_rfc3339()
            data-exact=move || clock::exact(time.get())
            tabindex=focusable.then_some("0")
        >
            {move || written.time(time.get())}
        </time>
    }
}

/// How times are written: as the person likes it, and relative ones go on with the clock.
#[derive(Clone, Copy)]
pub struct Written {
    ticker: Ticker,
    look: RwSignal<Look>,
}

impl Written {
    pub fn expect() -> Self {
        Self { ticker: Ticker::expect(), look: RwSignal::from(look()) }
    }

    pub fn time(self, time: DateTime<Utc>) -> String {
        match self.look.with(|look| look.absolute.then_some(look.utc)) {
            None => clock::relative(time, self.ticker.get()),
            // Only the year could change by itself.
            Some(utc) => clock::absolute(time, clock::now(), utc),
        }
    }
}
