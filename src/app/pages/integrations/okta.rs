//! What is left to do on Okta's side, and the address it takes.

use std::sync::Arc;

use leptos::prelude::*;
use model::Integration;

use crate::{
    data::Tagged,
    text,
    ui::{copy::CopyButton, plain::plain},
};

/// The address is shown as it came and is no link: it is for Okta to read.
#[component]
pub(super) fn FinishInOkta(integration: Signal<Arc<Tagged<Integration>>>) -> impl IntoView {
    let url = Memo::new(move |_| integration.with(|i| i.well_known_url.clone()));
    let known = Memo::new(move |_| url.with(|url| !url.is_empty()));
    view! {
        <section class="stack">
            <h2>{text::FINISH_IN_OKTA}</h2>
            <div class="stack tight">
                <h3>{text::WELL_KNOWN_URL}</h3>
                <Show when=move || known.get() fallback=|| view! { <p>{text::NOT_KNOWN}</p> }>
                    <p class="well-known">
                        <code dir="ltr">{move || plain(&url.get())}</code>
                        <CopyButton content=url label=text::COPY_WELL_KNOWN />
                    </p>
                </Show>
            </div>
            <ol class="steps">
                {text::OKTA_STEPS.map(|step| view! { <li>{step}</li> }).collect_view()}
            </ol>
        </section>
    }
}
