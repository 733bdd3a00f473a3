//! Where to look in the demo: a link each. The people are those that the simulator has under an ID
//! of their own (`sim::notable`, `sim::sentinels`).

use leptos::prelude::*;
use model::{Role, Scenario};

use crate::{query, routes::AppRoute, session::Session, text::demo as words};

/// Who some of the stories are about.
const MANY_EVENTS: &str = "0dd00000-0000-4000-8000-000000000001";
const BACK_AGAIN: &str = "0dd00000-0000-4000-8000-00000000000d";
const RESET_REFUSED: &str = "fa11ed00-0000-4000-8000-000000000001";
const RESET_TIMES_OUT: &str = "fa11ed00-0000-4000-8000-000000000002";

/// The links of such a day, for whoever is signed in.
#[component]
pub fn Stories(scenario: Scenario) -> impl IntoView {
    let is_admin = Session::expect().may(Role::Admin);
    let stories = stories(scenario, is_admin);
    view! {
        <section aria-labelledby="demo-stories">
            <h2 id="demo-stories">{words::STORIES}</h2>
            <ul class="stories">
                {stories
                    .into_iter()
                    .map(|(title, href)| view! { <li><a href=href>{title}</a></li> })
                    .collect_view()}
            </ul>
        </section>
    }
}

fn stories(scenario: Scenario, is_admin: bool) -> Vec<(&'static str, String)> {
    let person = |id: &str| id.parse().map_or(AppRoute::Users, AppRoute::User).path();
    let users = |pairs: &[(&'static str, String)]| query::href(&AppRoute::Users.path(), pairs);
    let mut stories = Vec::new();
    let together = match scenario {
        Scenario::Quiet => None,
        Scenario::Incident => Some(words::INCIDENT),
        Scenario::Morning | Scenario::Outage => Some(words::SWEEP),
    };
    if let Some(together) = together {
        let domain = [("q", "north.example".to_owned()), ("sort", "-last_event".to_owned())];
        stories.extend([
            (together, AppRoute::Overview.path()),
            (words::TRAVELERS, users(&domain)),
            (words::MANY_EVENTS, person(MANY_EVENTS)),
            (words::BACK_AGAIN, person(BACK_AGAIN)),
            (words::RESET_REFUSED, person(RESET_REFUSED)),
            (words::RESET_TIMES_OUT, person(RESET_TIMES_OUT)),
            (words::FAILURES, users(&[("q", "sentinel.example".to_owned())])),
        ]);
    }
    stories.push((words::WHAT_IF, AppRoute::Behaviors.path()));
    stories.push((words::PAUSED, AppRoute::Integrations.path()));
    if is_admin {
        stories.push((words::ON_RECORD, AppRoute::Audit.path()));
    }
    stories
}
