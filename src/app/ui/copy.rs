//! Copying to the clipboard.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{announcer::Announcer, icon::Icon};
use crate::text;

/// A button that copies `content`. `short` is what it shows, `label` what it is called.
#[component]
pub fn CopyButton(
    #[prop(into)] content: Signal<String>,
    #[prop(into)] label: String,
    /// Shows the icon alone.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let announcer = Announcer::expect();
    let (name, hint, shown) = (label.clone(), label.clone(), label);
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        let content = content.get_untracked();
        leptos::task::spawn_local(async move {
            match JsFuture::from(clipboard.write_text(&content)).await {
                Ok(_) => announcer.status(text::COPIED),
                Err(_) => announcer.alert(text::COPY_FAILED),
            }
        });
    };
    view! {
        <button
            type="button"
            class=if bare { "icon-button" } else { "button small" }
            aria-label=bare.then_some(name)
            title=bare.then_some(hint)
            on:click=copy
        >
            <Icon name="copy" />
            {(!bare).then_some(shown)}
        </button>
    }
}
