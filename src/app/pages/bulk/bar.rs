//! How many people are selected, and what can be done with them.

use columns::Question;
use leptos::prelude::*;

use super::{dialog::BulkDialog, work::Work};
use crate::{
    data::{self, Everyone, Query, Selection, through},
    keys,
    pages::users::Asked,
    routes::AppRoute,
    text::{self, bulk as words},
    ui::{announcer::Announcer, history},
};

#[component]
pub fn Bar(work: Work) -> impl IntoView {
    let selection = Selection::expect();
    let total = Memo::new(move |_| selection.len());
    let any = Memo::new(move |_| total.get() > 0);
    let here = history::here();
    let on_list =
        Memo::new(move |_| here.with(|here| here.path == AppRoute::Users.path()) && any.get());
    let open = RwSignal::new(false);
    keys::on("R", move || open.set(any.get_untracked()));
    view! {
        <Show when=move || any.get()>
            <div class="selection" role="toolbar" aria-label=words::SELECTION>
                <span class="strong numbers">{move || words::selected(total.get())}</span>
                <Show when=move || on_list.get()>
                    <All />
                </Show>
                <button type="button" class="button small danger" on:click=move |_| open.set(true)>
                    {words::RESET}
                </button>
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| selection.clear()
                >
                    {words::CLEAR}
                </button>
            </div>
            <BulkDialog work open />
        </Show>
    }
}

/// The offer to select everyone whom the list's filter shows, where there are more.
#[component]
fn All() -> impl IntoView {
    let selection = Selection::expect();
    let announcer = Announcer::expect();
    let Asked { people, question, total } = Asked::here();
    let busy = RwSignal::new(false);
    let select = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            if let Err(error) = select_all(people, question.get_untracked(), selection).await {
                announcer.alert(text::explain(words::THE_SELECTION, false, &error).sentence());
            }
            busy.try_set(false);
        });
    };
    view! {
        <Show when=move || { total.get() > selection.len() }>
            <button
                type="button"
                class="button small"
                aria-disabled=move || busy.get().then_some("true")
                on:click=select
            >
                {move || words::select_all(total.get())}
            </button>
        </Show>
    }
}

async fn select_all(
    people: Query<Everyone>,
    question: Question,
    selection: Selection,
) -> Result<(), data::Error> {
    // Should they be read anew meanwhile, those of before are selected as they were.
    let each = async |view: &columns::View| {
        selection.select(&view.rows, true);
        true
    };
    through(people, &question, each).await.map(drop)
}
