//! The questions before many resets: whom, what it does, why, and a number to type where there are
//! many.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    BatchId, RiskLevel,
    bulk::{self, Bulk, Plan, Target},
};

use super::work::Work;
use crate::{
    components::level::LevelMark,
    data::{self, Selection},
    text::{self, bulk as words},
    ui::{
        dialog::{Dialog, DialogFoot},
        field::TextField,
    },
};

/// With more people than this their number is to be typed.
const MANY: usize = 25;
/// How many are named.
const NAMED: usize = 5;
/// What the audit log takes (`X-Riskdesk-Reason`), in characters.
const LONGEST: usize = 1_000;

#[component]
pub fn BulkDialog(work: Work, open: RwSignal<bool>) -> impl IntoView {
    let selection = Selection::expect();
    let integrations = data::use_integrations();
    let people = Memo::new(move |_| selection.with(targets));
    let total = move || people.with(Vec::len);
    let (reason, ticket, typed) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let verdict = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let miscounted = RwSignal::new(false);
    let refused = RwSignal::new(None::<&'static str>);
    let close = Callback::new(move |()| open.set(false));
    let start = move || {
        let chosen = verdict.get_untracked();
        let chosen = Some(chosen.as_str()).filter(|verdict| !verdict.is_empty());
        let words = reason.get_untracked();
        let whole = bulk::reason(&words, &ticket.get_untracked(), chosen);
        wrong.set(if words.trim().is_empty() {
            Some(words::REASON_MISSING)
        } else {
            (whole.chars().count() > LONGEST).then_some(words::REASON_LONG)
        });
        let people = people.get_untracked();
        let counted = typed.with_untracked(|typed| typed.trim().replace(',', ""));
        miscounted.set(people.len() > MANY && counted != people.len().to_string());
        if wrong.get_untracked().is_some() || miscounted.get_untracked() || people.is_empty() {
            return;
        }
        let plan = Plan { batch: new_batch(), reason: whole, people };
        refused.set(work.start(Bulk::new(plan)).err());
        if refused.get_untracked().is_none() {
            open.try_set(false);
        }
    };
    let whom = move || {
        people.with(|people| {
            let names: Vec<_> = people.iter().take(NAMED).map(|one| one.name.clone()).collect();
            words::whom(&names, people.len())
        })
    };
    let effect = move || {
        let okta = integrations.data().map_or(0, |all| all.iter().filter(|i| i.active).count());
        words::effect(total(), okta)
    };
    let title = Signal::derive(move || words::title(total()));
    view! {
        <Dialog open title on_close=close>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    start();
                }
            >
                <ul class="by-level">
                    {move || {
                        levels(&people.get())
                            .into_iter()
                            .map(|(level, count)| {
                                let words = words::of_level(count, level.as_ref());
                                view! {
                                    <li>
                                        <LevelMark level />
                                        <bdi>{words}</bdi>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
                <p>
                    <bdi>{whom}</bdi>
                </p>
                <p>{effect}</p>
                <TextField
                    label=text::REASON
                    value=reason
                    hint=words::REASON_HINT.to_owned()
                    error=Signal::derive(move || wrong.get().map(str::to_owned))
                    multiline=true
                    autofocus=true
                />
                <div class="pair">
                    <TextField
                        label=words::TICKET
                        value=ticket
                        hint=words::TICKET_HINT.to_owned()
                    />
                    <label class="field">
                        <span>{words::VERDICT}</span>
                        <select
                            class="select"
                            on:change=move |event| verdict.set(event_target_value(&event))
                        >
                            <option value="" selected=move || verdict.with(String::is_empty)>
                                {words::NO_VERDICT}
                            </option>
                            {words::VERDICTS
                                .map(|(label, value)| {
                                    view! {
                                        <option
                                            value=value
                                            selected=move || verdict.with(|chosen| chosen == value)
                                        >
                                            {label}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    </label>
                </div>
                <Show when=move || { total() > MANY }>
                    <TextField
                        label=words::COUNT
                        value=typed
                        hint=Signal::derive(move || Some(words::type_count(total())))
                        error=Signal::derive(move || {
                            miscounted.get().then(|| words::type_count(total()))
                        })
                        inputmode="numeric"
                    />
                </Show>
                {move || {
                    refused
                        .get()
                        .map(|why| view! { <p class="notice failure" role="alert">{why}</p> })
                }}
                <DialogFoot>
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        {text::CANCEL}
                    </button>
                    <button type="submit" class="button danger">
                        {words::CONTINUE}
                    </button>
                </DialogFoot>
            </form>
        </Dialog>
    }
}

/// The selected people, the riskiest first.
fn targets(selected: &BTreeMap<model::UserId, data::Selected>) -> Vec<Target> {
    let target = |(id, person): (&model::UserId, &data::Selected)| Target {
        id: *id,
        name: person.name.clone(),
        level: person.level.clone(),
    };
    let mut people: Vec<_> = selected.iter().map(target).collect();
    people.sort_by(|a, b| b.level.cmp(&a.level).then_with(|| a.name.cmp(&b.name)));
    people
}

/// How many there are of each level; they come in its order.
fn levels(people: &[Target]) -> Vec<(Option<RiskLevel>, usize)> {
    people
        .chunk_by(|a, b| a.level == b.level)
        .map(|group| (group[0].level.clone(), group.len()))
        .collect()
}

fn new_batch() -> BatchId {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        // Sixteen bytes are never too many to ask for.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    BatchId::of_random(bytes)
}
