//! A line of the log; what it changed opens below it.

use leptos::prelude::*;
use model::{AuditState, EventDetails, RiskLevel, Shape};

use super::{
    differences::{Difference, differences},
    look::Look,
};
use crate::{
    components::{change_row::ChangeRow, level::LevelBadge, when::When},
    data::AuditLine,
    routes::AppRoute,
    text,
    ui::{copy::CopyButton, icon::Icon, plain::plain},
};

#[component]
pub(super) fn Line(line: AuditLine) -> impl IntoView {
    let open = RwSignal::new(false);
    let reason = line.reason.as_deref().map(plain);
    let whole = reason.clone();
    let actor = plain(&line.actor);
    let whole_actor = actor.clone();
    let (at, state) = (line.at, line.state);
    let what = text::operation(&line.operation);
    let label = text::line_details(what, line.id);
    let target = target(&line);
    let line = StoredValue::new(line);
    view! {
        <tbody>
            <tr>
                <td class="c-when">
                    <button
                        type="button"
                        class="icon-button"
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        aria-label=label
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <span class="turn" class:open=open>
                            <Icon name="next" />
                        </span>
                    </button>
                    <When time=at focusable=true />
                </td>
                <td class="c-actor" title=whole_actor>
                    <bdi>{actor}</bdi>
                </td>
                <td class="c-change">{what} " " {target}</td>
                <td class=format!("c-state s-{state}")>{text::audit_state(state)}</td>
                <td class="c-reason" title=whole>
                    <bdi dir="auto">{reason}</bdi>
                </td>
            </tr>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <tr class="audit-detail">
                                <td colspan="5">
                                    <Detail line />
                                </td>
                            </tr>
                        }
                    })
            }}
        </tbody>
    }
}

/// The target by its name at the time, as a link where it has a page.
fn target(line: &AuditLine) -> AnyView {
    let id = line.target.as_deref().unwrap_or_default();
    let name = plain(line.target_name.as_deref().unwrap_or(id));
    let route = match line.operation.as_str() {
        "reset_user" => id.parse().ok().map(AppRoute::User),
        "update_integration" | "create_integration" => id.parse().ok().map(AppRoute::Integration),
        "update_behaviors" => return link(AppRoute::Behaviors, text::BEHAVIORS.to_owned()),
        // What was deleted has no page.
        _ => None,
    };
    match route {
        Some(route) => link(route, name),
        None => view! { <bdi dir="auto">{name}</bdi> }.into_any(),
    }
}

fn link(route: AppRoute, name: String) -> AnyView {
    view! {
        <a href=route.path()>
            <bdi dir="auto">{name}</bdi>
        </a>
    }
    .into_any()
}

/// Before → after, and what ties the line to other records.
#[component]
fn Detail(line: StoredValue<AuditLine>) -> impl IntoView {
    let AuditLine {
        role,
        operation,
        target,
        batch,
        state,
        before,
        after,
        request_id,
        cf_ray,
        finished_at,
        hash,
        ..
    } = line.get_value();
    let changes = differences(before.as_ref(), after.as_ref());
    let is_open = matches!(state, AuditState::Unknown | AuditState::Intent);
    let facts = [
        (text::REQUEST_ID, Some(request_id)),
        (text::CF_RAY, cf_ray),
        (text::TARGET_ID, target),
        (text::BATCH, batch),
        (text::HASH, Some(hash)),
    ];
    let fact = |(label, value): (&'static str, Option<String>)| {
        value.map(|value| {
            view! {
                <dt>{label}</dt>
                <dd>
                    <bdi class="mono">{plain(&value)}</bdi>
                    <CopyButton content=Signal::stored(value) label=text::copy_of(label) bare=true />
                </dd>
            }
        })
    };
    let row = |change: Difference| change_row(&operation, change);
    view! {
        <div class="stack">
            {is_open.then(|| view! { <Look line /> })}
            {(!changes.is_empty())
                .then(|| {
                    view! { <ul class="changes">{changes.into_iter().map(row).collect_view()}</ul> }
                })}
            <dl class="pairs">
                <dt>{text::ROLE}</dt>
                <dd>{text::role(role)}</dd>
                {finished_at
                    .map(|time| {
                        view! {
                            <dt>{text::FINISHED}</dt>
                            <dd>
                                <When time focusable=true />
                            </dd>
                        }
                    })}
                {facts.map(fact).collect_view()}
            </dl>
        </div>
    }
}

fn change_row(operation: &str, change: Difference) -> AnyView {
    let Difference { path, before, after } = change;
    let name = path.iter().map(|name| text::field(name)).collect::<Vec<_>>().join(" · ");
    let is_level = path.last().is_some_and(|name| name == "risk_level");
    let side = |value: Option<EventDetails>, otherwise: &'static str| match value {
        Some(value) => value_view(is_level, value),
        None => view! { <span class="note">{otherwise}</span> }.into_any(),
    };
    let no_before = if operation == "create_integration" { text::NONE } else { text::NOT_KNOWN };
    let after = match (operation, after) {
        ("reset_user", None) => view! { <LevelBadge level=None /> }.into_any(),
        (_, after) => side(after, text::GONE),
    };
    view! { <ChangeRow name=plain(&name) before=side(before, no_before) after /> }.into_any()
}

fn value_view(is_level: bool, value: EventDetails) -> AnyView {
    match value.shape() {
        Shape::Text(word) if is_level => {
            let level = RiskLevel::from(word.as_str());
            view! { <LevelBadge level=Some(level) /> }.into_any()
        }
        Shape::Plain(word) if word == "null" => {
            view! { <span class="note">{text::NONE}</span> }.into_any()
        }
        Shape::Plain(word) if word == "true" || word == "false" => {
            text::on_off(word == "true").into_any()
        }
        Shape::Text(text) => view! { <bdi dir="auto">{plain(&text)}</bdi> }.into_any(),
        _ => view! { <bdi class="mono">{plain(value.text())}</bdi> }.into_any(),
    }
}
