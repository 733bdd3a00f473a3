//! A page's heading: the browser's title, and focus on navigation.

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use crate::text;

/// Whether the person has moved on from the page they came in on: that one keeps the browser's
/// own focus, every later one takes it to its heading.
#[derive(Clone, Copy)]
pub struct Navigated(RwSignal<bool>);

impl Navigated {
    pub fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }

    /// Watches the path; called once, inside the router.
    pub fn watch() {
        let Self(navigated) = expect_context();
        let path = use_location().pathname;
        Effect::new(move |before: Option<String>| {
            let now = path.get();
            if before.is_some_and(|before| before != now) {
                navigated.set(true);
            }
            now
        });
    }
}

/// The `h1` of a page. Takes focus after a navigation.
#[component]
pub fn PageTitle(#[prop(into)] title: Signal<String>) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    let Navigated(navigated) = expect_context();
    Effect::new(move || document().set_title(&text::title(&title.get())));
    node.on_load(move |heading| {
        // After the router has set the path, which says whether this is a navigation.
        request_animation_frame(move || {
            if navigated.try_get_untracked() == Some(true) {
                // Where the page stands is up to the history.
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = heading.focus_with_options(&options);
            }
        });
    });
    view! {
        <h1 node_ref=node tabindex="-1">
            <bdi dir="auto">{title}</bdi>
        </h1>
    }
}

/// Moves the focus to the page's heading: for when what had the focus is gone.
pub fn focus_heading() {
    // After what is about to go has gone: a closing dialog takes the focus back first.
    request_animation_frame(|| {
        let heading = document().query_selector("h1").ok().flatten();
        if let Some(heading) = heading.and_then(|h| h.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    });
}
