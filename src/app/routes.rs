//! Every path of the app, built and parsed in one place.

use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route},
    path,
};
use model::{IntegrationId, UserId};

use crate::pages::{
    audit::AuditPage,
    behaviors::BehaviorsPage,
    integrations::{IntegrationPage, IntegrationsPage, NewIntegrationPage},
    not_found::NotFoundPage,
    overview::OverviewPage,
    users::{UserPage, UsersPage},
};

/// A page's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppRoute {
    Overview,
    Users,
    User(UserId),
    Behaviors,
    Integrations,
    NewIntegration,
    Integration(IntegrationId),
    Audit,
}

impl AppRoute {
    /// The path; its inverse are the routes below.
    pub fn path(self) -> String {
        match self {
            Self::Overview => "/".to_owned(),
            Self::Users => "/users".to_owned(),
            Self::User(id) => format!("/users/{id}"),
            Self::Behaviors => "/behaviors".to_owned(),
            Self::Integrations => "/integrations".to_owned(),
            Self::NewIntegration => "/integrations/new".to_owned(),
            Self::Integration(id) => format!("/integrations/{id}"),
            Self::Audit => "/audit".to_owned(),
        }
    }
}

/// The page of the current address.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFoundPage>
            <Route path=path!("/") view=OverviewPage />
            <Route path=path!("/users") view=UsersPage />
            <Route path=path!("/users/:id") view=UserPage />
            <Route path=path!("/behaviors") view=BehaviorsPage />
            <Route path=path!("/integrations") view=IntegrationsPage />
            <Route path=path!("/integrations/new") view=NewIntegrationPage />
            <Route path=path!("/integrations/:id") view=IntegrationPage />
            <Route path=path!("/audit") view=AuditPage />
        </FlatRoutes>
    }
}
