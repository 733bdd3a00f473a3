//! What is new, and how the account is set: behaviors that are off, integrations that are paused or
//! not in order. Each is a link to what it counts.

use chrono::{DateTime, TimeDelta, Utc};
use columns::{Page, Period, Question};
use leptos::prelude::*;
use model::doctor::examine;

use super::visit;
use crate::{
    clock,
    data::{self, Everyone},
    pages::users::period_href,
    routes::AppRoute,
    session::Session,
    text::{self, overview as words},
};

#[component]
pub fn Glance(people: data::Query<Everyone>) -> impl IntoView {
    let behaviors = data::use_behaviors();
    let integrations = data::use_integrations();
    let account = Session::expect().account();
    let behaviors_line = move || match (behaviors.data(), behaviors.error()) {
        (Some(known), _) => {
            let all = &known.behaviors;
            let on = all.values().filter(|behavior| behavior.enabled).count();
            text::behaviors_on(on, all.len())
        }
        (None, Some(_)) => words::BEHAVIORS_NOT_READ.to_owned(),
        (None, None) => text::BEHAVIORS.to_owned(),
    };
    let integrations_line = move || match (integrations.data(), integrations.error()) {
        (Some(all), _) => {
            let wrong = all.iter().filter(|one| {
                let mut problems =
                    examine(one, &all, &account).into_iter().filter_map(|c| c.problem);
                problems.any(|problem| !problem.may_be_meant())
            });
            let paused = all.iter().filter(|one| !one.active).count();
            words::integrations(all.len(), paused, wrong.count())
        }
        (None, Some(_)) => words::INTEGRATIONS_NOT_READ.to_owned(),
        (None, None) => text::INTEGRATIONS.to_owned(),
    };
    let yesterday = clock::now() - TimeDelta::days(1);
    let since_last = visit::begin().map_or_else(
        || view! { <span class="note">{words::FIRST_VISIT}</span> }.into_any(),
        |last| {
            let when = clock::date_time(last, clock::now());
            new(people, last, move |people| words::since_last_visit(people, &when)).into_any()
        },
    );
    view! {
        <ul class="glance" aria-label=words::AT_A_GLANCE>
            <li>{new(people, yesterday, words::in_a_day)}</li>
            <li>{since_last}</li>
            <li>
                <a href=AppRoute::Behaviors.path()>{behaviors_line}</a>
            </li>
            <li>
                <a href=AppRoute::Integrations.path()>{integrations_line}</a>
            </li>
        </ul>
    }
}

/// How many people had an event since, as a link to them.
fn new(
    people: data::Query<Everyone>,
    since: DateTime<Utc>,
    words: impl Fn(u64) -> String + Send + Sync + 'static,
) -> impl IntoView {
    let period = Period { from: Some(since), to: None };
    let answer = data::use_view(people, move || {
        (Question { period, ..Question::default() }, Page { number: 1, rows: 1 })
    });
    let total = move || answer.with(|answer| answer.as_ref().map_or(0, |a| a.view.total)) as u64;
    view! { <a href=period_href(period)>{move || words(total())}</a> }
}
