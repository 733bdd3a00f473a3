//! The dialog that compares what holds with a file, and stages what the file says otherwise.

use leptos::{html, prelude::*};
use model::{
    BehaviorKey, Configuration,
    configuration::{BehaviorDrift, Drift},
};
use wasm_bindgen_futures::JsFuture;

use super::{
    super::{changes::Setting, drafts::Drafts},
    rows::DriftRows,
};
use crate::{
    components::failure::Loaded,
    data,
    session::Session,
    text::{self, configuration as words},
    ui::{
        announcer::Announcer,
        dialog::{Dialog, DialogFoot, unique_id},
    },
};

/// The largest file that is read, in bytes.
const LARGEST: f64 = 1_000_000.0;

#[component]
pub(super) fn CompareDialog(open: RwSignal<bool>, may_change: bool) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open title=Signal::stored(words::COMPARE_TITLE.to_owned()) on_close=close>
            <Compare close may_change />
        </Dialog>
    }
}

/// What the file says, or why it says nothing.
type Read = Result<Configuration, String>;

#[component]
fn Compare(close: Callback<()>, may_change: bool) -> impl IntoView {
    let file = RwSignal::new(None::<Read>);
    let (behaviors, integrations) = (data::use_behaviors(), data::use_integrations());
    let drift = Memo::new(move |_| {
        let (behaviors, integrations) = (behaviors.data()?, integrations.data()?);
        file.with(|file| match file {
            Some(Ok(file)) => Some(file.drift(&behaviors, &integrations)),
            _ => None,
        })
    });
    let failed = move || {
        file.with(|file| file.as_ref()?.as_ref().err().cloned()).map(|why| {
            view! {
                <p class="notice failure" role="alert">
                    {why}
                </p>
            }
        })
    };
    let of_another = move || {
        let account = file.with(|file| file.as_ref()?.as_ref().ok()?.account_id.clone());
        (account.is_some_and(|account| account != Session::expect().account()))
            .then(|| view! { <p class="notice">{words::OTHER_ACCOUNT}</p> })
    };
    view! {
        <div class="stack">
            <p>{words::COMPARE_NOTE}</p>
            <FileField file />
            <div class="stack" aria-live="polite">
                {failed} {of_another}
                <Loaded
                    query=integrations
                    what=text::THE_INTEGRATIONS
                    skeleton=|| view! { <div class="skeleton bar-skeleton"></div> }.into_any()
                    content=move || {
                        move || drift.get().map(|drift| view! { <DriftRows drift /> })
                    }
                />
            </div>
        </div>
        <Foot drift close may_change />
    }
}

/// Reads the file that is chosen.
#[component]
fn FileField(file: RwSignal<Option<Read>>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let id = unique_id("file");
    let chosen = move |_| {
        let files = input.get_untracked().and_then(|input| input.files());
        let Some(chosen) = files.and_then(|files| files.get(0)) else { return };
        if chosen.size() > LARGEST {
            file.set(Some(Err(words::TOO_LARGE.to_owned())));
            return;
        }
        leptos::task::spawn_local(async move {
            let text = JsFuture::from(chosen.text()).await.ok().and_then(|text| text.as_string());
            let read = match text {
                None => Err(words::NOT_READ.to_owned()),
                Some(text) => Configuration::read(&text)
                    .map_err(|error| words::unreadable(error.line, &error.problem.to_string())),
            };
            // The dialog may be closed by now.
            file.try_set(Some(read));
        });
    };
    view! {
        <div class="field">
            <label for=id.clone()>{words::FILE}</label>
            <input
                node_ref=input
                id=id
                type="file"
                accept=".tf,.json,application/json,text/plain"
                on:change=chosen
            />
        </div>
    }
}

/// A behavior that the account knows, and what it is to become.
fn stageable(drift: &Drift) -> Vec<(BehaviorKey, Setting, model::BehaviorChange)> {
    let edit = |drift: &BehaviorDrift| {
        Some((drift.key.clone(), Setting::of(drift.now.as_ref()?), drift.file))
    };
    drift.behaviors.iter().filter_map(edit).collect()
}

#[component]
fn Foot(drift: Memo<Option<Drift>>, close: Callback<()>, may_change: bool) -> impl IntoView {
    let drafts = Drafts::expect();
    let announcer = Announcer::expect();
    let edits = Memo::new(move |_| drift.with(|d| d.as_ref().map(stageable)).unwrap_or_default());
    let count = move || edits.with(Vec::len);
    let stage = move |_| {
        let edits = edits.get_untracked();
        for (key, now, file) in &edits {
            // The level first: without one of the three there is nothing that could be sent.
            drafts.set_level(key, file.risk_level, now);
            drafts.set_enabled(key, file.enabled, now);
        }
        announcer.status(words::staged(edits.len()));
        close.run(());
    };
    view! {
        <DialogFoot>
            <button type="button" class="button" on:click=move |_| close.run(())>
                {text::CLOSE}
            </button>
            {move || {
                (may_change && count() > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="button primary" on:click=stage>
                                {words::stage(count())}
                            </button>
                        }
                    })
            }}
        </DialogFoot>
    }
}
