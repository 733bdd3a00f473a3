//! The frame around every page: skip link, navigation, who is signed in, announcements.

use std::sync::Arc;

use leptos::prelude::*;
use model::{Role, Whoami};

use crate::{
    clock::Ticker,
    components::failure::Failure,
    data::{self, Selection},
    guard::{Guard, LeaveDialog},
    keys::{self, Keys, Opened},
    pages::{
        behaviors::Drafts,
        bulk::journal::Journal,
        parts::{self, Part, PartDialog},
    },
    routes::{AppRoute, Page},
    session::{Expired, Session},
    text,
    theme::Theme,
    transport::Browser,
    ui::{
        announcer::{Announcer, Regions},
        dialog::{Dialog, DialogFoot},
        history,
        icon::Icon,
        menu::Menu,
        page::Skeleton,
    },
};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    Ticker::provide();
    Announcer::provide();
    Drafts::provide();
    // Its listener for clicks comes first: it holds what the history's would follow.
    Guard::provide();
    history::watch();
    parts::watch();
    view! { <Frame /> }
}

/// Asks who is there first: no page is of use without an account and a role.
#[component]
fn Frame() -> impl IntoView {
    let expired = Expired::provide();
    let browser = Browser::new(expired);
    let whoami = RwSignal::new(None);
    let ask = Callback::new(move |()| {
        whoami.set(None);
        leptos::task::spawn_local(async move { whoami.set(Some(data::whoami(browser).await)) });
    });
    ask.run(());
    view! {
        <a class="skip" href="#main" rel="external">
            {text::SKIP}
        </a>
        <div class="frame">
            {move || match whoami.get() {
                None => view! { <Starting /> }.into_any(),
                Some(Ok(whoami)) => view! { <SignedIn browser whoami /> }.into_any(),
                Some(Err(error)) => {
                    view! {
                        <div class="rail"></div>
                        <main class="page" id="main" tabindex="-1">
                            <h1>{text::APP}</h1>
                            <Failure what=text::WHO error=Arc::new(error) retry=ask />
                        </main>
                    }
                        .into_any()
                }
            }}
        </div>
        <LeaveDialog />
        <Regions />
    }
}

/// What `index.html` shows before the app is there, so that nothing moves when it is.
#[component]
fn Starting() -> impl IntoView {
    view! {
        <div class="rail"></div>
        <main class="page" aria-busy="true">
            <Skeleton />
        </main>
    }
}

#[component]
fn SignedIn(browser: Browser, whoami: Whoami) -> impl IntoView {
    data::start(browser, &whoami);
    let keys = Keys::provide();
    keys::listen(keys, whoami.role);
    Session::provide(whoami.clone());
    let bulk = is_bulk_wanted(Selection::provide(), Journal::of(Session::expect()));
    view! {
        <Rail whoami />
        <main class="page" id="main" tabindex="-1">
            <Page />
        </main>
        <ExpiredDialog />
        <PartDialog part=Part::Keys open=keys.opened />
        <PartDialog part=Part::Bulk open=bulk />
    }
}

/// Whether what deals with many people is wanted: somebody is selected, or something was left.
fn is_bulk_wanted(selection: Selection, journal: Journal) -> RwSignal<bool> {
    let wanted = RwSignal::new(journal.is_there());
    Effect::new(move || {
        if selection.len() > 0 {
            wanted.set(true);
        }
    });
    wanted
}

#[component]
fn Rail(whoami: Whoami) -> impl IntoView {
    view! {
        <div class="rail">
            <a class="wordmark" href=AppRoute::Overview.path()>
                <Icon name="brand" />
                {text::APP}
            </a>
            <nav aria-label=text::MAIN>
                <ul>
                    <Entry route=AppRoute::Overview icon="overview" label=text::OVERVIEW />
                    <Entry route=AppRoute::Users icon="users" label=text::USERS />
                    <Entry route=AppRoute::Behaviors icon="behaviors" label=text::BEHAVIORS />
                    <Entry route=AppRoute::Integrations icon="integrations" label=text::INTEGRATIONS />
                    {(whoami.role >= Role::Admin)
                        .then(|| {
                            view! { <Entry route=AppRoute::Audit icon="audit" label=text::AUDIT_LOG /> }
                        })}
                </ul>
            </nav>
            <div class="rail-foot">
                <GoTo />
                {whoami
                    .demo
                    .then(|| view! { <Menu label=text::DEMO>{parts::addition(Part::Demo)}</Menu> })}
                <p class="who">
                    <bdi>{whoami.email.or(whoami.name)}</bdi>
                    <span>{text::role(whoami.role)}</span>
                </p>
                {whoami.logout_url.map(|url| view! { <a href=url rel="external">{text::SIGN_OUT}</a> })}
                <ThemeChoice />
            </div>
        </div>
    }
}

/// A link of the navigation; current on its page and on the pages below it.
#[component]
fn Entry(route: AppRoute, icon: &'static str, label: &'static str) -> impl IntoView {
    let path = route.path();
    let (here, this) = (history::here(), path.clone());
    let current = move || {
        let is_below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        here.with(|here| here.path.strip_prefix(&this).is_some_and(is_below)).then_some("page")
    };
    view! {
        <li>
            <a href=path aria-current=current>
                <Icon name=icon />
                <span>{label}</span>
            </a>
        </li>
    }
}

/// What Ctrl or Cmd with K opens.
#[component]
fn GoTo() -> impl IntoView {
    let keys = Keys::expect();
    view! {
        <button
            type="button"
            class="button small go-to"
            aria-keyshortcuts="Control+K Meta+K"
            aria-haspopup="dialog"
            on:click=move |_| keys.open(Opened::Palette)
        >
            <Icon name="search" />
            {text::keys::GO_TO}
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = RwSignal::from(Theme::chosen());
    let choose = move |event| Theme::from_text(&event_target_value(&event)).apply();
    view! {
        <label class="theme">
            <span>{text::THEME}</span>
            <select class="select small" on:change=choose>
                {Theme::ALL
                    .map(|choice| {
                        view! {
                            <option
                                value=choice.as_str()
                                prop:selected=move || theme.get() == choice
                            >
                                {text::theme(choice.as_str())}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

/// Signing in happens in another tab, so that what was typed here stays.
#[component]
fn ExpiredDialog() -> impl IntoView {
    let expired: Expired = expect_context();
    let open = Signal::derive(move || expired.get());
    let dismiss = Callback::new(move |()| expired.dismiss());
    // Edits that are not saved hold the page by the browser's own question.
    let reload = move |_| {
        let _ = window().location().reload();
    };
    view! {
        <Dialog open title=Signal::stored(text::EXPIRED_TITLE.to_owned()) on_close=dismiss>
            <p>{text::EXPIRED_NOTE}</p>
            <DialogFoot>
                <button type="button" class="button" on:click=move |_| dismiss.run(())>
                    {text::CLOSE}
                </button>
                <button type="button" class="button" on:click=reload>
                    {text::RELOAD}
                </button>
                <a
                    class="button primary"
                    href=AppRoute::Overview.path()
                    target="_blank"
                    rel="external"
                    on:click=move |_| dismiss.run(())
                >
                    {text::SIGN_IN}
                </a>
            </DialogFoot>
        </Dialog>
    }
}
