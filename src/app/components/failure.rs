//! Failures of a read: in place of the page when there is nothing to show, above it when the
//! last good data still is.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    components::when::When,
    data::{Error, Reading, State},
    text,
    ui::icon::Icon,
};

/// What failed and what to do, with a button that tries again.
#[component]
pub fn Failure(what: &'static str, error: Arc<Error>, retry: Callback<()>) -> impl IntoView {
    let explained = text::explain(what, false, &error);
    view! {
        <div class="notice failure" role="alert">
            <p class="strong">{explained.failed}</p>
            <p>{explained.advice}</p>
            {explained.ray.map(|ray| view! { <p class="note">"Cf-Ray " <code>{ray}</code></p> })}
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
                    </p>
                </div>
            }
        })
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
        State::Failed(error) => view! { <Failure what error retry=query.refresh /> }.into_any(),
        State::There => view! {
            <Stale what reading=query />
            {content.run()}
        }
        .into_any(),
    }
}
