//! The pages that the list of users does without. Each part is a file of its own in a release
//! build, loaded when it is first needed; a debug build, which the tests and `trunk serve` make, is
//! whole.
//!
//! - [`Part`] which there are, and what is known of each; [`part!`](part) defines one
//! - [`page`] shows a page of a part, once that is there; [`addition`] what a part adds to another's
//! - [`PartDialog`] a dialog that is a part
//! - [`watch`] loads the part of a link that is about to be followed

use std::cell::Cell;

use leptos::{context::Provider, ev, prelude::*, wasm_split::SplitLoaderError};
use wasm_bindgen::JsCast;

use super::{
    audit::AuditPage,
    behaviors::{BehaviorsOn, BehaviorsPage},
    bulk::BulkDock,
    demo::DemoMenu,
    integrations::{IntegrationPage, IntegrationsPage, NewIntegrationPage},
    keys::KeyDialogs,
    overview::OverviewPage,
    users::{ExportDialog, ResetOne, TriageBar, UserPage, ViewMenu},
};
use crate::{
    routes::{Address, AppRoute},
    text,
    ui::{
        announcer::Announcer,
        page::{PageTitle, Skeleton},
    },
};

/// Makes the page of an address. A part gives this rather than a page: what is made belongs where
/// it is shown, and going back to it waits for nothing.
type Make = fn(Address) -> AnyView;

/// A part of the app. `index.html` names the same, with their addresses, for `public/start.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Overview,
    User,
    Behaviors,
    Integrations,
    Audit,
    /// What the list of users says when it is empty.
    BehaviorsOn,
    /// The dialog of the list of users that makes a file of it.
    Export,
    /// The palette and the sheet of keys.
    Keys,
    /// The list of users' dialog that resets one of them.
    ResetOne,
    /// The bar of a person's page that leads through a list.
    Triage,
    /// The menu of how the table of users looks.
    View,
    /// The bar of the selection, and the reset of many.
    Bulk,
    /// The menu of the demo.
    Demo,
}

thread_local! {
    /// What the parts that are there make, in their order.
    static THERE: [Cell<Option<Make>>; 13] = const { [const { Cell::new(None) }; 13] };
}

impl Part {
    fn make(self) -> Option<Make> {
        THERE.with(|there| there[self as usize].get())
    }

    /// Loads the part, unless it is there or on its way.
    async fn load(self) -> Result<Make, SplitLoaderError> {
        let make = match self {
            Self::Overview => overview().await,
            Self::User => user().await,
            Self::Behaviors => behaviors().await,
            Self::Integrations => integrations().await,
            Self::Audit => audit().await,
            Self::BehaviorsOn => behaviors_on().await,
            Self::Export => export().await,
            Self::Keys => keys().await,
            Self::ResetOne => reset_one().await,
            Self::Triage => triage().await,
            Self::View => view_menu().await,
            Self::Bulk => bulk().await,
            Self::Demo => demo().await,
        }?;
        THERE.with(|there| there[self as usize].set(Some(make)));
        Ok(make)
    }
}

/// `async fn NAME() -> Result<Make, SplitLoaderError>`: loads the part and gives what makes its
/// pages. Nothing but this function may lead to them, or they become a part of the app itself.
macro_rules! part {
    ($name:ident, $make:expr) => {
        #[cfg(not(debug_assertions))]
        #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, fallible)]
        fn $name() -> Result<Make, SplitLoaderError> {
            Ok($make)
        }

        #[cfg(debug_assertions)]
        async fn $name() -> Result<Make, SplitLoaderError> {
            Ok($make)
        }
    };
}

part!(overview, |_| view! { <OverviewPage /> }.into_any());
part!(user, |address| {
    let id = match address {
        Address::Page(AppRoute::User(id)) => Some(id),
        _ => None,
    };
    view! { <UserPage id /> }.into_any()
});
part!(behaviors, |_| view! { <BehaviorsPage /> }.into_any());
part!(integrations, |address| match address {
    Address::Page(AppRoute::Integrations) => view! { <IntegrationsPage /> }.into_any(),
    Address::Page(AppRoute::NewIntegration) => view! { <NewIntegrationPage /> }.into_any(),
    Address::Page(AppRoute::Integration(id)) => {
        view! { <IntegrationPage id=Some(id) /> }.into_any()
    }
    _ => view! { <IntegrationPage id=None /> }.into_any(),
});
part!(audit, |_| view! { <AuditPage /> }.into_any());
part!(behaviors_on, |_| view! { <BehaviorsOn /> }.into_any());
part!(export, |_| view! { <ExportDialog /> }.into_any());
part!(keys, |_| view! { <KeyDialogs /> }.into_any());
part!(reset_one, |_| view! { <ResetOne /> }.into_any());
part!(triage, |_| view! { <TriageBar /> }.into_any());
part!(view_menu, |_| view! { <ViewMenu /> }.into_any());
part!(bulk, |_| view! { <BulkDock /> }.into_any());
part!(demo, |_| view! { <DemoMenu /> }.into_any());

/// The page of an address that belongs to this part.
pub fn page(part: Part, address: Address) -> AnyView {
    match part.make() {
        Some(make) => make(address),
        None => view! { <Loading part address /> }.into_any(),
    }
}

#[component]
fn Loading(part: Part, address: Address) -> impl IntoView {
    let loaded = RwSignal::new(None);
    load(part, move |make| {
        loaded.try_set(Some(make));
    });
    move || match loaded.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Some(make)) => make(address),
        Some(None) => view! { <Missing /> }.into_any(),
    }
}

/// What a part adds to a page that does without: nothing until the part is there.
pub fn addition(part: Part) -> impl IntoView {
    let made = part.make();
    let loaded = RwSignal::new(made);
    // What is there already is not made a second time.
    if made.is_none() {
        load(part, move |make| {
            loaded.try_set(make);
        });
    }
    move || loaded.get().map(|make| make(Address::Nowhere))
}

/// Whether the dialog is open that a part makes.
#[derive(Clone, Copy, Debug)]
pub struct Open(pub RwSignal<bool>);

/// A dialog of a part: loaded when it is first opened. The part takes [`Open`] from its context.
#[component]
pub fn PartDialog(part: Part, open: RwSignal<bool>) -> impl IntoView {
    let announcer = Announcer::expect();
    let loaded = RwSignal::new(None::<Make>);
    Effect::new(move || {
        if open.get() && loaded.with_untracked(Option::is_none) {
            load(part, move |make| {
                if make.is_none() && open.try_set(false).is_none() {
                    announcer.alert(text::DIALOG_NOT_LOADED);
                }
                loaded.try_set(make);
            });
        }
    });
    view! {
        <Provider value=Open(open)>
            {move || loaded.get().map(|make| make(Address::Nowhere))}
        </Provider>
    }
}

/// Loads the part. The person may have moved on by the time that it is `there`, or fails to come.
fn load(part: Part, there: impl FnOnce(Option<Make>) + 'static) {
    leptos::task::spawn_local(async move { there(part.load().await.ok()) });
}

/// The part did not come: there is no connection, or a release since this page was opened took the
/// old files away.
#[component]
fn Missing() -> impl IntoView {
    // Edits that are not saved hold the page by the browser's own question.
    let reload = move |_| {
        let _ = window().location().reload();
    };
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::NOT_LOADED.to_owned()) />
        </header>
        <div class="notice failure" role="alert">
            <p class="strong">{text::NOT_LOADED_WHY}</p>
            <p>{text::NOT_LOADED_ADVICE}</p>
            <button type="button" class="button" on:click=reload>
                {text::RELOAD}
            </button>
        </div>
    }
}

/// Watches over links: a person who points at one, or tabs to it, may follow it. Called once, for
/// as long as the app lives.
pub fn watch() {
    let ahead = |target: Option<web_sys::EventTarget>| {
        let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = element.and_then(|element| element.closest("a[href]").ok().flatten());
        let href = link.and_then(|link| link.get_attribute("href"));
        let part = href.and_then(|href| Address::parse(&href).part());
        if let Some(part) = part.filter(|part| part.make().is_none()) {
            // The page itself says so, should it fail again.
            load(part, drop);
        }
    };
    window_event_listener(ev::pointerover, move |event| ahead(event.target()));
    window_event_listener(ev::focusin, move |event| ahead(event.target()));
}
