//! Behaviors and integrations as a file, and a file compared with them.
//!
//! - [`export`] as Terraform or JSON
//! - [`compare`] what differs from such a file, staged as edits; [`rows`] shows the differences

mod compare;
mod export;
mod rows;

use leptos::prelude::*;
use model::Role;

use crate::{session::Session, text::configuration as words};
use compare::CompareDialog;
use export::ExportDialog;

/// Two buttons and their dialogs.
#[component]
pub(super) fn Configuration() -> impl IntoView {
    let (exporting, comparing) = (RwSignal::new(false), RwSignal::new(false));
    let may_change = Session::expect().may(Role::Admin);
    let button = |label: &'static str, open: RwSignal<bool>| {
        view! {
            <button type="button" class="button small" on:click=move |_| open.set(true)>
                {label}
            </button>
        }
    };
    view! {
        {button(words::EXPORT, exporting)}
        {button(words::COMPARE, comparing)}
        <ExportDialog open=exporting />
        <CompareDialog open=comparing may_change />
    }
}
