//! Views that are kept by name: the list's query, and how the table looked.

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::{
    density,
    guard::Guard,
    kept,
    look::{self, Look},
    pages::users::url::ListUrl,
    query::use_pairs,
    text::view as words,
    ui::{announcer::Announcer, copy::CopyButton, field::TextField, icon::Icon},
};

const KEPT: &str = "views";

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Saved {
    name: String,
    /// The list's address, with its query.
    href: String,
    look: String,
    compact: bool,
}

fn read() -> Vec<Saved> {
    let kept = kept::get(KEPT).and_then(|text| serde_json::from_str::<Vec<Value>>(&text).ok());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let saved = |value: &Value| Saved {
        name: text(&value[0]),
        href: text(&value[1]),
        look: text(&value[2]),
        compact: value[3].as_bool().unwrap_or_default(),
    };
    // An address that is none of the list's is nobody's to follow.
    let of_list = |saved: &Saved| saved.href.split('?').next() == ListUrl::path().split('?').next();
    kept.unwrap_or_default().iter().map(saved).filter(of_list).collect()
}

fn keep(views: &[Saved]) {
    let views: Vec<_> =
        views.iter().map(|view| json!([view.name, view.href, view.look, view.compact])).collect();
    kept::set(KEPT, (!views.is_empty()).then(|| Value::from(views).to_string()).as_deref());
}

#[component]
pub fn SavedViews() -> impl IntoView {
    let (announcer, guard) = (Announcer::expect(), Guard::expect());
    let views = RwSignal::new(read());
    let name = RwSignal::new(String::new());
    let pairs = use_pairs();
    let change = move |change: &dyn Fn(&mut Vec<Saved>)| {
        views.update(change);
        views.with_untracked(|views| keep(views));
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = name.with_untracked(|name| name.trim().to_owned());
        if typed.is_empty() {
            return;
        }
        let url = pairs.with_untracked(ListUrl::read);
        let saved = Saved {
            name: typed.clone(),
            href: ListUrl { page: 1, ..url }.href(),
            look: look::look().with_untracked(Look::to_text),
            compact: density::is_compact(),
        };
        // The name is the view: saved again, it is the new one.
        change(&|views| {
            views.retain(|other| other.name != typed);
            views.push(saved.clone());
        });
        name.set(String::new());
        announcer.status(words::saved(&typed));
    };
    let open = move |view: &Saved| {
        Look::read(&view.look).apply();
        density::set_compact(view.compact);
        guard.follow(view.href.clone());
    };
    let line = move |view: Saved| {
        let link = window().location().origin().unwrap_or_default() + &view.href;
        let (shown, deleted) = (view.name.clone(), view.name.clone());
        view! {
            <li class="saved-view">
                <button type="button" class="link clip" on:click=move |_| open(&view)>
                    <bdi dir="auto">{shown}</bdi>
                </button>
                <CopyButton content=Signal::stored(link) label=words::COPY_LINK bare=true />
                <button
                    type="button"
                    class="icon-button"
                    aria-label=words::delete(&deleted)
                    on:click=move |_| change(&|views| views.retain(|other| other.name != deleted))
                >
                    <Icon name="close" />
                </button>
            </li>
        }
    };
    view! {
        <section class="stack" aria-label=words::SAVED>
            <h2>{words::SAVED}</h2>
            <ul>
                <For each=move || views.get() key=Clone::clone children=line />
            </ul>
            <form class="stack" on:submit=save>
                <TextField label=words::NAME value=name hint=words::SAVED_NOTE.to_owned() />
                <p>
                    <button type="submit" class="button small">
                        {words::SAVE}
                    </button>
                </p>
            </form>
        </section>
    }
}
