//! The list of events, latest first, grouped by day, with resets between them: the text
//! alternative of the lanes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use model::{RiskEvent, RiskEvents, RiskLevel};

use super::url::UserUrl;
use crate::{
    clock,
    components::{
        json_tree::JsonTree,
        level::{LevelBadge, LevelMark, class},
    },
    text,
    ui::{
        copy::CopyButton,
        filter_chip::FilterChip,
        history::{self, Step},
        plain::plain,
    },
};

/// How many events are added at a time: the document stays small however many there are.
const STEP: usize = 100;

/// What stands in the list.
#[derive(Clone, PartialEq)]
enum Entry {
    Day(Option<DateTime<Utc>>),
    Event(RiskEvent),
    Reset(DateTime<Utc>),
}

/// The events that are shown, latest first; those without a date come last.
fn matching(user: &RiskEvents, url: &UserUrl) -> Vec<u32> {
    let numbered = (0..).zip(&user.events);
    let mut shown: Vec<u32> =
        numbered.filter(|(_, event)| url.shows(event)).map(|(number, _)| number).collect();
    let time = |number: u32| user.events[number as usize].timestamp;
    columns::sort(&mut shown, &mut |a, b| time(b).cmp(&time(a)));
    shown
}

/// The first events with the days and resets between them. Where `all` are shown, a reset that is
/// older than every one of them ends the list.
fn entries(user: &RiskEvents, shown: &[u32], all: bool, url: &UserUrl) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut day = None;
    let mut reset =
        user.last_reset_time.filter(|time| url.span.is_none_or(|span| span.holds(*time)));
    let mut start_day = |entries: &mut Vec<Entry>, time: Option<DateTime<Utc>>| {
        let this = time.map(clock::day);
        if day != Some(this) {
            day = Some(this);
            entries.push(Entry::Day(time));
        }
    };
    for event in shown.iter().map(|i| &user.events[*i as usize]) {
        if let Some(time) = reset.filter(|reset| event.timestamp.is_none_or(|time| time < *reset)) {
            start_day(&mut entries, Some(time));
            entries.push(Entry::Reset(time));
            reset = None;
        }
        start_day(&mut entries, event.timestamp);
        entries.push(Entry::Event(event.clone()));
    }
    if let Some(time) = reset.filter(|_| all) {
        start_day(&mut entries, Some(time));
        entries.push(Entry::Reset(time));
    }
    entries
}

/// The entries with what each is known by, so that one that stays keeps its element, with its
/// details open or closed.
fn keyed(entries: Vec<Entry>) -> Vec<(String, Entry)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut key = |entry: &Entry| {
        let key = match entry {
            Entry::Day(time) => format!("day {:?}", time.map(clock::day)),
            Entry::Event(event) => format!("event {}", event.id.0),
            Entry::Reset(_) => "reset".to_owned(),
        };
        // Nothing says that the vendor's IDs are there and differ.
        let times = seen.entry(key.clone()).or_default();
        *times += 1;
        format!("{times} {key}")
    };
    entries.into_iter().map(|entry| (key(&entry), entry)).collect()
}

#[component]
pub fn Timeline(events: Signal<Arc<RiskEvents>>, url: Memo<UserUrl>) -> impl IntoView {
    let limit = RwSignal::new(STEP);
    let matching = Memo::new(move |_| events.with(|user| url.with(|url| matching(user, url))));
    // Another question starts at its top.
    Effect::new(move || {
        url.track();
        limit.set(STEP);
    });
    let total = move || events.with(|user| user.events.len());
    let list = Memo::new(move |_| {
        matching.with(|matching| {
            let shown = &matching[..matching.len().min(limit.get())];
            let all = shown.len() == matching.len();
            keyed(events.with(|user| url.with(|url| entries(user, shown, all, url))))
        })
    });
    let left = move || matching.with(Vec::len).saturating_sub(limit.get());
    view! {
        <section class="stack" aria-label=text::TIMELINE>
            <div class="line timeline-head">
                <h2>{text::TIMELINE}</h2>
                <span class="note numbers">
                    {move || text::events_shown(matching.with(Vec::len), total())}
                </span>
                <TimelineFilters events url />
            </div>
            <ol class="timeline">
                <For
                    each=move || list.get()
                    key=|(key, _)| key.clone()
                    children=|(_, entry)| view! { <EntryView entry /> }
                />
            </ol>
            {move || {
                matching
                    .with(Vec::is_empty)
                    .then(|| view! { <p class="empty">{text::NO_EVENTS_MATCH}</p> })
            }}
            {move || {
                (left() > 0)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button more"
                                on:click=move |_| limit.update(|limit| *limit += STEP)
                            >
                                {text::show_more(left().min(STEP), left())}
                            </button>
                        }
                    })
            }}
        </section>
    }
}

/// Level and behavior; both add to the history.
#[component]
fn TimelineFilters(events: Signal<Arc<RiskEvents>>, url: Memo<UserUrl>) -> impl IntoView {
    let levels = Memo::new(move |_| {
        events.with(|user| {
            let mut levels = BTreeSet::new();
            levels.extend(user.events.iter().map(|event| event.risk_level.clone()));
            levels.into_iter().rev().collect::<Vec<_>>()
        })
    });
    let behaviors = Memo::new(move |_| {
        events.with(|user| {
            let mut names = BTreeSet::new();
            names.extend(user.events.iter().map(|event| event.name.clone()));
            names.into_iter().collect::<Vec<_>>()
        })
    });
    let toggle = Callback::new(move |level: Option<RiskLevel>| {
        let mut url = url.get_untracked();
        url.levels.toggle(level.as_ref());
        history::go(&url.href(), Step::Add);
    });
    let choose = move |event| {
        let url = UserUrl { behavior: event_target_value(&event), ..url.get_untracked() };
        history::go(&url.href(), Step::Add);
    };
    let whole = Callback::new(move |()| {
        history::go(&UserUrl { span: None, ..url.get_untracked() }.href(), Step::Add);
    });
    let span_words = move || {
        let now = clock::now();
        let at = |time| clock::date_time(time, now);
        url.with(|url| url.span.map(|span| text::span(&at(span.from), &at(span.to))))
    };
    view! {
        <fieldset class="chips">
            <legend class="hidden-label">{text::RISK_LEVEL}</legend>
            {move || {
                levels
                    .get()
                    .into_iter()
                    .map(|level| {
                        let word = text::level(level.as_ref());
                        let named = level.clone();
                        let checked = move || url.with(|url| url.levels.names(named.as_ref()));
                        let toggled = level.clone();
                        let class = format!("chip {}", class(level.as_ref()));
                        view! {
                            <label class=class>
                                <input
                                    type="checkbox"
                                    prop:checked=checked
                                    on:change=move |_| toggle.run(toggled.clone())
                                />
                                <LevelMark level />
                                <bdi>{word}</bdi>
                            </label>
                        }
                    })
                    .collect_view()
            }}
        </fieldset>
        <select class="select" aria-label=text::BEHAVIOR on:change=choose>
            <option value="" prop:selected=move || url.with(|url| url.behavior.is_empty())>
                {text::ALL_BEHAVIORS}
            </option>
            {move || {
                behaviors
                    .get()
                    .into_iter()
                    .map(|name| {
                        let this = name.clone();
                        let shown = plain(&name);
                        view! {
                            <option
                                value=name
                                prop:selected=move || url.with(|url| url.behavior == this)
                            >
                                {shown}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
        {move || {
            span_words()
                .map(|words| {
                    view! { <FilterChip words clear=text::WHOLE_TIME on_clear=whole /> }
                })
        }}
    }
}

#[component]
fn EntryView(entry: Entry) -> impl IntoView {
    match entry {
        Entry::Day(time) => {
            let day = time.map(|time| clock::date(time, clock::now()));
            view! {
                <li class="day">
                    <h3>{day.unwrap_or_else(|| text::UNDATED.to_owned())}</h3>
                </li>
            }
            .into_any()
        }
        Entry::Reset(time) => view! {
            <li class="reset-entry">
                {exact_time(time, true)}
                <span>{text::RISK_RESET}</span>
            </li>
        }
        .into_any(),
        Entry::Event(event) => view! { <EventCard event /> }.into_any(),
    }
}

/// The time of day, under a day's heading. What stands in a summary has its focus.
fn exact_time(time: DateTime<Utc>, focusable: bool) -> impl IntoView {
    view! {
        <time
            class="when"
            datetime=time.to_rfc3339()
            data-exact=clock::exact(time)
            tabindex=focusable.then_some("0")
        >
            {clock::time_of_day(time)}
        </time>
    }
}

#[component]
fn EventCard(event: RiskEvent) -> impl IntoView {
    let RiskEvent { id, name, risk_level, timestamp, event_details } = event;
    let head = view! {
        {timestamp.map(|time| exact_time(time, false))}
        <LevelBadge level=risk_level />
        <bdi class="event-name" dir="auto">
            {plain(&text::name(&name))}
        </bdi>
    };
    match event_details {
        None => view! {
            <li class="event">
                <div class="event-head">{head}<span class="note">{text::NO_DETAILS}</span></div>
            </li>
        }
        .into_any(),
        Some(details) => {
            let open = RwSignal::new(false);
            let json = details.text().to_owned();
            view! {
                <li class="event">
                    <details on:toggle=move |event| {
                        let details: web_sys::Element = event_target(&event);
                        open.set(details.has_attribute("open"));
                    }>
                        <summary class="event-head">{head}</summary>
                        {move || {
                            open.get()
                                .then(|| {
                                    view! {
                                        <div class="event-body">
                                            <JsonTree details=details.clone() />
                                            <p class="line">
                                                <CopyButton
                                                    content=Signal::stored(json.clone())
                                                    label=text::COPY_DETAILS
                                                />
                                                <CopyButton
                                                    content=Signal::stored(id.0.clone())
                                                    label=text::COPY_EVENT_ID
                                                />
                                                <span class="note mono">{plain(&id.0)}</span>
                                            </p>
                                        </div>
                                    }
                                })
                        }}
                    </details>
                </li>
            }
            .into_any()
        }
    }
}
