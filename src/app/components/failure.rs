//! Failures of a read: in place of the page when there is nothing to show, above it when the
//! last good data still is.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    clock,
    components::when::When,
    data::{Error, Reading, State},
    text,
    ui::icon::Icon,
};

/// What failed and what to do, with a button that tries again.
#[component]
pub fn Failure(
    what: &'static str,
    error: Arc<Error>,
    retry: Callback<()>,
    /// When it is tried again by itself.
    #[prop(optional, into)]
    retry_at: Signal<Option<DateTime<Utc>>>,
) -> impl IntoView {
    let explained = text::explain(what, false, &error);
    view! {
        <div class="notice failure" role="alert">
            <p class="strong">{explained.failed}</p>
            <p>{explained.advice}</p>
            {explained.ray.map(|ray| view! { <p class="note">"Cf-Ray " <code>{ray}</code></p> })}
            {move || retry_at.get().map(|at| view! { <p><Countdown at /></p> })}
            <button type="button" class="button" on:click=move |_| retry.run(())>
                <Icon name="refresh" />
                {text::TRY_AGAIN}
            </button>
        </div>
    }
}

/// Above data that could not be refreshed.
#[component]
pub fn Stale(what: &'static str, reading: Reading) -> impl IntoView {
    let stale = Memo::new(move |_| {
        let error = reading.error()?;
        reading.at().map(|at| (at, text::explain(what, false, &error).sentence()))
    });
    move || {
        stale.get().map(|(at, sentence)| {
            view! {
                <div class="notice stale" role="alert">
                    <p>
                        <span class="strong">{text::STALE}</span>
                        " "
                        <When time=at focusable=true />
                        ". "
                        {sentence}
                        " "
                        {move || reading.retry_at().map(|at| view! { <Countdown at /> })}
                    </p>
                </div>
            }
        })
    }
}

/// How long it is until the next try. It counts for the eye alone: an alert that changes every
/// second would be read out every second.
#[component]
fn Countdown(at: DateTime<Utc>) -> impl IntoView {
    let left = move || (at - clock::now()).num_seconds().max(0) + 1;
    let seconds = RwSignal::new(left());
    let ticks = set_interval_with_handle(move || seconds.set(left()), Duration::from_secs(1)).ok();
    on_cleanup(move || {
        if let Some(ticks) = ticks {
            ticks.clear();
        }
    });
    view! {
        <span class="numbers" aria-hidden="true">
            {move || text::retried_in(seconds.get())}
        </span>
    }
}

/// What went wrong with a read, above what a page shows of it: why there is nothing to show, or that
/// what is shown is old.
#[component]
pub fn Trouble(#[prop(into)] query: Reading, what: &'static str) -> impl IntoView {
    let state = Memo::new(move |_| query.state());
    move || match state.get() {
        State::Loading => ().into_any(),
        State::Failed(error) => {
            let retry_at = Signal::derive(move || query.retry_at());
            view! { <Failure what error retry=query.refresh retry_at /> }.into_any()
        }
        State::There => view! { <Stale what reading=query /> }.into_any(),
    }
}

/// The states around a page's content: not read yet, failed with nothing to show, there.
#[component]
pub fn Loaded(
    #[prop(into)] query: Reading,
    what: &'static str,
    /// Has the size of what follows.
    #[prop(into)]
    skeleton: ViewFn,
    #[prop(into)] content: ViewFn,
) -> impl IntoView {
    let state = Memo::new(move |_| query.state());
    move || match state.get() {
        State::Loading => {
            view! { <div aria-busy="true" class="loading">{skeleton.run()}</div> }.into_any()
        }
        State::Failed(error) => {
            let retry_at = Signal::derive(move || query.retry_at());
            view! { <Failure what error retry=query.refresh retry_at /> }.into_any()
        }
        State::There => view! {
            <Stale what reading=query />
            {content.run()}
        }
        .into_any(),
    }
}
