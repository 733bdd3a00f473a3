//! The "Demo data" menu, in the demo alone: which day it is, what goes wrong, whether events arrive,
//! and where to look.

mod stories;

use std::sync::Arc;

use leptos::prelude::*;
use model::{Demo, DemoChange, DemoFault, Latency, Scenario};

use crate::{
    components::failure::Failure,
    data::{self, Error, Selection},
    text::{self, demo as words},
    ui::{announcer::Announcer, switch::Switch},
};
use stories::Stories;

/// The latencies to choose from, in milliseconds.
const LATENCIES: [u16; 4] = [0, 500, 2_000, 5_000];

type Known = RwSignal<Option<Result<Demo, Arc<Error>>>>;

#[component]
pub fn DemoMenu() -> impl IntoView {
    let known = Known::new(None);
    let (announcer, selection) = (Announcer::expect(), Selection::expect());
    let read = Callback::new(move |()| {
        known.set(None);
        leptos::task::spawn_local(async move {
            let answer = data::set_demo(DemoChange::default()).await;
            known.try_set(Some(answer.map_err(Arc::new)));
        });
    });
    read.run(());
    let set = Callback::new(move |change: DemoChange| {
        // A switch shows at once what was wanted of it.
        if let Some(Ok(demo)) = known.write().as_mut() {
            demo.arrivals = change.arrivals.unwrap_or(demo.arrivals);
        }
        leptos::task::spawn_local(async move {
            match data::set_demo(change).await {
                Ok(demo) => {
                    known.try_set(Some(Ok(demo)));
                    if change.scenario.is_some() {
                        // They are nobody any more.
                        selection.clear();
                    }
                    announcer.status(match change.scenario {
                        Some(scenario) => words::begun(scenario),
                        None => words::SET.to_owned(),
                    });
                }
                Err(error) => {
                    announcer.alert(text::explain(words::THE_DEMO, true, &error).sentence());
                    // What was chosen is not what is set.
                    read.run(());
                }
            }
        });
    });
    // A new answer moves what is there; only its absence makes it anew.
    let is_there = Memo::new(move |_| match known.get() {
        None => None,
        Some(Ok(_)) => Some(Ok(())),
        Some(Err(error)) => Some(Err(error)),
    });
    let demo = Memo::new(move |last: Option<&Demo>| {
        let now = known.with(|known| known.as_ref().and_then(|known| known.as_ref().ok().copied()));
        now.or(last.copied()).unwrap_or_default()
    });
    view! {
        <div class="stack">
            <p>{words::NOTE}</p>
            {move || match is_there.get() {
                None => view! { <div class="skeleton demo-skeleton" aria-busy="true"></div> }.into_any(),
                Some(Err(error)) => {
                    view! { <Failure what=words::THE_DEMO error retry=read /> }.into_any()
                }
                Some(Ok(())) => view! { <Settings demo set /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Settings(demo: Memo<Demo>, set: Callback<DemoChange>) -> impl IntoView {
    let scenario = Memo::new(move |_| demo.get().scenario);
    view! {
        <Scenarios scenario set />
        <Choice
            label=words::FAULT
            options=DemoFault::ALL.map(|fault| (fault.as_str().to_owned(), words::fault(fault).to_owned())).to_vec()
            chosen=Signal::derive(move || demo.get().fault.as_str().to_owned())
            choose=Callback::new(move |word: String| {
                let fault = DemoFault::ALL.into_iter().find(|fault| fault.as_str() == word);
                set.run(DemoChange { fault, ..DemoChange::default() });
            })
        />
        <Choice
            label=words::LATENCY
            options=LATENCIES.map(|millis| (millis.to_string(), words::latency(millis))).to_vec()
            chosen=Signal::derive(move || demo.get().latency_ms.millis().to_string())
            choose=Callback::new(move |millis: String| {
                let latency = millis.parse::<u64>().ok().and_then(|millis| Latency::try_from(millis).ok());
                set.run(DemoChange { latency_ms: latency, ..DemoChange::default() });
            })
        />
        <div class="line">
            <Switch
                label=words::EVENTS_ARRIVE
                on=Signal::derive(move || demo.get().arrivals)
                set=Callback::new(move |on| {
                    set.run(DemoChange { arrivals: Some(on), ..DemoChange::default() });
                })
                described_by="demo-arrivals".to_owned()
            />
            <span aria-hidden="true">{words::EVENTS_ARRIVE}</span>
        </div>
        <p class="note" id="demo-arrivals">{words::EVENTS_ARRIVE_NOTE}</p>
        {move || view! { <Stories scenario=scenario.get() /> }}
    }
}

#[component]
fn Scenarios(scenario: Memo<Scenario>, set: Callback<DemoChange>) -> impl IntoView {
    let choices = Scenario::ALL.map(|choice| {
        view! {
            <li>
                <label>
                    <input
                        type="radio"
                        name="scenario"
                        prop:checked=move || scenario.get() == choice
                        on:change=move |_| {
                            set.run(DemoChange { scenario: Some(choice), ..DemoChange::default() });
                        }
                    />
                    {words::scenario(choice)}
                </label>
            </li>
        }
    });
    view! {
        <fieldset aria-describedby="demo-scenario">
            <legend class="strong">{words::SCENARIO}</legend>
            <ul>{choices.collect_view()}</ul>
        </fieldset>
        <p class="note" id="demo-scenario">{words::SCENARIO_NOTE}</p>
    }
}

/// One of several, by its value.
#[component]
fn Choice(
    label: &'static str,
    /// Values and names.
    options: Vec<(String, String)>,
    #[prop(into)] chosen: Signal<String>,
    choose: Callback<String>,
) -> impl IntoView {
    let option = move |(value, name): (String, String)| {
        let own = value.clone();
        view! {
            <option value=value prop:selected=move || chosen.with(|chosen| *chosen == own)>
                {name}
            </option>
        }
    };
    view! {
        <label class="demo-choice">
            <span class="strong">{label}</span>
            <select class="select small" on:change=move |event| choose.run(event_target_value(&event))>
                {options.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}
