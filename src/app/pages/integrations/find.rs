//! Finding an integration by the ID that the identity provider's side knows it by.

use leptos::{html, prelude::*};
use model::ReferenceId;

use crate::{
    data,
    routes::AppRoute,
    text,
    ui::{
        history::{self, Step},
        icon::Icon,
        plain::plain,
    },
};

#[component]
pub(super) fn Find() -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let find = move || {
        let reference = typed.with_untracked(|typed| typed.trim().parse::<ReferenceId>());
        if busy.get_untracked() {
            return;
        }
        let Ok(reference) = reference else {
            failed.set(Some(text::BAD_REFERENCE.to_owned()));
            if let Some(input) = input.get_untracked() {
                let _ = input.focus();
            }
            return;
        };
        busy.set(true);
        failed.set(None);
        leptos::task::spawn_local(async move {
            let found = data::find_integration(reference.clone()).await;
            // The person may have gone elsewhere by now: then they stay there.
            if busy.try_set(false).is_some() {
                return;
            }
            match found.map(|found| found.id) {
                Ok(Some(id)) => history::go(&AppRoute::Integration(id).path(), Step::Visit),
                Ok(None) => failed.set(Some(text::FOUND_WITHOUT_ID.to_owned())),
                Err(error) if error.is_missing() => {
                    failed.set(Some(text::no_reference(&plain(reference.as_str()))));
                }
                Err(error) => {
                    failed.set(Some(text::explain(text::THE_SEARCH, false, &error).sentence()));
                }
            }
        });
    };
    view! {
        <search>
            <form
                class="line find"
                on:submit=move |event| {
                    event.prevent_default();
                    find();
                }
            >
                <div class="search">
                    <Icon name="search" />
                    <input
                        node_ref=input
                        class="input"
                        type="search"
                        aria-label=text::FIND_REFERENCE
                        placeholder=text::FIND_REFERENCE
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        dir="auto"
                        prop:value=typed
                        on:input=move |event| {
                            typed.set(event_target_value(&event));
                            failed.set(None);
                        }
                    />
                </div>
                <button
                    type="submit"
                    class="button"
                    aria-disabled=move || busy.get().then_some("true")
                >
                    {text::FIND}
                </button>
                <span role="alert" class="find-failed">
                    <bdi>{failed}</bdi>
                </span>
            </form>
        </search>
    }
}
