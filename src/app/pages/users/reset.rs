//! The question before a reset, and the reset.

use leptos::prelude::*;
use model::{RiskLevel, UserId, UserRiskInfo};

use crate::{
    components::attempt::{Attempt, Failed},
    data,
    pages::parts::Open,
    text,
    ui::{
        announcer::Announcer,
        dialog::{Dialog, DialogFoot},
        field::TextField,
    },
};

#[component]
pub fn ResetDialog(
    id: UserId,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] level: Signal<Option<RiskLevel>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let announcer = Announcer::expect();
    let integrations = data::use_integrations();
    let reason = RwSignal::new(String::new());
    let attempt = Attempt::new();
    let busy = attempt.busy();
    // The reason stays as it was typed until a reset has used it.
    let close = Callback::new(move |()| {
        attempt.forget();
        open.set(false);
    });
    let reset = move || {
        if !attempt.begin() {
            return;
        }
        let typed = reason.with_untracked(|reason| reason.trim().to_owned());
        leptos::task::spawn_local(async move {
            let outcome = data::reset_user(id, Some(typed).filter(|typed| !typed.is_empty())).await;
            // The page may be gone by now; the reset is announced all the same.
            let name = name.try_get_untracked().unwrap_or_default();
            match outcome {
                Ok(()) => {
                    attempt.succeed();
                    open.try_set(false);
                    reason.try_set(String::new());
                    announcer.status(text::reset_done(&name));
                }
                Err(error) => {
                    attempt.fail(text::explain(text::THE_RESET, true, &error));
                }
            }
        });
    };
    let effect = move || {
        let okta = integrations.data().map_or(0, |all| all.iter().filter(|i| i.active).count());
        text::reset_effect(&name.get(), okta)
    };
    let title = Signal::derive(move || text::reset_title(&name.get()));
    view! {
        <Dialog open title on_close=close busy>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    reset();
                }
            >
                <p dir="ltr">{effect}</p>
                <TextField
                    label=text::REASON
                    value=reason
                    hint=text::REASON_HINT.to_owned()
                    multiline=true
                    autofocus=true
                    disabled=busy
                />
                <Failed why=attempt.failed() />
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
                        aria-disabled=move || busy.get().then_some("true")
                        disabled=move || level.get().is_none()
                    >
                        {move || if busy.get() { text::RESETTING } else { text::RESET }}
                    </button>
                </DialogFoot>
            </form>
        </Dialog>
    }
}

/// Whom the list's dialog is about.
#[derive(Clone, Copy, Debug)]
pub struct Resetting(pub RwSignal<Option<UserRiskInfo>>);

/// The dialog for a person of the list. The part takes [`Resetting`] and [`Open`] from its context.
#[component]
pub fn ResetOne() -> impl IntoView {
    let (Resetting(person), Open(open)): (Resetting, Open) = (expect_context(), expect_context());
    move || {
        let person = person.get()?;
        let level = Signal::stored(person.max_risk_level.clone());
        let name = Signal::stored(text::name(&person.name));
        person.user_id.map(|id| view! { <ResetDialog id name level open /> })
    }
}
