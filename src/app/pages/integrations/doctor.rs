//! The Okta doctor: of each integration what is right, what is wrong, and how to mend it.

use std::sync::Arc;

use leptos::prelude::*;
use model::{
    AuditQuery, AuditState, Integration, IntegrationId, OperationKind, Role, Shape,
    doctor::{Checked, Problem, examine},
};

use super::host;
use crate::{
    components::when::When,
    data::{self, AuditLine},
    routes::AppRoute,
    session::Session,
    text,
};

/// A checklist as it is shown; made anew only where it has changed.
#[derive(Clone, PartialEq)]
struct Patient {
    id: Option<IntegrationId>,
    host: String,
    list: Vec<Checked>,
}

#[component]
pub(super) fn Doctor(all: Signal<Arc<Vec<Integration>>>) -> impl IntoView {
    let account = Session::expect().account();
    let patients = Memo::new(move |_| {
        let patient = |all: &[Integration], one: &Integration| Patient {
            id: one.id,
            host: host(one),
            list: examine(one, all, &account),
        };
        all.with(|all| all.iter().map(|one| patient(all, one)).collect::<Vec<_>>())
    });
    view! {
        <Show when=move || patients.with(|patients| !patients.is_empty())>
            <section class="stack doctor">
                <h2>{text::OKTA_DOCTOR}</h2>
                <p class="prose note">{text::OKTA_DOCTOR_NOTE}</p>
                {move || {
                    patients.get().into_iter().map(|patient| view! { <One patient /> }).collect_view()
                }}
            </section>
        </Show>
    }
}

#[component]
fn One(patient: Patient) -> impl IntoView {
    let Patient { id, host, mut list } = patient;
    // What there is to do comes first.
    list.sort_by_key(|checked| match checked.problem {
        Some(problem) => u8::from(problem.may_be_meant()),
        None => 2,
    });
    let found = list.iter().filter(|checked| checked.problem.is_some()).count();
    let line = move |Checked { check, problem }| {
        let sentence = problem.map(text::doctor_problem);
        let since = id.filter(|_| problem == Some(Problem::Paused));
        view! {
            <li class:good=problem.is_none()>
                <span class="verdict">{text::doctor_verdict(problem)}</span>
                <div>
                    <p>{text::doctor_check(check)}</p>
                    {sentence.map(|sentence| view! { <p class="note">{sentence}</p> })}
                    {since.map(|id| view! { <PausedSince id /> })}
                </div>
            </li>
        }
    };
    let steps = id.map(|id| {
        view! {
            <p class="foot">
                <a href=AppRoute::Integration(id).path()>{text::SET_UP_STEPS}</a>
            </p>
        }
    });
    view! {
        <details open=found.ne(&0)>
            <summary class="line">
                <span>
                    <bdi class="strong">{host}</bdi>
                    " "
                    <span class="note">{text::doctor_sum(found)}</span>
                </span>
            </summary>
            <ul class="checks">{list.into_iter().map(line).collect_view()}</ul>
            {steps}
        </details>
    }
}

/// When it was paused, by the audit log; nothing where that says nothing or may not be read.
#[component]
fn PausedSince(id: IntegrationId) -> impl IntoView {
    Session::expect().may(Role::Admin).then(|| {
        let lines = data::use_audit(AuditQuery {
            operation: Some(OperationKind::UpdateIntegration),
            target: Some(id.to_string()),
            state: Some(AuditState::Succeeded),
            ..AuditQuery::default()
        });
        let since = move || lines.data()?.lines.iter().find(|line| pauses(line)).map(|l| l.at);
        move || {
            since().map(|time| {
                view! {
                    <p class="note">
                        {text::PAUSED} " " <When time focusable=true />
                    </p>
                }
            })
        }
    })
}

/// Whether it was active before this change and not after.
fn pauses(line: &AuditLine) -> bool {
    let active = |json: &Option<model::EventDetails>| match json.as_ref().map(|j| j.shape()) {
        Some(Shape::Object(fields)) => fields
            .iter()
            .find(|(name, _)| name == "active")
            .map(|(_, value)| value.text().trim() == "true"),
        _ => None,
    };
    active(&line.before) == Some(true) && active(&line.after) == Some(false)
}
