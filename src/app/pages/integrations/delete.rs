//! Deleting an integration, confirmed by typing its tenant's host name.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Integration, IntegrationId};

use super::{form::Values, meanwhile::Meanwhile};
use crate::{
    components::attempt::{Attempt, Failed},
    data::{self, Tagged},
    routes::AppRoute,
    text,
    ui::{
        announcer::Announcer,
        dialog::{Dialog, DialogFoot},
        field::TextField,
        history::{self, Step},
    },
};

#[component]
pub(super) fn DeleteSection(
    id: IntegrationId,
    integration: Signal<Arc<Tagged<Integration>>>,
    #[prop(into)] host: Signal<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section class="stack danger-zone">
            <h2>{text::DELETE_INTEGRATION}</h2>
            <p class="prose">{text::DELETE_NOTE}</p>
            <div>
                <button type="button" class="button danger" on:click=move |_| open.set(true)>
                    {text::DELETE}
                </button>
            </div>
        </section>
        <DeleteDialog id integration host open />
    }
}

#[component]
fn DeleteDialog(
    id: IntegrationId,
    integration: Signal<Arc<Tagged<Integration>>>,
    host: Signal<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let now = RwSignal::new(Values::new());
    // What the dialog was opened on.
    let seen = RwSignal::new(None);
    Effect::new(move || {
        now.set(integration.with(|i| Values::of(i)));
        seen.update(|seen| {
            *seen = open.get().then(|| seen.take().unwrap_or_else(|| now.get_untracked()));
        });
    });
    let announcer = Announcer::expect();
    let typed = RwSignal::new(String::new());
    let attempt = Attempt::new();
    let busy = attempt.busy();
    let deleted = StoredValue::new(false);
    on_cleanup(move || {
        // Not before the page has gone: it would ask for what is no more.
        if deleted.try_get_value() == Some(true) {
            data::forget_integration(id);
        }
    });
    let confirmed =
        Memo::new(move |_| host.with(|host| typed.with(|t| t.trim().eq_ignore_ascii_case(host))));
    let close = Callback::new(move |()| {
        attempt.forget();
        typed.set(String::new());
        open.set(false);
    });
    let delete = move || {
        if !confirmed.get_untracked() || !attempt.begin() {
            return;
        }
        let tag = integration.with_untracked(|i| i.tag.clone());
        leptos::task::spawn_local(async move {
            let outcome = data::delete_integration(id, tag).await;
            let host = host.try_get_untracked().unwrap_or_default();
            match outcome {
                Ok(()) => {
                    announcer.status(text::deleted(&host));
                    deleted.try_set_value(true);
                    if attempt.succeed() {
                        open.set(false);
                        history::go(&AppRoute::Integrations.path(), Step::Visit);
                    }
                }
                Err(error) => {
                    attempt.fail(text::explain(text::THE_DELETION, true, &error));
                }
            }
        });
    };
    let title = Signal::derive(move || text::delete_title(&host.get()));
    view! {
        <Dialog open title on_close=close busy>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    delete();
                }
            >
                <p>
                    <bdi>{move || text::delete_effect(&host.get())}</bdi>
                </p>
                <TextField label=text::HOST_NAME value=typed autofocus=true disabled=busy />
                <Failed why=attempt.failed() />
                <Meanwhile seen now />
                <DialogFoot>
                    <button
                        type="button"
                        class="button"
                        disabled=busy
                        on:click=move |_| close.run(())
                    >
                        {text::CANCEL}
                    </button>
                    <button
                        type="submit"
                        class="button danger"
                        disabled=move || !confirmed.get()
                        aria-disabled=move || busy.get().then_some("true")
                    >
                        {move || if busy.get() { text::DELETING } else { text::DELETE }}
                    </button>
                </DialogFoot>
            </form>
        </Dialog>
    }
}
