//! `/users`: who is at risk, searched, filtered and sorted; all of it in the URL.

use std::time::Duration;

use columns::{LevelCounts, Page, View};
use leptos::{ev, html, prelude::*};
use model::{RiskLevel, Role, UserRiskInfo};

use super::{
    period::PeriodChip,
    reset::Resetting,
    rows,
    settled::{Settled, settle},
    table::UsersTable,
    url::{ListUrl, TriageUrl, level_href},
};
use crate::{
    components::{
        failure::Trouble,
        freshness::Freshness,
        level::{LevelMark, class},
        level_bar::LevelBar,
    },
    data::{self, Answer, Everyone, State},
    guard::Guard,
    keys,
    pages::parts::{self, Part, PartDialog},
    query::use_pairs,
    session::Session,
    text,
    ui::{
        history::{self, Step},
        icon::Icon,
        menu::Menu,
        page::PageTitle,
        pager::Pager,
    },
};

#[component]
pub fn UsersPage() -> impl IntoView {
    let people = data::use_people();
    let pairs = use_pairs();
    let url = Memo::new(move |_| pairs.with(ListUrl::read));
    let failed = Memo::new(move |_| matches!(people.reading.state(), State::Failed(_)));
    let there = Memo::new(move |_| people.data().is_some());
    let walk = RwSignal::new(None::<String>);
    let exporting = RwSignal::new(false);
    let export = move || exporting.set(there.get_untracked());
    keys::on("e", export);
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::USERS.to_owned()) />
            <div class="actions">
                <Freshness query=people />
                <button
                    type="button"
                    class="button small"
                    aria-disabled=move || (!there.get()).then_some("true")
                    on:click=move |_| export()
                >
                    {text::export::EXPORT}
                </button>
                // There from the start, so that nothing moves when it leads somewhere.
                <a
                    class="button small"
                    href=walk
                    aria-disabled=move || walk.with(Option::is_none).then_some("true")
                >
                    {text::triage::TRIAGE}
                </a>
                <Menu label=text::view::VIEW>{parts::addition(Part::View)}</Menu>
            </div>
        </header>
        <PartDialog part=Part::Export open=exporting />
        <Trouble query=people what=text::THE_USERS />
        <Show when=move || !failed.get()>
            <List people url walk />
        </Show>
    }
}

/// What there is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// The first answer is on its way.
    Waiting,
    Nobody,
    NoMatch,
    Rows,
}

/// The search is there from the start: what is typed while the people are read is answered as
/// soon as they are.
#[component]
fn List(
    people: data::Query<Everyone>,
    url: Memo<ListUrl>,
    /// Where a walk through the list starts.
    walk: RwSignal<Option<String>>,
) -> impl IntoView {
    let answered = data::use_view(people, move || {
        let ListUrl { question, page, per_page } = url.get();
        (question, Page { number: page, rows: per_page })
    });
    let Settled { answer, found, show } = settle(people, answered, url);
    let counts = Memo::new(move |_| people.data().map(|everyone| everyone.levels.clone()));
    let shows = Memo::new(move |_| match answer.get() {
        None => Shows::Waiting,
        Some(_) if counts.with(|c| c.as_ref().is_some_and(|c| c.total() == 0)) => Shows::Nobody,
        Some(Answer { view, .. }) if view.total == 0 => Shows::NoMatch,
        Some(_) => Shows::Rows,
    });
    let of_view = move |part: fn(&View) -> usize| {
        Signal::derive(move || answer.with(|answer| answer.as_ref().map_or(0, |a| part(&a.view))))
    };
    let (total, page) = (of_view(|view| view.total), of_view(|view| view.page));
    let per_page = Signal::derive(move || url.with(|url| url.per_page));
    let matching = Memo::new(move |_| Some(answer.get()?.view.matching.clone()));
    // Rows are kept by what they show: a refresh that changes nothing touches nothing.
    let shown =
        Memo::new(move |_| answer.get().map(|answer| answer.view.rows.clone()).unwrap_or_default());
    // The order of the rows that are shown, not of those that are on their way.
    let sort = Memo::new(move |_| answer.get().map(|answer| answer.question.sort));
    // The row that keys act on, where one has the focus.
    let current = move || Some(rows::current()?).filter(|at| *at < shown.with_untracked(Vec::len));
    rows::move_by_keys();
    let asking = RwSignal::new(false);
    let resetting = Resetting(RwSignal::new(None));
    provide_context(resetting);
    let may_reset = Session::expect().may(Role::Operator);
    let selection = data::Selection::expect();
    keys::on("x", move || {
        let person = current().and_then(|at| shown.with_untracked(|rows| rows.get(at).cloned()));
        if let Some(person) = person.filter(|_| may_reset) {
            selection.toggle(&person);
        }
    });
    keys::on("r", move || {
        let person = current().and_then(|at| shown.with_untracked(|rows| rows.get(at).cloned()));
        let can =
            |person: &UserRiskInfo| person.user_id.is_some() && person.max_risk_level.is_some();
        if let Some(person) = person.filter(|person| may_reset && can(person)) {
            resetting.0.set(Some(person));
            asking.set(true);
        }
    });
    let walk_from = move |row: usize| {
        let before = page.get().saturating_sub(1) * per_page.get();
        let with_page = |(at, person): (usize, &UserRiskInfo)| Some((at, person.user_id?));
        let (at, id) = shown.with(|rows| rows.iter().enumerate().skip(row).find_map(with_page))?;
        Some(url.with(|url| TriageUrl::start(url, before + at + 1)).href(id))
    };
    Effect::new(move || walk.set(walk_from(0)));
    let guard = Guard::expect();
    keys::on("t", move || {
        if let Some(href) = untrack(|| walk_from(current().unwrap_or_default())) {
            guard.follow(href);
        }
    });
    let turn = Callback::new(move |page| {
        history::go(&ListUrl { page, ..url.get_untracked() }.href(), Step::Add);
        // Another page starts at its top.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
    // The table is made while the people are read, once what stands in its place is drawn; then only
    // its texts are missing.
    let made = RwSignal::new(false);
    let make = move || {
        // None where the person has left the page by then.
        let _ = made.try_set(true);
    };
    set_timeout(make, Duration::ZERO);
    let rows_are_made = Memo::new(move |_| made.get() || shows.get() == Shows::Rows);
    let resize = Callback::new(move |per_page| {
        history::go(&ListUrl { per_page, page: 1, ..url.get_untracked() }.href(), Step::Add);
    });
    view! {
        <div class="stack" aria-busy=move || (shows.get() == Shows::Waiting).then_some("true")>
            <Show
                when=move || counts.with(Option::is_some)
                fallback=|| view! { <div class="skeleton bar-skeleton"></div> }
            >
                <LevelBar
                    counts=Signal::derive(move || counts.get().unwrap_or_default())
                    href=level_href
                />
            </Show>
            <Filters url matching=matching.into() found show />
            {move || match shows.get() {
                Shows::Waiting => view! { <Waiting /> }.into_any(),
                Shows::Nobody => view! { <Nobody /> }.into_any(),
                Shows::NoMatch => view! { <NoMatch url /> }.into_any(),
                Shows::Rows => ().into_any(),
            }}
            <Show when=move || rows_are_made.get()>
                <div class="stack" hidden=move || shows.get() != Shows::Rows>
                    <UsersTable rows=shown sort url />
                    <Pager page per_page total go=turn resize />
                </div>
            </Show>
            <PartDialog part=Part::ResetOne open=asking />
        </div>
    }
}

/// In the place of the table; a list that takes long says how far it is.
#[component]
fn Waiting() -> impl IntoView {
    let progress = data::progress();
    view! {
        <div class="skeleton table-skeleton">
            {move || {
                progress.get().map(|data::Progress { bytes, of }| {
                    view! {
                        <p class="reading">
                            <progress
                                aria-label=text::READING_USERS
                                max=of.map(|of| of.to_string())
                                value=of.map(|_| bytes.to_string())
                            ></progress>
                            <span class="note numbers">{text::bytes_read(bytes, of)}</span>
                        </p>
                    }
                })
            }}
        </div>
    }
}

/// The search and the levels. Typing refines the history entry, a level adds one.
#[component]
fn Filters(
    url: Memo<ListUrl>,
    matching: Signal<Option<LevelCounts>>,
    /// How many more people there are in an answer that waits, and what shows it.
    found: Signal<Option<usize>>,
    show: Callback<()>,
) -> impl IntoView {
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
    keys::on("/", move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
            input.select();
        }
    });
    let levels = Memo::new(move |_| {
        let counts = matching.get().unwrap_or_default();
        counts.iter().map(|(level, _)| level).collect::<Vec<_>>()
    });
    let total = move || {
        let filter = url.with(|url| url.question.levels.clone());
        matching.get().map(|counts| {
            let shown = counts.iter().filter(|(level, _)| filter.shows(level.as_ref()));
            text::people(shown.map(|(_, count)| u64::from(count)).sum())
        })
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
                // A box stays the one that has the focus, whatever levels come before it.
                <For
                    each=move || levels.get()
                    key=|level| text::level(level.as_ref())
                    children=move |level| view! { <LevelBox level url matching toggle /> }
                />
            </fieldset>
            <PeriodChip url />
            <span class="total" aria-live="polite">
                {move || match found.get() {
                    None => view! { <span class="note numbers">{total}</span> }.into_any(),
                    Some(new) => view! {
                        <button type="button" class="button small" on:click=move |_| show.run(())>
                            {text::view::show(new)}
                        </button>
                    }
                    .into_any(),
                }}
            </span>
        </search>
    }
}

#[component]
fn LevelBox(
    level: Option<RiskLevel>,
    url: Memo<ListUrl>,
    matching: Signal<Option<LevelCounts>>,
    toggle: Callback<Option<RiskLevel>>,
) -> impl IntoView {
    let word = text::level(level.as_ref());
    let level = StoredValue::new(level);
    let checked = Memo::new(move |_| {
        level.with_value(|level| url.with(|url| url.question.levels.names(level.as_ref())))
    });
    let count = move || {
        let of_level = |counts: &LevelCounts| level.with_value(|level| counts.of(level));
        matching.with(|counts| counts.as_ref().map(of_level))
    };
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
                {move || count().map(|count| text::number(count.into()))}
            </span>
        </label>
    }
}

#[component]
fn NoMatch(url: Memo<ListUrl>) -> impl IntoView {
    let all = move || {
        let url = url.get();
        url.asking(|q| {
            q.text.clear();
            q.levels = columns::LevelFilter::default();
            q.period = columns::Period::default();
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
    view! {
        <div class="empty">
            <p class="strong">{text::NOBODY}</p>
            <p>{parts::addition(Part::BehaviorsOn)}</p>
        </div>
    }
}
