//! What happened to many people at once: from the summary alone at first, then from the events of
//! whoever was read.

use std::sync::Arc;

use columns::{Column, LevelFilter, Page, Question, Sort, View};
use incidents::{Fact, Incident};
use leptos::prelude::*;

use super::closer::{Closer, Progress};
use crate::{
    components::when::When,
    data::{self, Everyone},
    query,
    routes::AppRoute,
    text,
};

/// The people that are looked at: those with the latest events.
const LATEST: usize = 5_000;
/// The facts that are named; the others say the same.
const FACTS: usize = 8;

#[component]
pub fn Incidents(people: data::Query<Everyone>) -> impl IntoView {
    let answer = data::use_view(people, || {
        let sort = Sort { column: Column::LastEvent, descending: true };
        (Question { sort, ..Question::default() }, Page { number: 1, rows: LATEST })
    });
    let closer = Closer::new();
    let view = Memo::new(move |_| answer.get().map(|answer| Same(answer.view)));
    let found = Memo::new(move |_| {
        closer.looks.get();
        view.get().map(|Same(view)| Arc::new(incidents::find(&closer.people(&view))))
    });
    let start = move || {
        if let (Some(Same(view)), Some(found)) = (view.get_untracked(), found.get_untracked()) {
            closer.start(&view, &found);
        }
    };
    let runs = move || closer.progress.get().is_some_and(|progress| progress.runs);
    view! {
        <section aria-labelledby="incidents" class="incidents">
            <div class="section-head">
                <h2 id="incidents">{text::INCIDENTS}</h2>
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| if runs() { closer.stop() } else { start() }
                >
                    {move || if runs() { text::STOP_READING } else { text::LOOK_CLOSER }}
                </button>
            </div>
            {move || closer.progress.get().map(progress)}
            {move || {
                let (Some(Same(view)), Some(found)) = (view.get(), found.get()) else {
                    return view! { <p class="note">{text::LOOKING_FOR_INCIDENTS}</p> }.into_any();
                };
                if found.is_empty() {
                    return view! { <p>{text::NO_INCIDENTS}</p> }.into_any();
                }
                let items = found.iter().map(|incident| item(incident, &view)).collect_view();
                view! { <ul>{items}</ul> }.into_any()
            }}
            <details>
                <summary class="line">{text::HOW_INCIDENTS_ARE_FOUND}</summary>
                <p class="prose">{text::INCIDENTS_METHOD}</p>
            </details>
        </section>
    }
}

/// A view that is told from another by where it is, not by 5,000 rows.
#[derive(Clone)]
struct Same(Arc<View>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn progress(Progress { read, of, failed, runs }: Progress) -> impl IntoView {
    view! {
        <p class="note">
            {runs
                .then(|| {
                    view! {
                        <progress
                            aria-label=text::READING_EVENTS
                            max=of.to_string()
                            value=read.to_string()
                        ></progress>
                        " "
                    }
                })} {text::events_read(read, of, failed)}
        </p>
    }
}

fn item(incident: &Incident, view: &View) -> impl IntoView + use<> {
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
                <When time=at />
                " "
                {name}
            </li>
        })
    });
    let moments = moments.collect_view();
    let began = incident.span().map(|(first, _)| view! { <When time=first focusable=true /> });
    let unread =
        incident.behavior.is_none().then(|| view! { <span>{text::FROM_THE_SUMMARY_ALONE}</span> });
    view! {
        <li>
            <h3>{title}</h3>
            <p class="note line">{began} {unread} {list}</p>
            <ul class="facts">{facts}</ul>
            <details>
                <summary class="line">{text::TIMELINE}</summary>
                <ol class="moments">{moments}</ol>
            </details>
        </li>
    }
}
