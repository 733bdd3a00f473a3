//! The events of the riskiest people: for what a change would have done, and for what is known of
//! each behavior. They are read one after another when the person asks for it, until they say stop
//! or leave.

use std::sync::Arc;

use columns::{Page, Question};
use leptos::prelude::*;
use model::RiskEvents;

use crate::{
    components::failure::Trouble,
    data::{self, OneByOne},
    text::{self, what_if as words},
};

/// How many people are read at most.
const MOST: usize = 100;

/// What was read. It stays while the page is there, for whatever is staged next.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    reader: OneByOne,
    people: RwSignal<Vec<Arc<RiskEvents>>>,
    failed: RwSignal<usize>,
    /// How many are to be read, once that is known.
    of: RwSignal<Option<usize>>,
    runs: RwSignal<bool>,
    /// How many are at risk in all.
    at_risk: RwSignal<u64>,
    /// Whether the person has asked for it.
    wanted: RwSignal<bool>,
    /// How often they have, and the last one that has begun: one that was stopped finds another.
    asked: StoredValue<u32>,
    begun: StoredValue<u32>,
}

impl Sample {
    pub fn new() -> Self {
        Self {
            reader: OneByOne::new(),
            people: RwSignal::new(Vec::new()),
            failed: RwSignal::new(0),
            of: RwSignal::new(None),
            runs: RwSignal::new(false),
            at_risk: RwSignal::new(0),
            wanted: RwSignal::new(false),
            asked: StoredValue::new(0),
            begun: StoredValue::new(0),
        }
    }

    fn start(self) {
        self.people.set(Vec::new());
        self.failed.set(0);
        self.of.set(None);
        self.asked.update_value(|asked| *asked += 1);
        self.runs.set(true);
        self.wanted.set(true);
    }

    /// What was read so far.
    pub fn with<T>(self, look: impl FnOnce(&[Arc<RiskEvents>]) -> T) -> T {
        self.people.with(|people| look(people))
    }

    pub fn failed(self) -> usize {
        self.failed.get()
    }

    pub fn at_risk(self) -> u64 {
        self.at_risk.get()
    }

    fn stop(self) {
        self.reader.stop();
        self.runs.set(false);
    }

    /// Begins what was asked for, once: the dialog may come and go meanwhile.
    fn begin(self) {
        let asked = self.asked.get_value();
        if self.begun.get_value() != asked {
            self.begun.set_value(asked);
            leptos::task::spawn_local(self.read(asked));
        }
    }

    /// Reads the riskiest, from the first.
    async fn read(self, asked: u32) {
        let riskiest = Page { number: 1, rows: MOST };
        let view = data::ask(Question::default(), riskiest).await;
        let goes_on = self.runs.try_get_untracked() == Some(true)
            && self.asked.try_get_value() == Some(asked);
        if !goes_on {
            return;
        }
        let Ok(view) = view else { return self.stop() };
        self.at_risk.set(view.total as u64);
        let ids: Vec<_> = view.rows.iter().filter_map(|row| row.user_id).collect();
        self.of.set(Some(ids.len()));
        let each = move |_, answer| match answer {
            Ok(user) => self.people.update(|people| people.push(Arc::new(without_details(user)))),
            Err(_) => self.failed.update(|failed| *failed += 1),
        };
        self.reader.read(ids, each, move || self.runs.set(false));
    }
}

/// What is judged; the details of 10,000 events are megabytes.
fn without_details(mut user: RiskEvents) -> RiskEvents {
    user.events.iter_mut().for_each(|event| event.event_details = None);
    user
}

/// The offer to read them, or how far that is.
#[component]
pub(super) fn Reader(sample: Sample) -> impl IntoView {
    view! {
        {move || {
            if sample.runs.get() {
                view! { <Progress sample /> }.into_any()
            } else {
                view! {
                    <p>
                        <button type="button" class="button small" on:click=move |_| sample.start()>
                            {words::start(MOST)}
                        </button>
                    </p>
                }
                    .into_any()
            }
        }}
        // Everyone at risk is read for this page only when it is asked for.
        <Show when=move || sample.wanted.get()>
            <Everyone sample />
        </Show>
    }
}

#[component]
fn Progress(sample: Sample) -> impl IntoView {
    let done = move || sample.people.with(Vec::len) + sample.failed.get();
    view! {
        <p class="reading">
            <progress
                aria-label=words::PROGRESS
                max=move || sample.of.get().map(|of| of.to_string())
                value=move || sample.of.get().map(|_| done().to_string())
            ></progress>
            <span class="note numbers">
                {move || sample.of.get().map(|of| words::progress(done(), of))}
            </span>
            <button type="button" class="button small" on:click=move |_| sample.stop()>
                {words::STOP}
            </button>
        </p>
    }
}

/// Starts once everyone is known.
#[component]
fn Everyone(sample: Sample) -> impl IntoView {
    let people = data::use_people();
    let known = Memo::new(move |_| people.data().is_some());
    Effect::new(move || match (sample.runs.get(), known.get()) {
        (true, true) => sample.begin(),
        (true, false) if people.error().is_some() => sample.stop(),
        _ => {}
    });
    view! { <Trouble query=people what=text::THE_USERS /> }
}
