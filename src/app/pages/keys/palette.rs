//! The palette: one text finds pages, people and commands. A combobox with a list
//! (<https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>): the focus stays in the text, the arrows
//! move what is current.

use leptos::{ev, prelude::*};

use super::choices::{self, Choice};
use crate::{
    components::level::LevelBadge,
    data,
    guard::Guard,
    keys::{Keys, Opened},
    session::Session,
    text::keys as words,
    ui::{
        dialog::{Dialog, unique_id},
        plain::plain,
    },
};

#[component]
pub fn Palette() -> impl IntoView {
    let keys = Keys::expect();
    let open = keys.shows(Opened::Palette);
    let close = Callback::new(move |()| keys.close());
    view! {
        <Dialog open title=Signal::stored(words::GO_TO.to_owned()) on_close=close>
            <Finding />
        </Dialog>
    }
}

/// The text and what it finds; made anew each time that the palette opens.
#[component]
fn Finding() -> impl IntoView {
    let (guard, keys, session) = (Guard::expect(), Keys::expect(), Session::expect());
    let typed = RwSignal::new(keys.take_early());
    let current = RwSignal::new(0);
    let people = data::use_people();
    let answer =
        data::use_view(people, move || typed.with(|typed| choices::question(typed.trim())));
    // Nobody is offered before something is typed: the people of an account are no menu.
    let found = Memo::new(move |_| {
        let typed = typed.with(|typed| typed.trim().to_owned());
        let answer =
            answer.get().filter(|answer| !typed.is_empty() && answer.question.text == typed);
        let view = answer.map(|answer| answer.view);
        view.map(|view| choices::people(&typed, &view.rows, view.total)).unwrap_or_default()
    });
    let groups = Memo::new(move |_| {
        let typed = typed.get();
        [
            (words::GO_TO_PAGES, choices::pages(&typed, session)),
            (words::GO_TO_PEOPLE, found.get()),
            (words::GO_TO_COMMANDS, choices::commands(&typed)),
        ]
    });
    let all = Memo::new(move |_| {
        groups.with(|groups| groups.iter().flat_map(|(_, of)| of.clone()).collect::<Vec<_>>())
    });
    let waits = move || {
        let typed = typed.with(|typed| typed.trim().to_owned());
        let known = answer.with(|answer| answer.as_ref().is_some_and(|a| a.question.text == typed));
        !typed.is_empty() && !known
    };
    let take = move |index: usize| {
        if let Some(choice) = all.with_untracked(|all| all.get(index).cloned()) {
            choice.take(guard, keys);
        }
    };
    let list_id = unique_id("found");
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let active = {
        let option_id = option_id.clone();
        move || all.with(|all| (current.get() < all.len()).then(|| option_id(current.get())))
    };
    let shown = option_id.clone();
    Effect::new(move || {
        // What the arrows come to is seen.
        let option = document().get_element_by_id(&shown(current.get()));
        if let Some(option) = option {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let count = all.with_untracked(Vec::len).max(1);
        let to = current.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => current.set((to + 1) % count),
            "ArrowUp" => current.set((to + count - 1) % count),
            "Enter" if !event.is_composing() => take(to),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="palette">
            <input
                class="input"
                type="text"
                role="combobox"
                aria-label=words::GO_TO_HINT
                placeholder=words::GO_TO_HINT
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-activedescendant=active
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                dir="auto"
                autofocus=true
                prop:value=typed
                on:input=move |event| {
                    current.set(0);
                    typed.set(event_target_value(&event));
                }
                on:keydown=on_key
            />
            <div class="found" role="listbox" id=list_id aria-label=words::GO_TO>
                {move || {
                    let mut index = 0;
                    groups
                        .get()
                        .into_iter()
                        .filter(|(_, choices)| !choices.is_empty())
                        .map(|(label, choices)| {
                            let lines = choices
                                .into_iter()
                                .map(|choice| {
                                    let at = index;
                                    index += 1;
                                    view! { <Line choice id=option_id(at) at current take=Callback::new(take) /> }
                                })
                                .collect_view();
                            view! {
                                <div role="group" aria-label=label>
                                    <p class="note" aria-hidden="true">
                                        {label}
                                    </p>
                                    {lines}
                                </div>
                            }
                        })
                        .collect_view()
                }}
            </div>
            <p class="note" role="status">
                {move || match all.with(Vec::len) {
                    _ if waits() => words::GO_TO_WAITS.to_owned(),
                    0 => words::GO_TO_NOTHING.to_owned(),
                    found => words::go_to_found(found),
                }}
            </p>
        </div>
    }
}

#[component]
fn Line(
    choice: Choice,
    id: String,
    at: usize,
    current: RwSignal<usize>,
    take: Callback<usize>,
) -> impl IntoView {
    let (label, keys) = (choice.label(), choice.keys());
    let person = match choice {
        Choice::Person(person) => {
            let email = plain(&person.email);
            Some(view! {
                <bdi class="note clip">{email}</bdi>
                <LevelBadge level=person.max_risk_level />
            })
        }
        _ => None,
    };
    view! {
        <div
            role="option"
            class="option"
            id=id
            aria-selected=move || if current.get() == at { "true" } else { "false" }
            on:click=move |_| take.run(at)
            on:pointermove=move |_| {
                if current.get_untracked() != at {
                    current.set(at);
                }
            }
        >
            <bdi class="clip" dir="auto">
                {label}
            </bdi>
            {person}
            {(!keys.is_empty()).then(|| view! { <kbd aria-hidden="true">{keys}</kbd> })}
        </div>
    }
}
