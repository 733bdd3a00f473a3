//! Triage: the filtered people one after another, on their pages. The address holds the list's
//! query and the place in it (`?triage=level=high&at=3`), so reload and back work.
//!
//! - [`place`] who comes before and after; [`record`] what was done, and the file of it
//! - [`dialogs`] the note on a person, and the end

mod dialogs;
mod place;
mod record;

use leptos::prelude::*;

use super::{url::TriageUrl, why};
use crate::{
    clock,
    components::failure::Trouble,
    data,
    guard::Guard,
    keys,
    query::use_pairs,
    routes::{Address, AppRoute},
    text::{self, triage as words},
    ui::{history, icon::Icon},
};
use dialogs::{EndDialog, NoteDialog};
use place::{Place, Stop};
use record::Entry;

/// The bar above the page of the person whose address it is.
#[component]
pub fn TriageBar() -> impl IntoView {
    let Address::Page(AppRoute::User(id)) =
        history::here().with_untracked(|here| Address::parse(&here.path))
    else {
        return ().into_any();
    };
    let pairs = use_pairs();
    let url = Memo::new(move |_| pairs.with(TriageUrl::read));
    let (people, user, guard) = (data::use_people(), data::use_user(id), Guard::expect());
    let place = RwSignal::new(None::<Place>);
    Effect::new(move || {
        if let (Some(url), Some(_)) = (url.get(), people.data()) {
            leptos::task::spawn_local(async move {
                // Why the people can't be asked is said below.
                if let Ok(found) = place::find(&url, id).await {
                    place.try_set(Some(found));
                }
            });
        }
    });
    // The level that the person had when they came up: one without is then one that was reset.
    let first_level = StoredValue::new(String::new());
    Effect::new(move || {
        let level = user.data().and_then(|user| why::level(&user));
        if let Some(level) = level.filter(|_| first_level.with_value(String::is_empty)) {
            first_level.set_value(level.as_str().to_owned());
        }
    });
    let note = RwSignal::new(record::of(id).map(|entry| entry.note).unwrap_or_default());
    let keep = move |outcome: &str| {
        let Some(user) = untrack(|| user.data()) else { return };
        let had_one = first_level.with_value(|level| !level.is_empty());
        let reset = had_one && why::level(&user).is_none();
        let entry = Entry {
            user_id: id.to_string(),
            name: user.name.clone(),
            email: user.email.clone(),
            level: first_level.get_value(),
            outcome: if reset { words::RESET } else { outcome }.to_owned(),
            note: note.get_untracked(),
            at: String::new(),
        };
        record::keep(entry, clock::now());
    };
    let (noting, ending) = (RwSignal::new(false), RwSignal::new(false));
    let go = move |stop: Option<Stop>, outcome: &str| {
        // Where the neighbors are not known yet, there is nowhere to go.
        if place.with_untracked(Option::is_none) {
            return;
        }
        keep(outcome);
        match (stop, url.get_untracked()) {
            (Some((id, at)), Some(url)) => guard.follow(TriageUrl { at, ..url }.href(id)),
            _ => ending.set(true),
        }
    };
    let stop = move |which: fn(&Place) -> Option<Stop>| {
        place.with_untracked(|place| place.as_ref().and_then(which))
    };
    let next = move || go(stop(|place| place.next), words::SEEN);
    let skip = move || go(stop(|place| place.next), words::SKIPPED);
    let has_previous =
        Memo::new(move |_| place.get().is_some_and(|place| place.previous.is_some()));
    let previous = move || {
        if has_previous.get_untracked() {
            go(stop(|place| place.previous), words::SEEN);
        }
    };
    let end = move || {
        keep(words::SEEN);
        ending.set(true);
    };
    keys::on("n", next);
    keys::on("j", next);
    keys::on("k", previous);
    keys::on("s", skip);
    keys::on("m", move || noting.set(true));
    let is_last = Signal::derive(move || place.get().is_some_and(|place| place.next.is_none()));
    let list = Signal::derive(move || url.get().map(|url| url.list_href()).unwrap_or_default());
    let name =
        Signal::derive(move || user.data().map_or(text::USER.to_owned(), |u| text::name(&u.name)));
    let button = move |label: &'static str, act: Callback<()>| {
        view! {
            <button type="button" class="button small" on:click=move |_| act.run(())>
                {label}
            </button>
        }
    };
    view! {
        <section class="triage" aria-label=words::TRIAGE>
            <span class="strong">{words::TRIAGE}</span>
            <span class="numbers note" role="status">
                {move || match place.get() {
                    Some(place) => words::place(place.at, place.total),
                    None => words::LOOKING.to_owned(),
                }}
            </span>
            <span class="line">
                <button
                    type="button"
                    class="button small"
                    aria-disabled=move || (!has_previous.get()).then_some("true")
                    on:click=move |_| previous()
                >
                    <Icon name="previous" />
                    {text::PREVIOUS}
                </button>
                <button type="button" class="button small" on:click=move |_| next()>
                    {text::NEXT}
                    <Icon name="next" />
                </button>
                {button(words::SKIP, Callback::new(move |()| skip()))}
                {button(words::NOTE, Callback::new(move |()| noting.set(true)))}
                {button(words::END, Callback::new(move |()| end()))}
            </span>
        </section>
        <Trouble query=people what=text::THE_USERS />
        <NoteDialog name note open=noting keep=Callback::new(move |()| keep(words::SEEN)) />
        <EndDialog open=ending is_last list />
    }
    .into_any()
}
