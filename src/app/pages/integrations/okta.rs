//! The steps of the set-up on both sides, and what each of them takes.

use std::sync::Arc;

use leptos::prelude::*;
use model::Integration;

use crate::{
    data::Tagged,
    routes::AppRoute,
    text,
    ui::{copy::CopyButton, plain::plain},
};

/// The addresses are shown as they came and are no links: they are for Okta and Cloudflare to read.
#[component]
pub(super) fn SetUp(integration: Signal<Arc<Tagged<Integration>>>) -> impl IntoView {
    let tenant = Memo::new(move |_| integration.with(|i| i.tenant_url.clone()));
    let reference = Memo::new(move |_| integration.with(|i| i.reference_id.clone()));
    let well_known = Memo::new(move |_| integration.with(|i| i.well_known_url.clone()));
    let [open, account, same, behaviors] = text::CLOUDFLARE_STEPS;
    let [security, stream, name, paste, create] = text::OKTA_STEPS;
    view! {
        <section class="stack">
            <h2>{text::SET_UP}</h2>
            <h3>{text::IN_CLOUDFLARE}</h3>
            <ol class="steps">
                <li>{open}</li>
                <li>{account} <Taken value=tenant copy=text::COPY_TENANT_URL /></li>
                <li>{same} <Taken value=reference copy=text::COPY_REFERENCE /></li>
                <li>
                    {behaviors} " " <a href=AppRoute::Behaviors.path()>{text::SEE_BEHAVIORS}</a>
                </li>
            </ol>
            <h3>{text::IN_OKTA}</h3>
            <ol class="steps">
                <li>{security}</li>
                <li>{stream}</li>
                <li>{name}</li>
                <li>{paste} <Taken value=well_known copy=text::COPY_WELL_KNOWN /></li>
                <li>{create}</li>
            </ol>
        </section>
    }
}

/// What a step takes, to be copied.
#[component]
fn Taken(value: Memo<String>, copy: &'static str) -> impl IntoView {
    view! {
        <Show
            when=move || value.with(|value| !value.is_empty())
            fallback=|| view! { <p class="note">{text::NOT_KNOWN}</p> }
        >
            <p class="taken">
                <code dir="ltr">{move || plain(&value.get())}</code>
                <CopyButton content=value label=copy />
            </p>
        </Show>
    }
}
