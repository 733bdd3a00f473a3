//! What is known of each behavior, once people's events are read: whom it was triggered for, how
//! often, and how that has changed of late.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{Behaviors, Seen, seen::DAYS};

use super::{
    changes::name,
    sample::{Reader, Sample},
};
use crate::{
    clock,
    data::{self, Tagged},
    text::{self, seen as words},
    ui::{plain::plain, sparkline::Sparkline},
};

#[component]
pub(super) fn Known(now: data::Query<Tagged<Behaviors>>, sample: Sample) -> impl IntoView {
    let seen = Memo::new(move |_| {
        sample.with(|people| {
            (!people.is_empty()).then(|| Seen::of(people.iter().map(AsRef::as_ref), clock::now()))
        })
    });
    let basis = move || {
        let read = sample.with(<[_]>::len);
        (read > 0).then(|| {
            view! { <p class="note">{words::basis(read, sample.at_risk(), sample.failed())}</p> }
        })
    };
    let table = move || {
        let (seen, now) = (seen.get()?, now.data()?);
        Some(view! { <Table seen=all(&now, seen) /> })
    };
    view! {
        <section class="stack known" aria-label=words::KNOWN>
            <h2>{words::KNOWN}</h2>
            <p class="prose note">{words::NOTE}</p>
            <Reader sample />
            {table}
            {basis}
        </section>
    }
}

/// The behaviors of the account, and others that events name; those with the most events first.
fn all(now: &Behaviors, mut seen: BTreeMap<String, Seen>) -> Vec<(String, Seen)> {
    let mut rows: Vec<_> = now
        .behaviors
        .iter()
        .map(|(key, behavior)| {
            let seen = seen.remove(&behavior.name).unwrap_or_default();
            (name(key, behavior), seen)
        })
        .collect();
    rows.extend(seen);
    rows.sort_by(|(a, x), (b, y)| y.events.cmp(&x.events).then_with(|| a.cmp(b)));
    rows
}

#[component]
fn Table(seen: Vec<(String, Seen)>) -> impl IntoView {
    let days = seen.iter().flat_map(|(_, seen)| &seen.days);
    let highest = days.copied().max().unwrap_or_default();
    let row = |(name, seen): (String, Seen)| {
        let (last, before) = seen.halves();
        view! {
            <tr>
                <th scope="row">
                    <bdi dir="auto">{plain(&name)}</bdi>
                </th>
                <td class="numbers">{text::number(seen.people as u64)}</td>
                <td class="numbers">{text::number(seen.events as u64)}</td>
                <td class="c-trend">
                    <div class="trend">
                        <Sparkline
                            values=seen.days.to_vec()
                            highest
                            label=words::picture(&seen.days)
                        />
                        <span class="note numbers">{words::trend(last, before, DAYS / 2)}</span>
                    </div>
                </td>
            </tr>
        }
    };
    view! {
        <table class="table known" aria-label=words::KNOWN>
            <thead>
                <tr>
                    <th scope="col">{text::BEHAVIOR}</th>
                    <th scope="col" class="numbers">
                        {words::PEOPLE}
                    </th>
                    <th scope="col" class="numbers">
                        {text::EVENTS}
                    </th>
                    <th scope="col">{words::last_days(DAYS)}</th>
                </tr>
            </thead>
            <tbody>{seen.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
