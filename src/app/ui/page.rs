//! A page's heading: the browser's title, and focus on navigation.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::history;
use crate::text;

/// The `h1` of a page. The page that the person came in on keeps the browser's own focus, every
/// later one takes it to its heading.
#[component]
pub fn PageTitle(#[prop(into)] title: Signal<String>) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    Effect::new(move || document().set_title(&text::title(&title.get())));
    node.on_load(move |heading| {
        // After a closing dialog has given the focus back.
        request_animation_frame(move || {
            if history::has_moved_on() {
                // Where the page stands is up to the history.
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = heading.focus_with_options(&options);
            }
        });
    });
    view! {
        <h1 node_ref=node tabindex="-1">
            <bdi dir="auto" title=title>
                {title}
            </bdi>
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

/// A page that is not there yet, in the size of most. `index.html` shows the same before the app is
/// there, so that nothing moves when it is.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="page-head"></div>
        <div class="stack" aria-busy="true">
            <div class="skeleton bar-skeleton"></div>
            <div class="skeleton filter-skeleton"></div>
            <div class="skeleton table-skeleton"></div>
        </div>
    }
}
