//! A line of the log; what it changed opens below it.

use leptos::prelude::*;
use model::{AuditEntry, AuditState, EventDetails};

use crate::{
    components::{json_tree::JsonTree, when::When},
    routes::AppRoute,
    text,
    ui::{icon::Icon, plain::plain},
};

#[component]
pub(super) fn Line(entry: AuditEntry) -> impl IntoView {
    let open = RwSignal::new(false);
    let state = entry.state;
    let target = target(&entry);
    let reason = entry.reason.clone().map(|reason| plain(&reason));
    let whole = reason.clone();
    let label = text::line_details(entry.id);
    let entry = StoredValue::new(entry);
    let shown = move || entry.with_value(|entry| view! { <Change entry=entry.clone() /> });
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
                    <When time=entry.with_value(|entry| entry.at) focusable=true />
                </td>
                <td class="c-actor">
                    <bdi>{entry.with_value(|entry| plain(&entry.actor))}</bdi>
                    <span class="note">
                        {entry.with_value(|entry| format!(" {}", entry.role))}
                    </span>
                </td>
                <td class="c-change">
                    {entry.with_value(|entry| text::operation(&entry.operation))} " " {target}
                </td>
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
                                <td colspan="5">{shown()}</td>
                            </tr>
                        }
                    })
            }}
        </tbody>
    }
}

/// The target by its name, as a link where it has a page.
fn target(entry: &AuditEntry) -> AnyView {
    let id = entry.target.clone().unwrap_or_default();
    let name = plain(entry.target_name.as_deref().unwrap_or(&id));
    let route = match entry.operation.as_str() {
        "reset_user" => id.parse().ok().map(AppRoute::User),
        "update_integration" | "create_integration" => id.parse().ok().map(AppRoute::Integration),
        _ => None,
    };
    match route {
        Some(route) => view! {
            <a href=route.path()>
                <bdi dir="auto">{name}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi dir="auto">{name}</bdi> }.into_any(),
    }
}

/// Before → after, and what ties the line to other records.
#[component]
fn Change(entry: AuditEntry) -> impl IntoView {
    let side = |label: &'static str, value: &Option<serde_json::Value>| {
        let shown = match value {
            Some(value) => view! { <JsonTree details=EventDetails::from(value) /> }.into_any(),
            None => view! { <span class="note">{text::NOT_KNOWN}</span> }.into_any(),
        };
        view! {
            <div>
                <h3>{label}</h3>
                {shown}
            </div>
        }
    };
    let changed = entry.before.is_some() || entry.after.is_some();
    let pairs = [
        (text::REQUEST_ID, Some(entry.request_id.clone())),
        (text::CF_RAY, entry.cf_ray.clone()),
        (text::BATCH, entry.batch.clone()),
        (text::TARGET_ID, entry.target.clone()),
        (text::HASH, Some(entry.hash.clone())),
    ];
    view! {
        <div class="stack audit-change">
            {(entry.state == AuditState::Unknown)
                .then(|| view! { <p class="prose">{text::OUTCOME_UNKNOWN}</p> })}
            {changed
                .then(|| {
                    view! {
                        <div class="before-after">
                            {side(text::BEFORE, &entry.before)} {side(text::AFTER, &entry.after)}
                        </div>
                    }
                })}
            <dl class="pairs">
                {entry
                    .finished_at
                    .map(|time| {
                        view! {
                            <dt>{text::FINISHED}</dt>
                            <dd>
                                <When time focusable=true />
                            </dd>
                        }
                    })}
                {pairs
                    .into_iter()
                    .filter_map(|(label, value)| value.map(|value| (label, value)))
                    .map(|(label, value)| {
                        view! {
                            <dt>{label}</dt>
                            <dd class="mono">{plain(&value)}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
        </div>
    }
}
