//! `/users`: who is at risk, searched, filtered and sorted; all of it in the URL.

use std::sync::Arc;

use columns::{LevelCounts, People};
use leptos::{ev, html, prelude::*};
use model::RiskLevel;

use super::{
    table::UsersTable,
    url::{ListUrl, level_href},
};
use crate::{
    components::{
        failure::Loaded,
        freshness::Freshness,
        level::{LevelMark, class},
        level_bar::LevelBar,
    },
    data,
    query::use_pairs,
    routes::AppRoute,
    text,
    ui::{
        history::{self, Step},
        icon::Icon,
        page::PageTitle,
        pager::Pager,
    },
};

#[component]
pub fn UsersPage() -> impl IntoView {
    let people = data::use_people();
    let pairs = use_pairs();
    let url = Memo::new(move |_| pairs.with(ListUrl::read));
    let counts = Signal::derive(move || people.data().map(|p| p.levels()).unwrap_or_default());
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::USERS.to_owned()) />
            <div class="actions">
                <Freshness query=people />
            </div>
        </header>
        <Loaded
            query=people
            what=text::THE_USERS
            skeleton=skeleton
            content=move || {
                view! {
                    <div class="stack">
                        <LevelBar counts href=level_href />
                        <List people=Signal::derive(move || people.data().unwrap_or_default()) url />
                    </div>
                }
            }
        />
    }
}

fn skeleton() -> AnyView {
    view! {
        <div class="stack">
            <div class="skeleton bar-skeleton"></div>
            <div class="skeleton filter-skeleton"></div>
            <div class="skeleton table-skeleton"></div>
        </div>
    }
    .into_any()
}

#[component]
fn List(people: Signal<Arc<People>>, url: Memo<ListUrl>) -> impl IntoView {
    let question = Memo::new(move |_| url.with(|url| url.question.clone()));
    let view = Memo::new(move |_| people.with(|people| question.with(|q| people.view(q))));
    let total = Signal::derive(move || view.with(|view| view.rows.len()));
    // A page past the end (an old link, a list that shrank) is the last one.
    let page = Signal::derive(move || {
        let pages = total.get().div_ceil(url.with(|url| url.per_page)).max(1);
        url.with(|url| url.page).min(pages)
    });
    let per_page = Signal::derive(move || url.with(|url| url.per_page));
    let shown = Memo::new(move |_| {
        let start = (page.get() - 1) * per_page.get();
        view.with(|view| {
            view.rows.iter().skip(start).take(per_page.get()).copied().collect::<Vec<u32>>()
        })
    });
    let matching = Signal::derive(move || view.with(|view| view.matching.clone()));
    let turn = Callback::new(move |page| {
        history::go(&ListUrl { page, ..url.get_untracked() }.href(), Step::Add);
        // Another page starts at its top.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
    let resize = Callback::new(move |per_page| {
        history::go(&ListUrl { per_page, page: 1, ..url.get_untracked() }.href(), Step::Add);
    });
    let nobody = Memo::new(move |_| people.with(|people| people.is_empty()));
    view! {
        <Filters url matching />
        <Show when=move || !nobody.get() fallback=Nobody>
            <Show when=move || { total.get() > 0 } fallback=move || view! { <NoMatch url /> }>
                <UsersTable people shown url />
                <Pager page per_page total go=turn resize />
            </Show>
        </Show>
    }
}

/// The search and the levels. Typing refines the history entry, a level adds one.
#[component]
fn Filters(url: Memo<ListUrl>, matching: Signal<LevelCounts>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let typed = Memo::new(move |_| url.with(|url| url.question.text.clone()));
    let search = move |event: ev::Event| {
        let text = event_target_value(&event);
        history::go(&url.get_untracked().asking(|q| q.text = text).href(), Step::Replace);
    };
    let toggle = Callback::new(move |level: Option<RiskLevel>| {
        let url = url.get_untracked().asking(|q| q.levels.toggle(level.as_ref()));
        history::go(&url.href(), Step::Add);
    });
    focus_on_slash(input);
    let levels = Memo::new(move |_| {
        matching.with(|counts| counts.iter().map(|(level, _)| level).collect::<Vec<_>>())
    });
    let total = move || {
        let filter = url.with(|url| url.question.levels.clone());
        let shown = matching.with(|counts| {
            counts.iter().filter(|(l, _)| filter.shows(l.as_ref())).map(|(_, n)| u64::from(n)).sum()
        });
        text::people(shown)
    };
    view! {
        <search class="filters">
            <div class="search">
                <Icon name="search" />
                <input
                    node_ref=input
                    class="input"
                    type="search"
                    aria-label=text::SEARCH_USERS
                    placeholder=text::SEARCH_HINT
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    dir="auto"
                    prop:value=typed
                    on:input=search
                />
                <kbd aria-hidden="true">"/"</kbd>
            </div>
            <fieldset class="chips">
                <legend class="hidden-label">{text::RISK_LEVEL}</legend>
                {move || {
                    let level_box = |level| view! { <LevelBox level url matching toggle /> };
                    levels.get().into_iter().map(level_box).collect_view()
                }}
            </fieldset>
            <span class="note numbers total">{total}</span>
        </search>
    }
}

#[component]
fn LevelBox(
    level: Option<RiskLevel>,
    url: Memo<ListUrl>,
    matching: Signal<LevelCounts>,
    toggle: Callback<Option<RiskLevel>>,
) -> impl IntoView {
    let word = text::level(level.as_ref());
    let level = StoredValue::new(level);
    let checked = Memo::new(move |_| {
        level.with_value(|level| url.with(|url| url.question.levels.names(level.as_ref())))
    });
    let count = move || level.with_value(|level| matching.with(|counts| counts.of(level)));
    view! {
        <label class=level.with_value(|level| format!("chip {}", class(level.as_ref())))>
            <input
                type="checkbox"
                aria-label=word.clone()
                prop:checked=checked
                on:change=move |_| toggle.run(level.get_value())
            />
            <LevelMark level=level.get_value() />
            <bdi>{word}</bdi>
            <span class="numbers count" aria-hidden="true">
                {move || text::number(count().into())}
            </span>
        </label>
    }
}

/// `/` goes to the search, unless a person is typing.
fn focus_on_slash(input: NodeRef<html::Input>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() != "/" || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let typing = document().active_element().is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                && element.get_attribute("type").as_deref() != Some("checkbox")
        });
        let modal = document().query_selector("dialog[open]").ok().flatten().is_some();
        if let (false, false, Some(input)) = (typing, modal, input.get_untracked()) {
            event.prevent_default();
            let _ = input.focus();
            input.select();
        }
    });
    on_cleanup(move || handle.remove());
}

#[component]
fn NoMatch(url: Memo<ListUrl>) -> impl IntoView {
    let all = move || {
        let url = url.get();
        url.asking(|q| {
            q.text.clear();
            q.levels = columns::LevelFilter::default();
        })
        .href()
    };
    view! {
        <div class="empty">
            <p class="strong">{text::NO_USERS_MATCH}</p>
            <p>{text::NO_USERS_MATCH_NOTE}</p>
            <p>
                <a href=all>{text::CLEAR_FILTERS}</a>
            </p>
        </div>
    }
}

/// An empty list says why it may be empty.
#[component]
fn Nobody() -> impl IntoView {
    let behaviors = data::use_behaviors();
    let on = move || {
        behaviors.data().map(|behaviors| {
            let all = &behaviors.behaviors;
            let on = all.values().filter(|behavior| behavior.enabled).count();
            view! { <a href=AppRoute::Behaviors.path()>{text::behaviors_on(on, all.len())}</a> }
        })
    };
    view! {
        <div class="empty">
            <p class="strong">{text::NOBODY}</p>
            <p>{on}</p>
        </div>
    }
}
