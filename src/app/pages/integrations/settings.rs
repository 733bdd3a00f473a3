//! What can be changed of an integration: a form for who may, the values for who may not.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Integration, IntegrationId};

use super::{
    form::{Fields, Form, Submit, Valid, Values},
    meanwhile::Meanwhile,
};
use crate::{
    components::attempt::{Attempt, Failed},
    data::{self, IntegrationChange, Tagged},
    guard::Guard,
    text,
    ui::{announcer::Announcer, plain::plain},
};

#[component]
pub(super) fn SettingsForm(
    id: IntegrationId,
    integration: Signal<Arc<Tagged<Integration>>>,
) -> impl IntoView {
    let announcer = Announcer::expect();
    let base = RwSignal::new(integration.with_untracked(|i| Values::of(i)));
    let form = Form::new(&base.get_untracked(), false);
    let attempt = Attempt::new();
    let busy = attempt.busy();
    let edits = Memo::new(move |_| base.with(|base| form.values().differences(base)));
    // What was there when the person began to edit, where somebody else has changed it since.
    let seen = RwSignal::new(None);
    Effect::new(move || {
        let now = integration.with(|i| Values::of(i));
        let before = base.get_untracked();
        if now != before && edits.get_untracked() > 0 {
            seen.update(|seen| {
                seen.get_or_insert_with(|| before.clone());
            });
        }
        form.rebase(&before, &now);
        base.set(now);
    });
    Effect::new(move || {
        if edits.get() == 0 {
            seen.set(None);
            // A change of unknown outcome turns out to have been made once all is read again.
            if attempt.failed().with_untracked(Option::is_some) && !busy.get_untracked() {
                attempt.forget();
                announcer.status(text::NOTHING_LEFT);
            }
        }
    });
    let restore = move || form.fill(&base.get_untracked());
    let unsaved = move || (edits.get() > 0).then(|| text::unsaved(edits.get()));
    Guard::expect().hold(unsaved, Callback::new(move |()| restore()));
    let save = move || {
        if edits.get_untracked() == 0 {
            announcer.status(text::NOTHING_TO_SAVE);
            return;
        }
        let Some(valid) = form.check() else { return };
        let change = changed(valid, &untrack(|| form.values()), &base.get_untracked());
        let known = integration.get_untracked();
        if !attempt.begin() {
            return;
        }
        leptos::task::spawn_local(async move {
            let outcome = data::change_integration(id, change, Some(known)).await;
            // The page may be gone by now; what became of the change is announced all the same.
            match outcome {
                Ok(now) => {
                    if attempt.succeed() {
                        let now = Values::of(&now);
                        form.fill(&now);
                        base.set(now);
                    }
                    announcer.status(text::CHANGES_SAVED);
                }
                Err(error) => {
                    attempt.fail(text::explain_change(text::THE_CHANGES, &error));
                }
            }
        });
    };
    let label = Signal::derive(move || if busy.get() { text::SAVING } else { text::SAVE });
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <Fields form reference_hint=text::REFERENCE_KEEP_HINT busy />
            <Failed why=attempt.failed() />
            <Meanwhile
                seen
                now=base
                wanted=Signal::derive(move || Some(form.values()))
            />
            <div class="line">
                <Submit label busy ready=Signal::derive(move || { edits.get() > 0 }) />
                <button
                    type="button"
                    class="button"
                    disabled=move || busy.get() || edits.get() == 0
                    on:click=move |_| {
                        attempt.forget();
                        restore();
                    }
                >
                    {text::DISCARD}
                </button>
            </div>
        </form>
    }
}

/// The fields that the person changed, and only those.
fn changed(valid: Valid, typed: &Values, base: &Values) -> IntegrationChange {
    IntegrationChange {
        tenant_url: (typed.url != base.url).then_some(valid.tenant_url),
        reference_id: valid.reference_id.filter(|_| typed.reference != base.reference),
        active: (typed.active != base.active).then_some(valid.active),
    }
}

/// The same, to be read.
#[component]
pub(super) fn SettingsList(integration: Signal<Arc<Tagged<Integration>>>) -> impl IntoView {
    view! {
        <dl class="facts">
            <dt>{text::OKTA_TENANT_URL}</dt>
            <dd>
                <bdi>{move || integration.with(|i| plain(&i.tenant_url))}</bdi>
            </dd>
            <dt>{text::REFERENCE_ID}</dt>
            <dd>
                <bdi class="mono">{move || integration.with(|i| plain(&i.reference_id))}</bdi>
            </dd>
            <dt>{text::STATUS}</dt>
            <dd>{move || text::status(integration.with(|i| i.active))}</dd>
        </dl>
        <p class="note">{text::VIEW_ONLY_INTEGRATIONS}</p>
    }
}
