//! What happened to many people at once: from the summary alone at first, then from the events of
//! whoever was read.

use std::sync::Arc;

use columns::{Column, Page, Question, Sort, View};
use leptos::prelude::*;

use super::{
    by_keys,
    closer::{Closer, Progress},
    incident::{self, item},
};
use crate::{
    data::{self, Everyone},
    text,
};

/// The people that are looked at: those with the latest events.
const LATEST: usize = 5_000;

#[component]
pub fn Incidents(people: data::Query<Everyone>) -> impl IntoView {
    let answer = data::use_view(people, || {
        let sort = Sort { column: Column::LastEvent, descending: true };
        (Question { sort, ..Question::default() }, Page { number: 1, rows: LATEST })
    });
    let closer = Closer::new();
    let view = Memo::new(move |_| answer.get().map(|answer| Same(answer.view)));
    let found = Memo::new(move |_| {
        closer.looks.get();
        view.get().map(|Same(view)| Arc::new(incidents::find(&closer.people(&view))))
    });
    let start = move || {
        if let (Some(Same(view)), Some(found)) = (view.get_untracked(), found.get_untracked()) {
            closer.start(&view, &found);
        }
    };
    let runs = move || closer.progress.get().is_some_and(|progress| progress.runs);
    let look = move || if runs() { closer.stop() } else { start() };
    by_keys::take(
        move |at| {
            let (Same(view), found) = (view.get_untracked()?, found.get_untracked()?);
            Some(incident::people(found.get(at)?, &view))
        },
        look,
    );
    view! {
        <section aria-labelledby="incidents" class="incidents">
            <div class="section-head">
                <h2 id="incidents">{text::INCIDENTS}</h2>
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| look()
                >
                    {move || if runs() { text::STOP_READING } else { text::LOOK_CLOSER }}
                </button>
            </div>
            {move || closer.progress.get().map(progress)}
            {move || {
                let (Some(Same(view)), Some(found)) = (view.get(), found.get()) else {
                    return view! { <p class="note">{text::LOOKING_FOR_INCIDENTS}</p> }.into_any();
                };
                if found.is_empty() {
                    return view! { <p>{text::NO_INCIDENTS}</p> }.into_any();
                }
                by_keys::keep_focus();
                let items = found.iter().map(|incident| item(incident, &view)).collect_view();
                view! { <ul>{items}</ul> }.into_any()
            }}
            <details>
                <summary class="line">{text::HOW_INCIDENTS_ARE_FOUND}</summary>
                <p class="prose">{text::INCIDENTS_METHOD}</p>
            </details>
        </section>
    }
}

/// A view that is told from another by where it is, not by 5,000 rows.
#[derive(Clone)]
struct Same(Arc<View>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn progress(Progress { read, of, failed, runs }: Progress) -> impl IntoView {
    view! {
        <p class="note">
            {runs
                .then(|| {
                    view! {
                        <progress
                            aria-label=text::READING_EVENTS
                            max=of.to_string()
                            value=read.to_string()
                        ></progress>
                        " "
                    }
                })} {text::events_read(read, of, failed)}
        </p>
    }
}
