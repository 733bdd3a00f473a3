//! What the router leaves to do about the browser's history.

use std::{cell::RefCell, collections::HashMap};

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsValue;

thread_local! {
    /// How far down each address was scrolled when it was last seen.
    static LEFT_AT: RefCell<HashMap<String, f64>> = RefCell::default();
}

/// Watches over the history; called once, inside the router.
pub fn watch() {
    restore_scroll();
    complete_navigation();
}

/// Path and query of the address bar.
fn address() -> String {
    let location = window().location();
    let part = |part: Result<String, JsValue>| part.unwrap_or_default();
    part(location.pathname()) + &part(location.search())
}

/// Going back finds a page where it was left. The browser tries, but before the page is there.
fn restore_scroll() {
    let scrolled = window_event_listener(ev::scroll, |_| {
        let top = window().scroll_y().unwrap_or_default();
        LEFT_AT.with_borrow_mut(|left| left.insert(address(), top));
    });
    let moved = window_event_listener(ev::popstate, |_| {
        // Before the page that goes scrolls under the address that comes.
        let Some(top) = LEFT_AT.with_borrow(|left| left.get(&address()).copied()) else { return };
        // One frame draws the page, the next one is after the browser's own try.
        request_animation_frame(move || {
            request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, top));
        });
    });
    on_cleanup(move || {
        scrolled.remove();
        moved.remove();
    });
}

/// After a step forward in the history, the router takes a link to the page before for one to the
/// page that is shown, and leaves the address as it is
/// (<https://github.com/leptos-rs/leptos/issues/4324> is one case of it). Then it is set here.
fn complete_navigation() {
    let location = use_location();
    Effect::new(move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        // By then the router has set the address where it does.
        request_animation_frame(move || {
            let wanted = if search.is_empty() { path.clone() } else { format!("{path}?{search}") };
            let now = (location.pathname.get_untracked(), location.search.get_untracked());
            if now == (path, search) && wanted != address() {
                let history = window().history();
                let _ = history.and_then(|history| {
                    history.push_state_with_url(&JsValue::NULL, "", Some(&wanted))
                });
            }
        });
    });
}
