//! One incident: what its people share, when it was for each, and what can be done with all of them.

use columns::{Column, LevelFilter, Sort, View};
use incidents::{Fact, Incident};
use leptos::prelude::*;
use model::{Role, UserRiskInfo};

use crate::{
    clock,
    components::when::When,
    data::Selection,
    query,
    routes::AppRoute,
    session::Session,
    text,
    ui::{announcer::Announcer, file},
};

/// The facts that are named; the others say the same.
const FACTS: usize = 8;

/// An item of the list of incidents.
pub fn item(incident: &Incident, view: &View) -> impl IntoView + use<> {
    let domain = incident.facts.iter().find_map(|(fact, _)| match fact {
        Fact::Domain(domain) => Some((domain, None)),
        Fact::DomainAtLevel(domain, level) => Some((domain, Some(level))),
        Fact::Value { .. } => None,
    });
    let minutes = incident.span().map_or(0, |(first, last)| (last - first).num_minutes() + 1);
    let title = text::incident(
        incident.moments.len(),
        domain.map(|(domain, _)| domain.as_str()),
        incident.behavior.as_deref(),
        minutes,
    );
    let list = domain.map(|(domain, level)| {
        let levels =
            level.map_or_else(LevelFilter::default, |level| LevelFilter::parse(level.as_str()));
        let href = query::href(
            &AppRoute::Users.path(),
            &[
                ("level", levels.to_text()),
                ("q", domain.clone()),
                ("sort", Sort { column: Column::LastEvent, descending: true }.to_text()),
            ],
        );
        view! { <a href=href>{text::everyone_of(domain)}</a> }
    });
    let facts = incident.facts.iter().take(FACTS).filter_map(|(fact, people)| {
        let Fact::Value { path, value } = fact else { return None };
        let share = text::share(*people, incident.moments.len());
        Some(view! {
            <li>
                <span class="mono">{path.clone()}</span>
                " "
                <bdi class="mono">{text::name(value)}</bdi>
                " "
                <span class="note">{share}</span>
            </li>
        })
    });
    let facts = facts.collect_view();
    let moments = incident.moments.iter().filter_map(|(at, who)| {
        let person = view.rows.get(*who)?;
        let (at, name) = (*at, text::name(&person.name));
        let name = match person.user_id {
            Some(id) => view! {
                <a href=AppRoute::User(id).path()>
                    <bdi dir="auto">{name}</bdi>
                </a>
            }
            .into_any(),
            None => view! { <bdi dir="auto">{name}</bdi> }.into_any(),
        };
        Some(view! {
            <li>
                <time
                    class="when numbers"
                    datetime=at.to_rfc3339()
                    data-exact=clock::exact(at)
                >
                    {clock::time_of_day(at)}
                </time>
                " "
                {name}
            </li>
        })
    });
    let moments = moments.collect_view();
    let began = incident.span().map(|(first, _)| view! { <When time=first focusable=true /> });
    let announcer = Announcer::expect();
    let who = StoredValue::new(people(incident, view));
    let unread =
        incident.behavior.is_none().then(|| view! { <span>{text::FROM_THE_SUMMARY_ALONE}</span> });
    view! {
        // Keys go from one to the next (`by_keys`).
        <li tabindex="-1">
            <h3>{title}</h3>
            <p class="note line">{began} {unread} {list}</p>
            <ul class="facts">{facts}</ul>
            <div class="actions">
                {Session::expect().may(Role::Operator).then(|| view! { <SelectAll who /> })}
                <button type="button" class="button small" on:click=move |_| who.with_value(|who| export(who, announcer))>
                    {text::EXPORT_CSV}
                </button>
            </div>
            <details>
                <summary class="line">{text::TIMELINE}</summary>
                <ol class="moments">{moments}</ol>
            </details>
        </li>
    }
}

/// Whom it is of, as the summary has them.
pub fn people(incident: &Incident, view: &View) -> Vec<UserRiskInfo> {
    incident.moments.iter().filter_map(|(_, who)| view.rows.get(*who).cloned()).collect()
}

/// Selects its people, beside those who are selected already.
#[component]
fn SelectAll(who: StoredValue<Vec<UserRiskInfo>>) -> impl IntoView {
    let selection = Selection::expect();
    view! {
        <button
            type="button"
            class="button small"
            on:click=move |_| who.with_value(|who| selection.select(who, true))
        >
            {who.with_value(|who| text::select_all_of_it(who.len()))}
        </button>
    }
}

/// Its people, as the list of users has them in its own file.
pub fn export(who: &[UserRiskInfo], announcer: Announcer) {
    let lines: String = who.iter().map(UserRiskInfo::csv).collect();
    let name = format!("incident-{}.csv", clock::today());
    if file::save(&name, "text/csv", &format!("{}{lines}", UserRiskInfo::CSV_HEADER)).is_none() {
        announcer.alert(text::NOT_SAVED);
    }
}
