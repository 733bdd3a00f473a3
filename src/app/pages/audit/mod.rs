//! `/audit`: who changed what, why, and what became of it.
//!
//! The URL's query is the one of `/api/v1/audit`, so a link shows the same lines to everybody.

mod filters;
mod line;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{AuditEntry, AuditQuery, Role};

use crate::{
    components::{failure::Loaded, freshness::Freshness},
    data,
    query::{History, use_go},
    routes::AppRoute,
    session::Session,
    text,
    ui::{icon::Icon, page::PageTitle},
};
use filters::Filters;
use line::Line;

#[component]
pub fn AuditPage() -> impl IntoView {
    let may_read = Session::expect().may(Role::Admin);
    if may_read { view! { <Log /> }.into_any() } else { view! { <NotAllowed /> }.into_any() }
}

#[component]
fn NotAllowed() -> impl IntoView {
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::AUDIT_LOG.to_owned()) />
        </header>
        <p class="prose" role="alert">
            {text::AUDIT_NEEDS_ADMIN}
        </p>
    }
}

/// The address of the log as `query` asks for it.
fn href(query: &AuditQuery) -> String {
    match query.to_query() {
        query if query.is_empty() => AppRoute::Audit.path(),
        query => format!("{}?{query}", AppRoute::Audit.path()),
    }
}

#[component]
fn Log() -> impl IntoView {
    let search = use_location().search;
    // What makes no sense in an address counts as not said.
    let query = Memo::new(move |_| {
        search.with(|search| AuditQuery::parse(search.trim_start_matches('?')).unwrap_or_default())
    });
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::AUDIT_LOG.to_owned()) />
        </header>
        <div class="stack">
            <Filters query />
            {move || view! { <Page query=query.get() /> }}
        </div>
    }
}

/// The lines that one query gives.
#[component]
fn Page(query: AuditQuery) -> impl IntoView {
    let log = data::use_audit(query.clone());
    let entries = Signal::derive(move || log.data().map(|p| p.entries.clone()).unwrap_or_default());
    let next = Signal::derive(move || log.data().and_then(|page| page.next));
    let some = Memo::new(move |_| entries.with(|entries| !entries.is_empty()));
    let query = StoredValue::new(query);
    view! {
        <div class="line end">
            <Freshness query=log />
        </div>
        <Loaded
            query=log
            what=text::THE_AUDIT_LOG
            skeleton=|| view! { <div class="skeleton table-skeleton"></div> }.into_any()
            content=move || {
                view! {
                    <Show when=move || some.get() fallback=NoLines>
                        <Lines entries />
                    </Show>
                    <Pages query=query.get_value() next />
                }
            }
        />
    }
}

#[component]
fn Lines(entries: Signal<Vec<AuditEntry>>) -> impl IntoView {
    view! {
        <table class="table audit" aria-label=text::AUDIT_LOG>
            <thead>
                <tr>
                    <th scope="col" class="c-when">{text::WHEN}</th>
                    <th scope="col" class="c-actor">{text::ACTOR}</th>
                    <th scope="col" class="c-change">{text::CHANGE}</th>
                    <th scope="col" class="c-state">{text::OUTCOME}</th>
                    <th scope="col" class="c-reason">{text::REASON}</th>
                </tr>
            </thead>
            {move || entries.get().into_iter().map(|entry| view! { <Line entry /> }).collect_view()}
        </table>
    }
}

#[component]
fn NoLines() -> impl IntoView {
    view! {
        <div class="empty">
            <p class="strong">{text::NO_LINES}</p>
            <p>{text::NO_LINES_NOTE}</p>
        </div>
    }
}

/// Older lines, and back to the newest.
#[component]
fn Pages(query: AuditQuery, next: Signal<Option<u64>>) -> impl IntoView {
    let go = use_go();
    let is_first = query.cursor.is_none();
    let turn = Callback::new(move |cursor: Option<u64>| {
        go(&href(&AuditQuery { cursor, ..query.clone() }), History::Add);
    });
    view! {
        <nav class="pager" aria-label=text::PAGES>
            <button
                type="button"
                class="button small"
                disabled=is_first
                on:click=move |_| turn.run(None)
            >
                <Icon name="previous" />
                {text::NEWEST}
            </button>
            <button
                type="button"
                class="button small"
                disabled=move || next.get().is_none()
                on:click=move |_| turn.run(next.get_untracked())
            >
                {text::OLDER}
                <Icon name="next" />
            </button>
        </nav>
    }
}
