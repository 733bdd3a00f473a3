//! The page: the table of behaviors, and below it what is not saved yet.

use std::sync::Arc;

use leptos::prelude::*;
use model::{BehaviorKey, Behaviors, Role};

use super::{
    changes::{Change, by_name, name},
    configuration::Configuration,
    drafts::Drafts,
    foot::Foot,
    known::Known,
    review::ReviewDialog,
    row::Row,
    sample::Sample,
    save::Save,
};
use crate::{
    components::{failure::Loaded, freshness::Freshness},
    data,
    guard::Guard,
    pages::audit,
    session::Session,
    text,
    ui::page::PageTitle,
};

#[component]
pub fn BehaviorsPage() -> impl IntoView {
    let behaviors = data::use_behaviors();
    let drafts = Drafts::expect();
    let may_change = Session::expect().may(Role::Admin);
    Effect::new(move || {
        if let Some(now) = behaviors.data() {
            drafts.settle(&now);
        }
    });
    let changes =
        Memo::new(move |_| behaviors.data().map(|now| drafts.changes(&now)).unwrap_or_default());
    let unsaved = move || {
        let count = changes.with(Vec::len);
        (count > 0).then(|| text::unsaved(count))
    };
    Guard::expect().hold(unsaved, Callback::new(move |()| drafts.clear()));
    let save = Save::new(changes, behaviors);
    let sample = Sample::new();
    view! {
        <header class="page-head">
            <PageTitle title=Signal::stored(text::BEHAVIORS.to_owned()) />
            <div class="actions">
                {audit::link(audit::behaviors_href())}
                <Configuration />
                <Freshness query=behaviors />
            </div>
        </header>
        <div class="stack">
            <p class="prose note">
                {text::BEHAVIORS_NOTE} {(!may_change).then_some(" ")}
                {(!may_change).then_some(text::VIEW_ONLY_BEHAVIORS)}
            </p>
            <Loaded
                query=behaviors
                what=text::THE_BEHAVIORS
                skeleton=|| view! { <div class="skeleton behaviors-skeleton"></div> }.into_any()
                content=move || {
                    let now = Signal::derive(move || behaviors.data().unwrap_or_default());
                    view! { <Table now changes may_change /> }
                }
            />
            <Known now=behaviors sample />
        </div>
        <Foot changes save />
        <ReviewDialog changes now=behaviors sample save />
    }
}

/// What a row is kept by: a refresh that renames nothing touches no row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Head {
    pub key: BehaviorKey,
    pub name: String,
    pub description: String,
}

fn heads(now: &Behaviors) -> Vec<Head> {
    let head = |(key, behavior): (&BehaviorKey, &model::Behavior)| Head {
        key: key.clone(),
        name: name(key, behavior),
        description: behavior.description.clone(),
    };
    by_name(now.behaviors.iter().map(head).map(|head| (head.name.to_lowercase(), head)))
}

#[component]
fn Table(
    now: Signal<Arc<data::Tagged<Behaviors>>>,
    changes: Memo<Vec<Change>>,
    may_change: bool,
) -> impl IntoView {
    let heads = Memo::new(move |_| now.with(|now| heads(now)));
    let on = move || {
        now.with(|now| {
            let on = now.behaviors.values().filter(|behavior| behavior.enabled).count();
            text::behaviors_on(on, now.behaviors.len())
        })
    };
    view! {
        <Show
            when=move || heads.with(|heads| !heads.is_empty())
            fallback=|| {
                view! {
                    <div class="empty">
                        <p class="strong">{text::NO_BEHAVIORS}</p>
                        <p>{text::NO_BEHAVIORS_NOTE}</p>
                    </div>
                }
            }
        >
            <p class="numbers">{on}</p>
            <table class="table behaviors" aria-label=text::BEHAVIORS>
                <thead>
                    <tr>
                        <th scope="col" class="c-behavior">{text::BEHAVIOR}</th>
                        <th scope="col" class="c-description">{text::DESCRIPTION}</th>
                        <th scope="col" class="c-on">{text::ENABLED}</th>
                        <th scope="col" class="c-risk">{text::RISK_LEVEL}</th>
                        {may_change
                            .then(|| view! { <th scope="col" class="c-change">{text::CHANGE}</th> })}
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let row = |head| view! { <Row head now changes may_change /> };
                        heads.get().into_iter().map(row).collect_view()
                    }}
                </tbody>
            </table>
        </Show>
    }
}
