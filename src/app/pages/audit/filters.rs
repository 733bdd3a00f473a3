//! Which lines: by actor, target, change, outcome and day. Each adds a step to the history.

use chrono::{DateTime, SecondsFormat, TimeDelta};
use leptos::prelude::*;
use model::{AuditState, OperationKind};

use super::href;
use crate::{
    query::Pairs,
    text,
    ui::{
        history::{self, Step},
        icon::Icon,
    },
};

#[component]
pub(super) fn Filters(pairs: Memo<Pairs>) -> impl IntoView {
    let set = Callback::new(move |(name, value): (&'static str, String)| {
        history::go(&pairs.with_untracked(|pairs| href(pairs, name, value.trim())), Step::Add);
    });
    let value = move |name| Signal::derive(move || pairs.with(|pairs| pairs.text(name).to_owned()));
    let writes = OperationKind::ALL.into_iter().filter(|kind| kind.is_write());
    let operations =
        writes.map(|kind| (kind.spec().name, text::operation(kind.spec().name))).collect();
    let states = AuditState::ALL.map(|state| (state.as_str(), text::audit_state(state))).to_vec();
    view! {
        <search class="filters">
            {name_filter("actor", text::ACTOR, text::ACTOR_HINT, value("actor"), set)}
            {name_filter("target", text::TARGET, text::TARGET_HINT, value("target"), set)}
            {choice("operation", text::CHANGE, text::ALL_CHANGES, operations, value("operation"), set)}
            {choice("state", text::OUTCOME, text::ALL_OUTCOMES, states, value("state"), set)}
            {day("since", text::SINCE, value("since"), set)}
            {day("until", text::UNTIL, value("until"), set)}
        </search>
    }
}

type Set = Callback<(&'static str, String)>;

/// A whole name: it is looked for once it is entered, not with each key.
fn name_filter(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: Signal<String>,
    set: Set,
) -> AnyView {
    view! {
        <div class="search narrow">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=label
                title=hint
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                dir="auto"
                maxlength="320"
                prop:value=value
                on:change=move |event| set.run((name, event_target_value(&event)))
            />
        </div>
    }
    .into_any()
}

/// One of several words, or all of them.
fn choice(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    words: Vec<(&'static str, &'static str)>,
    value: Signal<String>,
    set: Set,
) -> AnyView {
    let option = move |(word, shown): (&'static str, &'static str)| {
        view! {
            <option value=word prop:selected=move || value.with(|value| value == word)>
                {shown}
            </option>
        }
    };
    view! {
        <select
            class="select"
            aria-label=label
            on:change=move |event| set.run((name, event_target_value(&event)))
        >
            {std::iter::once(("", all)).chain(words).map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// The first or the last day, in UTC as the log has it. In the address the end of a span is the
/// first instant past it.
fn day(name: &'static str, label: &'static str, value: Signal<String>, set: Set) -> AnyView {
    let is_end = name == "until";
    let shown = move || value.with(|value| shown_day(value, is_end)).unwrap_or_default();
    let choose = move |event| {
        set.run((name, instant(&event_target_value(&event), is_end).unwrap_or_default()));
    };
    view! {
        <label class="day-filter">
            <span class="note">{label}</span>
            <input class="input" type="date" prop:value=shown on:change=choose />
        </label>
    }
    .into_any()
}

/// The first instant of a day, or of the day after it.
fn instant(day: &str, after: bool) -> Option<String> {
    let start = DateTime::parse_from_rfc3339(&format!("{day}T00:00:00Z")).ok()?.to_utc();
    let instant = start.checked_add_signed(TimeDelta::days(after.into()))?;
    Some(instant.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// The day that an instant lies on, or the last one before it.
fn shown_day(instant: &str, before: bool) -> Option<String> {
    let instant = DateTime::parse_from_rfc3339(instant).ok()?.to_utc();
    let within = instant.checked_sub_signed(TimeDelta::milliseconds(before.into()))?;
    Some(within.to_rfc3339_opts(SecondsFormat::Secs, true).get(..10)?.to_owned())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn both_days_belong_to_the_span() {
        assert_eq!(instant("2026-10-31", false).unwrap(), "2026-10-31T00:00:00Z");
        assert_eq!(instant("2026-10-31", true).unwrap(), "2026-11-01T00:00:00Z");
        for after in [false, true] {
            let there = instant("2026-10-31", after).unwrap();
            assert_eq!(shown_day(&there, after).unwrap(), "2026-10-31");
        }
        assert_eq!(instant("", false), None);
    }
}
