//! `/audit`: who changed what, why, and what became of it.
//!
//! The URL's query is the one of `/api/v1/audit`, so a link shows the same lines to everybody.
//!
//! - [`filters`] choose the lines, [`export`] makes a file of them
//! - [`line`] shows one; [`differences`] says what it changed, [`look`] whether that is there now

mod differences;
mod export;
mod filters;
mod line;
mod look;

use leptos::prelude::*;
use model::{AuditQuery, Role};

use crate::{
    components::{failure::Loaded, freshness::Freshness},
    data::{self, AuditLine},
    query::{self, Pairs, use_pairs},
    routes::AppRoute,
    session::Session,
    text,
    ui::{
        history::{self, Step},
        icon::Icon,
        page::{PageTitle, focus_heading},
        plain::plain,
    },
};
use export::Export;
use filters::Filters;
use line::Line;

#[component]
pub fn AuditPage() -> impl IntoView {
    if Session::expect().may(Role::Admin) {
        view! { <Log /> }.into_any()
    } else {
        view! {
            <header class="page-head">
                <PageTitle title=Signal::stored(text::AUDIT_LOG.to_owned()) />
            </header>
            <p class="prose">{text::AUDIT_NEEDS_ADMIN}</p>
        }
        .into_any()
    }
}

/// The parameters that the address may hold.
const PARAMETERS: [&str; 8] =
    ["actor", "operation", "target", "state", "since", "until", "limit", "cursor"];

/// The address of the log with one parameter changed. Other lines begin at their newest.
fn href(pairs: &Pairs, name: &str, value: &str) -> String {
    let pairs = PARAMETERS.map(|parameter| {
        let kept = if parameter == "cursor" { "" } else { pairs.text(parameter) };
        (parameter, if parameter == name { value } else { kept }.to_owned())
    });
    query::href(&AppRoute::Audit.path(), &pairs)
}

/// The changes of one target, newest first.
pub fn target_href(id: &str) -> String {
    href(&Pairs::default(), "target", id)
}

/// The changes of the behaviors, newest first.
pub fn behaviors_href() -> String {
    href(&Pairs::default(), "operation", "update_behaviors")
}

/// A link to lines of the log, for those who may read them.
pub fn link(href: String) -> Option<AnyView> {
    let link = move || view! { <a href=href>{text::IN_AUDIT_LOG}</a> }.into_any();
    Session::expect().may(Role::Admin).then(link)
}

#[component]
fn Log() -> impl IntoView {
    let here = history::here();
    let query = Memo::new(move |_| {
        here.with(|here| AuditQuery::parse(here.search.trim_start_matches('?')))
    });
    let pairs = use_pairs();
    let asked = Signal::derive(move || query.get().ok());
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::AUDIT_LOG.to_owned()) />
            <div class="actions">
                <Export asked />
            </div>
        </header>
        <div class="stack">
            <Filters pairs />
            {move || match query.get() {
                Ok(query) => view! { <Page query pairs /> }.into_any(),
                // A filter that is quietly left out would show the wrong lines.
                Err(odd) => view! {
                    <div class="notice failure" role="alert">
                        <p class="strong">
                            {text::ODD_AUDIT_QUERY} " " <bdi class="mono">{plain(&odd.0)}</bdi>
                        </p>
                        <p>
                            <a href=AppRoute::Audit.path()>{text::SHOW_ALL_CHANGES}</a>
                        </p>
                    </div>
                }
                .into_any(),
            }}
        </div>
    }
}

/// The lines that one query gives.
#[component]
fn Page(query: AuditQuery, pairs: Memo<Pairs>) -> impl IntoView {
    let is_first = query.cursor.is_none();
    let log = data::use_audit(query);
    let lines = move || log.data().map(|page| page.lines.clone()).unwrap_or_default();
    let next = move || log.data().and_then(|page| page.next);
    let none = Memo::new(move |_| log.data().is_none_or(|page| page.lines.is_empty()));
    let turn = move |cursor: String| {
        history::go(&pairs.with_untracked(|pairs| href(pairs, "cursor", &cursor)), Step::Visit);
        // The button goes with its page.
        focus_heading();
    };
    let older = move |_| {
        if let Some(cursor) = untrack(next) {
            turn(cursor.to_string());
        }
    };
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
                    {move || if none.get() { no_lines(pairs) } else { table(lines()) }}
                    <nav class="pager" aria-label=text::PAGES>
                        <button
                            type="button"
                            class="button small"
                            disabled=is_first
                            on:click=move |_| turn(String::new())
                        >
                            <Icon name="previous" />
                            {text::NEWEST}
                        </button>
                        <button
                            type="button"
                            class="button small"
                            disabled=move || next().is_none()
                            on:click=older
                        >
                            {text::OLDER}
                            <Icon name="next" />
                        </button>
                    </nav>
                }
            }
        />
    }
}

fn table(lines: Vec<AuditLine>) -> AnyView {
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
            {lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
        </table>
    }
    .into_any()
}

/// No line at all, or none that the filters let through.
fn no_lines(pairs: Memo<Pairs>) -> AnyView {
    let filtered = pairs.with_untracked(|pairs| {
        PARAMETERS.iter().any(|parameter| !pairs.text(parameter).is_empty())
    });
    if filtered {
        view! {
            <div class="empty">
                <p class="strong">{text::NO_LINES_MATCH}</p>
                <p>
                    <a href=AppRoute::Audit.path()>{text::SHOW_ALL_CHANGES}</a>
                </p>
            </div>
        }
        .into_any()
    } else {
        view! {
            <div class="empty">
                <p class="strong">{text::NO_LINES}</p>
                <p>{text::NO_LINES_NOTE}</p>
            </div>
        }
        .into_any()
    }
}
