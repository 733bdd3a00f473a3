//! Any address that is no page's.

use leptos::prelude::*;

use crate::{routes::AppRoute, text, ui::page::PageTitle};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::NOT_FOUND.to_owned()) />
        </header>
        <div class="stack">
            <p class="prose">{text::NOT_FOUND_NOTE}</p>
            <p>
                <a href=AppRoute::Users.path()>{text::SEE_USERS}</a>
            </p>
        </div>
    }
}
