//! A menu: what a button opens beside itself. Escape, the button, a link in it and whatever is done
//! elsewhere close it; nothing else on the page is held.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{dialog::unique_id, history};

#[component]
pub fn Menu(
    label: &'static str,
    /// Made each time that it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (node, button) = (NodeRef::<html::Div>::new(), NodeRef::<html::Button>::new());
    let id = unique_id("menu");
    let holds = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let node = node.get_untracked();
        node.is_some_and(|node| target.is_some_and(|target| node.contains(Some(&target))))
    };
    let handle = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked() && !holds(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || handle.remove());
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        }
    };
    let on_leave = move |event: ev::FocusEvent| {
        // A click on what takes no focus leads nowhere.
        if event.related_target().is_some() && !holds(event.related_target()) {
            open.set(false);
        }
    };
    let children = StoredValue::new(children);
    let controls = id.clone();
    view! {
        <div class="menu" node_ref=node on:keydown=on_key on:focusout=on_leave>
            <button
                node_ref=button
                type="button"
                class="button small"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=controls
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {label}
            </button>
            <div
                id=id
                class="menu-body"
                role="group"
                aria-label=label
                hidden=move || !open.get()
                on:click=move |event| {
                    if history::link(&event).is_some() {
                        open.set(false);
                    }
                }
            >
                {move || open.get().then(|| children.with_value(|children| children()))}
            </div>
        </div>
    }
}
