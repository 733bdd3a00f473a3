//! Every path of the app, built and parsed in one place.

use leptos::prelude::*;
use model::{IntegrationId, UserId};

use crate::{
    pages::{
        not_found::NotFoundPage,
        parts::{self, Part},
        users::UsersPage,
    },
    ui::history,
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
    /// The path, below the folder that the app is in; [`Address::parse`] reads it.
    pub fn path(self) -> String {
        history::root() + &self.below_root()
    }

    fn below_root(self) -> String {
        match self {
            Self::Overview => String::new(),
            Self::Users => "users".to_owned(),
            Self::User(id) => format!("users/{id}"),
            Self::Behaviors => "behaviors".to_owned(),
            Self::Integrations => "integrations".to_owned(),
            Self::NewIntegration => "integrations/new".to_owned(),
            Self::Integration(id) => format!("integrations/{id}"),
            Self::Audit => "audit".to_owned(),
        }
    }
}

/// What a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    Page(AppRoute),
    /// A user's page, but for an ID that is none.
    NoUser,
    /// An integration's page, but for an ID that is none.
    NoIntegration,
    Nowhere,
}

impl Address {
    /// What an address names: a path, with or without a query.
    pub fn parse(href: &str) -> Self {
        let path = href.split(['?', '#']).next().unwrap_or_default();
        let Some(path) = path.strip_prefix(&history::root()) else { return Self::Nowhere };
        let mut segments = path.trim_end_matches('/').split('/');
        let (first, second, rest) = (segments.next(), segments.next(), segments.next());
        let page = match (first.unwrap_or_default(), second, rest) {
            ("", None, None) => AppRoute::Overview,
            ("users", None, None) => AppRoute::Users,
            ("users", Some(id), None) => match id.parse() {
                Ok(id) => AppRoute::User(id),
                Err(_) => return Self::NoUser,
            },
            ("behaviors", None, None) => AppRoute::Behaviors,
            ("integrations", None, None) => AppRoute::Integrations,
            ("integrations", Some("new"), None) => AppRoute::NewIntegration,
            ("integrations", Some(id), None) => match id.parse() {
                Ok(id) => AppRoute::Integration(id),
                Err(_) => return Self::NoIntegration,
            },
            ("audit", None, None) => AppRoute::Audit,
            _ => return Self::Nowhere,
        };
        Self::Page(page)
    }

    /// The part of the app that the page is in; nothing for what every visit loads.
    pub fn part(self) -> Option<Part> {
        match self {
            Self::Page(AppRoute::Overview) => Some(Part::Overview),
            Self::Page(AppRoute::Users) | Self::Nowhere => None,
            Self::Page(AppRoute::User(_)) | Self::NoUser => Some(Part::User),
            Self::Page(AppRoute::Behaviors) => Some(Part::Behaviors),
            Self::Page(
                AppRoute::Integrations | AppRoute::NewIntegration | AppRoute::Integration(_),
            )
            | Self::NoIntegration => Some(Part::Integrations),
            Self::Page(AppRoute::Audit) => Some(Part::Audit),
        }
    }
}

/// The page of the current address.
#[component]
pub fn Page() -> impl IntoView {
    let here = history::here();
    let address = Memo::new(move |_| here.with(|here| Address::parse(&here.path)));
    move || {
        let address = address.get();
        match (address, address.part()) {
            (_, Some(part)) => parts::page(part, address),
            (Address::Page(_), None) => view! { <UsersPage /> }.into_any(),
            (_, None) => view! { <NotFoundPage /> }.into_any(),
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_path_builds_parse_reads() {
        let id = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";
        for route in [
            AppRoute::Overview,
            AppRoute::Users,
            AppRoute::User(id.parse().unwrap()),
            AppRoute::Behaviors,
            AppRoute::Integrations,
            AppRoute::NewIntegration,
            AppRoute::Integration(id.parse().unwrap()),
            AppRoute::Audit,
        ] {
            assert_eq!(Address::parse(&route.path()), Address::Page(route));
        }
        assert_eq!(Address::parse("/users/"), Address::Page(AppRoute::Users));
        assert_eq!(Address::parse("/users?q=a/b"), Address::Page(AppRoute::Users));
        assert_eq!(Address::parse("/users/x"), Address::NoUser);
        assert_eq!(Address::parse("/integrations/x"), Address::NoIntegration);
        assert_eq!(Address::parse("/users/x/y"), Address::Nowhere);
    }
}
