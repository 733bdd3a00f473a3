//! Failures of a read: in place of the page when there is nothing to show, above it when the
//! last good data still is.

use std::sync::Arc;

use api::Error;
use leptos::prelude::*;

use crate::{components::when::When, data::Query, text, ui::icon::Icon};

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
pub fn Stale<T: Send + Sync + 'static>(what: &'static str, query: Query<T>) -> impl IntoView {
    let stale = Memo::new(move |_| {
        let error = query.error()?;
        query.at().map(|at| (at, text::explain(what, false, &error).sentence()))
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

/// The three states around a page's content: not read yet, failed with nothing to show, there.
#[component]
pub fn Loaded<T, F, V, S>(
    query: Query<T>,
    what: &'static str,
    /// Has the size of what follows.
    skeleton: S,
    /// Shown instead of the error, where the thing asked for does not exist.
    #[prop(optional)]
    missing: Option<ViewFn>,
    content: F,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    F: Fn() -> V + Send + Sync + 'static,
    V: IntoView + 'static,
    S: Fn() -> AnyView + Send + Sync + 'static,
{
    #[derive(Clone, PartialEq)]
    enum State {
        Loading,
        Missing,
        Failed(Arc<Error>),
        There,
    }
    let state = Memo::new(move |_| {
        query.snapshot.with(|snapshot| match snapshot {
            None => State::Loading,
            Some(snapshot) => match (&snapshot.data, &snapshot.error) {
                (_, Some(error)) if error.is_missing() => State::Missing,
                (Some(_), _) => State::There,
                (None, Some(error)) => State::Failed(error.clone()),
                (None, None) => State::Loading,
            },
        })
    });
    move || match (state.get(), &missing) {
        (State::Loading, _) => {
            view! { <div aria-busy="true" class="loading">{skeleton()}</div> }.into_any()
        }
        (State::Missing, Some(missing)) => missing.run(),
        (State::Missing, None) => match query.error() {
            Some(error) => view! { <Failure what error retry=query.refresh /> }.into_any(),
            None => ().into_any(),
        },
        (State::Failed(error), _) => {
            view! { <Failure what error retry=query.refresh /> }.into_any()
        }
        (State::There, _) => view! {
            <Stale what query />
            {content()}
        }
        .into_any(),
    }
}
