//! Which lines: by actor, change, target, outcome and time. Typing refines the history entry, a
//! choice adds one.

use chrono::{DateTime, Datelike, Duration, Utc};
use leptos::prelude::*;
use model::{AuditQuery, AuditState, OperationKind};

use super::href;
use crate::{
    query::{History, use_go},
    text,
    ui::icon::Icon,
};

/// What a filter changes of the query.
type Ask = Box<dyn FnOnce(&mut AuditQuery)>;

#[component]
pub(super) fn Filters(query: Memo<AuditQuery>) -> impl IntoView {
    let go = use_go();
    let ask = Callback::new(move |(change, history): (Ask, History)| {
        let mut asked = AuditQuery { cursor: None, ..query.get_untracked() };
        change(&mut asked);
        go(&href(&asked), history);
    });
    let writes = || OperationKind::ALL.into_iter().filter(|kind| kind.is_write());
    let operation = move |event| {
        let name = event_target_value(&event);
        let kind = writes().find(|kind| kind.spec().name == name);
        ask.run((Box::new(move |query| query.operation = kind), History::Add));
    };
    let state = move |event| {
        let state = event_target_value(&event).parse().ok();
        ask.run((Box::new(move |query| query.state = state), History::Add));
    };
    view! {
        <search class="filters">
            <TextFilter
                label=text::ACTOR
                value=Signal::derive(move || query.with(|q| q.actor.clone()))
                set=Callback::new(move |text| {
                    ask.run((Box::new(move |query| query.actor = text), History::Replace));
                })
            />
            <TextFilter
                label=text::TARGET
                value=Signal::derive(move || query.with(|q| q.target.clone()))
                set=Callback::new(move |text| {
                    ask.run((Box::new(move |query| query.target = text), History::Replace));
                })
            />
            <select class="select" aria-label=text::CHANGE on:change=operation>
                <option value="" selected=move || query.with(|q| q.operation.is_none())>
                    {text::ALL_CHANGES}
                </option>
                {writes()
                    .map(|kind| {
                        view! {
                            <option
                                value=kind.spec().name
                                selected=move || query.with(|q| q.operation == Some(kind))
                            >
                                {text::operation(kind.spec().name)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <select class="select" aria-label=text::OUTCOME on:change=state>
                <option value="" selected=move || query.with(|q| q.state.is_none())>
                    {text::ALL_OUTCOMES}
                </option>
                {AuditState::ALL
                    .map(|state| {
                        view! {
                            <option
                                value=state.as_str()
                                selected=move || query.with(|q| q.state == Some(state))
                            >
                                {text::audit_state(state)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <DayFilter
                label=text::SINCE
                value=Signal::derive(move || query.with(|q| q.since))
                set=Callback::new(move |since| {
                    ask.run((Box::new(move |query| query.since = since), History::Add));
                })
            />
            <DayFilter
                label=text::UNTIL
                // The day that is chosen belongs to the span, the instant in the query doesn't.
                value=Signal::derive(move || {
                    query.with(|q| q.until.map(|time| time - Duration::days(1)))
                })
                set=Callback::new(move |day: Option<DateTime<Utc>>| {
                    let until = day.map(|day| day + Duration::days(1));
                    ask.run((Box::new(move |query| query.until = until), History::Add));
                })
            />
        </search>
    }
}

/// The start of a day, UTC, from the form that date fields have.
fn midnight(day: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(&format!("{day}T00:00:00Z")).ok().map(|time| time.to_utc())
}

fn day(time: DateTime<Utc>) -> String {
    format!("{:04}-{:02}-{:02}", time.year(), time.month(), time.day())
}

#[component]
fn TextFilter(
    label: &'static str,
    value: Signal<Option<String>>,
    set: Callback<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="search narrow">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=label
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                maxlength="320"
                prop:value=move || value.get().unwrap_or_default()
                on:input=move |event| {
                    set.run(Some(event_target_value(&event)).filter(|text| !text.is_empty()));
                }
            />
        </div>
    }
}

#[component]
fn DayFilter(
    label: &'static str,
    value: Signal<Option<DateTime<Utc>>>,
    set: Callback<Option<DateTime<Utc>>>,
) -> impl IntoView {
    view! {
        <label class="day-filter">
            <span class="note">{label}</span>
            <input
                class="input"
                type="date"
                prop:value=move || value.get().map(day).unwrap_or_default()
                on:change=move |event| set.run(midnight(&event_target_value(&event)))
            />
        </label>
    }
}
