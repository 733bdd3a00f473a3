//! `/integrations/{id}`: one integration, its settings and what Okta needs of it.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Integration, IntegrationId, Role};

use super::{
    delete::DeleteSection,
    host,
    okta::SetUp,
    settings::{SettingsForm, SettingsList},
};
use crate::{
    components::{failure::Loaded, freshness::Freshness, when::When},
    data::{self, Tagged},
    guard::Guard,
    pages::audit,
    routes::AppRoute,
    session::Session,
    text,
    ui::{copy::CopyButton, icon::Icon, page::PageTitle, plain::plain},
};

/// `id` is nothing where the address holds none that is valid.
#[component]
pub fn IntegrationPage(id: Option<IntegrationId>) -> impl IntoView {
    view! {
        <a class="back" href=AppRoute::Integrations.path()>
            <Icon name="back" />
            {text::ALL_INTEGRATIONS}
        </a>
        {match id {
            Some(id) => view! { <Asked id /> }.into_any(),
            None => view! { <NoIntegration note=text::BAD_INTEGRATION_ID /> }.into_any(),
        }}
    }
}

/// There is no such integration, and why.
#[component]
fn NoIntegration(note: &'static str) -> impl IntoView {
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::INTEGRATION_GONE.to_owned()) />
        </header>
        <p class="prose" role="alert">
            {note}
        </p>
    }
}

#[component]
fn Asked(id: IntegrationId) -> impl IntoView {
    let integration = data::use_integration(id);
    // What was typed is not lost with what it was typed for: it stays until it is discarded.
    let guard = Guard::expect();
    let gone = Memo::new(move |_| {
        integration.error().is_some_and(|error| error.is_missing()) && !guard.holds()
    });
    move || {
        if gone.get() {
            view! { <NoIntegration note=text::INTEGRATION_GONE_NOTE /> }.into_any()
        } else {
            view! { <Known id integration /> }.into_any()
        }
    }
}

#[component]
fn Known(id: IntegrationId, integration: data::Query<Tagged<Integration>>) -> impl IntoView {
    let name = Signal::derive(move || match integration.data() {
        Some(integration) => host(&integration),
        None => text::INTEGRATION.to_owned(),
    });
    let status = Memo::new(move |_| integration.data().map(|i| text::status(i.active)));
    view! {
        <header class="page-head">
            <PageTitle title=name />
            {move || status.get().map(|status| view! { <span class="note">{status}</span> })}
            <div class="actions">
                <Freshness query=integration />
            </div>
        </header>
        <Loaded
            query=integration
            what=text::THE_INTEGRATION
            skeleton=|| view! { <div class="skeleton integration-skeleton"></div> }.into_any()
            content=move || {
                let known = Signal::derive(move || integration.data().unwrap_or_default());
                view! { <Parts id integration=known name /> }
            }
        />
    }
}

#[component]
fn Parts(
    id: IntegrationId,
    integration: Signal<Arc<Tagged<Integration>>>,
    name: Signal<String>,
) -> impl IntoView {
    let may_change = Session::expect().may(Role::Admin);
    let settings = if may_change {
        view! { <SettingsForm id integration /> }.into_any()
    } else {
        view! { <SettingsList integration /> }.into_any()
    };
    view! {
        <div class="stack wide-gap">
            <Facts id integration />
            <div class="two-columns">
                <section class="stack">
                    <h2>{text::SETTINGS}</h2>
                    {settings}
                </section>
                <SetUp integration />
            </div>
            {may_change.then(|| view! { <DeleteSection id integration host=name /> })}
        </div>
    }
}

/// What nobody can change.
#[component]
fn Facts(id: IntegrationId, integration: Signal<Arc<Tagged<Integration>>>) -> impl IntoView {
    let created = Memo::new(move |_| integration.with(|i| i.created_at));
    let kind = Memo::new(move |_| integration.with(|i| plain(&i.integration_type)));
    view! {
        <div class="identity">
            <bdi>{kind}</bdi>
            <span>
                {text::CREATED} " "
                {move || match created.get() {
                    Some(time) => view! { <When time focusable=true /> }.into_any(),
                    None => text::NOT_KNOWN.into_any(),
                }}
            </span>
            <span class="mono id">{id.to_string()}</span>
            <CopyButton content=Signal::stored(id.to_string()) label=text::COPY_ID />
            {audit::link(audit::target_href(&id.to_string()))}
        </div>
    }
}
