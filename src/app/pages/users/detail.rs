//! `/users/{user_id}`: one person's level, why they have it, and every event behind it.
//!
//! The filters live in the URL: `?level=high&behavior=Impossible Travel&from=…&to=…`.

use std::sync::Arc;

use leptos::prelude::*;
use model::{RiskEvents, Role, UserId};

use super::{
    lanes,
    lanes_view::Lanes,
    reset::ResetDialog,
    timeline::Timeline,
    url::{TriageUrl, UserUrl},
    why::{self, Why},
};
use crate::{
    clock,
    components::{failure::Loaded, freshness::Freshness, level::LevelBadge},
    data, keys,
    pages::{
        audit,
        parts::{self, Part},
    },
    query::use_pairs,
    routes::AppRoute,
    session::Session,
    text,
    ui::{copy::CopyButton, icon::Icon, page::PageTitle, plain::plain},
};

/// `id` is nothing where the address holds none that is valid.
#[component]
pub fn UserPage(id: Option<UserId>) -> impl IntoView {
    let pairs = use_pairs();
    let walks = Memo::new(move |_| pairs.with(|pairs| TriageUrl::read(pairs).is_some()));
    view! {
        {move || (walks.get() && id.is_some()).then(|| parts::addition(Part::Triage))}
        <a class="back" href=AppRoute::Users.path()>
            <Icon name="back" />
            {text::ALL_USERS}
        </a>
        {match id {
            Some(id) => view! { <User id /> }.into_any(),
            None => view! { <NoUser note=text::BAD_USER_ID /> }.into_any(),
        }}
    }
}

/// There is no such user, and why.
#[component]
fn NoUser(note: &'static str) -> impl IntoView {
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::USER_GONE.to_owned()) />
        </header>
        <p class="prose" role="alert">
            {note}
        </p>
    }
}

#[component]
fn User(id: UserId) -> impl IntoView {
    let user = data::use_user(id);
    let gone = Memo::new(move |_| user.error().is_some_and(|error| error.is_missing()));
    move || {
        if gone.get() {
            view! { <NoUser note=text::USER_GONE_NOTE /> }.into_any()
        } else {
            view! { <Known id user /> }.into_any()
        }
    }
}

#[component]
fn Known(id: UserId, user: data::Query<RiskEvents>) -> impl IntoView {
    let events = Signal::derive(move || user.data().unwrap_or_default());
    let name = Signal::derive(move || match user.data() {
        Some(user) => text::name(&user.name),
        None => text::USER.to_owned(),
    });
    let level = Memo::new(move |_| events.with(|user| why::level(user)));
    // A refresh must not make a new button: the focus may be on it.
    let there = Memo::new(move |_| user.data().is_some());
    let may_reset = Session::expect().may(Role::Operator);
    let resetting = RwSignal::new(false);
    let ask = move || {
        if may_reset && level.get_untracked().is_some() {
            resetting.set(true);
        }
    };
    keys::on("r", ask);
    view! {
        <header class="page-head">
            <PageTitle title=name />
            {move || user.data().map(|_| view! { <LevelBadge level=level.get() /> })}
            <div class="actions">
                <Freshness query=user />
                {move || {
                    (may_reset && there.get())
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button danger"
                                    aria-disabled=move || level.get().is_none().then_some("true")
                                    on:click=move |_| ask()
                                >
                                    {text::RESET_RISK}
                                </button>
                            }
                        })
                }}
            </div>
        </header>
        <Loaded
            query=user
            what=text::THE_USER
            skeleton=|| {
                view! {
                    <div class="stack">
                        <div class="skeleton bar-skeleton"></div>
                        <div class="skeleton table-skeleton"></div>
                    </div>
                }
                    .into_any()
            }
            content=move || {
                view! {
                    <div class="stack">
                        <div class="identity">
                            <bdi>{move || events.with(|user| plain(&user.email))}</bdi>
                            <span class="mono id">{id.to_string()}</span>
                            <CopyButton content=Signal::stored(id.to_string()) label=text::COPY_ID />
                            {audit::link(audit::target_href(&id.to_string()))}
                        </div>
                        <Why user=events />
                        <Events id events />
                    </div>
                }
            }
        />
        <ResetDialog id name level open=resetting />
    }
}

/// The lanes, and the list that follows them.
#[component]
fn Events(id: UserId, events: Signal<Arc<RiskEvents>>) -> impl IntoView {
    let pairs = use_pairs();
    let url = Memo::new(move |_| pairs.with(|pairs| UserUrl::read(id, pairs)));
    let span = Memo::new(move |_| {
        events.with(|user| lanes::whole(&user.events, user.last_reset_time, clock::now()))
    });
    let none = Memo::new(move |_| events.with(|user| user.events.is_empty()));
    view! {
        <Show
            when=move || !none.get()
            fallback=|| {
                view! {
                    <div class="empty">
                        <p class="strong">{text::NO_EVENTS}</p>
                        <p>{text::NO_EVENTS_NOTE}</p>
                    </div>
                }
            }
        >
            <Lanes events span=span url />
            <Timeline events url />
        </Show>
    }
}
