//! The dialog that makes a file of what holds.

use leptos::prelude::*;
use model::Configuration;

use crate::{
    clock,
    components::failure::Loaded,
    data,
    session::Session,
    text::{self, configuration as words},
    ui::{
        announcer::Announcer,
        dialog::{Dialog, DialogFoot},
        file,
    },
};

#[component]
pub(super) fn ExportDialog(open: RwSignal<bool>) -> impl IntoView {
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open title=Signal::stored(words::EXPORT_TITLE.to_owned()) on_close=close>
            <Choice close />
        </Dialog>
    }
}

/// A form of the file.
type Write = fn(&Configuration) -> String;

#[component]
fn Choice(close: Callback<()>) -> impl IntoView {
    let announcer = Announcer::expect();
    let account = StoredValue::new(Session::expect().account());
    let (behaviors, integrations) = (data::use_behaviors(), data::use_integrations());
    let configuration = Memo::new(move |_| {
        let (behaviors, integrations) = (behaviors.data()?, integrations.data()?);
        Some(Configuration::of(account.get_value(), &behaviors, &integrations))
    });
    let left_out = move || {
        let written = configuration.with(|c| c.as_ref().map(|c| c.behaviors.len()));
        let all = behaviors.data().map(|all| all.behaviors.len());
        let left = all.zip(written).map_or(0, |(all, written)| all - written);
        (left > 0).then(|| view! { <p class="notice">{words::left_out(left)}</p> })
    };
    let save = move |write: Write, end: &str, kind: &str| {
        let Some(configuration) = configuration.get_untracked() else { return };
        let name = format!("riskdesk-configuration-{}.{end}", clock::today());
        match file::save(&name, kind, &write(&configuration)) {
            Some(()) => announcer.status(words::SAVED),
            None => announcer.alert(text::NOT_SAVED),
        }
        close.run(());
    };
    let button = move |label: &'static str, write: Write, end: &'static str, kind: &'static str| {
        view! {
            <button
                type="button"
                class="button"
                aria-disabled=move || configuration.with(Option::is_none).then_some("true")
                on:click=move |_| save(write, end, kind)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="stack">
            <p>{words::EXPORT_NOTE}</p>
            <Loaded
                query=integrations
                what=text::THE_INTEGRATIONS
                skeleton=|| view! { <div class="skeleton bar-skeleton"></div> }.into_any()
                content=move || left_out
            />
        </div>
        <DialogFoot>
            <button type="button" class="button" on:click=move |_| close.run(())>
                {text::CANCEL}
            </button>
            {button(words::JSON, Configuration::to_json, "json", "application/json")}
            {button(words::TERRAFORM, Configuration::to_terraform, "tf", "text/plain")}
        </DialogFoot>
    }
}
