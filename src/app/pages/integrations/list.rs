//! The list: where changes of risk are sent, each to be paused and activated in place.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Integration, Role};

use super::{doctor::Doctor, find::Find, host, status::Status};
use crate::{
    components::{failure::Loaded, freshness::Freshness, when::When},
    data,
    routes::AppRoute,
    session::Session,
    text,
    ui::{copy::CopyButton, icon::Icon, page::PageTitle, plain::plain},
};

#[component]
pub fn IntegrationsPage() -> impl IntoView {
    let integrations = data::use_integrations();
    let may_change = Session::expect().may(Role::Admin);
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::INTEGRATIONS.to_owned()) />
            <div class="actions">
                <Freshness query=integrations />
                {may_change
                    .then(|| {
                        view! {
                            <a class="button primary small" href=AppRoute::NewIntegration.path()>
                                <Icon name="plus" />
                                {text::NEW_INTEGRATION}
                            </a>
                        }
                    })}
            </div>
        </header>
        <div class="stack">
            {(!may_change)
                .then(|| view! { <p class="prose note">{text::VIEW_ONLY_INTEGRATIONS}</p> })}
            <Find />
            <Loaded
                query=integrations
                what=text::THE_INTEGRATIONS
                skeleton=|| view! { <div class="skeleton integrations-skeleton"></div> }.into_any()
                content=move || {
                    let all = Signal::derive(move || integrations.data().unwrap_or_default());
                    view! {
                        <Table all may_change />
                        <Doctor all />
                    }
                }
            />
        </div>
    }
}

#[component]
fn Table(all: Signal<Arc<Vec<Integration>>>, may_change: bool) -> impl IntoView {
    // Rows are kept by what they show, but for the status: a switch that is being used stays.
    // A row has its switch from `all`: to pause one makes no new row.
    let rows = Memo::new(move |_| {
        let row = |row: &Integration| Integration { active: false, ..row.clone() };
        all.with(|all| all.iter().map(row).collect::<Vec<_>>())
    });
    view! {
        <Show
            when=move || all.with(|all| !all.is_empty())
            fallback=|| {
                view! {
                    <div class="empty">
                        <p class="strong">{text::NO_INTEGRATIONS}</p>
                        <p>{text::NO_INTEGRATIONS_NOTE}</p>
                    </div>
                }
            }
        >
            <table class="table integrations" aria-label=text::INTEGRATIONS>
                <thead>
                    <tr>
                        <th scope="col" class="c-tenant">{text::OKTA_TENANT}</th>
                        <th scope="col" class="c-status">{text::STATUS}</th>
                        <th scope="col" class="c-reference">{text::REFERENCE_ID}</th>
                        <th scope="col" class="c-created">{text::CREATED}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let row = |row| view! { <Row row all may_change /> };
                        rows.get().into_iter().map(row).collect_view()
                    }}
                </tbody>
            </table>
        </Show>
    }
}

#[component]
fn Row(row: Integration, all: Signal<Arc<Vec<Integration>>>, may_change: bool) -> impl IntoView {
    let host = host(&row);
    let Integration { id, reference_id, created_at, active, .. } = row;
    let active = Signal::derive(move || {
        let now = all.with(|all| all.iter().find(|i| i.id == id).map(|i| i.active));
        now.filter(|_| id.is_some()).unwrap_or(active)
    });
    let named = match id {
        Some(id) => view! {
            <a href=AppRoute::Integration(id).path()>
                <bdi>{host.clone()}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <bdi>{host.clone()}</bdi> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="c-tenant" title=host.clone()>
                {named}
            </th>
            <td class="c-status">
                <Status id=id.filter(|_| may_change) host active />
            </td>
            <td class="c-reference">
                <span class="line">
                    <bdi class="mono clip" title=reference_id.clone()>
                        {plain(&reference_id)}
                    </bdi>
                    <CopyButton
                        content=Signal::stored(reference_id)
                        label=text::COPY_REFERENCE
                        bare=true
                    />
                </span>
            </td>
            <td class="c-created">
                {match created_at {
                    Some(time) => view! { <When time focusable=true /> }.into_any(),
                    None => text::NOT_KNOWN.into_any(),
                }}
            </td>
        </tr>
    }
}
