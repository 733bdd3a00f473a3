//! `/users/{user_id}?view=evidence`: all that is known of a person on one page, to be printed or
//! kept as JSON: who, which level, the event that decided it, every event, every reset and why.
//!
//! - [`pack`] the same as one JSON document
//! - [`resets`] what the audit log says, for those who may read it

mod pack;
mod resets;

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;
use model::{RiskEvent, RiskEvents, UserId};

use super::why::{self, Why};
use crate::{
    clock,
    components::level::LevelBadge,
    routes::AppRoute,
    session::Session,
    text::{self, evidence as words},
    ui::{
        announcer::Announcer,
        icon::Icon,
        page::{PageTitle, focus_heading},
        plain::plain,
    },
};
use pack::Pack;
use resets::{Resets, ResetsTable};

/// A time as evidence has it: ISO 8601, UTC.
fn utc(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn utc_or_none(time: Option<DateTime<Utc>>) -> String {
    time.map_or(words::NOT_DATED.to_owned(), utc)
}

#[component]
pub(super) fn Evidence(id: UserId, user: Arc<RiskEvents>) -> impl IntoView {
    let announcer = Announcer::expect();
    let session = Session::expect();
    let at = clock::now();
    let level = why::level(&user);
    let deciding = level.as_ref().and_then(|level| why::deciding(&user, level)).cloned();
    let resets = Resets::read(id);
    let pack = StoredValue::new(Pack { id, user: user.clone(), at, who: session.who() });
    let save = move |_| {
        // Half of it would pass for the whole.
        let Some(resets) = resets.known() else { return };
        match pack.with_value(|pack| pack.save(session.account(), &resets)) {
            Some(()) => announcer.status(words::SAVED),
            None => announcer.alert(text::NOT_SAVED),
        }
    };
    let print = move |_| {
        if resets.known().is_some() && window().print().is_err() {
            announcer.alert(text::export::NOT_PRINTED);
        }
    };
    let waits = move || resets.known().is_none().then_some("true");
    let row = |name: &'static str, value: String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <bdi>{value}</bdi>
                </dd>
            </div>
        }
    };
    let no_event = if level.is_some() { words::NO_DECIDING } else { words::NO_LEVEL };
    view! {
        <a class="back" href=AppRoute::User(id).path() on:click=|_| focus_heading()>
            <Icon name="back" />
            {words::BACK}
        </a>
        <header class="page-head">
            <PageTitle title=Signal::stored(text::name(&user.name)) />
            <LevelBadge level=level.clone() />
            <div class="actions">
                <button type="button" class="button small" aria-disabled=waits on:click=save>
                    {words::JSON}
                </button>
                <button type="button" class="button small" aria-disabled=waits on:click=print>
                    {words::PRINT}
                </button>
            </div>
        </header>
        <div class="stack evidence">
            <p class="note">{words::taken(&plain(&session.who()), &utc(at))}</p>
            <section>
                <h2>{words::IDENTITY}</h2>
                <dl>
                    {row(text::NAME, text::name(&user.name))} {row(text::EMAIL, plain(&user.email))}
                    {row(words::USER_ID, id.to_string())}
                    {row(words::ACCOUNT, session.account().to_string())}
                    {row(text::RISK_LEVEL, text::level(level.as_ref()))}
                    {row(
                        words::LAST_RESET,
                        user.last_reset_time.map_or(words::NEVER.to_owned(), utc),
                    )}
                </dl>
                <Why user=Signal::stored(user.clone()) />
            </section>
            <section>
                <h2>{words::DECIDING}</h2>
                {match deciding {
                    Some(event) => view! { <EventsTable events=vec![event] label=words::DECIDING /> }
                        .into_any(),
                    None => view! { <p>{no_event}</p> }.into_any(),
                }}
            </section>
            <section>
                <h2>{words::RESETS}</h2>
                <ResetsTable resets />
            </section>
            <section>
                <h2>{words::events(user.events.len())}</h2>
                <EventsTable events=newest_first(&user.events) label=text::TIMELINE />
            </section>
        </div>
    }
}

fn newest_first(events: &[RiskEvent]) -> Vec<RiskEvent> {
    let mut sorted = events.to_vec();
    sorted.sort_by_key(|event| std::cmp::Reverse(event.timestamp));
    sorted
}

#[component]
fn EventsTable(events: Vec<RiskEvent>, label: &'static str) -> impl IntoView {
    let row = |event: RiskEvent| {
        let details = event.event_details.as_ref().map(|details| plain(details.text()));
        view! {
            <tr>
                <td class="numbers">{utc_or_none(event.timestamp)}</td>
                <td>
                    <LevelBadge level=event.risk_level />
                </td>
                <th scope="row">
                    <bdi dir="auto">{plain(&text::name(&event.name))}</bdi>
                    <span class="second-line mono">{plain(&event.id.0)}</span>
                    {details.map(|details| view! { <code class="details">{details}</code> })}
                </th>
            </tr>
        }
    };
    view! {
        <table class="table" aria-label=label>
            <thead>
                <tr>
                    <th scope="col">{words::TIME}</th>
                    <th scope="col">{text::LEVEL}</th>
                    <th scope="col">
                        {text::BEHAVIOR} ", " {words::EVENT_ID} ", " {words::DETAILS}
                    </th>
                </tr>
            </thead>
            <tbody>{events.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
