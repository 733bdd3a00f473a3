//! `/users/{user_id}`: one person's level, why they have it, and every event behind it.
//!
//! The filters live in the URL: `?level=high&behavior=Impossible Travel&from=…&to=…`. With
//! `?view=evidence` it is the evidence of this person.

use std::sync::Arc;

use leptos::prelude::*;
use model::{RiskEvents, Role, UserId};

use super::{
    evidence::Evidence,
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
    query::{self, use_pairs},
    routes::AppRoute,
    session::Session,
    text,
    ui::{
        copy::CopyButton,
        icon::Icon,
        page::{PageTitle, focus_heading},
        plain::plain,
    },
};

/// `id` is nothing where the address holds none that is valid.
#[component]
pub fn UserPage(id: Option<UserId>) -> impl IntoView {
    let pairs = use_pairs();
    let walks = Memo::new(move |_| pairs.with(|pairs| TriageUrl::read(pairs).is_some()));
    view! {
        {move || (walks.get() && id.is_some()).then(|| parts::addition(Part::Triage))}
        {match id {
            Some(id) => view! { <User id /> }.into_any(),
            None => view! { <NoUser note=text::BAD_USER_ID /> }.into_any(),
        }}
    }
}

#[component]
fn BackToAll() -> impl IntoView {
    view! {
        <a class="back" href=AppRoute::Users.path()>
            <Icon name="back" />
            {text::ALL_USERS}
        </a>
    }
}

/// The value of `view` that asks for the evidence.
const EVIDENCE: &str = "evidence";

fn evidence_href(id: UserId) -> String {
    query::href(&AppRoute::User(id).path(), &[("view", EVIDENCE.to_owned())])
}

/// There is no such user, and why.
#[component]
fn NoUser(note: &'static str) -> impl IntoView {
    view! {
        <BackToAll />
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
    let pairs = use_pairs();
    let as_evidence = Memo::new(move |_| pairs.with(|pairs| pairs.text("view") == EVIDENCE));
    move || {
        if gone.get() {
            view! { <NoUser note=text::USER_GONE_NOTE /> }.into_any()
        } else if as_evidence.get() {
            view! { <Proof id user /> }.into_any()
        } else {
            view! { <Known id user /> }.into_any()
        }
    }
}

/// The evidence, as soon as the events are there.
#[component]
fn Proof(id: UserId, user: data::Query<RiskEvents>) -> impl IntoView {
    view! {
        <Loaded
            query=user
            what=text::THE_USER
            skeleton=|| view! { <div class="skeleton table-skeleton"></div> }.into_any()
            content=move || {
                // What was read when it was asked for: evidence does not move.
                let user = untrack(|| user.data()).unwrap_or_default();
                view! { <Evidence id user /> }
            }
        />
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
        <BackToAll />
        <header class="page-head">
            <PageTitle title=name />
            {move || user.data().map(|_| view! { <LevelBadge level=level.get() /> })}
            <div class="actions">
                <Freshness query=user />
                {move || {
                    there
                        .get()
                        .then(|| {
                            view! {
                                // The same page to the history, but not to the person.
                                <a
                                    class="button"
                                    href=evidence_href(id)
                                    on:click=|_| focus_heading()
                                >
                                    {text::evidence::EVIDENCE}
                                </a>
                            }
                        })
                }}
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
