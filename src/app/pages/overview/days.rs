//! People by the day of their last event: four weeks as a picture, each day a link to its people, and
//! the same as a table.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use columns::{LevelCounts, Period};
use leptos::prelude::*;
use model::RiskLevel;

use crate::{
    clock,
    components::level::{LevelBadge, class},
    data::{self, Everyone},
    pages::users::period_href,
    text::{self, overview as words},
};

const DAYS: i32 = 28;
/// Of the highest bar, in the picture's own units.
const HEIGHT: u32 = 600;

/// A day, and how many had their last event on it.
#[derive(Clone, PartialEq)]
struct Day {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    counts: LevelCounts,
}

impl Day {
    fn name(&self) -> String {
        clock::date(self.from, clock::now())
    }

    fn href(&self) -> String {
        period_href(Period { from: Some(self.from), to: Some(self.to) })
    }
}

#[component]
pub fn Days(people: data::Query<Everyone>) -> impl IntoView {
    let days =
        Memo::new(move |_| people.data().map(|everyone| read(&everyone)).unwrap_or_default());
    view! {
        <section class="days" aria-labelledby="days">
            <h2 id="days">{words::BY_DAY}</h2>
            {move || {
                let days = days.get();
                let sum = words::days(&days.iter().map(total).collect::<Vec<_>>());
                view! {
                    <p class="note">{sum}</p>
                    {picture(&days)}
                    <details>
                        <summary class="line">{words::AS_A_TABLE}</summary>
                        {table(&days)}
                    </details>
                }
            }}
        </section>
    }
}

/// The last days, today being the last.
fn read(everyone: &Everyone) -> Vec<Day> {
    let ends: Vec<_> = (1 - DAYS..=1).map(clock::day_begins).collect();
    let counts = everyone.counts_between(&ends);
    let ends = ends.windows(2).map(|ends| (ends[0], ends[1]));
    ends.zip(counts).map(|((from, to), counts)| Day { from, to, counts }).collect()
}

fn total(day: &Day) -> u32 {
    day.counts.total()
}

/// For the eye and the mouse; the table says it to everybody else.
fn picture(days: &[Day]) -> impl IntoView + use<> {
    let highest = days.iter().map(total).max().unwrap_or_default().max(1);
    let first = days.first().map(Day::name);
    let bars = days.iter().map(|day| bar(day, highest)).collect_view();
    view! {
        <div class="picture" aria-hidden="true">
            <div class="bars">{bars}</div>
            <p class="note ends">
                <span>{first}</span>
                <span>{words::TODAY}</span>
            </p>
        </div>
    }
}

/// A day's levels on top of each other, the highest at the bottom, where they can be compared.
fn bar(day: &Day, highest: u32) -> impl IntoView + use<> {
    let mut below = 0;
    let y = |people: u32| HEIGHT - people * HEIGHT / highest;
    let levels = day.counts.iter().filter(|(_, people)| *people > 0).map(|(level, people)| {
        let (bottom, top) = (y(below), y(below + people));
        below += people;
        let height = (bottom - top).max(HEIGHT / 60);
        view! { <rect class=class(level.as_ref()) y=top width="1" height=height /> }
    });
    view! {
        <a href=day.href() tabindex="-1" title=words::day(&day.name(), total(day).into())>
            <svg viewBox=format!("0 0 1 {HEIGHT}") preserveAspectRatio="none">
                {levels.collect_view()}
            </svg>
        </a>
    }
}

fn table(days: &[Day]) -> impl IntoView + use<> {
    let mut levels = BTreeSet::new();
    levels.extend(days.iter().flat_map(|day| day.counts.iter()).map(|(level, _)| level));
    // Highest first.
    let levels: Vec<Option<RiskLevel>> = levels.into_iter().rev().collect();
    let heads = levels.iter().cloned().map(|level| {
        view! {
            <th scope="col" class="numbers">
                <LevelBadge level />
            </th>
        }
    });
    let rows = days.iter().rev().map(|day| {
        let counts = levels.iter().map(|level| {
            view! { <td class="numbers">{text::number(day.counts.of(level).into())}</td> }
        });
        view! {
            <tr>
                <th scope="row">
                    <a href=day.href()>{day.name()}</a>
                </th>
                {counts.collect_view()}
                <td class="numbers">{text::number(total(day).into())}</td>
            </tr>
        }
    });
    view! {
        <table class="table small" aria-label=words::BY_DAY>
            <thead>
                <tr>
                    <th scope="col">{words::DAY}</th>
                    {heads.collect_view()}
                    <th scope="col" class="numbers">
                        {words::ALL}
                    </th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
